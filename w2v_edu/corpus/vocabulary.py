"""The vocabulary: words, their ids, how often each occurs, and which words are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.errors import W2VError

__all__ = ["Vocabulary", "frequent_words"]


@dataclass(frozen=True, eq=False, repr=False)
class Vocabulary:
    """V words with ids 0 .. V - 1, and their counts.

    Attributes
    ----------
    words : tuple of str
        The word of each id. In a corpus they stand by falling count; words with equal counts stand in the
        order in which the text first has them.
    counts : ndarray of int64, shape (V,)
        How often each word occurs; read-only.

    Raises
    ------
    W2VError
        If a word stands twice, if a count is zero or negative, or if words and counts differ in number.

    Examples
    --------
    >>> vocabulary = Vocabulary(("jam", "apricot"), [3, 2])
    >>> vocabulary.id("apricot"), vocabulary.words[0], "juice" in vocabulary
    (1, 'jam', False)
    >>> vocabulary.id("juice", "context word")
    Traceback (most recent call last):
        ...
    w2v_edu.errors.W2VError: context word 'juice' is not in the vocabulary (2 words)
    """

    words: tuple[str, ...]
    counts: NDArray[np.int64]
    _ids: dict[str, int] = field(init=False)

    def __init__(self, words: Iterable[str], counts: ArrayLike) -> None:
        object.__setattr__(self, "words", tuple(words))
        object.__setattr__(self, "counts", _checked(counts, self.words))
        object.__setattr__(self, "_ids", {word: i for i, word in enumerate(self.words)})
        if len(self._ids) != len(self.words):
            twice = next(word for i, word in enumerate(self.words) if self._ids[word] != i)
            raise W2VError(f"word {twice!r} stands in the vocabulary twice")

    def __repr__(self) -> str:
        return f"<Vocabulary: {len(self)} words>"

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._ids

    @property
    def frequency(self) -> NDArray[np.float64]:
        """The unigram distribution, count over total. Shape (V,)."""
        return np.asarray(self.counts / self.counts.sum())

    def id(self, word: str, role: str = "word") -> int:
        """The id of a word; `role` is what an error calls it ('context word', 'target word')."""
        try:
            return self._ids[word]
        except KeyError:
            hint = f"; it has {word.lower()!r}" if word.lower() in self._ids else ""
            raise W2VError(f"{role} {word!r} is not in the vocabulary ({len(self)} words){hint}") from None

    def ids(self, words: Iterable[str] | str, role: str = "word") -> tuple[int, ...]:
        """The ids of several words: a sequence, or one string with spaces between them."""
        return tuple(self.id(word, role) for word in (words.split() if isinstance(words, str) else words))

    def text(self, ids: Iterable[int]) -> str:
        """The words of these ids, with spaces between them."""
        wanted = [int(i) for i in ids]
        for i in wanted:
            if not 0 <= i < len(self):
                raise W2VError(f"word id {i} is out of range: the vocabulary has ids 0 to {len(self) - 1}")
        return " ".join([self.words[i] for i in wanted])


def frequent_words(counts: ArrayLike, min_count: int = 1, max_size: int | None = None) -> NDArray[np.int64]:
    """Which words stay, most frequent first; equal counts keep their order.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        Counts of n words, in the order of their first occurrence.
    min_count : int
        Words that occur less often are left out.
    max_size : int, optional
        The most words that stay.

    Returns
    -------
    ndarray of int64
        Positions in `counts`; maybe none.

    Examples
    --------
    >>> frequent_words([2, 5, 1, 5], min_count=2)
    array([1, 3, 0])
    >>> frequent_words([2, 5, 1, 5], max_size=2)
    array([1, 3])
    """
    if min_count < 1:
        raise W2VError(f"min_count is {min_count}; expected 1 (keep every word) or more")
    if max_size is not None and max_size < 2:
        raise W2VError(f"the vocabulary cannot be held to {max_size} words: a model needs at least two")
    counts = np.asarray(counts, dtype=np.int64)
    order = np.argsort(-counts, kind="stable")
    return order[counts[order] >= min_count][:max_size]


def _checked(counts: ArrayLike, words: Sequence[str]) -> NDArray[np.int64]:
    array = np.array(counts)
    if array.shape != (len(words),):
        raise W2VError(
            f"{len(words)} words, but counts of shape {array.shape}: one count for each word expected"
        )
    if array.size and (array.dtype.kind not in "iu" or array.min() < 1):
        bad = int(np.argmax(array < 1)) if array.dtype.kind in "iuf" and (array < 1).any() else 0
        raise W2VError(f"word {words[bad]!r} has the count {array[bad]}: counts are whole numbers from 1")
    array = array.astype(np.int64)
    array.setflags(write=False)
    return array

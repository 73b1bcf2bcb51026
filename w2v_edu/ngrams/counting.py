"""n-grams counted: how often each word follows each context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError

__all__ = ["START", "NGrams", "Words", "checked_ids", "count_ngrams", "steps"]

START = -1  # stands in front of a sentence, n - 1 times; the end of a sentence is word V

Words = Sequence[int] | NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class NGrams:
    """How often each word follows each context of up to n - 1 words.

    Attributes
    ----------
    n : int
        The order: 1 for single words, 2 for bigrams.
    V : int
        Size of the vocabulary.
    ends : bool
        Whether the start of a sentence is a context (`START`) and its end a word, with id V.
    counts : dict
        ``counts[context][word]``, the context a tuple of 0 to n - 1 word ids.
    """

    n: int
    V: int
    ends: bool
    counts: dict[tuple[int, ...], dict[int, int]]

    @cached_property
    def totals(self) -> dict[tuple[int, ...], int]:
        """How often each context is followed by anything."""
        return {context: sum(after.values()) for context, after in self.counts.items()}

    @property
    def outcomes(self) -> int:
        """What can come next: V words, and the end if it counts."""
        return self.V + self.ends


def count_ngrams(sentences: Iterable[Words], n: int, V: int, *, ends: bool = True) -> NGrams:
    """Count the n-grams of a text, those of every lower order too.

    Parameters
    ----------
    sentences : iterable of sequences of int
        Word ids: ``corpus.sentences()``.
    n : int
        The order, 1 or more.
    V : int
        Size of the vocabulary.
    ends : bool
        True: sentences have a start and an end that are predicted as well, so the probabilities of all
        sentences of all lengths sum to 1. False: the first word has no context, and those of all sentences of
        one length sum to 1.

    Examples
    --------
    >>> count_ngrams([[0, 1], [0, 2]], n=2, V=3).counts[(0,)]
    {1: 1, 2: 1}
    """
    if n < 1:
        raise W2VError(f"an n-gram model of order {n} does not exist: n is 1 or more")
    counts: dict[tuple[int, ...], dict[int, int]] = {}
    for sentence in sentences:
        for context, word in steps(checked_ids(sentence, V), n, V, ends):
            for k in range(len(context) + 1):  # the whole context, then all but its first word, ..
                after = counts.setdefault(context[k:], {})
                after[word] = after.get(word, 0) + 1
    if not counts:
        raise W2VError("there is nothing to count: no sentence has a word in it")
    return NGrams(n, V, ends, counts)


def steps(words: list[int], n: int, V: int, ends: bool) -> list[tuple[tuple[int, ...], int]]:
    """Each word of a sentence with the n - 1 words in front of it, or as many as there are."""
    if not ends:
        return [(tuple(words[max(0, t - n + 1) : t]), word) for t, word in enumerate(words)]
    padded = [START] * (n - 1) + words
    return [(tuple(padded[t : t + n - 1]), word) for t, word in enumerate([*words, V])]


def checked_ids(sentence: Words, V: int) -> list[int]:
    """The word ids of a sentence as a list, all of them in the vocabulary."""
    words: list[int] = np.asarray(sentence, dtype=np.int64).tolist()
    if words and not 0 <= min(words) <= max(words) < V:
        wrong = next(w for w in words if not 0 <= w < V)
        raise W2VError(f"word id {wrong} is out of range: the vocabulary has ids 0 to {V - 1}")
    return words

"""What a trainer needs of a text: word counts, and blocks of word ids that can be read again and again."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError

__all__ = ["BLOCK_WORDS", "Text", "Words", "read_blocks", "same_words", "words_of"]

Ints = NDArray[np.int64]

BLOCK_WORDS = 60_000  # words that are prepared at a time


class Sentences(Protocol):
    """Some whole sentences, end to end: sentence s is ``ids[offsets[s]:offsets[s + 1]]``."""

    @property
    def ids(self) -> NDArray[Any]:
        """Word ids."""

    @property
    def offsets(self) -> Ints:
        """Where sentences begin, and the end of the last."""


class Text(Protocol):
    """Anything with words, counts, and blocks of ids; a `Corpus` of `w2v_edu.corpus` is one."""

    @property
    def words(self) -> tuple[str, ...]:
        """The word of each id."""

    @property
    def counts(self) -> Ints:
        """How often each word occurs."""

    def blocks(self, n_tokens: int = BLOCK_WORDS) -> Iterator[Sentences]:
        """The text, about `n_tokens` words at a time."""


class Words(NamedTuple):
    """The words that are trained on: all that occur often enough.

    Attributes
    ----------
    words : tuple of str
    counts : ndarray of int, shape (V,)
    new_id : ndarray of int, or None
        The id here of each id of the text, -1 for words left out; None where nothing changes.
    """

    words: tuple[str, ...]
    counts: Ints
    new_id: Ints | None


def words_of(text: Text, min_count: int) -> Words:
    """The words that occur at least `min_count` times, in the text's order."""
    counts = np.asarray(text.counts)
    often = counts >= min_count
    if np.count_nonzero(often) < 2:
        most = f"the most frequent word occurs {counts.max()} times" if len(counts) else "the text is empty"
        raise W2VError(
            f"min_count={min_count} leaves {np.count_nonzero(often)} of {len(counts)} words ({most}): "
            "at least two words must remain"
        )
    if often.all():
        return Words(tuple(text.words), counts.astype(np.int64), None)
    words = tuple(word for word, stays in zip(text.words, often, strict=True) if stays)
    return Words(words, counts[often].astype(np.int64), np.where(often, np.cumsum(often) - 1, -1))


def same_words(text: Text, words: tuple[str, ...], counts: Ints) -> Words:
    """The words of another text, by the ids of a vocabulary that was trained on."""
    number = {word: i for i, word in enumerate(words)}
    return Words(words, counts, np.array([number.get(word, -1) for word in text.words], dtype=np.int64))


def read_blocks(text: Text, words: Words, n_tokens: int = BLOCK_WORDS) -> Iterator[tuple[Ints, Ints]]:
    """Ids and sentence offsets, block by block, with rare words left out."""
    for block in text.blocks(n_tokens):
        ids, offsets = np.asarray(block.ids, dtype=np.int64), np.asarray(block.offsets)
        if words.new_id is not None:
            ids = words.new_id[ids]
            stays = np.flatnonzero(ids >= 0)
            ids, offsets = ids[stays], np.searchsorted(stays, offsets)
        if len(ids):
            yield ids, offsets

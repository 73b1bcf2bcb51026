"""A corpus: a vocabulary, and the text as a stream of word ids that can be read again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.spool import Spool
from w2v_edu.corpus.vocabulary import Vocabulary
from w2v_edu.errors import W2VError

__all__ = ["MAX_SENTENCE", "Analogy", "Block", "Corpus"]

MAX_SENTENCE = 1000  # word2vec.c's MAX_SENTENCE_LENGTH: longer sentences are cut into pieces of this length
DROPPED, END = -1, -2  # in a stream of ids: a word outside the vocabulary; the end of a sentence

Ids = NDArray[np.int32]
Analogy = tuple[str, str, str, str]


@dataclass(frozen=True, eq=False)
class Block:
    """Some whole sentences, end to end.

    Attributes
    ----------
    ids : ndarray of int32, shape (T,)
        The words.
    offsets : ndarray of int64, shape (S + 1,)
        Where sentences begin: sentence s is ``ids[offsets[s]:offsets[s + 1]]``. None is empty.
    """

    ids: Ids
    offsets: NDArray[np.int64]

    def sentences(self) -> Iterator[Ids]:
        """The sentences, one by one."""
        bounds = self.offsets.tolist()
        for start, stop in pairwise(bounds):
            yield self.ids[start:stop]


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """A text in numbers.

    Attributes
    ----------
    name, purpose : str
        What it is called, and what it is good for.
    vocabulary : Vocabulary
        Its words and their counts.
    max_sentence : int
        Sentences with more words of the vocabulary than this are cut into pieces of this length.
    analogies : tuple of (a, b, c, d)
        Planted ones, as words: a is to b as c is to d. All four are in the vocabulary.
    topics : ndarray of int, shape (V,), or None
        The planted group of each word, -1 for none.

    Examples
    --------
    >>> from w2v_edu.corpus import corpus_from_text
    >>> corpus = corpus_from_text("Drink juice. Drink water. Eat rice.")
    >>> corpus
    <Corpus 'text': 6 words, 5 different>
    >>> [corpus.vocabulary.text(sentence) for sentence in corpus.sentences()]
    ['drink juice', 'drink water', 'eat rice']
    """

    name: str
    purpose: str
    vocabulary: Vocabulary
    max_sentence: int
    analogies: tuple[Analogy, ...]
    topics: NDArray[np.int64] | None
    _spool: Spool = field(repr=False)
    _id_of_number: NDArray[np.int32] = field(repr=False)

    def __repr__(self) -> str:
        return f"<Corpus {self.name!r}: {self.n_tokens} words, {len(self.vocabulary)} different>"

    @property
    def words(self) -> tuple[str, ...]:
        """The word of each id."""
        return self.vocabulary.words

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often each word occurs. Shape (V,)."""
        return self.vocabulary.counts

    @property
    def n_tokens(self) -> int:
        """How many words the text has, those outside the vocabulary not counted."""
        return int(self.counts.sum())

    def blocks(self, n_tokens: int = 60_000) -> Iterator[Block]:
        """The text as large arrays of word ids: whole sentences, about `n_tokens` words at a time.

        Words outside the vocabulary are left out, and their neighbours move together. A block is shorter or
        longer than asked by at most a sentence. Any number of passes may run at the same time.
        """
        if n_tokens < 1:
            raise W2VError(f"a block of {n_tokens} words cannot be made: one word or more expected")
        raw = (self._spool.read(i, i + n_tokens) for i in range(0, len(self._spool), n_tokens))
        return blocks_of((self._id_of_number[numbers] for numbers in raw), self.max_sentence)

    def sentences(self) -> Iterator[Ids]:
        """The sentences, one array of word ids each. None is empty; some may have one word only."""
        for block in self.blocks():
            yield from block.sentences()


def blocks_of(streams: Iterable[Ids], max_sentence: int = MAX_SENTENCE) -> Iterator[Block]:
    """Cut a stream of ids at its END marks.

    Parameters
    ----------
    streams : iterable of ndarray of int32
        Ids, DROPPED and END marks; a sentence may go on from one array to the next.
    max_sentence : int
        The longest sentence; what is longer is cut.
    """
    rest = np.empty(0, np.int32)
    for stream in streams:
        dropped = stream == DROPPED
        ids = np.concatenate([rest, stream[~dropped] if dropped.any() else stream])
        ends = np.flatnonzero(ids == END)
        # An unfinished sentence waits for the next array, except for the full pieces of one that is too long.
        last = int(ends[-1]) + 1 if len(ends) else 0
        done = last + (len(ids) - last) // max_sentence * max_sentence
        rest = ids[done:]
        yield from _block(ids[:done], ends, max_sentence)
    yield from _block(rest, np.empty(0, np.int64), max_sentence)


def _block(ids: Ids, ends: NDArray[np.int64], max_sentence: int) -> Iterator[Block]:
    words = ids[ids != END]
    if not len(words):
        return
    bounds = np.concatenate([[0], ends - np.arange(len(ends)), [len(words)]])  # END marks are taken out
    lengths = np.diff(bounds)
    if lengths.max() > max_sentence:
        long = [np.arange(a, b, max_sentence) for a, b in pairwise(bounds)]
        bounds = np.concatenate([*long, bounds[-1:]])
    yield Block(words, bounds[np.diff(bounds, prepend=-1) > 0])  # no sentence is empty

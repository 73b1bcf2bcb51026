"""Text by dice: Zipf's law in the counts, planted topics in the company that words keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.building import Rules, check_rules, corpus_from_numbers
from w2v_edu.corpus.spool import Spool
from w2v_edu.corpus.stream import Corpus
from w2v_edu.errors import W2VError

__all__ = ["ZipfTopics", "zipf_corpus"]

SENTENCES = 4096  # drawn at a time
SHIFT = 2.7  # Mandelbrot's: flattens the first ranks, as in real text

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class ZipfTopics:
    """A way to draw sentences.

    The word of rank r = 0, 1, 2, .. has probability proportional to 1 / (r + 1 + 2.7)^s. The first ranks are
    function words, which belong to no topic; the others are dealt out to the topics in turn. A sentence has
    one topic. Each of its words is a function word with the probability that these have together; else it
    comes from the sentence's topic with probability `purity`, and from any topic otherwise. Topics are drawn
    by the probability of their words, so that over the whole text Zipf's law holds exactly.

    Attributes
    ----------
    V : int
        Number of words that can be drawn.
    n_topics : int
    function_words : int
        How many words belong to no topic.
    s : float
        Zipf's exponent.
    purity : float
        From 0, no topics to be seen, to 1.
    length : int
        Sentences have `length` / 2 to 3 `length` / 2 words, all lengths alike.

    Examples
    --------
    >>> zipf = ZipfTopics(V=100, n_topics=3, function_words=10)
    >>> zipf.words[9], zipf.words[10], zipf.words[11], zipf.words[13]
    ('f9', 't0w0', 't1w0', 't0w1')
    >>> bool(np.isclose(zipf.p.sum(), 1))
    True
    """

    V: int = 2_000
    n_topics: int = 8
    function_words: int = 50
    s: float = 1.0
    purity: float = 0.9
    length: int = 20

    def __post_init__(self) -> None:
        if self.n_topics < 1 or self.function_words < 0 or self.function_words + self.n_topics > self.V:
            raise W2VError(
                f"V = {self.V} words are too few for {self.function_words} function words and "
                f"{self.n_topics} topics of at least one word"
            )
        if not 0 <= self.purity <= 1:
            raise W2VError(f"purity is {self.purity}; a probability from 0 to 1 expected")
        if self.length < 2:
            raise W2VError(f"sentences of about {self.length} words are too short: 2 or more expected")

    @cached_property
    def p(self) -> NDArray[np.float64]:
        """The exact unigram distribution, by rank. Shape (V,)."""
        weight = (np.arange(self.V) + 1 + SHIFT) ** -self.s
        return np.asarray(weight / weight.sum())

    @cached_property
    def topic(self) -> NDArray[np.int64]:
        """The topic of each rank, -1 for function words. Shape (V,)."""
        content = np.arange(self.V) - self.function_words
        return np.where(content < 0, -1, content % self.n_topics)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """A name for each rank that shows its topic: f0, f1, .., t0w0, t1w0, .."""
        F, Z = self.function_words, self.n_topics
        content = [f"t{i % Z}w{i // Z}" for i in range(self.V - F)]
        return (*(f"f{r}" for r in range(F)), *content)

    def numbers(self, n_tokens: int, rng: np.random.Generator) -> Iterator[Ids]:
        """The text as word numbers, rank + 1, and 0 at the end of each sentence; `n_tokens` words in all."""
        left = n_tokens
        while left > 0:
            lengths = rng.integers(self.length // 2, 3 * self.length // 2 + 1, SENTENCES)
            ends = np.minimum(np.cumsum(lengths), left)
            lengths = np.diff(ends, prepend=0)
            lengths = lengths[lengths > 0]
            ranks = self._draw(lengths, rng)
            array = np.zeros(len(ranks) + len(lengths), np.int32)
            array[np.arange(len(ranks)) + np.repeat(np.arange(len(lengths)), lengths)] = ranks + 1
            yield array
            left -= len(ranks)

    def _draw(self, lengths: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Words of sentences of these lengths: one binary search for each word."""
        order, cdf, bounds = self._sorted_by_topic
        topics = np.searchsorted(bounds[2:], bounds[1] + rng.random(len(lengths)) * (1 - bounds[1]), "right")
        topic = np.repeat(np.minimum(topics, self.n_topics - 1), lengths)
        choice = rng.random(len(topic))
        function = choice < bounds[1]
        pure = choice < bounds[1] + (1 - bounds[1]) * self.purity
        low = np.where(function, 0.0, np.where(pure, bounds[topic + 1], bounds[1]))
        high = np.where(function, bounds[1], np.where(pure, bounds[topic + 2], 1.0))
        at = np.searchsorted(cdf, low + rng.random(len(topic)) * (high - low), "right")
        return np.asarray(order[np.minimum(at, self.V - 1)])

    @cached_property
    def _sorted_by_topic(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Ranks sorted by topic, their cumulative probability, and where each topic begins in it."""
        order = np.argsort(self.topic, kind="stable")
        cdf = np.cumsum(self.p[order])
        cdf /= cdf[-1]
        sizes = np.bincount(self.topic + 1, minlength=self.n_topics + 1)
        bounds = np.concatenate([[0.0], cdf])[np.concatenate([[0], np.cumsum(sizes)])]
        return order, cdf, bounds


def zipf_corpus(
    n_tokens: int, rng: np.random.Generator, zipf: ZipfTopics | None = None, **rules: Unpack[Rules]
) -> Corpus:
    """A corpus of random text with known topics, of any length.

    Parameters
    ----------
    n_tokens : int
        How many words are drawn.
    rng : numpy.random.Generator
        The same state gives the same text.
    zipf : ZipfTopics, optional
        Vocabulary and topics; its defaults if not given.
    **rules
        `min_count`, `max_vocabulary` and `max_sentence`, as in `load_corpus`. Words with equal counts stand
        in the order of their ranks.

    Examples
    --------
    >>> corpus = zipf_corpus(5_000, np.random.default_rng(0), ZipfTopics(V=300, n_topics=4))
    >>> corpus.n_tokens, corpus.topics is not None
    (5000, True)
    """
    if n_tokens < 2:
        raise W2VError(f"{n_tokens} words are no text: two or more expected")
    check_rules(rules)
    zipf = zipf or ZipfTopics()
    if unfit := {"tokens", "sentences", "lower"} & set(rules):
        raise W2VError(
            f"text by dice has no {', '.join(sorted(unfit))} to choose: it is made of word numbers"
        )
    counts = np.zeros(zipf.V + 1, np.int64)

    def counted() -> Iterator[Ids]:
        for array in zipf.numbers(n_tokens, rng):
            counts[:] += np.bincount(array, minlength=zipf.V + 1)
            yield array

    spool = Spool(counted())
    return corpus_from_numbers(
        spool,
        zipf.words,
        counts[1:],
        name="zipf-topics",
        purpose="topic recovery and speed, at any size",
        topics=dict(zip(zipf.words, zipf.topic.tolist(), strict=True)),
        min_count=rules.get("min_count", 1),
        max_vocabulary=rules.get("max_vocabulary"),
        max_sentence=rules.get("max_sentence", 1000),
    )

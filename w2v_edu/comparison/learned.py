"""What was learned: analogies, planted topics, neighbours, and the ways of words over epochs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.neighbours import analogy_ranks, similar, unit_rows
from w2v_edu.comparison.runs import Curve
from w2v_edu.comparison.vectors import from_result
from w2v_edu.corpus import Analogy

__all__ = ["Score", "WordMap", "analogy_score", "chance_of_topics", "interval", "neighbours", "topic_score",
           "word_map"]  # fmt: skip

Array = NDArray[Any]

RESAMPLES = 1000
NEAREST = 5


class Score(NamedTuple):
    """A share of right answers, with the 95 % interval of a bootstrap."""

    mean: float
    low: float
    high: float
    questions: int


class WordMap(NamedTuple):
    """Words in the plane, at several moments, on axes that were fitted once, to the last.

    Attributes
    ----------
    words : tuple of str
    places : ndarray, shape (moments, words, 2)
    share : float
        The part of the variance at the last moment that the two axes show.
    """

    words: tuple[str, ...]
    places: Array
    share: float


def interval(right: Array, seed: int = 0) -> Score:
    """Mean and bootstrap interval of a table of answers, (seeds, questions): both are drawn anew.

    Examples
    --------
    >>> interval(np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]))
    Score(mean=1.0, low=1.0, high=1.0, questions=3)
    """
    rng = np.random.default_rng(seed)
    S, Q = right.shape
    seeds, questions = rng.integers(0, S, (RESAMPLES, S)), rng.integers(0, Q, (RESAMPLES, Q))
    weights = np.stack([np.bincount(row, minlength=S) for row in seeds]) / S
    answers = np.stack([np.bincount(row, minlength=Q) for row in questions]) / Q
    means = np.einsum("rs,sq,rq->r", weights, right, answers, optimize=True)
    low, high = np.quantile(means, [0.025, 0.975])
    return Score(float(right.mean()), float(low), float(high), Q)


def analogy_score(curves: Sequence[Curve], analogies: Sequence[Analogy]) -> Score:
    """How many analogies 3CosAdd answers rightly, the three words of the question left out."""
    ranks = [analogy_ranks(from_result(curve.result), analogies) for curve in curves]
    return interval(np.stack(ranks) == 1)


def topic_score(curves: Sequence[Curve], topics: NDArray[np.int64]) -> Score:
    """Of the five nearest words that have a topic, how many have the same, averaged over words."""
    known = np.flatnonzero(topics >= 0)
    right = []
    for curve in curves:
        unit = unit_rows(curve.result.W[known])
        cosine = unit @ unit.T
        np.fill_diagonal(cosine, -np.inf)
        nearest = np.argsort(-cosine, axis=1, kind="stable")[:, : min(NEAREST, len(known) - 1)]
        right.append((topics[known][nearest] == topics[known][:, None]).mean(axis=1))
    return interval(np.stack(right))


def chance_of_topics(topics: NDArray[np.int64]) -> float:
    """The same share if neighbours were drawn by chance."""
    sizes = np.bincount(topics[topics >= 0])
    return float((sizes * (sizes - 1)).sum() / (sizes.sum() * (sizes.sum() - 1)))


def neighbours(curve: Curve, words: Sequence[str], top: int = NEAREST) -> dict[str, tuple[str, ...]]:
    """The nearest words of some words, by the cosine of W."""
    vectors = from_result(curve.result)
    return {word: tuple(one.word for one in similar(vectors, word, top=top)) for word in words}


def word_map(curve: Curve, words: Sequence[str]) -> WordMap:
    """The ways of the words whose snapshots a curve has kept, on the first two principal axes of the end."""
    last = curve.snapshots[-1].astype(np.float64)
    centre = last.mean(axis=0)
    _, sizes, axes = np.linalg.svd(last - centre, full_matrices=False)
    plane = axes[:2] * np.sign(axes[:2, np.abs(axes[:2]).argmax(axis=1)].diagonal())[:, None]
    share = float((sizes[:2] ** 2).sum() / max((sizes**2).sum(), 1e-300))
    return WordMap(tuple(words), (curve.snapshots - centre) @ plane.T, share)

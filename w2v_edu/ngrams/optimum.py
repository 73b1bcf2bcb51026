"""The one-word softmax model at full rank and its optimum IS the bigram model."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.errors import W2VError
from w2v_edu.model import Params
from w2v_edu.ngrams.counting import Words, checked_ids

__all__ = ["bigram_counts", "bigram_probabilities", "one_word_optimum"]

LARGEST = 8192  # the largest V of a table of V x V counts (512 MiB)
UNSEEN = -800.0  # the score of a bigram that does not occur: exp(-800) is 0 in double precision


def bigram_counts(sentences: Iterable[Words], V: int) -> NDArray[np.int64]:
    """How often word j comes right after word i. Shape (V, V), row i, column j.

    Examples
    --------
    >>> bigram_counts([[0, 1, 0], [0, 1]], V=2)
    array([[0, 2],
           [1, 0]])
    """
    if V > LARGEST:
        raise W2VError(f"V = {V} is too large for a table of {V} x {V} bigrams; {LARGEST} at most")
    counts = np.zeros((V, V), np.int64)
    for sentence in sentences:
        words = checked_ids(sentence, V)
        np.add.at(counts, (words[:-1], words[1:]), 1)
    return counts


def bigram_probabilities(counts: ArrayLike) -> NDArray[np.float64]:
    """p(j | i) = c(i j) / c(i .). Shape (V, V); a row without counts is uniform."""
    c = np.asarray(counts, dtype=np.float64)
    total = c.sum(axis=1, keepdims=True)
    return np.where(total > 0, c / np.where(total > 0, total, 1), 1 / c.shape[1])


def one_word_optimum(counts: ArrayLike, basis: ArrayLike | None = None) -> Params:
    """Parameters with N = V at which the one-word softmax model is the bigram model.

    The model can give each pair its own score when N = V: with u = W W_out^T = log p(j | i), its
    y_j = exp(u_j) / sum exp(u_j'), (4), are the bigram probabilities themselves, and no other y has a smaller
    loss on the bigrams of the text. For a pair that does not occur the best score is minus infinity; it gets
    -800, whose exponential is 0 in double precision.

    Parameters
    ----------
    counts : array_like, shape (V, V)
        From `bigram_counts`.
    basis : array_like, shape (V, V), optional
        An invertible matrix to be W; the identity if not given. The optimum is not unique: every basis gives
        the same y.

    Raises
    ------
    W2VError
        If the shapes do not fit, if a count is negative, if there are none, or if the basis is singular.

    Examples
    --------
    >>> params = one_word_optimum([[0, 3], [1, 1]])
    >>> np.exp(params.W @ params.W_out.T)
    array([[0. , 1. ],
           [0.5, 0.5]])
    """
    c = np.asarray(counts, dtype=np.float64)
    if c.ndim != 2 or c.shape[0] != c.shape[1]:
        raise W2VError(f"bigram counts have the shape (V, V), not {c.shape}")
    if (c < 0).any() or not c.any():
        raise W2VError("bigram counts are 0 or more, and at least one bigram must occur")
    p = bigram_probabilities(c)
    u = np.where(p > 0, np.log(np.where(p > 0, p, 1)), UNSEEN)
    W = np.eye(len(c)) if basis is None else np.array(basis, dtype=np.float64)
    if W.shape != c.shape:
        raise W2VError(f"the basis has shape {W.shape}; {c.shape} expected")
    try:
        return Params(W=W, W_out=np.linalg.solve(W, u).T)
    except np.linalg.LinAlgError:
        raise W2VError("the basis is singular: it cannot give each word its own scores") from None

"""The shared pool of negatives: a few noise words a block, each standing for many draws.

A pair wants K noise words of its own. A block of B words shares M of them instead, and each counts K / M for
every pair. The expected gradient is then exactly that of K draws a pair (a test sums it over the whole noise
distribution); only the variance differs.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["draw_pools", "systematic", "weighted_errors"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


def systematic(cdf: NDArray[np.float64], start: NDArray[np.float64], M: int) -> Ints:
    """M words a row by systematic sampling: equally spaced points of the distribution, one random shift.

    Parameters
    ----------
    cdf : ndarray, shape (V,)
        Cumulative noise probabilities.
    start : ndarray, shape (n,)
        Random numbers between 0 and 1, one a row.
    M : int

    Returns
    -------
    ndarray of int, shape (n, M)
        A word of probability p stands there M p times on average, and never a whole time more or less.

    Examples
    --------
    >>> systematic(np.array([0.5, 0.75, 1.0]), np.array([0.1, 0.9]), 4)
    array([[0, 0, 1, 2],
           [0, 0, 1, 2]])
    """
    points = (start[:, None] + np.arange(M)) / max(M, 1)
    words = np.searchsorted(cdf, points.ravel(), side="right").reshape(len(start), M)
    return np.minimum(words, len(cdf) - 1)


def draw_pools(cdf: NDArray[np.float64], chunks: int, G: int, M: int, rng: np.random.Generator) -> Ints:
    """M noise words for each of the G blocks of every chunk. Shape (chunks, G, M).

    One systematic sample of G M words is dealt out to the blocks in turn, as cards are, so that each block's
    pool is a systematic sample of its own.
    """
    words = systematic(cdf, rng.random(chunks), G * M)
    return words.reshape(chunks, M, G).transpose(0, 2, 1)


def weighted_errors(U: Array, sign: Array, half_weight: Array) -> Array:
    """The errors (57), each as often as it counts: weight (sigma(u) - t), in the memory of U.

    Parameters
    ----------
    sign : ndarray
        1 - 2t: -1 for the words that are to be predicted, 1 for noise words.
    half_weight : ndarray
        Half the weight.

    Examples
    --------
    >>> weighted_errors(np.array([0.0, 0.0]), sign=np.array([-1, 1]), half_weight=np.array([0.5, 1.5]))
    array([-0.5,  1.5])
    """
    U *= 0.5
    np.tanh(U, out=U)  # sigma(u) - t = (tanh(u / 2) + 1 - 2t) / 2: never overflows
    U += sign
    U *= half_weight
    return U

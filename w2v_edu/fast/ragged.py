"""Sums over pieces of different length, without a loop and without padding."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["add_at_rows", "segment_sums", "starts_of"]

Array = NDArray[Any]
Ints = NDArray[np.int64]


def starts_of(group: Ints) -> Ints:
    """Where each run of equal numbers begins in an ascending array.

    Examples
    --------
    >>> starts_of(np.array([0, 0, 1, 2, 2, 2]))
    array([0, 2, 3])
    """
    return np.flatnonzero(np.diff(group, prepend=-1))


def segment_sums(values: Array, starts: Ints) -> Array:
    """The sum of each segment of the first axis, which begin at `starts`; none may be empty.

    Examples
    --------
    >>> segment_sums(np.array([1.0, 2.0, 3.0]), np.array([0, 2]))
    array([3., 3.])
    """
    return np.asarray(np.add.reduceat(values, starts, axis=0))


def add_at_rows(size: int, rows: Ints, weights: Array, vectors: Array, which: Ints) -> Array:
    """The matrix of `size` rows in which row j is the sum of weights[m] vectors[which[m]] over rows[m] = j.

    The same as ``np.add.at`` on zeros, by sorting the rows and summing each run: a row that occurs twice gets
    both.

    Examples
    --------
    >>> v = np.array([[1.0, 2.0], [10.0, 20.0]])
    >>> add_at_rows(3, np.array([2, 0, 2]), np.array([1.0, 5.0, 1.0]), v, np.array([0, 0, 1]))
    array([[ 5., 10.],
           [ 0.,  0.],
           [11., 22.]])
    """
    order = np.argsort(rows, kind="stable")
    ascending = rows[order]
    starts = starts_of(ascending)
    total = np.zeros((size, vectors.shape[1]), dtype=vectors.dtype)
    terms = vectors[which[order]]
    terms *= weights[order, None]
    total[ascending[starts]] = segment_sums(terms, starts)
    return total

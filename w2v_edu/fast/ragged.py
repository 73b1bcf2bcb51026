"""Sums over groups of different size, without a loop over groups and without padding.

Groups of equal size form a stack, and a stack is summed by one matrix product. M items in all make fewer than
sqrt(2 M) different sizes, since 1 + 2 + .. + s <= M.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stacks", "add_at_rows", "segment_sums", "stack", "starts_of", "weighted_sums"]

Array = NDArray[Any]
Ints = NDArray[np.int64]

GATHERED = 1 << 17  # numbers that are gathered at once: 1 MB, the cache of one core


class Stacks(NamedTuple):
    """Items in groups, sorted so that groups of equal size stand together.

    Attributes
    ----------
    groups : ndarray of int
        Labels of the groups, the smallest group first. A label without items is not there.
    order : ndarray of int, shape (M,)
        The items of the first group, then those of the second, and so on.
    which : ndarray of int, shape (M,)
        The vector that each of them takes, in this order.
    shapes : list of (int, int)
        For each size that occurs: how many groups have it, and the size.
    """

    groups: Ints
    order: Ints
    which: Ints
    shapes: list[tuple[int, int]]

    def pieces(self, N: int) -> Iterator[tuple[slice, slice, tuple[int, int]]]:
        """Some groups of equal size at a time, so few that their vectors, of length N, stay in the cache.

        Yields
        ------
        some, at : slice
            Where they stand in `groups`, and their items in `order` and `which`.
        shape : (int, int)
            How many groups, and their size.
        """
        group = item = 0
        for n, c in self.shapes:
            step = max(1, GATHERED // (c * N))
            for part in range(0, n, step):
                few = min(step, n - part)
                yield slice(group, group + few), slice(item, item + few * c), (few, c)
                group, item = group + few, item + few * c


def stack(labels: Ints, which: Ints) -> Stacks:
    """Items of equal label are a group; groups of equal size are a stack.

    Parameters
    ----------
    labels, which : ndarray of int, shape (M,)
        Of each item: its group, in any order, and the vector that it takes.

    Examples
    --------
    >>> made = stack(np.array([7, 5, 7, 6]), which=np.array([1, 2, 3, 4]))
    >>> made.groups, made.order, made.which, made.shapes
    (array([5, 6, 7]), array([1, 3, 0, 2]), array([2, 4, 1, 3]), [(2, 1), (1, 2)])
    """
    sizes = np.bincount(labels)
    if len(sizes) and (sizes == sizes[0]).all() and (labels[1:] >= labels[:-1]).all():  # in order already
        return Stacks(np.arange(len(sizes)), np.arange(len(labels)), which, [(len(sizes), int(sizes[0]))])
    groups = np.argsort(sizes, kind="stable")[np.count_nonzero(sizes == 0) :]
    rank = np.empty(len(sizes), dtype=np.min_scalar_type(len(sizes)))  # below 2^16, sorted ten times faster
    rank[groups] = np.arange(len(groups))
    order = np.argsort(rank[labels], kind="stable")
    how_many = np.bincount(sizes[groups])
    shapes = [(int(how_many[c]), int(c)) for c in np.flatnonzero(how_many)]
    return Stacks(groups, order, which[order], shapes)


def weighted_sums(size: int, stacks: Stacks, weights: Array, vectors: Array) -> Array:
    """Row j is the sum of weights[m] vectors[which[m]] over the items m of group j; zero where there is none.

    Parameters
    ----------
    size : int
        Rows of the result.
    stacks : Stacks
        Made by `stack`.
    weights : ndarray, shape (M,)
    vectors : ndarray, two-dimensional
    """
    weights, N = weights[stacks.order], vectors.shape[1]
    sums = np.empty((len(stacks.groups), N), dtype=np.result_type(weights, vectors))
    for some, at, (n, c) in stacks.pieces(N):
        taken = vectors.take(stacks.which[at], axis=0)
        if c == 1:  # one product for all groups, not one for each
            np.multiply(weights[at, None], taken, out=sums[some])
        else:
            np.matmul(weights[at].reshape(n, 1, c), taken.reshape(n, c, N), out=sums[some, None])
    total = np.zeros((size, N), dtype=sums.dtype)
    total[stacks.groups] = sums
    return total


def add_at_rows(size: int, rows: Ints, weights: Array, vectors: Array, which: Ints) -> Array:
    """The matrix of `size` rows in which row j is the sum of weights[m] vectors[which[m]] over rows[m] = j.

    The same as ``np.add.at`` on zeros: a row that occurs twice gets both.

    Examples
    --------
    >>> v = np.array([[1.0, 2.0], [10.0, 20.0]])
    >>> add_at_rows(3, np.array([2, 0, 2]), np.array([1.0, 5.0, 1.0]), v, np.array([0, 0, 1]))
    array([[ 5., 10.],
           [ 0.,  0.],
           [11., 22.]])
    """
    return weighted_sums(size, stack(rows, which), weights, vectors)


def starts_of(group: Ints) -> Ints:
    """Where each run of equal numbers begins in an ascending array.

    Examples
    --------
    >>> starts_of(np.array([0, 0, 1, 2, 2, 2]))
    array([0, 2, 3])
    """
    return np.flatnonzero(np.diff(group, prepend=-1))


def segment_sums(values: Array, starts: Ints) -> Array:
    """The sum of each segment of a vector, which begin at `starts`; none may be empty.

    Examples
    --------
    >>> segment_sums(np.array([1.0, 2.0, 3.0]), np.array([0, 2]))
    array([3., 3.])
    """
    return np.asarray(np.add.reduceat(values, starts))

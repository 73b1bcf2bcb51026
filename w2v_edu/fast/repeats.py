"""Sum the gradient rows of words that occur more than once in a chunk, without a scatter-add.

`np.add.at` on rows is about ten times slower than everything else a chunk needs. So the rows are put into an
order in which every addition is one contiguous slice: first the first occurrence of each word, words with
many occurrences in front; then all second occurrences, in the same order of words; then all third ones.

    word    b c a | b c | b           three first occurrences, two second ones, one third
    G[:2] += G[3:5];  G[:1] += G[5:6]

After that the rows are unique, and writing them back is a plain assignment.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["RepeatFinder", "Repeats", "plan_repeats", "sum_repeats"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Repeats(NamedTuple):
    """How the rows of one chunk are summed.

    Attributes
    ----------
    unique : ndarray of int, shape (U,)
        The words, each once.
    order : ndarray of int, shape (R,)
        First occurrences, then second ones, and so on.
    sizes : list of int
        How many words occur at least once (U), twice, ..
    """

    unique: Ints
    order: Ints
    sizes: list[int]


def plan_repeats(rows: Ints) -> list[Repeats]:
    """The order of summation, for many chunks of R rows at once.

    Parameters
    ----------
    rows : ndarray of int, shape (chunks, R)
        The word that each gradient row belongs to.

    Notes
    -----
    Both sorts pack what is sorted by, and the place it came from, into one integer: sorting short rows of
    integers is the fastest sort that NumPy has.

    Examples
    --------
    >>> plan_repeats(np.array([[7, 4, 7, 9, 7, 4]]))[0]
    Repeats(unique=array([7, 4, 9]), order=array([0, 1, 3, 2, 5, 4]), sizes=[3, 2, 1])
    """
    chunks, R = rows.shape
    bits = max(1, int(R - 1).bit_length())
    mask = (1 << bits) - 1
    key = (rows.astype(np.int64) << bits) | np.arange(R)
    key.sort(axis=1)
    slot, word = key & mask, key >> bits
    first = np.ones((chunks, R), dtype=bool)
    np.not_equal(word[:, 1:], word[:, :-1], out=first[:, 1:])
    starts = np.flatnonzero(first)
    counts = np.diff(starts, append=chunks * R)
    most = int(counts.max())
    # Sort by occurrence, then by falling count, then by word: words stand in the same order in every round.
    place = np.arange(chunks * R)
    start = np.repeat(starts, counts)
    key = (place - start) << bits
    key |= np.repeat(most - counts, counts)
    key <<= bits
    key |= start % R
    key <<= bits
    order = key.reshape(chunks, R) | slot
    order.sort(axis=1)
    order &= mask
    sizes = np.bincount((place // R) * most + (place - start), minlength=chunks * most).reshape(chunks, most)
    ordered = np.take_along_axis(rows, order, axis=1)
    return [
        Repeats(words[: size[0]], places, [n for n in size if n])
        for words, places, size in zip(ordered, order, sizes.tolist(), strict=True)
    ]


class RepeatFinder:
    """`plan_repeats` for one chunk with thousands of rows, where sorting is slow: with a table instead.

    Every row writes its place into a table at its word, and reads it back: only the last row of each word
    finds itself. After that, small numbers are sorted by counting, which is what NumPy's stable sort does
    with 16 bits.

    Parameters
    ----------
    V : int
        Words (or nodes) are numbered from 0 to V - 1.

    Examples
    --------
    >>> RepeatFinder(10)(np.array([7, 4, 7, 9, 7, 4])).sizes
    [3, 2, 1]
    """

    def __init__(self, V: int) -> None:
        self._table = np.zeros(V, dtype=np.int32)

    def __call__(self, rows: Ints) -> Repeats:
        """The order of summation for these rows; fewer than 65,536."""
        table, place = self._table, np.arange(len(rows), dtype=np.int32)
        table[rows] = place
        words = rows[table[rows] == place]  # each once
        table[words] = place[: len(words)]
        counts = np.bincount(table[rows])
        by_count = np.argsort((counts.max() - counts).astype(np.uint16), kind="stable")
        words, counts = words[by_count], counts[by_count]
        table[words] = place[: len(words)]
        number = table[rows].astype(np.uint16)
        order = np.argsort(number, kind="stable")  # word by word
        occurrence = place - np.repeat(np.cumsum(counts) - counts, counts)
        order = order[np.argsort(occurrence.astype(np.uint16), kind="stable")]
        return Repeats(words, order, np.bincount(occurrence).tolist())


def sum_repeats(values: Array, repeats: Repeats) -> Array:
    """Add up the rows of each word: (R, N) becomes (U, N), in the order of `repeats.unique`.

    Examples
    --------
    >>> repeats = plan_repeats(np.array([[7, 4, 7, 9, 7, 4]]))[0]
    >>> sum_repeats(np.array([[1], [10], [2], [100], [4], [20]]), repeats).ravel()
    array([  7,  30, 100])
    """
    values = values.take(repeats.order, axis=0)
    start = repeats.sizes[0]
    for size in repeats.sizes[1:]:
        values[:size] += values[start : start + size]
        start += size
    return values[: repeats.sizes[0]]

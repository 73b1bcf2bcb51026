"""Sum the gradient rows of words that occur more than once in a chunk, without a scatter-add.

`np.add.at` on rows is about ten times slower than everything else a chunk needs. So the rows are put into an
order in which every addition is one contiguous slice: first the first occurrence of each word, words with
many occurrences in front; then all second occurrences, in the same order of words; then all third ones.

    word    b c a | b c | b           three first occurrences, two second ones, one third
    G[:2] += G[3:5];  G[:1] += G[5:6]

What is left of the few words with more than ROUNDS occurrences stands at the end, word by word, and is summed
as a whole. After that the rows are unique, and writing them back is a plain assignment.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["RepeatFinder", "Repeats", "plan_repeats", "sum_repeats"]

Ints = NDArray[np.int64]
Array = NDArray[Any]

ROUNDS = 16


class Repeats(NamedTuple):
    """How the rows of one chunk are summed.

    Attributes
    ----------
    unique : ndarray of int, shape (U,)
        The words, each once.
    order : ndarray of int, shape (R,)
        First occurrences, then second ones, and so on; then the rest of the frequent words.
    sizes : list of int
        How many words occur at least once (U), twice, .., ROUNDS times.
    rest : list of int
        How many more times each word occurs that occurs more often than that.
    """

    unique: Ints
    order: Ints
    sizes: list[int]
    rest: list[int]


def plan_repeats(rows: Ints, places: Ints | None = None) -> list[Repeats]:
    """The order of summation, for many chunks of R rows at once. For a few hundred rows a chunk.

    Parameters
    ----------
    rows : ndarray of int, shape (chunks, R)
        The word that each gradient row belongs to.
    places : ndarray of int, shape (R,), optional
        Where the gradient rows stand; 0, .., R - 1 if not given.

    Notes
    -----
    Both sorts pack what is sorted by, and the place it came from, into one integer: sorting short rows of
    integers is the fastest sort that NumPy has.

    Examples
    --------
    >>> plan_repeats(np.array([[7, 4, 7, 9, 7, 4]]))[0]
    Repeats(unique=array([7, 4, 9]), order=array([0, 1, 3, 2, 5, 4], dtype=int32), sizes=[3, 2, 1], rest=[])
    """
    chunks, R = rows.shape
    bits = int(R).bit_length()
    narrow: Any = np.int32 if int(rows.max()).bit_length() + bits < 32 else np.int64
    wide: Any = np.int32 if 2 * bits + 10 < 32 else np.int64
    place = np.arange(R, dtype=np.int32)
    key = rows.astype(narrow)
    key <<= bits
    key |= place
    key.sort(axis=1)
    mask = narrow((1 << bits) - 1)
    border = np.ones((chunks, R + 1), dtype=bool)  # before the first, and after the last, of equal rows
    np.greater(key[:, 1:] ^ key[:, :-1], mask, out=border[:, 1:-1])
    start = np.maximum.accumulate(place * border[:, :-1], axis=1)
    end = np.where(border[:, 1:], place, R)
    end = np.minimum.accumulate(end[:, ::-1], axis=1)[:, ::-1]
    occurrence = np.minimum(place - start, ROUNDS)
    # By occurrence, then by falling count, then by word: words stand in the same order in every round.
    order = ((occurrence << 5) | (ROUNDS - np.minimum(end - start, ROUNDS))).astype(wide, copy=False)
    order <<= bits
    order |= start
    order <<= bits
    order |= key & mask
    order.sort(axis=1)
    order &= wide((1 << bits) - 1)
    chunk = np.arange(chunks, dtype=np.int32)[:, None]
    ordered = rows.take(order + R * chunk)
    if places is not None:
        order = places.take(order)
    occurrence += (ROUNDS + 1) * chunk
    sizes = np.bincount(occurrence.ravel(), minlength=chunks * (ROUNDS + 1)).reshape(chunks, ROUNDS + 1)
    rest = _rest(end - start + 1, border[:, :-1]) if sizes[:, ROUNDS].any() else [[]] * chunks
    columns = zip(ordered, order, sizes[:, :ROUNDS].tolist(), rest, strict=True)
    return [Repeats(words[: n[0]], places, _without_zeros(n), more) for words, places, n, more in columns]


def _rest(counts: Ints, first: NDArray[np.bool_]) -> list[list[int]]:
    rest: list[list[int]] = [[] for _ in range(len(counts))]
    chunk, place = np.nonzero(first & (counts > ROUNDS))
    for number, more in zip(chunk.tolist(), counts[chunk, place].tolist(), strict=True):
        rest[number].append(more - ROUNDS)
    return rest


def _without_zeros(sizes: list[int]) -> list[int]:
    return sizes[: sizes.index(0)] if 0 in sizes else sizes


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
        self._table = np.zeros(V, dtype=np.int64)

    def __call__(self, rows: Ints, places: Ints | None = None) -> Repeats:
        """The order of summation for these rows; fewer than 65,536. Parameters as of `plan_repeats`."""
        if not len(rows):
            return Repeats(rows, rows, [0], [])
        table, place = self._table, np.arange(len(rows))
        table[rows] = place
        words = rows.take(np.flatnonzero(table.take(rows) == place))  # each once
        table[words] = place[: len(words)]
        counts = np.bincount(table.take(rows))
        by_count = np.argsort((ROUNDS + 1 - np.minimum(counts, ROUNDS + 1)).astype(np.uint8), kind="stable")
        words, counts = words.take(by_count), counts.take(by_count)
        table[words] = place[: len(words)]
        number = table.take(rows)
        order = np.argsort(number.astype(np.uint16), kind="stable")  # word by word
        first = np.cumsum(counts) - counts
        occurrence = np.minimum(place - first.take(number.take(order)), ROUNDS)
        order = order.take(np.argsort(occurrence.astype(np.uint8), kind="stable"))
        if places is not None:
            order = places.take(order)
        often = int(np.count_nonzero(counts > ROUNDS))  # the first so many
        return Repeats(
            words, order, np.bincount(occurrence).tolist()[:ROUNDS], (counts[:often] - ROUNDS).tolist()
        )


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
    ones = np.ones(max(repeats.rest, default=0), values.dtype)
    for word, more in enumerate(repeats.rest):
        values[word] += ones[:more] @ values[start : start + more]  # half the time of sum(axis=0)
        start += more
    return values[: repeats.sizes[0]]

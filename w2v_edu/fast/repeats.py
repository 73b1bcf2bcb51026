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


def plan_repeats(rows: Ints) -> list[Repeats]:
    """The order of summation, for many chunks of R rows at once. For a few hundred rows a chunk.

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
    Repeats(unique=array([7, 4, 9]), order=array([0, 1, 3, 2, 5, 4], dtype=int32), sizes=[3, 2, 1], rest=[])
    """
    chunks, R = rows.shape
    bits = int(R).bit_length()
    small = int(rows.max()) >> (31 - bits) == 0 and 2 * bits <= 21  # 32 bits hold both keys
    dtype: Any = np.int32 if small else np.int64
    mask, place = dtype((1 << bits) - 1), np.arange(R, dtype=dtype)
    key = rows.astype(dtype)
    key <<= bits
    key |= place
    key.sort(axis=1)
    first = np.ones((chunks, R), dtype=bool)
    np.greater(key[:, 1:] ^ key[:, :-1], mask, out=first[:, 1:])
    starts = np.flatnonzero(first)
    counts = np.diff(starts, append=chunks * R)
    start = np.repeat((starts % R).astype(dtype), counts).reshape(chunks, R)
    occurrence = np.minimum(place - start, ROUNDS)
    fewer = np.repeat((ROUNDS + 1 - np.minimum(counts, ROUNDS + 1)).astype(dtype), counts).reshape(chunks, R)
    # By occurrence, then by falling count, then by word: words stand in the same order in every round.
    slot = key & mask
    key = (occurrence << 5) | fewer
    key <<= bits
    key |= start
    key <<= bits
    key |= slot
    key.sort(axis=1)
    order = key & mask
    ordered = np.take_along_axis(rows, order, axis=1)
    most = min(ROUNDS, int(counts.max()))
    sizes = np.stack([np.count_nonzero(occurrence == i, axis=1) for i in range(most)], axis=1)
    rest: list[list[int]] = [[] for _ in range(chunks)]
    for word in np.flatnonzero(counts > ROUNDS).tolist():
        rest[starts[word] // R].append(int(counts[word]) - ROUNDS)
    columns = zip(ordered, order, sizes.tolist(), rest, strict=True)
    return [Repeats(words[: n[0]], places, [k for k in n if k], more) for words, places, n, more in columns]


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
        occurrence = np.minimum(place - np.repeat(np.cumsum(counts) - counts, counts), ROUNDS)
        order = order[np.argsort(occurrence.astype(np.uint16), kind="stable")]
        sizes = np.bincount(occurrence).tolist()[:ROUNDS]
        return Repeats(words, order, sizes, (counts[counts > ROUNDS] - ROUNDS).tolist())


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
    for word, more in enumerate(repeats.rest):
        values[word] += values[start : start + more].sum(axis=0)
        start += more
    return values[: repeats.sizes[0]]

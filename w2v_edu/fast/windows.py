"""From a block of text to the words that are kept, and to how far each one's window reaches."""

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

from w2v_edu.corpus.subsampling import keep_probability as subsampling
from w2v_edu.model import InputSide

__all__ = [
    "Blocks",
    "Windows",
    "band_rows",
    "blocks_of_windows",
    "diagonal_band",
    "keep_probability",
    "overlapping_blocks",
    "read_windows",
    "sum_overlaps",
]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Windows(NamedTuple):
    """The kept words of a block of text: word i sees the words i - left[i], .., i + right[i] around it."""

    ids: Ints
    left: Ints
    right: Ints


def keep_probability(counts: Ints, sample: float) -> Array:
    """How likely each word is kept: (sqrt(f / sample) + 1) sample / f, at most 1, as in word2vec.c.

    Parameters
    ----------
    counts : ndarray of int, shape (V,)
    sample : float
        0 keeps every word.

    Examples
    --------
    >>> keep_probability(np.array([900, 100]), 0.1).round(3)
    array([0.444, 1.   ])
    """
    return np.ones(len(counts)) if sample == 0 else subsampling(counts, sample, "word2vec.c")


def read_windows(
    ids: Ints,
    offsets: Ints,
    keep: Array,
    window: int,
    input_side: InputSide,
    shrink: bool,
    rng: np.random.Generator,
) -> Windows:
    """Drop frequent words, then draw each remaining word's window; sentences end windows.

    Parameters
    ----------
    ids : ndarray of int, shape (T,)
        Words of whole sentences, end to end.
    offsets : ndarray of int, shape (S + 1,)
        Where the sentences begin; the last is T.
    keep : ndarray, shape (V,)
        From `keep_probability`.
    window : int
        The widest window, in words on each side.
    input_side : {"one-word", "cbow", "skip-gram"}
        A one-word example is a bigram: the window is the next word.
    shrink : bool
        Whether each window is drawn from 1, .., window.
    """
    kept = np.arange(len(ids))
    if (keep < 1).any():
        kept = np.flatnonzero(rng.random(len(ids), dtype=np.float32) < keep[ids])
        ids, offsets = ids[kept], np.searchsorted(kept, offsets)
    T = len(ids)
    lengths = np.diff(offsets)
    reach = rng.integers(1, window + 1, T) if shrink and input_side != "one-word" else np.full(T, window)
    place = np.arange(T)
    before = place - np.repeat(offsets[:-1], lengths)
    after = np.repeat(offsets[1:] - 1, lengths) - place
    if input_side == "one-word":
        return Windows(ids, np.zeros(T, np.int64), np.minimum(after, 1))
    return Windows(ids, np.minimum(before, reach), np.minimum(after, reach))


def band_rows(window: int, dtype: Any) -> Array:
    """Every shape that a window can have, as 0s and 1s: entry [left, right] is a row of 2 window + 1 numbers.

    Examples
    --------
    >>> band_rows(2, int)[1, 2]  # one word before, two after, never the centre itself
    array([0, 1, 0, 1, 1])
    """
    place = np.arange(-window, window + 1)
    reach = np.arange(window + 1)
    inside = (place >= -reach[:, None, None]) & (place <= reach[None, :, None]) & (place != 0)
    return np.asarray(inside, dtype=dtype)


def diagonal_band(blocks: Array, window: int) -> Array:
    """A view of a stack of (B, B + 2 window + ..) matrices: the 2 window + 1 columns that word i can see.

    Examples
    --------
    >>> block = np.zeros((1, 3, 5), int)
    >>> diagonal_band(block, 1)[...] = 1
    >>> block[0]
    array([[1, 1, 1, 0, 0],
           [0, 1, 1, 1, 0],
           [0, 0, 1, 1, 1]])
    """
    G, B, _ = blocks.shape
    of_block, of_row, of_column = blocks.strides
    return as_strided(blocks, (G, B, 2 * window + 1), (of_block, of_row + of_column, of_column))


def sum_overlaps(blocks: Array, line: Array) -> None:
    """Add up the rows of words that several blocks see, so that every word of the line has one.

    Parameters
    ----------
    blocks : ndarray, shape (G, B + 2 window, N)
        Block g sees the words g B, .., g B + B + 2 window - 1 of a line.
    line : ndarray, shape (more than G, B, N)
        Where the sums are put, B words a row; as many rows as hold the line.

    Examples
    --------
    >>> blocks, line = np.arange(8).reshape(2, 4, 1), np.empty((3, 2, 1), int)
    >>> sum_overlaps(blocks, line)  # two blocks of two words; each also sees one on both sides
    >>> line.ravel()  # the words 2 and 3 stand in both: 2 + 4 and 3 + 5
    array([0, 1, 6, 8, 6, 7])
    """
    G, width = blocks.shape[:2]
    B = line.shape[1]
    line[:G] = blocks[:, :B]
    line[G:] = 0
    for shift, start in enumerate(range(B, width, B), 1):
        part = min(B, width - start)
        line[shift : shift + G, :part] += blocks[:, start : start + part]


def overlapping_blocks(line: Array, B: int, window: int) -> Array:
    """A view of the rows of a line: each block of B words with the `window` words before and after it.

    Examples
    --------
    >>> overlapping_blocks(np.arange(6)[:, None], 2, 1)[..., 0]
    array([[0, 1, 2, 3],
           [2, 3, 4, 5]])
    """
    (words, N), (of_word, of_number) = line.shape, line.strides
    shape = ((words - 2 * window) // B, B + 2 * window, N)
    return as_strided(line, shape, (B * of_word, of_word, of_number))


class Blocks(NamedTuple):
    """Kept words in chunks of G blocks of B words. The last chunk is filled up with words without windows.

    Attributes
    ----------
    centres : ndarray of int, shape (chunks, G, B)
        The words themselves.
    seen : ndarray of int, shape (chunks, G, B + 2 window)
        The words that each block can see: its own, and `window` before and after them.
    line : ndarray of int, shape (chunks, G B + 2 window)
        The words that all blocks of a chunk can see, each place once.
    left, right : ndarray of int, shape (chunks, G, B)
        How far each word's window reaches.
    """

    centres: Ints
    seen: Ints
    line: Ints
    left: Ints
    right: Ints

    def shapes(self, window: int) -> Ints:
        """The number of each word's window among the rows of `band_rows`. Shape (chunks, G, B)."""
        return self.left * (window + 1) + self.right

    @property
    def has_context(self) -> NDArray[np.bool_]:
        """Whether there is any word in a word's window. Shape (chunks, G, B)."""
        return np.asarray(self.left + self.right > 0)


def blocks_of_windows(windows: Windows, G: int, B: int, window: int) -> Blocks:
    """Cut kept words into chunks of G blocks of B words."""
    T = len(windows.ids)
    chunks = -(-T // (G * B))
    total = chunks * G * B
    padded = np.zeros(total + 2 * window, dtype=np.int64)
    padded[window : window + T] = windows.ids
    reach = np.zeros((2, total), dtype=np.int64)
    reach[0, :T], reach[1, :T] = windows.left, windows.right
    centres = padded[window : window + total].reshape(chunks, G, B)
    seen = sliding_window_view(padded, B + 2 * window)[::B].reshape(chunks, G, B + 2 * window)
    line = sliding_window_view(padded, G * B + 2 * window)[:: G * B]
    return Blocks(centres, seen, line, *reach.reshape(2, chunks, G, B))

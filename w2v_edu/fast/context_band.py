"""CBOW's windows as banded matrices: from the input vectors of a chunk to every h, and back.

Row i of the band holds 1/C at the places of the words that word i sees, so one product makes every h. On the
way back the same numbers are read the other way round: word l gets something from every word whose window
reaches it, which stand around it too. Both ways are small blocks along the diagonal, and every word of the
text comes out once.
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from w2v_edu.fast.windows import band_rows, diagonal_band, overlapping_blocks

__all__ = ["ContextBand", "read_across"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


def read_across(rows: Array) -> Array:
    """A view of the rows of a band by columns: entry [l, c] is rows[l + c, width - 1 - c].

    Examples
    --------
    >>> rows = np.array([[0, 1, 2], [10, 11, 12], [20, 21, 22], [30, 31, 32]])
    >>> read_across(rows)
    array([[ 2, 11, 20],
           [12, 21, 30]])
    """
    (L, width), (of_row, of_column) = rows.shape, rows.strides
    return as_strided(rows[:, width - 1 :], (L - width + 1, width), (of_row, of_row - of_column))


class ContextBand:
    """The map from the input vectors that a chunk sees to the h of each of its words, and its transpose.

    Parameters
    ----------
    G, B, window : int
        Blocks a chunk, words a block, widest window.
    combine : {"mean", "sum"}
    one_over_C : bool
        False leaves 1/C out of the way back, as word2vec.c and gensim do.
    """

    def __init__(self, G: int, B: int, window: int, dtype: Any, combine: str, one_over_C: bool) -> None:
        ones = band_rows(window, dtype)
        mean = ones / np.maximum(ones.sum(axis=-1, keepdims=True), 1)
        width = 2 * window + 1
        self._to_h = (mean if combine == "mean" else ones).reshape(-1, width)
        self._from_h = self._to_h if one_over_C else ones.reshape(-1, width)
        self._G, self._B, self._window = G, B, window
        self._shapes = np.zeros((G, B), dtype=np.int64)
        self._there = np.zeros((G, B, B + 2 * window), dtype)  # never written outside the band
        self._there_band = diagonal_band(self._there, window)
        # On the way back there are so many blocks as hold the line, G B + 2 window words; before the chunk's
        # own words, and after them, stand rows of zeros.
        blocks = -(-(G * B + 2 * window) // B)
        self._own = slice(2 * window, 2 * window + G * B)
        self._rows = np.zeros((blocks * B + 2 * window, width), dtype)
        self._across = read_across(self._rows).reshape(blocks, B, width)
        self._back = np.zeros((blocks, B, B + 2 * window), dtype)
        self._back_band = diagonal_band(self._back, window)
        self._make_room(1, dtype)

    def _make_room(self, N: int, dtype: Any) -> None:
        B, window = self._B, self._window
        self._X = np.empty((self._G * B + 2 * window, N), dtype)
        self._EH = np.zeros((len(self._rows), N), self._back.dtype)
        self._seen = overlapping_blocks(self._X, B, window)
        self._around = overlapping_blocks(self._EH, B, window)

    def gather(self, W: Array, line: Ints, shapes: Ints) -> Array:
        """H = band X, X the input vectors of the G B + 2 window words of the line. Shape (G, B, N)."""
        if self._X.shape[1] != W.shape[1] or self._X.dtype != W.dtype:
            self._make_room(W.shape[1], W.dtype)
        self._shapes = shapes
        self._there_band[...] = self._to_h.take(shapes, axis=0)
        W.take(line, axis=0, out=self._X, mode="clip")  # mode: so that NumPy writes to `out` at once
        return self._there @ self._seen

    @property
    def EH(self) -> Array:
        """Where dE/dh of each word is to be put before `spread`. Shape (G, B, N)."""
        return self._EH[self._own].reshape(self._G, self._B, -1)

    def spread(self) -> Array:
        """dX = band^T EH, for the windows of the last `gather`: a row for each word of the line."""
        self._rows[self._own] = self._from_h.take(self._shapes.reshape(-1), axis=0)
        self._back_band[...] = self._across
        dX = self._back @ self._around
        return dX.reshape(-1, dX.shape[2])[: len(self._X)]

"""A gradient with few rows, and the step along it."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ChunkGradient", "RowGradient", "dense", "set_rows", "step"]

Array = NDArray[Any]


class RowGradient(NamedTuple):
    """The rows of a gradient that are not zero: numbers of rows, none of them twice, or a range of rows."""

    rows: NDArray[np.int64] | slice
    values: Array


class ChunkGradient(NamedTuple):
    """The gradient of a chunk's summed loss, in parts that add up."""

    dW: tuple[RowGradient, ...]
    dW_out: tuple[RowGradient, ...]


def step(matrix: Array, gradient: RowGradient, clip: float) -> int:
    """Subtract a gradient in place; no row moves by more than `clip`.

    Parameters
    ----------
    matrix : ndarray, shape (R, N)
    gradient : RowGradient
        Times the learning rate. Its values are overwritten.
    clip : float
        The longest step of one row, in L2 norm.

    Returns
    -------
    int
        How many rows were clipped: 0 while training is healthy.
    """
    rows, move = gradient
    near = np.vdot(move, move) <= clip * clip  # all rows together; where this is nan, it is False
    clipped = 0 if near else _clip(move, clip)
    if isinstance(rows, slice):
        matrix[rows] -= move
    else:
        set_rows(matrix, rows, np.subtract(matrix.take(rows, axis=0), move, out=move))
    return clipped


def _clip(move: Array, clip: float) -> int:
    long = np.flatnonzero(~(np.vecdot(move, move) <= clip * clip))
    if len(long):
        size = np.abs(move[long]).max(axis=1, keepdims=True)  # first to 1, so that no square overflows
        unit = np.nan_to_num(move[long] / size, nan=0.0)
        length = np.sqrt(np.vecdot(unit, unit))[:, None]
        move[long] = unit * (clip / np.maximum(length, np.finfo(move.dtype).tiny))
    return len(long)


def set_rows(matrix: Array, rows: NDArray[np.int64], values: Array) -> None:
    """``matrix[rows] = values`` for unique rows, faster: each row is copied as one opaque item.

    Examples
    --------
    >>> matrix = np.zeros((3, 2))
    >>> set_rows(matrix, np.array([2, 0]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> matrix.tolist()
    [[3.0, 4.0], [0.0, 0.0], [1.0, 2.0]]
    """
    item = _opaque(values.itemsize * values.shape[1])
    matrix.view(item)[:, 0][rows] = values.view(item)[:, 0]


@cache
def _opaque(size: int) -> np.dtype[np.void]:
    return np.dtype((np.void, size))


def dense(gradient: RowGradient, R: int) -> Array:
    """The same gradient with its zero rows: shape (R, N).

    Examples
    --------
    >>> dense(RowGradient(np.array([2]), np.array([[5.0]])), 3).ravel()
    array([0., 0., 5.])
    """
    full = np.zeros((R, gradient.values.shape[1]), gradient.values.dtype)
    full[gradient.rows] = gradient.values
    return full

"""What an objective asks, for many target words at once: the whole difference between the objectives."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Questions", "target_then_noise"]


class Questions(NamedTuple):
    """Rows of W_out and their labels, one target word after another.

    Attributes
    ----------
    rows : ndarray of int, shape (M_1 + M_2 + ..,), or None
        Which output vectors are asked; None stands for all of them, every time.
    t : ndarray
        The label of each row. Where all rows are asked: for each target, the id of the row whose label is 1.
    sizes : ndarray of int, shape (P,)
        M of each of the P targets. Empty where all rows are asked.
    offset : ndarray or None
        What is subtracted from each score before the link; None where nothing is.
    """

    rows: NDArray[np.int64] | None
    t: NDArray[Any]
    sizes: NDArray[np.int64]
    offset: NDArray[np.float64] | None = None


def target_then_noise(
    targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Each target before its own noise words, with labels 1, 0, .., 0.

    Parameters
    ----------
    targets : ndarray of int, shape (P,)
    noise : ndarray of int, shape (K_1 + .. + K_P,)
        The noise words of all targets, one list after another.
    sizes : ndarray of int, shape (P,)
        K of each target.

    Examples
    --------
    >>> target_then_noise(np.array([7, 8]), np.array([1, 2, 3]), np.array([2, 1]))
    (array([7, 1, 2, 8, 3]), array([1., 0., 0., 1., 0.]))
    """
    first = np.cumsum(sizes + 1) - sizes - 1  # where each target stands
    t = np.zeros(len(targets) + len(noise))
    t[first] = 1.0
    rows = np.empty(len(t), dtype=np.int64)
    rows[t == 1.0], rows[t == 0.0] = targets, noise
    return rows, t

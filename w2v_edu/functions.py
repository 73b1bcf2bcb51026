"""The functions that the equations are made of, safe at scores of 800 and under the complex step.

Each works for float64 and for complex128: every decision looks at the real part alone, so that the
imaginary part of a complex step passes through untouched.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["log_sigmoid", "log_sum_exp", "one_hot", "sigmoid", "softmax"]

Array = NDArray[Any]


def sigmoid(u: ArrayLike) -> Array:
    """The logistic function, (67): sigma(u) = 1 / (1 + exp(-u)).

    Parameters
    ----------
    u : array_like
        Scores, any shape, real or complex.

    Returns
    -------
    ndarray
        The same shape; between 0 and 1 where `u` is real.

    Notes
    -----
    exp is only ever taken of a number whose real part is <= 0, so nothing overflows.

    Examples
    --------
    >>> float(sigmoid(0.0))
    0.5
    >>> sigmoid([-800.0, 800.0])
    array([0., 1.])
    >>> bool(np.isclose(sigmoid(-1.5), 1 - sigmoid(1.5)))  # (68)
    True
    """
    u = np.asarray(u)
    positive = u.real >= 0
    z = np.exp(np.where(positive, -u, u))
    return np.where(positive, 1.0, z) / (1.0 + z)  # (67)


def log_sigmoid(u: ArrayLike) -> Array:
    """log sigma(u), exact where sigma(u) itself has already become 0.

    Parameters
    ----------
    u : array_like
        Scores, any shape, real or complex.

    Returns
    -------
    ndarray
        The same shape; never above 0 where `u` is real.

    Notes
    -----
    log sigma(u) = min(u, 0) - log(1 + exp(-|u|)): no epsilon, no clipping.

    Examples
    --------
    >>> log_sigmoid([-800.0, 0.0, 800.0])
    array([-8.00000000e+02, -6.93147181e-01,  0.00000000e+00])
    """
    u = np.asarray(u)
    if np.isrealobj(u):
        return np.asarray(np.minimum(u, 0) - np.log1p(np.exp(-np.abs(u))))
    positive = u.real >= 0
    z = np.exp(np.where(positive, -u, u))
    return np.where(positive, 0.0, u) - np.log1p(z)


def log_sum_exp(u: ArrayLike, axis: int = -1) -> Array:
    """log sum_j exp(u_j), the second term of (7), with the largest score taken out first.

    Parameters
    ----------
    u : array_like
        Scores, real or complex.
    axis : int
        The axis that j runs over.

    Returns
    -------
    ndarray
        One axis fewer than `u`.

    Examples
    --------
    >>> round(float(log_sum_exp([800.0, 800.0])), 6)  # 800 + log 2
    800.693147
    """
    u = np.asarray(u)
    top = u.real.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(u - top).sum(axis=axis)) + top.squeeze(axis))


def softmax(u: ArrayLike, axis: int = -1) -> Array:
    """The posterior of (3): y_j = exp(u_j) / sum_j' exp(u_j').

    Parameters
    ----------
    u : array_like
        Scores, real or complex.
    axis : int
        The axis that j runs over.

    Returns
    -------
    ndarray
        The shape of `u`; sums to 1 along `axis`.

    Examples
    --------
    >>> softmax([0.0, np.log(3.0)])
    array([0.25, 0.75])
    >>> softmax([-800.0, 0.0, 800.0])
    array([0., 0., 1.])
    """
    u = np.asarray(u)
    z = np.exp(u - u.real.max(axis=axis, keepdims=True))
    return np.asarray(z / z.sum(axis=axis, keepdims=True))  # (3)


def one_hot(j: int, size: int) -> NDArray[np.float64]:
    """The vector that is 1 at `j` and 0 elsewhere: x of (1), and t of (8).

    Examples
    --------
    >>> one_hot(1, 3)
    array([0., 1., 0.])
    """
    x = np.zeros(size)
    x[j] = 1.0
    return x

"""Minimising a smooth convex function: limited-memory BFGS with a line search that only ever goes down."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["minimise"]

Array = NDArray[Any]

MEMORY = 10
ARMIJO = 1e-4


def minimise(
    value: Callable[[Array], tuple[float, Array]], x: Array, *, steps: int = 300, tolerance: float = 1e-8
) -> Array:
    """The x with the smallest value, found from its gradient.

    Parameters
    ----------
    value : callable
        x to value and gradient.
    x : ndarray
        Where to begin.
    steps : int
        The most steps.
    tolerance : float
        Stop when the gradient is shorter than this.

    Notes
    -----
    Nocedal and Wright, Numerical Optimization, algorithm 7.4.

    Examples
    --------
    >>> goal = np.array([1.0, -2.0])
    >>> minimise(lambda x: (float(((x - goal) ** 2).sum()), 2 * (x - goal)), np.zeros(2)).round(6)
    array([ 1., -2.])
    """
    E, g = value(x)
    moves: list[tuple[Array, Array]] = []
    for _ in range(steps):
        if np.linalg.norm(g) < tolerance:
            break
        direction = -_inverse_hessian(g, moves)
        slope, rate = float(g @ direction), 1.0 if moves else 1.0 / float(np.linalg.norm(g))
        for _ in range(40):
            E_new, g_new = value(x + rate * direction)
            if E_new <= E + ARMIJO * rate * slope:
                break
            rate /= 2
        else:
            break
        s, y = rate * direction, g_new - g
        if s @ y > 1e-12 * np.linalg.norm(s) * np.linalg.norm(y):
            moves = [*moves[1 - MEMORY :], (s, y)]
        x, E, g = x + s, E_new, g_new
    return x


def _inverse_hessian(g: Array, moves: list[tuple[Array, Array]]) -> Array:
    """The two loops: what the last moves say about the curvature, applied to g."""
    r, kept = g.copy(), []
    for s, y in reversed(moves):
        a = (s @ r) / (s @ y)
        r -= a * y
        kept.append(a)
    if moves:
        s, y = moves[-1]
        r *= (s @ y) / (y @ y)
    for (s, y), a in zip(moves, reversed(kept), strict=True):
        r += (a - (y @ r) / (s @ y)) * s
    return r

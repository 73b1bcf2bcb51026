"""The limit witness: derivatives of any function of an array, from its values alone.

Nothing here knows word2vec. The function is handed in; central differences, the complex step and the
Taylor remainder answer whether a gradient is right, and the V-shaped curve shows how far each can be trusted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ErrorCurve",
    "Taylor",
    "central_difference",
    "complex_step",
    "directional",
    "error_against_step",
    "relative_error",
    "sample_entries",
    "taylor",
]

Array = NDArray[Any]
Function = Callable[[Array], Any]
Entry = tuple[int, ...]

STEPS = tuple(10.0**-k for k in range(1, 16))
STEP = float(np.finfo(np.float64).eps ** (1 / 3))  # where truncation h^2 and cancellation eps/h balance


def relative_error(a: Any, b: Any) -> float:
    """The error of `a` against `b`: max|a - b| / max|b| of the whole array.

    Where `b` is zero everywhere, max|a| itself. A nan or a difference of shape is an error of infinity: a
    comparison that cannot be made has failed.

    Examples
    --------
    >>> relative_error([1.0, 2.0], [1.0, 4.0])
    0.5
    >>> relative_error([1.0], [1.0, 1.0])
    inf
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        return float("inf")
    if a.size == 0:
        return 0.0
    difference, scale = float(np.max(np.abs(a - b))), float(np.max(np.abs(b)))
    if not np.isfinite(difference):
        return float("inf")
    return difference / scale if scale > 0 else difference


def central_difference(
    f: Function, x: Array, *, step: float = STEP, entries: Iterable[Entry] | None = None
) -> Array:
    """df/dx by (f(x + h) - f(x - h)) / 2h, one entry at a time.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a real number.
    x : ndarray
        Where; any shape. It is not changed.
    step : float
        The step h is `step` times the larger of 1 and |x|.
    entries : iterable of index tuples, optional
        Only these entries; the result is then the vector of their derivatives.

    Returns
    -------
    ndarray
        The shape of `x`, or one number an entry.

    Examples
    --------
    >>> np.allclose(central_difference(lambda x: float((x**3).sum()), np.array([1.0, 2.0])), [3, 12])
    True
    """

    def derivative(at: Entry) -> float:
        h = step * max(1.0, abs(float(x[at])))
        up, down = _moved(x, at, h), _moved(x, at, -h)
        return float((f(up) - f(down)) / (up[at] - down[at]))  # the step that was really taken

    return _gather(derivative, x, entries)


def complex_step(
    f: Function, x: Array, *, step: float = 1e-30, entries: Iterable[Entry] | None = None
) -> Array:
    """df/dx by Im f(x + ih) / h: no difference is taken, so nothing cancels.

    Parameters
    ----------
    f : callable
        Takes a complex128 array like `x`, returns a complex number. It must be analytic where it is used: no
        abs, no comparison of the whole number.
    x : ndarray
        Where; any shape. It is not changed.
    step : float
        h. Far below the rounding error of `x` on purpose.
    entries : iterable of index tuples, optional
        Only these entries; the result is then the vector of their derivatives.

    Returns
    -------
    ndarray
        The shape of `x`, or one number an entry; exact to the last digits.

    Examples
    --------
    >>> complex_step(lambda x: (x**3).sum(), np.array([1.0, 2.0]))
    array([ 3., 12.])
    """
    z = np.asarray(x, dtype=np.complex128)
    return _gather(lambda at: float(np.imag(f(_moved(z, at, 1j * step))) / step), x, entries)


def directional(f: Function, x: Array, direction: Array, *, step: float = 1e-30) -> float:
    """The derivative of `f` along `direction`, by one complex step: what <grad, direction> must equal.

    Two evaluations would be needed for central differences; one is enough here, whatever the size of `x`.

    Examples
    --------
    >>> directional(lambda x: (x**2).sum(), np.array([1.0, 2.0]), np.array([1.0, 1.0]))
    6.0
    """
    return float(np.imag(f(np.asarray(x) + 1j * step * np.asarray(direction))) / step)


class Taylor(NamedTuple):
    """The remainders |f(x + h d) - f(x) - h <g, d>| at each step h, and the slope on log-log axes."""

    steps: NDArray[np.float64]
    remainders: NDArray[np.float64]
    slope: float


def taylor(
    f: Function,
    gradient: Array,
    x: Array,
    direction: Array,
    steps: Sequence[float] = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5),
) -> Taylor:
    """The Taylor test: the remainder falls as h^2 if `gradient` is right, as h if it is not.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a real number; twice differentiable along `direction`.
    gradient : ndarray
        The claim, in the shape of `x`.
    x, direction : ndarray
        Where, and which way.
    steps : sequence of float
        The steps h, from large to small. Too small ones measure rounding only.

    Returns
    -------
    Taylor
        `steps`, `remainders`, and `slope`: 2 for a right gradient, 1 for a wrong one. The slope is nan where
        every remainder is zero (f is linear along the direction, and the gradient is right).

    Examples
    --------
    >>> f = lambda x: float(np.exp(x).sum())
    >>> x = np.array([0.3, -0.2])
    >>> round(taylor(f, np.exp(x), x, np.ones(2)).slope, 1)
    2.0
    >>> round(taylor(f, 1.5 * np.exp(x), x, np.ones(2)).slope, 1)
    1.0
    """
    h = np.asarray(steps, dtype=np.float64)
    start, along = float(f(x)), float(np.sum(gradient * direction))
    remainders = np.array([abs(float(f(x + s * direction)) - start - s * along) for s in h])
    seen = remainders > 1024 * np.finfo(np.float64).eps * max(1.0, abs(start))
    if seen.sum() < 2:
        return Taylor(h, remainders, float("nan"))
    slope = np.polyfit(np.log(h[seen]), np.log(remainders[seen]), 1)[0]
    return Taylor(h, remainders, float(slope))


class ErrorCurve(NamedTuple):
    """Relative error of two methods against the step h: the V curve, and the complex step's floor."""

    steps: NDArray[np.float64]
    central: NDArray[np.float64]
    complex: NDArray[np.float64]


def error_against_step(
    f: Function,
    gradient: Array,
    x: Array,
    *,
    steps: Sequence[float] = STEPS,
    entries: Sequence[Entry] | None = None,
) -> ErrorCurve:
    """How the error of a numerical derivative depends on its step, as data for a picture.

    Parameters
    ----------
    f : callable
        Takes a real or complex array like `x`.
    gradient : ndarray
        The exact gradient, in the shape of `x`.
    x : ndarray
        Where.
    steps : sequence of float
        The steps h.
    entries : sequence of index tuples, optional
        Compare these entries only.

    Returns
    -------
    ErrorCurve
        `steps`, and the errors of `central` differences (which fall as h^2, then rise as eps / h) and of the
        `complex` step (which falls as h^2 and stays down).
    """
    at = list(np.ndindex(*x.shape)) if entries is None else list(entries)
    exact = np.array([gradient[entry] for entry in at])
    central = [relative_error(central_difference(f, x, step=h, entries=at), exact) for h in steps]
    imaginary = [relative_error(complex_step(f, x, step=h, entries=at), exact) for h in steps]
    return ErrorCurve(np.array(steps), np.array(central), np.array(imaginary))


def sample_entries(shape: tuple[int, ...], count: int, rng: np.random.Generator) -> list[Entry]:
    """`count` different entries of an array of `shape`, or all of them where it has no more.

    Examples
    --------
    >>> sample_entries((1, 2), 5, np.random.default_rng(0))
    [(0, 0), (0, 1)]
    """
    size = int(np.prod(shape))
    flat = np.arange(size) if size <= count else np.sort(rng.choice(size, count, replace=False))
    columns = np.unravel_index(flat, shape)
    return [tuple(int(i) for i in entry) for entry in zip(*columns, strict=True)]


def _moved(x: Array, at: Entry, by: complex) -> Array:
    moved = x.copy()
    moved[at] += by
    return moved


def _gather(derivative: Callable[[Entry], float], x: Array, entries: Iterable[Entry] | None) -> Array:
    if entries is not None:
        return np.array([derivative(at) for at in entries], dtype=np.float64)
    everywhere: Iterator[Entry] = np.ndindex(*x.shape)
    return np.array([derivative(at) for at in everywhere], dtype=np.float64).reshape(x.shape)

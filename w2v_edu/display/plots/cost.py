"""What an example costs: time against the size of the vocabulary."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter
from numpy.typing import ArrayLike, NDArray

from w2v_edu.display.plots.style import LINES, describe, frame, legend, slide
from w2v_edu.errors import W2VError

__all__ = ["cost_plot"]

Array = NDArray[Any]


def cost_plot(
    V: ArrayLike,
    seconds: Mapping[str, ArrayLike],
    *,
    x: str = "vocabulary size V",
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Time of one training example against V (or another size), both axes logarithmic.

    Parameters
    ----------
    V : array_like, shape (n,)
        The sizes; at least two, positive.
    seconds : mapping from a name to array_like, shape (n,) or (runs, n)
        Of several runs the median is drawn, in a band from the fastest to the slowest.
    x, title : str
        What is on the horizontal axis, if it is not V.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Each name with the power of V that its time grows with, fitted to the upper half of the sizes.
    """
    sizes = np.asarray(V, dtype=np.float64)
    if sizes.ndim != 1 or len(sizes) < 2 or not (sizes > 0).all():
        raise W2VError("time against V needs at least two sizes, all positive")
    if not seconds:
        raise W2VError("there are no times to draw: expected at least one objective")
    letter = x.split()[-1]
    ax = slide(ax)
    frame(ax, title or f"Time of one example against {x}", x, "time of one example")
    ax.set(xscale="log", yscale="log")
    told = []
    for (name, values), (colour, dash, marker) in zip(seconds.items(), LINES * len(seconds), strict=False):
        runs = np.atleast_2d(np.asarray(values, dtype=np.float64))
        if runs.shape[1:] != sizes.shape or not (runs > 0).all():
            raise W2VError(f"the times of '{name}' are not {len(sizes)} positive numbers, one for each size")
        middle = np.median(runs, axis=0)
        power = _power(sizes, middle)
        line: dict[str, Any] = {"color": colour, "linestyle": dash, "marker": marker, "linewidth": 2.5}
        ax.plot(sizes, middle, label=f"{name}: time ~ ${letter}^{{{power:.2f}}}$", markersize=9, **line)
        if len(runs) > 1:
            ax.fill_between(sizes, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, linewidth=0)
        told.append(
            f"{name} from {_time(middle[0])} at {sizes[0]:,.0f} to {_time(middle[-1])} at {sizes[-1]:,.0f}, "
            f"growing as {letter} to the power {power:.2f}"
        )
    ax.yaxis.set_major_formatter(lambda value, _: _time(value))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.xaxis.set_minor_formatter(NullFormatter())
    legend(ax, loc="upper left")
    return describe(ax, f"Time of one example against {x}, on log-log axes: {'; '.join(told)}.")


def _power(sizes: Array, times: Array) -> float:
    upper = slice(min(len(sizes) // 2, len(sizes) - 2), None)
    order = np.argsort(sizes)
    return float(np.polyfit(np.log(sizes[order][upper]), np.log(times[order][upper]), 1)[0])


def _time(seconds: float) -> str:
    """A time with a unit that suits it."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.9995 * scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"

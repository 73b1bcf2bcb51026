"""Loss curves, with a band over the runs of several seeds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from w2v_edu.display.plots.style import LINES, describe, frame, legend, slide
from w2v_edu.errors import W2VError

__all__ = ["losses_plot"]

Array = NDArray[Any]


def losses_plot(
    losses: Mapping[str, ArrayLike],
    steps: ArrayLike | Mapping[str, ArrayLike] | None = None,
    *,
    x: str = "step",
    y: str = "loss E of an example",
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """One curve for each name: the mean of its runs, in a band from the lowest run to the highest.

    Parameters
    ----------
    losses : mapping from a name to array_like, shape (T,) or (runs, T)
    steps : array_like, shape (T,), or such a mapping, optional
        Where the values stand; 1, .., T if not given.
    x, y, title : str
        What the axes are.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text that gives the first and last value of each curve. A nan leaves a gap.
    """
    if not losses:
        raise W2VError("there are no losses to draw: expected at least one curve")
    ax = slide(ax)
    told = []
    most = 1
    for (name, values), (colour, dash, marker) in zip(losses.items(), LINES * len(losses), strict=False):
        runs = _runs(name, values)
        at = _steps(name, steps, runs.shape[1])
        mean, most = _mean(runs), max(most, len(runs))
        line: dict[str, Any] = {"color": colour, "linestyle": dash, "marker": marker, "linewidth": 2.5}
        ax.plot(at, mean, label=name, markersize=8, markevery=max(1, len(at) // 10), **line)
        if len(runs) > 1:
            low, high = np.fmin.reduce(runs), np.fmax.reduce(runs)
            ax.fill_between(at, low, high, color=colour, alpha=0.2, linewidth=0)
        told.append(_told(name, mean, runs))
    band = f" (line: mean, band: all of {most} runs)" if most > 1 else ""
    frame(ax, title or f"Loss against {x}{band}", x, y)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    legend(ax, loc="best")
    return describe(ax, f"{title or y} against {x}: {'; '.join(told)}.")


def _runs(name: str, values: ArrayLike) -> Array:
    runs = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if runs.ndim != 2 or runs.shape[1] == 0:
        raise W2VError(f"the losses of '{name}' have shape {runs.shape}; expected (T,) or (runs, T)")
    return runs


def _steps(name: str, steps: ArrayLike | Mapping[str, ArrayLike] | None, T: int) -> Array:
    if steps is None:
        return np.arange(1, T + 1)
    if isinstance(steps, Mapping):
        steps = steps[name]
    at = np.asarray(steps, dtype=np.float64)
    if at.shape != (T,):
        raise W2VError(f"'{name}' has {T} losses but steps of shape {at.shape}: expected one step for each")
    return at


def _mean(runs: Array) -> Array:
    """The mean of the runs that have a number there."""
    seen = np.isfinite(runs)
    count = seen.sum(axis=0)
    total = np.where(seen, runs, 0.0).sum(axis=0)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def _told(name: str, mean: Array, runs: Array) -> str:
    seen = np.flatnonzero(np.isfinite(mean))
    if not len(seen):
        return f"{name} has no numbers"
    first, last = int(seen[0]), int(seen[-1])
    told = f"{name} from {mean[first]:.3g} to {mean[last]:.3g}"
    if len(runs) > 1:
        low, high = np.fmin.reduce(runs[:, last]), np.fmax.reduce(runs[:, last])
        told += f" ({low:.3g} to {high:.3g} over {len(runs)} runs)"
    return told

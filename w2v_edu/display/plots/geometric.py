"""The geometric step: h moves towards the word that it should predict, away from those it should not."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.labels import place_labels
from w2v_edu.display.plots.maps import MapAxes, map_axes
from w2v_edu.display.plots.style import (
    BLUE,
    GREEN,
    INK,
    VERMILLION,
    describe,
    frame,
    legend,
    slide,
    word_name,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import Params, Trace

__all__ = ["geometric_plot"]

Array = NDArray[Any]
MOST = 8  # output vectors that are drawn: those with the largest error


def geometric_plot(
    params: Params,
    trace: Trace,
    eta: float = 1.0,
    words: Sequence[str] | None = None,
    *,
    axes: MapAxes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One step, seen from above: h before and after, and every output vector before and after.

    An output vector with e_j < 0 scored too low: it comes nearer to h, and h to it. One with e_j > 0 scored
    too high: both move apart. The step of an output vector is -eta e_j h, (11) (51) (59); that of an input
    vector is -eta EH = -eta sum_j e_j v'_j, (12) (53) (61), and h moves with it. Under CBOW h moves by the
    mean of the steps of its input vectors, (23), so by less.

    Parameters
    ----------
    params : Params
        Those that the trace was made of.
    trace : Trace
    eta : float
        The learning rate.
    words : sequence of str, optional
        The vocabulary.
    axes : MapAxes, optional
        The plane; if not given, the plane through the origin that keeps most of the vectors drawn.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text. Of more than eight output vectors, those with the largest errors are drawn.
    """
    if params.W_out.shape != trace.dW_out.shape:
        raise W2VError(
            f"the trace has W_out of shape {trace.dW_out.shape}, these parameters {params.W_out.shape}"
        )
    asked = sorted({int(j) for out in trace.outputs for j in out.rows}, key=lambda j: -abs(trace.EI[j]))
    rows = asked[:MOST]
    inputs, weight = list(trace.example.inputs), trace.example.weight
    h, then = trace.h, trace.h - eta * weight * trace.dW[inputs].sum(axis=0)  # (16) (23) (35)
    old, new = params.W_out[rows], params.W_out[rows] - eta * trace.dW_out[rows]
    plane = axes or map_axes(h[None], then[None], old, new, centred=False)
    wrong = [float(trace.EI[j]) for j in rows]
    names = _names(trace, rows, words)
    who = _who(trace, words)
    ax = slide(ax)
    frame(ax, _title(who, names, wrong), "first direction", "second direction")
    lines = _draw(ax, plane, h, then, old, new, wrong)
    ax.margins(0.13)
    ax.set_aspect("equal", adjustable="datalim")
    legend(ax, loc="best")
    points = plane.flat(np.vstack([then, new]))
    colours = [INK, *(_colour(e) for e in wrong)]
    place_labels(ax, points, [who, *names], colours=colours, bold=[True, *[False] * len(rows)], lines=lines)
    return describe(ax, _told(who, names, wrong, eta, h, then, plane, len(asked)))


def _names(trace: Trace, rows: list[int], words: Sequence[str] | None) -> list[str]:
    inner = trace.output.nodes is not None
    drawn = [w for out in trace.outputs for w in out.W_neg]
    return [
        (f"node {j}" if inner else word_name(j, words))
        + (f" ×{drawn.count(j)}" if not inner and drawn.count(j) > 1 else "")
        for j in rows
    ]


def _who(trace: Trace, words: Sequence[str] | None) -> str:
    inputs = trace.example.inputs
    return word_name(inputs[0], words) if len(inputs) == 1 else "h"


def _colour(e: float) -> str:
    return "#00734f" if e < 0 else "#a34700"  # dark enough for words on white


def _title(who: str, names: list[str], wrong: list[float]) -> str:
    towards = [name for name, e in zip(names, wrong, strict=True) if e < 0]
    away = [name for name, e in zip(names, wrong, strict=True) if e >= 0]
    return f"{who}: towards {_listed(towards)}, away from {_listed(away)}"


def _listed(names: list[str], most: int = 2) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(names) or "nothing"


def _draw(
    ax: Axes, plane: MapAxes, h: Array, then: Array, old: Array, new: Array, wrong: list[float]
) -> list[tuple[Array, Array]]:
    """Each vector from the origin, thin, and its step, thick; returned as lines to keep clear of."""
    origin, (start, end) = np.zeros(2), plane.flat(np.vstack([h, then]))
    lines = [(origin, start), (start, end)]
    seen: set[str] = set()
    ax.update_datalim(np.vstack([origin, start, end, plane.flat(old), plane.flat(new)]))
    ax.plot(*end, "D", markersize=10, color=BLUE, zorder=5, label="h, before and after", linestyle="none")
    ax.plot([0, start[0]], [0, start[1]], color=BLUE, linewidth=2.2, zorder=2)
    ax.plot(*start, "D", markersize=9, color=BLUE, markerfacecolor="white", zorder=4)
    _step(ax, start, end, BLUE, 4.0)
    ax.plot(0, 0, "+", color=INK, markersize=14, markeredgewidth=2, zorder=5)
    for before, after, e in zip(plane.flat(old), plane.flat(new), wrong, strict=True):
        colour, marker, label = (
            (GREEN, "o", "scored too low, e < 0") if e < 0 else (VERMILLION, "s", "scored too high, e > 0")
        )
        ax.plot([0, before[0]], [0, before[1]], color=colour, linewidth=1.2, alpha=0.6, zorder=1)
        ax.plot(*before, marker, markersize=8, color=colour, markerfacecolor="white", zorder=3)
        shown = None if label in seen else label
        ax.plot(*after, marker, markersize=9, color=colour, zorder=4, label=shown, linestyle="none")
        seen.add(label)
        _step(ax, before, after, colour, 2.4)
        lines += [(origin, before), (before, after)]
    return lines


def _step(ax: Axes, start: Array, end: Array, colour: str, width: float) -> None:
    low, high = ax.dataLim.min, ax.dataLim.max
    reach = float(np.abs(np.subtract(high, low)).max())
    if np.linalg.norm(end - start) < 0.04 * reach:  # too short for an arrow head
        ax.plot([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=width, zorder=3)
        return
    (x, y), (x0, y0) = end, start
    style = {"arrowstyle": "-|>,head_width=0.35,head_length=0.6", "color": colour, "linewidth": width}
    ax.annotate("", (x, y), (x0, y0), arrowprops={**style, "shrinkA": 3, "shrinkB": 3}, zorder=3)


def _told(
    who: str,
    names: list[str],
    wrong: list[float],
    eta: float,
    h: Array,
    then: Array,
    plane: MapAxes,
    asked: int,
) -> str:
    errors = ", ".join(f"{name} {e:+.3f}" for name, e in zip(names, wrong, strict=True))
    more = f" (the largest of {asked})" if asked > len(names) else ""
    return (
        f"{_title(who, names, wrong)}. One step with eta = {eta:g} moves h by "
        f"{np.linalg.norm(then - h):.3g}, from length {np.linalg.norm(h):.3g} to {np.linalg.norm(then):.3g}. "
        f"Errors e{more}: {errors}. The plane keeps {plane.kept:.0%} of the squared lengths of the vectors "
        "drawn."
    )

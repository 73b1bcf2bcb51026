"""The network of one training example, with its values: x, h, u, y, t and e."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.style import (
    BLUE,
    DIVERGING,
    GREEN,
    GREY,
    INK,
    SIZE,
    SMALL,
    TEXT,
    VERMILLION,
    bare,
    describe,
    ink_on,
    minus,
    slide,
    word_name,
    write,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import Params, Trace

__all__ = ["network_plot"]

Array = NDArray[Any]
MOST = 20  # units of a layer that can be read

# The equations of the columns h, u, y and e, by input side and objective.
HIDDEN = {"one-word": "(1)", "cbow": "(17)", "skip-gram": "(24)"}
COLUMNS = {
    "softmax": ("u  (2)", "y  (3)", "e  (8)"),
    "hierarchical": ("u", "σ(u)  (39)", "e  (49)"),
    "negative": ("u", "σ(u)", "e  (57)"),
    "nce": ("u", "y", "e"),
}
PANELS = {
    "softmax": ("u  (26)", "y  (25)", "EI  (31)"),
    "hierarchical": ("u", "σ(u)  (39)", "Σe"),
    "negative": ("u", "σ(u)", "Σe"),
    "nce": ("u", "y", "Σe"),
}


class Unit(NamedTuple):
    """A row of the output: an output vector that was asked, or one that was not."""

    row: int
    name: str
    u: float
    y: float
    t: float
    e: float
    asked: bool


def network_plot(
    params: Params, trace: Trace, words: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Input, hidden and output layer of one example; the weights that take part are drawn by sign and size.

    Parameters
    ----------
    params : Params
        Those that the trace was made of.
    trace : Trace
    words : sequence of str, optional
        The vocabulary.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text that lists h and, for each output vector, u, y, t and e.

    Raises
    ------
    W2VError
        If a layer has more units than can be read: 20. Of a larger vocabulary only the words that take part
        are drawn, which helps unless full softmax asks all of them.
    """
    if params.W_out.shape != trace.dW_out.shape or params.W.shape != trace.dW.shape:
        raise W2VError("these parameters are of another shape than the trace: pass those that it was made of")
    inputs = _inputs(params, trace)
    units = _units(params, trace, words)
    _check(params, inputs, units)
    tallest = max(len(inputs), params.N, len(units))
    ax = slide(ax, (SIZE[0], max(SIZE[1], 1.5 + 0.32 * tallest)))
    bare(ax, _title(trace, words))
    ax.set(xlim=(-0.17, 1.12), ylim=(-0.08, 1.1))
    y_in, y_hidden, y_out = (_heights(count) for count in (len(inputs), params.N, len(units)))
    _edges_in(ax, params, trace, inputs, y_in, y_hidden)
    _edges_out(ax, params, units, y_hidden, y_out)
    _inputs_drawn(ax, trace, inputs, words, y_in)
    _hidden_drawn(ax, trace, y_hidden)
    _outputs_drawn(ax, trace, units, y_out)
    key = "weights: blue above zero, orange below, the wider the larger; green rings: t = 1"
    write(ax, 0.45, -0.05, key, fontsize=SMALL, color=GREY)
    return describe(ax, _told(trace, units, words))


X_IN, X_HIDDEN, X_OUT = 0.02, 0.28, 0.54
X_TABLE = (0.79, 0.89, 0.97, 1.06)  # u, y, t, e


def _inputs(params: Params, trace: Trace) -> list[int]:
    used = sorted(set(trace.example.inputs))
    return list(range(params.V)) if params.V <= MOST else used


def _units(params: Params, trace: Trace, words: Sequence[str] | None) -> list[Unit]:
    """One unit an output vector: t and e are summed over panels and over repeated noise words."""
    inner = trace.output.nodes is not None
    drawn = [w for out in trace.outputs for w in out.W_neg]
    found: dict[int, Unit] = {}
    for out in trace.outputs:
        for j, u, y, t, e in zip(out.rows.tolist(), out.u, out.y, out.t, out.e, strict=True):
            name = f"node {j}" if inner else word_name(j, words, 9)
            if not inner and drawn.count(j) > 1:
                name += f" ×{drawn.count(j)}"
            before = found.get(j, Unit(j, name, 0.0, 0.0, 0.0, 0.0, True))
            found[j] = Unit(j, name, float(u), float(y), before.t + float(t), before.e + float(e), True)
    if params.R > MOST:
        return list(found.values())
    nothing = (float("nan"),) * 4
    return [
        found.get(j) or Unit(j, f"node {j}" if inner else word_name(j, words, 9), *nothing, False)
        for j in range(params.R)
    ]


def _check(params: Params, inputs: list[int], units: list[Unit]) -> None:
    for what, count in (
        ("input words", len(inputs)),
        ("hidden units", params.N),
        ("output vectors", len(units)),
    ):
        if count > MOST:
            raise W2VError(
                f"this network has {count:,} {what} that take part; {MOST} can be drawn so that they are "
                "read. Take fewer words or a smaller N, or an objective that asks fewer output vectors"
            )


def _heights(count: int) -> Array:
    return np.asarray(1 - (np.arange(count) + 0.5) / count)


def _title(trace: Trace, words: Sequence[str] | None) -> str:
    inputs = ", ".join(word_name(w, words) for w in trace.example.inputs)
    targets = ", ".join(word_name(w, words) for w in trace.example.targets)
    return f"{inputs}  →  {targets}:   E = {float(trace.E):.3f}"


def _edge(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], weight: float, scale: float
) -> None:
    strength = min(1.0, abs(weight) / scale)
    colour = BLUE if weight >= 0 else VERMILLION
    line: dict[str, Any] = {"linewidth": 0.4 + 3.2 * strength, "alpha": 0.35 + 0.5 * strength}
    ax.plot([start[0], end[0]], [start[1], end[1]], color=colour, zorder=1, **line)


def _edges_in(
    ax: Axes, params: Params, trace: Trace, inputs: list[int], y_in: Array, y_hidden: Array
) -> None:
    scale = float(np.abs(params.W).max()) or 1.0
    used = set(trace.example.inputs)
    for w, y in zip(inputs, y_in, strict=True):
        for i, y_h in enumerate(y_hidden):
            if w in used:
                _edge(ax, (X_IN, y), (X_HIDDEN, y_h), float(params.W[w, i]), scale)
            elif len(inputs) * params.N <= 100:
                ax.plot([X_IN, X_HIDDEN], [y, y_h], color="#eceef0", linewidth=0.8, zorder=0)


def _edges_out(ax: Axes, params: Params, units: list[Unit], y_hidden: Array, y_out: Array) -> None:
    scale = float(np.abs(params.W_out).max()) or 1.0
    for unit, y in zip(units, y_out, strict=True):
        for i, y_h in enumerate(y_hidden):
            if unit.asked:
                _edge(ax, (X_HIDDEN, y_h), (X_OUT, y), float(params.W_out[unit.row, i]), scale)


def _circle(ax: Axes, x: float, y: float, colour: Any, ring: str, width: float, size: float) -> None:
    look: dict[str, Any] = {"markersize": size, "markeredgecolor": ring, "markeredgewidth": width}
    ax.plot(x, y, "o", color=colour, zorder=3, **look)


def _head(ax: Axes, x: float, text: str) -> None:
    write(ax, x, 1.06, text, color=GREY)


def _inputs_drawn(
    ax: Axes, trace: Trace, inputs: list[int], words: Sequence[str] | None, heights: Array
) -> None:
    _head(ax, X_IN, "x")
    size = _font(len(inputs))
    for w, y in zip(inputs, heights, strict=True):
        times = trace.example.inputs.count(w)
        _circle(ax, X_IN, y, INK if times else "white", INK if times else "#b4b9c0", 1.5, 14)
        name = word_name(w, words, 11) + (f" ×{times}" if times > 1 else "")
        look = {"fontweight": "bold", "color": INK} if times else {"color": GREY}
        write(ax, X_IN - 0.025, y, name, ha="right", fontsize=size, **look)


def _hidden_drawn(ax: Axes, trace: Trace, heights: Array) -> None:
    _head(ax, X_HIDDEN, f"h  {HIDDEN[trace.example.input_side]}")
    edge = float(np.abs(trace.h).max()) or 1.0
    for value, y in zip(trace.h, heights, strict=True):
        colour = DIVERGING(0.5 + 0.5 * float(value) / edge)
        box = {"boxstyle": "round,pad=0.3,rounding_size=0.8", "facecolor": colour, "edgecolor": GREY}
        text = minus(f"{float(value):.2f}")
        write(ax, X_HIDDEN, y, text, fontsize=SMALL, color=ink_on(colour), bbox=box, zorder=4)


def _outputs_drawn(ax: Axes, trace: Trace, units: list[Unit], heights: Array) -> None:
    asked = [j for out in trace.outputs for j in out.rows.tolist()]
    summed = len(asked) > len(set(asked))  # several panels, or a noise word that was drawn twice
    heads = (PANELS if summed else COLUMNS)[trace.objective]
    for x, head in zip(X_TABLE, (heads[0], heads[1], "Σt" if summed else "t", heads[2]), strict=True):
        _head(ax, x, head)
    size = _font(len(units))
    for unit, y in zip(units, heights, strict=True):
        meant = unit.asked and unit.t > 0
        fill = DIVERGING(0.5 + 0.5 * unit.y) if unit.asked else "white"
        _circle(ax, X_OUT, y, fill, GREEN if meant else "#b4b9c0", 4 if meant else 1.5, 14)
        look = {"fontweight": "bold"} if meant else {"color": INK if unit.asked else "#8a9099"}
        write(ax, X_OUT + 0.025, y, unit.name, ha="left", fontsize=size, **look)
        if not unit.asked:
            continue
        cells = (f"{unit.u:.2f}", f"{unit.y:.2f}", f"{unit.t:.0f}", f"{unit.e:+.2f}")
        for x, cell in zip(X_TABLE, cells, strict=True):
            write(ax, x, y, minus(cell), fontsize=size)


def _font(count: int) -> int:
    return TEXT if count <= 14 else SMALL


def _told(trace: Trace, units: list[Unit], words: Sequence[str] | None) -> str:
    h = ", ".join(f"{float(value):.2f}" for value in trace.h)
    told = "; ".join(
        f"{unit.name} u = {unit.u:.2f}, y = {unit.y:.3f}, t = {unit.t:.0f}, e = {unit.e:+.3f}"
        for unit in units
        if unit.asked
    )
    side, objective = trace.example.input_side, trace.objective
    title = _title(trace, words).replace("  →  ", " to ").replace(":   ", ", ")
    return f"Network, {side} with {objective}: {title}. h = ({h}). Outputs: {told}."

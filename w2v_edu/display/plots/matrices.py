"""Matrices as heat maps with their numbers: white at 0, limits symmetric, touched rows marked."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from w2v_edu.display.plots.style import (
    DIVERGING,
    GREY,
    INK,
    SIZE,
    SMALL,
    TEXT,
    Slide,
    describe,
    fonts,
    frame,
    ink_on,
    slide,
    word_name,
    write,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import Params, Trace

__all__ = ["matrices_plot", "matrix_plot"]

Array = NDArray[Any]
ROWS, COLUMNS = 40, 20  # up to here every entry is a number that can be read
CELL = (0.62, 0.31)  # inches that a number needs


def matrix_plot(
    matrix: ArrayLike,
    rows: Sequence[str] | None = None,
    *,
    columns: Sequence[str] | None = None,
    name: str = "",
    touched: Collection[int] = (),
    limit: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One matrix: blue above zero, orange below, white at zero; the number in each cell.

    Parameters
    ----------
    matrix : array_like, shape (R, N)
    rows : sequence of str, optional
        A name a row; numbers if not given.
    columns : sequence of str, optional
        A name a column, as for a table of word pairs; the hidden dimensions 1, .., N if not given.
    name : str
        The title.
    touched : collection of int
        Rows to frame: those that a step reads or changes.
    limit : float, optional
        Colours run from -limit to limit; max|entry| if not given. Pass one limit to compare two matrices.
    ax : Axes, optional
        Where to draw; a new figure if not given, as large as the numbers need.

    Returns
    -------
    Axes
        With alt text. A matrix of more than 40 rows or 20 columns has colours only, and a scale.
    """
    M = np.asarray(matrix, dtype=np.float64)
    if M.ndim != 2 or M.size == 0:
        raise W2VError(f"expected a matrix to draw; this array has shape {M.shape}")
    ax = slide(ax, _size(M.shape, panels=1))
    _heat(ax, M, rows, name, touched, limit, columns)
    return describe(ax, _told(M, rows, name, touched))


def matrices_plot(
    params: Params,
    words: Sequence[str] | None = None,
    trace: Trace | None = None,
    names: tuple[str, str] = ("W", "W′"),
) -> tuple[Axes, Axes]:
    """W and W' side by side, in one scale of colours; with a trace, the rows that take part are framed.

    Parameters
    ----------
    params : Params
        Or ``Params(trace.dW, trace.dW_out)`` to see the gradient.
    words : sequence of str, optional
        The vocabulary.
    trace : Trace, optional
    names : pair of str
        Titles.

    Returns
    -------
    (Axes, Axes)
        Of one figure. The rows of W' are the words, or the inner nodes of a tree.
    """
    shape = (max(params.V, params.R), params.N)
    left = slide(None, _size(shape, panels=2))
    figure: Any = left.figure
    left.remove()
    axes = [figure.add_subplot(1, 2, k, axes_class=Slide) for k in (1, 2)]
    limit = max(float(np.abs(params.W).max()), float(np.abs(params.W_out).max()))
    inner = params.R == params.V - 1
    outside = [f"node {j}" for j in range(params.R)] if inner else words
    touched_in = () if trace is None else set(trace.example.inputs)
    touched_out = () if trace is None else {int(j) for out in trace.outputs for j in out.rows}
    titles = (f"{names[0]}:  row w is $v_w$", f"{names[1]}:  row j is $v'_j$")
    for ax, M, rows, title, touched in zip(
        axes, (params.W, params.W_out), (words, outside), titles, (touched_in, touched_out), strict=True
    ):
        _heat(ax, M, rows, title, touched, limit)
        ax.set_label(_told(M, rows, title.split(":")[0], touched))
    return describe(axes[0], axes[0].get_label()), describe(axes[1], axes[1].get_label())


def _size(shape: tuple[int, ...], panels: int) -> tuple[float, float]:
    R, N = shape
    if not _numbers(shape):
        return SIZE
    fitting = min(SIZE[1], 1.4 + 0.55 * R)
    return max(SIZE[0], panels * (1.4 + CELL[0] * N)), max(fitting, 1.2 + CELL[1] * R)


def _numbers(shape: tuple[int, ...]) -> bool:
    return shape[0] <= ROWS and shape[1] <= COLUMNS


def _heat(
    ax: Axes,
    M: Array,
    rows: Sequence[str] | None,
    title: str,
    touched: Collection[int],
    limit: float | None,
    columns: Sequence[str] | None = None,
) -> None:
    R, N = M.shape
    edge = limit or float(np.abs(M).max()) or 1.0
    frame(ax, title, grid=False)
    few = _numbers(M.shape)
    line: dict[str, Any] = {"edgecolors": "#e8eaed", "linewidth": 0.8} if few else {"rasterized": True}
    across, down = np.arange(N + 1) - 0.5, np.arange(R + 1) - 0.5
    mesh = ax.pcolormesh(across, down, M, cmap=DIVERGING, vmin=-edge, vmax=edge, **line)
    ax.set(xlim=(-0.5, N - 0.5), ylim=(R - 0.5, -0.5))
    if few:
        for (j, i), value in np.ndenumerate(M):
            colour = ink_on(DIVERGING(0.5 + 0.5 * value / edge))
            write(ax, i, j, _number(value), fontsize=TEXT if R <= 14 else SMALL, color=colour)
    else:
        _scale(ax, mesh)
    marked = sorted(set(touched))
    frames = [(0, R)] if len(marked) == R else [(j, 1) for j in marked if R <= ROWS]
    for j, height in frames:
        style: dict[str, Any] = {"fill": False, "edgecolor": INK, "linewidth": 3}
        ax.add_patch(Rectangle((-0.5, j - 0.5), N, height, clip_on=False, zorder=5, **style))
    _ticks(ax, M.shape, rows, [] if len(marked) == R else marked)
    _column_ticks(ax, M.shape, columns)


def _scale(ax: Axes, mesh: Any) -> None:
    root: Any = ax.figure
    bar = root.colorbar(mesh, ax=ax)
    bar.ax.tick_params(labelsize=TEXT, labelfontfamily=fonts())
    bar.outline.set_visible(False)


def _ticks(ax: Axes, shape: tuple[int, ...], rows: Sequence[str] | None, touched: list[int]) -> None:
    R = shape[0]
    shown = list(range(R)) if R <= ROWS else _apart(touched or [0, R - 1], R / 20)
    ax.set_yticks(shown, [("▸ " if j in touched else "") + word_name(j, rows) for j in shown])
    for j, label in zip(shown, ax.get_yticklabels(), strict=True):
        label.set_fontweight("bold" if j in touched else "normal")
    ax.tick_params(length=0, labelsize=TEXT if R <= 14 else SMALL)
    ax.spines[:].set_visible(False)


def _column_ticks(ax: Axes, shape: tuple[int, ...], columns: Sequence[str] | None) -> None:
    N = shape[1]
    shown = list(range(N)) if N <= COLUMNS else [0, N // 2, N - 1]
    if columns is None:
        ax.set_xticks(shown, [str(i + 1) for i in shown])
        ax.set_xlabel("hidden dimension i", color=GREY, fontsize=TEXT)
        return
    names = [word_name(i, columns) for i in shown]
    turned = max(len(name) for name in names) * TEXT * 0.62 / 72 > 7.5 / len(shown)
    ax.set_xticks(shown, names, rotation=45 if turned else 0, ha="right" if turned else "center")


def _apart(rows: list[int], distance: float) -> list[int]:
    """Those rows whose labels have room."""
    kept: list[int] = []
    for j in rows:
        if not kept or j - kept[-1] >= distance:
            kept.append(j)
    return kept


def _number(value: float) -> str:
    text = f"{value:.2f}" if abs(value) < 9.995 else f"{value:.1f}" if abs(value) < 99.95 else f"{value:.0f}"
    return "0" if value == 0 else text.replace("-", "−" if float(text) else "")


def _told(M: Array, rows: Sequence[str] | None, name: str, touched: Collection[int]) -> str:
    told = (
        f"{name or 'Matrix'}, {M.shape[0]} rows by {M.shape[1]} columns, from {M.min():.2f} to {M.max():.2f}."
    )
    if touched:
        told += f" Marked rows: {', '.join(word_name(j, rows) for j in sorted(set(touched))[:20])}."
    if _numbers(M.shape) and M.size <= 60:
        lines = (
            f"{word_name(j, rows)}: {', '.join(f'{value:.2f}' for value in row)}" for j, row in enumerate(M)
        )
        told += " " + "; ".join(lines) + "."
    return told

"""Words in the plane: the axes are fitted once, so that what moves on the map has moved in the model."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.labels import place_labels
from w2v_edu.display.plots.style import (
    BLUE,
    GREEN,
    INK,
    SMALL,
    TEXT,
    VERMILLION,
    describe,
    frame,
    legend,
    slide,
    which_word,
    word_name,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import Params

__all__ = ["MapAxes", "map_axes", "word_map"]

Array = NDArray[Any]
CROWD, OFFERED = 60, 1000  # points from which dots are small; labels that are tried


class MapAxes(NamedTuple):
    """A plane to look at vectors in.

    Attributes
    ----------
    centre : ndarray, shape (N,)
        Drawn at the origin.
    directions : ndarray, shape (2, N)
        Two orthogonal unit vectors.
    kept : float
        The share of the squared distances from the centre that the plane shows.
    """

    centre: Array
    directions: Array
    kept: float

    def flat(self, vectors: Array) -> Array:
        """The shadows of the vectors in the plane. Shape (n, 2)."""
        return np.asarray((vectors - self.centre) @ self.directions.T)


def map_axes(*vectors: Array, centred: bool = True) -> MapAxes:
    """The plane that shows most of the differences between all these vectors: their principal axes.

    Parameters
    ----------
    *vectors : ndarrays, shape (n, N)
        For words that move: the vectors before and after, so that one plane serves both.
    centred : bool
        Whether the plane goes through the mean of the vectors; else through the origin.

    Returns
    -------
    MapAxes
        For N = 2 the axes of the vectors themselves, so that nothing is turned.

    Examples
    --------
    >>> axes = map_axes(np.array([[3.0, 0.0, 1.0], [-3.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, -1.0, 1.0]]))
    >>> axes.flat(np.array([[2.0, 0.5, 7.0]])), axes.kept
    (array([[2. , 0.5]]), 1.0)
    """
    rows = np.concatenate([np.atleast_2d(part) for part in vectors])
    N = rows.shape[1]
    if N < 2:
        raise W2VError("a map needs vectors of at least two numbers; these have N = 1")
    centre = rows.mean(axis=0) if centred else np.zeros(N)
    moved = rows - centre
    if N == 2:
        return MapAxes(centre, np.eye(2), 1.0)
    _, scale, axes = np.linalg.svd(moved, full_matrices=True)
    directions = axes[:2]
    largest = directions[np.arange(2), np.abs(directions).argmax(axis=1)]
    total = float((scale**2).sum())
    kept = float((scale[:2] ** 2).sum()) / total if total else 1.0
    return MapAxes(centre, directions * np.sign(largest)[:, None], round(kept, 12))


def word_map(
    vectors: Array | Params,
    words: Sequence[str] | None = None,
    *,
    before: Array | Params | None = None,
    axes: MapAxes | None = None,
    arrows: Iterable[tuple[int | str, int | str]] = (),
    marked: Iterable[int | str] = (),
    ax: Axes | None = None,
) -> Axes:
    """A map of words, with an arrow from where each was before.

    Parameters
    ----------
    vectors : ndarray, shape (V, N), or Params
        One matrix; or W (dots) and W_out (diamonds) together.
    words : sequence of str, optional
        The vocabulary; where it is crowded, the first words have the first choice of a label.
    before : ndarray or Params, optional
        Where they were, in the same form.
    axes : MapAxes, optional
        What `map_axes` returned, for maps that can be compared; fitted to what is drawn if not given.
    arrows : pairs of words, optional
        Drawn from the first to the second, as from man to woman.
    marked : words, optional
        Written in bold, and labelled first.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text. No label lies over another.
    """
    now, then = _layers(vectors), None if before is None else _layers(before)
    if then is not None and [part.shape for part in then] != [part.shape for part in now]:
        raise W2VError(
            "the vectors before have another shape than those after: expected the same words and N"
        )
    V = len(now[0])
    axes = axes or map_axes(*now, *(then or ()))
    pairs = [(which_word(a, words, V), which_word(b, words, V)) for a, b in arrows]
    first = [which_word(w, words, V) for w in marked]
    ax = slide(ax)
    frame(ax, _title(len(now), then is not None), "first direction", "second direction")
    at = [axes.flat(part) for part in now]
    ax.plot(*at[0][first].T, "o", markersize=15, color="none", markeredgecolor=INK, markeredgewidth=2)
    lines = []
    for points, old, style in zip(at, [axes.flat(part) for part in then or now], STYLES, strict=False):
        small = {"markersize": 5, "alpha": 0.6} if len(points) > CROWD else {}
        ax.plot(*points.T, linestyle="none", zorder=4, **style | small)
        if then is not None:
            lines += [(a, b) for a, b in zip(old, points, strict=True)]
    for start, end in lines:
        _arrow(ax, start, end, "#8a9099", 1.6)
    for a, b in pairs:
        _arrow(ax, at[0][a], at[0][b], GREEN, 2.6)
        lines.append((at[0][a], at[0][b]))
    if len(now) == 2:
        legend(ax, loc="best")
    everything = np.concatenate([*at, *(start[None] for start, _ in lines)])
    _room(ax, everything)
    labelled = _write(ax, at, words, first, lines)
    return describe(ax, _told(axes, at, words, len(labelled), then is not None, now[0].shape[1]))


STYLES: tuple[dict[str, Any], ...] = (
    {"marker": "o", "color": BLUE, "markersize": 9, "label": "W, row w is $v_w$"},
    {"marker": "D", "color": VERMILLION, "markersize": 8, "label": "W′, row j is $v'_j$"},
)


def _layers(vectors: Array | Params) -> list[Array]:
    return [vectors.W, vectors.W_out] if isinstance(vectors, Params) else [np.asarray(vectors)]


def _title(layers: int, moving: bool) -> str:
    return ("W and W′" if layers == 2 else "Words") + (" on the move" if moving else " in the plane")


def _arrow(ax: Axes, start: Array, end: Array, colour: str, width: float) -> None:
    style = {"arrowstyle": "-|>,head_width=0.3,head_length=0.5", "color": colour, "linewidth": width}
    (x, y), (x0, y0) = end, start
    ax.annotate("", (x, y), (x0, y0), arrowprops={**style, "shrinkA": 0, "shrinkB": 4}, zorder=3)


def _room(ax: Axes, points: Array) -> None:
    """One unit is as long across as up, and there is room for labels."""
    ax.update_datalim(points)
    ax.margins(0.12)
    ax.autoscale_view()
    ax.set_aspect("equal", adjustable="datalim")


def _write(
    ax: Axes,
    at: list[Array],
    words: Sequence[str] | None,
    first: list[int],
    lines: Sequence[tuple[Array, Array]],
) -> list[int]:
    """Labels of both layers, the marked words before the others."""
    V = len(at[0])
    order = first + [w for w in range(V) if w not in first]
    names = [word_name(w, words) for w in order]
    colours, bold = [INK] * V, [w in first for w in order]
    points = at[0][order]
    if len(at) == 2:
        R = len(at[1])
        inner = R == V - 1
        names += [str(j) if inner else word_name(j, words) for j in range(R)]
        colours, bold = [BLUE] * V + ["#a34700"] * R, bold + [False] * R
        points = np.concatenate([points, at[1]])
    crowded = len(points) > CROWD
    names = names[:OFFERED] + [""] * (len(points) - OFFERED)
    size = SMALL if crowded else TEXT
    return place_labels(
        ax, points, names, colours=colours, bold=bold, size=size, lines=lines, crowded=crowded
    )


def _told(
    axes: MapAxes, at: list[Array], words: Sequence[str] | None, labelled: int, moving: bool, N: int
) -> str:
    V, points = len(at[0]), at[0]
    told = f"Map of {V:,} words"
    told += f" and {len(at[1]):,} output vectors" if len(at) == 2 else ""
    told += f" in the plane that keeps {axes.kept:.0%} of their differences in {N} dimensions"
    told += ", with an arrow from where each was" if moving else ""
    places = ", ".join(f"{word_name(w, words)} ({x:.2f}, {y:.2f})" for w, (x, y) in enumerate(points[:12]))
    return f"{told}; {labelled:,} labels. {places}{' and others' if V > 12 else ''}."

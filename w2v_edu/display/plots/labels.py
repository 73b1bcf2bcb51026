"""Words beside their points, none over another: the free place that is nearest, or no label at all."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.style import GREY, INK, TEXT, Slide, plain, quiet, settle

__all__ = ["place_labels"]

Array = NDArray[Any]
DOT = 6.0  # pixels around a point that no label covers
RINGS = (8.0, 18.0, 30.0, 44.0)  # pixels between a point and its label
SIDES = ((1, 0), (0.2, 1), (0.2, -1), (-1, 0), (-0.2, 1), (-0.2, -1), (0.6, 1), (-0.6, -1))


def place_labels(
    ax: Axes,
    points: Array,
    texts: Sequence[str],
    *,
    colours: Sequence[str] = (INK,),
    bold: Sequence[bool] = (False,),
    size: float = TEXT,
    lines: Sequence[tuple[Array, Array]] = (),
    crowded: bool = False,
) -> list[int]:
    """Write each text beside its point, the first ones first.

    Parameters
    ----------
    ax : Axes
        With its final limits and titles: the layout is settled here.
    points : ndarray, shape (n, 2)
        In data coordinates. No label covers one.
    texts : sequence of str
        One a point; an empty one is skipped.
    colours, bold : sequences
        One a point, or one for all.
    size : float
        Font size in points.
    lines : sequence of (start, end)
        Arrows that labels keep clear of, in data coordinates.
    crowded : bool
        Too many points for a place between them: labels stand close by and may cover dots, not one another.

    Returns
    -------
    list of int
        The points that were labelled. Where all places around a point are taken, it stays without.
    """
    root: Any = ax.figure.figure
    if isinstance(ax, Slide):
        settle(ax)
    else:
        with quiet():
            root.draw_without_rendering()
    at = ax.transData.transform(points)
    taken = [] if crowded else [np.array([x - DOT, y - DOT, x + DOT, y + DOT]) for x, y in at]
    taken += [box for start, end in lines for box in _along(*ax.transData.transform([start, end]))]
    key = ax.get_legend()
    if key is not None:
        box = key.get_window_extent()
        taken.append(np.array([box.x0, box.y0, box.x1, box.y1]))
        key.set_loc(tuple(ax.transAxes.inverted().transform((box.x0, box.y0))))  # "best" must not move now
    frame = ax.get_window_extent()
    inside = (frame.x0, frame.y0, frame.x1, frame.y1)
    labelled = []
    for k, text in enumerate(texts):
        if not text:
            continue
        style: dict[str, Any] = {
            "fontsize": size,
            "color": colours[k % len(colours)],
            "fontweight": "bold" if bold[k % len(bold)] else "normal",
            "ha": "center",
            "va": "center",
        }
        label = ax.annotate(
            text, points[k], xytext=(0, 0), textcoords="offset points", zorder=6, **style, **plain()
        )
        with quiet():
            box = label.get_window_extent()
        places = _candidates(at[k], box.width, box.height, RINGS[:1] if crowded else RINGS)
        gap, place = next(((g, p) for g, p in places if _free(p, taken, inside)), (0.0, None))
        if place is None:
            label.remove()
            continue
        taken.append(place)
        labelled.append(k)
        across, up = ((place[:2] + place[2:]) / 2 - at[k]) * 72 / root.dpi
        label.set_position((float(across), float(up)))
        if crowded:
            label.set_bbox({"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.5})
        if gap > RINGS[0]:
            _leader(ax, points[k], ax.transData.inverted().transform(np.clip(at[k], place[:2], place[2:])))
    return labelled


def _along(start: Array, end: Array) -> list[Array]:
    """Small boxes along a line, in pixels."""
    steps = max(2, int(np.linalg.norm(end - start) / 6))
    return [
        np.array([x - 3, y - 3, x + 3, y + 3])
        for x, y in start + np.linspace(0, 1, steps)[:, None] * (end - start)
    ]


def _candidates(
    point: Array, width: float, height: float, rings: Sequence[float]
) -> Iterator[tuple[float, Array]]:
    for gap in rings:
        for across, up in SIDES:
            shift = np.sign(across) * width / 2 + across * gap, up * (gap + height / 2)
            centre = point + np.array(shift)
            half = np.array([width / 2 + 3, height / 2 + 2])
            yield gap, np.concatenate([centre - half, centre + half])


def _free(box: Array, taken: Sequence[Array], inside: tuple[float, float, float, float]) -> bool:
    if box[0] < inside[0] or box[1] < inside[1] or box[2] > inside[2] or box[3] > inside[3]:
        return False
    if not taken:
        return True
    others = np.array(taken)
    apart = (
        (others[:, 2] <= box[0])
        | (box[2] <= others[:, 0])
        | (others[:, 3] <= box[1])
        | (box[3] <= others[:, 1])
    )
    return bool(apart.all())


def _leader(ax: Axes, start: Array, end: Array) -> None:
    ax.plot([start[0], end[0]], [start[1], end[1]], color=GREY, linewidth=0.8, zorder=2)

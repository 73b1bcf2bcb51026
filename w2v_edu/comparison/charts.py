"""Charts as inline SVG: colours come from the page, so that they follow light and dark; each has alt text."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from numpy.typing import NDArray

__all__ = ["Series", "legend", "line_chart", "map_chart"]

WIDTH, HEIGHT = 420, 290
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 10, 42
DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 2")
MARKERS = "osd^"
MARKS = 12  # on a line, at most


class Series(NamedTuple):
    """One line: points, and a band around them if `low` and `high` are there.

    `look` chooses colour, dash and marker, so that no line is told by its colour alone.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    look: int
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None


class _Axis(NamedTuple):
    """From a number to a place."""

    low: float
    high: float
    start: float
    stop: float
    log: bool

    def at(self, value: float) -> float:
        """The place of a number."""
        low, high = self.low, self.high
        if self.log:
            value, low, high = math.log10(max(value, 1e-300)), math.log10(low), math.log10(high)
        return self.start + (value - low) / (high - low) * (self.stop - self.start)

    def ticks(self) -> list[float]:
        """Round numbers inside."""
        if self.log:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            step = max(1, -(-(last - first) // 6))
            powers = [10.0**k for k in range(first, last + 1, step)]
            return powers if len(powers) > 1 else [self.low, self.high]
        step = 10 ** math.floor(math.log10((self.high - self.low) / 4))
        step *= next(m for m in (1, 2, 2.5, 5, 10) if (self.high - self.low) / (step * m) <= 5)
        return [
            k * step
            for k in range(math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9) + 1)
        ]


def line_chart(
    series: Sequence[Series],
    *,
    alt: str,
    x: str,
    y: str,
    log_x: bool = False,
    log_y: bool = False,
    floor: float | None = None,
) -> str:
    """Lines, with bands.

    Parameters
    ----------
    series : sequence of Series
        At least one, each with at least one point.
    alt : str
        What is to be seen, in words.
    x, y : str
        What the axes show, with units.
    log_x, log_y : bool
    floor : float, optional
        A number that the y axis shall reach down to.
    """
    xs = [value for one in series for value in one.x]
    ys = [value for one in series for part in (one.y, one.low or (), one.high or ()) for value in part]
    across = _axis(xs, LEFT, WIDTH - RIGHT, log_x, None)
    up = _axis(ys, HEIGHT - BOTTOM, TOP, log_y, floor)
    parts = [_frame(across, up, x, y)]
    parts += [_band(one, across, up) for one in series if one.low is not None]
    parts += [_line(one, across, up) for one in series]
    return _svg("".join(parts), alt)


def map_chart(words: Sequence[str], places: NDArray[Any], alt: str) -> str:
    """The ways of words in the plane: from a small dot at the start to the word at the end.

    Parameters
    ----------
    words : sequence of str
    places : ndarray, shape (moments, words, 2)
    """
    low, high = places.min(axis=(0, 1)), places.max(axis=(0, 1))
    across = _axis([low[0], high[0]], 30, WIDTH - 60, False, None)
    up = _axis([low[1], high[1]], HEIGHT - 24, 18, False, None)
    parts = []
    taken: list[tuple[float, float, float]] = []
    for i, word in enumerate(words):
        way = [(across.at(float(px)), up.at(float(py))) for px, py in places[:, i]]
        (x, y), steps = way[-1], " ".join(f"{px:.1f},{py:.1f}" for px, py in way)
        parts.append(f'<polyline class="way" points="{steps}"/>')
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>')
        width = 6.2 * len(word)
        if all(abs(y - other) > 11 or x + width < a or x > b for a, b, other in taken):
            anchor = "start" if x + width + 6 < WIDTH else "end"
            shift = 5 if anchor == "start" else -5
            parts.append(_text("word", x + shift, y + 4, escape(word), anchor))
            taken.append((x - 4, x + width + 8, y) if anchor == "start" else (x - width - 8, x + 4, y))
    return _svg("".join(parts), alt)


def legend(names: Sequence[tuple[str, int]]) -> str:
    """The names of lines, each with a piece of its line."""
    items = []
    for name, look in names:
        sample = (
            f'<svg class="key" viewBox="0 0 34 12" aria-hidden="true"><path class="line c{look}" '
            f'stroke-dasharray="{DASHES[look]}" d="M1 6H33"/>{_marker(17, 6, look)}</svg>'
        )
        items.append(f"<li>{sample} {escape(name)}</li>")
    return f'<ul class="legend">{"".join(items)}</ul>'


def _axis(values: Sequence[float], start: float, stop: float, log: bool, floor: float | None) -> _Axis:
    finite = [value for value in values if math.isfinite(value) and (value > 0 or not log)]
    low, high = min(finite), max(finite)
    if floor is not None:
        low = min(low, floor)
    if log:
        return _Axis(low / 1.15, high * 1.15, start, stop, True)
    room = (high - low) * 0.04 or max(abs(high), 1.0) * 0.1
    return _Axis(low if low == floor else low - room, high + room, start, stop, False)


def _frame(across: _Axis, up: _Axis, x: str, y: str) -> str:
    bottom = HEIGHT - BOTTOM
    parts = []
    for value in up.ticks():
        at = up.at(value)
        parts.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(_text("tick", LEFT - 6, at + 4, _tick(value), "end"))
    for value in across.ticks():
        at = across.at(value)
        parts.append(f'<path class="grid" d="M{at:.1f} {TOP}V{bottom}"/>')
        parts.append(_text("tick", at, bottom + 16, _tick(value)))
    parts.append(_text("axis", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, escape(x)))
    turned = f'transform="translate(13 {(TOP + bottom) / 2}) rotate(-90)"'
    parts.append(f'<text class="axis" {turned} text-anchor="middle">{escape(y)}</text>')
    return "".join(parts)


def _text(kind: str, x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _tick(value: float) -> str:
    size = abs(value)
    if size >= 1e6:
        return f"{value / 1e6:g}M"
    if size >= 1e3:
        return f"{value / 1e3:g}k"
    if 0 < size < 1e-3:
        return f"1e{round(math.log10(size))}" if math.log10(size) % 1 < 1e-9 else f"{value:.0e}"
    return f"{value:.4g}"


def _points(one: Series, ys: Sequence[float], across: _Axis, up: _Axis) -> list[tuple[float, float]]:
    return [
        (across.at(x), up.at(y))
        for x, y in zip(one.x, ys, strict=True)
        if math.isfinite(y) and (y > 0 or not up.log) and (x > 0 or not across.log)
    ]


def _line(one: Series, across: _Axis, up: _Axis) -> str:
    points = _points(one, one.y, across, up)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    every = -(-len(points) // MARKS)
    marks = "".join(_marker(x, y, one.look) for x, y in points[::every])
    return f'<path class="line c{one.look}" stroke-dasharray="{DASHES[one.look]}" d="{path}"/>{marks}'


def _band(one: Series, across: _Axis, up: _Axis) -> str:
    assert one.low is not None and one.high is not None
    around = _points(one, one.high, across, up) + _points(one, one.low, across, up)[::-1]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in around)
    return f'<path class="band c{one.look}" d="{path}Z"/>'


def _marker(x: float, y: float, look: int) -> str:
    kind, r = MARKERS[look % len(MARKERS)], 3.2
    if kind == "o":
        return f'<circle class="mark c{look}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    shape = {
        "s": f"M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}Z",
        "d": f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}Z",
        "^": f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r}h{-2 * r - 2}Z",
    }[kind]
    return f'<path class="mark c{look}" d="{shape}"/>'


def _svg(inside: str, alt: str) -> str:
    about = f'role="img" aria-label="{escape(alt)}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg class="chart" {about}>{inside}</svg>'

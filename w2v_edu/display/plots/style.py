"""How every picture looks: sizes for the back row, colours that everybody can tell apart, alt text."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from w2v_edu.errors import W2VError
from w2v_edu.model import check_word

__all__ = [
    "BLACK",
    "BLUE",
    "DIVERGING",
    "GREEN",
    "GREY",
    "INK",
    "LABEL",
    "LINES",
    "ORANGE",
    "PALE",
    "PURPLE",
    "SIZE",
    "SKY",
    "SMALL",
    "TEXT",
    "TITLE",
    "VERMILLION",
    "YELLOW",
    "Slide",
    "alt_text",
    "bare",
    "describe",
    "drawable",
    "fonts",
    "frame",
    "ink_on",
    "legend",
    "minus",
    "plain",
    "quiet",
    "settle",
    "slide",
    "which_word",
    "word_name",
    "write",
]

_HYPHEN = re.compile(r"(?<!\w)-(?=\d)")

SIZE = (10.0, 5.6)  # inches: a slide of 16 to 9
TITLE, LABEL, TEXT, SMALL = 18, 16, 14, 12  # points at that size; nothing is smaller

# Okabe and Ito, Color Universal Design (2008).
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
INK, GREY, PALE = "#1a1a1a", "#5f6368", "#d5d8dc"

# A line is told by colour, dash and marker, so that it survives a photocopy.
LINES = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (ORANGE, (0, (5, 1, 1, 1, 1, 1)), "v"),
    (SKY, (0, (8, 2)), "P"),
    (BLACK, "-", "X"),
)

DIVERGING = LinearSegmentedColormap.from_list(
    "w2v_edu_diverging", ["#6b2a00", VERMILLION, "#ffffff", BLUE, "#002e4a"]
)

# Fonts for scripts that matplotlib's own DejaVu Sans does not have; the first that is installed is used.
_OTHER_SCRIPTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "SimHei",
)  # fmt: skip


class Slide(Axes):
    """Axes that are a picture by themselves: as the last value of a notebook cell they show themselves."""

    def _repr_html_(self) -> str:
        from w2v_edu.display.plots.svg import as_svg

        return as_svg(self)


def slide(ax: Axes | None = None, size: tuple[float, float] = SIZE) -> Axes:
    """The axes to draw in: those that were passed, or those of a new figure that no global state knows."""
    if ax is not None:
        return ax
    figure = Figure(figsize=size, dpi=100, facecolor="white", layout="constrained")
    return figure.add_subplot(axes_class=Slide)


def frame(ax: Axes, title: str, x: str = "", y: str = "", *, grid: bool = True) -> None:
    """Title, axis labels and ticks at sizes for the back row; two spines are enough."""
    size = max(SMALL, min(TITLE, TITLE * 64 / max(1, len(title))))  # a long title is smaller, not cut off
    ax.set_title(title, fontsize=size, color=INK, family=fonts(), pad=12)
    ax.set_xlabel(x, fontsize=LABEL, color=INK, family=fonts())
    ax.set_ylabel(y, fontsize=LABEL, color=INK, family=fonts())
    ax.tick_params(labelsize=TEXT, labelcolor=INK, color=GREY, which="both", labelfontfamily=fonts())
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    if grid:
        ax.grid(True, color=PALE, linewidth=0.8)
        ax.set_axisbelow(True)


def bare(ax: Axes, title: str) -> None:
    """A drawing without axes: title only."""
    frame(ax, title, grid=False)
    ax.set_axis_off()


def legend(ax: Axes, **options: Any) -> None:
    """A legend in the style of the picture."""
    options = {"fontsize": TEXT, "frameon": True, "framealpha": 0.9, "edgecolor": PALE} | options
    box = ax.legend(**options)
    for text in box.get_texts():
        text.set(family=fonts(), color=INK)


def write(ax: Axes, x: float, y: float, text: str, **options: Any) -> Text:
    """Text at a point of the axes: centred, readable, never cut off at the edge of the axes."""
    styled: dict[str, Any] = {
        "fontsize": TEXT,
        "color": INK,
        "ha": "center",
        "va": "center",
        "family": fonts(),
    } | options
    return ax.text(x, y, text, **styled)


def describe(ax: Axes, alt: str) -> Axes:
    """Give the axes their alt text, which is their label in matplotlib's sense, and hand them back."""
    ax.set_label(minus(alt))
    if isinstance(ax, Slide):
        settle(ax)
    return ax


def settle(ax: Slide) -> None:
    """Lay the figure out, once: what is drawn later stands where it was measured, and is always the same."""
    figure: Any = ax.figure.figure
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    with quiet():
        figure.draw_without_rendering()
        if ax.get_aspect() != "auto":
            figure.draw_without_rendering()  # equal units have changed the ticks, and the ticks the layout
    figure.set_layout_engine("none")


@contextmanager
def quiet() -> Iterator[None]:
    """No warning about a character that no installed font has: the SVG leaves it to the reader's fonts."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*Glyph .* missing from font")
        yield


def minus(text: str) -> str:
    """A minus sign before numbers, where Python writes a hyphen.

    Examples
    --------
    >>> minus("one-word: -0.5")
    'one-word: −0.5'
    """
    return _HYPHEN.sub("−", text)


def alt_text(ax: Axes) -> str:
    """What the picture shows, in words and numbers, for those who do not see it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Made by a function of this room.
    """
    return str(ax.get_label())


def ink_on(colour: Any) -> str:
    """White on dark cells, dark ink on light ones: whichever has the higher contrast.

    Examples
    --------
    >>> ink_on("#002e4a"), ink_on("white") == INK
    ('#ffffff', True)
    """
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]  # as WCAG 2 defines it
    return "#ffffff" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.0601 else INK


def plain() -> dict[str, Any]:
    """The fonts, for texts that are made by `annotate`."""
    return {"family": fonts(), "annotation_clip": False}


def which_word(word: int | str, words: Sequence[str] | None, V: int) -> int:
    """The id of a word that is named by itself or by its id.

    Examples
    --------
    >>> which_word("jam", ["apricot", "jam"], 2)
    1
    """
    if isinstance(word, str):
        if words is None or word not in words:
            raise W2VError(f"word '{word}' is not in the vocabulary ({V} words)")
        return list(words).index(word)
    check_word("the", int(word), V)
    return int(word)


def word_name(w: int, words: Sequence[str] | None, longest: int = 14) -> str:
    """The word of that id, shortened where it would not fit; its number where no words were given."""
    name = str(w) if words is None else words[w]
    name = name.replace("$", r"\$")  # matplotlib would read it as mathematics
    return name if len(name) <= longest else name[: longest - 1] + "…"


@cache
def fonts() -> list[str]:
    """DejaVu Sans, which comes with matplotlib, and a font for Chinese where one is installed."""
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return ["DejaVu Sans", *[name for name in _OTHER_SCRIPTS if name in installed][:1]]


@cache
def _characters() -> frozenset[int]:
    paths = [font_manager.findfont(name, fallback_to_default=False) for name in fonts()]
    return frozenset().union(*(font_manager.get_font(path).get_charmap() for path in paths))


def drawable(text: str) -> bool:
    """Whether the installed fonts have every character of the text.

    Examples
    --------
    >>> drawable("apricot, σ(u)")
    True
    """
    return all(ord(character) in _characters() for character in text if character != "\n")

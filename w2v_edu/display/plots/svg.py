"""A picture as inline SVG: nothing outside it is needed, and several stand on one page without a clash."""

import re
from hashlib import blake2s
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from w2v_edu.display.plots.style import alt_text, drawable, quiet

__all__ = ["as_svg"]

SVG, LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
_POINTER = re.compile(r"#([^)\"']+)")
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")


def as_svg(picture: Axes | Figure, name: str = "") -> str:
    """The figure as an `<svg>` element to be put into a page.

    Parameters
    ----------
    picture : Axes or Figure
        Axes stand for the whole figure that they are in.
    name : str
        Put before every id. Needed only where one and the same figure stands on a page twice.

    Returns
    -------
    str
        The same for the same figure. Text becomes outlines, unless a word has a character that no installed
        font has: then it stays text, for the reader's fonts. Alt text is its `aria-label`.
    """
    figure: Any = picture if isinstance(picture, Figure) else picture.figure
    root = ElementTree.fromstring(_drawn(figure))
    _slim(root)
    label = "\n".join(alt_text(ax) for ax in figure.axes if _is_words(alt_text(ax)))
    width, height = (f"{72 * inches:g}" for inches in figure.get_size_inches())
    root.attrib = {
        "xmlns": SVG,
        "viewBox": f"0 0 {width} {height}",
        "width": width,
        "height": height,
        "role": "img",
        "aria-label": label,
        "style": "max-width:100%;height:auto;stroke-linejoin:round;stroke-linecap:butt",
    }
    _rename(root, "")  # matplotlib's ids are not the same every time
    _rename(root, name or "w" + blake2s(ElementTree.tostring(root), digest_size=5).hexdigest())
    return ElementTree.tostring(root, encoding="unicode")


def _is_words(label: str) -> bool:
    return bool(label) and not label.startswith(("_", "<"))  # matplotlib's own names of axes


def _drawn(figure: Figure) -> bytes:
    texts = [found.get_text() for found in figure.findobj(Text)]
    whole = all(drawable(text) for text in texts)
    settings: dict[Any, Any] = {"svg.hashsalt": "w2v_edu", "svg.fonttype": "path" if whole else "none"}
    out = BytesIO()
    with rc_context(settings), quiet():
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _slim(root: ElementTree.Element) -> None:
    """Plain tag names, `href`, two decimals; no metadata, and no style rule, which would reach the page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        if LINK in element.attrib:
            element.set("href", element.attrib.pop(LINK))
        for key in ("d", "x", "y"):
            if key in element.attrib:
                element.set(key, _DECIMALS.sub(lambda found: f"{float(found[0]):.2f}", element.attrib[key]))


def _rename(root: ElementTree.Element, prefix: str) -> None:
    """Number the ids that something points at, in their order, each with the prefix; drop the others."""
    pointed = {
        target
        for element in root.iter()
        for key, value in element.attrib.items()
        if key == "href" or "url(#" in value
        for target in _POINTER.findall(value)
    }
    ids = [element.get("id") for element in root.iter() if element.get("id") in pointed]
    new = {old: f"{prefix}-{k}" for k, old in enumerate(ids)}
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if key == "id":
                if value in new:
                    element.set(key, new[value])
                else:
                    del element.attrib[key]
            elif key == "href" or "url(#" in value:
                element.set(key, _POINTER.sub(lambda found: f"#{new.get(found[1], found[1])}", value))

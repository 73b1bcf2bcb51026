"""Small pieces of HTML that the sections share."""

from collections.abc import Sequence
from html import escape
from typing import Any

__all__ = ["LOOKS", "figure", "interval_cell", "table"]

LOOKS = {"softmax": 0, "hierarchical": 1, "negative": 2, "nce": 3}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str, text: int = 1) -> str:
    """A table whose first `text` columns are words; cells are HTML, head and caption plain text."""

    def cells(tag: str, row: Sequence[str]) -> str:
        named = ' class="text"'
        return "".join(f"<{tag}{named if i < text else ''}>{cell}</{tag}>" for i, cell in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return (
        f'<p class="note">{escape(caption)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table><thead><tr>'
        f"{cells('th', [escape(one) for one in head])}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(title: str, chart: str, caption: str = "") -> str:
    """A chart with its title above it."""
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure><b>{escape(title)}</b>{chart}{below}</figure>"


def interval_cell(score: dict[str, Any], form: str) -> str:
    """A mean with its interval."""
    mean, low, high = (form.format(score[name]) for name in ("mean", "low", "high"))
    return f"{mean} <small>{low} – {high}</small>"

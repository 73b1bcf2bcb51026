"""The page's section on what was learned: topics, analogies, neighbours, maps."""

from html import escape
from typing import Any

import numpy as np

from w2v_edu.comparison.charts import map_chart
from w2v_edu.comparison.page_parts import figure, interval_cell, table

__all__ = ["learned_section"]

Report = dict[str, Any]

PREFERRED = ("skip-gram", "cbow", "one-word")


def learned_section(report: Report) -> str:
    """All of it."""
    results = report["results"]
    side = next(one for one in PREFERRED if any(one in by_side for by_side in results.values()))
    mine = {name: by_side[side] for name, by_side in results.items() if side in by_side}
    return "".join(
        [
            '<h2 id="learned">What was learned</h2>',
            _topics(report["topics"]) if report["topics"] else "",
            _analogies(results, report["corpus"]["analogies"]),
            _neighbours(mine, side),
            _maps(mine, side),
        ]
    )


def _topics(topics: Report) -> str:
    sides = list(dict.fromkeys(side for by_side in topics["scores"].values() for side in by_side))
    rows = [
        [name, *(interval_cell(by_side[side], "{:.1%}") if side in by_side else "" for side in sides)]
        for name, by_side in topics["scores"].items()
    ]
    caption = (
        f"Of the five nearest words by cosine of W, how many have the same planted topic; by chance "
        f"{topics['chance']:.1%}. 95 % bootstrap over words and seeds."
    )
    title = f"Planted topics ({topics['corpus']}, {topics['groups']} topics)"
    return f"<h3>{escape(title)}</h3>{table(['objective', *sides], rows, caption)}"


def _analogies(results: Report, questions: int) -> str:
    if not questions:
        return ""
    sides = list(dict.fromkeys(side for by_side in results.values() for side in by_side))
    rows = [
        [
            name,
            *(
                interval_cell(by_side[side]["analogies"], "{:.0%}") if side in by_side else ""
                for side in sides
            ),
        ]
        for name, by_side in results.items()
    ]
    caption = f"Right answers of 3CosAdd to {questions} planted analogies, inputs excluded. 95 % bootstrap."
    return f"<h3>Analogies</h3>{table(['objective', *sides], rows, caption)}"


def _neighbours(mine: Report, side: str) -> str:
    words = next(iter(mine.values()))["neighbours"]
    rows = [
        [f"<b>{escape(word)}</b>", *(escape(", ".join(one["neighbours"][word])) for one in mine.values())]
        for word in words
    ]
    caption = f"The five nearest words by cosine of W ({side}, first seed)."
    return f"<h3>Nearest neighbours</h3>{table(['word', *mine], rows, caption, text=1 + len(mine))}"


def _maps(mine: Report, side: str) -> str:
    charts = []
    for name, one in mine.items():
        way = one["map"]
        alt = (
            f"{name}: the ways of {len(way['words'])} words in the plane, from one place at the start "
            "outward, "
            "to: " + ", ".join(way["words"])
        )
        chart = map_chart(way["words"], np.array(way["places"]), alt)
        charts.append(figure(name, chart, f"The axes show {way['share']:.0%} of the variance at the end."))
    return (
        f"<h3>Words moving over epochs</h3><p class=note>{escape(side)}, first seed. A line is the way of "
        "a word "
        "from start to end. The axes are the first two principal axes of the last epoch, fitted once, so a "
        "way "
        "is a way of the word and not of the axes. Words that would lie over others are left unnamed.</p>"
        f'<div class="grid two">{"".join(charts)}</div>'
    )

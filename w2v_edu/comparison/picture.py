"""The picture of a comparison, for a slide: loss against updates, and cost against V."""

import os
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from w2v_edu.comparison.page_parts import LOOKS
from w2v_edu.comparison.vectors import suffix_of
from w2v_edu.display.plots.style import LINES, frame, legend
from w2v_edu.files import whole_file

__all__ = ["save_picture"]


def save_picture(path: str | os.PathLike[str], report: dict[str, Any]) -> None:
    """Draw one panel for each input side, and one for the cost; write the file whole or not at all."""
    results = report["results"]
    sides = list(dict.fromkeys(side for by_side in results.values() for side in by_side))
    count = len(sides) + ("cost" in report)
    figure = Figure(figsize=(6.2 * min(count, 2), 4.6 * -(-count // 2)), dpi=110, layout="constrained")
    axes = [figure.add_subplot(-(-count // 2), min(count, 2), i + 1) for i in range(count)]
    for side, ax in zip(sides, axes, strict=False):
        for name, by_side in results.items():
            if side not in by_side:
                continue
            one, (colour, dash, mark) = by_side[side], LINES[LOOKS[name]]
            y = np.array(one["exact"])
            ax.plot(one["words"], y.mean(0), color=colour, linestyle=dash, marker=mark, label=name)
            ax.fill_between(one["words"], y.min(0), y.max(0), color=colour, alpha=0.2, linewidth=0)
        frame(ax, side, "updates (words read)", "−log p, nats")
    legend(axes[0])
    if "cost" in report:
        for name, look in LOOKS.items():
            mine = [one for one in report["cost"]["V"] if one["objective"] == name]
            colour, dash, mark = LINES[look]
            ax = axes[-1]
            ax.loglog(
                [one["V"] for one in mine], [one["seconds"] for one in mine],
                color=colour, linestyle=dash, marker=mark, label=name,
            )  # fmt: skip
        frame(axes[-1], "time a prediction", "V", "seconds")
    with whole_file(path) as file:
        figure.savefig(file, format=suffix_of(path)[1:])

"""The page's section on loss: against updates, against seconds, and at other learning rates."""

from typing import Any

import numpy as np

from w2v_edu.comparison.charts import Series, legend, line_chart
from w2v_edu.comparison.page_parts import LOOKS, figure

__all__ = ["loss_section"]

Report = dict[str, Any]

NATS = "nats a prediction"


def loss_section(report: Report) -> str:
    """Three views of the same runs, and the rates."""
    results = report["results"]
    sides = list(dict.fromkeys(side for by_side in results.values() for side in by_side))
    keys = legend([(name, LOOKS[name]) for name in results])
    parts = [
        '<h2 id="loss">Loss</h2>',
        "<p>Comparable: the exact −log p of the held-out words. Softmax and hierarchical softmax give it "
        "directly. Negative sampling learns another event; its scores give a probability as "
        "softmax(<i>u</i> + log <i>P</i><sub>n</sub>), those of NCE as softmax(<i>u</i>).</p>",
        keys,
        "<h3>−log p against updates</h3>",
        _row(results, sides, "exact", "words"),
        "<h3>−log p against seconds</h3>",
        '<p class="note">Seconds of training on this machine, with the vectorised trainers; looking at the '
        "held-out loss is not counted.</p>",
        _row(results, sides, "exact", "seconds"),
    ]
    sampled = {name: results[name] for name in ("negative", "nce") if name in results}
    if sampled:
        parts += [
            "<h3>The loss that negative sampling and NCE lower themselves: another event</h3>",
            '<p class="note">Whether a pair is real or noise, K + 1 questions a prediction, in expectation '
            "over "
            "the noise. Not to be compared with −log p.</p>",
            _row(sampled, sides, "own", "words"),
        ]
    return "".join([*parts, _rates(results, sides, report["settings"]["rates"])])


def _row(results: Report, sides: list[str], what: str, against: str) -> str:
    charts = []
    for side in sides:
        series = [
            _series(name, by_side[side], what, against)
            for name, by_side in results.items()
            if side in by_side
        ]
        x = "updates (words read)" if against == "words" else "seconds"
        ends = ", ".join(f"{one.name} {one.y[-1]:.3f}" for one in series)
        label = "−log p" if what == "exact" else "own loss"
        alt = f"{side}: held-out {label} against {x}; at the end {ends}"
        charts.append(figure(side, line_chart(series, alt=alt, x=x, y=f"{label}, {NATS}")))
    return f'<div class="grid">{"".join(charts)}</div>'


def _series(name: str, one: Report, what: str, against: str) -> Series:
    """The mean over seeds, and the band from the lowest to the highest."""
    y = np.array(one[what])
    x = one["words"] if against == "words" else np.mean(one["seconds"], axis=0).tolist()
    return Series(name, x, y.mean(0).tolist(), LOOKS[name], y.min(0).tolist(), y.max(0).tolist())


def _rates(results: Report, sides: list[str], rates: list[float]) -> str:
    if len(rates) < 2:
        return ""
    keys = legend([(f"rate {alpha:g}", i) for i, alpha in enumerate(rates)])
    charts = []
    for name, by_side in results.items():
        for side in sides:
            if side not in by_side:
                continue
            one = by_side[side]
            series = [
                Series(alpha, one["words"], run["own"], rates.index(float(alpha)))
                for alpha, run in one["rates"].items()
            ]
            alt = f"{name}, {side}: own held-out loss at " + ", ".join(
                f"rate {line.name}: {line.y[-1]:.3f}" for line in series
            )
            chart = line_chart(series, alt=alt, x="updates (words read)", y=f"own loss, {NATS}")
            charts.append(figure(f"{name}, {side}: {one['alpha']:g} is kept", chart))
    return f'<h3>Learning rates</h3>{keys}<div class="grid">{"".join(charts)}</div>'

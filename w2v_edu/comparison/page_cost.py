"""The page's sections on cost and on truth."""

from html import escape
from typing import Any

from w2v_edu.comparison.charts import Series, legend, line_chart
from w2v_edu.comparison.page_parts import LOOKS, figure, table

__all__ = ["cost_section", "truth_section"]

Report = dict[str, Any]


def cost_section(report: Report) -> str:
    """Vectors touched and time, against V and K, with the slopes."""
    cost = report["cost"]
    by_name = {name: [one for one in cost["V"] if one["objective"] == name] for name in LOOKS}
    touched, times = (
        [
            Series(name, [c["V"] for c in costs], [c[what] for c in costs], LOOKS[name])
            for name, costs in by_name.items()
        ]
        for what in ("touched", "seconds")
    )
    against_K = [
        Series(name, [c["K"] for c in mine], [c["seconds"] * 1e6 for c in mine], LOOKS[name])
        for name in ("negative", "nce")
        if (mine := [one for one in cost["K"] if one["objective"] == name])
    ]
    log_V = [
        Series(
            name, [c["V"] for c in by_name[name]], [c["seconds"] * 1e6 for c in by_name[name]], LOOKS[name]
        )
        for name in ("hierarchical", "negative", "nce")
    ]
    slopes = "; ".join(f"{name} {round(one['loglog'], 2) + 0.0:.2f}" for name, one in cost["growth"].items())
    tree, K = cost["growth"]["hierarchical"], cost["growth_K"]["negative"]
    both: dict[str, Any] = {"x": "V", "log_x": True}
    charts = [
        figure(
            "Output vectors touched a prediction",
            line_chart(touched, alt="Output vectors touched against V", y="vectors", log_y=True, **both),
        ),
        figure(
            "Time a prediction",
            line_chart(times, alt=f"Time against V; slopes: {slopes}", y="seconds", log_y=True, **both),
            f"Log-log slopes: {slopes}. 1 is linear in V, 0 is flat.",
        ),
        figure(
            "The same without softmax",
            line_chart(log_V, alt="Time of the others against log V", y="microseconds", floor=0.0, **both),
            f"Hierarchical softmax: a straight line in log V explains {tree['R2_log']:.1%} of the variation.",
        ),
        figure(
            "Time against K",
            line_chart(against_K, alt="Time against K", x="K", y="microseconds", floor=0.0),
            f"Negative sampling: {K['microseconds_each']:.2f} microseconds for each noise word; "
            f"a straight line explains {K['R2']:.1%}.",
        ),
    ]
    keys = legend([(name, LOOKS[name]) for name in LOOKS])
    return (
        '<h2 id="cost">Cost</h2><p>Measured on the per-pair path: one output vector after another, in plain '
        "Python and NumPy, N = 50, words by Zipf's law. The absolute times are Python's; how they grow is "
        "the "
        f'objective\'s.</p>{keys}<div class="grid two">{"".join(charts)}</div>'
    )


def truth_section(report: Report) -> str:
    """Angles, limits, collapse."""
    truth = report["truth"]
    return "".join(
        [
            '<h2 id="truth">Truth</h2>',
            _angles(truth),
            _full_rank(truth["full_rank"]),
            _collapse(truth["collapse"]),
        ]
    )


def _angles(truth: Report) -> str:
    moments = list(dict.fromkeys(one["moment"] for one in truth["angles"]))
    rows: dict[str, list[str]] = {}
    for one in truth["angles"]:
        name = one["objective"] + (f", K = {one['K']}" if one["K"] else "")
        rows.setdefault(name, [name]).append(f"{one['degrees']:.0f}°")
    caption = (
        "The angle between each objective's expected dE/dW and exact softmax's, over all pairs of the "
        f"{truth['V']} "
        "most frequent words, at the same W, each with the W_out that is best for that W. 0° is the same "
        "direction, 90° has nothing in common."
    )
    return (
        f"<h3>Do they push W the same way?</h3>{table(['objective', *moments], list(rows.values()), caption)}"
    )


def _full_rank(limits: list[Report]) -> str:
    series = [Series(one["objective"], one["steps"], one["error"], LOOKS[one["objective"]]) for one in limits]
    ends = "; ".join(f"{one['objective']} {one['error'][-1]:.1e}" for one in limits)
    chart = line_chart(
        series, alt=f"Largest distance from the limit against steps; at the end {ends}",
        x="steps of gradient descent", y="largest distance from the limit", log_x=True, log_y=True,
    )  # fmt: skip
    what = "".join(f"<li>{escape(one['objective'])}: {escape(one['limit'])}</li>" for one in limits)
    return (
        "<h3>At full rank, each goes to its limit</h3><p>drink-eat with N = V, where every score is free.</p>"
        f"<ul>{what}</ul>{legend([(one['objective'], LOOKS[one['objective']]) for one in limits])}"
        + figure("", chart, f"At the end: {ends}. Pairs that never occur go to p = 0 and to minus infinity.")
    )


def _collapse(runs: list[Report]) -> str:
    names = [(f"K = {one['negative']}", i) for i, one in enumerate(runs)]
    charts = []
    for what, label in (("cosine", "mean cosine of two words"), ("loss", "loss of a pair, nats")):
        series = [Series(names[i][0], one["steps"], one[what], i) for i, one in enumerate(runs)]
        ends = ", ".join(f"{line.name}: {line.y[-1]:.3f}" for line in series)
        chart = line_chart(
            series, alt=f"{label} against steps; at the end {ends}", x="steps", y=label, floor=0.0
        )
        charts.append(figure(label.capitalize(), chart, f"At the end: {ends}."))
    return (
        "<h3>Without negatives, words collapse</h3><p>With K = 0 the loss falls to 0 by making all vectors "
        "long and alike (Goldberg and Levy 2014).</p>"
        f'{legend(names)}<div class="grid">{"".join(charts)}</div>'
    )

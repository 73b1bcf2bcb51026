"""The table that the terminal shows."""

from typing import Any

__all__ = ["summary"]

Report = dict[str, Any]


def summary(report: Report) -> str:
    """A few lines of text, from a report of `study`."""
    corpus, s = report["corpus"], report["settings"]
    lines = [
        f"{corpus['name']}: {corpus['words']:,} words to train on, {corpus['held_out']:,} held out, "
        f"{corpus['V']} different; N = {s['vector_size']}, {s['epochs']} epochs, {len(s['seeds'])} seeds",
        "",
        f"{'objective':13} {'input side':10} {'rate':>6} {'-log p':>7} {'range':>13} {'own loss':>9} "
        f"{'analogies':>16} {'words/s':>9}",
    ]
    clipped = False
    for objective, sides in report["results"].items():
        for side, one in sides.items():
            clipped = clipped or bool(one["problem"])
            lines.append(_line(objective, side, one))
    lines += [
        "",
        "-log p: exact, on held-out words, in nats a prediction; mean and range over seeds. own loss: what "
        "the",
        "objective lowers; for negative and nce another event, K + 1 questions. analogies: with 95 % "
        "interval.",
    ]
    if clipped:
        lines.append("* at this rate some steps were clipped; it still had the lowest held-out loss")
    for part in (_topics(report), _cost(report), _truth(report)):
        lines += part
    if report["problem"]:
        lines += ["", report["problem"]]
    return "\n".join(lines)


def _line(objective: str, side: str, one: Report) -> str:
    end, score = one["final"], one["analogies"]
    rate = f"{one['alpha']:g}" + ("*" if one["problem"] else " ")
    share = f"{score['mean']:.0%} ({score['low']:.0%}-{score['high']:.0%})" if score else "-"
    return (
        f"{objective:13} {side:10} {rate:>6} {end['mean']:7.3f} {end['low']:6.3f}-{end['high']:.3f} "
        f"{one['own'][0][-1]:9.3f} {share:>16} {one['words_per_second']:9,.0f}"
    )


def _topics(report: Report) -> list[str]:
    topics = report["topics"]
    if not topics:
        return []
    lines = ["", f"planted topics ({topics['corpus']}; by chance {topics['chance']:.0%}), 95 % interval:"]
    for objective, sides in topics["scores"].items():
        scores = "  ".join(
            f"{side} {one['mean']:.1%} ({one['low']:.1%}-{one['high']:.1%})" for side, one in sides.items()
        )
        lines.append(f"  {objective:13} {scores}")
    return lines


def _cost(report: Report) -> list[str]:
    if "cost" not in report:
        return []
    cost = report["cost"]
    largest = {one["objective"]: one["V"] for one in cost["V"]}
    slopes = ", ".join(f"{name} {round(one['loglog'], 2) + 0.0:.2f}" for name, one in cost["growth"].items())
    return [
        "",
        f"time a prediction, V from {cost['V'][0]['V']:,} to {max(largest.values()):,} "
        f"(softmax to {largest['softmax']:,}); log-log slopes: {slopes}",
        f"hierarchical: a line in log V explains {cost['growth']['hierarchical']['R2_log']:.1%}; negative: "
        "a line "
        f"in K explains {cost['growth_K']['negative']['R2']:.1%}",
    ]


def _truth(report: Report) -> list[str]:
    if "truth" not in report:
        return []
    truth = report["truth"]
    moment = truth["angles"][0]["moment"]
    angles = ", ".join(
        f"{one['objective']}{' K=' + str(one['K']) if one['K'] else ''} {one['degrees']:.0f}°"
        for one in truth["angles"]
        if one["moment"] == moment and one["K"] in (None, 5)
    )
    limits = ", ".join(f"{one['objective']} {one['error'][-1]:.0e}" for one in truth["full_rank"])
    alone = truth["collapse"][-1]
    return [
        f"angle of the expected dE/dW to exact softmax's ({moment}): {angles}",
        f"distance from the limit at full rank: {limits}",
        f"without negatives the mean cosine of two words goes to {alone['cosine'][-1]:.2f}, "
        f"the loss to {alone['loss'][-1]:.3f}",
    ]

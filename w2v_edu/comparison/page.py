"""The page of a comparison: one file that needs nothing else, made from the report alone."""

from html import escape
from importlib.resources import files
from typing import Any

from w2v_edu.comparison.page_cost import cost_section, truth_section
from w2v_edu.comparison.page_learned import learned_section
from w2v_edu.comparison.page_loss import loss_section
from w2v_edu.comparison.page_parts import interval_cell, table

__all__ = ["page"]

Report = dict[str, Any]


def page(report: Report) -> str:
    """HTML, from a report of `study`."""
    css = (files("w2v_edu.comparison") / "page.css").read_text(encoding="utf-8")
    corpus = report["corpus"]
    title = f"Softmax, hierarchical softmax and negative sampling on {corpus['name']}"
    sections = [_summary(report), loss_section(report), learned_section(report)]
    if "cost" in report:
        sections += [cost_section(report), truth_section(report)]
    links = [("loss", "Loss"), ("learned", "What was learned"), ("cost", "Cost"), ("truth", "Truth")]
    there = links if "cost" in report else links[:2]
    nav = "".join(f'<a href="#{name}">{text}</a>' for name, text in there)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{css}</style></head><body>"
        f"<h1>{escape(title)}</h1><nav>{nav}</nav>{''.join(sections)}</body></html>\n"
    )


def _summary(report: Report) -> str:
    corpus, s = report["corpus"], report["settings"]
    rows = []
    for objective, sides in report["results"].items():
        for side, one in sides.items():
            score = one["analogies"]
            rows.append(
                [
                    objective,
                    side,
                    f"{one['alpha']:g}" + ("*" if one["problem"] else ""),
                    interval_cell(one["final"], "{:.3f}"),
                    f"{one['own'][0][-1]:.3f}",
                    interval_cell(score, "{:.0%}") if score else "",
                    f"{one['words_per_second']:,.0f}",
                ]
            )
    head = ["objective", "input side", "rate", "−log p", "own loss", "analogies", "words/s"]
    caption = (
        "At the end of training, on held-out sentences, in nats a prediction. −log p: exact, mean and "
        "range over "
        f"{len(s['seeds'])} seeds. Own loss: what the objective itself lowers; for negative and nce it is "
        "that of "
        "another event, K + 1 questions of yes or no. Analogies: 3CosAdd, with a 95 % bootstrap interval."
    )
    clipped = any(one["problem"] for sides in report["results"].values() for one in sides.values())
    star = (
        '<p class="note">* At this rate some steps were longer than 1 and were clipped; it still had the '
        "lowest "
        "held-out loss.</p>"
        if clipped
        else ""
    )
    problem = f'<p class="note"><b>{escape(report["problem"])}</b></p>' if report["problem"] else ""
    return (
        f"<p>{corpus['words']:,} words to train on, {corpus['held_out']:,} held out, "
        f"{corpus['V']} different. N = {s['vector_size']}, window {s['window']}, K = {s['negative']}, "
        f"{s['epochs']} epochs. The same start W for all objectives; of {len(s['rates'])} learning rates "
        "each pair "
        "keeps the one with the lowest held-out loss. Input sides predict different things, so −log p is "
        "to be "
        "compared between objectives, not between input "
        f"sides.</p>{problem}{table(head, rows, caption, text=2)}{star}"
    )

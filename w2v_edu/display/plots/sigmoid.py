"""Sigma and log sigma: the link of trees and of negative sampling, and the loss of each answer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.labels import place_labels
from w2v_edu.display.plots.style import (
    BLUE,
    GREY,
    INK,
    VERMILLION,
    describe,
    frame,
    legend,
    slide,
    word_name,
)
from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid, sigmoid
from w2v_edu.model import OutputTrace, Trace

__all__ = ["sigmoid_plot"]

Array = NDArray[Any]
REACH = 6.0


def sigmoid_plot(
    trace: Trace | OutputTrace | None = None, words: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Sigma(u), (67), and log sigma(u); with a trace, each answer as a dot: their heights sum to -E.

    Parameters
    ----------
    trace : Trace or OutputTrace, optional
        Under an objective with a sigmoid link. An answer with label t = 1 stands at u, one with t = 0 at -u,
        (46) and (55); under NCE u is the score less log(K q).
    words : sequence of str, optional
        The vocabulary.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text.
    """
    ax = slide(ax)
    answers = () if trace is None else _answers(trace)
    signed = np.array([u for _, u in answers])
    reach = float(max(REACH, 1.15 * np.abs(signed).max())) if len(signed) else REACH
    u = np.linspace(-reach, reach, 601)
    E = float(-log_sigmoid(signed).sum())
    title = (
        f"E = {E:.3f} is minus the sum of the heights of the dots" if answers else "σ(u)  (67), and log σ(u)"
    )
    frame(ax, title, "score u, with its sign turned where t = 0" if answers else "score u")
    ax.axhline(0, color=GREY, linewidth=1)
    ax.axvline(0, color=GREY, linewidth=1)
    ax.plot(u, sigmoid(u), color=BLUE, linewidth=3, label="σ(u), between 0 and 1")
    ax.plot(u, log_sigmoid(u), color=VERMILLION, linewidth=3, linestyle="--", label="log σ(u), below 0")
    ax.set(xlim=(-reach, reach), ylim=(-1.05 * reach, 1.6 + 0.03 * reach))
    if answers:
        _dots(ax, answers, signed, words)
    else:
        ax.plot(0, 0.5, "o", color=BLUE, markersize=10)
        ax.plot(0, np.log(0.5), "o", color=VERMILLION, markersize=10)
        legend(ax, loc="lower right")
        points = np.array([[0, 0.5], [0, np.log(0.5)]])
        upright = np.array([0, -reach]), np.array([0, 1.5])
        place_labels(ax, points, ["σ(0) = ½", "log σ(0) = −0.69"], lines=[*_curves(u), upright])
    return describe(ax, _told(answers, words, E, reach))


Answer = tuple[
    tuple[int, float, bool], float
]  # row, label, whether it is an inner node; then the signed score


def _answers(trace: Trace | OutputTrace) -> tuple[Answer, ...]:
    outputs = trace.outputs if isinstance(trace, Trace) else (trace,)
    if isinstance(trace, Trace) and trace.objective == "softmax":
        raise W2VError("full softmax has no sigmoid; take a trace of hierarchical, negative or nce")
    found = []
    for out in outputs:
        scores = out.u if out.offset is None else out.u - out.offset
        for j, score, t in zip(out.rows, scores, out.t, strict=True):
            label = (int(j), float(t), out.nodes is not None)
            found.append((label, float(score) if t else -float(score)))
    return tuple(found)


def _dots(ax: Axes, answers: Sequence[Answer], signed: Array, words: Sequence[str] | None) -> None:
    heights = log_sigmoid(signed)
    for (_, t, _), x, y in zip((label for label, _ in answers), signed, heights, strict=True):
        marker = "o" if t else "s"
        ax.plot([x, x], [0, y], color=VERMILLION, linewidth=1.2)
        ax.plot(x, y, marker, color=VERMILLION if t else "white", markersize=10, markeredgecolor=VERMILLION,
                markeredgewidth=2.5, zorder=4)  # fmt: skip
    ax.plot([], [], "o", color=VERMILLION, markersize=10, label="t = 1: log σ(u)")
    ax.plot(
        [], [], "s", color="white", markeredgecolor=VERMILLION, markeredgewidth=2.5, label="t = 0: log σ(−u)"
    )
    legend(ax, loc="lower right")
    names = [
        f"{_name(label, words)} {y:.2f}".replace("-", "−")
        for (label, _), y in zip(answers, heights, strict=True)
    ]
    u = np.linspace(*ax.get_xlim(), 201)
    ceiling = (
        np.array([u[0], 0.12]),
        np.array([u[-1], 0.12]),
    )  # below the curve, a label is nearest its own dot
    place_labels(ax, np.stack([signed, heights], axis=1), names, colours=[INK], lines=[*_curves(u), ceiling])


def _curves(u: Array) -> list[tuple[Array, Array]]:
    """Both curves in pieces, for labels to keep clear of."""
    some = u[:: len(u) // 40]
    return [
        (np.array([a, f(a)]), np.array([b, f(b)])) for f in (sigmoid, log_sigmoid) for a, b in pairwise(some)
    ]


def _name(label: tuple[int, float, bool], words: Sequence[str] | None) -> str:
    return f"node {label[0]}" if label[2] else word_name(label[0], words)


def _told(answers: Sequence[Answer], words: Sequence[str] | None, E: float, reach: float) -> str:
    told = (
        f"Sigma and log sigma for u from {-reach:.0f} to {reach:.0f}: sigma rises from 0 over one half at "
        "u = 0 to 1; log sigma rises along the diagonal, is −0.69 at u = 0 and flattens out below 0."
    )
    if not answers:
        return told
    each = "; ".join(
        f"{_name(label, words)}, t = {label[1]:.0f}: {float(log_sigmoid(x)):.3f}" for label, x in answers
    )
    return f"{told} Answers: {each}. Their sum is {-E:.3f}, and E = {E:.3f}."

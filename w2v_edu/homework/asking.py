"""How a question is asked: at which points, in which layouts, and how the answers are best read."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from w2v_edu.homework.answers import Ask, Outcome
from w2v_edu.homework.arguments import IDS, LAYOUTS, MATRICES, PLAIN, VECTORS, Call, Layout, argument
from w2v_edu.homework.attempt import Attempt, attempts, likeliest
from w2v_edu.homework.point import Point
from w2v_edu.homework.points import make_points
from w2v_edu.homework.question import Question, all_readings

__all__ = ["STOPPED", "best_reading", "make_call", "other_layouts", "points_for", "stopped"]

STOPPED = frozenset({"TimeLimit", "MemoryError"})


def points_for(question: Question, seed: int) -> list[Point]:
    """The test points of a question; an empty context only where a context is handed over."""
    points = make_points(question.input_side, question.objective, seed)
    reads_context = {"context", "context_words", "noise_lists"} & set(question.roles)
    if not reads_context or question.objective == "hierarchical":
        points = [point for point in points if not point.empty]
    return points


def make_call(question: Question, point: Point, layout: Layout) -> Call:
    """The arguments of one call."""
    positional = [argument(p.role, point, layout) for p in question.parameters if not p.keyword_only]
    keywords = {p.name: argument(p.role, point, layout) for p in question.parameters if p.keyword_only}
    return Call(tuple(positional), keywords)


def best_reading(
    question: Question, layout: Layout, points: list[Point], outcomes: Sequence[Outcome]
) -> list[Attempt]:
    """The answers to the calls in one layout, read in the best way under each convention."""
    readings = question.quantities or all_readings(question)
    if question.built_in_eta:
        points = _with_their_rate(question, points, outcomes, readings)
    return attempts(question, layout, points, outcomes, readings)


def _with_their_rate(
    question: Question, points: list[Point], outcomes: Sequence[Outcome], readings: Sequence[tuple[str, ...]]
) -> list[Point]:
    """The points with the learning rate that the function brings along, read off its first step."""
    probe = attempts(question, PLAIN, points[:1], outcomes[:1], readings)[0]
    for name in probe.reading:
        value, wanted = probe.values.get((0, name)), probe.expected(0, name)
        if isinstance(value, np.ndarray) and wanted is not None and value.shape == wanted.shape:
            old = {
                "W_new": points[0].params.W,
                "W_out_new": points[0].params.W_out,
                "h_new": points[0].h,
            }.get(name)
            if old is None:
                continue
            gradient = (old - wanted) / points[0].eta
            rate = float(((old - value) * gradient).sum() / (gradient * gradient).sum())
            if rate > 0:
                return [replace(point, eta=rate) for point in points]
    return points


def other_layouts(
    question: Question,
    ask: Ask,
    points: list[Point],
    stress: list[Point],
    plain: list[Attempt],
    stressed: list[Outcome],
) -> tuple[list[Attempt], list[Outcome]]:
    """Try words as columns, vectors as columns or rows: the first that is right, else what fits best."""
    size = len(points) + len(stress)
    layouts = [layout for layout in LAYOUTS[1:] if _possible(question, layout)]
    outcomes = ask([make_call(question, p, layout) for layout in layouts for p in (*points, *stress)])
    best, kept = plain, stressed
    for number, layout in enumerate(layouts):
        part = outcomes[number * size : (number + 1) * size]
        if len(part) < size or stopped(part) is not None:
            continue
        here = [p for p in points if len(p.noise[:1] and p.noise[0]) == 1] if layout.single else points
        chosen = [o for p, o in zip(points, part, strict=False) if any(p is q for q in here)]
        found = best_reading(question, layout, here, chosen)
        if found[0].right:
            return found, part[len(points) :]
        if not layout.single and _fraction(found) > _fraction(best) + 0.2:
            best, kept = found, part[len(points) :]
    return best, kept


def _possible(question: Question, layout: Layout) -> bool:
    """Whether a layout is another one for this question: what is not handed over cannot differ.

    A course that hands over flat vectors leaves no choice about them.
    """
    roles = set(question.roles)
    changes = [
        layout.columns and bool(roles & set(MATRICES)),
        layout.out_columns and "W_out" in roles and "dataset" not in roles,
        layout.vector != "flat" and bool(roles & set(VECTORS)) and "dataset" not in roles,
        layout.ids == "array" and bool(roles & set(IDS)),
        layout.single and "V_neg" in roles,
    ]
    asked = [
        layout.columns,
        layout.out_columns,
        layout.vector != "flat",
        layout.ids == "array",
        layout.single,
    ]
    return changes == asked


def _fraction(found: Sequence[Attempt]) -> float:
    """How much of the likeliest attempt came out at all, and in the right shape."""
    attempt = likeliest(found)
    right, shaped, _ = attempt.score
    return (right + shaped) / (2 * max(len(attempt.points) * len(attempt.reading), 1))


def stopped(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The first call that ran out of time or memory, if one did."""
    return next((outcome for outcome in outcomes if outcome.error in STOPPED), None)

"""From a question and a way to ask it to a report: the whole check of one function."""

from dataclasses import replace
from typing import Any

import numpy as np

from w2v_edu.homework.answers import Ask, Outcome
from w2v_edu.homework.arguments import PLAIN
from w2v_edu.homework.asking import best_reading, make_call, other_layouts, points_for, stopped
from w2v_edu.homework.attempt import Attempt, likeliest
from w2v_edu.homework.clues import clues
from w2v_edu.homework.compare import Departure, error_of
from w2v_edu.homework.diagnose import diagnose, explains_stability
from w2v_edu.homework.hints import HINTS, equation_of
from w2v_edu.homework.own_loss import is_gradient_of_own_loss
from w2v_edu.homework.point import LARGE, Point
from w2v_edu.homework.question import Question
from w2v_edu.homework.report import Report
from w2v_edu.homework.stability import findings, stress_points

__all__ = ["LIMITS", "judge", "report"]

LIMITS = {
    "TimeLimit": ("ran out of time", "{}"),
    "MemoryError": ("ran out of memory", "it asked for more memory than it is given (line {})"),
}


def judge(question: Question, ask: Ask, *, seed: int = 0, hint: int = 2, unfinished: str = "") -> Report:
    """Check one function.

    Parameters
    ----------
    question : Question
        What it must compute.
    ask : callable
        Calls it: a list of calls in, a list of outcomes out.
    seed : int
        Which test points.
    hint : int
        How much the report says.
    unfinished : str
        What shows, in its text, that the function is not finished; empty if nothing does.
    """
    points = points_for(question, seed)
    stress = stress_points(question.input_side, question.objective, seed)
    again = points[:1]
    outcomes = ask([make_call(question, point, PLAIN) for point in (*points, *again, *stress)])
    first, second = outcomes[: len(points)], outcomes[len(points)]
    about = _about(question, points)
    halted = stopped(outcomes)
    if halted is not None:
        return _no_answer(question, halted, about, hint)
    found = best_reading(question, PLAIN, points, first)
    stressed = outcomes[len(points) + 1 :]
    if not found[0].right and not _unfinished(found[0], unfinished):
        found, stressed = other_layouts(question, ask, points, stress, found, stressed)
    judged = report(found, about, hint, unfinished, _differs(first[0], second), (stress, stressed))
    return _with_own_loss(judged, likeliest(found), ask)


def _with_own_loss(judged: Report, attempt: Attempt, ask: Ask) -> Report:
    """Where loss and gradient are both wrong and unnamed: do they at least belong together?"""
    wrong = {name for _, name in attempt.wrong}
    if judged.verdict != "wrong" or judged.mistakes or "E" not in wrong or len(wrong) < 2:
        return judged
    if not is_gradient_of_own_loss(attempt, ask, make_call):
        return judged
    known = "the gradient is that of your loss: it is the loss that is a different one"
    return replace(judged, clues=(known, *judged.clues)[:MOST_CLUES])


def _differs(one: Outcome, other: Outcome) -> bool:
    """Whether two calls with the same arguments gave different numbers."""
    flat_one, flat_other = _flat(one.value), _flat(other.value)
    if one.error or other.error or flat_one.shape != flat_other.shape:
        return bool(one.error) != bool(other.error)
    return error_of(flat_one, flat_other) > 1e-9


def _flat(value: Any) -> Any:
    parts = value if isinstance(value, tuple | list) else [value]
    arrays = [np.ravel(part) for part in parts if isinstance(part, np.ndarray)]
    return np.concatenate([np.empty(0), *arrays])


def _unfinished(attempt: Attempt, unfinished: str) -> str:
    """Why the answer counts as not finished; empty if it does not."""
    errors = {attempt.outcomes[n].error for n in attempt.crashed}
    everywhere = len(attempt.crashed) + len(attempt.odd) >= sum(not p.empty for p in attempt.points)
    if errors == {"NotImplementedError"} and everywhere:
        return "it raises NotImplementedError"
    if everywhere and unfinished and (attempt.odd or errors & {"NameError", "UnboundLocalError"}):
        return unfinished
    if everywhere and attempt.odd and all("None" in text for text in attempt.odd.values()):
        return "it returns nothing (None)"
    values = [value for value in attempt.values.values() if isinstance(value, np.ndarray)]
    zero = bool(values) and len(values) == len(attempt.values) and all(not value.any() for value in values)
    return "it returns zero everywhere" if zero else ""


def _no_answer(question: Question, stopped: Outcome, about: str, hint: int) -> Report:
    verdict, text = LIMITS[stopped.error]
    message = text.format(stopped.message if stopped.error == "TimeLimit" else stopped.line or "unknown")
    return Report(question.name, verdict, message=message + ".", about=about, hint=hint)


def report(
    found: list[Attempt],
    about: str,
    hint: int,
    unfinished: str,
    random: bool,
    stress: tuple[list[Point], list[Outcome]],
) -> Report:
    """The report on the answers, read in the best of the ways that were found."""
    attempt = found[0] if found[0].right else _explained(found)
    stability = list(findings(attempt, *stress))
    question = attempt.question
    convention = (
        *attempt.variant.says,
        *filter(None, [attempt.layout.says]),
        *sorted(attempt.notes - FLOATS),
    )
    if question.built_in_eta and attempt.points:
        convention = (*convention, f"a learning rate of {attempt.points[0].eta:.4g} of its own")
    edge = (attempt.edge,) if attempt.edge else ()
    parts = len(attempt.reading)
    base = Report(question.name, "correct", convention, tuple(stability), about=about, hint=hint, parts=parts)
    base = replace(base, findings=edge, parts_right=parts)
    if edge and "nan" in attempt.edge:
        base = replace(base, findings=(f"{attempt.edge} ({HINTS['empty-context'].title})",))
    if random:
        return replace(
            base, verdict="wrong", mistakes=("fresh-draws",), parts_right=0, departure=_random(attempt)
        )
    if attempt.right:
        return base
    undone = _unfinished(attempt, unfinished)
    if undone:
        return replace(
            base, verdict="not finished", message=undone + ".", parts_right=0, stability=(), findings=()
        )
    guard = _only_stability(attempt)
    if guard:
        return replace(
            base, stability=(f"{HINTS[guard].title}: {HINTS[guard].change}".rstrip("."), *stability)
        )
    return _wrong(attempt, replace(base, stability=()))


MOST_CLUES = 3  # the report fits one screen
PYTHON_2 = ("xrange", "raw_input", "unicode", "basestring", "reduce", "long", "unichr")
FLOATS = frozenset({"float32", "float16"})


def _only_stability(attempt: Attempt) -> str:
    """Whether a guard against overflow is all that keeps the answers from being right."""
    if attempt.crashed or attempt.odd:
        return ""
    wrong = {n for n, _ in attempt.wrong}
    if any(attempt.points[n].empty for n in wrong):
        return ""
    guard = explains_stability(attempt)
    only_large = all(LARGE in attempt.points[n].tags for n in wrong)
    diagnosis = diagnose(attempt) if guard == "clipped-score" and not only_large else None
    return "" if diagnosis is not None and diagnosis.keys else guard


def _explained(found: list[Attempt]) -> Attempt:
    """The convention under which one mistake of the catalogue explains everything; else the likeliest."""
    for attempt in found:
        diagnosis = diagnose(attempt, pairs=False)
        if diagnosis.keys and not diagnosis.unexplained:
            return attempt
    return likeliest(found)


def _wrong(attempt: Attempt, base: Report) -> Report:
    """Wrong, or crashed: where, which equation, which mistake."""
    question = attempt.question
    diagnosis = diagnose(attempt)
    first = next(attempt.departures(), None)
    right = sum(all(name != q for _, name in attempt.wrong) for q in attempt.reading)
    complete = not attempt.crashed and not attempt.odd
    found = replace(
        base,
        verdict="wrong",
        mistakes=diagnosis.keys,
        or_mistakes=diagnosis.or_keys,
        departure=first,
        clues=tuple(clues(attempt))[:MOST_CLUES] if not diagnosis.keys or diagnosis.unexplained else (),
        parts_right=right if complete else 0,
    )
    if diagnosis.keys and diagnosis.unexplained:
        names = " and ".join(diagnosis.unexplained)
        found = replace(
            found,
            clues=(f"this explains all but {names}, whose mistake is not in the catalogue", *found.clues),
        )
    if first is None:
        found = _without_values(attempt, found, diagnosis.keys)
    quantity = found.departure.quantity if found.departure else attempt.reading[0]
    return replace(found, equation=equation_of(question.objective, question.input_side, quantity))


def _without_values(attempt: Attempt, found: Report, named: tuple[str, ...]) -> Report:
    """Nothing that came back is wrong: it stopped, or gave something else."""
    if attempt.odd:
        text = next(iter(attempt.odd.values()))
        return replace(found, message=text + ".", departure=None, clues=())
    outcome, point = attempt.outcomes[attempt.crashed[0]], attempt.points[attempt.crashed[0]]
    line = f" in line {outcome.line}" if outcome.line else ""
    everywhere = len(attempt.crashed) == len(attempt.points) - sum(p.empty for p in attempt.points)
    where = "" if everywhere else f" {point.label}"
    text = f"{outcome.error}{line}{where}: {outcome.message}"
    if outcome.error == "NameError" and any(f"'{name}'" in outcome.message for name in PYTHON_2):
        text += " (a name of Python 2; this is Python 3)"
    here = (
        Departure(attempt.reading[0], (), None, None, point.label, f"it stops with {outcome.error}")
        if named
        else None
    )
    return replace(found, verdict="wrong" if named else "crashed", message=text, departure=here, clues=())


def _random(attempt: Attempt) -> Departure:
    return Departure(
        attempt.reading[0],
        (),
        None,
        None,
        attempt.points[0].label,
        "two calls with the same arguments differ",
    )


def _about(question: Question, points: list[Point]) -> str:
    returned = (
        " or ".join(dict.fromkeys(", ".join(reading) for reading in question.quantities[:2]))
        or "what its shape says"
    )
    roles = ", ".join(f"{p.name} is {p.role}" for p in question.parameters if p.name != p.role)
    return (
        f"{question.input_side}, {question.objective}, in the notation {question.notation}"
        f"{f' ({roles})' if roles else ''}; "
        f"returns {returned}; {len(points)} test points"
    )

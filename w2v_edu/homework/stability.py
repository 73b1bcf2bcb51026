"""Large scores and small precision: findings of their own, never mistakes."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from w2v_edu.homework.answers import Outcome
from w2v_edu.homework.attempt import Attempt, signed
from w2v_edu.homework.compare import error_of, fit, parts
from w2v_edu.homework.hints import spoken
from w2v_edu.homework.point import Point
from w2v_edu.homework.points import make_points, with_large_scores
from w2v_edu.homework.truth import truth
from w2v_edu.model import InputSide

__all__ = ["LEVELS", "findings", "stress_points"]

LEVELS = ((40.0, 39.5, 40.5), (800.0, 790.0, 810.0))


def stress_points(input_side: InputSide, objective: str, seed: int) -> list[Point]:
    """One point for each size of score, and the first again for single precision."""
    base = make_points(input_side, objective, seed)[0]
    rng = np.random.default_rng([seed, 1000])
    points = []
    for _, low, high in LEVELS:
        point = with_large_scores(base, rng, low, high, surprised=True)
        points.append(point)
    return [*points, base]


def findings(attempt: Attempt, points: Sequence[Point], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What goes wrong at large scores, the smallest size at which it does; and in single precision."""
    names = [f"scores of {size:g}" for size, _, _ in LEVELS]
    for name, point, outcome in zip(names, points, outcomes, strict=False):
        found = _first(attempt, point, outcome, 1e-3)
        if found:
            yield f"at {name} {found}"
            break
    if "float32" in attempt.notes or "float16" in attempt.notes:
        yield "the answer is computed in single precision: about 7 digits"
    elif attempt.slight:
        yield "some digits are lost: the answer is right to 5 digits or more, not to 8"


def _first(attempt: Attempt, point: Point, outcome: Outcome, allowed: float) -> str:
    if outcome.error:
        return f"it stops with {outcome.error}"
    values = parts(outcome, attempt.reading, attempt.question)
    if isinstance(values, str):
        return ""
    answers = truth(attempt.variant.change(point))
    for quantity, value in zip(attempt.reading, values, strict=True):
        expected: Any = signed(quantity, answers.get(quantity), attempt.variant.sign)
        if expected is None:
            continue
        fitted = fit(value, expected, attempt.layout.turned(quantity))
        if fitted.problem or fitted.value is None:
            return ""
        if error_of(fitted.value, expected) > allowed:
            return f"{spoken(quantity)} is {_shown(fitted.value, expected)}"
    return ""


def _shown(value: Any, expected: Any) -> str:
    if np.isnan(value).any():
        return f"nan instead of {_size(expected)}"
    if np.isinf(value).any():
        return f"infinite instead of {_size(expected)}"
    return f"{_size(value)} instead of {_size(expected)}"


def _size(value: Any) -> str:
    return f"{float(value):.6g}" if np.ndim(value) == 0 else "a finite one"

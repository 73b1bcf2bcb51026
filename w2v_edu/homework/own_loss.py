"""Is a wrong gradient the gradient of the wrong loss beside it? Then the loss is another one."""

from dataclasses import replace
from typing import Any

import numpy as np

from w2v_edu.homework.answers import Ask
from w2v_edu.homework.attempt import Attempt
from w2v_edu.homework.compare import error_of, fit, parts
from w2v_edu.homework.point import Point
from w2v_edu.homework.question import Question
from w2v_edu.model import Params

__all__ = ["is_gradient_of_own_loss"]

STEP = 1e-5
GRADIENTS = {"EH": "h", "dW": "W", "dW_out": "W_out"}


def is_gradient_of_own_loss(attempt: Attempt, ask: Ask, call: Any) -> bool:
    """Central differences of the student's own loss against the student's own gradient, at one point.

    `call(question, point, layout)` makes the arguments; the point is moved, not the arguments, so that every
    layout is served. Of a matrix the row of the first word that takes part is compared.
    """
    question, point = attempt.question, attempt.points[0]
    wanted = next((q for q in attempt.reading if q in GRADIENTS and GRADIENTS[q] in question.roles), None)
    if wanted is None or "E" not in attempt.reading or (0, wanted) not in attempt.values:
        return False
    fitted = fit(attempt.values[0, wanted], attempt.expected(0, wanted), attempt.layout.turned(wanted))
    if fitted.value is None or fitted.problem:
        return False
    row = point.targets[0] if wanted == "dW_out" else point.inputs[0]
    mine = fitted.value if wanted == "EH" else fitted.value[row]
    moved = [_moved(point, wanted, row, i, step) for i in range(point.params.N) for step in (STEP, -STEP)]
    outcomes = ask([call(question, other, attempt.layout) for other in moved])
    losses = [_loss(question, attempt, outcome) for outcome in outcomes]
    if len(losses) != len(moved) or not np.isfinite(losses).all():
        return False
    slopes = (np.array(losses[::2]) - np.array(losses[1::2])) / (2 * STEP)
    return bool(slopes.any()) and error_of(mine, slopes) < 1e-5


def _moved(point: Point, quantity: str, row: int, i: int, step: float) -> Point:
    """The point with one number of h (through its input vector), W or W_out changed."""
    W, W_out = point.params.W.copy(), point.params.W_out.copy()
    (W_out if quantity == "dW_out" else W)[row, i] += step
    return replace(point, params=Params(W, W_out))


def _loss(question: Question, attempt: Attempt, outcome: Any) -> float:
    values = parts(outcome, attempt.reading, question) if not outcome.error else "stopped"
    if isinstance(values, str):
        return float("nan")
    fitted = fit(values[attempt.reading.index("E")], 0.0)
    return float("nan") if fitted.value is None or fitted.problem else float(fitted.value)

"""What is known about a wrong answer that is not in the catalogue: never a name, always a fact."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from w2v_edu.homework.attempt import Attempt
from w2v_edu.homework.compare import CLOSE, error_of, fit
from w2v_edu.homework.hints import spoken
from w2v_edu.homework.point import LARGE

__all__ = ["clues"]

MEANING = {LARGE: "where scores lie between 6 and 30 in size"}


def clues(attempt: Attempt) -> Iterator[str]:
    """Facts about the answers, quantity by quantity."""
    departing = [q for q in attempt.reading if any(name == q for _, name in attempt.wrong)]
    right = [q for q in attempt.reading if q not in departing]
    if right and departing and not attempt.crashed:
        yield f"{_are(right)} right; {_are(departing)} not"
    for quantity in departing:
        yield from _about(attempt, quantity)


def _about(attempt: Attempt, quantity: str) -> Iterator[str]:
    wrong = [n for n, name in attempt.wrong if name == quantity]
    given = [n for n, name in attempt.values if name == quantity]
    pairs = []
    for n in given:
        expected = attempt.expected(n, quantity)
        fitted = (
            fit(attempt.values[n, quantity], expected, attempt.layout.turned(quantity))
            if expected is not None
            else None
        )
        if fitted is not None and fitted.value is not None and not fitted.problem:
            pairs.append((n, fitted.value, np.asarray(expected, dtype=float)))
    where = _where(attempt, wrong, given)
    if where:
        yield f"{spoken(quantity)} is wrong only {where}"
    if len(pairs) < len(given):
        if all(_transposed(attempt, n, quantity) for n in given):
            yield f"{spoken(quantity)} is transposed"
        return
    whole = _factor(pairs)
    if whole is not None and not where:
        yield f"{spoken(quantity)} is {_spell(whole)}"
        return
    yield from _rows(attempt, quantity, pairs)


def _where(attempt: Attempt, wrong: list[int], given: list[int]) -> str:
    """The one condition that separates the wrong points from the right ones, if there is one."""
    if len(wrong) == len(given):
        return ""
    tags = {tag for n in wrong for tag in attempt.points[n].tags}
    for tag in sorted(tags):
        if {n for n in given if tag in attempt.points[n].tags} == set(wrong):
            return MEANING.get(tag, f"where {tag}")
    if len(wrong) > len(given) // 2:
        return ""
    labels = [attempt.points[n].label for n in wrong]
    return (
        f"at {len(wrong)} of {len(given)} test points, first {labels[0]}"
        if len(wrong) > 2
        else " and ".join(labels)
    )


def _factor(pairs: list[tuple[int, Any, Any]]) -> float | None:
    """The constant that all answers are off by."""
    factors = []
    for _, value, expected in pairs:
        size = float((expected * expected).sum())
        if size == 0 or not np.isfinite(value).all():
            return None
        factor = float((value * expected).sum() / size)
        if abs(factor) < 1e-12 or error_of(value, factor * expected) > CLOSE:
            return None
        factors.append(factor)
    if not factors or max(factors) - min(factors) > 1e-6 * abs(factors[0]):
        return None
    return None if abs(factors[0] - 1) < 1e-6 else factors[0]


def _spell(factor: float) -> str:
    return f"off by a constant factor of {factor:.4g}: yours is {factor:.4g} times the right one"


def _transposed(attempt: Attempt, n: int, quantity: str) -> bool:
    turned = np.transpose(attempt.expected(n, quantity))
    fitted = fit(attempt.values[n, quantity], turned, attempt.layout.turned(quantity))
    if turned.ndim != 2 or fitted.problem or fitted.value is None:
        return False
    return error_of(fitted.value, turned) < CLOSE


def _rows(attempt: Attempt, quantity: str, pairs: list[tuple[int, Any, Any]]) -> Iterator[str]:
    """Which rows, which part: what can be said about the shape of the error."""
    usual = [(n, value, expected) for n, value, expected in pairs if np.isfinite(value).all()]
    if len(usual) < len(pairs):
        yield f"{spoken(quantity)} is not finite at {len(pairs) - len(usual)} of {len(pairs)} test points"
    if not usual:
        return
    if all(not value.any() for _, value, _ in usual):
        yield f"{spoken(quantity)} is zero everywhere"
        return
    if all(error_of(-value, expected) < CLOSE for _, value, expected in usual):
        yield f"{spoken(quantity)} has the wrong sign"
    if all(value.ndim == 2 for _, value, _ in usual):
        touched = [(value.any(axis=1), expected.any(axis=1)) for _, value, expected in usual]
        if all(np.all(mine >= due) for mine, due in touched) and any(
            np.any(mine & ~due) for mine, due in touched
        ):
            yield "rows are changed that should stay as they are: " + (
                "every row is changed" if all(mine.all() for mine, _ in touched) else "some, not all"
            )
        elif any(np.any(due & ~mine) for mine, due in touched):
            yield "some rows that should change are left at zero"
        yield from _positive_row(attempt, quantity, usual)


def _positive_row(attempt: Attempt, quantity: str, pairs: list[tuple[int, Any, Any]]) -> Iterator[str]:
    if quantity != "dW_out" or attempt.question.input_side == "skip-gram":
        return
    others_right, target_right = [], []
    for n, value, expected in pairs:
        row = attempt.points[n].targets[0] if attempt.question.objective != "hierarchical" else 0
        rest = np.delete(np.arange(len(expected)), row)
        others_right.append(error_of(value[rest], expected[rest]) < CLOSE)
        target_right.append(error_of(value[row], expected[row]) < CLOSE)
    if all(others_right):
        yield "only the row of the target word is wrong"
    elif all(target_right):
        yield "the row of the target word is right, the others are not"


def _are(quantities: list[str]) -> str:
    return f"{' and '.join(quantities)} {'are' if len(quantities) > 1 else 'is'}"

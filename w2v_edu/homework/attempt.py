"""One way to read a student's answers: a layout, a reading of what is returned, a convention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from w2v_edu.homework.answers import Outcome
from w2v_edu.homework.arguments import Layout
from w2v_edu.homework.bend import CRASH
from w2v_edu.homework.compare import CLOSE, LOOSE, Departure, departure, error_of, fit, parts
from w2v_edu.homework.point import LARGE, Point
from w2v_edu.homework.question import Question
from w2v_edu.homework.truth import truth
from w2v_edu.homework.variants import Variant, variants

__all__ = ["FORWARD", "Attempt", "attempts", "likeliest", "signed"]

FORWARD = frozenset({"h", "u", "y", "e", "t", "p", "u_pos", "u_neg", "y_pos", "y_neg"})
UNSIGNED = FORWARD | {"signs", "nodes", "codes"}
SLIGHT = 1e-3  # what cancellation costs where scores are large


def signed(quantity: str, value: Any, sign: float) -> Any:
    """The value under a convention that maximises: losses and gradients change sign, the rest stays."""
    return value if quantity in UNSIGNED or quantity.endswith("_new") or value is None else sign * value


@dataclass(eq=False)
class Attempt:
    """All answers against all truths, read in one way.

    Attributes
    ----------
    wrong : list of (point number, quantity)
        Where the two differ.
    crashed : list of int
        Points without an answer.
    slight : bool
        Whether digits were lost somewhere, though not the answer.
    notes : set of str
        Unusual shapes and types, none of them a mistake.
    """

    question: Question
    layout: Layout
    reading: tuple[str, ...]
    variant: Variant
    points: list[Point]
    outcomes: list[Outcome]
    wrong: list[tuple[int, str]] = field(default_factory=list)
    crashed: list[int] = field(default_factory=list)
    odd: dict[int, str] = field(default_factory=dict)
    values: dict[tuple[int, str], Any] = field(default_factory=dict)
    slight: bool = False
    edge: str = ""
    notes: set[str] = field(default_factory=set)

    @cached_property
    def varied(self) -> list[Point]:
        """The points that have the right answers under the convention."""
        return [self.variant.change(point) for point in self.points]

    @cached_property
    def truths(self) -> list[dict[str, Any]]:
        """The right answers."""
        return [truth(point) for point in self.varied]

    def expected(self, number: int, quantity: str) -> Any:
        """The right value of a quantity at a point, its sign by the convention; None if it has none there."""
        return signed(quantity, self.truths[number].get(quantity), self.variant.sign)

    @property
    def right(self) -> bool:
        """Whether every answer that was given is right, and one was given everywhere."""
        return not self.wrong and not self.crashed and not self.odd

    @property
    def score(self) -> tuple[int, int, int]:
        """How much of it fits: answers that are right, answers of the right shape, answers at all."""
        right = len(self.values) - len(self.wrong)
        shaped = sum(
            not fit(v, self.expected(*at), self.layout.turned(at[1])).problem for at, v in self.values.items()
        )
        return right, shaped, -len(self.crashed) - len(self.odd)

    def judge(self) -> "Attempt":
        """Compare everything."""
        for number, (point, outcome) in enumerate(zip(self.points, self.outcomes, strict=True)):
            if point.empty:
                self._judge_empty(number, outcome)
            elif outcome.error:
                self.crashed.append(number)
            else:
                self._judge_one(number, outcome)
        return self

    def _judge_one(self, number: int, outcome: Outcome) -> None:
        values = parts(outcome, self.reading, self.question)
        if isinstance(values, str):
            self.odd[number] = values
            return
        for quantity, value in zip(self.reading, values, strict=True):
            self.values[number, quantity] = value
            expected = self.expected(number, quantity)
            if expected is None:
                self.wrong.append((number, quantity))
                continue
            fitted = fit(value, expected, self.layout.turned(quantity))
            self.notes |= set(fitted.notes)
            error = (
                float("inf") if fitted.problem or fitted.value is None else error_of(fitted.value, expected)
            )
            allowed = self.allowed(number, quantity)
            if not error <= allowed:
                self.wrong.append((number, quantity))
            elif error > CLOSE:
                self.slight = True

    def allowed(self, number: int, quantity: str) -> float:
        """The relative error that still counts as rounding: more for a logarithm of what has almost gone."""
        large = LARGE in self.points[number].tags
        return SLIGHT if large and quantity in ("E", "p", "log_likelihood") else LOOSE

    def _judge_empty(self, number: int, outcome: Outcome) -> None:
        """No context at all: zero everywhere is right, a refusal is noted, nan is a finding of its own."""
        if outcome.error:
            self.edge = f"with no context word at all it stops with {outcome.error}"
            return
        values = parts(outcome, self.reading, self.question)
        if isinstance(values, str):
            return
        for quantity, value in zip(self.reading, values, strict=True):
            expected = self.expected(number, quantity)
            fitted = fit(value, expected, self.layout.turned(quantity))
            if expected is None or fitted.value is None or quantity in FORWARD:
                continue
            if not np.isfinite(fitted.value).all():
                self.edge = (
                    "with no context word at all it gives nan, which then spreads to every vector it touches"
                )
            elif self.question.input_side == "cbow" and quantity == "E":
                continue
            elif not fitted.problem and error_of(fitted.value, expected) > LOOSE:
                self.values[number, quantity] = value
                self.wrong.append((number, quantity))

    def departures(self) -> Iterator[Departure]:
        """Where the answers depart from the truth, in the order of the computation: point by point."""
        order = {name: i for i, name in enumerate((*sorted(FORWARD), "E", "d_rows", "EI", "dW_out", "EH"))}
        for number, quantity in sorted(self.wrong, key=lambda at: (at[0], order.get(at[1], 99))):
            label, expected = self.points[number].label, self.expected(number, quantity)
            if expected is None:
                yield Departure(quantity, (), None, None, label, "nothing like it exists here")
            else:
                turned = self.layout.turned(quantity)
                yield departure(self.values[number, quantity], expected, quantity, label, turned)

    def seen(self, number: int, quantity: str) -> Any:
        """What the student's function did for this quantity at this point: a value, or `CRASH`."""
        return CRASH if number in self.crashed else self.values.get((number, quantity))


def attempts(
    question: Question,
    layout: Layout,
    points: list[Point],
    outcomes: Sequence[Outcome],
    readings: Sequence[tuple[str, ...]],
) -> list[Attempt]:
    """The one that is right throughout; else the best reading under each convention, plain first."""
    found: list[Attempt] = []
    for variant in variants(question):
        here = []
        for reading in readings:
            attempt = Attempt(question, layout, reading, variant, points, list(outcomes)).judge()
            if attempt.right:
                return [attempt]
            here.append(attempt)
        found.append(max(here, key=lambda attempt: attempt.score))
    return found


def likeliest(found: Sequence[Attempt]) -> Attempt:
    """The plain convention, unless most answers are right under another one."""
    best = max(found, key=lambda attempt: attempt.score)
    return best if best.score[0] > max(len(best.values) // 2, found[0].score[0] + 2) else found[0]

"""From a wrong answer to its mistake: which entry of the catalogue gives exactly these answers?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from w2v_edu.homework.attempt import Attempt, signed
from w2v_edu.homework.bend import CRASH, Bend, bent
from w2v_edu.homework.compare import same
from w2v_edu.homework.mistakes import CATALOGUE, STABILITY, Mistake, applicable

__all__ = ["Diagnosis", "diagnose", "explains_stability"]


@dataclass(frozen=True)
class Diagnosis:
    """What the catalogue knows.

    Attributes
    ----------
    keys : tuple of str
        The mistakes that, made together, give the student's answers everywhere.
    or_keys : tuple of str
        Other single mistakes that give the very same answers.
    unexplained : tuple of str
        Quantities that are wrong in a way that is not in the catalogue.
    """

    keys: tuple[str, ...] = ()
    or_keys: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()


class _Matcher:
    """Answers that bends would give, kept while one attempt is diagnosed."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.kept: dict[tuple[int, tuple[int, ...]], dict[str, Any]] = {}

    def answer(self, number: int, quantity: str, bends: tuple[Bend, ...]) -> Any:
        key = (number, tuple(map(id, bends)))
        if key not in self.kept:
            self.kept[key] = _bent_or_crash(self.attempt, number, bends)
        answers = self.kept[key]
        if quantity not in answers:
            return CRASH
        value = answers[quantity]
        return value if isinstance(value, str) else signed(quantity, value, self.attempt.variant.sign)

    def fits(self, quantity: str, bends: tuple[Bend, ...], numbers: Sequence[int]) -> bool:
        """Whether these slips give the student's value at every point, a crash included, a value at one."""
        found_value = False
        for number in numbers:
            seen, wrong = self.attempt.seen(number, quantity), self.answer(number, quantity, bends)
            allowed = self.attempt.allowed(number, quantity)
            if seen is None or not same(seen, wrong, self.attempt.layout.turned(quantity), allowed):
                return False
            found_value |= not isinstance(seen, str)
        return found_value


def _bent_or_crash(attempt: Attempt, number: int, bends: tuple[Bend, ...]) -> dict[str, Any]:
    try:
        return bent(attempt.varied[number], bends)
    except (ValueError, IndexError, TypeError):
        return {}


def _telling(attempt: Attempt, quantity: str) -> list[int]:
    """The points of a quantity, those first where it is wrong: most candidates fail at once."""
    wrong = {number for number, name in attempt.wrong if name == quantity}
    numbers = [n for n, point in enumerate(attempt.points) if not point.empty or n in wrong]
    return sorted(numbers, key=lambda n: (n not in wrong, n in attempt.crashed, n))


def diagnose(attempt: Attempt, pairs: bool = True) -> Diagnosis:
    """Name the mistakes, if the catalogue has them; one if one is enough, else one a quantity, else two.

    `pairs`: whether two mistakes in one quantity are tried as well.
    """
    matcher = _Matcher(attempt)
    departing = [q for q in attempt.reading if any(name == q for _, name in attempt.wrong)]
    if attempt.crashed and not departing:
        departing = list(attempt.reading)
    singles = {q: _singles(matcher, q) for q in departing}
    if not departing:
        return Diagnosis()
    common = [key for key in singles[departing[0]] if all(key in singles[q] for q in departing)]
    right = [q for q in attempt.reading if q not in departing]
    common = [key for key in common if _leaves(matcher, key, right)] or common
    if common:
        return Diagnosis((common[0],), tuple(common[1:]))
    keys: list[str] = []
    unexplained: list[str] = []
    for quantity in departing:
        found = singles[quantity][:1] or (_pair(matcher, quantity) if pairs else [])
        keys += [key for key in found if key not in keys]
        if not found:
            unexplained.append(quantity)
    return Diagnosis(tuple(keys), (), tuple(unexplained))


def _leaves(matcher: _Matcher, key: str, quantities: Sequence[str]) -> bool:
    """Whether a mistake would have left these quantities right, as they are: else another fits better."""
    forms = next(mistake.forms for mistake in CATALOGUE if mistake.key == key)
    return any(all(matcher.fits(q, form, _telling(matcher.attempt, q)) for q in quantities) for form in forms)


def _candidates(attempt: Attempt, quantity: str, catalogue: tuple[Mistake, ...]) -> Iterator[Mistake]:
    question = attempt.question
    return applicable(catalogue, question.objective, question.input_side, quantity)


def _singles(matcher: _Matcher, quantity: str) -> list[str]:
    numbers = _telling(matcher.attempt, quantity)
    return [
        mistake.key
        for mistake in _candidates(matcher.attempt, quantity, CATALOGUE)
        if any(matcher.fits(quantity, form, numbers) for form in mistake.forms)
    ]


def _pair(matcher: _Matcher, quantity: str) -> list[str]:
    """Two mistakes at once, in either order.

    At a point where the answer is wrong, a slip that changes nothing there can only be the other one's
    company: so most pairs need no computation.
    """
    attempt = matcher.attempt
    numbers = _telling(attempt, quantity)
    first, columns = numbers[0], attempt.layout.turned(quantity)
    allowed = attempt.allowed(first, quantity)
    right, seen = attempt.expected(first, quantity), attempt.seen(first, quantity)
    if right is None:
        return []
    forms = [(m.key, form) for m in _candidates(attempt, quantity, CATALOGUE) for form in m.forms]
    answers = [matcher.answer(first, quantity, form) for _, form in forms]
    idle = [not isinstance(a, str) and same(np.asarray(a), right, False, 1e-12) for a in answers]
    hits = [seen is not None and same(seen, a, columns, allowed) for a in answers]
    for (i, (one, form)), (j, (other, more)) in combinations(enumerate(forms), 2):
        if one == other or (idle[i] and not hits[j]) or (idle[j] and not hits[i]):
            continue
        shared = {bend.stage for bend in form} & {bend.stage for bend in more}
        orders = (form + more, more + form) if shared else (form + more,)
        if any(matcher.fits(quantity, both, numbers) for both in orders):
            return [one, other]
    return []


def explains_stability(attempt: Attempt) -> str:
    """The way of guarding against overflow that explains everything that is wrong; empty if none does."""
    matcher = _Matcher(attempt)
    departing = {name for _, name in attempt.wrong}
    shared: set[str] | None = None
    for quantity in sorted(departing):
        numbers = _telling(attempt, quantity)
        found = {
            mistake.key
            for mistake in _candidates(attempt, quantity, STABILITY)
            if any(matcher.fits(quantity, form, numbers) for form in mistake.forms)
        }
        shared = found if shared is None else shared & found
    return min(shared) if shared else ""

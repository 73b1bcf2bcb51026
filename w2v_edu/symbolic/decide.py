"""Verdicts: proved, proved if A, wrong, unproved.

*Proved* needs both witnesses: the normaliser says so and the numbers agree. *Wrong* needs a certified
counter-example. What agrees everywhere and is not proved is *unproved*, and so is what takes too long.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import sympy as sp
from mpmath import mp

from . import certify
from .budget import OutOfTime, budget
from .certify import NotANumber, Point
from .facts import Facts
from .goals import Assumption, Goal, constants_of, letters_of
from .language import Term
from .normal import Unsupported, multiply, normalise
from .points import Given, NoSuchPoint, points
from .rational import difference, is_zero

__all__ = ["CounterExample", "Verdict", "compare", "decide", "is_proved"]

SECONDS = 5.0
ROUNDS = 100  # of points, until one is found at which the claim is made


@dataclass(frozen=True)
class CounterExample:
    """Where the two sides certainly differ: sizes, the values of the letters, both values to 50 digits."""

    sizes: dict[str, int]
    letters: dict[str, int]
    left: str
    right: str
    point: Point


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Attributes
    ----------
    status : ``proved``, ``wrong`` or ``unproved``.
    assumptions : texts of what the proof needs; empty if it needs nothing.
    points : how many points agreed to 50 digits.
    factor : for a wrong line, the factor that would put it right at every point (``-1``, ``1/C``), if any.
    reason : for an unproved line, why.
    """

    status: str
    seconds: float
    assumptions: tuple[str, ...] = ()
    points: int = 0
    counterexample: CounterExample | None = None
    factor: Term | None = None
    reason: str = ""

    @property
    def proved(self) -> bool:
        return self.status == "proved"


def decide(goal: Goal, seconds: float = SECONDS) -> Verdict:
    """Decide a goal within its time budget."""
    start = time.thread_time()
    try:
        with budget(seconds):
            found = _decide(goal)
    except OutOfTime:
        found = Verdict("unproved", 0.0, reason="out of time")
    return Verdict(**{**vars(found), "seconds": time.thread_time() - start})


def _decide(goal: Goal) -> Verdict:
    agreeing, wrong = compare(goal, goal.given)
    if wrong is None:
        if agreeing and is_proved(goal, goal.given.facts):
            return Verdict("proved", 0.0, points=agreeing)
        return Verdict("unproved", 0.0, points=agreeing, reason="" if agreeing else why_no_value(goal))
    for chosen in lattice(goal.assumptions):
        facts = goal.given.facts
        for a in chosen:
            facts = a.adds(facts)
        given = Given(facts, goal.given.nodes, goal.given.child, goal.given.length)
        agreeing, refuted = compare(goal, given)
        if agreeing and refuted is None and is_proved(goal, facts):
            return Verdict("proved", 0.0, tuple(a.text for a in chosen), agreeing)
    example = counterexample(goal, wrong)
    if example is None:
        return Verdict("unproved", 0.0, reason="the numbers differ, but not certainly")
    return Verdict("wrong", 0.0, counterexample=example, factor=missing_factor(goal))


def lattice(assumptions: tuple[Assumption, ...]) -> Iterator[tuple[Assumption, ...]]:
    """All sets of assumptions, small ones first: the first that suffices is a weakest one."""
    for n in range(1, len(assumptions) + 1):
        yield from combinations(assumptions, n)


def compare(goal: Goal, given: Given) -> tuple[int, Point | None]:
    """At how many points the sides agree, and the first point at which they do not."""
    agreeing = 0
    for point in goal_points(goal, given):
        try:
            if not certify.agree(goal.left, goal.right, point):
                return agreeing, point
        except (NotANumber, NoSuchPoint):
            continue
        agreeing += 1
    return agreeing, None


def why_no_value(goal: Goal) -> str:
    """Why the sides have no value at the first point."""
    for point in goal_points(goal, goal.given):
        try:
            certify.agree(goal.left, goal.right, point)
        except NoSuchPoint:
            return "an index leaves its range"
        except NotANumber as reason:
            return str(reason)
    return "no model satisfies the conditions"


def goal_points(goal: Goal, given: Given) -> Iterator[Point]:
    sides = (goal.left, goal.right, goal.where)
    found = False
    for round_ in range(ROUNDS):
        for point in points(given, letters_of(*sides), constants_of(given, *sides), round_):
            try:
                if goal.where == 1 or certify.value_at(goal.where, point) == 1:
                    found = True
                    yield point
            except NoSuchPoint:
                continue
        if found:
            return


def is_proved(goal: Goal, facts: Facts) -> bool:
    """Does the normaliser show that the sides are equal?"""
    try:
        p = difference(goal.left, goal.right, facts)
        if goal.where != 1:
            p = multiply(p, normalise(goal.where, facts), facts)
        return is_zero(p, facts)
    except (Unsupported, RecursionError):
        return False


def counterexample(goal: Goal, point: Point) -> CounterExample | None:
    """The point with both values, if intervals confirm that they differ."""
    try:
        if not certify.certainly_differ(goal.left, goal.right, point):
            return None
        left, right = certify.value_at(goal.left, point), certify.value_at(goal.right, point)
    except NotANumber:
        return None
    letters = {x.name: n for x, n in point.letters.items()}
    return CounterExample(
        used_sizes(goal, point), letters, mp.nstr(left, certify.DIGITS), mp.nstr(right, certify.DIGITS), point
    )


def used_sizes(goal: Goal, point: Point) -> dict[str, int]:
    named: set[str] = set()

    def visit(e: Term) -> None:
        for s in e.free_symbols:
            named.add(str(s.name))

    for e in (goal.left, goal.right, *(body for _, body in goal.given.facts.definitions.values())):
        visit(e)
    return {name: n for name, n in point.sizes.items() if name in named}


def missing_factor(goal: Goal) -> Term | None:
    """The f with left = f * right at every point, among -1, 2 and the sizes; None if there is none."""
    for f in (-1, 2, sp.Rational(1, 2), *goal.scales, *(1 / s for s in goal.scales)):
        scaled = Goal(goal.left, f * goal.right, goal.given, goal.where)
        agreeing, refuted = compare(scaled, goal.given)
        if refuted is None and agreeing > 1:
            return f
    return None

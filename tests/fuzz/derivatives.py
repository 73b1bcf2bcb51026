"""Second fuzzer: the derivative against central differences, at 120 digits with a step of 10^-30."""

from fractions import Fraction
from random import Random
from typing import Any

from mpmath import mp

from tests.fuzz.expressions import FREE, SIZES, Maker, a, f, facts, g, m, point, shifted, small, w
from w2v_edu.symbolic.budget import OutOfTime, budget
from w2v_edu.symbolic.certify import NotANumber, Point, Valuation
from w2v_edu.symbolic.differentiate import Unsupported, derivative
from w2v_edu.symbolic.language import Deriv
from w2v_edu.symbolic.normal import normalise
from w2v_edu.symbolic.points import NoSuchPoint
from w2v_edu.symbolic.poly import tree

STEP = Fraction(1, 10**30)


def run(seed: int) -> str | None:
    """One derivative: None if it is well, else what is wrong."""
    random = Random(f"derivative {seed}")
    e = Maker(random).real(random.randint(2, 4), FREE)
    if not small(e):
        return None
    j, k, c = FREE
    by = random.choice([f(j), f(k), f(w), g(k), m(j, k), m(k, k), f(a(c))])
    try:
        with budget(2):
            symbolic = derivative(e, by)
            normal = tree(normalise(Deriv(e, by), facts()))
    except (Unsupported, OutOfTime):
        return None
    for sizes in SIZES:
        at = point(random, sizes)
        try:
            with budget(3), mp.workdps(120):
                slope = central(e, by, at)
                for found in (symbolic, normal, Deriv(e, by)):
                    value = Valuation(at, mp).value(found, at.letters)
                    if abs(value - slope) > mp.mpf(10) ** -40 * (1 + abs(slope)) * bound(slope):
                        return f"seed {seed}, {sizes}: d {e} / d {by} is not {found}"
        except (NotANumber, NoSuchPoint, OutOfTime):
            continue
    return None


def central(e: Any, by: Any, at: Point) -> Any:
    """(e(x + step) - e(x - step)) / (2 step)."""
    name = by.name
    place = tuple(Valuation(at, mp).integer(i, at.letters) for i in by.indices)
    sides = [shifted(at, name, place, sign * STEP) for sign in (1, -1)]
    up, down = (Valuation(side, mp).value(e, at.letters) for side in sides)
    return (up - down) / (2 * mp.mpf(STEP.numerator) / STEP.denominator)


def bound(slope: Any) -> Any:
    """Steep functions have large third derivatives: the error of the difference grows with them."""
    return 1 + slope**4

"""Index terms: their ranges, when two of them are equal, and when one lies in a range."""

from fractions import Fraction
from functools import lru_cache

import sympy as sp

from .facts import Facts
from .language import Delta, Index, Inside, Term, Word, key
from .poly import ONE, ZERO, Monomial, Poly, add, constant, scale

__all__ = ["delta", "is_nonnegative", "membership", "orientation", "range_of", "size_poly"]

MANY = 12  # a sum over at most so many integers is written out


@lru_cache(maxsize=4096)
def is_nonnegative(e: Term) -> bool:
    """Is the expression in sizes >= 0 whenever every size is at least 1 (or at least its own lower bound)?"""
    if e == sp.oo:
        return True
    least = {s: s + 1 for s in e.free_symbols if s.is_integer}
    least |= {w: w + w.first - 0 for w in e.atoms(Word)} if e.has(Word) else {}
    shifted = sp.expand(e.xreplace(least)) if least else sp.expand(e)
    return all(c >= 0 for c in shifted.as_coefficients_dict().values())


def range_of(a: Term) -> tuple[Term, Term] | None:
    """The range in which an index term lies, or None if it is not known."""
    if isinstance(a, Index | Word):
        return a.first, a.last
    if is_fixed(a):
        return a, a
    if isinstance(a, sp.Add):
        shift, rest = a.as_coeff_Add()
        inner = range_of(rest)
        return (inner[0] + shift, inner[1] + shift) if inner else None
    return None


def membership(a: Term, first: Term, last: Term) -> Poly:
    """1 if first <= a <= last, else 0: certainly in, certainly out, or partly in."""
    known = range_of(a)
    if known is None:
        return _atom(Inside(a, first, last))
    low, high = known
    if is_nonnegative(low - last - 1) or is_nonnegative(first - high - 1):
        return ZERO
    below = _overhang(first - low)  # how many values of a lie below the range
    above = _overhang(high - last)
    crossing = bool(below and above) and not is_nonnegative(last - first + 1)
    if below is None or above is None or below + above > MANY or crossing:
        return _atom(Inside(a, first, last))
    outside = [low + n for n in range(below)] + [high - n for n in range(above)]
    return add(ONE, *(scale(_atom(Delta(*sorted((a, v), key=key))), -1) for v in outside))


def _overhang(e: Term) -> int | None:
    if is_nonnegative(-e):
        return 0
    return int(e) if isinstance(e, sp.Integer) else None


def delta(a: Term, b: Term, facts: Facts) -> Poly:
    """[a = b] for two index terms."""
    if a == b:
        return ONE
    gap = a - b
    if isinstance(gap, sp.Integer):
        return constant(int(gap == 0))
    range_a, range_b = range_of(a), range_of(b)
    if range_a and range_b:
        (low_a, high_a), (low_b, high_b) = range_a, range_b
        if is_nonnegative(low_a - high_b - 1) or is_nonnegative(low_b - high_a - 1):
            return ZERO
    if isinstance(a, Word) and isinstance(b, Word):
        if (a.name, b.name) in facts.apart or (b.name, a.name) in facts.apart:
            return ZERO
        if a.name == b.name and a.name in facts.injective and a.indices[:-1] == b.indices[:-1]:
            return delta(a.indices[-1], b.indices[-1], facts)
    return _atom(Delta(*sorted((a, b), key=key)))


def orientation(d: Delta) -> tuple[Term, Term] | None:
    """(old, new): which side of [a = b] is replaced by which in the rest of a term; None for two sizes."""

    def weight(a: Term) -> tuple[int, int, str]:
        kind = 0 if is_fixed(a) else 1 if isinstance(a, Index) else 2
        return kind, len(key(a)) if kind == 2 else 0, key(a)

    new, old = sorted(d.args, key=weight)
    return None if is_fixed(old) else (old, new)


@lru_cache(maxsize=4096)
def is_fixed(a: Term) -> bool:
    """Is the index term a number or made of sizes alone?"""
    return not isinstance(a, Index | Word) and all(is_fixed(x) for x in a.args)


def size_poly(e: Term) -> Poly:
    """An expression in sizes (V, L(w) - 1) as a polynomial."""
    out: Poly = {}
    for term, c in sp.expand(e).as_coefficients_dict().items():
        mono: Monomial = tuple(
            sorted(
                ((base, int(n)) for base, n in term.as_powers_dict().items() if base != 1),
                key=lambda p: key(p[0]),
            )
        )
        out = add(out, scale({mono: ONE[()]}, _fraction(c)))
    return out


def _fraction(c: Term) -> Fraction:
    return Fraction(int(c.p), int(c.q))


def _atom(e: Term) -> Poly:
    return {((e, 1),): Fraction(1)}

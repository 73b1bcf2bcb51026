"""The normal form of an expression: a polynomial in atoms, equal for equal expressions as far as it knows.

A commutative ring over atoms; products that hold an [a = b] or a binary t are settled (t^2 = t and
[a = b] f(a) = [a = b] f(b)); functions and sums have their rules in `functions` and `sums`. Every rule is
an equality for all sizes >= 1, or it is not applied.
"""

from fractions import Fraction

import sympy as sp

from . import functions, sums
from .budget import tick
from .differentiate import Unsupported, unfold
from .facts import Facts
from .kronecker import delta, membership, orientation
from .language import (
    Above,
    Arr,
    Delta,
    Deriv,
    Index,
    Inside,
    Product,
    Term,
    Total,
    Word,
    mentions,
    sigma,
    subst,
)
from .poly import ONE, Exponent, Monomial, Poly, add, constant, merge, ordered, scale, tree

__all__ = ["Unsupported", "atom", "is_binary", "multiply", "normalise", "power", "product", "settle"]


REMEMBERED = 20_000  # normal forms kept for a setting


def normalise(e: Term, facts: Facts) -> Poly:
    """The normal form of an expression."""
    known = facts.memo.get(e)
    if known is None:
        tick()
        if len(facts.memo) > REMEMBERED:
            facts.memo.clear()
        known = facts.memo[e] = _normalise(e, facts)
    return known  # type: ignore[return-value]  # the memo holds what _normalise returned


def _normalise(e: Term, facts: Facts) -> Poly:
    if isinstance(e, sp.Rational):
        return constant(Fraction(int(e.p), int(e.q)))
    if isinstance(e, sp.Add):
        return add(*(normalise(a, facts) for a in e.args))
    if isinstance(e, sp.Mul):
        return product((normalise(a, facts) for a in e.args), facts)
    if isinstance(e, sp.Pow):
        return functions.power_of(e.base, e.exp, facts)
    if isinstance(e, Total):
        return sums.total(e, facts)
    if isinstance(e, Product):
        return sums.big_product(e, facts)
    if isinstance(e, sp.exp):
        return functions.exponential(normalise(e.args[0], facts), facts)
    if isinstance(e, sp.log):
        return functions.logarithm(e.args[0], facts)
    if isinstance(e, sigma):
        return functions.sigmoid(normalise(e.args[0], facts), facts)
    if isinstance(e, Delta):
        return delta(e.args[0], e.args[1], facts)
    if isinstance(e, Inside):
        return membership(*e.args)
    if isinstance(e, Above):
        return atom(Above(tree(normalise(e.args[0], facts))))
    if isinstance(e, Deriv):
        return _derivative(e, facts)
    if isinstance(e, Arr):
        return _component(e, facts)
    if isinstance(e, sp.Symbol | Index | Word):
        return atom(e)
    raise Unsupported(f"no rule for {type(e).__name__}")


def _component(e: Term, facts: Facts) -> Poly:
    if e.name in facts.definitions and "definition" not in facts.off:
        return normalise(unfold(e, facts), facts)
    return atom(e)


def _derivative(e: Term, facts: Facts) -> Poly:
    if "derivative" not in facts.off:
        return normalise(unfold(e, facts), facts)
    inner, by = e.args
    return atom(Deriv(tree(normalise(inner, facts)), by))


def atom(e: Term, exponent: Exponent = 1) -> Poly:
    return {((e, exponent),): Fraction(1)}


def is_binary(e: Term, facts: Facts) -> bool:
    """Is the atom 0 or 1 for certain?"""
    return isinstance(e, Delta | Inside | Above) or (isinstance(e, Arr) and e.name in facts.binary)


def multiply(a: Poly, b: Poly, facts: Facts) -> Poly:
    """The product of two polynomials."""
    tick()
    out: Poly = {}
    for mono_a, c_a in a.items():
        for mono_b, c_b in b.items():
            out = add(out, scale(settle(merge(mono_a, mono_b), facts), c_a * c_b))
    return out


def product(polys: "sums.Polys", facts: Facts) -> Poly:
    out = ONE
    for p in polys:
        out = multiply(out, p, facts)
    return out


def power(p: Poly, n: int, facts: Facts) -> Poly:
    """p ** n for n >= 0."""
    return product((p for _ in range(n)), facts)


def settle(mono: Monomial, facts: Facts) -> Poly:
    """A product of atoms in normal form: binary atoms once, and each [a = b] carried into the others."""
    mono = once(mono, facts)
    for d, _ in mono:
        if isinstance(d, Delta) and "collapse" not in facts.off:
            sides = orientation(d)
            rest = tuple(p for p in mono if p[0] != d)
            if sides and any(mentions(a, sides[0]) for a, _ in rest):
                return multiply(atom(d), replaced(rest, *sides, facts), facts)
    return {mono: Fraction(1)}


def once(mono: Monomial, facts: Facts) -> Monomial:
    """t^2 = t for a binary t."""
    if "binary" in facts.off or not any(e != 1 and is_binary(a, facts) for a, e in mono):
        return mono
    if any(e < 0 and is_binary(a, facts) for a, e in mono):
        raise Unsupported("division by a quantity that may be 0")
    return ordered({a: 1 if is_binary(a, facts) else e for a, e in mono})


def replaced(mono: Monomial, old: Term, new: Term, facts: Facts) -> Poly:
    """The product with ``new`` put for ``old``, in normal form again."""
    out = ONE
    for a, e in mono:
        if mentions(a, old):
            out = multiply(out, functions.raised(subst(a, {old: new}), e, facts), facts)
        else:
            out = multiply(out, atom(a, e), facts)
    return out

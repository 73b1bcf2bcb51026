"""Polynomials in atoms, as dictionaries: the shape of every normal form.

A monomial is a tuple of (atom, exponent), sorted by `key`; a polynomial maps monomials to rational numbers.
Nothing here knows what an atom means.
"""

from fractions import Fraction
from functools import reduce
from typing import TypeAlias

import sympy as sp

from .language import Term, key

__all__ = [
    "ONE",
    "ZERO",
    "Monomial",
    "Poly",
    "add",
    "constant",
    "leading",
    "merge",
    "monomial_gcd",
    "scale",
    "tree",
]

Exponent: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[tuple[Term, Exponent], ...]
Poly: TypeAlias = dict[Monomial, Fraction]

ZERO: Poly = {}
ONE: Poly = {(): Fraction(1)}


def constant(value: int | Fraction) -> Poly:
    return {(): Fraction(value)} if value else {}


def add(*polys: Poly) -> Poly:
    """The sum; terms that cancel disappear."""
    out: Poly = {}
    for poly in polys:
        for mono, c in poly.items():
            total = out.get(mono, Fraction(0)) + c
            if total:
                out[mono] = total
            else:
                out.pop(mono, None)
    return out


def scale(poly: Poly, factor: int | Fraction) -> Poly:
    return {mono: c * factor for mono, c in poly.items()} if factor else {}


def merge(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials: exponents of equal atoms add up."""
    if not a or not b:
        return a or b
    exponents: dict[Term, Exponent] = dict(a)
    for atom, e in b:
        exponents[atom] = exponents.get(atom, 0) + e
    return ordered(exponents)


def ordered(exponents: dict[Term, Exponent]) -> Monomial:
    return tuple(sorted(((a, e) for a, e in exponents.items() if e), key=lambda p: key(p[0])))


def mono_key(mono: Monomial) -> tuple[tuple[str, Exponent], ...]:
    return tuple((key(atom), e) for atom, e in mono)


def leading(poly: Poly) -> Monomial:
    """The monomial that comes first in the order of keys."""
    return min(poly, key=mono_key)


def monomial_gcd(poly: Poly) -> Monomial:
    """The largest monomial that divides every term (exponents may be negative)."""

    def common(a: dict[Term, Exponent], b: dict[Term, Exponent]) -> dict[Term, Exponent]:
        return {atom: min(a.get(atom, 0), b.get(atom, 0)) for atom in {*a, *b}}

    return ordered(reduce(common, (dict(mono) for mono in poly)))


def tree(poly: Poly) -> Term:
    """The polynomial as an ordinary SymPy expression."""
    terms = []
    for mono in sorted(poly, key=mono_key):
        c = poly[mono]
        factors = [sp.Rational(c.numerator, c.denominator)]
        factors += [sp.Pow(atom, sp.Rational(e.numerator, e.denominator)) for atom, e in mono]
        terms.append(sp.Mul(*factors))
    return sp.Add(*terms)

"""Is a normal form zero? Denominators are cleared, sigma is written as exp / (1 + exp), sums are compared
term by term.
"""

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from . import functions, normal
from .facts import Facts
from .kronecker import size_poly
from .language import Term, Total, free, fresh, key, rebind, sigma, subst
from .poly import ONE, Exponent, Monomial, Poly, add, scale

__all__ = ["difference", "is_zero"]


def is_zero(p: Poly, facts: Facts, depth: int = 3) -> bool:
    """True if the normal form is zero for certain; False if that is not known."""
    if not p or depth == 0:
        return not p
    for rewrite in (clear, unfold_sigma):
        q = rewrite(p, facts)
        if q is not None:
            return is_zero(q, facts, depth) or by_terms(p, facts, depth)
    return by_terms(p, facts, depth)


def clear(p: Poly, facts: Facts) -> Poly | None:
    """p times a power of its first denominator that is a sum of terms; None if there is none."""
    below = {a for mono in p for a, e in mono if isinstance(a, sp.Add) and e < 0}
    if not below:
        return None
    d = max(below, key=lambda a: (len(key(a)), key(a)))
    inside = normal.normalise(d, facts)
    return rewritten(p, d, lambda up: normal.power(inside, up, facts), facts)


def rewritten(p: Poly, d: Term, raised: Callable[[int], Poly], facts: Facts) -> Poly:
    """p / d**lowest, where raised(n) stands for d**n."""
    lowest = min(exponent(mono, d) for mono in p)
    terms = []
    for mono, c in p.items():
        up = raised(int(exponent(mono, d) - lowest))
        terms.append(scale(normal.multiply(up, {without(mono, d): Fraction(1)}, facts), c))
    return add(*terms)


def exponent(mono: Monomial, a: Term) -> Exponent:
    return next((e for b, e in mono if b == a), 0)


def without(mono: Monomial, a: Term) -> Monomial:
    return tuple(x for x in mono if x[0] != a)


def unfold_sigma(p: Poly, facts: Facts) -> Poly | None:
    """p with sigma(x) = exp(x) / (1 + exp(x)) for its last sigma, cleared of (1 + exp(x)); None if none."""
    atoms = {a for mono in p for a, _ in mono if isinstance(a, sigma)}
    if not atoms or "sigma" in facts.off:
        return None
    s = max(atoms, key=lambda a: (len(key(a)), key(a)))
    powers = [exponent(mono, s) for mono in p]
    lowest, highest = min(powers), max(powers)
    e_x = functions.exponential(normal.normalise(s.args[0], facts), facts)

    def raised(up: int) -> Poly:
        down = int(highest - lowest) - up
        plus = normal.power(add(ONE, e_x), down, facts)
        return normal.multiply(normal.power(e_x, up, facts), plus, facts)

    return rewritten(p, s, raised, facts)


def by_terms(p: Poly, facts: Facts, depth: int) -> bool:
    """Do sums over the same ranges cancel, term by term? What stands outside of all sums is spread over the
    terms of the only group.
    """
    groups: dict[Term, list[tuple[Total, Monomial, Fraction]]] = {}
    outside: Poly = {}
    for mono, c in p.items():
        sums = [a for a, e in mono if isinstance(a, Total) and e == 1]
        if not sums:
            outside[mono] = c
            continue
        s = max(sums, key=lambda a: (len(key(a)), key(a)))
        ranges = sp.Tuple(*(sp.Tuple(b.first, b.last) for b in s.binders))
        groups.setdefault(ranges, []).append((s, without(mono, s), c))
    if not groups or (outside and len(groups) > 1):
        return False
    return all(terms_cancel(found, outside, facts, depth) for found in groups.values())


def terms_cancel(
    found: list[tuple[Total, Monomial, Fraction]], outside: Poly, facts: Facts, depth: int
) -> bool:
    everything = [s for s, _, _ in found] + [a for _, mono, _ in found for a, _ in mono]
    binders = found[0][0].binders
    if any(free(b.first) | free(b.last) for b in binders):
        return False
    called: list[str] = []
    for _ in binders:
        called.append(fresh("~", everything, called))
    letters, _ = rebind(binders, called, {})
    terms = []
    for s, rest, c in found:
        body = normal.normalise(subst(s.body, dict(zip(s.binders, letters, strict=True))), facts)
        terms.append(scale(normal.multiply(body, {rest: Fraction(1)}, facts), c))
    if outside:
        number = normal.product((size_poly(b.last - b.first + 1) for b in letters), facts)
        terms.append(normal.multiply(outside, functions.inverse(number, facts), facts))
    return is_zero(add(*terms), facts, depth - 1)


def difference(a: Term, b: Term, facts: Facts) -> Poly:
    """The normal form of a - b."""
    return add(normal.normalise(a, facts), scale(normal.normalise(b, facts), -1))

"""Sums in normal form.

Linearity; what does not depend on the letter moves out; sums of sums are opened and the letters that do not
meet are separated (Fubini); [k = a] collapses a sum over k, if a lies in its range; a letter that is not
used counts its range; the letters that remain get canonical names. Bound letters are ``@1``, ``@2``, ... in
finished atoms (inner ones first) and ``#1``, ``#2``, ... while a sum is open.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby, permutations
from typing import TypeAlias

import sympy as sp

from . import functions, normal
from .budget import tick
from .facts import Facts
from .kronecker import MANY, is_nonnegative, membership, size_poly
from .language import (
    Arr,
    Delta,
    Index,
    Product,
    Term,
    Total,
    free,
    fresh,
    is_binder,
    key,
    range_letters,
    rebind,
    subst,
)
from .poly import ONE, Exponent, Monomial, Poly, add, constant, mono_key, scale, tree

__all__ = ["big_product", "close", "count", "total"]

Polys: TypeAlias = Iterable[Poly]
Binders: TypeAlias = tuple[Index, ...]
Rank: TypeAlias = tuple[list[str], list[tuple[tuple[str, Exponent], ...]]]


def total(e: Term, facts: Facts) -> Poly:
    """A sum as it stands in an expression: the innermost letter is closed first. Canonical letters get names
    of their own before they are opened, for inside they would meet letters that are bound there.
    """
    if any(b.name[0] == "@" for b in e.binders):
        body, letters = opened(e, [])
        return normal.normalise(Total(body, *letters), facts)
    if len(e.binders) > 1:
        return normal.normalise(Total(Total(e.body, *e.binders[1:]), e.binders[0]), facts)
    (b,) = e.binders
    written_out = peel(e.body, b, facts)
    if written_out is not None:
        return written_out
    return close(normal.normalise(e.body, facts), (b,), facts)


def peel(body: Term, b: Index, facts: Facts) -> Poly | None:
    """A sum over numbers written out, or the terms before 1 peeled off; None for a sum from 1 to a size."""
    if not isinstance(b.first, sp.Integer):
        return None
    first = int(b.first)
    if isinstance(b.last, sp.Integer) and int(b.last) - first < MANY:
        return add(constant(0), *(at(body, b, n, facts) for n in range(first, int(b.last) + 1)))
    if first == 1 or abs(first - 1) > MANY:
        return None
    if not is_nonnegative(b.last if first < 1 else b.last - first + 1):
        return None
    standard = Index(sp.Symbol(fresh(b.name, [body, b])), 1, b.last)
    rest = normal.normalise(Total(subst(body, {b: standard}), standard), facts)
    outside = range(first, 1) if first < 1 else range(1, first)
    ends = [at(body, b, n, facts) for n in outside]
    return add(rest, *(scale(p, 1 if first < 1 else -1) for p in ends))


def at(body: Term, b: Index, n: int, facts: Facts) -> Poly:
    return normal.normalise(subst(body, {b: sp.Integer(n)}), facts)


def big_product(e: Term, facts: Facts) -> Poly:
    """A product: of positive factors, it is exp of the sum of their logs; over numbers, it is written out."""
    if len(e.binders) > 1:
        return normal.normalise(Product(Product(e.body, *e.binders[1:]), e.binders[0]), facts)
    (b,) = e.binders
    numbers = isinstance(b.first, sp.Integer) and isinstance(b.last, sp.Integer)
    if numbers and int(b.last) - int(b.first) < MANY:
        return normal.product((at(e.body, b, n, facts) for n in range(int(b.first), int(b.last) + 1)), facts)
    if "log" not in facts.off and functions.surely_positive(e.body, facts):
        return functions.exponential(normal.normalise(Total(sp.log(e.body), b), facts), facts)
    if "log" in facts.off:
        return normal.atom(Product(tree(normal.normalise(e.body, facts)), b))
    raise normal.Unsupported("a product of factors that may not be positive")


def close(p: Poly, binders: Binders, facts: Facts) -> Poly:
    """The sum of a polynomial over letters that are free in it."""
    return add(constant(0), *(scale(gather(mono, binders, facts), c) for mono, c in p.items()))


def gather(mono: Monomial, binders: Binders, facts: Facts) -> Poly:
    """The sum of one product over the letters."""
    tick()
    if not binders:
        return normal.settle(mono, facts)
    bound = frozenset(binders)
    opened = open_inner(mono, binders, facts)
    if opened is not None:
        return opened
    collapsed = collapse(mono, binders, facts)
    if collapsed is not None:
        return collapsed
    out = {tuple(p for p in mono if not free(p[0]) & bound): Fraction(1)}
    inside = tuple(p for p in mono if free(p[0]) & bound)
    for part, letters in components(inside, binders):
        out = normal.multiply(out, component(part, letters, facts), facts)
    return out


def open_inner(mono: Monomial, binders: Binders, facts: Facts) -> Poly | None:
    """Sums among the factors that depend on the letters join the same sum; None if there are none."""
    bound = frozenset(binders)
    for atom, e in mono:
        if isinstance(atom, Total) and free(atom) & bound and e > 0:
            rest = tuple((a, n - 1) if a == atom else (a, n) for a, n in mono)
            rest = tuple(p for p in rest if p[1])
            body, letters = opened(atom, [*(a for a, _ in mono), *binders])
            inner = normal.multiply({rest: Fraction(1)}, normal.normalise(body, facts), facts)
            return close(inner, (*binders, *letters), facts)
    return None


def opened(e: Term, taken: list[Term]) -> tuple[Term, Binders]:
    """The body of a sum with its letters renamed to names not taken, and these letters."""
    called: list[str] = []
    for _ in e.binders:
        called.append(fresh("#", [*taken, e], called))
    letters, put = rebind(e.binders, called, {})
    return subst(e.body, put), letters


def collapse(mono: Monomial, binders: Binders, facts: Facts) -> Poly | None:
    """sum_k [k = a] f(k) = f(a) where a is in range, and sum_k t_k = 1 for a whole sum; None if neither."""
    if "collapse" in facts.off:
        return None
    for b in binders:
        others = tuple(x for x in binders if x != b)
        hanging = {x for x in others if b in range_letters(x)}
        for d, _ in mono:
            if isinstance(d, Delta) and b in d.args:
                a = d.args[0] if d.args[1] == b else d.args[1]
                if b not in free(a) and not free(a) & hanging:
                    return collapse_at(mono, d, b, a, others, facts)
        if not hanging and is_unit(mono, b, facts):
            return gather(tuple(p for p in mono if b not in free(p[0])), others, facts)
    return None


def collapse_at(mono: Monomial, d: Delta, b: Index, a: Term, others: Binders, facts: Facts) -> Poly:
    letters, put = rebind(others, [x.name for x in others], {b: a})
    inside = membership(a, b.first, b.last)
    for atom, e in mono:
        if atom != d:
            inside = normal.multiply(inside, functions.raised(subst(atom, put), e, facts), facts)
    return close(inside, letters, facts)


def is_unit(mono: Monomial, b: Index, facts: Facts) -> bool:
    """Is b used once only, as the axis over which an array sums to one, in its whole range?"""
    users = [(a, e) for a, e in mono if b in free(a)]
    if len(users) != 1 or users[0][1] != 1 or not isinstance(users[0][0], Arr):
        return False
    t = users[0][0]
    for u in facts.unit:
        if u.array == t.name and t.indices[u.axis] == b and (u.first, u.last) == (b.first, b.last):
            return not any(b in free(x) for n, x in enumerate(t.indices) if n != u.axis)
    return False


def components(mono: Monomial, binders: Binders) -> list[tuple[Monomial, Binders]]:
    """The letters in groups that no factor and no range connects, each with its factors."""
    groups: list[tuple[Monomial, Binders]] = []
    for b in binders:
        tied = range_letters(b) & frozenset(binders)
        merged: tuple[Monomial, Binders] = (tuple(p for p in mono if b in free(p[0])), (b,))
        apart = []
        for part, letters in groups:
            meets = tied & set(letters) or any(b in range_letters(x) for x in letters)
            if meets or any(p in part for p in merged[0]):
                merged = (part + tuple(p for p in merged[0] if p not in part), letters + merged[1])
            else:
                apart.append((part, letters))
        groups = [*apart, merged]
    return groups


def component(mono: Monomial, letters: Binders, facts: Facts) -> Poly:
    """The sum of connected factors, with canonical letters; without factors, the number of terms."""
    for b in letters:
        if not any(b in free(a) for a, _ in mono) and not any(
            b in range_letters(x) for x in letters if x != b
        ):
            rest = tuple(x for x in letters if x != b)
            return close(normal.multiply(count(b), {mono: Fraction(1)}, facts), rest, facts)
    return canonical(mono, letters, facts)


def count(b: Index) -> Poly:
    """sum of 1 over a range: last - first + 1, if that is never negative (1..V-2 is empty for V = 1)."""
    number = b.last - b.first + 1
    if is_nonnegative(number):
        return size_poly(number)
    return normal.atom(Total(sp.Integer(1), Index(sp.Symbol("@1"), b.first, b.last)))


def canonical(mono: Monomial, letters: Binders, facts: Facts) -> Poly:
    """The atom for a connected sum: of all namings of its letters, the one whose factors come first."""
    base = 1 + max((height(a) for a, _ in mono), default=0)
    base = max([base, *(1 + height(x.last) for x in letters)])
    best: list[tuple[Rank, Poly]] = []
    fallback: Poly = {}
    for order in orders(letters):
        named, binders = renamed(mono, order, base, facts)
        closed = add(constant(0), *(scale(as_atoms(m, binders, facts), c) for m, c in named.items()))
        if len(named) == 1:
            best.append((([key(x) for x in binders], [mono_key(m) for m in named]), closed))
        fallback = fallback or closed
    return min(best, key=lambda found: found[0])[1] if best else fallback


def as_atoms(mono: Monomial, binders: Binders, facts: Facts) -> Poly:
    """The sum of one product as it stands, without choosing names."""
    bound = frozenset(binders)
    out: Poly = {tuple(p for p in mono if not free(p[0]) & bound): Fraction(1)}
    for part, letters in components(tuple(p for p in mono if free(p[0]) & bound), binders):
        one = count(letters[0]) if not part and len(letters) == 1 else None
        whole = one or normal.atom(Total(tree({part: Fraction(1)}), *letters))
        out = normal.multiply(out, whole, facts)
    return out


def orders(letters: Binders) -> Iterable[Binders]:
    """The namings to try: all orders of letters whose ranges look alike."""

    def look(b: Index) -> str:
        closed = not range_letters(b)
        return key(sp.Tuple(b.first, b.last)) if closed else "~"

    groups = [list(g) for _, g in groupby(sorted(letters, key=lambda b: (look(b), b.name)), key=look)]
    out: list[Binders] = [()]
    for g in groups:
        out = [(*head, *tail) for head in out for tail in permutations(g)]
    return out


def renamed(mono: Monomial, order: Binders, base: int, facts: Facts) -> tuple[Poly, Binders]:
    letters, put = rebind(order, [f"@{base + n}" for n in range(len(order))], {})
    out: Poly = ONE
    for a, e in mono:
        out = normal.multiply(out, functions.raised(subst(a, put), e, facts), facts)
    return out, letters


def height(e: Term) -> int:
    """The largest number among the canonical bound names inside."""
    mine = 0
    if is_binder(e):
        mine = max((int(b.name[1:]) for b in e.binders if b.name[0] == "@"), default=0)
    return max([mine, *(height(a) for a in e.args)])

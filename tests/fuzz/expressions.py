"""Random expressions in the prover's language, built to provoke what went wrong before: bound letters that
are also free, sums in sums over the same letter, partial sums, deltas that are partly in range.
"""

from fractions import Fraction
from random import Random
from typing import Any

import sympy as sp

from w2v_edu.symbolic.certify import Point
from w2v_edu.symbolic.facts import Facts, Unit
from w2v_edu.symbolic.language import Delta, Index, Product, Total, array, index, sigma, size, word
from w2v_edu.symbolic.points import Given, Tables

V, C = size("V"), size("C")
f, g, p, t, s, x, m = map(array, "fgptsxm")  # m depends on two letters
a, w, d = word("a", 1, V), word("w", 1, V)(), word("d", 1, V)
FREE = (index("j", 1, V), index("k", 1, V), index("c", 1, C))
SIZES = ({"V": 3, "C": 2}, {"V": 2, "C": 3}, {"V": 1, "C": 1})
FACTS = Facts(
    positive=frozenset({"p"}),
    binary=frozenset({"t"}),
    unit=(Unit("s", 0, sp.Integer(1), V),),
    injective=frozenset({"d"}),
)


def facts() -> Facts:
    """The same facts, with nothing remembered from an earlier run (bugs may be planted in between)."""
    return FACTS.but()


class Maker:
    """Random expressions; ``scope`` are the letters that may occur."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def letter(self, scope: tuple[Index, ...]) -> Any:
        """An index term over the vocabulary."""
        words = [b for b in scope if b.last != C]
        chosen = self.random.random()
        if chosen < 0.12:
            return w
        if chosen < 0.26:
            spots = [b for b in scope if b.last == C]
            return a(self.random.choice(spots)) if spots else sp.Integer(1)
        if chosen < 0.31:
            return d(self.random.choice(words))
        return self.random.choice(words)

    def real(self, depth: int, scope: tuple[Index, ...]) -> Any:
        """An expression of any sign."""
        kinds = (
            ["array"] * 2
            if depth <= 0
            else ["add", "mul", "mul", "sum", "sum", "square", "nest", "log", "positive", "case", "array"]
        )
        kind = self.random.choice(kinds)
        if kind == "add":
            return self.real(depth - 1, scope) + self.sign() * self.real(depth - 1, scope)
        if kind == "mul":
            return self.real(depth - 1, scope) * self.real(depth - 1, scope)
        if kind == "sum":
            b = self.binder()
            return Total(self.real(depth - 1, (*scope, b)), b)
        if kind == "square":
            return self.real(depth - 1, scope) ** 2
        if kind == "nest":
            return self.nest(scope)
        if kind == "log":
            return sp.log(self.positive(depth - 1, scope))
        if kind == "positive":
            return self.positive(depth - 1, scope)
        if kind == "case":
            return Delta(self.letter(scope), self.letter(scope)) * self.real(depth - 1, scope)
        return self.leaf(scope)

    def nest(self, scope: tuple[Index, ...]) -> Any:
        """A sum of products of sums that share its letter."""
        outer, inner, other = index("k", 1, V), index(self.random.choice("jl"), 1, V), self.binder()
        deeper = (*scope, outer)
        first = Total(m(inner, outer) * self.leaf((*deeper, inner)), inner)
        second = Total(m(other, outer) * self.leaf((*deeper, other)), other)
        return Total(self.leaf(deeper) * first * self.random.choice((first, second)), outer)

    def leaf(self, scope: tuple[Index, ...]) -> Any:
        j = self.letter(scope)
        return self.random.choice(
            [
                f(j),
                f(j),
                g(j),
                m(j, self.letter(scope)),
                t(j),
                s(j),
                x(),
                Delta(j, self.letter(scope)),
                sp.Integer(2),
            ]
        )

    def positive(self, depth: int, scope: tuple[Index, ...]) -> Any:
        """An expression that is > 0."""
        kinds = (
            ["p", "s"]
            if depth <= 0
            else ["exp", "sigma", "sigma", "sum", "mul", "inverse", "mix", "product", "p"]
        )
        kind = self.random.choice(kinds)
        if kind == "exp":
            return sp.exp(self.real(depth - 1, scope))
        if kind == "sigma":
            return sigma(self.sign() * self.real(depth - 1, scope))
        if kind == "mul":
            return self.positive(depth - 1, scope) * self.positive(depth - 1, scope)
        if kind == "inverse":
            return 1 / self.positive(depth - 1, scope)
        if kind == "mix":
            return self.positive(depth - 1, scope) + self.positive(depth - 1, scope)
        if kind in ("sum", "product"):
            b = index(self.random.choice("jkl"), 1, self.random.choice((V, C)))
            binder = Total if kind == "sum" else Product
            return binder(self.positive(depth - 1, (*scope, b)), b)
        return p(self.letter(scope)) if kind == "p" else s(self.letter(scope))

    def binder(self) -> Index:
        """A letter to be bound, often one that is free as well; the range may be a part, or more."""
        first, last = self.random.choice(
            [(1, V)] * 6 + [(1, C)] * 2 + [(2, V), (1, V - 1), (1, V - 2), (3, V)]
        )
        return index(self.random.choice("jkl"), first, last)

    def sign(self) -> int:
        return self.random.choice((1, -1))


def small(e: Any, limit: int = 60) -> bool:
    """Is the expression small enough to be evaluated quickly?"""
    nodes = list(sp.preorder_traversal(e))
    nested = sum(isinstance(n, Total | Product) for n in nodes)
    return len(nodes) <= limit * 5 and nested <= 4


def point(random: Random, sizes: dict[str, int]) -> Point:
    """A random model with these sizes."""
    tables = Tables(Given(FACTS), sizes, random.randrange(10**6))
    letters = {b: random.randint(1, sizes[b.last.name]) for b in FREE}
    return Point(sizes, letters, tables.entry, tables.word)


def shifted(at: Point, name: str, indices: tuple[int, ...], by: Fraction) -> Point:
    """The same model with one entry changed."""

    def entry(array_name: str, place: tuple[int, ...]) -> Fraction:
        value = at.entry(array_name, place)
        return value + by if (array_name, place) == (name, indices) else value

    return Point(at.sizes, at.letters, entry, at.word)

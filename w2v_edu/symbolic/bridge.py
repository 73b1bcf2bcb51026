"""From the reader's meaning to the prover's language: a theory becomes facts, a claim becomes goals.

Letters are looked up by name in their scope and become letters of their own range; integer arrays become
index terms; New(x) is x - eta dE/dx; cases are taken one after another.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import sympy as sp

from . import meaning as m
from .facts import Facts
from .goals import Assumption, Goal, apart, different
from .language import Above, Arr, Delta, Deriv, Index, Inside, Product, Term, Total, Word, sigma, size
from .points import Given

__all__ = ["NotTranslated", "Translator", "given_of", "goals_of"]

Scope: TypeAlias = Mapping[str, Index]
DIFFERENT = {
    "context": "the context words are pairwise different",
    "w": "w_O and the words of W_neg are pairwise different",
    "w_O": "the context words are pairwise different",
    "negatives": "the words drawn are pairwise different",
}
APART = {("negatives", "o"): "o is none of the words drawn"}


class NotTranslated(Exception):
    """The line says something that is not an equation between numbers (a purpose, an open pattern)."""


class Translator:
    """Translates expressions of one theory."""

    def __init__(self, theory: m.Theory) -> None:
        self.theory = theory
        self.lengths = {a.name for a in theory.inputs if a.values == "length"}

    # -- indices -----------------------------------------------------------------------------------------

    def letter(self, i: m.Index, scope: Scope) -> Index:
        """A letter with its range, whose limits may mention letters in scope."""
        first, last = (self.index(x, scope) for x in (i.range.first, i.range.last))
        found: Index = Index(sp.Symbol(i.name), first, last)
        return found

    def index(self, e: m.Expr, scope: Scope) -> Term:
        """An index term or a size."""
        match e:
            case m.Number(value) if value.denominator == 1:
                return sp.Integer(int(value))
            case m.Size(name):
                return size(name)
            case m.Index(name, _):
                return scope[name] if name in scope else self.letter(e, scope)
            case m.Entry(name, indices) if self.is_integer(name):
                return self.word(name, tuple(self.index(i, scope) for i in indices))
            case m.Add(terms):
                return sp.Add(*(self.index(t, scope) for t in terms))
            case m.Mul(factors):
                return sp.Mul(*(self.index(f, scope) for f in factors))
        raise NotTranslated(f"{type(e).__name__} as an index")

    def is_integer(self, name: str) -> bool:
        return self.theory.array(name).values not in ("real", "positive")

    def is_index(self, e: m.Expr) -> bool:
        match e:
            case m.Index() | m.Size():
                return True
            case m.Number(value):
                return value.denominator == 1
            case m.Entry(name, _):
                return self.is_integer(name)
            case m.Add(terms) | m.Mul(terms):
                return all(self.is_index(t) for t in terms)
        return False

    def word(self, name: str, indices: tuple[Term, ...]) -> Term:
        """An entry of an integer array, with the range of the space that it points into."""
        last = {"word": size("V"), "node": 2 * size("V") - 1, "length": sp.oo}[self.theory.array(name).values]
        return Word(sp.Symbol(name), 1, last, *indices)

    # -- expressions -------------------------------------------------------------------------------------

    def expression(self, e: m.Expr, scope: Scope) -> Term:
        """A number."""
        if isinstance(e, m.Entry | m.Index | m.Size):
            return self.entry(e, scope)
        rule = RULES.get(type(e))
        if rule is None:
            raise NotTranslated(f"{type(e).__name__} has no value")
        return rule(self, e, scope)

    def entry(self, e: m.Expr, scope: Scope) -> Term:
        if not isinstance(e, m.Entry) or self.is_integer(e.array):
            return self.index(e, scope)
        return Arr(sp.Symbol(e.array), *(self.index(i, scope) for i in e.indices))

    def bind(self, e: m.Sum | m.Product, scope: Scope) -> Term:
        b = self.letter(e.index, scope)
        body = self.expression(e.body, {**scope, e.index.name: b})
        return Total(body, b) if isinstance(e, m.Sum) else Product(body, b)

    def call(self, e: m.Call, scope: Scope) -> Term:
        x = self.expression(e.argument, scope)
        if e.function not in FUNCTIONS:
            raise NotTranslated(f"{e.function} is not known to the prover")
        return FUNCTIONS[e.function](x)

    def power(self, e: m.Power, scope: Scope) -> Term:
        base, exponent = self.expression(e.base, scope), self.expression(e.exponent, scope)
        return sp.Pow(base, exponent) if exponent.is_Rational else sp.exp(exponent * sp.log(base))

    def condition(self, c: m.Compare, scope: Scope) -> Term:
        """1 where the condition holds, else 0."""
        if self.is_index(c.left) and self.is_index(c.right):
            return self.index_condition(c.op, self.index(c.left, scope), self.index(c.right, scope))
        if c.op in ("=", "!="):
            same = self.has_value(c.left, c.right, scope)
            return same if c.op == "=" else 1 - same
        left, right = self.expression(c.left, scope), self.expression(c.right, scope)
        over = Above(left - right) if c.op in (">", "<=") else Above(right - left)
        return over if c.op in ("<", ">") else 1 - over

    def index_condition(self, op: str, left: Term, right: Term) -> Term:
        if op in ("=", "!="):
            return Delta(left, right) if op == "=" else 1 - Delta(left, right)
        if op in (">", ">="):
            op, left, right = {">": "<", ">=": "<="}[op], right, left
        if isinstance(right, Index | Word):
            return Inside(right, left + (op == "<"), right.last)
        if isinstance(left, Index | Word):
            return Inside(left, left.first, right - (op == "<"))
        raise NotTranslated("an order of indices")

    def has_value(self, e: m.Expr, value: m.Expr, scope: Scope) -> Term:
        """[e = value] for an e that takes two values only: a label, or the double bracket."""
        low = self.lower_of_two(e)
        if low is None or not isinstance(value, m.Number) or value.value not in (low, 1):
            raise NotTranslated("an equation between numbers as a condition")
        top = (self.expression(e, scope) - low) / (1 - low)
        return top if value.value == 1 else 1 - top

    def lower_of_two(self, e: m.Expr) -> int | None:
        """-1 for a double bracket, 0 for an Iverson bracket or a label that is defined by one."""
        if isinstance(e, m.Entry):
            definition = self.theory.definition(e.array)
            return self.lower_of_two(definition.body) if definition else None
        return -1 if isinstance(e, m.Sign) else 0 if isinstance(e, m.Iverson) else None

    def cases(self, e: m.Cases, scope: Scope) -> Term:
        out, left = sp.S.Zero, sp.S.One
        for value, condition in e.branches:
            here = self.condition(condition, scope)
            out += left * here * self.expression(value, scope)
            left *= 1 - here
        return out if e.otherwise is None else out + left * self.expression(e.otherwise, scope)

    def new(self, e: m.New, scope: Scope) -> Term:
        if self.theory.loss is None:
            raise NotTranslated("an update that descends no loss")
        x = self.entry(e.entry, scope)
        return x - Arr(sp.Symbol("eta")) * Deriv(Arr(sp.Symbol(self.theory.loss)), x)

    def covered(self, e: m.Expr, scope: Scope) -> Term:
        """Where a claim is made, if its side gives cases without 'otherwise': in one of them."""
        if not isinstance(e, m.Cases) or e.otherwise is not None:
            return sp.S.One
        return 1 - sp.Mul(*(1 - self.condition(c, scope) for _, c in e.branches))


FUNCTIONS: dict[str, Callable[[Term], Term]] = {
    "exp": sp.exp,
    "log": sp.log,
    "sigma": sigma,
    "sigma'": lambda x: sigma(x) * (1 - sigma(x)),
    "tanh": lambda x: 2 * sigma(2 * x) - 1,
    "sqrt": lambda x: sp.Pow(x, sp.Rational(1, 2)),
}
RULES: dict[type, Callable[[Translator, Any, Scope], Term]] = {
    m.Number: lambda t, e, s: sp.Rational(e.value.numerator, e.value.denominator),
    m.Add: lambda t, e, s: sp.Add(*(t.expression(x, s) for x in e.terms)),
    m.Mul: lambda t, e, s: sp.Mul(*(t.expression(x, s) for x in e.factors)),
    m.Divide: lambda t, e, s: t.expression(e.top, s) / t.expression(e.bottom, s),
    m.Power: Translator.power,
    m.Call: Translator.call,
    m.Sum: Translator.bind,
    m.Product: Translator.bind,
    m.Iverson: lambda t, e, s: t.condition(e.condition, s),
    m.Sign: lambda t, e, s: 2 * t.condition(e.condition, s) - 1,
    m.Cases: Translator.cases,
    m.Derivative: lambda t, e, s: Deriv(t.expression(e.of, s), t.entry(e.by, s)),
    m.New: Translator.new,
}


@cache
def given_of(theory: m.Theory) -> Given:
    """The facts of a theory: its definitions, what is positive, and that a path visits no node twice."""
    t = Translator(theory)
    definitions = {}
    for d in theory.definitions:
        scope: dict[str, Index] = {}
        for axis in d.array.axes:
            scope[axis.name] = t.letter(axis, scope)
        definitions[d.array.name] = (tuple(scope.values()), t.expression(d.body, scope))
    names = {a.name for a in theory.inputs}
    facts = Facts(
        definitions,
        positive=frozenset(a.name for a in theory.inputs if a.values == "positive"),
        injective=frozenset({"n"} & names),
    )
    return Given(facts, "n", "ch", "L") if "ch" in names else Given(facts)


def assumptions_of(theory: m.Theory) -> tuple[Assumption, ...]:
    """What a line may need besides: that data words are pairwise different."""
    words = {a.name for a in theory.inputs if a.values == "word"}
    lists = [a.name for a in theory.inputs if a.name in words and a.axes]
    repeated = [different(name, DIFFERENT[name]) for name in lists if name in DIFFERENT]
    return (*repeated, *(apart(a, b, text) for (a, b), text in APART.items() if {a, b} <= words))


def goals_of(claim: m.Claim, theory: m.Theory, name: str = "") -> tuple[Goal, ...]:
    """One goal for each relation of the claim, between neighbouring sides."""
    t = Translator(theory)
    scope: dict[str, Index] = {}
    for letter in claim.free:
        scope[letter.name] = t.letter(letter, scope)
    sides = [t.expression(side, scope) for side in claim.sides]
    where = sp.Mul(*(t.condition(c, scope) for c in claim.condition))
    covered = [t.covered(side, scope) for side in claim.sides]
    return tuple(
        Goal(
            sides[n],
            sides[n + 1],
            given_of(theory),
            where * covered[n] * covered[n + 1],
            assumptions_of(theory),
            tuple(size(s) for s in theory.sizes),
            name,
        )
        for n in range(len(sides) - 1)
    )

"""The numeric judge: an expression of the prover's language at a point, to 50 digits or in intervals.

It shares no code with the normaliser: it walks the tree as it is written, with its letters in an
environment; derivatives are taken by jets, through the definitions. Two sides that differ are called
different only when intervals that certainly hold them are disjoint.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp
from mpmath import iv, mp

from .budget import tick
from .jets import Jet, apply, core, minus, plus, times
from .language import Above, Arr, Delta, Deriv, Index, Inside, Product, Term, Total, Word, sigma

__all__ = ["DIGITS", "NotANumber", "Point", "Valuation", "agree", "certainly_differ", "value_at"]

DIGITS = 50
GUARD = 15  # extra digits while computing
Env = Mapping[Index, int]


class NotANumber(Exception):
    """The expression has no value at this point (a division by zero, the log of a negative number)."""


@dataclass
class Point:
    """One model: sizes, the values of the free letters, and functions that give the entries of arrays."""

    sizes: Mapping[str, int]
    letters: Env
    entry: Callable[[str, tuple[int, ...]], Fraction]
    word: Callable[[str, tuple[int, ...], int, int], int]
    definitions: Mapping[str, tuple[tuple[Index, ...], Term]] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict, repr=False)


@dataclass
class Valuation:
    """Evaluates expressions at one point with one kind of number (``mp`` or ``iv``)."""

    point: Point
    context: Any
    active: tuple[tuple[int, str, tuple[int, ...]], ...] = ()
    known: dict[Any, Any] = field(default_factory=dict)

    def value(self, e: Term, env: Env) -> Any:
        """The value of an expression whose letters have the values in ``env``."""
        return (RULES.get(type(e)) or rule_for(e))(self, e, env)

    def integer(self, e: Term, env: Env) -> int:
        """The value of an index, a size, or a sum or product of them."""
        if isinstance(e, Index):
            return env[e]
        if isinstance(e, sp.Integer):
            return int(e.p)
        if isinstance(e, Word):
            return self.word(e, env)
        if isinstance(e, sp.Symbol):
            return self.point.sizes[str(e.name)]
        if isinstance(e, sp.Add):
            return sum(self.integer(a, env) for a in e.args)
        if isinstance(e, sp.Mul):
            out = 1
            for a in e.args:
                out *= self.integer(a, env)
            return out
        raise NotANumber(f"{type(e).__name__} is not an index")

    def word(self, e: Term, env: Env) -> int:
        at = tuple(self.integer(a, env) for a in e.args[3:])
        last = 10**6 if e.args[2] == sp.oo else self.integer(e.args[2], env)
        return self.point.word(str(e.args[0].name), at, self.integer(e.args[1], env), last)

    def number(self, q: Fraction | int) -> Any:
        q = Fraction(q)
        top = self.context.mpf(q.numerator)
        return top if q.denominator == 1 else top / q.denominator

    def component(self, name: str, at: tuple[int, ...]) -> Any:
        """An entry of an array: given, or by its definition, with a slope if a derivative is taken by it."""
        tick()
        place = (name, at, self.active)
        if place not in self.known:
            self.known[place] = self._component(name, at)
        return self.known[place]

    def _component(self, name: str, at: tuple[int, ...]) -> Any:
        mine = [a for a in self.active if a[1] == name]
        if mine:
            tag, _, target = mine[-1]
            inner = self.without(tag).component(name, at)
            return Jet(tag, inner, self.number(int(at == target)))
        if name not in self.point.definitions:
            return self.number(self.point.entry(name, at))
        axes, body = self.point.definitions[name]
        return self.value(body, dict(zip(axes, at, strict=True)))

    def without(self, tag: int) -> "Valuation":
        return Valuation(self.point, self.context, tuple(a for a in self.active if a[0] != tag), self.known)

    def derivative(self, e: Term, env: Env) -> Any:
        inner, by = e.args
        tag = 1 + max((a[0] for a in self.active), default=0)
        target = (tag, str(by.args[0].name), tuple(self.integer(a, env) for a in by.args[1:]))
        out = Valuation(self.point, self.context, (*self.active, target), self.known).value(inner, env)
        return out.slope if isinstance(out, Jet) and out.tag == tag else self.number(0)

    def runs(self, e: Term, env: Env) -> Iterator[Env]:
        """The environments in which a sum or a product is evaluated."""
        if len(e.args) == 1:
            yield env
            return
        tick()
        b, rest = e.args[1], e.func(e.args[0], *e.args[2:])
        for n in range(self.integer(b.args[1], env), self.integer(b.args[2], env) + 1):
            yield from self.runs(rest, {**env, b: n})


def _add(v: Valuation, e: Term, env: Env) -> Any:
    return reduce(plus, (v.value(a, env) for a in e.args))


def _mul(v: Valuation, e: Term, env: Env) -> Any:
    return reduce(times, (v.value(a, env) for a in e.args))


def _pow(v: Valuation, e: Term, env: Env) -> Any:
    base = v.value(e.args[0], env)
    if not isinstance(e.args[1], sp.Integer):
        return _exp_of(v, times(v.value(e.args[1], env), _log_of(v, base)))
    n = int(e.args[1])
    out = reduce(times, [base] * abs(n), v.number(1))
    return out if n >= 0 else _inverse(v, out)


def _inverse(v: Valuation, x: Any) -> Any:
    inner = core(x)
    if (0 in inner) if v.context is iv else (inner == 0):
        raise NotANumber("division by zero")
    return apply(lambda a: 1 / a, lambda a, y: minus(times(y, y)), x)


def _log_of(v: Valuation, x: Any) -> Any:
    inner = core(x)
    if (inner.a <= 0) if v.context is iv else (inner <= 0):
        raise NotANumber("the logarithm of a number that is not positive")
    return apply(v.context.log, lambda a, y: _inverse(v, a), x)


def _exp_of(v: Valuation, x: Any) -> Any:
    return apply(v.context.exp, lambda a, y: y, x)


def _exp(v: Valuation, e: Term, env: Env) -> Any:
    return _exp_of(v, v.value(e.args[0], env))


def _log(v: Valuation, e: Term, env: Env) -> Any:
    return _log_of(v, v.value(e.args[0], env))


def _sigma(v: Valuation, e: Term, env: Env) -> Any:
    return _inverse(v, plus(v.number(1), _exp_of(v, minus(v.value(e.args[0], env)))))


def _total(v: Valuation, e: Term, env: Env) -> Any:
    out = v.number(0)
    for inner in v.runs(e, env):
        out = plus(out, v.value(e.args[0], inner))
    return out


def _product(v: Valuation, e: Term, env: Env) -> Any:
    out = v.number(1)
    for inner in v.runs(e, env):
        out = times(out, v.value(e.args[0], inner))
    return out


def _delta(v: Valuation, e: Term, env: Env) -> Any:
    return v.number(int(v.integer(e.args[0], env) == v.integer(e.args[1], env)))


def _above(v: Valuation, e: Term, env: Env) -> Any:
    x = core(v.value(e.args[0], env))
    if v.context is iv and x.a <= 0 < x.b:
        raise NotANumber("on the step")
    return v.number(int(x > 0))


def _inside(v: Valuation, e: Term, env: Env) -> Any:
    a, first, last = (v.integer(x, env) for x in e.args)
    return v.number(int(first <= a <= last))


def _rational(v: Valuation, e: Term, env: Env) -> Any:
    if e not in v.known:
        v.known[e] = v.number(Fraction(int(e.p), int(e.q)))
    return v.known[e]


def _arr(v: Valuation, e: Term, env: Env) -> Any:
    return v.component(str(e.args[0].name), tuple(v.integer(a, env) for a in e.args[1:]))


def _index(v: Valuation, e: Term, env: Env) -> Any:
    return v.number(v.integer(e, env))


RULES: dict[Any, Callable[[Valuation, Term, Env], Any]] = {
    type(sp.S.One): _rational,
    type(sp.S.NegativeOne): _rational,
    sp.Integer: _rational,
    sp.Rational: _rational,
    sp.Add: _add,
    sp.Mul: _mul,
    sp.Pow: _pow,
    sp.exp: _exp,
    sp.log: _log,
    sigma: _sigma,
    Total: _total,
    Product: _product,
    Delta: _delta,
    Inside: _inside,
    Above: _above,
    Arr: _arr,
    Deriv: Valuation.derivative,
    Index: _index,
    Word: _index,
    sp.Symbol: _index,
}


def rule_for(e: Term) -> Callable[[Valuation, Term, Env], Any]:
    """The rule for a subclass (SymPy's One is a Rational)."""
    for kind, rule in RULES.items():
        if isinstance(e, kind):
            return rule
    raise NotANumber(f"no value for {type(e).__name__}")


def value_at(e: Term, point: Point, context: Any = mp) -> Any:
    """The value of an expression at a point: 50 digits (``mp``) or an interval that holds it (``iv``)."""
    with mp.workdps(DIGITS + GUARD):
        before, iv.dps = iv.dps, DIGITS + GUARD
        try:
            return +Valuation(point, context).value(e, point.letters)
        finally:
            iv.dps = before


def agree(a: Term, b: Term, point: Point) -> bool:
    """Are the two sides equal to 50 digits, relative to their size?"""
    with mp.workdps(DIGITS + GUARD):
        v = Valuation(point, mp, known=point.known)  # claims about the same model share its values
        x, y = v.value(a, point.letters), v.value(b, point.letters)
        return bool(abs(x - y) <= mp.mpf(10) ** -DIGITS * (1 + abs(x) + abs(y)))


def certainly_differ(a: Term, b: Term, point: Point) -> bool:
    """Are the intervals that hold the two sides disjoint?"""
    x, y = value_at(a, point, iv), value_at(b, point, iv)
    return bool(x.b < y.a or y.b < x.a)

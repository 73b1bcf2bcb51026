"""The prover's language: index ranges, arrays as functions of an index, binders, over ordinary SymPy trees.

There are no vectors and no matrices: ``h`` is the function ``Arr(h, i)`` of an index. Sums and products bind
their indices (:class:`Total`, :class:`Product`), and SymPy's own ``Sum`` is not used: its ``subs`` and
``diff`` capture bound names. Everything else (+, *, **, exp, log) is SymPy's.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import sympy as sp

__all__ = [
    "Above",
    "Arr",
    "Delta",
    "Deriv",
    "Index",
    "Inside",
    "Product",
    "Term",
    "Total",
    "Word",
    "array",
    "free",
    "fresh",
    "index",
    "is_binder",
    "key",
    "mentions",
    "names",
    "number",
    "range_letters",
    "rebind",
    "scalar",
    "sigma",
    "size",
    "subst",
    "word",
]

Term = Any  # a SymPy expression; SymPy carries no type hints

_CACHE = 1 << 15


class _Node(sp.Expr):  # type: ignore[misc]  # SymPy carries no type hints
    """A node of the language: plain arguments, nothing evaluates itself."""

    is_commutative = True

    def __new__(cls, *args: Term) -> Any:
        return _node(cls, *(sp.Integer(a) if isinstance(a, int) else a for a in args))


def _make(cls: Any, *args: Term) -> Any:
    return sp.Expr.__new__(cls, *args)


_node: Any = lru_cache(maxsize=1 << 16)(_make)  # one object for equal nodes: most comparisons end at identity


class Index(_Node):
    """``Index(name, first, last)``: an index letter that carries its range, first..last."""

    name = property(lambda self: self.args[0].name)
    first = property(lambda self: self.args[1])
    last = property(lambda self: self.args[2])


class Word(_Node):
    """``Word(name, first, last, *indices)``: an entry of an integer array, used as an index."""

    name = property(lambda self: self.args[0].name)
    first = property(lambda self: self.args[1])
    last = property(lambda self: self.args[2])
    indices = property(lambda self: self.args[3:])


class Arr(_Node):
    """``Arr(name, *indices)``: one component of a real array."""

    name = property(lambda self: self.args[0].name)
    indices = property(lambda self: self.args[1:])


class Total(_Node):
    """``Total(body, *indices)``: the sum of body over each index in its range."""

    body = property(lambda self: self.args[0])
    binders = property(lambda self: self.args[1:])


class Product(_Node):
    """``Product(body, *indices)``: the product of body over each index in its range."""

    body = property(lambda self: self.args[0])
    binders = property(lambda self: self.args[1:])


class Delta(_Node):
    """``Delta(a, b)``: 1 if the indices a and b are equal, else 0."""


class Inside(_Node):
    """``Inside(a, first, last)``: 1 if first <= a <= last, else 0."""


class Above(_Node):
    """``Above(x)``: 1 if x > 0, else 0 (the unit step of the perceptron)."""


class sigma(_Node):
    """``sigma(x)`` = 1 / (1 + exp(-x))."""


class Deriv(_Node):
    """``Deriv(expr, component)``: the derivative of expr, read through the definitions (see `Facts`)."""


def number(a: Any) -> Term:
    """A SymPy object for a Python integer; anything else as it is."""
    return sp.Integer(a) if isinstance(a, int) else a


def size(name: str) -> Term:
    """A size of the model (V, N, C, K): a positive integer."""
    return sp.Symbol(name, integer=True, positive=True)


def scalar(name: str) -> Term:
    """A real parameter with no index."""
    return Arr(sp.Symbol(name))


def index(name: str, first: Any, last: Any) -> Index:
    """An index letter with its range."""
    letter: Index = Index(sp.Symbol(name), first, last)
    return letter


def array(name: str) -> Any:
    """The array of that name, as a function of its indices: ``w = array("w"); w(k, i)``."""
    return lambda *indices: Arr(sp.Symbol(name), *indices)


def word(name: str, first: Any, last: Any) -> Any:
    """The integer array of that name, with the range of its values."""
    return lambda *indices: Word(sp.Symbol(name), first, last, *indices)


def is_binder(e: Term) -> bool:
    return isinstance(e, Total | Product)


@lru_cache(maxsize=_CACHE)
def key(e: Term) -> str:
    """A string that orders expressions, the same in every run whatever the hash seed."""
    if isinstance(e, sp.Symbol):
        return str(e.name)
    if not e.args:
        return str(e)
    parts = [key(a) for a in e.args]
    if isinstance(e, sp.Add | sp.Mul):
        parts.sort()
    return f"{type(e).__name__}({','.join(parts)})"


@lru_cache(maxsize=_CACHE)
def free(e: Term) -> frozenset[Index]:
    """The free index letters of an expression. A letter j in 1..L(c) mentions c where it is bound only."""
    if isinstance(e, Index):
        return frozenset({e})
    if not is_binder(e):
        return frozenset().union(*(free(a) for a in e.args))
    return free(e.body).union(*(range_letters(b) for b in e.binders)) - set(e.binders)


def range_letters(b: Index) -> frozenset[Index]:
    """The letters that the range of a bound letter mentions."""
    return free(b.first) | free(b.last)


@lru_cache(maxsize=_CACHE)
def names(e: Term) -> frozenset[str]:
    """The names of all index letters that occur, free or bound."""
    mine = frozenset({e.name}) if isinstance(e, Index) else frozenset()
    return mine.union(*(names(a) for a in e.args))


def fresh(prefix: str, taken: Iterable[Term], besides: Iterable[str] = ()) -> str:
    """A name ``prefix + number`` that occurs in none of the expressions, and is none of those ``besides``."""
    used = frozenset(besides).union(*(names(e) for e in taken))
    return next(f"{prefix}{n}" for n in count(1) if f"{prefix}{n}" not in used)


def mentions(e: Term, part: Term) -> bool:
    """Does ``part`` (an index letter or an entry used as an index) occur free in ``e``?"""
    return _mentions(e, part)


@lru_cache(maxsize=_CACHE)
def _mentions(e: Term, part: Term) -> bool:
    if e == part:
        return True
    if isinstance(part, Index):
        return part in free(e)
    if is_binder(e) and free(part) & set(e.binders):
        return any(_mentions(x, part) for b in e.binders for x in (b.first, b.last))
    return any(_mentions(a, part) for a in e.args)


def subst(e: Term, put: Mapping[Term, Term]) -> Term:
    """Put index terms for index letters or for entries used as indices, renaming bound letters in the way."""
    if e in put:
        return put[e]
    if isinstance(e, Index) or not e.args or not any(mentions(e, old) for old in put):
        return e
    if is_binder(e):
        bound = set(e.binders)
        inner = {old: new for old, new in put.items() if not (free(old) & bound)}
        arriving: set[str] = set().union(*(names(new) for new in inner.values()))
        called = [
            b.name if b.name not in arriving else fresh(b.name, [e, *inner.values()]) for b in e.binders
        ]
        binders, inner = rebind(e.binders, called, inner)
        return e.func(subst(e.body, inner), *binders)
    return e.func(*(subst(a, put) for a in e.args))


def rebind(
    binders: Sequence[Index], called: Sequence[str], put: Mapping[Term, Term]
) -> tuple[tuple[Index, ...], dict[Term, Term]]:
    """Bound letters under new names, with ``put`` carried into their ranges; and what to put in the body."""
    put = dict(put)
    for _ in binders:  # a range may mention a letter that stands behind it
        for b, name in zip(binders, called, strict=True):
            new = Index(sp.Symbol(name), subst(b.first, put), subst(b.last, put))
            if new != b:
                put[b] = new
    return tuple(put.get(b, b) for b in binders), put

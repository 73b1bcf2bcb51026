"""What is to be decided: two sides, for all values of their letters, and what may be assumed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp

from .facts import Facts, Unit
from .language import Arr, Index, Term, Word, is_binder
from .points import Given

__all__ = [
    "Assumption",
    "Goal",
    "apart",
    "binary",
    "constants_of",
    "different",
    "letters_of",
    "unit",
]


@dataclass(frozen=True)
class Assumption:
    """A named assumption that is not granted at the start: how it reads, and the facts that it adds."""

    text: str
    adds: Callable[[Facts], Facts] = field(compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Goal:
    """``left = right`` for all values of the free letters where ``where`` is 1.

    Attributes
    ----------
    given : definitions and facts that hold in this setting, granted.
    assumptions : what may be assumed besides, weakest first; a proof names what it needs.
    scales : sizes by which a learner may be off (C, K, ...), for hints.
    """

    left: Term
    right: Term
    given: Given
    where: Term = sp.S.One
    assumptions: tuple[Assumption, ...] = ()
    scales: tuple[Term, ...] = ()
    name: str = ""


def different(name: str, text: str) -> Assumption:
    """The entries of an integer array are pairwise different along its last axis."""
    return Assumption(text, lambda f: f.but(injective=f.injective | {name}))


def apart(a: str, b: str, text: str) -> Assumption:
    """Two integer arrays have no value in common."""
    return Assumption(text, lambda f: f.but(apart=f.apart | {(a, b)}))


def binary(name: str, text: str) -> Assumption:
    """Every entry of the array is 0 or 1."""
    return Assumption(text, lambda f: f.but(binary=f.binary | {name}))


def unit(name: str, axis: int, first: Term, last: Term, text: str) -> Assumption:
    """The array sums to one over its axis."""
    return Assumption(text, lambda f: f.but(unit=(*f.unit, Unit(name, axis, first, last))))


def letters_of(*sides: Term) -> tuple[Index, ...]:
    """The free letters, in the order of their names (the judge's own walk, not the normaliser's)."""
    found: set[Index] = set()

    def visit(e: Term, bound: frozenset[Index]) -> None:
        if isinstance(e, Index) and e not in bound:
            found.add(e)
        inner = bound | set(e.args[1:]) if is_binder(e) else bound
        for a in e.args:
            visit(a, inner)

    for e in sides:
        visit(e, frozenset())
    return tuple(sorted(found, key=lambda x: (x.name, str(x))))


def constants_of(given: Given, *sides: Term) -> tuple[Word, ...]:
    """The words without an index (w_O, w_I) that the sides name, definitions included."""
    found: set[Word] = set()
    seen: set[str] = set()

    def visit(e: Term) -> None:
        if isinstance(e, Word) and not e.indices and e.last != sp.oo:
            found.add(e)
        if isinstance(e, Arr) and e.name not in seen:
            seen.add(e.name)
            if e.name in given.facts.definitions:
                visit(given.facts.definitions[e.name][1])
        for a in e.args:
            visit(a)

    for e in sides:
        visit(e)
    return tuple(sorted(found, key=lambda x: x.name))

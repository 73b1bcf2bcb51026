"""Walking over meaning: rebuild a node, look below it, find its free letters, put expressions for letters."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from .meaning import (
    Add,
    Call,
    Cases,
    Compare,
    Derivative,
    Divide,
    Entry,
    Expr,
    Extremum,
    Index,
    Iverson,
    Mul,
    New,
    Number,
    Power,
    Product,
    Range,
    Sign,
    Size,
    Sum,
)

__all__ = ["arrays_in", "change_range", "free_indices", "parts", "rebuild", "substitute", "walk"]


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same node with ``change`` applied to its direct parts (limits of a bound index included; the
    index itself is not an ``Expr`` part).
    """

    def compare(c: Compare) -> Compare:
        return Compare(c.op, change(c.left), change(c.right))

    match expr:
        case Number() | Size():
            return expr
        case Index():
            return expr
        case Entry(array, indices):
            return Entry(array, tuple(change(x) for x in indices))
        case Add(terms):
            return Add(tuple(change(x) for x in terms))
        case Mul(factors):
            return Mul(tuple(change(x) for x in factors))
        case Divide(top, bottom):
            return Divide(change(top), change(bottom))
        case Power(base, exponent):
            return Power(change(base), change(exponent))
        case Call(function, argument):
            return Call(function, change(argument))
        case Sum(index, body) | Product(index, body):
            return type(expr)(replace(index, range=change_range(index.range, change)), change(body))
        case Iverson(condition) | Sign(condition):
            return type(expr)(compare(condition))
        case Cases(branches, otherwise):
            return Cases(
                tuple((change(value), compare(c)) for value, c in branches),
                None if otherwise is None else change(otherwise),
            )
        case Derivative(of, by):
            return Derivative(change(of), _entry(change(by)))
        case New(entry):
            return New(_entry(change(entry)))
        case Extremum(kind, body):
            return Extremum(kind, change(body))


def change_range(range_: Range, change: Callable[[Expr], Expr]) -> Range:
    """The range with ``change`` applied to its limits."""
    return Range(range_.space, change(range_.first), change(range_.last))


def _entry(expr: Expr) -> Entry:
    if not isinstance(expr, Entry):
        raise TypeError(f"the variable of a derivative stays an entry of an array, not {type(expr).__name__}")
    return expr


def parts(expr: Expr) -> Iterator[Expr]:
    """The direct sub-expressions of a node, limits of bound indices included."""
    found: list[Expr] = []

    def keep(part: Expr) -> Expr:
        found.append(part)
        return part

    rebuild(expr, keep)
    return iter(found)


def walk(expr: Expr) -> Iterator[Expr]:
    """The node and everything below it, each node before its parts."""
    ahead = [expr]
    while ahead:
        node = ahead.pop()
        yield node
        ahead += reversed(list(parts(node)))


@lru_cache(maxsize=4096)
def arrays_in(expr: Expr) -> frozenset[str]:
    """Names of all arrays that occur in the expression."""
    return frozenset(node.array for node in walk(expr) if isinstance(node, Entry))


def free_indices(expr: Expr) -> tuple[Index, ...]:
    """The index letters that no sum or product binds, in the order of their first occurrence."""
    found: dict[Index, None] = {}

    def visit(node: Expr, bound: frozenset[str]) -> None:
        match node:
            case Index(name, _):
                if name not in bound:
                    found.setdefault(node)
            case Sum(index, body) | Product(index, body):
                visit(index.range.first, bound)
                visit(index.range.last, bound)
                visit(body, bound | {index.name})
            case _:
                for part in parts(node):
                    visit(part, bound)

    visit(expr, frozenset())
    return tuple(found)


def substitute(expr: Expr, values: dict[str, Expr]) -> Expr:
    """Put expressions for free index letters, by name; bound letters are renamed where they would capture."""
    match expr:
        case Index(name, _):
            return values.get(name, expr)
        case Sum(index, body) | Product(index, body):
            limits = change_range(index.range, lambda e: substitute(e, values))
            inner = {name: value for name, value in values.items() if name != index.name}
            taken = {i.name for value in inner.values() for i in free_indices(value)}
            fresh = index.name
            while fresh in taken:
                fresh += "'"
            bound = Index(fresh, limits)
            # the bound letter carries its range along, so it is always put anew
            return type(expr)(bound, substitute(body, {**inner, index.name: bound}))
        case _:
            return rebuild(expr, lambda e: substitute(e, values))

"""Matching: notations in the syntax tree, series with dots, and definitions seen inside expressions."""

from dataclasses import fields, is_dataclass, replace
from itertools import permutations
from typing import Any, cast

from .meaning import Entry, Expr, Index, Mul, Product, Sum
from .setting import Setting
from .syntax import Dots, Name, Node, Numeral, Terms
from .walk import parts, rebuild, substitute

__all__ = ["fold", "match_syntax", "put", "replace_at", "series_of"]

Path = tuple[int, ...]


def _children(node: Any) -> list[Any]:
    """All parts of a syntax node, tuples opened; the column is no part."""
    if isinstance(node, tuple):
        return list(node)
    if is_dataclass(node) and not isinstance(node, type):
        return [getattr(node, f.name) for f in fields(node) if f.compare]
    return []


def match_syntax(pattern: Any, node: Any, letters: Any) -> dict[str, Node] | None:
    """What each index letter of the pattern stands for, if the node has its form; else None."""
    found: dict[str, Node] = {}
    return found if _match(pattern, node, letters, found) else None


def _match(pattern: Any, node: Any, letters: Any, found: dict[str, Node]) -> bool:
    if isinstance(pattern, Name) and pattern.key in letters and is_dataclass(node):
        if pattern.key in found:
            return bool(found[pattern.key] == node)
        found[pattern.key] = cast(Node, node)
        return True
    if isinstance(pattern, Name) and isinstance(node, Name):
        return pattern.key == node.key
    if type(pattern) is not type(node):
        return False
    a, b = _children(pattern), _children(node)
    if not a and not b:
        return bool(pattern == node)
    return len(a) == len(b) and all(_match(x, y, letters, found) for x, y in zip(a, b, strict=True))


def put(node: Any, values: dict[str, Node], at: int) -> Any:
    """The node with letters replaced, standing at column ``at``."""
    if isinstance(node, Name) and node.key in values:
        return values[node.key]
    if isinstance(node, tuple):
        return tuple(put(x, values, at) for x in node)
    if is_dataclass(node) and not isinstance(node, type):
        changed = {f.name: put(getattr(node, f.name), values, at) for f in fields(node) if f.compare}
        return replace(node, **{**changed, "at": at})
    return node


# series with dots


def series_of(node: Terms) -> tuple[tuple[Node, list[Path]], Node, Node, bool] | None:
    """x_1 + x_2 + ... + x_C: the first term with the places that count, first and last value, and whether
    all terms fit.
    """
    where = [k for k, t in enumerate(node.terms) if isinstance(t, Dots)]
    if not where:
        return None
    if where != [len(node.terms) - 2] or set(node.signs) != {"+"} or len(node.terms) < 3:
        return (node, []), node, node, False
    first, last = node.terms[0], node.terms[-1]
    steps = _differences(first, last)
    if (
        not steps
        or any(a != steps[0][1] or b != steps[0][2] for _, a, b in steps)
        or not isinstance(steps[0][1], Numeral)
    ):
        return (node, []), node, node, False
    paths, start = [p for p, _, _ in steps], steps[0][1]
    middle = node.terms[1 : where[0]]
    fits = all(
        term == _replace(first, paths, Numeral(str(int(start.text) + k))) for k, term in enumerate(middle, 1)
    )
    return (first, paths), start, steps[0][2], fits


def replace_at(body: tuple[Node, list[Path]], by: Node) -> Node:
    """The first term with its counting places replaced."""
    found: Node = _replace(body[0], body[1], by)
    return found


def _replace(node: Any, paths: list[Path], by: Node) -> Any:
    if () in paths:
        return by
    if not paths:
        return node
    children = [
        _replace(child, [p[1:] for p in paths if p[0] == k], by) for k, child in enumerate(_children(node))
    ]
    if isinstance(node, tuple):
        return tuple(children)
    names = [f.name for f in fields(node) if f.compare]
    return replace(node, **dict(zip(names, children, strict=True)))


def _differences(a: Any, b: Any) -> list[tuple[Path, Any, Any]]:
    if a == b:
        return []
    x, y = _children(a), _children(b)
    if type(a) is not type(b) or len(x) != len(y) or not x or isinstance(a, (Name, Numeral)):
        return [((), a, b)]
    return [
        ((k, *path), p, q)
        for k, (u, v) in enumerate(zip(x, y, strict=True))
        for path, p, q in _differences(u, v)
    ]


# definitions inside expressions


def fold(expr: Expr, setting: Setting) -> Expr:
    """Put the name of a score wherever its definition stands: v'_j . h becomes u_j."""
    rules = [d for name in setting.scores if (d := setting.theory.definition(name)) is not None]

    def change(node: Expr) -> Expr:
        for rule in rules:
            letters: dict[str, Expr] = {}
            names = {axis.name for axis in rule.array.axes}
            if _fits(rule.body, node, names, letters) and names <= set(letters):
                return Entry(rule.array.name, tuple(letters[axis.name] for axis in rule.array.axes))
        return rebuild(node, change)

    return change(expr)


def _fits(pattern: Expr, expr: Expr, names: set[str], found: dict[str, Expr]) -> bool:
    """Whether ``expr`` is ``pattern`` with expressions for the letters ``names``; factors in any order."""
    if isinstance(pattern, Index) and pattern.name in names:
        if pattern.name in found:
            return found[pattern.name] == expr
        found[pattern.name] = expr
        return True
    if type(pattern) is not type(expr):
        return False
    if isinstance(pattern, (Sum, Product)) and isinstance(expr, (Sum, Product)):
        renamed = substitute(expr.body, {expr.index.name: pattern.index})
        return pattern.index.range == expr.index.range and _fits(pattern.body, renamed, names, found)
    if isinstance(pattern, Mul) and isinstance(expr, Mul):
        return len(pattern.factors) == len(expr.factors) <= 4 and _any_order(pattern, expr, names, found)
    a, b = list(parts(pattern)), list(parts(expr))
    if not a or len(a) != len(b):
        return pattern == expr
    return _head(pattern) == _head(expr) and all(_fits(x, y, names, found) for x, y in zip(a, b, strict=True))


def _any_order(pattern: Mul, expr: Mul, names: set[str], found: dict[str, Expr]) -> bool:
    for factors in permutations(expr.factors):
        trial = dict(found)
        if all(_fits(x, y, names, trial) for x, y in zip(pattern.factors, factors, strict=True)):
            found.update(trial)
            return True
    return False


def _head(expr: Expr) -> str:
    """What two nodes of one type must have in common beside their parts."""
    return str(getattr(expr, "array", getattr(expr, "function", getattr(expr, "kind", ""))))

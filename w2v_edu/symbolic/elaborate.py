"""From a syntax tree to its meaning, in a setting: every name is looked up, every index is typed, every
shape must fit.
"""

from dataclasses import replace

from .expressions import Expressions
from .meaning import (
    Claim,
    Compare,
    Entry,
    Expr,
    Index,
    New,
)
from .setting import Setting
from .syntax import (
    Line,
    Node,
)
from .tex import parse
from .values import Value, number
from .walk import free_indices, substitute

__all__ = ["elaborate", "read", "read_expression"]


def read(latex: str, setting: Setting, left: str = "", macros: dict[str, str] | None = None) -> Claim:
    """Read one line in a setting.

    Parameters
    ----------
    latex : the line. If it starts with ``=``, ``left`` is its first side.
    setting : what the symbols stand for.
    left : LaTeX of the side that a continuation line continues.
    macros : the author's macros.

    Raises
    ------
    Unreadable
        With the column, what is wrong there and what was expected.

    Examples
    --------
    >>> from w2v_edu.symbolic.settings import setting
    >>> claim = read(r"\\frac{\\partial E}{\\partial u_j} = y_j - t_j", setting("one-word", "softmax"))
    >>> [index.name for index in claim.free], claim.relations
    (['j'], ('=',))
    """
    line = parse(latex, macros)
    return elaborate(line, setting, parse(left, macros).chain.sides[0] if left else None)


def read_expression(latex: str, setting: Setting) -> Expr:
    """Read one scalar expression in a setting."""
    claim = read(latex, setting)
    if claim.relations:
        raise ValueError(f"an equation where an expression was expected: {latex}")
    return claim.sides[0]


def elaborate(line: Line, setting: Setting, left: Node | None = None) -> Claim:
    """The meaning of a parsed line; ``left`` is the side that a continuation line continues."""
    return Elaborator(setting, line.number).claim(line, left)


class Elaborator(Expressions):
    """A whole line: its sides in one shape, its free letters, its conditions."""

    def claim(self, line: Line, left: Node | None) -> Claim:
        conditions = self.beside(line.conditions)
        chain = line.chain
        nodes = list(chain.sides)
        if nodes[0] is None:
            if left is None:
                raise self.error(
                    line, "this line starts with '=' but there is no line before it", "a left side"
                )
            nodes[0] = left
        arrow = "leftarrow" in chain.relations
        for relation in chain.relations:
            if relation not in ("=", ":=", "leftarrow"):
                shown = relation if len(relation) == 1 else f"\\{relation}"
                raise self.error(line, f"a line with '{shown}' is not an equation", "'='")
        values = [self.value(node) for node in nodes if node is not None]
        if arrow:
            values[0] = self.renewed(values[0], line)
        axes = next((v.axes for v in values if v.axes), ())
        sides: list[Expr] = []
        rows = {v.row for v in values if len(v.axes) == 1}
        if len(rows) == 2:
            self.warnings.append("one side is a row, the other a column: read as vectors of the same kind")
        for value, node in zip(values, nodes, strict=True):
            if (
                value.axes
                and len(value.axes) == len(axes)
                and all(a.range == b.range for a, b in zip(value.axes, axes, strict=True))
            ):
                sides.append(value.along(*axes).body)
            elif not value.axes and (not axes or value.body == number(0)):
                sides.append(value.body)
            else:
                wanted = next(v for v in values if v.axes).shape
                raise self.error(
                    node or line, f"this side is {value.shape}, another is {wanted}", "sides of one shape"
                )
        spaces = {self.space(side) for side in sides if isinstance(side, Index) or self.integer(side)} - {
            "length"
        }
        if len(spaces) > 1:
            raise self.error(line, self.at_odds(spaces), "two indices of one kind")
        sides, free = self.tidy(sides, axes, conditions)
        relations = tuple("=" if r == "leftarrow" else r for r in chain.relations)
        return Claim(tuple(sides), relations, free, tuple(conditions), tuple(dict.fromkeys(self.warnings)))

    def tidy(
        self, sides: list[Expr], axes: tuple[Index, ...], conditions: list[Compare]
    ) -> tuple[list[Expr], tuple[Index, ...]]:
        """The free letters in order; an open axis gets its plain letter back where that is not taken."""
        inside = [
            i for e in (*sides, *(x for c in conditions for x in (c.left, c.right))) for i in free_indices(e)
        ]
        letters = {i.name for i in inside if i not in axes}
        free = list(dict.fromkeys(i for i in inside if i not in axes))
        change: dict[str, Expr] = {}
        for axis in axes:
            plain = axis.name.split(".")[0]
            name = plain if plain not in letters else axis.name
            letters.add(name)
            fresh = replace(axis, name=name)
            change[axis.name] = fresh
            free.append(fresh)
        return [substitute(e, change) for e in sides], tuple(free)

    def renewed(self, value: Value, line: Line) -> Value:
        match value.body:
            case New():
                return value
            case Entry(array, _) if array in self.setting.theory.learned:
                return replace(value, body=New(value.body))
        raise self.error(line, "only a parameter can be updated", "a parameter to the left of the arrow")

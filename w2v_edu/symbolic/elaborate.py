"""From a syntax tree to its meaning, in a setting: every name is looked up, every index is typed, every
shape must fit.
"""

from dataclasses import replace
from fractions import Fraction

from .indices import Indices
from .meaning import (
    Call,
    Cases,
    Claim,
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
    Sign,
    Size,
    Sum,
)
from .patterns import fold
from .setting import Setting
from .syntax import (
    Apply,
    Big,
    Bracket,
    Chain,
    Choice,
    Differential,
    Line,
    Mark,
    Name,
    Negative,
    Node,
    Numeral,
    Paren,
    Script,
    Slot,
    Terms,
    Times,
)
from .syntax import (
    Fraction as FractionNode,
)
from .tex import parse
from .values import Misfit, Value, add, multiply, negate, number, same_range, transpose
from .walk import free_indices, substitute

__all__ = ["elaborate", "read", "read_expression"]

FUNCTIONS = {"exp": "exp", "log": "log", "sigma": "sigma", "sigmoid": "sigma", "sqrt": "sqrt", "tanh": "tanh"}


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


class Elaborator(Indices):
    """Expressions; :class:`Indices` has letters, subscripts, limits and conditions."""

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
            case Entry():
                return replace(value, body=New(value.body))
        raise self.error(line, "only a parameter can be updated", "a parameter to the left of the arrow")

    # expressions

    def value(self, node: Node) -> Value:
        """The meaning of an expression, with its open axes."""
        try:
            return self._value(self.phrased(node))
        except Misfit as misfit:
            raise self.error(node, str(misfit), "shapes that fit") from None

    def scalar(self, node: Node) -> Expr:
        found = self.value(node)
        if found.axes:
            raise self.error(node, f"this is {found.shape}", "a number")
        return found.body

    def _value(self, node: Node) -> Value:
        match node:
            case Numeral(text):
                return Value(Number(Fraction(text)))
            case Name() | Script():
                return self.script(node)
            case Paren(body):
                return self.value(body)
            case Negative(body):
                return negate(self.value(body))
            case Terms():
                return self.terms(node)
            case Times(factors, signs):
                return self.times(factors, signs)
            case FractionNode(top, bottom):
                value = self.value(top)
                return replace(value, body=Divide(value.body, self.scalar(bottom)))
            case Differential():
                return self.differential(node)
            case Big():
                return self.big(node)
            case Apply():
                return self.apply(node)
            case Bracket(kind, condition):
                if isinstance(condition, Slot):
                    raise self.error(node, "[[.]] is not defined here", "the condition itself")
                compare = self.compare(condition)
                return Value(Sign(compare) if kind == "sign" else Iverson(compare))
            case Choice():
                return self.cases(node)
        raise self.error(node, "this cannot stand here", "an expression")

    def terms(self, node: Terms) -> Value:
        if (series := self.series(node)) is not None:
            return self.value(series)
        values = [self.value(node.terms[0])]
        for sign, term in zip(node.signs, node.terms[1:], strict=True):
            value = self.value(term)
            values.append(negate(value) if sign == "-" else value)
        return add(values, self.warnings)

    def times(self, factors: tuple[Node, ...], signs: tuple[str, ...]) -> Value:
        found = self.value(factors[0])
        for sign, factor in zip(signs, factors[1:], strict=True):
            try:
                found = multiply(found, self.value(factor), sign, self.warnings)
            except Misfit as misfit:
                raise self.error(factor, str(misfit), "a transpose, or another order") from None
        return found

    def script(self, node: Name | Script) -> Value:
        """A name with its scripts; or an expression with a component taken, transposed, or raised to a
        power.
        """
        base, sub, sup = (node.base, node.sub, node.sup) if isinstance(node, Script) else (node, (), None)
        mark = sup.text if isinstance(sup, Mark) else ""
        if isinstance(base, Name):
            if base.key == "e" and not sub and sup is not None and not mark:
                value = self.value(sup)
                return replace(value, body=Call("exp", value.body))
            if base.key == "delta" and len(sub) == 2 and sup is None:
                return Value(Iverson(self.alike(node, "=", sub[0], sub[1])))
            value = self.named(base, sub, "*" if mark == "*" else "", node)
        else:
            if sub and isinstance(base, (Paren, Apply, Script)):
                value = self.component(self.value(base), sub, node)
            elif sub:
                raise self.error(
                    node, "a subscript on something that is not a vector", "a vector in parentheses"
                )
            else:
                value = self.value(base)
        return self.raised(value, sup, node) if sup is not None and mark != "*" else value

    def raised(self, value: Value, sup: Node, node: Node) -> Value:
        match sup:
            case Mark("T"):
                return transpose(value)
            case Mark("new"):
                if not isinstance(value.body, Entry):
                    raise self.error(node, "(new) belongs to one parameter", "a parameter")
                return replace(value, body=New(value.body))
            case Mark("old"):
                return value
        if value.axes:
            raise self.error(node, f"a power of {value.shape}", "a number, or ^T")
        return Value(Power(value.body, self.scalar(sup)))

    def component(self, value: Value, sub: tuple[Node, ...], node: Node) -> Value:
        if len(sub) != len(value.axes):
            raise self.error(node, f"{len(sub)} index(es) on {value.shape}", f"{len(value.axes)}")
        change: dict[str, Expr] = {}
        for axis, entry in zip(value.axes, sub, strict=True):
            change[axis.name] = self.index(entry, axis.range.space)
        return Value(substitute(value.body, change))

    def apply(self, node: Apply) -> Value:
        function, power = node.function, None
        sub: tuple[Node, ...] = ()
        if isinstance(function, Script):
            sub, power, function = function.sub, function.sup, function.base
        if not isinstance(function, Name) or isinstance(power, Mark) or (sub and function.text != "softmax"):
            raise self.error(
                node, "this function is not read here", "\\sigma, \\exp, \\log or \\softmax of one value"
            )
        key = function.key
        if (found := self.called(key, node)) is not None:
            return found
        name = function.text
        if name == "softmax" and len(node.arguments) == 1:
            value = self.softmax(node)
            return self.component(value, sub, node) if sub else value
        if name not in FUNCTIONS or function.primes > (name in ("sigma", "sigmoid")):
            raise self.unknown(function)
        if len(node.arguments) != 1 or isinstance(node.arguments[0], Chain):
            raise self.error(node, f"{name} takes one value", f"{name}(x)")
        value = self.value(node.arguments[0])
        value = replace(value, body=Call(FUNCTIONS[name] + "'" * function.primes, value.body))
        return self.raised(value, power, node) if power is not None else value

    def softmax(self, node: Apply) -> Value:
        value = self.value(node.arguments[0])
        if len(value.axes) != 1:
            raise self.error(node, f"softmax of {value.shape}", "a vector of scores")
        bound = self.fresh(value.axes[0].name, value.axes[0].range)
        top = Call("exp", value.body)
        return replace(value, body=Divide(top, Sum(bound, substitute(top, {value.axes[0].name: bound}))))

    def cases(self, node: Choice) -> Value:
        branches: list[tuple[Expr, Compare]] = []
        otherwise: Expr | None = None
        first: Value | None = None
        for k, (body, condition) in enumerate(node.rows):
            value = self.value(body)
            first = first or value
            if len(value.axes) != len(first.axes) or not all(map(same_range, value.axes, first.axes)):
                raise self.error(
                    body, f"this row is {value.shape}, the first is {first.shape}", "rows of one shape"
                )
            entry = value.along(*first.axes).body
            if condition is not None:
                branches.append((entry, self.compare(condition)))
            elif k != len(node.rows) - 1:
                raise self.error(body, '"otherwise" must be the last row', "a condition")
            else:
                otherwise = entry
        axes, row = (first.axes, first.row) if first is not None else ((), False)
        return Value(Cases(tuple(branches), otherwise), axes, row)

    def big(self, node: Big) -> Value:
        if node.kind in ("max", "min"):
            if node.limits or node.upper is not None:
                raise self.error(node, f"\\{node.kind} with limits is not read", "\\max before an expression")
            return Value(Extremum(node.kind, self.scalar(node.body)))
        letters, conditions = self.limits(node)
        with self.binding(letters):
            value = self.value(node.body)
            body = value.body
            for condition in (self.compare(c) for c in conditions):
                if node.kind == "prod":
                    body = Cases(((body, condition),), number(1))
                else:
                    body = Mul((Iverson(condition), body))
        for letter in reversed(letters):
            body = Sum(letter, body) if node.kind == "sum" else Product(letter, body)
        return replace(value, body=body)

    def differential(self, node: Differential) -> Value:
        by = self.value(node.by)
        of = self.value(node.of)
        entry = by.body
        if isinstance(entry, Index | Size) or self.integer(entry):
            raise self.error(node.by, "a derivative by a letter that counts", "a real quantity")
        if not isinstance(entry, Entry):
            entry = fold(entry, self.setting)
            of = replace(of, body=fold(of.body, self.setting))
        if not isinstance(entry, Entry):
            raise self.error(
                node.by,
                "a derivative by something that has no name here",
                "a symbol such as u_j, h_i or w'_{ij}",
            )
        if len(of.axes) + len(by.axes) > 2:
            raise self.error(
                node, f"the derivative of {of.shape} by {by.shape}", "one component of it, with indices"
            )
        return Value(Derivative(of.body, entry), (*of.axes, *by.axes), by.row if not of.axes else of.row)

"""Expressions: from syntax to values in component form."""

from dataclasses import replace
from fractions import Fraction

from .limits import Limits
from .meaning import (
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
    Sign,
    Size,
    Sum,
)
from .patterns import fold
from .syntax import (
    Apply,
    Big,
    Bracket,
    Chain,
    Choice,
    Differential,
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
from .values import Misfit, Value, add, multiply, negate, number, same_range, transpose
from .walk import substitute

__all__ = ["Expressions"]

FUNCTIONS = {"exp": "exp", "log": "log", "sigma": "sigma", "sigmoid": "sigma", "sqrt": "sqrt", "tanh": "tanh"}


class Expressions(Limits):
    """Expressions, with their open axes."""

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
                if not isinstance(value.body, Entry) or value.body.array not in self.setting.theory.learned:
                    raise self.error(
                        node, "(new) belongs to a parameter that is learned", "a weight or a vector"
                    )
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

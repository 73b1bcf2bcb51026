"""Scalars, vectors and matrices on the way to component form: a body, and the letters that are still open."""

from dataclasses import dataclass, replace
from fractions import Fraction

from .meaning import Add, Divide, Expr, Index, Mul, Number, Range, Sum
from .walk import substitute

__all__ = ["MINUS_ONE", "Misfit", "Value", "add", "multiply", "negate", "number", "same_range", "transpose"]


def number(value: int | Fraction) -> Number:
    """An exact number."""
    return Number(Fraction(value))


MINUS_ONE = number(-1)


class Misfit(Exception):
    """Two shapes that do not fit; the elaborator says where."""


@dataclass(frozen=True, slots=True)
class Value:
    """``body`` for all values of ``axes``. A vector is a column unless ``row``; a matrix has (rows,
    columns).
    """

    body: Expr
    axes: tuple[Index, ...] = ()
    row: bool = False

    @property
    def shape(self) -> str:
        """In words, for messages: ``a column of N``."""
        sizes = [shown(axis.range) for axis in self.axes]
        if not sizes:
            return "a number"
        return (
            f"a {'row' if self.row else 'column'} of {sizes[0]}"
            if len(sizes) == 1
            else f"a matrix {sizes[0]} x {sizes[1]}"
        )

    def along(self, *axes: Index) -> "Value":
        """The same with its axes renamed."""
        change: dict[str, Expr] = {old.name: new for old, new in zip(self.axes, axes, strict=True)}
        return replace(self, body=substitute(self.body, change), axes=axes)


def shown(range_: Range) -> str:
    """The size of a range in the paper's letters."""
    from .meaning import Entry, Size

    match range_.last:
        case Size(name):
            return name
        case Entry(name, _):
            return name
        case Number(value):
            return str(value)
        case Add(terms):
            return {"step": "L(w) - 1"}.get(
                range_.space, " + ".join(shown(replace(range_, last=t)) for t in terms)
            )
        case _:
            return range_.space


def same_range(a: Index, b: Index) -> bool:
    """Whether two axes run over the same values."""
    return a.range == b.range


def transpose(value: Value) -> Value:
    """Row for column; rows for columns."""
    return (
        replace(value, axes=value.axes[::-1]) if len(value.axes) == 2 else replace(value, row=not value.row)
    )


def negate(value: Value) -> Value:
    """Minus the value."""
    match value.body:
        case Number(n):
            return replace(value, body=Number(-n))
        case Mul((Number(n), *rest)):
            return replace(value, body=_mul(Number(-n), *rest))
    return replace(value, body=_mul(MINUS_ONE, value.body))


def add(values: list[Value], warnings: list[str]) -> Value:
    """The sum of values of one shape."""
    first = values[0]
    terms = [first.body]
    for value in values[1:]:
        if len(value.axes) != len(first.axes) or not all(map(same_range, value.axes, first.axes)):
            raise Misfit(f"{first.shape} and {value.shape} cannot be added")
        if value.row != first.row and first.axes:
            warnings.append("a row and a column are added: read as vectors of the same kind")
        terms.append(value.along(*first.axes).body)
    return first if len(terms) == 1 else replace(first, body=Add(tuple(terms)))


def multiply(a: Value, b: Value, sign: str, warnings: list[str]) -> Value:
    """The product that the paper means: of numbers, inner, outer, matrix by vector, or entry by entry."""
    if sign == "/":
        if b.axes:
            raise Misfit(f"division by {b.shape}")
        return replace(a, body=Divide(a.body, b.body))
    if not a.axes or not b.axes:
        return replace(a if a.axes else b, body=_mul(a.body, b.body))
    if sign == "odot":
        return _entrywise(a, b)
    if sign == "otimes":
        if len(a.axes) == len(b.axes) == 1:
            return Value(_mul(a.body, b.body), (a.axes[0], b.axes[0]))
        raise Misfit(f"an outer product of {a.shape} and {b.shape}")
    if len(a.axes) == len(b.axes) == 1:
        return _vectors(a, b, sign, warnings)
    if (
        (len(a.axes) == 1 and not a.row)
        or (len(b.axes) == 1 and b.row)
        or not same_range(a.axes[-1], b.axes[0])
    ):
        raise Misfit(f"{a.shape} times {b.shape} does not fit")
    b = b.along(a.axes[-1], *b.axes[1:])
    left = (*a.axes[:-1], *b.axes[1:])
    return Value(_dot(a.axes[-1], a.body, b.body), left, row=len(a.axes) == 1)


def _vectors(a: Value, b: Value, sign: str, warnings: list[str]) -> Value:
    if not a.row and b.row:
        return Value(_mul(a.body, b.body), (a.axes[0], b.axes[0]))
    if not same_range(a.axes[0], b.axes[0]):
        raise Misfit(f"{a.shape} times {b.shape} does not fit")
    if a.row == b.row and sign != "cdot":
        kind = "rows" if a.row else "columns"
        warnings.append(f"the product of two {kind} is read as their inner product; a transpose is missing")
    return Value(_dot(a.axes[0], a.body, b.along(a.axes[0]).body))


def _entrywise(a: Value, b: Value) -> Value:
    if len(a.axes) != len(b.axes) or not all(map(same_range, a.axes, b.axes)):
        raise Misfit(f"{a.shape} and {b.shape} cannot be multiplied entry by entry")
    return replace(a, body=_mul(a.body, b.along(*a.axes).body))


def _dot(axis: Index, a: Expr, b: Expr) -> Expr:
    return Sum(axis, _mul(a, b))


def _mul(*factors: Expr) -> Expr:
    flat: list[Expr] = []
    for factor in factors:
        flat += factor.factors if isinstance(factor, Mul) else (factor,)
    return flat[0] if len(flat) == 1 else Mul(tuple(flat))

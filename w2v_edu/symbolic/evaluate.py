"""Meaning into numbers on arrays: vectorised over every letter, in float64 and complex128.

Each letter in scope owns one axis; an expression becomes an array that broadcasts over them. Arrays are
stored from 0, letters count as the paper counts. The data of a :class:`World` are the inputs of its theory;
everything else follows by its definitions, so that the evaluation of a claim never reads the quantity on
trial.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid, log_sum_exp, sigmoid

from .arrays import Arrays, Letter, Scope
from .derivatives import derivative_of
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
    Sign,
    Size,
    Sum,
)
from .walk import free_indices, walk

__all__ = ["World", "evaluate", "values_of"]

Array = NDArray[Any]


class World(Arrays):
    """Numbers for a theory: inputs and sizes given, definitions computed when asked for.

    Parameters
    ----------
    theory : whose inputs are given.
    inputs : arrays by name; integers in the paper's counting (the first word is 1). Real or complex.
    sizes : V, N, ...
    method : how derivatives are taken, by central differences or by the complex step.

    Raises
    ------
    W2VError
        If an input is missing.
    """

    def evaluate(self, expr: Expr, scope: Scope) -> Any:
        """The value, broadcasting over the letters in scope."""
        match expr:
            case Number(n):
                return float(n) if n.denominator != 1 else int(n)
            case Size(name):
                return self.sizes[name]
            case Index():
                return self.place(expr, scope)
            case Entry(array, indices):
                return self.entry(array, indices, scope)
            case Add(terms):
                return sum((self.evaluate(t, scope) for t in terms[1:]), self.evaluate(terms[0], scope))
            case Mul(factors):
                found = self.evaluate(factors[0], scope)
                for factor in factors[1:]:
                    found = found * self.evaluate(factor, scope)
                return found
            case Divide():
                return self.divide(expr, scope)
            case Power(base, exponent):
                return _real(self.evaluate(base, scope)) ** self.evaluate(exponent, scope)
            case Call():
                return self.call(expr, scope)
            case Sum(index, body):
                if (quick := self.matvec(index, body, scope)) is not None:
                    return quick
                letter, inner = self.inside(index, body, scope)
                return np.where(letter.mask, inner, 0).sum(axis=-1)
            case Product(index, body):
                letter, inner = self.inside(index, body, scope)
                return np.where(letter.mask, inner, 1).prod(axis=-1)
            case Iverson(condition):
                return np.where(self.holds(condition, scope), 1.0, 0.0)
            case Sign(condition):
                return np.where(self.holds(condition, scope), 1.0, -1.0)
            case Cases(branches, otherwise):
                found = np.nan if otherwise is None else self.evaluate(otherwise, scope)
                for value, condition in reversed(branches):
                    found = np.where(self.holds(condition, scope), self.evaluate(value, scope), found)
                return found
            case Derivative(of, by):
                return derivative_of(self, of, by, scope)
            case New(entry):
                if self.theory.loss is None:
                    raise W2VError(
                        f"{self.theory.name} descends no loss, so an update of {entry.array} has no gradient"
                    )
                gradient = derivative_of(self, Entry(self.theory.loss), entry, scope)
                return self.entry(entry.array, entry.indices, scope) - self.array("eta") * gradient
            case Extremum(kind, _):
                raise W2VError(f"\\{kind} states a purpose and has no value")

    def matvec(self, index: Index, body: Expr, scope: Scope) -> Any:
        """The scores of many rows, sum_i A[row, i] b[i], as a product of matrix and vector; None where it
        is not that.
        """
        match body:
            case Mul((Entry(a, (*rows, Index(last))), Entry(b, (Index(only),)))) if (
                last == only == index.name and rows
            ):
                pass
            case _:
                return None
        matrix, vector, declared = self.array(a), self.array(b), self.theory.array(a)
        if {a, b} & self.batched or any(_mentions(row, index.name) for row in rows):
            return None
        if not self.whole(index, declared.axes[-1], matrix.shape[-1]):
            return None
        at = [
            np.asarray(self.evaluate(r, scope)) - self.first(d.range)
            for r, d in zip(rows, declared.axes, strict=False)
        ]
        if (
            matrix.shape[-1] != vector.size
            or np.broadcast(*at).size < len(matrix)
            or any(p.min() < 0 for p in at)
        ):
            return None
        masked = any(letter.mask is not True for letter in scope)
        limits = matrix.shape[:-1]
        if any(place.max() >= size for place, size in zip(at, limits, strict=True)) and not masked:
            return None
        scores = _product(matrix, vector)
        return scores[tuple(np.minimum(place, size - 1) for place, size in zip(at, limits, strict=True))]

    def whole(self, index: Index, axis: Index, size: int) -> bool:
        """Whether a bound letter runs over a whole axis: a sum that starts late or ends early does not."""
        limits = (index.range.first, index.range.last)
        if any(isinstance(node, Index) for limit in limits for node in walk(limit)):
            return False
        values = self.enter(index, ()).values
        return len(values) == size and int(values[0]) == self.first(axis.range)

    def inside(self, index: Index, body: Expr, scope: Scope) -> tuple[Letter, Any]:
        """The body under a bound letter, which is the last axis."""
        letter = self.enter(index, scope)
        deeper = (*scope, letter)
        inner = np.asarray(self.evaluate(body, deeper))
        shape = (1,) * len(scope) + (len(letter.values),)
        return letter, np.broadcast_to(inner, np.broadcast_shapes(inner.shape, shape))

    def log_sum_exp(self, index: Index, each: Call, scope: Scope) -> Any:
        letter, u = self.inside(index, each.argument, scope)
        return log_sum_exp(u if letter.mask is True else np.where(letter.mask, u, -np.inf))

    def divide(self, expr: Divide, scope: Scope) -> Any:
        """A quotient; exp(u_j) over the sum of all exp(u_j') is a softmax, which does not overflow."""
        match expr:
            case Divide(Call("exp", top), Sum(index, Call("exp", _) as each)):
                return np.exp(self.evaluate(top, scope) - self.log_sum_exp(index, each, scope))
        return _real(self.evaluate(expr.top, scope)) / _real(self.evaluate(expr.bottom, scope))

    def call(self, expr: Call, scope: Scope) -> Any:
        """A function of one number; the log of a sigma or of a sum of exp does not overflow."""
        match expr:
            case Call("log", Call("sigma", inner)):
                return log_sigmoid(self.evaluate(inner, scope))
            case Call("log", Sum(index, Call("exp", _) as each)):
                return self.log_sum_exp(index, each, scope)
        x = _real(self.evaluate(expr.argument, scope))
        if expr.function == "sigma'":
            return sigmoid(x) * sigmoid(-x)
        functions: dict[str, Any] = {
            "exp": np.exp,
            "log": np.log,
            "sigma": sigmoid,
            "sqrt": np.sqrt,
            "tanh": np.tanh,
        }
        return functions[expr.function](x)

    def holds(self, condition: Compare, scope: Scope) -> Any:
        left, right = (
            np.real(self.evaluate(condition.left, scope)),
            np.real(self.evaluate(condition.right, scope)),
        )
        ops: dict[str, Any] = {
            "=": np.equal,
            "!=": np.not_equal,
            "<": np.less,
            "<=": np.less_equal,
            ">": np.greater,
            ">=": np.greater_equal,
        }
        return ops[condition.op](left, right)


def _product(matrix: Array, vector: Array) -> Array:
    """matrix @ vector; a complex vector does not make a copy of a real matrix."""
    if np.iscomplexobj(vector) and not np.iscomplexobj(matrix):
        return np.asarray(matrix @ vector.real + 1j * (matrix @ vector.imag))
    return np.asarray(matrix @ vector)


def _mentions(expr: Expr, letter: str) -> bool:
    return any(index.name == letter for index in free_indices(expr))


def _real(x: Any) -> Array:
    """As floating-point numbers, complex ones kept."""
    x = np.asarray(x)
    return x if x.dtype.kind == "c" else np.asarray(x, dtype=np.float64)


def values_of(
    world: World, expr: Expr, free: tuple[Index, ...], at: Mapping[str, NDArray[np.int64]] | None = None
) -> Array:
    """An expression for all values of its free letters, or for those in ``at`` (paper counting). Shape: one
    axis a letter.

    Entries outside of a range that depends on another letter are nan.
    """
    chosen = at or {}
    scope: Scope = ()
    for index in free:
        scope = (*scope, world.enter(index, scope, chosen.get(index.name)))
    with np.errstate(
        all="ignore"
    ):  # a wrong line may divide by zero: its value is then inf or nan, said by nobody
        found = world.broadcast(world.evaluate(expr, scope), scope)
    for letter in scope:
        if letter.mask is not True:
            found = np.where(world.broadcast(letter.mask, scope), found, np.nan)
    return found


def evaluate(world: World, expr: Expr) -> Array:
    """An expression for all values of its free letters, in the order in which they occur."""
    return values_of(world, expr, free_indices(expr))

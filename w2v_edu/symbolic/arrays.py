"""The arrays of a world: given, overridden, or computed from their definitions; letters and entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError

from .derivatives import CENTRAL, Method
from .meaning import Expr, Index, Number, Range, Theory
from .walk import arrays_in

__all__ = ["Arrays", "Letter", "Scope"]

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Letter:
    """A letter in scope: its values (paper counting), and which of them are meant where its range depends
    on others.
    """

    index: Index
    values: NDArray[np.int64]
    mask: Any = True


Scope = tuple[Letter, ...]
LONGEST = 10_000_000  # values of one letter
BATCH = "batch"  # the letter of the axis that several worlds in one have in front


class Arrays:
    """What a world knows by name, and where the letters in scope stand."""

    def __init__(
        self, theory: Theory, inputs: Mapping[str, Any], sizes: Mapping[str, int], method: Method = CENTRAL
    ) -> None:
        self.theory, self.sizes, self.method = theory, dict(sizes), method
        missing = [a.name for a in theory.inputs if a.name not in inputs]
        if missing:
            raise W2VError(f"{theory.name} needs {', '.join(missing)}")
        self.fixed: dict[str, Array] = {name: np.asarray(value) for name, value in inputs.items()}
        self.known: dict[str, Array] = {}
        self.followers: dict[str, set[str]] = {}
        self.batch: Scope = ()
        self.batched: set[str] = set()

    def with_method(self, method: Method) -> Self:
        """The same numbers, derivatives taken in another way."""
        other = type(self)(self.theory, self.fixed, self.sizes, method)
        other.known, other.followers = self.known, self.followers
        return other

    def override(self, name: str, value: Array) -> Self:
        """The world in which this array has this value, whatever defined it; what follows from it is
        computed anew.
        """
        other = type(self)(self.theory, {**self.fixed, name: value}, self.sizes, self.method)
        if name not in self.followers:
            self.followers[name] = dependents(self.theory, name)
        touched = self.followers[name]
        other.followers = self.followers
        other.known = {k: v for k, v in self.known.items() if k not in touched and k != name}
        return other

    def override_many(self, name: str, stack: Array) -> Self:
        """Many worlds in one: the stack, and what follows from it, have one more axis, in front."""
        other = self.override(name, stack)
        every = Range(BATCH, Number(Fraction(1)), Number(Fraction(len(stack))))
        other.batch = (Letter(Index(BATCH, every), np.arange(1, len(stack) + 1)),)
        other.batched = {name}
        return other

    def array(self, name: str) -> Array:
        """The values of an array, from 0."""
        if name in self.fixed:
            return self.fixed[name]
        if name not in self.known:
            definition = self.theory.definition(name)
            if definition is None:
                raise W2VError(f"{name} is not defined in {self.theory.name}")
            if arrays_in(definition.body) & self.batched or self.follows(name):
                self.batched.add(name)
                self.known[name] = self.tabulate(definition.body, definition.array.axes, self.batch)
            else:
                self.known[name] = self.tabulate(definition.body, definition.array.axes)
        return self.known[name]

    def broadcast(self, array: Any, scope: Scope) -> Array:
        array = np.asarray(array)
        shape = tuple(len(letter.values) for letter in scope)
        return np.broadcast_to(array.reshape(array.shape + (1,) * (len(shape) - array.ndim)), shape)

    def weight(self, array: Array, shape: tuple[int, ...]) -> int:
        """The size of the largest array that one world works on."""
        return max(array.size, int(np.prod(shape)), *(a.size for a in self.fixed.values()))

    def follows(self, name: str) -> bool:
        """Whether an array is computed from one that has the axis of a batch."""
        return bool(self.batch) and any(name in self.followers.get(b, ()) for b in self.batched)

    def tabulate(self, body: Expr, axes: tuple[Index, ...], scope: Scope = ()) -> Array:
        for axis in axes:
            scope = (*scope, self.enter(axis, scope))
        found = self.broadcast(self.evaluate(body, scope), scope)
        for letter in scope:
            if letter.mask is not True:
                found = np.where(self.broadcast(letter.mask, scope), found, 0)
        return found

    def bounds(self, range_: Range, scope: Scope) -> tuple[Any, Any]:
        return self.evaluate(range_.first, scope), self.evaluate(range_.last, scope)

    def enter(self, index: Index, scope: Scope, values: NDArray[np.int64] | None = None) -> Letter:
        """The letter with all values of its range, or with the given ones."""
        first, last = self.bounds(index.range, scope)
        if values is None and np.size(first) and np.max(np.real(last)) - np.min(np.real(first)) > LONGEST:
            raise W2VError(f"{index.name} would run over more than {LONGEST} values")
        if (np.ndim(first) == 0 and np.ndim(last) == 0) or (np.size(first) == 1 and np.size(last) == 1):
            inside = (
                np.arange(int(np.real(np.ravel(first)[0])), int(np.real(np.ravel(last)[0])) + 1)
                if values is None
                else values
            )
            return Letter(index, inside)
        low, high = (
            np.asarray(b).reshape(np.shape(b) + (1,) * (len(scope) + 1 - np.ndim(b))) for b in (first, last)
        )
        every = np.arange(int(low.min()), int(high.max()) + 1) if values is None else values
        return Letter(index, every, (every >= low) & (every <= high))

    def place(self, index: Index, scope: Scope) -> Array:
        for k in range(len(scope) - 1, -1, -1):
            if scope[k].index.name == index.name:
                return scope[k].values.reshape((1,) * k + (-1,) + (1,) * (len(scope) - 1 - k))
        raise W2VError(f"the index {index.name} has no value here")

    def entry(self, name: str, indices: tuple[Expr, ...], scope: Scope) -> Any:
        array, axes = self.array(name), self.theory.array(name).axes
        if name in self.batched:
            indices, axes = (self.batch[0].index, *indices), (self.batch[0].index, *axes)
        if not indices:
            return array
        if (view := self.view(array, axes, indices, scope)) is not None:
            return view
        at = []
        masked = any(letter.mask is not True for letter in scope)
        for axis, size, expr in zip(axes, array.shape, indices, strict=True):
            first = self.first(axis.range)
            place = np.asarray(self.evaluate(expr, scope)) - first
            if masked:
                place = np.clip(place, 0, size - 1)
            elif place.size and (place.min() < 0 or place.max() >= size):
                raise W2VError(f"{name} has no entry at {axis.name} = {int(place.max()) + first}")
            at.append(place)
        return array[tuple(at)]

    def view(
        self, array: Array, axes: tuple[Index, ...], indices: tuple[Expr, ...], scope: Scope
    ) -> Array | None:
        """No copy where each index is a letter of its own that runs over the whole axis."""
        where: list[int] = []
        for axis, size, expr in zip(axes, array.shape, indices, strict=True):
            if not isinstance(expr, Index):
                return None
            k = next((k for k in range(len(scope) - 1, -1, -1) if scope[k].index.name == expr.name), -1)
            if (
                k < 0
                or k in where
                or len(scope[k].values) != size
                or scope[k].values[0] != self.first(axis.range)
            ):
                return None
            if scope[k].values[-1] - scope[k].values[0] != size - 1:
                return None
            where.append(k)
        shape = [1] * len(scope)
        for k, size in zip(where, array.shape, strict=True):
            shape[k] = size
        return array.transpose(np.argsort(where)).reshape(shape)

    def first(self, range_: Range) -> int:
        return int(self.evaluate(range_.first, ()))

    def evaluate(self, expr: Expr, scope: Scope) -> Any:
        raise NotImplementedError


def dependents(theory: Theory, name: str) -> set[str]:
    """All arrays that are computed from this one, directly or not."""
    found: set[str] = set()
    for definition in theory.definitions:
        if definition.array.name != name and arrays_in(definition.body) & (found | {name}):
            found.add(definition.array.name)
    return found

"""Derivatives as limits: one entry of an array is moved, and what follows from it is computed anew.

Central differences and the complex step, as :mod:`w2v_edu.finite` takes them, for values that are arrays
themselves.
"""

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from w2v_edu.finite import STEP

from .meaning import Derivative, Entry, Expr, New
from .walk import walk

if TYPE_CHECKING:
    from .arrays import Scope
    from .evaluate import World

__all__ = ["CENTRAL", "COMPLEX", "Method", "derivative_of"]

Method = Literal["central", "complex"]
CENTRAL: Method = "central"
COMPLEX: Method = "complex"
TINY = 1e-30
MANY = 1 << 18  # numbers that worlds in one may hold in their largest array


def derivative_of(world: "World", of: Expr, by: Entry, scope: "Scope") -> Any:
    """d of / d by for all letters in scope, by moving each entry that ``by`` points at."""
    array = np.asarray(world.array(by.array))
    shape = tuple(len(letter.values) for letter in scope)
    if array.ndim == 0:
        return moved(world, of, by.array, (), scope)
    declared = world.theory.array(by.array)
    places = []
    for axis, size, expr in zip(declared.axes, array.shape, by.indices, strict=True):
        place = np.asarray(world.evaluate(expr, scope)) - world.first(axis.range)
        places.append(np.broadcast_to(np.clip(place, 0, size - 1), shape))
    flat = np.ravel_multi_index(tuple(places), array.shape)
    entries, which = np.unique(flat, return_inverse=True)
    if len(entries) > 1 and len(entries) * world.weight(array, shape) <= MANY and not _nested(of):
        slopes = all_at_once(world, of, by.array, np.unravel_index(entries, array.shape), scope)
    else:
        ats = [tuple(int(i) for i in np.unravel_index(int(entry), array.shape)) for entry in entries]
        slopes = np.stack([world.broadcast(moved(world, of, by.array, at, scope), scope) for at in ats])
    every = slopes.reshape(len(entries), -1)
    return every[which.ravel(), np.arange(flat.size)].reshape(shape)


def all_at_once(
    world: "World", of: Expr, name: str, at: tuple[NDArray[np.intp], ...], scope: "Scope"
) -> NDArray[Any]:
    """The derivatives by many entries: as many worlds, in one, each with one entry moved."""
    array = np.asarray(world.array(name))
    count = len(at[0])
    where = (np.arange(count), *at)
    real = world.method == COMPLEX and not np.iscomplexobj(array)
    stack = np.repeat(array[None], count, axis=0).astype(
        np.complex128 if real else np.result_type(array, float)
    )
    if real:
        stack[where] += 1j * TINY
        return np.asarray(np.imag(_values(world, of, name, stack, scope)) / TINY)
    up, down = stack.copy(), stack
    step = STEP * np.maximum(1.0, np.abs(stack[where]))
    up[where] += step
    down[where] -= step
    taken = (up[where] - down[where]).reshape((-1,) + (1,) * len(scope))
    return np.asarray((_values(world, of, name, up, scope) - _values(world, of, name, down, scope)) / taken)


def _values(world: "World", of: Expr, name: str, stack: NDArray[Any], scope: "Scope") -> NDArray[Any]:
    many = world.override_many(name, stack)
    inner = (*many.batch, *scope)
    return many.broadcast(many.evaluate(of, inner), inner)


def _nested(of: Expr) -> bool:
    return any(isinstance(node, Derivative | New) for node in walk(of))


def moved(world: "World", of: Expr, name: str, at: tuple[int, ...], scope: "Scope") -> Any:
    """The derivative of ``of`` by one entry of an array."""
    array = np.asarray(world.array(name))
    if array.dtype.kind in "iub":
        array = array.astype(np.float64)
    if world.method == COMPLEX and not np.iscomplexobj(array):
        z = array.astype(np.complex128)
        z[at] += 1j * TINY
        inner = world.override(name, z)
        inner.method = CENTRAL  # a derivative inside this one is taken along the real line
        return np.imag(inner.evaluate(of, scope)) / TINY
    step = STEP * max(1.0, abs(complex(array[at])))
    up, down = array.copy(), array.copy()
    up[at] += step
    down[at] -= step
    worlds = [world.override(name, x) for x in (up, down)]
    for inner in worlds:
        inner.method = COMPLEX
    high, low = (w.evaluate(of, scope) for w in worlds)
    return (np.asarray(high) - np.asarray(low)) / (up[at] - down[at])

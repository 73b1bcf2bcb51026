"""Derivatives as limits: one entry of an array is moved, and what follows from it is computed anew.

Central differences and the complex step, as :mod:`w2v_edu.finite` takes them, for values that are arrays
themselves.
"""

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from w2v_edu.finite import STEP

from .meaning import Entry, Expr

if TYPE_CHECKING:
    from .arrays import Scope
    from .evaluate import World

__all__ = ["CENTRAL", "COMPLEX", "Method", "derivative_of"]

Method = Literal["central", "complex"]
CENTRAL: Method = "central"
COMPLEX: Method = "complex"
TINY = 1e-30


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
    found = np.zeros(shape, dtype=np.result_type(array, np.float64))
    for entry in np.unique(flat):
        at = tuple(int(i) for i in np.unravel_index(int(entry), array.shape))
        slope = world.broadcast(moved(world, of, by.array, at, scope), scope)
        if np.iscomplexobj(slope) and not np.iscomplexobj(found):
            found = found.astype(np.complex128)
        here = flat == entry
        found[here] = slope[here]
    return found


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

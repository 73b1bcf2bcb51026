"""The text of a derivation evaluated on arrays: a random model of the sizes asked for."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from w2v_edu.derivation.derivation import Derivation
from w2v_edu.errors import W2VError
from w2v_edu.ledger.worlds import tree_inputs
from w2v_edu.symbolic import meaning as m
from w2v_edu.symbolic.derivatives import COMPLEX
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.evaluate import World, values_of
from w2v_edu.tree import huffman

__all__ = ["random_world", "values_at"]

LEAST = {"V": 5, "N": 3, "C": 4, "K": 2, "M": 3, "T": 3}


def values_at(d: Derivation, sizes: Mapping[str, int], seed: int = 0) -> tuple[NDArray[np.float64], ...]:
    """One array for each side of the derivation, with one axis for each free letter; nan where the lines
    are not claimed.
    """
    world = random_world(d.setting.theory, sizes, np.random.default_rng(seed)).with_method(COMPLEX)
    out: list[NDArray[np.float64]] = []
    for side in d.sides[1:]:
        claim = read(f"{d.start} = {side} {d.where}", d.setting)
        values = [values_of(world, s, claim.free) for s in claim.sides]
        for condition in claim.condition:
            here = values_of(world, m.Iverson(condition), claim.free)
            values = [np.where(here == 1, v, np.nan) for v in values]
        out += values if not out else values[1:]
    return tuple(np.asarray(v, dtype=np.float64) for v in out)


def random_world(theory: m.Theory, sizes: Mapping[str, int], rng: np.random.Generator) -> World:
    """Random numbers for everything that a theory is given."""
    unknown = set(sizes) - set(theory.sizes)
    if unknown:
        raise W2VError(
            f"{theory.name} has the sizes {', '.join(theory.sizes)}, not {', '.join(sorted(unknown))}"
        )
    chosen = {name: sizes.get(name, LEAST.get(name, 3)) for name in theory.sizes}
    given: dict[str, NDArray[np.float64] | NDArray[np.int64]] = {}
    names = {a.name for a in theory.inputs}
    if "ch" in names:
        given |= tree_inputs(huffman(rng.integers(1, 30, chosen["V"])))
    empty = World(m.Theory(theory.name, theory.sizes, (), ()), {}, chosen)
    for a in theory.inputs:
        if a.name not in given:
            given[a.name] = draw(a, shape_of(a, empty), chosen, rng)
    return World(theory, given, chosen)


def shape_of(a: m.Array, world: World) -> tuple[int, ...]:
    lengths = []
    for axis in a.axes:
        first, last = world.bounds(axis.range, ())
        lengths.append(int(last) - int(first) + 1)
    return tuple(lengths)


def draw(
    a: m.Array, shape: tuple[int, ...], sizes: Mapping[str, int], rng: np.random.Generator
) -> NDArray[np.float64] | NDArray[np.int64]:
    if a.values == "word":
        return rng.integers(1, sizes["V"] + 1, shape)
    if a.values == "positive":
        return rng.uniform(0.1, 1.0, shape)
    return rng.standard_normal(shape)

"""One claim, its numbers, every witness: how far apart the sides are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.finite import relative_error
from w2v_edu.symbolic.derivatives import CENTRAL, COMPLEX
from w2v_edu.symbolic.evaluate import World, values_of
from w2v_edu.symbolic.meaning import Claim, Derivative, Entry, Expr, Index, Iverson, New, Sum
from w2v_edu.symbolic.walk import parts, walk

__all__ = ["check_claim"]

Array = NDArray[Any]
# Derivatives in one sum: on a large vocabulary the middle of (12) is checked at random models only.
MOST = 2000


def check_claim(
    claim: Claim,
    world: World,
    rng: np.random.Generator,
    place: str = "",
    numbers: Sequence[tuple[str, Mapping[str, Array]]] = (),
    samples: int = 3,
    hot: Mapping[str, NDArray[np.int64]] | None = None,
) -> list[tuple[str, float, int]]:
    """Error of each witness on a claim: ``(witness, relative error, numbers compared)``.

    Sides with derivatives are taken by both finite methods and compared with the last side that has none;
    update claims are compared as (old - side) / eta.
    """
    at = _points(claim.free, world, rng, samples, hot or {})
    holds = _mask(claim, world, at)
    claim = _affordable(claim, world)
    limits = [_is_limit(side) for side in claim.sides]
    if (
        world.theory.loss is None
    ):  # a rule that descends nothing, (66): its new value has no second source here
        limits = [isinstance(side, New) for side in claim.sides]
    update = next((s.entry for s in claim.sides if isinstance(s, New)), None)

    def side_values(side: Expr, method: Any) -> Array:
        here = world.with_method(method)
        if update is not None and isinstance(side, New) and world.theory.loss is not None:
            return values_of(here, Derivative(Entry(world.theory.loss or ""), update), claim.free, at)
        values = values_of(here, side, claim.free, at)
        return (
            values
            if update is None
            else (values_of(here, update, claim.free, at) - values) / world.array("eta")
        )

    closed = [
        side_values(side, COMPLEX) for side, limit in zip(claim.sides, limits, strict=True) if not limit
    ]
    base = closed[-1] if closed else side_values(claim.sides[-1], COMPLEX)
    found: list[tuple[str, float, int]] = []
    if len(closed) > 1:
        found.append(("sides", max(_error(side, base, holds) for side in closed[:-1]), _count(base, holds)))
    if any(limits) and world.theory.loss is not None:
        for method in (CENTRAL, COMPLEX):
            taken = [side_values(s, method) for s, limit in zip(claim.sides, limits, strict=True) if limit]
            found.append((str(method), max(_error(side, base, holds) for side in taken), _count(base, holds)))
    for witness, quantities in numbers:
        name, *letters = place.split()
        if name in quantities:
            quantity = quantities[name]
            if not _reaches(np.shape(quantity), letters, claim.free, at, world):
                found.append((witness, float("inf"), 0))
                continue
            kept = _pick(np.ma.getdata(quantity), letters, claim.free, at, world)
            seen = _pick(~np.ma.getmaskarray(quantity), letters, claim.free, at, world)
            if update is not None:
                old = values_of(world, update, claim.free, at)
                kept = (old - kept) / world.array("eta")
            found.append((witness, _error(kept, base, holds & seen), _count(base, holds & seen)))
    return found


def _affordable(claim: Claim, world: World) -> Claim:
    """The claim without the sides that sum more than `MOST` derivatives, where others are left to compare."""
    kept = [side for side in claim.sides if _derivatives(side, world) <= MOST]
    if len(kept) == len(claim.sides) or len(kept) < 2:
        return claim
    return replace(claim, sides=tuple(kept), relations=("=",) * (len(kept) - 1))


def _derivatives(side: Expr, world: World) -> int:
    """How many entries the derivatives under the largest sum move."""
    if isinstance(side, Sum) and any(isinstance(node, Derivative) for node in walk(side.body)):
        return len(_all(world, side.index)) * _derivatives(side.body, world)
    return max((_derivatives(part, world) for part in parts(side)), default=1)


def _is_limit(side: Expr) -> bool:
    return any(isinstance(node, (Derivative, New)) for node in walk(side))


def _points(
    free: tuple[Index, ...],
    world: World,
    rng: np.random.Generator,
    samples: int,
    hot: Mapping[str, NDArray[np.int64]],
) -> dict[str, NDArray[np.int64]]:
    """The values of each free letter that are looked at: all if they are few, else those that matter and a
    few at random.
    """
    found: dict[str, NDArray[np.int64]] = {}
    for index in free:
        every = values_of(world, index, free, found | {index.name: _all(world, index)}).ravel()
        every = np.unique(every[~np.isnan(every)]).astype(np.int64)
        if len(every) > samples + 8:
            matter = hot.get(index.range.space, every[:0])[:5]
            every = np.union1d(matter, rng.choice(every, samples, replace=False))
        found[index.name] = every
    return found


def _all(world: World, index: Index) -> NDArray[np.int64]:
    first = int(np.min(np.real(world.evaluate(index.range.first, ()))))
    last = index.range.last
    scalar = (
        world.evaluate(last, ())
        if not any(isinstance(n, Index) for n in walk(last))
        else np.max(world.array("L")) - 1
    )
    return np.arange(first, int(np.real(scalar)) + 1)


def _mask(claim: Claim, world: World, at: Mapping[str, NDArray[np.int64]]) -> Any:
    holds: Any = True
    for condition in claim.condition:
        holds = holds & (values_of(world, Iverson(condition), claim.free, at) == 1)
    return holds


def _error(a: Array, b: Array, holds: Any) -> float:
    """The relative error where the claim holds; b is nan where a letter is out of its range, a never is."""
    keep = np.broadcast_to(holds, b.shape) & ~np.isnan(b)
    if not keep.any():
        return float("inf")
    return relative_error(a[keep], b[keep])


def _count(b: Array, holds: Any) -> int:
    return int((np.broadcast_to(holds, b.shape) & ~np.isnan(b)).sum())


def _places(
    letters: list[str], free: tuple[Index, ...], at: Mapping[str, NDArray[np.int64]], world: World
) -> list[NDArray[np.int64]]:
    """The values of each letter as positions from 0."""
    ranges = {index.name: index.range for index in free}
    firsts = [int(np.min(np.real(world.evaluate(ranges[letter].first, ())))) for letter in letters]
    return [at[letter] - first for letter, first in zip(letters, firsts, strict=True)]


def _reaches(
    shape: tuple[int, ...],
    letters: list[str],
    free: tuple[Index, ...],
    at: Mapping[str, NDArray[np.int64]],
    world: World,
) -> bool:
    """Whether a kept quantity has an entry for every point compared."""
    places = _places(letters, free, at, world)
    return len(shape) == len(places) and all(
        place.max() < size for place, size in zip(places, shape, strict=True)
    )


def _pick(
    kept: Array,
    letters: list[str],
    free: tuple[Index, ...],
    at: Mapping[str, NDArray[np.int64]],
    world: World,
) -> Array:
    """The kept quantity at the points compared, its axes in the order of the free letters (others
    broadcast).
    """
    places = _places(letters, free, at, world)
    values = kept[np.ix_(*places)] if places else kept
    order = [letters.index(i.name) for i in free if i.name in letters]
    values = values.transpose(order) if letters else values
    shape = tuple(len(at[i.name]) if i.name in letters else 1 for i in free)
    return np.broadcast_to(values.reshape(shape), tuple(len(at[i.name]) for i in free))

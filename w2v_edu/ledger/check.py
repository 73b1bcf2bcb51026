"""One row, one model, all witnesses: the row's own LaTeX is evaluated and compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.finite import relative_error
from w2v_edu.model import Example, Params, Trace, one_word
from w2v_edu.objectives import Hierarchical, Objective
from w2v_edu.symbolic.derivatives import CENTRAL, COMPLEX
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.evaluate import World, values_of
from w2v_edu.symbolic.meaning import Claim, Derivative, Entry, Expr, Index, Iverson, New, Sum
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.walk import parts, walk

from .alone import ALONE, own_numbers, own_setting
from .equation import Equation
from .numbers import BatchLike, Numbers, numbers_of, numbers_of_batch
from .worlds import setting_of, world_of

__all__ = ["TOLERANCES", "Check", "check_alone", "check_claim", "check_equation", "claim_of", "is_alone"]

Array = NDArray[Any]
MOST = (
    2000  # derivatives in one sum: on a large vocabulary the middle of (12) is checked at random models only
)
TOLERANCES = {"sides": 1e-12, "central": 1e-7, "complex": 1e-13, "reference": 1e-12, "batch": 1e-12}


@dataclass(frozen=True)
class Check:
    """What one witness says about one row at one model.

    Attributes
    ----------
    number, input_side, objective : which row, which model.
    witness : ``sides`` (its closed forms agree with each other), ``central`` and ``complex`` (its
        derivatives, by both finite
        methods, against its closed form), ``reference`` and ``batch`` (the quantity that the trace keeps).
    error : relative, max|a - b| / max|b|.
    ok : within the tolerance of its witness.
    compared : how many numbers.
    general : whether the form for repeated words was taken, because words repeat here.
    """

    number: str
    input_side: str
    objective: str
    witness: str
    error: float
    ok: bool
    compared: int
    general: bool = False


@lru_cache(maxsize=4096)
def _claim(latex: str, left: str, setting_name: str, setting: "_ById") -> Claim:
    return read(latex, setting.setting, left)


@dataclass(frozen=True, eq=False)
class _ById:
    """A setting as a key of the cache: settings are made once, so identity will do."""

    setting: Setting


_KEYS: dict[int, _ById] = {}


def claim_of(row: Equation, setting: Setting, general: bool = False) -> Claim:
    """The meaning of a row in a setting; each is read once."""
    key = _KEYS.setdefault(id(setting), _ById(setting))
    return _claim(row.general if general else row.latex, row.left, setting.name, key)


def check_equation(
    row: Equation,
    params: Params,
    example: Example,
    objective: Objective,
    rng: np.random.Generator,
    reference: Trace | None = None,
    batch: BatchLike | None = None,
    eta: float = 0.5,
    samples: int = 3,
) -> tuple[Check, ...]:
    """Check one row of the ledger at one example.

    Parameters
    ----------
    row : Equation
        One that speaks about this model (`analogue` finds it).
    params, example, objective
        Where.
    rng : numpy.random.Generator
        Chooses the entries that are compared where there are many.
    reference : Trace, optional
        `w2v_edu.reference.trace` of the example, a witness of its own.
    batch : BatchTrace, optional
        `w2v_edu.fast.batch.batch_trace` of this one example, another.
    eta : float
        Learning rate of the update rows.
    samples : int
        Values of each index, beside the words of the example, where the range is longer than that.

    Returns
    -------
    tuple of Check
        One for each witness that can speak about this row; empty for rows that are only said, and for those
        of the mean where the context is summed.
    """
    if row.grade == "said" or (example.combine == "sum" and row.number in ("17", "18", "23")):
        return ()
    side = example.input_side
    if row.panel and side == "skip-gram":
        found = []
        for c, (w_O, W_neg) in enumerate(zip(example.targets, example.noise, strict=True)):
            alone = one_word(example.inputs[0], w_O, W_neg)
            numbers = [("reference", numbers_of(params, reference, eta, c))] if reference is not None else []
            found.append(_check(row, params, alone, objective, rng, numbers, eta, samples))
        return tuple(replace(check, input_side=side) for check in _worst(found))
    numbers = []
    if reference is not None:
        numbers.append(("reference", numbers_of(params, reference, eta)))
    if batch is not None:
        numbers.append(("batch", numbers_of_batch(params, batch, example, objective.name, eta)))
    return _check(row, params, example, objective, rng, numbers, eta, samples)


def check_alone(row: Equation, rng: np.random.Generator, eta: float = 0.5) -> tuple[Check, ...]:
    """Check a row that speaks about no model of the main text, at numbers of its own: Appendix A, (38),
    (41), (42).

    Parameters and result as for `check_equation`; input side and objective of the result name its setting.
    """
    found = []
    for model in row.models:
        world, kept = own_numbers(row, model, rng, eta)
        claim = claim_of(row, own_setting(model))
        document, _, part = model.partition("/")
        for w, error, count in check_claim(claim, world, rng, row.place, [("reference", kept)]):
            found.append(Check(row.number, document, part, w, error, error <= TOLERANCES[w], count))
    return _worst([(check,) for check in found])


def is_alone(row: Equation) -> bool:
    """Whether the row brings its own numbers, so that `check_alone` is to be called."""
    return row.models[0] in ALONE


def _check(
    row: Equation,
    params: Params,
    example: Example,
    objective: Objective,
    rng: np.random.Generator,
    numbers: Sequence[tuple[str, Numbers]],
    eta: float,
    samples: int,
) -> tuple[Check, ...]:
    general = bool(row.general) and _repeats(example)
    claim = claim_of(row, setting_of(example, objective), general)
    world = world_of(params, example, objective, eta)
    found = check_claim(claim, world, rng, row.place, numbers, samples, _hot(example, objective))
    label = (row.number, example.input_side, objective.name)
    return tuple(Check(*label, w, error, error <= TOLERANCES[w], count, general) for w, error, count in found)


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


def _hot(example: Example, objective: Objective) -> dict[str, NDArray[np.int64]]:
    """The words and nodes that an example moves, the most telling first: they are always among the points."""
    noise = [w for words in example.noise for w in words]
    words = np.array(list(dict.fromkeys([*example.inputs[:2], *example.targets[:2], *noise]))) + 1
    hot = {"word": words}
    if isinstance(objective, Hierarchical):
        hot["node"] = objective.tree.paths[example.targets[0]] + objective.tree.V + 1
    return hot


def _repeats(example: Example) -> bool:
    """Whether a context word, or a word that is asked, occurs twice."""
    asked = [(w_O, *W_neg) for w_O, W_neg in zip(example.targets, example.noise, strict=True)]
    return any(len(set(words)) < len(words) for words in (example.inputs, *asked))


def _worst(found: Sequence[tuple[Check, ...]]) -> tuple[Check, ...]:
    """For each witness the worst of several panels."""
    kept: dict[str, Check] = {}
    for check in (c for checks in found for c in checks):
        before = kept.get(check.witness)
        count = check.compared + (before.compared if before else 0)
        worse = check if before is None or not check.error <= before.error else before
        kept[check.witness] = replace(
            worse, compared=count, general=check.general or bool(before and before.general)
        )
    return tuple(kept.values())

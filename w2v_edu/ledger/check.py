"""One row, one model, all witnesses: the row's own LaTeX is evaluated and compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from w2v_edu.model import Example, Params, Trace, one_word
from w2v_edu.objectives import Hierarchical, Objective
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.meaning import Claim
from w2v_edu.symbolic.setting import Setting

from .alone import ALONE, own_numbers, own_setting
from .compare import check_claim
from .equation import Equation
from .numbers import BatchLike, Numbers, numbers_of, numbers_of_batch
from .worlds import setting_of, world_of

__all__ = [
    "TOLERANCES",
    "Check",
    "check_alone",
    "check_claim",
    "check_equation",
    "claim_of",
    "is_alone",
    "repeats",
]

TOLERANCES = {"sides": 1e-12, "central": 1e-7, "complex": 1e-13, "reference": 1e-12, "batch": 1e-12}


@dataclass(frozen=True)
class Check:
    """What one witness says about one row at one model.

    Attributes
    ----------
    number, input_side, objective : str
        Which row, which model.
    witness : str
        ``sides``: its closed forms agree with each other. ``central`` and ``complex``: its derivatives, by
        both finite methods, against its closed form. ``reference`` and ``batch``: what the trace keeps.
    error : float
        Relative, max|a - b| / max|b|.
    ok : bool
        Within the tolerance of its witness.
    compared : int
        How many numbers.
    general : bool
        Whether the form for repeated words was taken, because words repeat here.
    """

    number: str
    input_side: str
    objective: str
    witness: str
    error: float
    ok: bool
    compared: int
    general: bool = False


_READ: dict[tuple[int, str, str], tuple[Setting, Claim]] = {}  # the setting is kept, so its id stays its own


def claim_of(row: Equation, setting: Setting, general: bool = False) -> Claim:
    """The meaning of a row in a setting; each is read once."""
    latex = row.general if general else row.latex
    key = (id(setting), latex, row.left)
    if key not in _READ:
        _READ[key] = (setting, read(latex, setting, row.left))
    return _READ[key][1]


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
    general = bool(row.general) and repeats(example)
    claim = claim_of(row, setting_of(example, objective), general)
    world = world_of(params, example, objective, eta)
    found = check_claim(claim, world, rng, row.place, numbers, samples, _hot(example, objective))
    label = (row.number, example.input_side, objective.name)
    return tuple(Check(*label, w, error, error <= TOLERANCES[w], count, general) for w, error, count in found)


def _hot(example: Example, objective: Objective) -> dict[str, NDArray[np.int64]]:
    """The words and nodes that an example moves, the most telling first: they are always among the points."""
    noise = [w for words in example.noise for w in words]
    words = np.array(list(dict.fromkeys([*example.inputs[:2], *example.targets[:2], *noise]))) + 1
    hot = {"word": words}
    if isinstance(objective, Hierarchical):
        hot["node"] = objective.tree.paths[example.targets[0]] + objective.tree.V + 1
    return hot


def repeats(example: Example) -> bool:
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

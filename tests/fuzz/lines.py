"""Fourth fuzzer: the paper's lines with one token changed. The prover's verdict, through the bridge, against
the reader's own evaluation of the same line on arrays, which knows neither bridge nor prover.
"""

import re
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.derivation.numbers import random_world
from w2v_edu.errors import W2VError
from w2v_edu.ledger import LEDGER
from w2v_edu.symbolic import meaning
from w2v_edu.symbolic.bridge import NotTranslated, goals_of
from w2v_edu.symbolic.decide import decide
from w2v_edu.symbolic.derivatives import COMPLEX
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.evaluate import values_of
from w2v_edu.symbolic.meaning import Claim, Theory
from w2v_edu.symbolic.proofs import setting_name
from w2v_edu.symbolic.settings import named

ROWS = [row for row in LEDGER if row.grade != "said" and row.models[0].count("/") and row.number != "43"]
TOKEN = re.compile(r"\\[a-zA-Z]+|j'|[a-zA-Z]|\d|[-+^_{}()=]|\S")
SWAPS = {
    "i": "jk", "j": "ikc", "k": "ij", "c": "j", "j'": "jk", "V": "N", "N": "V",
    "C": "VN", "K": "V", "1": "02",
    "0": "1", "+": "-", "-": "+", "y": "te", "t": "y", "e": "yt", "h": "x", "x": "h",
    "\\cdot": "+-", "u": "y",
}  # fmt: skip
SIZES = ({"V": 5, "N": 3, "C": 4, "K": 2, "M": 2}, {"V": 2, "N": 3, "C": 3, "K": 3, "M": 3})
FAR = 1e-6


def run(seed: int) -> str | None:
    """One changed line: None if verdict and numbers are at peace, else what is wrong."""
    random = Random(f"line {seed}")
    row = random.choice(ROWS)
    model = random.choice(row.models)
    latex = changed(row.latex, random)
    setting = named(setting_name(row, model))
    try:
        claim = read(latex, setting, left=row.left)
        goals = goals_of(claim, setting.theory)
    except (W2VError, NotTranslated):
        return None
    verdicts = [decide(goal) for goal in goals]
    for n, (v, same) in enumerate(zip(verdicts, on_arrays(claim, setting.theory, random), strict=True)):
        if v.status == "wrong" and same:  # a path may turn right at every node: look again
            same = all(on_arrays(claim, setting.theory, random)[n] for _ in range(6))
        proved = v.proved and not v.assumptions
        if same is not None and proved != same and v.status in ("proved", "wrong") and not v.assumptions:
            return (
                f"seed {seed}, ({row.number}) {model}, "
                f"equality {n + 1}: {latex} is {v.status}, on arrays {same}"
            )
    return None


def changed(latex: str, random: Random) -> str:
    """The line with one token changed; sometimes left as it is."""
    spots = [m for m in TOKEN.finditer(latex) if m.group() in SWAPS]
    if not spots or random.random() < 0.1:
        return latex
    spot = random.choice(spots)
    return latex[: spot.start()] + random.choice(SWAPS[spot.group()]) + latex[spot.end() :]


def on_arrays(claim: Claim, theory: Theory, random: Random) -> list[bool | None]:
    """For each equality, whether it holds on random arrays; None if it cannot be evaluated."""
    found: list[bool | None] = [None] * (len(claim.sides) - 1)
    for sizes in SIZES:
        mine = {name: n for name, n in sizes.items() if name in theory.sizes}
        rng = np.random.default_rng(random.randrange(10**6))
        world = random_world(theory, mine, rng).with_method(COMPLEX)
        try:
            sides = [values_of(world, side, claim.free) for side in claim.sides]
            here = [values_of(world, meaning.Iverson(c), claim.free) for c in claim.condition]
        except (W2VError, IndexError, TypeError, ValueError, FloatingPointError):
            return [None] * len(found)
        for n, (a, b) in enumerate(pairwise(sides)):
            same = agree(a, b, here)
            found[n] = same if found[n] is None or same is None else found[n] and same
    return found


def agree(a: NDArray[Any], b: NDArray[Any], here: list[NDArray[Any]]) -> bool | None:
    mask = np.isfinite(a) & np.isfinite(b)
    for condition in here:
        mask = mask & (condition == 1)
    if not mask.any():
        return None
    scale = 1 + np.max(np.abs(a[mask])) + np.max(np.abs(b[mask]))
    return bool(np.max(np.abs(a[mask] - b[mask])) <= FAR * scale)

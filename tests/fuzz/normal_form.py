"""First fuzzer: an expression and its normal form have the same value at every point."""

from random import Random

from tests.fuzz.expressions import FREE, SIZES, Maker, facts, point, small
from w2v_edu.symbolic.budget import OutOfTime, budget
from w2v_edu.symbolic.certify import NotANumber, agree
from w2v_edu.symbolic.normal import Unsupported, normalise
from w2v_edu.symbolic.points import NoSuchPoint
from w2v_edu.symbolic.poly import tree


def run(seed: int) -> str | None:
    """One expression: None if it is well, else what is wrong."""
    random = Random(f"normal form {seed}")
    e = Maker(random).real(random.randint(2, 4), FREE)
    if not small(e):
        return None
    try:
        with budget(2):
            n = tree(normalise(e, facts()))
    except (Unsupported, OutOfTime):
        return None
    for sizes in SIZES:
        at = point(random, sizes)
        try:
            with budget(2):
                if not agree(e, n, at):
                    return f"seed {seed}, {sizes}: {e}  is not  {n}"
        except (NotANumber, NoSuchPoint, OutOfTime):
            continue
    return None

"""A finished answer instead of a function: numbers, codes, a distribution, for one given case."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from w2v_edu.counts import check_counts
from w2v_edu.errors import W2VError
from w2v_edu.homework.answers import Outcome
from w2v_edu.homework.arguments import PLAIN
from w2v_edu.homework.attempt import attempts
from w2v_edu.homework.judge import report
from w2v_edu.homework.kinds import KINDS
from w2v_edu.homework.point import Point
from w2v_edu.homework.question import Question
from w2v_edu.homework.report import Report
from w2v_edu.homework.things import report_thing
from w2v_edu.homework.truth import truth
from w2v_edu.homework.wire import decode, encode
from w2v_edu.model import Example, Params
from w2v_edu.objectives import NCE, Hierarchical, Objective

__all__ = ["check_counted", "check_numbers"]


def check_numbers(
    answer: Any,
    of: str,
    params: Params,
    example: Example,
    objective: Objective,
    *,
    eta: float = 0.1,
    hint: int = 2,
) -> Report:
    """Check one quantity of one training example, such as EH.

    With a single example, a mistake is named if it gives these very numbers; the example decides how telling
    that is.
    """
    point = Point(
        "in this example",
        params,
        example.input_side,
        objective.name,
        example.inputs,
        example.targets,
        example.noise,
        example.combine,
        eta,
        tree=objective.tree if isinstance(objective, Hierarchical) else None,
        q=objective.noise if isinstance(objective, NCE) else None,
        K=len(example.noise[0]),
    )
    known = truth(point)
    if of not in known:
        raise W2VError(f"there is no quantity {of!r} in this example; there are {', '.join(sorted(known))}")
    question = Question(of, "rong", example.input_side, objective.name, (), ((of,),))
    outcome = Outcome(decode(encode(answer)))
    found = attempts(question, PLAIN, [point], [outcome], ((of,),))
    return report(found, f"{example.input_side}, {objective.name}; one example", hint, "", False, ([], []))


def check_counted(answer: Any, of: str, counts: ArrayLike, *, hint: int = 2) -> Report:
    """Check what is made of word counts: ``"huffman codes"`` or the ``"noise distribution"``."""
    kinds = {kind.name: kind for kind in KINDS if kind.case_for is not None}
    if of not in kinds:
        raise W2VError(f"of is {of!r}; with counts it is one of {', '.join(kinds)}")
    weights = check_counts(counts)
    case = kinds[of].case_for
    assert case is not None
    value = _lists_of_bits(answer) if of == "huffman codes" else answer
    cases = [case("for these counts", np.asarray(weights, dtype=np.int64))]
    return report_thing(kinds[of], of, cases, [Outcome(decode(encode(value)))], hint)


def _lists_of_bits(answer: Any) -> Any:
    """The codes of a tree of ours, or the answer itself."""
    return [list(code) for code in answer.codes] if hasattr(answer, "codes") else answer

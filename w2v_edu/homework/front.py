"""The front door: check a student's function or array, live, in this process."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import ArrayLike

from w2v_edu.errors import W2VError
from w2v_edu.homework.answers import ask_live
from w2v_edu.homework.arrays import check_counted, check_numbers
from w2v_edu.homework.cs224n import course_question
from w2v_edu.homework.judge import judge
from w2v_edu.homework.kinds import KINDS
from w2v_edu.homework.question import read_function
from w2v_edu.homework.report import Report
from w2v_edu.homework.things import judge_thing, read_thing
from w2v_edu.homework.unfinished import why_unfinished
from w2v_edu.model import Example, InputSide, Params
from w2v_edu.objectives import Objective, make_objective

__all__ = ["assert_correct", "check"]


def check(
    answer: Any,
    of: str | Sequence[str] | None = None,
    *,
    notation: str | None = None,
    objective: str | Objective | None = None,
    input_side: InputSide | None = None,
    params: Params | None = None,
    example: Example | None = None,
    counts: ArrayLike | None = None,
    eta: float = 0.1,
    hint: int = 2,
    seed: int = 0,
) -> Report:
    """Check what a student hands in: a function, whose parameters' names say what it is about, or numbers.

    Parameters
    ----------
    answer : callable or array_like
        A function such as ``dJ_dv_c(v_c, U, o)`` or ``dL_dw(w, c_pos, c_neg)``; or numbers, together with the
        `params`, `example` and `objective` that they belong to; or codes or a distribution, together with
        `counts`.
    of : str or sequence of str, optional
        What it is or returns, if its name does not say so: ``"EH"``, ``("E", "EH", "dW_out")``,
        ``"huffman codes"``, ``"noise distribution"``.
    notation : {"rong", "cs224n", "jurafsky-martin", "goldberg-levy", "word2vec.c", "plain"}, optional
        Read it in this notation; otherwise in the one that knows its names.
    objective, input_side : str, optional
        What the names leave open; for numbers the objective itself, such as ``Negative()``.
    params, example : Params and Example, optional
        The training example that numbers belong to.
    counts : array_like, optional
        The word counts that codes or a distribution belong to.
    eta : float
        The learning rate of numbers after an update.
    hint : {0, 1, 2}
        How much the report says: which part; which equation and where; the mistake and what to change.
    seed : int
        Other test points of the same kinds.

    Returns
    -------
    Report

    Raises
    ------
    W2VError
        If the names do not say what the function is.

    Examples
    --------
    >>> import numpy as np
    >>> def dJ_dv_c(v_c, U, o):
    ...     z = np.exp(U @ v_c)
    ...     return U.T @ (z / z.sum())
    >>> report = check(dJ_dv_c)
    >>> report.verdict, report.equation, report.mistakes
    ('wrong', 12, ('target-missing',))
    """
    if hint not in (0, 1, 2):
        raise W2VError(f"hint is {hint}; expected 0 (which part), 1 (which equation) or 2 (what to change)")
    if not callable(answer) or counts is not None:
        return _finished(answer, of, params, example, objective, counts, eta, hint)
    name = getattr(answer, "__name__", type(answer).__name__)
    parameters = _parameters(answer)
    thing = read_thing(KINDS, name, parameters, of if isinstance(of, str) else None)
    if thing is not None:
        return judge_thing(thing[0], name, thing[1], ask_live(answer), seed=seed, hint=hint)
    course = course_question(name, parameters) if of is None and notation in (None, "cs224n") else None
    question = course or read_function(
        name,
        parameters,
        notation=notation,
        objective=objective if isinstance(objective, str) or objective is None else objective.name,
        input_side=input_side,
        of=of,
    )
    return judge(question, ask_live(answer), seed=seed, hint=hint, unfinished=_unfinished(answer))


def _finished(
    answer: Any,
    of: str | Sequence[str] | None,
    params: Params | None,
    example: Example | None,
    objective: str | Objective | None,
    counts: ArrayLike | None,
    eta: float,
    hint: int,
) -> Report:
    """Numbers, codes, a distribution."""
    if isinstance(of, str) and counts is not None:
        return check_counted(answer, of, counts, hint=hint)
    if not isinstance(of, str) or params is None or example is None or objective is None:
        raise W2VError(
            "to check numbers, say what they are and what they belong to: "
            "check(numbers, 'EH', params=params, example=example, objective=Negative())"
        )
    sheet = make_objective(objective) if isinstance(objective, str) else objective
    return check_numbers(answer, of, params, example, sheet, eta=eta, hint=hint)


def assert_correct(answer: Any, of: str | Sequence[str] | None = None, **options: Any) -> None:
    """Raise one AssertionError that says what is wrong; say nothing at all otherwise.

    Made for graded cells: prints nothing, warns of nothing, returns None. Parameters as for `check`.

    Raises
    ------
    AssertionError
        With the text of the report.
    """
    report = check(answer, of, **options)
    if not report.correct:
        raise AssertionError(report.text) from None


def _parameters(function: Callable[..., Any]) -> list[tuple[str, bool, bool]]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        raise W2VError(f"{function!r} is not a function whose parameters can be read") from None
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        (p.name, p.default is not p.empty, p.kind is inspect.Parameter.KEYWORD_ONLY)
        for p in parameters
        if p.kind not in kinds
    ]


def _unfinished(function: Callable[..., Any]) -> str:
    """What its source shows, where there is a source."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return why_unfinished(found[0]) if found else ""

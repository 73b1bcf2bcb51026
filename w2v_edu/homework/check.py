"""The front door: check a student's function or array, live, in this process."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from w2v_edu.errors import W2VError
from w2v_edu.homework.answers import ask_live
from w2v_edu.homework.judge import judge
from w2v_edu.homework.question import read_function
from w2v_edu.homework.report import Report
from w2v_edu.homework.unfinished import why_unfinished
from w2v_edu.model import InputSide

__all__ = ["assert_correct", "check"]


def check(
    answer: Callable[..., Any],
    of: str | Sequence[str] | None = None,
    *,
    notation: str | None = None,
    objective: str | None = None,
    input_side: InputSide | None = None,
    hint: int = 2,
    seed: int = 0,
) -> Report:
    """Check a function that a student wrote; its parameters' names say what it is about.

    Parameters
    ----------
    answer : callable
        Such as ``dJ_dv_c(v_c, U, o)`` or ``dL_dw(w, c_pos, c_neg)``.
    of : str or sequence of str, optional
        What it returns, if its name does not say so: ``"EH"``, ``("E", "EH", "dW_out")``.
    notation : {"rong", "cs224n", "jurafsky-martin", "goldberg-levy", "word2vec.c", "plain"}, optional
        Read it in this notation; otherwise in the one that knows its names.
    objective, input_side : str, optional
        What the names leave open.
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
    name = getattr(answer, "__name__", type(answer).__name__)
    question = read_function(
        name, _parameters(answer), notation=notation, objective=objective, input_side=input_side, of=of
    )
    return judge(question, ask_live(answer), seed=seed, hint=hint, unfinished=_unfinished(answer))


def assert_correct(answer: Callable[..., Any], of: str | Sequence[str] | None = None, **options: Any) -> None:
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

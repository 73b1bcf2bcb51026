"""Calling a function and keeping what it gave: the outcome of one call, as plain data."""

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from w2v_edu.homework.arguments import Call
from w2v_edu.homework.stand_ins import build
from w2v_edu.homework.wire import StandIn, decode, encode

__all__ = ["Ask", "Outcome", "ask_live", "made"]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one call gave.

    Attributes
    ----------
    value : object
        Arrays, tuples, lists, dicts, text or None; never anything that can act.
    error : str
        Name of the exception, or empty.
    message : str
        What it said.
    line : int
        Where in the student's code; 0 if unknown.
    arguments : tuple
        The positional arguments after the call: an update may have changed them in place.
    """

    value: Any = None
    error: str = ""
    message: str = ""
    line: int = 0
    arguments: tuple[Any, ...] = ()


Ask = Callable[[Sequence[Call]], list[Outcome]]


def made(value: Any) -> Any:
    """An argument as the function gets it: stand-ins built, arrays copied."""
    if isinstance(value, StandIn):
        return build(value.kind, value.data)
    return value.copy() if isinstance(value, np.ndarray) else value


def ask_live(function: Callable[..., Any]) -> Ask:
    """Calls in this very process, silently: what the function prints or warns about is dropped."""

    def ask(calls: Sequence[Call]) -> list[Outcome]:
        return [_call(function, call) for call in calls]

    return ask


def _call(function: Callable[..., Any], call: Call) -> Outcome:
    arguments = tuple(made(value) for value in call.positional)
    keywords = {name: made(value) for name, value in call.keywords.items()}
    nowhere = io.StringIO()
    try:
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(nowhere),
        ):
            warnings.simplefilter("ignore")
            value = function(*arguments, **keywords)
            return Outcome(decode(encode(value)), arguments=decode(encode(arguments)))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a student's code may raise anything, SystemExit included
        frames = traceback.extract_tb(error.__traceback__)
        line = frames[1].lineno if len(frames) > 1 and frames[1].lineno else 0
        return Outcome(error=type(error).__name__, message=str(error)[:400], line=line)

"""The time budget of one decision: a search that takes too long ends as *unproved*, never as *right*.

Processor time of this thread counts, so that a busy machine changes no verdict.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["OutOfTime", "budget", "tick"]

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class OutOfTime(Exception):
    """The budget of this decision is spent."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Everything inside must end within ``seconds``; an outer budget that ends earlier stays in force."""
    outer = _deadline.get()
    mine = time.thread_time() + seconds
    token = _deadline.set(mine if outer is None else min(mine, outer))
    try:
        yield
    finally:
        _deadline.reset(token)


def tick() -> None:
    """Called at every step of the normaliser; raises `OutOfTime` when the budget is spent."""
    deadline = _deadline.get()
    if deadline is not None and time.thread_time() > deadline:
        raise OutOfTime

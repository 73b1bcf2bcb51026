"""Numbers that carry a derivative: value + slope * d, over any kind of number (50 digits, intervals, jets).

Each derivative that is being taken has its own tag, so that derivatives may be nested without confusion.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Jet", "apply", "core", "minus", "plus", "times"]


class Jet(NamedTuple):
    """``value + slope * d`` with d * d = 0; jets of a higher tag lie outside."""

    tag: int
    value: Any
    slope: Any


def _seen(tag: int, x: Any) -> tuple[Any, Any]:
    """(value, slope) of x as seen from a tag; a number or an inner jet is constant there."""
    return (x.value, x.slope) if isinstance(x, Jet) and x.tag == tag else (x, None)


def _outer(a: Any, b: Any) -> int:
    return max(x.tag for x in (a, b) if isinstance(x, Jet))


def plus(a: Any, b: Any) -> Any:
    """a + b."""
    if not isinstance(a, Jet) and not isinstance(b, Jet):
        return a + b
    tag = _outer(a, b)
    (x, dx), (y, dy) = _seen(tag, a), _seen(tag, b)
    slope = dy if dx is None else dx if dy is None else plus(dx, dy)
    return Jet(tag, plus(x, y), slope)


def times(a: Any, b: Any) -> Any:
    """a * b."""
    if not isinstance(a, Jet) and not isinstance(b, Jet):
        return a * b
    tag = _outer(a, b)
    (x, dx), (y, dy) = _seen(tag, a), _seen(tag, b)
    left = None if dx is None else times(dx, y)
    right = None if dy is None else times(x, dy)
    slope = right if left is None else left if right is None else plus(left, right)
    return Jet(tag, times(x, y), slope)


def minus(a: Any) -> Any:
    """-a."""
    return Jet(a.tag, minus(a.value), minus(a.slope)) if isinstance(a, Jet) else -a


def apply(f: Callable[[Any], Any], slope_of: Callable[[Any, Any], Any], x: Any) -> Any:
    """f(x) for a number or a jet; ``slope_of(x, f(x))`` is the derivative."""
    if not isinstance(x, Jet):
        return f(x)
    y = apply(f, slope_of, x.value)
    return Jet(x.tag, y, times(slope_of(x.value, y), x.slope))


def core(x: Any) -> Any:
    """The number inside all jets."""
    while isinstance(x, Jet):
        x = x.value
    return x

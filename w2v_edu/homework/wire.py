"""Arguments and answers as plain data: what crosses to the process that runs a student's file, and back.

Nothing here but JSON and arrays of numbers, so nothing that comes back can act. This file is also loaded by
that process; it needs NumPy alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["MOST_NUMBERS", "Other", "StandIn", "decode", "encode"]

MOST_NUMBERS = 200_000  # no answer of the course is nearly as large
DEEPEST = 6


@dataclass(frozen=True)
class Other:
    """Something that is no number: its type's name, and what it was too large or too strange for."""

    what: str


@dataclass(frozen=True)
class StandIn:
    """An argument that must be made where it is used: `kind` and the data it is made of."""

    kind: str
    data: Any


def encode(value: Any, depth: int = 0) -> Any:
    """A value as JSON: {"array": ..}, {"tuple": ..}, {"list": ..}, {"dict": ..}, a string, or null."""
    if depth > DEEPEST:
        return {"other": "a deeply nested " + _name(value)}
    if isinstance(value, StandIn):
        return {"stand-in": value.kind, "data": encode(value.data, depth + 1)}
    if value is None or type(value) is str:
        return value if value is None or len(value) < 10_000 else value[:10_000]
    if isinstance(value, dict) and len(value) < MOST_NUMBERS:
        return {"dict": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    if isinstance(value, tuple) and len(value) < MOST_NUMBERS:
        return {"tuple": [encode(part, depth + 1) for part in value]}
    if isinstance(value, list | set | frozenset) and len(value) < MOST_NUMBERS:
        parts = list(value)
        array = (
            None
            if not parts or any(isinstance(part, list | tuple | dict) for part in parts)
            else _array(parts)
        )
        return array or {"list": [encode(part, depth + 1) for part in parts]}
    return _array(value) or {"other": _name(value)}


def _array(value: Any) -> Any:
    """Numbers as {"array": shape, "type": dtype, "data": flat list}; None if they are none."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiubc":
            return None
        if array.size > MOST_NUMBERS:
            return {"other": f"an array of shape {array.shape}"}
        matrix = isinstance(value, np.matrix)
        if array.dtype.kind == "c":
            if np.any(array.imag != 0):
                return {"other": "complex numbers"}
            array = array.real
        kind = "matrix" if matrix else array.dtype.name
        wide = np.array(array, dtype=np.float64 if array.dtype.kind == "f" else np.int64, subok=False)
        return {"array": list(wide.shape), "type": kind, "data": wide.ravel().tolist()}
    except (ValueError, TypeError, OverflowError):
        return None


def _name(value: Any) -> str:
    return str(type(value).__name__)[:80]


def decode(data: Any) -> Any:
    """The value back: arrays as float64 or int64, everything else as tuples, lists, dicts, text and None.

    Whatever does not fit becomes `Other`; nothing is ever called or evaluated.
    """
    if data is None or isinstance(data, str):
        return data
    if not isinstance(data, dict):
        return Other("unreadable data")
    if "array" in data:
        return _decode_array(data)
    if "stand-in" in data:
        return StandIn(str(data["stand-in"]), decode(data.get("data")))
    if isinstance(data.get("tuple"), list):
        return tuple(decode(part) for part in data["tuple"])
    if isinstance(data.get("list"), list):
        return [decode(part) for part in data["list"]]
    if isinstance(data.get("dict"), list):
        pairs = [pair for pair in data["dict"] if isinstance(pair, list) and len(pair) == 2]
        return {_key(decode(key)): decode(value) for key, value in pairs}
    return Other(str(data.get("other", "unreadable data"))[:200])


def _key(key: Any) -> Any:
    """Something that a dict can hold."""
    if isinstance(key, np.ndarray):
        return key.item() if key.ndim == 0 else tuple(key.ravel().tolist())
    return key if isinstance(key, str | tuple) else str(key)


def _decode_array(data: dict[str, Any]) -> Any:
    shape, numbers, kind = data.get("array"), data.get("data"), str(data.get("type"))
    if not isinstance(shape, list) or not isinstance(numbers, list) or len(numbers) > MOST_NUMBERS:
        return Other("unreadable data")
    if not all(type(n) in (int, float) for n in numbers) or not all(type(n) is int and n >= 0 for n in shape):
        return Other("unreadable data")
    try:
        array = np.array(numbers, dtype=np.float64 if "float" in kind or kind == "matrix" else np.int64)
        array = array.reshape(shape)
    except (ValueError, OverflowError, TypeError):
        return Other("unreadable data")
    if kind == "matrix" and array.ndim == 2:
        return Marked(array, "np.matrix")
    return Marked(array, kind) if kind in ("float32", "float16") else array


@dataclass(frozen=True, eq=False)
class Marked:
    """An array together with what was special about its type: np.matrix, float32."""

    array: Any
    kind: str

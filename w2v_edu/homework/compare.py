"""Is this value that value? Shapes that mean the same are the same; what was unusual is noted."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.homework.answers import Outcome
from w2v_edu.homework.bend import CRASH
from w2v_edu.homework.question import Question
from w2v_edu.homework.wire import Marked, Other

__all__ = ["CLOSE", "LOOSE", "Departure", "Fit", "departure", "error_of", "fit", "parts", "same"]

CLOSE = 1e-8  # relative: rounding of any sensible order of summation stays far below
LOOSE = 2e-5  # what float32, or a numerical derivative, still reaches: right, with fewer digits


@dataclass(frozen=True, eq=False)
class Fit:
    """A student's value in the shape that was expected, what was unusual about it, or why it does not fit."""

    value: NDArray[np.float64] | None
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Departure:
    """The first place where an answer is not the truth."""

    quantity: str
    entry: tuple[int, ...]
    yours: float | None
    expected: float | None
    point: str
    problem: str = ""

    @property
    def difference(self) -> float | None:
        """Yours minus expected, where both are numbers."""
        if self.yours is None or self.expected is None:
            return None
        return self.yours - self.expected


def parts(outcome: Outcome, reading: tuple[str, ...], question: Question) -> list[Any] | str:
    """The values that were asked for, one each; or what is wrong with the answer as a whole."""
    value = outcome.value
    if value is None and question.updates:
        places = [_place(question, name) for name in reading]
        if all(0 <= place < len(outcome.arguments) for place in places):
            return [outcome.arguments[place] for place in places]
    if value is None:
        return "it returns None: is the return statement missing?"
    if isinstance(value, dict):
        value = tuple(value.values())
    if len(reading) == 1:
        if isinstance(value, tuple | list) and len(value) == 1:
            value = value[0]
        value = _stacked(value)
        return [np.sort(value.ravel()) if reading == ("W_neg",) and isinstance(value, np.ndarray) else value]
    if isinstance(value, tuple | list) and len(value) == len(reading):
        return [_stacked(part) for part in value]
    given = f"{len(value)} values" if isinstance(value, tuple | list) else "one value"
    return f"it returns {given}; expected {len(reading)}: {', '.join(reading)}"


def _place(question: Question, name: str) -> int:
    """Which positional argument an updated quantity came in as."""
    role = {"h_new": "h", "W_new": "W", "W_out_new": "W_out", "pos_new": "v_pos", "neg_new": "V_neg"}.get(
        name, ""
    )
    positional = [p.role for p in question.parameters if not p.keyword_only]
    return positional.index(role) if role in positional else -1


def _stacked(value: Any) -> Any:
    """A list or tuple of numbers or of vectors as one array, where it is one."""
    if isinstance(value, tuple | list) and value and all(isinstance(part, np.ndarray) for part in value):
        try:
            return np.stack([np.squeeze(part) if part.ndim > 1 else part for part in value])
        except ValueError:
            return value
    if isinstance(value, tuple | list) and value and all(isinstance(part, list | tuple) for part in value):
        inner = [_stacked(part) for part in value]
        return _stacked(inner) if all(isinstance(part, np.ndarray) for part in inner) else value
    return value


def fit(value: Any, expected: Any, columns: bool = False) -> Fit:
    """The value in the shape of what is expected, if the two shapes mean the same.

    A vector may be (d,), (1, d) or (d, 1); a number may be an array of one element; with words as columns a
    matrix is expected transposed.
    """
    notes: list[str] = []
    if isinstance(value, Marked):
        notes.append("np.matrix" if value.kind == "np.matrix" else value.kind)
        value = value.array
    if isinstance(value, Other):
        return Fit(None, problem=f"it is {value.what}, not numbers")
    if not isinstance(value, np.ndarray):
        return Fit(None, problem=f"it is {'nothing' if value is None else type(value).__name__}, not numbers")
    wanted, got = np.shape(expected), value.shape
    array = value.astype(np.float64)
    if not wanted:
        if array.size == 1:
            return Fit(
                array.reshape(()), (*notes, "a loss of one element in an array") if got else tuple(notes)
            )
    elif len(wanted) == 1:
        if got == wanted:
            return Fit(array, tuple(notes))
        if got in ((1, *wanted), (*wanted, 1)):
            return Fit(
                array.reshape(wanted),
                (*notes, "a vector of shape " + ("(1, d)" if got[0] == 1 else "(d, 1)")),
            )
    elif columns and got == wanted[::-1]:
        return Fit(array.T, tuple(notes))
    elif got == wanted and not columns:
        return Fit(array, tuple(notes))
    elif 1 in wanted and array.size == np.prod(wanted) and array.ndim == 1:
        return Fit(array.reshape(wanted), tuple(notes))
    if array.size == 1 and array.ravel()[0] == 0 and not np.any(expected):
        return Fit(np.zeros(wanted), tuple(notes))
    shown = wanted[::-1] if columns else wanted
    return Fit(array, tuple(notes), problem=f"its shape is {_shape(got)}; expected {_shape(shown)}")


def _shape(shape: tuple[int, ...]) -> str:
    return str(tuple(shape)) if shape else "a single number"


def error_of(value: NDArray[Any], expected: Any) -> float:
    """max|a - b| / max|b|; where b is zero, max|a|; infinite where a is not finite and b is."""
    b = np.asarray(expected, dtype=np.float64)
    if value.size == 0:
        return 0.0
    same_place = (value == b) | (np.isnan(value) & np.isnan(b))
    if same_place.all():
        return 0.0
    if not (np.isfinite(value).all() and np.isfinite(b).all()):
        return float("inf")
    scale = float(np.abs(b).max())
    gap = float(np.abs(value - b).max())
    return gap / scale if scale > 1e-300 else gap


def same(value: Any, wrong: Any, columns: bool, allowed: float = LOOSE) -> bool:
    """Whether a student's value is what a mistake would have given: shape and all, crash and nan included."""
    if isinstance(wrong, str) or isinstance(value, str):
        return isinstance(wrong, str) and isinstance(value, str) and wrong == value == CRASH
    fitted = fit(value, wrong, columns)
    return not fitted.problem and fitted.value is not None and error_of(fitted.value, wrong) <= allowed


def departure(value: Any, expected: Any, quantity: str, point: str, columns: bool) -> Departure:
    """The entry that is furthest from the truth: the first of those, in reading order."""
    fitted = fit(value, expected, columns)
    if fitted.problem or fitted.value is None:
        return Departure(quantity, (), None, None, point, fitted.problem)
    b = np.asarray(expected, dtype=np.float64)
    gap = np.where(np.isfinite(fitted.value), np.abs(fitted.value - b), np.inf)
    wrong = gap > CLOSE * max(float(np.abs(b).max()), 1e-300)
    entry = tuple(int(i) for i in np.argwhere(wrong)[0]) if wrong.any() else ()
    return Departure(quantity, entry, float(fitted.value[entry]), float(b[entry]), point)

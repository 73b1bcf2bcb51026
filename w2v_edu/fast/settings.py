"""The settings of a training run, checked before anything is trained."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from w2v_edu.errors import W2VError
from w2v_edu.model import Combine, InputSide

__all__ = ["Settings", "check_settings"]

LARGEST_WINDOW = 500
LARGEST_ALPHA = 10.0


@dataclass(frozen=True)
class Settings:
    """Everything that decides what a run computes; the keywords of `train`, by the same names."""

    input_side: InputSide
    objective: str
    vector_size: int
    window: int
    negative: int
    sample: float
    min_count: int
    alpha: float
    min_alpha: float
    epochs: int
    seed: int
    shrink_windows: bool
    ns_exponent: float
    dtype: str
    workers: int
    method: Literal["sgd", "batch"]
    freeze: Literal["W", "W_out"] | None
    combine: Combine
    one_over_C: bool
    chunk: int | None
    clip: float


def check_settings(s: Settings, allow_collapse: bool) -> None:
    """Raise the `W2VError` that says which setting cannot be, and what was expected."""
    _whole("vector_size", s.vector_size, 1)
    _whole("window", s.window, 1)
    _whole("negative", s.negative, 0)
    _whole("min_count", s.min_count, 1)
    _whole("epochs", s.epochs, 1)
    _whole("workers", s.workers, 1)
    if s.chunk is not None:
        _whole("chunk", s.chunk, 1)
    if s.window > LARGEST_WINDOW:
        raise W2VError(f"window is {s.window}; at most {LARGEST_WINDOW} words on each side are supported")
    if not (isinstance(s.seed, int) and s.seed >= 0):
        raise W2VError(f"seed is {s.seed!r}; expected a whole number, 0 or more")
    for name in ("sample", "min_alpha", "alpha", "clip", "ns_exponent"):
        value = getattr(s, name)
        if not (isinstance(value, (int, float)) and math.isfinite(value)):
            raise W2VError(f"{name} is {value!r}; expected a finite number")
    if s.sample < 0:
        raise W2VError(f"sample is {s.sample:g}; expected 0 (keep every word) or a small number such as 1e-3")
    if not 0 < s.alpha <= LARGEST_ALPHA:
        raise W2VError(
            f"alpha is {s.alpha:g}; expected a learning rate above 0 and at most {LARGEST_ALPHA:g}, "
            "such as 0.025: a larger one diverges"
        )
    if not 0 <= s.min_alpha <= s.alpha:
        raise W2VError(f"min_alpha is {s.min_alpha:g}; expected 0 .. alpha = {s.alpha:g}")
    if s.clip <= 0:
        raise W2VError(f"clip is {s.clip:g}; expected the longest step of one row, above 0")
    _one_of("input_side", s.input_side, get_args(InputSide))
    _one_of("dtype", s.dtype, ("float32", "float64"))
    _one_of("method", s.method, ("sgd", "batch"))
    _one_of("freeze", s.freeze, (None, "W", "W_out"))
    _one_of("combine", s.combine, get_args(Combine))
    if s.objective == "negative" and s.negative == 0 and not allow_collapse:
        raise W2VError(
            "negative=0 leaves only pairs that are true: the loss falls to 0 when all vectors become "
            "the same long vector (Goldberg and Levy). Pass allow_collapse=True to watch it on purpose"
        )
    if s.objective == "nce" and s.negative == 0:
        raise W2VError("NCE needs noise words: negative=0 leaves log(K q) = log 0")
    if s.method == "batch" and s.workers > 1:
        raise W2VError("method='batch' takes one step an epoch: it has no use for workers")


def check_size(vector_size: int, V: int) -> None:
    """Raise if the vectors could not be held, or are out of proportion to the vocabulary."""
    if vector_size > max(1000, 4 * V):
        raise W2VError(
            f"vector_size = {vector_size} is out of proportion for {V} words: expected at most "
            f"{max(1000, 4 * V)} (V numbers a word can already say everything; 50 to 300 are usual)"
        )


def _whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        hint = " (a window of 0 words holds no context)" if name == "window" and value == 0 else ""
        raise W2VError(f"{name} is {value!r}; expected a whole number, {least} or more{hint}")


def _one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise W2VError(f"{name} is {value!r}; expected one of {', '.join(map(repr, allowed))}")

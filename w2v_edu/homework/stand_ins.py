"""Stand-ins for what a course hands to a student's function: a data set, a loss function, a tree.

This file is also loaded by the process that runs a student's file; it needs NumPy alone. None of it knows a
right answer to what the student is asked.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

__all__ = ["TooManyDraws", "build"]

Made = Any


class TooManyDraws(RuntimeError):
    """The function keeps drawing noise words for ever."""


class Dataset:
    """Gives noise words in a fixed order, as often as asked for; it says so when that never ends."""

    def __init__(self, draws: list[int], V: int) -> None:
        self.draws, self.V, self.taken = draws, V, 0

    def sampleTokenIdx(self) -> int:
        self.taken += 1
        if self.taken > 5000:
            raise TooManyDraws("more than 5000 noise words were drawn in one call")
        return self.draws[(self.taken - 1) % len(self.draws)]

    def getRandomContext(self, C: int = 5) -> tuple[str, list[str]]:
        words = [f"w{self.sampleTokenIdx()}" for _ in range(2 * C + 1)]
        return words[0], words[1:]


def naiveSoftmaxLossAndGradient(
    centerWordVec: Any, outsideWordIdx: int, outsideVectors: Any, dataset: Any
) -> Any:
    """Softmax loss of one outside word, in the shapes of CS224n."""
    v = np.asarray(centerWordVec, dtype=float).ravel()
    z = outsideVectors @ v
    p = np.exp(z - z.max())
    p /= p.sum()
    loss = float(-np.log(p[outsideWordIdx]))
    p[outsideWordIdx] -= 1.0
    return loss, (outsideVectors.T @ p).reshape(np.shape(centerWordVec)), np.outer(p, v)


def squaredLossAndGradient(centerWordVec: Any, outsideWordIdx: int, outsideVectors: Any, dataset: Any) -> Any:
    """A loss that is neither of the course's two: 1/2 sum (u - t)^2."""
    v = np.asarray(centerWordVec, dtype=float).ravel()
    e = outsideVectors @ v
    e[outsideWordIdx] -= 1.0
    gradient = (outsideVectors.T @ e).reshape(np.shape(centerWordVec))
    return float(0.5 * (e**2).sum()), gradient, np.outer(e, v)


def softmaxCostAndGradient(predicted: Any, target: int, outputVectors: Any, dataset: Any) -> Any:
    """The softmax loss under the parameter names of 2015 to 2018."""
    return naiveSoftmaxLossAndGradient(predicted, target, outputVectors, dataset)


def squaredCostAndGradient(predicted: Any, target: int, outputVectors: Any, dataset: Any) -> Any:
    """The foreign loss under the parameter names of 2015 to 2018."""
    return squaredLossAndGradient(predicted, target, outputVectors, dataset)


LOSSES: dict[str, Callable[..., Any]] = {
    "softmax": naiveSoftmaxLossAndGradient,
    "foreign": squaredLossAndGradient,
    "softmax 2015": softmaxCostAndGradient,
    "foreign 2015": squaredCostAndGradient,
}


def build(kind: str, data: Any) -> Made:
    """The stand-in of that kind. `data` has crossed as plain data: arrays, lists, text."""
    if kind == "dataset":
        return Dataset([int(w) for w in np.ravel(data["draws"])], int(data["V"]))
    if kind == "loss":
        return LOSSES[data]
    if kind == "int":
        return int(data)
    if kind == "float":
        return float(data)
    if kind == "ids":
        return [int(w) for w in np.ravel(data)]
    if kind == "id lists":
        return [[int(w) for w in np.ravel(part)] for part in data]
    if kind == "words":
        return [str(w) for w in data]
    if kind == "word ids":
        return {str(w): i for i, w in enumerate(data)}
    if kind == "tree":
        lists = {name: [np.array(np.ravel(part), dtype=np.int64) for part in data[name]] for name in data}
        return SimpleNamespace(**lists, V=len(lists["paths"]), root=len(lists["paths"]) - 2)
    if kind == "generator":
        return np.random.default_rng(int(data))
    raise ValueError(kind)

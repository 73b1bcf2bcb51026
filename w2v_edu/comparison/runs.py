"""One training run of the comparison: learned in short stretches, and looked at after each."""

import time
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.parts import Part
from w2v_edu.errors import W2VError
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.result import Result
from w2v_edu.fast.train import initial_params, train

__all__ = ["Curve", "Plan", "Task", "run_task"]

Array = NDArray[Any]

LOWEST = 0.01  # the learning rate falls to this part of where it began


@dataclass(frozen=True)
class Plan:
    """What all runs of a comparison share.

    Attributes
    ----------
    vector_size, window, negative, sample
        As for `train`.
    epochs : int
        Passes over the text, split into `stretches`.
    stretches : int
        How often the held-out loss is taken.
    rates : tuple of float
        Learning rates to choose from.
    seeds : tuple of int
    map_words : tuple of int
        The words whose way is kept.
    """

    vector_size: int = 25
    window: int = 3
    negative: int = 5
    sample: float = 0.0
    epochs: int = 10
    stretches: int = 5
    rates: tuple[float, ...] = (0.1, 0.3, 0.9)
    seeds: tuple[int, ...] = (1, 2, 3)
    map_words: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.stretches < 1:
            raise W2VError(f"epochs is {self.epochs}; expected a whole number, 1 or more")
        if not self.rates or not self.seeds:
            raise W2VError("at least one learning rate and one seed expected")


class Task(NamedTuple):
    """Which run."""

    input_side: str
    objective: str
    alpha: float
    seed: int


@dataclass(frozen=True, eq=False)
class Curve:
    """What one run has shown.

    Attributes
    ----------
    task : Task
    words : tuple of int
        Words trained on, at the start and after each stretch; each is one example, so one update.
    seconds : tuple of float
        Of training alone, at the same moments.
    own : tuple of float
        The held-out loss of the objective itself, in nats a prediction.
    exact : tuple of float
        The exact held-out -log p, in nats a prediction: of softmax(u + log P_n) under negative sampling.
    snapshots : ndarray, shape (stretches + 1, len(plan.map_words), N)
        Rows of W at the same moments.
    result : Result
        The end.
    problem : str
    """

    task: Task
    words: tuple[int, ...]
    seconds: tuple[float, ...]
    own: tuple[float, ...]
    exact: tuple[float, ...]
    snapshots: Array
    result: Result
    problem: str


def run_task(task: Task, training: Part, held_out: Part, plan: Plan) -> Curve:
    """Train, stretch by stretch; the learning rate falls in one straight line over all of them.

    All objectives with the same seed start from the same W, and from W_out = 0.
    """
    V = len(training.words)
    start = initial_params(V, V - (task.objective == "hierarchical"), plan.vector_size, task.seed)
    bounds = np.linspace(0, plan.epochs, min(plan.stretches, plan.epochs) + 1).round().astype(int)
    rates = task.alpha * (1 + (LOWEST - 1) * bounds / plan.epochs)
    rows = list(plan.map_words)
    seconds, snapshots, results = [0.0], [start.W[rows]], list[Result]()
    for i, (first, last) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        began = time.perf_counter()
        before = results[-1].params if results else start
        results.append(_train(task, training, plan, before, last - first, rates[i], rates[i + 1], i))
        seconds.append(seconds[-1] + time.perf_counter() - began)
        snapshots.append(results[-1].W[rows])
        if results[-1].interrupted:
            raise KeyboardInterrupt
    end = results[-1]
    untrained = replace(end, W=start.W, W_out=start.W_out, history=())
    own, exact = zip(*(_look(one, held_out) for one in (untrained, *results)), strict=True)
    problem = next((one.problem for one in results if one.problem), "")
    words = tuple((bounds * training.n_tokens).tolist())
    return Curve(task, words, tuple(seconds), own, exact, np.stack(snapshots), end, problem)


def _train(
    task: Task, text: Part, plan: Plan, start: Any, epochs: int, alpha: float, min_alpha: float, stretch: int
) -> Result:
    return train(
        text,
        task.input_side,
        task.objective,
        vector_size=plan.vector_size,
        window=plan.window,
        negative=plan.negative,
        sample=plan.sample,
        min_count=1,
        alpha=float(alpha),
        min_alpha=float(min_alpha),
        epochs=epochs,
        seed=1000 * task.seed + stretch,
        init=start,
    )


def _look(result: Result, held_out: Part) -> tuple[float, float]:
    own = held_out_loss(result, held_out).loss
    if result.settings.objective in ("softmax", "hierarchical"):
        return own, own
    return own, held_out_loss(result, held_out, "softmax").loss

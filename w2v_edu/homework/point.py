"""One test point: parameters, words, noise and a learning rate at which a student's function is tried."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.homework.foreign import SquaredError
from w2v_edu.model import Combine, Example, InputSide, Params
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, Hierarchical, Negative, Objective, Softmax
from w2v_edu.tree import Tree

__all__ = ["LARGE", "Point"]

LARGE = "scores between 6 and 30 in size"


@dataclass(frozen=True, eq=False)
class Point:
    """Everything that an answer can depend on.

    Attributes
    ----------
    label : str
        What is special about the point, in words that end a sentence: "at V = N".
    params : Params
        Never zero anywhere.
    input_side, objective : str
    inputs, targets : tuple of int
        As in `w2v_edu.model.Example`, but the context may be empty.
    noise : tuple of tuple of int
        W_neg of each target.
    combine : {"mean", "sum"}
        How CBOW makes h.
    eta : float
        The learning rate of an update.
    tree, q : Tree and Noise, or None
        What hierarchical softmax and NCE hold.
    draws : tuple of int
        What the source of noise words will give, in order, where the function draws for itself.
    K : int
        How many noise words are asked for.
    """

    label: str
    params: Params
    input_side: InputSide
    objective: str
    inputs: tuple[int, ...]
    targets: tuple[int, ...]
    noise: tuple[tuple[int, ...], ...] = ()
    combine: Combine = "mean"
    eta: float = 0.1
    tree: Tree | None = None
    q: Noise | None = None
    draws: tuple[int, ...] = ()
    K: int = 0
    tags: frozenset[str] = field(default=frozenset())

    @property
    def empty(self) -> bool:
        """Whether there is no context word at all."""
        return not self.inputs or not self.targets

    @property
    def context(self) -> tuple[int, ...]:
        """The context words: what CBOW reads, what skip-gram predicts."""
        return self.inputs if self.input_side == "cbow" else self.targets

    @property
    def center(self) -> int:
        """The word in the middle: what CBOW predicts, what skip-gram reads."""
        return self.targets[0] if self.input_side == "cbow" else self.inputs[0]

    @property
    def example(self) -> Example:
        """The point as one training example; an empty context cannot be one."""
        return Example(self.input_side, self.inputs, self.targets, self.noise, self.combine)

    @cached_property
    def sheet(self) -> Objective:
        """The objective, with the data that it holds."""
        if self.objective == "softmax":
            return Softmax()
        if self.objective == "negative":
            return Negative()
        if self.objective == "foreign":
            return SquaredError()
        if self.objective == "hierarchical":
            assert self.tree is not None
            return Hierarchical(self.tree)
        assert self.q is not None
        return NCE(self.q, self.K)

    @cached_property
    def h(self) -> NDArray[Any]:
        """The hidden layer, by (1), (17) or (24); zero where there is no context."""
        if not self.inputs:
            return np.zeros(self.params.N)
        rows = self.params.W[list(self.inputs)]
        return np.asarray(rows.sum(axis=0) * self.weight)

    @property
    def weight(self) -> float:
        """What each input vector counts in h."""
        return 1.0 / len(self.inputs) if self.combine == "mean" and self.inputs else 1.0

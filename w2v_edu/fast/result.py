"""What a training run gives back, and what it reports on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.settings import Settings
from w2v_edu.model import Params
from w2v_edu.noise import Noise
from w2v_edu.tree import Tree

__all__ = ["Callback", "Progress", "Result"]

Array = NDArray[Any]


class Progress(NamedTuple):
    """Where a run stands.

    Attributes
    ----------
    words, total : int
        Words of the text read so far, and in all epochs together.
    epoch : int
        The epoch, from 0; equal to the number of epochs at the very end.
    seconds : float
        Since training began, or was resumed.
    words_per_second : float
        Words of the text read in a second, in that time.
    loss : float
        The mean loss of a prediction, over some chunks just before they were trained on.
    alpha : float
        The learning rate.
    clipped : int
        Row updates that were clipped so far.
    """

    words: int
    total: int
    epoch: int
    seconds: float
    words_per_second: float
    loss: float
    alpha: float
    clipped: int


Callback = Callable[[Progress], object]


@dataclass(frozen=True, eq=False)
class Result:
    """What was learned.

    Attributes
    ----------
    W : ndarray, shape (V, N)
        Input vectors.
    W_out : ndarray, shape (V, N), or (V - 1, N) under hierarchical softmax
        Output vectors of words, or of inner nodes.
    words, counts : tuple of str and ndarray of int, shape (V,)
        The vocabulary that was trained on.
    tree, noise : Tree and Noise, or None
        What the objective used.
    settings : Settings
    history : tuple of Progress
    interrupted : bool
        Whether the run was stopped before its end (Ctrl-C).
    problem : str
        One sentence on what went wrong on the way: clipped steps, a worker that died. Empty if nothing did.
    """

    W: Array
    W_out: Array
    words: tuple[str, ...]
    counts: NDArray[np.int64]
    tree: Tree | None
    noise: Noise | None
    settings: Settings
    history: tuple[Progress, ...]
    interrupted: bool = False
    problem: str = ""

    @property
    def params(self) -> Params:
        """Both matrices, as the reference takes them."""
        return Params(self.W, self.W_out)

    @property
    def clipped(self) -> int:
        """Row updates that were clipped: 0 in a healthy run."""
        return self.history[-1].clipped if self.history else 0

    @property
    def diverged(self) -> bool:
        """Whether steps had to be clipped so often that the learning rate was too high for this text."""
        return "diverge" in self.problem

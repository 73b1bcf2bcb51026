"""A loss that is neither softmax nor negative sampling: does a skip-gram call the function it is handed?"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from w2v_edu.functions import one_hot
from w2v_edu.model import OutputTrace
from w2v_edu.objectives import Questions

__all__ = ["SquaredError"]


@dataclass(frozen=True)
class SquaredError:
    """E = 1/2 sum_j (u_j - t_j)^2 over all output vectors. No word2vec; a sheet like the others."""

    name: ClassVar[str] = "foreign"
    link: ClassVar[str] = "identity"
    loss: ClassVar[str] = r"E = \frac12 \sum_{j=1}^V (u_j - t_j)^2"

    def rows(self, V: int) -> int:
        """R = V."""
        return V

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word."""
        return 0.5 * ((W_out @ h - one_hot(w_O, len(W_out))) ** 2).sum()

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """All of it; M = V."""
        u, t = W_out @ h, one_hot(w_O, len(W_out))
        e = u - t
        E = self.E(h, W_out, w_O)
        return OutputTrace(np.arange(len(W_out)), u, u, t, e, E, np.outer(e, h), W_out.T @ e, w_O)

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """All rows, the label is 1 at the target."""
        return Questions(rows=None, t=targets, sizes=np.empty(0, dtype=np.int64))

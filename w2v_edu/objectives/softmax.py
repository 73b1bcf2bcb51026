"""Full softmax: every output vector is asked, and the label is 1 for the target word alone."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from w2v_edu.functions import log_sum_exp, one_hot, softmax
from w2v_edu.model import OutputTrace, check_word
from w2v_edu.objectives.questions import Questions

__all__ = ["Softmax"]


@dataclass(frozen=True)
class Softmax:
    """Section 1 and 2 of the paper: E = -log p(w_O | input), p a softmax over the vocabulary.

    Examples
    --------
    Two words, h = (1, 0): the scores are 0 and log 3, so y = (1/4, 3/4), and w_O = 0 costs log 4.

    >>> W_out = np.array([[0.0, 5.0], [np.log(3.0), 7.0]])
    >>> out = Softmax().trace(np.array([1.0, 0.0]), W_out, w_O=0)
    >>> out.y, out.e
    (array([0.25, 0.75]), array([-0.75,  0.75]))
    >>> bool(np.isclose(out.E, np.log(4.0)))
    True
    """

    name: ClassVar[str] = "softmax"
    link: ClassVar[str] = "softmax"
    loss: ClassVar[str] = r"E = -u_{j^*} + \log\sum_{j'=1}^V \exp(u_{j'})"

    def rows(self, V: int) -> int:
        """R = V: every word owns an output vector."""
        return V

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word, (7) and (20)."""
        check_word("target", w_O, len(W_out))
        u = W_out @ h  # (2)
        return -u[w_O] + log_sum_exp(u)  # (7) (20)

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """Equations (2) to (12) for one target word; (25) to (30) for one panel. M = V."""
        V = len(W_out)
        E = self.E(h, W_out, w_O)
        u = W_out @ h  # (2) (26)     (V,)
        y = softmax(u)  # (3) (25)    (V,)
        t = one_hot(w_O, V)  #        (V,)
        e = y - t  # (8) (30)         (V,)
        d_rows = np.outer(e, h)  # (9) (32)    (V, N)
        EH = W_out.T @ e  # (12) (36)          (N,)
        return OutputTrace(np.arange(V), u, y, t, e, E, d_rows, EH, w_O)

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """All rows; the label is 1 at the target."""
        return Questions(rows=None, t=targets, sizes=np.empty(0, dtype=np.int64))

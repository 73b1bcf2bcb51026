"""Negative sampling: the target word and K noise words are asked, labels 1, 0, .., 0."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from w2v_edu.functions import log_sigmoid, sigmoid
from w2v_edu.model import OutputTrace
from w2v_edu.objectives.questions import Questions, target_then_noise

__all__ = ["Negative"]


@dataclass(frozen=True)
class Negative:
    """Section 3.2 of the paper: tell the true word from K drawn ones. Another event than softmax's.

    W_neg is a multiset: a word drawn twice counts twice, and one equal to w_O counts on both sides.

    Examples
    --------
    h = (1, 0). The target scores log 3 (sigma = 3/4); noise word 0 scores 0 (sigma = 1/2), drawn twice.

    >>> W_out = np.array([[0.0, 5.0], [np.log(3.0), 7.0]])
    >>> out = Negative().trace(np.array([1.0, 0.0]), W_out, w_O=1, W_neg=(0, 0))
    >>> out.rows, out.t, out.e
    (array([1, 0, 0]), array([1., 0., 0.]), array([-0.25,  0.5 ,  0.5 ]))
    >>> bool(np.isclose(out.E, -np.log(0.75) - 2 * np.log(0.5)))
    True
    """

    name: ClassVar[str] = "negative"
    link: ClassVar[str] = "sigmoid"
    loss: ClassVar[str] = (
        r"E = -\log\sigma({\mathbf{v}'_{w_O}}^T \mathbf{h})"
        r" - \sum_{w_j\in\mathcal{W}_{neg}} \log\sigma(-{\mathbf{v}'_{w_j}}^T \mathbf{h})"
    )

    def rows(self, V: int) -> int:
        """R = V: every word owns an output vector."""
        return V

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word, (55)."""
        positive = W_out[w_O] @ h
        negative = W_out[np.asarray(W_neg, dtype=np.int64)] @ h
        return -log_sigmoid(positive) - log_sigmoid(-negative).sum()  # (55)

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """Equations (55) to (61) for one target word. M = 1 + K."""
        E = self.E(h, W_out, w_O, W_neg)  # (55)
        rows = np.array([w_O, *W_neg], dtype=np.int64)  #    (1 + K,)
        v = W_out[rows]  #          (1 + K, N)
        u = v @ h  #                (1 + K,)
        y = sigmoid(u)  #           (1 + K,)
        t = np.array([1.0] + [0.0] * len(W_neg))  #    (1 + K,)
        e = y - t  # (57)           (1 + K,)
        d_rows = np.outer(e, h)  # (58), one row an occurrence    (1 + K, N)
        EH = v.T @ e  # (61)        (N,)
        return OutputTrace(rows, u, y, t, e, E, d_rows, EH, w_O, tuple(W_neg))

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """The target, then its noise words; labels 1, 0, .., 0."""
        rows, t = target_then_noise(targets, noise, sizes)
        return Questions(rows, t, sizes + 1)

"""Noise-contrastive estimation: negative sampling with log(K q) subtracted from every score.

Gutmann and Hyvarinen 2010; for language models Mnih and Teh 2012. With log(K q) = 0 it is negative sampling.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid, sigmoid
from w2v_edu.model import OutputTrace
from w2v_edu.noise import Noise
from w2v_edu.objectives.questions import Questions, target_then_noise

__all__ = ["NCE"]


@dataclass(frozen=True, eq=False)
class NCE:
    """The posterior that a word came from the data, not from K draws of noise: sigma(u - log(K q)).

    Attributes
    ----------
    noise : Noise
        The distribution q that the noise words are drawn from; positive wherever it is asked about.
    K : int
        How many are drawn for each target word, at least one.

    Examples
    --------
    h = (1, 0), q = (1/2, 1/2), K = 2, so log(K q) = 0 and the numbers are those of negative sampling.

    >>> W_out = np.array([[0.0, 5.0], [np.log(3.0), 7.0]])
    >>> out = NCE(Noise(np.array([0.5, 0.5])), K=2).trace(np.array([1.0, 0.0]), W_out, 1, (0, 0))
    >>> out.e
    array([-0.25,  0.5 ,  0.5 ])
    """

    noise: Noise
    K: int

    name: ClassVar[str] = "nce"
    link: ClassVar[str] = "sigmoid"
    loss: ClassVar[str] = (
        r"E = -\log\sigma({\mathbf{v}'_{w_O}}^T \mathbf{h} - \log(K q_{w_O}))"
        r" - \sum_{w_j\in\mathcal{W}_{neg}} \log\sigma(-{\mathbf{v}'_{w_j}}^T \mathbf{h} + \log(K q_{w_j}))"
    )

    def __post_init__(self) -> None:
        if self.K < 1:
            raise W2VError(f"NCE with K = {self.K}: at least one noise word is needed")

    def rows(self, V: int) -> int:
        """R = V: every word owns an output vector."""
        if self.noise.V != V:
            raise W2VError(f"the noise distribution has {self.noise.V} words and the vocabulary {V}")
        return V

    def offset(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """log(K q) of each row."""
        q = self.noise.p[rows]
        if (q <= 0).any():
            word = int(rows[int(np.argmin(q))])
            raise W2VError(
                f"word {word} has noise probability 0: NCE needs log(K q) of every word it asks about"
            )
        return np.asarray(np.log(self.K * q))

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word, (nce-2)."""
        rows = self._rows(w_O, W_neg)
        z = W_out[rows] @ h - self.offset(rows)
        return -log_sigmoid(z[0]) - log_sigmoid(-z[1:]).sum()

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """The formulas for one target word; u is the score before log(K q) is subtracted. M = 1 + K."""
        E = self.E(h, W_out, w_O, W_neg)
        rows = self._rows(w_O, W_neg)  #    (1 + K,)
        offset = self.offset(rows)  #       (1 + K,)
        v = W_out[rows]  #                  (1 + K, N)
        u = v @ h  #                        (1 + K,)
        y = sigmoid(u - offset)  #          (1 + K,)
        t = np.array([1.0] + [0.0] * self.K)  #    (1 + K,)
        e = y - t  #                        (1 + K,)
        d_rows = np.outer(e, h)  #          (1 + K, N)
        EH = v.T @ e  #                     (N,)
        return OutputTrace(rows, u, y, t, e, E, d_rows, EH, w_O, tuple(W_neg), offset=offset)

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """The target, then its noise words; labels 1, 0, .., 0; log(K q) as the offset."""
        self._check_K(int(sizes[np.argmax(sizes != self.K)]))
        rows, t = target_then_noise(targets, noise, sizes)
        return Questions(rows, t, sizes + 1, self.offset(rows))

    def _rows(self, w_O: int, W_neg: tuple[int, ...]) -> NDArray[np.int64]:
        self._check_K(len(W_neg))
        return np.array([w_O, *W_neg], dtype=np.int64)

    def _check_K(self, drawn: int) -> None:
        if drawn != self.K:
            raise W2VError(f"NCE was made with K = {self.K} and the example has {drawn} noise words")

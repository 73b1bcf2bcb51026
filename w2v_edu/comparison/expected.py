"""The expected loss of each objective over all pairs of a text, and its gradient: no draw, no batch.

For every word w and output vector j there are two numbers: how often j is asked when w is the input, and how
often the answer should be yes. Then e = y mass - label, whatever the objective.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.descent import minimise
from w2v_edu.functions import log_sigmoid, log_sum_exp, sigmoid, softmax
from w2v_edu.tree import Tree

__all__ = ["Expected", "expected_hierarchical", "expected_nce", "expected_negative", "expected_softmax",
           "fit_output", "gradient", "loss"]  # fmt: skip

Array = NDArray[Any]

RIDGE = 1e-6


class Expected(NamedTuple):
    """An objective over all pairs.

    Attributes
    ----------
    link : {"softmax", "sigmoid"}
    mass, label : ndarray, shape (V, R)
        How often output vector j is asked about input word w, and how often it is right, over all pairs.
    offset : ndarray, shape (R,) or float
        Taken off the scores.
    """

    link: str
    mass: Array
    label: Array
    offset: Any = 0.0


def expected_softmax(P: Array) -> Expected:
    """P[w, c] is the share of the pair (w, c) among all pairs. Shape (V, V)."""
    return Expected("softmax", np.broadcast_to(P.sum(axis=1, keepdims=True), P.shape), P)


def expected_negative(P: Array, q: Array, K: float) -> Expected:
    """K noise words a pair, drawn from q; the sum over draws is K q."""
    return Expected("sigmoid", P + K * P.sum(axis=1, keepdims=True) * q, P)


def expected_nce(P: Array, q: Array, K: float) -> Expected:
    """The same, with log(K q) taken off the scores."""
    return expected_negative(P, q, K)._replace(offset=np.log(K * q))


def expected_hierarchical(P: Array, tree: Tree) -> Expected:
    """Node n is asked about w as often as the path to w's partner leads through n."""
    V = len(P)
    through, left = np.zeros((V, V - 1)), np.zeros((V, V - 1))
    word = np.repeat(np.arange(V), tree.lengths)
    through[word, tree.nodes_flat] = 1.0
    left[word, tree.nodes_flat] = 1.0 - tree.codes_flat
    return Expected("sigmoid", P @ through, P @ left)


def loss(ask: Expected, W: Array, W_out: Array) -> float:
    """The expected loss of a pair."""
    U = W @ W_out.T - ask.offset
    if ask.link == "softmax":
        return float((ask.mass[:, 0] * log_sum_exp(U)).sum() - (ask.label * U).sum())
    return float(-(ask.label * log_sigmoid(U)).sum() - ((ask.mass - ask.label) * log_sigmoid(-U)).sum())


def gradient(ask: Expected, W: Array, W_out: Array) -> tuple[Array, Array]:
    """dE/dW and dE/dW_out of the expected loss. Shapes (V, N) and (R, N)."""
    U = W @ W_out.T - ask.offset
    y = softmax(U) if ask.link == "softmax" else sigmoid(U)
    e = ask.mass * y - ask.label
    return e @ W_out, e.T @ W


def fit_output(ask: Expected, W: Array) -> Array:
    """The best W_out for this W: a convex problem. Shape (R, N).

    A ridge of a millionth keeps it finite where a word could be told from all others without an error.
    """
    shape = ask.label.shape[1], W.shape[1]

    def value(flat: Array) -> tuple[float, Array]:
        W_out = flat.reshape(shape)
        E = loss(ask, W, W_out) + RIDGE / 2 * float(flat @ flat)
        return E, gradient(ask, W, W_out)[1].ravel() + RIDGE * flat

    return minimise(value, np.zeros(shape[0] * shape[1])).reshape(shape)

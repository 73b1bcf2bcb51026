"""What is true of the objectives: angles to softmax's gradient, limits at full rank, collapse."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.expected import (
    Expected,
    expected_hierarchical,
    expected_nce,
    expected_negative,
    expected_softmax,
    fit_output,
    gradient,
    loss,
)
from w2v_edu.comparison.neighbours import unit_rows
from w2v_edu.corpus import positive_pairs
from w2v_edu.errors import W2VError
from w2v_edu.fast.text import Text
from w2v_edu.functions import sigmoid, softmax
from w2v_edu.noise import Noise
from w2v_edu.tree import huffman

__all__ = ["Angle", "Collapse", "Limit", "angles", "collapse", "full_rank", "pair_shares"]

Array = NDArray[Any]

LARGEST = 300  # words: the tables below are V x V
NOISE_SIZES = (1, 5, 25, 100)


class Angle(NamedTuple):
    """The angle between an objective's expected dE/dW and exact softmax's, in degrees."""

    objective: str
    K: int | None
    moment: str
    degrees: float


class Limit(NamedTuple):
    """How far training at full rank is from its limit, after so many steps of gradient descent."""

    objective: str
    steps: tuple[int, ...]
    error: tuple[float, ...]
    limit: str


class Collapse(NamedTuple):
    """Training with and without negatives: the loss, and the mean cosine of two words."""

    negative: int
    steps: tuple[int, ...]
    loss: tuple[float, ...]
    cosine: tuple[float, ...]


def pair_shares(text: Text, window: int, largest: int = LARGEST) -> Array:
    """P[w, c]: the share of each pair of a text, for its most frequent words. Shape (V, V), sum 1."""
    pairs = positive_pairs(text.blocks(), len(text.words), window)  # type: ignore[arg-type]  # also a Part's
    V = min(len(text.words), largest)
    often = np.argsort(-np.asarray(text.counts), kind="stable")[:V]
    place = np.full(len(text.words), -1)
    place[often] = np.arange(V)
    w, c = place[pairs.w], place[pairs.c]
    inside = (w >= 0) & (c >= 0)
    P = np.zeros((V, V))
    P[w[inside], c[inside]] = pairs.n[inside]
    alone = P.sum(axis=1) == 0
    P = P[~alone][:, ~alone]
    if len(P) < 3:
        raise W2VError("fewer than three words of this text have neighbours: there is nothing to compare")
    return np.asarray(P / P.sum())


def angles(P: Array, N: int = 10, seed: int = 0) -> tuple[Angle, ...]:
    """Each objective's dE/dW against softmax's, at the same W, each with the W_out that is best for that W.

    Two moments: W at random, and W after gradient descent on softmax's loss has gone part of the way.
    """
    q = Noise.from_counts(P.sum(axis=0) * 1e9 + 1e-3).p
    rng = np.random.default_rng(seed)
    W = 0.5 * rng.standard_normal((len(P), N))
    found = []
    for moment in ("random W", "W on its way"):
        exact, others = expected_softmax(P), _others(P, q)
        W_out = fit_output(exact, W)
        goal = gradient(exact, W, W_out)[0]
        for (name, K), ask in others.items():
            mine = gradient(ask, W, fit_output(ask, W))[0]
            found.append(Angle(name, K, moment, _degrees(mine, goal)))
        W = _descend(exact, W, W_out, steps=40)
    return tuple(found)


def _others(P: Array, q: Array) -> dict[tuple[str, int | None], Expected]:
    asks: dict[tuple[str, int | None], Expected] = {
        ("hierarchical", None): expected_hierarchical(P, huffman(P.sum(axis=0) + 1e-12))
    }
    for K in NOISE_SIZES:
        asks["negative", K] = expected_negative(P, q, K)
    for K in NOISE_SIZES:
        asks["nce", K] = expected_nce(P, q, K)
    return asks


def _degrees(a: Array, b: Array) -> float:
    cosine = float((a * b).sum() / (np.linalg.norm(a) * np.linalg.norm(b)))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _descend(ask: Expected, W: Array, W_out: Array, steps: int) -> Array:
    """Gradient descent on both matrices; each row by its own share of the pairs."""
    share = ask.label.sum(axis=1, keepdims=True)
    for _ in range(steps):
        dW, dW_out = gradient(ask, W, W_out)
        W, W_out = W - 0.5 * dW / share, W_out - 5.0 * dW_out
    return W


def full_rank(P: Array, K: int = 5, steps: int = 4000) -> tuple[Limit, ...]:
    """Train with N = V and W the identity, so that every score is free; see where it goes.

    Softmax goes to p(c|w), each node of the tree to the share of its left turns, negative sampling on
    observed pairs to log p(c|w) - log(K P_n(c)).
    """
    V = len(P)
    p, q = P / P.sum(axis=1, keepdims=True), Noise.from_counts(P.sum(axis=0) * 1e9 + 1e-3).p
    seen = P > 0
    tree = expected_hierarchical(p, huffman(P.sum(axis=0) + 1e-12))
    asked = tree.mass > 0
    left = np.divide(tree.label, tree.mass, out=np.zeros_like(tree.label), where=asked)
    with np.errstate(divide="ignore"):
        shifted = np.log(p) - np.log(K * q)
    errors_of: dict[str, Callable[[Array], Array]] = {
        "softmax": lambda U: softmax(U) - p,
        "hierarchical": lambda U: (sigmoid(U) - left)[asked],
        "negative": lambda U: (U - shifted)[seen],
    }
    cases = (
        ("softmax", expected_softmax(p), "p(c|w)"),
        ("hierarchical", tree, "p(left | node, w)"),
        ("negative", expected_negative(p, q, K), "log p(c|w) - log(K P_n(c)), on observed pairs"),
    )
    found = []
    identity = np.eye(V)
    moments = np.unique(np.geomspace(1, steps, 25).astype(int))
    for name, ask, limit in cases:
        U = np.zeros(ask.label.shape)
        rate = 2.0 / ask.mass.max()
        errors = []
        for i in range(1, steps + 1):
            U = U - rate * gradient(ask, identity, U.T)[1].T
            if i in moments:
                errors.append(float(np.abs(errors_of[name](U)).max()))
        found.append(Limit(name, tuple(moments.tolist()), tuple(errors), limit))
    return tuple(found)


def collapse(P: Array, K: int = 5, N: int = 5, steps: int = 1500, seed: int = 0) -> tuple[Collapse, ...]:
    """Negative sampling with K noise words and with none, from the same start (Goldberg and Levy 2014)."""
    q = Noise.from_counts(P.sum(axis=0) * 1e9 + 1e-3).p
    rate = 1.0 / (P.sum(axis=1).max() * (1 + K))
    found = []
    for negative in (K, 0):
        rng = np.random.default_rng(seed)
        W, W_out = 0.1 * rng.standard_normal((len(P), N)), 0.1 * rng.standard_normal((len(P), N))
        ask = expected_negative(P, q, negative)
        losses, cosines = [], []
        moments = range(0, steps + 1, max(1, steps // 30))
        for i in range(steps + 1):
            if i in moments:
                losses.append(loss(ask, W, W_out))
                cosines.append(_mean_cosine(W))
            dW, dW_out = gradient(ask, W, W_out)
            W, W_out = W - rate * dW, W_out - rate * dW_out
        found.append(Collapse(negative, tuple(moments), tuple(losses), tuple(cosines)))
    return tuple(found)


def _mean_cosine(W: Array) -> float:
    unit = unit_rows(W)
    V = len(W)
    return float(((unit @ unit.T).sum() - V) / (V * (V - 1)))

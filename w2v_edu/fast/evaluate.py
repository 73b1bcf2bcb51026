"""The loss on a text that was not trained on: exact, with whole windows and every word kept."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.kernels import make_kernel
from w2v_edu.fast.result import Result
from w2v_edu.fast.softmax import Asked, log_loss
from w2v_edu.fast.text import Text, read_blocks, same_words
from w2v_edu.fast.windows import read_windows
from w2v_edu.functions import log_sigmoid

__all__ = ["HeldOut", "held_out_loss"]

Array = NDArray[Any]
Kind = Literal["own", "softmax"]


class HeldOut(NamedTuple):
    """The mean loss of a prediction, and how many predictions there were."""

    loss: float
    predictions: int


def held_out_loss(result: Result, corpus: Text, kind: Kind = "own") -> HeldOut:
    """The loss of what was learned, on another text.

    Parameters
    ----------
    result : Result
        From `train`.
    corpus : Corpus
        Words that were not trained on are left out.
    kind : {"own", "softmax"}
        "own": -log p under softmax and hierarchical softmax; under negative sampling and NCE the loss (55)
        with its expectation over all noise words, which is the loss of another event: whether a pair is real.
        "softmax": -log p in every case. Negative sampling's scores give it as softmax(u + log P_n), NCE's and
        softmax's as softmax(u).

    Returns
    -------
    HeldOut

    Raises
    ------
    W2VError
        If the text has no two known words beside one another.
    """
    s = result.settings
    wide = s.objective != "hierarchical"  # scores of all V words
    shape = s.__class__(**(vars(s) | {"objective": "softmax" if wide else s.objective, "dtype": "float64"}))
    kernel: Any = make_kernel(shape, result.counts, tree=result.tree)
    words = same_words(corpus, result.words, result.counts)
    keep, rng = np.ones(len(result.counts)), np.random.default_rng(0)
    E, predictions = 0.0, 0
    for ids, offsets in read_blocks(corpus, words):
        windows = read_windows(ids, offsets, keep, s.window, s.input_side, False, rng)
        for chunk in kernel.plan(windows, rng):
            if wide:
                U = kernel.hidden(result.W, chunk) @ result.W_out.T
                loss, count = _wide_loss(result, U, chunk.asked, kind), len(chunk.asked.target)
            else:
                loss, count = kernel.loss(result.W, result.W_out, chunk)
            E, predictions = E + loss, predictions + count
    if not predictions:
        raise W2VError(
            "the held-out text has no two known words beside one another: nothing can be predicted"
        )
    return HeldOut(E / predictions, predictions)


def _wide_loss(result: Result, U: Array, asked: Asked, kind: Kind) -> float:
    s, noise = result.settings, result.noise
    if noise is None:
        return log_loss(U, asked)
    if kind == "softmax":
        return log_loss(U + np.log(noise.p) if s.objective == "negative" else U, asked)
    if s.objective == "nce":
        U = U - np.log(s.negative * noise.p)
    positive = log_sigmoid(U[asked.at_row, asked.target]).sum(dtype=np.float64)
    negative = float((asked.n[:, 0] * (log_sigmoid(-U) @ noise.p)).sum())
    return float(-positive - s.negative * negative)

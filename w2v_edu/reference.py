"""The reference: the paper's closed forms, one example at a time, with everything kept.

Read it beside the paper: the sheets in `w2v_edu.objectives` hold the output side, this file the input side.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.functions import one_hot
from w2v_edu.model import Example, Params, Trace, check_word
from w2v_edu.objectives import Objective, check_rows

__all__ = ["Gradient", "corpus_gradient", "corpus_objective", "hidden", "loss", "trace", "update"]

Array = NDArray[Any]


def hidden(params: Params, example: Example) -> Array:
    """The hidden layer h: the input vector of one word, or the mean (or sum) of C of them. Shape (N,)."""
    if example.input_side != "cbow":
        return np.asarray(params.W[example.inputs[0]])  # (1) (24)    (N,)
    total = np.zeros_like(params.W[0])
    for w in example.inputs:  # a repeated word is added as often as it occurs
        total = total + params.W[w]
    return np.asarray(example.weight * total)  # (17) (18)    (N,)


def loss(params: Params, example: Example, objective: Objective) -> Any:
    """E of one example, forward only: what the finite-difference witness is handed.

    Parameters
    ----------
    params : Params
        Real, or complex for the complex step.
    example : Example
    objective : Objective

    Returns
    -------
    float or complex
        -log p of the target word, (7) (19) (46); of all context words, (27); or the loss of (55).
    """
    check(params, example, objective)
    h = hidden(params, example)
    panels = zip(example.targets, example.noise, strict=True)
    return sum(objective.E(h, params.W_out, w_O, W_neg) for w_O, W_neg in panels)


def trace(params: Params, example: Example, objective: Objective) -> Trace:
    """One pass forward and back over one example, every intermediate kept.

    Parameters
    ----------
    params : Params
        W (V, N) and W_out (R, N).
    example : Example
        Made by `one_word`, `cbow` or `skipgram`.
    objective : Objective
        `Softmax()`, `Hierarchical(tree)`, `Negative()` or `NCE(noise, K)`.

    Returns
    -------
    Trace
        x, h, u, y, t, e, E, EH, EI, dW and dW_out.

    Raises
    ------
    W2VError
        If a word id is out of range, or W_out has not the rows that the objective needs.

    Examples
    --------
    >>> from w2v_edu.model import one_word
    >>> from w2v_edu.objectives import Softmax
    >>> W_out = np.array([[0.0, 5.0], [np.log(3.0), 7.0]])
    >>> params = Params(W=np.array([[1.0, 0.0], [0.5, 0.5]]), W_out=W_out)
    >>> t = trace(params, one_word(0, 0), Softmax())
    >>> t.EI, t.EH.round(3)
    (array([-0.75,  0.75]), array([0.824, 1.5  ]))
    >>> t.dW.round(3)  # only the row of the input word is touched
    array([[0.824, 1.5  ],
           [0.   , 0.   ]])
    """
    check(params, example, objective)
    V, W_out = params.V, params.W_out
    x = np.stack([one_hot(w, V) for w in example.inputs])  #    (C, V)
    h = hidden(params, example)  # (1) (17) (24)    (N,)
    panels = zip(example.targets, example.noise, strict=True)
    outputs = tuple(objective.trace(h, W_out, w_O, W_neg) for w_O, W_neg in panels)

    E = sum(out.E for out in outputs)  # (7) (20) (29) (46) (55)
    EH = sum((out.EH for out in outputs), np.zeros_like(h))  # (12) (36) (54) (61)    (N,)
    EI = np.zeros_like(W_out[:, 0])
    dW_out = np.zeros_like(W_out)
    for out in outputs:
        for j, e_j, d_row in zip(out.rows, out.e, out.d_rows, strict=True):
            EI[j] += e_j  # (31)    (R,)
            dW_out[j] += d_row  # (9) (32) (50) (58)    (R, N)

    dW = np.zeros_like(params.W)
    for w in example.inputs:
        dW[w] += example.weight * EH  # (15) (16) (23) (35)    (V, N)
    return Trace(example, objective.name, x, h, outputs, E, EH, EI, dW, dW_out)


def update(params: Params, example: Example, objective: Objective, eta: float) -> Params:
    """One step of stochastic gradient descent; both gradients are taken at the old values.

    Parameters
    ----------
    eta : float
        The learning rate, positive.

    Returns
    -------
    Params
        New ones; the old are not changed.
    """
    if not (np.isfinite(eta) and eta > 0):
        raise W2VError(f"the learning rate eta is {eta}; expected a positive number")
    old = trace(params, example, objective)
    W = params.W - eta * old.dW  # (16) (23) (35)
    W_out = params.W_out - eta * old.dW_out  # (11) (22) (34) (51) (59)
    return Params(W, W_out)


class Gradient(NamedTuple):
    """A loss and its gradient with respect to both matrices."""

    E: float
    dW: Array
    dW_out: Array


def corpus_objective(
    params: Params, examples: Iterable[Example], objective: Objective, T: int | None = None
) -> float:
    """J(theta) = (1/T) sum over t of E_t: what gradient descent over a whole corpus lowers.

    With the skip-gram examples of a text and full softmax this is
    -(1/T) sum_t sum_{-m <= j <= m, j != 0} log p(w_{t+j} | w_t); where the window reaches over the edge of
    the text, the words that are not there are left out.

    Parameters
    ----------
    examples : iterable of Example
        One for each position that has a context.
    T : int, optional
        Positions in the text; the number of examples if not given. (A sentence of one word is a position
        without an example.)
    """
    return corpus_gradient(params, examples, objective, T).E


def corpus_gradient(
    params: Params, examples: Iterable[Example], objective: Objective, T: int | None = None
) -> Gradient:
    """The corpus objective and its gradient, both divided by T. Parameters as for `corpus_objective`."""
    E, dW, dW_out, count = 0.0, np.zeros_like(params.W), np.zeros_like(params.W_out), 0
    for example in examples:
        one = trace(params, example, objective)
        E, dW, dW_out, count = E + one.E, dW + one.dW, dW_out + one.dW_out, count + 1
    positions = count if T is None else T
    if positions < 1:
        raise W2VError("there are no examples: the text is empty, or no word in it has a context")
    return Gradient(E / positions, dW / positions, dW_out / positions)


def check(params: Params, example: Example, objective: Objective) -> None:
    """Raise the error that says which part does not fit the others, if one does not."""
    V = params.V
    named = [("input", example.inputs), ("target", example.targets)]
    named += [("noise", words) for words in example.noise]
    for what, words in named:
        for w in words:
            check_word(what, w, V)
    check_rows(params, objective)

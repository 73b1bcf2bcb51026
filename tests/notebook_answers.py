"""Answers to those exercises of the notebooks that are functions: a right one must be called right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from w2v_edu.functions import log_sigmoid, sigmoid, softmax

Array = Any
Answer = tuple[Callable[..., Any], dict[str, Any]]


def e(h: Array, W_out: Array, w_O: int) -> Array:
    y = softmax(W_out @ h)
    return y - np.eye(len(y))[w_O]


def EH(h: Array, W_out: Array, w_O: int) -> Array:
    return W_out.T @ e(h, W_out, w_O)


def dW_out(h: Array, W_out: Array, w_O: int) -> Array:
    return np.outer(e(h, W_out, w_O), h)


def h(W: Array, context: Array) -> Array:
    return W[list(context)].mean(axis=0)


def dW_cbow(W: Array, W_out: Array, context: Array, w_O: int) -> Array:
    gradient = np.zeros_like(W)
    np.add.at(gradient, list(context), EH(h(W, context), W_out, w_O) / len(context))
    return gradient


def EI(h: Array, W_out: Array, context: Array) -> Array:
    return len(context) * softmax(W_out @ h) - np.bincount(list(context), minlength=len(W_out))


def skipgram_loss_and_gradients(h: Array, W_out: Array, context: Array) -> tuple[Array, Array, Array]:
    u = W_out @ h
    top = u.max()
    E = len(context) * (top + np.log(np.exp(u - top).sum())) - u[list(context)].sum()
    error = EI(h, W_out, context)
    return E, W_out.T @ error, np.outer(error, h)


def loss_hs(h: Array, V_path: Array, signs: Array) -> Array:
    return -log_sigmoid(np.asarray(signs) * (V_path @ h)).sum()


def dE_dh(h: Array, V_path: Array, signs: Array) -> Array:
    return V_path.T @ (sigmoid(V_path @ h) - (np.asarray(signs) == 1))


def loss_negative(h: Array, W_out: Array, w_O: int, W_neg: Array) -> Array:
    return -log_sigmoid(W_out[w_O] @ h) - log_sigmoid(-W_out[list(W_neg)] @ h).sum()


def dW_out_negative(h: Array, W_out: Array, w_O: int, W_neg: Array) -> Array:
    asked = [w_O, *W_neg]
    errors = sigmoid(W_out[asked] @ h)
    errors[0] -= 1
    gradient = np.zeros_like(W_out)
    np.add.at(gradient, asked, np.outer(errors, h))
    return gradient


dW_out_negative.__name__ = "dW_out"


def dL_dw(w: Array, c_pos: Array, c_neg: Array) -> Array:
    return (sigmoid(c_pos @ w) - 1) * c_pos + c_neg.T @ sigmoid(c_neg @ w)


def naiveSoftmaxLossAndGradient(v_c: Array, o: int, U: Array) -> tuple[Array, Array, Array]:
    u = U @ v_c
    top = u.max()
    return top + np.log(np.exp(u - top).sum()) - u[o], EH(v_c, U, o), dW_out(v_c, U, o)


def negSamplingLossAndGradient(v_c: Array, o: int, U: Array, negs: Array) -> tuple[Array, Array, Array]:
    asked = [o, *negs]
    errors = sigmoid(U[asked] @ v_c)
    errors[0] -= 1
    return loss_negative(v_c, U, o, negs), U[asked].T @ errors, dW_out_negative(v_c, U, o, negs)


def u(h: Array, W_out: Array) -> Array:
    return W_out @ h


def y(u: Array) -> Array:
    return softmax(u)


def EH_to_mend(h: Array, W_out: Array, context: Array) -> Array:
    return W_out.T @ EI(h, W_out, context)


def loss_to_mend(h: Array, W_out: Array, w_O: int, W_neg: Array) -> Array:
    return loss_negative(h, W_out, w_O, W_neg)


THREE = {"of": ("E", "EH", "dW_out")}
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "00_start_here": ((u, {"objective": "softmax"}),),
    "01_from_ngrams_to_vectors": ((y, {"objective": "softmax"}),),
    "02_one_word": ((e, {}), (EH, {}), (dW_out, {})),
    "03_cbow": ((h, {"input_side": "cbow"}), (dW_cbow, {})),
    "04_skip_gram": (
        (EI, {"input_side": "skip-gram"}),
        (skipgram_loss_and_gradients, {"of": ("E", "EH", "dW_out"), "input_side": "skip-gram"}),
    ),
    "05_hierarchical_softmax": ((loss_hs, {}), (dE_dh, {})),
    "06_negative_sampling": ((loss_negative, {}), (dW_out_negative, {}), (dL_dw, {})),
    "12_check_your_homework": ((naiveSoftmaxLossAndGradient, THREE), (negSamplingLossAndGradient, THREE)),
    "13_find_the_mistake": (
        (loss_to_mend, {}),
        (EH_to_mend, {"of": "EH", "input_side": "skip-gram"}),
    ),
}

"""Mistakes that are not in the catalogue: each must be found, and none may be given a name."""

import numpy as np

from tests.homework.right import sig, soft

UNKNOWN = {}


def unknown(clue="", **options):
    """Register a wrong function, and a word of what can be known about it."""

    def add(function):
        UNKNOWN[f"{len(UNKNOWN):02d} {function.__name__}"] = (function, options, clue)
        return function

    return add


@unknown("factor of 2")
def dJ_dv_c(v_c, U, o):
    y = soft(U @ v_c)
    y[o] -= 1
    return 2 * U.T @ y


@unknown("factor of 0.5")
def J(v_c, U, o):
    return -0.5 * np.log(soft(U @ v_c)[o])


@unknown()
def dJ_dv_c(v_c, U, o):  # noqa: F811
    y = soft(U @ v_c)
    y[o] -= 2
    return U.T @ y


@unknown()
def dJ_dU(v_c, U, o):
    y = sig(U @ v_c)
    y[o] -= 1
    return np.outer(y, v_c)


@unknown()
def dJ_dU(v_c, U, o):  # noqa: F811
    y = soft(U @ v_c)
    y = (y - np.eye(len(U))[o]) * y * (1 - y)
    return np.outer(y, v_c)


@unknown()
def J(v_c, U, o):  # noqa: F811
    return 1 - soft(U @ v_c)[o]


@unknown()
def J(v_c, U, o):  # noqa: F811
    return -np.log2(soft(U @ v_c)[o])


@unknown("only the row of the target")
def dJ_dU(v_c, U, o):  # noqa: F811
    y = soft(U @ v_c)
    y[o] -= 0.5
    return np.outer(y, v_c)


@unknown()
def dL_dw(w, c_pos, c_neg):
    return (sig(c_pos @ w) - 1) * c_pos + sig(c_neg @ w) @ c_neg / len(c_neg) * 2


@unknown()
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    return (sig(c_pos @ w) - 1) * c_pos + np.tanh(c_neg @ w) @ c_neg


@unknown()
def L_CE(w, c_pos, c_neg):
    return -np.log(sig(c_pos @ w)) - np.log(sig(-c_neg @ w)).mean() * 1.5


@unknown()
def L_CE(w, c_pos, c_neg):  # noqa: F811
    return -np.log(sig(c_pos @ w)) - np.log(sig(-c_neg.sum(axis=0) @ w)) * 1.1


@unknown("E is right", of=("E", "EH"))
def loss_and_gradient(v_c, U, o, negs):
    loss = -np.log(sig(U[o] @ v_c)) - np.log(sig(-U[negs] @ v_c)).sum()
    return loss, (sig(U[o] @ v_c) - 1) * v_c + sig(U[negs] @ v_c) @ U[negs]


@unknown()
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] += sig(U[k] @ v_c) * U[k]
    return G


@unknown()
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k - 1] += sig(U[k] @ v_c) * v_c
    return G


@unknown("where noise words repeat")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] += list(negs).count(k) * sig(U[k] @ v_c) * v_c
    return G


@unknown()
def dE_dW(W, W_out, context, w_O):
    g = np.zeros_like(W)
    for c in context:
        y = soft(W_out @ W[c])
        y[w_O] -= 1
        g[c] += W_out.T @ y / len(context)
    return g


@unknown()
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    if context:
        y = soft(W_out @ W[context].mean(0))
        y[w_O] -= 1
        np.add.at(g, context, W_out.T @ y / len(context) ** 2)
    return g


@unknown("context")
def dE_dh(h, W_out, context):
    g = np.zeros_like(h)
    for c in context:
        y = soft(W_out @ h)
        y[c] -= 1
        g += W_out.T @ y
    return g / max(len(context), 1)


@unknown("factor of 2")
def E(h, W_out, context):
    return -2 * np.log(soft(W_out @ h)[context]).sum()


@unknown()
def dE_dh(h, W_out, nodes, signs):  # noqa: F811
    nodes, signs = nodes[1:], signs[1:]
    return (sig(W_out[nodes] @ h) - (np.asarray(signs) == 1)) @ W_out[nodes] if len(nodes) else 0 * h


@unknown()
def E(h, W_out, nodes, signs):  # noqa: F811
    return -np.prod(np.log(sig(np.asarray(signs) * (W_out[nodes] @ h))))


@unknown()
def update(W, W_out, w_I, w_O, eta):
    h = W[w_I].copy()
    e = soft(W_out @ h)
    e[w_O] -= 1
    new = W.copy()
    new[w_O] -= eta * W_out.T @ e
    return new, W_out - eta * np.outer(e, h)


@unknown("is right", of=("EH", "dW_out"))
def half(h, W_out, w_O):
    e = soft(W_out @ h)
    e[w_O] -= 1
    return W_out.T @ e, np.outer(e, h) ** 2


@unknown("different one", of=("E", "EH"))
def another_loss(v_c, U, o):
    y = soft(U @ v_c)
    return 1 - y[o], y[o] * (U.T @ y - U[o])


@unknown("different one", of=("E", "dW", "dW_out"))
def another_loss_of_the_matrices(W, W_out, w_I, w_O):
    u = W_out @ W[w_I]
    e = u - np.eye(len(u))[w_O]
    dW = np.zeros_like(W)
    dW[w_I] = W_out.T @ e
    return 0.5 * (e**2).sum(), dW, np.outer(e, W[w_I])

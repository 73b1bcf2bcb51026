"""The catalogue's mistakes as people write them: real code, a style each, and the name that must be given.

An entry: the mistake's key -> functions. Options for `check` stand in the decorator.
"""

import numpy as np

from tests.homework.right import sig, soft

PLANTED = []


def planted(key, **options):
    """Register a wrong function under the mistake that is in it."""

    def add(function):
        PLANTED.append((key, function, options))
        return function

    return add


# --- every objective ---
@planted("sign")
def dJ_dv_c(v_c, U, o):
    return U[o] - U.T @ soft(U @ v_c)


@planted("sign")
def dJ_dU(v_c, U, o):
    y = np.eye(len(U))[o]
    return np.outer(y - soft(U @ v_c), v_c)


@planted("sign")
def dJ_dU(v_c, U, o):  # noqa: F811  (words as columns)
    y = np.eye(U.shape[1])[o]
    return np.outer(v_c, y - soft(U.T @ v_c))


@planted("sign")
def dL_dw(w, c_pos, c_neg):
    return (1 - sig(c_pos @ w)) * c_pos - sig(c_neg @ w) @ c_neg


@planted("sign")
def dL_dc_pos(w, c_pos, c_neg):
    return (1 - sig(c_pos @ w)) * w


@planted("sign", of=("EH", "dW_out"))
def backward(v_c, U, o, negs):
    idx = np.array([o, *negs])
    e = np.eye(1, len(idx))[0] - sig(U[idx] @ v_c)
    G = np.zeros_like(U)
    np.add.at(G, idx, np.outer(e, v_c))
    return U[idx].T @ e, G


@planted("sign")
def dE_dh(h, W_out, nodes, signs):
    t = np.asarray(signs) == 1
    return (t - sig(W_out[nodes] @ h)) @ W_out[nodes]


@planted("sign")
def dE_dW(W, W_out, context, w_O):
    g = np.zeros_like(W)
    if context:
        y = soft(W_out @ W[context].mean(0))
        y[w_O] -= 1
        np.add.at(g, context, -W_out.T @ y / len(context))
    return g


@planted("loss-sign")
def J(v_c, U, o):
    return np.log(soft(U @ v_c)[o])


@planted("loss-sign")
def L_CE(w, c_pos, c_neg):
    return np.log(sig(c_pos @ w)) + np.log(sig(-c_neg @ w)).sum()


@planted("loss-sign")
def E(h, W_out, nodes, signs):
    return np.log(sig(np.asarray(signs) * (W_out[nodes] @ h))).sum()


@planted("transposed")
def dJ_dU(v_c, U, o):  # noqa: F811
    p = soft(U @ v_c)
    p[o] -= 1
    return np.outer(v_c, p)


@planted("transposed", of=("E", "EH", "dW_out"))
def all_three(v_c, U, o, negs):
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] += sig(U[k] @ v_c) * v_c
    loss = -np.log(sig(U[o] @ v_c)) - np.log(sig(-U[negs] @ v_c)).sum()
    return loss, (sig(U[o] @ v_c) - 1) * U[o] + sig(U[negs] @ v_c) @ U[negs], G.T


# --- softmax ---
@planted("target-missing")
def dJ_dv_c(v_c, U, o):  # noqa: F811
    return U.T @ soft(U @ v_c)


@planted("target-missing")
def dE_dh(h, W_out, w_O):  # noqa: F811
    return soft(W_out @ h) @ W_out


@planted("target-missing")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    for c in context:
        g[c] += W_out.T @ soft(W_out @ W[context].mean(0)) / len(context)
    return g


@planted("target-missing", notation="cs224n")
def dJ_dv_c(v_c, U, o):  # noqa: F811  (words as columns)
    return U @ soft(U.T @ v_c)


@planted("label-missing")
def dJ_dU(v_c, U, o):  # noqa: F811
    return np.outer(soft(U @ v_c), v_c)


@planted("label-missing")
def dE_dW_out(h, W_out, context):
    return len(context) * np.outer(soft(W_out @ h), h)


@planted("label-missing")
def e(h, W_out, w_O):
    return soft(W_out @ h)


@planted("loss-vector")
def J(v_c, U, o):  # noqa: F811
    return -np.log(soft(U @ v_c))


@planted("loss-vector", of=("E", "EH"))
def loss_grad(v_c, U, o):
    p = soft(U @ v_c)
    loss = -np.log(p)
    d = p.copy()
    d[o] -= 1
    return loss, U.T @ d


@planted("dot-for-outer")
def dJ_dU(v_c, U, o):  # noqa: F811
    p = soft(U @ v_c)
    p[o] -= 1
    return np.dot(p, v_c)


@planted("column-label")
def dJ_dv_c(v_c, U, o):  # noqa: F811
    y = np.zeros((len(U), 1))
    y[o] = 1
    return U.T @ (soft(U @ v_c).ravel() - y)


@planted("column-label")
def dJ_dU(v_c, U, o):  # noqa: F811
    y = np.zeros((len(U), 1))
    y[o] = 1
    return np.outer(soft(U @ v_c).ravel() - y, v_c)


@planted("column-label")
def dJ_dv_c(v_c, U, o):  # noqa: F811
    y = np.zeros((len(U), 1))
    y[o] = 1
    return (soft(U @ v_c).ravel() - y) @ U


@planted("alias", of=("E", "EH", "dW_out"))
def softmax_all(v_c, U, o):
    p = soft(U @ v_c)
    d = p
    d[o] -= 1
    return -np.log(p[o]), U.T @ d, np.outer(d, v_c)


@planted("softmax-of-vector")
def J(v_c, U, o):  # noqa: F811
    return -np.log(soft(v_c)[o])


@planted("softmax-of-vector")
def dJ_dv_c(v_c, U, o):  # noqa: F811
    p = soft(v_c)
    y = np.zeros(len(U))
    y[o] = 1
    return U.T @ (p - y)


# --- negative sampling ---
@planted("repeats-overwritten")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    G[negs] += np.outer(sig(U[negs] @ v_c), v_c)
    return G


@planted("repeats-overwritten")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G, idx = np.zeros_like(U), np.array([o, *negs])
    e = sig(U[idx] @ v_c)
    e[0] -= 1
    G[idx] += np.outer(e, v_c)
    return G


@planted("repeats-overwritten")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    for k in negs:
        G[k] = sig(U[k] @ v_c) * v_c
    G[o] = (sig(U[o] @ v_c) - 1) * v_c
    return G


@planted("repeats-overwritten", of=("E", "EH", "dW_out"))
def ns_all(v_c, U, o, negs):
    so, sn = sig(U[o] @ v_c), sig(U[negs] @ v_c)
    G = np.zeros_like(U)
    G[o] += (so - 1) * v_c
    G[negs] += sn[:, None] * v_c
    return -np.log(so) - np.log(1 - sn).sum(), (so - 1) * U[o] + sn @ U[negs], G


@planted("repeats-overwritten")
def update(W, W_out, w_I, w_O, W_neg, eta):
    h, idx = W[w_I].copy(), np.array([w_O, *W_neg])
    e = sig(W_out[idx] @ h)
    e[0] -= 1
    EH = e @ W_out[idx]
    W_out[idx] -= eta * np.outer(e, h)
    W[w_I] -= eta * EH


@planted("repeats-dropped", of=("E", "EH", "dW_out"))
def ns_set(v_c, U, o, negs):
    negs = list(set(negs))
    so, sn = sig(U[o] @ v_c), sig(U[negs] @ v_c)
    G = np.zeros_like(U)
    G[o] += (so - 1) * v_c
    np.add.at(G, negs, sn[:, None] * v_c)
    return -np.log(so) - np.log(1 - sn).sum(), (so - 1) * U[o] + sn @ U[negs], G


@planted("repeats-dropped")
def dJ_dv_c(v_c, U, o, negs):  # noqa: F811
    g = (sig(U[o] @ v_c) - 1) * U[o]
    for k in set(negs) - {o}:
        g = g + sig(U[k] @ v_c) * U[k]
    return g


@planted("repeats-dropped")
def J_neg(v_c, U, o, negs):
    return -np.log(sig(U[o] @ v_c)) - np.log(sig(-U[np.unique(negs)] @ v_c)).sum()


@planted("noise-sigma-of-minus")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    return (sig(c_pos @ w) - 1) * c_pos + (1 - sig(c_neg @ w)) @ c_neg


@planted("noise-sigma-of-minus")
def dL_dc_neg(w, c_pos, c_neg):
    return sig(-c_neg @ w)[:, None] * w


@planted("noise-sigma-of-minus")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] += sig(-U[k] @ v_c) * v_c
    return G


@planted("noise-as-positive")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    return (sig(c_pos @ w) - 1) * c_pos + (sig(c_neg @ w) - 1) @ c_neg


@planted("noise-as-positive")
def dJ_du_k(v_c, u_o, u_k):
    return np.outer(sig(u_k @ v_c) - 1, v_c)


@planted("noise-sign")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] -= sig(U[k] @ v_c) * v_c
    return G


@planted("noise-sign")
def dL_dc_neg(w, c_pos, c_neg):  # noqa: F811
    return -np.outer(sig(c_neg @ w), w)


@planted("noise-loss-sign")
def J_neg(v_c, U, o, negs):  # noqa: F811
    return -np.log(sig(U[o] @ v_c)) + np.log(sig(-U[negs] @ v_c)).sum()


@planted("noise-loss-minus")
def L_CE(w, c_pos, c_neg):  # noqa: F811
    return -np.log(sig(c_pos @ w)) - np.log(sig(c_neg @ w)).sum()


@planted("sigma-factor")
def dL_dc_pos(w, c_pos):  # noqa: F811
    s = sig(c_pos @ w)
    return s * (s - 1) * w


@planted("sigma-factor")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    s = sig(c_pos @ w)
    return s * (s - 1) * c_pos + sig(c_neg @ w) @ c_neg


@planted("positive-missing")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    return sig(c_neg @ w) @ c_neg


@planted("positive-missing")
def J_neg(v_c, U, o, negs):  # noqa: F811
    return -np.log(sig(-U[negs] @ v_c)).sum()


@planted("not-scattered")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    idx = np.array([o, *negs])
    e = sig(U[idx] @ v_c)
    e[0] -= 1
    return np.outer(e, v_c)


@planted("index-by-word")
def dJ_dv_c(v_c, U, o, negs):  # noqa: F811
    s = sig(U[negs] @ v_c)
    g = (sig(U[o] @ v_c) - 1) * U[o]
    for k in negs:
        g = g + s[k] * U[k]
    return g


@planted("off-by-one")
def J_neg(v_c, U, o, negs):  # noqa: F811
    loss = -np.log(sig(U[o] @ v_c))
    for k in range(len(negs) - 1):
        loss -= np.log(sig(-U[negs[k]] @ v_c))
    return loss


@planted("off-by-one", of=("E", "EH", "dW_out"))
def ns_short(v_c, U, o, negs):
    negs = negs[1:]
    G, so = np.zeros_like(U), sig(U[o] @ v_c)
    loss, g = -np.log(so), (so - 1) * U[o]
    G[o] += (so - 1) * v_c
    for k in negs:
        s = sig(U[k] @ v_c)
        loss, g = loss - np.log(1 - s), g + s * U[k]
        G[k] += s * v_c
    return loss, g, G


@planted("hard-coded-K")
def J_neg(v_c, U, o, negs):  # noqa: F811
    return -np.log(sig(U[o] @ v_c)) - sum(np.log(sig(-U[negs[k]] @ v_c)) for k in range(10))


@planted("every-row")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G += sig(U[k] @ v_c) * v_c
    return G


@planted("sigmoid-sign")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    def s(x):
        return 1 / (1 + np.exp(x))

    return (s(c_pos @ w) - 1) * c_pos + s(c_neg @ w) @ c_neg


@planted("sigmoid-without-one")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    def s(x):
        return 1 / np.exp(-x)

    return (s(c_pos @ w) - 1) * c_pos + s(c_neg @ w) @ c_neg


# --- skip-gram ---
@planted("every-input-row")
def dE_dW(W, W_out, w_I, context):  # noqa: F811
    g = np.zeros_like(W)
    for c in context:
        y = soft(W_out @ W[w_I])
        y[c] -= 1
        g += W_out.T @ y
    return g


@planted("after-loop")
def dE_dh(h, W_out, context):  # noqa: F811
    g = np.zeros_like(h)
    for c in context:
        y = soft(W_out @ h)
        y[c] -= 1
        one = W_out.T @ y
    return g + one if context else g


@planted("after-loop", of=("E", "dW_out"))
def skipgram_tail(h, W_out, context):
    loss, G = 0.0, np.zeros_like(W_out)
    for c in context:
        y = soft(W_out @ h)
        loss += -np.log(y[c])
        y[c] -= 1
        one = np.outer(y, h)
    return (loss, G + one) if context else (loss, G)


@planted("inside-loop")
def E(h, W_out, context):  # noqa: F811
    loss = 0.0
    for c in context:
        loss += -np.log(soft(W_out @ h)[c])
        return loss
    return loss


@planted("digit-one")
def E(h, W_out, context):  # noqa: F811
    loss = 0
    for _ in context:
        loss += 1
    return loss


# --- CBOW ---
def _cbow_EH(W, W_out, context, w_O):
    y = soft(W_out @ W[context].mean(0))
    y[w_O] -= 1
    return W_out.T @ y


@planted("context-once")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    g[context] += _cbow_EH(W, W_out, context, w_O) / max(len(context), 1)
    return g


@planted("context-once")
def dE_dW(W, W_out, context, w_O):  # noqa: F811  (h as the sum)
    g = np.zeros_like(W)
    y = soft(W_out @ W[context].sum(0))
    y[w_O] -= 1
    g[context] = W_out.T @ y
    return g


@planted("center-row")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    if context:
        g[w_O] += _cbow_EH(W, W_out, context, w_O)
    return g


@planted("undivided")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    for c in context:
        g[c] += _cbow_EH(W, W_out, context, w_O)
    return g


@planted("undivided")
def update(W, W_out, context, w_O, eta):  # noqa: F811
    if not context:
        return W, W_out
    h = W[context].mean(0)
    y = soft(W_out @ h)
    y[w_O] -= 1
    new = W.copy()
    np.add.at(new, context, -eta * (W_out.T @ y))
    return new, W_out - eta * np.outer(y, h)


@planted("undivided")
def dE_dW(W, W_out, context, w_O, W_neg):  # noqa: F811
    g = np.zeros_like(W)
    if context:
        h, idx = W[context].mean(0), np.array([w_O, *W_neg])
        e = sig(W_out[idx] @ h)
        e[0] -= 1
        np.add.at(g, context, e @ W_out[idx])
    return g


@planted("padded")
def E(W, W_out, context, w_O):  # noqa: F811
    words = list(context) + [0] * (2 * max(len(context), 1) - len(context))
    return -np.log(soft(W_out @ W[words].mean(0))[w_O])


# --- hierarchical softmax ---
@planted("code-as-label")
def dE_dh(h, W_out, path, codes):  # noqa: F811
    return (sig(W_out[path] @ h) - np.asarray(codes)) @ W_out[path]


@planted("code-as-label", of=("E", "EH"))
def hs_all(h, W_out, path, codes):
    u, t = W_out[path] @ h, np.asarray(codes)
    return -np.log(np.where(t == 1, sig(u), sig(-u))).sum(), (sig(u) - t) @ W_out[path]


@planted("saturated-skipped")
def dE_dh(h, W_out, path, codes):  # noqa: F811
    g = np.zeros_like(h)
    for n, bit in zip(path, codes, strict=True):
        f = W_out[n] @ h
        if abs(f) >= 6:
            continue
        g += (sig(f) - (1 - bit)) * W_out[n]
    return g


@planted("turn-left-out")
def dE_dW_out(h, W_out, nodes, signs):  # noqa: F811
    G = np.zeros_like(W_out)
    for n in nodes:
        G[n] += (sig(W_out[n] @ h) - 1) * h
    return G


# --- updates ---
def _step(W, W_out, w_I, w_O):
    h = W[w_I].copy()
    e = soft(W_out @ h)
    e[w_O] -= 1
    dW = np.zeros_like(W)
    dW[w_I] = W_out.T @ e
    return dW, np.outer(e, h)


@planted("ascent")
def update(W, W_out, w_I, w_O, eta):  # noqa: F811
    dW, dW_out = _step(W, W_out, w_I, w_O)
    return W + eta * dW, W_out + eta * dW_out


@planted("rate-missing")
def update(W, W_out, w_I, w_O, eta):  # noqa: F811
    dW, dW_out = _step(W, W_out, w_I, w_O)
    return W - dW, W_out - dW_out


@planted("new-output-vectors")
def update(W, W_out, w_I, w_O, eta):  # noqa: F811
    h = W[w_I].copy()
    e = soft(W_out @ h)
    e[w_O] -= 1
    W_out -= eta * np.outer(e, h)
    W[w_I] -= eta * W_out.T @ e


@planted("fresh-draws")
def J_neg(v_c, U, o, negs):  # noqa: F811
    negs = np.random.randint(0, len(U), len(negs))
    return -np.log(sig(U[o] @ v_c)) - np.log(sig(-U[negs] @ v_c)).sum()


# --- two at once ---
PAIRS = []


def pair(*keys, **options):
    """Register a function with two mistakes in one quantity, or one in each of two."""

    def add(function):
        PAIRS.append((set(keys), function, options))
        return function

    return add


@pair("target-missing", "loss-sign", of=("E", "EH", "dW_out"))
def two_quantities(v_c, U, o):
    p = soft(U @ v_c)
    d = p.copy()
    d[o] -= 1
    return np.log(p[o]), U.T @ p, np.outer(d, v_c)


@pair("repeats-overwritten", "noise-sign")
def dJ_dU(v_c, U, o, negs):  # noqa: F811
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    G[negs] -= np.outer(sig(U[negs] @ v_c), v_c)
    return G


@pair("undivided", "context-once")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    g[context] = _cbow_EH(W, W_out, context, w_O)
    return g


@pair("label-missing", "transposed")
def dJ_dU(v_c, U, o):  # noqa: F811
    return np.outer(v_c, soft(U @ v_c))


@pair("noise-sigma-of-minus", "off-by-one")
def dL_dw(w, c_pos, c_neg):  # noqa: F811
    return (sig(c_pos @ w) - 1) * c_pos + sig(-c_neg[:-1] @ w) @ c_neg[:-1]


@pair("target-missing", "undivided")
def dE_dW(W, W_out, context, w_O):  # noqa: F811
    g = np.zeros_like(W)
    for c in context:
        g[c] += W_out.T @ soft(W_out @ W[context].mean(0))
    return g


@pair("target-missing", "ascent")
def update(W, W_out, w_I, w_O, eta):  # noqa: F811
    y = soft(W_out @ W[w_I])
    new = W.copy()
    new[w_I] += eta * W_out.T @ y
    return new, W_out + eta * np.outer(y - np.eye(len(W))[w_O], W[w_I])

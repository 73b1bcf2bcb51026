"""Right answers in every notation, layout and style: none of them may be called wrong."""

import numpy as np


def sig(x):
    return 1 / (1 + np.exp(-x))


def soft(z):
    z = np.exp(z - np.max(z))
    return z / z.sum()


# --- CS224n, softmax ---
def dJ_dv_c(v_c, U, o):
    y_hat = soft(U @ v_c)
    y = np.zeros(len(U))
    y[o] = 1
    return U.T @ (y_hat - y)


def dJ_dv_c_loop(v_c, U, o):
    p = soft(U @ v_c)
    g = -U[o].copy()
    for w in range(len(U)):
        g += p[w] * U[w]
    return g


def dJ_dv_c_columns(v_c, U, o):
    """The handout's way: word vectors are the columns of U."""
    y_hat = soft(U.T @ v_c)
    y_hat[o] -= 1
    return U @ y_hat


def dJ_dv_c_column_vector(v_c, U, o):
    p = soft(np.dot(U, v_c))
    y = np.zeros((U.shape[0], 1))
    y[o] = 1
    return U.T @ (p.reshape(-1, 1) - y)


def dJ_dv_c_row_vector(v_c, U, o):
    p = soft(U @ v_c.ravel())
    p[o] -= 1
    return (p[None, :] @ U).reshape(1, -1)


def dJ_dv_c_matrix(v_c, U, o):
    U = np.asmatrix(U)
    v = np.asmatrix(v_c).T
    z = U * v
    p = np.exp(z - z.max())
    p = p / p.sum()
    p[o] -= 1
    return U.T * p


def dJ_dU(v_c, U, o):
    p = soft(U @ v_c)
    p[o] -= 1
    return np.outer(p, v_c)


def dJ_dU_dot(v_c, U, o):
    p = soft(U @ v_c)[:, None]
    p[o] -= 1
    return p.dot(v_c[None, :])


def dJ_dU_columns(v_c, U, o):
    p = soft(U.T @ v_c)
    p[o] -= 1
    return np.outer(v_c, p)


def dJ_dU_einsum(v_c, U, o):
    p = soft(np.einsum("vd,d->v", U, v_c)) - np.eye(len(U))[o]
    return np.einsum("v,d->vd", p, v_c)


def dJ_dU_label(v_c, U, y):
    return np.outer(soft(U @ v_c) - y, v_c)


def dJ_dv_c_by_parts(y_hat, y, U):
    return U.T.dot(y_hat - y)


def dJ_du_o(v_c, U, o):
    return (soft(U @ v_c)[o] - 1) * v_c


def J(v_c, U, o):
    z = U @ v_c
    m = z.max()
    return -z[o] + m + np.log(np.exp(z - m).sum())


def J_naive(v_c, U, o):
    return -np.log(np.exp(U[o] @ v_c) / sum(np.exp(u @ v_c) for u in U))


def loss_one_element(v_c, U, o):
    return np.array([-np.log(soft(U @ v_c)[o])])


def cross_entropy_loss(y_hat, y):
    return -(y * np.log(y_hat)).sum()


def y_hat(v_c, U):
    return soft(U @ v_c)


def loss_and_grad(v_c, U, o):
    p = soft(U @ v_c)
    loss = -np.log(p[o])
    p[o] -= 1
    return loss, U.T @ p, np.outer(p, v_c)


def gradients_swapped(v_c, U, o):
    p = soft(U @ v_c)
    p[o] -= 1
    return np.outer(p, v_c), U.T @ p


def grads_dict(v_c, U, o):
    p = soft(U @ v_c)
    p[o] -= 1
    return {"v_c": U.T @ p, "U": np.outer(p, v_c)}


def grad_v_c_numeric(v_c, U, o):
    h, g = 1e-5, np.zeros_like(v_c)
    for i in range(len(v_c)):
        step = np.zeros_like(v_c)
        step[i] = h
        g[i] = (J(v_c + step, U, o) - J(v_c - step, U, o)) / (2 * h)
    return g


# --- CS224n, negative sampling ---
def dJ_dv_c_ns(v_c, U, o, negs):
    g = (sig(U[o] @ v_c) - 1) * U[o]
    for k in negs:
        g = g + (1 - sig(-U[k] @ v_c)) * U[k]
    return g


def dJ_dv_c_ns_array(v_c, U, o, w_neg):
    idx = np.concatenate([[o], w_neg])
    t = np.array([1] + [0] * len(w_neg))
    return U[idx].T @ (sig(U[idx] @ v_c) - t)


def dJ_dv_c_ns_vectors(v_c, u_o, u_neg):
    return (sig(u_o @ v_c) - 1) * u_o + sig(u_neg @ v_c) @ u_neg


def dJ_du_o_ns(v_c, u_o, u_neg):
    return -sig(-u_o @ v_c) * v_c


def dJ_du_k(v_c, u_o, u_k):
    return np.outer(sig(u_k @ v_c), v_c)


def dJ_dU_ns(v_c, U, o, negs):
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        G[k] += sig(U[k] @ v_c) * v_c
    return G


def dJ_dU_ns_add_at(v_c, U, o, negs):
    G = np.zeros_like(U)
    idx = np.array([o, *negs])
    e = sig(U[idx] @ v_c)
    e[0] -= 1
    np.add.at(G, idx, e[:, None] * v_c)
    return G


def dJ_dU_ns_counts(v_c, U, o, negs):
    counts = np.bincount(negs, minlength=len(U))
    e = counts * sig(U @ v_c)
    e[o] += sig(U[o] @ v_c) - 1
    return np.outer(e, v_c)


def dJ_dU_ns_columns(v_c, U, o, negs):
    G = np.zeros_like(U)
    G[:, o] += (sig(U[:, o] @ v_c) - 1) * v_c
    for k in negs:
        G[:, k] += sig(U[:, k] @ v_c) * v_c
    return G


def dJ_dU_ns_skip(v_c, U, o, negs):
    """word2vec.c's way: a noise word that is the target is left out."""
    G = np.zeros_like(U)
    G[o] += (sig(U[o] @ v_c) - 1) * v_c
    for k in negs:
        if k == o:
            continue
        G[k] += sig(U[k] @ v_c) * v_c
    return G


def J_neg(v_c, U, o, negs):
    return -np.log(sig(U[o] @ v_c)) - np.sum(np.log(sig(-U[negs] @ v_c)))


def loss_ns_softplus(v_c, U, o, negs):
    return np.logaddexp(0, -U[o] @ v_c) + np.logaddexp(0, U[negs] @ v_c).sum()


def loss_ns_one_minus(v_c, U, o, negs):
    return -np.log(sig(U[o] @ v_c)) - np.log(1 - sig(U[negs] @ v_c)).sum()


def loss_ns_epsilon(v_c, U, o, negs):
    return -np.log(sig(U[o] @ v_c) + 1e-10) - np.log(sig(-U[negs] @ v_c) + 1e-10).sum()


def loss_ns_clipped(v_c, U, o, negs):
    def s(x):
        return np.clip(sig(x), 1e-7, 1 - 1e-7)

    return -np.log(s(U[o] @ v_c)) - np.log(1 - s(U[negs] @ v_c)).sum()


def negative_sampling_loss_and_gradient(v_c, U, o, negs):
    return J_neg(v_c, U, o, negs), dJ_dv_c_ns(v_c, U, o, negs), dJ_dU_ns(v_c, U, o, negs)


# --- Jurafsky and Martin ---
def L_CE(w, c_pos, c_neg):
    return -(np.log(sig(c_pos @ w)) + np.log(sig(-c_neg @ w)).sum())


def dL_dw(w, c_pos, c_neg):
    return (sig(c_pos @ w) - 1) * c_pos + (sig(c_neg @ w)[:, None] * c_neg).sum(axis=0)


def dL_dc_pos(w, c_pos):
    return (sig(c_pos @ w) - 1) * w


def dL_dc_neg(w, c_neg):
    return sig(c_neg @ w)[:, None] * w


def dL_dc_neg_single(c_neg, w):
    """One noise word at a time, as the book writes it."""
    return float(sig(np.dot(c_neg, w))) * w


def update_jm(w, c_pos, c_neg, eta):
    new_pos = c_pos - eta * (sig(c_pos @ w) - 1) * w
    new_neg = c_neg - eta * sig(c_neg @ w)[:, None] * w
    new_w = w - eta * ((sig(c_pos @ w) - 1) * c_pos + sig(c_neg @ w) @ c_neg)
    return new_w, new_pos, new_neg


# --- Goldberg and Levy: they maximise ---
def objective(v_w, v_c, v_neg):
    return np.log(sig(v_c @ v_w)) + np.log(sig(-v_neg @ v_w)).sum()


def dl_dv_w(v_w, v_c, v_neg):
    return (1 - sig(v_c @ v_w)) * v_c - sig(v_neg @ v_w) @ v_neg


def dl_dv_w_minimised(v_w, v_c, v_neg):
    return -dl_dv_w(v_w, v_c, v_neg)


# --- Rong ---
def EH(h, W_out, w_O):
    e = soft(W_out @ h)
    e[w_O] -= 1
    return W_out.T @ e


def e(h, W_out, w_O):
    y = soft(W_out @ h)
    y[w_O] -= 1
    return y


def h_cbow(W, context):
    return np.mean(W[context], axis=0)


def dE_dh_cbow(W, W_out, context, w_O):
    return EH(W[context].mean(axis=0), W_out, w_O)


def dE_dW_cbow(W, W_out, context, w_O):
    g = EH(W[context].mean(axis=0), W_out, w_O)
    dW = np.zeros_like(W)
    np.add.at(dW, context, g / len(context))
    return dW


def dE_dW_cbow_sum(W, W_out, context, w_O):
    g = EH(W[context].sum(axis=0), W_out, w_O)
    dW = np.zeros_like(W)
    for c in context:
        dW[c] += g
    return dW


def dE_dW_cbow_skip_empty(W, W_out, context, w_O):
    dW = np.zeros_like(W)
    if not context:
        return dW
    h = sum(W[c] for c in context) / len(context)
    for c in context:
        dW[c] += EH(h, W_out, w_O) / len(context)
    return dW


def loss_cbow_ns(W, W_out, context, w_O, W_neg):
    h = W[context].mean(axis=0)
    return -np.log(sig(W_out[w_O] @ h)) - np.log(sig(-W_out[W_neg] @ h)).sum()


def E_skipgram(h, W_out, context):
    u = W_out @ h
    return -u[context].sum() + len(context) * np.log(np.exp(u).sum())


def dE_dW_out_skipgram(h, W_out, context):
    """EI = C y - counts, (31)."""
    counts = np.bincount(np.asarray(context, dtype=int), minlength=len(W_out))
    return np.outer(len(context) * soft(W_out @ h) - counts, h)


def dE_dW_skipgram(W, W_out, w_I, context):
    dW = np.zeros_like(W)
    dW[w_I] = sum((EH(W[w_I], W_out, c) for c in context), np.zeros(W.shape[1]))
    return dW


def dE_dW_out_skipgram_ns(W, W_out, w_I, context, noise_lists):
    G, h = np.zeros_like(W_out), W[w_I]
    for c, negs in zip(context, noise_lists, strict=True):
        for j, t in [(c, 1), *((k, 0) for k in negs)]:
            G[j] += (sig(W_out[j] @ h) - t) * h
    return G


def dE_dW_out(h, W_out, w_O, nodes, signs):
    G = np.zeros_like(W_out)
    for n, s in zip(nodes, signs, strict=True):
        G[n] += (sig(W_out[n] @ h) - (s == 1)) * h
    return G


def dE_dh_codes(h, W_out, path, codes):
    u = W_out[path] @ h
    return (sig(u) - (1 - np.asarray(codes))) @ W_out[path]


def E_hs(h, W_out, nodes, signs):
    return -np.log(sig(np.asarray(signs) * (W_out[nodes] @ h))).sum()


def E_hs_product(h, W_out, nodes, codes):
    p = 1.0
    for n, bit in zip(nodes, codes, strict=True):
        y = sig(W_out[n] @ h)
        p *= 1 - y if bit else y
    return -np.log(p)


def E_hs_tree(h, W_out, w_O, tree):
    return sum(
        np.logaddexp(0, -s * (W_out[n] @ h)) for n, s in zip(tree.paths[w_O], tree.signs[w_O], strict=True)
    )


def EH_paper(h, W_prime, w_O):
    """Rong's W' is N x V: output vectors are its columns."""
    e = soft(W_prime.T @ h)
    e[w_O] -= 1
    return W_prime @ e


def dE_dW_out_paper(h, W_out, w_O):
    e = soft(h @ W_out)
    e[w_O] -= 1
    return np.outer(h, e)


def update_paper(W, W_prime, w_I, w_O, eta):
    h = W[w_I].copy()
    e = soft(W_prime.T @ h)
    e[w_O] -= 1
    new = W.copy()
    new[w_I] -= eta * W_prime @ e
    return new, W_prime - eta * np.outer(h, e)


def forward(x, W1, W2):
    h = W1.T @ x
    return soft(W2.T @ h)


# --- updates ---
def update(W, W_out, w_I, w_O, eta):
    h = W[w_I].copy()
    e = soft(W_out @ h)
    e[w_O] -= 1
    new_W = W.copy()
    new_W[w_I] -= eta * W_out.T @ e
    return new_W, W_out - eta * np.outer(e, h)


def update_in_place(W, W_out, w_I, w_O, W_neg, eta):
    h, EH = W[w_I].copy(), np.zeros(W.shape[1])
    old = W_out.copy()
    for j, t in [(w_O, 1)] + [(k, 0) for k in W_neg]:
        g = sig(old[j] @ h) - t
        EH += g * old[j]
        W_out[j] -= eta * g * h
    W[w_I] -= eta * EH


def sgd_step_own_rate(W, W_out, w_I, w_O):
    return update(W, W_out, w_I, w_O, 0.025)


def update_syn(syn0, syn1neg, last_word, target, negs, alpha):
    neu1 = syn0[last_word].copy()
    neu1e = np.zeros_like(neu1)
    before = syn1neg.copy()
    for word, label in [(target, 1)] + [(n, 0) for n in negs]:
        g = (label - sig(before[word] @ neu1)) * alpha
        neu1e += g * before[word]
        syn1neg[word] += g * neu1
    syn0[last_word] += neu1e
    return syn0, syn1neg


def update_cbow(W, W_out, context, w_O, eta):
    new = W - eta * dE_dW_cbow_skip_empty(W, W_out, context, w_O)
    if not context:
        return new, W_out
    h = W[context].mean(axis=0)
    e = soft(W_out @ h)
    e[w_O] -= 1
    return new, W_out - eta * np.outer(e, h)


# --- plain words ---
def grad_center_vec(center_vec, output_vectors, target_id):
    p = soft(output_vectors @ center_vec)
    return output_vectors.T @ p - output_vectors[target_id]


def loss(center_vec, context_vec, neg_vecs):
    return -np.log(sig(context_vec @ center_vec)) - np.log(sig(-(neg_vecs @ center_vec))).sum()


def sigmoid(x_unused_scores):
    return sig(x_unused_scores)


def float32_gradient(v_c, U, o):
    v_c, U = v_c.astype(np.float32), U.astype(np.float32)
    p = soft(U @ v_c)
    p[o] -= 1
    return np.outer(p, v_c)


def keyword_only(v_c, U, *, o):
    p = soft(U @ v_c)
    p[o] -= 1
    return U.T @ p


def list_of_numbers(v_c, U, o):
    return [float(x) for x in dJ_dv_c(v_c, U, o)]


def loud(v_c, U, o):
    print("here I am")
    np.log(np.zeros(1))
    return dJ_dv_c(v_c, U, o)


OPTIONS = {
    "dJ_dv_c_ns_vectors": {"of": "EH"},
    "cross_entropy_loss": {"of": "E"},
    "h_cbow": {"of": "h", "input_side": "cbow"},
    "float32_gradient": {"of": "dW_out"},
    "keyword_only": {"of": "EH"},
    "list_of_numbers": {"of": "EH"},
    "loud": {"of": "EH"},
    "objective": {"notation": "goldberg-levy"},
    "grads_dict": {"of": ("EH", "dW_out")},
    "E_hs_tree": {"of": "E"},
    "E_hs_product": {"of": "E"},
}
HELPERS = {"sig", "soft", "sigmoid"}
RIGHT = {
    name: function
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__module__", "") == __name__ and name not in HELPERS
}
SUFFIXES = [
    "_loop",
    "_columns",
    "_column_vector",
    "_row_vector",
    "_matrix",
    "_dot",
    "_einsum",
    "_label",
    "_by_parts",
    "_ns",
    "_ns_array",
    "_ns_vectors",
    "_ns_add_at",
    "_ns_counts",
    "_ns_columns",
    "_ns_skip",
    "_numeric",
    "_minimised",
    "_codes",
    "_cbow",
    "_cbow_sum",
    "_cbow_skip_empty",
    "_skipgram",
    "_skipgram_ns",
    "_single",
    "_paper",
]


def asked_name(name):
    """dJ_dv_c_loop is checked as dJ_dv_c: the rest of the name tells the styles apart here."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix) and name.startswith(("dJ", "dE", "dL", "dl", "grad_v_c", "EH")):
            return name.removesuffix(suffix)
    return name

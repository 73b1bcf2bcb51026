# %% [markdown]
# # 13. Find the mistake
#
# **You will be able to** find a wrong line in somebody else's word2vec, say which equation it breaks, and
# tell a mistake from a convention.
#
# Everything here was really written: in homework, in programs that millions use, in published notes and
# slides. Read each cell and decide *before* you run the next one. Notebooks 2 to 6 have all you need.

# %%
import numpy as np

from w2v_edu import Negative, Softmax, cbow, loss, one_word, random_params, skipgram, trace
from w2v_edu.comparison.deviations import DEVIATIONS
from w2v_edu.display.plots import taylor_plot
from w2v_edu.finite import complex_step, relative_error, taylor
from w2v_edu.functions import sigmoid, softmax
from w2v_edu.homework import check
from w2v_edu.ledger import equation
from w2v_edu.model import Params

# %% [markdown]
# ## Warming up: from homework
#
# ### 1
#
# > **Predict.** Negative sampling, all output vectors. For which noise words is this right?


# %%
def dJ_dU(v_c, U, o, negs):
    rows = [o, *negs]
    e = sigmoid(U[rows] @ v_c)
    e[0] -= 1
    G = np.zeros_like(U)
    G[rows] += np.outer(e, v_c)
    return G


# %% tags=["eq-58"]
check(dJ_dU)

# %% [markdown]
# ### 2
#
# > **Predict.** The loss is right, and with this gradient it even falls at first. What is wrong?


# %%
def dJ_dv_c(v_c, U, o, negs):
    noise = U[list(negs)]
    return (sigmoid(U[o] @ v_c) - 1) * U[o] + noise.T @ (1 - sigmoid(noise @ v_c))


# %% tags=["eq-61"]
check(dJ_dv_c)

# %% [markdown]
# ### 3
#
# > **Predict.** One of the most frequent answers to the first question of the assignment. Say in words what
# > it computes.


# %%
def grad_v_c(v_c, U, o):
    return U.T @ softmax(U @ v_c)


# %% tags=["eq-12"]
check(grad_v_c)

# %% [markdown]
# ### 4
#
# > **Predict.** Hierarchical softmax. `codes` are the bits of the word, 0 for left.


# %%
def EH(h, V_path, codes):
    return V_path.T @ (sigmoid(V_path @ h) - codes)


# %% tags=["eq-53", "eq-49"]
check(EH)

# %% [markdown]
# ### 5
#
# > **Predict.** This one is about the step, not the gradient.


# %%
def update_W_out(h, W_out, w_O, eta):
    e = softmax(W_out @ h)
    e[w_O] -= 1
    return W_out + eta * np.outer(e, h)


# %% tags=["eq-11"]
check(update_W_out)

# %% [markdown]
# ## From programs
#
# ### 6. word2vec.c and gensim, CBOW
#
# > **Predict.** Mean on the way in. What is missing on the way out? When does it not matter?


# %%
def dW_cbow(W, W_out, context, w_O):
    h = W[list(context)].mean(axis=0)
    e = softmax(W_out @ h)
    e[w_O] -= 1
    G = np.zeros_like(W)
    np.add.at(G, list(context), W_out.T @ e)
    return G


# %% tags=["eq-23"]
check(dW_cbow)

# %% [markdown]
# ### 7. word2vec.c, the table
#
# The program looks sigma up in a table of 1000 entries from -6 to 6. The index is `(u + 6) * (1000 / 6 / 2)`,
# in whole numbers.
#
# > **Predict.** In C, what is 1000 / 6 / 2? Which entry is read at u = 0, and which should be?

# %% tags=["eq-67"]
u_of_entry = (np.arange(1000) / 1000 * 2 - 1) * 6
entry = int((0.0 + 6) * (1000 // 6 // 2))
{
    "scale": 1000 // 6 // 2,
    "entry": entry,
    "sigma(0) is taken for": round(float(sigmoid(u_of_entry[entry])), 4),
}

# %% tags=["eq-67"]
DEVIATIONS["sigmoid-table"].explanation

# %% [markdown]
# ### 8. word2vec.c and gensim, negative sampling
#
# > **Predict.** The output vectors are changed one after another inside the loop over noise words. For which
# > draws does this differ from (59)? Is it a wrong gradient?

# %% tags=["eq-59"]
DEVIATIONS["negatives-see-updates"].explanation, DEVIATIONS["negatives-see-updates"].kind

# %% [markdown]
# *order* means: exact in the limit of small steps. Compare with the saturation of sigma beyond 6, which is
# not.

# %% tags=["eq-49", "eq-57"]
{
    name: (one.kind, one.explanation)
    for name, one in DEVIATIONS.items()
    if name in ("hs-skip-6", "ns-saturate-6")
}

# %% [markdown]
# ### 9. wevi, skip-gram
#
# The demo by the author of the paper treats the context as one target with several ones in it.
#
# > **Predict.** For which contexts is this EI the EI of (31)?


# %%
def EI(h, W_out, context):
    several_ones = np.zeros(len(W_out))
    several_ones[list(context)] = 1
    return softmax(W_out @ h) - several_ones


# %% tags=["eq-31"]
check(EI, input_side="skip-gram")

# %% [markdown]
# The report has no name for it: this one is not in the catalogue. It is still rejected, and it still says
# where. A wrong name would be worse than none.
#
# ### 10. A pull request to wevi
#
# > **Predict.** Which equation was copied, and from which page of the paper?


# %%
def e(h, W_out, w_O):
    y = softmax(W_out @ h)
    t = np.eye(len(y))[w_O]
    return (y - t) * y * (1 - y)


# %% tags=["eq-08", "eq-78"]
check(e)

# %% tags=["eq-78"]
equation("78").note

# %% [markdown]
# ## From published notes and slides
#
# ### 11. "The goal is now to minimise the loss E = p(w_O | w_I)"
#
# So says a note after deriving (7) correctly.
#
# > **Predict.** What does a model learn that minimises this?


# %%
def E(h, W_out, w_O):
    return softmax(W_out @ h)[w_O]


# %% tags=["eq-07"]
check(E)

# %% [markdown]
# It learns never to say the right word. The logarithm and the minus were lost in one line of prose; the
# formulas after it are right again. That is why such a slip survives.

# %% tags=["eq-07", "eq-08"]
params = random_params(6, 3, np.random.default_rng(1))
example = one_word(0, 2)
t = trace(params, example, Softmax())


def target_probability(h):
    return softmax(params.W_out @ h)[2]


downhill = t.h - 0.1 * complex_step(target_probability, t.h)
{"before": float(target_probability(t.h)), "after one step": float(target_probability(downhill))}

# %% [markdown]
# ### 12. "p(D = 1 | w, c) = 1 / (1 + exp(v_c . v_w))"
#
# From a note on Goldberg and Levy. The next sentence says that the objective becomes large when v_c . v_w is
# large.
#
# > **Predict.** Do formula and sentence agree?


# %%
def loss_pairs(h, W_out, w_O, W_neg):
    def p(u):
        return 1 / (1 + np.exp(u))

    return -np.log(p(W_out[w_O] @ h)) - np.log(p(-W_out[list(W_neg)] @ h)).sum()


# %% tags=["eq-55", "eq-67"]
with np.errstate(over="ignore", divide="ignore"):
    answer = check(loss_pairs)
answer

# %% [markdown]
# ### 13. A slide: "E = -log sigma(v_wO' . h) - sum over W_neg of log(-v_wj' . h)"
#
# > **Predict.** What is the logarithm of a negative number?


# %%
def loss_slide(h, W_out, w_O, W_neg):
    return -np.log(sigmoid(W_out[w_O] @ h)) - np.log(-(W_out[list(W_neg)] @ h)).sum()


# %% tags=["eq-55"]
with np.errstate(invalid="ignore", divide="ignore"):
    answer = check(loss_slide)
answer

# %% [markdown]
# A sigma is missing. Wherever a noise word has a positive score, this is not even a number.
#
# ### 14. The same slides: "p(w_2) = p(n_1, left) p(n_2, left) p(n_3, left)"
#
# The figure beside it shows left, left, right.
#
# > **Predict.** Which property of the distribution breaks? How would you test a formula for p(w) without
# > knowing the tree?


# %%
def p(h, V_path, signs):
    return np.prod(sigmoid(V_path @ h))


# %% tags=["eq-41", "eq-42", "eq-43"]
check(p, of="p")

# %% [markdown]
# With every turn counted as left, the probabilities of the words no longer sum to one: (43) is a test that
# needs no answer key.
#
# ### 15. The paper itself
#
# > **Predict.** (21) as it was printed. Find the slip.

# %% tags=["eq-21"]
equation("21").printed

# %% tags=["eq-21"]
equation("21").note

# %% [markdown]
# How many more? The ledger notes every place where the print is loose; few change a number.

# %%
from w2v_edu.ledger import LEDGER

[row.number for row in LEDGER if row.printed]

# %% [markdown]
# ## Not a mistake
#
# Not everything that differs is wrong. CBOW by sum has no 1/C in either direction; a course may redraw a
# noise word that equals the target; words may be columns. The check reports a *convention* and calls the
# answer correct.


# %%
def gradient(U, v_c, o):
    """Here output vectors are the columns of U: shape (d, V)."""
    e = softmax(U.T @ v_c)
    e[o] -= 1
    return U @ e


check(gradient, of="EH")

# %% [markdown]
# ## A detective's tool
#
# If you suspect a gradient and have only its loss, look at the Taylor slope.

# %% tags=["eq-23"]
bag = cbow((1, 3, 3, 5), 2)
right = trace(params, bag, Softmax()).dW
d = np.random.default_rng(0).standard_normal(right.shape)


def E_of_W(W):
    return loss(Params(W, params.W_out), bag, Softmax())


taylor_plot(
    {"EH / C": taylor(E_of_W, right, params.W, d), "EH, undivided": taylor(E_of_W, 4 * right, params.W, d)}
)

# %% [markdown]
# ## Exercises
#
# Each function below is wrong. Mend it until the check is content.
#
# **13.1** Loss of negative sampling: more than one slip.


# %%
def loss_to_mend(h, W_out, w_O, W_neg):
    u = W_out @ h
    with np.errstate(divide="ignore"):
        return -np.log(sigmoid(u[w_O])) + sum(np.log(sigmoid(u[k])) for k in set(W_neg))


check(loss_to_mend)

# %% [markdown]
# **13.2** Skip-gram with full softmax, gradient of the input vector: one slip, in the layout of the code.


# %%
def EH_to_mend(h, W_out, context):
    for w in context:
        e = softmax(W_out @ h)
        e[w] -= 1
        total = W_out.T @ e
    return total


check(EH_to_mend, of="EH", input_side="skip-gram")

# %% [markdown]
# **13.3** Write a gradient of your own with a mistake that the check does *not* name. Is the mistake
# plausible? Then it belongs in the catalogue: `w2v_edu/homework/mistakes.py` has one line for each.

# %% tags=["eq-31", "eq-57"]
several = skipgram(0, (2, 4), noise=((1, 1), (3, 5)))
sampled = trace(params, several, Negative())
relative_error(
    sampled.dW_out,
    complex_step(lambda W_out: loss(Params(params.W, W_out), several, Negative()), params.W_out),
)

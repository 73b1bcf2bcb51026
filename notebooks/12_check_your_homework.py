# %% [markdown]
# # 12. Check your homework
#
# **You will be able to** have a gradient, a loss, an update or a written derivation checked; read the answer;
# choose how much it says; and use the check in graded notebooks.
#
# You need a piece of homework. Any notation will do: Rong's, that of CS224n, of Jurafsky and Martin, of
# Goldberg and Levy, or plain names.

# %%
import numpy as np

from w2v_edu.derivation import check_lines
from w2v_edu.functions import sigmoid, softmax
from w2v_edu.homework import assert_correct, check
from w2v_edu.symbolic.settings import setting

# %% [markdown]
# ## Names are the question
#
# Nothing has to be declared. The name of the function says what it returns, and the names of its parameters
# say what it gets.
#
# > **Predict.** `dJ_dv_c(v_c, U, o)`: which notation is this, which objective, and which equation of the
# > paper?


# %% tags=["eq-12"]
def dJ_dv_c(v_c, U, o):
    y_hat = softmax(U @ v_c)
    y_hat[o] -= 1
    return U.T @ y_hat


check(dJ_dv_c)

# %% [markdown]
# The same quantity, as Jurafsky and Martin write it for negative sampling:


# %% tags=["eq-61"]
def dL_dw(w, c_pos, c_neg):
    return (sigmoid(c_pos @ w) - 1) * c_pos + sigmoid(c_neg @ w) @ c_neg


check(dL_dw)

# %% [markdown]
# ## A wrong answer
#
# > **Predict.** A student forgets something here. Can you find an example, V and words, for which the answer
# > is right all the same?


# %%
def grad_U(v_c, U, o):
    return np.outer(softmax(U @ v_c), v_c)


# %% tags=["eq-09"]
check(grad_U)

# %% [markdown]
# Four things are said: **where** (the quantity and its equation), **how far off** at one entry, **which
# mistake**, and **what to change**. The mistake is named only if it gives *exactly* the same numbers at every
# test point.
#
# ## How much to say
#
# A teacher may want less. Hint 0 says which part, 1 adds the equation and the place, 2 the mistake.

# %% tags=["eq-09"]
check(grad_U, hint=0)

# %% tags=["eq-09"]
check(grad_U, hint=1)

# %% [markdown]
# ## An answer that no catalogue knows
#
# > **Predict.** What should a good checker say to somebody who multiplied by 0.9 for no reason?


# %% tags=["eq-12"]
def EH(h, W_out, w_O):
    e = softmax(W_out @ h)
    e[w_O] -= 1
    return 0.9 * (W_out.T @ e)


check(EH)

# %% [markdown]
# That it is wrong, where, what is known about it, and no name that it cannot be sure of.
#
# ## Conventions are not mistakes
#
# > **Predict.** Here words are columns, and the gradient is one row. Is that wrong?


# %% tags=["eq-12"]
def dJ_dv(v_c, U, o):
    """U has shape (d, V)."""
    e = softmax(U.T @ v_c)
    e[o] -= 1
    return (U @ e).reshape(1, -1)


check(dJ_dv, of="EH", notation="cs224n")

# %% [markdown]
# ## Stability
#
# Correct and stable are two things. The report tells them apart.


# %% tags=["eq-55"]
def loss_negative(h, W_out, w_O, W_neg):
    with np.errstate(divide="ignore"):
        return -np.log(sigmoid(W_out[w_O] @ h)) - np.log(sigmoid(-(W_out[list(W_neg)] @ h))).sum()


check(loss_negative)

# %% [markdown]
# What helps is -log sigma(u) = log(1 + exp(-u)), computed without taking sigma first. A small number *inside*
# the logarithm does not help: it makes another function, of which your gradient is no longer the gradient.
#
# ## Updates
#
# A step is checked as a step: old values in, new values out.


# %% tags=["eq-11"]
def update_W_out(h, W_out, w_O, eta):
    e = softmax(W_out @ h)
    e[w_O] -= 1
    return W_out - eta * np.outer(e, h)


check(update_W_out)

# %% [markdown]
# ## Derivations, line by line
#
# Written lines can be checked, too. They are read as LaTeX and compared by the prover, for all V and N, not
# at examples.
#
# > **Predict.** Which of these lines does not follow?

# %% tags=["eq-08", "eq-12"]
lines = r"""
\frac{\partial E}{\partial h_i}
= \sum_{j=1}^V \frac{\partial E}{\partial u_j} \frac{\partial u_j}{\partial h_i}
= \sum_{j=1}^V e_j w'_{ij}
= \sum_{j=1}^V (y_j + t_j) w'_{ij}
"""
check_lines(lines, setting("one-word", "softmax"))

# %% [markdown]
# A wrong line comes with a counter-example: sizes and numbers at which the two sides differ. The next line is
# then compared with the wrong one as well, so that one slip is counted once.
#
# ## In a graded cell
#
# `assert_correct` is made for nbgrader and Otter: it prints nothing, returns nothing, and raises one
# AssertionError that says what is wrong.

# %% tags=["eq-12"]
assert_correct(dJ_dv_c)
"nothing was said: it is right"

# %% tags=["eq-09"]
try:
    assert_correct(grad_U, hint=1)
except AssertionError as refusal:
    answer = str(refusal).splitlines()
answer

# %% [markdown]
# For partial credit, `check(f).points(3)` is a plain number. A whole file of homework, with the functions of
# the CS224n assignment or with your own, runs in a process of its own, with limits on time and memory:
#
#     w2v-edu check homework.py

# %%
check(grad_U).points(3), check(dJ_dv_c).points(3)

# %% [markdown]
# ## Exercises
#
# Put your own homework here. If you have none at hand:
#
# **12.1** All three gradients of the CS224n assignment, naive softmax: loss, gradient of the centre vector,
# gradient of the outside vectors, in that order.


# %%
def naiveSoftmaxLossAndGradient(v_c, o, U):
    """loss, (d,), (V, d)"""
    ...


check(naiveSoftmaxLossAndGradient, of=("E", "EH", "dW_out"))

# %% [markdown]
# **12.2** Negative sampling in the same notation. `negs` holds the ids of the noise words; they may repeat.


# %%
def negSamplingLossAndGradient(v_c, o, U, negs):
    """loss, (d,), (V, d)"""
    ...


check(negSamplingLossAndGradient, of=("E", "EH", "dW_out"))

# %% [markdown]
# **12.3** Write the derivation of (49) from (46) in your own lines, and have it checked. (The setting is
# `setting("one-word", "hierarchical")`; notebook 5 shows how the symbols are written.)

# %%
mine = r"""
E = -\sum_{j=1}^{L(w)-1} \log\sigma([\![\cdot]\!] {\mathbf{v}'_j}^T\mathbf{h})
"""
check_lines(mine, setting("one-word", "hierarchical"))

# %% [markdown]
# # 8. Gradient checking
#
# **You will be able to** test any gradient without knowing its formula; choose the step; read a V curve and a
# Taylor plot; and say what such a test cannot see.
#
# You need notebook 2. The objects on trial are (9), (12) and (58); the method knows nothing of word2vec.

# %%
import numpy as np

from w2v_edu import (
    Hierarchical,
    Negative,
    Softmax,
    cbow,
    huffman,
    loss,
    one_word,
    random_params,
    show,
    toy,
    trace,
)
from w2v_edu.display.plots import error_curve_plot, taylor_plot
from w2v_edu.finite import (
    central_difference,
    complex_step,
    directional,
    error_against_step,
    relative_error,
    sample_entries,
    taylor,
)
from w2v_edu.model import Params
from w2v_edu.tree import Tree

# %% [markdown]
# ## A slope, measured
#
# The derivative says how E changes when one number moves a little. So move it a little, both ways, and see.

# %% tags=["eq-09"]
words = toy("drink-eat").words
params = random_params(V=6, N=3, rng=np.random.default_rng(9))
example = one_word(0, 2)
t = trace(params, example, Softmax())


def E(W_out):
    return loss(Params(params.W, W_out), example, Softmax())


up, down = params.W_out.copy(), params.W_out.copy()
up[2, 1] += 1e-5
down[2, 1] -= 1e-5
{"measured": float(E(up) - E(down)) / 2e-5, "by (9)": float(t.dW_out[2, 1])}

# %% [markdown]
# `central_difference` does that for every entry, and `relative_error` is the largest difference over the
# largest entry of the whole array. (Entry by entry it would be unfair to entries close to zero.)

# %% tags=["eq-09"]
relative_error(t.dW_out, central_difference(E, params.W_out))

# %% [markdown]
# ## How small a step?
#
# > **Predict.** With a smaller step the difference is closer to the derivative. So is 1e-15 better than 1e-5?
# > Sketch the error against the step before you look.

# %% tags=["eq-09"]
error_curve_plot(
    error_against_step(E, t.dW_out, params.W_out, entries=sample_entries((6, 3), 6, np.random.default_rng(0)))
)

# %% [markdown]
# To the right the formula is to blame: the error of a central difference falls as the square of the step. To
# the left the computer is: two numbers that agree in 15 digits are subtracted, and what is left is rounding.
# The best step lies between, near the cube root of 2e-16.
#
# ## The complex step
#
# There is a way around the subtraction. Move the number by i h, into the imaginary direction, and read off
# the imaginary part: f(x + ih) = f(x) + i h f'(x) + ... Nothing is subtracted, so h may be 1e-30.

# %% tags=["eq-09"]
relative_error(t.dW_out, complex_step(E, params.W_out))

# %% [markdown]
# This asks something of the code: every function on the way must accept complex numbers and be analytic.
# `abs`, `max` over whole numbers and clipping break it. The sigmoid and softmax of this toolkit look at the
# real part when they must decide something.
#
# ## All at once
#
# One entry at a time is slow for large matrices. A single direction d tests all entries together: the slope
# along d must be the dot product of gradient and d.

# %% tags=["eq-09"]
d = np.random.default_rng(1).standard_normal((6, 3))
{"slope along d": directional(E, params.W_out, d), "<gradient, d>": float((t.dW_out * d).sum())}

# %% [markdown]
# ## The Taylor test
#
# If the gradient is right, then E(x + h d) - E(x) - h <g, d> falls as h squared. If it is wrong, only as h.
# On logarithmic axes these are lines with slope 2 and slope 1: a picture in which nobody has to know how
# small is small.
#
# > **Predict.** Three claims: the gradient; the gradient with its sign turned; and the gradient of (9) with
# > the label forgotten. Which slopes?

# %% tags=["eq-08", "eq-09"]
no_label = np.outer(t.output.y, t.h)
tests = {
    "right": taylor(E, t.dW_out, params.W_out, d),
    "sign turned": taylor(E, -t.dW_out, params.W_out, d),
    "label forgotten": taylor(E, no_label, params.W_out, d),
}
taylor_plot(tests)

# %% [markdown]
# ## What a check cannot see
#
# ### 1. A place where the mistake vanishes
#
# > **Predict.** In word2vec.c W_out starts at zero. At that point, what is EH? Which mistakes in dE/dW does a
# > check there find?

# %% tags=["eq-12", "eq-23"]
zero = Params(params.W, np.zeros((6, 3)))
at_zero = trace(zero, cbow((1, 3, 3), 2), Softmax())
{"EH": at_zero.EH.tolist(), "largest entry of dE/dW": float(np.abs(at_zero.dW).max())}

# %% [markdown]
# None at all: wrong sign, missing 1/C, wrong row, everything times zero is zero. Check at random parameters.
#
# ### 2. An example in which it vanishes
#
# C = 1 hides a missing 1/C; noise words that all differ hide a lost repeat; V = d hides a transposed matrix.
# Choose sizes that are all different, and words that repeat.


# %% tags=["eq-23"]
def error_without_one_over_C(context):
    """The relative error of an undivided gradient, for this context."""
    one = cbow(context, 2)
    exact = complex_step(lambda W: loss(Params(W, params.W_out), one, Softmax()), params.W)
    return relative_error(one.C * trace(params, one, Softmax()).dW, exact)


{context: round(error_without_one_over_C(context), 12) for context in ((1,), (1, 3), (1, 3, 3, 5))}

# %% [markdown]
# ### 3. A loss that changes while you look
#
# If each call of the loss draws new noise words, the difference of two calls is a difference of two
# functions. Noise words are data here: they are part of the example, drawn beforehand.

# %% tags=["eq-58"]
rng = np.random.default_rng(2)


def fresh(W_out):
    drawn = tuple(int(w) for w in rng.integers(0, 6, size=3))
    return loss(Params(params.W, W_out), one_word(0, 2, drawn), Negative())


fixed = one_word(0, 2, (4, 1, 4))
right = trace(params, fixed, Negative()).dW_out
still = central_difference(lambda W_out: loss(Params(params.W, W_out), fixed, Negative()), params.W_out)
{
    "noise fixed": relative_error(right, still),
    "drawn anew": relative_error(right, central_difference(fresh, params.W_out)),
}

# %% [markdown]
# ### 4. The wrong question, answered rightly
#
# > **Predict.** Somebody builds the Huffman tree with left and right exchanged, everywhere. Loss and gradient
# > come from the same tree. Does the check find it?

# %% tags=["eq-49"]
tree = huffman(toy("drink-eat").counts)
mirrored = Tree(tree.children[:, ::-1])
inner = random_params(V=6, N=3, rng=np.random.default_rng(3), R=5)
errors = {}
for name, one in (("tree", tree), ("mirrored", mirrored)):
    exact = complex_step(
        lambda W_out, one=one: loss(Params(inner.W, W_out), example, Hierarchical(one)), inner.W_out
    )
    errors[name] = relative_error(trace(inner, example, Hierarchical(one)).dW_out, exact)
errors

# %% [markdown]
# It does not, and rightly so: both are the gradient of *a* function. A check compares a gradient with a loss.
# That the loss is the one we mean is a matter of definitions, and they are pinned by small examples worked by
# hand.
#
# ## Four witnesses
#
# So the toolkit asks four that never call each other: the paper's closed forms (`reference`), the prover
# (`symbolic`), finite differences (`finite`), and the batched path (`fast.batch`). `w2v-edu verify` is that,
# over all equations. In a notebook:

# %% tags=["eq-08", "eq-12"]
from w2v_edu import verify
from w2v_edu.ledger import equation
from w2v_edu.verification import table

report = verify(rows=[equation("8"), equation("12")], count=1, processes=1)
print(table(report))

# %% tags=["eq-12"]
show(t, "12", words=words)

# %% [markdown]
# ## Exercises
#
# **8.1** Write EH with a mistake of your choice, and look at its Taylor slope.


# %%
def my_EH(h, W_out, w_O):
    return trace(params, example, Softmax()).EH  # spoil this


def E_of_h(h):
    W = np.array(params.W, dtype=np.result_type(h))
    W[0] = h
    return loss(Params(W, params.W_out), example, Softmax())


taylor(E_of_h, my_EH(t.h, params.W_out, 2), t.h, np.ones(3)).slope

# %% [markdown]
# **8.2** One-sided differences, (f(x + h) - f(x)) / h: which slope has the right branch of their V? Where is
# its best step? Write it in three lines and compare with `relative_error`.
#
# **8.3** At which parameters does a check of *negative sampling* fail to see that noise rows have the sign of
# positive ones?

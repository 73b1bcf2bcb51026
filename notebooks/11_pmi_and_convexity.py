# %% [markdown]
# # 11. What negative sampling learns, and what is convex
#
# **You will be able to** say what the scores of negative sampling converge to, under which conditions; turn
# them into probabilities; and say which part of the problem is convex and which is not.
#
# You need notebook 6. The loss is (55) throughout.

# %%
import numpy as np

from w2v_edu import Negative, loss, one_word, random_params, toy
from w2v_edu.corpus import positive_pairs
from w2v_edu.display.plots import losses_plot, matrix_plot
from w2v_edu.fast.batch import batch_gradient
from w2v_edu.fast.train import train
from w2v_edu.finite import relative_error
from w2v_edu.functions import log_sigmoid, softmax
from w2v_edu.model import Params
from w2v_edu.symbolic.theorems_optima import convex_with_one_side_fixed, not_jointly_convex, sgns_optimum

# %% [markdown]
# ## Pointwise mutual information
#
# How much more often do two words meet than they would by chance? PMI(w, c) is the log of n_wc |D| / (n_w
# n_c): n_wc counts the pair in D, n_w and n_c count its words. Zero means: no more often than by chance.

# %%
corpus = toy("drink-eat")
words, V, window = corpus.words, 6, 2
D = positive_pairs(corpus.blocks(), V, window)
n = np.zeros((V, V), dtype=int)
n[D.w, D.c] = D.n
with np.errstate(divide="ignore"):  # a pair that never meets has PMI = minus infinity
    pmi = np.log(n * D.size / np.outer(n.sum(axis=1), n.sum(axis=0)))
seen = n > 0


def table(values, name):
    """A matrix of words by context words; pairs that never meet show 0."""
    ax = matrix_plot(np.where(seen, values, 0.0), words, name=name)
    ax.set_xticklabels(words)
    ax.set_xlabel("context word")
    return ax


table(pmi, "PMI of the pairs that occur")

# %% [markdown]
# ## Counting and predicting meet
#
# Negative sampling never computes a PMI. Yet Levy and Goldberg (2014) showed where it is heading.
#
# > **Predict.** For one pair, n_wc positive examples pull the score up and K n_w P_n(c) noise examples pull
# > it down. Where do the two pulls balance? Write sigma(u) times one number = (1 - sigma(u)) times another,
# > and solve for u.

# %% tags=["eq-55", "eq-57"]
sgns_optimum()

# %% [markdown]
# Read the conditions, they are often left out. **Full rank**: the vectors must be long enough for every score
# to be free. **Observed pairs**: the others go to minus infinity. **Expectation** over the noise. **No
# redrawing** against the positive word: that shifts the optimum. And with the power 3/4 it is the smoothed
# distribution of c that is divided by, not the unigram one.
#
# ## Test it: the gradient there
#
# A trick makes the expectation exact. Give each example *all* context words of D as its noise, each as often
# as it occurs: that is the unigram distribution, with K = |D|, and no dice.
#
# > **Predict.** With scores PMI - log K for the pairs that occur, how long is the gradient?

# %% tags=["eq-55", "eq-58"]
everything = tuple(int(c) for c in np.repeat(D.c, D.n))
K = len(everything)
exact = [
    one_word(int(w), int(c), everything)
    for w, c in zip(np.repeat(D.w, D.n), np.repeat(D.c, D.n), strict=True)
]
optimum = Params(np.eye(V), np.where(seen, pmi - np.log(K), -800.0).T)
at_optimum = batch_gradient(optimum, exact, Negative())
elsewhere = batch_gradient(random_params(V, V, np.random.default_rng(0)), exact, Negative())
{"at PMI - log K": float(np.abs(at_optimum.dW_out).max()), "at random": float(np.abs(elsewhere.dW_out).max())}

# %% [markdown]
# ## Test it: train
#
# And the ordinary way, with dice: K = 2, noise from the unigram distribution (`ns_exponent=1`), all windows
# full.

# %% tags=["eq-59", "eq-61"]
options = {
    "vector_size": 6,
    "window": window,
    "sample": 0,
    "min_count": 1,
    "shrink_windows": False,
    "seed": 3,
}
run = train(
    corpus,
    "skip-gram",
    "negative",
    negative=2,
    ns_exponent=1.0,
    alpha=0.1,
    min_alpha=1e-3,
    epochs=400,
    **options,
)
score = run.W @ run.W_out.T
p = n / n.sum(axis=1, keepdims=True)
with np.errstate(divide="ignore"):
    expected = np.log(p) - np.log(2 * run.noise.p)
table(score - expected, "score less its limit")

# %% tags=["eq-57"]
{
    "mean distance": float(np.abs(score - expected)[seen].mean()),
    "correlation": float(np.corrcoef(score[seen], expected[seen])[0, 1]),
}

# %% [markdown]
# ## From scores to probabilities
#
# A softmax over the scores of negative sampling is *not* p(c | w): the noise was divided out. Put it back.
#
# > **Predict.** score = log p(c | w) - log(K P_n(c)). What must be added before the softmax? Does K matter?

# %% tags=["eq-55"]
{
    "softmax(u)": float(np.abs(softmax(score) - p).max()),
    "softmax(u + log P_n)": float(np.abs(softmax(score + np.log(run.noise.p)) - p).max()),
}

# %% [markdown]
# `held_out_loss(result, text, "softmax")` does just that, so that the objectives can be compared by one
# number. Notebook 9 uses it.
#
# ## What is convex
#
# Hold W_out fixed. Then each term of (55) is -log sigma of something linear in h: a logistic regression.

# %% tags=["eq-55", "eq-57"]
convex_with_one_side_fixed()

# %% [markdown]
# So with one matrix frozen, the starting point cannot matter. (The curves are of full softmax, where nothing
# is drawn and gradient descent is exact.)
#
# > **Predict.** Three starts, W_out the same and frozen: one curve or three at the end? And with both
# > matrices free?

# %% tags=["eq-35", "eq-61"]
fixed = random_params(V, 3, np.random.default_rng(5)).W_out


def run_from(seed, freeze):
    """The loss of 300 steps of gradient descent over the whole text, from this start."""
    start = Params(random_params(V, 3, np.random.default_rng(seed)).W, fixed)
    run = train(corpus, "skip-gram", "softmax", method="batch", freeze=freeze, init=start,
                alpha=1.0, min_alpha=1.0, epochs=300, **{**options, "vector_size": 3})  # fmt: skip
    return run.history


histories = {name: [run_from(seed, freeze) for seed in (0, 1, 2)]
             for name, freeze in (("W_out frozen", "W_out"), ("both free", None))}  # fmt: skip
losses_plot(
    {name: [[now.loss for now in one] for one in three] for name, three in histories.items()},
    [now.epoch for now in histories["both free"][0]],
)

# %% [markdown]
# ## What is not
#
# One positive pair in one dimension is enough: E = -log sigma(a b).
#
# > **Predict.** What is E at a = b = 1? At a = b = -1? And halfway between the two points?

# %% tags=["eq-55"]
{(a, a): round(float(-log_sigmoid(a * a)), 4) for a in (-1.0, 0.0, 1.0)}

# %% [markdown]
# Higher in the middle than at both ends: not convex. There is a whole region of this:

# %% tags=["eq-55"]
not_jointly_convex()

# %% [markdown]
# So "word2vec is convex" is false, and "nothing is convex here" is false as well. Nor is there one best
# solution: turn both matrices by the same rotation and every score is what it was.

# %% tags=["eq-02"]
before = random_params(V, 3, np.random.default_rng(7))
rotation, _ = np.linalg.qr(np.random.default_rng(8).standard_normal((3, 3)))
turned = Params(before.W @ rotation, before.W_out @ rotation)
relative_error(turned.W @ turned.W_out.T, before.W @ before.W_out.T)

# %% [markdown]
# ## Exercises
#
# **11.1** Write the limit of the scores for noise to the power 3/4, and let the cell compare it with a
# training run.


# %%
def limit(n, p_noise, K):
    """The score of each pair, shape (V, V); p_noise is P_n, shape (V,)."""
    return np.zeros_like(n, dtype=float)  # write yours here


again = train(corpus, "skip-gram", "negative", negative=2, alpha=0.1, min_alpha=1e-3, epochs=400, **options)
distance = np.abs(again.W @ again.W_out.T - limit(n, again.noise.p, 2))[seen].mean()
"right" if distance < 0.1 else f"not yet: {distance:.2f} away on average"

# %% [markdown]
# **11.2** Repeat the second test with N = 2 instead of 6. Which condition is broken, and what happens to the
# scores?
#
# **11.3** If a draw equal to the positive word is drawn again, each pair sees less noise than K n_w P_n(c).
# Which way does its score move? Check with `loss(...)` on an example or two, or with a training run of your
# own.

# %% tags=["eq-55"]
pair = random_params(V, 3, np.random.default_rng(9))
{
    "W_neg holds w_O": float(loss(pair, one_word(0, 2, (2, 4)), Negative())),
    "redrawn": float(loss(pair, one_word(0, 2, (3, 4)), Negative())),
}

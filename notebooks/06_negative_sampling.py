# %% [markdown]
# # 6. Negative sampling: another question
#
# **You will be able to** follow one example of `apricot` through all its positive and noise rows; say what D
# and D' are; explain why W_neg is a multiset; and say in what sense this is *not* softmax, and what NCE adds.
#
# You need notebooks 2 and 4. Equations (55) to (61), and those of noise-contrastive estimation, (nce-1) to
# (nce-8).

# %%
import numpy as np

from w2v_edu import NCE, Negative, Noise, loss, one_word, random_params, show, toy, trace, update
from w2v_edu.corpus import APRICOT_ROWS, apricot_example, negatives_of_each, pair_table, positive_pairs
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import geometric_plot, noise_plot, sigmoid_plot
from w2v_edu.finite import complex_step, relative_error
from w2v_edu.homework import check
from w2v_edu.model import Params
from w2v_edu.symbolic.theorems_models import negative_is_nce
from w2v_edu.symbolic.theorems_optima import collapse_without_negatives

# %% [markdown]
# ## Is this pair real?
#
# Full softmax asks *which of V words comes here?* Negative sampling asks *did this pair come from the text,
# or from dice?* That is a yes-or-no question, so a sigmoid answers it, and it costs 1 + K scores instead of
# V.
#
# A sentence with a window of two around *apricot* has four pairs from the text, labelled 1. Each brings K = 2
# noise words, labelled 0: twelve rows.

# %%
APRICOT_ROWS

# %% [markdown]
# ## D and D'
#
# Goldberg and Levy (arXiv:1402.3722) call the pairs of the text D and the random ones D'. Both are multisets:
# pairs repeat.

# %%
corpus = toy("apricot-jam")
words, vocabulary = corpus.words, corpus.vocabulary
D = positive_pairs(corpus.blocks(), len(words), window=2)
D_neg = negatives_of_each(D, K=2, rng=np.random.default_rng(0))
{"|D|": D.size, "|D'|": D_neg.size, "a few rows": pair_table(D, D_neg, vocabulary)[::60]}

# %% [markdown]
# > **Predict.** D' is drawn blindly. May a pair of D' also be in D? Must it be wrong?

# %%
sorted(set(D.counter()) & set(D_neg.counter()))[:5]

# %% [markdown]
# It may. Random pairs are only *assumed* to be wrong.
#
# ## Where noise words come from
#
# From the counts to the power 3/4, which lifts rare words. The power was found by trial, not by theory.
#
# > **Predict.** With power 0, what is this distribution? With power 1?

# %%
drinks = toy("drink-eat")
counts, six = [64, 16, 8, 4, 2, 1], ("the", "jam", "ripe", "oats", "violin", "aardvark")
noise_plot(Noise.from_counts(counts), counts, six)

# %% [markdown]
# ## One example, all its rows

# %%
example = apricot_example(vocabulary)
params = random_params(V=len(words), N=4, rng=np.random.default_rng(6), scale=0.7)
t = trace(params, example, Negative())
[(words[example.targets[c]], vocabulary.text(example.noise[c])) for c in range(4)]

# %% [markdown]
# The loss of a target word is the sum of 1 + K logarithms of sigmas. The minus inside the second sigma turns
# "is real" into "is not real".

# %% tags=["eq-55"]
show(t, "55", words=words, panel=2)

# %% tags=["eq-55", "eq-67"]
sigmoid_plot(t.outputs[2], words)

# %% [markdown]
# ## The error, a third time
#
# > **Predict.** You know (8) and (49). What will the derivative of the loss with respect to a score be?

# %% tags=["eq-56", "eq-57"]
AUTHORED["negative/dE_du"]()

# %% tags=["eq-56", "eq-57"]
show(t, "57", words=words, panel=2)

# %% [markdown]
# ## The updates
#
# Output vectors that were asked get error times h, (58) and (59). All others stay where they are.

# %% tags=["eq-58"]
show(t, "58", params, words=words, panel=2)

# %% tags=["eq-59"]
show(t, "59", params, eta=0.5, words=words, panel=2)

# %% [markdown]
# And back to h: (60) and (61).

# %% tags=["eq-60", "eq-61"]
AUTHORED["negative/EH"]()

# %% tags=["eq-61"]
show(t, "61", words=words, panel=2)

# %% [markdown]
# ## Towards jam, away from the noise
#
# > **Predict.** For the pair (apricot, jam) with the noise words *violin* and *matrix*: towards which vector
# > does the input vector of *apricot* move, and away from which two? Which pull is the strongest?

# %% tags=["eq-61"]
jam = one_word(example.inputs[0], example.targets[2], example.noise[2])
geometric_plot(params, trace(params, jam, Negative()), words=words)

# %% [markdown]
# The strength of each pull is its error. A noise word that already scores low is hardly pushed.
#
# ## W_neg is a multiset
#
# The paper says *set*. With draws from a distribution words repeat, and a set forgets that. Here *matrix* is
# drawn twice.
#
# > **Predict.** Which reading agrees with the derivative of the loss?

# %% tags=["eq-55", "eq-58"]
matrix = vocabulary.id("matrix")
twice = one_word(example.inputs[0], example.targets[2], (matrix, matrix))
once = one_word(example.inputs[0], example.targets[2], (matrix,))
exact = complex_step(lambda W_out: loss(Params(params.W, W_out), twice, Negative()), params.W_out)
{
    "as a multiset": relative_error(trace(params, twice, Negative()).dW_out, exact),
    "as a set": relative_error(trace(params, once, Negative()).dW_out, exact),
}

# %% [markdown]
# The same mistake has a face in NumPy: `G[negs] += rows` adds once for a repeated index. `np.add.at(G, negs,
# rows)` adds as often as it occurs. It hides whenever the draws differ, so a check with five different noise
# words does not see it.
#
# And if the positive word itself is drawn? The paper's multiset keeps it, so it counts on both sides; CS224n
# draws again; word2vec.c leaves it out and has fewer than K. Jurafsky and Martin exclude the *input* word.
# `Noise(redraw=...)` knows them.

# %% tags=["eq-56"]
show(t, "56").row.note

# %% [markdown]
# ## Why noise at all?
#
# Suppose D is all there is.
#
# > **Predict.** Only pairs with the label 1. Which vectors make the loss as small as you like?

# %% tags=["eq-55"]
collapse_without_negatives()

# %% [markdown]
# ## NCE
#
# Noise-contrastive estimation (Gutmann and Hyvärinen 2010; Mnih and Teh 2012) asks the same question and
# answers it with Bayes: if exp(u) is the probability of the word, then the odds of *data* against *K draws of
# noise* are exp(u) / (K q).

# %% tags=["eq-nce-1"]
noise = Noise.from_counts(drinks.counts)
of_six = random_params(V=6, N=3, rng=np.random.default_rng(7))
asked = one_word(0, 2, (4, 1, 4))
n = trace(of_six, asked, NCE(noise, K=3))
show(n, "nce-1", of_six, words=drinks.words)

# %% tags=["eq-nce-3"]
show(n, "nce-3", words=drinks.words)

# %% tags=["eq-nce-2"]
show(n, "nce-2")

# %% [markdown]
# > **Predict.** The derivative with respect to a score?

# %% tags=["eq-nce-4"]
show(n, "nce-4", words=drinks.words)

# %% tags=["eq-nce-5"]
show(n, "nce-5", of_six, words=drinks.words)

# %% tags=["eq-nce-6"]
show(n, "nce-6", of_six, eta=0.5, words=drinks.words)

# %% tags=["eq-nce-7"]
show(n, "nce-7")

# %% [markdown]
# (nce-8) writes the loss as the cross-entropy of 1 + K logistic regressions. Put log(Kq) = 0 into it and you
# have (55).

# %% tags=["eq-nce-8", "eq-55"]
show(n, "nce-8")

# %% tags=["eq-nce-8"]
negative_is_nce()

# %% [markdown]
# That zero is the whole difference, and it matters: NCE's scores estimate log p(word | context), negative
# sampling's do not (notebook 11 says what they estimate). Rong is careful here. He says that the authors of
# negative sampling *argue* that it gives good vectors, and points to Goldberg and Levy, who add that *why* is
# not well understood.
#
# ## One whole step

# %% tags=["eq-59", "eq-61"]
new = update(params, example, Negative(), eta=0.5)
{"before": round(float(t.E), 4), "after": round(float(loss(new, example, Negative())), 4)}

# %% [markdown]
# ## Exercises
#
# **6.1** The loss (55). It should stay finite where a score is 800.


# %%
def loss_negative(h, W_out, w_O, W_neg):
    """E of one target word."""
    ...


check(loss_negative)

# %% [markdown]
# **6.2** The gradient of all output vectors. Mind repeated words.


# %%
def dW_out(h, W_out, w_O, W_neg):
    """Shape (V, N)."""
    ...


check(dW_out)

# %% [markdown]
# **6.3** In the notation of Jurafsky and Martin: w is the target, c_pos the positive context vector, c_neg
# the noise vectors.


# %%
def dL_dw(w, c_pos, c_neg):
    """The derivative of their loss with respect to w."""
    ...


check(dL_dw)

# %% [markdown]
# **6.4** With K = 5 and five noise words that all happen to be the same word: how often does it move, and how
# far?

# %% [markdown]
# # 9. The objectives compared
#
# **You will be able to** compare full softmax, hierarchical softmax, negative sampling and NCE fairly: by one
# loss, by what they learn, by what they cost, and by what they would learn if they could go on for ever.
#
# You need notebooks 5 and 6. The losses are (29), (46), (55) and (nce-2).

# %%
import numpy as np

from w2v_edu import toy
from w2v_edu.comparison.cost import measure_V
from w2v_edu.comparison.learned import analogy_score, neighbours
from w2v_edu.comparison.neighbours import analogy
from w2v_edu.comparison.parts import split_text
from w2v_edu.comparison.runs import Plan
from w2v_edu.comparison.sweep import sweep
from w2v_edu.comparison.truth import collapse, full_rank, pair_shares
from w2v_edu.comparison.vectors import from_result
from w2v_edu.display.plots import cost_plot, losses_plot, word_map
from w2v_edu.finite import relative_error
from w2v_edu.symbolic.theorems_models import negative_is_nce

# %% [markdown]
# ## A text with planted answers
#
# Royal families and capitals: *man* is to *woman* as *king* is to *queen*. One sentence in ten is kept away
# from training.

# %%
text = toy("royal-capitals")
training, held_out = split_text(text)
{
    "training": training.n_tokens,
    "held out": held_out.n_tokens,
    "V": len(training.words),
    "analogies": text.analogies[:3],
}

# %% [markdown]
# Each objective trains skip-gram at one learning rate from the same two starts. (`w2v-edu compare` tries
# several rates, more seeds and all input sides, and writes a page.)

# %% tags=["eq-29", "eq-46", "eq-55", "eq-nce-2"]
plan = Plan(vector_size=20, window=3, negative=5, epochs=6, stretches=3, rates=(0.1,), seeds=(1, 2))
objectives = ("softmax", "hierarchical", "negative", "nce")
found = sweep(training, held_out, plan, ("skip-gram",), objectives)
curves = {objective: found.curves["skip-gram", objective] for objective in objectives}
found.problem or "all runs are complete"

# %% [markdown]
# ## Each by its own loss
#
# > **Predict.** Here are the four losses on held-out text. The one of negative sampling is far below the
# > others. Is it the best?

# %% tags=["eq-29", "eq-46", "eq-55", "eq-nce-2"]
{name: round(float(runs[0].own[-1]), 3) for name, runs in curves.items()}

# %% [markdown]
# It is not a comparison at all. (29) and (46) are minus the logarithm of the probability of a *word*; (55) is
# that of 1 + K answers to *is this pair real?* Different events, different losses.
#
# ## All by one loss
#
# The scores of each can be turned into p(word | input): softmax(u) for softmax and NCE, the tree's own p, and
# softmax(u + log P_n) for negative sampling (notebook 11 says why). Then -log p of held-out words is the same
# question for all.

# %% tags=["eq-28", "eq-37"]
losses_plot(
    {name: [run.exact for run in runs] for name, runs in curves.items()},
    curves["softmax"][0].words,
    x="words read",
    y="held-out -log p, nats",
)

# %% [markdown]
# > **Predict.** V is 246. What is the loss of a model that knows nothing? Look at the left end of the curves.
# > Why does the tree start lower than the others? (Which words have short codes?)

# %% tags=["eq-43", "eq-46"]
{name: (round(runs[0].exact[0], 3), round(runs[0].exact[-1], 3)) for name, runs in curves.items()}

# %% [markdown]
# A model with zero scores gives each turn 1/2, so a word with a short code gets a large probability: the
# Huffman tree has the unigram distribution built in. Negative sampling has it too, by the log P_n that is put
# back.
#
# Read such curves with care. They are for *one* learning rate, a small text, and few passes. Another rate
# changes the order.
#
# ## By what they learn
#
# The planted analogies, with the interval of a bootstrap:

# %%
scores = {name: analogy_score(runs, text.analogies) for name, runs in curves.items()}
{name: f"{one.mean:.0%}  ({one.low:.0%} to {one.high:.0%})" for name, one in scores.items()}

# %%
{name: neighbours(runs[0], ["king"])["king"] for name, runs in curves.items()}

# %% [markdown]
# > **Predict.** The intervals overlap or they do not. Which statements about *better* may you make?

# %%
analogy(from_result(curves["negative"][0].result), "man", "woman", "king", top=3)

# %%
shown = ("man", "woman", "king", "queen", "prince", "princess", "actor", "actress", "boy", "girl")
result = curves["hierarchical"][0].result
rows = [result.words.index(word) for word in shown]
word_map(result.W[rows], shown, arrows=[(shown[k], shown[k + 1]) for k in range(0, len(shown), 2)])

# %% [markdown]
# ## By what they cost
#
# Time of one prediction, in a plain loop over the output vectors that are asked, as word2vec.c has it.
#
# > **Predict.** Which of the three curves is a straight line of slope 1 on logarithmic axes, and which is
# > flat?

# %% tags=["eq-20", "eq-46", "eq-55"]
costs = measure_V((100, 400, 1600))
names = ("softmax", "hierarchical", "negative")
cost_plot((100, 400, 1600), {name: [one.seconds for one in costs if one.objective == name] for name in names})

# %% [markdown]
# The time depends on the computer. How many output vectors are touched does not: V, about log2 V, and 1 + K.

# %% tags=["eq-11", "eq-51", "eq-59"]
{(one.objective, one.V): round(float(one.touched), 1) for one in costs if one.objective in names}

# %% [markdown]
# ## By where they are heading
#
# With vectors long enough for every score to be free, each objective has a limit. Here are the distances from
# it, after the first and after the last step of gradient descent on the exact expectation.

# %% tags=["eq-03", "eq-39", "eq-57"]
P = pair_shares(toy("drink-eat"), window=2)
{
    one.objective: (one.limit, f"{one.error[0]:.3f}", f"{one.error[-1]:.1e}")
    for one in full_rank(P, K=2, steps=1000)
}

# %% [markdown]
# Softmax and the tree learn p(c | w). Negative sampling learns log p(c | w) - log(K P_n(c)), another thing.
# NCE is negative sampling with log(K q) taken off, and so it learns log p(c | w) itself:

# %% tags=["eq-nce-8"]
negative_is_nce()

# %% [markdown]
# ## And with no noise at all
#
# > **Predict.** Put K = 0 into (55). What will the loss do, and what the vectors?

# %% tags=["eq-55"]
connected = pair_shares(toy("apricot-jam"), window=2)
with_noise, without = collapse(connected, K=5)
losses_plot(
    {"K = 5": with_noise.cosine, "K = 0": without.cosine},
    with_noise.steps,
    y="mean cosine of two words",
)

# %% tags=["eq-55"]
{
    f"K = {one.negative}": (round(float(one.loss[-1]), 4), round(float(one.cosine[-1]), 3))
    for one in (with_noise, without)
}

# %% [markdown]
# The loss falls to nothing and nothing is learned: all words are becoming one. A loss is no measure of
# vectors.
#
# ## Exercises
#
# **9.1** From the scores of negative sampling to p(c | w). The cell makes scores at the optimum and wants p
# back.


# %%
def probabilities(u, P_n):
    """Shape (V, V), one distribution a row; u holds the scores, P_n the noise distribution."""
    return np.full_like(u, 1 / len(u))  # write yours here


p, P_n = P / P.sum(axis=1, keepdims=True), P.sum(axis=0)
u = np.where(P > 0, np.log(np.where(P > 0, p, 1.0)) - np.log(5 * P_n), -800.0)
"right" if relative_error(probabilities(u, P_n), p) < 1e-12 else "not yet"

# %% [markdown]
# **9.2** Run the sweep with `rates=(0.03, 0.1, 0.3)`. Does the order of the curves change? What is the honest
# way to report it?
#
# **9.3** Repeat the last experiment with `toy("drink-eat")`: without noise the mean cosine stays near 0. Look
# for the reason in the text: which words never meet, not even over other words?
#
# **9.4** In a terminal: `w2v-edu compare --html page.html` on a text of your own. Which of the four would you
# use for 100,000 words and one evening, and which number of the page convinces you?

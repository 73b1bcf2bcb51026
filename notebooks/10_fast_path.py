# %% [markdown]
# # 10. From the reference to the fast path
#
# **You will be able to** explain how a loop over examples becomes a few array operations, why repeated words
# need care, what a chunk of stale gradients costs, and how to test that the fast code computes the same as
# the slow.
#
# You need notebooks 2 and 6. Nothing new is derived here: the same (8), (57), (49) in another order.

# %%
import time

import numpy as np

from w2v_edu import (
    Hierarchical,
    Negative,
    Noise,
    Softmax,
    batch_gradient,
    batch_trace,
    huffman,
    random_params,
    toy,
    trace,
)
from w2v_edu.comparison.neighbours import similar
from w2v_edu.comparison.vectors import from_result
from w2v_edu.corpus import examples
from w2v_edu.display.plots import cost_plot, losses_plot
from w2v_edu.fast.ragged import add_at_rows
from w2v_edu.fast.train import train
from w2v_edu.finite import relative_error

# %% [markdown]
# ## The loop
#
# The reference takes one example at a time and keeps everything. It is made to be read.

# %%
corpus = toy("royal-capitals")
V, noise, rng = len(corpus.words), Noise.from_counts(corpus.counts), np.random.default_rng(0)
sentences = list(corpus.sentences())[:60]
text = list(examples(sentences, "skip-gram", window=2, noise=noise, K=5, rng=rng))
params = random_params(V, 20, rng)
{"V": V, "examples": len(text), "context words": sum(example.C for example in text)}

# %% tags=["eq-58", "eq-61"]
start = time.perf_counter()
slow = [trace(params, example, Negative()) for example in text]
seconds_slow = time.perf_counter() - start
dW, dW_out = sum(t.dW for t in slow), sum(t.dW_out for t in slow)
round(seconds_slow, 3)

# %% [markdown]
# ## The one idea
#
# All objectives ask some output vectors a question: **which rows, which labels, which link**. The error is
# prediction minus label, (8), (49), (57), and everything else follows. So one piece of code serves them all.
# Words of all examples stand one after another in a long array, with offsets; nothing is padded.
#
# > **Predict.** How much faster will it be? 2 times, 10 times, 100 times?

# %% tags=["eq-08", "eq-49", "eq-57"]
start = time.perf_counter()
fast = batch_gradient(params, text, Negative())
seconds_fast = time.perf_counter() - start
f"{seconds_slow / seconds_fast:.0f} times faster"

# %% [markdown]
# A number of that kind depends on the computer, and it is different each time. This one does not:

# %% tags=["eq-58", "eq-61"]
{"dW": relative_error(fast.dW, dW), "dW_out": relative_error(fast.dW_out, dW_out)}

# %% [markdown]
# The two agree to rounding. They share no code on the way to the gradient: the reference spells out the
# paper, the batch knows only e = y - t. Two independent witnesses that agree are worth more than one that is
# fast.

# %% tags=["eq-08", "eq-49", "eq-57"]
tree = huffman(corpus.counts)
agreement = {}
for objective in (Softmax(), Hierarchical(tree), Negative()):
    of_its_own = random_params(V, 20, rng, R=objective.rows(V))
    one_by_one = sum(trace(of_its_own, example, objective).dW_out for example in text[:40])
    agreement[objective.name] = relative_error(
        batch_gradient(of_its_own, text[:40], objective).dW_out, one_by_one
    )
agreement

# %% [markdown]
# ## Repeated words
#
# Frequent words occur in almost every batch, many times. `G[rows] += values` adds *once* for a repeated
# index.
#
# > **Predict.** Row 2 occurs three times below. What will each method write there?

# %%
rows, values = np.array([0, 2, 2, 2]), np.ones((4, 1))
fancy, scattered = np.zeros((3, 1)), np.zeros((3, 1))
fancy[rows] += values
np.add.at(scattered, rows, values)
{"G[rows] += values": fancy.ravel().tolist(), "np.add.at": scattered.ravel().tolist()}

# %% [markdown]
# `np.add.at` is right. The toolkit's own `add_at_rows` sorts the rows first, adds up each run of equal ones,
# and writes each row once.

# %%
add_at_rows(3, rows, weights=np.ones(4), vectors=values, which=np.arange(4)).ravel().tolist()

# %% [markdown]
# ## What each objective costs
#
# > **Predict.** Double V. How does the time of one example grow with full softmax? With the tree? With
# > negative sampling?

# %% tags=["eq-20", "eq-46", "eq-55"]
sizes, seconds = (500, 2000, 8000), {"softmax": [], "hierarchical": [], "negative": []}


def best_time(model, pairs, objective):
    """Processor seconds an example: the best of five, so that nothing else on the computer counts."""
    times = []
    for _ in range(5):
        start = time.process_time()
        batch_gradient(model, pairs, objective)
        times.append((time.process_time() - start) / len(pairs))
    return min(times)


for V_large in sizes:
    counts = np.arange(V_large, 0, -1)
    sentence = rng.integers(0, V_large, 400)
    pairs = list(examples([sentence], "one-word", noise=Noise.from_counts(counts), K=5, rng=rng))
    for objective in (Softmax(), Hierarchical(huffman(counts)), Negative()):
        model = random_params(V_large, 20, rng, R=objective.rows(V_large))
        seconds[objective.name].append(best_time(model, pairs, objective))
cost_plot(sizes, seconds)

# %% [markdown]
# (20) has a sum over V words, (46) a sum over a path of about log V nodes, and (55) one over 1 + K words,
# whatever V is. That the last curve rises at all: the gradient of W_out is a matrix of V rows, and most of
# them are zeros that have to be written. (The trainers do not write them.)
#
# ## Training
#
# The trainers go further: they read a text block by block and never make examples at all. Gradients of a
# *chunk* of words are taken at the same parameters, where the paper takes a step after each. That is a small
# lie, and it has a price when the steps are long.

# %% tags=["eq-59", "eq-61"]
options = {"vector_size": 20, "window": 3, "min_count": 1, "sample": 0, "alpha": 0.05, "epochs": 8, "seed": 1}
runs = {
    f"chunk of {chunk}": train(corpus, "skip-gram", "negative", chunk=chunk, **options)
    for chunk in (16, 256, 2048)
}
losses_plot({name: [now.loss for now in run.history] for name, run in runs.items()}, x="epoch")

# %% [markdown]
# > **Predict.** In a large chunk a frequent word collects hundreds of gradients that were all taken at the
# > same place. What happens to its row? (The trainer clips such steps, and says so.)

# %%
{name: run.problem or "no step was clipped" for name, run in runs.items()}

# %%
similar(from_result(runs["chunk of 16"]), "king", top=4)

# %% [markdown]
# ## One batch, everything kept
#
# When the fast path and your own code disagree, `batch_trace` keeps h, u, y, t and e of all examples, one
# after another.

# %% tags=["eq-08"]
kept = batch_trace(params, text[:3], Negative())
{"panels": kept.sizes.tolist(), "e of the first panel": kept.e[: kept.sizes[0]].round(3).tolist()}

# %% [markdown]
# ## Exercises
#
# **10.1** Write the sum of gradients over a list of (h, row, error) without a loop, for repeated rows. The
# cell compares it with the loop, exactly.


# %%
def scatter(R, rows, e, H):
    """sum over examples of e h at its row: shape (R, N)."""
    return np.zeros((R, H.shape[1]))  # write yours here


rows, e, H = rng.integers(0, 5, 40), rng.standard_normal(40), rng.standard_normal((40, 3))
expected = np.zeros((5, 3))
for row, error, h in zip(rows, e, H, strict=True):
    expected[row] += error * h
"right" if relative_error(scatter(5, rows, e, H), expected) < 1e-12 else "not yet"

# %% [markdown]
# **10.2** At which V would hierarchical softmax overtake negative sampling with K = 20 in your plot above?
# Measure.
#
# **10.3** Why does the fast path sum over examples, and not take their mean? What would change in alpha?

# %% [markdown]
# # 5. Hierarchical softmax: a path instead of a sum
#
# **You will be able to** read a Huffman tree, compute the probability of a word as a product of turns, say
# what the double bracket is for, prove that the probabilities sum to one, and derive the update.
#
# You need notebook 2. Equations (37) to (54), and (67) to (69) for sigma.

# %%
import numpy as np

from w2v_edu import (
    Hierarchical,
    Softmax,
    balanced,
    cbow,
    huffman,
    one_word,
    random_params,
    show,
    skipgram,
    toy,
    trace,
    update,
)
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import network_plot, sigmoid_plot, tree_plot
from w2v_edu.display.show import Shown
from w2v_edu.homework import check
from w2v_edu.ledger import equation
from w2v_edu.symbolic.theorems_models import leaves_sum_to_one
from w2v_edu.tree import entropy

# %% [markdown]
# ## The price of softmax
#
# Full softmax asks all V words about every example. A tree asks about log V of them. The words are the
# leaves; at each inner node the way goes left or right, and a coin decides that h has bent.

# %%
corpus = toy("drink-eat")
words, vocabulary = corpus.words, corpus.vocabulary
tree = huffman(corpus.counts)
tree_plot(tree, words)

# %% [markdown]
# > **Predict.** V = 6 words. How many inner nodes are there? So how many rows has W_out now? Do words still
# > have output vectors?

# %%
params = random_params(V=6, N=3, rng=np.random.default_rng(4), R=5)
example = one_word(vocabulary.id("drink"), vocabulary.id("water"))
t = trace(params, example, Hierarchical(tree))
params.W_out.shape

# %% [markdown]
# ## Short codes for frequent words
#
# Huffman's rule merges the two lightest until one tree is left. No other tree has a smaller mean path length,
# and it lies between the entropy of the words and one bit more.

# %%
p = vocabulary.frequency
{
    "entropy": round(entropy(p), 3),
    "Huffman": round(tree.expected_length(p), 3),
    "balanced": round(balanced(6).expected_length(p), 3),
}

# %% [markdown]
# ## One coin
#
# At inner node n the probability of going left is sigma of a score.

# %% tags=["eq-39", "eq-67"]
sigmoid_plot()

# %% [markdown]
# Nodes that are not on the path to *water* are not asked; they show a dash.

# %% tags=["eq-39"]
show(t, "39", params)

# %% [markdown]
# > **Predict.** And the probability of going right? (What is 1 - sigma(u), in terms of sigma?)

# %% tags=["eq-40", "eq-68"]
show(t, "40", params)

# %% [markdown]
# ## The double bracket
#
# `[[x]]` is 1 where x is true and -1 where not, (38). Its one purpose: sigma([[left]] u) is the probability
# of the turn that is really taken, whichever it is, so a single formula (37) covers both.

# %% tags=["eq-38"]
Shown(
    equation("38"),
    "38",
    t.output.signs,
    "(L(w) - 1,) = (3,)",
    tuple(f"node {n}" for n in t.output.nodes),
)

# %% tags=["eq-44", "eq-45"]
show(t, "44")

# %% [markdown]
# (45) is a shorthand as well: v'_j for the vector of the j-th inner node on the path, root first.

# %% tags=["eq-45"]
show(t, "45", params)

# %% [markdown]
# ## A word is a path
#
# > **Predict.** Multiply the turns on the way to *water* in the picture. Is the word more or less probable
# > than 1/6?

# %% tags=["eq-37"]
tree_plot(tree, words, trace=t)

# %% tags=["eq-37"]
show(t, "37", words=words)

# %% [markdown]
# Figure 4 of the paper has a word w_2 with the turns left, left, right. Its probability is (41), written out
# in (42).

# %% tags=["eq-41", "eq-42"]
figure_4 = balanced(8)
of_eight = random_params(V=8, N=3, rng=np.random.default_rng(5), R=7)
w_2 = trace(of_eight, one_word(4, 1), Hierarchical(figure_4))
Shown(equation("42"), "42", np.exp(-w_2.E), f"() with the turns {figure_4.signs[1].tolist()}")

# %% [markdown]
# ## All words together
#
# > **Predict.** Nobody has normalised anything. What do the probabilities of all words sum to?

# %% tags=["eq-43"]
show(t, "43", params)

# %% [markdown]
# They sum to one for all vectors, in every tree. The paper leaves the proof to the reader. Here it is, by
# induction; the prover has checked its steps for trees of any size.

# %% tags=["eq-43"]
leaves_sum_to_one()

# %% [markdown]
# ## The loss, and its derivative
#
# The logarithm turns the product into a sum, one term a turn.

# %% tags=["eq-46"]
show(t, "46")

# %% tags=["eq-46"]
sigmoid_plot(t.output, words)

# %% [markdown]
# The derivative by a score comes out in three forms. (47) still has the bracket, (48) tells the two cases
# apart, and (49) joins them again with a label: t = 1 where the path turns left, 0 where it turns right.

# %% tags=["eq-47", "eq-48", "eq-49"]
AUTHORED["hierarchical/dE_du"]()

# %% [markdown]
# > **Predict.** At which nodes on the path to *water* is the error negative?

# %% tags=["eq-48", "eq-49"]
show(t, "49")

# %% [markdown]
# Prediction minus label, once more: (8) again, with a sigmoid in the place of the softmax.
#
# ## Code and label
#
# Programs store a *code* for each word: bit 0 for left. The label is the other way round, **t = 1 - code**.
# To take the code for the label is a mistake that works as long as it is made everywhere (the tree is
# mirrored), and fails as soon as two programs meet.

# %% tags=["eq-49"]
{"codes": t.output.codes.tolist(), "labels": t.output.t.tolist(), "brackets": t.output.signs.tolist()}

# %% [markdown]
# ## The updates
#
# Only the nodes on the path move, (50) and (51).
#
# > **Predict.** How many of the five rows of W_out change in this step?

# %% tags=["eq-50"]
show(t, "50")

# %% tags=["eq-51"]
show(t, "51", params, eta=0.5)

# %% [markdown]
# What comes back to h: (52) is the chain rule, (53) the sum, (54) the name.

# %% tags=["eq-52", "eq-53", "eq-54"]
AUTHORED["hierarchical/EH"]()

# %% tags=["eq-53", "eq-54"]
show(t, "53")

# %% [markdown]
# (54) says where EH goes: into (23) for CBOW, and into (35) for skip-gram, summed over the context words
# first.

# %% tags=["eq-54"]
sides = {
    "CBOW": cbow(vocabulary.ids("juice drink"), vocabulary.id("water")),
    "skip-gram": skipgram(vocabulary.id("drink"), vocabulary.ids("juice water")),
}
{side: trace(params, one, Hierarchical(tree)).EH.round(4).tolist() for side, one in sides.items()}

# %% [markdown]
# ## One whole step
#
# > **Predict.** The step makes *water* more probable. Its neighbour in the tree shares most of the path. Does
# > that word become more probable, too?

# %% tags=["eq-51"]
new = update(params, example, Hierarchical(tree), eta=0.5)
before = np.exp(tree.log_probabilities(params.W_out @ t.h))
after = np.exp(tree.log_probabilities(new.W_out @ new.W[example.inputs[0]]))
{word: (round(float(b), 3), round(float(a), 3)) for word, b, a in zip(words, before, after, strict=True)}

# %% [markdown]
# ## Not the same model as full softmax
#
# Hierarchical softmax is a distribution, so its loss is a -log p like that of full softmax and can be
# compared with it. But it has V - 1 output vectors, not V, and is no approximation of the other: it is
# another model.

# %%
full = random_params(V=6, N=3, rng=np.random.default_rng(4))
network_plot(full, trace(full, example, Softmax()), words=words)

# %% [markdown]
# ## Exercises
#
# **5.1** The loss of a path. You get the vectors on the path (one a row) and the brackets.


# %%
def loss_hs(h, V_path, signs):
    """E of (46). Use no logarithm of a product: long paths underflow."""
    ...


check(loss_hs)

# %% [markdown]
# **5.2** EH of a path.


# %%
def dE_dh(h, V_path, signs):
    """(53)."""
    ...


check(dE_dh)

# %% [markdown]
# **5.3** On paper: greedy descent takes the likelier child at every node. Draw a tree of three words in which
# it does not end at the most probable word.
#
# **5.4** The word order of the leaves is Huffman's here, so it depends on counts alone. Which trees would you
# try instead, and what would you measure? (`w2v_edu.tree.from_nested(((0, 1), 2))` makes any tree you can
# write down.)

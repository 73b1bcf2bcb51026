# %% [markdown]
# # 4. Skip-gram: one word predicts several
#
# **You will be able to** explain panels, sum their errors into EI, and say what the paper author's own demo
# gets wrong there.
#
# You need notebook 2; notebook 3 helps. Equations (24) to (36).

# %%
import numpy as np

from w2v_edu import (
    Softmax,
    corpus_objective,
    loss,
    one_word,
    random_params,
    show,
    skipgram,
    toy,
    trace,
    update,
)
from w2v_edu.comparison.deviations import DEVIATIONS
from w2v_edu.corpus import examples
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import network_plot
from w2v_edu.finite import complex_step, relative_error
from w2v_edu.homework import check
from w2v_edu.model import Params

# %% [markdown]
# ## The window turned round
#
# CBOW reads the context and predicts the middle. Skip-gram reads the middle and predicts each word of the
# context. Our context has three words, and *juice* is there twice.

# %%
corpus = toy("drink-eat")
words, vocabulary = corpus.words, corpus.vocabulary
example = skipgram(vocabulary.id("drink"), vocabulary.ids("juice water juice"))
params = random_params(V=6, N=3, rng=np.random.default_rng(3))
t = trace(params, example, Softmax())
network_plot(params, t, words=words)

# %% [markdown]
# ## In: one word
#
# (24) is (1): h copies the row of the input word.

# %% tags=["eq-24"]
show(t, "24", words=words)

# %% [markdown]
# ## Out: C panels with one matrix
#
# Each context word has a *panel* of V output units.
#
# > **Predict.** The panels share W_out, and h is the same for all. How do the scores of panel 1 and panel 2
# > differ?

# %% tags=["eq-26"]
show(t, "26", words=words)

# %% [markdown]
# They do not differ. So the probabilities are the same on each panel, too.

# %% tags=["eq-25"]
show(t, "25", words=words)

# %% [markdown]
# What differs is the label, and with it the error. Panels one, two and three, as rows:

# %% tags=["eq-30"]
show(t, "30", words=words)

# %% [markdown]
# ## The loss
#
# Given the input word, the context words are taken to be independent: (28) multiplies their probabilities,
# and the logarithm makes a sum of it, (29). The second term is counted C times because each panel has its own
# softmax.

# %% tags=["eq-27", "eq-28"]
show(t, "28", words=words)

# %% tags=["eq-27", "eq-29"]
show(t, "29", words=words)

# %% [markdown]
# > **Predict.** One skip-gram example of three panels, or three one-word examples with the same input: which
# > has the larger loss?

# %% tags=["eq-27"]
pairs = [one_word(example.inputs[0], w) for w in example.targets]
{
    "three panels": round(float(t.E), 6),
    "three pairs": round(sum(float(loss(params, p, Softmax())) for p in pairs), 6),
}

# %% [markdown]
# ## Back: EI
#
# The matrix W_out is shared, so its gradient needs the sum of the errors over the panels. The paper calls it
# EI.
#
# > **Predict.** Write EI_j in terms of y_j and of how often word j is in the context. What is the sum over j?

# %% tags=["eq-31"]
show(t, "31", words=words)

# %% [markdown]
# EI is **C y minus the counts**. It is *not* y minus a vector with ones at the context words: that treats
# three questions as one, and forgets that *juice* was asked twice. wevi, the demo by the author of the paper,
# computes the latter.
#
# > **Predict.** Which of the two agrees with the derivative of the loss?

# %% tags=["eq-31", "eq-32"]
exact = complex_step(lambda W_out: loss(Params(params.W, W_out), example, Softmax()), params.W_out)
counts = np.bincount(example.targets, minlength=6)
y = t.output.y
{
    "C y - counts": relative_error(np.outer(3 * y - counts, t.h), exact),
    "y - (1 at each context word)": relative_error(np.outer(y - (counts > 0), t.h), exact),
}

# %% [markdown]
# Why it is a sum, in full:

# %% tags=["eq-32"]
AUTHORED["skip-gram/softmax/dE_dW_out"]()

# %% tags=["eq-32"]
show(t, "32", words=words)

# %% [markdown]
# ## The updates
#
# From here on all is as before with EI in the place of e: output weights (33), output vectors (34), EH (36),
# and the input vector (35).

# %% tags=["eq-33", "eq-34"]
show(t, "34", params, eta=0.2, words=words)

# %% tags=["eq-36"]
show(t, "36", words=words)

# %% tags=["eq-35"]
show(t, "35", params, eta=0.2, words=words)

# %% [markdown]
# (30) holds as long as each panel's scores are counted as variables of their own. If u_j is shared, as (26)
# says, then the derivative of E with respect to it is EI_j. The paper uses both readings; the ledger says
# which where.

# %% tags=["eq-30"]
show(t, "30").row.note

# %% [markdown]
# ## One whole step

# %% tags=["eq-34", "eq-35"]
new = update(params, example, Softmax(), eta=0.2)
{"before": round(float(t.E), 4), "after": round(float(loss(new, example, Softmax())), 4)}

# %% [markdown]
# ## A whole text
#
# Over a text of T positions the loss is a mean: J = (1/T) times the sum of E over all positions.

# %% tags=["eq-27"]
text = list(examples(corpus.sentences(), "skip-gram", window=2))
{"positions": len(text), "J": round(corpus_objective(params, text, Softmax()), 4)}

# %% [markdown]
# ## What word2vec.c does instead
#
# Two things in the C program surprise readers of the paper. Neither is a mistake in a gradient.

# %%
[DEVIATIONS[name].explanation for name in ("context-is-input", "step-per-pair")]

# %% [markdown]
# ## Exercises
#
# **4.1** EI, for a context in which words may repeat.


# %%
def EI(h, W_out, context):
    """The summed error, shape (V,)."""
    ...


check(EI, input_side="skip-gram")

# %% [markdown]
# **4.2** Loss and both gradients of a skip-gram example, full softmax.


# %%
def skipgram_loss_and_gradients(h, W_out, context):
    """E, EH and dW_out."""
    ...


check(skipgram_loss_and_gradients, of=("E", "EH", "dW_out"), input_side="skip-gram")

# %% [markdown]
# **4.3** For which contexts is "y minus ones at the context words" right? Is there any with C = 2?

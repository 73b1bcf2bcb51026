# %% [markdown]
# # 2. The one-word model
#
# **You will be able to** take one word through the network of Section 1.1 by hand: from the word to h, from h
# to scores, from scores to probabilities, and back from the error to both matrices; and say which equation
# each number comes from.
#
# You need notebook 1, a pencil, and paper. The numbers in brackets are those of Xin Rong, *word2vec Parameter
# Learning Explained*, arXiv:1411.2738v4.

# %%
import numpy as np

from w2v_edu import Softmax, loss, one_word, random_params, show, toy, trace, update
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import matrices_plot, network_plot
from w2v_edu.finite import central_difference, relative_error
from w2v_edu.homework import check
from w2v_edu.model import Params
from w2v_edu.symbolic.theorems_models import errors_sum_to_zero

# %% [markdown]
# ## Six words
#
# The smallest corpus of the toolkit has thirteen sentences and six words. That is small enough to print every
# matrix.

# %%
corpus = toy("drink-eat")
words = corpus.words
[corpus.vocabulary.text(sentence) for sentence in corpus.sentences()]

# %% [markdown]
# Two matrices are to be learned. Row w of **W** is the *input vector* of word w, used when w is what we see.
# Row w of **W_out** is its *output vector*, used when w is what we predict. (The paper writes W′ for the
# second and stores it the other way up, words as columns.)

# %%
params = random_params(V=6, N=3, rng=np.random.default_rng(1))
both, _ = matrices_plot(params, words)
both

# %% [markdown]
# One training example: the text has `drink juice`, so *drink* should predict *juice*.

# %%
example = one_word(corpus.vocabulary.id("drink"), corpus.vocabulary.id("juice"))
t = trace(params, example, Softmax())
network_plot(params, t, words=words)

# %% [markdown]
# ## Forward: from a word to h
#
# > **Predict.** The input x is a one-hot vector: 1 at *drink*, 0 elsewhere. What does multiplying W by it do?
# > Which numbers of the picture above will h hold?

# %% tags=["eq-01", "eq-13"]
show(t, "1", words=words)

# %% [markdown]
# Nothing is multiplied in the end: the one-hot vector picks a row. Entry by entry this is (13), a sum in
# which all terms but one are zero.

# %% tags=["eq-13"]
show(t, "13", words=words)

# %% [markdown]
# ## Forward: from h to scores
#
# Each word gets a score: how well does its output vector fit h?

# %% tags=["eq-02"]
show(t, "2", words=words)

# %% [markdown]
# > **Predict.** Softmax turns scores into probabilities. Which word will be the most probable? Does the order
# > of the words change? If you added 100 to every score, what would happen?

# %% tags=["eq-03"]
show(t, "3", words=words)

# %% [markdown]
# (4) is the same line with (1) and (2) put in: the probability is a function of two vectors of each word and
# of nothing else.

# %% tags=["eq-04"]
show(t, "4", words=words)

# %% [markdown]
# ## The loss
#
# We want *juice* to be probable. A maximum stays where it is when we take the logarithm, and the negative
# logarithm is the loss E, to be made small. Of (5) to (7), only the last is something to compute.

# %% tags=["eq-05", "eq-06", "eq-07"]
show(t, "7", words=words)

# %% [markdown]
# (6) is printed as an equation, and the two values are not equal; only the place of the maximum is. The
# ledger of the toolkit keeps a note wherever the print is loose.

# %% tags=["eq-06"]
show(t, "6").row.note

# %% [markdown]
# > **Predict.** With V = 6 words and a model that knows nothing, every word has probability 1/6. What is E
# > then? Is our random model better or worse than that?

# %% tags=["eq-07"]
ignorant = Params(W=np.zeros((6, 3)), W_out=np.zeros((6, 3)))
{"knows nothing": round(float(loss(ignorant, example, Softmax())), 4), "ours": round(float(t.E), 4)}

# %% [markdown]
# ## Back: the error
#
# Here is the line that everything hangs on: the derivative of the loss with respect to a score is prediction
# minus label.
#
# > **Predict.** Which entry of e is negative? What is the sum of all six?

# %% tags=["eq-08"]
show(t, "8", words=words)

# %% [markdown]
# The sum is zero, and not only here. The prover of the toolkit shows it for every V.

# %% tags=["eq-08"]
errors_sum_to_zero()

# %% [markdown]
# And this is how (8) comes out of (7), a line at a time. Every step is checked by machine, and each names its
# rule.

# %% tags=["eq-08"]
AUTHORED["one-word/softmax/dE_du"]()

# %% [markdown]
# ## Back: the output vectors
#
# The gradient of an output weight is error times hidden layer.
#
# > **Predict.** Every row of this matrix points along the same line. Which line? Which row points the other
# > way?

# %% tags=["eq-09"]
show(t, "9", words=words)

# %% [markdown]
# The update subtracts eta times that, entry by entry (10), or vector by vector (11). Look at the words of
# (11): *all V of them move*. This is why full softmax is slow, and why notebooks 5 and 6 exist.

# %% tags=["eq-10", "eq-11"]
show(t, "11", params, eta=0.5, words=words)

# %% [markdown]
# ## Back: EH, and the input vector
#
# What reaches the hidden layer is the sum of all output vectors, each weighted by its error. The paper calls
# this N-vector EH.

# %% tags=["eq-12"]
show(t, "12", words=words)

# %% [markdown]
# > **Predict.** W has six rows. How many rows of dE/dW are not zero?

# %% tags=["eq-14", "eq-15"]
show(t, "15", words=words)

# %% [markdown]
# One row: that of the input word. The outer product in (15) is a way of saying *put EH into the row of x's
# one*.

# %% tags=["eq-14"]
show(t, "14", words=words)

# %% [markdown]
# So *drink*, and it alone, gets a new input vector: eta EH is subtracted from it.

# %% tags=["eq-16"]
show(t, "16", params, eta=0.5, words=words)

# %% [markdown]
# ## One whole step
#
# `update` does (11) and (16) together, both from the old values.
#
# > **Predict.** After the step, is *juice* more probable than before? Is any other word?

# %% tags=["eq-11", "eq-16"]
new = update(params, example, Softmax(), eta=0.5)
after = trace(new, example, Softmax())
network_plot(new, after, words=words)

# %%
{
    word: (round(float(b), 3), round(float(a), 3))
    for word, b, a in zip(words, t.output.y, after.output.y, strict=True)
}

# %% [markdown]
# ## Is all this true?
#
# A gradient can be tested without any theory: move one number a little and watch E. That is notebook 8; here
# is the result for (9).

# %% tags=["eq-09"]
numeric = central_difference(lambda W_out: loss(Params(params.W, W_out), example, Softmax()), params.W_out)
relative_error(t.dW_out, numeric)

# %% [markdown]
# ## Exercises
#
# Write the body of each function and run its cell. The check reads the names of the parameters to know what
# you mean, tries your function on a dozen models, and names the equation and, if it knows it, the mistake.
#
# **2.1** The prediction error e of (8).


# %%
def e(h, W_out, w_O):
    """y - t for all V words."""
    ...


check(e)

# %% [markdown]
# **2.2** EH of (12).


# %%
def EH(h, W_out, w_O):
    """The derivative of the loss with respect to h."""
    ...


check(EH)

# %% [markdown]
# **2.3** The gradient of all output vectors, (9), words as rows.


# %%
def dW_out(h, W_out, w_O):
    """One row a word."""
    ...


check(dW_out)

# %% [markdown]
# **2.4** On paper: with eta = 0.5, does a second step on the same example lower E by more or by less than the
# first? Then try it with `update`, and say why.
#
# **2.5** The paper says of (12) nothing about *which* output vectors: those before the update (11) or those
# after it. Which must it be, and why? (The note that the ledger keeps: `show(t, "12").row.note`.)

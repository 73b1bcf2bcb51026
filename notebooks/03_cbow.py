# %% [markdown]
# # 3. CBOW: several context words predict one
#
# **You will be able to** say what changes when the input is C words instead of one: the mean on the way in,
# and the 1/C on the way back; and recognise programs that leave the second out.
#
# You need notebook 2. Equations (17) to (23).

# %%
import numpy as np

from w2v_edu import Softmax, cbow, loss, one_word, random_params, show, toy, trace, update
from w2v_edu.comparison.deviations import DEVIATIONS
from w2v_edu.corpus import contexts
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import matrix_plot, network_plot
from w2v_edu.finite import complex_step, relative_error
from w2v_edu.homework import check
from w2v_edu.model import Params

# %% [markdown]
# ## A window
#
# The context of a word is what stands around it. At the edge of a sentence there is less of it, and nothing
# is invented to fill the gap.

# %%
corpus = toy("drink-eat")
words = corpus.words
sentence = next(s for s in corpus.sentences() if len(s) == 4)
[(words[w], corpus.vocabulary.text(context)) for w, context in contexts(sentence, window=2)]

# %% [markdown]
# Look at the second line: one word stands in the context **twice**. Examples with all words different hide
# half of the mistakes one can make here, so ours will have C = 4 context words and one of them two times.

# %%
ids = corpus.vocabulary.ids("juice drink drink eat")
example = cbow(ids, corpus.vocabulary.id("water"))
params = random_params(V=6, N=3, rng=np.random.default_rng(2))
t = trace(params, example, Softmax())
network_plot(params, t, words=words)

# %% [markdown]
# ## In: the mean
#
# > **Predict.** *drink* occurs twice in the context. How much does its vector weigh in h?

# %% tags=["eq-17", "eq-18"]
show(t, "17", words=words)

# %% [markdown]
# (18) says the same with input vectors. The order of the words is gone: a bag of words, and a continuous one
# because words enter as vectors. That is the name.

# %% tags=["eq-18"]
show(t, "18", words=words)

# %% [markdown]
# ## The loss
#
# From h on, nothing is new. (19) to (21) are (7) in three spellings: as a probability, in scores, in vectors.

# %% tags=["eq-19"]
show(t, "19", words=words)

# %% tags=["eq-20"]
show(t, "20", words=words)

# %% [markdown]
# (21) has a misprint in both editions of the paper. Here is its LaTeX as it was printed.
#
# > **Predict.** Which index is wrong? What would the printed sum be, if you took it at its word?

# %% tags=["eq-21"]
show(t, "21").row.printed

# %% tags=["eq-21"]
show(t, "21", words=words)

# %% tags=["eq-21"]
show(t, "21").row.note

# %% [markdown]
# ## Back: output vectors
#
# (22) is (11) again: all V output vectors move along h.

# %% tags=["eq-22"]
show(t, "22", params, eta=0.5, words=words)

# %% [markdown]
# ## Back: input vectors, and the 1/C
#
# h is a mean of four vectors, so a small change of one of them moves h by a quarter of that change. Each gets
# EH / C back. A word that stands in the context m times gets m / C of it.
#
# > **Predict.** How many rows of dE/dW are not zero? Which of them is twice as long as the others?

# %% tags=["eq-23"]
matrix_plot(t.dW, words, name="dE/dW")

# %% tags=["eq-23"]
show(t, "23", params, eta=0.5, words=words)

# %% [markdown]
# The 1/C is not a matter of taste. It is the derivative of (17), and here is every step of that.

# %% tags=["eq-23"]
AUTHORED["cbow/softmax/dE_dW"]()

# %% [markdown]
# ## Programs that leave it out
#
# word2vec.c and gensim take the mean on the way in and hand back the whole of EH to each context vector.

# %% tags=["eq-23"]
DEVIATIONS["no-1/C"].explanation

# %% [markdown]
# > **Predict.** The update then points in the same direction and is C times as long. Is that harmless? Think
# > of an example in which C is 1 and one in which C is 10, with one learning rate for both.

# %% tags=["eq-23"]
exact = complex_step(lambda W: loss(Params(W, params.W_out), example, Softmax()), params.W)
{
    "EH / C": relative_error(t.dW, exact),
    "EH, undivided": relative_error(example.C * t.dW, exact),
}

# %% [markdown]
# An error of 3 is not rounding: it is C - 1. With C = 1 it would be 0, which is why a check on one-word
# contexts cannot see this mistake. (koan, by Irsoy, Benton and Stratos, was written to put it right in CBOW
# training.)
#
# ## C = 1 is the one-word model
#
# > **Predict.** What is left of CBOW when the context is a single word?

# %% tags=["eq-17", "eq-23"]
single = trace(params, cbow(ids[:1], example.targets[0]), Softmax())
same = trace(params, one_word(ids[0], example.targets[0]), Softmax())
np.array_equal(single.dW, same.dW) and np.array_equal(single.dW_out, same.dW_out)

# %% [markdown]
# ## Sum or mean
#
# One well-known course adds the context vectors instead of taking their mean. That is another model, and
# right with its own gradient: EH, undivided. What is wrong is the mean with the gradient of the sum.

# %% tags=["eq-17"]
summed = trace(params, cbow(ids, example.targets[0], combine="sum"), Softmax())
{"h of the mean": t.h.round(3).tolist(), "h of the sum": summed.h.round(3).tolist()}

# %% [markdown]
# ## One whole step

# %% tags=["eq-22", "eq-23"]
new = update(params, example, Softmax(), eta=0.5)
{"before": round(float(t.E), 4), "after": round(float(loss(new, example, Softmax())), 4)}

# %% [markdown]
# ## Exercises
#
# **3.1** The hidden layer.


# %%
def h(W, context):
    """The mean of the input vectors; a word that repeats counts as often as it occurs."""
    ...


check(h, input_side="cbow")

# %% [markdown]
# **3.2** The gradient of all of W. Mind repeated words: what does `G[context] += g` do with them?


# %%
def dW_cbow(W, W_out, context, w_O):
    """The gradient, shape (V, N)."""
    ...


check(dW_cbow)

# %% [markdown]
# **3.3** Give a context for which the undivided gradient is right, and one of four words in which each
# mistake, the lost 1/C and the lost repeat, is there and the two cancel for one word. (Try C = 2 with both
# words equal.)

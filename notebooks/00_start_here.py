# %% [markdown]
# # 0. Start here
#
# **You will be able to** run a cell, take one training step of word2vec with every number on the screen, and
# choose where to go next.
#
# Click into the first grey cell below and press Shift + Enter. That runs it and moves on. If something goes
# wrong, choose *Kernel, Restart Kernel* in the menu and begin at the top: nothing can break.

# %%
import numpy as np

from w2v_edu import Softmax, one_word, random_params, show, toy, trace, update, verify
from w2v_edu.display.plots import network_plot
from w2v_edu.display.stepper import step
from w2v_edu.homework import check
from w2v_edu.ledger import LEDGER
from w2v_edu.verification import summary

# %% [markdown]
# ## One training step
#
# Six words, three numbers a word, one example from a text: *drink* should predict *juice*.

# %%
corpus = toy("drink-eat")
words = corpus.words
params = random_params(V=6, N=3, rng=np.random.default_rng(1))
example = one_word(corpus.vocabulary.id("drink"), corpus.vocabulary.id("juice"))
t = trace(params, example, Softmax())
network_plot(params, t, words=words)

# %% [markdown]
# `t` is a *trace*: everything that the paper gives a name to, for this one example. Ask for any of it by its
# equation number. The numbers are those of Xin Rong, *word2vec Parameter Learning Explained*,
# arXiv:1411.2738v4.

# %% tags=["eq-03"]
show(t, "3", words=words)

# %% [markdown]
# Boxes like the next one stand before most results. Write your guess down, then run the cell. Guessing first
# is half of what these notebooks are for.
#
# > **Predict.** The error is prediction minus label, and the label is 1 at *juice*. Which entry of the error
# > is negative?

# %% tags=["eq-08"]
show(t, "8", words=words)

# %% [markdown]
# And the step that makes *juice* more probable:

# %% tags=["eq-11", "eq-16"]
new = update(params, example, Softmax(), eta=0.5)
{
    "before": round(float(t.output.y[2]), 4),
    "after": round(float(trace(new, example, Softmax()).output.y[2]), 4),
}

# %% [markdown]
# ## The same step, for the wall
#
# The stepper walks through it equation by equation. Use its buttons or the arrow keys; click a number to see
# the sum that made it. `step(...).save("step.html")` writes it as one page that works without a server.

# %%
step(t, params, Softmax(), eta=0.5, words=words)

# %% [markdown]
# ## Is it true?
#
# All equations of the paper are in a ledger, with notes wherever the print is loose. Each is checked against
# finite differences, against two implementations, and by a prover. Here are the three that you have just
# seen.

# %% tags=["eq-03", "eq-08", "eq-11"]
report = verify(rows=[row for row in LEDGER if row.number in ("3", "8", "11")], count=1, processes=1)
summary(report).splitlines()

# %% [markdown]
# In a terminal, `make run` does that for all of them.
#
# ## Where to go
#
# | | | |
# |---|---|---|
# | **1** | [From n-grams to vectors](01_from_ngrams_to_vectors.ipynb) | why vectors at all |
# | **2** | [The one-word model](02_one_word.ipynb) | (1) to (16): read this one first |
# | **3** | [CBOW](03_cbow.ipynb) | (17) to (23): several words predict one |
# | **4** | [Skip-gram](04_skip_gram.ipynb) | (24) to (36): one word predicts several |
# | **5** | [Hierarchical softmax](05_hierarchical_softmax.ipynb) | (37) to (54): a path instead of a sum |
# | **6** | [Negative sampling](06_negative_sampling.ipynb) | (55) to (61), D and D', NCE |
# | **7** | [Backpropagation](07_backpropagation.ipynb) | (62) to (85); needs nothing before it |
# | **8** | [Gradient checking](08_gradient_checking.ipynb) | how to know that a gradient is right |
# | **9** | [The objectives compared](09_compare.ipynb) | on one text, by one number |
# | **10** | [The fast path](10_fast_path.ipynb) | from a loop to arrays |
# | **11** | [PMI and convexity](11_pmi_and_convexity.ipynb) | what negative sampling learns |
# | **12** | [Check your homework](12_check_your_homework.ipynb) | your functions and your derivations |
# | **13** | [Find the mistake](13_find_the_mistake.ipynb) | in homework, programs, notes, slides |
#
# ## How the notebooks are made
#
# Cells that show an equation carry its number as a tag, `eq-08`: open the *Property Inspector* (the gears at
# the top right) to see it. The formulas are listed in [The equations](../docs/equations.md).
#
# ## Exercises
#
# **0.1** Each notebook ends with exercises that check themselves. Try one: replace the three dots by a
# formula and run the cell. What does it say first, and what after you have written `return W_out @ h`?


# %%
def u(h, W_out):
    """The scores of (2)."""
    ...


check(u, objective="softmax")

# %% [markdown]
# **0.2** Change the example above to *eat* and *apple*, and run the cells again. Which numbers change?

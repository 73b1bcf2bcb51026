# %% [markdown]
# # 1. From n-grams to vectors
#
# **You will be able to** write the probability of a sentence as a product, estimate its factors by counting,
# say why counting alone fails, and explain what vectors add; and show that the one-word model with room
# enough *is* the bigram model.
#
# You need nothing but counting. Equations (3), (4) and (7) of the paper come at the end.

# %%
import numpy as np

from w2v_edu import Softmax, corpus_objective, one_word, random_params, show, toy, trace
from w2v_edu.comparison.neighbours import similar
from w2v_edu.comparison.vectors import from_result
from w2v_edu.corpus import examples
from w2v_edu.display.plots import losses_plot, matrix_plot
from w2v_edu.fast.train import train
from w2v_edu.functions import one_hot
from w2v_edu.homework import check
from w2v_edu.ngrams import (
    NGramModel,
    bigram_counts,
    bigram_probabilities,
    count_ngrams,
    one_word_optimum,
    perplexity,
)
from w2v_edu.symbolic.theorems_optima import softmax_optimum

# %% [markdown]
# ## The chain rule
#
# A sentence has the probability of its first word, times that of the second after the first, times that of
# the third after the first two, and so on. That is always true. An *n-gram model* adds an assumption: only
# the last n - 1 words matter.

# %%
corpus = toy("drink-eat")
words, vocabulary = corpus.words, corpus.vocabulary
bigrams = count_ngrams(corpus.sentences(), n=2, V=6)
model = NGramModel(bigrams)
spell = (*words, "<end>", "<start>")  # the end is word V, the start is word -1


def factors(model, sentence):
    """The factors of the chain rule, in words."""
    found = model.chain(vocabulary.ids(sentence))
    return [f"p({spell[f.word]} | {' '.join(spell[w] for w in f.context)}) = {f.p:.3f}" for f in found]


factors(model, "juice drink water")

# %% [markdown]
# > **Predict.** Which factor of *drink apple* is zero? What is the probability of the whole sentence then?

# %%
factors(model, "drink apple")

# %% [markdown]
# ## Never seen is not impossible
#
# A factor of zero makes the whole sentence impossible, and the *perplexity* infinite. (Perplexity is the
# number of words that the model hesitates between: low is good.)

# %%
{
    "text": perplexity(model, corpus.sentences()),
    "drink apple": perplexity(model, [vocabulary.ids("drink apple")]),
}

# %% [markdown]
# Two ways out. **Laplace** adds one to every count. **Back-off** takes a little from what was seen and gives
# it to what was not, in the proportions of the next shorter model.
#
# > **Predict.** Which of the two harms the frequent bigrams more, on a text as small as this one?

# %%
smoothings = {name: NGramModel(bigrams, name) for name in ("none", "add-k", "back-off")}
{
    name: (
        round(perplexity(one, corpus.sentences()), 2),
        round(perplexity(one, [vocabulary.ids("drink apple")]), 2),
    )
    for name, one in smoothings.items()
}

# %% [markdown]
# Both still distribute to one. Whatever is given to the unseen is taken from the seen.

# %%
{name: float(one.distribution((vocabulary.id("drink"),)).sum().round(12)) for name, one in smoothings.items()}

# %% [markdown]
# ## What counting cannot know
#
# > **Predict.** The text has *drink juice* and *drink water*. A bigram model has seen *rice eat* and never
# > *apple juice*. What does it conclude from the fact that *juice* and *water* keep the same company?

# %%
ax = matrix_plot(
    bigram_probabilities(bigram_counts(corpus.sentences(), 6)), words, name="p(next word | word)"
)
ax.set_xticklabels(words)
ax.set_xlabel("next word")
ax

# %% [markdown]
# Nothing. To it, words are numbers on doors. A longer context makes this worse: with V words there are V^n
# n-grams, and almost none of them is ever seen.
#
# ## One-hot against distributed
#
# A *one-hot* vector is a number on a door, written as a vector: 1 at the word's place and 0 elsewhere.
#
# > **Predict.** What is the dot product of two different one-hot vectors? So how similar are *juice* and
# > *water*?

# %%
juice, water, eat = (one_hot(vocabulary.id(word), 6) for word in ("juice", "water", "eat"))
{"juice and water": float(juice @ water), "juice and eat": float(juice @ eat)}

# %% [markdown]
# A *distributed* vector has a few numbers for each word, learned so that words in similar company have
# similar vectors. Two numbers a word are enough here:

# %%
options = {"sample": 0, "min_count": 1, "seed": 1, "dtype": "float64"}
learned = train(corpus, "skip-gram", "softmax", vector_size=2, window=1, alpha=0.2, epochs=300, **options)
similar(from_result(learned), "juice", top=5)

# %% [markdown]
# *water* is close now, although the two never stand side by side in the text. This is what one-hot vectors
# and n-grams cannot do. The price: the vectors have to be trained.
#
# ## Counting against predicting
#
# There are two roads to such vectors. One **counts** how often words meet and makes the table small (LSA,
# GloVe). The other **predicts** words from words and adjusts vectors until it does that well (neural language
# models, word2vec). The roads meet: notebook 11 shows it for negative sampling, and here it is for the
# simplest model of all.
#
# The one-word model of the paper predicts the next word from this one:

# %% tags=["eq-03", "eq-04"]
params = random_params(V=6, N=6, rng=np.random.default_rng(0), scale=0.3)
show(trace(params, one_word(vocabulary.id("drink"), vocabulary.id("juice")), Softmax()), "4", words=words)

# %% [markdown]
# So does a bigram model. It has V² numbers, the one-word model 2 V N. With N = V there is room for all of
# them.
#
# > **Predict.** If we lower the loss (7) on all bigrams of the text as far as it goes, which probabilities
# > will the model have?

# %% tags=["eq-04"]
counts = bigram_counts(corpus.sentences(), 6)
best = one_word_optimum(counts)
drink = trace(best, one_word(vocabulary.id("drink"), vocabulary.id("juice")), Softmax())
{word: (float(y.round(4)), float(p.round(4))) for word, y, p in
 zip(words, drink.output.y, bigram_probabilities(counts)[vocabulary.id("drink")], strict=True)}  # fmt: skip

# %% [markdown]
# The bigram probabilities themselves. No other y has a smaller loss, and the prover shows it for all counts.

# %% tags=["eq-03", "eq-07"]
softmax_optimum()

# %% [markdown]
# Gradient descent knows nothing of counting, and gets there.

# %% tags=["eq-07"]
text = list(examples(corpus.sentences(), "one-word"))
floor = corpus_objective(best, text, Softmax())
runs = {}
for N in (1, 2, 6):
    start = random_params(6, N, np.random.default_rng(0), scale=0.3)
    run = train(corpus, "one-word", "softmax", vector_size=N, method="batch", init=start,
                alpha=3.0, min_alpha=3.0, epochs=400, **options)  # fmt: skip
    runs[f"N = {N}"] = [now.loss for now in run.history]
losses_plot(runs, [now.epoch for now in run.history])

# %% [markdown]
# > **Predict.** With N = 1 it stays above. With N = 2 it gets as low as with N = 6. Why is so little room
# > enough for this text? (Look at the rows of the matrix above: how many different ones are there?)

# %% tags=["eq-07"]
{"the best there is": round(float(floor), 4), **{name: round(losses[-1], 4) for name, losses in runs.items()}}

# %% [markdown]
# In real texts V is 100,000 and N is 300. The model *cannot* store all bigrams; it must treat similar words
# alike. That is the point.
#
# ## Exercises
#
# **1.1** Softmax, from scores to probabilities. Try it on scores like 800, too: the check does.


# %%
def y(u):
    """The posterior of (3)."""
    ...


check(y, objective="softmax")

# %% [markdown]
# **1.2** By hand: with Laplace's rule, what is p(apple | drink) here? Count first, then compare.

# %%
smoothings["add-k"].p(vocabulary.id("apple"), (vocabulary.id("drink"),))

# %% [markdown]
# **1.3** The vectors above come from a text of 34 words. Which two words of the text could a reader *not*
# tell apart by their neighbours?

"""The chain rule and n-grams: the models that count, and what the one-word model learns.

A sentence has the probability of its first word, times that of its second word after the first, and so on:
p(s) = p(w_1) p(w_2 | w_1) ... p(w_T | w_1, ..., w_{T-1}). An n-gram model remembers n - 1 words.
"""

from w2v_edu.ngrams.counting import START, NGrams, count_ngrams
from w2v_edu.ngrams.model import Factor, NGramModel, Smoothing, perplexity
from w2v_edu.ngrams.optimum import bigram_counts, bigram_probabilities, one_word_optimum

__all__ = [
    "START",
    "Factor",
    "NGramModel",
    "NGrams",
    "Smoothing",
    "bigram_counts",
    "bigram_probabilities",
    "count_ngrams",
    "one_word_optimum",
    "perplexity",
]

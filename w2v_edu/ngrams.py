"""The chain rule and n-grams: the models that count, and what the one-word model learns.

A sentence has the probability of its first word, times that of its second word after the first, and so on:
p(s) = p(w_1) p(w_2 | w_1) ... p(w_T | w_1, ..., w_{T-1}). An n-gram model remembers n - 1 words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.errors import W2VError
from w2v_edu.model import Params

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

START = -1  # stands in front of a sentence, n - 1 times; the end of a sentence is word V
LARGEST = 8192  # the largest V of a table of V x V counts (512 MiB)
UNSEEN = -800.0  # the score of a bigram that does not occur: exp(-800) is 0 in double precision

Smoothing = Literal["none", "add-k", "back-off"]
Words = Sequence[int] | NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class NGrams:
    """How often each word follows each context of up to n - 1 words.

    Attributes
    ----------
    n : int
        The order: 1 for single words, 2 for bigrams.
    V : int
        Size of the vocabulary.
    ends : bool
        Whether the start of a sentence is a context (`START`) and its end a word, with id V.
    counts : dict
        ``counts[context][word]``, the context a tuple of 0 to n - 1 word ids.
    """

    n: int
    V: int
    ends: bool
    counts: dict[tuple[int, ...], dict[int, int]]

    @cached_property
    def totals(self) -> dict[tuple[int, ...], int]:
        """How often each context is followed by anything."""
        return {context: sum(after.values()) for context, after in self.counts.items()}

    @property
    def outcomes(self) -> int:
        """What can come next: V words, and the end if it counts."""
        return self.V + self.ends


def count_ngrams(sentences: Iterable[Words], n: int, V: int, *, ends: bool = True) -> NGrams:
    """Count the n-grams of a text, those of every lower order too.

    Parameters
    ----------
    sentences : iterable of sequences of int
        Word ids: ``corpus.sentences()``.
    n : int
        The order, 1 or more.
    V : int
        Size of the vocabulary.
    ends : bool
        True: sentences have a start and an end that are predicted as well, so the probabilities of all
        sentences of all lengths sum to 1. False: the first word has no context, and those of all sentences of
        one length sum to 1.

    Examples
    --------
    >>> count_ngrams([[0, 1], [0, 2]], n=2, V=3).counts[(0,)]
    {1: 1, 2: 1}
    """
    if n < 1:
        raise W2VError(f"an n-gram model of order {n} does not exist: n is 1 or more")
    counts: dict[tuple[int, ...], dict[int, int]] = {}
    for sentence in sentences:
        for context, word in _steps(_checked(sentence, V), n, V, ends):
            for k in range(len(context) + 1):  # the whole context, then all but its first word, ..
                after = counts.setdefault(context[k:], {})
                after[word] = after.get(word, 0) + 1
    if not counts:
        raise W2VError("there is nothing to count: no sentence has a word in it")
    return NGrams(n, V, ends, counts)


@dataclass(frozen=True)
class Factor:
    """One factor of the chain rule: p of a word after its context."""

    context: tuple[int, ...]
    word: int
    p: float


@dataclass(frozen=True, eq=False)
class NGramModel:
    """p(word | context) from counts, in one of three ways.

    Attributes
    ----------
    ngrams : NGrams
    smoothing : {"none", "add-k", "back-off"}
        ``"none"``: c(context word) / c(context), the maximum of the likelihood. What never occurred gets 0;
        after a context that never occurred every word gets 0.
        ``"add-k"``: (c + k) / (c(context) + k M), M the number of outcomes; Laplace's rule with k = 1.
        ``"back-off"``: Katz's scheme with an absolute discount. A word that was seen after the context gets
        (c - d) / c(context). The mass d * (number of different words seen) / c(context) that this leaves goes
        to the others, shared out as the model of the next lower order would; below single words stands the
        uniform distribution. Where all words were seen there are no others, and nothing is discounted. This
        is a distribution; "stupid back-off" (Brants and others 2007), which multiplies by 0.4 and does not
        renormalise, is not.
    k : float
        What is added to each count, above 0.
    d : float
        The discount, above 0 and below 1.

    Examples
    --------
    >>> ngrams = count_ngrams([[0, 1, 0, 2], [0, 1]], n=2, V=3, ends=False)
    >>> NGramModel(ngrams).distribution((0,)).round(3).tolist()
    [0.0, 0.667, 0.333]
    >>> NGramModel(ngrams, "add-k").distribution((0,)).tolist()
    [0.16666666666666666, 0.5, 0.3333333333333333]
    >>> NGramModel(ngrams, "back-off").distribution((0,)).round(3).tolist()
    [0.333, 0.5, 0.167]
    """

    ngrams: NGrams
    smoothing: Smoothing = "none"
    k: float = 1.0
    d: float = 0.5
    _weight: dict[tuple[int, ...], float] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.smoothing not in get_args(Smoothing):
            raise W2VError(
                f"smoothing is {self.smoothing!r}; expected one of {', '.join(get_args(Smoothing))}"
            )
        if not 0 < self.k < np.inf:
            raise W2VError(f"k is {self.k}: a positive number must be added to each count")
        if not 0 < self.d < 1:
            raise W2VError(f"the discount d is {self.d}: a number between 0 and 1 expected")

    def p(self, word: int, context: Words = ()) -> float:
        """p(word | context). Of a longer context the last n - 1 words count."""
        if not 0 <= word < self.ngrams.outcomes:
            raise W2VError(f"word id {word} is out of range: ids go from 0 to {self.ngrams.outcomes - 1}")
        kept = tuple(int(w) for w in context)[max(0, len(context) - self.ngrams.n + 1) :]
        return self._p(word, kept)

    def distribution(self, context: Words = ()) -> NDArray[np.float64]:
        """p of each outcome after a context. Shape (V,), or (V + 1,) where the end of a sentence counts."""
        return np.array([self.p(word, context) for word in range(self.ngrams.outcomes)])

    def chain(self, sentence: Words) -> tuple[Factor, ...]:
        """The factors whose product is p(sentence)."""
        ngrams = self.ngrams
        steps = _steps(_checked(sentence, ngrams.V), ngrams.n, ngrams.V, ngrams.ends)
        return tuple(Factor(context, word, self._p(word, context)) for context, word in steps)

    def log_probability(self, sentence: Words) -> float:
        """log p(sentence), natural; minus infinity where a factor is 0."""
        return sum(float(np.log(factor.p)) if factor.p > 0 else -np.inf for factor in self.chain(sentence))

    def _p(self, word: int, context: tuple[int, ...]) -> float:
        after = self.ngrams.counts.get(context, {})
        c, total = after.get(word, 0), self.ngrams.totals.get(context, 0)
        if self.smoothing == "none":
            return c / total if total else 0.0
        if self.smoothing == "add-k":
            return (c + self.k) / (total + self.k * self.ngrams.outcomes)
        if len(after) == self.ngrams.outcomes:
            return c / total
        return (c - self.d) / total if c else self._alpha(context) * self._lower(word, context)

    def _lower(self, word: int, context: tuple[int, ...]) -> float:
        return self._p(word, context[1:]) if context else 1 / self.ngrams.outcomes

    def _alpha(self, context: tuple[int, ...]) -> float:
        """What the lower order is multiplied by, so that the words not seen here share what is left."""
        if context not in self._weight:
            after = self.ngrams.counts.get(context, {})
            left = self.d * len(after) / self.ngrams.totals[context] if after else 1.0
            others = 1.0 - sum(self._lower(word, context) for word in after)
            self._weight[context] = left / others
        return self._weight[context]


def perplexity(model: NGramModel, sentences: Iterable[Words]) -> float:
    """exp(-mean log p) over all factors of all sentences: how many words the model hesitates between.

    Examples
    --------
    >>> uniform = NGramModel(count_ngrams([[0, 1, 2, 3]], n=1, V=4, ends=False))
    >>> round(perplexity(uniform, [[3, 1], [2]]), 12)
    4.0
    """
    p = [factor.p for sentence in sentences for factor in model.chain(sentence)]
    if not p:
        raise W2VError("perplexity needs at least one word")
    return float("inf") if min(p) == 0 else float(np.exp(-np.mean(np.log(p))))


def bigram_counts(sentences: Iterable[Words], V: int) -> NDArray[np.int64]:
    """How often word j comes right after word i. Shape (V, V), row i, column j.

    Examples
    --------
    >>> bigram_counts([[0, 1, 0], [0, 1]], V=2)
    array([[0, 2],
           [1, 0]])
    """
    if V > LARGEST:
        raise W2VError(f"V = {V} is too large for a table of {V} x {V} bigrams; {LARGEST} at most")
    counts = np.zeros((V, V), np.int64)
    for sentence in sentences:
        words = _checked(sentence, V)
        np.add.at(counts, (words[:-1], words[1:]), 1)
    return counts


def bigram_probabilities(counts: ArrayLike) -> NDArray[np.float64]:
    """p(j | i) = c(i j) / c(i .). Shape (V, V); a row without counts is uniform."""
    c = np.asarray(counts, dtype=np.float64)
    total = c.sum(axis=1, keepdims=True)
    return np.where(total > 0, c / np.where(total > 0, total, 1), 1 / c.shape[1])


def one_word_optimum(counts: ArrayLike, basis: ArrayLike | None = None) -> Params:
    """Parameters with N = V at which the one-word softmax model is the bigram model.

    The model can give each pair its own score when N = V: with u = W W_out^T = log p(j | i), its
    y_j = exp(u_j) / sum exp(u_j'), (4), are the bigram probabilities themselves, and no other y has a smaller
    loss on the bigrams of the text. For a pair that does not occur the best score is minus infinity; it gets
    -800, whose exponential is 0 in double precision.

    Parameters
    ----------
    counts : array_like, shape (V, V)
        From `bigram_counts`.
    basis : array_like, shape (V, V), optional
        An invertible matrix to be W; the identity if not given. The optimum is not unique: every basis gives
        the same y.

    Raises
    ------
    W2VError
        If the shapes do not fit, if a count is negative, if there are none, or if the basis is singular.

    Examples
    --------
    >>> params = one_word_optimum([[0, 3], [1, 1]])
    >>> np.exp(params.W @ params.W_out.T)
    array([[0. , 1. ],
           [0.5, 0.5]])
    """
    c = np.asarray(counts, dtype=np.float64)
    if c.ndim != 2 or c.shape[0] != c.shape[1]:
        raise W2VError(f"bigram counts have the shape (V, V), not {c.shape}")
    if (c < 0).any() or not c.any():
        raise W2VError("bigram counts are 0 or more, and at least one bigram must occur")
    p = bigram_probabilities(c)
    u = np.where(p > 0, np.log(np.where(p > 0, p, 1)), UNSEEN)
    W = np.eye(len(c)) if basis is None else np.array(basis, dtype=np.float64)
    if W.shape != c.shape:
        raise W2VError(f"the basis has shape {W.shape}; {c.shape} expected")
    try:
        return Params(W=W, W_out=np.linalg.solve(W, u).T)
    except np.linalg.LinAlgError:
        raise W2VError("the basis is singular: it cannot give each word its own scores") from None


def _steps(words: list[int], n: int, V: int, ends: bool) -> list[tuple[tuple[int, ...], int]]:
    """Each word of a sentence with the n - 1 words in front of it, or as many as there are."""
    if not ends:
        return [(tuple(words[max(0, t - n + 1) : t]), word) for t, word in enumerate(words)]
    padded = [START] * (n - 1) + words
    return [(tuple(padded[t : t + n - 1]), word) for t, word in enumerate([*words, V])]


def _checked(sentence: Words, V: int) -> list[int]:
    words: list[int] = np.asarray(sentence, dtype=np.int64).tolist()
    if words and not 0 <= min(words) <= max(words) < V:
        wrong = next(w for w in words if not 0 <= w < V)
        raise W2VError(f"word id {wrong} is out of range: the vocabulary has ids 0 to {V - 1}")
    return words

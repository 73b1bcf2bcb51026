"""n-gram models: the chain rule, Laplace's rule, back-off, perplexity."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.ngrams.counting import NGrams, Words, checked_ids, steps

__all__ = ["Factor", "NGramModel", "Smoothing", "perplexity"]

Smoothing = Literal["none", "add-k", "back-off"]


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
    >>> from w2v_edu.ngrams import count_ngrams
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
        factors = steps(checked_ids(sentence, ngrams.V), ngrams.n, ngrams.V, ngrams.ends)
        return tuple(Factor(context, word, self._p(word, context)) for context, word in factors)

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
    >>> from w2v_edu.ngrams import count_ngrams
    >>> uniform = NGramModel(count_ngrams([[0, 1, 2, 3]], n=1, V=4, ends=False))
    >>> round(perplexity(uniform, [[3, 1], [2]]), 12)
    4.0
    """
    p = [factor.p for sentence in sentences for factor in model.chain(sentence)]
    if not p:
        raise W2VError("perplexity needs at least one word")
    return float("inf") if min(p) == 0 else float(np.exp(-np.mean(np.log(p))))

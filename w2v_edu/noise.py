"""The noise distribution P_n and the draws from it: the only random code below the trainers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.counts import check_counts
from w2v_edu.errors import W2VError

__all__ = ["Noise", "Redraw"]

Redraw = Literal["none", "positive", "input"]


@dataclass(frozen=True, eq=False)
class Noise:
    """A distribution over the vocabulary that noise words are drawn from, and the rule for unwanted draws.

    Attributes
    ----------
    p : ndarray, shape (V,)
        The probability of each word.
    redraw : {"none", "positive", "input"}
        What is drawn again: nothing, as the paper's multiset has it; a draw equal to the positive word w_O,
        as CS224n has it; a draw equal to the input word, as Jurafsky and Martin word it.

    Examples
    --------
    >>> noise = Noise.from_counts([8, 1, 1], alpha=1.0)
    >>> noise.p
    array([0.8, 0.1, 0.1])
    >>> noise.draw(np.random.default_rng(0), K=5)
    (0, 0, 0, 0, 1)
    >>> noise.given(0)  # what is drawn from, if word 0 is drawn again
    array([0. , 0.5, 0.5])
    """

    p: NDArray[np.float64]
    redraw: Redraw = "none"

    def __post_init__(self) -> None:
        if self.redraw not in get_args(Redraw):
            raise W2VError(f"redraw is {self.redraw!r}; expected one of {', '.join(get_args(Redraw))}")
        if self.p.ndim != 1 or len(self.p) < 2 or not (np.isfinite(self.p) & (self.p >= 0)).all():
            raise W2VError("a noise distribution needs a probability >= 0 for each of at least two words")
        if abs(float(self.p.sum()) - 1.0) > 1e-9:
            raise W2VError(f"the noise probabilities sum to {float(self.p.sum()):.6g}, not to 1")

    @classmethod
    def from_counts(cls, counts: ArrayLike, alpha: float = 0.75, redraw: Redraw = "none") -> "Noise":
        """P_n(w) = count(w)^alpha / sum over all words.

        Parameters
        ----------
        counts : array_like, shape (V,)
            How often each word occurs; all positive.
        alpha : float
            3/4 in word2vec; 1 is the unigram distribution, 0 the uniform one.
        redraw : {"none", "positive", "input"}
        """
        if not np.isfinite(alpha):
            raise W2VError(f"the power of the noise distribution is {alpha}; expected a number such as 0.75")
        weight = check_counts(counts) ** alpha
        return cls(weight / weight.sum(), redraw)

    @property
    def V(self) -> int:
        """The size of the vocabulary."""
        return len(self.p)

    @cached_property
    def cdf(self) -> NDArray[np.float64]:
        """Cumulative probabilities; the last is exactly 1."""
        cdf = np.cumsum(self.p)
        return np.asarray(cdf / cdf[-1])

    def given(self, excluded: int) -> NDArray[np.float64]:
        """The exact distribution of one draw when `excluded` is drawn again. Shape (V,)."""
        p = self.p.copy()
        p[excluded] = 0.0
        if not p.any():
            raise W2VError(f"all noise falls on word {excluded}: without it there is nothing left to draw")
        return np.asarray(p / p.sum())

    def distribution(self, w_O: int | None = None, w_I: int | None = None) -> NDArray[np.float64]:
        """The exact distribution of one draw for this positive and input word, the redraw rule applied."""
        excluded = self._excluded(w_O, w_I)
        return self.p if excluded is None else self.given(excluded)

    def draw(
        self, rng: np.random.Generator, K: int, w_O: int | None = None, w_I: int | None = None
    ) -> tuple[int, ...]:
        """K independent draws, with replacement: W_neg, a multiset.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the numbers come from; the same state gives the same words.
        K : int
            How many, 0 or more.
        w_O, w_I : int, optional
            The positive and the input word; needed where the redraw rule speaks of them.

        Raises
        ------
        W2VError
            If K is negative, or if the redraw rule leaves nothing to draw.
        """
        if K < 0:
            raise W2VError(f"K is {K}: the number of noise words cannot be negative")
        words = np.searchsorted(self.cdf, rng.random(K), side="right")
        excluded = self._excluded(w_O, w_I)
        if excluded is not None:
            self.given(excluded)
            while (again := words == excluded).any():
                words[again] = np.searchsorted(self.cdf, rng.random(int(again.sum())), side="right")
        return tuple(words.tolist())

    def _excluded(self, w_O: int | None, w_I: int | None) -> int | None:
        if self.redraw == "none":
            return None
        word, name = (w_O, "w_O") if self.redraw == "positive" else (w_I, "w_I")
        if word is None:
            raise W2VError(f"redraw={self.redraw!r} needs {name}, the word that may not be drawn")
        return word

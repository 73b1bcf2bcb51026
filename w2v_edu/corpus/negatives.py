"""D' of Goldberg and Levy (arXiv 1402.3722): K |D| pairs drawn at random, and taken for wrong."""

from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.pairs import AT_ONCE, Pairs, gather_pairs
from w2v_edu.errors import W2VError
from w2v_edu.noise import Redraw

__all__ = ["negative_distribution", "negative_pairs", "negatives_of_each"]

LARGEST_TABLE = 1 << 26  # entries of the exact distribution: V up to 8192

Longs = NDArray[np.int64]


def negative_distribution(D: Pairs, alpha: float = 0.75) -> NDArray[np.float64]:
    """The exact distribution of a pair of D': p_words(w) p_contexts(c)^alpha / Z.

    Z is the sum of p_contexts(c)^alpha over all c; both p's are those of the pairs of D.

    Parameters
    ----------
    D : Pairs
    alpha : float
        3/4 in the paper.

    Returns
    -------
    ndarray, shape (V, V)
        Row w, column c; all entries sum to 1.

    Raises
    ------
    W2VError
        If V is above 8192: the table would need more than 512 MiB. Draws do not need it.
    """
    if D.V**2 > LARGEST_TABLE:
        raise W2VError(f"V = {D.V} is too large for a table of {D.V} x {D.V} probabilities; 8192 at most")
    return np.outer(D.p_words, _p_noise(D, alpha))


def negative_pairs(D: Pairs, K: int, rng: np.random.Generator, alpha: float = 0.75) -> Pairs:
    """D': K |D| pairs, drawn independently from `negative_distribution`.

    The word of such a pair is drawn too. A pair of D may be drawn: random pairs are only assumed to be wrong.

    Parameters
    ----------
    D : Pairs
    K : int
        How many times larger than D.
    rng : numpy.random.Generator
    alpha : float

    Examples
    --------
    >>> D = Pairs.from_keys(np.array([1, 2, 1, 5]), V=3)
    >>> negative_pairs(D, K=3, rng=np.random.default_rng(0)).size
    12
    """
    total = _check_K(K) * D.size
    w_cdf, c_cdf = _cdf(D.p_words), _cdf(_p_noise(D, alpha))

    def keys() -> Iterator[Longs]:
        for start in range(0, total, AT_ONCE):
            draws = rng.random((2, min(AT_ONCE, total - start)))
            w, c = np.searchsorted(w_cdf, draws[0], "right"), np.searchsorted(c_cdf, draws[1], "right")
            yield w * D.V + c

    return gather_pairs(keys(), D.V)


def negatives_of_each(
    D: Pairs, K: int, rng: np.random.Generator, alpha: float = 0.75, redraw: Redraw = "none"
) -> Pairs:
    """D' as negative sampling draws it: for each pair (w, c) of D, w stays and K context words are drawn.

    So each word has exactly K times as many pairs in D' as in D. Without redraws the expected counts are
    those of `negative_pairs`.

    Parameters
    ----------
    D : Pairs
    K : int
    rng : numpy.random.Generator
    alpha : float
    redraw : {"none", "positive", "input"}
        Which draws are made again: none; those equal to the context word c of the pair; those equal to its
        word w (Jurafsky and Martin).

    Examples
    --------
    >>> D = Pairs.from_keys(np.array([1, 2, 1, 5]), V=3)
    >>> D_neg = negatives_of_each(D, K=2, rng=np.random.default_rng(0), redraw="input")
    >>> [sum(n for (w, _), n in D_neg.counter().items() if w == word) for word in range(3)]
    [6, 2, 0]
    """
    if redraw not in get_args(Redraw):
        raise W2VError(f"redraw is {redraw!r}; expected one of {', '.join(get_args(Redraw))}")
    repeats = _check_K(K) * D.n
    p = _p_noise(D, alpha)
    if redraw != "none" and p.max() == 1.0:
        raise W2VError(
            f"redraw={redraw!r} leaves nothing to draw: every context word of D is word {p.argmax()}"
        )
    cdf = _cdf(p)

    def keys() -> Iterator[Longs]:
        starts = np.searchsorted(np.cumsum(repeats), np.arange(0, int(repeats.sum()), AT_ONCE), "right")
        for rows in (slice(a, b) for a, b in pairwise([*starts, len(repeats)])):
            w = np.repeat(D.w[rows], repeats[rows])
            c = np.searchsorted(cdf, rng.random(len(w)), "right")
            unwanted = np.repeat((D.c if redraw == "positive" else D.w)[rows], repeats[rows])
            while redraw != "none" and (again := c == unwanted).any():
                c[again] = np.searchsorted(cdf, rng.random(int(again.sum())), "right")
            yield w * D.V + c

    return gather_pairs(keys(), D.V)


def _p_noise(D: Pairs, alpha: float) -> NDArray[np.float64]:
    p = D.p_contexts
    weight = np.where(p > 0, p, 1.0) ** alpha * (p > 0)  # a word that is never a context stays at 0
    return np.asarray(weight / weight.sum())


def _cdf(p: NDArray[np.float64]) -> NDArray[np.float64]:
    cdf = np.cumsum(p)
    return np.asarray(cdf / cdf[-1])


def _check_K(K: int) -> int:
    if K < 0:
        raise W2VError(f"K is {K}: D' cannot have fewer than no pairs")
    return K

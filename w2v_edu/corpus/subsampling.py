"""Subsampling: very frequent words are left out at random, before windows are made."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.corpus.stream import Block
from w2v_edu.counts import check_counts
from w2v_edu.errors import W2VError

__all__ = ["SubsamplingRule", "keep_probability", "subsample"]

SubsamplingRule = Literal["paper", "word2vec.c"]


def keep_probability(counts: ArrayLike, t: float, rule: SubsamplingRule = "paper") -> NDArray[np.float64]:
    """How likely each occurrence of a word is to stay in the text.

    With f = count / total, the frequency of the word:

    - ``"paper"``: the word is left out with probability 1 - sqrt(t / f), so it stays with sqrt(t / f)
      (Mikolov, Sutskever, Chen, Corrado and Dean 2013, Section 2.3);
    - ``"word2vec.c"``: it stays with sqrt(t / f) + t / f, as that program has it.

    Where this exceeds 1 the word always stays.

    Parameters
    ----------
    counts : array_like of int, shape (V,)
        How often each word occurs; all positive.
    t : float
        The threshold; 1e-5 in the paper, 1e-3 by default in word2vec.c.
    rule : {"paper", "word2vec.c"}

    Returns
    -------
    ndarray, shape (V,)

    Examples
    --------
    >>> keep_probability([90, 9, 1], t=0.09)
    array([0.31622777, 1.        , 1.        ])
    >>> keep_probability([90, 9, 1], t=0.09, rule="word2vec.c")
    array([0.41622777, 1.        , 1.        ])
    """
    if rule not in get_args(SubsamplingRule):
        raise W2VError(
            f"the subsampling rule is {rule!r}; expected one of {', '.join(get_args(SubsamplingRule))}"
        )
    if not (np.isfinite(t) and t > 0):
        raise W2VError(f"the subsampling threshold t is {t}: a positive number such as 1e-3 expected")
    n = check_counts(counts)
    ratio = t / (n / n.sum())
    keep = np.sqrt(ratio) if rule == "paper" else np.sqrt(ratio) + ratio
    return np.asarray(np.minimum(keep, 1.0))


def subsample(block: Block, keep: NDArray[np.float64], rng: np.random.Generator) -> Block:
    """The sentences of a block without the words that are left out; the neighbours of a gap move together.

    Parameters
    ----------
    block : Block
        Whole sentences. One that loses all its words is left out.
    keep : ndarray, shape (V,)
        From `keep_probability`.
    rng : numpy.random.Generator
        One random number is drawn for each word of the block.

    Examples
    --------
    >>> block = Block(np.array([0, 1, 0, 2]), np.array([0, 3, 4]))
    >>> thin = subsample(block, np.array([0.0, 1.0, 1.0]), np.random.default_rng(0))
    >>> [sentence.tolist() for sentence in thin.sentences()]
    [[1], [2]]
    """
    stays = rng.random(len(block.ids)) < keep[block.ids]
    before = np.concatenate([[0], np.cumsum(stays)])
    return Block(block.ids[stays], np.unique(before[block.offsets]))

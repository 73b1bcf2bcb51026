"""Which kernel trains which of the twelve models, and how large its chunks are."""

from math import gcd
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.cbow_hierarchical import CbowHierarchical
from w2v_edu.fast.cbow_negative import CbowNegative
from w2v_edu.fast.settings import Settings
from w2v_edu.fast.skipgram_hierarchical import SkipGramHierarchical
from w2v_edu.fast.skipgram_negative import SkipGramNegative
from w2v_edu.fast.softmax import CbowSoftmax, SkipGramSoftmax
from w2v_edu.fast.steps import ChunkGradient
from w2v_edu.fast.windows import Windows, keep_probability
from w2v_edu.noise import Noise
from w2v_edu.tree import Tree

__all__ = ["Kernel", "make_kernel"]

Array = NDArray[Any]

# Words a block, and noise words that it shares. A block of many words computes many scores that nobody asked
# for; one of few makes many small calls. What counts for the loss is the number of noise words a word.
BLOCK, POOL = 4, 4  # CBOW
SKIPGRAM_BLOCK, SKIPGRAM_POOL = 8, 12  # a pool of fewer shows in the loss, however many a word
CHUNK_STEP = 16  # chunks have a multiple of so many words
LARGEST_CHUNK = 384
CROWN = 32  # nodes at the top of the tree that all words are asked about: about five levels
TARGETS = 6  # target words a block, skip-gram with hierarchical softmax: with a window of 5, about 11 inputs
PATH_TWINS = 1.0  # TWINS of skip-gram with hierarchical softmax: nothing is drawn, and twins do less harm
LEAF_BLOCK, LEAF_PART = 8, 32  # targets a block in leaf order, and blocks that are computed together
LARGEST_LEAF_CHUNK, LEAF_TWINS = 2048, 2.0
SCORES = 1 << 24  # scores of a chunk under full softmax
TWINS = 0.5  # a word of a chunk meets itself again in the same chunk this often, at most


class Kernel(Protocol):
    """What the training loop asks of a kernel. Chunks are made by `plan` and go back in unread."""

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Any]:
        """Everything about a block of text that does not depend on the parameters."""

    def gradient(self, W: Array, W_out: Array, chunk: Any, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's summed loss, times eta: every error is, before it is passed on."""

    def loss(self, W: Array, W_out: Array, chunk: Any) -> tuple[float, int]:
        """The chunk's summed loss, and how many predictions it sums over."""


def make_kernel(
    s: Settings, counts: NDArray[np.int64], *, tree: Tree | None = None, noise: Noise | None = None
) -> Kernel:
    """The kernel for these settings."""
    dtype = np.dtype(s.dtype)
    window = 1 if s.input_side == "one-word" else s.window
    T = s.chunk or chunk_words(counts, s.sample)
    if s.objective == "softmax":
        T = min(T, max(CHUNK_STEP, SCORES // len(counts)))
    G, B = _cut(T, BLOCK)
    if s.objective == "softmax" and s.input_side == "cbow":
        return CbowSoftmax(window=window, G=G, B=B, dtype=dtype, combine=s.combine, one_over_C=s.one_over_C)
    if s.objective == "softmax":
        return SkipGramSoftmax(window=window, T=T)
    if s.objective == "hierarchical":
        assert tree is not None
        if s.input_side == "cbow":
            T = s.chunk or chunk_words(counts, s.sample, LARGEST_LEAF_CHUNK, LEAF_TWINS)
            G, B = _cut(T, BLOCK)
            S = gcd(G * B, LEAF_BLOCK)  # whatever the user's chunk, whole blocks
            return CbowHierarchical(
                window=window,
                tree=tree,
                G=G,
                B=B,
                S=S,
                g=min(LEAF_PART, G * B // S),
                dtype=dtype,
                combine=s.combine,
                one_over_C=s.one_over_C,
            )
        T = s.chunk or chunk_words(counts, s.sample, twins=PATH_TWINS)
        G, B = _cut(T, TARGETS)
        return SkipGramHierarchical(window=window, tree=tree, G=G, B=B, D=CROWN, dtype=dtype)
    assert noise is not None
    offset = np.log(s.negative * noise.p).astype(dtype) if s.objective == "nce" else None
    if s.input_side == "cbow":
        return CbowNegative(
            window=window,
            K=s.negative,
            cdf=noise.cdf,
            G=G,
            B=B,
            M=POOL,
            dtype=dtype,
            offset=offset,
            combine=s.combine,
            one_over_C=s.one_over_C,
        )
    G, B = _cut(T, SKIPGRAM_BLOCK)
    return SkipGramNegative(
        window=window,
        K=s.negative,
        cdf=noise.cdf,
        G=G,
        B=B,
        M=SKIPGRAM_POOL,
        N=s.vector_size,
        dtype=dtype,
        offset=offset,
    )


def _cut(T: int, block: int) -> tuple[int, int]:
    """G blocks of B words, for a chunk of about T words."""
    B = min(T, block)
    return T // B, B


def chunk_words(
    counts: NDArray[np.int64], sample: float, largest: int = LARGEST_CHUNK, twins: float = TWINS
) -> int:
    """Words a chunk: as many as the vocabulary allows before a word meets itself too often.

    All words of a chunk are updated from the same old parameters. That is harmless while few of them are the
    same word; in a small vocabulary many are, and the steps of one word add up to one that is too long.

    Examples
    --------
    >>> chunk_words(np.full(6, 100), sample=0), chunk_words(np.full(5000, 100), sample=0)
    (16, 384)
    """
    kept = counts * keep_probability(counts, sample)
    p = kept / kept.sum()
    T = int(twins / np.square(p).sum())
    return int(np.clip(T // CHUNK_STEP * CHUNK_STEP, CHUNK_STEP, largest))

"""CBOW with negative sampling (or NCE): windows as a banded matrix.

In a block of B words in a row, the word in place i is the target of row i, and its context stands around it.
Row i of the band holds 1/C at the places of its context, so one product makes every h of the block, and the
transposed product carries every EH back:

    H = band X                      X: the input vectors of all words that the block can see
    dX = band^T EH

The positive score of a row is the scalar product with its own target, the negative ones are one product with
the block's M shared noise words, each counting K / M.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.pool import draw_pools
from w2v_edu.fast.repeats import Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import ContextBand, Windows, blocks_of_windows
from w2v_edu.functions import log_sigmoid

__all__ = ["CbowNegative"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Chunk(NamedTuple):
    """G blocks of B words, and what they ask."""

    line: Ints  # (G B + 2 window,)    the words that its blocks see
    outputs: Ints  # (G, B + M)    the words of each block, then its pool
    shape_of_window: Ints  # (G, B)    row number in the table of windows
    has_context: Array  # (G, B)    1, or 0 where a word stands alone
    of_inputs: Repeats
    of_outputs: Repeats


class CbowNegative:
    """CBOW, each target against K noise words that a block shares.

    Parameters
    ----------
    window, K : int
        The widest window, and the noise words a target.
    cdf : ndarray, shape (V,)
        Cumulative noise probabilities.
    G, B, M : int
        Blocks a chunk, words a block, shared noise words a block.
    dtype : numpy dtype
    offset : ndarray, shape (V,), optional
        Subtracted from every score: log(K q) makes it NCE.
    combine : {"mean", "sum"}
    one_over_C : bool
        False leaves 1/C out of the backward step.
    """

    def __init__(
        self,
        *,
        window: int,
        K: int,
        cdf: NDArray[np.float64],
        G: int,
        B: int,
        M: int,
        dtype: Any,
        offset: Array | None = None,
        combine: str = "mean",
        one_over_C: bool = True,
    ) -> None:
        self.window, self.K, self.cdf, self.G, self.B, self.M = window, K, cdf, G, B, M if K else 0
        self.offset, self.dtype = offset, np.dtype(dtype)
        self._context = ContextBand(G, B, window, dtype, combine, one_over_C)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into chunks and draw each block's pool."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        chunks = len(blocks.centres)
        pools = draw_pools(self.cdf, chunks, self.G, self.M, rng)
        outputs = np.concatenate([blocks.centres, pools], axis=2)
        has_context = blocks.has_context.astype(self.dtype)
        of_inputs = plan_repeats(blocks.line, self._context.places)
        of_outputs = plan_repeats(outputs.reshape(chunks, -1))
        columns = (blocks.line, outputs, blocks.shapes(self.window), has_context, of_inputs, of_outputs)
        return [Chunk(*one) for one in zip(*columns, strict=True)]

    def gradient(self, W: Array, W_out: Array, chunk: Chunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        H, A, positive, negative = self._scores(W, W_out, chunk)
        positive *= 0.5
        np.tanh(positive, out=positive)  # sigma(u) - t = (tanh(u / 2) + 1 - 2t) / 2: never overflows
        positive -= 1
        positive *= 0.5 * eta * chunk.has_context  # (57), w_O
        negative *= 0.5
        np.tanh(negative, out=negative)
        negative += 1
        negative *= self._pool_weight(0.5 * eta, chunk)  # (57), the noise words
        EH = negative @ A[:, self.B :]
        EH += positive[..., None] * A[:, : self.B]  # (61)
        dA = np.empty_like(A)
        np.multiply(positive[..., None], H, out=dA[:, : self.B])  # (58)
        np.matmul(negative.transpose(0, 2, 1), H, out=dA[:, self.B :])
        dX = self._context.spread(EH)  # (23)
        dW = sum_repeats(dX, chunk.of_inputs)
        dW_out = sum_repeats(dA.reshape(-1, W.shape[1]), chunk.of_outputs)
        return ChunkGradient(
            (RowGradient(chunk.of_inputs.unique, dW),), (RowGradient(chunk.of_outputs.unique, dW_out),)
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (55), the pool standing for K draws a target; and how many targets it has."""
        _, _, positive, negative = self._scores(W, W_out, chunk)
        E = -(chunk.has_context * log_sigmoid(positive)).sum(dtype=np.float64)
        E -= (self._pool_weight(1.0, chunk) * log_sigmoid(-negative)).sum(dtype=np.float64)
        return float(E), int(chunk.has_context.sum())

    def _scores(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[Array, Array, Array, Array]:
        H = self._context.gather(W, chunk.line, chunk.shape_of_window)  # (17) (18)    (G, B, N)
        A = W_out.take(chunk.outputs, axis=0)  #    (G, B + M, N)
        positive = np.vecdot(H, A[:, : self.B])  #    (G, B)
        negative = H @ A[:, self.B :].transpose(0, 2, 1)  #    (G, B, M)
        if self.offset is not None:
            offset = self.offset[chunk.outputs]
            positive -= offset[:, : self.B]
            negative -= offset[:, None, self.B :]
        return H, A, positive, negative

    def _pool_weight(self, factor: float, chunk: Chunk) -> Array:
        return (factor * self.K / max(self.M, 1)) * chunk.has_context[..., None]

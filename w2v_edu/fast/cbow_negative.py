"""CBOW with negative sampling (or NCE): windows as a banded matrix.

In a block of B words in a row, the word in place i is the target of row i, and its context stands around it.
Row i of the band holds 1/C at the places of its context, so one product makes every h of the block, and the
transposed product carries every EH back:

    H = band X                      X: the input vectors of all words that the block can see
    dX = band^T EH

With A the output vectors of the block's words and of its M shared noise words, all else is as in skip-gram,

    U = H A^T,   e = weight * (sigma(U) - t),   EH = e A,   dA = e^T H

where each row counts its own target once, each noise word K / M times, and the other targets not at all.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.context_band import ContextBand
from w2v_edu.fast.pool import draw_pools, weighted_errors
from w2v_edu.fast.repeats import Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import Windows, blocks_of_windows
from w2v_edu.functions import log_sigmoid

__all__ = ["CbowNegative"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Chunk(NamedTuple):
    """G blocks of B words, and what they ask."""

    line: Ints  # (G B + 2 window,)    the words that its blocks see
    outputs: Ints  # (G, B + M)    the words of each block, then its pool
    shape_of_window: Ints  # (G, B)    row number in the table of windows
    has_context: NDArray[np.bool_]  # (G, B)    False where a word stands alone
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
        self.offset = offset
        self._context = ContextBand(G, B, window, dtype, combine, one_over_C)
        own, each = np.eye(B, dtype=dtype), np.full((B, self.M), K / max(self.M, 1), dtype)
        self._half_weight = np.tile(0.5 * np.hstack([own, each]), (G, 1, 1))
        self._sign = np.tile(np.repeat(np.array([-1, 1], dtype), [B, self.M]), (G, B, 1))  # 1 - 2t
        self._U = np.empty_like(self._half_weight)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into chunks and draw each block's pool."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        chunks = len(blocks.centres)
        pools = draw_pools(self.cdf, chunks, self.G, self.M, rng)
        outputs = np.concatenate([blocks.centres, pools], axis=2)
        of_inputs = plan_repeats(blocks.line)
        of_outputs = plan_repeats(outputs.reshape(chunks, -1))
        of_windows = (blocks.shapes(self.window), blocks.has_context)
        columns = (blocks.line, outputs, *of_windows, of_inputs, of_outputs)
        return [Chunk(*one) for one in zip(*columns, strict=True)]

    def gradient(self, W: Array, W_out: Array, chunk: Chunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters.

        A word without context needs no exception: its h is 0 and its row of the band is empty, so that it
        changes nothing.
        """
        H, A, U = self._scores(W, W_out, chunk)
        e = self._errors(U, chunk)
        e *= eta
        np.matmul(e, A, out=self._context.EH)  # (61)
        dA = np.matmul(e.transpose(0, 2, 1), H, out=A)  # (58), in the memory of A
        dX = self._context.spread()  # (23)
        dW = sum_repeats(dX, chunk.of_inputs)
        dW_out = sum_repeats(dA.reshape(-1, W.shape[1]), chunk.of_outputs)
        return ChunkGradient(
            (RowGradient(chunk.of_inputs.unique, dW),), (RowGradient(chunk.of_outputs.unique, dW_out),)
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (55), the pool standing for K draws a target; and how many targets it has."""
        _, _, U = self._scores(W, W_out, chunk)
        losses = self._half_weight * log_sigmoid(-self._sign * U)
        return float(-2.0 * losses[chunk.has_context].sum(dtype=np.float64)), int(chunk.has_context.sum())

    def _errors(self, U: Array, chunk: Chunk) -> Array:
        return weighted_errors(U, self._sign, self._half_weight)  # (57)

    def _scores(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[Array, Array, Array]:
        H = self._context.gather(W, chunk.line, chunk.shape_of_window)  # (17) (18)    (G, B, N)
        A = W_out.take(chunk.outputs, axis=0)  #    (G, B + M, N)
        np.matmul(H, A.transpose(0, 2, 1), out=self._U)  #    (G, B, B + M)
        if self.offset is not None:
            self._U -= self.offset[chunk.outputs][:, None]
        return H, A, self._U

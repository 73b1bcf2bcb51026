"""Skip-gram with negative sampling (or NCE): a chunk as a stack of small co-occurrence matrices.

In a block of B words in a row, the word in place i is the input of row i, and the columns are output words:
the B + 2 window words that the block can see, then the block's M shared negatives.

    U = H A^T                       every score of the block, one matrix product        (B, B + 2 window + M)
    e = weight * (sigma(U) - t)     weight 1 inside the window, 0 outside, K n / M for the pool
    EH = e A,   dA = e^T H          two more products give both gradients

Most of U is not wanted: it is computed anyway, because a product of small matrices costs less than picking
out the entries. No pair is ever gathered or scattered alone.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.pool import draw_pools, weighted_errors
from w2v_edu.fast.repeats import Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import Windows, band_rows, blocks_of_windows, diagonal_band, sum_overlaps
from w2v_edu.functions import log_sigmoid

__all__ = ["SkipGramNegative"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Chunk(NamedTuple):
    """G blocks of B words, and what they ask."""

    inputs: Ints  # (G B,)    the words in their order
    outputs: Ints  # (G, B + 2 window + M)    what each block sees, then its pool
    shape_of_window: Ints  # (G, B)    row number in the table of windows
    pairs: Array  # (G, B, 1)    how many pairs each word is the input of
    of_inputs: Repeats
    of_outputs: Repeats


class SkipGramNegative:
    """Skip-gram, each pair against K noise words that a block shares.

    Parameters
    ----------
    window, K : int
        The widest window, and the noise words a pair.
    cdf : ndarray, shape (V,)
        Cumulative noise probabilities.
    G, B, M : int
        Blocks a chunk, words a block, shared noise words a block.
    N : int
        Hidden size.
    dtype : numpy dtype
    offset : ndarray, shape (V,), optional
        Subtracted from every score: log(K q) makes it NCE.
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
        N: int,
        dtype: Any,
        offset: Array | None = None,
    ) -> None:
        self.window, self.K, self.cdf, self.G, self.B, self.M = window, K, cdf, G, B, M if K else 0
        self.offset = offset
        seen = B + 2 * window
        self._windows = 0.5 * band_rows(window, dtype).reshape(-1, 2 * window + 1)
        self._half_weight = np.zeros((G, B, seen + self.M), dtype)  # never written outside band and pool
        self._band = diagonal_band(self._half_weight, window)
        self._pool = self._half_weight[:, :, seen:]
        self._sign = np.repeat(np.array([-1, 1], dtype), [seen, self.M])  # 1 - 2t
        self._U = np.empty_like(self._half_weight)
        self._EH = np.empty((G, B, N), dtype)
        # The rows of the line, then those of all blocks, the pools among them.
        lines, columns = G - (-2 * window // B), seen + self.M
        self._dA = np.empty((lines * B + G * columns, N), dtype)
        self._dA_line = self._dA[: lines * B].reshape(lines, B, N)
        self._dA_blocks = self._dA[lines * B :].reshape(G, columns, N)
        of_pools = lines * B + np.arange(G * columns).reshape(G, columns)[:, seen:]
        self._places = np.append(np.arange(G * B + 2 * window), of_pools)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into chunks and draw each block's pool."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        chunks = len(blocks.centres)
        pools = draw_pools(self.cdf, chunks, self.G, self.M, rng)
        inputs = blocks.centres.reshape(chunks, -1)
        outputs = np.concatenate([blocks.seen, pools], axis=2)
        pairs = (blocks.left + blocks.right)[..., None].astype(self._U.dtype)
        of_inputs = plan_repeats(inputs)
        different = np.concatenate([blocks.line, pools.reshape(chunks, -1)], axis=1)
        of_outputs = plan_repeats(different, self._places)
        columns = (inputs, outputs, blocks.shapes(self.window), pairs, of_inputs, of_outputs)
        return [Chunk(*one) for one in zip(*columns, strict=True)]

    def gradient(self, W: Array, W_out: Array, chunk: Chunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        H, A, U = self._scores(W, W_out, chunk)
        e = weighted_errors(U, self._sign, self._weights(chunk, eta))  # (57)
        np.matmul(e, A, out=self._EH)  # (61)
        np.matmul(e.transpose(0, 2, 1), H, out=self._dA_blocks)  # (58)
        sum_overlaps(self._dA_blocks[:, : self.B + 2 * self.window], self._dA_line)
        dW = sum_repeats(self._EH.reshape(-1, W.shape[1]), chunk.of_inputs)  # (35)
        dW_out = sum_repeats(self._dA, chunk.of_outputs)
        return ChunkGradient(
            (RowGradient(chunk.of_inputs.unique, dW),), (RowGradient(chunk.of_outputs.unique, dW_out),)
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (55), the pool standing for K draws a pair; and how many pairs it has."""
        _, _, U = self._scores(W, W_out, chunk)
        E = -2.0 * (self._weights(chunk) * log_sigmoid(-self._sign * U)).sum(dtype=np.float64)
        return float(E), int(chunk.pairs.sum())

    def _scores(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[Array, Array, Array]:
        H = W.take(chunk.inputs, axis=0).reshape(self.G, self.B, -1)  # (24)    (G, B, N)
        A = W_out.take(chunk.outputs, axis=0)  #    (G, B + 2 window + M, N)
        np.matmul(H, A.transpose(0, 2, 1), out=self._U)  # (26)
        if self.offset is not None:
            self._U -= self.offset[chunk.outputs][:, None]
        return H, A, self._U

    def _weights(self, chunk: Chunk, eta: float = 1.0) -> Array:
        """Half of what each entry counts, times eta."""
        np.multiply(self._windows.take(chunk.shape_of_window, axis=0), eta, out=self._band)
        if self.M:
            self._pool[...] = chunk.pairs * (0.5 * eta * self.K / self.M)
        return self._half_weight

"""Full softmax: the scores of every output word, once for each different input.

Skip-gram: all pairs of a chunk with the same input word share one row of scores. With n pairs, whose targets
are counted, the row's error is EI = n y - counts, (31); so a chunk costs as many rows of V scores as it has
different words, not as many as it has pairs. CBOW: every place has its own h, n = 1, and one target.

    U = H W_out^T          (rows, V)
    e = n softmax(U) - counts
    EH = e W_out,   dW_out = e^T H
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.context_band import ContextBand
from w2v_edu.fast.repeats import Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import Windows, blocks_of_windows

__all__ = ["Asked", "CbowSoftmax", "SkipGramSoftmax", "log_loss"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Asked(NamedTuple):
    """What rows of scores are asked."""

    n: Array  # (rows, 1)    predictions that each row makes
    at_row: Ints  # (pairs,)    each prediction: its row ..
    target: Ints  # (pairs,)    .. and its target word


class SkipGramChunk(NamedTuple):
    inputs: Ints  # (rows,)    the different input words
    asked: Asked


class CbowChunk(NamedTuple):
    line: Ints  # (G B + 2 window,)
    shape_of_window: Ints  # (G, B)
    asked: Asked
    of_inputs: Repeats


class SkipGramSoftmax:
    """Skip-gram (or one-word) with full softmax, T words a chunk."""

    def __init__(self, *, window: int, T: int) -> None:
        self.window, self.T = window, T

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[SkipGramChunk]:
        """List every chunk's pairs, by different input words."""
        ids, left, right = windows
        chunks = []
        for start in range(0, len(ids), self.T):
            places = np.arange(start, min(start + self.T, len(ids)))
            reach = np.stack([left[places], right[places]])
            i, j = _pairs(places, *reach)
            inputs, at_row = np.unique(ids[i], return_inverse=True)
            if len(inputs):
                n = np.bincount(at_row).astype(np.float64)[:, None]
                chunks.append(SkipGramChunk(inputs, Asked(n, at_row, ids[j])))
        return chunks

    def gradient(self, W: Array, W_out: Array, chunk: SkipGramChunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        EH, dW_out = _gradient(self.hidden(W, chunk), W_out, chunk.asked, eta)
        return ChunkGradient((RowGradient(chunk.inputs, EH),), (RowGradient(slice(None), dW_out),))

    def loss(self, W: Array, W_out: Array, chunk: SkipGramChunk) -> tuple[float, int]:
        """The chunk's loss (29), exactly; and how many predictions it sums."""
        return log_loss(self.hidden(W, chunk) @ W_out.T, chunk.asked), len(chunk.asked.target)

    def hidden(self, W: Array, chunk: SkipGramChunk) -> Array:
        """H: the input vector of each different input word. Shape (rows, N)."""
        return W.take(chunk.inputs, axis=0)  # (24)


class CbowSoftmax:
    """CBOW with full softmax, G blocks of B words a chunk."""

    def __init__(
        self, *, window: int, G: int, B: int, dtype: Any, combine: str = "mean", one_over_C: bool = True
    ) -> None:
        self.window, self.G, self.B = window, G, B
        self._context = ContextBand(G, B, window, dtype, combine, one_over_C)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[CbowChunk]:
        """Cut kept words into chunks."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        chunks = len(blocks.centres)
        asked = []
        for words, has in zip(
            blocks.centres.reshape(chunks, -1), blocks.has_context.reshape(chunks, -1), strict=True
        ):
            at_row = np.flatnonzero(has)
            asked.append(Asked(has[:, None].astype(np.float64), at_row, words[at_row]))
        of_inputs = plan_repeats(blocks.line)
        columns = (blocks.line, blocks.shapes(self.window), asked, of_inputs)
        return [CbowChunk(*one) for one in zip(*columns, strict=True)]

    def gradient(self, W: Array, W_out: Array, chunk: CbowChunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        EH, dW_out = _gradient(self.hidden(W, chunk), W_out, chunk.asked, eta)
        self._context.EH[...] = EH.reshape(self.G, self.B, -1)
        dW = sum_repeats(self._context.spread(), chunk.of_inputs)  # (23)
        return ChunkGradient((RowGradient(chunk.of_inputs.unique, dW),), (RowGradient(slice(None), dW_out),))

    def loss(self, W: Array, W_out: Array, chunk: CbowChunk) -> tuple[float, int]:
        """The chunk's loss (20), exactly; and how many predictions it sums."""
        return log_loss(self.hidden(W, chunk) @ W_out.T, chunk.asked), len(chunk.asked.target)

    def hidden(self, W: Array, chunk: CbowChunk) -> Array:
        """H: the h of each place. Shape (rows, N)."""
        H = self._context.gather(W, chunk.line, chunk.shape_of_window)  # (17) (18)
        return H.reshape(-1, W.shape[1])


def _gradient(H: Array, W_out: Array, asked: Asked, eta: float) -> tuple[Array, Array]:
    e = H @ W_out.T  # (2) (26)    (rows, V)
    e -= e.max(axis=1, keepdims=True)
    np.exp(e, out=e)
    e *= (eta * asked.n / e.sum(axis=1, keepdims=True)).astype(e.dtype)  # n y, (3) (25)
    np.subtract.at(e.reshape(-1), asked.at_row * e.shape[1] + asked.target, eta)  # (8) (31)
    return e @ W_out, e.T @ H  # (12) (36), (9) (32)


def log_loss(U: Array, asked: Asked) -> float:
    """The sum of -log softmax(U) over all predictions, in double precision."""
    U = U.astype(np.float64)
    U -= U.max(axis=1, keepdims=True)
    log_Z = np.log(np.exp(U).sum(axis=1))
    return float((log_Z[asked.at_row] - U[asked.at_row, asked.target]).sum())


def _pairs(places: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Every (place, place that its window covers)."""
    width = left + right + 1
    i = np.repeat(places, width)
    first = np.repeat(np.cumsum(width) - width, width)
    j = np.repeat(places - left, width) + np.arange(len(i)) - first
    apart = i != j
    return i[apart], j[apart]

"""CBOW with hierarchical softmax: targets sorted in leaf order, so that neighbours share their paths.

Every h is asked only about the nodes on one path, so nothing is gained from words that stand together in
the text. Words that stand together in the tree are another matter: the chunk's targets are sorted in leaf
order and cut into small blocks. The words of such a block share most of their paths, so that a block of S
words asks P different nodes, few more than one word does, and all of it is one small matrix product.

    U = A H^T                              every score of a block    (P, S)
    e = passes * sigma(U) - turns left     (49)
    EH = e^T A,   dA = e H

The larger the chunk, the nearer its sorted words, and the smaller P; but the longer the parameters stay old.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.context_band import ContextBand
from w2v_edu.fast.leaf_order import leaf_order
from w2v_edu.fast.paths import PathBlocks, path_blocks, path_errors, turns
from w2v_edu.fast.repeats import RepeatFinder, Repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient, set_rows
from w2v_edu.fast.windows import Windows, blocks_of_windows
from w2v_edu.functions import log_sigmoid
from w2v_edu.tree import Tree

__all__ = ["CbowHierarchical"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Part(NamedTuple):
    """Some blocks of S targets, neighbours in leaf order, with about equally many nodes."""

    places: Ints  # (g, S)    where they stand in the chunk
    ranks: Array  # (g, S)    .. among the leaves; V where a target has no context, so that it is on no path
    stack: PathBlocks


class Chunk(NamedTuple):
    """G blocks of B words, and what they ask."""

    line: Ints  # (G B + 2 window,)    the words that its blocks see
    shape_of_window: Ints  # (G, B)
    targets: int  # how many words have a context
    parts: list[Part]
    of_inputs: Repeats
    of_nodes: Repeats


class CbowHierarchical:
    """CBOW, exact -log p over a tree.

    Parameters
    ----------
    window : int
    tree : Tree
    G, B : int
        Blocks a chunk and words a block, for the windows; S divides G B.
    S, g : int
        Targets a block in leaf order, and blocks a part.
    dtype : numpy dtype
    combine : {"mean", "sum"}
    one_over_C : bool
        False leaves 1/C out of the backward step.
    """

    def __init__(
        self,
        *,
        window: int,
        tree: Tree,
        G: int,
        B: int,
        S: int,
        g: int,
        dtype: Any,
        combine: str = "mean",
        one_over_C: bool = True,
    ) -> None:
        self.window, self.G, self.B, self.S, self.g = window, G, B, S, g
        self.dtype = np.dtype(dtype)
        self._order, self._V = leaf_order(tree), tree.V
        self._above = np.zeros_like(self._order.length)
        self._context = ContextBand(G, B, window, dtype, combine, one_over_C)
        self._repeats_of_nodes, self._repeats_of_inputs = RepeatFinder(tree.V - 1), RepeatFinder(tree.V)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into chunks, and sort each chunk's targets in leaf order."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        chunks = len(blocks.centres)
        ranks = self._order.rank[blocks.centres].reshape(chunks, -1)
        asked = np.where(blocks.has_context.reshape(chunks, -1), ranks, self._V).astype(self._order.low.dtype)
        columns = (blocks.line, blocks.shapes(self.window), ranks, asked, np.argsort(ranks, axis=1))
        return [self._chunk(*one) for one in zip(*columns, strict=True)]

    def _chunk(self, line: Ints, shapes: Ints, ranks: Ints, asked: Array, in_leaf_order: Ints) -> Chunk:
        places = in_leaf_order.reshape(-1, self.S)
        stacks = path_blocks(self._order, ranks[places], self.g, self._above)
        parts = [Part(places[stack.blocks], asked[places[stack.blocks]], stack) for stack in stacks]
        of_nodes = self._repeats_of_nodes(np.concatenate([stack.nodes.ravel() for stack in stacks]))
        of_inputs = self._repeats_of_inputs(line)
        return Chunk(line, shapes, int(np.count_nonzero(asked < self._V)), parts, of_inputs, of_nodes)

    def gradient(self, W: Array, W_out: Array, chunk: Chunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        H, N = self._hidden(W, chunk), W.shape[1]
        EH = self._context.EH.reshape(-1, N)
        dA = np.empty((len(chunk.of_nodes.order), N), self.dtype)
        done = 0
        for part in chunk.parts:
            h, A, U, asked, left = self._scores(H, W_out, part)
            e = path_errors(U, asked, left)  # (49)
            e *= eta
            set_rows(EH, part.places.ravel(), (e @ A).reshape(-1, N))  # (53)
            rows = dA[done : done + A.shape[0] * A.shape[1]]
            np.matmul(e.transpose(0, 2, 1), h, out=rows.reshape(A.shape))  # (50)
            done += len(rows)
        dX = self._context.spread()  # (23)
        dW = sum_repeats(dX, chunk.of_inputs)
        dW_out = sum_repeats(dA, chunk.of_nodes)
        return ChunkGradient(
            (RowGradient(chunk.of_inputs.unique, dW),), (RowGradient(chunk.of_nodes.unique, dW_out),)
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (46), exactly; and how many targets it sums."""
        H, E = self._hidden(W, chunk), 0.0
        for part in chunk.parts:
            _, _, U, asked, left = self._scores(H, W_out, part)
            # log sigma(-u) = log sigma(u) - u
            E -= float((asked * log_sigmoid(U) - (asked - left) * U).sum(dtype=np.float64))
        return E, chunk.targets

    def _hidden(self, W: Array, chunk: Chunk) -> Array:
        H = self._context.gather(W, chunk.line, chunk.shape_of_window)  # (17) (18)
        return H.reshape(-1, W.shape[1])

    def _scores(self, H: Array, W_out: Array, part: Part) -> tuple[Array, Array, Array, Array, Array]:
        h = H.take(part.places, axis=0)  #    (g, S, N)
        A = W_out.take(part.stack.nodes, axis=0)  # (45)    (g, P, N)
        both, P = turns(part.stack, part.ranks, self.dtype), A.shape[1]  #    (g, S, 2 P)
        return h, A, h @ A.transpose(0, 2, 1), both[..., :P], both[..., P:]

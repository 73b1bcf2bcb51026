"""Skip-gram with hierarchical softmax: blocks of words, and the paths of the words they predict.

A pair (input word i, target word j) asks the nodes on the path of j. The top of the tree, its crown, is asked
by nearly every pair, so all inputs ask all of it, in one product; with n(i, .) the targets of input i,

    asked, left = turns summed over the targets of i    how often i passes, and turns left at    (inputs, D)
    U = X A^T                 every score                                                        (inputs, D)
    e = asked * sigma(U) - left
    EH = e A,   dA = e^T X

Below the crown, a block takes B targets in a row: their paths have P different nodes, and they have C inputs,
these words themselves and those around them whose windows reach into the block. There the same e is one of P
nodes by C inputs. A small block asks few nodes in vain; a whole chunk at once would ask hundreds.
"""

from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.block_inputs import inputs_of_blocks, mask_bits, target_masks
from w2v_edu.fast.crown import crown_of
from w2v_edu.fast.leaf_order import leaf_order
from w2v_edu.fast.paths import PathBlocks, path_blocks, path_errors, turns
from w2v_edu.fast.repeats import RepeatFinder, Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import Windows, band_rows, blocks_of_windows, diagonal_band
from w2v_edu.functions import log_sigmoid
from w2v_edu.tree import Tree

__all__ = ["SkipGramHierarchical"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Chunk(NamedTuple):
    """G blocks of B words, and what they ask."""

    inputs: Ints  # (G, C)    each block's inputs, its own words first
    masks: Ints  # (G, C)    which of the block's targets they predict
    branches: Ints  # (G, B + 2 window)    the branches under the crown that the words it sees hang on
    shape_of_window: Ints  # (G, B)    row number in the table of windows
    ranks: Array  # (G, B)    leaf ranks of the targets
    tails: PathBlocks
    of_inputs: Repeats
    of_nodes: Repeats


class SkipGramHierarchical:
    """Skip-gram (or one-word), exact -log p over a tree.

    Parameters
    ----------
    window : int
    tree : Tree
    G, B : int
        Blocks a chunk, words a block.
    D : int
        Nodes of the crown.
    dtype : numpy dtype
    """

    def __init__(self, *, window: int, tree: Tree, G: int, B: int, D: int, dtype: Any) -> None:
        self.window, self.G, self.B, self.dtype = window, G, B, np.dtype(dtype)
        self._order = leaf_order(tree)
        self._crown = crown_of(self._order, D, dtype)
        self._repeats = RepeatFinder(tree.V - 1)
        self._masks, self._bits = target_masks(B, window), mask_bits(B, dtype)
        self._windows = band_rows(window, dtype).reshape(-1, 2 * window + 1)
        self._reach = np.zeros((G, B, B + 2 * window), dtype)  # written in the band alone
        self._reach_band = diagonal_band(self._reach, window)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into blocks; a chunk is of blocks with about equally many inputs and nodes."""
        blocks = blocks_of_windows(windows, self.G, self.B, self.window)
        words, masks, number = inputs_of_blocks(blocks, self._masks)
        ranks = self._order.rank[blocks.centres].reshape(-1, self.B)
        tails = path_blocks(self._order, ranks, self.G, self._crown.depth, number)
        branches = self._crown.branch[blocks.seen].reshape(words.shape)
        shapes = blocks.shapes(self.window).reshape(-1, self.B)
        of_block = (branches, shapes, ranks.astype(self._order.low.dtype))
        chunks = []
        for C, group in groupby(tails, lambda tail: int(number[tail.blocks].max())):
            some = list(group)
            of_chunk = np.stack([tail.blocks for tail in some])  # (chunks, G)
            inputs = words[:, :C][of_chunk]
            of_inputs = plan_repeats(inputs.reshape(len(some), -1))
            of_nodes = [self._repeats(tail.nodes.ravel()) for tail in some]
            columns = (inputs, masks[:, :C][of_chunk], *(a[of_chunk] for a in of_block), some)
            chunks += [Chunk(*one) for one in zip(*columns, of_inputs, of_nodes, strict=True)]
        return [chunks[i] for i in rng.permutation(len(chunks))]

    def gradient(self, W: Array, W_out: Array, chunk: Chunk, eta: float = 1.0) -> ChunkGradient:
        """The gradient of the chunk's loss times eta, all at the old parameters."""
        X, N = W.take(chunk.inputs, axis=0), W.shape[1]  # (24)
        A, *scores = self._tails(X, W_out, chunk, eta)
        e = path_errors(*scores)  # (49), summed over pairs    (G, P, C)
        EH = e.transpose(0, 2, 1) @ A  # (53)
        dA = np.matmul(e, X, out=A)  # (50), in the memory of A, which is still in the cache
        H, *scores = self._top(X, W_out, chunk, eta)
        e = path_errors(*scores)  # (49)    (G B, D)
        EH[:, : self.B] += (e @ W_out[self._crown.first :]).reshape(self.G, self.B, N)  # (53)
        dW = sum_repeats(EH.reshape(-1, N), chunk.of_inputs)  # (35)
        dW_out = sum_repeats(dA.reshape(-1, N), chunk.of_nodes)
        return ChunkGradient(
            (RowGradient(chunk.of_inputs.unique, dW),),
            (
                RowGradient(chunk.of_nodes.unique, dW_out),
                RowGradient(slice(self._crown.first, None), e.T @ H),  # (50)
            ),
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (46), exactly; and how many pairs it sums: those that predict its words.

        Its words' own predictions ask the crown here; over all chunks, these are the same pairs.
        """
        X, E = W.take(chunk.inputs, axis=0), 0.0
        for part in (self._tails, self._top):
            _, U, asked, left = part(X, W_out, chunk, 1.0)
            # log sigma(-u) = log sigma(u) - u
            E -= float((asked * log_sigmoid(U) - (asked - left) * U).sum(dtype=np.float64))
        return E, int(self._bits.take(chunk.masks, axis=0).sum())

    def _tails(self, X: Array, W_out: Array, chunk: Chunk, eta: float) -> tuple[Array, Array, Array, Array]:
        A = W_out.take(chunk.tails.nodes, axis=0)  # (45)    (G, P, N)
        U = A @ X.transpose(0, 2, 1)  #    (G, P, C)
        pairs = self._bits.take(chunk.masks, axis=0)  #    (G, C, B)
        pairs *= eta
        of_pairs = turns(chunk.tails, chunk.ranks, self.dtype).transpose(0, 2, 1) @ pairs.transpose(0, 2, 1)
        return A, U, of_pairs[:, : A.shape[1]], of_pairs[:, A.shape[1] :]  #    (G, P, C)

    def _top(self, X: Array, W_out: Array, chunk: Chunk, eta: float) -> tuple[Array, Array, Array, Array]:
        H = X[:, : self.B].reshape(-1, X.shape[2])  #    (G B, N)
        U = H @ np.ascontiguousarray(W_out[self._crown.first :].T)  #    (G B, D)
        np.multiply(self._windows.take(chunk.shape_of_window, axis=0), eta, out=self._reach_band)
        asked_left = self._reach @ self._crown.turns.take(chunk.branches, axis=0)  #    (G, B, 2 D)
        asked_left = asked_left.reshape(*U.shape[:1], 2, -1)
        return H, U, asked_left[:, 0], asked_left[:, 1]

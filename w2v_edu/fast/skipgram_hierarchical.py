"""Skip-gram with hierarchical softmax: blocks of target words against the inputs around them.

A pair (input word i, target word j) asks the nodes on the path of j. A block takes B targets in a row: their
paths have P different nodes, and their inputs are the C = B + 2 window words that the block can see.

    asked = passes^T band     how many pairs of input i ask node n          (P, C)
    left = turns left^T band     how many of them turn left there, t = 1    (P, C)
    U = A X^T                 every score                                   (P, C)
    e = asked * sigma(U) - left
    EH = e^T A,   dA = e X

Beside the targets' own paths, a small block asks few nodes in vain; a whole chunk at once would ask hundreds.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from w2v_edu.fast.leaf_order import leaf_order
from w2v_edu.fast.paths import PathBlocks, path_blocks, turns
from w2v_edu.fast.repeats import RepeatFinder, Repeats, plan_repeats, sum_repeats
from w2v_edu.fast.steps import ChunkGradient, RowGradient
from w2v_edu.fast.windows import Windows, blocks_of_windows, diagonal_band
from w2v_edu.functions import log_sigmoid
from w2v_edu.tree import Tree

__all__ = ["SkipGramHierarchical"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class Chunk(NamedTuple):
    """G blocks of B targets, and what they ask."""

    inputs: Ints  # (G, B + 2 window)    the words that each block sees
    ranks: NDArray[np.uint32]  # (G, B)    leaf ranks of the targets
    is_pair: NDArray[
        np.bool_
    ]  # (G, B, 2 window + 1)    which of the words around it have the target in reach
    stack: PathBlocks
    of_inputs: Repeats
    of_nodes: Repeats


class SkipGramHierarchical:
    """Skip-gram (or one-word), exact -log p over a tree.

    Parameters
    ----------
    window : int
    tree : Tree
    G, B : int
        Blocks a chunk, targets a block.
    dtype : numpy dtype
    """

    def __init__(self, *, window: int, tree: Tree, G: int, B: int, dtype: Any) -> None:
        self.window, self.G, self.B, self.dtype = window, G, B, np.dtype(dtype)
        self._order = leaf_order(tree)
        self._repeats = RepeatFinder(tree.V - 1)

    def plan(self, windows: Windows, rng: np.random.Generator) -> list[Chunk]:
        """Cut kept words into blocks; chunks are blocks with about equally many nodes, in random order."""
        width = 2 * self.window + 1
        centres, seen, left, right = blocks_of_windows(windows, self.G, self.B, self.window)
        is_pair = _in_reach(left.ravel(), right.ravel(), self.window).reshape(-1, self.B, width)
        ranks = self._order.rank[centres].reshape(-1, self.B)
        stacks = path_blocks(self._order, ranks, self.G)
        blocks = np.stack([stack.blocks for stack in stacks])  # (chunks, G)
        inputs = seen.reshape(-1, seen.shape[-1])[blocks]
        of_inputs = plan_repeats(inputs.reshape(len(blocks), -1))
        of_nodes = [self._repeats(stack.nodes.ravel()) for stack in stacks]
        columns = (inputs, ranks.astype(np.uint32)[blocks], is_pair[blocks], stacks, of_inputs, of_nodes)
        chunks = [Chunk(*one) for one in zip(*columns, strict=True)]
        return [chunks[i] for i in rng.permutation(len(chunks))]

    def gradient(self, W: Array, W_out: Array, chunk: Chunk) -> ChunkGradient:
        """The gradient of the chunk's loss, all at the old parameters."""
        X, A, e, asked, left = self._scores(W, W_out, chunk)
        e *= 0.5
        np.tanh(e, out=e)  # sigma(u) = (tanh(u / 2) + 1) / 2: never overflows
        e += 1
        e *= 0.5
        e *= asked
        e -= left  # (49), summed over pairs
        N = W.shape[1]
        EH = e.transpose(0, 2, 1) @ A  # (53)
        dA = np.matmul(e, X, out=A)  # (50), in the memory of A, which is still in the cache
        dW = sum_repeats(EH.reshape(-1, N), chunk.of_inputs)  # (35)
        dW_out = sum_repeats(dA.reshape(-1, N), chunk.of_nodes)
        return ChunkGradient(
            RowGradient(chunk.of_inputs.unique, dW), RowGradient(chunk.of_nodes.unique, dW_out)
        )

    def loss(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[float, int]:
        """The chunk's loss (46), exactly; and how many pairs it sums."""
        _, _, U, asked, left = self._scores(W, W_out, chunk)
        E = -(left * log_sigmoid(U) + (asked - left) * log_sigmoid(-U)).sum(dtype=np.float64)
        return float(E), int(chunk.is_pair.sum())

    def _scores(self, W: Array, W_out: Array, chunk: Chunk) -> tuple[Array, Array, Array, Array, Array]:
        X = W.take(chunk.inputs, axis=0)  # (24)    (G, C, N)
        A = W_out.take(chunk.stack.nodes, axis=0)  # (45)    (G, P, N)
        # A copy of the transpose: a product of two matrices that both run along N is half as fast.
        U = A @ np.ascontiguousarray(X.transpose(0, 2, 1))  #    (G, P, C)
        band = np.zeros((*chunk.ranks.shape, chunk.inputs.shape[1]), self.dtype)
        diagonal_band(band, self.window)[...] = chunk.is_pair
        asked, left = turns(chunk.stack, chunk.ranks, self.dtype).transpose(0, 1, 3, 2) @ band
        return X, A, U, asked, left


def _in_reach(left: Ints, right: Ints, window: int) -> NDArray[np.bool_]:
    """For each place j: which of the places j - window, .., j + window have j in their own window."""
    padding = np.zeros(window, dtype=np.int64)
    of_place = np.arange(-window, window + 1)
    reach_left = sliding_window_view(np.concatenate([padding, left, padding]), 2 * window + 1)
    reach_right = sliding_window_view(np.concatenate([padding, right, padding]), 2 * window + 1)
    return np.where(of_place < 0, reach_right >= -of_place, (reach_left >= of_place) & (of_place > 0))

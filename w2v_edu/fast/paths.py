"""What the words of a block ask of the tree: which nodes, and which way each word turns there."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.leaf_order import LeafOrder, block_nodes

__all__ = ["PathBlocks", "path_blocks", "turns"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class PathBlocks(NamedTuple):
    """Some blocks with about equally many nodes, filled up to P with nodes that no word asks.

    Attributes
    ----------
    blocks : ndarray of int, shape (G,)
        Which blocks.
    nodes : ndarray of int, shape (G, P)
    low, left, size : ndarray of uint32, shape (G, 1, P)
        The range of leaf ranks that each node covers; size 0 for those that fill up.
    """

    blocks: Ints
    nodes: Ints
    low: NDArray[np.uint32]
    left: NDArray[np.uint32]
    size: NDArray[np.uint32]


def path_blocks(order: LeafOrder, ranks: Ints, G: int) -> list[PathBlocks]:
    """The nodes of all blocks, in stacks of G blocks (the last may be smaller) with about equally many nodes.

    Parameters
    ----------
    ranks : ndarray of int, shape (n, B)
        Leaf ranks of the words of n blocks, in any order.
    """
    nodes, sizes = block_nodes(order, np.sort(ranks, axis=1))
    starts = np.cumsum(sizes) - sizes
    by_size = np.argsort(sizes, kind="stable")
    stacks = []
    for first in range(0, len(sizes), G):
        blocks = by_size[first : first + G]
        place = np.arange(sizes[blocks[-1]])
        real = place < sizes[blocks][:, None]
        at = np.where(real, nodes[np.where(real, starts[blocks][:, None] + place, 0)], 0)
        low, left, size = (
            (column[at] * real)[:, None].astype(np.uint32) for column in (order.low, order.left, order.size)
        )
        stacks.append(PathBlocks(blocks, at, low, left, size))
    return stacks


def turns(stack: PathBlocks, ranks: NDArray[np.uint32], dtype: Any) -> Array:
    """Which words' paths pass which nodes, and which turn left there.

    Parameters
    ----------
    ranks : ndarray of uint32, shape (G, B)
        Leaf ranks of the words of these blocks.

    Returns
    -------
    ndarray of 0 and 1, shape (G, B, 2, P)
        ``[..., 0, :]``: the path passes the node. ``[..., 1, :]``: it turns left there, t = 1.

    Notes
    -----
    In unsigned numbers rank - low is huge where rank < low, so one comparison tests both ends of a range.
    """
    place = ranks[..., None] - stack.low  #    (G, B, P)
    both = np.empty((*ranks.shape, 2, stack.nodes.shape[1]), dtype)
    np.less(place, stack.size, out=both[:, :, 0])
    np.less(place, stack.left, out=both[:, :, 1])
    return both

"""What the words of a block ask of the tree: which nodes, and which way each word turns there."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.leaf_order import LeafOrder, block_nodes

__all__ = ["PathBlocks", "path_blocks", "path_errors", "turns"]

Ints = NDArray[np.int64]
Array = NDArray[Any]


class PathBlocks(NamedTuple):
    """The blocks of a chunk, which have about equally many nodes, filled up to P with nodes not asked.

    Attributes
    ----------
    blocks : ndarray of int, shape (G,)
        Which blocks.
    nodes : ndarray of int, shape (G, P)
    low, limit : ndarray of unsigned int, shape (G, 2 P)
        The ranges of leaf ranks that each node covers, and after these, those of its left side alone: the
        first rank, and how many; 0 for the nodes that fill up.
    """

    blocks: Ints
    nodes: Ints
    low: NDArray[Any]
    limit: NDArray[Any]


def path_blocks(
    order: LeafOrder, ranks: Ints, G: int, above: NDArray[Any], inputs: Ints | None = None
) -> list[PathBlocks]:
    """The nodes of all blocks, in chunks of G blocks with about equally many nodes.

    Parameters
    ----------
    ranks : ndarray of int, shape (n, B)
        Leaf ranks of the words of n blocks, in any order. (The last chunk has what is left.)
    above : ndarray of int, shape (V,)
        How many nodes at the beginning of the path of the word at each rank are left out.
    inputs : ndarray of int, shape (n,), optional
        Of each block; then chunks are of blocks with about equally many inputs first, and nodes second.
    """
    nodes, sizes = block_nodes(order, np.sort(ranks, axis=1), above)
    starts = np.cumsum(sizes) - sizes
    chunks = []
    if inputs is not None:  # up and down in turn, so that a chunk at a border is of blocks of like size too
        by_size = np.lexsort((np.where(inputs % 2 == 1, sizes, -sizes), inputs))
    else:
        by_size = np.argsort(sizes, kind="stable")
    for blocks in np.split(by_size, range(G, len(by_size), G)):
        place = np.arange(sizes.take(blocks).max())
        real = place < sizes.take(blocks)[:, None]
        at = nodes.take(starts.take(blocks)[:, None] + place, mode="clip")
        low = order.low.take(at)
        limit = np.concatenate([order.size.take(at) * real, order.left.take(at) * real], axis=1)
        chunks.append(PathBlocks(blocks, at, np.concatenate([low, low], axis=1), limit))
    return chunks


def turns(chunk: PathBlocks, ranks: NDArray[Any], dtype: Any) -> Array:
    """Which words' paths pass which nodes, and which turn left there.

    Parameters
    ----------
    ranks : ndarray of unsigned int, shape (G, B)
        Leaf ranks of the words of these blocks, in as many bytes as the ranges.

    Returns
    -------
    ndarray of 0 and 1, shape (G, B, 2 P)
        The first P: the path of the word passes the node. The others: it turns left there, t = 1.

    Notes
    -----
    In unsigned numbers rank - low is huge where rank < low, so one comparison tests both ends of a range.
    """
    place = ranks[..., None] - chunk.low[:, None]  #    (G, B, 2 P)
    return np.asarray((place < chunk.limit[:, None]).astype(dtype))


def path_errors(U: Array, asked: Array, left: Array) -> Array:
    """The errors (49), summed over those who ask: asked * sigma(U) - left, in the memory of U.

    Examples
    --------
    >>> path_errors(np.array([0.0, 0.0]), asked=np.array([1.0, 3.0]), left=np.array([1.0, 1.0]))
    array([-0.5,  0.5])
    """
    U *= 0.5
    np.tanh(U, out=U)  # sigma(u) = (tanh(u / 2) + 1) / 2: never overflows
    U += 1
    U *= 0.5
    U *= asked
    U -= left
    return U

"""The words in the order of the tree's leaves: every inner node covers one contiguous range of them.

Walk the tree from left to right and number the leaves 0, .., V - 1: the rank of each word. The words below
an inner node n are then those with low[n] <= rank < low[n] + size[n], and those on its left side the first
left[n] of them. Whether a word's path passes a node, and on which side, are two comparisons; no path has to
be searched. And two words share the more of their paths the nearer they stand in this order.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.tree import Tree

__all__ = ["BlockNodes", "LeafOrder", "Shared", "block_nodes", "leaf_order", "shared_nodes"]

Ints = NDArray[np.int64]


class LeafOrder(NamedTuple):
    """A tree in leaf order. Numbers are kept in as few bytes as hold them: planning is memory traffic.

    Attributes
    ----------
    rank : ndarray of int, shape (V,)
        The place of each word among the leaves.
    low, left, size : ndarray of unsigned int, shape (V - 1,)
        Of each inner node: its first leaf, its leaves on the left side, and all its leaves.
    length, start : ndarray of int, shape (V,)
        Of the word at each place: the length of its path, and where that begins in `path`.
    path : ndarray of int
        The nodes of all paths, in leaf order, from the root down.
    shared : Shared
    """

    tree: Tree
    rank: Ints
    low: NDArray[Any]
    left: NDArray[Any]
    size: NDArray[Any]
    length: NDArray[Any]
    start: Ints
    path: NDArray[np.int32]
    shared: "Shared"


class Shared(NamedTuple):
    """A table for `shared_nodes`: a range minimum is the smaller one of two that overlap.

    Attributes
    ----------
    least : ndarray of unsigned int, shape (levels V,)
        ``least[k V + r]``: the nodes that the paths of all of the leaves r - 1, .., r - 1 + 2^k share. The
        last V are the lengths of the paths.
    first, last : ndarray of int, shape (V,)
        For leaves that stand d apart: where in `least` to look, less the rank of the first and of the last.
    """

    least: NDArray[Any]
    first: Ints
    last: Ints


def leaf_order(tree: Tree) -> LeafOrder:
    """Number the leaves from left to right.

    Examples
    --------
    >>> from w2v_edu.tree import from_nested
    >>> order = leaf_order(from_nested((2, (0, 1))))
    >>> order.rank, order.low, order.size
    (array([1, 2, 0]), array([1, 0], dtype=uint8), array([2, 3], dtype=uint8))
    """
    V, inner = tree.V, len(tree.children)
    leaves = [1] * V + [0] * inner
    for node, (left, right) in enumerate(tree.children.tolist()):  # children are made before their parent
        leaves[V + node] = leaves[left] + leaves[right]
    low, depth = [0] * (V + inner), [0] * (V + inner)
    for node in range(inner - 1, -1, -1):
        left, right = tree.children[node].tolist()
        low[left], low[right] = low[V + node], low[V + node] + leaves[left]
        depth[left] = depth[right] = depth[V + node] + 1
    rank = np.array(low[:V])
    word = np.argsort(rank)
    length = tree.lengths[word].astype(np.min_scalar_type(int(tree.lengths.max())))
    on_left = np.array(leaves)[tree.children[:, 0]]
    first = np.array(low[V:])
    # Two neighbours among the leaves part at one node; that node and all above it are on both paths.
    together = np.zeros_like(length)
    together[first + on_left] = np.array(depth[V:]) + 1
    start = np.cumsum(length, dtype=np.int64) - length
    path = tree.nodes_flat[np.repeat(tree.offsets[word] - start, length) + np.arange(len(tree.nodes_flat))]
    first_leaf, left, size = (
        np.asarray(a, dtype=np.min_scalar_type(V)) for a in (first, on_left, leaves[V:])
    )
    shared = _shared(together, length)
    return LeafOrder(tree, rank, first_leaf, left, size, length, start, path.astype(np.int32), shared)


def _shared(together: NDArray[Any], length: NDArray[Any]) -> Shared:
    V = len(length)
    table = [together]
    while (step := 1 << (len(table) - 1)) < V:
        nearer = table[-1]
        table.append(np.minimum(nearer, np.append(nearer[step:], np.zeros(step, nearer.dtype))))
    level = np.frexp(np.maximum(np.arange(V), 1))[1] - 1  # the largest power of two that fits between them
    first, last = level * V + 1, level * V + 1 - (1 << level)
    first[0] = last[0] = len(table) * V  # a word shares its whole path with itself
    return Shared(np.concatenate([*table, length]), first, last)


def shared_nodes(shared: Shared, a: Ints, b: Ints) -> NDArray[Any]:
    """How many nodes the paths of the leaves at ranks a <= b share.

    Examples
    --------
    >>> from w2v_edu.tree import from_nested
    >>> order = leaf_order(from_nested(((0, (1, 2)), 3)))  # ranks are ids here
    >>> shared_nodes(order.shared, np.array([0, 1, 2, 2]), np.array([2, 2, 2, 3])).tolist()
    [2, 3, 3, 1]
    """
    apart = b - a
    of_first, of_last = shared.first.take(apart), shared.last.take(apart)
    of_first += a
    of_last += b
    return np.asarray(np.minimum(shared.least.take(of_first), shared.least.take(of_last)))


class BlockNodes(NamedTuple):
    """The different nodes on the paths of each block's words, one block after another.

    Attributes
    ----------
    nodes : ndarray of int, shape (P_1 + .. + P_n,)
    sizes : ndarray of int, shape (n,)
        P of each block.
    """

    nodes: Ints
    sizes: Ints


def block_nodes(order: LeafOrder, ranks: Ints, above: NDArray[Any]) -> BlockNodes:
    """Each block's nodes, each once: of every word, those that its left neighbour's path does not have.

    Parameters
    ----------
    ranks : ndarray of int, shape (n, B)
        The leaf ranks of the words of n blocks, sorted along the second axis.
    above : ndarray of int, shape (V,)
        How many nodes at the beginning of the path of the word at each rank are left out.
    """
    known = above.take(ranks).astype(order.length.dtype, copy=False)
    shared = shared_nodes(order.shared, ranks[:, :-1], ranks[:, 1:])
    np.maximum(known[:, 1:], shared, out=known[:, 1:])
    new = order.length.take(ranks) - known
    count = new.ravel()
    end = np.cumsum(count, dtype=np.int64)
    first = order.start.take(ranks).ravel() + known.ravel() + count - end
    at = np.repeat(first, count) + np.arange(end[-1])
    return BlockNodes(order.path.take(at).astype(np.int64), new.sum(axis=1, dtype=np.int64))

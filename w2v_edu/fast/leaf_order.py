"""The words in the order of the tree's leaves: every inner node covers one contiguous range of them.

Walk the tree from left to right and number the leaves 0, .., V - 1: the rank of each word. The words below
an inner node n are then those with low[n] <= rank < low[n] + size[n], and those on its left side the first
left[n] of them. Whether a word's path passes a node, and on which side, are two comparisons; no path has to
be searched. And two words share the more of their paths the nearer they stand in this order.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.tree import Tree

__all__ = ["BlockNodes", "LeafOrder", "block_nodes", "leaf_order", "shared_nodes"]

Ints = NDArray[np.int64]


class LeafOrder(NamedTuple):
    """A tree in leaf order.

    Attributes
    ----------
    rank : ndarray of int, shape (V,)
        The place of each word among the leaves.
    word : ndarray of int, shape (V,)
        The word at each place.
    low, left, size : ndarray of uint32, shape (V - 1,)
        Of each inner node: its first leaf, its leaves on the left side, and all its leaves.
    shared : ndarray of int, shape (levels, V)
        ``shared[k, r]``: the nodes that the paths of all of the leaves r - 1, .., r - 1 + 2^k share.
    """

    tree: Tree
    rank: Ints
    word: Ints
    low: NDArray[np.uint32]
    left: NDArray[np.uint32]
    size: NDArray[np.uint32]
    shared: NDArray[np.int32]


def leaf_order(tree: Tree) -> LeafOrder:
    """Number the leaves from left to right.

    Examples
    --------
    >>> from w2v_edu.tree import from_nested
    >>> order = leaf_order(from_nested((2, (0, 1))))
    >>> order.rank, order.low, order.size
    (array([1, 2, 0]), array([1, 0], dtype=uint32), array([2, 3], dtype=uint32))
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
    on_left = np.array(leaves)[tree.children[:, 0]]
    first = np.array(low[V:])
    # Two neighbours among the leaves part at one node; that node and all above it are on both paths.
    together = np.zeros(V, dtype=np.int32)
    together[first + on_left] = np.array(depth[V:]) + 1
    table = [together]
    while (step := 1 << (len(table) - 1)) < V:
        nearer = table[-1]
        table.append(np.minimum(nearer, np.append(nearer[step:], np.zeros(step, np.int32))))
    word = np.argsort(rank)
    low_, left_, size_ = (np.array(a, dtype=np.uint32) for a in (first, on_left, leaves[V:]))
    return LeafOrder(tree, rank, word, low_, left_, size_, np.stack(table))


def shared_nodes(order: LeafOrder, a: Ints, b: Ints) -> Ints:
    """How many nodes the paths of the leaves at ranks a <= b share.

    Examples
    --------
    >>> from w2v_edu.tree import from_nested
    >>> order = leaf_order(from_nested(((0, (1, 2)), 3)))  # ranks are ids here
    >>> shared_nodes(order, np.array([0, 1, 2, 2]), np.array([2, 2, 2, 3])).tolist()
    [2, 3, 3, 1]
    """
    apart = b - a
    level = np.frexp(np.maximum(apart, 1))[1] - 1  # the largest power of two that fits between them
    V = len(order.rank)
    row = level * V
    least = np.minimum(
        order.shared.take(row + np.minimum(a + 1, V - 1)), order.shared.take(row + b + 1 - (1 << level))
    )
    return np.where(apart == 0, order.tree.lengths.take(order.word.take(a)), least)


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


def block_nodes(order: LeafOrder, ranks: Ints, above: Ints) -> BlockNodes:
    """Each block's nodes, each once: of every word, those that its left neighbour's path does not have.

    Parameters
    ----------
    ranks : ndarray of int, shape (n, B)
        The leaf ranks of the words of n blocks, sorted along the second axis.
    above : ndarray of int, shape (V,)
        How many nodes at the beginning of each word's path are left out.
    """
    words = order.word.take(ranks)
    known = above.take(words)
    shared = shared_nodes(order, ranks[:, :-1], ranks[:, 1:])
    np.maximum(known[:, 1:], shared, out=known[:, 1:])
    new = order.tree.lengths.take(words) - known
    count = new.ravel()
    first = order.tree.offsets.take(words).ravel() + known.ravel() - (np.cumsum(count) - count)
    at = np.repeat(first, count) + np.arange(count.sum())
    return BlockNodes(order.tree.nodes_flat.take(at), new.sum(axis=1))

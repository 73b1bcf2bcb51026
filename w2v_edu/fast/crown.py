"""The crown of a tree: its topmost nodes, which are on so many paths that all words are asked about them.

Inner nodes are numbered in the order in which they are made, so the last D of them hold, with every node,
all that are above it; in a Huffman tree they are the D with the most below them. Down to some depth the path
of a word runs in the crown. Below hang D + 1 branches, each a range of leaves; all words of a branch
pass the same nodes of the crown, and turn the same way at each.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.leaf_order import LeafOrder

__all__ = ["Crown", "crown_of"]

Ints = NDArray[np.int64]


class Crown(NamedTuple):
    """The topmost D nodes of a tree.

    Attributes
    ----------
    first : int
        The crown's nodes are numbered from here to V - 2.
    depth : ndarray of int, shape (V,)
        How many nodes of the path of the word at each leaf rank are in the crown.
    branch : ndarray of int, shape (V,)
        The branch that each word hangs on, numbered from left to right.
    turns : ndarray of 0 and 1, shape (D + 1, 2 D)
        Of each branch: which nodes of the crown its words pass, and then at which they turn left, t = 1.
    """

    first: int
    depth: NDArray[Any]
    branch: Ints
    turns: NDArray[Any]


def crown_of(order: LeafOrder, D: int, dtype: Any) -> Crown:
    """The crown of the D topmost nodes; of all, if there are no more.

    Examples
    --------
    >>> from w2v_edu.fast.leaf_order import leaf_order
    >>> from w2v_edu.tree import from_nested
    >>> crown = crown_of(leaf_order(from_nested((((0, 1), 2), 3))), 2, int)
    >>> crown.first, crown.depth.tolist(), crown.branch
    (1, [2, 2, 2, 1], array([0, 0, 1, 2]))
    >>> crown.turns[:, :2].tolist(), crown.turns[:, 2:].tolist()  # the root is the last node
    ([[1, 1], [1, 1], [0, 1]], [[1, 1], [0, 1], [0, 0]])
    """
    V, children = order.tree.V, order.tree.children
    first = max(0, V - 1 - D)
    below = children[first:].ravel()
    leaves, branches = below[below < V], below[(below >= V) & (below < V + first)] - V
    starts = np.sort(np.concatenate([order.rank[leaves], order.low[branches].astype(np.int64)]))
    # In unsigned numbers, what is below 0 becomes huge: see `turns`.
    place = starts.astype(order.low.dtype)[:, None] - order.low[first:]
    asked, left = place < order.size[first:], place < order.left[first:]
    branch = np.searchsorted(starts, np.arange(V), side="right") - 1
    depth = asked.sum(axis=1)[branch].astype(order.length.dtype)
    return Crown(first, depth, branch[order.rank], np.hstack([asked, left]).astype(dtype))

"""The two programs' own Huffman trees: equal mean code length, other ties than the reference's."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from w2v_edu.counts import check_counts
from w2v_edu.tree import Tree

__all__ = ["gensim_tree", "two_pointer_tree"]


@dataclass
class _Node:
    """What gensim keeps in its heap: compared by the count alone, so ties fall as the heap has them."""

    count: float
    child: int

    def __lt__(self, other: "_Node") -> bool:
        return self.count < other.count


def gensim_tree(counts: ArrayLike) -> Tree:
    """The tree as gensim builds it.

    Examples
    --------
    >>> gensim_tree([5, 3, 2, 1]).lengths.tolist()
    [1, 2, 3, 3]
    """
    heap = [_Node(count, word) for word, count in enumerate(check_counts(counts).tolist())]
    heapq.heapify(heap)
    V, children = len(heap), []
    for node in range(V - 1):
        light, heavy = heapq.heappop(heap), heapq.heappop(heap)
        children.append((light.child, heavy.child))
        heapq.heappush(heap, _Node(light.count + heavy.count, V + node))
    return Tree(np.array(children))


def two_pointer_tree(counts: ArrayLike) -> Tree:
    """The tree as word2vec.c builds it, whatever the order of the counts.

    `huffman_word2vec_c` insists on falling counts. The program does not look, and </s> at index 0 need not be
    the most frequent word: then the tree is a little worse than Huffman's.
    """
    weight = check_counts(counts).tolist()
    V, made = len(weight), list[float]()
    children = []
    leaf, inner = V - 1, 0
    for _ in range(V - 1):
        pair = []
        for _side in range(2):
            if leaf >= 0 and (inner >= len(made) or weight[leaf] < made[inner]):
                pair.append((leaf, weight[leaf]))
                leaf -= 1
            else:
                pair.append((V + inner, made[inner]))
                inner += 1
        children.append((pair[0][0], pair[1][0]))
        made.append(pair[0][1] + pair[1][1])
    return Tree(np.array(children))

"""Binary trees over the vocabulary, for hierarchical softmax: paths, signs, codes.

A word is a leaf, an inner node owns an output vector. Inner nodes are numbered in the order in which they
are made, as in word2vec.c, so the root is V - 2. Left is code 0, sign [[.]] = +1 and label t = 1; right is
code 1, sign -1 and label 0.
"""

import heapq
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.counts import check_counts
from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid

__all__ = ["Tree", "balanced", "entropy", "from_nested", "huffman", "huffman_word2vec_c"]

Ints = NDArray[np.int64]
Child = int  # below V: the leaf of that word; V + n: inner node n


@dataclass(frozen=True, eq=False)
class Tree:
    """A full binary tree with V leaves and V - 1 inner nodes.

    Attributes
    ----------
    children : ndarray of int, shape (V - 1, 2)
        Left and right child of each inner node. A number below V is the leaf of that word; V + n is inner
        node n, which must have been made before.

    Examples
    --------
    >>> tree = huffman([4, 2, 1])
    >>> tree.paths[2], tree.signs[2], tree.codes[2]
    (array([1, 0]), array([1, 1]), array([0, 0]))
    >>> tree.root, tree.lengths.tolist()
    (1, [1, 2, 2])
    """

    children: Ints

    def __post_init__(self) -> None:
        inner = len(self.children)
        if self.children.shape != (inner, 2) or inner < 1:
            raise W2VError(f"children has shape {self.children.shape}; expected (V - 1, 2) with V >= 2")
        if not np.array_equal(np.sort(self.children, axis=None), np.arange(2 * inner)):
            raise W2VError(
                "this is not a tree: each leaf and each inner node but the root must be a child once"
            )
        if (self.children - self.V >= np.arange(inner)[:, None]).any():
            raise W2VError("this is not a tree: a node must be made after both of its children")

    @property
    def V(self) -> int:
        """Leaves: the size of the vocabulary."""
        return len(self.children) + 1

    @property
    def root(self) -> int:
        """The inner node n(w, 1) that every path starts from."""
        return len(self.children) - 1

    @cached_property
    def lengths(self) -> Ints:
        """L(w) - 1 of each word: the inner nodes on its path, the bits of its code. Shape (V,)."""
        return np.diff(self.offsets)

    @cached_property
    def offsets(self) -> Ints:
        """Where each word's path starts in `nodes_flat`. Shape (V + 1,)."""
        return np.concatenate([[0], np.cumsum(self._depths()[: self.V])])

    @cached_property
    def nodes_flat(self) -> Ints:
        """The paths of all words, one after another, each from the root down."""
        return self._climb()[0]

    @cached_property
    def codes_flat(self) -> Ints:
        """The codes of all words, one after another: 0 left, 1 right."""
        return self._climb()[1]

    @cached_property
    def paths(self) -> tuple[Ints, ...]:
        """Inner nodes n(w, 1), .., n(w, L(w) - 1) of each word w, root first."""
        return tuple(np.split(self.nodes_flat, self.offsets[1:-1]))

    @cached_property
    def codes(self) -> tuple[Ints, ...]:
        """The bits of each word: 0 where the path turns left. (Not the label: t = 1 - code.)"""
        return tuple(np.split(self.codes_flat, self.offsets[1:-1]))

    @cached_property
    def signs(self) -> tuple[Ints, ...]:
        """[[n(w, j+1) = ch(n(w, j))]] of (38): +1 where the path turns left, -1 where right."""
        return tuple(1 - 2 * code for code in self.codes)

    def log_probabilities(self, u: NDArray[Any]) -> NDArray[Any]:
        """log p(w) of every leaf, (37), given the score u_n = v'_n . h of every inner node.

        Parameters
        ----------
        u : ndarray, shape (V - 1,)

        Returns
        -------
        ndarray, shape (V,)
            Their exponentials sum to 1, (43).

        Examples
        --------
        >>> p = np.exp(huffman([4, 2, 1]).log_probabilities(np.array([0.3, -2.0])))
        >>> round(float(p.sum()), 12)
        1.0
        """
        turns = log_sigmoid((1 - 2 * self.codes_flat) * u[self.nodes_flat])
        return np.asarray(np.add.reduceat(turns, self.offsets[:-1]))

    def expected_length(self, p: ArrayLike) -> float:
        """The mean code length sum_w p(w) (L(w) - 1), in bits.

        A Huffman tree's lies between the entropy of `p` and entropy + 1, and no tree's is shorter.

        Examples
        --------
        >>> huffman([4, 2, 1, 1]).expected_length([0.5, 0.25, 0.125, 0.125])
        1.75
        """
        return float(np.dot(p, self.lengths))

    def _parents(self) -> tuple[Ints, Ints]:
        """Parent and side (0 left, 1 right) of every leaf and every inner node but the root, the last."""
        parent = np.empty(2 * self.V - 2, dtype=np.int64)
        side = np.empty(2 * self.V - 2, dtype=np.int64)
        for turn in (0, 1):
            parent[self.children[:, turn]] = self.V + np.arange(self.V - 1)
            side[self.children[:, turn]] = turn
        return parent, side

    def _depths(self) -> Ints:
        depth = np.zeros(2 * self.V - 1, dtype=np.int64)
        for node in range(self.root, -1, -1):  # a node is made after its children
            depth[self.children[node]] = depth[self.V + node] + 1
        return depth

    def _climb(self) -> tuple[Ints, Ints]:
        """Walk all words up to the root at once, writing each path from its end."""
        parent, side = self._parents()
        nodes = np.empty(self.offsets[-1], dtype=np.int64)
        codes = np.empty(self.offsets[-1], dtype=np.int64)
        words = np.arange(self.V)
        here, place = words, self.offsets[1:] - 1
        while len(words):
            nodes[place], codes[place] = parent[here] - self.V, side[here]
            here, place = parent[here], place - 1
            going = place >= self.offsets[words]
            words, here, place = words[going], here[going], place[going]
        return nodes, codes


def huffman(counts: ArrayLike) -> Tree:
    """The Huffman tree of the word counts, by a heap.

    Parameters
    ----------
    counts : array_like of int, shape (V,)
        How often each word occurs, in any order; all positive.

    Returns
    -------
    Tree
        With the smallest possible mean code length.

    Raises
    ------
    W2VError
        If there are fewer than two words, or a count is not positive.

    Notes
    -----
    The two lightest are merged, and the lighter of them becomes the left child. Ties: a leaf goes before an
    inner node, a word with the smaller id before one with the larger, an older node before a newer.

    Examples
    --------
    >>> [code.tolist() for code in huffman([5, 3, 2, 1]).codes]
    [[0], [1, 0], [1, 1, 1], [1, 1, 0]]
    """
    weights = check_counts(counts).tolist()
    heap: list[tuple[float, Child]] = [(weight, word) for word, weight in enumerate(weights)]
    heapq.heapify(heap)
    V, children = len(weights), []
    for node in range(V - 1):
        (light, left), (heavy, right) = heapq.heappop(heap), heapq.heappop(heap)
        children.append((left, right))
        heapq.heappush(heap, (light + heavy, V + node))
    return Tree(np.array(children))


def huffman_word2vec_c(counts: ArrayLike) -> Tree:
    """The Huffman tree as word2vec.c builds it: two pointers over counts in descending order, no heap.

    Parameters
    ----------
    counts : array_like of int, shape (V,)
        In descending order, as word2vec.c sorts its vocabulary.

    Raises
    ------
    W2VError
        If the counts are not in descending order, or not positive.

    Notes
    -----
    Its mean code length is that of `huffman`; the shapes differ by the rule for ties. Here an inner node goes
    before a leaf of the same weight (the C compares with <), and among leaves the later, that is the rarer,
    word goes first.
    """
    weight = check_counts(counts)
    if (np.diff(weight) > 0).any():
        at = int(np.argmax(np.diff(weight) > 0))
        raise W2VError(
            f"word2vec.c's tree needs counts in descending order; word {at + 1} occurs "
            f"{weight[at + 1]:g} times, more than word {at} with {weight[at]:g}"
        )
    V = len(weight)
    made: list[float] = []
    children: list[tuple[Child, Child]] = []
    leaf, inner = V - 1, 0

    def lightest() -> tuple[Child, float]:
        nonlocal leaf, inner
        if leaf >= 0 and (inner >= len(made) or weight[leaf] < made[inner]):
            leaf -= 1
            return leaf + 1, float(weight[leaf + 1])
        inner += 1
        return V + inner - 1, made[inner - 1]

    for _ in range(V - 1):
        (left, light), (right, heavy) = lightest(), lightest()
        children.append((left, right))
        made.append(light + heavy)
    return Tree(np.array(children))


def balanced(V: int) -> Tree:
    """The tree whose code lengths differ by one at most: words stand at the leaves in order.

    Examples
    --------
    >>> balanced(5).lengths.tolist()
    [3, 3, 2, 2, 2]
    """
    if V < 2:
        raise W2VError(f"a tree needs at least two words; the vocabulary has {V}")

    def half(low: int, high: int) -> Any:
        middle = (low + high + 1) // 2
        return low if high - low == 1 else (half(low, middle), half(middle, high))

    return from_nested(half(0, V))


def from_nested(nested: tuple[Any, Any]) -> Tree:
    """The tree that a nested tuple of word ids draws: ``((0, 1), 2)``.

    Parameters
    ----------
    nested : tuple
        (left, right), where each is a word id or again such a tuple. The ids are 0, .., V - 1, each once.

    Examples
    --------
    >>> from_nested(((0, 1), 2)).codes[1].tolist()
    [0, 1]
    """

    def count(part: Any) -> int:
        return count(part[0]) + count(part[1]) if isinstance(part, tuple) else 1

    V = count(nested)
    children: list[tuple[Child, Child]] = []

    def make(part: Any) -> Child:
        if not isinstance(part, tuple):
            return int(part)
        children.append((make(part[0]), make(part[1])))
        return V + len(children) - 1

    make(nested)
    return Tree(np.array(children))


def entropy(p: ArrayLike) -> float:
    """The entropy -sum p log2 p of a distribution, in bits: no code of its words is shorter on average.

    Examples
    --------
    >>> entropy([0.5, 0.25, 0.25])
    1.5
    """
    p = np.asarray(p, dtype=np.float64)
    p = p[p > 0]
    return float(-np.dot(p, np.log2(p)))

"""Hierarchical softmax: the inner nodes on the path to the word are asked, label 1 where it turns left."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid, sigmoid
from w2v_edu.model import OutputTrace, check_word
from w2v_edu.objectives.questions import Questions
from w2v_edu.tree import Tree

__all__ = ["Hierarchical"]


@dataclass(frozen=True, eq=False)
class Hierarchical:
    """Section 3.1 of the paper: p(w_O) is the product of the turns on the way to its leaf.

    Attributes
    ----------
    tree : Tree
        Over the same vocabulary; W_out has one row for each of its V - 1 inner nodes.

    Examples
    --------
    Word 0 is left of the root, whose score is log 3: sigma = 3/4, t = 1, so e = -1/4 and E = -log(3/4).

    >>> from w2v_edu.tree import from_nested
    >>> W_out = np.array([[9.0, 9.0], [np.log(3.0), 7.0]])  # node 1, made last, is the root
    >>> out = Hierarchical(from_nested((0, (1, 2)))).trace(np.array([1.0, 0.0]), W_out, w_O=0)
    >>> out.nodes, out.signs, out.t, out.e
    (array([1]), array([1]), array([1.]), array([-0.25]))
    >>> bool(np.isclose(out.E, -np.log(0.75)))
    True
    """

    tree: Tree

    name: ClassVar[str] = "hierarchical"
    link: ClassVar[str] = "sigmoid"
    loss: ClassVar[str] = (
        r"E = -\sum_{j=1}^{L(w)-1} \log\sigma([\![n(w,j+1)=\mathrm{ch}(n(w,j))]\!]"
        r" {\mathbf{v}'_{n(w,j)}}^T \mathbf{h})"
    )

    def rows(self, V: int) -> int:
        """R = V - 1: every inner node owns an output vector."""
        if self.tree.V != V:
            raise W2VError(f"the tree has {self.tree.V} leaves and the vocabulary {V} words: they must match")
        return V - 1

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word, (46)."""
        check_word("target", w_O, self.tree.V)
        u = W_out[self.tree.paths[w_O]] @ h
        return -log_sigmoid(self.tree.signs[w_O] * u).sum()  # (46)

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """Equations (37) to (53) for one target word. M = L(w_O) - 1."""
        E = self.E(h, W_out, w_O)
        nodes = self.tree.paths[w_O]  # n(w, 1), .., n(w, L(w) - 1)    (M,)
        signs = self.tree.signs[w_O]  # (38) (44)    (M,)
        v = W_out[nodes]  # (45)      (M, N)
        u = v @ h  #                  (M,)
        y = sigmoid(u)  # (39)        (M,)
        t = (signs == 1).astype(np.float64)  #    (M,)
        e = y - t  # (49)             (M,)
        d_rows = np.outer(e, h)  # (50)    (M, N)
        EH = v.T @ e  # (53)          (N,)
        codes = self.tree.codes[w_O]
        return OutputTrace(nodes, u, y, t, e, E, d_rows, EH, w_O, nodes=nodes, signs=signs, codes=codes)

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """The nodes on each path; the label is 1 - code."""
        tree = self.tree
        lengths = tree.lengths[targets]
        ends = np.cumsum(lengths)
        at = np.arange(ends[-1]) + np.repeat(tree.offsets[targets] - (ends - lengths), lengths)
        return Questions(tree.nodes_flat[at], 1.0 - tree.codes_flat[at], lengths)

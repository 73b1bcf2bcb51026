"""One sheet per objective, and what every sheet says.

An objective is which rows, which labels, which link. A new one is a new sheet, a line here, and its rows in
the ledger; every sweep then picks it up.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.model import OutputTrace, Params
from w2v_edu.noise import Noise
from w2v_edu.objectives.hierarchical import Hierarchical
from w2v_edu.objectives.nce import NCE
from w2v_edu.objectives.negative import Negative
from w2v_edu.objectives.questions import Questions
from w2v_edu.objectives.softmax import Softmax
from w2v_edu.tree import Tree

__all__ = [
    "ALIASES",
    "NCE",
    "OBJECTIVES",
    "Hierarchical",
    "Negative",
    "Objective",
    "Questions",
    "Softmax",
    "check_rows",
    "make_objective",
    "objective_name",
]

OBJECTIVES = ("softmax", "hierarchical", "negative", "nce")
ALIASES = {"hs": "hierarchical", "ns": "negative"}


class Objective(Protocol):
    """What a sheet says. Nobody inherits from this: it is a description, for the type checker and for you."""

    @property
    def name(self) -> str:
        """One of `OBJECTIVES`."""

    @property
    def link(self) -> str:
        """How scores become predictions: "softmax" over all of them, or a "sigmoid" of each."""

    @property
    def loss(self) -> str:
        """E, as one formula in the reader's LaTeX."""

    def rows(self, V: int) -> int:
        """R, the rows that W_out must have for a vocabulary of V words."""

    def E(self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()) -> Any:
        """The loss of one target word."""

    def trace(
        self, h: NDArray[Any], W_out: NDArray[Any], w_O: int, W_neg: tuple[int, ...] = ()
    ) -> OutputTrace:
        """The paper's formulas for one target word, line by line."""

    def questions(
        self, targets: NDArray[np.int64], noise: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> Questions:
        """Which rows, which labels, which offset, for many target words at once."""


def objective_name(name: str) -> str:
    """The full name of an objective, from itself or its short form.

    Examples
    --------
    >>> objective_name("hs")
    'hierarchical'
    """
    full = ALIASES.get(name, name)
    if full not in OBJECTIVES:
        raise W2VError(f"objective {name!r} is not one of {', '.join(OBJECTIVES)} (or hs, ns)")
    return full


def check_rows(params: Params, objective: Objective) -> None:
    """Raise a `W2VError` if W_out has not the R rows that the objective needs for this vocabulary."""
    R = objective.rows(params.V)
    if params.R != R:
        raise W2VError(
            f"W_out has {params.R} rows; the {objective.name} objective needs R = {R} "
            f"for a vocabulary of V = {params.V} words"
        )


def make_objective(
    name: str, *, tree: Tree | None = None, noise: Noise | None = None, K: int | None = None
) -> Objective:
    """The objective of that name, with the data that it needs.

    Parameters
    ----------
    name : str
        One of `OBJECTIVES`, or hs, ns.
    tree : Tree, optional
        Needed by "hierarchical".
    noise, K : Noise and int, optional
        Needed by "nce".

    Raises
    ------
    W2VError
        If the name is unknown, or the data is missing.
    """
    full = objective_name(name)
    if full == "softmax":
        return Softmax()
    if full == "negative":
        return Negative()
    if full == "hierarchical":
        if tree is None:
            raise W2VError("hierarchical softmax needs a tree: pass tree=huffman(counts)")
        return Hierarchical(tree)
    if noise is None or K is None:
        raise W2VError("NCE needs its noise distribution and K: pass noise=Noise.from_counts(counts), K=5")
    return NCE(noise, K)

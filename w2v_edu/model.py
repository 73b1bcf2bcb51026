"""The shape of things: parameters, one training example, and the trace of one pass over it."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError

__all__ = [
    "Example",
    "OutputTrace",
    "Params",
    "Trace",
    "cbow",
    "check_word",
    "one_word",
    "random_params",
    "skipgram",
]

Array = NDArray[Any]
InputSide = Literal["one-word", "cbow", "skip-gram"]
Combine = Literal["mean", "sum"]


@dataclass(frozen=True, eq=False)
class Params:
    """The two matrices that are learned.

    Attributes
    ----------
    W : ndarray, shape (V, N)
        Input vectors: row w is v_w.
    W_out : ndarray, shape (R, N)
        Output vectors: row j is v'_j, so Rong's W' is ``W_out.T``. R = V for words; V - 1 for the inner nodes
        of a tree.

    Raises
    ------
    W2VError
        If a matrix is not two-dimensional, holds integers, a nan or an infinity, if V < 2, or if the two
        disagree in N.

    Examples
    --------
    >>> params = Params(W=np.full((3, 2), 0.1), W_out=np.full((3, 2), 0.2))
    >>> params.V, params.N, params.R
    (3, 2, 3)
    >>> params.theta().shape  # the 2V x d stack
    (6, 2)
    """

    W: Array
    W_out: Array

    def __post_init__(self) -> None:
        for name, matrix in (("W", self.W), ("W_out", self.W_out)):
            _check_matrix(name, matrix)
        if self.W.shape[1] != self.W_out.shape[1]:
            raise W2VError(
                f"W has N = {self.W.shape[1]} columns and W_out has {self.W_out.shape[1]}: "
                "input and output vectors must have the same length"
            )
        if self.V < 2:
            raise W2VError(
                "W has one row: a vocabulary of one word leaves nothing to predict (V >= 2 expected)"
            )

    @property
    def V(self) -> int:
        """Vocabulary size: the rows of W."""
        return int(self.W.shape[0])

    @property
    def N(self) -> int:
        """Hidden size: the columns of both matrices."""
        return int(self.W.shape[1])

    @property
    def R(self) -> int:
        """Output vectors: the rows of W_out."""
        return int(self.W_out.shape[0])

    def theta(self) -> Array:
        """Both matrices stacked, W above W_out: shape (V + R, N), which is 2V x d where R = V."""
        return np.concatenate([self.W, self.W_out])

    def flat(self) -> Array:
        """Theta as one vector of (V + R) N numbers, row after row."""
        return self.theta().ravel()

    @classmethod
    def from_theta(cls, theta: Array, V: int) -> "Params":
        """The parameters back from the stack, whose first V rows are W."""
        return cls(W=theta[:V], W_out=theta[V:])

    @classmethod
    def from_flat(cls, flat: Array, V: int, N: int) -> "Params":
        """The parameters back from the flat vector."""
        return cls.from_theta(flat.reshape(-1, N), V)


def random_params(
    V: int, N: int, rng: np.random.Generator, *, R: int | None = None, scale: float = 1.0
) -> Params:
    """Normal random parameters of both matrices: no entry is zero, so no mistake can hide behind one.

    Parameters
    ----------
    V, N : int
        Vocabulary size and hidden size.
    rng : numpy.random.Generator
        Where the numbers come from.
    R : int, optional
        Rows of W_out; V if not given.
    scale : float
        Standard deviation.
    """
    return Params(scale * rng.standard_normal((V, N)), scale * rng.standard_normal((R or V, N)))


@dataclass(frozen=True)
class Example:
    """One training example: word ids in, word ids out, and the noise words that were drawn for it.

    Attributes
    ----------
    input_side : {"one-word", "cbow", "skip-gram"}
        Which of the paper's models.
    inputs : tuple of int
        The input words: C of them for CBOW, one otherwise. A word may repeat.
    targets : tuple of int
        The words to predict: C of them for skip-gram, one otherwise. A word may repeat.
    noise : tuple of tuple of int
        W_neg of each target, a multiset of K word ids. Data, drawn beforehand.
    combine : {"mean", "sum"}
        How CBOW makes h of its C input vectors: (17) is the mean; one well-known course takes the sum.

    See Also
    --------
    one_word, cbow, skipgram : the three ways to make one.
    """

    input_side: InputSide
    inputs: tuple[int, ...]
    targets: tuple[int, ...]
    noise: tuple[tuple[int, ...], ...] = ()
    combine: Combine = "mean"

    def __post_init__(self) -> None:
        if self.input_side not in get_args(InputSide):
            raise W2VError(f"input side {self.input_side!r} is not one of {', '.join(get_args(InputSide))}")
        if self.combine not in get_args(Combine):
            raise W2VError(f"combine is {self.combine!r}; expected 'mean' (the paper's CBOW) or 'sum'")
        for what, words in (("input", self.inputs), ("target", self.targets), *self._named_noise()):
            if any(w < 0 for w in words):
                raise W2VError(f"{what} word id {min(words)} is negative: ids count from 0")
        if not self.inputs or not self.targets:
            raise W2VError(
                f"the context of this {self.input_side} example is empty: at least one word expected"
            )
        if self.input_side != "cbow" and len(self.inputs) != 1:
            raise W2VError(f"a {self.input_side} example has one input word, not {len(self.inputs)}")
        if self.input_side != "skip-gram" and len(self.targets) != 1:
            raise W2VError(f"a {self.input_side} example has one target word, not {len(self.targets)}")
        if not self.noise:
            object.__setattr__(self, "noise", ((),) * len(self.targets))
        if len(self.noise) != len(self.targets):
            raise W2VError(
                f"{len(self.noise)} lists of noise words for {len(self.targets)} target words: "
                "each target needs its own W_neg"
            )

    @property
    def C(self) -> int:
        """Context words: the inputs of CBOW, the targets of skip-gram, 1 for one-word."""
        return max(len(self.inputs), len(self.targets))

    @property
    def weight(self) -> float:
        """What each input vector counts in h: 1/C for the mean, (17), else 1."""
        return 1.0 / len(self.inputs) if self.combine == "mean" else 1.0

    def _named_noise(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return tuple(("noise", words) for words in self.noise)


def one_word(w_I: int, w_O: int, W_neg: tuple[int, ...] = ()) -> Example:
    """The one-word context of Section 1.1: `w_I` predicts `w_O`.

    Examples
    --------
    >>> one_word(3, 1, W_neg=(0, 0, 2)).noise
    ((0, 0, 2),)
    """
    return Example("one-word", (w_I,), (w_O,), (tuple(W_neg),))


def cbow(
    context: tuple[int, ...], w_O: int, W_neg: tuple[int, ...] = (), combine: Combine = "mean"
) -> Example:
    """The CBOW of Section 1.2: C context words predict `w_O`.

    Examples
    --------
    >>> cbow((5, 1, 5), 2).C
    3
    """
    return Example("cbow", tuple(context), (w_O,), (tuple(W_neg),), combine)


def skipgram(w_I: int, context: tuple[int, ...], noise: tuple[tuple[int, ...], ...] = ()) -> Example:
    """The skip-gram of Section 2: `w_I` predicts each of C context words, a panel each.

    Examples
    --------
    >>> skipgram(2, (5, 1), noise=((0, 3), (4, 4))).C
    2
    """
    return Example("skip-gram", (w_I,), tuple(context), tuple(tuple(words) for words in noise))


@dataclass(frozen=True, eq=False)
class OutputTrace:
    """What happens at the output for one target word: M output vectors are asked, and answer.

    Attributes
    ----------
    rows : ndarray of int, shape (M,)
        Which rows of W_out take part, in the order of the formula. A repeated noise word stands there as
        often as it was drawn.
    u, y, t, e : ndarray, shape (M,)
        Score, prediction, label and error of each: e = y - t.
    E : float
        The loss.
    d_rows : ndarray, shape (M, N)
        dE/dv'_j of each occurrence: e_j h.
    EH : ndarray, shape (N,)
        dE/dh: the sum of e_j v'_j.
    w_O : int
        The target word.
    W_neg : tuple of int
        Its noise words; empty where the objective has none.
    nodes, signs, codes : ndarray, shape (M,), or None
        Under hierarchical softmax: the inner nodes from the root down, [[.]] of (38) at each, and the bits.
    offset : ndarray, shape (M,), or None
        Under NCE: log(K q), subtracted from the scores before the sigmoid.
    """

    rows: NDArray[np.int64]
    u: Array
    y: Array
    t: Array
    e: Array
    E: Any
    d_rows: Array
    EH: Array
    w_O: int
    W_neg: tuple[int, ...] = ()
    nodes: NDArray[np.int64] | None = None
    signs: NDArray[np.int64] | None = None
    codes: NDArray[np.int64] | None = None
    offset: Array | None = None

    @property
    def multiplicity(self) -> dict[int, int]:
        """How often each noise word was drawn: W_neg is a multiset."""
        return {w: self.W_neg.count(w) for w in sorted(set(self.W_neg))}


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything that the paper names, for one example.

    Attributes
    ----------
    x : ndarray, shape (C, V); one row for one-word and skip-gram
        The one-hot input vectors.
    h : ndarray, shape (N,)
        The hidden layer.
    outputs : tuple of OutputTrace
        One panel for each target word.
    E : float
        The loss of the example: the sum over its panels.
    EH : ndarray, shape (N,)
        dE/dh, summed over the panels.
    EI : ndarray, shape (R,)
        The errors of the panels, added up at the rows they belong to, (31).
    dW, dW_out : ndarray, shapes (V, N) and (R, N)
        The gradient. No learning rate in it.
    """

    example: Example
    objective: str
    x: Array
    h: Array
    outputs: tuple[OutputTrace, ...]
    E: Any
    EH: Array
    EI: Array
    dW: Array
    dW_out: Array

    @property
    def output(self) -> OutputTrace:
        """The one panel of one-word and CBOW; the first of skip-gram."""
        return self.outputs[0]


def check_word(what: str, w: int, V: int) -> None:
    """Raise a `W2VError` if the word id `w` is not one of 0, .., V - 1."""
    if not 0 <= w < V:
        raise W2VError(f"{what} word id {w} is out of range: the vocabulary has {V} words, ids 0 to {V - 1}")


def _check_matrix(name: str, matrix: Array) -> None:
    if not isinstance(matrix, np.ndarray) or matrix.ndim != 2:
        shape = getattr(matrix, "shape", type(matrix).__name__)
        raise W2VError(f"{name} is {shape}; expected a matrix with one row a vector (two dimensions)")
    if matrix.dtype.kind not in "fc":
        raise W2VError(f"{name} holds {matrix.dtype}; expected real numbers (write 1.0, not 1)")
    if matrix.size == 0:
        raise W2VError(f"{name} has shape {matrix.shape}: it is empty")
    bad = ~np.isfinite(matrix)
    if bad.any():
        row, column = (int(i) for i in np.argwhere(bad)[0])
        raise W2VError(
            f"{name}[{row}, {column}] is {matrix[row, column]}: every entry must be a finite number"
        )

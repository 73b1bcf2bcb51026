"""Word vectors with their vocabulary, as they are kept in files and asked questions."""

import os
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.result import Result
from w2v_edu.tree import Tree

__all__ = ["Use", "WordVectors", "from_result"]

Array = NDArray[Any]
Use = Literal["W", "W_out", "sum"]


@dataclass(frozen=True, eq=False, repr=False)
class WordVectors:
    """V words and what was learned about them.

    Attributes
    ----------
    words : tuple of str
        The word of each id.
    W : ndarray, shape (V, N)
        Input vectors.
    W_out : ndarray, shape (V, N) or (V - 1, N), or None
        Output vectors: of words, or of the inner nodes of a tree. None where a file holds one matrix only.
    counts : ndarray of int, shape (V,), or None
    settings : dict
        What it was trained with; empty where a file does not say.
    tree : Tree, optional
        Under hierarchical softmax.

    Examples
    --------
    >>> vectors = WordVectors(("jam", "juice"), np.eye(2), np.ones((2, 2)))
    >>> vectors.matrix("sum")
    array([[2., 1.],
           [1., 2.]])
    >>> vectors.id("milk")
    Traceback (most recent call last):
        ...
    w2v_edu.errors.W2VError: the word 'milk' is not in the vocabulary (2 words)
    """

    words: tuple[str, ...]
    W: Array
    W_out: Array | None = None
    counts: NDArray[np.int64] | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    tree: Tree | None = None
    _ids: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", {word: i for i, word in enumerate(self.words)})
        if len(self._ids) != len(self.words):
            twice = next(word for i, word in enumerate(self.words) if self._ids[word] != i)
            raise W2VError(f"the word {twice!r} stands twice among the {len(self.words)} words")
        if self.W.ndim != 2 or len(self.W) != len(self.words):
            raise W2VError(
                f"{len(self.words)} words, but W has shape {self.W.shape}: one row a word expected"
            )
        for name, matrix in (("W", self.W), ("W_out", self.W_out)):
            if matrix is not None and not np.isfinite(matrix).all():
                row = int(np.argwhere(~np.isfinite(matrix))[0, 0])
                raise W2VError(f"row {row} of {name} holds a number that is not finite")

    def __repr__(self) -> str:
        return f"<WordVectors: {self.V} words, N = {self.N}>"

    @property
    def V(self) -> int:
        """Vocabulary size."""
        return len(self.words)

    @property
    def N(self) -> int:
        """Length of a vector."""
        return int(self.W.shape[1])

    def id(self, word: str) -> int:
        """The id of a word."""
        try:
            return self._ids[word]
        except KeyError:
            hint = f"; it has {word.lower()!r}" if word.lower() in self._ids else ""
            raise W2VError(f"the word {word!r} is not in the vocabulary ({self.V} words){hint}") from None

    def matrix(self, use: Use = "W") -> Array:
        """One vector a word: W, W_out, or their sum. Shape (V, N).

        Raises
        ------
        W2VError
            If W_out is asked for and belongs to inner nodes, or is not there.
        """
        if use not in get_args(Use):
            raise W2VError(f"vectors {use!r} are not one of {', '.join(get_args(Use))}")
        if use == "W":
            return self.W
        if self.W_out is None:
            raise W2VError(f"{use!r} needs W_out, and this file holds one matrix only: use W")
        if self.tree is not None or len(self.W_out) != self.V:
            raise W2VError(
                f"{use!r} needs an output vector of each word; under hierarchical softmax the "
                f"{len(self.W_out)} rows of W_out belong to the inner nodes of the tree: use W"
            )
        return self.W_out if use == "W_out" else self.W + self.W_out


def from_result(result: Result, **settings: Any) -> WordVectors:
    """The vectors of a training run; further settings, such as the mode, are kept with its own."""
    kept = {**asdict(result.settings), **settings}
    return WordVectors(result.words, result.W, result.W_out, result.counts, kept, result.tree)


def suffix_of(path: str | os.PathLike[str]) -> str:
    """The ending of a path, in small letters, with its dot."""
    return os.path.splitext(os.fspath(path))[1].lower()

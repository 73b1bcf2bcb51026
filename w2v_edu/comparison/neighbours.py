"""Which words are near which: cosine similarity and 3CosAdd."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.vectors import Use, WordVectors
from w2v_edu.errors import W2VError

__all__ = ["Neighbour", "analogy", "analogy_ranks", "similar", "unit_rows"]

Array = NDArray[Any]
Analogies = Iterable[tuple[str, str, str, str]]


class Neighbour(NamedTuple):
    """A word and its score."""

    word: str
    score: float


def unit_rows(matrix: Array) -> Array:
    """Each row divided by its length; a row of zeros stays."""
    matrix = np.asarray(matrix, dtype=np.float64)
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(length > 0, length, 1.0))


def similar(vectors: WordVectors, word: str, *, use: Use = "W", top: int = 10) -> tuple[Neighbour, ...]:
    """The words whose vectors have the smallest angle to that of `word`.

    Parameters
    ----------
    vectors : WordVectors
    word : str
    use : {"W", "W_out", "sum"}
        Which vectors; under hierarchical softmax only W belongs to words.
    top : int
        How many, at most.

    Returns
    -------
    tuple of Neighbour
        Words with their cosine, nearest first; the word itself is left out.

    Examples
    --------
    >>> vectors = WordVectors(("jam", "jelly", "car"), np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]]))
    >>> similar(vectors, "jam")
    (Neighbour(word='jelly', score=0.8), Neighbour(word='car', score=0.0))
    """
    unit = unit_rows(vectors.matrix(use))
    w = vectors.id(word)
    if not unit[w].any():
        raise W2VError(f"the vector of {word!r} is zero: it has no direction to compare")
    return _best(vectors, unit @ unit[w], (w,), top)


def analogy(
    vectors: WordVectors, a: str, b: str, c: str, *, use: Use = "W", top: int = 10, exclude: bool = True
) -> tuple[Neighbour, ...]:
    """a is to b as c is to what? 3CosAdd: the x with the largest cos(x, b) - cos(x, a) + cos(x, c).

    Parameters
    ----------
    vectors : WordVectors
    a, b, c : str
    use, top
        As in `similar`.
    exclude : bool
        Whether a, b and c themselves are left out, as is usual. Without that the best answer is often b or c.

    Returns
    -------
    tuple of Neighbour
        Words with this sum, best first.

    Examples
    --------
    >>> W = np.array([[1.0, 0.0], [1.0, 1.0], [3.0, 0.1], [3.0, 3.1]])
    >>> vectors = WordVectors(("man", "woman", "king", "queen"), W)
    >>> analogy(vectors, "man", "woman", "king")[0].word
    'queen'
    """
    unit = unit_rows(vectors.matrix(use))
    ids = (vectors.id(a), vectors.id(b), vectors.id(c))
    scores = unit @ (unit[ids[1]] - unit[ids[0]] + unit[ids[2]])
    return _best(vectors, scores, ids if exclude else (), top)


def analogy_ranks(
    vectors: WordVectors, analogies: Analogies, *, use: Use = "W", exclude: bool = True
) -> NDArray[np.int64]:
    """The place of the right answer d among all words, 1 for the best, for each a : b = c : d.

    Words with the same score as d count as better, so that vectors which are all alike answer nothing.
    """
    unit = unit_rows(vectors.matrix(use))
    ranks = []
    for question in analogies:
        a, b, c, d = (vectors.id(word) for word in question)
        scores = unit @ (unit[b] - unit[a] + unit[c])
        right = scores[d]
        if exclude:
            scores[[a, b, c]] = -np.inf
        scores[d] = -np.inf
        ranks.append(1 + np.count_nonzero(scores >= right))
    return np.array(ranks, dtype=np.int64)


def _best(vectors: WordVectors, scores: Array, without: tuple[int, ...], top: int) -> tuple[Neighbour, ...]:
    if top < 1:
        raise W2VError(f"{top} words were asked for; one or more expected")
    order = np.argsort(-scores, kind="stable")
    kept = [w for w in order.tolist() if w not in without][:top]
    return tuple(Neighbour(vectors.words[w], round(float(scores[w]), 12)) for w in kept)

"""D of Goldberg and Levy (arXiv 1402.3722): the (word, context word) pairs of a text, as a multiset."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.stream import Block
from w2v_edu.corpus.vocabulary import Vocabulary
from w2v_edu.corpus.windows import window_pairs
from w2v_edu.errors import W2VError

__all__ = ["AT_ONCE", "Pairs", "Row", "gather_pairs", "pair_table", "positive_pairs"]

AT_ONCE = 1 << 20  # pairs at a time

Row = tuple[str, str, int]
Longs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pairs:
    """A multiset of (word, context word) pairs: D, or D'.

    Attributes
    ----------
    w, c : ndarray of int64, shape (M,)
        The M different pairs, sorted by word, then by context word.
    n : ndarray of int64, shape (M,)
        How often each of them is in the multiset, #(w, c).
    V : int
        Size of the vocabulary.

    Examples
    --------
    >>> D = Pairs.from_keys(np.array([1, 2, 1]), V=2)  # a key is w V + c
    >>> D.size, D.count(0, 1), D.counter()
    (3, 2, Counter({(0, 1): 2, (1, 0): 1}))
    """

    w: Longs
    c: Longs
    n: Longs
    V: int

    @classmethod
    def from_keys(cls, keys: Longs, V: int, n: Longs | None = None) -> "Pairs":
        """Pairs from keys w V + c, each counted `n` times (once if not given)."""
        distinct, counts = _counted(keys) if n is None else _merge([(keys, n)])
        return cls(*np.divmod(distinct, V), counts, V)

    @property
    def size(self) -> int:
        """|D|: all pairs, repeated ones as often as they occur."""
        return int(self.n.sum())

    @property
    def p_words(self) -> NDArray[np.float64]:
        """How often each word is the word of a pair, over |D|. Shape (V,)."""
        return np.asarray(np.bincount(self.w, self.n, self.V) / self.size)

    @property
    def p_contexts(self) -> NDArray[np.float64]:
        """How often each word is the context of a pair, over |D|. Shape (V,)."""
        return np.asarray(np.bincount(self.c, self.n, self.V) / self.size)

    def count(self, w: int, c: int) -> int:
        """#(w, c)."""
        i = int(np.searchsorted(self.w * self.V + self.c, w * self.V + c))
        return int(self.n[i]) if i < len(self.n) and (self.w[i], self.c[i]) == (w, c) else 0

    def counter(self) -> Counter[tuple[int, int]]:
        """The multiset as Python's own."""
        return Counter(
            dict(zip(zip(self.w.tolist(), self.c.tolist(), strict=True), self.n.tolist(), strict=True))
        )


def positive_pairs(
    blocks: Iterable[Block], V: int, window: int, shrink: np.random.Generator | None = None
) -> Pairs:
    """D: every word of a text with every word in the window around it.

    Memory grows with the number of different pairs, not with the text.

    Parameters
    ----------
    blocks : iterable of Block
        ``corpus.blocks()``.
    V : int
        Size of the vocabulary.
    window, shrink
        As in `contexts`.

    Raises
    ------
    W2VError
        If the window is not positive, or if no word has a neighbour.

    Examples
    --------
    >>> from w2v_edu.corpus import corpus_from_text
    >>> corpus = corpus_from_text("ripe apricot jam")
    >>> positive_pairs(corpus.blocks(), 3, window=1).counter()
    Counter({(0, 1): 1, (1, 0): 1, (1, 2): 1, (2, 1): 1})
    """
    keys = (w * V + c for w, c in (window_pairs(block, window, shrink) for block in blocks))
    D = gather_pairs(keys, V)
    if not D.size:
        raise W2VError("D is empty: no word of this text has a neighbour in its sentence")
    return D


def pair_table(D: Pairs, D_neg: Pairs, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """D and D' as rows (word, context word, label), repeated pairs as often as they occur; label 1, then 0.

    Examples
    --------
    >>> D, D_neg = Pairs.from_keys(np.array([1]), V=2), Pairs.from_keys(np.array([0, 0]), V=2)
    >>> pair_table(D, D_neg, Vocabulary(("apricot", "jam"), [1, 1]))
    (('apricot', 'jam', 1), ('apricot', 'apricot', 0), ('apricot', 'apricot', 0))
    """
    words = vocabulary.words
    return tuple(
        (words[w], words[c], label)
        for label, pairs in ((1, D), (0, D_neg))
        for (w, c), n in pairs.counter().items()
        for _ in range(n)
    )


def gather_pairs(keys: Iterable[Longs], V: int) -> Pairs:
    """Count keys w V + c as they come: memory grows with the different pairs, not with their number."""
    merged = (np.empty(0, np.int64), np.empty(0, np.int64))
    waiting: list[tuple[Longs, Longs]] = []
    for array in keys:
        waiting.append(_counted(array))
        if sum(len(key) for key, _ in waiting) > max(AT_ONCE, len(merged[0])):
            merged, waiting = _merge([merged, *waiting]), []
    distinct, n = _merge([merged, *waiting])
    return Pairs(*np.divmod(distinct, V), n, V)


def _counted(keys: Longs) -> tuple[Longs, Longs]:
    """Distinct keys, sorted, and how often each occurs."""
    keys = np.sort(keys)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.diff(first, append=len(keys))


def _merge(parts: list[tuple[Longs, Longs]]) -> tuple[Longs, Longs]:
    """Distinct keys, sorted, and the sums of their counts."""
    keys, n = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    order = np.argsort(keys, kind="stable")
    keys, n = keys[order], n[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.add.reduceat(n, first) if len(first) else n

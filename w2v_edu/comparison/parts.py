"""A text in two parts: one to train on, one held out. Every word of the vocabulary stays in the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus import Block
from w2v_edu.errors import W2VError
from w2v_edu.fast.text import Text

__all__ = ["Part", "split_text"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """Whole sentences of a text, in memory; what `train` and `held_out_loss` read.

    Attributes
    ----------
    words, counts : tuple of str and ndarray of int, shape (V,)
        Of the part that is trained on, in both parts: so both have the same vocabulary.
    block : Block
        The sentences, end to end.
    """

    words: tuple[str, ...]
    counts: Ints
    block: Block

    @property
    def n_tokens(self) -> int:
        """How many words this part has."""
        return len(self.block.ids)

    def blocks(self, n_tokens: int = 60_000) -> Iterator[Block]:
        """The sentences, about `n_tokens` words at a time."""
        ids, offsets = self.block.ids, self.block.offsets
        cuts = np.searchsorted(offsets, np.arange(0, len(ids), n_tokens), "right") - 1
        cuts = np.unique(np.concatenate([cuts, [len(offsets) - 1]]))
        for a, b in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            yield Block(ids[offsets[a] : offsets[b]], offsets[a : b + 1] - offsets[a])


def split_text(
    corpus: Text, share: float = 0.1, seed: int = 0, max_words: int = 1_000_000, most_held_out: int = 4_000
) -> tuple[Part, Part]:
    """Hold back some sentences, drawn by chance.

    Parameters
    ----------
    corpus : Corpus
    share : float
        The part of the words to hold back.
    seed : int
        The same seed, the same sentences.
    max_words : int
        A longer text is cut after the sentence that reaches this many words.
    most_held_out : int
        No more words than these are held back.

    Returns
    -------
    training, held_out : Part

    Raises
    ------
    W2VError
        If no sentence can be spared: each has a word that occurs nowhere else.
    """
    ids, offsets = _read(corpus, max_words)
    V = len(corpus.words)
    left = np.bincount(ids, minlength=V)
    wanted = min(share * len(ids), most_held_out)
    back = np.zeros(len(offsets) - 1, dtype=bool)
    taken = 0
    for i in np.random.default_rng(seed).permutation(len(back)):
        sentence = ids[offsets[i] : offsets[i + 1]]
        words, n = np.unique(sentence, return_counts=True)
        if len(sentence) >= 2 and taken + len(sentence) <= max(wanted, 2) and (left[words] > n).all():
            left[words] -= n
            back[i], taken = True, taken + len(sentence)
        if taken >= wanted:
            break
    if not back.any():
        raise W2VError(
            "no sentence can be held out: each has a word that occurs in no other; a longer text expected, "
            "or a higher --min-count"
        )
    keep = left > 0  # a text that was cut may have lost words
    new_id = np.where(keep, np.cumsum(keep) - 1, -1)
    kept = tuple(word for word, stays in zip(corpus.words, keep.tolist(), strict=True) if stays)
    counts = left[keep].astype(np.int64)
    parts = (_select(ids, offsets, ~back, new_id), _select(ids, offsets, back, new_id))
    return Part(kept, counts, parts[0]), Part(kept, counts, parts[1])


def _read(corpus: Text, max_words: int) -> tuple[Ints, Ints]:
    parts: list[NDArray[Any]] = []
    lengths: list[NDArray[Any]] = []
    total = 0
    for block in corpus.blocks():
        parts.append(np.asarray(block.ids))
        lengths.append(np.diff(block.offsets))
        total += len(block.ids)
        if total >= max_words:
            break
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    ids = np.concatenate(parts).astype(np.int64)
    last = min(int(np.searchsorted(offsets, max_words)), len(offsets) - 1)
    return ids[: offsets[last]], offsets[: last + 1]


def _select(ids: Ints, offsets: Ints, which: NDArray[np.bool_], new_id: Ints) -> Block:
    lengths = np.diff(offsets)
    kept = new_id[ids[np.repeat(which, lengths)]]
    return Block(kept.astype(np.int32), np.concatenate([[0], np.cumsum(lengths[which])]))

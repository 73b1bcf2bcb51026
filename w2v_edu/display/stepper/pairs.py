"""Training pairs as people write them: ``drink^juice|apple`` is input words, a bar, target words."""

import re
from collections import Counter

from w2v_edu.errors import W2VError
from w2v_edu.model import Example, InputSide

__all__ = ["Pair", "as_side", "examples_of", "pairs_text", "parse_pairs", "side_of", "vocabulary_of"]

Pair = tuple[tuple[str, ...], tuple[str, ...]]


def parse_pairs(text: str) -> tuple[Pair, ...]:
    """Read pairs that end with a comma, a semicolon or a new line.

    Raises
    ------
    W2VError
        If there are none, if one is no pair, or if one has several words on both sides.

    Examples
    --------
    >>> parse_pairs("apple|juice, drink^juice|apple")
    ((('apple',), ('juice',)), (('drink', 'juice'), ('apple',)))
    """
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if not pieces:
        raise W2VError("there are no training pairs: write some, such as drink^juice|apple")
    return tuple(_pair(piece) for piece in pieces)


def _pair(piece: str) -> Pair:
    sides = [tuple(word.strip() for word in side.split("^")) for side in piece.split("|")]
    if len(sides) != 2 or not all(word for side in sides for word in side):
        raise W2VError(f"'{piece}' is not a training pair: expected input|target, such as drink^juice|apple")
    if len(sides[0]) > 1 and len(sides[1]) > 1:
        raise W2VError(f"'{piece}' has several words on both sides: CBOW has one target, skip-gram one input")
    return sides[0], sides[1]


def side_of(pairs: tuple[Pair, ...]) -> InputSide:
    """What the pairs are as they stand.

    Examples
    --------
    >>> side_of(parse_pairs("apple|drink^juice, rice|eat"))
    'skip-gram'
    """
    if any(len(inputs) > 1 for inputs, _ in pairs):
        return "cbow"
    return "skip-gram" if any(len(targets) > 1 for _, targets in pairs) else "one-word"


def as_side(pairs: tuple[Pair, ...], side: InputSide) -> tuple[Pair, ...]:
    """The same co-occurrences seen from another side: a context changes its place, or falls apart into pairs.

    Examples
    --------
    >>> as_side(parse_pairs("drink^juice|apple"), "skip-gram")
    ((('apple',), ('drink', 'juice')),)
    >>> as_side(parse_pairs("drink^juice|apple"), "one-word")
    ((('drink',), ('apple',)), (('juice',), ('apple',)))
    """
    if side == "one-word":
        return tuple(((a,), (b,)) for inputs, targets in pairs for a in inputs for b in targets)
    one = 1 if side == "cbow" else 0  # the place that holds one word only
    return tuple((pair[1], pair[0]) if len(pair[one]) > 1 else pair for pair in pairs)


def vocabulary_of(pairs: tuple[Pair, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Words in the order of their first occurrence, and how often each occurs on either side."""
    counts = Counter(word for pair in pairs for side in pair for word in side)
    if len(counts) < 2:
        raise W2VError("the pairs hold one word only: a vocabulary needs at least two")
    return tuple(counts), tuple(counts.values())


def examples_of(pairs: tuple[Pair, ...], side: InputSide, words: tuple[str, ...]) -> tuple[Example, ...]:
    """The examples of the pairs on this side, without noise words."""
    ids = {word: w for w, word in enumerate(words)}
    return tuple(
        Example(side, tuple(ids[a] for a in inputs), tuple(ids[b] for b in targets))
        for inputs, targets in as_side(pairs, side)
    )


def pairs_text(examples: tuple[Example, ...], words: tuple[str, ...]) -> str:
    """Examples written as pairs; characters that the notation needs become spaces in the words."""
    clean = [re.sub(r"[,;|^\n]", " ", word) for word in words]
    sides = ((example.inputs, example.targets) for example in examples)
    return ", ".join("|".join("^".join(clean[w] for w in side) for side in pair) for pair in sides)

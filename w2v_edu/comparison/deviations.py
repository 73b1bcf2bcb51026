"""Where word2vec.c and gensim leave the paper: one named flag each, as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from w2v_edu.errors import W2VError

__all__ = ["DEVIATIONS", "MODES", "Deviation", "Flags", "flags_of"]

Flags = frozenset[str]
Kind = Literal["gradient", "order", "example", "setting"]


@dataclass(frozen=True)
class Deviation:
    """One way in which a program does not do what the paper says.

    Attributes
    ----------
    name : str
        The flag.
    programs : tuple of str
        Who does it.
    kind : {"gradient", "order", "example", "setting"}
        What a finite difference sees. "gradient": the step is not along -dE/dtheta, however small it is.
        "order": it is in the limit eta = 0; a part of the step sees what another part has changed. "example":
        the exact gradient, of another example. "setting": start, text, tree or learning rate; no gradient.
    explanation : str
        One line.
    """

    name: str
    programs: tuple[str, ...]
    kind: Kind
    explanation: str


BOTH, C, GENSIM = ("word2vec.c", "gensim"), ("word2vec.c",), ("gensim",)

_RECORDS = (
    Deviation(
        "no-1/C", BOTH, "gradient",
        "CBOW adds all of EH to each context vector, where (23) has EH / C",
    ),
    Deviation(
        "1/C-of-sum", GENSIM, "gradient",
        "CBOW with summed vectors (cbow_mean=0) divides EH by C on the way back, though the sum has no 1/C",
    ),
    Deviation(
        "context-is-input", BOTH, "example",
        "skip-gram feeds the context word in and predicts the centre word, a step for each pair",
    ),
    Deviation(
        "step-per-pair", BOTH, "order",
        "skip-gram takes a step after each context word, where (35) sums over all C of them first",
    ),
    Deviation(
        "hs-skip-6", BOTH, "gradient",
        "hierarchical softmax leaves out a node whose score is |u| >= 6",
    ),
    Deviation(
        "ns-saturate-6", C, "gradient",
        "negative sampling takes sigma for 0 or 1 where |u| > 6",
    ),
    Deviation(
        "ns-skip-6", GENSIM, "gradient",
        "negative sampling leaves out a word whose score is |u| >= 6",
    ),
    Deviation(
        "sigmoid-table", BOTH, "gradient",
        "sigma from a table of 1000 numbers; its scale 1000 / 6 / 2 is 83 by integer division, "
        "so sigma(0) = 0.494",
    ),
    Deviation(
        "skip-equal-negative", BOTH, "example",
        "a noise word that is the predicted word is left out and not drawn again, so there are fewer than K",
    ),
    Deviation(
        "negatives-see-updates", BOTH, "order",
        "the output vectors are changed one after another, so a noise word drawn twice meets its changed row",
    ),
    Deviation(
        "W_out-zero", BOTH, "setting",
        "W_out starts at zero, not at small random numbers as W does",
    ),
    Deviation(
        "W-twice-as-wide", GENSIM, "setting",
        "W starts uniform in +-1/N, where word2vec.c has +-1/(2N)",
    ),
    Deviation(
        "drawn-windows", BOTH, "setting",
        "each window is drawn from 1 .. window, so near words count more",
    ),
    Deviation(
        "subsampling-rule", BOTH, "setting",
        "a word of frequency f is kept with (sqrt(f/t) + 1) t/f, where the 2013 article has sqrt(t/f)",
    ),
    Deviation(
        "alpha-decays", BOTH, "setting",
        "the learning rate falls with the words seen, renewed every 10,000 words",
    ),
    Deviation(
        "end-of-sentence", C, "setting",
        "a word </s> with the count of the lines is pinned at index 0: a leaf of the tree; as noise it is "
        "replaced by any word",
    ),
    Deviation(
        "two-pointer-tree", C, "setting",
        "the Huffman tree is built by two pointers over sorted counts: same mean code length, other ties",
    ),
    Deviation(
        "heap-tree", GENSIM, "setting",
        "the Huffman tree is built by a heap that compares counts alone: same mean code length, other ties",
    ),
)  # fmt: skip

DEVIATIONS = {record.name: record for record in _RECORDS}

MODES: dict[str, Flags] = {
    "paper": frozenset(),
    **{
        program: frozenset(record.name for record in _RECORDS if program in record.programs)
        for program in BOTH
    },
}


def flags_of(mode: str, more: Iterable[str] = ()) -> Flags:
    """The flags of a mode, and more.

    Examples
    --------
    >>> flags_of("paper", ["no-1/C"])
    frozenset({'no-1/C'})
    >>> sorted(flags_of("gensim") - flags_of("word2vec.c"))
    ['1/C-of-sum', 'W-twice-as-wide', 'heap-tree', 'ns-skip-6']
    """
    if mode not in MODES:
        raise W2VError(f"mode {mode!r} is not one of {', '.join(MODES)}")
    for name in (more := tuple(more)):
        if name not in DEVIATIONS:
            raise W2VError(f"there is no deviation {name!r}; there are {', '.join(DEVIATIONS)}")
    return MODES[mode] | frozenset(more)

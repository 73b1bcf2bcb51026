"""Which equations a training step walks through, in which order, and what each of them shows."""

from typing import NamedTuple

from w2v_edu.ledger import LEDGER, Equation
from w2v_edu.model import InputSide

__all__ = ["AFTER", "NOTES", "Frame", "frames_for"]


class Frame(NamedTuple):
    """One stop of the walk.

    Attributes
    ----------
    number : str, or None
        The equation; None for the look back at the end.
    shows : str
        The quantity whose cells are in focus.
    says : str
    part : {"forward", "error", "update", "after"}
    note : str
        What a teacher adds.
    """

    number: str | None
    shows: str
    says: str
    part: str
    note: str = ""


INPUT = {"one-word": "1", "cbow": "17 18", "skip-gram": "24"}
UPDATE = {"one-word": "16", "cbow": "23", "skip-gram": "35"}

# The order of the paper, but that a row stands after what it needs: (26) before (25), EH before its update.
OUTPUT = {
    "one-word/softmax": "2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    "cbow/softmax": "2 3 19 20 21 8 9 22 12 15",
    "skip-gram/softmax": "26 25 27 28 29 30 31 32 33 34 36 15",
    "hierarchical": "37 38 39 40 43 44 45 46 47 48 49 50 51 52 53 54 15",
    "negative": "2 55 56 57 58 59 60 61 15",
    "nce": "2 nce-1 nce-3 nce-2 nce-8 nce-4 nce-5 nce-6 nce-7 15",
}

SHOWS = {
    "": "goal", "minus_E": "E", "u_c": "u", "y_c": "y", "e_c": "e", "signs": "sign", "one": "leaves",
    "d_rows": "dW_out", "dW_out_rows": "dW_out", "W_out_rows": "W_out", "W_out_rows_new": "W_out_new",
    "v_new": "W_new", "p_left": "y", "p_right": "y",
}  # fmt: skip
ERRORS, UPDATES = ("e", "EI", "EH", "dW", "dW_out"), ("W_new", "W_out_new")
PART = {**dict.fromkeys(ERRORS, "error"), **dict.fromkeys(UPDATES, "update")}

NOTES = {
    "1": "x is one-hot: a row is copied, nothing is multiplied.",
    "5": "The largest y and the largest log y are at the same place; that is all the max says.",
    "9": "One number of the error times one number of h: the gradient of W′ is an outer product.",
    "11": "With full softmax every output vector moves: the cost that Section 3 avoids.",
    "12": "W′ here is the old one: both gradients are taken before anything moves.",
    "22": "As in the one-word model: the output side does not know how h was made.",
    "23": "Each input vector gets its share 1/C, a word that occurs twice two shares. "
    "word2vec.c and gensim leave the 1/C out.",
    "24": "The input is the word in the middle. word2vec.c feeds the context word in instead.",
    "25": "The panels share their scores, so they share y too: what differs is the label t.",
    "31": "EI is C·y less the counts, and sums to zero. wevi takes y less a multi-hot label once (last "
    "column): that sums to 1 − C for C different words, and is not the gradient of (29).",
    "36": "W′ here is the old one: both gradients are taken before anything moves.",
    "38": "+1 where the path turns left.",
    "43": "Left and right share the probability at every node, so the leaves share 1.",
    "49": "t = 1 − code: the label is 1 where the path turns left.",
    "53": "W′ here is the old one, and only the nodes on the path take part.",
    "55": "W_neg is a multiset: a word drawn twice counts twice, one equal to the target on both sides.",
    "59": "1 + K rows of W′ move, whatever the size of the vocabulary.",
    "61": "W′ here is the old one, and only the words that were asked take part.",
    "nce-1": "With log(Kq) = 0 this is negative sampling.",
}
NOTE_FOR = {
    "15/cbow": "x is the mean of the C one-hot vectors: a row gets a C-th of EH each time its word occurs.",
}
AFTER = Frame(
    None,
    "after",
    "after the step: the same example again",
    "after",
    "Both matrices have moved. Next takes the next example.",
)

_ROWS = {row.number: row for row in LEDGER}


def frames_for(side: InputSide, objective: str) -> tuple[Frame, ...]:
    """The walk through one step of this model.

    Examples
    --------
    >>> [frame.number for frame in frames_for("cbow", "negative")]
    ['17', '18', '2', '55', '56', '57', '58', '59', '60', '61', '15', '23', None]
    """
    middle = OUTPUT.get(f"{side}/{objective}") or OUTPUT[objective]
    numbers = f"{INPUT[side]} {middle} {UPDATE[side]}".split()
    return (*(_frame(_ROWS[number], side) for number in numbers), AFTER)


def _frame(row: Equation, side: str) -> Frame:
    shows = SHOWS.get(row.identifier, row.identifier)
    note = NOTE_FOR.get(f"{row.number}/{side}", NOTES.get(row.number, ""))
    return Frame(row.number, shows, row.says, PART.get(shows, "forward"), note)

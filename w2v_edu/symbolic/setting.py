"""A setting: what the symbols of a line stand for. Records only; :mod:`w2v_edu.symbolic.settings` holds the
settings themselves.
"""

from dataclasses import dataclass, field

from .meaning import Entry, Index, Range, Theory
from .syntax import Node

__all__ = ["Phrase", "Setting", "Symbol"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a component of an array is spelled.

    Attributes
    ----------
    key : the name as the syntax tree gives it (``w'``, ``hat y``, ``j*``); with ``call`` it is applied,
        ``n(w,j)``.
    subs : one entry for each subscript (or argument): an index letter stands for any index of its space,
        other
        text for itself.
    entry : what it means, in the letters of ``subs`` and ``axes``: ``W_out[n[w, j], i]``; or the letter alone
        (w_j is the word number j).
    axes : letters left open: a vector has one, a matrix two.
    """

    key: str
    subs: tuple[str, ...]
    entry: Entry | Index
    axes: tuple[Index, ...] = ()
    call: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A notation that stands for another: ``p(w_j | w_I)`` for ``y_j``. Index letters in ``pattern`` stand
    for any index.
    """

    pattern: Node
    meaning: Node


@dataclass(frozen=True)
class Setting:
    """The theory of a model, and how its symbols are spelled.

    Attributes
    ----------
    theory : arrays and definitions, as meaning.
    title : for messages, ``one-word context with softmax``.
    letters : index letters with their ranges; a primed letter has the range of the letter.
    symbols, phrases : spellings.
    sets : sets that a sum may run over, each with its range: ``\\mathcal{W}_{neg}``, 1..K.
    scores : arrays that a derivative may name by their definition: v'_j . h for u_j.
    hints : for names that are not defined here, what to write: ``("L", "the loss is E")``.
    """

    theory: Theory
    title: str
    letters: dict[str, Range]
    symbols: tuple[Symbol, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    sets: tuple[tuple[Node, Range], ...] = ()
    scores: tuple[str, ...] = ()
    hints: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its theory."""
        return self.theory.name

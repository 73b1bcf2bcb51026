"""What the prover may use about the arrays of a setting: their definitions and what is assumed of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .language import Index, Term

__all__ = ["Facts", "Unit"]


@dataclass(frozen=True)
class Unit:
    """``sum over axis of array = 1``; the sum runs over the whole range first..last, no less."""

    array: str
    axis: int
    first: Term
    last: Term


@dataclass(frozen=True, eq=False)
class Facts:
    """Definitions, and facts about arrays.

    Attributes
    ----------
    definitions : name -> (axes, body); axes are the free letters of the body.
    positive : real arrays whose entries are all > 0.
    binary : real arrays whose entries are 0 or 1.
    unit : arrays that sum to one over an axis.
    injective : integer arrays, pairwise different along their last axis.
    apart : pairs of integer arrays that never take the same value (w_O is none of the noise words).
    off : families of rules that are switched off, to see whether a step needs them: ``definition``,
        ``derivative``, ``collapse``, ``sigma``, ``log``, ``binary``.
    """

    definitions: Mapping[str, tuple[tuple[Index, ...], Term]] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()
    binary: frozenset[str] = frozenset()
    unit: tuple[Unit, ...] = ()
    injective: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    off: frozenset[str] = frozenset()
    memo: dict[Term, object] = field(default_factory=dict, repr=False)

    def but(self, **changes: object) -> "Facts":
        """The same facts with changes, and nothing remembered."""
        return replace(self, memo={}, **changes)  # type: ignore[arg-type]  # keys are field names

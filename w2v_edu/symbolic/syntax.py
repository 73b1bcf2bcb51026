"""The syntax tree of a line of homework LaTeX: what stands there, before anyone asks what it means.

Each node keeps the column (``at``, from 1) where it begins in the text, for messages; columns take no part
in comparisons.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = [
    "Apply",
    "Big",
    "Bracket",
    "Chain",
    "Choice",
    "Differential",
    "Dots",
    "Fraction",
    "Line",
    "Mark",
    "Name",
    "Negative",
    "Node",
    "Numeral",
    "Paren",
    "Ranged",
    "Script",
    "SetOf",
    "Slot",
    "Terms",
    "Times",
    "Union",
]


@dataclass(frozen=True, slots=True)
class Numeral:
    """``2`` or ``0.75``."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A letter or a word, with its primes: ``w'``, ``\\mathbf{v}'``, ``\\mathrm{EH}``, ``\\sigma``.

    ``style`` is how it is set: "" (italic), ``bf``, ``rm``, ``cal``, ``bb``; ``accent`` is ``hat``,
    ``tilde``, ``bar`` or "". Bold and upright take no part in the meaning; calligraphic letters and accents
    do.
    """

    text: str
    primes: int = 0
    style: str = ""
    accent: str = ""
    at: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """How settings call it: ``w'``, ``hat y``, ``cal W``."""
        prefix = f"{self.accent} " if self.accent else "cal " if self.style == "cal" else ""
        return prefix + self.text + "'" * self.primes


@dataclass(frozen=True, slots=True)
class Mark:
    """A superscript that is not a power: ``T`` (transposed), ``new``, ``old``, ``*``."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """The dot that stands for all values of an index, ``W_{(k, \\cdot)}``, and for the condition just named
    in ``[[.]]``.
    """

    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dots:
    """``\\cdots``: and so on."""

    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Script:
    """``base_{sub}^{sup}``; ``sub`` is a list: ``w_{ij}`` and ``w_{i,j}`` mean the same, ``commas`` says
    how it is set.
    """

    base: "Node"
    sub: tuple["Node", ...] = ()
    sup: "Node | None" = None
    at: int = field(default=0, compare=False)
    commas: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Paren:
    """``( body )``."""

    body: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """``function(arguments)``, ``\\log x``; ``bar`` counts the arguments before ``\\mid``, 0 where there is
    none.
    """

    function: "Node"
    arguments: tuple["Node", ...]
    bar: int = 0
    at: int = field(default=0, compare=False)
    bare: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """``-body`` at the start of a sum or of a factor."""

    body: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with the signs ``+`` and ``-`` between them (one fewer than terms)."""

    terms: tuple["Node", ...]
    signs: tuple[str, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Times:
    """Factors and what stands between them: "" (nothing), ``cdot``, ``times``, ``otimes``, ``odot`` or
    ``/``.
    """

    factors: tuple["Node", ...]
    signs: tuple[str, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fraction:
    """``\\frac{top}{bottom}``."""

    top: "Node"
    bottom: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Differential:
    """``\\frac{\\partial of}{\\partial by}``; ``sign`` is ``partial``, ``d`` or ``nabla``; ``inline`` if
    written with a slash.
    """

    of: "Node"
    by: "Node"
    sign: str = "partial"
    inline: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Big:
    """A ``sum``, ``prod``, ``max`` or ``min`` with its body, which runs to the end of the term.

    ``limits`` are what stands below, in order: a :class:`Ranged` or a :class:`Chain` (``k \\neq j``), or a
    bare letter.
    """

    kind: str
    limits: tuple["Node", ...]
    upper: "Node | None"
    body: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SetOf:
    """``\\{a, b, \\dots\\}``."""

    items: tuple["Node", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Union:
    """``A \\cup B``."""

    sets: tuple["Node", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Ranged:
    """``letter = items`` (``j = 1, \\dots, V``, or ``j = 1`` below a sum) or ``letter \\in set`` (one item,
    a set).
    """

    letter: "Node"
    items: tuple["Node", ...]
    member: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A condition as a number: ``kind`` ``sign`` for ``[\\![.]\\!]`` (1 or -1), ``one`` for ``1[.]`` (1 or
    0).
    """

    kind: str
    condition: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """``\\begin{cases}``: rows of a value and its condition; the condition None is "otherwise"."""

    rows: tuple[tuple["Node", "Node | None"], ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """``sides[0] relations[0] sides[1] ...`` with relations ``=``, ``:=``, ``leftarrow``, ``neq``, ``<``,
    ``>``, ``leq``, ``geq``.

    A line that starts with ``=`` has ``sides[0]`` None: it continues the line above. One side alone is an
    expression.
    """

    sides: tuple["Node | None", ...]
    relations: tuple[str, ...] = ()
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its chain, and the conditions that stand beside it (``j = 1, \\dots, V``; ``if w \\neq o``)."""

    chain: Chain
    conditions: tuple["Node", ...] = ()
    number: int = field(default=1, compare=False)
    at: int = field(default=0, compare=False)


Node: TypeAlias = (
    Numeral
    | Name
    | Mark
    | Slot
    | Dots
    | Script
    | Paren
    | Apply
    | Negative
    | Terms
    | Times
    | Fraction
    | Differential
    | Big
    | SetOf
    | Union
    | Ranged
    | Bracket
    | Choice
    | Chain
)

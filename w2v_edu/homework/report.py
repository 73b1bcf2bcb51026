"""The report of one check: for a reader, for a notebook, for a machine."""

from dataclasses import dataclass
from html import escape
from typing import Any

from w2v_edu.homework.compare import Departure
from w2v_edu.homework.hints import HINTS, SPOKEN, spoken

__all__ = ["VERDICTS", "Report"]

VERDICTS = ("correct", "wrong", "not finished", "crashed", "ran out of time", "ran out of memory")
MARK = {"correct": "✓", "wrong": "✗", "not finished": "…"}


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes
    ----------
    name : str
        What was checked.
    verdict : str
        One of `VERDICTS`.
    convention : tuple of str
        Where the answer follows another convention than ours; never a mistake.
    stability : tuple of str
        What happens at large scores or in float32; never a mistake.
    mistakes : tuple of str
        Keys of the catalogue that together give the student's answer at every test point.
    or_mistakes : tuple of str
        Single mistakes that would give the very same answers as the first of `mistakes`.
    clues : tuple of str
        What is known about a wrong answer besides.
    departure : Departure or None
        The first place where the answer is not the truth.
    equation : int or None
        The equation of the paper that gives that quantity.
    findings : tuple of str
        What else was noticed, such as what happens without any context word.
    message : str
        Why there is no answer to judge: what was raised, what is missing.
    parts_right, parts : int
        How many of the quantities that are returned are right throughout, and how many there are.
    about : str
        How the question was read: notation, model, quantities, number of test points.
    hint : int
        How much `text` says: 0 which part, 1 which equation and where, 2 the mistake and what to change.
    """

    name: str
    verdict: str
    convention: tuple[str, ...] = ()
    stability: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    or_mistakes: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    departure: Departure | None = None
    equation: int | None = None
    findings: tuple[str, ...] = ()
    message: str = ""
    parts_right: int = 0
    parts: int = 1
    about: str = ""
    hint: int = 2

    @property
    def correct(self) -> bool:
        """Whether the answer is right, by whatever convention."""
        return self.verdict == "correct"

    @property
    def cause(self) -> str:
        """The mistakes in words; empty where the catalogue has none that fits."""
        titles = [HINTS[key].title for key in self.mistakes]
        text = "; and ".join(titles)
        if self.or_mistakes:
            text += "; or, with the same answers: " + "; or ".join(
                HINTS[key].title for key in self.or_mistakes
            )
        return text

    def points(self, most: float) -> float:
        """Points for the answer: `most` times the share of its quantities that are right, a plain float.

        Examples
        --------
        >>> Report("dJ_dv_c", "correct", parts_right=1).points(3)
        3.0
        """
        share = 1.0 if self.correct else self.parts_right / max(self.parts, 1)
        return float(most * share)

    def lines(self) -> list[str]:
        """The report as lines of text, at its hint strength."""
        said = [f"{MARK.get(self.verdict, '!')} {self.name}: {self.verdict}{self._by_convention()}"]
        if self.message:
            said.append(f"  {self.message[0].upper()}{self.message[1:]}")
        if self.departure is not None:
            said += self._where()
        if self.hint >= 2 and not self.correct:
            said += self._why()
        said += [f"  Noticed: {text}." for text in self.findings]
        said += [f"  Stability: {text}." for text in self.stability]
        if self.about and not self.correct:
            said.append(f"  Read as: {self.about}.")
        return said

    def _by_convention(self) -> str:
        return f" (convention: {'; '.join(self.convention)})" if self.convention else ""

    def _where(self) -> list[str]:
        found = self.departure
        assert found is not None
        equation = f", equation ({self.equation})" if self.equation and self.hint >= 1 else ""
        said = [f"  Look at {spoken(found.quantity)}{equation}."]
        if self.hint < 1:
            return said
        said[0] += f" It first departs {found.point}:"
        if found.problem:
            return [*said, f"    {found.problem}"]
        name = found.quantity if found.quantity in SPOKEN else "entry "
        place = f"{name}[{', '.join(map(str, found.entry))}]" if found.entry else name.strip()
        said.append(
            f"    {place}   yours {_number(found.yours)}   expected {_number(found.expected)}"
            f"   difference {_number(found.difference)}"
        )
        return said

    def _why(self) -> list[str]:
        said = []
        if self.mistakes:
            said.append(f"  The mistake: {self.cause}.")
            said += [f"  What to change: {HINTS[key].change}" for key in self.mistakes]
        elif self.departure is not None:
            said.append("  No mistake of the catalogue gives exactly this answer.")
        said += [f"  What is known: {clue}." for clue in self.clues]
        return said

    @property
    def text(self) -> str:
        """The report as one text."""
        return "\n".join(self.lines())

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        color = {"correct": "#1b7837", "wrong": "#b2182b"}.get(self.verdict, "#8c510a")
        first, *rest = self.lines()
        body = "\n".join(escape(line) for line in rest)
        return (
            f'<div role="status"><strong style="color:{color}">{escape(first)}</strong>'
            f'<pre style="margin:0.3em 0 0; white-space:pre-wrap">{body}</pre></div>'
        )

    def as_dict(self) -> dict[str, Any]:
        """The report for a machine, at its hint strength."""
        return {
            "name": self.name,
            "verdict": self.verdict,
            "convention": "; ".join(self.convention),
            "stability": "; ".join(self.stability),
            "cause": self.cause if self.hint >= 2 else "",
            "equation": self.equation if self.hint >= 1 else None,
            "message": self.text,
        }


def _number(x: float | None) -> str:
    return "-" if x is None else f"{x:.6g}"

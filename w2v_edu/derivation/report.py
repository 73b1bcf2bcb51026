"""What is told about checked lines: as text, as HTML, as records."""

from dataclasses import dataclass
from html import escape

from w2v_edu.derivation.render import large
from w2v_edu.derivation.texts import FACTORS, MISSING, TEXTS
from w2v_edu.symbolic.decide import Verdict
from w2v_edu.symbolic.tokens import Unreadable

__all__ = ["CheckedLine", "LinesReport"]

RIGHT = ("start", "proved", "proved if", "recovered")
WRONG = ("wrong", "carried")
TINY = 1e-30  # what 50 digits leave of a zero


@dataclass(frozen=True)
class CheckedLine:
    """One line with its verdict.

    Attributes
    ----------
    number, latex : as written.
    status : ``start``, ``proved``, ``proved if``, ``recovered``, ``wrong``, ``carried``, ``unproved``,
        ``unreadable`` or ``untranslated``.
    verdict : of the prover, with a certified counter-example if the line is wrong.
    term : source of the first term that does not belong there, or "".
    follows : number of the wrong line that this one continues.
    column, reason, expected : of a line that cannot be read.
    """

    number: int
    latex: str
    status: str
    verdict: Verdict | None = None
    term: str = ""
    follows: int = 0
    side: int = 0
    sides: tuple[str, ...] = ()
    column: int = 0
    reason: str = ""
    expected: str = ""

    @property
    def ok(self) -> bool:
        """Is the line right?"""
        return self.status in RIGHT

    @property
    def message(self) -> str:
        """What is found, in one sentence."""
        if self.status == "unreadable":
            tail = TEXTS["expected"].format(expected=self.expected) if self.expected else ""
            return TEXTS["unreadable"].format(column=self.column, reason=self.reason) + tail
        if self.status == "wrong":
            return TEXTS["wrong"].format(place=self.place, left=self.value(0), right=self.value(1))
        points = self.verdict.points if self.verdict else 0
        name = "no value" if self.status == "unproved" and not points else self.status
        reason = self.reason or (self.verdict.reason if self.verdict else "")
        return TEXTS[name].format(line=self.follows, assumption=self.assumption, points=points, reason=reason)

    @property
    def assumption(self) -> str:
        """What a right line needs, or ""."""
        return "; ".join(self.verdict.assumptions) if self.verdict else ""

    @property
    def hint(self) -> str:
        """What may have gone wrong, or ""."""
        if self.status != "wrong" or self.verdict is None:
            return ""
        factor = self.verdict.factor
        if factor is not None:
            return factor_text(str(factor))
        return TEXTS["differs"].format(term=self.term) if self.term else ""

    @property
    def place(self) -> str:
        """Sizes and indices of the counter-example: ``V = 2, N = 2; j = 1``."""
        example = self.verdict.counterexample if self.verdict else None
        if example is None:
            return ""
        groups = (example.sizes, example.letters)
        return "; ".join(", ".join(f"{k} = {n}" for k, n in group.items()) for group in groups if group)

    def value(self, side: int) -> str:
        """One side of the counter-example, to six digits."""
        example = self.verdict.counterexample if self.verdict else None
        if example is None:
            return ""
        number = float((example.left, example.right)[side])
        return f"{number:.6g}" if abs(number) > TINY else "0"


def factor_text(factor: str) -> str:
    if factor in FACTORS:
        return FACTORS[factor]
    if factor.startswith("1/"):
        return MISSING["over"].format(size=factor[2:])
    return MISSING["times"].format(size=factor)


def shown(latex: str) -> str:
    """The line as MathML, or as its source where it cannot be read."""
    try:
        return large(latex)
    except Unreadable:
        return f"<code>{escape(latex)}</code>"


@dataclass(frozen=True)
class LinesReport:
    """All lines of a derivation, checked."""

    lines: tuple[CheckedLine, ...]
    setting: str = ""

    @property
    def ok(self) -> bool:
        """Is every line right?"""
        return all(line.ok for line in self.lines)

    @property
    def first_wrong(self) -> CheckedLine | None:
        """Where it first goes wrong."""
        return next((line for line in self.lines if line.status in WRONG), None)

    @property
    def summary(self) -> str:
        """One sentence about the whole."""
        wrong = [line for line in self.lines if line.status in WRONG]
        unsettled = [line for line in self.lines if not line.ok and line not in wrong]
        if wrong:
            return TEXTS["failed"].format(wrong=len(wrong), lines=len(self.lines), first=wrong[0].number)
        if unsettled:
            return TEXTS["open"].format(open=len(unsettled), lines=len(self.lines))
        return TEXTS["passed"]

    def __str__(self) -> str:
        out = [f"{self.setting}: {self.summary}" if self.setting else self.summary]
        for line in self.lines:
            out.append(f"{line.number:3}  {line.latex}")
            out.append(f"     {line.message}")
            if line.hint:
                out.append(f"     {line.hint}")
        return "\n".join(out)

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr class="{escape(line.status)}"><td>{line.number}</td><td>{shown(line.latex)}</td>'
            f"<td>{escape(line.message)}{'<br/>' if line.hint else ''}{escape(line.hint)}</td></tr>"
            for line in self.lines
        )
        return f'<table class="lines"><caption>{escape(self.summary)}</caption><tbody>{rows}</tbody></table>'

"""The lines that a student writes, checked one after another.

A line that starts with ``=`` continues the one above. After a wrong line, the next is compared with the wrong
one and with the last right one: so an error is counted once, and what follows from it is told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from w2v_edu.derivation.report import CheckedLine, LinesReport
from w2v_edu.derivation.source import Written, line_sources, sides_of
from w2v_edu.derivation.terms import first_wrong_term
from w2v_edu.symbolic.bridge import NotTranslated, goals_of
from w2v_edu.symbolic.decide import Verdict, decide
from w2v_edu.symbolic.elaborate import elaborate
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.syntax import Chain, Line, Node
from w2v_edu.symbolic.tex import Unreadable, parse

__all__ = ["check_lines"]


def check_lines(
    lines: str | Sequence[str], setting: Setting, start: str = "", macros: dict[str, str] | None = None
) -> LinesReport:
    """Check a written derivation line by line.

    Parameters
    ----------
    lines : str or sequence of str
        LaTeX: a display, an ``align``, lines between dollars; or one string for each line.
    setting : Setting
        What the symbols stand for: ``settings.setting("cbow", "softmax")``.
    start : str
        The quantity that the first line continues, if that line starts with ``=``.
    macros : dict, optional
        The author's macros.

    Examples
    --------
    >>> from w2v_edu.symbolic.settings import setting
    >>> report = check_lines(r'''
    ... \\frac{\\partial E}{\\partial h_i} = \\sum_{j=1}^V e_j w'_{ij}
    ... = \\sum_{j=1}^V (y_j + t_j) w'_{ij}''', setting("one-word", "softmax"))
    >>> [line.status for line in report.lines]
    ['proved', 'wrong']
    """
    sources = line_sources(lines) if isinstance(lines, str) else list(lines)
    state = State(setting, macros, parse(start, macros).chain.sides[0] if start else None)
    checked = []
    for number, source in enumerate(sources, 1):
        found = state.check(source, number)
        checked.append(found)
    return LinesReport(tuple(checked), setting.title)


@dataclass
class State:
    """What the lines so far have come to.

    Attributes
    ----------
    good : the last side that was right (or where the chain starts).
    bad : the last side, if it was wrong, with its line number.
    """

    setting: Setting
    macros: dict[str, str] | None
    good: Node | None
    bad: tuple[Node, int] | None = None

    def check(self, source: str, number: int) -> CheckedLine:
        """The verdict on one line; remembers where it leads."""
        line = CheckedLine(number, source, "start")
        try:
            parsed = parse(source, self.macros)
            if not parsed.chain.relations:
                self.good, self.bad = parsed.chain.sides[0], None
                return line
            return self.settle(line, parsed)
        except Unreadable as error:
            return replace(
                line, status="unreadable", column=error.column, reason=error.reason, expected=error.expected
            )
        except NotTranslated as error:
            return replace(line, status="untranslated", reason=str(error))

    def settle(self, line: CheckedLine, parsed: Line) -> CheckedLine:
        first = parsed.chain.sides[0]
        left = first if first is not None else self.good
        last = parsed.chain.sides[-1]
        if first is None and self.bad is not None:
            return self.after_wrong(line, parsed, last)
        written = Written(self.setting, line.latex, parsed, left)
        verdict, at = self.decide(written)
        line = judged(line, verdict, written, at)
        if line.status == "wrong":
            if first is not None and self.bad is not None and self.follows(self.bad[0], parsed):
                line = replace(line, status="carried", follows=self.bad[1])
            self.good = left
            self.bad = (last, line.number) if last is not None else None
        else:
            self.good, self.bad = last, None
        return line

    def after_wrong(self, line: CheckedLine, parsed: Line, last: Node | None) -> CheckedLine:
        """A line that continues a wrong one: right if it equals the last right side, else perhaps carried."""
        assert self.bad is not None
        wrong_side, wrong_line = self.bad
        written = Written(self.setting, line.latex, parsed, self.good)
        verdict, at = self.decide(written)
        if verdict.proved:
            self.good, self.bad = last, None
            return replace(judged(line, verdict, written, at), status="recovered", follows=wrong_line)
        line = judged(line, verdict, written, at)
        if self.follows(wrong_side, parsed):
            line = replace(line, status="carried", follows=wrong_line)
        if last is not None:
            self.bad = (last, line.number)
        return line

    def decide(self, written: Written) -> tuple[Verdict, int]:
        """The verdict on a chain: the first equality that is not proved, or the last; and which one it is."""
        claim = elaborate(written.parsed, self.setting, written.left)
        verdict, needs = None, list[str]()
        for n, goal in enumerate(goals_of(claim, self.setting.theory)):
            verdict = decide(goal)
            if not verdict.proved:
                return verdict, n
            needs += verdict.assumptions
        assert verdict is not None
        return replace(verdict, assumptions=tuple(dict.fromkeys(needs))), 0

    def follows(self, wrong: Node, parsed: Line) -> bool:
        """Does the last side of this line equal the wrong side before it?"""
        chain = Chain((None, parsed.chain.sides[-1]), ("=",), parsed.chain.at)
        claim = elaborate(replace(parsed, chain=chain), self.setting, wrong)
        return all(decide(goal).proved for goal in goals_of(claim, self.setting.theory))


def judged(line: CheckedLine, verdict: Verdict, written: Written, at: int) -> CheckedLine:
    """The line with what the prover found."""
    if verdict.status != "wrong":
        status = "proved if" if verdict.proved and verdict.assumptions else verdict.status
        return replace(line, status=status, verdict=verdict)
    term = first_wrong_term(written, at)
    return replace(line, status="wrong", verdict=verdict, term=term, side=at, sides=sides_of(written))

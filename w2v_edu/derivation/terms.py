"""The first term of a wrong line that does not belong there."""

from w2v_edu.derivation.source import Written, sides_of
from w2v_edu.symbolic.bridge import NotTranslated, goals_of
from w2v_edu.symbolic.budget import OutOfTime, budget
from w2v_edu.symbolic.elaborate import elaborate
from w2v_edu.symbolic.goals import Goal
from w2v_edu.symbolic.normal import Unsupported, normalise
from w2v_edu.symbolic.poly import Poly, add, scale
from w2v_edu.symbolic.rational import is_zero
from w2v_edu.symbolic.syntax import Chain, Line, Negative, Node, Terms
from w2v_edu.symbolic.tex import Unreadable

__all__ = ["first_wrong_term"]

SECONDS = 2.0


def first_wrong_term(written: Written, at: int) -> str:
    """The source of the first term, on the right of the ``at``-th equality, that the left side does not hold;
    "" if that cannot be said.
    """
    sides = written.parsed.chain.sides
    left = written.left if at == 0 else sides[at]
    right = sides[at + 1]
    if not isinstance(right, Terms) or left is None:
        return ""
    try:
        with budget(SECONDS):
            return _first(written, left, right, at)
    except (Unsupported, OutOfTime, NotTranslated, Unreadable):
        return ""


def _first(written: Written, left: Node, right: Terms, at: int) -> str:
    truth: Poly | None = None
    for n, term in enumerate(right.terms):
        goal = goal_of(written, left, term)
        if goal is None:
            return ""
        facts = goal.given.facts
        if truth is None:
            truth = normalise(goal.left, facts)
        sign = -1 if n and right.signs[n - 1] == "-" else 1
        mine = scale(normalise(goal.right, facts), sign)
        rest = add(truth, scale(mine, -1))
        if len(rest) > len(truth) - len(mine) and not is_zero(rest, facts):
            return source_of(written, right, n, at)
        truth = rest
    return ""


def goal_of(written: Written, left: Node, term: Node) -> Goal | None:
    chain = Chain((None, term), ("=",), term.at)
    line = Line(chain, written.parsed.conditions, written.parsed.number, term.at)
    goals = goals_of(elaborate(line, written.setting, left), written.setting.theory)
    return goals[0] if goals else None


def source_of(written: Written, right: Terms, n: int, at: int) -> str:
    """The text of the n-th term, with its sign."""
    start = right.terms[n].at - 1
    later = right.terms[n + 1].at - 1 if n + 1 < len(right.terms) else None
    if later is None:
        whole = sides_of(written)[at + 1]
        later = written.latex.index(whole) + len(whole) if whole in written.latex else len(written.latex)
    text = written.latex[start:later].strip().rstrip("+-&= ")
    sign = right.signs[n - 1] if n else ""
    inner = right.terms[n]
    return f"{sign}{text}" if not isinstance(inner, Negative) else text

"""Checking a derivation: each step is decided by the prover, and its rule is verified."""

from dataclasses import dataclass
from functools import cache

from w2v_edu.derivation.derivation import Derivation, Step
from w2v_edu.errors import W2VError
from w2v_edu.ledger import equation
from w2v_edu.symbolic.bridge import goals_of
from w2v_edu.symbolic.decide import Verdict, decide
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.goals import Goal, letters_of
from w2v_edu.symbolic.proofs import goals_of_row
from w2v_edu.symbolic.rules import RULES, Rule, rules_named
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.steps import Earlier, follows_by, recognise

__all__ = ["Checked", "CheckedStep", "check", "goals_between"]


@dataclass(frozen=True)
class CheckedStep:
    """One step with its verdict.

    Attributes
    ----------
    verdict : of the equation, previous side = this side.
    follows : whether the named rule makes this step; without a name, whether a single rule was recognised.
    rule : the named or recognised rule, "" if there is none.
    """

    step: Step
    verdict: Verdict
    follows: bool
    rule: str

    @property
    def ok(self) -> bool:
        return self.verdict.proved and (self.follows or not self.step.by)


@dataclass(frozen=True)
class Checked:
    """A derivation with the verdicts of its steps."""

    derivation: Derivation
    steps: tuple[CheckedStep, ...]

    @property
    def ok(self) -> bool:
        """Is every step proved, and every named rule the right one?"""
        return all(s.ok for s in self.steps)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the steps need, each once."""
        return tuple(dict.fromkeys(a for s in self.steps for a in s.verdict.assumptions))

    @property
    def seconds(self) -> float:
        """Of deciding, all steps together."""
        return sum(s.verdict.seconds for s in self.steps)

    def __str__(self) -> str:
        lines = [self.derivation.title or self.derivation.start]
        for s in self.steps:
            by = s.rule or "no single rule"
            mark = "" if s.follows or not s.step.by else " (true, but not by this rule)"
            lines.append(f"  {s.verdict.status:9} = {s.step.tex}   [{by}]{mark}")
        return "\n".join(lines)


def check(d: Derivation) -> Checked:
    """Decide every step and verify every rule."""
    results = [r for other in d.uses for r in result_of(other)]
    out = []
    for before, step in zip(d.sides, d.steps, strict=False):
        goals = goals_between(d.setting, before, step.tex, d.where)
        verdict = decide(goals[-1])
        follows, rule = rule_of(step, goals[-1], d.setting, results)
        out.append(CheckedStep(step, verdict, follows, rule))
    return Checked(d, tuple(out))


def goals_between(setting: Setting, left: str, right: str, where: str = "") -> tuple[Goal, ...]:
    """The goal(s) of ``left = right`` in a setting."""
    claim = read(f"{left} = {right} {where}", setting)
    return goals_of(claim, setting.theory)


def rule_of(step: Step, goal: Goal, setting: Setting, results: list[Earlier]) -> tuple[bool, str]:
    """(whether the named rules make the step, their names); a step without a name gets one recognised."""
    if not step.by:
        found = recognise(goal, results)
        return bool(found), found
    rules, numbers = parts_of(step.by)
    rows = [e for number in numbers for e in row_of(number, setting.name)]
    return follows_by(goal, rules, [*rows, *results]), step.by


def parts_of(by: str) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """The rules and the equation numbers that ``by`` names: ``(8), algebra``."""
    names = [part.strip() for part in by.split(",")]
    numbers = tuple(name for name in names if name.startswith("("))
    rest = ", ".join(name for name in names if not name.startswith("("))
    rules = rules_named(rest) if rest else ()
    if rules is None:
        raise W2VError(f"{rest!r} is not a rule; the rules are {', '.join(RULES)}, or numbers such as (8)")
    return (*rules, RULES["earlier result"]) if numbers else rules, numbers


@cache
def row_of(number: str, setting_name: str) -> tuple[Earlier, ...]:
    """An equation of the ledger, proved in this setting, for use from left to right."""
    _, model = setting_name.split("/", 1)
    goals = goals_of_row(equation(number), model)
    if not all(decide(g).proved for g in goals):
        raise W2VError(f"equation {number} is not proved in {model}")
    known = [Earlier(g.left, g.right, letters_of(g.left, g.right)) for g in goals]
    if len(goals) > 1:
        ends = goals[0].left, goals[-1].right
        known.insert(0, Earlier(*ends, letters_of(*ends)))
    return tuple(known)


def result_of(d: Derivation) -> list[Earlier]:
    """The first side of a derivation = its last, for use in another."""
    goals = goals_between(d.setting, d.start, d.sides[-1], d.where)
    return [Earlier(g.left, g.right, letters_of(g.left, g.right)) for g in goals if g.where == 1]

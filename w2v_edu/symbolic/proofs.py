"""The rows of a ledger, proved from their own LaTeX: for general sizes, in every model they speak about."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import sympy as sp

from .bridge import NotTranslated, goals_of
from .decide import Verdict, compare, decide
from .elaborate import read
from .goals import Goal
from .language import Delta, Term, size, word
from .settings import named
from .theorems import Theorem
from .theorems_models import leaves_sum_to_one

__all__ = ["Proof", "Row", "goals_of_row", "prove", "proved_rows"]


class Row(Protocol):
    """What a proof needs of a row of a ledger."""

    @property
    def number(self) -> str: ...
    @property
    def latex(self) -> str: ...
    @property
    def left(self) -> str: ...
    @property
    def general(self) -> str: ...
    @property
    def models(self) -> tuple[str, ...]: ...
    @property
    def panel(self) -> bool: ...
    @property
    def grade(self) -> str: ...
    @property
    def document(self) -> str: ...


@dataclass(frozen=True)
class Proof:
    """What the prover found about one row.

    Attributes
    ----------
    number : of the row.
    verdict : ``proved``, ``wrong``, ``unproved``, or ``said`` where there is nothing to prove.
    assumption : what the printed form needs (``the context words are pairwise different``), or "".
    general : whether the row's general form, if it has one, is proved without an assumption.
    models : for which it is settled.
    method : ``normal form``, or the name of a theorem.
    seconds : of processor time, for all its models together.
    detail : of a row that is not proved: which model, and why.
    """

    number: str
    verdict: str
    assumption: str = ""
    general: bool = False
    models: tuple[str, ...] = ()
    method: str = "normal form"
    seconds: float = 0.0
    detail: str = ""


def prove(row: Row) -> Proof:
    """Prove one row in every model that it speaks about.

    Examples
    --------
    >>> from w2v_edu.ledger import equation
    >>> prove(equation("23")).assumption
    'the context words are pairwise different'
    """
    start = time.thread_time()
    if row.grade == "said":
        return Proof(row.number, "said")
    found = _prove(row)
    return Proof(**{**vars(found), "seconds": time.thread_time() - start})


def _prove(row: Row) -> Proof:
    if row.number in THEOREMS:
        return _by_theorem(row, THEOREMS[row.number]())
    verdicts: list[tuple[str, Verdict]] = []
    general = bool(row.general)
    try:
        for model in row.models:
            verdicts += [(model, decide(goal)) for goal in goals_of_row(row, model)]
            if row.general:
                general &= all(is_free(decide(goal)) for goal in goals_of_row(row, model, row.general))
    except NotTranslated as reason:
        return Proof(row.number, "unproved", detail=str(reason))
    for model, v in verdicts:
        if v.status != "proved":
            return Proof(row.number, v.status, models=(model,), detail=v.reason or model)
    needed = dict.fromkeys(a for _, v in verdicts for a in v.assumptions)
    return Proof(row.number, "proved", "; ".join(needed), general, row.models)


def _by_theorem(row: Row, theorem: Theorem) -> Proof:
    """A row that a theorem proves; its numbers must agree as well."""
    for model in row.models:
        for goal in goals_of_row(row, model):
            agreeing, refuted = compare(goal, goal.given)
            if refuted is not None or not agreeing:
                return Proof(row.number, "unproved", models=(model,), detail="the numbers do not agree")
    verdict = "proved" if theorem.proved else "unproved"
    return Proof(row.number, verdict, models=row.models, method=theorem.name)


def is_free(v: Verdict) -> bool:
    return v.proved and not v.assumptions


def proved_rows(rows: Iterable[Row]) -> dict[str, Proof]:
    """Every row with what was found: number -> Proof."""
    return {row.number: prove(row) for row in rows}


def goals_of_row(row: Row, model: str, latex: str = "") -> tuple[Goal, ...]:
    """The goals of one row in one model, read from its LaTeX (or from another form of it)."""
    setting = named(setting_name(row, model))
    claim = read(latex or row.latex, setting, left=row.left)
    goals = goals_of(claim, setting.theory, row.number)
    if model == "figure-4":
        return tuple(Goal(g.left, g.right, g.given, figure_4(), name=g.name) for g in goals)
    return goals


def setting_name(row: Row, model: str) -> str:
    """The setting in which a row is read; what skip-gram says of each context word on its own is said of one
    target word.
    """
    if model in OTHERS:
        return OTHERS[model]
    if model.startswith("appendix/"):
        return model
    input_side, objective = model.split("/")
    return f"rong/{'one-word' if row.panel and input_side == 'skip-gram' else input_side}/{objective}"


OTHERS = {"bracket": "rong/bracket", "figure-4": "rong/one-word/hierarchical"}


@cache
def figure_4() -> Term:
    """1 where the tree is that of Figure 4: L(w_2) = 4, and the path turns left, left, right."""
    nodes, child = word("n", 1, 2 * size("V") - 1), word("ch", 1, 2 * size("V") - 1)
    turns = [Delta(nodes(2, j + 1), child(nodes(2, j))) for j in (1, 2, 3)]
    return sp.Mul(Delta(word("L", 1, sp.oo)(2), 4), turns[0], turns[1], 1 - turns[2])


THEOREMS: Mapping[str, Callable[[], Theorem]] = {"43": leaves_sum_to_one}

"""Answers that are no formula of a training example: trees, noise, windows, predictions, first values.

Each kind is a list of cases. A case has arguments, the right values (one for each convention), and the values
that mistakes of the catalogue would give. A value is first brought into a form in which it can be compared.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from w2v_edu.homework.answers import Ask, Outcome
from w2v_edu.homework.arguments import Call
from w2v_edu.homework.compare import Departure, error_of
from w2v_edu.homework.judge import LIMITS
from w2v_edu.homework.report import Report
from w2v_edu.homework.wire import Marked, Other

__all__ = ["Case", "Kind", "Strange", "judge_thing", "numbers", "read_thing"]


@dataclass(frozen=True)
class Strange:
    """A value that has not even the right form, and why."""

    why: str


@dataclass(frozen=True, eq=False)
class Case:
    """One question and its answers.

    Attributes
    ----------
    label : str
        Where, in words that end a sentence.
    arguments : dict
        Role -> value that is handed over.
    canonical : callable
        A returned value in a comparable form, or `Strange`.
    right : dict
        Convention in words (empty for the plain one) -> the right value.
    wrong : tuple of (key, value)
        What mistakes of the catalogue give.
    agrees : callable, optional
        Whether a comparable value counts as a right one; equality up to rounding if not given.
    """

    label: str
    arguments: dict[str, Any]
    canonical: Callable[[Any], Any]
    right: dict[str, Any]
    wrong: tuple[tuple[str, Any], ...] = ()
    agrees: Callable[[Any, Any], bool] | None = None

    def same(self, one: Any, other: Any) -> bool:
        """Whether two comparable values are the same."""
        if isinstance(one, Strange) or isinstance(other, Strange):
            return False
        if self.agrees is not None:
            return self.agrees(one, other)
        if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
            return one.shape == other.shape and error_of(one, other) < 1e-6
        return bool(one == other) if type(one) is type(other) else False


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of answer: how to recognise its functions, and what to ask them.

    Attributes
    ----------
    name : str
        How `check(answer, of=name)` asks for it.
    spoken : str
        How a report speaks of it.
    pattern : str
        What the names of such functions look like.
    roles : dict
        Name of a parameter -> role.
    cases : callable
        (seed, name of the function, its roles) -> the cases.
    equation : int or None
    needed : frozenset of str
        Roles without which a function is not of this kind.
    case_for : callable, optional
        (label, counts) -> the case of a finished answer.
    """

    name: str
    spoken: str
    pattern: str
    roles: dict[str, str]
    cases: Callable[[int, str, Sequence[str]], list[Case]]
    equation: int | None = None
    needed: frozenset[str] = field(default=frozenset())
    case_for: Callable[[str, Any], Case] | None = None


def read_thing(
    kinds: Sequence[Kind], name: str, parameters: Sequence[tuple[str, bool, bool]], of: str | None = None
) -> tuple[Kind, tuple[str, ...]] | None:
    """The kind of a function, and the roles of its parameters."""
    for kind in kinds:
        if (of is not None and of != kind.name) or (of is None and not re.search(kind.pattern, name.lower())):
            continue
        roles: list[str] = []
        for parameter, has_default, keyword_only in parameters:
            role = kind.roles.get(parameter)
            if role is None and not has_default:
                break
            if role is None or keyword_only:
                continue
            roles.append(role)
        else:
            if kind.needed <= set(roles):
                return kind, tuple(roles)
    return None


def judge_thing(
    kind: Kind, name: str, roles: Sequence[str], ask: Ask, *, seed: int = 0, hint: int = 2
) -> Report:
    """Ask all cases of a kind, and report."""
    cases = kind.cases(seed, name, roles)
    outcomes = ask([Call(tuple(case.arguments[role] for role in roles), {}) for case in cases])
    return report_thing(kind, name, cases, outcomes, hint)


def report_thing(kind: Kind, name: str, cases: list[Case], outcomes: Sequence[Outcome], hint: int) -> Report:
    """What the outcomes say: right by some convention, or wrong, and by which mistake."""
    base = Report(name, "correct", about=f"{kind.spoken}; {len(cases)} cases", hint=hint, parts_right=1)
    for outcome in outcomes:
        if outcome.error in LIMITS:
            verdict, text = LIMITS[outcome.error]
            late = text.format(outcome.message if outcome.error == "TimeLimit" else outcome.line or "unknown")
            return _with(base, verdict=verdict, message=f"{late}.", parts_right=0)
    failed = next(((c, o) for c, o in zip(cases, outcomes, strict=True) if o.error), None)
    if failed is not None:
        case, outcome = failed
        if outcome.error == "NotImplementedError":
            return _with(
                base, verdict="not finished", message="it raises NotImplementedError.", parts_right=0
            )
        text = f"{outcome.error} in line {outcome.line} {case.label}: {outcome.message}"
        return _with(base, verdict="crashed", message=text, parts_right=0)
    if all(outcome.value is None for outcome in outcomes):
        return _with(base, verdict="not finished", message="it returns nothing (None).", parts_right=0)
    values = [case.canonical(_plain(outcome.value)) for case, outcome in zip(cases, outcomes, strict=True)]
    conventions = dict.fromkeys(says for case in cases for says in case.right)
    for says in conventions:
        if all(
            case.same(v, case.right.get(says, case.right[""])) for case, v in zip(cases, values, strict=True)
        ):
            return _with(base, convention=(says,) if says else ())
    return _wrong(kind, base, cases, values)


def _wrong(kind: Kind, base: Report, cases: list[Case], values: list[Any]) -> Report:
    keys = list(dict.fromkeys(key for case in cases for key, _ in case.wrong))
    named = [
        key
        for key in keys
        if all(
            any(k == key and case.same(value, answer) for k, answer in case.wrong) or _right(case, value)
            for case, value in zip(cases, values, strict=True)
        )
    ]
    for case, value in zip(cases, values, strict=True):
        if not _right(case, value):
            found = _departure(kind, case, value)
            return _with(
                base,
                verdict="wrong",
                departure=found,
                mistakes=tuple(named[:1]),
                or_mistakes=tuple(named[1:]),
                equation=kind.equation,
                parts_right=0,
            )
    return _with(
        base,
        verdict="wrong",
        message="it follows one convention in one place and another in another.",
        parts_right=0,
    )


def _right(case: Case, value: Any) -> bool:
    return any(case.same(value, right) for right in case.right.values())


def _departure(kind: Kind, case: Case, value: Any) -> Departure:
    right = case.right.get("", next(iter(case.right.values())))
    if isinstance(value, Strange):
        return Departure(kind.spoken, (), None, None, case.label, value.why)
    if (
        isinstance(value, np.ndarray)
        and isinstance(right, np.ndarray)
        and value.shape == right.shape
        and value.ndim
    ):
        gap = ~(np.abs(value - right) <= 1e-6 * max(float(np.abs(right).max()), 1e-300))
        entry = tuple(int(i) for i in np.argwhere(gap)[0]) if gap.any() else (0,) * value.ndim
        return Departure(kind.spoken, entry, float(value[entry]), float(right[entry]), case.label)
    return Departure(
        kind.spoken, (), None, None, case.label, f"yours: {_short(value)}; expected: {_short(right)}"
    )


def _short(value: Any) -> str:
    text = str(value.tolist() if isinstance(value, np.ndarray) else value)
    return text if len(text) < 160 else text[:157] + "..."


def _plain(value: Any) -> Any:
    return value.array if isinstance(value, Marked) else value


def _with(report: Report, **changes: Any) -> Report:
    return Report(**{**report.__dict__, **changes})


def numbers(value: Any, size: int | None = None) -> Any:
    """One flat array of numbers: from an array, a list, or the values of a dict in its order."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        flat = [np.ravel(part) for part in value if isinstance(part, np.ndarray)]
        if len(flat) != len(value):
            return Strange("it holds something that is no number")
        value = np.concatenate([np.empty(0), *flat])
    if isinstance(value, Other) or not isinstance(value, np.ndarray):
        return Strange(
            f"it is {value.what if isinstance(value, Other) else type(value).__name__}, not numbers"
        )
    value = value.astype(np.float64).ravel()
    if size is not None and len(value) != size:
        return Strange(f"it has {len(value)} numbers; expected {size}")
    return value

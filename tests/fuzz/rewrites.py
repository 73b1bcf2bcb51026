"""Third fuzzer: true rewrites of a random line are never called wrong and nearly all proved; false ones are
never proved.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import sympy as sp

from tests.fuzz.expressions import FACTS, FREE, SIZES, Maker, V, f, facts, g, p, point, s, small, t
from w2v_edu.symbolic.budget import OutOfTime, budget
from w2v_edu.symbolic.certify import NotANumber, agree
from w2v_edu.symbolic.decide import compare, is_proved
from w2v_edu.symbolic.goals import Goal
from w2v_edu.symbolic.language import Arr, Delta, Index, Total, index, sigma
from w2v_edu.symbolic.points import Given, NoSuchPoint

j, k = FREE[:2]
b, c = index("b", 1, V), index("c", 1, V)


def with_delta(e: Any, random: Random) -> Any:
    return Total(Delta(b, random.choice((j, k))) * e, b)


def with_unit(e: Any, random: Random) -> Any:
    return Total(s(b) * e, b)


def with_softmax(e: Any, random: Random) -> Any:
    return Total(sp.exp(f(b)) / Total(sp.exp(f(c)), c) * e, b)


def with_sigmas(e: Any, random: Random) -> Any:
    return e * sigma(f(j)) + e * sigma(-f(j))


def with_labels(e: Any, random: Random) -> Any:
    return e * t(j) ** 2 + e * (1 - t(j))


def with_logs(e: Any, random: Random) -> Any:
    return e + sp.log(p(j) * sp.exp(g(k))) - sp.log(p(j)) - g(k)


def with_fubini(e: Any, random: Random) -> Any:
    return e + Total(f(b) * Total(g(c) * e, c), b) - Total(g(b) * Total(f(c) * e, c), b)


def with_peeling(e: Any, random: Random) -> Any:
    tail = Index(b.args[0], 2, V)
    return e + Total(f(b), b) - Total(f(tail), tail) - f(1)


def with_carried(e: Any, random: Random) -> Any:
    return e + Delta(j, k) * f(j) * g(k) - Delta(k, j) * f(k) * g(j)


def with_count(e: Any, random: Random) -> Any:
    return Total(e, b) / V


def with_logistic(e: Any, random: Random) -> Any:
    return e * sigma(f(k)) * (1 + sp.exp(-f(k)))


TRUE: tuple[Callable[[Any, Random], Any], ...] = (
    with_delta,
    with_unit,
    with_softmax,
    with_sigmas,
    with_labels,
    with_logs,
    with_fubini,
    with_peeling,
    with_carried,
    with_count,
    with_logistic,
)


def false_rewrite(e: Any, random: Random) -> Any:
    """The expression with one thing changed (which may happen to be right)."""
    parts = [x for x in sp.preorder_traversal(e) if isinstance(x, Arr | Delta | sigma | Total | sp.exp)]
    if not parts:
        return e + Delta(j, k)
    old = random.choice(parts)
    if isinstance(old, Total):
        body, letter = old.args
        new = random.choice([-old, Total(2 * body, letter), body])
    elif isinstance(old, sigma | sp.exp):
        new = old.func(-old.args[0])
    elif isinstance(old, Delta):
        new = sp.Integer(1)
    else:
        new = random.choice([-old, old + Delta(j, k), old**2, old * t(j)])
    return e.xreplace({old: new})


def run(seed: int) -> str | None:
    """One line with one true rewrite and one false one: None if both are judged well."""
    random = Random(f"rewrite {seed}")
    e = Maker(random).real(random.randint(1, 3), FREE)
    if not small(e, 30):
        return None
    true = random.choice(TRUE)(e, random)
    false = false_rewrite(e, random)
    try:
        with budget(4):
            return judge(e, true, False, random, seed) or judge(e, false, True, random, seed)
    except OutOfTime:
        return None


def judge(e: Any, new: Any, may_be_false: bool, random: Random, seed: int) -> str | None:
    known = facts()
    goal = Goal(e, new, Given(known))
    proved = is_proved(goal, known)
    if not may_be_false:
        wrong = compare(goal, Given(FACTS))[1]
        if wrong is not None:
            return f"seed {seed}: the true {e} = {new} is called wrong at {wrong.sizes} {wrong.letters}"
        return None if proved else f"{UNPROVED}seed {seed}: {e} = {new}"
    for sizes in SIZES:
        at = point(random, sizes)
        try:
            if proved and not agree(e, new, at):
                return f"seed {seed}: the false {e} = {new} is proved"
        except (NotANumber, NoSuchPoint):
            continue
    return None


UNPROVED = "unproved: "

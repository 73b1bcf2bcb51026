"""Is a step an instance of the rule that it names? And if it names none, which single rule is it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from .budget import OutOfTime, budget
from .differentiate import Unsupported, of_component, rename_apart
from .facts import Facts
from .goals import Goal
from .language import Above, Arr, Delta, Deriv, Index, Inside, Term, Total, Word, is_binder, sigma, subst
from .normal import multiply, normalise
from .rational import difference, is_zero
from .rules import RULES, Rule

__all__ = ["Earlier", "follows_by", "recognise"]

FAMILIES = frozenset({"definition", "derivative", "collapse", "sigma", "log", "binary"})
SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class Earlier:
    """An equation proved before, which may be used from left to right for all values of its letters."""

    left: Term
    right: Term
    letters: tuple[Index, ...]


def recognise(goal: Goal, earlier: Sequence[Earlier] = ()) -> str:
    """The name of the first single rule that makes the step, or ""."""
    return next((name for name, rule in RULES.items() if follows_by(goal, (rule,), earlier)), "")


def follows_by(goal: Goal, rules: Iterable[Rule], earlier: Sequence[Earlier] = ()) -> bool:
    """Are the two sides of a step equal by these rules and algebra alone?"""
    rules = tuple(rules)
    facts = goal.given.facts
    left, right = goal.left, goal.right
    if any(r.pattern == "chain" for r in rules) and not is_chain(left, right):
        return False
    on = frozenset().union(*(r.on for r in rules))
    layers = frozenset().union(*(r.derive for r in rules))
    if any(r.pattern == "chain" for r in rules):
        on, layers = FAMILIES, frozenset()
    if any(r.pattern == "earlier" for r in rules):
        left, right = use(left, earlier), use(right, earlier)
    if "definition" in on and "derivative" not in on:
        left, right = open_up(left, facts), open_up(right, facts)
    left, right = take(left, layers, facts), take(right, layers, facts)
    try:
        with budget(SECONDS):
            p = difference(left, right, facts.but(off=FAMILIES - on))
            if goal.where != 1:
                p = multiply(p, normalise(goal.where, facts), facts)
            return is_zero(p, facts.but(off=FAMILIES - on))
    except (Unsupported, OutOfTime):
        return False


def is_chain(left: Term, right: Term) -> bool:
    """Does the right side go through another quantity: dA/db * db/dx for a dA/dx of the left side?"""
    ends = {(d.args[0], d.args[1].name) for d in left.atoms(Deriv)}
    inner = {(d.args[0].name, d.args[1].name) for d in right.atoms(Deriv) if isinstance(d.args[0], Arr)}
    outer = {(d.args[0], d.args[1].name) for d in right.atoms(Deriv)}
    return any((a, b) in outer and (b, x) in inner and b != x for a, x in ends for _, b in outer)


def open_up(e: Term, facts: Facts, stop: frozenset[str] = frozenset()) -> Term:
    """All definitions replaced, inside derivatives as well, which stay as they are."""
    if isinstance(e, Deriv):
        inner, by = e.args
        return Deriv(open_up(inner, facts, stop | {by.name}), by)
    if isinstance(e, Arr) and e.name not in stop and e.name in facts.definitions:
        axes, body = facts.definitions[e.name]
        return open_up(subst(body, dict(zip(axes, e.indices, strict=True))), facts, stop)
    if not e.args or isinstance(e, Index | Word | Delta | Inside | Above):
        return e
    return e.func(*(open_up(a, facts, stop) for a in e.args))


# -- one layer of a derivative -------------------------------------------------------------------------------


def take(e: Term, layers: frozenset[str], facts: Facts) -> Term:
    """Every derivative whose outermost layer is among ``layers`` is taken, as often as there is one."""
    if not layers:
        return e
    if isinstance(e, Deriv):
        inner = take(e.args[0], layers, facts)
        taken = layer(inner, e.args[1], layers, facts)
        return Deriv(inner, e.args[1]) if taken is None else take(taken, layers, facts)
    if not e.args or isinstance(e, Index | Word | Delta | Inside | Above | Arr):
        return e
    return e.func(*(take(a, layers, facts) for a in e.args))


def layer(e: Term, by: Term, layers: frozenset[str], facts: Facts) -> Term | None:
    """The derivative with its outermost layer taken, or None if the layers do not allow it."""
    if not depends(e, by.name, facts):
        return sp.S.Zero if layers & {"linear", "product", "component"} else None
    if isinstance(e, Arr):
        return of_component(e, by) if e.name == by.name and "component" in layers else None
    if "linear" in layers:
        linear = of_linear(e, by, facts)
        if linear is not None:
            return linear
    if isinstance(e, sp.Mul) and "product" in layers:
        return sp.Add(*(sp.Mul(Deriv(f, by), *e.args[:n], *e.args[n + 1 :]) for n, f in enumerate(e.args)))
    if isinstance(e, sp.Pow) and "power" in layers and e.exp.is_Rational:
        return of_power_once(e, by)
    return of_function(e, by, layers)


def of_linear(e: Term, by: Term, facts: Facts) -> Term | None:
    if isinstance(e, sp.Add):
        return sp.Add(*(Deriv(a, by) for a in e.args))
    if isinstance(e, Total):
        apart = rename_apart(e, by)
        return Total(Deriv(apart.body, by), *apart.binders)
    if isinstance(e, sp.Mul):
        fixed = [a for a in e.args if not depends(a, by.name, facts)]
        if fixed:
            return sp.Mul(*fixed, Deriv(sp.Mul(*(a for a in e.args if a not in fixed)), by))
    return None


def of_power_once(e: Term, by: Term) -> Term:
    return e.exp * sp.Pow(e.base, e.exp - 1) * Deriv(e.base, by)


def of_function(e: Term, by: Term, layers: frozenset[str]) -> Term | None:
    if isinstance(e, sp.log) and "log" in layers:
        return Deriv(e.args[0], by) / e.args[0]
    if isinstance(e, sp.exp) and "exp" in layers:
        return e * Deriv(e.args[0], by)
    if isinstance(e, sigma) and "sigma" in layers:
        return e * (1 - e) * Deriv(e.args[0], by)
    return None


def depends(e: Term, name: str, facts: Facts) -> bool:
    """Does the expression depend on the array, directly or through definitions?"""
    if isinstance(e, Arr):
        if e.name == name:
            return True
        definition = facts.definitions.get(e.name)
        return definition is not None and depends(definition[1], name, facts)
    if isinstance(e, Index | Word | Delta | Inside):
        return False
    return any(depends(a, name, facts) for a in e.args)


# -- earlier results -----------------------------------------------------------------------------------------


def use(e: Term, earlier: Sequence[Earlier]) -> Term:
    """Every instance of an earlier left side replaced by its right side."""
    for known in earlier:
        found = match(known.left, e, frozenset(known.letters), {})
        if found is not None:
            return use(subst(known.right, found), [k for k in earlier if k is not known])
    if not e.args or isinstance(e, Index | Word | Delta | Inside):
        return e
    return e.func(*(use(a, earlier) for a in e.args))


def match(
    pattern: Term, e: Term, letters: frozenset[Index], found: Mapping[Term, Term]
) -> dict[Term, Term] | None:
    """What to put for the letters so that the pattern is ``e``, or None."""
    if pattern in letters:
        if pattern in found:
            return dict(found) if found[pattern] == e else None
        return {**found, pattern: e} if isinstance(e, Index | Word | sp.Integer) else None
    if pattern == e:
        return dict(found)
    if pattern.func != e.func or len(pattern.args) != len(e.args) or is_binder(e) or isinstance(e, Index):
        return None
    out: dict[Term, Term] | None = dict(found)
    for a, b in zip(pattern.args, e.args, strict=True):
        out = match(a, b, letters, out) if out is not None else None
    return out

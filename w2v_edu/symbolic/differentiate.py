"""The derivative, safe from capture, and the unfolding of definitions that it is read through.

d Arr(a, j) / d Arr(a, k) = [j = k]. A sum's bound letter is renamed if it is a letter of the variable.
"""

from functools import lru_cache

import sympy as sp

from .facts import Facts
from .language import (
    Above,
    Arr,
    Delta,
    Deriv,
    Index,
    Inside,
    Term,
    Total,
    Word,
    fresh,
    is_binder,
    names,
    rebind,
    sigma,
    subst,
)

__all__ = ["Unsupported", "derivative", "unfold"]


class Unsupported(Exception):
    """The normaliser has no rule for this expression: the verdict is *unproved*."""


def derivative(e: Term, by: Term) -> Term:
    """The derivative of an unfolded expression by one component ``by`` of an array."""
    if not _depends(e, by.name):
        return sp.S.Zero
    if isinstance(e, Arr):
        return of_component(e, by)
    if isinstance(e, sp.Add):
        return sp.Add(*(derivative(a, by) for a in e.args))
    if isinstance(e, sp.Mul):
        return of_product(e.args, by)
    if isinstance(e, sp.Pow):
        return of_power(e.base, e.exp, by)
    if is_binder(e):
        return of_binder(rename_apart(e, by), by)
    (x,) = e.args
    if isinstance(e, sp.exp):
        return e * derivative(x, by)
    if isinstance(e, sp.log):
        return derivative(x, by) / x
    if isinstance(e, sigma):
        return of_sigma(x) * derivative(x, by)
    raise Unsupported(f"no derivative of {type(e).__name__}")


def of_component(e: Term, by: Term) -> Term:
    if len(e.indices) != len(by.indices):
        raise Unsupported(f"{e.name} has {len(e.indices)} indices here and {len(by.indices)} there")
    return sp.Mul(*(Delta(a, b) for a, b in zip(e.indices, by.indices, strict=True)))


def of_product(factors: tuple[Term, ...], by: Term) -> Term:
    terms = []
    for n, f in enumerate(factors):
        terms.append(sp.Mul(derivative(f, by), *factors[:n], *factors[n + 1 :]))
    return sp.Add(*terms)


def of_power(base: Term, exponent: Term, by: Term) -> Term:
    if _depends(exponent, by.name):
        raise Unsupported("an exponent that depends on the variable")
    return exponent * sp.Pow(base, exponent - 1) * derivative(base, by)


def of_sigma(x: Term) -> Term:
    return sigma(x) * (1 - sigma(x))


def of_binder(e: Term, by: Term) -> Term:
    inner = derivative(e.body, by)
    if isinstance(e, Total):
        return Total(inner, *e.binders)
    return e * Total(inner / e.body, *e.binders)


def rename_apart(e: Term, by: Term) -> Term:
    """The same sum with bound letters that occur nowhere in ``by``."""
    called = [fresh(b.name, [e, by]) if b.name in names(by) else b.name for b in e.binders]
    binders, put = rebind(e.binders, called, {})
    return e.func(subst(e.body, put), *binders)


@lru_cache(maxsize=1 << 14)
def _depends(e: Term, name: str) -> bool:
    if isinstance(e, Arr):
        return bool(e.name == name)
    if isinstance(e, Index | Word | Delta | Inside | Above):
        return False
    return any(_depends(a, name) for a in e.args)


def unfold(e: Term, facts: Facts, stop: frozenset[str] = frozenset()) -> Term:
    """Replace defined arrays by their definitions all the way down, except the arrays in ``stop``."""
    if isinstance(e, Deriv):
        inner, by = e.args
        stop_inner = stop | {by.name}
        return unfold(derivative(unfold(inner, facts, stop_inner), by), facts, stop)
    if isinstance(e, Arr) and e.name not in stop and e.name in facts.definitions:
        axes, body = facts.definitions[e.name]
        return unfold(subst(body, dict(zip(axes, e.indices, strict=True))), facts, stop)
    if not e.args or isinstance(e, Index | Word | Delta | Inside | Above):
        return e
    args = [unfold(a, facts, stop) for a in e.args]
    return e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.func(*args)

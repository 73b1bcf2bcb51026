"""exp, log, sigma and 1/x of a normal form, each with the identities that make it canonical.

exp(a + b) = exp(a) exp(b);  log(ab) = log a + log b for positive a, b;  sigma(-x) = 1 - sigma(x);
log sigma(-x) = log sigma(x) - x;  1 / (1 + exp(x)) = sigma(-x);
f(b x) = f(0) + b (f(x) - f(0)) for a binary b.
"""

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from . import normal, sums
from .differentiate import Unsupported, unfold
from .facts import Facts
from .kronecker import is_nonnegative
from .language import Arr, Product, Term, Total, Word, key, sigma
from .poly import (
    ONE,
    ZERO,
    Exponent,
    Monomial,
    Poly,
    add,
    constant,
    leading,
    merge,
    mono_key,
    monomial_gcd,
    ordered,
    scale,
    tree,
)

__all__ = ["exponential", "inverse", "logarithm", "power_of", "raised", "sigmoid"]


def power_of(base: Term, exponent: Term, facts: Facts) -> Poly:
    """base ** exponent as it stands in an expression."""
    if not isinstance(exponent, sp.Rational):
        raise Unsupported("a power whose exponent is not a number")
    return raised(base, Fraction(int(exponent.p), int(exponent.q)), facts)


def raised(base: Term, e: Exponent, facts: Facts) -> Poly:
    p = normal.normalise(base, facts)
    if Fraction(e).denominator == 1:
        return normal.power(p if e > 0 else inverse(p, facts), abs(int(e)), facts)
    if len(p) == 1 and p[leading(p)] == 1 and positive(p, facts):
        return {tuple((a, n * e) for a, n in leading(p)): Fraction(1)}
    raise Unsupported("a fractional power")


def by_cases(p: Poly, f: Callable[[Poly], Poly], facts: Facts) -> Poly | None:
    """f(p) = f(p at b=0) + b (f(p at b=1) - f(p at b=0)) for the first binary atom b of p; None if none."""
    if "binary" in facts.off:
        return None
    binary = sorted({a for mono in p for a, _ in mono if normal.is_binary(a, facts)}, key=key)
    if not binary:
        return None
    b = binary[0]
    off = {mono: c for mono, c in p.items() if (b, 1) not in mono}
    on = add(off, {tuple(x for x in mono if x[0] != b): c for mono, c in p.items() if (b, 1) in mono})
    f_off = f(off)
    return add(f_off, normal.multiply(normal.atom(b), add(f(on), scale(f_off, -1)), facts))


# -- exp -----------------------------------------------------------------------------------------------------


def exponential(p: Poly, facts: Facts) -> Poly:
    """exp of a normal form: one factor for each of its terms."""
    cases = by_cases(p, lambda q: exponential(q, facts), facts)
    if cases is not None:
        return cases
    return normal.product((exp_of_term(mono, c, facts) for mono, c in p.items()), facts)


def exp_of_term(mono: Monomial, c: Fraction, facts: Facts) -> Poly:
    """exp(c m); exp(n log x) is x ** n."""
    if len(mono) == 1 and mono[0][1] == 1 and isinstance(mono[0][0], sp.log) and c.denominator == 1:
        return raised(mono[0][0].args[0], int(c), facts)
    exponent = int(c) if c.denominator == 1 else c
    return normal.atom(sp.exp(tree({mono: Fraction(1)}), evaluate=False), exponent)


def exponent_of(mono: Monomial) -> Poly | None:
    """The q with m = exp(q), if every factor is an exp or a positive atom beside one; else None."""
    if not any(isinstance(a, sp.exp) for a, _ in mono):
        return None
    q: Poly = ZERO
    for a, e in mono:
        inner = _monomial_of(a.args[0]) if isinstance(a, sp.exp) else ((sp.log(a), 1),)
        q = add(q, {inner: Fraction(e)})
    return q


def _monomial_of(e: Term) -> Monomial:
    """The one monomial that `exp_of_term` wrote as a tree."""
    if e == 1:
        return ()
    powers: dict[Term, Exponent] = {}
    for factor in sp.Mul.make_args(e):
        base, n = factor.as_base_exp() if isinstance(factor, sp.Pow) else (factor, sp.Integer(1))
        powers[base] = int(n) if n.is_Integer else Fraction(int(n.p), int(n.q))
    return ordered(powers)


# -- 1 / x ---------------------------------------------------------------------------------------------------


def inverse(p: Poly, facts: Facts) -> Poly:
    """1 / p."""
    if not p:
        raise Unsupported("division by zero")
    cases = by_cases(p, lambda q: inverse(q, facts), facts)
    if cases is not None:
        return cases
    pair = as_sigma(p, facts)
    if pair is not None:
        c, first, q = pair
        return normal.multiply(inverted(first, 1 / c), sigmoid(q, facts), facts)
    c, common, core = content(p)
    return normal.multiply(
        inverted(common, 1 / c), ONE if core == ONE else normal.atom(tree(core), -1), facts
    )


def inverted(mono: Monomial, c: Fraction) -> Poly:
    """c / mono."""
    return {tuple((a, -e) for a, e in mono): c}


def content(p: Poly) -> tuple[Fraction, Monomial, Poly]:
    """p = c * m * core, with m the common factor and core's leading coefficient 1."""
    common = monomial_gcd(p)
    down = tuple((a, -e) for a, e in common)
    core = {merge(mono, down): c for mono, c in p.items()}
    c = core[leading(core)]
    return c, common, scale(core, 1 / c)


def as_sigma(p: Poly, facts: Facts) -> tuple[Fraction, Monomial, Poly] | None:
    """(c, m, q) with 1 / p = sigma(q) / (c m), if p is c m (1 + exp(-q)); m has no exp, if it can."""
    if len(p) != 2 or "sigma" in facts.off or not positive(p, facts):
        return None
    first, second = sorted(p, key=lambda m: (any(isinstance(a, sp.exp) for a, _ in m), mono_key(m)))
    q = exponent_of(merge(first, tuple((a, -e) for a, e in second)))
    return None if q is None else (p[first], first, add(q, log_number(p[first] / p[second])))


def positive(p: Poly, facts: Facts) -> bool:
    """Is p > 0 for certain?"""
    return bool(p) and all(c > 0 and all(is_positive(a, facts) for a, _ in mono) for mono, c in p.items())


def is_positive(a: Term, facts: Facts) -> bool:
    """Is the atom > 0 for certain?"""
    if isinstance(a, sp.exp | sigma):
        return True
    if isinstance(a, sp.Symbol):
        return bool(a.is_positive)
    if isinstance(a, Word):
        return bool(is_nonnegative(a.first - 1))
    if isinstance(a, Arr):
        return a.name in facts.positive
    if isinstance(a, Total | Product):
        return positive(normal.normalise(sums.opened(a, [])[0], facts), facts)
    if isinstance(a, sp.Add):
        return positive(normal.normalise(a, facts), facts)
    return False


# -- sigma and log -------------------------------------------------------------------------------------------


def sigmoid(p: Poly, facts: Facts) -> Poly:
    """sigma of a normal form; the sign of its leading term is made positive."""
    cases = by_cases(p, lambda q: sigmoid(q, facts), facts)
    if cases is not None:
        return cases
    if "sigma" in facts.off:
        return normal.atom(sigma(tree(p)))
    if not p:
        return constant(Fraction(1, 2))
    if p[leading(p)] < 0:
        return add(ONE, scale(sigmoid(scale(p, -1), facts), -1))
    return normal.atom(sigma(tree(p)))


def log_sigma(p: Poly, facts: Facts) -> Poly:
    """log sigma(p), with log sigma(-x) = log sigma(x) - x."""
    cases = by_cases(p, lambda q: log_sigma(q, facts), facts)
    if cases is not None:
        return cases
    if "sigma" in facts.off:
        return normal.atom(sp.log(sigma(tree(p))))
    if not p:
        return scale(log_number(Fraction(2)), -1)
    if p[leading(p)] < 0:
        return add(log_sigma(scale(p, -1), facts), p)
    return normal.atom(sp.log(sigma(tree(p))))


def logarithm(e: Term, facts: Facts) -> Poly:
    """log of an expression: a product is taken apart where its factors are positive."""
    if isinstance(e, sigma):
        return log_sigma(normal.normalise(e.args[0], facts), facts)
    if "log" in facts.off:
        return normal.atom(sp.log(tree(normal.normalise(e, facts)), evaluate=False))
    if isinstance(e, sp.exp):
        return normal.normalise(e.args[0], facts)
    if isinstance(e, sp.Mul) and surely_positive(e, facts):
        return add(*(logarithm(a, facts) for a in e.args))
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Rational) and surely_positive(e.base, facts):
        return scale(logarithm(e.base, facts), Fraction(int(e.exp.p), int(e.exp.q)))
    if isinstance(e, Arr) and e.name in facts.definitions and "definition" not in facts.off:
        return logarithm(unfold(e, facts), facts)
    return log_of(normal.normalise(e, facts), facts)


def surely_positive(e: Term, facts: Facts) -> bool:
    if isinstance(e, sp.exp | sigma):
        return True
    if isinstance(e, sp.Mul):
        return all(surely_positive(a, facts) for a in e.args)
    if isinstance(e, sp.Pow):
        return surely_positive(e.base, facts)
    p = normal.normalise(e, facts)
    return positive(p, facts) or is_complement(p)


def is_complement(p: Poly) -> bool:
    """Is p = 1 - sigma(x)?"""
    rest = {mono: c for mono, c in p.items() if mono}
    return len(p) == 2 and p.get(()) == 1 and all(_is_sigma(m) and c == -1 for m, c in rest.items())


def _is_sigma(mono: Monomial) -> bool:
    return len(mono) == 1 and mono[0][1] == 1 and isinstance(mono[0][0], sigma)


def log_of(p: Poly, facts: Facts) -> Poly:
    """log of a normal form."""
    cases = by_cases(p, lambda q: log_of(q, facts), facts)
    if cases is not None:
        return cases
    if not p:
        raise Unsupported("the logarithm of zero")
    pair = as_sigma(p, facts)
    if pair is not None:
        c, first, q = pair
        return add(log_number(c), log_monomial(first, facts), scale(log_sigma(q, facts), -1))
    c, common, core = content(p)
    if c > 0 and all(is_positive(a, facts) for a, _ in common):
        return add(log_number(c), log_monomial(common, facts), _log_core(core, facts))
    if is_complement(p):
        return _log_complement(p, facts)
    return normal.atom(sp.log(tree(p), evaluate=False))


def log_monomial(mono: Monomial, facts: Facts) -> Poly:
    return add(ZERO, *(scale(log_atom(a, facts), e) for a, e in mono))


def _log_core(core: Poly, facts: Facts) -> Poly:
    if core == ONE:
        return ZERO
    if is_complement(core):
        return _log_complement(core, facts)
    return normal.atom(sp.log(tree(core), evaluate=False))


def _log_complement(p: Poly, facts: Facts) -> Poly:
    (mono,) = (mono for mono in p if mono)
    x = normal.normalise(mono[0][0].args[0], facts)
    return log_sigma(scale(x, -1), facts)


def log_atom(a: Term, facts: Facts) -> Poly:
    if isinstance(a, sp.exp):
        return {_monomial_of(a.args[0]): Fraction(1)}
    if isinstance(a, sigma):
        return log_sigma(normal.normalise(a.args[0], facts), facts)
    return normal.atom(sp.log(a, evaluate=False))


def log_number(c: Fraction) -> Poly:
    """log of a positive rational, by its prime factors."""
    out: Poly = {}
    for sign, n in ((1, c.numerator), (-1, c.denominator)):
        for prime, times in sp.factorint(n).items():
            out = add(out, {((sp.log(sp.Integer(prime), evaluate=False), 1),): Fraction(sign * int(times))})
    return out

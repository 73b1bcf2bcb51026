"""The normaliser, rule by rule: what is equal is seen to be, what is not is not, at the ends of ranges."""

import pytest
import sympy as sp
from mpmath import mp

from w2v_edu.symbolic.budget import OutOfTime, budget
from w2v_edu.symbolic.certify import DIGITS, Point, certainly_differ, value_at
from w2v_edu.symbolic.decide import Verdict, decide
from w2v_edu.symbolic.differentiate import derivative
from w2v_edu.symbolic.facts import Facts
from w2v_edu.symbolic.goals import Goal, apart, binary, different, unit
from w2v_edu.symbolic.language import (
    Arr,
    Delta,
    Deriv,
    Index,
    Product,
    Total,
    array,
    index,
    sigma,
    size,
    subst,
    word,
)
from w2v_edu.symbolic.models import model
from w2v_edu.symbolic.normal import normalise
from w2v_edu.symbolic.points import Given, letter_patterns, points
from w2v_edu.symbolic.poly import tree

V, N, C, K = (size(s) for s in "VNCK")
f, g, p, t, s, m = (array(a) for a in "fgptsm")
x, y = array("x")(), array("y")()
j, k, l = index("j", 1, V), index("k", 1, V), index("l", 1, V)
j0, j1 = index("j", 0, K), index("j", 1, K)
r, tail = index("r", 0, K), index("q", 1, K)
w = word("w", 1, V)()
a = word("a", 1, V)
c, d = index("c", 1, C), index("d", 1, C)
FACTS = Facts(positive=frozenset("p"), binary=frozenset("t"))

TRUE = {
    "renaming": (Total(f(j), j), Total(f(k), k)),
    "linearity": (Total(2 * f(j) + g(j), j), 2 * Total(f(j), j) + Total(g(j), j)),
    "constants out": (Total(f(j) * g(k), j), g(k) * Total(f(j), j)),
    "factorise": (Total(f(j) * g(k), j, k), Total(f(j), j) * Total(g(k), k)),
    "Fubini": (Total(f(j) * Total(m(j, k) * g(k), k), j), Total(g(k) * Total(m(j, k) * f(j), j), k)),
    "square of a sum": (Total(f(j), j) ** 2, Total(f(j) * f(k), j, k)),
    "count": (Total(sp.Integer(1), j), V),
    "count from 0": (Total(sp.Integer(1), j0), K + 1),
    "peel": (Total(f(j0), j0), f(0) + Total(f(j1), j1)),
    "peel from 2": (Total(f(index("j", 2, V)), index("j", 2, V)), Total(f(j), j) - f(1)),
    "written out": (Total(f(index("j", 1, 3)), index("j", 1, 3)), f(1) + f(2) + f(3)),
    "collapse in range": (Total(Delta(j, k) * f(j), j), f(k)),
    "collapse on data": (Total(Delta(j, a(c)) * f(j), j), f(a(c))),
    "collapse partly in range": (Total(Delta(tail, r) * f(tail), tail), (1 - Delta(r, 0)) * f(r)),
    "collapse out of range": (Total(Delta(j1, 0) * f(j1), j1), sp.Integer(0)),
    "carry": (Delta(j, k) * f(j) * g(k), Delta(j, k) * f(k) * g(j)),
    "carry into a sum": (Delta(j, k) * Total(m(j, l), l), Delta(j, k) * Total(m(k, l), l)),
    "three deltas": (Delta(j, k) * Delta(k, l), Delta(j, l) * Delta(k, j)),
    "idempotent": (Delta(j, k) ** 3, Delta(j, k)),
    "binary": (t(j) ** 2, t(j)),
    "cases": (sp.exp(t(j) * x), 1 + t(j) * (sp.exp(x) - 1)),
    "multiplicity": (Total(Delta(a(c), k) * f(a(c)), c), f(k) * Total(Delta(a(c), k), c)),
    "exp of a sum": (sp.exp(x + y), sp.exp(x) * sp.exp(y)),
    "exp of a log": (sp.exp(2 * sp.log(p(j))), p(j) ** 2),
    "log of a product": (sp.log(p(j) * sp.exp(x)), sp.log(p(j)) + x),
    "log of a product over j": (sp.log(Product(p(j), j)), Total(sp.log(p(j)), j)),
    "log of a number": (sp.log(sp.Integer(12)), 2 * sp.log(2) + sp.log(3)),
    "shift of log sum exp": (sp.log(Total(sp.exp(f(j) - x), j)), sp.log(Total(sp.exp(f(j)), j)) - x),
    "softmax does not see a shift": (
        sp.exp(f(k) - x) / Total(sp.exp(f(j) - x), j),
        sp.exp(f(k)) / Total(sp.exp(f(j)), j),
    ),
    "sigma(-x)": (sigma(-x), 1 - sigma(x)),
    "log sigma(-x)": (sp.log(sigma(-x)), sp.log(sigma(x)) - x),
    "log(1 - sigma)": (sp.log(1 - sigma(x)), sp.log(sigma(-x))),
    "softplus": (sp.log(1 + sp.exp(x)), -sp.log(sigma(-x))),
    "logistic": (1 / (1 + sp.exp(-x)), sigma(x)),
    "logistic from above": (sp.exp(x) / (1 + sp.exp(x)), sigma(x)),
    "softmax of two": (sp.exp(x) / (sp.exp(x) + sp.exp(y)), sigma(x - y)),
    "odds": (sigma(x) / sigma(-x), sp.exp(x)),
    "rational": (1 / (x + y) - 1 / (x - y), -2 * y / (x**2 - y**2)),
    "rational under a sum": (Total(f(j) / (f(j) + x), j) + Total(x / (f(j) + x), j), V),
    "nce": (p(j) / (p(j) + K * p(k)), 1 / (1 + K * p(k) / p(j))),
    "derivative under a sum": (Deriv(Total(f(j) ** 2, j), f(k)), 2 * f(k)),
    "derivative of a product over j": (Deriv(sp.log(Product(sp.exp(f(j)), j)), f(k)), sp.Integer(1)),
    "derivative at data": (Deriv(Total(f(a(c)), c), f(k)), Total(Delta(a(c), k), c)),
    "derivative of a derivative": (Deriv(Deriv(x**3 * y, x), y), 3 * x**2),
}
FALSE = {
    "partial sum of one-hots": (Total(Delta(index("j", 1, V - 1), k), index("j", 1, V - 1)), sp.Integer(1)),
    "no count is negative": (Total(sp.Integer(1), index("j", 1, V - 2)), V - 2),
    "wrong range": (Total(f(j1), j1), Total(f(j0), j0)),
    "capture": (Total(m(j, k), j), Total(m(j, j), j)),
    "log of a sum": (sp.log(p(j) + p(k)), sp.log(p(j)) + sp.log(p(k))),
    "product of sums": (Total(f(j) * g(j), j), Total(f(j), j) * Total(g(j), j)),
    "square of a sum is no sum of squares": (Total(f(j), j) ** 2, Total(f(j) ** 2, j)),
    "carry without the delta": (f(j) * g(k), f(k) * g(j)),
    "repeated words counted once": (Deriv(Total(f(a(c)), c), f(a(d))), sp.Integer(1)),
    "sigma is odd": (sigma(-x), -sigma(x)),
    "half a derivative": (Deriv(x**2, x), x),
    "holds for V = 1 only": (f(j), f(k)),
    "holds at random points": (f(j) * g(k), f(l) * g(k)),
}


def verdict(left: sp.Expr, right: sp.Expr) -> Verdict:
    return decide(Goal(left, right, Given(FACTS)))


@pytest.mark.parametrize("name", TRUE)
def test_true(name: str) -> None:
    found = verdict(*TRUE[name])
    assert found.proved, found
    assert found.points >= 3


@pytest.mark.parametrize("name", FALSE)
def test_false_is_refuted_with_a_certificate(name: str) -> None:
    found = verdict(*FALSE[name])
    assert found.status == "wrong", found
    example = found.counterexample
    assert example is not None
    assert certainly_differ(*FALSE[name], example.point)
    assert len(example.left.strip("-0.")) > DIGITS // 2 or example.left.strip("-0.") in ("", "1", "2")


def test_what_is_true_but_beyond_the_rules_is_unproved_never_right() -> None:
    found = verdict(Total(sigma(f(j) - f(k)), j, k), V**2 / 2)
    assert found.status == "unproved"
    assert found.points > 0


def test_the_budget_of_a_decision() -> None:
    long = Total(f(j) * m(j, k), j)
    for _ in range(3):
        long = long**3 + x
    squared = long**2 + 2 * long * y + y**2
    found = decide(Goal((long + y) ** 2, squared, Given(FACTS)), seconds=0.05)
    assert found.status == "unproved"
    assert found.reason == "out of time"
    assert found.seconds < 1
    with pytest.raises(OutOfTime), budget(0):
        normalise(long, FACTS.but())


# -- assumptions ---------------------------------------------------------------------------------------------


def soft_label_error(*assumptions: object) -> Verdict:
    """E = -sum_j t_j log y_j: dE/du_j = y_j - t_j needs sum_j t_j = 1."""
    u, label = array("u"), array("label")
    soft = sp.exp(u(j)) / Total(sp.exp(u(k)), k)
    loss = -Total(label(j) * sp.log(soft), j)
    goal = Goal(Deriv(loss, u(l)), subst(soft, {j: l}) - label(l), Given(Facts()), assumptions=assumptions)
    return decide(goal)


ONE = unit("label", 0, sp.Integer(1), V, "sum_j t_j = 1")
ZERO_ONE = binary("label", "t is 0 or 1")


def test_an_assumption_is_named() -> None:
    assert soft_label_error(ONE).assumptions == ("sum_j t_j = 1",)


def test_of_several_assumptions_the_weakest_set_is_named() -> None:
    assert soft_label_error(ZERO_ONE, ONE).assumptions == ("sum_j t_j = 1",)
    assert soft_label_error(ZERO_ONE).status == "wrong"


def test_two_assumptions_are_named_where_both_are_needed() -> None:
    count = Total(Delta(a(c), a(d)) * (1 + Delta(a(d), w)), c)
    both = (different("a", "the context words differ"), apart("a", "w", "none of them is w"))
    found = decide(Goal(count, sp.Integer(1), Given(Facts()), assumptions=both))
    assert found.proved
    assert set(found.assumptions) == {"the context words differ", "none of them is w"}


def test_a_sum_of_labels_over_a_part_is_not_one() -> None:
    facts = ONE.adds(Facts())
    part = index("j", 2, V)
    found = decide(Goal(Total(array("label")(part), part), sp.Integer(1), Given(facts)))
    assert found.status == "wrong"


# -- the derivative, the judge, the points -------------------------------------------------------------------


def test_the_variable_is_not_captured() -> None:
    e = sp.log(Total(sp.exp(f(k)), k)) - f(j)
    slope = normalise(derivative(e, f(k)), FACTS.but())
    right = sp.exp(f(k)) / Total(sp.exp(f(l)), l) - Delta(j, k)
    assert tree(slope) == tree(normalise(right, FACTS.but()))


def test_substitution_renames_what_is_in_the_way() -> None:
    moved = subst(Total(m(j, k), j), {k: j})
    assert moved != Total(m(j, j), j)
    assert tree(normalise(moved, FACTS.but())) == tree(normalise(Total(m(l, j), l), FACTS.but()))


def test_ranges_that_depend_on_a_letter_follow_it() -> None:
    length = word("L", 1, sp.oo)
    inner = index("b", 1, length(c))
    moved = subst(Total(m(c, inner), inner), {c: d})
    (bound,) = moved.args[1:]
    assert bound.last == length(d)
    assert moved.args[0] == m(d, bound)


def test_all_equality_patterns_of_the_free_letters_are_tried() -> None:
    patterns = list(letter_patterns((j, k, l), 99))
    assert len(patterns) == 5
    seen = {len(set(point.letters.values())) for point in points(Given(FACTS), (j, k, l))}
    assert seen == {1, 2, 3}


def test_sizes_include_all_ones_and_more_context_words_than_words() -> None:
    sizes = [point.sizes for point in points(Given(FACTS), (j, c))]
    assert any(set(found.values()) == {1} for found in sizes)
    assert any(found["C"] > found["V"] > 1 for found in sizes)


def test_the_judge_gives_fifty_digits() -> None:
    point = Point({"V": 3}, {}, lambda name, at: sp.Rational(1, 3), lambda *_: 1)
    third = value_at(Arr(sp.Symbol("z")), point)
    assert mp.nstr(third, DIGITS) == "0." + "3" * DIGITS


def test_indices_carry_their_range() -> None:
    assert Index(sp.Symbol("j"), 1, V) != Index(sp.Symbol("j"), 0, V)
    assert tree(normalise(model("cbow", "softmax").inputs(k), FACTS.but())) != 0

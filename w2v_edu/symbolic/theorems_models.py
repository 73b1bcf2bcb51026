"""Theorems about the models: leaves sum to one, errors sum to zero, NS is NCE with log(Kq) = 0, batches."""

from functools import cache

import sympy as sp

from .facts import Facts, Unit
from .goals import Goal
from .language import Arr, Delta, Deriv, Product, Total, array, index, sigma, size, word
from .models import K, N, V, model
from .points import Given
from .theorems import Step, Theorem

__all__ = ["batch_gradient", "errors_sum_to_zero", "leaves_sum_to_one", "negative_is_nce"]


@cache
def leaves_sum_to_one() -> Theorem:
    """(43), by induction on the tree."""
    A, B = size("V"), size("C")  # leaves of the left and of the right subtree
    a, b = index("a", 1, A), index("b", 1, B)
    P, Q, x, s, u = map(array, "PQxsu")
    first_one = sp.Integer(1)
    hypothesis = Facts(
        positive=frozenset("PQ"), unit=(Unit("P", 0, first_one, A), Unit("Q", 0, first_one, B))
    )
    length = word("L", 2, sp.oo)()
    j, rest = index("j", 1, length - 1), index("j", 2, length - 1)
    path = Product(sigma(s(j) * u(j)), j)
    below = sigma(s(1) * u(1)) * Product(sigma(s(rest) * u(rest)), rest)
    whole = Total(sigma(x()) * P(a), a) + Total(sigma(-x()) * Q(b), b)
    none = index("j", 1, 0)
    return Theorem(
        "The leaves' probabilities sum to one",
        r"In every binary tree $\sum_{i=1}^V p(w_i=w_O)=1$, for all "
        r"vectors $\mathbf{v}'_n$ and $\mathbf{h}$.",
        (
            Step("A tree of one leaf has an empty path: $p=1$.", _goal(Product(sigma(u(none)), none), 1)),
            Step(
                "The first factor of a path belongs to the root: "
                r"$\prod_{j=1}^{L-1}\sigma(s_ju_j)=\sigma(s_1u_1)\prod_{j=2}^{L-1}\sigma(s_ju_j)$.",
                Goal(path, below, Given(Facts(), length="L"), name="split"),
            ),
            Step(
                "If the probabilities $P_a$ in the left subtree sum to one, and $Q_b$ in the right one, then "
                r"$\sum_a\sigma(x)P_a+\sum_b\sigma(-x)Q_b=1$, where $x$ is the root's score.",
                Goal(whole, sp.Integer(1), Given(hypothesis), name="step"),
            ),
        ),
        "Induction on the number of leaves: a leaf left of the root "
        "has $s_1=1$, one right of it $s_1=-1$, and "
        "what remains of its path is its path in the subtree.",
    )


@cache
def errors_sum_to_zero() -> Theorem:
    """The errors of a softmax sum to zero, (8) and (31)."""
    one, panels = model("cbow", "softmax"), model("skip-gram", "softmax")
    e = array("e")
    j, (c,) = one.slot, panels.panel
    j_c = panels.slot
    return Theorem(
        "Softmax errors sum to zero",
        r"$\sum_{j=1}^V e_j=0$; on every panel of skip-gram as well, so that $\sum_j\mathrm{EI}_j=0$.",
        (
            Step(r"$\sum_j e_j=0$.", Goal(Total(e(j), j), sp.Integer(0), one.given)),
            Step(r"$\sum_j e_{c,j}=0$.", Goal(Total(e(c, j_c), j_c), sp.Integer(0), panels.given)),
            Step(r"$\sum_j\sum_c e_{c,j}=0$.", Goal(Total(e(c, j_c), j_c, c), sp.Integer(0), panels.given)),
        ),
        "A softmax sums to one, and so does a one-hot label.",
    )


@cache
def negative_is_nce() -> Theorem:
    """Negative sampling is NCE where K q(w) = 1 for every word that is asked."""
    E, W, W_out = array("E")(), array("W"), array("W_out")
    r, k, i = index("r", 1, V), index("k", 1, V), index("i", 1, N)
    steps = []
    for side in ("one-word", "skip-gram"):
        plain, noise = model(side, "negative").given, model(side, "nce").given
        both = dict(noise.facts.definitions)
        both["q"] = ((k,), 1 / K)
        both["E_ns"] = plain.facts.definitions["E"]
        given = Given(Facts(both, noise.facts.positive - {"q"}))
        E_ns = array("E_ns")()
        steps += [
            Step(f"{side}: the losses are equal.", Goal(E, E_ns, given)),
            Step(f"{side}: dE/dW is.", Goal(Deriv(E, W(k, i)), Deriv(E_ns, W(k, i)), given)),
            Step(f"{side}: dE/dW' is.", Goal(Deriv(E, W_out(r, i)), Deriv(E_ns, W_out(r, i)), given)),
        ]
    return Theorem(
        "Negative sampling is NCE without its offset",
        r"Where $\log(K\,q(w))=0$, NCE's loss and gradients are those of negative sampling.",
        tuple(steps),
        "NCE's score is $u-\\log(Kq)$.",
        "$q(w)=1/K$ for all words asked; as a distribution over $V$ words this is uniform with $V=K$.",
    )


@cache
def batch_gradient() -> Theorem:
    """The gradient of a batch is the sum of the examples' gradients."""
    B = size("B")
    b, j, k, i = index("b", 1, B), index("j", 1, V), index("k", 1, V), index("i", 1, N)
    w_I, w_O = word("w_I", 1, V), word("w_O", 1, V)
    W, W_out, h, u, y, e, E = map(array, ("W", "W_out", "h", "u", "y", "e", "E"))
    other = index("j'", 1, V)
    exps = Total(sp.exp(u(b, other)), other)
    definitions = {
        "h": ((b, i), W(w_I(b), i)),
        "u": ((b, j), Total(W_out(j, i) * h(b, i), i)),
        "y": ((b, j), sp.exp(u(b, j)) / exps),
        "e": ((b, j), y(b, j) - Delta(j, w_O(b))),
        "E": ((), Total(-u(b, w_O(b)) + sp.log(exps), b)),
    }
    given = Given(Facts(definitions))
    rows = Total(Total(e(b, j) * W_out(j, i), j) * Delta(w_I(b), k), b)
    return Theorem(
        "A batch's gradient is the sum",
        r"For $E=\sum_b E_b$: $\partial E/\partial w'_{ij}=\sum_b e_{b,j}h_{b,i}$ and "
        r"$\partial E/\partial w_{ki}=\sum_b 1[k=w_{I,b}]\cdot\mathrm{EH}_{b,i}$.",
        (
            Step("Output vectors.", Goal(Deriv(E(), W_out(j, i)), Total(e(b, j) * h(b, i), b), given)),
            Step("Input vectors.", Goal(Deriv(E(), W(k, i)), rows, given)),
        ),
        "Each example is derived at the same, old parameters: a batch is not a run of updates.",
    )


def _goal(left: Arr, right: int) -> Goal:
    return Goal(left, sp.Integer(right), Given(Facts()))

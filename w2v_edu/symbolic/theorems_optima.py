"""Theorems about shapes and optima: what is convex, what is not, and where the minimum lies."""

from functools import cache

import sympy as sp

from .facts import Facts
from .goals import Goal
from .language import Delta, Deriv, Term, Total, array, index, sigma, size, word
from .models import K, N, V, model
from .points import Given
from .theorems import Step, Theorem

__all__ = [
    "collapse_without_negatives",
    "convex_with_one_side_fixed",
    "not_jointly_convex",
    "sgns_optimum",
    "softmax_optimum",
]


def hessian_form(E: Term, x: Term, x2: Term, z: Term, z2: Term, *letters: Term) -> Term:
    """sum over both letters of z z' d2E / dx dx'."""
    return Total(z * z2 * Deriv(Deriv(E, x), x2), *letters)


@cache
def convex_with_one_side_fixed() -> Theorem:
    """The Hessians of softmax and of negative sampling as sums of squares."""
    E, h, u, y, z, W_out = array("E")(), *map(array, ("h", "u", "y", "z", "W_out"))
    i, m = index("i", 1, N), index("m", 1, N)
    soft, neg = model("one-word", "softmax"), model("one-word", "negative")
    j, l, n = soft.slot, index("l", 1, V), index("n", 1, V)
    mean = Total(y(n) * z(n), n)
    a_j, a_n = Total(W_out(j, i) * z(i), i), Total(W_out(n, i) * z(i), i)
    k, r, s = neg.slot, index("r", 1, V), index("s", 1, V)
    along = Total(W_out(neg.row, i) * z(i), i)
    out = Total(z(neg.row, i) * h(i), i)
    form = hessian_form(E, W_out(r, i), W_out(s, m), z(r, i), z(s, m), r, s, i, m)
    return Theorem(
        "Convex with one side fixed",
        r"With $\mathbf{W}'$ fixed, $E$ is convex in $\mathbf{h}$, and "
        r"with $\mathbf{h}$ fixed in $\mathbf{W}'$: "
        r"every quadratic form of the Hessian is a sum of squares with weights $\geq 0$.",
        (
            Step(
                r"Softmax, in the scores (hence in $\mathbf{W}'$): "
                r"$\sum_j\sum_l z_jz_l\frac{\partial}{\partial u_l}\frac{"
                r"\partial E}{\partial u_j}=\sum_jy_j(z_j-\bar z)^2$, "
                r"$\bar z=\sum_ny_nz_n$.",
                Goal(
                    hessian_form(E, u(j), u(l), z(j), z(l), j, l),
                    Total(y(j) * (z(j) - mean) ** 2, j),
                    soft.given,
                ),
            ),
            Step(
                r"Softmax, in $\mathbf{h}$: the same with $z_j$ replaced by ${\mathbf{v}'_j}^T\mathbf{z}$.",
                Goal(
                    hessian_form(E, h(i), h(m), z(i), z(m), i, m),
                    Total(y(j) * (a_j - Total(y(n) * a_n, n)) ** 2, j),
                    soft.given,
                ),
            ),
            Step(
                r"Negative sampling, in $\mathbf{h}$: "
                r"$\sum_ky_k(1-y_k)({\mathbf{v}'_{w_k}}^T\mathbf{z})^2$, $y_k=\sigma(u_k)$.",
                Goal(
                    hessian_form(E, h(i), h(m), z(i), z(m), i, m),
                    Total(y(k) * (1 - y(k)) * along**2, k),
                    neg.given,
                ),
            ),
            Step(
                r"Negative sampling, in $\mathbf{W}'$: $\sum_ky_k(1-y_k)(\mathbf{z}_{w_k}^T\mathbf{h})^2$.",
                Goal(form, Total(y(k) * (1 - y(k)) * out**2, k), neg.given),
            ),
        ),
        "The weights $y_j$ and $y_k(1-y_k)$ are positive, so each form is $\\geq 0$.",
        "One side is held fixed; jointly in both it is false.",
    )


@cache
def not_jointly_convex() -> Theorem:
    """One positive pair in one dimension: the Hessian's determinant is negative for 2x sigma(x) < 1."""
    a, b, E = array("a")(), array("b")(), array("E")()
    x = a * b
    given = Given(Facts({"E": ((), -sp.log(sigma(x)))}))
    rest = 1 - sigma(x)
    aa, ab, bb = Deriv(Deriv(E, a), a), Deriv(Deriv(E, a), b), Deriv(Deriv(E, b), b)
    return Theorem(
        "Not convex jointly",
        r"$E=-\log\sigma(ab)$, one pair in one dimension, is not convex in "
        r"$a$ and $b$ together: wherever $2x\sigma(x)<1$ with "
        r"$x=ab$ (so for all $x\leq\frac12$), its Hessian has eigenvalues of both signs.",
        (
            Step(
                r"The determinant of the Hessian is $(1-\sigma(x))^2\,(2x\sigma(x)-1)$.",
                Goal(aa * bb - ab**2, rest**2 * (2 * x * sigma(x) - 1), given),
            ),
            Step(
                r"At $a=b=0$ it is $-\frac14$.",
                Goal(rest**2 * (2 * x * sigma(x) - 1), sp.Rational(-1, 4), Given(_zero())),
            ),
        ),
        r"$(1-\sigma)^2>0$, so the sign is that of $2x\sigma(x)-1$; "
        r"for $x\leq\frac12$ it is negative because "
        r"$\sigma<1$. A negative determinant means one positive and one negative eigenvalue.",
        r"Any model that holds such a pair with all else fixed inherits the region.",
    )


def _zero() -> Facts:
    return Facts({"a": ((), sp.Integer(0)), "b": ((), sp.Integer(0))})


@cache
def collapse_without_negatives() -> Theorem:
    """Goldberg and Levy (2014): without negatives the trivial solution is best."""
    E, v, w, x = array("E"), array("v"), array("w"), array("x")
    T = size("T")
    d, i = index("d", 1, T), index("i", 1, N)
    word_of, context_of = word("word", 1, V), word("context", 1, V)
    score = Total(w(word_of(d), i) * v(context_of(d), i), i)
    k = index("k", 1, V)
    same = {"w": ((k, i), x(i)), "v": ((k, i), x(i)), "E": ((), -Total(sp.log(sigma(score)), d))}
    square = Total(x(i) ** 2, i)
    s = array("s")()
    along = {"E": ((), -T * sp.log(sigma(s)))}
    return Theorem(
        "Without negatives everything collapses",
        r"$E=-\sum_{d=1}^T\log\sigma(\mathbf{v}_{w_d}^T"
        r"\mathbf{v}_{c_d})$, over the observed pairs alone, has no "
        r"minimum: let all vectors be the same $\mathbf{x}$ and grow, and $E$ tends to 0, its infimum.",
        (
            Step(
                r"With all vectors equal to $\mathbf{x}$: $E=-T\log\sigma(\mathbf{x}\cdot\mathbf{x})$.",
                Goal(E(), -T * sp.log(sigma(square)), Given(Facts(same))),
            ),
            Step(
                r"$-T\log\sigma(s)=T\log(1+e^{-s})$, which is positive.",
                Goal(-T * sp.log(sigma(s)), T * sp.log(1 + sp.exp(-s)), Given(Facts())),
            ),
            Step(
                r"$\frac{dE}{ds}=-T(1-\sigma(s))$, which is negative for every $s$.",
                Goal(Deriv(E(), s), -T * (1 - sigma(s)), Given(Facts(along))),
            ),
        ),
        r"$T\log(1+e^{-s})$ is positive and at most $T e^{-s}$, which "
        r"tends to 0 as $s=\mathbf{x}\cdot\mathbf{x}$ grows; "
        r"and $E$ is never 0 or less.",
        "No pair with label 0 in the data.",
    )


@cache
def softmax_optimum() -> Theorem:
    """With free scores the softmax model learns the conditional distribution."""
    u, y, n, E = map(array, ("u", "y", "n", "E"))
    k, j, l = index("k", 1, V), index("j", 1, V), index("l", 1, V)
    row, column = index("r", 1, V), index("s", 1, V)
    loss = -Total(n(k, j) * sp.log(y(k, j)), k, j)
    soft = {"y": ((k, j), sp.exp(u(k, j)) / Total(sp.exp(u(k, l)), l)), "E": ((), loss)}
    share = n(row, column) / Total(n(row, l), l)
    there = {**soft, "u": ((k, j), sp.log(n(k, j)))}
    counts = frozenset({"n"})
    slope = Total(n(row, l), l) * y(row, column) - n(row, column)
    z = array("z")
    second = Deriv(Deriv(E(), u(row, j)), u(row, column))
    mean = Total(y(row, l) * z(l), l)
    squares = Total(n(row, l), l) * Total(y(row, j) * (z(j) - mean) ** 2, j)
    return Theorem(
        "The softmax optimum is the conditional distribution",
        r"With counts $n_{kj}$ of target $j$ after input $k$, $E=-\sum_k"
        r"\sum_j n_{kj}\log y_{kj}$ is least exactly where "
        r"$y_{kj}=n_{kj}/n_k$, $n_k=\sum_jn_{kj}$.",
        (
            Step(
                r"$\frac{\partial E}{\partial u_{kj}}=n_ky_{kj}-n_{kj}$.",
                Goal(Deriv(E(), u(row, column)), slope, Given(Facts(soft, counts))),
            ),
            Step(
                r"At $u_{kj}=\log n_{kj}$: $y_{kj}=n_{kj}/n_k$.",
                Goal(y(row, column), share, Given(Facts(there, counts))),
            ),
            Step(
                r"There the gradient is zero.",
                Goal(slope, sp.Integer(0), Given(Facts(there, counts))),
            ),
            Step(
                r"No two rows meet: the second derivatives by $u_{kj}$ and $u_{rs}$ are 0 for $k\neq r$.",
                Goal(
                    Deriv(Deriv(E(), u(k, j)), u(row, column)),
                    sp.Integer(0),
                    Given(Facts(soft, counts)),
                    1 - Delta(k, row),
                ),
            ),
            Step(
                r"In each row the Hessian is a sum of squares: $n_k\sum_jy_{kj}(z_j-\bar z)^2$.",
                Goal(Total(z(j) * z(column) * second, j, column), squares, Given(Facts(soft, counts))),
            ),
        ),
        "A stationary point of a convex function is a minimum; the gradient is zero only where $y=n/n_k$.",
        r"Full rank, so that all scores $u_{kj}$ are free; $n_{kj}>0$ (for a pair that never occurs, "
        r"$u_{kj}$ goes to minus infinity).",
    )


@cache
def sgns_optimum() -> Theorem:
    """Levy and Goldberg (2014): log p(c|w) - log(K P_{n}(c)), with its conditions."""
    u, n, m, P, E = map(array, ("u", "n", "m", "P", "E"))  # m(w): how often w is an input
    w, c, r, s = index("w", 1, V), index("c", 1, V), index("r", 1, V), index("s", 1, V)
    noise = K * m(w) * P(c)
    loss = -Total(n(w, c) * sp.log(sigma(u(w, c))) + noise * sp.log(sigma(-u(w, c))), w, c)
    free = Facts({"E": ((), loss)}, frozenset("nmP"))
    best = sp.log(n(w, c)) - sp.log(m(w)) - sp.log(K * P(c))
    there = free.but(definitions={"E": ((), loss), "u": ((w, c), best)})
    y = sigma(u(r, s))
    slope = K * m(r) * P(s) * y - n(r, s) * (1 - y)
    second = (n(r, s) + K * m(r) * P(s)) * y * (1 - y)
    t = index("t", 1, V)
    unigram = {"P": ((c,), Total(n(t, c), t) / Total(n(t, r), t, r)), "m": ((w,), Total(n(w, t), t))}
    pmi = sp.log(n(w, c) * Total(n(t, r), t, r) / (Total(n(w, t), t) * Total(n(t, c), t)))
    given = Given(free)
    return Theorem(
        "The optimum of negative sampling",
        r"In expectation over the noise, $E$ is least where $\mathbf{v}_w\cdot"
        r"\mathbf{v}'_c=\log p(c\mid w)-\log(K\,P_{n}(c))$; "
        r"for the unigram distribution this is $\mathrm{PMI}(w,c)-\log K$.",
        (
            Step(
                r"$\frac{\partial E}{\partial u_{wc}}=K\,n_wP_{n}(c)\,"
                r"\sigma(u_{wc})-n_{wc}(1-\sigma(u_{wc}))$.",
                Goal(Deriv(E(), u(r, s)), slope, given),
            ),
            Step(
                r"It is zero at $u_{wc}=\log\frac{n_{wc}}{n_w}-\log(K\,P_{n}(c))$.",
                Goal(slope, sp.Integer(0), Given(there)),
            ),
            Step(
                r"The second derivative is $(n_{wc}+K\,n_wP_{n}(c))\,\sigma(1-\sigma)$, which is positive.",
                Goal(Deriv(Deriv(E(), u(r, s)), u(r, s)), second, given),
            ),
            Step(
                r"For $P_{n}(c)=n_c/n$: $\log\frac{n_{wc}}{n_w}-\log(K\,P_{n}(c))=\mathrm{PMI}(w,c)-\log K$.",
                Goal(best, pmi - sp.log(K), Given(Facts(unigram, frozenset("n")))),
            ),
        ),
        "The scores do not meet in $E$, so each has its own minimum, and it is the only one.",
        r"Full rank; observed pairs only ($n_{wc}>0$, the scores of others go to "
        r"minus infinity); the expectation over noise drawn from "
        r"$P_n$ and never redrawn against the positive word (redrawing shifts the optimum); with "
        r"$P_n$ proportional to $n_c^{3/4}$ the smoothed distribution takes the place of $n_c/n$.",
    )

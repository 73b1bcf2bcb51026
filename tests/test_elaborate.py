"""What students write: many spellings that mean the same, and lines that cannot be read, with the column."""

import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_edu.errors import W2VError
from w2v_edu.ledger.check import TOLERANCES, check_claim
from w2v_edu.ledger.worlds import world_of
from w2v_edu.model import cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, OBJECTIVES, Hierarchical, Negative, Softmax
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.evaluate import World
from w2v_edu.symbolic.meaning import Entry, Index, Sum
from w2v_edu.symbolic.settings import INPUT_SIDES, named, setting
from w2v_edu.symbolic.tokens import Unreadable
from w2v_edu.symbolic.walk import walk
from w2v_edu.tree import huffman

V, N, K = 7, 3, 5
NOISE = ((0, 6, 0, 2, 4), (1, 1, 6, 3, 5), (2, 0, 0, 6, 1), (4, 5, 6, 6, 3))
EXAMPLES = {
    "one-word": one_word(6, 3, NOISE[0]),
    "cbow": cbow((6, 0, 6, 4), 3, NOISE[1]),
    "skip-gram": skipgram(6, (2, 0, 2, 5), NOISE),
}
COUNTS = [9, 6, 5, 4, 3, 2, 1]
MADE = {
    "softmax": Softmax(),
    "hierarchical": Hierarchical(huffman(COUNTS)),
    "negative": Negative(),
    "nce": NCE(Noise.from_counts(COUNTS), K),
}


def world(model, seed=0):
    side, objective = model.split("/")
    rng = np.random.default_rng(seed)
    rows = MADE[objective].rows(V)
    return world_of(random_params(V, N, rng, R=rows), EXAMPLES[side], MADE[objective])


def errors(latex, model, seed=0, left=""):
    claim = read(latex, setting(*model.split("/")), left)
    found = check_claim(claim, world(model, seed), np.random.default_rng(seed), samples=50)
    assert found, "nothing was compared"
    return {witness: error for witness, error, _ in found}


TRUE = {
    "one-word/softmax": [
        r"\frac{\partial E}{\partial u_j} = y_j - t_j",
        r"\dfrac{\partial E}{\partial u_j} = e_j",
        r"\partial E / \partial u_j = y_j - t_j",
        "∂E/∂u_j = y_j − t_j",
        r"dE/du_j = y_j - t_j",
        r"\frac{dE}{du_j} = y_j - t_j",
        r"\frac{\mathrm{d}E}{\mathrm{d}u_j} = y_j - t_j",
        r"\frac{\partial}{\partial u_j} E = y_j - t_j",
        r"\frac{\partial}{\partial u_j}\left(-u_{j^*}+\log\sum_{k=1}^V e^{u_k}\right) = y_j - t_j",
        r"E = -\log y_{j^*}",
        r"E = -\ln y_{j^*}",
        r"E = -log(y_{j^*})",
        r"y_j = exp(u_j)/\sum_{k} exp(u_k)",
        r"y_j = \frac{e^{u_j}}{\sum_{k=1}^{V} e^{u_k}}",
        r"y_j = \softmax(\mathbf{u})_j",
        r"\mathbf{y} = \softmax(\mathbf{u})",
        r"y_j = \operatorname{softmax}(u)_j",
        r"\frac{\partial y_j}{\partial u_k} = y_j(\delta_{jk} - y_k)",
        r"\frac{\partial y_j}{\partial u_k} = y_j(1[j = k] - y_k)",
        r"\frac{\partial y_j}{\partial u_k} = y_j\,(\mathbb{1}[j=k] - y_k)",
        r"\frac{\partial y_j}{\partial u_k} = y_j(\mathbf{1}_{j=k} - y_k)",
        r"\frac{\partial y_j}{\partial u_k} = y_j(1\{j=k\} - y_k)",
        r"\frac{\partial y_j}{\partial u_k} = \begin{cases} y_j(1-y_j) & \text{if } j = k \\"
        r" -y_j y_k & \text{otherwise}"
        r"\end{cases}",
        r"\frac{\partial y_j}{\partial u_k} = \begin{cases} y_j(1-y_j), & j = k \\ -y_j y_k, & j"
        r" \neq k\end{cases}",
        r"\frac{\partial E}{\partial \mathbf{h}} = \mathbf{W}' \mathbf{e}",
        r"\frac{\partial E}{\partial \mathbf{W}'} = \mathbf{h}\mathbf{e}^T",
        r"\frac{\partial E}{\partial \mathbf{W}'} = \mathbf{h}\otimes\mathbf{e}",
        r"\frac{\partial E}{\partial \mathbf{v}'_{w_j}} = (y_j - t_j)\mathbf{h}",
        r"\frac{\partial E}{\partial v'_j} = e_j h",
        r"\nabla_{\mathbf{h}} E = \sum_j e_j \mathbf{v}'_j",
        r"EH_i = \sum_{j=1}^V e_j w'_{ij}",
        r"\text{EH}_i = \sum_{j=1}^{V} e_j \cdot w'_{ij}",
        r"\operatorname{EH}_i=\sum_{j} e_j \, w'_{ij}",
        r"w'_{ij} \leftarrow w'_{ij} - \eta e_j h_i",
        "w'_{ij} ← w'_{ij} - η e_j h_i",
        r"w'^{(new)}_{ij} = w'^{(old)}_{ij} - \eta e_j h_i",
        r"{w'_{ij}}^{\text{new}} = {w'_{ij}}^{\text{old}} - \eta e_j h_i",
        r"v_{w_I}^{(t+1)} = v_{w_I}^{(t)} - \eta \mathrm{EH}",
        r"\mathbf{v}'_{w_j} \gets \mathbf{v}'_{w_j} - \eta \cdot e_j \cdot \mathbf{h}\quad\text{for"
        r" } j = 1,2,\dots,V",
        r"$$ \frac{\partial E}{\partial u_j} = y_j - t_j $$",
        r"\[ \frac{\partial E}{\partial u_j} = y_j - t_j \]",
        r"\begin{equation} \frac{\partial E}{\partial u_j} = y_j - t_j. \end{equation}",
        r"\begin{align} \frac{\partial E}{\partial u_j} &= y_j - t_j \end{align}",
        r"\\frac{\\partial E}{\\partial u\_j} = y\_j - t\_j",
        r"\frac{\partial E}{\partial h_i} = \sum_{j=1}^V \frac{\partial E}{\partial u_j}"
        r" \frac{\partial u_j}{\partial h_i}",
        r"\sum_{j=1}^V y_j = 1",
        r"\sum_{j \neq j^*} y_j = 1 - y_{j^*}",
        r"\sum_{j=1, j\neq j^*}^V y_j = 1 - y_{j^*}",
        r"\sum_{1 \leq j \leq V} y_j = 1",
        r"\sum_{j=1}^V e_j = 0",
        r"\sigma'(u_j) = \sigma(u_j)(1-\sigma(u_j))",
        r"u_j = \mathbf{h}^\top \mathbf{v}'_{w_j}",
        r"u = W'^T h",
        r"\mathbf{u} = {\mathbf{W}'}^T\mathbf{W}^T\mathbf{x}",
        r"h = W^T x",
        r"p(w_O \mid w_I) = \frac{\exp(u_{j^*})}{\sum_{j'=1}^V \exp(u_{j'})}",
        r"p(w_O | w_I) = y_{j^*}",
        r"\log p(w_O|w_I) = u_{j^*} - \log \sum_{j'=1}^V \exp(u_{j'})",
        r"\frac{\partial E}{\partial w_{ki}} = EH_i x_k",
        r"\frac{\partial^2 E}{\partial u_j \partial u_k} = y_j(\delta_{jk} - y_k)",
        r"\frac{\partial^2 E}{\partial u_j^2} = y_j(1 - y_j)",
        r"t_j = 1(j = j^*)",
        r"t_j = \begin{cases} 1 & \mbox{if } j = j^* \\ 0 & \mbox{else}\end{cases}",
        r"t_j = \begin{cases} 1 & \text{if $j = j^*$} \\ 0 & \text{otherwise} \end{cases}",
        r"\frac{\partial E}{\partial \mathbf{u}} = \mathbf{y}-\mathbf{t}",
        r"\frac{\partial E}{\partial u_j}=y_j-t_j=e_j:=e_j",
        r"E = -\sum_{j=1}^V t_j \log y_j",
        r"E = -\sum_{j=1}^V t_j\cdot\log(y_j)",
        r"E = - \log \frac{\exp(u_{j^*})}{\sum_{j'} \exp(u_{j'})}",
        r"E = \log\left(1 + \sum_{k \neq j^*} e^{u_k - u_{j^*}}\right)",
        r"\newcommand{\vh}{\mathbf{h}} u_j = {\mathbf{v}'_{w_j}}^T\vh",
        r"\def\vh{\mathbf{h}} u_j = {\mathbf{v}'_{w_j}}^T\vh",
        r"\mathbf{y} \odot \mathbf{t} = y_{j^*} \mathbf{t}",
        r"\prod_{j=1}^V y_j^{t_j} = y_{j^*}",
    ],
    "cbow/softmax": [
        r"h = \frac{1}{C}\sum_{c=1}^C v_{w_c}",
        r"h_i = \frac{1}{C}\sum_{c=1}^C\sum_{k=1}^V x_{c,k} w_{ki}",
        r"\frac{\partial E}{\partial w_{ki}} = \frac{1}{C} \mathrm{EH}_i \sum_{c} 1[w_{I,c} = k]",
        r"h_i = (x_1 + x_2 + \cdots + x_C)^T W_{(\cdot,i)} / C",
    ],
    "skip-gram/softmax": [
        r"\frac{\partial E}{\partial u_j} = C y_j - \sum_{c=1}^C 1[j = j^*_c]",
        r"\mathrm{EI}_j = C\cdot y_j - \sum_{c=1}^C t_{c,j}",
        r"\sum_{j=1}^V EI_j = 0",
    ],
    "one-word/hierarchical": [
        r"\frac{\partial E}{\partial u_j} = \sigma(u_j) - t_j",
        r"\sum_{k=1}^V p(k) = 1",
        r"E = -\sum_{j=1}^{L(w)-1} \log\sigma((2 t_j - 1) u_j)",
    ],
    "one-word/negative": [
        r"E = -\log\sigma(u_0) - \sum_{k=1}^K \log\sigma(-u_k)",
        r"\frac{\partial E}{\partial \mathbf{h}} ="
        r" (\sigma({\mathbf{v}'_{w_O}}^T\mathbf{h})-1)\mathbf{v}'_{w_O}"
        r" + \sum_{w_j\in\mathcal{W}_{neg}}\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})\mathbf{v}'_{w_j}",
        r"\frac{\partial E}{\partial \mathbf{h}} = (\sigma(u_0)-1)\mathbf{v}'_{w_O} +"
        r" \sum_{j=1}^K(1-\sigma(-u_j))\mathbf{v}'_{w_j}",
        r"\frac{\partial E}{\partial w'_{ik}} = \sum_{j=0}^K 1[w_j = k] \cdot e_j \cdot h_i",
    ],
}  # fmt: skip
SPELLINGS = [(model, line) for model, lines in TRUE.items() for line in lines]


def test_there_are_enough_spellings():
    assert len(SPELLINGS) >= 60


@pytest.mark.parametrize(("model", "latex"), SPELLINGS, ids=[line for _, line in SPELLINGS])
def test_a_true_line_is_read_and_is_true(model, latex):
    for witness, error in errors(latex, model).items():
        tight = "partial^2" in latex and witness == "complex"  # the inner derivative is a central difference
        assert error <= (1e-7 if tight else 10 * TOLERANCES[witness]), witness


# Each is one slip away from a line above; each must be read, and be false.
WRONG = [
    ("one-word/softmax", r"\frac{\partial E}{\partial u_j} = t_j - y_j", "sign"),
    ("one-word/softmax", r"\frac{\partial E}{\partial u_j} = y_j", "t left out"),
    ("one-word/softmax", r"\frac{\partial E}{\partial u_j} = y_j - t_k", "another letter"),
    ("one-word/softmax", r"\mathrm{EH}_i = \sum_{j=1}^{V-1} e_j w'_{ij}", "sum stops early"),
    ("one-word/softmax", r"\mathrm{EH}_i = \sum_{j=2}^{V} e_j w'_{ij}", "sum starts late"),
    ("one-word/softmax", r"\mathrm{EH}_i = \sum_{j=1}^{1} e_j w'_{ij}", "limits ignored"),
    ("one-word/softmax", r"\mathrm{EH}_i = \sum_{j=V}^{1} e_j w'_{ij}", "limits exchanged"),
    ("one-word/softmax", r"\sum_{j\neq j^*} y_j = 1", "condition ignored"),
    ("one-word/softmax", r"\mathrm{EH}_i = \sum_{j=1}^{V} e_j w_{ji}", "W for W': the prime is missing"),
    ("one-word/softmax", r"\frac{\partial E}{\partial w'_{ij}} = e_j", "h left out"),
    ("one-word/softmax", r"\frac{\partial E}{\partial w'_{ij}} = y_j h_i", "y for e"),
    ("one-word/softmax", r"w'_{ij} \leftarrow w'_{ij} + \eta e_j h_i", "ascent"),
    ("one-word/softmax", r"w'_{ij} \leftarrow w'_{ij} - e_j h_i", "eta left out"),
    ("one-word/softmax", r"E = -u_{j^*} + \sum_{j'=1}^V \exp(u_{j'})", "log left out"),
    ("one-word/softmax", r"E = -\log y_j", "not the target"),
    ("one-word/softmax", r"\frac{\partial y_j}{\partial u_k} = y_j(1 - y_j)", "only the diagonal"),
    ("one-word/softmax", r"\frac{\partial E}{\partial w_{ki}} = EH_i", "every row"),
    ("one-word/softmax", r"u_j = {\mathbf{v}_{w_j}}^T\mathbf{h}", "v for v'"),
    ("cbow/softmax", r"\mathbf{h} = \sum_{c=1}^C \mathbf{v}_{w_{I,c}}", "1/C left out"),
    ("cbow/softmax", r"\mathbf{v}_{w_{I,c}} \leftarrow \mathbf{v}_{w_{I,c}} - \eta \mathrm{EH}",
     "1/C left out"),
    ("cbow/softmax", r"\frac{\partial E}{\partial \mathbf{v}_{w_{I,c}}} = \frac{1}{C}\mathrm{EH}",
     "a repeated word"),
    ("skip-gram/softmax", r"\frac{\partial E}{\partial w'_{ij}} = e_{1,j} h_i", "one panel"),
    ("skip-gram/softmax", r"\mathrm{EI}_j = y_j - \sum_{c=1}^C t_{c,j}", "C left out"),
    ("one-word/hierarchical", r"\frac{\partial E}{\partial u_j} = \sigma(u_j) - (1 - t_j)", "left and right"),
    ("one-word/hierarchical", r"E = -\sum_{j=1}^{L(w)-2} \log\sigma([\![\cdot]\!]u_j)", "path off by one"),
    ("one-word/hierarchical", r"E = -\sum_{j=1}^{L(w)-1} \log\sigma([\![n(w,j)=\mathrm{ch}(n(w,j))]\!]u_j)",
     "j for j + 1"),
    ("one-word/hierarchical", r"E = -\sum_{j=1}^{L(w)-1} \log\sigma(u_j)", "bracket left out"),
    ("one-word/negative", r"\frac{\partial E}{\partial \mathbf{v}'_{w_j}} = e_j \mathbf{h}", "repeats"),
    ("one-word/negative", r"E = -\log\sigma(u_0) - \sum_{k=1}^K \log\sigma(u_k)", "minus inside"),
    ("one-word/negative", r"E = -\log\sigma(u_0) - \sum_{k=0}^K \log\sigma(-u_k)",
     "sum starts at the target"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "latex", "slip"), WRONG, ids=[slip + ": " + line for _, line, slip in WRONG]
)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_planted_slip_is_caught(model, latex, slip, seed):
    assert max(errors(latex, model, seed).values()) > 1e-3, slip


RNG = np.random.default_rng(5)
CENTRE, OUTSIDE = RNG.standard_normal((V, N)), RNG.standard_normal((V, N))
GIVEN = {"eta": 0.4, "centre": CENTRE, "outside": OUTSIDE, "c": 7, "o": 4}
COURSE_WORLDS = {
    "cs224n/softmax": (GIVEN, {"V": V, "N": N}),
    "cs224n/negative": ({**GIVEN, "negatives": np.array([2, 5, 2, 6])}, {"V": V, "N": N, "K": 4}),
    "slp3/sgns": (
        {"eta": 0.4, "w": CENTRE[0], "c_pos": OUTSIDE[0], "c_neg": OUTSIDE[[3, 1, 3, 5]]},
        {"N": N, "K": 4},
    ),
}
COURSES = {
    "cs224n/softmax": [
        r"J_{\text{naive-softmax}}(v_c, o, U) = -\log P(O=o \mid C=c)",
        r"J = -\log \hat{y}_o",
        r"-\sum_{w\in\text{Vocab}} y_w\log(\hat{y}_w) = -\log(\hat{y}_o)",
        r"\frac{\partial J}{\partial v_c} = U(\hat{y}-y)",
        r"\frac{\partial J}{\partial \bm{v}_c} = \bm{U}(\hat{\bm{y}}-\bm{y})",
        r"\frac{\partial J}{\partial v_c} = -u_o + \sum_{w=1}^{V} \hat{y}_w u_w",
        r"\frac{\partial J}{\partial v_c} = -u_o + \sum_{x=1}^V P(x|c) u_x",
        r"\frac{\partial J}{\partial u_w} = (\hat{y}_w - y_w) v_c",
        r"\frac{\partial J}{\partial u_o} = (\hat{y}_o - 1) v_c",
        r"\frac{\partial J}{\partial u_w} = \hat{y}_w v_c \quad \text{if } w \neq o",
        r"\frac{\partial J}{\partial u_w} = \begin{cases} (\hat{y}_w - 1)v_c & w = o \\"
        r" \hat y_w v_c & \text{otherwise}\end{cases}",
        r"\frac{\partial J}{\partial U} = v_c(\hat{y}-y)^\top",
        r"\hat{y} = \text{softmax}(U^T v_c)",
        r"\hat{y}_o = \frac{\exp(u_o^\top v_c)}{\sum_{w \in V}\exp(u_w^\top v_c)}",
        r"v_c \leftarrow v_c - \alpha U(\hat y - y)",
    ],
    "cs224n/softmax/rows": [
        r"\frac{\partial J}{\partial v_c} = U^T(\hat{y}-y)",
        r"\frac{\partial J}{\partial U} = (\hat{y}-y)v_c^T",
    ],
    "cs224n/negative": [
        r"J = -\log(\sigma(u_o^T v_c)) - \sum_{k=1}^K \log(\sigma(-u_k^T v_c))",
        r"J_{\text{neg-sample}}(v_c,o,U) = -\log(\sigma(u_o^\top v_c)) - \sum_{s=1}^K"
        r" \log(\sigma(-u_{w_s}^\top v_c))",
        r"\frac{\partial J}{\partial v_c} = (\sigma(u_o^T v_c)-1)u_o - \sum_{k=1}^K (\sigma(-u_k^T"
        r" v_c)-1)u_k",
        r"\frac{\partial J}{\partial u_o} = (\sigma(u_o^T v_c) - 1) v_c",
        r"\frac{\partial J}{\partial u_{w_s}} = \sum_{k=1}^K 1[w_k = w_s]\,\sigma(u_{w_s}^T v_c) v_c",
    ],
    "slp3/sgns": [
        r"L_{CE} = -\log\left[P(+|w,c_{pos})\prod_{i=1}^k P(-|w,c_{neg_i})\right]",
        r"L_{CE} = -\left[\log\sigma(c_{pos}\cdot w)+\sum_{i=1}^K\log\sigma(-c_{neg_i}\cdot w)\right]",
        r"\frac{\partial L_{CE}}{\partial c_{pos}} = [\sigma(c_{pos}\cdot w)-1]w",
        r"\frac{\partial L_{CE}}{\partial c_{neg_i}} = [\sigma(c_{neg_i}\cdot w)]w",
        r"\frac{\partial L_{CE}}{\partial c_{neg}} = [\sigma(c_{neg}\cdot w)]w",
        r"\frac{\partial L_{CE}}{\partial w} = [\sigma(c_{pos}\cdot w)-1]c_{pos}"
        r"+\sum_{i=1}^K[\sigma(c_{neg_i}\cdot w)]c_{neg_i}",
        r"c_{pos}^{t+1} = c_{pos}^t - \eta[\sigma(c_{pos}^t\cdot w)-1]w",
        r"w^{t+1} = w^{t} - \eta\left[[\sigma(c_{pos}\cdot w^{t})-1]c_{pos}"
        r"+\sum_{i=1}^{K}[\sigma(c_{neg_i}\cdot w^{t})]c_{neg_i}\right]",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "latex"), [(n, line) for n, lines in COURSES.items() for line in lines])
def test_a_courses_own_notation_is_read_and_true(name, latex):
    claim = read(latex, named(name))
    assert not claim.warnings
    here = World(named(name).theory, *COURSE_WORLDS[name.removesuffix("/rows")])
    found = check_claim(claim, here, np.random.default_rng(0), samples=50)
    assert found
    for witness, error, _ in found:
        assert error <= 10 * TOLERANCES[witness], witness


def test_rows_or_columns_of_U_is_a_matter_of_the_setting():
    with pytest.raises(Unreadable, match="does not fit"):
        read(r"\frac{\partial J}{\partial v_c} = U^T(\hat{y}-y)", named("cs224n/softmax"))
    with pytest.raises(Unreadable, match="the loss is J"):
        read(r"\frac{\partial E}{\partial v_c} = U(\hat{y}-y)", named("cs224n/softmax"))
    with pytest.raises(Unreadable, match="the label is y_w"):
        read(r"\frac{\partial J}{\partial v_c} = U(\hat{y}-t)", named("cs224n/softmax"))


S, H, NEG, CB = (
    ("one-word", "softmax"),
    ("one-word", "hierarchical"),
    ("one-word", "negative"),
    ("cbow", "softmax"),
)
UNREADABLE = [
    (S, r"\frac{\partial L}{\partial u_j} = y_j - t_j", 16, "L is not defined here; the loss is E"),
    (S, r"\frac{\partial E}{\partial u_j = y_j", 32, "'=' cannot stand here"),
    (S, r"y_j - ", 7, "the line ends too early"),
    (S, r"\sum_{a} y_j = 1", 7, "it is not clear what a counts"),
    (S, r"u_j = {\mathbf{v}'_{w_j}}^T q", 29, "q is not defined here"),
    (S, r"h_j = 1", 3, "this index counts words; here components of the hidden layer are counted"),
    (S, r"w'_{ji} = 1", 5, "this index counts words"),
    (S, r"\sum_{j=1}^N e_j w'_{ij} = 1", 16, "this index counts components of the hidden layer"),
    (S, r"h = u", 5, "this side is a column of V, another is a column of N"),
    (S, r"\foo = 1", 1, r"\foo is not a command that is read here"),
    (S, r"y_j = = t_j", 7, "'=' cannot stand here"),
    (S, r"y_j = t_j)", 10, "')' cannot stand here"),
    (S, r"y_j = u_j @ 3", 11, "the character '@' is not read here"),
    (S, r"{y_j - t_j} h_i = e_j", 2, "braces cannot be seen on the page"),
    (S, r"{\sum_j y_j} h_i = h_i", 2, "this sum runs on to the end of its term"),
    (S, r"{y_j - t_j}^2 = 1", 2, "braces cannot be seen on the page"),
    (S, r"u_j_k = 1", 4, "a second subscript"),
    (S, r"u^2^3 = 1", 4, "a second superscript"),
    (S, r"\sigma = 1", 1, "sigma needs its argument"),
    (S, r"= y_j", 1, "this line starts with '=' but there is no line before it"),
    (S, r"\log y_j / t_j = 1", 10, "is it log of the whole fraction or of its top?"),
    (S, r"\begin{matrix} 1 \end{matrix}", 1, r"\begin{matrix} is not read here"),
    (S, r"y_j = \sum_{k=1} y_k", 13, "a lower limit without an upper one"),
    (S, r"\mathbf{h} = 1", 14, "this side is a number, another is a column of N"),
    (S, r"1/C = 1", 3, "C is not defined here"),
    (S, r"y_{jk} = 1", 1, "y with 2 indices"),
    (
        S,
        r"\frac{\partial E}{\partial (y_j + t_j)} = 1",
        28,
        "a derivative by something that has no name here",
    ),
    (S, r"", 1, "there is nothing here to read"),
    (S, r"\frac{1}{2", 11, "the line ends inside a brace"),
    (S, r"w_O = 3 !", 9, "'!' cannot stand here"),
    (S, r"1[j = i] = 0", 3, "one side counts components of the hidden layer, the other words"),
    (S, r"j = i", 1, "one side counts components of the hidden layer, the other words"),
    (S, r"\begin{cases} 1 & \text{if } j = k \\ 0 & \text{otherwise}", 59, "the line ends too early"),
    (S, r"\exp = 1", 6, "'=' cannot stand here"),
    (S, r"\frac{\partial}{\partial u_j} - \log y_j", 31, "'-' cannot stand here"),
    (S, r"\frac{\partial E}{\partial j} = 1", 28, "a derivative by a letter that counts"),
    (S, r"\mathbf{W} \mathbf{u} = \mathbf{h}", 12, "does not fit"),
    (S, r"y_j \leq 1", 1, "a line with '\\leq' is not an equation"),
    (S, r"\alpha = 1", 1, r"alpha is not defined here; the learning rate is \eta"),
    (S, r"\log_2 y_j = 1", 1, "this function is not read here"),
    (H, r"u_j = {\mathbf{v}'_{w_j}}^T\mathbf{h}", 21, "w with this index is not an index here"),
    (H, r"\sum_{i=1}^{L(w)-1} h_i = 1", 23, "this index counts positions on the path"),
    (NEG, r"\sum_{w_j \in \mathcal{D}} u_j = 1", 15, "this set is not defined here"),
    (CB, r"v_{w_I} = h", 4, "w with this index is not an index here"),
]


@pytest.mark.parametrize(
    ("model", "latex", "column", "reason"), UNREADABLE, ids=[line for _, line, _, _ in UNREADABLE]
)
def test_an_unreadable_line_says_where_and_why(model, latex, column, reason):
    with pytest.raises(Unreadable) as caught:
        read(latex, setting(*model))
    assert reason in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("side", INPUT_SIDES)
def test_the_loss_in_the_sheet_is_the_loss_of_the_setting(side, objective):
    if side == "skip-gram":
        side = "one-word"  # the sheet speaks of one target word
    found = errors(MADE[objective].loss, f"{side}/{objective}")
    assert found["sides"] < 1e-14


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("side", INPUT_SIDES)
def test_every_definition_uses_only_what_stands_before_it(side, objective):
    theory = setting(side, objective).theory
    known = {a.name for a in theory.inputs}
    for definition in theory.definitions:
        used = {n.array for n in walk(definition.body) if isinstance(n, Entry)}
        assert used <= known, definition.array.name
        known.add(definition.array.name)


def test_the_limits_are_kept_as_written():
    claim = read(r"\sum_{j=2}^{V-1} y_j = 1", setting("one-word", "softmax"))
    (total,) = [n for n in walk(claim.sides[0]) if isinstance(n, Sum)]
    assert total.index.range.first.value == 2
    assert "V" in str(total.index.range.last)
    assert len(total.index.range.last.terms) == 2


@given(name=st.sampled_from(["a", "b", "m", "l", "q", "r", "s", "j", "k", "j'"]))
@settings(max_examples=20, deadline=None)
def test_the_name_of_a_bound_letter_does_not_matter(name):
    found = errors(rf"\mathrm{{EH}}_i = \sum_{{{name}=1}}^V e_{{{name}}} w'_{{i{name}}}", "one-word/softmax")
    assert found["sides"] < 1e-14


def test_no_capture_when_a_bound_letter_is_reused():
    found = errors(r"\sum_{i=1}^V y_i \sum_{i=1}^N h_i = \sum_{k=1}^N h_k", "one-word/softmax")
    assert found["sides"] < 1e-13


def test_columns_multiplied_are_read_as_inner_product_with_a_warning():
    claim = read(r"u_j = \mathbf{v}'_{w_j} \mathbf{h}", setting("one-word", "softmax"))
    assert "a transpose is missing" in claim.warnings[0]
    assert not read(r"u_j = {\mathbf{v}'_{w_j}}^T \mathbf{h}", setting("one-word", "softmax")).warnings


def test_free_letters_and_ranges_beside_a_line():
    claim = read(r"e_j = y_j - t_j \quad j = 2,\dots,V", setting("one-word", "softmax"))
    assert [i.name for i in claim.free] == ["j"]
    assert claim.free[0].range.first.value == 2
    vector = read(
        r"\frac{\partial E}{\partial \mathbf{W}'} = \mathbf{h}\mathbf{e}^T", setting("one-word", "softmax")
    )
    assert [i.name for i in vector.free] == ["i", "j"]
    assert all(isinstance(i, Index) for i in vector.free)


def test_reading_loads_no_sympy():
    code = (
        "import sys; from w2v_edu.symbolic.elaborate import read;"
        "from w2v_edu.symbolic.settings import setting;"
        "from w2v_edu.ledger import LEDGER; read(LEDGER[7].latex, setting('one-word', 'softmax'));"
        "print('sympy' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "False"


@pytest.mark.parametrize(
    "text", ["(" * 500, "{" * 300 + "y_j", r"\log " * 500 + "y_j", "e^{" * 200 + "y_j" + "}" * 200]
)
def test_a_line_nested_beyond_all_homework_is_refused(text):
    with pytest.raises(Unreadable, match="nested too deeply"):
        read(text, setting(*S))


def test_only_what_is_learned_has_a_new_value():
    with pytest.raises(Unreadable, match="belongs to a parameter that is learned"):
        read(r"h_i^{(new)} = h_i - \eta \mathrm{EH}_i", setting(*S))
    with pytest.raises(Unreadable, match="only a parameter can be updated"):
        read(r"u_j \leftarrow u_j - \eta e_j", setting(*S))


TOKENS = re.compile(r"\\[a-zA-Z]+|\\.|[^\s]")
POOL = sorted({token for _, line in SPELLINGS for token in TOKENS.findall(line)})


@given(
    st.sampled_from(SPELLINGS),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 99), st.sampled_from(POOL)), max_size=3),
)
@settings(max_examples=300, deadline=None)
def test_a_line_with_slips_is_refused_or_has_numbers(spelling, edits):
    """No edit of tokens ends in anything but a reading or an error for people."""
    model, line = spelling
    tokens = TOKENS.findall(line)
    for kind, place, token in edits:
        k = place % len(tokens)
        tokens[k : k + (kind != 0)] = [] if kind == 1 and len(tokens) > 1 else [token]
    try:
        claim = read(" ".join(tokens), setting(*model.split("/")))
        check_claim(claim, WORLDS[model], np.random.default_rng(0), samples=3)
    except W2VError as error:
        assert str(error)


WORLDS = {model: world(model) for model in TRUE}


def test_an_unknown_setting_is_an_error():
    with pytest.raises(KeyError):
        named("rong/one-word/nonsense")

"""The line checker: verdicts, counter-examples, carried errors, hints, and lines that cannot be read."""

import xml.etree.ElementTree as ET

import pytest

from w2v_edu.derivation import check_lines
from w2v_edu.derivation.source import line_sources
from w2v_edu.symbolic.settings import named, setting

ONE = ("one-word", "softmax")
CBOW = ("cbow", "softmax")
SKIP = ("skip-gram", "softmax")
TREE = ("one-word", "hierarchical")
NEG = ("cbow", "negative")

RIGHT = [
    (ONE, r"\frac{\partial E}{\partial u_j} = y_j - t_j"),
    (ONE, r"\dfrac{\partial E}{\partial w'_{ij}} = (y_j - 1[j = j^*]) h_i"),
    (ONE, r"\frac{\partial E}{\partial\mathbf{W}} = \mathbf{x}\,\mathrm{EH}^T"),
    (ONE, r"\sum_{j=1}^V e_j = 0"),
    (ONE, r"\frac{\partial y_j}{\partial u_k} = y_j (1[j=k] - y_k)"),
    (CBOW, r"\frac{\partial E}{\partial w_{ki}} = \frac{1}{C}\mathrm{EH}_i\sum_{c=1}^C 1[w_{I,c}=k]"),
    (SKIP, r"\sum_{j=1}^V \mathrm{EI}_j = 0"),
    (SKIP, r"\mathrm{EI}_j = C y_j - \sum_{c=1}^C 1[j=j^*_c]"),
    (TREE, r"\frac{\partial E}{\partial u_j} = \sigma(u_j) - t_j"),
    (NEG, r"\frac{\partial E}{\partial\mathbf{h}} = \sum_{j=0}^K (\sigma(u_j) - t_j)\mathbf{v}'_{w_j}"),
    (NEG, r"\sigma'(u_j) = \sigma(u_j)\sigma(-u_j)"),
]
WRONG = [
    (ONE, r"\frac{\partial E}{\partial u_j} = t_j - y_j", "sign"),
    (ONE, r"\frac{\partial E}{\partial w'_{ij}} = y_j h_i", ""),
    (ONE, r"\mathrm{EH}_i x_k = \mathrm{EH}_{i'} x_k", ""),
    (ONE, r"\sum_{j=1}^{V-1} t_j = 1", ""),
    (ONE, r"\sum_{j=1}^{V-1} y_j = 1", ""),
    (ONE, r"\frac{\partial y_j}{\partial u_k} = y_j (1 - y_k)", ""),
    (CBOW, r"\frac{\partial E}{\partial w_{ki}} = \mathrm{EH}_i\sum_{c=1}^C 1[w_{I,c}=k]", "1/C"),
    (SKIP, r"\frac{\partial E}{\partial h_i} = \sum_{j=1}^V e_{c,j} w'_{ij}", ""),
    (TREE, r"\frac{\partial E}{\partial u_j} = t_j - \sigma(u_j)", "sign"),
    (NEG, r"\frac{\partial E}{\partial h_i} = \sum_{j=1}^K (\sigma(u_j) - t_j) w'_{i,w_j}", ""),
    (NEG, r"\frac{\partial E}{\partial h_i} = 2\sum_{j=0}^K e_j w'_{i,w_j}", "factor"),
    (NEG, r"\sigma(-u_j) = \sigma(u_j) - 1", "sign"),
]


@pytest.mark.parametrize(("model", "line"), RIGHT)
def test_right_line(model: tuple[str, str], line: str) -> None:
    report = check_lines(line, setting(*model))
    assert [x.status for x in report.lines] == ["proved"], str(report)
    assert report.ok
    assert report.summary == "every line is right"


@pytest.mark.parametrize(("model", "line", "hint"), WRONG)
def test_wrong_line_has_a_certified_counter_example(model: tuple[str, str], line: str, hint: str) -> None:
    report = check_lines(line, setting(*model))
    (found,) = report.lines
    assert found.status == "wrong", str(report)
    assert found.verdict is not None
    assert found.verdict.counterexample is not None
    assert found.verdict.counterexample.left != found.verdict.counterexample.right
    assert found.place in found.message
    assert hint in found.hint
    assert not report.ok


@pytest.mark.parametrize(
    ("model", "line", "needs"),
    [
        (CBOW, r"\frac{\partial E}{\partial\mathbf{v}_{w_{I,c}}} = \frac{1}{C}\mathrm{EH}", "context words"),
        (
            NEG,
            r"\frac{\partial E}{\partial\mathbf{v}'_{w_j}} = (\sigma(u_j)-t_j)\mathbf{h}",
            "w_O and the words of W_neg",
        ),
    ],
)
def test_right_if(model: tuple[str, str], line: str, needs: str) -> None:
    (found,) = check_lines(line, setting(*model)).lines
    assert found.status == "proved if"
    assert needs in found.message
    assert "pairwise different" in found.assumption


CHAIN = r"""
\begin{align*}
\frac{\partial E}{\partial h_i} &=
 \sum_{j=1}^V \frac{\partial E}{\partial u_j}\frac{\partial u_j}{\partial h_i} \\
 &= \sum_{j=1}^V (y_j + t_j) w'_{ij} \\
 &= \sum_{j=1}^V y_j w'_{ij} + w'_{i,j^*} \\
 &= \sum_{j=1}^V y_j w'_{ij} - w'_{i,j^*} \\
 &= \mathrm{EH}_i
\end{align*}
"""


def test_an_error_is_counted_once_and_what_follows_from_it_is_told_apart() -> None:
    report = check_lines(CHAIN, setting(*ONE))
    assert [x.status for x in report.lines] == ["proved", "wrong", "carried", "recovered", "proved"]
    assert [x.follows for x in report.lines] == [0, 0, 2, 3, 0]
    assert report.first_wrong is report.lines[1]
    assert report.summary == "2 of 5 lines wrong, first line 2"


def test_a_second_error_is_no_carried_one() -> None:
    lines = [r"e_j = y_j + t_j", r"= 2 y_j + t_j", r"= y_j - t_j"]
    assert [x.status for x in check_lines(lines, setting(*ONE)).lines] == ["wrong", "wrong", "recovered"]


def test_a_wrong_chain_in_one_line_is_wrong() -> None:
    (found,) = check_lines(
        r"\frac{\partial E}{\partial u_j} = y_j - t_j = t_j - y_j = -e_j", setting(*ONE)
    ).lines
    assert found.status == "wrong"
    assert found.side == 1


def test_the_first_wrong_term_is_quoted() -> None:
    line = (
        r"\frac{\partial E}{\partial h_i} = (\sigma(u_0)-1)w'_{i,w_0} "
        r"+ \sum_{j=1}^K (1-\sigma(u_j))w'_{i,w_j}"
    )
    (found,) = check_lines(line, setting(*NEG)).lines
    assert found.term == r"+\sum_{j=1}^K (1-\sigma(u_j))w'_{i,w_j}"
    assert found.term in found.hint


def test_a_chain_may_start_with_a_quantity_or_be_given_one() -> None:
    on_its_own = check_lines([r"\frac{\partial E}{\partial u_j}", r"= y_j - t_j"], setting(*ONE))
    assert [x.status for x in on_its_own.lines] == ["start", "proved"]
    assert check_lines(r"= y_j - t_j", setting(*ONE), start=r"\frac{\partial E}{\partial u_j}").ok


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (r"L = 3", "column 1: L is not defined here; the loss is E"),
        (r"\frac{\partial E}{\partial u_j} = y_j - q_j", "q is not defined here"),
        (r"= y_j", "no line before it"),
        (r"y_j = \frac{1}{2", "the line ends inside a brace"),
    ],
)
def test_unreadable_line(line: str, says: str) -> None:
    report = check_lines(line, setting(*ONE))
    assert report.lines[0].status == "unreadable"
    assert says in report.lines[0].message
    assert not report.ok
    assert "could not be settled" in report.summary


def test_a_purpose_claims_nothing() -> None:
    (found,) = check_lines(r"\max y_{j^*} = 1", setting(*ONE)).lines
    assert found.status == "untranslated"


def test_lines_are_read_out_of_markdown_and_numbered_displays() -> None:
    text = r"""$$u_j = {\mathbf{v}'_{w_j}}^T\mathbf{h} \quad (2)$$
$$\frac{\partial E}{\partial u_j} = y_j - t_j \tag{6}$$
\begin{equation} e_j =
\begin{cases} y_j - 1 & \text{if } j = j^* \\ y_j & \text{otherwise} \end{cases} \end{equation}"""
    assert len(line_sources(text)) == 3
    assert check_lines(text, setting(*ONE)).ok


def test_other_notations() -> None:
    assert check_lines(
        r"\frac{\partial J}{\partial v_c} = \sum_{w=1}^V \hat{y}_w u_w - u_o", named("cs224n/softmax")
    ).ok
    assert check_lines(
        r"\frac{\partial L_{CE}}{\partial c_{pos}} = (\sigma(c_{pos}^T w)-1) w", named("slp3/sgns")
    ).ok
    (found,) = check_lines(
        r"\frac{\partial J}{\partial v_c} = \sum_{w=1}^V \hat{y}_w u_w", named("cs224n/softmax")
    ).lines
    assert found.status == "wrong"


def test_text_and_html_of_a_report() -> None:
    report = check_lines(CHAIN, setting(*ONE))
    assert str(report).splitlines()[0] == "one-word context with softmax: 2 of 5 lines wrong, first line 2"
    rows = ET.fromstring(report._repr_html_()).findall("./tbody/tr")
    assert [row.get("class") for row in rows] == [x.status for x in report.lines]

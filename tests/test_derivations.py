"""Authored derivations: proved, their rules verified, evaluated and shown; what is wrong with bad ones."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from w2v_edu.derivation import Derivation
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.derivation.derivation import Step
from w2v_edu.errors import W2VError
from w2v_edu.symbolic.settings import setting

NAMES = sorted(AUTHORED)


@pytest.mark.parametrize("name", NAMES)
def test_authored_derivation(name: str) -> None:
    d = AUTHORED[name]()
    checked = d.check()
    assert checked.ok, str(checked)
    assert checked.assumptions == ()
    values = d.at(seed=len(name))
    assert len(values) == len(d.sides)
    assert np.isfinite(values[0]).any()
    for other in values[1:]:
        np.testing.assert_allclose(other, values[0], atol=1e-9)


def test_every_kind_is_there() -> None:
    wanted = {
        "sigma'",
        "softmax'",
        "cs224n/u_o",
        "cs224n/u_w not o",
        "cs224n/corpus v_c",
        "slp3/c_neg",
        "nce/EH",
    }
    assert wanted <= set(NAMES)
    for side in ("one-word", "cbow", "skip-gram"):
        assert {f"{side}/softmax/{what}" for what in ("dE_du", "dE_dW_out", "EH", "dE_dW")} <= set(NAMES)


def hidden() -> Derivation:
    return AUTHORED["cbow/softmax/EH"]()


@pytest.mark.parametrize("n", range(5))
@pytest.mark.parametrize("by", ["d log", "d sigma", "log of a product"])
def test_a_wrong_rule_is_noticed(n: int, by: str) -> None:
    d = hidden()
    steps = list(d.steps)
    steps[n] = Step(steps[n].tex, by)
    checked = replace(d, steps=tuple(steps)).check()
    assert not checked.ok
    assert checked.steps[n].verdict.proved
    assert not checked.steps[n].follows
    assert "not by this rule" in str(checked)


def test_single_rules_are_recognised() -> None:
    d = hidden()
    bare = replace(d, steps=tuple(Step(s.tex) for s in d.steps)).check()
    assert bare.ok
    assert [s.rule for s in bare.steps] == [
        "chain rule",
        "",
        "definition",
        "",
        "Kronecker collapse",
        "definition",
    ]


def test_a_wrong_step_is_refuted_and_the_rest_stands() -> None:
    d = hidden()
    steps = list(d.steps)
    steps[4] = Step(steps[4].tex.replace("e_j", "y_j"), "Kronecker collapse")
    checked = replace(d, steps=tuple(steps)).check()
    assert [s.verdict.status for s in checked.steps] == ["proved"] * 4 + ["wrong"] * 2
    assert not checked.ok


def test_an_unknown_rule_is_told() -> None:
    with pytest.raises(W2VError, match="is not a rule; the rules are algebra, definition"):
        Derivation(setting("cbow", "softmax"), "e_j").then("y_j-t_j", by="magic").check()


def test_sizes_are_those_of_the_setting() -> None:
    first, *_ = hidden().at(V=3, N=2, C=5)
    assert first.shape == (2,)
    with pytest.raises(W2VError, match="has the sizes V, N, C, not K"):
        hidden().at(K=2)


def test_an_earlier_result_is_needed_where_it_is_named() -> None:
    d = AUTHORED["cbow/softmax/dE_dW"]()
    assert d.check().ok
    assert not replace(d, uses=()).check().ok


@pytest.mark.parametrize("name", NAMES)
def test_latex_that_katex_and_mathjax_accept(name: str) -> None:
    text = AUTHORED[name]()._repr_latex_()
    assert text.startswith("$$\n\\begin{aligned}")
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    assert r"\tag" not in text
    assert not re.search(r"'(_\{[^{}]*\}|_\w)?\^", text)  # a double superscript


def test_html_needs_no_script() -> None:
    page = hidden()._repr_html_()
    root = ET.fromstring(page)
    assert len(root.findall("./tbody/tr")) == 6
    assert page.count("<math") == 7
    assert "<script" not in page

"""show(trace, "12"): equation, LaTeX, numbers, shape; in the terminal and in Jupyter."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from w2v_edu.display.show import show
from w2v_edu.errors import W2VError
from w2v_edu.ledger import LEDGER, rows_for
from w2v_edu.model import cbow, one_word, random_params, skipgram
from w2v_edu.objectives import Hierarchical, Negative, Softmax
from w2v_edu.reference import trace
from w2v_edu.symbolic.mathml import mathml
from w2v_edu.tree import huffman

V, N = 6, 3
WORDS = ("drink", "eat", "juice", "apple", "milk", "rice")


def traced(example, objective, seed=0):
    params = random_params(V, N, np.random.default_rng(seed), R=objective.rows(V))
    return params, trace(params, example, objective)


def test_the_numbers_are_those_of_the_trace_and_the_shape_has_letters():
    _, t = traced(one_word(5, 2), Softmax())
    shown = show(t, "12", words=WORDS)
    np.testing.assert_array_equal(shown.values, t.EH)
    assert shown.shape == "(N,) = (3,)"
    assert shown.row.full in str(shown)
    assert f"{t.EH[1]:.4g}" in str(shown)


def test_rows_carry_words():
    _, t = traced(one_word(5, 2), Softmax())
    lines = str(show(t, "8", words=WORDS)).splitlines()
    juice = next(line for line in lines if "juice" in line)
    assert f"{t.output.e[2]:.4g}" in juice
    assert float(juice.split()[-1]) < 0 < float(next(line for line in lines if "rice" in line).split()[-1])


def test_another_model_shows_the_row_with_the_same_quantity():
    _, t = traced(cbow((5, 0, 5), 2), Hierarchical(huffman([6, 5, 4, 3, 2, 1])))
    shown = show(t, "12")
    assert shown.row.number == "53"
    assert "for (12)" in str(shown)
    np.testing.assert_array_equal(shown.values, t.EH)


def test_a_panel_of_skip_gram_is_chosen():
    _, t = traced(skipgram(5, (2, 0), ((0, 1, 1), (3, 2, 0))), Negative())
    for panel in (0, 1):
        np.testing.assert_array_equal(show(t, "57", panel=panel).values, t.outputs[panel].e)
    assert "context word 2" in str(show(t, "57", panel=1))
    with pytest.raises(W2VError, match="panel 2 of 2"):
        show(t, "57", panel=2)


def test_an_update_needs_the_parameters_and_says_so():
    params, t = traced(one_word(5, 2), Softmax())
    with pytest.raises(W2VError, match="needs the parameters"):
        show(t, "11")
    new = show(t, "11", params, eta=0.5).values
    np.testing.assert_allclose(new, params.W_out - 0.5 * t.dW_out)


def test_where_words_repeat_the_form_for_repeated_words_is_shown():
    repeated = show(traced(cbow((5, 0, 5), 2), Softmax())[1], "23", traced(cbow((5, 0, 5), 2), Softmax())[0])
    assert r"\sum_{c'=1}^C" in repeated.row.latex
    params, t = traced(cbow((5, 0, 1), 2), Softmax())
    assert r"\sum" not in show(t, "23", params).row.latex


def test_said_rows_and_rows_of_no_model():
    _, t = traced(one_word(5, 2), Softmax())
    assert "said, not computed" in str(show(t, "5"))
    with pytest.raises(W2VError, match=r"\(43\) says nothing about one-word with softmax"):
        show(t, "43")
    with pytest.raises(W2VError, match=r"there is no equation \(86\)"):
        show(t, "86")


@pytest.mark.parametrize("objective", [Softmax(), Negative(), Hierarchical(huffman([6, 5, 4, 3, 2, 1]))])
@pytest.mark.parametrize(
    "example", [one_word(5, 2, (0, 0)), cbow((5, 0, 5), 2, (0, 0)), skipgram(5, (2, 0), ((0, 0), (1, 3)))]
)
def test_every_row_of_a_model_is_shown_and_is_well_formed(example, objective):
    params, t = traced(example, objective)
    for row in rows_for(example.input_side, objective.name):
        shown = show(t, row.number, params, words=WORDS)
        assert shown.row.latex in str(shown)
        assert shown.row.latex in (row.latex, row.general)
        ET.fromstring(shown._repr_html_())
        assert shown._repr_latex_().startswith("$")
        if shown.values is not None and shown.values.ndim:
            assert len(shown.labels) == len(shown.values)


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: row.number)
def test_every_row_is_well_formed_mathml(row):
    tree = ET.fromstring(mathml(row.full))
    parts = {"msub": 2, "msup": 2, "msubsup": 3, "mfrac": 2, "munder": 2, "mover": 2, "munderover": 3}
    for node in tree.iter():
        assert len(node) == parts.get(node.tag, len(node)), ET.tostring(node, encoding="unicode")
    text = "".join(tree.itertext())
    assert "\\" not in text and "_" not in text
    assert ("∂" in text) == (r"\partial" in row.full)
    assert text.count("∑") == row.full.count(r"\sum")


def test_mathml_shows_what_stands_there():
    assert "".join(ET.fromstring(mathml(r"y_j \leq 1")).itertext()) == "yj≤1"
    bold = "".join(ET.fromstring(mathml(r"\mathbf{v}'_{w_{I,c}}")).itertext())
    assert bold == "𝐯wI,c′"

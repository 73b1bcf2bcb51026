"""Right answers are called right: in every notation, layout and style, at every seed."""

import functools

import pytest

from tests.homework.right import OPTIONS, RIGHT, asked_name
from w2v_edu.homework import check
from w2v_edu.homework.signatures import NOTATIONS
from w2v_edu.notation import NOTATION, SOURCES

SEEDS = (0, 1, 20)


def renamed(name):
    """The function under the name that says what it is."""
    function = RIGHT[name]

    @functools.wraps(function)
    def same(*arguments, **keywords):
        return function(*arguments, **keywords)

    same.__name__ = asked_name(name)
    return same


def test_there_are_enough_of_them():
    assert len(RIGHT) >= 60


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_is_right(name):
    options = dict(OPTIONS.get(name, {}))
    if "cbow" in name:
        options.setdefault("input_side", "cbow")
    if "skipgram" in name:
        options.setdefault("input_side", "skip-gram")
    for seed in SEEDS:
        report = check(renamed(name), seed=seed, **options)
        assert report.verdict == "correct", report.text
        assert report.mistakes == () and report.departure is None
        assert report.points(3) == 3.0 and type(report.points(3)) is float


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("dJ_dv_c_columns", "words as columns"),
        ("dJ_dv_c_row_vector", "(1, d)"),
        ("dJ_dv_c_column_vector", "(d, 1)"),
        ("dJ_dv_c_matrix", "np.matrix"),
        ("loss_one_element", "one element"),
        ("dE_dW_cbow_sum", "sum"),
        ("dJ_dU_ns_skip", "skipped"),
        ("dl_dv_w_minimised", "minimised"),
        ("sgd_step_own_rate", "0.025"),
        ("dL_dc_neg_single", "one noise vector at a time"),
    ],
)
def test_conventions_are_reported_as_conventions(name, word):
    options = dict(OPTIONS.get(name, {}))
    if "cbow" in name:
        options["input_side"] = "cbow"
    report = check(renamed(name), **options)
    assert report.correct and word in " ".join(report.convention), report.text
    assert word in report.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("loss_ns_one_minus", ("scores of 40", "infinite")),
        ("loss_ns_epsilon", ("small number is added",)),
        ("loss_ns_clipped", ("clipped",)),
        ("J_naive", ("scores of 800",)),
        ("float32_gradient", ("single precision",)),
        ("E_hs_product", ("scores of",)),
    ],
)
def test_stability_is_a_finding_of_its_own(name, words):
    options = dict(OPTIONS.get(name, {}))
    report = check(renamed(name), **options)
    assert report.correct
    for word in words:
        assert word in " ".join(report.stability), report.text


@pytest.mark.parametrize("name", ["J", "loss_ns_softplus", "dJ_dU_ns_add_at", "EH"])
def test_a_stable_answer_has_no_such_finding(name):
    assert check(renamed(name), **OPTIONS.get(name, {})).stability == ()


def test_the_mean_of_no_vectors_is_noticed():
    report = check(renamed("loss_cbow_ns"), input_side="cbow")
    assert report.correct
    assert "no context word" in report.findings[0] and "not skipped" in report.findings[0]
    assert check(renamed("dE_dW_cbow_skip_empty"), input_side="cbow").findings == ()


SAME = {"W": {"W", "h"}, "W_out": {"W_out", "v_pos", "V_neg"}, "h": {"h"}}
SAME |= {"u": {"u"}, "y": {"y", "u"}, "t": {"t"}}


@pytest.mark.parametrize("source", SOURCES)
def test_names_mean_what_the_dictionary_of_notations_says(source):
    """Where a source's name can be a parameter's name, its role is that quantity (or a row of it)."""
    compared = 0
    for one in NOTATION:
        for name in one.names(source):
            if one.identifier in SAME and name in NOTATIONS[source]:
                assert NOTATIONS[source][name] in SAME[one.identifier], (one.identifier, name)
                compared += 1
    assert compared >= 2

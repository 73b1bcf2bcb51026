"""The sweep, its report, and the command, as a person would run them."""

import gzip
import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from w2v_edu.__main__ import main
from w2v_edu.corpus import corpus_from_text, load_corpus
from w2v_edu.errors import W2VError
from w2v_edu.ledger import LEDGER, equation
from w2v_edu.objectives import OBJECTIVES
from w2v_edu.verification import Finding, Report, Row, chosen_models, summary, table, verify
from w2v_edu.verification.cases import INPUT_SIDES, MODELS, random_case, random_cases
from w2v_edu.verification.from_text import text_cases


@pytest.fixture(scope="module")
def report():
    return verify(load_corpus("prose"), count=1, seed=11)


def test_every_row_of_the_ledger_holds(report):
    assert report.ok, table(report)
    assert [row.equation for row in report.rows] == list(LEDGER)
    assert report.models == 2 * len(MODELS)


def test_enough_is_checked_and_proved(report):
    rong = [row for row in report.rows if row.equation.document == "rong"]
    assert len(rong) == 85
    assert sum(bool(row.findings) for row in rong) >= 60
    assert sum(row.grade == "proved" for row in rong) >= 55
    assert all(row.findings for row in rong if row.grade != "said")


def test_no_row_is_graded_better_than_it_is(report):
    for row in report.rows:
        if row.grade == "proved":
            assert row.seconds is not None and row.ok and row.equation.grade == "checked"
        else:
            assert row.grade == row.equation.grade
    assert {row.equation.number for row in report.rows if row.grade == "said"} == {"5", "6"}


def test_derivatives_are_held_against_both_limits_and_the_batch(report):
    for number in ("8", "9", "12", "14", "23", "30", "32", "49", "50", "53", "57", "58", "61"):
        assert {"central", "complex", "reference", "batch"} <= set(report.row(number).worst)


def test_updates_are_held_against_the_limit(report):
    for number in ("10", "11", "16", "22", "23", "33", "34", "35", "51", "59", "80", "85"):
        assert report.row(number).equation.is_update
        assert {"central", "complex"} <= set(report.row(number).worst)


def test_without_the_prover_nothing_is_proved():
    report = verify(rows=[equation("8")], models=(("one-word", "softmax"),), count=1, prove=False)
    assert report.row("8").grade == "checked"
    assert report.source == "random"


def test_a_report_with_a_wrong_row_says_so():
    wrong = Row(equation("8"), "checked", (Finding("8", "complex", 0.5, "cbow/softmax on prose"),))
    right = Row(equation("9"), "checked", (Finding("9", "complex", 1e-16, "cbow/softmax on prose"),))
    empty = Row(equation("12"), "checked", ())
    report = Report((wrong, right, empty), 1, "prose", 0.1)
    assert not report.ok
    assert report.wrong() == ("8", "12")
    assert "These do not hold: (8), (12)." in summary(report)
    text = table(report)
    assert "WRONG: cbow/softmax on prose: relative error 5.0e-01 against the complex step" in text
    assert "WRONG: nothing could be compared" in text
    body = json.loads(report.to_json())
    assert [row["ok"] for row in body["equations"]] == [False, True, False]
    assert body["ok"] is False


def test_infinite_errors_are_json_too():
    row = Row(equation("8"), "checked", (Finding("8", "batch", float("inf"), "here"),))
    assert json.loads(Report((row,), 1, "x", 0.0).to_json())["equations"][0]["worst"]["batch"] == "infinite"


def test_models_by_name():
    assert chosen_models(None, None) == MODELS
    assert chosen_models("cbow", None) == tuple(("cbow", name) for name in OBJECTIVES)
    assert chosen_models(None, "ns") == tuple((side, "negative") for side in INPUT_SIDES)
    with pytest.raises(W2VError, match="model 'sg' is not one of one-word, cbow, skip-gram"):
        chosen_models("sg", None)
    with pytest.raises(W2VError, match="objective 'sgd' is not one of"):
        chosen_models(None, "sgd")


def test_cases_are_seeded():
    first, again, other = (
        [case.params.flat() for case in random_cases(MODELS[:3], 2, seed)] for seed in (1, 1, 2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0][: len(first[0])])
    assert random_case("cbow", "hs", np.random.default_rng(0)).objective.name == "hierarchical"


def test_cases_from_a_text_are_its_words():
    corpus = load_corpus("drink-eat")
    for case in text_cases(corpus, MODELS, 2, 3):
        assert case.words == corpus.words
        assert case.params.V == len(corpus.words)
        assert max(*case.example.inputs, *case.example.targets) < len(corpus.words)
    with pytest.raises(W2VError, match="no sentence of 'text' has two words"):
        list(text_cases(corpus_from_text("apricot. jam. apricot."), MODELS, 1, 0))


# --- the command ------------------------------------------------------------------------------------------


def run(capsys, *words):
    status = main(["verify", *words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_one_equation_of_one_model(capsys):
    status, out, err = run(
        capsys, "--equation", "12", "--model", "cbow", "--objective", "hierarchical", "--seed", "3"
    )
    assert (status, err) == (0, "")
    assert "(53)" in out and "Everything holds." in out  # the row with the same quantity in this model


def test_json_has_the_keys_that_others_read(capsys, tmp_path):
    path = tmp_path / "new" / "report.json"
    status, out, _ = run(capsys, "--equation", "8", "--count", "1", "--json", str(path))
    assert status == 0 and f"Written: {path}" in out
    body = json.loads(path.read_text(encoding="utf-8"))
    (row,) = body["equations"]
    assert body["ok"] is True
    assert (row["document"], row["number"], row["grade"], row["ok"]) == ("rong", "8", "proved", True)


def test_a_text_of_ones_own_plain_and_gzipped(capsys, tmp_path):
    text = "the apricot jam is sweet. the apricot is ripe, and the jam is ready.\n" * 5
    plain, packed = tmp_path / "jam.txt", tmp_path / "jam.txt.gz"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    for path in (plain, packed):
        status, out, _ = run(capsys, "--corpus", str(path), "--equation", "46", "--count", "0")
        assert status == 0 and path.name in out


def test_the_status_is_one_if_something_is_wrong(capsys, monkeypatch):
    monkeypatch.setattr("w2v_edu.functions.softmax", None)
    monkeypatch.setattr("w2v_edu.objectives.softmax.softmax", lambda u: np.exp(u))
    status, out, _ = run(capsys, "--equation", "3", "--count", "1")
    assert status == 1
    assert "These do not hold: (3)." in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--equation", "86"], r"there is no equation \(86\)"),
        (["--model", "glove"], "model 'glove' is not one of"),
        (["--objective", "glove"], "objective 'glove' is not one of"),
        (["--equation", "43", "--objective", "ns"], r"equation \(43\) does not speak about"),
        (["--count", "-1"], "0 or more"),
        (["--corpus", "no/such/file"], "no file or folder 'no/such/file'"),
        (["--json", "/proc/report.json"], "cannot write /proc/report.json"),
        (["--html", "/"], "it is a folder"),
    ],
)
def test_bad_input_is_one_clear_line(capsys, words, message):
    status, out, err = run(capsys, *words)
    assert status == 2 and out == ""
    assert err.startswith("w2v-edu verify: ") and err.count("\n") == 1
    with pytest.raises(W2VError, match=message):
        raise W2VError(err)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty|no word"),
        (b"jam jam jam", "one word|one different word|fewer than two|at least two"),
        (b"caf\xe9 au lait", "0xe9"),
    ],
)
def test_bad_texts_are_one_clear_line(capsys, tmp_path, content, message):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    status, _, err = run(capsys, "--corpus", str(path))
    assert status == 2 and err.count("\n") == 1
    with pytest.raises(W2VError, match=message):
        raise W2VError(err)


def test_latin_1_is_read_when_said(capsys, tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("un café au lait, un café noir".encode("latin-1"))
    assert run(capsys, "--corpus", str(path), "--encoding", "latin-1", "--equation", "2")[0] == 0
    assert run(capsys, "--corpus", str(path), "--errors", "replace", "--equation", "2")[0] == 0


def test_the_page_is_whole_and_needs_nothing_else(capsys, tmp_path):
    path = tmp_path / "verify.html"
    status, _, _ = run(capsys, "--count", "0", "--no-proofs", "--html", str(path))
    assert status == 0
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text and "src=" not in text and "<link" not in text
    assert text.count("<math") >= len(LEDGER)
    assert text.count("<figure") == 3 and text.count("<svg") == 3
    for row in LEDGER:
        assert f"id='eq-{row.number}'" in text
    body = text[text.index("<body>") : text.index("</body>") + len("</body>")]
    ET.fromstring(body.replace("&nbsp;", "&#160;"))

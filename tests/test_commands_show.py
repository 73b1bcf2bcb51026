"""`w2v-edu show`, as a person would run it."""

import pytest

from w2v_edu.__main__ import main
from w2v_edu.ledger import LEDGER


def run(capsys, *words):
    status = main(["show", *words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_apricot_jam(capsys):
    status, out, err = run(capsys, "--equation", "12", "--words", "apricot jam")
    assert (status, err) == (0, "")
    assert "(12)" in out and "EH, shape (N,) = (3,)" in out and r"\sum_{j=1}^V e_j\cdot w'_{ij}" in out


def test_rows_are_labelled_with_words(capsys):
    _, out, _ = run(
        capsys, "--equation", "23", "--words", "ripe apricot jam", "--model", "cbow", "--size", "2"
    )
    assert "v_new, shape (C, N) = (2, 2)" in out
    assert [line.split()[0] for line in out.splitlines()[-2:]] == ["ripe", "apricot"]
    _, out, _ = run(capsys, "--equation", "57", "--words", "apricot jam", "--negative", "4")
    assert "shape (K + 1,) = (5,)" in out and "    jam " in out


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: row.number)
def test_every_row_of_the_ledger_can_be_shown(capsys, row):
    status, out, err = run(capsys, "--equation", row.number, "--seed", "2")
    assert (status, err) == (0, "")
    assert f"({row.number})" in out and row.latex in out


def test_the_same_seed_shows_the_same(capsys):
    first, again, other = (run(capsys, "--equation", "8", "--seed", seed)[1] for seed in ("1", "1", "2"))
    assert first == again != other


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--words", "ripe juice jam", "--model", "cbow"],
            "context word 'juice' is not in the vocabulary (25 words)",
        ),
        (["--words", "apricot juice"], "target word 'juice' is not in the vocabulary"),
        (["--words", "juice jam", "--model", "skip-gram"], "input word 'juice' is not in the vocabulary"),
        (["--words", "apricot"], "expected an input word and a word to predict"),
        (["--words", "her ripe apricot"], "a one-word context has one word, not 2"),
        (["--size", "0"], "--size 0"),
        (["--negative", "-1", "--objective", "ns"], "K is -1"),
        (["--equation", "99"], "no equation (99)"),
        (["--equation", "43", "--objective", "ns"], "(43) says nothing about one-word with negative"),
        (["--panel", "7", "--model", "skip-gram", "--objective", "ns", "--equation", "57"], "panel 7 of 1"),
    ],
)
def test_bad_input_is_one_clear_line(capsys, words, message):
    status, out, err = run(capsys, *(words if "--equation" in words else ["--equation", "12", *words]))
    assert status == 2 and out == ""
    assert err.startswith("w2v-edu show: ") and err.count("\n") == 1 and message in err

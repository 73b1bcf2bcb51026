"""What graders rely on: silence, None, one AssertionError, plain floats, and reports that fit a screen."""

import doctest
import json
import os
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest

from tests.homework.right import sig, soft
from w2v_edu.errors import W2VError
from w2v_edu.homework import assert_correct, check

pytest_plugins = ["pytester"]


def dJ_dv_c(v_c, U, o):
    print("noise")
    warnings.warn("noise", stacklevel=1)
    sys.stderr.write("noise")
    np.log(np.zeros(2))
    y = soft(U @ v_c)
    y[o] -= 1
    return U.T @ y


def dJ_dU(v_c, U, o):
    """Wrong."""
    return np.outer(soft(U @ v_c), v_c)


def test_assert_correct_is_silent_and_returns_none(capfd):
    assert assert_correct(dJ_dv_c) is None
    assert capfd.readouterr() == ("", "")


def test_assert_correct_raises_one_error_that_says_it_all():
    with pytest.raises(AssertionError) as caught:
        assert_correct(dJ_dU)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    text = str(caught.value)
    for word in (
        "gradient with respect to the output vectors",
        "equation (9)",
        "the label is missing",
        "Subtract 1",
    ):
        assert word in text


def test_points_are_plain_floats():
    assert type(check(dJ_dv_c).points(np.float64(1.5))) is float
    assert check(dJ_dU).points(4) == 0.0

    def loss_and_grad(v_c, U, o):
        y = soft(U @ v_c)
        return -np.log(y[o]), U.T @ y, np.outer(y - np.eye(len(U))[o], v_c)

    assert check(loss_and_grad).points(3) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("hint", "says", "hides"), [(0, "Look at", "equation"), (1, "equation (9)", "label"), (2, "label", "-")]
)
def test_three_strengths_of_hints(hint, says, hides):
    report = check(dJ_dU, hint=hint)
    assert says in report.text
    assert hides not in report.text.replace("Read as", "") or hides == "-"
    assert report.verdict == "wrong"
    machine = report.as_dict()
    assert (machine["equation"] is None) == (hint == 0) and (machine["cause"] == "") == (hint < 2)
    json.dumps(machine)


def test_an_unknown_strength_is_said():
    with pytest.raises(W2VError, match="hint is 5"):
        check(dJ_dU, hint=5)


def test_html_shows_the_text_and_escapes_it():
    def dE_dh(h, W_out, w_O):
        raise ValueError("<script>alert(1)</script>")

    report = check(dE_dh)
    assert report.verdict == "crashed"
    html = report._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert repr(report) == report.text


VERDICTS = {
    "not finished": "pass",
    "not finished ": "raise NotImplementedError",
    "not finished  ": "return 0 * v_c",
    "crashed": "return U[len(U)]",
    "ran out of memory": "raise MemoryError",
    "wrong": "return 'gradient'",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_verdicts(verdict):
    space = {"np": np}
    exec(f"def dJ_dv_c(v_c, U, o):\n    {VERDICTS[verdict]}", space)
    assert check(space["dJ_dv_c"]).verdict == verdict.strip()


def test_a_name_that_says_nothing_is_said():
    def f(banana, U):
        return U

    with pytest.raises(W2VError, match="parameter 'banana' is not a name that the notation"):
        check(f)
    with pytest.raises(W2VError, match="notation 'latin' is not one of"):
        check(dJ_dU, notation="latin")


def test_the_same_names_mean_other_things_in_other_notations():
    def dl_dv_w(v_w, v_c, v_neg):
        return (sig(v_c @ v_w) - 1) * v_c + sig(v_neg @ v_w) @ v_neg

    report = check(dl_dv_w)
    assert report.correct and "minimised" in report.convention[0]


def test_students_arrays_are_not_shared_between_calls():
    def dJ_dv_c(v_c, U, o):
        y = soft(U @ v_c)
        y[o] -= 1
        g = U.T @ y
        U[:] = 0
        v_c[:] = 7
        return g

    assert check(dJ_dv_c).correct


def test_the_fixture(pytester):
    pytester.makepyfile(
        """
        import numpy as np
        pytest_plugins = ["w2v_edu.homework.pytest_plugin"]

        def dJ_dv_c(v_c, U, o):
            z = np.exp(U @ v_c)
            y = z / z.sum()
            y[o] -= 1
            return U.T @ y

        def dJ_dU(v_c, U, o):
            z = np.exp(U @ v_c)
            return np.outer(z / z.sum(), v_c)

        def test_right(homework):
            homework(dJ_dv_c)

        def test_wrong(homework):
            homework(dJ_dU)
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*the label is missing*"])


def notebook(cells):
    """An nbformat 4 notebook of code cells."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell{n}",
                "execution_count": None,
                "metadata": metadata,
                "outputs": [],
                "source": source,
            }
            for n, (source, metadata) in enumerate(cells)
        ],
    }


ANSWER = """import numpy as np
def dJ_dv_c(v_c, U, o):
    z = np.exp(U @ v_c)
    y = z / z.sum()
    {line}
    return U.T @ y"""
GRADED = {
    "nbgrader": {
        "grade": True,
        "grade_id": "t",
        "locked": True,
        "points": 3,
        "schema_version": 3,
        "solution": False,
        "task": False,
        "cell_type": "code",
    }
}
SOLVED = {
    "nbgrader": {
        "grade": False,
        "grade_id": "s",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
        "cell_type": "code",
    }
}


@pytest.mark.slow
def test_nbgrader_scores_right_and_wrong_code(tmp_path, monkeypatch):
    """Full marks for right code although it warns, none for wrong code, whose message stands in the cell."""
    pytest.importorskip("nbgrader")
    here = str(Path(sys.executable).parent)  # nbgrader calls alembic by its bare name
    monkeypatch.setenv("PATH", os.pathsep.join([here, os.environ["PATH"]]))
    check_cell = "from w2v_edu.homework import assert_correct\nassert_correct(dJ_dv_c)"
    for student, line in (("ann", "y[o] -= 1"), ("bob", "pass")):
        folder = tmp_path / "submitted" / student / "hw1"
        folder.mkdir(parents=True)
        cells = [(ANSWER.format(line=line), SOLVED), (check_cell, GRADED)]
        (folder / "hw1.ipynb").write_text(json.dumps(notebook(cells)))
    source = tmp_path / "source" / "hw1"
    source.mkdir(parents=True)
    cells = [
        (ANSWER.format(line="### BEGIN SOLUTION\n    y[o] -= 1\n    ### END SOLUTION"), SOLVED),
        (check_cell, GRADED),
    ]
    (source / "hw1.ipynb").write_text(json.dumps(notebook(cells)))
    for command in (
        ["generate_assignment", "hw1", "--create", "--force"],
        ["autograde", "hw1", "--create", "--force"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        assert book.find_submission("hw1", "ann").score == 3
        assert book.find_submission("hw1", "bob").score == 0
    graded = (tmp_path / "autograded" / "bob" / "hw1" / "hw1.ipynb").read_text()
    assert "the target's own vector is missing" in graded


@pytest.mark.slow
def test_otter_scores_right_and_wrong_code(tmp_path, monkeypatch):
    pytest.importorskip("otter")
    monkeypatch.chdir(tmp_path)  # it keeps a log where it runs
    test = textwrap.dedent(
        """
        from otter.test_files import test_case
        OK_FORMAT = False
        name = "q1"
        points = 3

        @test_case(points=3, hidden=False)
        def test_gradient(dJ_dv_c):
            from w2v_edu.homework import assert_correct
            assert_correct(dJ_dv_c)
        """
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1.py").write_text(test)
    for line, right in (("y[o] -= 1", True), ("pass", False)):
        import otter

        space = {}
        exec(ANSWER.format(line=line), space)
        result = otter.Notebook(tests_dir=str(tmp_path / "tests")).check("q1", global_env=space)
        assert (result.grade == 1) is right
        assert right or "the target's own vector is missing" in repr(result)


def test_the_docs_page_is_true():
    page = Path(__file__).parent.parent / "docs" / "homework.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0 and tried >= 4

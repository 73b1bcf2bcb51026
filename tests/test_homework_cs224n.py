"""CS224n files run unchanged, in both historical forms; mistakes in them are found and named."""

import json
from collections import Counter

import numpy as np
import pytest

from tests.homework.cs224n_files import FILE_2015, FILE_2019, RIGHT_EDITS, WRONG_2015, WRONG_2019
from w2v_edu import Params, Softmax, loss, skipgram
from w2v_edu.__main__ import main
from w2v_edu.homework import check, course_modules
from w2v_edu.homework.course_files import check_file
from w2v_edu.homework.hints import HINTS


def edited(text, edit):
    old, new = edit
    assert old in text
    return text.replace(old, new) if old else text


def checked(tmp_path, text, **options):
    file = tmp_path / "word2vec.py"
    file.write_text(text)
    return check_file(file, **options)


@pytest.mark.parametrize(
    "name",
    [name if name == "K is 12" else pytest.param(name, marks=pytest.mark.slow) for name in RIGHT_EDITS],
)
def test_right_files_of_2019_are_right(name, tmp_path):
    report = checked(tmp_path, edited(FILE_2019, RIGHT_EDITS[name]))
    assert report.correct, report.text
    names = {one.name for one in report.functions}
    assert {
        "sigmoid",
        "naiveSoftmaxLossAndGradient",
        "negSamplingLossAndGradient",
        "getNegativeSamples",
        "skipgram",
    } == names
    said = report.text
    for edit, word in (("K is 12", "K is 12"), ("target kept", "is kept"), ("row gradients", "(1, d)")):
        assert (word in said) == (name == edit), said


@pytest.mark.parametrize("name", [name for name in RIGHT_EDITS if name != "command line"])
def test_right_functions_of_2019_are_right(name):
    text = edited(FILE_2019, RIGHT_EDITS[name])
    for function in (
        "naiveSoftmaxLossAndGradient",
        "negSamplingLossAndGradient",
        "getNegativeSamples",
        "skipgram",
    ):
        report = check(live(text, function), seed=7)
        assert report.correct, report.text


def test_the_form_of_2015_is_right(tmp_path):
    report = checked(tmp_path, FILE_2015)
    assert report.correct, report.text
    assert len(report.functions) == 5
    assert all(one.convention == () for one in report.functions)  # its CBOW is the sum


def test_cbow_by_mean_is_a_convention(tmp_path):
    text = FILE_2015.replace(
        "np.sum(inputVectors[indices], axis=0)", "np.mean(inputVectors[indices], axis=0)"
    )
    text = text.replace("gradIn[i] += gp\n    return", "gradIn[i] += gp / len(indices)\n    return")
    (report,) = checked(tmp_path, text, only="cbow").functions
    assert report.correct and "mean" in report.convention[0], report.text
    assert "no context word" in " ".join(report.findings)


ALL_WRONG = [(FILE_2019, *row) for row in WRONG_2019] + [(FILE_2015, *row) for row in WRONG_2015]
each_wrong = pytest.mark.parametrize(
    ("form", "key", "function", "edit"),
    ALL_WRONG,
    ids=[f"{row[1]}-{row[2][:9]}-{n}" for n, row in enumerate(ALL_WRONG)],
)


def live(text, function):
    """A function of the file in this process, with the modules that the course brings."""
    space = dict(vars(course_modules))
    lines = [line for line in text.splitlines() if not line.startswith(("from ", "import "))]
    exec("\n".join(lines).replace('if __name__ == "__main__":', "if False:"), space)
    return space[function]


def is_named(report, key):
    assert report.verdict == "wrong", report.text
    assert key in (*report.mistakes[:1], *report.or_mistakes), report.text
    assert HINTS[key].title in report.text


@each_wrong
def test_planted_mistakes_are_named(form, key, function, edit):
    for seed in (0, 1, 12):
        is_named(check(live(edited(form, edit), function), seed=seed), key)


@pytest.mark.slow
@each_wrong
def test_planted_mistakes_are_named_in_files(form, key, function, edit, tmp_path):
    (report,) = checked(tmp_path, edited(form, edit), only=function, seed=len(key)).functions
    is_named(report, key)


def test_words_as_columns_throughout_is_a_convention(tmp_path):
    text = FILE_2019.replace(
        "np.dot(outsideVectors, centerWordVec)", "np.dot(outsideVectors.T, centerWordVec)"
    )
    text = text.replace("np.dot(outsideVectors.T, delta)", "np.dot(outsideVectors, delta)")
    text = text.replace("np.outer(delta, centerWordVec)", "np.outer(centerWordVec, delta)")
    (report,) = checked(tmp_path, text, only="naiveSoftmaxLossAndGradient").functions
    assert report.correct and "words as columns" in report.convention, report.text


def test_published_values():
    """Assignment 2 of CS224n prints these for its skip-gram with full softmax."""
    random = np.random.RandomState(9265)
    rows = random.randn(10, 3)
    rows /= np.sqrt((rows**2).sum(axis=1, keepdims=True))
    params = Params(rows[:5], rows[5:])
    context = tuple("abcde".index(word) for word in "abedbc")
    for center, value in (("c", 11.16610900153398), ("b", 9.87714910003414), ("a", 10.810758628593335)):
        assert loss(params, skipgram("abcde".index(center), context), Softmax()) == pytest.approx(
            value, abs=1e-13
        )


UNFINISHED = """
import numpy as np

def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
    'Naive Softmax loss & gradient'
    ### YOUR CODE HERE (~6-8 Lines)

    ### END YOUR CODE
    return loss, gradCenterVec, gradOutsideVecs

def sigmoid(x):
    ### YOUR CODE HERE (~1 Line)
    return s

def negSamplingLossAndGradient(a, b, c, dataset, K=10):
    raise NotImplementedError

def skipgram(a, b, c, d, centerWordVectors, outsideVectors, dataset, f=None):
    loss = 0.0
    return loss, np.zeros(centerWordVectors.shape), np.zeros(outsideVectors.shape)
"""


def test_an_unfinished_file_is_not_finished(tmp_path):
    report = checked(tmp_path, UNFINISHED)
    assert Counter(one.verdict for one in report.functions) == {"not finished": 4}, report.text
    assert report.points(10) == 0.0


def test_the_command_line_and_its_json(tmp_path, capsys):
    file, out = tmp_path / "hw.py", tmp_path / "verdicts.json"
    file.write_text(edited(FILE_2019, WRONG_2019[0][2]))
    assert main(["check", str(file), "--json", str(out), "--notation", "cs224n"]) == 1
    text = capsys.readouterr().out
    assert "equation (12)" in text and "✗ naiveSoftmaxLossAndGradient: wrong" in text
    functions = json.loads(out.read_text())["functions"]
    for one in functions:
        assert set(one) == {"name", "verdict", "convention", "stability", "cause", "equation", "message"}
    by_name = {one["name"]: one for one in functions}
    assert by_name["naiveSoftmaxLossAndGradient"]["equation"] == 12
    assert "target" in by_name["naiveSoftmaxLossAndGradient"]["cause"]
    assert by_name["skipgram"]["verdict"] == "correct"
    file.write_text(FILE_2015)
    assert main(["check", str(file)]) == 0


def test_what_cannot_be_checked_is_said_in_one_line(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nothing.py")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    file = tmp_path / "other.py"
    file.write_text("def hello(name):\n    return name\n")
    assert main(["check", str(file)]) == 2
    assert "says by its name" in capsys.readouterr().err
    file.write_text("def f(:\n")
    assert main(["check", str(file)]) == 2
    assert "not valid Python (line 1" in capsys.readouterr().err

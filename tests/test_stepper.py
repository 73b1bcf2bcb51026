"""The stepper without a browser: pairs, portable numbers, lessons, frames, pages."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest

import w2v_edu
from w2v_edu.__main__ import main
from w2v_edu.display.stepper import (
    PRESETS,
    lesson_from_corpus,
    lesson_from_pairs,
    run,
    step,
    stepper,
)
from w2v_edu.display.stepper.frames import NOTES, frames_for
from w2v_edu.display.stepper.page import MODULES
from w2v_edu.display.stepper.pairs import as_side, pairs_text, parse_pairs, side_of, vocabulary_of
from w2v_edu.display.stepper.portable import draw_noise, initial_params, mulberry32
from w2v_edu.errors import W2VError
from w2v_edu.ledger import LEDGER, equation
from w2v_edu.verification.cases import MODELS, random_case

PAIRS = "drink^juice|apple, eat^rice|apple, drink^milk|rice, water^juice|drink"


def data_of(html):
    """What the page carries."""
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)[1]
    return json.loads(text)


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("a|b", "one-word", [(("a",), ("b",))]),
        ("a^b|c", "cbow", [(("a", "b"), ("c",))]),
        ("a^b|c", "skip-gram", [(("c",), ("a", "b"))]),
        ("a^b^a|c", "one-word", [(("a",), ("c",)), (("b",), ("c",)), (("a",), ("c",))]),
        ("c|a^b", "cbow", [(("a", "b"), ("c",))]),
        ("c|a", "skip-gram", [(("c",), ("a",))]),
        ("c|a", "cbow", [(("c",), ("a",))]),
    ],
)
def test_pairs_are_seen_from_any_side(text, side, expected):
    assert list(as_side(parse_pairs(text), side)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" , ;\n", "no training pairs"),
        ("apple", "'apple' is not a training pair"),
        ("a|b|c", "'a|b|c' is not a training pair"),
        ("a^|b", "is not a training pair"),
        ("a^b|c^d", "several words on both sides"),
    ],
)
def test_bad_pairs_are_named(text, message):
    with pytest.raises(W2VError, match=re.escape(message)):
        parse_pairs(text)


def test_pairs_as_they_stand():
    assert side_of(parse_pairs("a|b, c|d")) == "one-word"
    assert side_of(parse_pairs("a|b, c^a|d")) == "cbow"
    words, counts = vocabulary_of(parse_pairs("b^a|c, b|a"))
    assert (words, counts) == (("b", "a", "c"), (2, 2, 1))
    with pytest.raises(W2VError, match="one word only"):
        vocabulary_of(parse_pairs("a|a"))


def test_pairs_survive_being_written_and_read():
    lesson = lesson_from_pairs(PAIRS)
    assert pairs_text(lesson.examples, lesson.words) == PAIRS
    odd = lesson_from_pairs("a|b")
    assert parse_pairs(
        pairs_text(odd.examples, ("x,y", "p|q^r"))
    )  # the notation's own characters are taken out


def test_the_generator_is_uniform_and_its_own():
    random = mulberry32(7)
    numbers = np.array([random() for _ in range(20_000)])
    assert ((numbers >= 0) & (numbers < 1)).all()
    assert np.abs(np.histogram(numbers, 10)[0] - 2000).max() < 200  # 5 standard deviations are 212
    assert mulberry32(2**32 + 7)() == mulberry32(7)() != mulberry32(8)()
    params = initial_params(5, 4, 3, seed=2, spread=0.25)
    assert params.W.shape == (5, 3)
    assert params.W_out.shape == (4, 3)
    assert 0.2 < np.abs(params.flat()).max() <= 0.25


def test_noise_words_depend_on_seed_and_step_alone():
    p = np.array([0.5, 0.2, 0.2, 0.1])
    drawn = [draw_noise(p, 6, 3, seed=4, s=s) for s in range(400)]
    assert drawn[7] == draw_noise(p, 6, 3, seed=4, s=7)
    assert len(set(drawn)) > 390
    words = np.array(drawn).ravel()
    shares = np.bincount(words, minlength=4) / len(words)
    assert np.abs(shares - p).max() < 0.03
    assert {len(noise) for noise in drawn[0]} == {6}


@pytest.mark.parametrize(("side", "objective"), MODELS)
def test_a_run_is_the_reference_step_after_step(side, objective):
    lesson = lesson_from_pairs(PAIRS, side=side, objective=objective, N=3, K=2, eta=0.3, seed=5)
    params, losses = lesson.start(), []
    for s in range(7):
        losses.append(float(w2v_edu.loss(params, lesson.example(s), lesson.sheet())))
        params = w2v_edu.update(params, lesson.example(s), lesson.sheet(), lesson.eta)
    result = run(lesson, 7)
    np.testing.assert_allclose(result.losses, losses, rtol=1e-13)
    np.testing.assert_allclose(result.params.flat(), params.flat(), rtol=1e-12)
    assert run(lesson, 400).losses[-1] < losses[0]


def test_noise_that_came_with_an_example_is_kept_on_the_first_pass():
    case = random_case("skip-gram", "negative", np.random.default_rng(3))
    made = step(w2v_edu.trace(case.params, case.example, case.objective), case.params, case.objective)
    assert made.lesson.example(0) == case.example
    assert made.lesson.example(1).noise != case.example.noise
    assert made.lesson.K == len(case.example.noise[0])


@pytest.mark.parametrize(("side", "objective"), MODELS)
def test_frames_walk_through_rows_of_this_model(side, objective):
    frames = frames_for(side, objective)
    rows = [equation(frame.number) for frame in frames[:-1]]
    spoken = [row.number for row in rows if row.where(side, objective) or row.number in ("2", "38")]
    assert spoken == [row.number for row in rows]
    shown = [frame.shows for frame in frames]
    for first, then in [
        ("h", "u"),
        ("u", "e"),
        ("E", "e"),
        ("e", "EH"),
        ("EH", "W_new"),
        ("dW_out", "W_out_new"),
    ]:
        if first in shown and then in shown:
            assert shown.index(first) < shown.index(then), (first, then)
    assert shown[-2:] == ["W_new", "after"]
    assert {"h", "E", "e", "EH", "W_out_new", "W_new"} <= set(shown)


def test_notes_belong_to_rows():
    assert set(NOTES) <= {row.number for row in LEDGER}
    used = {frame.number for side, objective in MODELS for frame in frames_for(side, objective)}
    assert set(NOTES) <= used


@pytest.mark.parametrize(("side", "objective"), MODELS)
def test_a_page_is_one_file_and_asks_for_nothing(side, objective):
    words = "^".join("abcdefghij")
    html = stepper(lesson_from_pairs(f"{words}|k, a^b|l", side=side, objective=objective)).html
    data = data_of(html)
    assert len(data["lesson"]["words"]) == 12
    assert len(html.encode()) < 400_000
    assert not re.findall(r"https?://(?!www\.w3\.org/)", html)  # the name of SVG is not an address
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', html)
    assert "default-src 'none'" in html
    assert "{{" not in html.split('id="data"')[0]


def test_every_equation_of_every_walk_is_mathml():
    data = data_of(stepper(lesson_from_pairs(PAIRS)).html)
    for frames in data["frames"].values():
        for frame in frames[:-1]:
            assert data["equations"][frame["number"]]["mathml"].startswith("<math")
    assert "<mtext>\\" not in json.dumps(data["equations"])


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!--<script>", "<img src=x>"])
def test_words_cannot_become_markup(hostile):
    made = stepper(lesson_from_pairs(f"{hostile}|b, c|{hostile}"))
    assert data_of(made.html)["lesson"]["words"][0] == hostile
    assert hostile not in made.html
    assert made.html.count("<script") == made.html.count("</script>") == 2
    assert hostile not in made._repr_html_()


def test_modules_find_one_another():
    """A module stands after what it imports, and imports only what is there."""
    from w2v_edu.display.stepper.page import _read

    seen = {}
    for name in MODULES:
        text = _read(f"{name}.js")
        for wanted, source in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', text, flags=re.M):
            missing = {part.strip() for part in wanted.split(",")} - seen[source]
            assert not missing, f"{name}.js wants {missing} of {source}.js"
        seen[name] = set(re.findall(r"^export (?:const|function) ([\w$]+)", text, flags=re.M))


def test_a_notebook_shows_a_frame_and_a_table():
    case = random_case("cbow", "hierarchical", np.random.default_rng(1))
    t = w2v_edu.trace(case.params, case.example, case.objective)
    html = step(t, case.params, case.objective, eta=0.1)._repr_html_()
    assert html.startswith('<iframe title="One training step of word2vec" sandbox="allow-scripts"')
    table = html.split("</iframe>")[1]
    for number in (*t.h, *t.EH, *t.output.u, *t.output.e):
        assert f"<td>{number:.4f}</td>" in table
    assert f"E = {float(t.E):.4f}" in table


def test_the_page_carries_the_trace_that_was_given():
    case = random_case("skip-gram", "nce", np.random.default_rng(8))
    t = w2v_edu.trace(case.params, case.example, case.objective)
    data = data_of(step(t, case.params, case.objective, counts=tuple(range(1, case.params.V + 1))).html)
    np.testing.assert_array_equal(data["reference"]["EH"], t.EH)
    np.testing.assert_array_equal(data["lesson"]["params"]["W_out"], case.params.W_out)
    np.testing.assert_array_equal(data["lesson"]["p"], case.objective.noise.p)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"objective": w2v_edu.Negative()}, "the trace is of softmax and the objective is negative"),
        ({"words": ("a", "b")}, "W has 6 rows"),
        ({"counts": (1, 2)}, "W has 6 rows"),
        ({"eta": 0.0}, "eta is 0.0: expected a positive number"),
    ],
)
def test_what_does_not_fit_is_said(wrong, message):
    params = w2v_edu.random_params(6, 3, np.random.default_rng(0))
    t = w2v_edu.trace(params, w2v_edu.one_word(1, 2), w2v_edu.Softmax())
    with pytest.raises(W2VError, match=re.escape(message)):
        step(t, params, **({"objective": w2v_edu.Softmax()} | wrong))


def test_a_vocabulary_that_no_page_can_show_is_refused():
    with pytest.raises(W2VError, match="301 words are too many"):
        lesson_from_pairs(", ".join(f"a|b{k}" for k in range(300)))


def test_a_text_makes_a_lesson():
    lesson = lesson_from_corpus(
        w2v_edu.load_corpus("apricot-jam"), side="skip-gram", objective="ns", window=2
    )
    assert (lesson.side, lesson.objective) == ("skip-gram", "negative")
    assert [lesson.words[w] for w in lesson.examples[0].targets] == ["autumn", "grandmother"]
    assert parse_pairs(lesson.pairs)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_are_learned(preset):
    lesson = lesson_from_pairs(
        preset.pairs, side=preset.side, objective=preset.objective, K=preset.K, seed=preset.seed
    )
    losses = run(lesson, 600).losses
    size = len(lesson.examples)
    assert np.mean(losses[-size:]) < 0.8 * np.mean(losses[:size])


def test_apricot_is_drawn_against_matrix_and_tolstoy():
    preset = next(preset for preset in PRESETS if "Apricot" in preset.name)
    lesson = lesson_from_pairs(
        preset.pairs, side=preset.side, objective=preset.objective, K=preset.K, seed=preset.seed
    )
    example = lesson.example(0)
    jam = [lesson.words[w] for w in example.targets].index("jam")
    assert {lesson.words[w] for w in example.noise[jam]} == {"matrix", "tolstoy"}


def test_the_command_writes_the_page(tmp_path, capsys):
    target = tmp_path / "new" / "step.html"
    assert (
        main(
            ["step", "--pairs", PAIRS, "--objective", "hs", "--N", "4", "--seed", "9", "--html", str(target)]
        )
        == 0
    )
    assert "cbow, hierarchical, V = 7, N = 4, 4 training pairs" in capsys.readouterr().out
    lesson = data_of(target.read_text(encoding="utf-8"))["lesson"]
    assert (lesson["N"], lesson["seed"], lesson["objective"]) == (4, 9, "hierarchical")
    assert main(["step", "--preset", "apricot", "--html", str(target)]) == 0
    assert data_of(target.read_text(encoding="utf-8"))["lesson"]["K"] == 2
    assert main(["step", "--corpus", "drink-eat", "--model", "skip-gram", "--html", str(target)]) == 0
    assert data_of(target.read_text(encoding="utf-8"))["lesson"]["side"] == "skip-gram"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--preset", "bananas"], "there is no preset 'bananas'"),
        (["--pairs", "apple"], "'apple' is not a training pair"),
        (["--eta", "-1"], "eta is -1.0"),
        (["--N", "0"], "N is 0: expected 1 or more"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, capsys, arguments, message):
    assert main(["step", *arguments, "--html", str(tmp_path / "step.html")]) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "mfrac": 2, "munder": 2, "mover": 2, "munderover": 3}


def test_mathml_has_the_shape_that_browsers_need():
    """A fraction of three or an index of one is drawn as something else, silently."""
    equations = data_of(stepper(lesson_from_pairs(PAIRS)).html)["equations"]
    assert len(equations) > 60
    for number, row in equations.items():
        root = ElementTree.fromstring(row["mathml"].replace("&nbsp;", " "))
        for node in root.iter():
            expected = CHILDREN.get(node.tag, len(node))
            assert len(node) == expected, f"({number}): {node.tag} with {len(node)} children"

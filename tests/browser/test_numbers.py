"""The engine in the page against the Python reference: every model, traces and whole runs, to 1e-9."""

import numpy as np
import pytest

import w2v_edu
from w2v_edu.display.stepper import PRESETS, lesson_from_pairs, run, step, stepper
from w2v_edu.finite import relative_error
from w2v_edu.verification.cases import MODELS, random_case

pytestmark = pytest.mark.slow

PAIRS = "drink^juice^drink|apple, eat^rice^milk|apple, drink^milk|rice, water^juice|drink, rice|milk"
every_model = pytest.mark.parametrize(("side", "objective"), MODELS)


def state_of(page):
    return page.evaluate("({...stepper.state.run.params, losses: stepper.state.run.losses})")


def assert_same_run(page, lesson, steps, tolerance=1e-9):
    page.evaluate(f"stepper.advance({steps})")
    shown, expected = state_of(page), run(lesson, steps)
    assert relative_error(np.array(shown["losses"]), np.array(expected.losses)) < tolerance
    assert relative_error(np.array(shown["W"]), expected.params.W) < tolerance
    assert relative_error(np.array(shown["W_out"]), expected.params.W_out) < tolerance


@every_model
def test_a_trace_is_worked_out_as_python_does(visit, side, objective):
    for seed in range(2):
        for combine in ("mean", "sum") if side == "cbow" else ("mean",):
            case = random_case(side, objective, np.random.default_rng((seed, 5)), combine)
            t = w2v_edu.trace(case.params, case.example, case.objective)
            page = visit(step(t, case.params, case.objective, eta=0.3).html)
            shown = page.evaluate("stepper.state.now.trace")
            for name in ("h", "E", "EH", "EI", "dW", "dW_out"):
                assert relative_error(np.array(shown[name]), getattr(t, name)) < 1e-12, name
            for out, ours in zip(shown["outputs"], t.outputs, strict=True):
                for name in ("rows", "u", "y", "t", "e", "E", "EH"):
                    assert relative_error(np.array(out[name]), np.array(getattr(ours, name))) < 1e-12, name
            after = w2v_edu.update(case.params, case.example, case.objective, 0.3)
            assert relative_error(np.array(page.evaluate("stepper.state.now.after.W")), after.W) < 1e-12
            assert "equal to the Python reference" in page.inner_text("#check")


def test_a_wrong_trace_is_seen(visit):
    case = random_case("cbow", "softmax", np.random.default_rng(2))
    t = w2v_edu.trace(case.params, case.example, case.objective)
    t.EH[1] += 1e-6
    page = visit(step(t, case.params, case.objective).html)
    assert "DIFFERS" in page.inner_text("#check")


@every_model
def test_a_run_is_the_reference_run(visit, side, objective):
    lesson = lesson_from_pairs(PAIRS, side=side, objective=objective, N=4, K=3, eta=0.15, seed=11, alpha=0.6)
    page = visit(stepper(lesson).html)
    assert_same_run(page, lesson, 300)


@every_model
def test_settings_in_the_form_are_the_settings_in_python(visit, side, objective):
    page = visit(stepper(lesson_from_pairs("a|b, b|c")).html)
    page.click("#tab-setup")
    page.fill("#pairs", PAIRS)
    page.select_option("#side", side)
    page.select_option("#objective", objective)
    for name, value in {"N": 3, "eta": 0.25, "seed": 42, "K": 2, "alpha": 1, "spread": 0.3}.items():
        page.fill(f"#{name}", str(value))
    page.click("#setup button[type=submit]")
    lesson = lesson_from_pairs(
        PAIRS, side=side, objective=objective, N=3, eta=0.25, seed=42, K=2, alpha=1.0, spread=0.3
    )
    shown = page.evaluate("stepper.state.run.lesson")
    assert (tuple(shown["words"]), tuple(shown["counts"])) == (lesson.words, lesson.counts)
    if objective == "hierarchical":
        tree = lesson.sheet().tree
        assert page.evaluate("stepper.state.run.tree.children") == tree.children.tolist()
    assert_same_run(page, lesson, 120)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_give_the_numbers_of_the_reference(visit, preset):
    page = visit(stepper(lesson_from_pairs("a|b, b|c", N=6, eta=0.1)).html)
    page.click("#tab-setup")
    page.click(f"button.preset:has-text('{preset.name}')")
    lesson = lesson_from_pairs(
        preset.pairs, side=preset.side, objective=preset.objective, K=preset.K, seed=preset.seed, N=6, eta=0.1
    )
    assert_same_run(page, lesson, 500)


def test_wevis_skip_gram_error_stands_beside_the_right_one(visit):
    """(31) sums to zero over the vocabulary; y less a multi-hot label sums to 1 - C."""
    page = visit(stepper(lesson_from_pairs("apple|drink^juice, drink|eat^juice", seed=3)).html)
    page.click("#rail button:has-text('31')")
    column = [float(text.replace("−", "-")) for text in page.locator("td.wevi").all_inner_texts()]
    EI = page.evaluate("stepper.state.now.trace.EI")
    assert sum(column) == pytest.approx(1 - 2, abs=0.003)
    assert sum(EI) == pytest.approx(0, abs=1e-12)
    assert "wevi" in page.inner_text("#note")


@pytest.mark.parametrize("learning_rate", [0.01, 0.4])
def test_long_runs_stay_with_the_reference(visit, learning_rate):
    lesson = lesson_from_pairs(PAIRS, side="skip-gram", objective="ns", eta=learning_rate, N=8)
    assert_same_run(visit(stepper(lesson).html), lesson, 1500)

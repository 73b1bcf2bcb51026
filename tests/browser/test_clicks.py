"""The stepper clicked through as a class would: every frame, every number, keys, sizes, light and dark."""

import math
import re

import numpy as np
import pytest

import w2v_edu
from w2v_edu.corpus import load_corpus
from w2v_edu.display.stepper import lesson_from_corpus, lesson_from_pairs, run, step, stepper
from w2v_edu.errors import W2VError
from w2v_edu.verification.cases import MODELS, random_case

from .conftest import SIZES

pytestmark = pytest.mark.slow

SUBMIT = "document.getElementById('setup-form').dispatchEvent(new Event('submit', {cancelable: true}))"
PAIRS = "drink^juice|apple, eat^apple|orange, drink^milk^drink|rice, water^juice|drink"
every_model = pytest.mark.parametrize(("side", "objective"), MODELS)


def number(text):
    return float(text.replace("−", "-"))


def results(page):
    """The values that the sum panel ends its lines with."""
    return [number(text.split("=")[-1]) for text in page.locator("#sum .result").all_inner_texts()]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@every_model
def test_every_frame_at_every_size(visit, side, objective):
    lesson = lesson_from_pairs(PAIRS, side=side, objective=objective, K=3)
    html = stepper(lesson).html
    for size in SIZES:
        page = visit(html, size, color_scheme="dark" if size == "projector" else "light")
        frames = page.locator("#rail button")
        for k in range(frames.count()):
            assert frames.nth(k).get_attribute("aria-current") == "step"
            assert page.inner_text("#says")
            assert page.inner_text("#sum").strip()
            assert page.locator("#picture svg").get_attribute("aria-label")
            assert fits(page), (size, k)
            page.click("#next")
        assert page.inner_text("#stepno").startswith("· step 2")
        assert page.evaluate("stepper.state.run.losses.length") == 1


CLICK_ALL = """[...document.querySelectorAll("#step [role=gridcell]")].map((cell) => {
  cell.click();
  const ends = [...document.querySelectorAll("#sum .result")].map((r) => r.textContent.slice(1));
  const lines = [...document.querySelectorAll('#sum .sum')].map((line) => line.textContent);
  return {name: cell.getAttribute('aria-label'), q: cell.address.q, text: cell.textContent, ends, lines};
})"""


@every_model
def test_every_number_explains_itself(visit, side, objective):
    """Click each cell, early, in the middle and at the end: its sum ends in what the cell shows."""
    page = visit(stepper(lesson_from_pairs(PAIRS, side=side, objective=objective, K=3, N=3)).html)
    last = page.locator("#rail button").count() - 1
    seen = set()
    for k in (1, last // 2, last - 3, last):
        page.evaluate(f"stepper.go({k})")
        for cell in page.evaluate(CLICK_ALL):
            seen.add(cell["q"])
            if cell["q"] in ("t", "sign") or (cell["q"] == "EI" and not cell["ends"]):
                assert cell["text"].lstrip("+") in cell["lines"][0], cell
            else:
                assert cell["text"] in cell["ends"], cell
    assert {"h", "u", "y", "e", "EH", "W", "W_out", "W_new", "W_out_new"} <= seen


def value_of(text):
    """The value of a written sum of products, such as 0.12·(−0.3) +0.2·0.4."""
    text = text.replace("−", "-").replace(" ", "")
    terms = re.sub(r"(?<=[\d)])([+-])", r" \1", text).split()
    return sum((-1 if term[0] == "-" else 1) * _product(term.lstrip("+-")) for term in terms)


def _product(term):
    return math.prod(float(factor.strip("()")) for factor in term.split("·"))


@pytest.mark.parametrize(
    ("written", "value"), [("0.5·(−2.0) +3.0", 2.0), ("1.0−0.5·(−4.0)", 3.0), ("−0.5−0.25", -0.75)]
)
def test_written_sums_are_read_as_they_should(written, value):
    assert value_of(written) == value


@pytest.mark.parametrize("objective", ["softmax", "hierarchical", "negative"])
def test_the_sums_that_are_written_are_true(visit, objective):
    """What stands before the last sign of equality is worked out again, from the text alone."""
    pairs = "drink|apple^juice, eat|rice^apple"
    page = visit(stepper(lesson_from_pairs(pairs, objective=objective, K=2, N=3)).html)
    page.select_option("#digits", "6")
    checked = {}
    for k in range(page.locator("#rail button").count()):
        page.evaluate(f"stepper.go({k})")
        for cell in page.evaluate(CLICK_ALL):
            if cell["q"] not in ("u", "e", "EI", "EH", "dW_out", "W_out_new", "W_new") or not cell["ends"]:
                continue
            *_, written, result = cell["lines"][0].split("=")
            if "→" in written or any(letter.isalpha() for letter in written.replace("e−", "")):
                continue
            assert value_of(written.replace("e−", "e-")) == pytest.approx(number(result), abs=2e-5), cell
            checked[cell["q"]] = checked.get(cell["q"], 0) + 1
    assert {"u", "e", "EH", "W_out_new", "W_new"} <= set(checked)


def test_keys_walk_frames_and_cells(visit):
    page = visit(stepper(lesson_from_pairs(PAIRS)).html)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("stepper.state.frame") == 2
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("stepper.state.frame") == 1
    page.keyboard.press("End")
    assert page.evaluate("stepper.state.now.focus") == "after"
    page.keyboard.press("Home")
    assert page.evaluate("stepper.state.frame") == 0
    cell = page.locator("#left [role=gridcell][tabindex='0']").first
    cell.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("stepper.state.frame") == 0  # the arrows stayed in the table
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    page.locator("#tab-step").focus()
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#train")


def test_training_plays_and_stops(visit):
    page = visit(stepper(lesson_from_pairs(PAIRS, objective="ns")).html)
    page.click("#tab-train")
    for steps in (1, 20, 100, 500):
        page.click(f"#go-{steps}")
    assert page.evaluate("stepper.state.run.s") == 621
    assert "621 steps" in page.inner_text("#count")
    page.click("#play")
    page.wait_for_timeout(400)
    assert page.evaluate("stepper.state.run.s") > 622
    page.click("#play")
    stopped = page.evaluate("stepper.state.run.s")
    page.wait_for_timeout(150)
    assert page.evaluate("stepper.state.run.s") == stopped
    page.click("#restart")
    assert page.evaluate("stepper.state.run.s") == 0
    page.keyboard.press("ArrowRight")
    assert page.evaluate("stepper.state.run.s") == 1


def test_reduced_motion_plays_without_moving_all_the_time(visit):
    page = visit(stepper(lesson_from_pairs(PAIRS)).html, reduced_motion="reduce")
    page.click("#tab-train")
    page.click("#play")
    assert page.evaluate("stepper.state.run.s") == len(PAIRS.split(","))
    page.click("#play")


def test_mistakes_in_the_form_are_said_and_lose_nothing(visit):
    page = visit(stepper(lesson_from_pairs(PAIRS)).html)
    page.evaluate("stepper.advance(5)")
    page.click("#tab-setup")
    for field, text, message in [
        ("pairs", "apple", "'apple' is not a training pair"),
        ("pairs", "a^b|c^d", "several words on both sides"),
        ("N", "0", "N is 0: expected a whole number from 1 to 64"),
        ("eta", "-2", "the learning rate is -2"),
    ]:
        old = page.input_value(f"#{field}")
        page.fill(f"#{field}", text)
        page.evaluate(SUBMIT)  # past the browser's own checks of the fields
        assert message in page.inner_text("#wrong")
        assert page.evaluate("stepper.state.run.s") == 5
        page.fill(f"#{field}", old)


def test_too_large_a_learning_rate_is_said_and_the_last_numbers_stay(visit):
    lesson = lesson_from_pairs("a|b^c, b|c^a, c|a^b", objective="ns", eta=5.0)
    page = visit(stepper(lesson).html)
    page.click("#tab-train")
    page.select_option("#speed", "fast")
    page.click("#play")
    page.wait_for_selector("#wrong", state="visible")
    assert "take a smaller learning rate than 5" in page.inner_text("#wrong")
    steps = page.evaluate("stepper.state.run.s")
    assert f"step {steps + 1} leaves" in page.inner_text("#wrong")
    assert page.evaluate("stepper.state.run.params.W.flat().every(Number.isFinite)")
    assert page.inner_text("#play") == "Play"  # it has stopped by itself
    with pytest.raises(W2VError, match=f"step {steps + 1} leaves"):
        run(lesson, 1500)


def test_hostile_words_are_words(visit):
    word = "<img src=x onerror=alert(1)>"
    for objective in ("softmax", "hierarchical", "negative"):
        page = visit(stepper(lesson_from_pairs(f"{word}|b, b|c^{word}", objective=objective, K=1)).html)
        count = page.locator("#rail button").count()
        for k in range(count):
            page.evaluate(f"stepper.go({k})")
        page.click("#tab-train")
        assert page.locator("img").count() == 0


def test_a_larger_text_still_fits(visit):
    lesson = lesson_from_corpus(
        load_corpus("apricot-jam"), side="skip-gram", objective="hierarchical", window=2
    )
    for size in SIZES:
        page = visit(stepper(lesson).html, size)
        for k in (0, 5, 12, 19):
            page.evaluate(f"stepper.go({k})")
            assert fits(page)
        for name in ("train", "setup", "about"):
            page.evaluate(f"stepper.tab('{name}')")
            assert fits(page), name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("objective", ["softmax", "hierarchical", "negative"])
def test_nothing_serious_for_axe(visit, serious_faults, size, scheme, objective):
    lesson = lesson_from_pairs("apple|drink^juice, rice|eat^juice^eat", objective=objective, K=2)
    page = visit(stepper(lesson).html, size, color_scheme=scheme, bypass_csp=True)
    last = page.locator("#rail button").count() - 1
    for k in (0, last // 2, last):
        page.evaluate(f"stepper.go({k})")
        assert serious_faults(page) == []
    for name in ("train", "setup", "about"):
        page.evaluate(f"stepper.tab('{name}')")
        assert serious_faults(page) == []


def test_the_frame_of_a_notebook_answers(visit):
    """What a cell shows: the page in a sandboxed frame of middling width, and the table under it."""
    case = random_case("skip-gram", "negative", np.random.default_rng(6))
    t = w2v_edu.trace(case.params, case.example, case.objective)
    cell = step(t, case.params, case.objective)._repr_html_()
    page = visit(
        f"<!doctype html><meta charset=utf-8><title>notebook</title><body style='margin:80px'>{cell}"
    )
    frame = page.frame_locator("iframe")
    for _ in range(3):
        frame.locator("#next").click()
    assert frame.locator("#number").inner_text() == "(56)"
    frame.locator("#left [role=gridcell]").nth(2).click()
    assert frame.locator("#sum .result").count() == 1
    assert "equal to the Python reference" in frame.locator("#check").inner_text()
    assert page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("summary")
    assert page.locator("table").first.is_visible()

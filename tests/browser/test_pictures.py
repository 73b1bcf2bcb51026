"""What the pictures of the stepper say: the path in the tree, repeated draws, towards and away."""

import re
from itertools import pairwise

import numpy as np
import pytest

import w2v_edu
from w2v_edu.display.stepper import PRESETS, lesson_from_pairs, step, stepper
from w2v_edu.tree import huffman

pytestmark = pytest.mark.slow


def last(page):
    page.keyboard.press("End")


def test_the_tree_shows_path_code_sigma_and_label(visit):
    tree = huffman([9, 7, 5, 3, 2, 1])
    params = w2v_edu.random_params(6, 4, np.random.default_rng(3), R=5)
    t = w2v_edu.trace(params, w2v_edu.cbow((0, 3, 0), 4), w2v_edu.Hierarchical(tree))
    page = visit(step(t, params, w2v_edu.Hierarchical(tree)).html)
    page.click("#rail button:has-text('49')")
    assert page.locator("#picture svg.tree").count() == 1
    notes = page.locator("#picture .note").all_text_contents()
    out = t.output
    for note, y, label, sign in zip(notes, out.y, out.t, out.signs, strict=True):
        assert f"σ(u) = {y:.3f}" in note
        assert f"t = {label:.0f}" in note
        assert ("+1" if sign > 0 else "−1") in note
    bits = page.locator("#picture .bit.on").all_text_contents()
    assert sorted(bits) == sorted(map(str, out.codes))
    assert f"code {''.join(map(str, out.codes))}" in page.inner_text("#outputs figcaption")
    page.click("#rail button:has-text('43')")
    leaves = [float(text.split()[-1]) for text in page.locator("#picture .leaf").all_text_contents()]
    assert sum(leaves) == pytest.approx(1, abs=0.004)


def test_a_large_tree_folds_what_is_off_the_path(visit):
    words = [f"w{k}" for k in range(40)]
    pairs = ", ".join(f"{a}|{b}" for a, b in pairwise(words))
    page = visit(stepper(lesson_from_pairs(pairs, objective="hs")).html)
    page.click("#rail button:has-text('46')")
    leaves = page.locator("#picture .leaf").all_text_contents()
    folded = [int(found[1]) for text in leaves if (found := re.fullmatch(r"(\d+) words", text))]
    assert folded
    assert sum(folded) + len(leaves) - len(folded) == 40


def test_repeated_noise_words_stand_as_often_as_they_were_drawn(visit):
    params = w2v_edu.random_params(6, 3, np.random.default_rng(5))
    t = w2v_edu.trace(params, w2v_edu.one_word(0, 1, (2, 4, 2)), w2v_edu.Negative())
    page = visit(step(t, params, w2v_edu.Negative()).html)
    assert page.locator("#outputs .badge").all_text_contents() == ["draw 1 of 2", "draw 2 of 2"]
    assert page.locator("#right .badge").all_text_contents() == ["×2"]
    page.click("#rail button:has-text('59')")
    assert page.locator("#right tr.touched").count() == 3


def test_apricot_goes_towards_jam_and_away_from_its_noise_words(visit):
    preset = next(preset for preset in PRESETS if "Apricot" in preset.name)
    lesson = lesson_from_pairs(
        preset.pairs, side=preset.side, objective=preset.objective, K=preset.K, seed=preset.seed
    )
    page = visit(stepper(lesson).html)
    last(page)
    towards, away = page.inner_text("#legend").split("away from")
    assert towards.startswith("apricot moves towards")
    assert all(word in towards for word in ("stirs", "ripe", "jam", "into"))
    assert all(word in away for word in ("matrix", "tolstoy"))


@pytest.mark.parametrize("side", ["one-word", "cbow", "skip-gram"])
def test_touched_rows_are_those_of_the_example(visit, side):
    lesson = lesson_from_pairs("a^b^a|c, d^e|c", side=side)
    page = visit(stepper(lesson).html)
    marked = page.locator("#left tr.touched th").all_text_contents()
    assert [text.removesuffix("×2") for text in marked] == [
        lesson.words[w] for w in sorted({*lesson.examples[0].inputs})
    ]
    assert [text for text in marked if "×2" in text] == (["a×2"] if side == "cbow" else [])


def test_the_map_moves_and_keeps_its_names(visit):
    page = visit(stepper(lesson_from_pairs("a|b, b|c, c|d, d|a")).html)
    page.click("#tab-train")
    names = lambda: sorted(page.locator("#map .label").all_text_contents())  # noqa: E731
    before, start = names(), page.locator("#map circle").first.get_attribute("cx")
    assert before == sorted([*"abcd", *"abcd"])
    page.click("#go-100")
    assert names() == before
    assert page.locator("#map circle").first.get_attribute("cx") != start
    trail = page.locator("#map line.trail")
    ends = [[float(trail.nth(k).get_attribute(name)) for name in ("x1", "y1", "x2", "y2")] for k in range(8)]
    assert max(abs(x1 - x2) + abs(y1 - y2) for x1, y1, x2, y2 in ends) > 20
    page.uncheck("#labels-out")
    assert names() == list("abcd")

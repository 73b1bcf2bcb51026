"""Planted mistakes are found and named; what the catalogue does not hold is found and not named."""

import textwrap

import numpy as np
import pytest

from tests.homework.unknown import UNKNOWN
from tests.homework.wrong import PAIRS, PLANTED
from w2v_edu.homework import check
from w2v_edu.homework.bend import bent
from w2v_edu.homework.compare import error_of
from w2v_edu.homework.hints import HINTS
from w2v_edu.homework.mistakes import CATALOGUE
from w2v_edu.homework.points import make_points
from w2v_edu.homework.truth import truth

SEEDS = (0, 3, 11)
ELSEWHERE = {"own-loss", "forced-unique"}  # planted in course files


def fits_one_screen(report):
    """At most 24 lines of 80 letters."""
    return len([part for line in report.lines() for part in textwrap.wrap(line, 80)]) <= 24


@pytest.mark.parametrize("side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical", "nce", "foreign"])
def test_unbent_it_gives_what_the_reference_gives(side, objective):
    for seed in SEEDS:
        for point in make_points(side, objective, seed):
            answers, right = bent(point, ()), truth(point)
            for name, value in right.items():
                if name in ("signs", "nodes", "codes", "t") or (point.empty and name not in answers):
                    continue
                if point.empty and name in ("d_context", "d_each"):
                    continue
                assert np.shape(answers[name]) == np.shape(value), name
                assert error_of(np.asarray(answers[name]), value) < 1e-12, (name, point.label)


@pytest.mark.parametrize(
    ("key", "function", "options"), PLANTED, ids=[f"{key}-{n}" for n, (key, _, _) in enumerate(PLANTED)]
)
def test_a_planted_mistake_is_named(key, function, options):
    for seed in SEEDS:
        report = check(function, seed=seed, **options)
        assert report.verdict == "wrong", report.text
        assert key in (*report.mistakes[:1], *report.or_mistakes), report.text
        assert len(report.mistakes) == 1, report.text
        assert HINTS[key].title in report.text
        assert fits_one_screen(report), report.text


def test_every_mistake_of_the_catalogue_is_planted():
    assert {mistake.key for mistake in CATALOGUE} - {key for key, _, _ in PLANTED} == ELSEWHERE
    assert {mistake.key for mistake in CATALOGUE} <= set(HINTS)


@pytest.mark.parametrize(
    ("keys", "function", "options"), PAIRS, ids=["+".join(sorted(keys)) for keys, _, _ in PAIRS]
)
def test_two_mistakes_at_once_are_named(keys, function, options):
    for seed in SEEDS:
        report = check(function, seed=seed, **options)
        assert report.verdict == "wrong" and set(report.mistakes) == keys, report.text


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_mistake_that_is_not_in_the_catalogue_gets_no_name(name):
    function, options, clue = UNKNOWN[name]
    for seed in SEEDS:
        report = check(function, seed=seed, **options)
        assert report.verdict == "wrong", report.text
        assert report.mistakes == () and report.or_mistakes == (), report.text
        assert report.departure is not None and report.equation is not None
        assert "No mistake of the catalogue" in report.text
        assert clue in " ".join(report.clues), report.text
        assert fits_one_screen(report), report.text


def test_there_are_enough_unknown_ones():
    assert len(UNKNOWN) >= 20

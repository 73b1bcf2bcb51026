"""docs/modes.md is what the table of deviations and the measurements say."""

import re
from pathlib import Path

import pytest

from w2v_edu.comparison.deviations import DEVIATIONS
from w2v_edu.comparison.mode_costs import STAGES, Measured, measure_all, modes_page

PAGE = Path(__file__).parents[1] / "docs" / "modes.md"


def figures_of(text):
    """The numbers back from the page: by row, the paper's and the other's."""
    number = r"(-?[\d.]+) → (-?[\d.]+)"
    found = {}
    for name, *values in re.findall(rf"^\| `?([^|`]+?)`? \|(?:.*\|)? {number} \| {number} \|$", text, re.M):
        a, b, c, d = map(float, values)
        found[name] = (Measured(a, c), Measured(b, d))
    return found


def test_the_page_is_generated():
    text = PAGE.read_text(encoding="utf-8")
    figures = figures_of(text)
    assert set(DEVIATIONS) < set(figures)
    assert len(figures) == len(DEVIATIONS) + 8
    assert modes_page(figures) == text


def test_every_flag_that_needs_a_stage_has_one():
    assert set(STAGES) <= set(DEVIATIONS)


@pytest.mark.slow
def test_the_figures_are_measured():
    written = figures_of(PAGE.read_text(encoding="utf-8"))
    for name, (paper, other) in measure_all().items():
        for old, new in zip(written[name], (paper, other), strict=True):
            assert new == pytest.approx(old, abs=0.02), name

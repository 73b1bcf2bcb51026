"""Rows that belong to the same word are summed, however often it occurs."""

import numpy as np
import pytest

from w2v_edu.fast.repeats import ROUNDS, RepeatFinder, plan_repeats, sum_repeats


@pytest.mark.parametrize(("V", "R"), [(1, 5), (3, 40), (3, 300), (50, 300), (5000, 700)])
def test_both_planners_sum_what_add_at_sums(V, R):
    rng = np.random.default_rng(V * R)
    weights = 1 / np.arange(1, V + 1) ** 2  # one word far more often than ROUNDS times, most never
    rows = rng.choice(V, (4, R), p=weights / weights.sum())
    values = rng.standard_normal((4, R, 3))
    find = RepeatFinder(V)
    for words, numbers, planned in zip(rows, values, plan_repeats(rows), strict=True):
        expected = np.zeros((V, 3))
        np.add.at(expected, words, numbers)
        for repeats in (planned, find(words)):
            assert sorted(repeats.unique.tolist()) == np.unique(words).tolist()
            assert sorted(repeats.order.tolist()) == list(range(R))
            assert len(repeats.sizes) <= ROUNDS
            got = np.zeros((V, 3))
            got[repeats.unique] = sum_repeats(numbers, repeats)
            assert np.abs(got - expected).max() <= 1e-12 * np.abs(expected).max()

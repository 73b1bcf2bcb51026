"""The noise distribution: exact values, seeded draws, and the three redraw rules."""

import numpy as np
import pytest
from scipy import stats

from w2v_edu.errors import W2VError
from w2v_edu.noise import Noise

COUNTS = [16, 81, 1, 256, 1]


def test_the_power_by_hand():
    """16^(3/4) = 8, 81^(3/4) = 27, 1, 64, 1: the sum is 101."""
    np.testing.assert_allclose(Noise.from_counts(COUNTS).p, np.array([8, 27, 1, 64, 1]) / 101)
    np.testing.assert_allclose(Noise.from_counts(COUNTS, alpha=1).p, np.array(COUNTS) / 355)
    np.testing.assert_allclose(Noise.from_counts(COUNTS, alpha=0).p, 0.2)


@pytest.mark.parametrize("redraw", ["none", "positive", "input"])
@pytest.mark.parametrize("seed", [0, 1])
def test_draws_follow_the_exact_distribution(redraw, seed):
    noise = Noise.from_counts(COUNTS, redraw=redraw)
    p = noise.distribution(w_O=3, w_I=1)
    words = noise.draw(np.random.default_rng(seed), 20_000, w_O=3, w_I=1)
    seen = np.bincount(words, minlength=5)
    assert (seen[p == 0] == 0).all()
    assert stats.chisquare(seen[p > 0], p[p > 0] * len(words)).pvalue > 1e-4


def test_the_rule_says_what_is_excluded():
    p = Noise.from_counts(COUNTS).p
    np.testing.assert_array_equal(Noise(p, "none").distribution(w_O=3, w_I=1), p)
    expected = np.array([8, 27, 1, 0, 1]) / 37
    np.testing.assert_allclose(Noise(p, "positive").distribution(w_O=3, w_I=1), expected)
    expected = np.array([8, 0, 1, 64, 1]) / 74
    np.testing.assert_allclose(Noise(p, "input").distribution(w_O=3, w_I=1), expected)


def test_same_seed_same_words_and_no_global_state():
    noise, before = Noise.from_counts(COUNTS), np.random.get_state()[1].copy()
    first, second = (noise.draw(np.random.default_rng(5), 9) for _ in range(2))
    assert first == second
    assert len(set(first)) < len(first)  # a multiset
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_no_noise_words_and_words_without_noise():
    assert Noise.from_counts(COUNTS).draw(np.random.default_rng(0), 0) == ()
    noise = Noise(np.array([0.0, 0.5, 0.0, 0.5, 0.0]))
    assert set(noise.draw(np.random.default_rng(0), 500)) == {1, 3}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Noise.from_counts([1, 0]), "word 1 has count 0"),
        (lambda: Noise.from_counts([1, -3]), "word 1 has count -3"),
        (lambda: Noise.from_counts([7]), "at least two words"),
        (lambda: Noise.from_counts(COUNTS, alpha=np.nan), "power of the noise"),
        (lambda: Noise(np.array([0.5, 0.6])), "sum to 1.1, not to 1"),
        (lambda: Noise(np.array([1.5, -0.5])), "^a noise distribution needs a probability >= 0 for each"),
        (lambda: Noise(np.full((2, 2), 0.25)), "probability >= 0"),
        (lambda: Noise(np.array([1.0])), "at least two words"),
        (lambda: Noise(np.array([0.5, 0.5]), "never"), "none, positive, input"),
        (lambda: Noise.from_counts(COUNTS).draw(np.random.default_rng(0), -1), "K is -1"),
        (lambda: Noise.from_counts(COUNTS, redraw="positive").draw(np.random.default_rng(0), 2), "needs w_O"),
        (lambda: Noise.from_counts(COUNTS, redraw="input").draw(np.random.default_rng(0), 2, 1), "needs w_I"),
        (
            lambda: Noise(np.array([1.0, 0.0]), "positive").draw(np.random.default_rng(0), 2, 0),
            "nothing left",
        ),
    ],
)
def test_what_is_wrong_is_said(make, message):
    with pytest.raises(W2VError, match=message):
        make()

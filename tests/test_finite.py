"""The limit witness, on functions whose derivatives are known, and on gradients that are wrong."""

import numpy as np
import pytest

from w2v_edu.finite import (
    central_difference,
    complex_step,
    directional,
    error_against_step,
    relative_error,
    sample_entries,
    taylor,
)


def f(x):
    return np.exp(x[0, 0]) * np.sin(x[0, 1]) + (x[1] ** 3).sum() + x[0, 2] * x[1, 0]


def gradient(x):
    first = [np.exp(x[0, 0]) * np.sin(x[0, 1]), np.exp(x[0, 0]) * np.cos(x[0, 1]), x[1, 0]]
    return np.array([first, 3 * x[1] ** 2 + np.array([x[0, 2], 0, 0])])


@pytest.fixture(params=range(3))
def x(request):
    return np.random.default_rng(request.param).standard_normal((2, 3)) * 1.7


def test_both_methods_agree_with_the_derivative(x):
    before = x.copy()
    assert relative_error(central_difference(f, x), gradient(x)) < 1e-9
    assert relative_error(complex_step(f, x), gradient(x)) < 1e-15
    np.testing.assert_array_equal(x, before)


def test_entries_only(x):
    at = [(1, 2), (0, 1)]
    expected = np.array([gradient(x)[entry] for entry in at])
    assert relative_error(central_difference(f, x, entries=at), expected) < 1e-8
    assert relative_error(complex_step(f, x, entries=at), expected) < 1e-15


def test_directional(x):
    direction = np.random.default_rng(9).standard_normal(x.shape)
    assert directional(f, x, direction) == pytest.approx((gradient(x) * direction).sum(), rel=1e-13)


def test_taylor_slope_is_two_for_the_gradient_and_one_beside_it(x):
    direction = np.random.default_rng(5).standard_normal(x.shape)
    right = taylor(f, gradient(x), x, direction)
    assert right.slope == pytest.approx(2.0, abs=0.1)
    assert taylor(f, 1.3 * gradient(x), x, direction).slope < 1.5
    assert len(right.steps) == len(right.remainders)
    assert (np.diff(right.remainders) < 0).all()


def test_taylor_of_a_linear_function_has_no_slope():
    assert np.isnan(taylor(lambda x: float(x.sum()), np.ones(3), np.arange(3.0), np.ones(3)).slope)


def test_the_v_curve_has_a_bottom_and_the_complex_step_a_floor(x):
    curve = error_against_step(f, gradient(x), x)
    bottom = int(np.argmin(curve.central))
    assert 2 < bottom < 8  # between 1e-4 and 1e-8
    assert curve.central[0] > 1e3 * curve.central[bottom] < curve.central[-1]
    assert curve.complex[-1] < 1e-15


def test_relative_error_cannot_be_fooled():
    assert relative_error([1.0, np.nan], [1.0, 1.0]) == np.inf
    assert relative_error([1.0, np.inf], [1.0, 1.0]) == np.inf
    assert relative_error(np.ones((2, 1)), np.ones(2)) == np.inf
    assert relative_error([3.0], [0.0]) == 3.0
    assert relative_error([], []) == 0.0
    assert relative_error([1.0, 0.0], [1.0, 1e-3]) == pytest.approx(1e-3)


def test_sampled_entries_are_different_and_inside():
    entries = sample_entries((5, 7), 12, np.random.default_rng(1))
    assert len(set(entries)) == 12
    assert all(0 <= row < 5 and 0 <= column < 7 for row, column in entries)
    assert len(sample_entries((2, 3), 100, np.random.default_rng(1))) == 6

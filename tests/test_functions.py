"""The functions at the edges of their range, and under the complex step."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_edu.functions import log_sigmoid, log_sum_exp, one_hot, sigmoid, softmax

scores = st.floats(-800, 800)


def exactly(function, u):
    with mpmath.workdps(60):
        return float(function(mpmath.mpf(float(u))))


@given(scores)
def test_sigmoid_to_the_last_digits(u):
    exact = exactly(lambda x: 1 / (1 + mpmath.exp(-x)), u)
    assert float(sigmoid(u)) == pytest.approx(exact, rel=4e-16, abs=1e-320)


@given(scores)
def test_log_sigmoid_to_the_last_digits(u):
    exact = exactly(lambda x: -mpmath.log1p(mpmath.exp(-x)), u)
    assert float(log_sigmoid(u)) == pytest.approx(exact, rel=4e-16, abs=1e-320)


@given(st.lists(scores, min_size=1, max_size=9))
def test_softmax_and_log_sum_exp(u):
    with mpmath.workdps(60):
        exponentials = [mpmath.exp(mpmath.mpf(x)) for x in u]
        total = mpmath.fsum(exponentials)
        exact, exact_log = [float(x / total) for x in exponentials], float(mpmath.log(total))
    np.testing.assert_allclose(softmax(u), exact, rtol=1e-15 * max(1, *np.abs(u)), atol=1e-300)
    assert float(log_sum_exp(u)) == pytest.approx(exact_log, rel=1e-15, abs=1e-13)


@given(scores)
def test_symmetry_68(u):
    np.testing.assert_allclose(sigmoid(-u) + sigmoid(u), 1.0, rtol=1e-15)


@pytest.mark.parametrize("u", [-800.0, -37.0, -1.5, 0.0, 0.3, 20.0, 800.0])
def test_complex_step_gives_the_derivative_69(u):
    z = np.array([u + 1e-30j])
    np.testing.assert_allclose(sigmoid(z).imag / 1e-30, sigmoid(u) * sigmoid(-u), rtol=1e-14, atol=1e-320)
    np.testing.assert_allclose(log_sigmoid(z).imag / 1e-30, sigmoid(-u), rtol=1e-14, atol=1e-320)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_any_axis(axis):
    u = np.random.default_rng(3).standard_normal((4, 6))
    np.testing.assert_allclose(softmax(u, axis=axis).sum(axis=axis), 1.0, rtol=1e-15)
    np.testing.assert_allclose(log_sum_exp(u, axis=axis), np.log(np.exp(u).sum(axis=axis)), rtol=1e-14)


def test_each_row_is_shifted_by_its_own_largest_score():
    u = np.array([[800.0, 800.0 + np.log(3)], [-800.0, -800.0 + np.log(3)]])
    np.testing.assert_allclose(softmax(u), [[0.25, 0.75]] * 2)
    np.testing.assert_allclose(log_sum_exp(u), [800 + np.log(4), -800 + np.log(4)], rtol=1e-15)
    assert log_sum_exp(np.zeros((3, 1))).shape == (3,)
    assert log_sum_exp(np.zeros((2, 1, 3))).shape == (2, 1)


@pytest.mark.parametrize("u", [[-800.0, 0.0], [800.0, 0.0], [800.0, 800.0], [-800.0, -800.0]])
def test_nothing_overflows(u):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = [sigmoid(u), log_sigmoid(u), softmax(u), log_sum_exp(u)]
    assert all(np.isfinite(value).all() for value in values)


def test_one_hot():
    assert one_hot(2, 5).tolist() == [0, 0, 1, 0, 0]

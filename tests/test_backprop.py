"""Appendix A against both finite methods, and by hand."""

import numpy as np
import pytest

from w2v_edu.backprop import (
    layers_loss,
    logistic_unit,
    perceptron,
    two_layers,
    unit_loss,
    update_layers,
    update_unit,
)
from w2v_edu.errors import W2VError
from w2v_edu.finite import central_difference, complex_step, relative_error
from w2v_edu.functions import sigmoid

SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
def test_logistic_unit_72_73(seed):
    rng = np.random.default_rng(seed)
    w, x, t = rng.standard_normal(5), rng.standard_normal(5), float(rng.random())
    unit = logistic_unit(w, x, t)
    assert relative_error(unit.d_w, complex_step(lambda w: unit_loss(w, x, t), w)) < 1e-13
    assert relative_error(unit.d_w, central_difference(lambda w: unit_loss(w, x, t), w)) < 1e-7
    assert float(unit.E) == pytest.approx(float(unit_loss(w, x, t)), rel=1e-15)
    assert relative_error((w - update_unit(unit, 0.2)) / 0.2, unit.d_w) < 1e-13


@pytest.mark.parametrize("seed", SEEDS)
def test_two_layers_76_to_85(seed):
    rng = np.random.default_rng(seed)
    K, N, M = 4, 3, 5
    W, W_out = rng.standard_normal((K, N)), rng.standard_normal((M, N))
    x, t = rng.standard_normal(K), rng.random(M)
    net = two_layers(W, W_out, x, t)
    for ours, at, f in [
        (net.dW, W, lambda A: layers_loss(A, W_out, x, t)),
        (net.dW_out, W_out, lambda A: layers_loss(W, A, x, t)),
        (net.dE_dh, net.h, lambda h: 0.5 * ((sigmoid(W_out @ h) - t) ** 2).sum()),
        (net.EI, net.u, lambda u: 0.5 * ((sigmoid(W_out @ sigmoid(u)) - t) ** 2).sum()),
        (net.EI_out, net.u_out, lambda u: 0.5 * ((sigmoid(u) - t) ** 2).sum()),
        (net.dE_dy, net.y, lambda y: 0.5 * ((y - t) ** 2).sum()),
    ]:
        assert relative_error(ours, complex_step(f, at)) < 1e-13
        assert relative_error(ours, central_difference(f, at)) < 1e-7
    assert float(net.E) == pytest.approx(float(layers_loss(W, W_out, x, t)), rel=1e-14)
    new_W, new_W_out = update_layers(W, W_out, net, 0.7)
    assert relative_error((W - new_W) / 0.7, net.dW) < 1e-13
    assert relative_error((W_out - new_W_out) / 0.7, net.dW_out) < 1e-13


@pytest.mark.parametrize(
    ("x", "t", "y", "d_w"),
    [
        ((1.0, 1.0), 1.0, 0.0, (-1.0, -1.0)),
        ((3.0, 1.0), 1.0, 1.0, (0.0, 0.0)),
        ((2.0, 1.0), 0.0, 0.0, (0.0, 0.0)),
    ],
)
def test_perceptron_65_66(x, t, y, d_w):
    """w = (1, -2): the net inputs are -1, 1 and 0; the step of 0 is 0."""
    unit = perceptron(np.array([1.0, -2.0]), np.array(x), t)
    assert (unit.y, unit.d_w.tolist(), unit.E) == (y, list(d_w), None)
    np.testing.assert_array_equal(update_unit(unit, 0.5), np.array([1.0, -2.0]) - 0.5 * np.array(d_w))


def test_shapes_that_do_not_fit_are_said():
    with pytest.raises(W2VError, match="one weight for each input"):
        logistic_unit(np.ones(2), np.ones(3), 1.0)
    with pytest.raises(W2VError, match="one weight for each input"):
        perceptron(np.ones((2, 1)), np.ones((2, 1)), 1.0)
    with pytest.raises(W2VError, match=r"expected \(K, N\), \(M, N\)"):
        two_layers(np.ones((2, 3)), np.ones((3, 1)), np.ones(2), np.ones(1))
    with pytest.raises(W2VError, match=r"expected \(K, N\), \(M, N\)"):
        two_layers(np.ones((3, 3)), np.ones((1, 3)), np.ones(2), np.ones(1))

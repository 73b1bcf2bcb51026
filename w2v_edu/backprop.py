"""Appendix A: backpropagation in three steps up, from one unit to a network with a hidden layer.

The appendix has letters of its own: K inputs, N hidden units, M outputs, and an EI that is not that of (31).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.functions import sigmoid

__all__ = [
    "LayersTrace",
    "UnitTrace",
    "layers_loss",
    "logistic_unit",
    "perceptron",
    "two_layers",
    "unit_loss",
    "update_layers",
    "update_unit",
]

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class UnitTrace:
    """One unit, one example.

    Attributes
    ----------
    x, w : ndarray, shape (K,)
        Inputs and weights.
    u, y, t : float
        Net input, output, label.
    E : float or None
        The squared error, (70); a perceptron has no loss that its rule would descend.
    d_w : ndarray, shape (K,)
        What the update subtracts, before eta: dE/dw of (72), or (y - t) x of the perceptron rule (66).
    """

    x: Array
    w: Array
    u: Any
    y: Any
    t: float
    E: Any
    d_w: Array


def perceptron(w: Array, x: Array, t: float) -> UnitTrace:
    """A unit with the step function, (62) to (66).

    Examples
    --------
    >>> unit = perceptron(np.array([1.0, -2.0]), np.array([1.0, 1.0]), t=1.0)
    >>> float(unit.u), unit.y, unit.d_w
    (-1.0, 0.0, array([-1., -1.]))
    """
    _check_unit(w, x)
    u = w @ x  # (63) (64)
    y = 1.0 if u.real > 0 else 0.0  # (62) (65)
    return UnitTrace(x, w, u, y, t, None, (y - t) * x)  # (66)


def unit_loss(w: Array, x: Array, t: float) -> Any:
    """The squared error of a logistic unit, (70), forward only."""
    return 0.5 * (t - sigmoid(w @ x)) ** 2


def logistic_unit(w: Array, x: Array, t: float) -> UnitTrace:
    """A unit with the logistic function and squared error, (67) to (73).

    Examples
    --------
    >>> unit = logistic_unit(np.array([1.0, -1.0]), np.array([2.0, 2.0]), t=1.0)
    >>> float(unit.y), float(unit.E), unit.d_w  # -1/2 * 1/4 * 2
    (0.5, 0.125, array([-0.25, -0.25]))
    """
    _check_unit(w, x)
    u = w @ x  # (64)
    y = sigmoid(u)  # (67)
    E = 0.5 * (t - y) ** 2  # (70)
    d_w = (y - t) * y * (1 - y) * x  # (72)    (K,)
    return UnitTrace(x, w, u, y, t, E, d_w)


def update_unit(unit: UnitTrace, eta: float) -> Array:
    """The new weights, (66) or (73). Shape (K,)."""
    return np.asarray(unit.w - eta * unit.d_w)  # (66) (73)


@dataclass(frozen=True, eq=False)
class LayersTrace:
    """A network with one hidden layer, one example.

    Attributes
    ----------
    x : ndarray, shape (K,)
    u, h, dE_dh, EI : ndarray, shape (N,)
        Hidden layer: net input, output, dE/dh of (82), and EI = dE/du of (83).
    u_out, y, t, dE_dy, EI_out : ndarray, shape (M,)
        Output layer: net input u', output, label, dE/dy of (77), and EI' = dE/du' of (78).
    E : float
        The squared error, (76).
    dW : ndarray, shape (K, N)
        dE/dw_ki, (84).
    dW_out : ndarray, shape (M, N)
        dE/dw'_ij, (79), as rows: row j belongs to output j, as everywhere in this project.
    """

    x: Array
    u: Array
    h: Array
    u_out: Array
    y: Array
    t: Array
    E: Any
    dE_dy: Array
    EI_out: Array
    dW_out: Array
    dE_dh: Array
    EI: Array
    dW: Array


def layers_loss(W: Array, W_out: Array, x: Array, t: Array) -> Any:
    """The squared error of the network, (76), forward only."""
    y = sigmoid(W_out @ sigmoid(W.T @ x))
    return 0.5 * ((y - t) ** 2).sum()


def two_layers(W: Array, W_out: Array, x: Array, t: Array) -> LayersTrace:
    """Forward and back through a network with one hidden layer, (74) to (85).

    Parameters
    ----------
    W : ndarray, shape (K, N)
        w_ki, from input k to hidden unit i.
    W_out : ndarray, shape (M, N)
        w'_ij as rows: row j holds the weights into output j, so Rong's W' is ``W_out.T``.
    x, t : ndarray, shapes (K,) and (M,)
        Inputs and labels.

    Examples
    --------
    Zero weights put every unit at 1/2, so EI' = (1/2 - t) / 4.

    >>> net = two_layers(np.zeros((2, 3)), np.zeros((1, 3)), np.ones(2), np.zeros(1))
    >>> net.EI_out, net.dW_out
    (array([0.125]), array([[0.0625, 0.0625, 0.0625]]))
    """
    if W.shape[0] != len(x) or W_out.shape != (len(t), W.shape[1]):
        raise W2VError(
            f"W {W.shape} and W_out {W_out.shape} do not fit x {x.shape} and t {t.shape}: "
            "expected (K, N), (M, N), (K,) and (M,)"
        )
    u = W.T @ x  #                  (N,)
    h = sigmoid(u)  # (74)          (N,)
    u_out = W_out @ h  #            (M,)
    y = sigmoid(u_out)  # (75)      (M,)
    E = 0.5 * ((y - t) ** 2).sum()  # (76)
    dE_dy = y - t  # (77)           (M,)
    EI_out = dE_dy * y * (1 - y)  # (78)    (M,)
    dW_out = np.outer(EI_out, h)  # (79)    (M, N)
    dE_dh = W_out.T @ EI_out  # (82)        (N,)
    EI = dE_dh * h * (1 - h)  # (83)        (N,)
    dW = np.outer(x, EI)  # (84)            (K, N)
    return LayersTrace(x, u, h, u_out, y, t, E, dE_dy, EI_out, dW_out, dE_dh, EI, dW)


def update_layers(W: Array, W_out: Array, net: LayersTrace, eta: float) -> tuple[Array, Array]:
    """The new weights of both layers, (81) and (85), both from the old ones."""
    return W - eta * net.dW, W_out - eta * net.dW_out  # (85), (80) (81)


def _check_unit(w: Array, x: Array) -> None:
    if w.ndim != 1 or w.shape != x.shape:
        raise W2VError(f"weights {w.shape} and inputs {x.shape} differ: expected one weight for each input")

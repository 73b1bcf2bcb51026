"""Rows that bring their own numbers: Appendix A's units and network, Figure 4's tree, the bracket."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.backprop import (
    LayersTrace,
    UnitTrace,
    logistic_unit,
    perceptron,
    two_layers,
    update_layers,
    update_unit,
)
from w2v_edu.model import one_word, random_params
from w2v_edu.objectives import Hierarchical
from w2v_edu.symbolic.evaluate import World
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.settings import named, setting
from w2v_edu.tree import balanced

from .equation import Equation
from .worlds import world_of

__all__ = ["ALONE", "own_numbers", "own_setting"]

ALONE = ("figure-4", "bracket", "appendix/perceptron", "appendix/logistic", "appendix/layers")


def own_setting(model: str) -> Setting:
    """The setting of a row that speaks about no model of the main text."""
    if model == "figure-4":
        return setting("one-word", "hierarchical")
    return named("rong/bracket" if model == "bracket" else model)


def own_numbers(
    row: Equation, model: str, rng: np.random.Generator, eta: float
) -> tuple[World, dict[str, NDArray[Any]]]:
    """Random numbers for such a row, and the quantities that the reference keeps of them."""
    if model == "figure-4":
        return _figure_4(rng, eta)
    if model == "bracket":
        truth = float(rng.integers(0, 2))
        return World(own_setting(model).theory, {"x": truth}, {}), {"sign": np.asarray(2 * truth - 1)}
    return _network(rng, eta) if model == "appendix/layers" else _unit(model, rng, eta)


def _figure_4(rng: np.random.Generator, eta: float) -> tuple[World, dict[str, NDArray[Any]]]:
    """The way to w_2 turns left, left, right, as in the figure: so it does in the balanced tree of eight
    words.
    """
    params = random_params(8, 3, rng, R=7)
    objective = Hierarchical(balanced(8))
    world = world_of(params, one_word(4, 1), objective, eta)
    out = objective.trace(params.W[4], params.W_out, 1)
    return world, {"p_2": np.exp(-np.asarray(out.E))}


def _unit(model: str, rng: np.random.Generator, eta: float) -> tuple[World, dict[str, NDArray[Any]]]:
    K = int(rng.integers(3, 7))
    w, x, t = rng.standard_normal(K), rng.standard_normal(K), float(rng.integers(0, 2))
    unit: UnitTrace = perceptron(w, x, t) if model == "appendix/perceptron" else logistic_unit(w, x, t)
    kept = {
        "u": np.asarray(unit.u),
        "y": np.asarray(unit.y),
        "d_w": unit.d_w,
        "w_new": update_unit(unit, eta),
    }
    if unit.E is not None:
        kept |= {
            "E": np.asarray(unit.E),
            "one_minus_y": np.asarray(1 - unit.y),
            "dy_du": np.asarray(unit.y * (1 - unit.y)),
        }
    return World(own_setting(model).theory, {"eta": eta, "w": w, "x": x, "t": t}, {"K": K}), kept


def _network(rng: np.random.Generator, eta: float) -> tuple[World, dict[str, NDArray[Any]]]:
    K, N, M = (int(size) for size in rng.permutation([3, 4, 5]))
    W, W_out = rng.standard_normal((K, N)), rng.standard_normal((M, N))
    x, t = rng.standard_normal(K), rng.random(M)
    net: LayersTrace = two_layers(W, W_out, x, t)
    W_new, W_out_new = update_layers(W, W_out, net, eta)
    kept = {name: np.asarray(getattr(net, name)) for name in
            ("u", "h", "u_out", "y", "E", "dE_dy", "EI_out", "dW_out", "dE_dh", "EI", "dW")}  # fmt: skip
    kept |= {"W_new": W_new, "W_out_new": W_out_new}
    given = {"eta": eta, "W": W, "W_out": W_out, "x": x, "t": t}
    return World(own_setting("appendix/layers").theory, given, {"K": K, "N": N, "M": M}), kept

"""The right answers: every quantity that can be asked for, from the reference and from nowhere else."""

from typing import Any

import numpy as np

from w2v_edu import reference
from w2v_edu.functions import one_hot
from w2v_edu.homework.point import Point

__all__ = ["truth"]


def truth(point: Point) -> dict[str, Any]:
    """Name of the quantity -> its value at the point.

    With an empty context nothing is predicted: the loss and every gradient are zero.

    Examples
    --------
    >>> from w2v_edu.homework.points import make_points
    >>> sorted(truth(make_points("one-word", "negative")[0]))  # doctest: +ELLIPSIS
    ['E', 'EH', 'EI', ...]
    """
    W, W_out = point.params.W, point.params.W_out
    if point.empty:
        zero_in, zero_out = np.zeros_like(W), np.zeros_like(W_out)
        answers = {"E": 0.0, "EH": zero_in[0], "EI": zero_out[:, 0], "dW": zero_in, "dW_out": zero_out}
        answers |= {"h": point.h, "d_context": np.zeros((0, point.params.N))}
        return answers | _moved(point, answers)
    trace = reference.trace(point.params, point.example, point.sheet)
    first = trace.output
    answers = {
        "h": trace.h,
        "E": trace.E,
        "EH": trace.EH,
        "EI": trace.EI,
        "dW": trace.dW,
        "dW_out": trace.dW_out,
        "d_context": np.stack([point.weight * trace.EH for _ in point.inputs]),
        "d_each": point.weight * trace.EH,
        "u": first.u,
        "y": first.y,
        "t": first.t,
        "e": first.e,
        "d_rows": first.d_rows,
        "p": float(np.exp(-trace.E)),
        "log_likelihood": -trace.E,
    }
    if point.objective == "softmax":
        answers["t"] = one_hot(point.targets[0], point.params.V)
        answers["d_pos"] = first.d_rows[point.targets[0]]
    elif point.objective in ("negative", "nce"):
        answers["d_pos"] = first.d_rows[0]
        answers["d_neg"] = first.d_rows[1:]
        answers["W_neg"] = np.sort(np.array(point.noise[0], dtype=np.float64))
        answers["u_pos"], answers["u_neg"] = first.u[0], first.u[1:]
        answers["y_pos"], answers["y_neg"] = first.y[0], first.y[1:]
    elif point.objective == "hierarchical":
        answers["d_path"] = first.d_rows
        answers["signs"], answers["nodes"], answers["codes"] = first.signs, first.nodes, first.codes
    return answers | _moved(point, answers)


def _moved(point: Point, answers: dict[str, Any]) -> dict[str, Any]:
    """The parameters after one step of gradient descent at the point's learning rate."""
    W, W_out, eta = point.params.W, point.params.W_out, point.eta
    new = {"W_new": W - eta * answers["dW"], "W_out_new": W_out - eta * answers["dW_out"]}
    new["h_new"] = point.h - eta * answers["EH"]
    if not point.empty:
        if "d_pos" in answers:
            new["pos_new"] = W_out[point.targets[0]] - eta * answers["d_pos"]
        if "d_neg" in answers:
            new["neg_new"] = W_out[list(point.noise[0])] - eta * answers["d_neg"]
        if "d_path" in answers:
            new["path_new"] = W_out[answers["nodes"]] - eta * answers["d_path"]
    return new

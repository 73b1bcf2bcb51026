"""The quantities of a trace by the names that the rows give them: one dictionary for the reference's trace,
one for the batch's.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from w2v_edu.model import Example, Params, Trace

__all__ = ["BatchLike", "numbers_of", "numbers_of_batch"]

Array = NDArray[Any]
Numbers = dict[str, Array]


class BatchLike(Protocol):
    """What is read of a batch trace; `w2v_edu.fast.batch.BatchTrace` has it all."""

    @property
    def h(self) -> Array: ...
    @property
    def EH(self) -> Array: ...
    @property
    def E(self) -> Array: ...
    @property
    def rows(self) -> Array: ...
    @property
    def u(self) -> Array: ...
    @property
    def y(self) -> Array: ...
    @property
    def t(self) -> Array: ...
    @property
    def e(self) -> Array: ...
    @property
    def sizes(self) -> Array: ...
    @property
    def EI(self) -> Array: ...
    @property
    def dW(self) -> Array: ...
    @property
    def dW_out(self) -> Array: ...


def numbers_of(params: Params | None, trace: Trace, eta: float, panel: int | None = None) -> Numbers:
    """The quantities of a trace, or of one of its panels alone.

    Parameters
    ----------
    params : Params or None
        At which the trace was taken; without them there are no ``W_out_rows`` and no ``_new``.
    trace : Trace
    eta : float
        The learning rate of the ``_new`` ones.
    panel : int, optional
        Only the panel of this context word, as if it were a one-word example.
    """
    example = trace.example
    outputs = trace.outputs if panel is None else (trace.outputs[panel],)
    found: Numbers = {"h": trace.h, "x": trace.x}
    if panel is None:
        found |= {
            "E": np.asarray(trace.E),
            "EH": trace.EH,
            "EI": trace.EI,
            "dW_out": trace.dW_out,
            "dW": trace.dW,
        }
    else:
        out = outputs[0]
        found |= {
            "E": np.asarray(out.E),
            "EH": out.EH,
            "dW_out": _scattered(trace.dW_out, out.rows, out.d_rows),
        }
    if (trace.objective == "softmax" and len(example.targets) > 1) or (
        example.input_side == "skip-gram" and panel is None
    ):
        if trace.objective == "softmax":
            found |= {f"{q}_c": np.stack([getattr(out, q) for out in outputs]) for q in ("u", "y", "t", "e")}
    else:
        out = outputs[0]
        R = len(trace.dW_out)
        found |= _panel(params, R, out.rows, out.u, out.y, out.t, out.e, trace.objective, out.E)
        found["d_rows"] = out.d_rows
        if out.signs is not None:
            found["signs"] = out.signs
        if out.offset is not None:
            found["z"] = out.u - out.offset
    return found | _updated(params, example, found, eta)


def numbers_of_batch(
    params: Params, batch: BatchLike, example: Example, objective: str, eta: float
) -> Numbers:
    """The same of a batch that holds this one example; signs come from its labels."""
    found: Numbers = {
        "h": batch.h[0],
        "E": np.asarray(batch.E[0]),
        "EH": batch.EH[0],
        "EI": batch.EI,
        "dW": batch.dW,
        "dW_out": batch.dW_out,
    }
    if example.input_side == "skip-gram":
        if objective == "softmax":
            shape = (len(example.targets), -1)
            found |= {f"{q}_c": getattr(batch, q).reshape(shape) for q in ("u", "y", "t", "e")}
        return found | _updated(params, example, found, eta)
    E = found["E"]
    found |= _panel(params, params.R, batch.rows, batch.u, batch.y, batch.t, batch.e, objective, E)
    found["d_rows"] = np.outer(batch.e, batch.h[0])
    if objective == "hierarchical":
        found["signs"] = 2 * batch.t - 1
    return found | _updated(params, example, found, eta)


def _panel(
    params: Params | None,
    R: int,
    rows: Array,
    u: Array,
    y: Array,
    t: Array,
    e: Array,
    objective: str,
    E: Any,
) -> Numbers:
    found: Numbers = {"u": u, "y": y, "t": t, "e": e, "rows": rows}
    if params is not None:
        found["W_out_rows"] = params.W_out[rows]
    if objective == "hierarchical":
        off = np.ones(R, dtype=bool)
        off[rows] = False  # nodes off the path were not asked
        left = np.ma.MaskedArray(_scattered_values(R, rows, y), mask=off)
        found |= {"p": np.exp(-np.asarray(E)), "p_left": left, "p_right": 1 - left}
    return found


def _updated(params: Params | None, example: Example, found: Numbers, eta: float) -> Numbers:
    """Sums, differences and one step, from what was kept."""
    new: Numbers = {"minus_E": -found["E"], "one": np.asarray(1.0)}
    if "rows" in found:
        new["dW_out_rows"] = found["dW_out"][found["rows"]]
    if params is None:
        return new
    W_out_new = params.W_out - eta * found["dW_out"]
    new["W_out_new"] = W_out_new
    if "rows" in found:
        new["W_out_rows_new"] = W_out_new[found["rows"]]
    if "dW" in found:
        W_new = params.W - eta * found["dW"]
        words = np.array(example.inputs)
        new |= {"W_new": W_new, "v_new": W_new[words] if example.input_side == "cbow" else W_new[words[0]]}
    return new


def _scattered(like: Array, rows: Array, d_rows: Array) -> Array:
    dW_out = np.zeros_like(like)
    np.add.at(dW_out, rows, d_rows)
    return dW_out


def _scattered_values(size: int, rows: Array, values: Array) -> Array:
    array = np.zeros(size, dtype=values.dtype)
    array[rows] = values
    return array

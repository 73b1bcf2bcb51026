"""The plain trainer: one example at a time, changed in place, with the deviations of word2vec.c and gensim.

Read it beside `w2v_edu.reference`: with no flag it makes the same step. Each flag changes one line.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.deviations import Flags
from w2v_edu.functions import sigmoid, softmax
from w2v_edu.model import Example
from w2v_edu.objectives import NCE, Hierarchical, Objective

__all__ = ["TABLE_SIZE", "examples_seen", "step", "table_sigmoid"]

Array = NDArray[Any]
NO_FLAGS: Flags = frozenset()

MAX_EXP = 6
TABLE_SIZE = 1000
TABLE_SCALE = TABLE_SIZE // MAX_EXP // 2  # 83, not 83.33: integers are divided


class Panel(NamedTuple):
    """What one target word asks: rows of W_out (None: all), labels, and what is taken off the scores."""

    rows: NDArray[np.int64] | None
    t: Array
    offset: Any


def step(
    W: Array, W_out: Array, example: Example, objective: Objective, eta: float, flags: Flags = NO_FLAGS
) -> None:
    """One step of stochastic gradient descent, in place.

    Parameters
    ----------
    W, W_out : ndarray, shapes (V, N) and (R, N)
        Changed.
    example : Example
    objective : Objective
    eta : float
    flags : set of str
        Names from `DEVIATIONS`; with none of them, this is `w2v_edu.reference.update`.
    """
    for one in examples_seen(example, flags):
        _step(W, W_out, one, objective, eta, flags)


def examples_seen(example: Example, flags: Flags) -> Iterator[Example]:
    """The examples that are trained on in the place of this one, one after another."""
    if "skip-equal-negative" in flags:
        panels = zip(example.targets, example.noise, strict=True)
        noise = tuple(tuple(w for w in W_neg if w != w_O) for w_O, W_neg in panels)
        example = replace(example, noise=noise)
    if example.input_side != "skip-gram" or not flags & {"context-is-input", "step-per-pair"}:
        yield example
        return
    (w_I,) = example.inputs
    for w_O, W_neg in zip(example.targets, example.noise, strict=True):
        turned = "context-is-input" in flags
        yield replace(
            example,
            inputs=(w_O if turned else w_I,),
            targets=(w_I if turned else w_O,),
            noise=(W_neg,),
        )


def _step(W: Array, W_out: Array, example: Example, objective: Objective, eta: float, flags: Flags) -> None:
    h = np.zeros_like(W[0])
    for w in example.inputs:
        h += W[w]
    h *= example.weight  # (17) (18)    (N,)

    EH = np.zeros_like(h)
    seen: list[tuple[Any, Array]] = []  # rows of W_out and their gradients, until all panels have been asked
    for w_O, W_neg in zip(example.targets, example.noise, strict=True):
        panel = _ask(objective, w_O, W_neg, len(W_out))
        if "negatives-see-updates" in flags and panel.rows is not None:
            EH += _one_row_after_another(W_out, h, panel, objective, eta, flags)
            continue
        v = W_out if panel.rows is None else W_out[panel.rows]  #    (M, N)
        e = _error(v @ h - panel.offset, panel.t, objective, flags)  # (8) (49) (57)    (M,)
        EH += v.T @ e  # (12) (53) (61)    (N,)
        seen.append((panel.rows, np.outer(e, h)))  # (9) (50) (58)    (M, N)
    _change_rows(W_out, seen, eta)

    back = example.weight  # 1/C of (23)
    if example.input_side == "cbow":
        if example.combine == "mean" and "no-1/C" in flags:
            back = 1.0
        if example.combine == "sum" and "1/C-of-sum" in flags:
            back = 1.0 / len(example.inputs)
    dW_row = back * EH
    for w in set(example.inputs):
        W[w] -= eta * (example.inputs.count(w) * dW_row)  # (16) (23) (35)


def _ask(objective: Objective, w_O: int, W_neg: tuple[int, ...], R: int) -> Panel:
    if isinstance(objective, Hierarchical):
        tree = objective.tree
        return Panel(tree.paths[w_O], 1.0 - tree.codes[w_O], 0.0)
    if objective.link == "softmax":
        t = np.zeros(R)
        t[w_O] = 1.0
        return Panel(None, t, 0.0)
    rows = np.array((w_O, *W_neg))
    t = np.zeros(len(rows))
    t[0] = 1.0
    return Panel(rows, t, objective.offset(rows) if isinstance(objective, NCE) else 0.0)


def _error(u: Array, t: Array, objective: Objective, flags: Flags) -> Array:
    """e = y - t, as the flags have it."""
    if objective.link == "softmax":
        return softmax(u) - t
    y = table_sigmoid(u) if "sigmoid-table" in flags else sigmoid(u)
    hierarchical = objective.name == "hierarchical"
    if not hierarchical and "ns-saturate-6" in flags:
        y = np.where(u > MAX_EXP, 1.0, np.where(u < -MAX_EXP, 0.0, y))
    e = y - t
    if ("hs-skip-6" if hierarchical else "ns-skip-6") in flags:
        e = np.where(np.abs(u) >= MAX_EXP, 0.0, e)
    return e


def _one_row_after_another(
    W_out: Array, h: Array, panel: Panel, objective: Objective, eta: float, flags: Flags
) -> Array:
    """The loop of word2vec.c: each row is changed before the next one is looked at. Returns EH."""
    assert panel.rows is not None
    if len(set(panel.rows.tolist())) == len(panel.rows):  # nobody meets a changed row: all at once
        v = W_out[panel.rows]
        e = _error(v @ h - panel.offset, panel.t, objective, flags)
        W_out[panel.rows] = v - eta * np.outer(e, h)
        return np.asarray(v.T @ e)
    EH = np.zeros_like(h)
    offset = np.broadcast_to(panel.offset, len(panel.t))
    for j, t_j, offset_j in zip(panel.rows.tolist(), panel.t, offset, strict=True):
        e_j = _error(np.asarray(W_out[j] @ h - offset_j), t_j, objective, flags)
        EH += e_j * W_out[j]
        W_out[j] -= eta * (e_j * h)
    return EH


def _change_rows(W_out: Array, seen: list[tuple[Any, Array]], eta: float) -> None:
    """Subtract eta times the sum of the gradients: a row that was asked twice gets both."""
    if not seen:
        return
    if seen[0][0] is None:
        W_out -= eta * sum(d_rows for _, d_rows in seen)
        return
    rows = np.concatenate([rows for rows, _ in seen])
    d_rows = np.concatenate([d for _, d in seen])
    distinct, place = np.unique(rows, return_inverse=True)
    if len(distinct) < len(rows):
        total = np.zeros((len(distinct), d_rows.shape[1]))
        np.add.at(total, place, d_rows)
        rows, d_rows = distinct, total
    W_out[rows] -= eta * d_rows  # (11) (51) (59)


def table_sigmoid(u: Array) -> Array:
    """sigma as word2vec.c looks it up.

    Examples
    --------
    >>> table_sigmoid(np.array([0.0, 3.0])).round(4)
    array([0.494 , 0.9509])
    """
    place = ((np.clip(u, -MAX_EXP, MAX_EXP) + MAX_EXP) * TABLE_SCALE).astype(np.int64)
    return np.asarray(_table()[np.clip(place, 0, TABLE_SIZE - 1)])


@cache
def _table() -> Array:
    power = np.exp((np.arange(TABLE_SIZE) / TABLE_SIZE * 2 - 1) * MAX_EXP)
    return np.asarray(power / (power + 1))

"""The batched witness: any objective, a list of examples, one error formula.

Written by hand here: which rows, which labels, which link. Everything else is e = y - t, once, for every
objective; the reference is never called. Paths and noise words stand one after another with offsets, never
padded; where all rows are asked, they are asked by one matrix product over a block of examples.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.ragged import add_at_rows, segment_sums, starts_of
from w2v_edu.functions import log_sigmoid, log_sum_exp, sigmoid, softmax
from w2v_edu.model import Example, Params, check_word
from w2v_edu.objectives import Objective, Questions, check_rows

__all__ = ["BatchGradient", "BatchTrace", "batch_gradient", "batch_trace"]

Array = NDArray[Any]
Ints = NDArray[np.int64]

BLOCK = 1 << 22  # numbers that one block may hold in its widest array: 32 MB


@dataclass(frozen=True, eq=False)
class BatchTrace:
    """What `w2v_edu.reference.trace` keeps, for B examples with P target words in all.

    Attributes
    ----------
    h, EH : ndarray, shape (B, N)
        Hidden layer and dE/dh of each example.
    E : ndarray, shape (B,)
        Loss of each example.
    rows, u, y, t, e : ndarray, shape (M_1 + .. + M_P,)
        The panels of all examples, one after another.
    sizes : ndarray of int, shape (P,)
        M of each panel.
    example : ndarray of int, shape (P,)
        The example that each panel belongs to.
    EI : ndarray, shape (R,)
    dW, dW_out : ndarray, shapes (V, N) and (R, N)
        Summed over the examples.
    """

    h: Array
    EH: Array
    E: Array
    rows: Ints
    u: Array
    y: Array
    t: Array
    e: Array
    sizes: Ints
    example: Ints
    EI: Array
    dW: Array
    dW_out: Array


class BatchGradient(NamedTuple):
    """The loss of each example, (B,), and both gradients, summed over the examples."""

    E: Array
    dW: Array
    dW_out: Array


class _Batch(NamedTuple):
    """B examples as arrays: input words one after another, and the questions that are put."""

    words: Ints
    weights: Array
    word_example: Ints
    questions: Questions
    panel_example: Ints


class _Answer(NamedTuple):
    """The output side: the panels, the loss and dE/dh of each example, and the error at each row."""

    panels: tuple[Ints, Array, Array, Array, Array, Ints]  # rows, u, y, t, e, sizes
    E: Array
    EH: Array
    EI: Array
    dW_out: Array


def batch_trace(params: Params, examples: Sequence[Example], objective: Objective) -> BatchTrace:
    """The traces of all examples at once.

    Parameters
    ----------
    params : Params
    examples : sequence of Example
        At least one; input sides may differ.
    objective : Objective

    Returns
    -------
    BatchTrace
        Equal, field by field, to the traces of the single examples, or to their sum.

    Examples
    --------
    >>> from w2v_edu.model import one_word, random_params
    >>> from w2v_edu.objectives import Softmax
    >>> params = random_params(3, 2, np.random.default_rng(0))
    >>> batch = batch_trace(params, [one_word(0, 1), one_word(2, 1)], Softmax())
    >>> batch.E.shape, batch.u.shape, batch.dW.shape
    ((2,), (6,), (3, 2))
    """
    batch = _flatten(params, examples, objective)
    h = _hidden(params.W, batch)
    answer = _ask_all(params, h, batch) if batch.questions.rows is None else _ask_some(params, h, batch)
    rows, u, y, t, e, sizes = answer.panels
    dW = _input_gradient(params.W, batch, answer.EH)
    E, EH, example = answer.E, answer.EH, batch.panel_example
    return BatchTrace(h, EH, E, rows, u, y, t, e, sizes, example, answer.EI, dW, answer.dW_out)


def batch_gradient(params: Params, examples: Sequence[Example], objective: Objective) -> BatchGradient:
    """Losses and summed gradients alone, block by block, so that memory does not grow with B times V.

    Parameters and errors as for `batch_trace`.
    """
    E, dW, dW_out = [], np.zeros_like(params.W), np.zeros_like(params.W_out)
    step = max(1, BLOCK // max(params.R, 64 * params.N))
    for start in range(0, len(examples), step):
        batch = _flatten(params, examples[start : start + step], objective)
        h = _hidden(params.W, batch)
        if batch.questions.rows is None:
            E_block, EH, _, _, d_block = _softmax_block(params.W_out, h, batch)
        else:
            _, E_block, EH, _, d_block = _ask_some(params, h, batch)
        E.append(E_block)
        dW += _input_gradient(params.W, batch, EH)
        dW_out += d_block
    if not E:
        raise W2VError("the batch is empty: at least one example expected")
    return BatchGradient(np.concatenate(E), dW, dW_out)


def _flatten(params: Params, examples: Sequence[Example], objective: Objective) -> _Batch:
    if not examples:
        raise W2VError("the batch is empty: at least one example expected")
    V = params.V
    check_rows(params, objective)
    number = np.arange(len(examples))
    words = _ids("input", [example.inputs for example in examples], V)
    targets = _ids("target", [example.targets for example in examples], V)
    noise_lists = [words for example in examples for words in example.noise]
    noise = _ids("noise", noise_lists, V)
    C = np.array([len(example.inputs) for example in examples])
    P = np.array([len(example.targets) for example in examples])
    K = np.array([len(words) for words in noise_lists])
    weights = np.repeat([example.weight for example in examples], C)
    questions = objective.questions(targets, noise, K)
    return _Batch(words, weights, np.repeat(number, C), questions, np.repeat(number, P))


def _ids(what: str, lists: Sequence[tuple[int, ...]], V: int) -> Ints:
    flat = np.fromiter(chain.from_iterable(lists), dtype=np.int64)
    if flat.size:
        check_word(what, int(flat.max()), V)
    return flat


def _hidden(W: Array, batch: _Batch) -> Array:
    return segment_sums(batch.weights[:, None] * W[batch.words], starts_of(batch.word_example))


def _input_gradient(W: Array, batch: _Batch, EH: Array) -> Array:
    return add_at_rows(len(W), batch.words, batch.weights, EH, batch.word_example)


def _ask_some(params: Params, h: Array, batch: _Batch) -> _Answer:
    """Sigmoid link: each panel asks its own rows."""
    rows, t, sizes, offset = batch.questions
    assert rows is not None
    example = np.repeat(batch.panel_example, sizes)
    starts = starts_of(example)
    v = params.W_out[rows]
    u = np.vecdot(v, h[example])
    z = u if offset is None else u - offset
    y = sigmoid(z)
    e = y - t
    E = segment_sums(-log_sigmoid(np.where(t == 1, z, -z)), starts)
    v *= e[:, None]
    EH = segment_sums(v, starts)
    EI = np.bincount(rows, weights=e, minlength=params.R)
    dW_out = add_at_rows(params.R, rows, e, h, example)
    return _Answer((rows, u, y, t, e, sizes), E, EH, EI, dW_out)


def _ask_all(params: Params, h: Array, batch: _Batch) -> _Answer:
    """Softmax link: every panel asks every row; the panels of an example share their scores."""
    E, EH, u, error, dW_out = _softmax_block(params.W_out, h, batch)
    targets, example, R = batch.questions.t, batch.panel_example, params.R
    t = (targets[:, None] == np.arange(R)).astype(float)
    y = softmax(u)[example]
    sizes = np.full(len(targets), R)
    panels = (np.tile(np.arange(R), len(targets)), u[example].ravel(), y.ravel(), t.ravel())
    return _Answer((*panels, (y - t).ravel(), sizes), E, EH, error.sum(axis=0), dW_out)


def _softmax_block(W_out: Array, h: Array, batch: _Batch) -> tuple[Array, Array, Array, Array, Array]:
    """E (B,), EH (B, N), u (B, R), the summed error of each example's panels (B, R), and dW_out."""
    targets, example = batch.questions.t, batch.panel_example
    panels = np.bincount(example)
    u = h @ W_out.T
    error = panels[:, None] * softmax(u)
    np.subtract.at(error, (example, targets), 1.0)
    E = panels * log_sum_exp(u) - segment_sums(u[example, targets], starts_of(example))
    return E, error @ W_out, u, error, error.T @ h

"""The batched witness: any objective, a list of examples, one error formula.

Written by hand here: which rows, which labels, which link. Everything else is e = y - t, once, for every
objective; the reference is never called. Paths and noise words stand one after another with offsets, never
padded; where all rows are asked, they are asked by one matrix product over a block of examples.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.ragged import Stacks, segment_sums, stack, starts_of, weighted_sums
from w2v_edu.functions import log_sum_exp, softmax
from w2v_edu.model import Example, Params, check_word
from w2v_edu.objectives import Objective, Questions, check_rows

__all__ = ["Batch", "BatchGradient", "BatchTrace", "batch_gradient", "batch_trace", "prepare_batch"]

Array = NDArray[Any]
Ints = NDArray[np.int64]

BLOCK = 1 << 22  # numbers that one block may hold in its widest array: 32 MB

# An array of 16 MB that is never written to costs nothing. Once it is freed, the memory allocator of Linux
# keeps freed memory up to twice its size, and does not pay for each page again at the next call.
ROOM = 1 << 21


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


@dataclass(frozen=True, eq=False)
class Batch:
    """Examples made ready once, to be asked again and again as the parameters change.

    Attributes
    ----------
    objective : Objective
        What they are asked for.
    V : int
        Vocabulary size.
    """

    objective: Objective
    V: int
    _blocks: "tuple[_Block, ...]"

    def gradient(self, params: Params) -> BatchGradient:
        """The same as `batch_gradient` of the examples."""
        if params.V != self.V:
            raise W2VError(f"the batch was made for V = {self.V} words and W has {params.V} rows")
        check_rows(params, self.objective)
        return _gradient(params, self._blocks)


class _Block(NamedTuple):
    """B examples as arrays: the weights of their input words, and the questions that are put.

    The stacks are the places of two sparse matrices and of their transposes. One takes W to h, and EH to dW;
    the other takes W_out to u and EH, and h to dW_out.
    """

    B: int
    weights: Array
    words_of_examples: Stacks
    examples_of_words: Stacks
    questions: Questions
    panel_example: Ints
    rows_of_examples: Stacks
    examples_of_rows: Stacks


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
    check_rows(params, objective)
    block = _flatten(examples, objective, params.V)
    h = _hidden(params.W, block)
    answer = _ask_all(params, h, block) if block.questions.rows is None else _ask_some(params, h, block)
    rows, u, y, t, e, sizes = answer.panels
    E, EH, example = answer.E, answer.EH, block.panel_example
    dW = _input_gradient(params.W, block, EH)
    return BatchTrace(h, EH, E, rows, u, y, t, e, sizes, example, answer.EI, dW, answer.dW_out)


def batch_gradient(params: Params, examples: Sequence[Example], objective: Objective) -> BatchGradient:
    """Losses and summed gradients alone, block by block, so that memory does not grow with B times V.

    Parameters and errors as for `batch_trace`.

    See Also
    --------
    prepare_batch : for the same examples at many parameters.
    """
    check_rows(params, objective)
    return _gradient(params, _blocks(examples, objective, params.V))


def prepare_batch(examples: Sequence[Example], objective: Objective, V: int) -> Batch:
    """Everything about the examples that does not depend on the parameters, worked out once.

    Gradient descent asks the same examples at every step: made ready, they answer in about half the time.

    Parameters
    ----------
    examples : sequence of Example
        At least one; input sides may differ.
    objective : Objective
    V : int
        Vocabulary size.

    Returns
    -------
    Batch
        It holds about 50 bytes for each row that an example asks.

    Examples
    --------
    >>> from w2v_edu.model import one_word, random_params
    >>> from w2v_edu.objectives import Negative
    >>> params = random_params(3, 2, np.random.default_rng(0))
    >>> examples = [one_word(0, 1, (2, 2)), one_word(2, 1, (0, 1))]
    >>> batch = prepare_batch(examples, Negative(), V=3)
    >>> bool((batch.gradient(params).dW == batch_gradient(params, examples, Negative()).dW).all())
    True
    """
    return Batch(objective, V, tuple(_blocks(examples, objective, V)))


def _gradient(params: Params, blocks: Iterable[_Block]) -> BatchGradient:
    np.empty(ROOM)
    parts = (_block_gradient(params, block) for block in blocks)
    first = next(parts)
    E, dW, dW_out = [first.E], first.dW, first.dW_out
    for part in parts:
        E.append(part.E)
        dW += part.dW
        dW_out += part.dW_out
    dtype = np.result_type(params.W, params.W_out)
    return BatchGradient(np.concatenate(E), np.asarray(dW, dtype), np.asarray(dW_out, dtype))


def _block_gradient(params: Params, block: _Block) -> BatchGradient:
    h = _hidden(params.W, block)
    if block.questions.rows is None:
        E, EH, _, _, dW_out = _softmax_block(params.W_out, h, block)
    else:
        E, EH, _, e = _sigmoid_block(params.W_out, h, block)
        dW_out = _output_gradient(params.R, block, e, h)
    return BatchGradient(E, _input_gradient(params.W, block, EH), dW_out)


def _blocks(examples: Sequence[Example], objective: Objective, V: int) -> Iterator[_Block]:
    step = max(1, BLOCK // (objective.rows(V) if objective.link == "softmax" else 1024))
    for start in range(0, max(1, len(examples)), step):
        yield _flatten(examples[start : start + step], objective, V)


def _flatten(examples: Sequence[Example], objective: Objective, V: int) -> _Block:
    if not examples:
        raise W2VError("the batch is empty: at least one example expected")
    number = np.arange(len(examples))
    words, C = _ids("input", [example.inputs for example in examples], V)
    targets, P = _ids("target", [example.targets for example in examples], V)
    noise, K = _ids("noise", list(chain.from_iterable([example.noise for example in examples])), V)
    combine = [example.combine for example in examples]
    same = combine.count(combine[0]) == len(combine)  # as a rule: then one comparison for all
    mean = combine[0] == "mean" if same else [one == "mean" for one in combine]
    weights = np.repeat(np.where(mean, 1.0 / C, 1.0), C)  # (17), or the sum
    word_example, panel_example = np.repeat(number, C), np.repeat(number, P)
    questions = objective.questions(targets, noise, K)
    rows = row_example = number[:0]
    if questions.rows is not None:
        rows, row_example = questions.rows, np.repeat(panel_example, questions.sizes)
    return _Block(
        B=len(examples),
        weights=weights,
        words_of_examples=stack(word_example, words),
        examples_of_words=stack(words, word_example),
        questions=questions,
        panel_example=panel_example,
        rows_of_examples=stack(row_example, rows),
        examples_of_rows=stack(rows, row_example),
    )


def _ids(what: str, lists: Sequence[tuple[int, ...]], V: int) -> tuple[Ints, Ints]:
    """The ids of all lists, one list after another, and the length of each."""
    flat = np.fromiter(chain.from_iterable(lists), dtype=np.int64)
    if flat.size:
        check_word(what, int(flat.max()), V)
    return flat, np.fromiter(map(len, lists), dtype=np.int64)


def _hidden(W: Array, block: _Block) -> Array:
    return weighted_sums(block.B, block.words_of_examples, block.weights, W)  # (1) (17) (24)


def _input_gradient(W: Array, block: _Block, EH: Array) -> Array:
    return weighted_sums(len(W), block.examples_of_words, block.weights, EH)  # (15) (16) (23) (35)


def _ask_some(params: Params, h: Array, block: _Block) -> _Answer:
    """Sigmoid link: each panel asks its own rows."""
    rows, t, sizes, offset = block.questions
    assert rows is not None
    E, EH, u, e = _sigmoid_block(params.W_out, h, block)
    y, _ = _link(u if offset is None else u - offset, t)
    EI = np.zeros(params.R, dtype=e.dtype)
    np.add.at(EI, rows, e)
    dW_out = _output_gradient(params.R, block, e, h)
    return _Answer((rows, u, y, t, e, sizes), E, EH, EI, dW_out)


def _sigmoid_block(W_out: Array, h: Array, block: _Block) -> tuple[Array, Array, Array, Array]:
    """E (B,), EH (B, N), and u and e of each row that is asked."""
    _, t, _, offset = block.questions
    stacks, N = block.rows_of_examples, h.shape[1]
    u = np.empty(len(t), dtype=np.result_type(W_out, h))
    e = np.empty_like(u)
    E, EH = np.zeros(len(h), dtype=u.dtype), np.zeros(h.shape, dtype=u.dtype)
    for some, at, shape in stacks.pieces(N):
        examples, items = stacks.groups[some], stacks.order[at].reshape(shape)
        label = t[items]
        v = W_out.take(stacks.which[at], axis=0).reshape(*shape, N)  #    (n, M, N)
        z = (v @ h[examples, :, None])[..., 0]  #    (n, M)
        u[items] = z
        if offset is not None:
            z = z - offset[items]
        y, losses = _link(z, label)
        error = y - label  # (49) (57)
        e[items] = error
        E[examples] = losses.sum(axis=1)  # (46) (55)
        EH[examples] = (error[:, None] @ v)[:, 0]  # (53) (61)
    return E, EH, u, e


def _output_gradient(R: int, block: _Block, e: Array, h: Array) -> Array:
    return weighted_sums(R, block.examples_of_rows, e, h)  # (50) (58)


def _link(z: Array, t: Array) -> tuple[Array, Array]:
    """y = sigma(z), and the loss log(1 + exp(z)) - t z, whose derivative is y - t; safe at scores of 800."""
    positive = z.real >= 0
    x = np.exp(np.where(positive, -z, z))
    y = np.where(positive, 1.0, x) / (1.0 + x)
    return y, np.log1p(x) + (np.where(positive, z, 0.0) - t * z)


def _ask_all(params: Params, h: Array, block: _Block) -> _Answer:
    """Softmax link: every panel asks every row; the panels of an example share their scores."""
    E, EH, u, error, dW_out = _softmax_block(params.W_out, h, block)
    targets, example, R = block.questions.t, block.panel_example, params.R
    t = (targets[:, None] == np.arange(R)).astype(float)
    y = softmax(u)[example]
    sizes = np.full(len(targets), R)
    panels = (np.tile(np.arange(R), len(targets)), u[example].ravel(), y.ravel(), t.ravel())
    return _Answer((*panels, (y - t).ravel(), sizes), E, EH, error.sum(axis=0), dW_out)


def _softmax_block(W_out: Array, h: Array, block: _Block) -> tuple[Array, Array, Array, Array, Array]:
    """E (B,), EH (B, N), u (B, R), the summed error of each example's panels (B, R), and dW_out."""
    targets, example = block.questions.t, block.panel_example
    panels = np.bincount(example)
    u = h @ W_out.T
    error = panels[:, None] * softmax(u)
    np.subtract.at(error, (example, targets), 1.0)
    E = panels * log_sum_exp(u) - segment_sums(u[example, targets], starts_of(example))
    return E, error @ W_out, u, error, error.T @ h

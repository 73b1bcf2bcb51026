"""Gradient descent over the whole corpus: one step an epoch, along the gradient of the corpus objective."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.loop import Run, learning_rate, report
from w2v_edu.fast.steps import RowGradient, step
from w2v_edu.fast.text import read_blocks
from w2v_edu.fast.windows import keep_probability, read_windows

__all__ = ["run_full_batch"]

Array = NDArray[Any]


def run_full_batch(run: Run) -> bool:
    """Train to the end; or to where `run.stop` says so, and then return True.

    The objective is (1/T) sum over t, T the words of the text that have a context, as in
    `w2v_edu.reference.corpus_objective`. It is exact where nothing is drawn: sample=0, shrink_windows=False,
    and an objective without noise words.
    """
    s = run.settings
    while run.state.epoch < s.epochs:
        dW, dW_out, loss, T = _corpus_gradient(run)
        if run.stop():
            return True  # the epoch is not done: it begins again when the run goes on
        eta = float(learning_rate(s, run.state.epoch / s.epochs)) / max(T, 1)
        clipped = 0
        if s.freeze != "W":
            clipped += step(run.W, RowGradient(slice(None), eta * dW), s.clip)
        if s.freeze != "W_out":
            clipped += step(run.W_out, RowGradient(slice(None), eta * dW_out), s.clip)
        run.state = run.state._replace(
            epoch=run.state.epoch + 1,
            words=run.state.words + run.total // s.epochs,
            generator=dict(run.rng.bit_generator.state),
            clipped=run.state.clipped + clipped,
            moved=run.state.moved + len(dW) + len(dW_out),
        )
        report(run, loss)
        run.save(run)
    return False


def _corpus_gradient(run: Run) -> tuple[Array, Array, float, int]:
    """Both gradients, summed over the text; the mean loss of a prediction; and T."""
    s = run.settings
    dW, dW_out = np.zeros_like(run.W), np.zeros_like(run.W_out)
    keep = keep_probability(run.words.counts, s.sample).astype(np.float32)
    E, predictions, T = 0.0, 0, 0
    for ids, offsets in read_blocks(run.text, run.words):
        windows = read_windows(ids, offsets, keep, s.window, s.input_side, s.shrink_windows, run.rng)
        T += int(np.count_nonzero(windows.left + windows.right))
        for chunk in run.kernel.plan(windows, run.rng) if len(windows.ids) else []:
            loss, count = run.kernel.loss(run.W, run.W_out, chunk)
            E, predictions = E + loss, predictions + count
            gradient = run.kernel.gradient(run.W, run.W_out, chunk)
            for total, parts in zip((dW, dW_out), gradient, strict=True):
                for part in parts:
                    total[part.rows] += part.values
            if run.stop():
                break
    return dW, dW_out, E / max(predictions, 1), T

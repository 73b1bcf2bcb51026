"""The training loop: blocks of text, chunks, steps; the learning rate falls with the words read."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.checkpoint import State
from w2v_edu.fast.kernels import Kernel
from w2v_edu.fast.result import Callback, Progress
from w2v_edu.fast.settings import Settings
from w2v_edu.fast.steps import step
from w2v_edu.fast.text import Text, Words, read_blocks
from w2v_edu.fast.windows import keep_probability, read_windows

__all__ = ["Run", "learning_rate", "run_epochs"]

Array = NDArray[Any]

LOSS_CHUNKS = 4  # chunks of a block whose loss is reported
HISTORY = 200  # reports that are kept, about


@dataclass
class Run:
    """A run on its way: the parameters, which change in place, and where it stands."""

    W: Array
    W_out: Array
    kernel: Kernel
    settings: Settings
    text: Text
    words: Words
    rng: np.random.Generator
    state: State
    stop: Callable[[], bool]
    save: Callable[["Run"], None]
    progress: Callback | None
    history: list[Progress] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    @cached_property
    def total(self) -> int:
        """Words of the text in all epochs together."""
        return int(self.words.counts.sum()) * self.settings.epochs


def learning_rate(s: Settings, done: float) -> float:
    """From alpha down to min_alpha in a straight line, as the part `done` of all words goes from 0 to 1."""
    return max(s.min_alpha, s.alpha - (s.alpha - s.min_alpha) * done)


def run_epochs(run: Run) -> bool:
    """Train to the end; or to where `run.stop` says so, and then return True.

    Every block's random numbers are drawn before its first chunk. So the generator's state at the start of
    the block and the number of chunks done say exactly where the run stands.
    """
    s = run.settings
    keep = keep_probability(run.words.counts, s.sample).astype(np.float32)
    while run.state.epoch < s.epochs:
        for ids, offsets in islice(read_blocks(run.text, run.words), run.state.block, None):
            run.rng.bit_generator.state = run.state.generator
            windows = read_windows(ids, offsets, keep, s.window, s.input_side, s.shrink_windows, run.rng)
            chunks = run.kernel.plan(windows, run.rng) if len(windows.ids) else []
            if _train_block(run, chunks, len(ids)):
                return True
            run.state = run.state._replace(
                block=run.state.block + 1,
                chunk=0,
                words=run.state.words + len(ids),
                generator=run.rng.bit_generator.state,
            )
            run.save(run)
        run.state = run.state._replace(epoch=run.state.epoch + 1, block=0)
    return False


def _train_block(run: Run, chunks: list[Any], block_words: int) -> bool:
    s, W, W_out, kernel = run.settings, run.W, run.W_out, run.kernel
    looked_at = range(run.state.chunk, len(chunks), max(1, len(chunks) // LOSS_CHUNKS))
    E, predictions = 0.0, 0
    for c in range(run.state.chunk, len(chunks)):
        if c in looked_at:
            loss, count = kernel.loss(W, W_out, chunks[c])
            E, predictions = E + loss, predictions + count
        eta = learning_rate(s, (run.state.words + block_words * c / len(chunks)) / run.total)
        gradient = kernel.gradient(W, W_out, chunks[c])
        clipped = 0
        if s.freeze != "W":
            clipped += step(W, gradient.dW, eta, s.clip)
        if s.freeze != "W_out":
            clipped += step(W_out, gradient.dW_out, eta, s.clip)
        old, moved = run.state, len(gradient.dW.values) + len(gradient.dW_out.values)
        run.state = old._replace(chunk=c + 1, clipped=old.clipped + clipped, moved=old.moved + moved)
        if run.stop():
            return True
    _report(run, block_words, E / predictions if predictions else float("nan"))
    return run.stop()


def _report(run: Run, block_words: int, loss: float) -> None:
    words = run.state.words + block_words
    alpha = learning_rate(run.settings, words / run.total)
    seconds = time.perf_counter() - run.started
    now = Progress(words, run.total, run.state.epoch, seconds, loss, alpha, run.state.clipped)
    if not run.history or words - run.history[-1].words >= run.total // HISTORY or words >= run.total:
        run.history.append(now)
    if run.progress is not None:
        run.progress(now)

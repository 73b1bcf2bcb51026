"""The training loop: blocks of text, chunks, steps; the learning rate falls with the words read."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.checkpoint import State
from w2v_edu.fast.kernels import Kernel
from w2v_edu.fast.result import Callback, Progress
from w2v_edu.fast.settings import Settings
from w2v_edu.fast.steps import step
from w2v_edu.fast.text import BLOCK_WORDS, Text, Words, read_blocks
from w2v_edu.fast.windows import keep_probability, read_windows
from w2v_edu.tree import Tree

__all__ = [
    "Run",
    "Trained",
    "chunk_rates",
    "learning_rate",
    "look_every",
    "report",
    "run_epochs",
    "train_chunks",
]

Array = NDArray[Any]

LOSS_WORDS = 400  # about so many words of a block have their loss looked at; at least one chunk
HISTORY = 200  # reports that are kept, about


@dataclass
class Run:
    """A run on its way: the parameters, which change in place, and where it stands.

    `words_before` are the words that were read before it was resumed.
    """

    W: Array
    W_out: Array
    kernel: Kernel
    settings: Settings
    text: Text
    words: Words
    rng: np.random.Generator
    state: State
    tree: Tree | None
    stop: Callable[[], bool]
    save: Callable[["Run"], None]
    progress: Callback | None
    history: list[Progress] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)
    words_before: int = 0
    problem: str = ""

    @cached_property
    def total(self) -> int:
        """Words of the text in all epochs together."""
        return int(self.words.counts.sum()) * self.settings.epochs


def learning_rate(s: Settings, done: Any) -> Any:
    """From alpha down to min_alpha in a straight line, as the part `done` of all words goes from 0 to 1."""
    return np.maximum(s.min_alpha, s.alpha - (s.alpha - s.min_alpha) * done)


class Trained(NamedTuple):
    """What happened in a block: chunks done so far, their loss where it was looked at, and row updates."""

    chunks: int
    E: float
    predictions: int
    clipped: int
    moved: int

    @property
    def loss(self) -> float:
        """The mean loss of a prediction; nan if none was looked at."""
        return self.E / self.predictions if self.predictions else float("nan")


def train_chunks(
    W: Array,
    W_out: Array,
    kernel: Kernel,
    s: Settings,
    chunks: list[Any],
    rates: Array,
    look_every: int,
    first: int = 0,
    stop: Callable[[], bool] = lambda: False,
) -> Trained:
    """Step along the gradient of one chunk after another, from number `first` to the last, or until `stop`.

    Parameters
    ----------
    rates : ndarray, shape (len(chunks),)
        The learning rate of each chunk.
    look_every : int
        Of so many chunks, the loss of one is looked at.
    """
    E, predictions, clipped, moved = 0.0, 0, 0, 0
    with np.errstate(over="ignore", invalid="ignore"):  # what diverges is clipped and reported, not warned of
        for c in range(first, len(chunks)):
            if c % look_every == 0:
                loss, count = kernel.loss(W, W_out, chunks[c])
                E, predictions = E + loss, predictions + count
            dW, dW_out = kernel.gradient(W, W_out, chunks[c], float(rates[c]))
            for name, matrix, parts in (("W", W, dW), ("W_out", W_out, dW_out)):
                for part in parts if s.freeze != name else ():
                    clipped += step(matrix, part, s.clip)
                    moved += len(part.values)
            if stop():
                return Trained(c + 1, E, predictions, clipped, moved)
    return Trained(len(chunks), E, predictions, clipped, moved)


def chunk_rates(s: Settings, chunks: int, words_before: int, block_words: int, total: int) -> Array:
    """The learning rate of each chunk of a block: from alpha down to min_alpha with the words read."""
    done = (words_before + block_words * np.arange(chunks) / max(chunks, 1)) / total
    return np.asarray(learning_rate(s, done))


def look_every(chunks: int, words: int) -> int:
    """Of how many chunks the loss of one is looked at, for a block of text with so many words.

    Examples
    --------
    >>> look_every(60, words=960), look_every(160, words=60_000), look_every(0, words=1)
    (2, 160, 1)
    """
    looks = LOSS_WORDS * chunks // words
    return max(1, chunks // max(1, looks))


def run_epochs(run: Run) -> bool:
    """Train to the end; or to where `run.stop` says so, and then return True.

    Every block's random numbers are drawn before its first chunk. So the generator's state at the start of
    the block and the number of chunks done say exactly where the run stands.
    """
    s = run.settings
    keep = keep_probability(run.words.counts, s.sample).astype(np.float32)
    while run.state.epoch < s.epochs:
        for ids, offsets in islice(read_blocks(run.text, run.words, BLOCK_WORDS), run.state.block, None):
            windows = read_windows(ids, offsets, keep, s.window, s.input_side, s.shrink_windows, run.rng)
            chunks = run.kernel.plan(windows, run.rng) if len(windows.ids) else []
            old = run.state
            rates = chunk_rates(s, len(chunks), old.words, len(ids), run.total)
            every = look_every(len(chunks), len(ids))
            done = train_chunks(run.W, run.W_out, run.kernel, s, chunks, rates, every, old.chunk, run.stop)
            run.state = old._replace(
                chunk=done.chunks, clipped=old.clipped + done.clipped, moved=old.moved + done.moved
            )
            if done.chunks < len(chunks):
                return True
            run.state = run.state._replace(
                block=old.block + 1,
                chunk=0,
                words=old.words + len(ids),
                generator=dict(run.rng.bit_generator.state),
            )
            report(run, done.loss)
            if run.stop():
                return True
            run.save(run)
        run.state = run.state._replace(epoch=run.state.epoch + 1, block=0)
    return False


def report(run: Run, loss: float) -> None:
    """Tell the callback where the run stands, and keep some reports as its history."""
    state, seconds = run.state, time.perf_counter() - run.started
    rate = (state.words - run.words_before) / max(seconds, 1e-9)
    alpha = float(learning_rate(run.settings, state.words / run.total))
    now = Progress(state.words, run.total, state.epoch, seconds, rate, loss, alpha, state.clipped)
    last = run.history[-1].words if run.history else -run.total
    if state.words - last >= run.total // HISTORY or state.words >= run.total:
        run.history.append(now)
    if run.progress is not None:
        run.progress(now)

"""`train_mode`: training as the paper has it, or as word2vec.c or gensim do, one example at a time.

It is there to be read and compared, not to be fast: some ten thousand steps a second at the very best.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.deviations import MODES, Flags, flags_of
from w2v_edu.comparison.end_of_sentence import noise_of, vocabulary_of
from w2v_edu.comparison.pairwise import step
from w2v_edu.comparison.trees import gensim_tree, two_pointer_tree
from w2v_edu.corpus import examples, keep_probability
from w2v_edu.corpus.subsampling import SubsamplingRule
from w2v_edu.errors import W2VError
from w2v_edu.fast.interrupt import CleanInterrupt
from w2v_edu.fast.result import Callback, Progress, Result
from w2v_edu.fast.settings import Settings, check_settings, check_size
from w2v_edu.fast.text import Text, Words, read_blocks, words_of
from w2v_edu.model import Example, Params
from w2v_edu.noise import Noise
from w2v_edu.objectives import Objective, make_objective, objective_name
from w2v_edu.tree import Tree, huffman

__all__ = ["MODES", "train_mode"]

Array = NDArray[Any]

RENEW = 10_000  # words between two learning rates, in both programs
REPORT = 2_000  # words between two reports, at most; there are at least twenty
LOOK = 8  # the loss of every eighth example is looked at


def train_mode(
    corpus: Text,
    input_side: str = "skip-gram",
    objective: str = "negative",
    *,
    mode: str = "paper",
    flags: Iterable[str] = (),
    vector_size: int = 100,
    window: int = 5,
    negative: int = 5,
    sample: float = 1e-3,
    min_count: int = 5,
    alpha: float = 0.025,
    min_alpha: float = 1e-4,
    epochs: int = 5,
    seed: int = 1,
    shrink_windows: bool | None = None,
    ns_exponent: float = 0.75,
    combine: str = "mean",
    tree: Tree | None = None,
    init: Params | None = None,
    progress: Callback | None = None,
) -> Result:
    """Learn W and W_out one example at a time, in float64.

    Parameters
    ----------
    corpus : Corpus
        Or anything with ``words``, ``counts`` and ``blocks()``.
    input_side, objective : str
        As for `w2v_edu.fast.train.train`.
    mode : {"paper", "word2vec.c", "gensim"}
        "paper" is the true gradient, at a constant learning rate, with full windows.
    flags : iterable of str
        Single deviations on top of the mode's: see `DEVIATIONS`.
    shrink_windows : bool, optional
        Whether windows are drawn from 1, .., `window`; if not given, as the flags say.
    tree, init : Tree and Params, optional
        In the place of those that the flags make.
    progress : callable, optional
        Called with a `Progress` every 2,000 words, and at least twenty times.
    vector_size, window, negative, sample, min_count, alpha, min_alpha, epochs, seed, ns_exponent, combine
        As for `train`.

    Returns
    -------
    Result

    Raises
    ------
    W2VError
        If a setting cannot be, or if the program of that mode has no such model.
    """
    on = flags_of(mode, flags)
    s = Settings(
        input_side=input_side,  # type: ignore[arg-type]  # any string comes in; check_settings looks at it
        objective=objective_name(objective),
        vector_size=vector_size,
        window=window,
        negative=negative,
        sample=sample,
        min_count=min_count,
        alpha=alpha,
        min_alpha=min_alpha,
        epochs=epochs,
        seed=seed,
        shrink_windows="drawn-windows" in on if shrink_windows is None else shrink_windows,
        ns_exponent=ns_exponent,
        dtype="float64",
        workers=1,
        method="sgd",
        freeze=None,
        combine=combine,  # type: ignore[arg-type]
        one_over_C="no-1/C" not in on,
        chunk=None,
        clip=1.0,
    )
    check_settings(s, allow_collapse=False)
    if mode != "paper" and (s.input_side == "one-word" or s.objective not in ("hierarchical", "negative")):
        raise W2VError(
            f"{mode} has no {s.input_side} with {s.objective}: it trains skip-gram and CBOW with "
            "hierarchical softmax or negative sampling; mode 'paper' has all twelve"
        )
    words = vocabulary_of(words_of(corpus, min_count), corpus, on)
    check_size(vector_size, len(words.counts))
    run = _start(s, corpus, words, on, tree, init)
    with CleanInterrupt() as interrupt, np.errstate(all="ignore"):  # divergence is looked for and reported
        try:
            interrupted = _train(run, progress, interrupt)
        except KeyboardInterrupt:
            interrupted = True
    noise = run.noise if s.objective in ("negative", "nce") else None
    tree = getattr(run.objective, "tree", None)
    return Result(
        run.W,
        run.W_out,
        words.words,
        words.counts,
        tree,
        noise,
        s,
        tuple(run.history),
        interrupted,
        run.problem,
    )


@dataclass
class _Run:
    """A run on its way; W and W_out change in place."""

    W: Array
    W_out: Array
    objective: Objective
    noise: Noise
    s: Settings
    flags: Flags
    text: Text
    words: Words
    rng: np.random.Generator
    read: int = 0
    history: list[Progress] = field(default_factory=list)
    problem: str = ""

    @property
    def total(self) -> int:
        return int(self.words.counts.sum()) * self.s.epochs


def _start(
    s: Settings, text: Text, words: Words, flags: Flags, tree: Tree | None, init: Params | None
) -> _Run:
    V, N = len(words.counts), s.vector_size
    noise = noise_of(words, s.ns_exponent, flags)
    if s.objective == "hierarchical" and tree is None:
        build = two_pointer_tree if "two-pointer-tree" in flags else huffman
        tree = (gensim_tree if "heap-tree" in flags else build)(words.counts)
    objective = make_objective(s.objective, tree=tree, noise=noise, K=s.negative or 1)
    R = objective.rows(V)
    if init is None:
        rng = np.random.default_rng([s.seed, 0])
        width = 2.0 if "W-twice-as-wide" in flags else 1.0
        W, W_out = width * (rng.random((V, N)) - 0.5) / N, (rng.random((R, N)) - 0.5) / N
        if "W_out-zero" in flags:
            W_out[:] = 0.0
    else:
        if init.W.shape != (V, N) or init.W_out.shape != (R, N):
            raise W2VError(
                f"init has W {init.W.shape} and W_out {init.W_out.shape}; this run needs {V, N} and {R, N}"
            )
        W, W_out = (np.array(matrix, dtype=np.float64) for matrix in (init.W, init.W_out))
    return _Run(W, W_out, objective, noise, s, flags, text, words, np.random.default_rng([s.seed, 1]))


def _train(run: _Run, progress: Callback | None, interrupt: CleanInterrupt) -> bool:
    """All epochs; True if the run was stopped."""
    s, started, looked = run.s, time.perf_counter(), list[float]()
    every = max(1, min(REPORT, run.total // 20))
    safe, next_report = (run.W.copy(), run.W_out.copy()), every
    for epoch in range(s.epochs):
        for i, example in enumerate(_examples(run)):
            if i % LOOK == 0:
                looked.append(_loss(run, example))
            step(run.W, run.W_out, example, run.objective, _eta(run), run.flags)
            if run.read >= next_report:
                if not _healthy(run, safe):
                    return False
                safe, next_report = (run.W.copy(), run.W_out.copy()), run.read + every
                _report(run, epoch, started, looked, progress)
                looked = []
            if interrupt.asked:
                return True
    if _healthy(run, safe):
        _report(run, s.epochs, started, looked, progress)
        first, last = run.history[0].loss, run.history[-1].loss
        if last > 2 * first:
            run.problem = (
                f"training diverged: the loss of a prediction rose from {first:.4g} to {last:.4g} "
                f"at alpha={s.alpha:g}; use a smaller learning rate"
            )
    return False


def _examples(run: _Run) -> Iterator[Example]:
    """The examples of one epoch; `run.read` counts the words as they pass."""
    s, flags = run.s, run.flags
    keep = np.ones(len(run.words.counts))
    if s.sample > 0:
        rule: SubsamplingRule = "word2vec.c" if "subsampling-rule" in flags else "paper"
        keep = keep_probability(run.words.counts, s.sample, rule)

    def sentences() -> Iterator[NDArray[np.int64]]:
        for ids, offsets in read_blocks(run.text, run.words):
            for start, stop in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
                sentence = ids[start:stop]
                run.read += len(sentence)
                yield sentence[run.rng.random(len(sentence)) < keep[sentence]] if s.sample > 0 else sentence

    return examples(
        sentences(),  # type: ignore[arg-type]  # int64 ids serve as well as int32
        s.input_side,
        window=s.window,
        shrink=run.rng if s.shrink_windows else None,
        noise=run.noise,
        K=s.negative if s.objective in ("negative", "nce") else 0,
        rng=run.rng,
        combine=s.combine,
    )


def _loss(run: _Run, example: Example) -> float:
    """The loss of a prediction, averaged over the target words."""
    h = example.weight * run.W[list(example.inputs)].sum(axis=0)
    panels = zip(example.targets, example.noise, strict=True)
    return float(np.mean([run.objective.E(h, run.W_out, w_O, W_neg) for w_O, W_neg in panels]))


def _eta(run: _Run) -> float:
    if "alpha-decays" not in run.flags:
        return run.s.alpha
    done = run.read // RENEW * RENEW / run.total
    return max(run.s.min_alpha, run.s.alpha - (run.s.alpha - run.s.min_alpha) * done)


def _healthy(run: _Run, safe: tuple[Array, Array]) -> bool:
    """Whether all numbers are finite; if not, go back to the last ones that were."""
    if np.isfinite(run.W).all() and np.isfinite(run.W_out).all():
        return True
    run.W[:], run.W_out[:] = safe
    run.problem = (
        f"training would have diverged: at alpha={run.s.alpha:g} the vectors grew beyond all bounds by word "
        f"{run.read}; kept are the last that were finite. Use a smaller learning rate"
    )
    return False


def _report(run: _Run, epoch: int, started: float, looked: list[float], progress: Callback | None) -> None:
    seconds = time.perf_counter() - started
    if not looked and run.history:  # the end, just after a report: nothing new was looked at
        E = run.history.pop().loss
    else:
        E = float(np.mean(looked)) if looked else float("nan")
    now = Progress(run.read, run.total, epoch, seconds, run.read / max(seconds, 1e-9), E, _eta(run), 0)
    run.history.append(now)
    if progress is not None:
        progress(now)

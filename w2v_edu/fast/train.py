"""`train`: any of the twelve models, on a text of any length."""

import os
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.checkpoint import (
    Checkpoint,
    State,
    check_writable,
    fingerprint,
    load_checkpoint,
    save_checkpoint,
)
from w2v_edu.fast.full_batch import run_full_batch
from w2v_edu.fast.interrupt import CleanInterrupt
from w2v_edu.fast.kernels import make_kernel
from w2v_edu.fast.loop import Run, run_epochs
from w2v_edu.fast.result import Callback, Result
from w2v_edu.fast.settings import Settings, check_settings, check_size
from w2v_edu.fast.text import Text, Words, words_of
from w2v_edu.fast.workers import run_workers, shared_matrix
from w2v_edu.model import Params
from w2v_edu.noise import Noise
from w2v_edu.objectives import objective_name
from w2v_edu.tree import Tree, huffman

__all__ = ["initial_params", "train"]

Array = NDArray[Any]

TOLERATED = 1e-3  # part of the row updates that may be clipped in a healthy run: its first steps are long


def train(
    corpus: Text,
    input_side: str = "skip-gram",
    objective: str = "negative",
    *,
    vector_size: int = 100,
    window: int = 5,
    negative: int = 5,
    sample: float = 1e-3,
    min_count: int = 5,
    alpha: float = 0.025,
    min_alpha: float = 1e-4,
    epochs: int = 5,
    seed: int = 1,
    shrink_windows: bool = True,
    ns_exponent: float = 0.75,
    dtype: str = "float32",
    workers: int = 1,
    method: str = "sgd",
    freeze: str | None = None,
    allow_collapse: bool = False,
    combine: str = "mean",
    one_over_C: bool = True,
    tree: Tree | None = None,
    init: Params | None = None,
    chunk: int | None = None,
    clip: float = 1.0,
    progress: Callback | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_seconds: float = 30.0,
    resume: str | os.PathLike[str] | None = None,
) -> Result:
    """Learn W and W_out from a text.

    Parameters
    ----------
    corpus : Corpus
        Or anything with ``words``, ``counts`` and ``blocks()``.
    input_side : {"skip-gram", "cbow", "one-word"}
        "one-word" learns from bigrams: each word predicts the next.
    objective : {"negative", "hierarchical", "softmax", "nce"}
        Also "ns" and "hs".
    vector_size : int
        N, the length of the vectors.
    window : int
        The widest window, in words on each side.
    negative : int
        K, the noise words a prediction ("negative" and "nce").
    sample : float
        Frequent words are dropped as in word2vec.c, (sqrt(f / sample) + 1) sample / f; 0 keeps all.
    min_count : int
        Words that occur less often are left out.
    alpha, min_alpha : float
        The learning rate falls from one to the other with the words read.
    epochs : int
        Passes over the text.
    seed : int
        The same seed gives the same result, bit for bit, on one worker.
    shrink_windows : bool
        Each window is drawn from 1, .., `window`; else all are `window`.
    ns_exponent : float
        The noise distribution is count ** ns_exponent.
    dtype : {"float32", "float64"}
    workers : int
        Processes that train on the same matrices at the same time, without locks; then nothing is exact.
    method : {"sgd", "batch"}
        "batch" is gradient descent over the whole corpus: one step an epoch, along the mean gradient.
    freeze : {"W", "W_out"}, optional
        Keep this matrix as it is. The problem in the other one is convex.
    allow_collapse : bool
        Allow negative=0, which has a trivial optimum.
    combine : {"mean", "sum"}
        How CBOW makes h of its context.
    one_over_C : bool
        False leaves out the 1/C of (23) in CBOW's backward step, as word2vec.c and gensim do.
    tree : Tree, optional
        For "hierarchical"; the Huffman tree of the counts if not given.
    init : Params, optional
        Where to start from. Otherwise as word2vec.c does: W uniform in +-1/(2N), W_out zero.
    chunk : int, optional
        Words whose gradients are taken at the same parameters; chosen by vocabulary and model if not given.
    clip : float
        The longest step of one row in one chunk. Where it is needed, the result says so.
    progress : callable, optional
        Called with a `Progress` after each block of about 60,000 words.
    checkpoint : path, optional
        Where the whole state is kept, every `checkpoint_seconds` and when the run ends or is interrupted.
    resume : path, optional
        A checkpoint to go on from; the end is bit-equal to that of an uninterrupted run.

    Returns
    -------
    Result

    Raises
    ------
    W2VError
        If a setting cannot be, before anything is trained.
    """
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
        shrink_windows=shrink_windows,
        ns_exponent=ns_exponent,
        dtype=dtype,
        workers=workers,
        method=method,  # type: ignore[arg-type]
        freeze=freeze,  # type: ignore[arg-type]
        combine=combine,  # type: ignore[arg-type]
        one_over_C=one_over_C,
        chunk=chunk,
        clip=clip,
    )
    check_settings(s, allow_collapse)
    words = words_of(corpus, min_count)
    check_size(vector_size, len(words.counts))
    if checkpoint is not None:
        check_writable(checkpoint)
    hierarchical = s.objective == "hierarchical"
    tree = (tree or huffman(words.counts)) if hierarchical else None
    noise = Noise.from_counts(words.counts, ns_exponent) if s.objective in ("negative", "nce") else None
    run = _start(s, corpus, words, tree, noise, init)
    run.progress = progress
    if resume is not None:
        _resume(run, resume)
    with CleanInterrupt() as interrupt:
        run.stop = lambda: interrupt.asked
        run.save = _saver(checkpoint, checkpoint_seconds)
        try:
            interrupted = _runner(s)(run)
        except KeyboardInterrupt:  # from the progress callback, between two chunks
            interrupted = True
    if checkpoint is not None:
        save_checkpoint(checkpoint, _checkpoint(run))
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
        _problem(run),
    )


def initial_params(V: int, R: int, N: int, seed: int = 1, dtype: Any = np.float32) -> Params:
    """Where word2vec.c starts: W uniform in +-1/(2N), W_out zero."""
    rng = np.random.default_rng([seed, 0])
    W = (rng.random((V, N), dtype=np.dtype(dtype).type) - 0.5) / N
    return Params(W.astype(dtype, copy=False), np.zeros((R, N), dtype))


def _runner(s: Settings) -> Callable[[Run], bool]:
    if s.method == "batch":
        return run_full_batch
    return run_epochs if s.workers == 1 else run_workers


def _start(
    s: Settings, text: Text, words: Words, tree: Tree | None, noise: Noise | None, init: Params | None
) -> Run:
    V = len(words.counts)
    R = V - 1 if tree is not None else V
    if tree is not None and tree.V != V:
        raise W2VError(f"the tree has {tree.V} leaves and the vocabulary {V} words: they must match")
    if init is None:
        init = initial_params(V, R, s.vector_size, s.seed, s.dtype)
    elif init.W.shape != (V, s.vector_size) or init.R != R:
        raise W2VError(
            f"init has W {init.W.shape} and W_out {init.W_out.shape}; "
            f"this run needs ({V}, {s.vector_size}) and ({R}, {s.vector_size})"
        )
    matrix = np.array if s.workers == 1 else shared_matrix
    W, W_out = (matrix(start, dtype=s.dtype) for start in (init.W, init.W_out))
    rng = np.random.default_rng([s.seed, 1])
    state = State(0, 0, 0, 0, dict(rng.bit_generator.state), 0, 0)
    kernel = make_kernel(s, words.counts, tree=tree, noise=noise)
    return Run(W, W_out, kernel, s, text, words, rng, state, tree, lambda: False, lambda run: None, None)


def _checkpoint(run: Run) -> Checkpoint:
    vocabulary = fingerprint(run.words.words, run.words.counts)
    return Checkpoint(run.W, run.W_out, run.state, asdict(run.settings), vocabulary)


def _resume(run: Run, path: str | os.PathLike[str]) -> None:
    saved = load_checkpoint(path, asdict(run.settings), fingerprint(run.words.words, run.words.counts))
    if saved.W.shape != run.W.shape or saved.W_out.shape != run.W_out.shape:
        raise W2VError(
            f"the checkpoint '{path}' has matrices of another shape: {saved.W.shape}, {saved.W_out.shape}"
        )
    run.W[...], run.W_out[...], run.state = saved.W, saved.W_out, saved.state
    run.rng.bit_generator.state = saved.state.generator
    run.words_before = saved.state.words


def _saver(path: str | os.PathLike[str] | None, seconds: float) -> Callable[[Run], None]:
    last = time.monotonic()

    def save(run: Run) -> None:
        nonlocal last
        if path is not None and time.monotonic() - last >= seconds:
            save_checkpoint(path, _checkpoint(run))
            last = time.monotonic()

    return save


def _problem(run: Run) -> str:
    clipped, moved, s = run.state.clipped, run.state.moved, run.settings
    if clipped <= TOLERATED * moved:
        return run.problem
    return run.problem + (
        f"training would have diverged: {clipped} of {moved} row updates were longer than {s.clip:g} "
        f"and were clipped; use a learning rate below alpha={s.alpha:g}, or a smaller chunk"
    )

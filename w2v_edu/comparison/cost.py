"""What a training step costs: output vectors touched, and time, against V and K.

The time is that of the per-pair path: word2vec.c's loop, one output vector after another, in plain NumPy. Its
absolute size is Python's; how it grows is the objective's. It is processor time, so
that other programs disturb it little.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.noise import Noise
from w2v_edu.tree import Tree, huffman

__all__ = ["Cost", "Growth", "fit_line", "growth", "measure_K", "measure_V", "zipf_counts"]

Array = NDArray[Any]

SIZES = (100, 316, 1_000, 3_162, 10_000, 31_623, 100_000)
DRAWS = (1, 2, 5, 10, 20, 40)
N = 50
ENOUGH = 0.03  # seconds a measurement, at least
REPEATS = 5
SHIFT = 2.7


class Cost(NamedTuple):
    """One measurement: `touched` output vectors a prediction on average, and seconds a prediction."""

    objective: str
    V: int
    K: int
    touched: float
    seconds: float


class Growth(NamedTuple):
    """What a straight line through measurements says.

    Attributes
    ----------
    loglog : float
        Slope of log time against log V: 1 is linear in V, 0 is flat.
    R2_log : float
        How much of the time's variation a line in log V explains.
    """

    loglog: float
    R2_log: float


def zipf_counts(V: int) -> NDArray[np.int64]:
    """Counts by Zipf's law, the rarest word once or more."""
    return np.asarray(np.ceil((V + SHIFT) / (np.arange(1, V + 1) + SHIFT)), dtype=np.int64)


def measure_V(sizes: tuple[int, ...] = SIZES, K: int = 5, budget: float = 60.0) -> tuple[Cost, ...]:
    """All objectives against V; softmax up to the size for which `budget` seconds are enough."""
    costs: list[Cost] = []
    rng, spent, slow = np.random.default_rng(0), 0.0, 0.0
    for V in sizes:
        W_out = (rng.random((V, N), dtype=np.float32) - 0.5) / N
        h = rng.standard_normal(N).astype(np.float32)
        counts = zipf_counts(V)
        noise, tree, p = Noise.from_counts(counts), huffman(counts), counts / counts.sum()
        words = rng.choice(V, 256, p=p).tolist()
        draws = [noise.draw(rng, K) for _ in words]
        offset = np.log(K * noise.p)
        costs += [
            Cost("hierarchical", V, K, tree.expected_length(p), _time(_hierarchical(h, W_out, tree), words)),
            Cost("negative", V, K, 1 + K, _time(_negative(h, W_out, draws, np.zeros(V)), words)),
            Cost("nce", V, K, 1 + K, _time(_negative(h, W_out, draws, offset), words)),
        ]
        if spent + slow * 4 * (1 + REPEATS) <= budget:  # the next size is about three times as large
            began = time.thread_time()
            slow = _time(_softmax(h, W_out), words)
            spent += time.thread_time() - began
            costs.append(Cost("softmax", V, K, V, slow))
    return tuple(costs)


def measure_K(draws: tuple[int, ...] = DRAWS, V: int = 10_000) -> tuple[Cost, ...]:
    """Negative sampling and NCE against K."""
    rng = np.random.default_rng(1)
    W_out = (rng.random((V, N), dtype=np.float32) - 0.5) / N
    h = rng.standard_normal(N).astype(np.float32)
    counts = zipf_counts(V)
    noise, words = Noise.from_counts(counts), rng.choice(V, 256, p=counts / counts.sum()).tolist()
    costs = []
    for K in draws:
        W_negs, offset = [noise.draw(rng, K) for _ in words], np.log(K * noise.p)
        costs += [
            Cost("negative", V, K, 1 + K, _time(_negative(h, W_out, W_negs, np.zeros(V)), words)),
            Cost("nce", V, K, 1 + K, _time(_negative(h, W_out, W_negs, offset), words)),
        ]
    return tuple(costs)


def growth(costs: tuple[Cost, ...], objective: str) -> Growth:
    """How the time of one objective grows with V."""
    mine = [one for one in costs if one.objective == objective]
    V, seconds = np.array([one.V for one in mine]), np.array([one.seconds for one in mine])
    loglog, _, _ = fit_line(np.log(V), np.log(seconds))
    return Growth(loglog, fit_line(np.log(V), seconds)[2])


def fit_line(x: Array, y: Array) -> tuple[float, float, float]:
    """Slope, intercept and R^2 of the least-squares line.

    Examples
    --------
    >>> fit_line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0]))
    (2.0, 1.0, 1.0)
    """
    slope, intercept = np.polyfit(x, y, 1).tolist()
    rest = y - (slope * x + intercept)
    R2 = 1 - float((rest**2).sum() / ((y - y.mean()) ** 2).sum())
    return round(slope, 12), round(intercept, 12), round(R2, 12)


Step = Callable[[int, int], None]


def _time(step: Step, words: list[int]) -> float:
    """Seconds a step: the fastest of some repetitions, each long enough to be measured."""
    began = time.thread_time()
    step(0, words[0])
    once = max(time.thread_time() - began, 1e-9)
    steps = max(1, min(len(words), int(ENOUGH / once)))
    best = np.inf
    for _ in range(REPEATS if once < 0.2 else 1):
        began = time.thread_time()
        for i in range(steps):
            step(i, words[i])
        best = min(best, (time.thread_time() - began) / steps)
    return float(best)


ETA = np.float32(1e-6)


def _ask(h: Array, W_out: Array, rows: list[int], labels: list[float], offset: list[float]) -> None:
    """One output vector after another: its score, its error, its update."""
    EH = np.zeros_like(h)
    for j, t, away in zip(rows, labels, offset, strict=True):
        v = W_out[j]
        e = 1.0 / (1.0 + np.exp(away - v @ h)) - t  # (49) (57)
        EH += e * v  # (53) (61)
        v -= ETA * e * h  # (51) (59)


def _hierarchical(h: Array, W_out: Array, tree: Tree) -> Step:
    paths, labels = tree.nodes_flat, 1.0 - tree.codes_flat
    starts = tree.offsets

    def step(i: int, w: int) -> None:
        here = slice(starts[w], starts[w + 1])
        rows = paths[here].tolist()
        _ask(h, W_out, rows, labels[here].tolist(), [0.0] * len(rows))

    return step


def _negative(h: Array, W_out: Array, draws: list[tuple[int, ...]], offset: Array) -> Step:
    def step(i: int, w: int) -> None:
        rows = [w, *draws[i]]
        _ask(h, W_out, rows, [1.0] + [0.0] * (len(rows) - 1), offset[rows].tolist())

    return step


def _softmax(h: Array, W_out: Array) -> Step:
    """Two loops over all V: the scores, and when their sum is known, the updates."""

    def step(i: int, w: int) -> None:
        scores = [v @ h for v in W_out]
        total = float(np.exp(scores).sum())
        EH = np.zeros_like(h)
        for j, u in enumerate(scores):
            v = W_out[j]
            e = np.exp(u) / total - (j == w)  # (8)
            EH += e * v  # (12)
            v -= ETA * e * h  # (11)

    return step

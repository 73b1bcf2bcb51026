"""Why scattering fails: ways to add the gradient rows of a chunk to the rows of a matrix."""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from w2v_edu.fast.repeats import plan_repeats, sum_repeats

__all__ = ["scatter_table"]

V, N, ROWS, CHUNKS = 20_000, 100, 500, 200


def scatter_table() -> str:
    """Nanoseconds a row of 100 numbers; words by Zipf's law, so that rows repeat."""
    rng = np.random.default_rng(0)
    p = 1 / (np.arange(V) + 3.7)
    rows = rng.choice(V, (CHUNKS, ROWS), p=p / p.sum())
    values = rng.standard_normal((ROWS, N)).astype(np.float32)
    W = np.zeros((V, N), np.float32)
    flat, columns = W.reshape(-1), np.arange(N)

    def two_dimensions(words: NDArray[np.int64]) -> None:
        np.add.at(W, words, values)

    def one_dimension(words: NDArray[np.int64]) -> None:
        np.add.at(flat, (words[:, None] * N + columns).ravel(), values.ravel())

    def sorted_segments(words: NDArray[np.int64]) -> None:
        order = np.argsort(words, kind="stable")
        unique, starts = np.unique(words[order], return_index=True)
        W[unique] += np.add.reduceat(values[order], starts, axis=0)

    def lossy(words: NDArray[np.int64]) -> None:
        W[words] += values

    ways: dict[str, Callable[[NDArray[np.int64]], None]] = {
        "`np.add.at(W, words, values)`": two_dimensions,
        "`np.add.at` on one dimension": one_dimension,
        "sort, then `np.add.reduceat`": sorted_segments,
        "`W[words] += values` (wrong: repeats are lost)": lossy,
    }
    lines = ["| way | ns a row |", "|---|---|"]
    lines += [
        f"| {name} | {_least([partial(way, words) for words in rows]):.0f} |" for name, way in ways.items()
    ]
    planned = _least([partial(plan_repeats, rows)]) / CHUNKS
    plans = plan_repeats(rows)

    def in_rounds(i: int) -> None:
        W[plans[i].unique] += sum_repeats(values, plans[i])

    summed = _least([partial(in_rounds, i) for i in range(CHUNKS)])
    lines.append(
        f"| rounds of contiguous slices (`repeats.py`), planning included | {planned + summed:.0f} |"
    )
    return "\n".join(lines)


def _least(calls: list[Callable[[], object]], repeats: int = 5) -> float:
    """The least time a row over some repetitions of all calls, in nanoseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for call in calls:
            call()
        times.append(time.perf_counter() - start)
    return 1e9 * min(times) / (len(calls) * ROWS)

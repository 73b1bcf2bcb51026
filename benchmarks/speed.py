"""Ours against a peer, run in turn, many times: the median of the ratios, and the smallest and largest."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from statistics import median
from typing import Any, NamedTuple

from benchmarks.texts import TextSpec

__all__ = ["Comparison", "compare", "run_one", "two_workers"]

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
Run = dict[str, float]


class Comparison(NamedTuple):
    """All runs of ours and of the peer, in pairs that ran one after the other."""

    model: str
    peer: str
    pairs: list[tuple[Run, Run]]

    def ratios(self, of: str = "words_per_second") -> list[float]:
        """Ours over the peer's, pair by pair."""
        return [ours[of] / peer[of] for ours, peer in self.pairs]

    def best_ratio(self) -> float:
        """Our best run over the peer's best: a cross-check, as noise only ever makes a run slower."""
        ours, peers = ([pair[who]["words_per_second"] for pair in self.pairs] for who in (0, 1))
        return max(ours) / max(peers)

    def median_of(self, who: int, what: str) -> float:
        """The median of one of our (0) or the peer's (1) figures."""
        return float(median(pair[who][what] for pair in self.pairs))


def run_one(text: TextSpec, model: str, trainer: str, **task: Any) -> Run:
    """One run in a process of its own."""
    defaults = {"cores": [max(os.sched_getaffinity(0))], "epochs": 1, "seed": 1, "quality": True}
    work = {**defaults, "text": asdict(text), "model": model, "trainer": trainer, **task}
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    command = [sys.executable, "-m", "benchmarks.one_run", json.dumps(work)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(text: TextSpec, models: list[str], reps: int, epochs: int) -> Iterator[Comparison]:
    """Each model against its peer."""
    for model in models:
        peer = "torch" if model == "softmax" else "gensim"
        pairs = []
        for seed in range(1, reps + 1):
            order = ("ours", peer) if seed % 2 else (peer, "ours")
            runs = {who: run_one(text, model, who, epochs=epochs, seed=seed) for who in order}
            pairs.append((runs["ours"], runs[peer]))
        yield Comparison(model, peer, pairs)


def two_workers(text: TextSpec, reps: int, epochs: int) -> Comparison:
    """Two processes on two cores against one on one: wall clock."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    pairs = []
    for seed in range(1, reps + 1):
        one, two = (
            run_one(text, "SG-NS", "ours", epochs=epochs, seed=seed, cores=cores, more={"workers": n})
            for n in (1, 2)
        )
        pairs.append((two, one))
    return Comparison("SG-NS, two workers", "one worker", pairs)

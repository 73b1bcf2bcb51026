"""CBOW with negative sampling: what gensim leaves out of (55), and what that does to the held-out loss.

gensim takes no step for a score of 6 or more, and none for a noise word that is the target itself;
docs/modes.md calls these `ns-skip-6` and `skip-equal-negative`. Here the fast path does the same, so that
the difference that remains is that of the shared pool and of chunks alone.
"""

from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import quality
from benchmarks.texts import TextSpec, training_and_held_out
from benchmarks.trainers import TRAINERS
from w2v_edu.fast.cbow_negative import CbowNegative

__all__ = ["departures_table"]


class _Skip6(CbowNegative):
    def _errors(self, U: NDArray[Any], chunk: Any) -> NDArray[Any]:
        far = np.abs(U) >= 6
        e = super()._errors(U, chunk)
        e[far] = 0
        return e


class _SkipEqual(CbowNegative):
    def _errors(self, U: NDArray[Any], chunk: Any) -> NDArray[Any]:
        own, noise = np.split(chunk.outputs, [self.B], axis=1)
        e = super()._errors(U, chunk)
        e[..., self.B :][own[:, :, None] == noise[:, None]] = 0
        return e


class _Both(_Skip6, _SkipEqual):
    pass


def departures_table(text: TextSpec, epochs: int, reps: int) -> str:
    """The held-out loss of gensim, of ours, and of ours with what gensim leaves out; mean over seeds."""
    corpus, held_out = training_and_held_out(text)
    lines = ["| trainer | leaves out | held-out loss: mean (min, max) |", "|---|---|---|"]
    for trainer, leaves_out, kernel in (
        ("gensim", "both", CbowNegative),
        ("ours", "nothing", CbowNegative),
        ("ours", "scores of 6 and more", _Skip6),
        ("ours", "noise that is the target", _SkipEqual),
        ("ours", "both", _Both),
    ):
        with patch("w2v_edu.fast.kernels.CbowNegative", kernel):
            runs = [TRAINERS[trainer](corpus, "CBOW-NS", epochs, seed) for seed in range(1, reps + 1)]
        losses = [quality(run.result, corpus, held_out)["loss"] for run in runs]
        lines.append(
            f"| {trainer} | {leaves_out} | {np.mean(losses):.4f} ({min(losses):.4f}, {max(losses):.4f}) |"
        )
    return "\n".join(lines)

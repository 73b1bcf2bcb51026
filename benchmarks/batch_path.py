"""The batched witness against a loop over the reference: skip-gram with negative sampling."""

import time

import numpy as np

from w2v_edu import reference
from w2v_edu.fast.batch import batch_gradient
from w2v_edu.model import random_params, skipgram
from w2v_edu.objectives import Negative

__all__ = ["batch_against_loop"]

V, N, B, C, K = 1000, 50, 1024, 4, 5


def batch_against_loop(reps: int) -> list[float]:
    """How many times faster; both give the same sums, which is checked."""
    rng = np.random.default_rng(0)
    params = random_params(V, N, rng, scale=0.1)
    examples = [
        skipgram(int(rng.integers(V)), rng.integers(0, V, C).tolist(), rng.integers(0, V, (C, K)).tolist())
        for _ in range(B)
    ]
    ratios = []
    for _ in range(reps):
        start = time.perf_counter()
        dW, dW_out = np.zeros_like(params.W), np.zeros_like(params.W_out)
        for example in examples:
            trace = reference.trace(params, example, Negative())
            dW += trace.dW
            dW_out += trace.dW_out
        middle = time.perf_counter()
        batch = batch_gradient(params, examples, Negative())
        end = time.perf_counter()
        for ours, loop in ((batch.dW, dW), (batch.dW_out, dW_out)):
            assert np.abs(ours - loop).max() <= 1e-12 * np.abs(loop).max()
        ratios.append((middle - start) / (end - middle))
    return ratios

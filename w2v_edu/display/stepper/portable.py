"""Random numbers that the page and Python both make, bit for bit: where a run starts, and its noise words.

NumPy's generators are not to be had in a browser, so the page has a small one of 32 bits (mulberry32). It is
for the classroom: for training, pass a `numpy.random.Generator` to `Noise.draw`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from w2v_edu.model import Params

__all__ = ["draw_noise", "initial_params", "mulberry32", "step_random"]

MASK = 0xFFFFFFFF


def mulberry32(seed: int) -> Callable[[], float]:
    """Uniform numbers in [0, 1), by the generator that `web/functions.js` has too.

    Examples
    --------
    >>> random = mulberry32(1)
    >>> [round(random(), 9) for _ in range(3)]
    [0.627073941, 0.002735721, 0.52744704]
    """
    state = seed & MASK

    def random() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & MASK
        t = ((state ^ (state >> 15)) * (state | 1)) & MASK
        t ^= (t + (t ^ (t >> 7)) * (t | 61)) & MASK
        return (t ^ (t >> 14)) / 2**32

    return random


def step_random(seed: int, s: int) -> Callable[[], float]:
    """The generator of step s of a run: it depends on the seed and on s alone."""
    return mulberry32(((seed + 1) * 0x9E3779B1 & MASK) ^ ((s + 1) * 0x85EBCA6B & MASK))


def initial_params(V: int, R: int, N: int, seed: int, spread: float) -> Params:
    """Both matrices uniform in +-spread, W first, row after row."""
    random = mulberry32(seed)
    numbers = np.array([(2 * random() - 1) * spread for _ in range((V + R) * N)])
    return Params.from_flat(numbers, V, N)


def draw_noise(
    p: NDArray[np.float64], K: int, targets: int, seed: int, s: int
) -> tuple[tuple[int, ...], ...]:
    """W_neg of each target of step s: K draws with replacement."""
    random = step_random(seed, s)
    cdf = np.cumsum(p)

    def draw() -> int:
        return min(int(np.searchsorted(cdf, random() * cdf[-1], side="right")), len(p) - 1)

    return tuple(tuple(draw() for _ in range(K)) for _ in range(targets))

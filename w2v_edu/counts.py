"""Word counts, checked once for everything that is made of them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.errors import W2VError

__all__ = ["check_counts"]


def check_counts(counts: ArrayLike | Sequence[int]) -> NDArray[np.float64]:
    """The counts as an array, or a clear error: at least two, all positive and finite."""
    weight = np.asarray(counts, dtype=np.float64)
    if weight.ndim != 1 or len(weight) < 2:
        raise W2VError(f"counts has shape {weight.shape}; expected one number for each of at least two words")
    bad = ~(np.isfinite(weight) & (weight > 0))
    if bad.any():
        word = int(np.argmax(bad))
        raise W2VError(
            f"word {word} has count {weight[word]:g}; every word of the vocabulary occurs at least once"
        )
    return weight

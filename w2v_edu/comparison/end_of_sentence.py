"""word2vec.c's word </s>: pinned at index 0, and what it does to vocabulary and noise."""

import numpy as np

from w2v_edu.comparison.deviations import Flags
from w2v_edu.fast.text import Text, Words, read_blocks
from w2v_edu.noise import Noise

__all__ = ["noise_of", "vocabulary_of"]


def vocabulary_of(words: Words, text: Text, flags: Flags) -> Words:
    """word2vec.c's has </s> at index 0, as often as there are lines."""
    if "end-of-sentence" not in flags:
        return words
    lines = sum(len(offsets) - 1 for _, offsets in read_blocks(text, words))
    new_id = np.arange(len(words.counts)) if words.new_id is None else words.new_id
    return Words(
        ("</s>", *words.words), np.concatenate([[lines], words.counts]), np.where(new_id < 0, -1, new_id + 1)
    )


def noise_of(words: Words, exponent: float, flags: Flags) -> Noise:
    """The noise distribution; </s> itself is never drawn."""
    noise = Noise.from_counts(words.counts, exponent)
    if "end-of-sentence" in flags:  # when </s> is drawn, the program takes any other word
        p = noise.p + noise.p[0] / (noise.V - 1)
        p[0] = 0.0
        noise = Noise(p)
    return noise

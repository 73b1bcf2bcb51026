"""The shared pool: how the held-out loss depends on the words of a block and on the noise words it shares."""

from unittest.mock import patch

from benchmarks.quality import quality
from benchmarks.texts import TextSpec, training_and_held_out
from benchmarks.trainers import TRAINERS
from w2v_edu.fast import kernels

__all__ = ["pool_table"]

BLOCKS_AND_POOLS = [(4, 4), (4, 6), (8, 4), (8, 8), (8, 12), (8, 16), (16, 16), (16, 22), (64, 64), (256, 32)]
MODELS = ("SG-NS", "CBOW-NS")


def pool_table(text: TextSpec, epochs: int) -> str:
    """Held-out loss, and speed, for blocks of B words that share M noise words; gensim's share none."""
    corpus, held_out = training_and_held_out(text)
    lines = [
        "| block B | pool M | draws a word | SG-NS: loss, kwords/s | CBOW-NS: loss, kwords/s |",
        "|---|---|---|---|---|",
    ]

    def cell(trainer: str, model: str) -> str:
        timed = TRAINERS[trainer](corpus, model, epochs, 1)
        speed = corpus.n_tokens * epochs / timed.cpu / 1000
        return f"{quality(timed.result, corpus, held_out)['loss']:.4f}, {speed:.0f}"

    for B, M in BLOCKS_AND_POOLS:
        shape = {"BLOCK": B, "POOL": M, "SKIPGRAM_BLOCK": B, "SKIPGRAM_POOL": M}
        with patch.multiple(kernels, **shape):
            lines.append(f"| {B} | {M} | {M / B:g} | {' | '.join(cell('ours', model) for model in MODELS)} |")
    lines.append(f"| gensim | | 5 a prediction | {' | '.join(cell('gensim', model) for model in MODELS)} |")
    return "\n".join(lines)

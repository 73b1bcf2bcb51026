"""The shared pool: how the held-out loss depends on the words of a block and on the noise words it shares."""

from benchmarks.quality import quality
from benchmarks.texts import TextSpec, training_and_held_out
from benchmarks.trainers import TRAINERS
from w2v_edu.fast import kernels

__all__ = ["pool_table"]

BLOCKS_AND_POOLS = [(16, 8), (16, 16), (16, 22), (16, 32), (32, 32), (64, 32), (256, 32), (256, 256)]
MODELS = ("SG-NS", "CBOW-NS")


def pool_table(text: TextSpec, epochs: int) -> str:
    """Held-out loss for blocks of B words that share M noise words; and gensim's, whose words share none."""
    corpus, held_out = training_and_held_out(text)
    lines = ["| block B | pool M | draws a word | SG-NS | CBOW-NS |", "|---|---|---|---|---|"]

    def loss(trainer: str, model: str) -> str:
        timed = TRAINERS[trainer](corpus, model, epochs, 1)
        return f"{quality(timed.result, corpus, held_out)['loss']:.4f}"

    as_shipped = kernels.BLOCK, kernels.POOL, kernels.SKIPGRAM_POOL
    try:
        for B, M in BLOCKS_AND_POOLS:
            kernels.BLOCK, kernels.POOL, kernels.SKIPGRAM_POOL = B, M, M
            losses = " | ".join(loss("ours", model) for model in MODELS)
            lines.append(f"| {B} | {M} | {M / B:g} | {losses} |")
    finally:
        kernels.BLOCK, kernels.POOL, kernels.SKIPGRAM_POOL = as_shipped
    losses = " | ".join(loss("gensim", model) for model in MODELS)
    lines.append(f"| gensim | | 5 a prediction | {losses} |")
    return "\n".join(lines)

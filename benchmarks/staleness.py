"""CBOW with hierarchical softmax: what the 1/C of (23) and the size of a chunk do to loss and similarity."""

from benchmarks.speed import Run, run_one
from benchmarks.texts import TextSpec

__all__ = ["staleness_table"]


def staleness_table(text: TextSpec, epochs: int) -> str:
    """gensim, ours with its backward step, and ours with the true gradient, for chunks of growing size."""
    lines = ["| trainer | 1/C backward | chunk | held-out loss | similarity |", "|---|---|---|---|---|"]

    def add(trainer: str, backward: str, chunk: str, run: Run) -> None:
        alike = ", ".join(
            f"{name} {run[name]:.3f}" for name in ("topics", "wordsim", "simlex") if name in run
        )
        lines.append(f"| {trainer} | {backward} | {chunk} | {run['loss']:.4f} | {alike} |")

    add("gensim", "no", "1", run_one(text, "CBOW-HS", "gensim", epochs=epochs))
    for one_over_C in (False, True):
        for chunk in (64, 512, 2048):
            more = {"one_over_C": one_over_C, "chunk": chunk}
            run = run_one(text, "CBOW-HS", "ours", epochs=epochs, more=more)
            add("ours", "yes" if one_over_C else "no", str(chunk), run)
    return "\n".join(lines)

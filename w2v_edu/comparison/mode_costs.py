"""What each deviation costs in loss and in similarity on a toy corpus; the table of docs/modes.md.

``python -m w2v_edu.comparison.mode_costs docs/modes.md`` measures again and writes the page.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from w2v_edu.comparison.deviations import DEVIATIONS, MODES
from w2v_edu.comparison.modes import train_mode
from w2v_edu.comparison.neighbours import unit_rows
from w2v_edu.comparison.parallel import run_all
from w2v_edu.comparison.parts import Part, split_text
from w2v_edu.corpus import Corpus, toy
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.result import Result

__all__ = ["STAGES", "Measured", "Stage", "measure", "modes_page"]

WORDS, SEEDS = 2_500, (1, 2, 3)
SETTINGS: dict[str, Any] = {
    "vector_size": 15,
    "window": 2,
    "negative": 5,
    "min_count": 1,
    "alpha": 0.1,
    "min_alpha": 1e-3,
    "epochs": 8,
}
SAMPLE = 1e-2  # where subsampling is looked at; elsewhere every word is kept


class Stage(NamedTuple):
    """Where a flag is looked at: input side, objective, and how CBOW combines."""

    input_side: str
    objective: str
    combine: str = "mean"


_SG_NS, _SG_HS = Stage("skip-gram", "negative"), Stage("skip-gram", "hierarchical")
STAGES = {
    "no-1/C": Stage("cbow", "negative"),
    "1/C-of-sum": Stage("cbow", "negative", "sum"),
    "hs-skip-6": _SG_HS,
    "sigmoid-table": _SG_HS,
    "end-of-sentence": _SG_HS,
    "two-pointer-tree": _SG_HS,
    "heap-tree": _SG_HS,
}
MODELS = (_SG_NS, _SG_HS, Stage("cbow", "negative"), Stage("cbow", "hierarchical"))

KINDS = {
    "gradient": "fails, however small the step",
    "order": "fails in proportion to the step",
    "example": "passes, for another example",
    "setting": "no gradient",
}


class Measured(NamedTuple):
    """Means over seeds: held-out loss and similarity."""

    loss: float
    similarity: float


def measure(stage: Stage, mode: str, flags: tuple[str, ...], seed: int, sample: float) -> Measured:
    """Train on the toy corpus, and look.

    The loss is the objective's own, on held-out sentences. The similarity is how often the two words of a
    planted pair (king and queen, king and prince) are nearer than two words drawn at random.
    """
    corpus, training, held_out = _text()
    result = train_mode(
        training, stage.input_side, stage.objective, mode=mode, flags=flags, combine=stage.combine, seed=seed,
        sample=sample, **SETTINGS,
    )  # fmt: skip
    return Measured(held_out_loss(result, held_out).loss, _similarity(result, corpus))


def _text() -> tuple[Corpus, Part, Part]:
    corpus = toy("royal-capitals")
    return corpus, *split_text(corpus, max_words=WORDS)


def _similarity(result: Result, corpus: Corpus) -> float:
    """The area under the curve of planted pairs against all pairs, by cosine of W."""
    place = {word: i for i, word in enumerate(result.words)}
    pairs = {
        tuple(sorted((place[x], place[y])))
        for a, b, c, d in corpus.analogies
        for x, y in pairwise((b, a, c, d))
        if x in place and y in place
    }
    unit = unit_rows(result.W)
    cosine = unit @ unit.T
    related = np.array([cosine[i, j] for i, j in sorted(pairs)])
    everything = np.sort(cosine[np.triu_indices(len(cosine), 1)])
    return float((np.searchsorted(everything, related) / len(everything)).mean())


def _runs() -> Iterator[tuple[str, Stage, str, tuple[str, ...], float]]:
    """Name, stage, mode, flags and sample of every row."""
    for name in DEVIATIONS:
        sample = SAMPLE if name == "subsampling-rule" else 0.0
        yield name, STAGES.get(name, _SG_NS), "paper", (name,), sample
    for mode in MODES:
        for model in MODELS:
            if mode != "paper":
                yield f"{mode}, {model.input_side}, {model.objective}", model, mode, (), 0.0


def measure_all(jobs: int = 2) -> dict[str, tuple[Measured, Measured]]:
    """The paper's and the flag's (or mode's) figures of every row, means over the seeds."""
    rows = list(_runs())
    asked = {(stage, mode, flags, sample) for _, stage, mode, flags, sample in rows}
    asked |= {(stage, "paper", (), sample) for _, stage, _, _, sample in rows}
    order = sorted(asked)
    calls = [(run, seed) for run in order for seed in SEEDS]
    found: dict[Any, list[Measured]] = {}
    for run, figures in run_all(_call, calls, jobs=jobs):
        found.setdefault(run, []).append(figures)
    mean = {run: Measured(*np.mean(sorted(figures), axis=0).tolist()) for run, figures in found.items()}
    return {
        name: (mean[stage, "paper", (), sample], mean[stage, mode, flags, sample])
        for name, stage, mode, flags, sample in rows
    }


def _call(run: tuple[Stage, str, tuple[str, ...], float], seed: int) -> tuple[Any, Measured]:
    stage, mode, flags, sample = run
    return run, measure(stage, mode, flags, seed, sample)


def modes_page(figures: dict[str, tuple[Measured, Measured]]) -> str:
    """docs/modes.md."""
    rows = []
    for name, record in DEVIATIONS.items():
        stage = STAGES.get(name, _SG_NS)
        model = f"{stage.input_side}, {stage.objective}" + (", sum" if stage.combine == "sum" else "")
        cells = [f"`{name}`", ", ".join(record.programs), record.explanation, KINDS[record.kind], model]
        rows.append([*cells, *_cells(*figures[name])])
    modes = [[name, *_cells(*figures[name])] for name in figures if name not in DEVIATIONS]
    return _PAGE.format(
        flags=_table(
            [
                "flag",
                "who does it",
                "what it does",
                "finite differences",
                "looked at in",
                "loss",
                "similarity",
            ],
            rows,
        ),
        modes=_table(["mode", "loss", "similarity"], modes),
        words=WORDS,
        seeds=len(SEEDS),
        N=SETTINGS["vector_size"],
        epochs=SETTINGS["epochs"],
        alpha=SETTINGS["alpha"],
    )


def _cells(paper: Measured, other: Measured) -> list[str]:
    return [f"{a:.3f} → {b:.3f}" for a, b in zip(paper, other, strict=True)]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


_PAGE = """# Modes: where word2vec.c and gensim leave the paper

`mode="paper"` is the default everywhere: the true gradient of the paper's equations. `mode="word2vec.c"` and
`mode="gensim"` switch on what these programs do instead, one named flag each:

    w2v-edu train royal-capitals vectors.npz --mode gensim
    w2v-edu train royal-capitals vectors.npz --deviation no-1/C

They train one pair at a time, in plain NumPy that is there to be read
(`w2v_edu/comparison/pairwise.py`). With no flag a step equals the reference's. With hierarchical
softmax, where nothing is drawn by chance, mode gensim equals gensim itself to the precision of its
32 bits; a test holds the two together where gensim is installed. word2vec.c itself is not run by
any test.

## The flags

"Finite differences" says what a check of (old - new) / eta against the central difference of E
sees. The last two columns go from the paper's figure to that with the flag alone: the objective's
own loss on held-out sentences, in nats a prediction, and how often two words of a planted pair
(king and queen, king and prince) are nearer to one another than two random words. Toy corpus
royal-capitals, its first {words:,} words, N = {N}, {epochs} epochs, rate {alpha}, means over {seeds}
seeds. Between seeds the paper's own
figures for skip-gram with negative sampling differ by up to 0.08 in loss and 0.014 in similarity: smaller
differences say nothing.

{flags}

A lower loss at the same learning rate is no merit by itself: `no-1/C` makes the steps of W C times as
long, and a falling rate ends with small steps.

Hierarchical softmax's label 1 - code is no deviation: code 0 is left, and t = 1 on the left is the paper's.

## The modes as a whole

{modes}

Measured with `python -m w2v_edu.comparison.mode_costs docs/modes.md`, which takes a few minutes.
"""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(modes_page(measure_all()), encoding="utf-8")

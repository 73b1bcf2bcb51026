"""How the cost of a word grows with V, N, K, window and text length; against what theory says."""

from collections.abc import Callable
from math import log2
from pathlib import Path
from typing import Any

from benchmarks.speed import run_one
from benchmarks.texts import TextSpec

__all__ = ["plot_growth"]

TOKENS = 150_000
COLOURS = {"SG-NS": "#1b6ca8", "CBOW-NS": "#e07a1f", "SG-HS": "#2f8f4e", "CBOW-HS": "#b03a48"}
MARKERS = {"SG-NS": "o-", "CBOW-NS": "s-", "SG-HS": "^-", "CBOW-HS": "D-"}
SWEEPS: dict[str, tuple[str, list[int]]] = {
    "V": ("vocabulary size V", [500, 4_000, 32_000, 256_000]),
    "vector_size": ("vector length N", [25, 100, 400]),
    "negative": ("noise words K", [1, 5, 20, 40]),
    "window": ("window", [1, 2, 5, 10, 20]),
    "tokens": ("text length (words)", [50_000, 200_000, 800_000, 3_200_000]),
}
# How the multiplications for one word grow: nodes of a path, numbers of a vector, noise words, words around.
THEORY: dict[str, Callable[[int], float]] = {
    "V": lambda V: log2(V),
    "vector_size": lambda N: N,
    "negative": lambda K: K + 1,
    "window": lambda window: window,
    "tokens": lambda tokens: 1,
}


def cost(what: str, value: int, model: str, reps: int) -> float:
    """Microseconds of processor time a word of the text: the least of some runs."""
    tokens = value if what == "tokens" else TOKENS
    V = value if what == "V" else 30_000
    more: dict[str, Any] = {what: value} if what not in ("V", "tokens") else {}
    text = TextSpec(tokens=tokens, V=V, min_count=1)
    runs = [run_one(text, model, "ours", quality=False, more=more) for _ in range(reps)]
    return 1e6 / max(run["words_per_cpu_second"] for run in runs)


def plot_growth(folder: Path, reps: int) -> str:
    """One panel for each quantity, log-log, written as out/growth.png; returns the figures as a table."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"font.size": 13})
    figure, grid = plt.subplots(2, 3, figsize=(15, 9), sharey=True, layout="constrained")
    *panels, corner = grid.ravel()
    lines = ["| against | model | " + "us a word at each value |", "|---|---|---|"]
    for panel, (what, (label, values)) in zip(panels, SWEEPS.items(), strict=True):
        for model, colour in COLOURS.items():
            if what == "negative" and model.endswith("HS"):
                continue
            costs = [cost(what, value, model, reps) for value in values]
            panel.loglog(values, costs, MARKERS[model], color=colour, label=model, markersize=8)
            shown = ", ".join(f"{value:,}: {c:.2f}" for value, c in zip(values, costs, strict=True))
            lines.append(f"| {label} | {model} | {shown} |")
        top = max(line.get_ydata()[0] for line in panel.get_lines())
        theory = [top * THEORY[what](value) / THEORY[what](values[0]) for value in values]
        panel.loglog(values, theory, "--", color="#666666", label="work, counted in multiplications")
        panel.set_xlabel(label)
        panel.set_xticks(values, [f"{value:,}" for value in values])
        panel.minorticks_off()
        panel.grid(True, which="both", alpha=0.25)
    for row in grid:
        row[0].set_ylabel("microseconds a word of the text")
    corner.axis("off")
    corner.legend(*panels[0].get_legend_handles_labels(), loc="center", fontsize=15)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "growth.png", dpi=110)
    return "\n".join(lines)

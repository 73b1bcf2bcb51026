"""``python -m benchmarks``: the tables of docs/benchmarks.md, and the plots of how cost grows."""

import argparse
import sys
from pathlib import Path
from statistics import median

from benchmarks.batch_path import batch_against_loop
from benchmarks.departures import departures_table
from benchmarks.growth import plot_growth
from benchmarks.machine import machine
from benchmarks.pool import pool_table
from benchmarks.scatter import scatter_table
from benchmarks.speed import Comparison, compare, run_one, two_workers
from benchmarks.staleness import staleness_table
from benchmarks.texts import TextSpec

GENSIM_MODELS = ["SG-NS", "CBOW-NS", "SG-HS", "CBOW-HS"]


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join(COMMANDS)
    parser.add_argument("what", nargs="*", default=["speed"], metavar="WHAT", help=f"speed; one of {names}")
    parser.add_argument("--reps", type=int, default=5, help="pairs of runs (5)")
    parser.add_argument("--tokens", type=int, default=1_000_000, help="words of the generated text (1 M)")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--corpus", default="", metavar="PATH", help="a text of your own instead")
    parser.add_argument("--models", default=",".join([*GENSIM_MODELS, "softmax"]), help="which, with commas")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where the plots go (out)")
    options = parser.parse_args()
    if unknown := set(options.what) - set(COMMANDS):
        parser.error(f"{', '.join(sorted(unknown))}: expected {', '.join(COMMANDS)}")
    print(f"{machine()}\n$ python -m benchmarks {' '.join(sys.argv[1:])}\n", flush=True)
    text = TextSpec(path=options.corpus, tokens=options.tokens)
    for what in options.what:
        COMMANDS[what](options, text)


def speed(options: argparse.Namespace, text: TextSpec) -> None:
    """Each model against its peer."""
    models = options.models.split(",")
    print(HEADER, flush=True)
    for model in models:
        of_model = (
            TextSpec(tokens=20_000, V=12_000, most_words=5_000, min_count=1) if model == "softmax" else text
        )
        for comparison in compare(of_model, [model], options.reps, options.epochs):
            print(row(comparison), flush=True)


HEADER = (
    "| model | peer | V | thousand words/s: ours, peer | ratio: median (min, max) | of CPU time "
    "| best of each | loss: ours, peer | similarity: ours, peer |\n|---|---|---|---|---|---|---|---|---|"
)


def row(c: Comparison) -> str:
    """One row of the table."""
    ratios, cpu = c.ratios(), c.ratios("words_per_cpu_second")
    ours, peer = (c.median_of(who, "words_per_second") / 1000 for who in (0, 1))
    loss, of_peer = (c.median_of(who, "loss") for who in (0, 1))
    gap = f"{100 * (loss / of_peer - 1):+.2f} %"
    similarity = [name for name in ("topics", "wordsim", "simlex") if name in c.pairs[0][0]]
    alike = "; ".join(f"{name} {c.median_of(0, name):.3f}, {c.median_of(1, name):.3f}" for name in similarity)
    return (
        f"| {c.model} | {c.peer} | {c.pairs[0][0]['V']} | {ours:.0f}, {peer:.0f} "
        f"| **{median(ratios):.2f}** ({min(ratios):.2f}, {max(ratios):.2f}) | {median(cpu):.2f} "
        f"| {c.best_ratio():.2f} | {loss:.4f}, {of_peer:.4f} ({gap}) | {alike} |"
    )


def workers(options: argparse.Namespace, text: TextSpec) -> None:
    """Two workers against one."""
    print(HEADER)
    print(row(two_workers(text, options.reps, options.epochs)), flush=True)


def batch(options: argparse.Namespace, text: TextSpec) -> None:
    """The batched witness against the reference."""
    print("| C | examples | loop / batch, processor time: median (min, max) |\n|---|---|---|")
    for C in (4, 1):
        for how, ratios in zip(
            ("as they come", "made ready"), batch_against_loop(C, options.reps), strict=True
        ):
            print(
                f"| {C} | {how} | **{median(ratios):.0f}** ({min(ratios):.0f}, {max(ratios):.0f}) |",
                flush=True,
            )


def memory(options: argparse.Namespace, text: TextSpec) -> None:
    """Peak memory beside the two matrices, for texts of growing length."""
    print("| model | words | peak MB | matrices MB | the rest MB |\n|---|---|---|---|---|")
    for model in GENSIM_MODELS:
        for factor in (1, 5):
            spec = TextSpec(path=text.path, tokens=text.tokens * factor, min_count=5)
            run = run_one(spec, model, "ours", quality=False)
            rest = run["peak_MB"] - run["matrices_MB"]
            print(
                f"| {model} | {spec.tokens} | {run['peak_MB']:.0f} | {run['matrices_MB']:.0f} | {rest:.0f} |",
                flush=True,
            )


def growth(options: argparse.Namespace, text: TextSpec) -> None:
    """Cost against V, N, K, window and text length, as pictures."""
    print(plot_growth(options.out, options.reps))


def scatter(options: argparse.Namespace, text: TextSpec) -> None:
    """Ways to add rows that repeat."""
    print(scatter_table(), flush=True)


def staleness(options: argparse.Namespace, text: TextSpec) -> None:
    """What 1/C and the chunk size do to CBOW with hierarchical softmax."""
    print(staleness_table(text, options.epochs), flush=True)


def departures(options: argparse.Namespace, text: TextSpec) -> None:
    """What gensim leaves out of negative sampling, and what that does to the loss of CBOW."""
    print(departures_table(text, options.epochs, options.reps), flush=True)


def pool(options: argparse.Namespace, text: TextSpec) -> None:
    """What the size of the shared pool does to the loss of negative sampling."""
    print(pool_table(text, options.epochs), flush=True)


COMMANDS = {
    "speed": speed,
    "workers": workers,
    "batch": batch,
    "departures": departures,
    "memory": memory,
    "growth": growth,
    "pool": pool,
    "scatter": scatter,
    "staleness": staleness,
}

if __name__ == "__main__":
    main()

"""`w2v-edu train CORPUS OUT`: learn word vectors from a text, and save them."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from w2v_edu.comparison.keeping import FORMATS, check_format, save_vectors
from w2v_edu.comparison.modes import MODES, train_mode
from w2v_edu.comparison.vectors import from_result
from w2v_edu.corpus import TOYS, Corpus, load_corpus
from w2v_edu.errors import W2VError
from w2v_edu.fast.result import Result
from w2v_edu.fast.train import train
from w2v_edu.files import check_target

__all__ = ["add_text_options", "configure", "read_text_options", "run"]

SETTINGS: tuple[tuple[str, Any, Any, str], ...] = (
    ("vector_size", int, 100, "N, the length of a vector"),
    ("window", int, 5, "words on each side"),
    ("negative", int, 5, "K, noise words a prediction"),
    ("sample", float, 1e-3, "leave out frequent words above this frequency; 0 keeps all"),
    ("alpha", float, 0.025, "the learning rate at the start"),
    ("min_alpha", float, 1e-4, "and at the end"),
    ("epochs", int, 5, "passes over the text"),
    ("seed", int, 1, "the same seed, the same vectors"),
    ("ns_exponent", float, 0.75, "noise is count ** this"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("corpus", metavar="CORPUS", help=f"a file, a folder, -, or one of {', '.join(TOYS)}")
    parser.add_argument("output", metavar="OUT", help=f"where the vectors go: {', '.join(FORMATS)}")
    parser.add_argument(
        "--input-side", choices=("skip-gram", "cbow", "one-word"), default="skip-gram", metavar="SIDE",
        help="skip-gram (if not given), cbow or one-word",
    )  # fmt: skip
    parser.add_argument(
        "--objective", default="negative", help="negative (if not given), hierarchical, softmax or nce"
    )
    add_text_options(parser)
    for name, kind, default, summary in SETTINGS:
        option = "--" + name.replace("_", "-")
        parser.add_argument(
            option, type=kind, default=default, metavar=name.upper(), help=f"{summary} ({default})"
        )
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float32")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes; with 2 or more nothing is exact (1)"
    )
    parser.add_argument("--fixed-windows", action="store_true", help="all windows as wide as --window says")
    parser.add_argument("--allow-collapse", action="store_true", help="allow --negative 0, to watch it fail")
    parser.add_argument(
        "--mode", choices=tuple(MODES), default="paper",
        help="paper: the true gradient; the others deviate as those programs do, one slow pair at a time",
    )  # fmt: skip
    parser.add_argument(
        "--deviation",
        action="append",
        default=[],
        metavar="FLAG",
        help="one deviation alone; see docs/modes.md",
    )
    parser.add_argument("--resume", action="store_true", help="go on where an interrupted run stopped")
    parser.add_argument(
        "--use", choices=("W", "W_out", "sum"), default="W", help="what .txt and .bin hold (W)"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def add_text_options(parser: argparse.ArgumentParser) -> None:
    """How the text is read."""
    parser.add_argument("--min-count", type=int, help="leave out rarer words (5; bundled corpora: 1)")
    parser.add_argument("--max-vocabulary", type=int, help="the most words that are kept")
    parser.add_argument("--tokens", choices=("words", "spaces"), help="raw text, or tokens between spaces")
    parser.add_argument("--sentences", choices=("punctuation", "line", "paragraph", "text"))
    parser.add_argument("--encoding", default="utf-8", help="how the files were saved (utf-8)")
    parser.add_argument("--errors", choices=("strict", "replace", "ignore"), default="strict")


def read_text_options(args: argparse.Namespace) -> tuple[Corpus, int]:
    """The corpus, and the min_count that it was read with."""
    min_count = args.min_count if args.min_count is not None else 1 if args.corpus in TOYS else 5
    rules = {
        name: getattr(args, name)
        for name in ("tokens", "sentences", "max_vocabulary")
        if getattr(args, name) is not None
    }
    return load_corpus(
        args.corpus, encoding=args.encoding, errors=args.errors, min_count=min_count, **rules
    ), min_count


def run(args: argparse.Namespace) -> int:
    """Train, save, and say where."""
    check_format(args.output)
    check_target(args.output)
    slow = args.mode != "paper" or bool(args.deviation)
    if args.use != "W" and args.objective in ("hierarchical", "hs") and not args.output.endswith(".npz"):
        raise W2VError(f"--use {args.use}: under hierarchical softmax only W has a row for each word")
    corpus, min_count = read_text_options(args)
    check_target(args.output, 16 * len(corpus.words) * max(args.vector_size, 1))
    result = _learn(args, corpus, min_count, slow)
    save_vectors(
        args.output, from_result(result, mode=args.mode, deviations=sorted(args.deviation)), args.use
    )
    return _farewell(args, result, slow)


def _learn(args: argparse.Namespace, corpus: Corpus, min_count: int, slow: bool) -> Result:
    settings = {name: getattr(args, name) for name, *_ in SETTINGS}
    settings["min_count"] = min_count
    with _Bar(not args.quiet and sys.stderr.isatty()) as bar:
        if slow:
            unfit = {"--resume": args.resume, "--workers": args.workers > 1}
            for option, asked in unfit.items():
                if asked:
                    raise W2VError(f"{option} goes with mode paper only: the modes train one pair at a time")
            return train_mode(
                corpus,
                args.input_side,
                args.objective,
                mode=args.mode,
                flags=args.deviation,
                shrink_windows=not args.fixed_windows,
                progress=bar,
                **settings,
            )
        checkpoint = checkpoint_of(args.output)
        return train(
            corpus,
            args.input_side,
            args.objective,
            dtype=args.dtype,
            workers=args.workers,
            shrink_windows=not args.fixed_windows,
            allow_collapse=args.allow_collapse,
            progress=bar,
            checkpoint=checkpoint,
            resume=checkpoint if args.resume else None,
            **settings,
        )


def checkpoint_of(output: str) -> Path:
    """Where the state of a run is kept until it has ended."""
    return Path(f"{output}.checkpoint")


def _farewell(args: argparse.Namespace, result: Result, slow: bool) -> int:
    last = result.history[-1] if result.history else None
    loss = f", loss {last.loss:.4f}" if last is not None else ""
    speed = f", {last.words_per_second:,.0f} words a second" if last is not None else ""
    print(f"{args.output}: {len(result.words)} words, N = {result.W.shape[1]}{loss}{speed}")
    if result.problem:
        print(f"w2v-edu train: {result.problem}", file=sys.stderr)
    if result.interrupted:
        again = "" if slow else "; the same command with --resume goes on"
        print(f"w2v-edu train: stopped; what was learned is in {args.output}{again}", file=sys.stderr)
        return 130
    if not slow:
        checkpoint_of(args.output).unlink(missing_ok=True)
    return 1 if result.problem else 0


class _Bar:
    """A progress bar on standard error: tqdm's where it is installed, else one plain line."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self._tqdm: Any = None
        self._width = 0

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *error: object) -> None:
        if self._tqdm is not None:
            self._tqdm.close()
        elif self._width:
            sys.stderr.write("\n")

    def __call__(self, now: Any) -> None:
        if not self.shown:
            return
        if self._tqdm is None and not self._width:
            self._tqdm = _tqdm(now)
        if self._tqdm is not None:
            self._tqdm.set_postfix_str(f"epoch {now.epoch + 1}, loss {now.loss:.4f}", refresh=False)
            self._tqdm.update(now.words - self._tqdm.n)
            return
        line = plain_line(now)[: max(os.get_terminal_size(sys.stderr.fileno()).columns, 40) - 1]
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)


def plain_line(now: Any) -> str:
    """Where a run stands, on one line."""
    left = (now.total - now.words) / max(now.words_per_second, 1e-9)
    minutes, seconds = divmod(round(left), 60)
    return (
        f"{now.words / now.total:4.0%}  {now.words_per_second:,.0f} words/s  loss {now.loss:.4f}  "
        f"{minutes}:{seconds:02d} left"
    )


def _tqdm(now: Any) -> Any:
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm(total=now.total, unit="word", unit_scale=True, file=sys.stderr, dynamic_ncols=True)

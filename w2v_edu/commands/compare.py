"""`w2v-edu compare [CORPUS]`: the objectives side by side."""

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from w2v_edu.commands.train import add_text_options, read_text_options
from w2v_edu.comparison.runs import Plan
from w2v_edu.comparison.study import DEFAULT, QUICK, SIDES, study
from w2v_edu.comparison.summary import summary
from w2v_edu.errors import W2VError
from w2v_edu.files import check_target, whole_file
from w2v_edu.objectives import OBJECTIVES, objective_name

__all__ = ["configure", "run"]

SIZES = ("vector_size", "window", "negative", "epochs")


def configure(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("corpus", metavar="CORPUS", nargs="?", help="a text, as for train; royal-capitals")
    parser.add_argument("--quick", action="store_true", help="less of everything, in a few seconds")
    parser.add_argument("--json", metavar="FILE", help="all numbers; - for standard output")
    parser.add_argument("--html", metavar="FILE", help="one page with everything")
    parser.add_argument("--plot", metavar="FILE", help="a picture (.png, .svg or .pdf)")
    parser.add_argument("--objectives", default=",".join(OBJECTIVES), help="some of them, with commas")
    parser.add_argument("--input-sides", default=",".join(SIDES), help="some of them, with commas")
    parser.add_argument("--rates", help="learning rates to choose from, with commas")
    parser.add_argument("--seeds", type=int, help="how many seeds")
    parser.add_argument("--vector-size", type=int, help="N, the length of a vector")
    parser.add_argument("--window", type=int, help="words on each side")
    parser.add_argument("--negative", type=int, help="K, noise words a prediction")
    parser.add_argument("--epochs", type=int, help="passes over the text")
    parser.add_argument("--sample", type=float, help="leave out frequent words; 0 keeps all")
    parser.add_argument("--max-words", type=int, help="cut a longer text there (50,000; with --quick 4,000)")
    parser.add_argument("--jobs", type=int, help="processes (all cores; with --quick, one)")
    parser.add_argument("--backend", help="of joblib: loky, threading, dask")
    parser.add_argument("--scheduler", metavar="tcp://HOST:PORT", help="of a Dask cluster")
    parser.add_argument("--softmax-seconds", type=float, default=60.0, help="its time to show its cost (60)")
    add_text_options(parser)


def run(args: argparse.Namespace) -> int:
    """Compare, and write what was asked for."""
    for name in ("json", "html", "plot"):
        path = getattr(args, name)
        if path and path != "-":
            check_target(path, what="the comparison")
    if args.plot and Path(args.plot).suffix.lower() not in (".png", ".svg", ".pdf"):
        raise W2VError(f"--plot {args.plot}: the ending says what is drawn; .png, .svg or .pdf expected")
    corpus = read_text_options(args)[0] if args.corpus else None
    report = study(
        corpus,
        plan=_plan(args),
        quick=args.quick,
        sides=_some(args.input_sides, SIDES, "input side"),
        objectives=[objective_name(name) for name in args.objectives.split(",")],
        jobs=args.jobs or (1 if args.quick else os.cpu_count() or 1),
        backend=args.backend,
        scheduler=args.scheduler,
        max_words=args.max_words,
        softmax_seconds=args.softmax_seconds,
        progress=_tell if sys.stderr.isatty() else None,
    )
    _write(args, report)
    if args.json != "-":
        print(summary(report))
    return 1 if report["problem"] else 0


def _plan(args: argparse.Namespace) -> Plan:
    """The defaults, with what was asked for in their place."""
    plan = QUICK if args.quick else DEFAULT
    asked: dict[str, Any] = {name: getattr(args, name) for name in (*SIZES, "sample")}
    if args.rates is not None:
        try:
            asked["rates"] = tuple(sorted({float(one) for one in args.rates.split(",")}))
        except ValueError:
            raise W2VError(f"--rates {args.rates}: numbers with commas between them expected") from None
    if args.seeds is not None:
        if args.seeds < 1:
            raise W2VError(f"--seeds {args.seeds}: one or more expected")
        asked["seeds"] = tuple(range(1, args.seeds + 1))
    return replace(plan, **{name: value for name, value in asked.items() if value is not None})


def _some(names: str, known: tuple[str, ...], what: str) -> list[str]:
    for name in names.split(","):
        if name not in known:
            raise W2VError(f"{what} {name!r} is not one of {', '.join(known)}")
    return names.split(",")


def _write(args: argparse.Namespace, report: dict[str, Any]) -> None:
    if args.json:
        text = json.dumps(report, indent=1)
        if args.json == "-":
            print(text)
        else:
            _save(args.json, text)
    if args.html:
        from w2v_edu.comparison.page import page

        _save(args.html, page(report))
    if args.plot:
        from w2v_edu.comparison.picture import save_picture

        save_picture(args.plot, report)


def _save(path: str, text: str) -> None:
    with whole_file(path) as file:
        file.write(text.encode())


def _tell(what: str, done: float) -> None:
    """One line that is written over."""
    sys.stderr.write(f"\r{what} {done:4.0%}" + " " * 12 if what != "done" else "\r" + " " * 30 + "\r")
    sys.stderr.flush()

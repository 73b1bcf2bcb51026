"""``w2v-edu check FILE.py``: check a homework file, and name the mistake."""

import argparse
import json
import os
import tempfile
from pathlib import Path

from w2v_edu.homework.course_files import FileReport, check_file
from w2v_edu.homework.sandbox import Limits
from w2v_edu.homework.signatures import NOTATIONS

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", metavar="FILE.py", type=Path, help="the file; it runs in a limited process")
    parser.add_argument("--notation", choices=sorted(NOTATIONS), help="read its names in this notation")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the verdicts for a machine, too")
    parser.add_argument("--function", metavar="NAME", help="check this function alone")
    parser.add_argument(
        "--hint",
        type=int,
        choices=(0, 1, 2),
        default=2,
        help="how much to say: 0 which part, 1 which equation and where, 2 what to change (default)",
    )
    parser.add_argument("--seed", type=int, default=0, help="other test points of the same kinds")
    parser.add_argument(
        "--seconds", type=int, default=10, help="time that one function may take (default 10)"
    )
    parser.add_argument("--memory", type=int, default=2048, help="MiB that it may use (default 2048)")


def run(args: argparse.Namespace) -> int:
    """Check, print, and write; 0 if every function is right, 1 if not."""
    limits = Limits(seconds=args.seconds, memory=args.memory * 2**20)
    report = check_file(
        args.file,
        notation=args.notation,
        hint=args.hint,
        seed=args.seed,
        limits=limits,
        only=args.function,
    )
    print(report.text)
    if args.json is not None:
        _write(args.json, report)
    return 0 if report.correct else 1


def _write(path: Path, report: FileReport) -> None:
    """Whole or not at all: a temporary file, then a rename."""
    text = json.dumps(report.as_dict(), indent=2, ensure_ascii=False) + "\n"
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)

"""`w2v-edu similar VECTORS WORD`: the words nearest to a word."""

import argparse
import json

from w2v_edu.comparison.keeping import load_vectors
from w2v_edu.comparison.neighbours import Neighbour, similar

__all__ = ["add_options", "configure", "print_neighbours", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "vectors", metavar="VECTORS", help="a file of word vectors, ours or another program's"
    )
    parser.add_argument("word", metavar="WORD")
    add_options(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `analogy` takes, too."""
    parser.add_argument("--top", type=int, default=10, help="how many words (10)")
    parser.add_argument(
        "--use", choices=("W", "W_out", "sum"), default="W",
        help="input vectors (W), output vectors, or the sum of both",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Look the word up."""
    found = similar(load_vectors(args.vectors), args.word, use=args.use, top=args.top)
    if args.json:
        print(json.dumps([one._asdict() for one in found], ensure_ascii=False))
    else:
        print_neighbours(f"nearest to {args.word}, by cosine of {args.use}", found)
    return 0


def print_neighbours(title: str, found: tuple[Neighbour, ...]) -> None:
    """A small table."""
    print(title)
    for one in found:
        print(f"  {one.score:7.4f}  {one.word}")

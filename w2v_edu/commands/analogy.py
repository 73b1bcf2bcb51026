"""`w2v-edu analogy VECTORS a b c`: a is to b as c is to what."""

import argparse
import json

from w2v_edu.commands.similar import add_options, print_neighbours
from w2v_edu.comparison.keeping import load_vectors
from w2v_edu.comparison.neighbours import analogy

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "vectors", metavar="VECTORS", help="a file of word vectors, ours or another program's"
    )
    for name in "abc":
        parser.add_argument(name, metavar=name, help="a is to b as c is to what" if name == "a" else None)
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Both answers: the usual one, and the one that shows what leaving the inputs out hides."""
    vectors = load_vectors(args.vectors)
    a, b, c = args.a, args.b, args.c
    excluded, plain = (
        analogy(vectors, a, b, c, use=args.use, top=args.top, exclude=exclude) for exclude in (True, False)
    )
    if args.json:
        answers = {"inputs excluded": excluded, "inputs not excluded": plain}
        print(
            json.dumps(
                {name: [one._asdict() for one in found] for name, found in answers.items()},
                ensure_ascii=False,
            )
        )
        return 0
    print(f"{a} is to {b} as {c} is to ..   (3CosAdd on {args.use}: cos(x, {b}) - cos(x, {a}) + cos(x, {c}))")
    print_neighbours("the three words excluded, as usual:", excluded)
    print_neighbours("not excluded:", plain)
    return 0

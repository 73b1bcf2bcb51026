"""The command line: ``w2v-edu COMMAND`` or ``python -m w2v_edu COMMAND``.

A command's module is loaded only when the command is called, so that `show` does not wait for what `compare`
needs.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from w2v_edu.errors import W2VError

__all__ = ["main"]

COMMANDS = {
    "verify": "check every equation of the paper in numbers, on the bundled text or your own",
    "show": "print one equation with its numbers",
    "check": "check a homework file, and name the mistake",
    "train": "learn word vectors, and save them",
    "similar": "the words nearest to a word",
    "analogy": "a is to b as c is to what",
    "compare": "softmax, hierarchical softmax and negative sampling side by side",
    "step": "write the page that steps through one training step, number by number",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process if not given.

    Returns
    -------
    int
        The exit status: 0 if all is well, 1 if something was found wrong, 2 if the command could not be
        carried out (its one-line reason stands on standard error), 130 after Ctrl-C.
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(argv)
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except W2VError as error:
        print(f"w2v-edu {args.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print(f"w2v-edu {args.command}: stopped", file=sys.stderr)
        return 130


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the command that is called is filled in."""
    parser = argparse.ArgumentParser(prog="w2v-edu", description="word2vec, taught, derived and checked")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    called = next((word for word in argv if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        one = commands.add_parser(name, help=summary, description=summary)
        if name == called:
            module = import_module(f"w2v_edu.commands.{name}")
            module.configure(one)
            one.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())

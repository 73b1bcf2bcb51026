"""`w2v-edu verify`: every equation of the paper, held against every witness."""

import argparse
import sys

from w2v_edu.corpus import load_corpus
from w2v_edu.errors import W2VError
from w2v_edu.files import check_writable, write_whole
from w2v_edu.ledger import LEDGER, Equation, analogue, equation
from w2v_edu.verification import chosen_models, table, verify
from w2v_edu.verification.cases import MODELS
from w2v_edu.verification.sweep import Model

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--corpus", default="prose", metavar="PATH", help="a text, .gz, folder, - or a bundled name"
    )
    parser.add_argument("--encoding", default="utf-8", help="how the text was saved (default utf-8)")
    parser.add_argument(
        "--errors", default="strict", choices=("strict", "replace", "ignore"), help="bytes that do not fit it"
    )
    parser.add_argument("--min-count", type=int, default=1, help="leave out words that occur less often")
    parser.add_argument("--equation", metavar="N", help="one equation only: 12, nce-3")
    parser.add_argument("--model", help="one-word, cbow or skip-gram; all if not given")
    parser.add_argument(
        "--objective", help="softmax, hierarchical (hs), negative (ns) or nce; all if not given"
    )
    parser.add_argument(
        "--count", type=int, default=3, help="random models of each of the twelve kinds (default 3)"
    )
    parser.add_argument("--seed", type=int, default=0, help="where the random numbers come from (default 0)")
    parser.add_argument("--no-proofs", action="store_true", help="numbers only: the prover is not asked")
    parser.add_argument("--json", metavar="FILE", help="write the report as JSON")
    parser.add_argument("--html", metavar="FILE", help="write the report as one self-contained page")


def run(args: argparse.Namespace) -> int:
    """Do it; 0 only if everything holds."""
    outputs = [check_writable(path) for path in (args.json, args.html) if path]
    if args.count < 0 or args.seed < 0:
        raise W2VError("--count and --seed are 0 or more")
    models = chosen_models(args.model, args.objective)
    rows = _rows(args.equation, models)
    corpus = load_corpus(args.corpus, encoding=args.encoding, errors=args.errors, min_count=args.min_count)
    show = _progress if sys.stderr.isatty() else None
    report = verify(
        corpus,
        rows=rows,
        models=models,
        count=args.count,
        seed=args.seed,
        prove=not args.no_proofs,
        progress=show,
    )
    print(table(report))
    if args.json:
        write_whole(args.json, report.to_json())
    if args.html:
        from w2v_edu.verification.page import page  # draws, so it waits for matplotlib

        write_whole(args.html, page(report, corpus, args.seed))
    for path in outputs:
        print(f"Written: {path}")
    return 0 if report.ok else 1


def _rows(number: str | None, models: tuple[Model, ...]) -> tuple[Equation, ...]:
    """The rows asked for: of some models those that speak about them, of one its counterpart."""
    if number is None:
        everything = models == MODELS
        return tuple(row for row in LEDGER if everything or any(row.where(*model) for model in models))
    if models == MODELS:
        return (equation(number),)
    found = {row.number: row for model in models if (row := analogue(number, *model)) is not None}
    if not found:
        asked = " or ".join("/".join(model) for model in models)
        raise W2VError(f"equation ({number}) does not speak about {asked}, and nothing there answers to it")
    return tuple(found.values())


def _progress(done: int, total: int) -> None:
    end = "\r" if done < total else "\r" + " " * 30 + "\r"
    print(f"model {done} of {total}", end=end, file=sys.stderr, flush=True)

"""`w2v-edu show`: one equation with its numbers, for words of your own."""

import argparse

import numpy as np

from w2v_edu.corpus import Vocabulary, load_corpus
from w2v_edu.display.show import Shown, show
from w2v_edu.errors import W2VError
from w2v_edu.ledger import Equation, equation
from w2v_edu.ledger.alone import own_numbers
from w2v_edu.ledger.check import is_alone
from w2v_edu.model import Example, InputSide, cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import make_objective
from w2v_edu.reference import trace
from w2v_edu.tree import huffman
from w2v_edu.verification import chosen_models

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--equation", required=True, metavar="N", help="12, nce-3")
    parser.add_argument(
        "--words",
        default="apricot jam",
        help="one-word and cbow: the context, then the target; skip-gram: the input, then its context",
    )
    parser.add_argument(
        "--corpus", default="apricot-jam", metavar="PATH", help="whose vocabulary, tree and noise"
    )
    parser.add_argument(
        "--model", help="one-word, cbow or skip-gram; what the equation speaks about if not given"
    )
    parser.add_argument("--objective", help="softmax, hierarchical (hs), negative (ns) or nce; likewise")
    parser.add_argument("--size", type=int, default=3, metavar="N", help="hidden size (default 3)")
    parser.add_argument(
        "--negative", type=int, default=2, metavar="K", help="noise words a target (default 2)"
    )
    parser.add_argument("--eta", type=float, default=0.1, help="learning rate of the updates (default 0.1)")
    parser.add_argument("--panel", type=int, default=0, help="which context word of skip-gram, from 0")
    parser.add_argument("--seed", type=int, default=0, help="of the parameters and noise words (default 0)")


def run(args: argparse.Namespace) -> int:
    """Print the equation."""
    if args.size < 1:
        raise W2VError(f"--size {args.size}: a vector has at least one number")
    row, rng = equation(args.equation), np.random.default_rng(args.seed)
    if is_alone(row):
        print(_alone(row, rng, args.eta))
        return 0
    side, name = _model(row, args.model, args.objective)
    corpus = load_corpus(args.corpus)
    noise, V = Noise.from_counts(corpus.counts), len(corpus.words)
    objective = make_objective(name, tree=huffman(corpus.counts), noise=noise, K=args.negative)
    example = _example(side, args.words.split(), corpus.vocabulary, noise, args.negative, rng)
    params = random_params(V, args.size, rng, R=objective.rows(V))
    kept = trace(params, example, objective)
    print(show(kept, args.equation, params=params, eta=args.eta, words=corpus.words, panel=args.panel))
    return 0


def _alone(row: Equation, rng: np.random.Generator, eta: float) -> Shown:
    """An equation of the appendix, at random numbers of its own."""
    _, kept = own_numbers(row, row.models[0], rng, eta)
    values = kept.get(row.identifier)
    if values is None:
        return Shown(row, row.number, None, "")
    labels = tuple(str(k + 1) for k in range(len(values))) if values.ndim else ()
    return Shown(row, row.number, values, str(values.shape) if values.ndim else "()", labels)


def _model(row: Equation, model: str | None, objective: str | None) -> tuple[InputSide, str]:
    """The first model that the row speaks about, of those that were asked for."""
    wanted = chosen_models(model, objective)
    return next((pair for pair in wanted if row.where(*pair)), wanted[0])


def _example(
    side: InputSide, words: list[str], vocabulary: Vocabulary, noise: Noise, K: int, rng: np.random.Generator
) -> Example:
    if len(words) < 2:
        raise W2VError(f"--words has {len(words)} word(s); expected an input word and a word to predict")
    if side == "skip-gram":
        w_I, context = vocabulary.id(words[0], "input word"), vocabulary.ids(words[1:], "context word")
        return skipgram(w_I, context, tuple(noise.draw(rng, K) for _ in context))
    inputs, w_O = vocabulary.ids(words[:-1], "context word"), vocabulary.id(words[-1], "target word")
    W_neg = noise.draw(rng, K)
    if side == "cbow":
        return cbow(inputs, w_O, W_neg)
    if len(inputs) != 1:
        raise W2VError(f"a one-word context has one word, not {len(inputs)}; for more, --model cbow")
    return one_word(inputs[0], w_O, W_neg)

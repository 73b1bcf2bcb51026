"""w2v-edu step: write the page that steps through one training step, and then trains."""

import argparse

from w2v_edu.corpus import load_corpus
from w2v_edu.display.stepper import PRESETS, Lesson, Preset, lesson_from_corpus, lesson_from_pairs, stepper
from w2v_edu.errors import W2VError
from w2v_edu.objectives import ALIASES, OBJECTIVES, objective_name
from w2v_edu.verification.cases import INPUT_SIDES, input_side_name

__all__ = ["configure", "run"]

SIZES = ("N", "K", "eta", "alpha", "seed")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `w2v-edu step`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--corpus", metavar="FILE", help="a text, or the name of a bundled one")
    source.add_argument("--pairs", metavar="PAIRS", help="training pairs: 'drink^juice|apple'")
    presets = "; ".join(preset.name for preset in PRESETS)
    source.add_argument("--preset", metavar="NAME", help=f"pairs to begin with: {presets}")
    parser.add_argument(
        "--model", choices=INPUT_SIDES, help="the input side; as the pairs are written, if not given"
    )
    parser.add_argument("--objective", choices=(*OBJECTIVES, *ALIASES))
    parser.add_argument("--html", metavar="FILE", default="step.html", help="where the page goes (step.html)")
    parser.add_argument(
        "--open", choices=("step", "train", "setup"), default="step", help="the part that opens"
    )
    parser.add_argument("--window", type=int, default=2, help="words on each side, for a text (2)")
    parser.add_argument("--max-vocabulary", type=int, default=24, help="most frequent words of a text (24)")
    parser.add_argument("--N", type=int, help="hidden size (5)")
    parser.add_argument("--K", type=int, help="noise words a target (3)")
    parser.add_argument("--eta", type=float, help="learning rate (0.2)")
    parser.add_argument("--alpha", type=float, help="power of the noise distribution (0.75)")
    parser.add_argument("--seed", type=int, help="of the starting values and the noise words (1)")


def run(args: argparse.Namespace) -> int:
    """Write the page and say where it is."""
    lesson = _lesson(args)
    where = stepper(lesson, open_at=args.open).save(args.html)
    print(
        f"{where}: {lesson.side}, {lesson.objective}, V = {len(lesson.words)}, N = {lesson.N}, "
        f"{len(lesson.examples)} training pairs, {where.stat().st_size // 1000} kB; open it in a browser"
    )
    return 0


def _lesson(args: argparse.Namespace) -> Lesson:
    given = {name: getattr(args, name) for name in SIZES if getattr(args, name) is not None}
    objective = objective_name(args.objective or "softmax")
    side = input_side_name(args.model) if args.model else None
    if args.corpus:
        corpus = load_corpus(args.corpus, max_vocabulary=args.max_vocabulary)
        return lesson_from_corpus(
            corpus, side=side or "cbow", objective=objective, window=args.window, **given
        )
    if args.pairs:
        return lesson_from_pairs(args.pairs, side=side, objective=objective, **given)
    preset = _preset(args.preset or PRESETS[0].name)
    chosen = objective if args.objective else preset.objective
    sizes = {"K": preset.K, "seed": preset.seed} | given
    return lesson_from_pairs(preset.pairs, side=side or preset.side, objective=chosen, **sizes)


def _preset(name: str) -> Preset:
    found = [preset for preset in PRESETS if name.lower() in preset.name.lower()]
    if not found:
        names = "; ".join(preset.name for preset in PRESETS)
        raise W2VError(f"there is no preset '{name}': it is one of {names}")
    return found[0]

"""A lesson: everything that a page steps through, and the same run in Python."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, TypedDict, Unpack

import numpy as np

from w2v_edu.corpus import Corpus, examples
from w2v_edu.display.stepper.pairs import examples_of, pairs_text, parse_pairs, side_of, vocabulary_of
from w2v_edu.display.stepper.portable import draw_noise, initial_params
from w2v_edu.errors import W2VError
from w2v_edu.model import Example, InputSide, Params
from w2v_edu.noise import Noise
from w2v_edu.objectives import Objective, make_objective, objective_name
from w2v_edu.reference import trace
from w2v_edu.tree import Tree, huffman

__all__ = ["Lesson", "Run", "Sizes", "lesson_from_corpus", "lesson_from_pairs", "run"]

MOST_EXAMPLES = 400  # of a text: a page is for looking, not for training
MOST_WORDS = 300  # every number of both matrices stands on the page


class Sizes(TypedDict, total=False):
    """The numbers of a lesson; every key may be left out. `Lesson` says what they mean."""

    N: int
    K: int
    eta: float
    alpha: float
    spread: float
    seed: int


@dataclass(frozen=True, eq=False)
class Lesson:
    """Words, examples, objective, sizes and where the parameters start.

    Attributes
    ----------
    words, counts : tuple of str, tuple of int
        The vocabulary and how often each word occurs.
    examples : tuple of Example
        Taken in turn, again and again.
    objective : str
    N, K : int
        Hidden size, and noise words a target.
    eta, alpha, spread : float
        Learning rate; power of the noise distribution; starting values are uniform in +-spread.
    seed : int
    pairs : str
        The examples as people write them.
    params : Params, optional
        Where the run starts, if not at random.
    tree, noise : optional
        If not those of the counts.
    """

    words: tuple[str, ...]
    counts: tuple[int, ...]
    examples: tuple[Example, ...]
    objective: str
    N: int = 5
    K: int = 3
    eta: float = 0.2
    alpha: float = 0.75
    spread: float = 0.5
    seed: int = 1
    pairs: str = ""
    params: Params | None = None
    tree: Tree | None = None
    noise: Noise | None = None

    def __post_init__(self) -> None:
        if len(self.words) > MOST_WORDS:
            raise W2VError(
                f"the page shows every number, and {len(self.words)} words are too many for that: "
                f"at most {MOST_WORDS} expected (for a text, max_vocabulary keeps the most frequent)"
            )
        for name, low in (("N", 1), ("K", 1), ("seed", 0)):
            if getattr(self, name) < low:
                raise W2VError(f"{name} is {getattr(self, name)}: expected {low} or more")
        for name in ("eta", "spread"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise W2VError(f"{name} is {value}: expected a positive number")

    @property
    def side(self) -> InputSide:
        """The input side of its examples."""
        return self.examples[0].input_side

    @property
    def noisy(self) -> bool:
        """Whether the objective draws noise words."""
        return self.objective in ("negative", "nce")

    def sheet(self) -> Objective:
        """The objective with its tree or noise distribution."""
        return make_objective(
            self.objective, tree=self.tree or huffman(self.counts), noise=self.distribution(), K=self.K
        )

    def distribution(self) -> Noise:
        """P_n: the one given, or that of the counts."""
        return self.noise or Noise.from_counts(self.counts, self.alpha)

    def start(self) -> Params:
        """The parameters before the first step."""
        V = len(self.words)
        R = self.sheet().rows(V)
        return self.params or initial_params(V, R, self.N, self.seed, self.spread)

    def example(self, s: int) -> Example:
        """The example of step s, with its noise words: those given, on the first pass, else drawn."""
        example = self.examples[s % len(self.examples)]
        if not self.noisy:
            return replace(example, noise=())
        given = s < len(self.examples) and all(len(words) == self.K for words in example.noise)
        if given:
            return example
        p = self.distribution().p
        return replace(example, noise=draw_noise(p, self.K, len(example.targets), self.seed, s))


class Run(NamedTuple):
    """Where a run has come to: the parameters, and the loss of every step before it was taken."""

    params: Params
    losses: tuple[float, ...]


def run(lesson: Lesson, steps: int) -> Run:
    """The run that the page makes, by the reference: the same examples, the same noise words.

    Parameters
    ----------
    lesson : Lesson
    steps : int

    Raises
    ------
    W2VError
        If the learning rate is so large that the parameters grow out of all bounds.

    Examples
    --------
    >>> lesson = lesson_from_pairs("drink^juice|apple, eat^rice|apple", objective="softmax")
    >>> [round(E, 3) for E in run(lesson, 3).losses]
    [1.8, 1.915, 1.688]
    """
    params, objective, losses = lesson.start(), lesson.sheet(), []
    for s in range(steps):
        with np.errstate(over="ignore", invalid="ignore"):
            now = trace(params, lesson.example(s), objective)
            W, W_out = params.W - lesson.eta * now.dW, params.W_out - lesson.eta * now.dW_out
        if not (np.isfinite(now.E) and np.isfinite(W).all() and np.isfinite(W_out).all()):
            raise W2VError(
                f"step {s + 1} leaves the numbers of a computer: "
                f"take a smaller learning rate than {lesson.eta:g}"
            )
        losses.append(float(now.E))
        params = Params(W, W_out)
    return Run(params, tuple(losses))


def lesson_from_pairs(
    pairs: str, *, side: InputSide | None = None, objective: str = "softmax", **sizes: Unpack[Sizes]
) -> Lesson:
    """A lesson from training pairs such as ``drink^juice|apple``.

    Parameters
    ----------
    pairs : str
    side : {"one-word", "cbow", "skip-gram"}, optional
        As the pairs are written, if not given.
    objective, **sizes
        As in `Lesson`.
    """
    parsed = parse_pairs(pairs)
    words, counts = vocabulary_of(parsed)
    taken = examples_of(parsed, side or side_of(parsed), words)
    return Lesson(words, counts, taken, objective_name(objective), pairs=pairs, **sizes)


def lesson_from_corpus(
    corpus: Corpus,
    *,
    side: InputSide = "cbow",
    objective: str = "softmax",
    window: int = 2,
    **sizes: Unpack[Sizes],
) -> Lesson:
    """A lesson from a text: its first examples, at most 400 of them."""
    found = tuple(islice(examples(corpus.sentences(), side, window=window), MOST_EXAMPLES))
    counts = tuple(int(count) for count in corpus.counts)
    pairs = pairs_text(found, corpus.words)
    return Lesson(corpus.words, counts, found, objective_name(objective), pairs=pairs, **sizes)

"""The models that the sweeps run over: random ones that leave no place to hide, and ones read off a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np

from w2v_edu.errors import W2VError
from w2v_edu.model import Combine, Example, InputSide, Params, cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import OBJECTIVES, Objective, make_objective
from w2v_edu.tree import huffman

__all__ = ["INPUT_SIDES", "MODELS", "Case", "input_side_name", "random_case", "random_cases"]

INPUT_SIDES: tuple[InputSide, ...] = get_args(InputSide)
MODELS = tuple((side, name) for side in INPUT_SIDES for name in OBJECTIVES)  # all twelve


@dataclass(frozen=True, eq=False)
class Case:
    """One model at one point: parameters, an example, an objective, and where they come from.

    Attributes
    ----------
    params : Params
    example : Example
    objective : Objective
    words : tuple of str
        The vocabulary, word id by word id.
    source : str
        "random", or the name of a text.
    """

    params: Params
    example: Example
    objective: Objective
    words: tuple[str, ...]
    source: str = "random"

    @property
    def model(self) -> tuple[InputSide, str]:
        """Input side and objective."""
        return self.example.input_side, self.objective.name


def random_case(
    side: InputSide,
    objective: str,
    rng: np.random.Generator,
    combine: Combine = "mean",
    source: str = "random",
) -> Case:
    """A random model in which no two sizes agree and no index space equals another.

    Words repeat in the context and among the noise, word ids never equal positions, a noise word equals the
    target and another the input now and then, and no parameter is zero.

    Parameters
    ----------
    side : {"one-word", "cbow", "skip-gram"}
    objective : str
        One of `w2v_edu.objectives.OBJECTIVES`.
    rng : numpy.random.Generator
    combine : {"mean", "sum"}
    source : str
        What it is called in a report.
    """
    V, N, C, K = _sizes(rng)
    counts = rng.integers(1, 30, V)
    noise, tree = Noise.from_counts(counts), huffman(counts)
    targets = C if side == "skip-gram" else 1
    context = _with_a_repeat(V, C, rng)
    draws = tuple(_noise_words(V, K, rng) for _ in range(targets))
    centre = int(rng.integers(1, V))
    made = make_objective(objective, tree=tree, noise=noise, K=K)
    example = _example(side, centre, context, draws, combine)
    params = random_params(V, N, rng, R=made.rows(V))
    return Case(params, example, made, tuple(f"w{j}" for j in range(V)), source)


def random_cases(models: tuple[tuple[InputSide, str], ...], count: int, seed: int) -> Iterator[Case]:
    """`count` random cases of each model; the same seed gives the same cases."""
    for number, (side, objective) in enumerate(models):
        for repeat in range(count):
            rng = np.random.default_rng((seed, number, repeat))
            yield random_case(side, objective, rng, source=f"random {repeat}")


def input_side_name(name: str) -> InputSide:
    """The input side of that name, or the error that lists them."""
    for side in INPUT_SIDES:
        if name == side:
            return side
    raise W2VError(f"model {name!r} is not one of {', '.join(INPUT_SIDES)}")


def _sizes(rng: np.random.Generator) -> tuple[int, int, int, int]:
    """V > C, K > N, all different: V in 7..11, C in 4..5, K and N from the rest."""
    V, C = int(rng.integers(8, 12)), int(rng.integers(4, 6))
    K, N = (int(size) for size in rng.permutation([size for size in (2, 3, 6, 7) if size != V])[:2])
    return V, N, C, K


def _with_a_repeat(V: int, C: int, rng: np.random.Generator) -> tuple[int, ...]:
    """C >= 3 words, the first of which comes again at the end: a lost 1/C and a lost repeat cannot cancel."""
    words = rng.permutation(np.arange(1, V))[: C - 1].tolist()
    return (*words, words[0])


def _noise_words(V: int, K: int, rng: np.random.Generator) -> tuple[int, ...]:
    words = rng.integers(0, V, K).tolist()
    words[-1] = words[0]
    return tuple(words)


def _example(
    side: InputSide,
    centre: int,
    context: tuple[int, ...],
    draws: tuple[tuple[int, ...], ...],
    combine: Combine,
) -> Example:
    if side == "one-word":
        return one_word(context[0], centre, draws[0])
    if side == "cbow":
        return cbow(context, centre, draws[0], combine)
    return skipgram(centre, context, draws)

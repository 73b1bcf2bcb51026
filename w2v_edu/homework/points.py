"""The test points: places chosen so that no mistake has anywhere to hide."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.homework.point import LARGE, Point
from w2v_edu.model import InputSide, Params, random_params
from w2v_edu.noise import Noise
from w2v_edu.tree import Tree, balanced, huffman

__all__ = ["Recipe", "make_points", "with_large_scores"]


@dataclass(frozen=True)
class Recipe:
    """Sizes of one point, and what is special about it."""

    label: str
    V: int
    N: int
    C: int
    K: int
    special: str = ""


RECIPES = (
    Recipe("at ordinary sizes", 9, 3, 4, 5),
    Recipe("at other sizes", 8, 2, 3, 2),
    Recipe("with one context word and one noise word", 6, 3, 1, 1),
    Recipe("with many noise words", 20, 4, 5, 12),
    Recipe("where V = N", 5, 5, 2, 3),
    Recipe("where V = N again", 5, 5, 1, 2),
    Recipe("where context words repeat", 7, 3, 4, 4, "context"),
    Recipe("where all context words are the same", 7, 4, 3, 2, "same context"),
    Recipe("where noise words repeat", 8, 3, 2, 5, "noise"),
    Recipe("where a noise word is the target", 7, 4, 2, 3, "positive"),
    Recipe("where the input word is among the outputs", 7, 2, 3, 4, "input"),
    Recipe("where V = 2", 2, 3, 2, 3),
    Recipe("where scores lie between 6 and 30 in size", 7, 3, 2, 4, "large"),
    Recipe("where there is no context word at all", 6, 3, 0, 2),
)


def make_points(input_side: InputSide, objective: str, seed: int = 0) -> list[Point]:
    """All points for one model, the ordinary ones first.

    Parameters
    ----------
    input_side : {"one-word", "cbow", "skip-gram"}
    objective : {"softmax", "negative", "hierarchical", "nce", "foreign"}
    seed : int
        Other words, other numbers, the same kinds of places.
    """
    points = []
    for number, recipe in enumerate(RECIPES):
        if input_side == "one-word" and recipe.C == 0:
            continue
        rng = np.random.default_rng([seed, number])
        points.append(_make(recipe, input_side, objective, rng))
    return points


def _make(recipe: Recipe, input_side: InputSide, objective: str, rng: np.random.Generator) -> Point:
    V, C, K = recipe.V, 1 if input_side == "one-word" else recipe.C, recipe.K
    order = [int(w) for w in rng.permutation(V)]
    center, others = order[0], order[1:]
    context = _cycle(others, C)
    if recipe.special == "context" and C > 1:
        context = [context[0], context[1], context[0], context[0]][:C]
    if recipe.special == "same context":
        context = context[:1] * C
    if recipe.special == "input" and context:
        context[-1] = center
    inputs, targets = (context, [center]) if input_side == "cbow" else ([center], context)
    noise = [_noise(recipe, target, inputs, order, K, rng) for target in targets]
    tree = _tree(recipe, V, rng) if objective == "hierarchical" else None
    params = random_params(V, recipe.N, rng, R=V - 1 if tree else V)
    point = Point(
        label=recipe.label,
        params=params,
        input_side=input_side,
        objective=objective,
        inputs=tuple(inputs),
        targets=tuple(targets),
        noise=tuple(noise),
        eta=float(rng.uniform(0.05, 1.5)),
        tree=tree,
        q=Noise.from_counts(rng.integers(1, 50, V)),
        K=K,
        draws=_draws(recipe, noise, targets, V, rng),
    )
    if recipe.special == "large":
        high = 14.0 if input_side == "cbow" else 28.0  # summed instead of averaged: still below 30
        point = with_large_scores(point, rng, 6.5, high)
    return replace(point, tags=_tags(point, recipe))


def _cycle(words: list[int], size: int) -> list[int]:
    return (words * (size // len(words) + 1))[:size]


def _noise(
    recipe: Recipe, target: int, inputs: list[int], order: list[int], K: int, rng: np.random.Generator
) -> tuple[int, ...]:
    """K words: different ones, and none of them the target, unless that is what the point is for."""
    free = [w for w in order if w != target and w not in inputs] or [w for w in order if w != target]
    words = [free[i] for i in rng.permutation(len(free))]
    drawn = _cycle(words, K)
    if recipe.special == "noise":
        drawn = [words[0], words[1], words[0], words[1], words[0]][:K]
    if recipe.special == "positive":
        drawn[1 % K] = target
    if recipe.special == "input":
        drawn[-1] = inputs[0]
    return tuple(drawn)


def _draws(
    recipe: Recipe, noise: list[tuple[int, ...]], targets: list[int], V: int, rng: np.random.Generator
) -> tuple[int, ...]:
    """What a source of noise words gives: W_neg of the first target, and then whatever comes."""
    if not noise:
        return (0,)
    first = list(noise[0])
    if recipe.special == "input":
        first.insert(1, targets[0])  # a draw that CS224n's rule throws away
    others = [w for w in range(V) if w != targets[0]]
    return (*first, *(int(w) for w in rng.permutation(others)), *(int(w) for w in rng.integers(0, V, 7)))


def _tree(recipe: Recipe, V: int, rng: np.random.Generator) -> Tree:
    """As unbalanced as a tree can be, balanced, or a Huffman tree of random counts."""
    if recipe.label == "at other sizes":
        return huffman(2.0 ** rng.permutation(V))
    if recipe.special == "input":
        return balanced(V)
    return huffman(rng.integers(1, 60, V))


def with_large_scores(
    point: Point, rng: np.random.Generator, low: float, high: float, *, surprised: bool = False
) -> Point:
    """The same point with every score moved to a size between `low` and `high`, either sign.

    `surprised`: the target scores low and all others high, so that the loss is as large as it can be.
    """
    h, W_out = point.h, point.params.W_out
    signs = rng.choice([-1.0, 1.0], len(W_out))
    if surprised and point.tree is None:
        signs = np.ones(len(W_out))
        signs[list(point.targets)] = -1.0
    u: NDArray[Any] = rng.uniform(low, high, len(W_out)) * signs
    moved = W_out + np.outer(u - W_out @ h, h) / (h @ h)
    return replace(point, params=Params(point.params.W, moved))


def _tags(point: Point, recipe: Recipe) -> frozenset[str]:
    """What holds at the point, read off the point itself."""
    noise_used = point.objective in ("negative", "nce")
    facts = {
        "V = N": point.params.V == point.params.N,
        "V = 2": point.params.V == 2,
        "context words repeat": len(set(point.context)) < len(point.context),
        "noise words repeat": noise_used and any(len(set(words)) < len(words) for words in point.noise),
        "a noise word is the target": noise_used
        and any(w_O in words for w_O, words in zip(point.targets, point.noise, strict=True)),
        "there is more than one context word": point.input_side != "one-word" and len(point.context) > 1,
        LARGE: recipe.special == "large",
        "there is no context": point.empty,
    }
    return frozenset(name for name, holds in facts.items() if holds)

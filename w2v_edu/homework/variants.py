"""Conventions: other readings of the same question, each right in itself when kept to everywhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

from w2v_edu.homework.point import Point
from w2v_edu.homework.question import Question

__all__ = ["Variant", "variants"]


@dataclass(frozen=True, eq=False)
class Variant:
    """A convention: how it changes the question, and how a report names it.

    `change` turns a test point into the one that has the right answers under the convention; `sign` is -1
    where the objective is maximised.
    """

    says: tuple[str, ...]
    change: Callable[[Point], Point]
    sign: float = 1.0


def _same(point: Point) -> Point:
    return point


def _summed(point: Point) -> Point:
    return replace(point, combine="sum")


def _skipped(point: Point) -> Point:
    """A noise word equal to its target is left out, as word2vec.c does."""
    pairs = zip(point.targets, point.noise, strict=True)
    return replace(point, noise=tuple(tuple(w for w in words if w != w_O) for w_O, words in pairs))


def _drawn(keep: bool, redraw: bool) -> Callable[[Point], Point]:
    """Noise words as they come from the point's draws, one context word after another."""

    def change(point: Point) -> Point:
        source, at, noise = point.draws, 0, []
        for w_O in point.targets:
            words: list[int] = []
            taken = 0
            while taken < point.K:
                word = source[at % len(source)]
                at += 1
                if keep or word != w_O:
                    words.append(word)
                taken += 1 if (keep or word != w_O or not redraw) else 0
            noise.append(tuple(words))
        return replace(point, noise=tuple(noise))

    return change


def variants(question: Question) -> list[Variant]:
    """All conventions of a question, the plain one first."""
    roles = set(question.roles)
    hidden: list[tuple[tuple[str, ...], Callable[[Point], Point]]] = [((), _same)]
    if question.input_side == "cbow" and {"context", "V_context", "X", "context_words"} & roles:
        hidden.append((("CBOW with the sum of the context vectors instead of the mean",), _summed))
        if question.notation == "cs224n 2015":  # its CBOW is the sum
            hidden = [
                ((), _summed),
                (("CBOW with the mean of the context vectors instead of the sum",), _same),
            ]
    noise: list[tuple[tuple[str, ...], Callable[[Point], Point]]] = [((), _same)]
    if "dataset" in roles and question.objective == "negative":
        noise = [
            ((), _drawn(keep=False, redraw=True)),
            (("a noise word equal to the target is kept",), _drawn(keep=True, redraw=False)),
            (("a noise word equal to the target is skipped, not redrawn",), _drawn(keep=False, redraw=False)),
        ]
    elif {"W_neg", "noise_lists"} & roles:
        noise.append((("a noise word equal to the target is skipped, as in word2vec.c",), _skipped))
    signs: list[tuple[tuple[str, ...], float]] = [((), 1.0)]
    if question.ascent:
        signs = [((), -1.0), (("the loss is minimised where the notation maximises",), 1.0)]
    return [
        Variant(h_says + n_says + s_says, _chain(first, second), sign)
        for (h_says, first), (n_says, second), (s_says, sign) in product(hidden, noise, signs)
    ]


def _chain(first: Callable[[Point], Point], second: Callable[[Point], Point]) -> Callable[[Point], Point]:
    return lambda point: second(first(point))

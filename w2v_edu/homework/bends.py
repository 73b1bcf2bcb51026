"""The single slips that the catalogue's mistakes are made of, stage by stage of `w2v_edu.homework.bend`."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from w2v_edu.functions import log_sigmoid, softmax
from w2v_edu.homework.bend import Bend
from w2v_edu.homework.point import Point

__all__ = [
    "assigned",
    "bend_error",
    "buffered",
    "clip_score",
    "epsilon",
    "every_row",
    "fewer_noise",
    "hard_coded_K",
    "new_output_vectors",
    "only_once",
    "padded",
    "pos_neg",
    "unique_noise",
]

Now = SimpleNamespace


def pos_neg(pos: Any = None, neg: Any = None) -> Bend:
    """Errors of the positive and of the noise words by other formulas of y."""

    def wrong(e: Any, now: Now) -> Any:
        e = np.array(e)
        if pos is not None:
            e[0] = pos(now.y[0])
        if neg is not None:
            e[1:] = neg(now.y[1:])
        return e

    return Bend("e", wrong)


def bend_error(formula: Any) -> Bend:
    """The whole error by another formula."""
    return Bend("e", lambda e, now: formula(now))


def _rebuild(now: Now, add: Any) -> Any:
    """The gradient of all output vectors, each panel added in a wrong way."""
    if now.part != "d_rows":
        raise ValueError(now.part)
    grid = np.zeros_like(now.W_out)
    for panel in now.panels:
        own = np.zeros_like(now.W_out)
        add(own, panel.rows, panel.d_rows)
        grid = grid + own
    return grid


def buffered(separate: bool) -> Bend:
    """grid[rows] += values: of a repeated row only the last value stays."""

    def add(grid: Any, rows: Any, values: Any) -> None:
        if separate:
            grid[rows[0]] += values[0]
            grid[rows[1:]] += values[1:]
        else:
            grid[rows] += values

    return Bend("scatter", lambda grid, now: _rebuild(now, add))


def assigned(positive_last: bool) -> Bend:
    """grid[row] = value: what stood there is overwritten."""

    def add(grid: Any, rows: Any, values: Any) -> None:
        order = [*range(1, len(rows)), 0] if positive_last else range(len(rows))
        for i in order:
            grid[rows[i]] = values[i]

    return Bend("scatter", lambda grid, now: _rebuild(now, add))


def every_row(positive_too: bool) -> Bend:
    """grid -= value without an index: every row is changed."""

    def add(grid: Any, rows: Any, values: Any) -> None:
        if positive_too:
            grid += values[0]
        else:
            grid[rows[0]] += values[0]
        grid += values[1:].sum(axis=0)

    return Bend("scatter", lambda grid, now: _rebuild(now, add))


def stack(grid: Any, now: Now) -> Any:
    """The rows of the formula, not added up at their word ids."""
    if now.part != "d_rows" or len(now.panels) != 1:
        raise ValueError(now.part)
    return now.panels[0].d_rows


def _with_noise(point: Point, keep: Any) -> Point:
    return replace(point, noise=tuple(keep(words) for words in point.noise))


def unique_noise(point: Point, now: Now) -> Point:
    """Each noise word once."""
    return _with_noise(point, lambda words: tuple(dict.fromkeys(words)))


def unique_but_target(point: Point, now: Now) -> Point:
    """The set of rows {w_O} and W_neg: a noise word that is the target is gone, too."""
    pairs = zip(point.targets, point.noise, strict=True)
    return replace(point, noise=tuple(tuple(w for w in dict.fromkeys(words) if w != o) for o, words in pairs))


def fewer_noise(first: bool) -> Bend:
    """One noise word too few: the last is left out, or the first."""
    return Bend("point", lambda p, now: _with_noise(p, lambda words: words[1:] if first else words[:-1]))


def hard_coded_K(size: int, drawn: bool = False) -> Bend:
    """range(10), whatever K is: too many crash, too few are left out."""

    def wrong(point: Point, now: Now) -> Point:
        def keep(words: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(words[k] for k in range(size))

        if drawn:
            pairs = point.targets
            return replace(point, noise=tuple(_draw(point, w_O, size) for w_O in pairs), K=size)
        return _with_noise(point, keep)

    return Bend("point", wrong)


def _draw(point: Point, w_O: int, size: int) -> tuple[int, ...]:
    words = [w for w in point.draws * (size + 1) if w != w_O]
    return tuple(words[:size])


def forced_unique(point: Point, now: Now) -> Point:
    """Noise words drawn again until all differ: never ends where there are not enough words."""
    noise = []
    for w_O in point.targets:
        words = [w for w in dict.fromkeys(point.draws) if w != w_O][: point.K]
        if len(words) < point.K or not point.draws:
            raise ValueError("never ends")
        noise.append(tuple(words))
    return replace(point, noise=tuple(noise))


def own_loss(objective: str) -> Bend:
    """The function's own loss where another was handed over."""

    def wrong(point: Point, now: Now) -> Point:
        if point.objective != "foreign":
            raise ValueError("no loss was handed over")
        noise = tuple(_draw(point, w_O, 10) for w_O in point.targets)
        return replace(point, objective=objective, noise=noise if objective == "negative" else point.noise)

    return Bend("point", wrong)


def by_word_id(whole: bool) -> Bend:
    """sig[negs[i]] where sig[i] was meant."""

    def wrong(e: Any, now: Now) -> Any:
        scores = now.y if whole else now.y[1:]
        return np.concatenate([e[:1], scores[list(now.W_neg)]])

    return Bend("e", wrong)


def only_once(dW: Any, now: Now) -> Any:
    """dW[context] = g: a repeated context word gets its gradient once."""
    return np.where(np.isin(np.arange(len(dW)), now.point.inputs)[:, None], _per_word(dW, now), 0.0)


def _per_word(dW: Any, now: Now) -> Any:
    w = now.point.inputs[0]
    return dW[w] / now.point.inputs.count(w)


def every_input_row(dW: Any, now: Now) -> Any:
    """dW += g: every row of W is changed."""
    return np.tile(dW.sum(axis=0), (len(dW), 1))


def center_row(times_C: bool) -> Bend:
    """The gradient goes to the word in the middle instead of the context words."""

    def wrong(dW: Any, now: Now) -> Any:
        grid = np.zeros_like(dW)
        total = dW.sum(axis=0)
        grid[now.point.targets[0]] = total if times_C else total / len(now.point.inputs)
        return grid

    return Bend("dW", wrong)


def undivided(value: Any, now: Now) -> Any:
    """1/C is left out on the way back."""
    if now.quantity in ("dW", "d_each", "d_context"):
        return value / now.point.weight
    if now.quantity == "W_new":
        return now.W + (value - now.W) / now.point.weight
    return value


def new_output_vectors(EH: Any, now: Now) -> Any:
    """EH from output vectors that have already made their step."""
    moved = np.array(now.W_out)
    np.add.at(moved, now.rows, -now.eta * now.d_rows)
    return moved[now.rows].T @ now.e


def column_label(transposed: bool, rows: bool) -> tuple[Bend, ...]:
    """p (V,) minus y (V, 1): broadcasting makes a (V, V) matrix of it."""

    def grid(now: Now) -> Any:
        e = now.y[None, :] - now.t[:, None]
        return e.T if transposed else e

    bends = (bend_error(grid),)
    return (*bends, Bend("EH", lambda EH, now: now.e @ now.W_out)) if rows else bends


def vector_softmax() -> tuple[Bend, ...]:
    """softmax(v) where softmax(U v) was meant."""
    return (
        Bend("y", lambda y, now: softmax(now.h)),
        Bend("E", lambda E, now: -np.log(now.y[now.w_O])),
    )


def epsilon(size: float) -> tuple[Bend, ...]:
    """log(x + epsilon) instead of log(x)."""

    def wrong(E: Any, now: Now) -> Any:
        if now.signs is None:
            return -np.log(now.y[now.w_O] + size)
        p = np.where(now.signs == 1, now.y, 1.0 - now.y)
        return -np.log(p + size).sum()

    return (Bend("E", wrong),)


def clipped_probability(size: float) -> tuple[Bend, ...]:
    """log of a probability that is kept between epsilon and 1 - epsilon."""

    def wrong(E: Any, now: Now) -> Any:
        if now.signs is None:
            return -np.log(np.clip(now.y, size, 1 - size)[now.w_O])
        p = np.where(now.signs == 1, now.y, 1.0 - now.y)
        return -np.log(np.clip(p, size, 1 - size)).sum()

    return (Bend("E", wrong),)


def clip_score(size: float) -> tuple[Bend, ...]:
    """Scores kept between -size and size."""
    return (Bend("u", lambda u, now: np.clip(u, -size, size)),)


def padded(point: Point, now: Now) -> Point:
    """Always twice the window's words: missing ones are word 0."""
    extra = 2 * max(len(point.context), 1) - len(point.context)
    words = point.context + (0,) * extra
    noise = point.noise + (point.noise[:1] or ((),)) * extra
    if point.input_side == "cbow":
        return replace(point, inputs=words)
    return replace(point, targets=words, noise=noise)


def minus_inside(E: Any, now: Now) -> Any:
    """- sum log sigma(+u) over the noise words."""
    return -log_sigmoid(now.u[0]) - log_sigmoid(now.u[1:]).sum()


def plus_outside(E: Any, now: Now) -> Any:
    """+ sum log sigma(-u) over the noise words."""
    return -log_sigmoid(now.u[0]) + log_sigmoid(-now.u[1:]).sum()

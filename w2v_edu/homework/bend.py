"""A word2vec that can be bent: one computation in stages, each of which a mistake may replace.

Unbent it gives what the reference gives (a test compares them). A mistake of the catalogue is one or more
bends; two mistakes are the bends of both. The truth itself never comes from here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from w2v_edu.functions import log_sigmoid, log_sum_exp, one_hot, sigmoid, softmax
from w2v_edu.homework.point import Point

__all__ = ["CRASH", "STAGES", "Bend", "bent"]

CRASH = "crash"  # what a wrong program gives where it cannot go on

STAGES = (
    "point",
    "h",
    "u",
    "y",
    "e",
    "E",
    "d_rows",
    "EH",
    "panels",
    "total",
    "scatter",
    "dW",
    "step",
    "answer",
)


@dataclass(frozen=True, eq=False)
class Bend:
    """Put `wrong(value, now)` in place of the value that `stage` has made.

    `now` holds what is known by then: point, W, W_out, h, eta, and inside a panel rows, w_O, W_neg, u, y, t,
    e.
    """

    stage: str
    wrong: Callable[[Any, SimpleNamespace], Any]


def bent(point: Point, bends: Iterable[Bend]) -> dict[str, Any]:
    """Name of the quantity -> its value, all bends applied; `CRASH` where numpy itself refuses.

    Each quantity is tried by itself: a mistake that stops one may leave another as it was.
    """
    by_stage: dict[str, list[Bend]] = {stage: [] for stage in STAGES}
    for bend in bends:
        by_stage[bend.stage].append(bend)
    with np.errstate(all="ignore"):
        return _Run(by_stage).answers(point)


class _Lazy(dict[str, Any]):
    """Quantities, computed when asked for; a failure is remembered as `CRASH`."""

    def __init__(
        self, makers: dict[str, Callable[[], Any]], finish: Callable[[str, Any], Any] | None = None
    ) -> None:
        super().__init__()
        self._makers, self._finish = makers, finish

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __missing__(self, name: str) -> Any:
        try:
            value = self._makers[name]()
            value = self._finish(name, value) if self._finish else value
        except (ValueError, IndexError, TypeError, ZeroDivisionError):
            value = CRASH
        self[name] = value
        return value


class _Run:
    def __init__(self, bends: dict[str, list[Bend]]) -> None:
        self._bends = bends

    def _bend(self, stage: str, value: Any, now: SimpleNamespace) -> Any:
        for bend in self._bends[stage]:
            value = bend.wrong(value, now)
        return value

    def answers(self, point: Point) -> dict[str, Any]:
        now = SimpleNamespace(point=point)
        point = now.point = self._bend("point", point, now)
        now.W, now.W_out, now.eta = point.params.W, point.params.W_out, point.eta
        try:
            now.h = self._bend("h", point.h, now)
            panels = [self._panel(w_O, W_neg, now) for w_O, W_neg in _pairs(point)]
        except (ValueError, IndexError, TypeError):
            return _Lazy(dict.fromkeys(("E", "EH", "dW", "dW_out", "y", "e"), lambda: CRASH))
        now.panels = panels
        answers: _Lazy
        quantities: dict[str, Callable[[], Any]] = {
            "h": lambda: now.h,
            "E": lambda: self._total("E", 0.0, now),
            "EH": lambda: self._total("EH", np.zeros_like(now.W[0]), now),
            "p": lambda: np.exp(-answers["E"]),
            "log_likelihood": lambda: -answers["E"],
            "EI": lambda: self._scatter(now, "e"),
            "dW_out": lambda: self._scatter(now, "d_rows"),
        }
        answers = _Lazy(quantities)
        quantities["dW"] = lambda: self._bend("dW", _spread(answers["EH"], now), now)
        quantities["d_context"] = lambda: np.stack(
            [now.point.weight * answers["EH"] for _ in now.point.inputs]
        )
        quantities["d_each"] = lambda: now.point.weight * answers["EH"]
        if panels:
            quantities |= _of_first_panel(panels[0], point)
        quantities |= self._steps(answers, now)

        def finish(name: str, value: Any) -> Any:
            return self._bend("answer", value, SimpleNamespace(**{**vars(now), "quantity": name}))

        return _Lazy(quantities, finish)

    def _panel(self, w_O: int, W_neg: tuple[int, ...], now: SimpleNamespace) -> SimpleNamespace:
        """One target word. Quantities that cannot be computed are left out, each for itself."""
        point = now.point
        here = SimpleNamespace(**vars(now), w_O=w_O, W_neg=W_neg)
        here.rows, here.t, here.signs = _questions(point, w_O, W_neg)
        here.offset = point.sheet.offset(here.rows) if point.objective == "nce" else 0.0
        for name, make in (
            ("u", lambda: now.W_out[here.rows] @ now.h),
            ("y", lambda: _link(point.objective, here.u - here.offset)),
            ("e", lambda: here.y - here.t),
            ("E", lambda: _loss(here)),
            ("d_rows", lambda: np.outer(here.e, now.h)),
            ("EH", lambda: now.W_out[here.rows].T @ here.e),
        ):
            try:
                value = self._bend(name, make(), here)
            except (ValueError, IndexError, TypeError, AttributeError):
                continue
            setattr(here, name, value)
        return here

    def _total(self, name: str, zero: Any, now: SimpleNamespace) -> Any:
        here = SimpleNamespace(**{**vars(now), "part": name})
        here.panels = self._bend("panels", now.panels, here)
        values = [_part(panel, name) for panel in here.panels]
        return self._bend("total", sum(values[1:], values[0]) if values else zero, here)

    def _scatter(self, now: SimpleNamespace, part: str) -> Any:
        """Add the parts of all panels up at their rows; a part of the wrong shape is handed on as it is."""
        grid = np.zeros_like(now.W_out if part == "d_rows" else now.W_out[:, 0])
        here = SimpleNamespace(**{**vars(now), "part": part})
        here.panels = self._bend("panels", now.panels, here)
        for panel in here.panels:
            values = _part(panel, part)
            if np.shape(values) != (len(panel.rows), *grid.shape[1:]) and len(here.panels) == 1:
                return values
            np.add.at(grid, panel.rows, values)
        return self._bend("total", self._bend("scatter", grid, here), here)

    def _steps(self, answers: dict[str, Any], now: SimpleNamespace) -> dict[str, Callable[[], Any]]:
        """Parameters after one step; the bend sees the old value and the gradient."""

        def step(old: Callable[[], Any], gradient: str) -> Callable[[], Any]:
            def move() -> Any:
                here = SimpleNamespace(**{**vars(now), "old": old(), "gradient": answers[gradient]})
                here.quantity = gradient
                return self._bend("step", here.old - now.eta * here.gradient, here)

            return move

        moves = {
            "W_new": step(lambda: now.W, "dW"),
            "W_out_new": step(lambda: now.W_out, "dW_out"),
            "h_new": step(lambda: now.h, "EH"),
        }
        if now.panels:
            first = now.panels[0]
            moves["pos_new"] = step(lambda: now.W_out[first.w_O], "d_pos")
            moves["neg_new"] = step(lambda: now.W_out[list(first.W_neg)], "d_neg")
            moves["path_new"] = step(lambda: now.W_out[first.rows], "d_path")
        return moves


def _pairs(point: Point) -> list[tuple[int, tuple[int, ...]]]:
    if point.empty:
        return []
    noise = point.noise if len(point.noise) == len(point.targets) else ((),) * len(point.targets)
    return list(zip(point.targets, noise, strict=True))


def _questions(point: Point, w_O: int, W_neg: tuple[int, ...]) -> tuple[Any, Any, Any]:
    V = point.params.V
    if point.objective in ("softmax", "foreign"):
        return np.arange(V), one_hot(w_O, V), None
    if point.objective == "hierarchical":
        assert point.tree is not None
        signs = point.tree.signs[w_O]
        return point.tree.paths[w_O], (signs == 1).astype(float), signs
    rows = np.array([w_O, *W_neg], dtype=np.int64)
    t = np.zeros(len(rows))
    t[:1] = 1.0
    return rows, t, np.where(t == 1, 1, -1)


def _link(objective: str, u: Any) -> Any:
    return {"softmax": softmax, "foreign": lambda z: z}.get(objective, sigmoid)(u)


def _loss(here: SimpleNamespace) -> Any:
    if here.point.objective == "softmax":
        return -here.u[here.w_O] + log_sum_exp(here.u)
    if here.point.objective == "foreign":
        return 0.5 * ((here.u - here.t) ** 2).sum()
    return -log_sigmoid(here.signs * (here.u - here.offset)).sum()


def _part(panel: SimpleNamespace, name: str) -> Any:
    if not hasattr(panel, name):
        raise ValueError(name)
    return getattr(panel, name)


def _spread(EH: Any, now: SimpleNamespace) -> Any:
    """EH to the input rows, a repeated word as often as it occurs."""
    if isinstance(EH, str):
        raise ValueError(EH)
    dW = np.zeros_like(now.W)
    for w in now.point.inputs:
        dW[w] += now.point.weight * EH
    return dW


def _of_first_panel(panel: SimpleNamespace, point: Point) -> dict[str, Callable[[], Any]]:
    def whole(name: str) -> Callable[[], Any]:
        return lambda: _part(panel, name)

    def some(name: str, which: Any) -> Callable[[], Any]:
        return lambda: _part(panel, name)[which]

    quantities = {name: whole(name) for name in ("u", "y", "t", "e", "d_rows")}
    if point.objective == "softmax":
        quantities["d_pos"] = some("d_rows", panel.w_O)
    elif point.objective == "hierarchical":
        quantities["d_path"] = whole("d_rows")
    else:
        quantities["W_neg"] = lambda: np.sort(np.array(panel.W_neg, dtype=np.float64))
        for new, name in (("d", "d_rows"), ("u", "u"), ("y", "y")):
            quantities[f"{new}_pos"] = some(name, 0)
            quantities[f"{new}_neg"] = some(name, slice(1, None))
    return quantities

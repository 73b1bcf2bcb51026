"""What is handed to a student's function: each role's value at a test point, in one of several layouts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.functions import one_hot
from w2v_edu.homework.point import Point
from w2v_edu.homework.truth import truth
from w2v_edu.homework.wire import StandIn

__all__ = ["LAYOUTS", "PLAIN", "ROLES", "Call", "Layout", "argument"]

Array = NDArray[Any]


@dataclass(frozen=True)
class Layout:
    """How vectors and matrices are laid out. Words are rows, vectors flat, ids lists, unless said otherwise.

    Attributes
    ----------
    columns : bool
        Words as columns: every matrix transposed.
    out_columns : bool
        W_out alone transposed: Rong's W', shape (N, V).
    vector : {"flat", "column", "row"}
        The shape of a vector: (N,), (N, 1) or (1, N).
    ids : {"list", "array"}
        How several word ids are handed over.
    single : bool
        Several noise vectors are handed over as one, where there is one: (N,) for (1, N).
    """

    columns: bool = False
    out_columns: bool = False
    vector: str = "flat"
    ids: str = "list"
    single: bool = False

    def turned(self, quantity: str) -> bool:
        """Whether a matrix comes transposed in this layout."""
        return self.columns or (self.out_columns and quantity in ("dW_out", "W_out_new"))

    @property
    def says(self) -> str:
        """The layout in words; empty for the plain one."""
        parts = ["words as columns"] if self.columns else []
        parts += ["output vectors as columns, as in Rong's W'"] if self.out_columns else []
        shapes = {"column": "vectors of shape (d, 1)", "row": "vectors of shape (1, d)"}
        parts += [shapes[self.vector]] if self.vector in shapes else []
        parts += ["one noise vector at a time"] if self.single else []
        return ", ".join(parts)


PLAIN = Layout()
LAYOUTS = (
    PLAIN,
    Layout(columns=True),
    Layout(out_columns=True),
    Layout(ids="array"),
    Layout(columns=True, ids="array"),
    Layout(out_columns=True, ids="array"),
    Layout(vector="column"),
    Layout(columns=True, vector="column"),
    Layout(vector="row"),
    Layout(columns=True, vector="row"),
    Layout(single=True),
)


class Call(NamedTuple):
    """One call: positional arguments and keywords, as values that can cross to another process."""

    positional: tuple[Any, ...]
    keywords: dict[str, Any]


GRADIENT_OF_MATRIX = {"W": "dW", "W_out": "dW_out"}
Make = Callable[[Point], Any]


def _rows(point: Point) -> list[int]:
    return list(point.noise[0]) if point.noise else []


def _path(point: Point, what: str) -> Any:
    assert point.tree is not None
    return getattr(point.tree, what)[point.targets[0]]


def _tree(point: Point) -> StandIn:
    assert point.tree is not None
    whole = {
        name: [list(map(int, part)) for part in getattr(point.tree, name)]
        for name in ("paths", "signs", "codes")
    }
    return StandIn("tree", whole)


MATRICES: dict[str, Make] = {
    "W": lambda p: p.params.W,
    "W_out": lambda p: p.params.W_out,
    "V_neg": lambda p: p.params.W_out[_rows(p)],
    "V_context": lambda p: p.params.W[list(p.inputs)],
    "V_path": lambda p: p.params.W_out[_path(p, "paths")],
    "X": lambda p: (
        np.stack([one_hot(w, p.params.V) for w in p.inputs]) if p.inputs else np.zeros((0, p.params.V))
    ),
}
VECTORS: dict[str, Make] = {
    "h": lambda p: p.h,
    "v_pos": lambda p: p.params.W_out[p.targets[0]],
    "x": lambda p: one_hot(p.inputs[0], p.params.V),
    "t": lambda p: truth(p)["t"],
    "u": lambda p: truth(p)["u"],
    "y": lambda p: truth(p)["y"],
    "e": lambda p: truth(p)["e"],
    "EH": lambda p: truth(p)["EH"],
    "EI": lambda p: truth(p)["EI"],
    "q": lambda p: p.q.p if p.q is not None else None,
}
NUMBERS: dict[str, Make] = {
    "w_I": lambda p: StandIn("int", p.inputs[0]),
    "w_O": lambda p: StandIn("int", p.targets[0]),
    "center": lambda p: StandIn("int", p.center),
    "eta": lambda p: StandIn("float", p.eta),
    "K": lambda p: StandIn("int", p.K),
    "V_size": lambda p: StandIn("int", p.params.V),
    "N_size": lambda p: StandIn("int", p.params.N),
    "C_size": lambda p: StandIn("int", max(len(p.context), 1)),
    "window": lambda p: StandIn("int", max(len(p.context), 1)),
}
IDS: dict[str, Make] = {
    "W_neg": _rows,
    "context": lambda p: list(p.context),
    "nodes": lambda p: _path(p, "paths"),
    "signs": lambda p: _path(p, "signs"),
    "codes": lambda p: _path(p, "codes"),
}
OTHERS: dict[str, Make] = {
    "noise_lists": lambda p: StandIn("id lists", [list(words) for words in p.noise]),
    "tree": _tree,
    "dataset": lambda p: StandIn("dataset", {"draws": list(p.draws or (0,)), "V": p.params.V}),
    "center_word": lambda p: f"w{p.center}",
    "context_words": lambda p: StandIn("words", [f"w{w}" for w in p.context]),
    "word_ids": lambda p: StandIn("word ids", [f"w{w}" for w in range(p.params.V)]),
    "loss_2019": lambda p: StandIn("loss", p.objective),
    "loss_2015": lambda p: StandIn("loss", f"{p.objective} 2015"),
}
ROLES = frozenset({*MATRICES, *VECTORS, *NUMBERS, *IDS, *OTHERS})


def argument(role: str, point: Point, layout: Layout) -> Any:
    """The value of a role at a point. Arrays are copies: what is done to them stays with the function."""
    if role in MATRICES:
        matrix = np.array(MATRICES[role](point), dtype=np.float64)
        if layout.single and role == "V_neg" and len(matrix) == 1:
            return matrix[0]
        return matrix.T.copy() if layout.turned(GRADIENT_OF_MATRIX.get(role, role)) else matrix
    if role in VECTORS:
        vector = np.array(VECTORS[role](point), dtype=np.float64)
        return vector.reshape({"flat": (-1,), "column": (-1, 1), "row": (1, -1)}[layout.vector])
    if role in NUMBERS:
        return NUMBERS[role](point)
    if role in IDS:
        ids = [int(w) for w in IDS[role](point)]
        return StandIn("ids", ids) if layout.ids == "list" else np.array(ids, dtype=np.int64)
    return OTHERS[role](point)

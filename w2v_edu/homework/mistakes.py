"""The catalogue: mistakes that learners really make, each with the answer that it would produce.

A mistake is named only where its answer is the student's answer at every test point. The texts for people
are in `w2v_edu.homework.hints`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from w2v_edu.functions import log_sigmoid
from w2v_edu.homework import bends as b
from w2v_edu.homework.bend import Bend

__all__ = ["CATALOGUE", "STABILITY", "Mistake", "applicable"]

IN = frozenset({"EH", "dW", "d_each", "d_context", "h_new", "W_new"})
OUT = frozenset(
    {"dW_out", "EI", "d_pos", "d_neg", "d_path", "d_rows", "W_out_new", "pos_new", "neg_new", "path_new"}
)
GRADIENTS = frozenset(
    {"EH", "dW", "d_each", "d_context", "dW_out", "EI", "d_pos", "d_neg", "d_path", "d_rows", "e"}
)
SIGMOIDS = ("negative", "nce", "hierarchical")
NOISE = ("negative", "nce")


@dataclass(frozen=True, eq=False)
class Mistake:
    """One mistake.

    Attributes
    ----------
    key : str
        Its name in the code and in `hints`.
    forms : tuple of tuple of Bend
        Ways to make it; each is one or more slips.
    objectives, sides : tuple of str
        Where it can happen; empty for everywhere.
    quantities : frozenset of str
        What it can spoil; empty for anything.
    """

    key: str
    forms: tuple[tuple[Bend, ...], ...]
    objectives: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    quantities: frozenset[str] = frozenset()


def _answer(quantities: frozenset[str], change: object) -> tuple[Bend, ...]:
    def wrong(value: object, now: object) -> object:
        return change(value) if now.quantity in quantities else value  # type: ignore[attr-defined,operator]

    return (Bend("answer", wrong),)


def _one(stage: str, wrong: object) -> tuple[Bend, ...]:
    return (Bend(stage, wrong),)  # type: ignore[arg-type]


CATALOGUE: tuple[Mistake, ...] = (
    # every objective
    Mistake("sign", (_answer(GRADIENTS, lambda v: -v),)),
    Mistake("loss-sign", (_answer(frozenset({"E"}), lambda v: -v),)),
    Mistake("transposed", (_answer(frozenset({"dW_out", "dW"}), lambda v: v.T),)),
    # softmax
    Mistake("target-missing", (_one("e", lambda e, n: n.y),), ("softmax",), (), IN),
    Mistake("label-missing", (_one("e", lambda e, n: n.y),), ("softmax",), (), OUT | {"e"}),
    Mistake("loss-vector", (_one("E", lambda E, n: -np.log(n.y)),), ("softmax",)),
    Mistake("dot-for-outer", (_one("d_rows", lambda d, n: np.dot(n.e, n.h)),), ("softmax",)),
    Mistake(
        "column-label",
        tuple(b.column_label(transposed, rows) for transposed in (False, True) for rows in (False, True)),
        ("softmax",),
    ),
    Mistake("alias", (_one("E", lambda E, n: -np.log(n.y[n.w_O] - 1.0)),), ("softmax",)),
    Mistake("softmax-of-vector", (b.vector_softmax(),), ("softmax",)),
    # negative sampling and NCE
    Mistake(
        "repeats-overwritten",
        ((b.buffered(True),), (b.buffered(False),), (b.assigned(False),), (b.assigned(True),)),
        NOISE,
    ),
    Mistake("repeats-dropped", (_one("point", b.unique_noise), _one("point", b.unique_but_target)), NOISE),
    Mistake("forced-unique", (_one("point", b.forced_unique),), NOISE),
    Mistake("noise-sigma-of-minus", ((b.pos_neg(neg=lambda s: 1 - s),),), NOISE),
    Mistake("noise-as-positive", ((b.pos_neg(neg=lambda s: s - 1),),), NOISE),
    Mistake("noise-sign", ((b.pos_neg(neg=lambda s: -s),),), NOISE),
    Mistake("noise-loss-sign", (_one("E", b.plus_outside),), ("negative",)),
    Mistake("noise-loss-minus", (_one("E", b.minus_inside),), ("negative",)),
    Mistake(
        "sigma-factor",
        (
            (b.pos_neg(pos=lambda s: s * (s - 1)),),
            (b.pos_neg(pos=lambda s: s * (s - 1), neg=lambda s: s * (1 - s)),),
        ),
        NOISE,
    ),
    Mistake(
        "positive-missing",
        ((b.pos_neg(pos=lambda s: 0.0), Bend("E", lambda E, n: -log_sigmoid(-n.u[1:]).sum())),),
        ("negative",),
    ),
    Mistake("not-scattered", (_one("scatter", b.stack),), NOISE),
    Mistake("index-by-word", ((b.by_word_id(False),), (b.by_word_id(True),)), NOISE),
    Mistake("off-by-one", ((b.fewer_noise(False),), (b.fewer_noise(True),)), ("negative",)),
    Mistake(
        "hard-coded-K",
        tuple((b.hard_coded_K(size, drawn),) for size in (10, 5, 20, 2, 3) for drawn in (False, True)),
        ("negative",),
    ),
    Mistake("every-row", ((b.every_row(False),), (b.every_row(True),)), NOISE),
    Mistake("sigmoid-sign", (_one("u", lambda u, n: -u),), SIGMOIDS),
    Mistake(
        "sigmoid-without-one",
        ((Bend("y", lambda y, n: np.exp(n.u)), Bend("E", lambda E, n: -(n.signs * n.u).sum())),),
        ("negative", "hierarchical"),
    ),
    # skip-gram
    Mistake("every-input-row", (_one("dW", b.every_input_row),)),
    Mistake("after-loop", (_one("panels", lambda panels, n: panels[-1:]),), (), ("skip-gram",)),
    Mistake("inside-loop", (_one("panels", lambda panels, n: panels[:1]),), (), ("skip-gram",)),
    Mistake(
        "digit-one",
        (_one("total", lambda E, n: float(len(n.panels)) if n.part == "E" else E),),
        (),
        ("skip-gram",),
    ),
    Mistake("own-loss", ((b.own_loss("softmax"),), (b.own_loss("negative"),)), ("foreign",)),
    Mistake("padded", (_one("point", b.padded),), (), ("skip-gram", "cbow")),
    # CBOW
    Mistake("context-once", (_one("dW", b.only_once),), (), ("cbow",)),
    Mistake("center-row", ((b.center_row(True),), (b.center_row(False),)), (), ("cbow",)),
    Mistake("undivided", (_one("answer", b.undivided),), (), ("cbow",)),
    # hierarchical softmax
    Mistake(
        "code-as-label",
        (
            (
                Bend("e", lambda e, n: n.y - (1 - n.t)),
                Bend("E", lambda E, n: -log_sigmoid(-n.signs * n.u).sum()),
            ),
        ),
        ("hierarchical",),
    ),
    Mistake("saturated-skipped", (_one("e", lambda e, n: np.where(np.abs(n.u) >= 6, 0.0, e)),), SIGMOIDS),
    Mistake(
        "turn-left-out",
        ((Bend("e", lambda e, n: n.y - 1), Bend("E", lambda E, n: -log_sigmoid(n.u).sum())),),
        ("hierarchical",),
    ),
    # updates
    Mistake("ascent", (_one("step", lambda new, n: n.old + n.eta * n.gradient),)),
    Mistake("rate-missing", (_one("step", lambda new, n: n.old - n.gradient),)),
    Mistake("new-output-vectors", (_one("EH", b.new_output_vectors),), (), (), frozenset({"W_new", "h_new"})),
)

EPSILONS = (*(10.0**-k for k in range(2, 21)), float(np.finfo(float).eps), float(np.finfo(np.float32).eps))

STABILITY: tuple[Mistake, ...] = (
    Mistake("epsilon", tuple(b.epsilon(size) for size in EPSILONS), quantities=frozenset({"E"})),
    Mistake(
        "clipped-probability",
        tuple(b.clipped_probability(size) for size in EPSILONS),
        quantities=frozenset({"E"}),
    ),
    Mistake("clipped-score", tuple(b.clip_score(float(size)) for size in (*range(5, 26), 30, 50, 100, 500))),
)


def applicable(
    catalogue: tuple[Mistake, ...], objective: str, input_side: str, quantity: str
) -> Iterator[Mistake]:
    """The mistakes that can spoil this quantity of this model."""
    for mistake in catalogue:
        if mistake.objectives and objective not in mistake.objectives:
            continue
        if mistake.sides and input_side not in mistake.sides:
            continue
        if mistake.quantities and quantity not in mistake.quantities:
            continue
        yield mistake

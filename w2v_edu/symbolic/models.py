"""The twelve models in the prover's language: for each, its definitions down to the loss, and nothing else.

Written by hand are only h, the scores u, the labels t, the loss E and, for the claims, y, e and EH.
One-word and CBOW have one target; skip-gram has C, and every array of the output side gets a letter c more.
"""

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp

from .facts import Facts
from .language import Arr, Delta, Index, Term, Total, array, index, sigma, size, word
from .points import Given

__all__ = ["INPUT_SIDES", "OBJECTIVES", "Model", "model"]

INPUT_SIDES = ("one-word", "cbow", "skip-gram")
OBJECTIVES = ("softmax", "hierarchical", "negative", "nce")

V, N, C, K = size("V"), size("N"), size("C"), size("K")
h, u, t, y, e, E, EH, W, W_out, q = map(array, ("h", "u", "t", "y", "e", "E", "EH", "W", "W_out", "q"))
i = index("i", 1, N)
c = index("c", 1, C)
w_I, w_O = word("w_I", 1, V)(), word("w_O", 1, V)()
context = word("context", 1, V)
asked = word("asked", 1, V)  # asked(0) is w_O, asked(1) .. asked(K) are W_neg
length = word("L", 1, sp.oo)  # nodes on the path to a word, both ends included
Axes = tuple[Index, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """One of the twelve.

    Attributes
    ----------
    panel : ``(c,)`` for skip-gram, ``()`` otherwise.
    slot : the letter of the output vectors that take part (j over words, steps of the path, or 0..K).
    row : the row of W_out that slot asks.
    rows : the letter that runs over all rows of W_out.
    inputs : how often the row k of W is an input, divided by what h divides by: [k = w_I], 1/C sum_c [..].
    """

    name: str
    given: Given
    panel: Axes
    slot: Index
    row: Term
    rows: Index
    inputs: Callable[[Index], Term]


def model(input_side: str, objective: str) -> Model:
    """The model of that input side and objective."""
    panel: Axes = (c,) if input_side == "skip-gram" else ()
    target = context(c) if panel else w_O
    slot, row, rows = output_side(objective, panel, target)
    definitions = {
        "h": ((i,), hidden(input_side)),
        "u": ((*panel, slot), Total(W_out(row, i) * h(i), i)),
        "t": ((*panel, slot), label(objective, target, slot)),
        "E": ((), over_panels(loss(objective, panel, target, slot), panel)),
        "y": ((*panel, slot), prediction(objective, panel, slot)),
        "e": ((*panel, slot), y(*panel, slot) - t(*panel, slot)),
        "EH": ((i,), over_panels(Total(e(*panel, slot) * W_out(row, i), slot), panel)),
    }
    facts = Facts(definitions, positive=frozenset({"q", "eta"}), injective=frozenset({"n"}))
    given = Given(facts, "n", "ch", "L") if objective == "hierarchical" else Given(facts)
    return Model(f"{input_side}/{objective}", given, panel, slot, row, rows, multiplicity(input_side))


def output_side(objective: str, panel: Axes, target: Term) -> tuple[Index, Term, Index]:
    """The slot letter, the row of W_out that it asks, and the letter of all rows."""
    if objective == "softmax":
        j = index("j", 1, V)
        return j, j, index("r", 1, V)
    if objective == "hierarchical":
        j = index("j", 1, length(target) - 1)
        nodes = word("n", 1, 2 * V - 1)
        return j, nodes(target, j), index("r", 1, 2 * V - 1)
    k = index("k", 0, K)
    return k, asked(*panel, k), index("r", 1, V)


def hidden(input_side: str) -> Term:
    """h_i: (1), (17), (24)."""
    return Total(W(context(c), i), c) / C if input_side == "cbow" else W(w_I, i)


def multiplicity(input_side: str) -> Callable[[Index], Term]:
    """d h_i / d W_{ki}."""
    if input_side == "cbow":
        return lambda k: Total(Delta(context(c), k), c) / C
    return lambda k: Delta(k, w_I)


def label(objective: str, target: Term, slot: Index) -> Term:
    """t: one-hot; 1 where the path turns left; 1 for w_O and 0 for W_neg."""
    if objective == "softmax":
        return Delta(slot, target)
    if objective == "hierarchical":
        nodes, child = word("n", 1, 2 * V - 1), word("ch", 1, 2 * V - 1)
        return Delta(nodes(target, slot + 1), child(nodes(target, slot)))
    return Delta(slot, 0)


def shifted(objective: str, panel: Axes, slot: Term) -> Term:
    """The argument of sigma: u, or for NCE u - log(K q)."""
    score = u(*panel, slot)
    return score - sp.log(K * q(asked(*panel, slot))) if objective == "nce" else score


def prediction(objective: str, panel: Axes, slot: Index) -> Term:
    """y: the softmax of the scores, or sigma of each."""
    if objective == "softmax":
        other = Index(sp.Symbol(slot.name + "'"), slot.first, slot.last)
        return sp.exp(u(*panel, slot)) / Total(sp.exp(u(*panel, other)), other)
    return sigma(shifted(objective, panel, slot))


def loss(objective: str, panel: Axes, target: Term, slot: Index) -> Term:
    """The loss of one target word: (20), (46), (55), and the loss of noise-contrastive estimation."""
    if objective == "softmax":
        return -u(*panel, target) + sp.log(Total(sp.exp(u(*panel, slot)), slot))
    if objective == "hierarchical":
        sign = 2 * label(objective, target, slot) - 1
        return -Total(sp.log(sigma(sign * u(*panel, slot))), slot)
    k = index("k", 1, K)
    noise = Total(sp.log(sigma(-shifted(objective, panel, k))), k)
    return -sp.log(sigma(shifted(objective, panel, sp.Integer(0)))) - noise


def over_panels(term: Term, panel: Axes) -> Term:
    return Total(term, *panel) if panel else term


def sum_over(m: Model, term: Term) -> Term:
    """The sum over everything that the model asks: panels and slots."""
    return over_panels(Total(term, m.slot), m.panel)


def component(m: Model, name: str) -> Arr:
    """The entry of an output-side array at the model's own letters: u_{c,j} or u_j."""
    entry: Arr = array(name)(*m.panel, m.slot)
    return entry

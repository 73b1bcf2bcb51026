"""What the paper says about each of the twelve models, as goals to be derived from the loss.

For each model: the error dE/du, the gradient of W_out and of W directly and through the chain rule, with
repeated words counted as often as they occur, EH, and both updates; and where the paper writes a row's
gradient without a multiplicity, that row under the assumption which it needs.
"""

from collections.abc import Iterator

from .goals import Assumption, Goal, different
from .language import Delta, Deriv, Term, Total, array, index
from .models import EH, C, E, K, Model, N, V, W, W_out, asked, component, context, e, h, model, sum_over

__all__ = ["all_identities", "identities", "pairwise_different"]

eta = array("eta")()
i, m = index("i", 1, N), index("m", 1, N)
k = index("k", 1, V)

CONTEXT_DIFFERENT = different("context", "the context words are pairwise different")
ASKED_DIFFERENT = different("asked", "w_O and the words of W_neg are pairwise different")


def identities(of: Model) -> Iterator[Goal]:
    """The claims about one model, each proved from its loss alone."""
    r, row = of.rows, of.row
    u, error = component(of, "u"), component(of, "e")
    in_rows = sum_over(of, error * Delta(row, r)) * h(i)
    in_inputs = EH(i) * of.inputs(k)
    yield goal(of, "error dE/du = y - t", Deriv(E(), u), component(of, "y") - component(of, "t"))
    yield goal(of, "dE/dW_out from the loss", Deriv(E(), W_out(r, i)), in_rows)
    through_u = sum_over(of, Deriv(E(), u) * Deriv(u, W_out(r, i)))
    yield goal(of, "dE/dW_out by the chain rule", Deriv(E(), W_out(r, i)), through_u)
    yield goal(of, "EH from the loss", Deriv(E(), h(i)), EH(i))
    yield goal(of, "EH by the chain rule", EH(i), sum_over(of, Deriv(E(), u) * Deriv(u, h(i))))
    yield goal(of, "dE/dW from the loss", Deriv(E(), W(k, i)), in_inputs)
    through_h = Total(Deriv(E(), h(m)) * Deriv(h(m), W(k, i)), m)
    yield goal(of, "dE/dW by the chain rule", Deriv(E(), W(k, i)), through_h)
    yield goal(of, "update of W_out", step(W_out(r, i)), W_out(r, i) - eta * in_rows)
    yield goal(of, "update of W", step(W(k, i)), W(k, i) - eta * in_inputs)


def pairwise_different(of: Model) -> Iterator[Goal]:
    """Rows whose printed gradient holds if words are pairwise different: (23), (58)."""
    if of.name.startswith("cbow"):
        c = index("c", 1, C)
        claim = W(context(c), i) - eta * EH(i) / C
        yield goal(of, "update of a context word", step(W(context(c), i)), claim, CONTEXT_DIFFERENT)
    if of.name in ("one-word/negative", "cbow/negative", "one-word/nce", "cbow/nce"):
        s = of.slot
        yield goal(
            of, "gradient of a word asked", Deriv(E(), W_out(asked(s), i)), e(s) * h(i), ASKED_DIFFERENT
        )


def all_identities() -> Iterator[Goal]:
    """Every claim about every model."""
    for input_side in ("one-word", "cbow", "skip-gram"):
        for objective in ("softmax", "hierarchical", "negative", "nce"):
            of = model(input_side, objective)
            yield from identities(of)
            yield from pairwise_different(of)


def step(entry: Term) -> Term:
    """One entry after one step of gradient descent."""
    return entry - eta * Deriv(E(), entry)


def goal(of: Model, name: str, left: Term, right: Term, *assumptions: Assumption) -> Goal:
    return Goal(left, right, of.given, assumptions=assumptions, scales=(C, K, N), name=f"{of.name}: {name}")

"""The pictures of a report: the Taylor test, the error against the step, the way to a word in the tree."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu import reference
from w2v_edu.corpus import Corpus
from w2v_edu.display.plots import as_svg, error_curve_plot, taylor_plot, tree_plot
from w2v_edu.finite import Taylor, error_against_step, sample_entries, taylor
from w2v_edu.model import Params
from w2v_edu.objectives import Hierarchical
from w2v_edu.verification.cases import Case
from w2v_edu.verification.from_text import text_cases
from w2v_edu.verification.sweep import chosen_models

__all__ = ["Picture", "pictures"]


class Picture(NamedTuple):
    """A figure as inline SVG, which carries its own alt text, and the words below it."""

    svg: str
    caption: str


def pictures(corpus: Corpus, seed: int) -> tuple[Picture, ...]:
    """Three pictures of CBOW on one sentence of a text."""
    models = chosen_models("cbow", None)
    cases = {case.objective.name: case for case in text_cases(corpus, models, 1, seed, N=5)}
    return _taylor(cases, seed), _curve(cases["softmax"], seed), _tree(cases["hierarchical"], corpus)


def _taylor(cases: dict[str, Case], seed: int) -> Picture:
    tests = {name: _test(case, seed) for name, case in cases.items()}
    tests["softmax, 1/C left out"] = _test(cases["softmax"], seed, undivided=True)
    caption = (
        "A step h along a random direction: if the gradient is right, the remainder "
        "|E(theta + h d) - E(theta) - h <dE, d>| falls as the square of h. With the 1/C of (23) left out it "
        "falls as h itself."
    )
    return Picture(as_svg(taylor_plot(tests)), caption)


def _test(case: Case, seed: int, undivided: bool = False) -> Taylor:
    """The Taylor test of one case; with `undivided`, of the gradient that forgets 1/C."""
    trace = reference.trace(case.params, case.example, case.objective)
    dW = trace.dW * len(case.example.inputs) if undivided else trace.dW
    flat = case.params.flat()
    direction = np.random.default_rng(seed).standard_normal(flat.shape)
    gradient = np.concatenate([dW, trace.dW_out]).ravel()
    return taylor(lambda x: _loss(case, x), gradient, flat, direction / np.sqrt(flat.size))


def _curve(case: Case, seed: int) -> Picture:
    trace = reference.trace(case.params, case.example, case.objective)
    flat = case.params.flat()
    gradient = np.concatenate([trace.dW, trace.dW_out]).ravel()
    moved = np.flatnonzero(gradient)
    some = sample_entries(moved.shape, 12, np.random.default_rng(seed))
    curve = error_against_step(
        lambda x: _loss(case, x), gradient, flat, entries=[(int(moved[at]),) for (at,) in some]
    )
    caption = (
        "Central differences are a bargain: a large step bends, a small one cancels, and the best is in "
        "between. The complex step takes no difference, so nothing cancels."
    )
    return Picture(as_svg(error_curve_plot(curve)), caption)


def _tree(case: Case, corpus: Corpus) -> Picture:
    assert isinstance(case.objective, Hierarchical)
    (w_O,) = case.example.targets
    trace = reference.trace(case.params, case.example, case.objective)
    context = ", ".join(f"“{case.words[w]}”" for w in case.example.inputs)
    ax = tree_plot(case.objective.tree, case.words, trace=trace)
    caption = (
        f"Hierarchical softmax: the way to “{case.words[w_O]}” with the context {context}, in the Huffman "
        f"tree of all {len(corpus.words)} words. Left is code 0 and label t = 1."
    )
    return Picture(as_svg(ax), caption)


def _loss(case: Case, flat: NDArray[Any]) -> Any:
    params = Params.from_flat(flat, case.params.V, case.params.N)
    return reference.loss(params, case.example, case.objective)

"""The stepper: one page that walks through a training step, number by number, and then trains."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from w2v_edu.display.stepper.lesson import Lesson, lesson_from_corpus, lesson_from_pairs, run
from w2v_edu.display.stepper.page import Part, page
from w2v_edu.display.stepper.pairs import pairs_text
from w2v_edu.display.stepper.presets import PRESETS, Preset
from w2v_edu.display.stepper.table import trace_table
from w2v_edu.errors import W2VError
from w2v_edu.files import check_writable, write_whole
from w2v_edu.model import Params, Trace
from w2v_edu.objectives import Objective
from w2v_edu.reference import trace as reference_trace

__all__ = [
    "PRESETS",
    "Lesson",
    "Preset",
    "Stepper",
    "lesson_from_corpus",
    "lesson_from_pairs",
    "run",
    "step",
    "stepper",
]


@dataclass(frozen=True, eq=False)
class Stepper:
    """A page that steps through training.

    Attributes
    ----------
    lesson : Lesson
    trace : Trace
        The first step, by the reference.
    height : int
        Of the frame in a notebook, in pixels.
    open_at : {"step", "train", "setup", "about"}
    """

    lesson: Lesson
    trace: Trace
    height: int = 900
    open_at: Part = "step"

    @property
    def html(self) -> str:
        """The whole page: one file, no network."""
        return page(self.lesson, self.trace, open_at=self.open_at)

    def save(self, path: str | Path) -> Path:
        """Write the page, whole or not at all; return where it is."""
        target = check_writable(path)
        write_whole(target, self.html)
        return target

    def _repr_html_(self) -> str:
        """A frame with the page, and the same numbers as a table, for a notebook that is not trusted."""
        table = trace_table(self.trace, self.lesson.words)
        frame = (
            f'<iframe title="One training step of word2vec" sandbox="allow-scripts" '
            f'style="width:100%;height:{self.height}px;border:0" srcdoc="{escape(self.html)}"></iframe>'
        )
        return f"{frame}<details><summary>The same step as a table</summary>{table}</details>"


def stepper(lesson: Lesson, *, height: int = 900, open_at: Part = "step") -> Stepper:
    """The page of a lesson.

    Examples
    --------
    >>> made = stepper(lesson_from_pairs("drink^juice|apple, eat^rice|apple"))
    >>> made.html.startswith("<!doctype html>"), "https://" in made.html
    (True, False)
    """
    first = reference_trace(lesson.start(), lesson.example(0), lesson.sheet())
    return Stepper(lesson, first, height, open_at)


def step(
    trace: Trace,
    params: Params,
    objective: Objective,
    *,
    eta: float = 0.2,
    words: tuple[str, ...] | None = None,
    counts: tuple[int, ...] | None = None,
    height: int = 900,
) -> Stepper:
    """Step through a trace, number by number, in a notebook or a browser.

    Parameters
    ----------
    trace : Trace
        What ``w2v_edu.trace(params, example, objective)`` gave. The page works the numbers out
        again, and says whether they are equal to these.
    params : Params
        Where the step starts from.
    objective : Objective
    eta : float
        The learning rate of the update.
    words : tuple of str, optional
        The vocabulary; w0, w1, .. if not given.
    counts : tuple of int, optional
        How often each word occurs; once, if not given. Later steps draw their noise words from them.
    height : int
        Of the frame, in pixels.

    Returns
    -------
    Stepper
        Shown by a notebook as it is; ``.save("step.html")`` writes the page.

    Raises
    ------
    W2VError
        If the trace is of another objective, or the vocabulary has another size.

    Examples
    --------
    >>> import numpy as np
    >>> import w2v_edu
    >>> params = w2v_edu.random_params(V=6, N=3, rng=np.random.default_rng(0))
    >>> t = w2v_edu.trace(params, w2v_edu.cbow((1, 4), 2), w2v_edu.Softmax())
    >>> step(t, params, w2v_edu.Softmax()).lesson.pairs
    'w1^w4|w2'
    """
    V = params.V
    names = words or tuple(f"w{w}" for w in range(V))
    if trace.objective != objective.name:
        raise W2VError(f"the trace is of {trace.objective} and the objective is {objective.name}")
    if len(names) != V or (counts is not None and len(counts) != V):
        raise W2VError(f"W has {V} rows: {V} words and as many counts expected")
    data: dict[str, Any] = {name: getattr(objective, name, None) for name in ("tree", "noise")}
    K = max(len(trace.example.noise[0]), 1) if trace.example.noise else 1
    examples = (trace.example,)
    made = Lesson(
        names,
        counts or (1,) * V,
        examples,
        objective.name,
        N=params.N,
        K=K,
        eta=eta,
        pairs=pairs_text(examples, names),
        params=params,
        **data,
    )
    return Stepper(made, trace, height)

"""A derivation: one quantity, and step by step what it equals, written in LaTeX."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from w2v_edu.symbolic.setting import Setting

if TYPE_CHECKING:
    from w2v_edu.derivation.check import Checked

__all__ = ["Derivation", "Step"]


@dataclass(frozen=True)
class Step:
    """``= tex``, by a rule (see `w2v_edu.symbolic.rules.RULES`) or by the number of an equation, ``(8)``."""

    tex: str
    by: str = ""


@dataclass(frozen=True)
class Derivation:
    """A chain of equal expressions in a setting. Its LaTeX is what is shown, proved and evaluated.

    Parameters
    ----------
    setting : Setting
        What the symbols stand for: ``settings.setting("cbow", "softmax")``.
    start : str
        LaTeX of the first side.
    title : str
        One line for readers.
    uses : tuple of Derivation
        Results that a step may use as ``earlier result``: the first side of each for its last.
    where : str
        A condition under which all lines are claimed, as text behind the line: ``\\text{if } w_j = w_O``.

    Examples
    --------
    >>> from w2v_edu.symbolic.settings import setting
    >>> EH = (
    ...     Derivation(setting("one-word", "softmax"), r"\\frac{\\partial E}{\\partial h_i}")
    ...     .then(
    ...         r"\\sum_{j=1}^V \\frac{\\partial E}{\\partial u_j} \\frac{\\partial u_j}{\\partial h_i}",
    ...         by="chain rule",
    ...     )
    ...     .then(r"\\sum_{j=1}^V e_j \\frac{\\partial u_j}{\\partial h_i}", by="(8)")
    ... )
    >>> EH.check().ok
    True
    """

    setting: Setting
    start: str
    steps: tuple[Step, ...] = ()
    title: str = ""
    uses: tuple["Derivation", ...] = ()
    where: str = ""

    def then(self, tex: str, by: str = "") -> "Derivation":
        """The derivation with one more line, ``= tex``, by this rule; without a rule it is recognised."""
        return replace(self, steps=(*self.steps, Step(tex, by)))

    @property
    def sides(self) -> tuple[str, ...]:
        """LaTeX of all sides in order."""
        return (self.start, *(step.tex for step in self.steps))

    def check(self) -> "Checked":
        """Every step proved for general sizes, and every named rule verified."""
        from w2v_edu.derivation.check import check

        return check(self)

    def at(self, seed: int = 0, **sizes: int) -> tuple[NDArray[np.float64], ...]:
        """The same text evaluated on arrays: one array for each side, with one axis for each free letter.

        Parameters
        ----------
        seed : of the random model.
        sizes : ``V=3, N=2``; sizes that are not given are drawn.
        """
        from w2v_edu.derivation.numbers import values_at

        return values_at(self, sizes, seed)

    def _repr_latex_(self) -> str:
        from w2v_edu.derivation.render import latex

        return latex(self)

    def _repr_html_(self) -> str:
        from w2v_edu.derivation.render import html

        return html(self)


def derive(setting: Setting, title: str, start: str, *steps: tuple[str, str], **more: object) -> Derivation:
    """A derivation written as a table of (LaTeX, rule)."""
    made = Derivation(setting, start, tuple(Step(*s) for s in steps), title)
    return replace(made, **more)  # type: ignore[arg-type]  # names are checked by replace

"""One equation, its LaTeX, its numbers and their shape: ``show(trace, "12")``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.ledger import Equation, analogue, equation
from w2v_edu.ledger.check import claim_of, repeats
from w2v_edu.ledger.numbers import numbers_of
from w2v_edu.model import Params, Trace
from w2v_edu.symbolic.mathml import mathml
from w2v_edu.symbolic.settings import setting
from w2v_edu.symbolic.values import shown

__all__ = ["Shown", "show"]

ROWS_SHOWN = 12


@dataclass(frozen=True, eq=False)
class Shown:
    """An equation with the numbers of a trace; its text is what the terminal shows, and Jupyter renders it.

    Attributes
    ----------
    row : Equation
        The row of the ledger.
    asked : str
        The number that was asked for; another than the row's where the row says it for this model.
    values : ndarray or None
        The quantity, from the trace; None where the row is only said.
    shape : str
        Its shape in the paper's letters, ``(V, N) = (6, 3)``.
    labels : tuple of str
        What stands before each line of numbers: words, nodes, or positions.
    panel : str
        `` of context word 2``, where the equation is said of each context word on its own.
    """

    row: Equation
    asked: str
    values: NDArray[Any] | None
    shape: str
    labels: tuple[str, ...] = ()
    panel: str = ""

    def __str__(self) -> str:
        lines = [f"({self.row.number})  {self.row.says}{self._instead()}", "", f"    {self.row.full}", ""]
        if self.values is None:
            return "\n".join([*lines, "    (said, not computed)"])
        lines.append(f"    {self.row.identifier}{self.panel}, shape {self.shape}")
        return "\n".join([*lines, *(f"    {line}" for line in self._numbers())])

    __repr__ = __str__

    def _instead(self) -> str:
        return (
            f"  [for ({self.asked}), which is said of another model]" if self.asked != self.row.number else ""
        )

    def _numbers(self) -> list[str]:
        assert self.values is not None
        if self.values.ndim == 0:
            return [f"{float(self.values):.6g}"]
        width = max((len(label) for label in self.labels[:ROWS_SHOWN]), default=0)
        lines = []
        for label, row in zip(self.labels[:ROWS_SHOWN], self.values, strict=False):
            cells = " ".join(_cell(x) for x in np.ravel(row))
            lines.append(f"{label:<{width}}  {cells}")
        return lines + ([f"... {len(self.values)} in all"] if len(self.values) > ROWS_SHOWN else [])

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.row.full} \qquad ({self.row.number})$"

    def _repr_html_(self) -> str:
        """Formula as MathML and a table of the numbers; no script: untrusted notebooks show it, too."""
        head = f"<b>({self.row.number})</b> {escape(self.row.says + self._instead())}"
        formula = (
            f"<div style='font-size: 1.35em'>{mathml(self.row.full)}</div>"  # primes in subscripts are seen
        )
        parts = [f"<div>{head}</div>", formula]
        if self.values is not None:
            parts.append(
                f"<div><code>{self.row.identifier}</code>{self.panel}, shape {escape(self.shape)}</div>"
            )
            parts.append(self._table())
        return "<div class='w2v-equation'>" + "".join(parts) + "</div>"

    def _table(self) -> str:
        assert self.values is not None
        if self.values.ndim == 0:
            return f"<div>{float(self.values):.6g}</div>"
        lines = []
        for label, row in zip(self.labels[:ROWS_SHOWN], self.values, strict=False):
            cells = "".join(f"<td style='text-align: right'>{_cell(x).strip()}</td>" for x in np.ravel(row))
            lines.append(f"<tr><th scope='row'>{escape(label)}</th>{cells}</tr>")
        return f"<table>{''.join(lines)}</table>"


def show(
    trace: Trace,
    number: str | int,
    params: Params | None = None,
    eta: float = 0.025,
    words: Sequence[str] | None = None,
    panel: int = 0,
) -> Shown:
    """An equation of the ledger with the numbers that it has in a trace.

    Parameters
    ----------
    trace : Trace
    number : str or int
        ``"12"``. If it is said of another model, the row with the same quantity for this one is shown.
    params : Params, optional
        Needed for updates and for output vectors, which a trace does not hold.
    eta : float
        Learning rate of the updates.
    words : sequence of str, optional
        The vocabulary, to label rows.
    panel : int
        Which context word of skip-gram, from 0, where the equation is said of each on its own.

    Raises
    ------
    W2VError
        If there is no such equation, none for this model, or ``params`` are needed.

    Examples
    --------
    >>> import numpy as np
    >>> from w2v_edu.model import Params, one_word
    >>> from w2v_edu.objectives import Softmax
    >>> from w2v_edu import reference
    >>> W_out = np.array([[0.0, 5.0], [np.log(3.0), 7.0]])
    >>> params = Params(W=np.array([[1.0, 0.0], [0.5, 0.5]]), W_out=W_out)
    >>> show(reference.trace(params, one_word(0, 0), Softmax()), "8", words=("drink", "juice"))
    (8)  the prediction error of output unit j; t_j = 1 where j = j*, else 0
    <BLANKLINE>
        \\frac{\\partial E}{\\partial u_j}=y_j-t_j:=e_j
    <BLANKLINE>
        e, shape (V,) = (2,)
        drink    -0.75
        juice     0.75
    """
    side, objective = trace.example.input_side, trace.objective
    row, asked = analogue(number, side, objective), equation(number).number
    if row is None:
        says = equation(number).says
        raise W2VError(f"({asked}) says nothing about {side} with {objective}: {says}")
    if row.general and repeats(trace.example):  # the printed form assumes that words differ
        row = replace(row, latex=row.general, says=f"{row.says}; the form for repeated words")
    if row.grade == "said":
        return Shown(row, asked, None, "")
    alone = row.panel and side == "skip-gram"
    if alone and not 0 <= panel < len(trace.outputs):
        raise W2VError(f"panel {panel} of {len(trace.outputs)}: the context words count from 0")
    numbers = numbers_of(params, trace, eta, panel if alone else None)
    if row.identifier not in numbers:
        raise W2VError(f"({row.number}) needs the parameters: show(trace, {row.number!r}, params=...)")
    values = np.ma.filled(numbers[row.identifier], np.nan)
    letters, sizes = _letters(row, "one-word" if alone else side, objective, trace)
    note = f" of context word {panel + 1}" if alone else ""
    shape = f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''}) = {values.shape}" if sizes else "()"
    return Shown(row, asked, values, shape, _labels(letters[:1], values, trace, words, panel), note)


def _letters(row: Equation, side: str, objective: str, trace: Trace) -> tuple[list[str], list[str]]:
    """The spaces of the quantity's axes, and their sizes in the paper's letters."""
    claim = claim_of(row, setting(side, objective, trace.example.combine))
    ranges = {index.name: index.range for index in claim.free}
    mine = [ranges[letter] for letter in row.place.split()[1:]]
    names = {"asked": "K + 1", "step": "L(w) - 1", "node": "V - 1"}
    return [r.space for r in mine], [names.get(r.space) or shown(r) for r in mine]


def _labels(
    spaces: list[str], values: NDArray[Any], trace: Trace, words: Sequence[str] | None, panel: int
) -> tuple[str, ...]:
    """What each line of numbers is of: a word, an asked word, an inner node, or its position."""
    if values.ndim == 0:
        return ()
    out = trace.outputs[panel if panel < len(trace.outputs) else 0]
    ids: Sequence[int] = range(len(values))
    if spaces == ["panel"]:
        ids = trace.example.inputs if trace.example.input_side == "cbow" else trace.example.targets
    elif spaces == ["asked"]:
        ids = [int(w) for w in out.rows]
    if spaces in (["step"], ["node"]):
        nodes = out.rows if spaces == ["step"] else ids
        return tuple(f"node {n}" for n in nodes)
    if spaces in (["word"], ["panel"], ["asked"]):
        return tuple(words[w] for w in ids) if words is not None else tuple(f"word {w}" for w in ids)
    return tuple(str(k + 1) for k in ids)


def _cell(x: Any) -> str:
    return f"{'-':>9}" if np.isnan(x) else f"{float(x):9.4g}"

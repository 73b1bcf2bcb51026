"""One row of a ledger: a numbered equation, as data."""

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Equation", "Grade"]

Grade = Literal["proved", "checked", "defined", "said"]


@dataclass(frozen=True)
class Equation:
    """A numbered equation of a document.

    Attributes
    ----------
    number : str
        ``"12"``, ``"nce-3"``.
    latex : str
        The equation, corrected where the print is wrong; this text is what people see and what the machine
        reads. A row that starts with ``=`` continues ``left``.
    says : str
        What it means, in one line.
    models : tuple of str
        The settings it speaks about, ``one-word/softmax``; the first is the one where the document says it.
    place : str
        Identifier and letters of its quantity in the trace, ``"EH i"``, ``"dW_out j i"``; "" where none is
        kept.
    grade : {"checked", "defined", "said", "proved"}
        checked: numbers at random sizes; defined: a definition, its numbers still agree with the trace; said:
        nothing to compute; proved is set by the prover, for general sizes.
    section : str
    july2016 : str
        The number in the author's build of July 2016; "" where the row is gone.
    left : str
        LaTeX of the side that a continuation line continues.
    general : str
        The form that holds where words repeat, if the printed one assumes that they do not.
    note : str
        Where the print is loose or wrong.
    printed : str
        As printed, where ``latex`` corrects it.
    panel : bool
        In skip-gram it is said of each context word on its own.
    instead : dict
        For models that it does not speak about, the row with the same quantity: ``{"hierarchical": "53"}``,
        by objective, by input side, or by both (``"skip-gram/softmax"``).
    document : str
    """

    number: str
    latex: str
    says: str
    models: tuple[str, ...]
    place: str = ""
    grade: Grade = "checked"
    section: str = ""
    july2016: str = ""
    left: str = ""
    general: str = ""
    note: str = ""
    printed: str = ""
    panel: bool = False
    instead: dict[str, str] = field(default_factory=dict)
    document: str = "rong"

    @property
    def is_update(self) -> bool:
        """Whether it is one step of gradient descent: it is compared as (old - new) / eta."""
        return "^{(new)}" in self.latex or "^{(new)}" in self.left

    @property
    def full(self) -> str:
        """Its LaTeX with the side that it continues."""
        return f"{self.left} {self.latex}" if self.left else self.latex

    def where(self, input_side: str, objective: str) -> bool:
        """Whether it speaks about this model."""
        return f"{input_side}/{objective}" in self.models

    @property
    def identifier(self) -> str:
        """The name of its quantity in the code: ``EH``."""
        return self.place.split(" ")[0]

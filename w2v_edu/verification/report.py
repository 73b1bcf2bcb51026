"""What a verification found: one record a row of the ledger, as a table and as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from w2v_edu.ledger import Equation
from w2v_edu.ledger.check import TOLERANCES

__all__ = ["WITNESSES", "Finding", "Report", "Row"]

WITNESSES = {
    "sides": "the other side of the equation",
    "central": "central differences of the loss",
    "complex": "the complex step of the loss",
    "reference": "the quantity that the reference keeps",
    "batch": "the quantity that the batched path keeps",
}


@dataclass(frozen=True)
class Finding:
    """One row of the ledger held against one witness at one case.

    Attributes
    ----------
    number : str
        Of the equation.
    witness : str
        One of `WITNESSES`.
    error : float
        max|a - b| / max|b| of the two arrays; infinity where they cannot be compared.
    where : str
        Input side, objective and source of the case, for people.
    """

    number: str
    witness: str
    error: float
    where: str

    @property
    def ok(self) -> bool:
        """Whether the error is within the tolerance of its witness."""
        return self.error <= TOLERANCES[self.witness]


@dataclass(frozen=True)
class Row:
    """Everything that was found about one equation.

    Attributes
    ----------
    equation : Equation
        The row of the ledger.
    grade : str
        proved, checked, defined or said: never better than what was done here.
    findings : tuple of Finding
        Empty for a row that is only said.
    seconds : float or None
        What its proof took, where there is one.
    assumption : str
        What the proof needs, in words; empty if nothing.
    """

    equation: Equation
    grade: str
    findings: tuple[Finding, ...]
    seconds: float | None = None
    assumption: str = ""

    @property
    def ok(self) -> bool:
        """Whether every finding is within its tolerance, and a row that claims numbers has some."""
        return all(found.ok for found in self.findings) and (bool(self.findings) or self.grade == "said")

    @property
    def worst(self) -> dict[str, float]:
        """The largest error against each witness that was asked."""
        worst: dict[str, float] = {}
        for found in self.findings:
            worst[found.witness] = max(found.error, worst.get(found.witness, 0.0))
        return worst

    @property
    def points(self) -> int:
        """At how many models it was checked."""
        return len({found.where for found in self.findings})

    @property
    def failure(self) -> Finding | None:
        """The finding that is furthest outside its tolerance, if one is."""
        wrong = [found for found in self.findings if not found.ok]
        return max(wrong, key=lambda found: found.error / TOLERANCES[found.witness], default=None)

    def as_json(self) -> dict[str, Any]:
        """Keys and numbers that JSON can hold."""
        failure = self.failure
        return {
            "document": self.equation.document,
            "number": self.equation.number,
            "section": self.equation.section,
            "latex": self.equation.latex,
            "grade": self.grade,
            "ok": self.ok,
            "worst": {witness: _number(error) for witness, error in self.worst.items()},
            "points": self.points,
            "proof_seconds": self.seconds,
            "assumption": self.assumption,
            "failure": None if failure is None else f"{failure.where}: {failure.witness} {failure.error:.1e}",
            "note": self.equation.note,
        }


@dataclass(frozen=True)
class Report:
    """All rows, and what they were checked on.

    Attributes
    ----------
    rows : tuple of Row
        In the order of the ledger.
    models : int
        How many models, random ones and those from the text.
    source : str
        "random", or the name of the text.
    seconds : float
        What the verification took.
    """

    rows: tuple[Row, ...]
    models: int
    source: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether every row holds."""
        return all(row.ok for row in self.rows)

    def row(self, number: str) -> Row:
        """The row of this number."""
        return next(row for row in self.rows if row.equation.number == number)

    def wrong(self) -> tuple[str, ...]:
        """The numbers of the equations that do not hold."""
        return tuple(row.equation.number for row in self.rows if not row.ok)

    def counts(self) -> dict[str, int]:
        """How many rows have each grade."""
        grades = [row.grade for row in self.rows]
        return {grade: grades.count(grade) for grade in ("proved", "checked", "defined", "said")}

    def to_json(self) -> str:
        """The whole report as JSON."""
        body = {
            "equations": [row.as_json() for row in self.rows],
            "ok": self.ok,
            "models": self.models,
            "source": self.source,
            "seconds": round(self.seconds, 3),
            "grades": self.counts(),
            "tolerance": TOLERANCES,
        }
        return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _number(error: float) -> float | str:
    """JSON has no infinity."""
    return error if error != float("inf") else "infinite"

"""What holds beyond single equations, for general sizes: each theorem is a list of steps that the prover
checks, with the argument that ties them together and the conditions under which it is true.
"""

from dataclasses import dataclass
from functools import cached_property
from html import escape

from .decide import Verdict, decide
from .goals import Goal
from .mathml import mathml

__all__ = ["Step", "Theorem"]


@dataclass(frozen=True, eq=False)
class Step:
    """One step: what it says, in LaTeX inside prose, and the equation that the prover decides."""

    says: str
    goal: Goal


@dataclass(frozen=True, eq=False)
class Theorem:
    """A theorem with its proof.

    Attributes
    ----------
    name, statement : the statement has LaTeX between dollars.
    conditions : under which it holds; told with it, always.
    steps : equations, each decided by the prover.
    argument : why the steps give the statement.
    """

    name: str
    statement: str
    steps: tuple[Step, ...]
    argument: str
    conditions: str = ""

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the prover says to each step."""
        return tuple(decide(step.goal) for step in self.steps)

    @property
    def proved(self) -> bool:
        """Is every step proved, without any further assumption?"""
        return all(v.proved and not v.assumptions for v in self.verdicts)

    def _repr_html_(self) -> str:
        """For notebooks and pages: statement, conditions, steps with their verdicts."""
        items = "".join(
            f"<li>{shown(s.says)} <em>({v.status})</em></li>"
            for s, v in zip(self.steps, self.verdicts, strict=True)
        )
        under = f"<p><em>Conditions.</em> {shown(self.conditions)}</p>" if self.conditions else ""
        head = f"<p><strong>{escape(self.name)}.</strong> {shown(self.statement)}</p>{under}"
        return f'<div class="theorem">{head}<ol>{items}</ol><p>{shown(self.argument)}</p></div>'


def shown(prose: str) -> str:
    """Prose with its formulas as MathML."""
    parts = prose.split("$")
    return "".join(mathml(p, display=False) if n % 2 else escape(p) for n, p in enumerate(parts))

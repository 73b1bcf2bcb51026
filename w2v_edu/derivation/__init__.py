"""Derivations: chains of lines in LaTeX, each step with its named rule, proved, shown and evaluated; and the
lines that a student writes, checked one after another.

Importing this package does not import SymPy; checking does.
"""

from typing import TYPE_CHECKING, Any

from w2v_edu.derivation.derivation import Derivation, Step

if TYPE_CHECKING:
    from w2v_edu.derivation.lines import check_lines

__all__ = ["Derivation", "Step", "check_lines"]


def __getattr__(name: str) -> Any:
    if name == "check_lines":
        from w2v_edu.derivation.lines import check_lines

        return check_lines
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

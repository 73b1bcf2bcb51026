"""Derivations: chains of lines in LaTeX, each step with its named rule, proved, shown and evaluated; and the
lines that a student writes, checked one after another.

Importing this package does not import SymPy; checking a derivation does.
"""

from w2v_edu.derivation.derivation import Derivation

__all__ = ["Derivation", "check_lines"]

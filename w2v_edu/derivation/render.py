"""A derivation for people: aligned LaTeX that KaTeX and MathJax both accept, and HTML with MathML."""

from html import escape

from w2v_edu.derivation.derivation import Derivation
from w2v_edu.symbolic.mathml import mathml

__all__ = ["aligned", "html", "latex"]


def aligned(d: Derivation) -> str:
    """``\\begin{aligned} a &= b && \\text{rule} \\\\ ... \\end{aligned}``."""
    rows = []
    for n, step in enumerate(d.steps):
        rule = rf" && \text{{{step.by}}}" if step.by else ""
        rows.append(f"{d.start if n == 0 else ''} &= {step.tex}{rule}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def latex(d: Derivation) -> str:
    """For a notebook: the lines as a display."""
    return f"$$\n{aligned(d)}\n$$"


def html(d: Derivation) -> str:
    """A table of MathML, one row a step, that needs no script: for notebooks and for pages that stand alone."""
    checked = d.check()
    rows = []
    for n, s in enumerate(checked.steps):
        left = mathml(d.start, display=False) if n == 0 else ""
        mark = "✓" if s.ok else "✗" if s.verdict.status == "wrong" else "?"
        rule = escape(s.rule) + ("" if s.follows or not s.step.by else " (not by this rule)")
        rows.append(
            f'<tr class="{escape(s.verdict.status)}"><td>{left}</td><td>=</td>'
            f"<td>{mathml(s.step.tex, display=False)}</td><td>{rule}</td>"
            f'<td title="{escape(s.verdict.status)}">{mark}</td></tr>'
        )
    title = f"<caption>{escape(d.title)}</caption>" if d.title else ""
    needs = "; ".join(checked.assumptions)
    foot = f'<tfoot><tr><td colspan="5">if {escape(needs)}</td></tr></tfoot>' if needs else ""
    return f'<table class="derivation">{title}<tbody>{"".join(rows)}</tbody>{foot}</table>'

"""A derivation for people: aligned LaTeX that KaTeX and MathJax both accept, and HTML with MathML."""

from html import escape

from w2v_edu.derivation.derivation import Derivation
from w2v_edu.symbolic.mathml import mathml

__all__ = ["aligned", "html", "large", "latex"]

CELL = "vertical-align: middle; text-align: left; padding: 0.2em 0.3em"


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


def large(tex: str) -> str:
    """MathML in the size of a display, on the line."""
    return mathml(tex, display=False).replace("<math>", '<math displaystyle="true">')


def html(d: Derivation) -> str:
    """A table of MathML, one row a step, that needs no script: for notebooks and other pages."""
    checked = d.check()
    rows = []
    for n, s in enumerate(checked.steps):
        left = large(d.start) if n == 0 else ""
        mark = "✓" if s.ok else "✗" if s.verdict.status == "wrong" else "?"
        rule = escape(s.rule) + ("" if s.follows or not s.step.by else " (not by this rule)")
        cells = (left, "=", large(s.step.tex), rule, mark)
        row = "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells)
        rows.append(f'<tr class="{escape(s.verdict.status)}" title="{escape(s.verdict.status)}">{row}</tr>')
    title = f"<caption>{escape(d.title)}</caption>" if d.title else ""
    needs = "; ".join(checked.assumptions)
    foot = f'<tfoot><tr><td colspan="5">if {escape(needs)}</td></tr></tfoot>' if needs else ""
    return f'<table class="derivation">{title}<tbody>{"".join(rows)}</tbody>{foot}</table>'

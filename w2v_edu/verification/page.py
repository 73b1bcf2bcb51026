"""A report as one page that needs nothing else: formulas, verdicts, and three pictures."""

from html import escape
from importlib import resources

from w2v_edu.corpus import Corpus
from w2v_edu.ledger.check import TOLERANCES
from w2v_edu.symbolic.mathml import mathml
from w2v_edu.verification.pictures import Picture, pictures
from w2v_edu.verification.proofs_page import derivations, theorems
from w2v_edu.verification.report import WITNESSES, Report, Row
from w2v_edu.verification.table import summary

__all__ = ["page"]

GRADES = {
    "proved": "true for every V, N, C, K and path length, by the prover; and the numbers agree",
    "checked": "the numbers agree at random sizes",
    "defined": "a definition; its numbers agree with those that the trace keeps",
    "said": "a sentence in symbols, with nothing to compute",
}
COLUMNS = ("sides", "central", "complex", "reference", "batch")


def page(report: Report, corpus: Corpus, seed: int = 0) -> str:
    """The report as HTML.

    Parameters
    ----------
    report : Report
    corpus : Corpus
        The pictures are of its words.
    seed : int
        Of the model in the pictures.

    Returns
    -------
    str
        A whole document: no script, no network.
    """
    verdict, klass = ("Everything holds", "ok") if report.ok else ("Not everything holds", "wrong")
    body = "\n".join(
        [
            f"<header><h1>The equations of word2vec, checked</h1><p class='verdict {klass}'>{verdict}</p>",
            f"<p>{escape(summary(report))}</p></header><main>",
            _legend(report),
            "<h2>Equation by equation</h2>",
            _table(report),
            theorems(),
            derivations(),
            "<h2>How far to trust a numerical derivative</h2>",
            *(_figure(picture) for picture in pictures(corpus, seed)),
            "</main>",
        ]
    )
    style = resources.files("w2v_edu.verification").joinpath("page.css").read_text(encoding="utf-8")
    return DOCUMENT.format(style=style, body=body)


def _legend(report: Report) -> str:
    counts = report.counts()
    grades = "".join(
        f"<dt class='grade {name}'>{name} ({counts[name]})</dt><dd>{escape(text)}</dd>"
        for name, text in GRADES.items()
    )
    witnesses = "".join(
        f"<dt>{name}, at most {TOLERANCES[name]:.0e}</dt><dd>against {escape(text)}</dd>"
        for name, text in WITNESSES.items()
    )
    return (
        f"<details><summary>What the grades and columns mean</summary><dl>{grades}</dl>"
        f"<p>Each number is the worst relative error, max|a - b| / max|b|, over all models:</p>"
        f"<dl>{witnesses}</dl></details>"
    )


def _table(report: Report) -> str:
    heads = "".join(f"<th scope='col'>{name}</th>" for name in COLUMNS)
    rows = "\n".join(_row(row) for row in report.rows)
    return (
        "<div class='wide' tabindex='0'><table><thead><tr><th scope='col'>eq.</th>"
        "<th scope='col'>formula</th><th scope='col'>grade</th><th scope='col'>models</th>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    equation, worst = row.equation, row.worst
    cells = "".join(_cell(name, _short(worst.get(name))) for name in COLUMNS)
    told = [f"<p class='says'>{escape(equation.says)}</p>"]
    if row.assumption:
        told.append(f"<p class='says'>Proved if {escape(row.assumption)}.</p>")
    if row.failure is not None:
        found = row.failure
        told.append(
            f"<p class='failure'>Wrong: {escape(found.where)}, relative error {found.error:.1e} against "
            f"{escape(WITNESSES[found.witness])}.</p>"
        )
    if equation.note:
        told.append(f"<p class='note'>In print: {escape(equation.note)}</p>")
    proof = f" <small>{row.seconds * 1000:.0f} ms</small>" if row.seconds is not None else ""
    klass = "" if row.ok else " class='wrong'"
    return (
        f"<tr id='eq-{equation.number}'{klass}><th scope='row'>({equation.number})</th>"
        f"<td class='formula' tabindex='0'>{mathml(equation.full)}{''.join(told)}</td>"
        f"<td class='grade {row.grade}'>{'' if row.ok else 'not '}{row.grade}{proof}</td>"
        f"{_cell('models', str(row.points or ''))}{cells}</tr>"
    )


def _cell(name: str, text: str) -> str:
    """A number; on a narrow screen its name stands before it, and empty cells are gone."""
    return f"<td class='number' data-name='{name}'>{text}</td>"


def _figure(picture: Picture) -> str:
    return f"<figure>{picture.svg}<figcaption>{escape(picture.caption)}</figcaption></figure>"


def _short(error: float | None) -> str:
    return "" if error is None else f"{error:.0e}" if error else "0"


DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The equations of word2vec, checked</title>
<style>{style}</style></head>
<body>
{body}
</body></html>
"""

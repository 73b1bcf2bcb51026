"""A report as a table for the terminal: one line an equation."""

from collections.abc import Iterator

from w2v_edu.ledger.check import TOLERANCES
from w2v_edu.verification.report import WITNESSES, Report, Row

__all__ = ["summary", "table"]

COLUMNS = ("central", "complex", "reference", "batch")


def table(report: Report) -> str:
    """The whole report: grade, models and worst errors of each equation, then the verdict."""
    head = f"  {'eq.':>8}  {'grade':8} {'models':>6}  {' '.join(f'{name:>9}' for name in COLUMNS)}  says"
    lines = [line for row in report.rows for line in _lines(row)]
    return "\n".join([head, "-" * 118, *lines, "", summary(report)])


def summary(report: Report) -> str:
    """How many rows have each grade, and whether everything holds."""
    counts = ", ".join(f"{count} {grade}" for grade, count in report.counts().items() if count)
    wrong = ", ".join(f"({number})" for number in report.wrong())
    return (
        f"{len(report.rows)} equations: {counts}; at {report.models} models ({report.source}), "
        f"in {report.seconds:.1f} s.\n" + (f"These do not hold: {wrong}." if wrong else "Everything holds.")
    )


def _lines(row: Row) -> Iterator[str]:
    worst = row.worst
    errors = " ".join(f"{_short(worst.get(name)):>9}" for name in COLUMNS)
    mark, number = " " if row.ok else "X", f"({row.equation.number})"
    yield f"{mark} {number:>8}  {row.grade:8} {row.points or '':>6}  {errors}  {row.equation.says}"
    if row.assumption:
        yield f"{'':40}if {row.assumption}"
    if (found := row.failure) is not None:
        yield (
            f"{'':11}WRONG: {found.where}: relative error {found.error:.1e} against "
            f"{WITNESSES[found.witness]} (at most {TOLERANCES[found.witness]:.0e} expected)"
        )
    elif not row.ok:
        yield f"{'':11}WRONG: nothing could be compared"


def _short(error: float | None) -> str:
    return "" if error is None else f"{error:.0e}" if error else "0"

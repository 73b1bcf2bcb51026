"""The numbered equations, as data: Rong's 85 and those of NCE.

``LEDGER`` has all rows in order; :func:`equation` finds one by number, :func:`analogue` the row with the
same quantity for another model.
"""

from w2v_edu.errors import W2VError

from . import nce, rong
from .equation import Equation
from .rong import JULY_2016, SLIDES

__all__ = ["JULY_2016", "LEDGER", "SLIDES", "Equation", "analogue", "equation", "rows_for"]

LEDGER: tuple[Equation, ...] = (*rong.ROWS, *nce.ROWS)
_BY_NUMBER = {row.number: row for row in LEDGER}


def equation(number: str | int) -> Equation:
    """The row with this number, v4's for Rong's paper: ``"12"``, ``"(12)"``, 12, ``"nce-2"``.

    Raises
    ------
    W2VError
        If no row has this number.

    Examples
    --------
    >>> equation("(8)").says
    'the prediction error of output unit j; t_j = 1 where j = j*, else 0'
    """
    key = str(number).strip().strip("()")
    if key not in _BY_NUMBER:
        raise W2VError(
            f"there is no equation ({key}); the paper has (1) to (85), NCE (nce-1) to ({nce.ROWS[-1].number})"
        )
    return _BY_NUMBER[key]


def analogue(number: str | int, input_side: str, objective: str) -> Equation | None:
    """The row with the same quantity for this model: the row itself if it speaks about it, None if there is
    none.

    Examples
    --------
    >>> analogue("12", "cbow", "hierarchical").number
    '53'
    """
    row = equation(number)
    if row.where(input_side, objective):
        return row
    for key in (f"{input_side}/{objective}", objective, input_side):
        other = row.instead.get(key)
        if other is not None and _BY_NUMBER[other].where(input_side, objective):
            return _BY_NUMBER[other]
    return None


def rows_for(input_side: str, objective: str) -> tuple[Equation, ...]:
    """All rows that speak about this model, in order."""
    return tuple(row for row in LEDGER if row.where(input_side, objective))

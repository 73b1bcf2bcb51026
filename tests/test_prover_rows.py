"""The ledger, proved from its own LaTeX; theorems; the same on every hash seed."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import escape

import pytest

from w2v_edu.ledger import LEDGER, Equation, equation
from w2v_edu.symbolic import theorems_models, theorems_optima
from w2v_edu.symbolic.proofs import Proof, goals_of_row, prove
from w2v_edu.symbolic.theorems import Theorem

CHECKED = [row for row in LEDGER if row.grade in ("checked", "proved")]
DIFFERENT = {"23", "56", "58", "59", "nce-5", "nce-6"}
THEOREMS = [getattr(m, name) for m in (theorems_models, theorems_optima) for name in m.__all__]


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: f"eq{row.number}")
def test_row_is_proved_in_all_its_models(row: Equation) -> None:
    proof = prove(row)
    assert proof.verdict == "proved", proof.detail
    assert proof.models == row.models
    assert bool(proof.assumption) == (row.number in DIFFERENT)
    assert proof.general == bool(row.general)


def test_enough_rows_are_proved() -> None:
    assert sum(row.document == "rong" for row in CHECKED) >= 55


def test_what_is_only_said_is_not_proved() -> None:
    assert prove(equation("5")) == Proof("5", "said")


@pytest.mark.parametrize(
    ("number", "right", "wrong"),
    [
        ("8", "y_j-t_j", "y_j+t_j"),
        ("12", "e_j", "y_j"),
        ("14", "x_k", "x_i"),
        ("17", r"\frac1C", r"\frac1V"),
        ("23", r"\frac1C", r"\frac1N"),
        ("31", "e_{c,j}", "y_{c,j}"),
        ("49", "-t_j", "+t_j"),
        ("57", "-t_j", ""),
        ("72", "y(1-y)", "y(1+y)"),
        ("84", "x_k", "w_{ki}"),
    ],
)
def test_a_row_with_a_misprint_is_refuted(number: str, right: str, wrong: str) -> None:
    row = equation(number)
    assert right in row.latex
    try:
        proof = prove(replace(row, latex=row.latex.replace(right, wrong), general=""))
    except ValueError:
        return  # the reader refuses it: an index of the wrong kind
    assert proof.verdict == "wrong"


@pytest.mark.parametrize("make", THEOREMS, ids=lambda make: make.__name__)
def test_theorem(make: object) -> None:
    theorem = make()  # type: ignore[operator]
    assert isinstance(theorem, Theorem)
    assert [v.status for v in theorem.verdicts] == ["proved"] * len(theorem.steps)
    assert theorem.proved
    page = theorem._repr_html_()
    assert escape(theorem.name) in page
    assert "$" not in page
    assert ET.fromstring(page).tag == "div"


def test_the_conditions_of_the_sgns_optimum_are_told() -> None:
    told = theorems_optima.sgns_optimum().conditions
    assert "observed pairs" in told
    assert "redrawn" in told


def test_a_theorem_does_not_cover_for_a_misprint() -> None:
    row = equation("43")
    assert prove(row).method == "The leaves' probabilities sum to one"
    assert prove(replace(row, latex=row.latex.replace("=1", "=2"))).verdict == "unproved"


def test_a_row_is_read_in_every_model() -> None:
    assert len(goals_of_row(equation("8"), "cbow/softmax")) == 2


SCRIPT = """
from w2v_edu.ledger import LEDGER
from w2v_edu.symbolic.proofs import prove
for row in LEDGER[::9]:
    p = prove(row)
    print(p.number, p.verdict, p.assumption, p.general)
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.symbolic.steps import recognise
from w2v_edu.derivation.check import goals_between
d = AUTHORED["one-word/softmax/dE_du"]()
for before, after in zip(d.sides, d.sides[1:]):
    print(recognise(goals_between(d.setting, before, after)[0]))
from w2v_edu.symbolic.theorems_optima import convex_with_one_side_fixed
print([v.status for v in convex_with_one_side_fixed().verdicts])
"""


def test_the_same_under_every_hash_seed() -> None:
    outputs = set()
    for seed in ("0", "1", "2026"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1

"""What the prover does not use, and who does not use the prover."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import w2v_edu

ROOT = Path(w2v_edu.__file__).parent
ROOMS = (*(ROOT / "symbolic").rglob("*.py"), *(ROOT / "derivation").rglob("*.py"))
FILES = sorted(path for path in ROOMS if "sympy" in path.read_text(encoding="utf-8"))
FORBIDDEN = {
    "MatrixSymbol",
    "simplify",
    "doit",
    "subs",
    "sympify",
    "parse_latex",
    "parse_expr",
    "eval",
    "lambdify",
}
NORMALISER = {"normal", "functions", "sums", "poly", "rational", "kronecker", "differentiate"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_shortcut_of_sympy_is_taken(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names}
    assert not names & FORBIDDEN


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return {str(name) for name in found}


@pytest.mark.parametrize("name", ["certify", "points", "jets"])
def test_the_judge_shares_no_code_with_the_normaliser(name: str) -> None:
    assert not imported(ROOT / "symbolic" / f"{name}.py") & NORMALISER


def test_sheets_and_ledger_do_without_sympy() -> None:
    script = (
        "import sys, w2v_edu.ledger, w2v_edu.objectives, w2v_edu.symbolic.settings;"
        "assert not {'sympy', 'mpmath'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)

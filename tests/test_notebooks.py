"""The notebooks run from top to bottom, script and .ipynb are one, every equation stands in some cell."""

import ast
import asyncio
import html
import inspect
import json
import linecache
import re
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from tests.notebook_answers import ANSWERS
from w2v_edu.homework import Report, check
from w2v_edu.ledger import LEDGER

FOLDER = Path(__file__).parents[1] / "notebooks"
SCRIPTS = sorted(FOLDER.glob("*.py"))
NAMES = [script.stem for script in SCRIPTS]


class Cell(NamedTuple):
    """One cell of a notebook; `source` of Markdown without the comment marks."""

    kind: str
    tags: tuple[str, ...]
    source: str
    line: int


def cells(script: Path) -> list[Cell]:
    """The cells of a py:percent script."""
    found: list[Cell] = []
    lines: list[str] = []
    head, start = "", 0
    for number, line in enumerate([*script.read_text(encoding="utf-8").splitlines(), "# %%"], 1):
        if not line.startswith("# %%"):
            lines.append(line)
            continue
        if head:
            kind = "markdown" if "[markdown]" in head else "code"
            bare = [re.sub(r"^# ?", "", one) for one in lines] if kind == "markdown" else lines
            text = "\n".join(bare)
            tags = tuple(json.loads(match[1])) if (match := re.search(r"tags=(\[.*\])", head)) else ()
            found.append(Cell(kind, tags, text.strip("\n"), start))
        head, start, lines = line, number, []
    return found


def execute(script: Path) -> list[Any]:
    """Run the cells one after another in this process, and show the last value of each, as Jupyter would."""
    module = ModuleType(f"notebook_{script.stem}")
    shown = []
    for cell in cells(script):
        if cell.kind != "code":
            continue
        name = f"{script.name}, cell at line {cell.line}"
        linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(keepends=True), name)
        tree = ast.parse(cell.source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), module.__dict__)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), name, "eval"), module.__dict__)
            assert as_html(value) or repr(value), name
            shown.append(value)
    return shown


def as_html(value: Any) -> str:
    """What Jupyter shows of a value, if it can show itself."""
    return str(value._repr_html_()) if hasattr(value, "_repr_html_") else ""


def unescaped(math: str) -> str:
    """Named characters of HTML as themselves; XML knows five of them."""
    return re.sub(r"&(?!amp|lt|gt|quot|apos|#)\w+;", lambda found: html.unescape(found[0]), math)


def answers_in(script: Path) -> list[str]:
    """What the checks of a notebook's exercises say, before anything is answered."""
    return [value.verdict for value in execute(script) if isinstance(value, Report)]


def equation_tag(number: str) -> str:
    """The cell tag of a row of the ledger: eq-08, eq-nce-1."""
    return f"eq-{number:>02}" if number.isdigit() else f"eq-{number}"


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_it_runs_from_top_to_bottom(script: Path) -> None:
    shown = execute(script)
    assert len(shown) >= 5
    formulas = [math for value in shown for math in re.findall(r"<math.*?</math>", as_html(value), re.S)]
    assert all(broken(ElementTree.fromstring(unescaped(math))) == [] for math in formulas)


CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mfrac": 2}


def broken(formula: ElementTree.Element) -> list[str]:
    """The elements of a formula that lack children, or have too many: browsers show them askew."""
    return [one.tag for one in formula.iter() if len(one) != CHILDREN.get(one.tag, len(one))]


def test_a_broken_formula_is_seen() -> None:
    whole = "<math><msub><mi>w</mi><mrow><mi>k</mi><mi>i</mi></mrow></msub></math>"
    assert broken(ElementTree.fromstring(whole)) == []
    assert broken(ElementTree.fromstring(whole.replace("<mrow>", "").replace("</mrow>", ""))) == ["msub"]


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_it_is_made_for_a_class(script: Path) -> None:
    text = [cell.source for cell in cells(script) if cell.kind == "markdown"]
    code = [cell.source for cell in cells(script) if cell.kind == "code"]
    assert text[0].startswith(f"# {int(script.name[:2])}. ") and "You will be able to" in text[0]
    assert sum("**Predict.**" in one for one in text) >= (1 if script.name.startswith("00") else 2)
    assert "## Exercises" in "\n".join(text[-8:]).splitlines()
    assert max(len(one.splitlines()) for one in code) <= 30, "one thought a cell"


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_the_ipynb_is_the_script_without_outputs(script: Path) -> None:
    notebook = json.loads(script.with_suffix(".ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    mine = [(cell.kind, cell.tags, cell.source) for cell in cells(script)]
    theirs = [
        (cell["cell_type"], tuple(cell["metadata"].get("tags", ())), "".join(cell["source"]).strip("\n"))
        for cell in notebook["cells"]
    ]
    assert theirs == mine, "run: jupytext --to ipynb --update --set-kernel python3 notebooks/*.py"
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])


def test_every_equation_stands_in_some_cell() -> None:
    tags = {tag for script in SCRIPTS for cell in cells(script) for tag in cell.tags}
    expected = {equation_tag(row.number) for row in LEDGER}
    assert not expected - tags and not {tag for tag in tags if tag.startswith("eq-")} - expected


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_a_shown_equation_has_its_tag(script: Path) -> None:
    for cell in cells(script):
        numbers = re.findall(r'(?:\bshow\(\w+, |\bequation\(|\brow\()"([\w-]+)"', cell.source)
        for number in numbers if cell.kind == "code" else ():
            assert equation_tag(number) in cell.tags, f"{script.name}, line {cell.line}"


EXERCISES = [(name, k) for name in NAMES for k in range(len(ANSWERS.get(name, ())))]


@pytest.mark.parametrize(("name", "k"), EXERCISES, ids=[f"{name}-{k}" for name, k in EXERCISES])
def test_a_right_answer_to_an_exercise_is_called_right(name: str, k: int) -> None:
    answer, options = ANSWERS[name][k]
    report = check(answer, **options)
    assert report.correct and not report.stability, report.text
    asked, given = answer.__name__, ", ".join(inspect.signature(answer).parameters)
    code = [cell.source for cell in cells(FOLDER / f"{name}.py") if cell.kind == "code"]
    assert any(f"def {asked}({given}):" in one and f"check({asked}" in one for one in code)


def test_an_unanswered_exercise_is_called_unfinished() -> None:
    assert answers_in(FOLDER / "02_one_word.py") == ["not finished"] * 3


def run_in_a_kernel(script: Path) -> list[Any]:
    """The outputs of a notebook, run by Jupyter's own kernel."""
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    notebook = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    resources = {"metadata": {"path": str(FOLDER)}}
    run = client.NotebookClient(notebook, timeout=100, kernel_name="python3", resources=resources)
    asyncio.run(run.async_execute())
    return [out for cell in notebook.cells for out in cell.get("outputs", ())]


@pytest.mark.slow
def test_all_run_in_a_real_kernel_in_two_minutes() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ThreadPoolExecutor(2) as pool:
        outputs = dict(zip(NAMES, pool.map(run_in_a_kernel, SCRIPTS), strict=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name, shown in outputs.items():
        assert any("text/html" in out.get("data", {}) for out in shown), name
        assert not any(out.output_type == "stream" and out.name == "stderr" for out in shown), name
    # Processor time: what other programs on the machine do does not count.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 120

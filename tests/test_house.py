"""The laws of the house that a machine can read: floors, names, numbers, and what is never called."""

import ast
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

import w2v_edu
from w2v_edu.__main__ import COMMANDS

ROOT = Path(w2v_edu.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
FLOORS = {
    -1: ["errors"],
    0: ["functions", "finite", "counts", "files", "notation"],
    1: ["model", "tree", "noise", "backprop", "symbolic"],
    2: ["objectives", "corpus", "ngrams"],
    3: ["reference", "fast", "ledger"],
    4: ["display", "derivation"],
    5: ["verification"],
    6: ["comparison", "homework"],
    7: ["commands", "__main__"],
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
NEVER = {"eval", "exec", "sympify", "parse_expr", "parse_latex", "compile"}
NEVER_IMPORTED = {"pickle", "shelve", "marshal", "dill"}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def room_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree):
    """The modules of this project that a file imports, absolutely."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                assert node.level == 1, "a relative import stays in its room"
            elif node.module == "w2v_edu":
                yield from (f"w2v_edu.{alias.name}" for alias in node.names)
            elif node.module and node.module.startswith("w2v_edu."):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("w2v_edu."))


@each_file
def test_a_module_imports_from_lower_floors_only(path):
    room = room_of(path)
    if room == "__init__":
        return
    for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
        other = module.split(".")[1]
        assert other == room or FLOOR_OF[other] < FLOOR_OF[room], f"{room} imports {module}"


def test_sheets_do_not_import_one_another():
    sheets = {"softmax", "hierarchical", "negative", "nce"}
    for name in sheets:
        tree = ast.parse((ROOT / "objectives" / f"{name}.py").read_text(encoding="utf-8"))
        others = {module.split(".")[-1] for module in imported(tree)} & sheets
        assert not others, f"{name} imports {others}"


@each_file
def test_nothing_strange_is_ever_run(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            allowed = "sandbox" in path.name or "runner" in path.name  # the separate, limited process
            assert allowed or node.func.id not in NEVER, f"{path.name}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            assert not NEVER_IMPORTED & {name.split(".")[0] for name in names}, f"{path.name}:{node.lineno}"


@each_file
def test_the_library_keeps_quiet_and_leaves_global_state_alone(path):
    if room_of(path) in ("commands", "__main__"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split("(")[0]
            speaks = called in ("print", "warnings.warn", "input")
            allowed = path.stem in ("sandbox_runner", "worker")  # processes of their own: they report by pipe
            assert allowed or not speaks, f"{path.name}:{node.lineno} calls {called}"
            if called.startswith("np.random."):
                assert called in ("np.random.default_rng", "np.random.Generator", "np.random.PCG64"), called


@each_file
def test_equation_numbers_in_comments_exist(path):
    """`# (8)` at the end of a line means equation 8 of the paper; there are 85."""
    with path.open("rb") as file:
        comments = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
    for comment in comments:
        for found in re.findall(r"(?<![\w)])\((\d{1,3})\)", comment.string):
            where = f"{path.name}:{comment.start[0]}"
            assert 1 <= int(found) <= 85, f"{where} names equation ({found})"


def test_rooms_and_public_names_never_clash():
    rooms = {path.stem for path in ROOT.iterdir() if path.stem != "__init__"}
    assert not rooms & set(w2v_edu.__all__)


@pytest.mark.parametrize("name", w2v_edu.__all__)
def test_every_public_name_loads_and_is_documented(name):
    assert getattr(w2v_edu, name).__doc__
    assert name in dir(w2v_edu)


def test_an_unknown_name_is_said():
    with pytest.raises(AttributeError, match="has no name 'word2vec'"):
        w2v_edu.word2vec  # noqa: B018


def loaded_after(statement):
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return set(out.split())


def test_importing_costs_what_numpy_costs():
    """Nothing but this one file is loaded on top of NumPy: the cost is a count here, not a time."""
    extra = loaded_after("import w2v_edu") - loaded_after("import numpy")
    assert extra == {"w2v_edu"}


@pytest.mark.parametrize("heavy", ["sympy", "matplotlib", "scipy"])
def test_heavy_packages_are_loaded_only_where_used(heavy):
    assert heavy not in loaded_after(
        "import w2v_edu; w2v_edu.trace, w2v_edu.batch_trace, w2v_edu.load_corpus"
    )


NOT_TO_START = {"sympy", "mpmath", "matplotlib", "scipy", "multiprocessing", "joblib", "dask", "IPython"}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_waits_for_what_it_may_not_need(command):
    code = f"from w2v_edu.__main__ import _parser; _parser(['{command}'])"
    loaded = loaded_after(code)
    assert f"w2v_edu.commands.{command}" in loaded
    assert not NOT_TO_START & loaded


def test_an_equation_is_shown_without_a_symbolic_package():
    code = "import io, contextlib; from w2v_edu.__main__ import main\n"
    code += "with contextlib.redirect_stdout(io.StringIO()): assert main(['show', '--equation', '12']) == 0\n"
    assert not NOT_TO_START & loaded_after(f"exec({code!r})")

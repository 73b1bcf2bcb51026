"""A whole file: which functions it has, what each must compute, and a report on each."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from w2v_edu.errors import W2VError
from w2v_edu.homework.cs224n import course_question
from w2v_edu.homework.judge import judge
from w2v_edu.homework.kinds import KINDS
from w2v_edu.homework.question import Question, read_function
from w2v_edu.homework.report import Report
from w2v_edu.homework.sandbox import STANDARD, Limits, ask_file
from w2v_edu.homework.things import judge_thing, read_thing
from w2v_edu.homework.unfinished import why_unfinished

__all__ = ["FileReport", "check_file"]

LARGEST = 2 * 2**20  # bytes of a file that somebody may have written by hand


@dataclass(frozen=True)
class FileReport:
    """The reports on the functions of a file, and the names of those that nothing was asked about."""

    path: str
    functions: tuple[Report, ...]
    not_checked: tuple[str, ...] = ()

    @property
    def correct(self) -> bool:
        """Whether every function that was checked is right."""
        return all(report.correct for report in self.functions)

    @property
    def text(self) -> str:
        """One report after another."""
        said = [report.text for report in self.functions]
        if self.not_checked:
            said.append(f"Not checked: {', '.join(self.not_checked)}.")
        return "\n\n".join(said)

    def __str__(self) -> str:
        return self.text

    def points(self, most: float) -> float:
        """Points for the file: the functions count alike. A plain float."""
        return float(sum(report.points(most) for report in self.functions) / max(len(self.functions), 1))

    def as_dict(self) -> dict[str, Any]:
        """For a machine: ``{"file": .., "functions": [..]}``."""
        return {"file": self.path, "functions": [report.as_dict() for report in self.functions]}


def check_file(
    path: str | Path,
    *,
    notation: str | None = None,
    hint: int = 2,
    seed: int = 0,
    limits: Limits = STANDARD,
    only: str | None = None,
) -> FileReport:
    """Check every function of a file whose name and parameters say what it is.

    The file runs in processes of their own, under limits; it is never imported here.

    Parameters
    ----------
    path : str or Path
        A Python file.
    notation : str, optional
        The notation that its functions are written in; otherwise each is read by its own names.
    hint, seed : int
        As for `check`.
    limits : Limits
        Seconds and memory of each run.
    only : str, optional
        Check this function alone.

    Raises
    ------
    W2VError
        If the file cannot be read as Python 3, or holds no function that says what it is.
    """
    path = Path(path)
    tree = _parse(path)
    neighbours = tuple(_neighbours(path, tree))
    reports: list[Report] = []
    skipped: list[str] = []
    stopped: Report | None = None
    for function in _functions(tree):
        if only is not None and function.name != only:
            continue
        course = course_question(function.name, _parameters(function)) is not None
        thing = None if course else read_thing(KINDS, function.name, _parameters(function))
        question = _question(function, notation) if thing is None else None
        if question is None and thing is None:
            skipped.append(function.name)
            continue
        if stopped is not None:
            reports.append(replace(stopped, name=function.name))
            continue
        ask = ask_file(path, function.name, neighbours, limits)
        if question is not None:
            report = judge(question, ask, seed=seed, hint=hint, unfinished=why_unfinished(function))
        elif thing is not None:
            report = judge_thing(thing[0], function.name, thing[1], ask, seed=seed, hint=hint)
        reports.append(_with_default_K(report, function))
        if "while the file was read" in report.message:
            stopped = report
    if not reports:
        raise W2VError(_nothing(path, skipped))
    return FileReport(str(path), tuple(reports), tuple(skipped))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions at the top level, the last of each name: that is the one a call reaches."""
    last = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    yield from last.values()


def _parameters(function: ast.FunctionDef) -> list[tuple[str, bool, bool]]:
    arguments = function.args
    places = [*arguments.posonlyargs, *arguments.args]
    plain = len(places) - len(arguments.defaults)
    found = [(arg.arg, i >= plain, False) for i, arg in enumerate(places)]
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return found + [(arg.arg, default is not None, True) for arg, default in keywords]


def _question(function: ast.FunctionDef, notation: str | None) -> Question | None:
    parameters = _parameters(function)
    course = course_question(function.name, parameters)
    if course is not None:
        return course
    try:
        question = read_function(function.name, parameters, notation=notation)
    except W2VError:
        return None
    return question if question.quantities else None


def _with_default_K(report: Report, function: ast.FunctionDef) -> Report:
    """K is 10 in the course; another default is a convention."""
    places, defaults = function.args.args, function.args.defaults
    for arg, default in zip(places[len(places) - len(defaults) :], defaults, strict=True):
        if arg.arg == "K" and isinstance(default, ast.Constant) and default.value not in (10, None):
            return replace(
                report, convention=(*report.convention, f"K is {default.value!r} where it is not given")
            )
    return report


def _parse(path: Path) -> ast.Module:
    try:
        source = path.read_bytes()
    except OSError as error:
        raise W2VError(f"{path} cannot be read: {error.strerror}") from None
    if len(source) > LARGEST:
        raise W2VError(f"{path} has {len(source)} bytes: no homework is as large")
    try:
        return ast.parse(source, filename=str(path))
    except SyntaxError as error:
        raise W2VError(_syntax(path, error)) from None
    except (ValueError, RecursionError, MemoryError):
        raise W2VError(f"{path} is not a Python file") from None


PYTHON_2 = (
    "Missing parentheses in call to 'print'",
    "Missing parentheses in call to 'exec'",
    "multiple exception types",
)


def _syntax(path: Path, error: SyntaxError) -> str:
    message, text = str(error.msg or ""), str(error.text or "").strip()
    old = any(sign in message for sign in PYTHON_2) or "<>" in text or text.startswith(("print ", "raise "))
    if old:
        return (
            f"{path} is written for Python 2 (line {error.lineno}: {text[:60]}). This is Python 3: "
            "print needs brackets; `2to3 -w FILE` or a little editing changes the file"
        )
    return f"{path} is not valid Python (line {error.lineno}: {message}): {text[:60]}"


def _neighbours(path: Path, tree: ast.Module, depth: int = 2) -> Iterator[Path]:
    """Files beside this one that it imports, and those that they import."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    for name in sorted(names):
        file = path.with_name(f"{name}.py")
        if file.is_file() and file != path:
            yield file
            if depth > 0:
                try:
                    inner = _parse(file)
                except W2VError:
                    continue
                yield from (other for other in _neighbours(file, inner, depth - 1) if other != path)


def _nothing(path: Path, skipped: list[str]) -> str:
    if not skipped:
        return f"{path} has no function"
    return (
        f"{path}: no function says by its name and parameters what it computes ({', '.join(skipped)}); "
        "names such as dJ_dv_c(v_c, U, o) or naiveSoftmaxLossAndGradient(...) do"
    )

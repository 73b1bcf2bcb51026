"""Runs a student's file in a process of its own, under limits, and writes down what its functions give.

This is a script, started by `w2v_edu.homework.sandbox`; nothing imports it. It is told which function to call
with which arguments, never what is expected. Beside the standard library it needs NumPy, `wire.py` and
`stand_ins.py`.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import sys
import traceback
import types
import warnings
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def _load(name: str) -> types.ModuleType:
    """A neighbouring module by its path: the package itself is not imported here."""
    spec = importlib.util.spec_from_file_location(f"_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _limit(job: dict[str, Any]) -> None:
    """From here on: so much time, memory, file size and so many processes, and not more."""
    for what, amount in (
        ("RLIMIT_CPU", job["seconds"] + 1),
        ("RLIMIT_AS", job["memory"]),
        ("RLIMIT_FSIZE", job["file_size"]),
        ("RLIMIT_NPROC", job["processes"]),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, what, None)
        if kind is None or amount is None:
            continue
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue  # the system allows no such limit; the others still hold


class _Provided(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules of the course that the file imports and that do not lie beside it."""

    def __init__(self, modules: dict[str, types.ModuleType]) -> None:
        self.modules = modules

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name not in self.modules:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package="." not in name)

    def create_module(self, spec: Any) -> types.ModuleType:
        return self.modules[spec.name]

    def exec_module(self, module: types.ModuleType) -> None:
        """Everything is there already."""


def _line(error: BaseException, file: str) -> int:
    """The last line of the student's file on the way to the error."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
    return lines[-1] or 0 if lines else 0


def _failure(error: BaseException, file: str) -> dict[str, Any]:
    name = "MemoryError" if isinstance(error, MemoryError) else type(error).__name__
    line = _line(error, file)
    if isinstance(error, SyntaxError):
        line = error.lineno or 0
    try:
        message = str(error)[:400]
    except BaseException:  # its __str__ is the student's own
        message = ""
    return {"error": name, "message": message, "line": line}


def _call(function: Any, call: dict[str, Any], wire: Any, stand_ins: Any, file: str) -> dict[str, Any]:
    def made(value: Any) -> Any:
        return stand_ins.build(value.kind, value.data) if isinstance(value, wire.StandIn) else value

    arguments = tuple(made(wire.decode(value)) for value in call["positional"])
    keywords = {name: made(wire.decode(value)) for name, value in call["keywords"].items()}
    try:
        value = function(*arguments, **keywords)
        return {"value": wire.encode(value), "arguments": wire.encode(arguments)}
    except BaseException as error:  # whatever it raises, SystemExit included
        return _failure(error, file)


def main() -> None:
    """Read the job from standard input; write one line of JSON for each thing that is known."""
    job = json.loads(sys.stdin.buffer.read())
    wire, stand_ins, course = _load("wire"), _load("stand_ins"), _load("course_modules")
    out = os.fdopen(os.dup(1), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.chdir(job["folder"])
    sys.path.insert(0, job["folder"])
    sys.argv = [job["file"]]
    sys.meta_path.append(_Provided(course.modules()))
    sys.modules["w2v_edu"] = None  # type: ignore[assignment]  # the answers are not homework's to import
    warnings.simplefilter("ignore")
    for old, now in (("float", float), ("int", int), ("bool", bool), ("object", object)):
        if old not in vars(wire.np):  # names that NumPy had when the older course files were written
            setattr(wire.np, old, now)
    _limit(job)

    def say(record: dict[str, Any]) -> None:
        out.write(json.dumps(record) + "\n")

    file = job["file"]
    homework = types.ModuleType("homework")
    homework.__file__ = file
    sys.modules["homework"] = homework
    try:
        source = Path(file).read_bytes()
        exec(compile(source, file, "exec", dont_inherit=True), homework.__dict__)
    except BaseException as error:  # a file may stop itself in any way
        say({"load": _failure(error, file)})
        return
    say({"load": None})
    function = homework.__dict__.get(job["function"])
    for number, call in enumerate(job["calls"]):
        say({"number": number, **_call(function, call, wire, stand_ins, file)})
    say({"done": True})


if __name__ == "__main__":
    main()
    os._exit(0)  # what the file has left behind, such as threads, is not waited for

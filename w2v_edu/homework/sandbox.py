"""A separate, limited process for a file that a stranger wrote.

Limits of time, memory, file size and processes, an empty folder of its own, and, where the system allows it,
a process tree and a network of its own and a user that owns nothing. Limits are not a sandbox: who grades
strangers' files should do so in a container.
"""

import contextlib
import functools
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from w2v_edu.errors import W2VError
from w2v_edu.homework.answers import Ask, Outcome
from w2v_edu.homework.arguments import Call
from w2v_edu.homework.wire import decode, encode

__all__ = ["STANDARD", "Limits", "ask_file", "run"]

MOST_OUTPUT = 64 * 2**20  # bytes that a run may answer
MOST_PROCESSES = 24


@dataclass(frozen=True)
class Limits:
    """What one run of a student's file may use."""

    seconds: int = 10
    memory: int = 2 * 2**30
    file_size: int = 8 * 2**20


STANDARD = Limits()


def ask_file(path: Path, function: str, neighbours: Sequence[Path] = (), limits: Limits = STANDARD) -> Ask:
    """A way to ask a function of a file; each batch of calls is one process.

    Parameters
    ----------
    path : Path
        The file.
    function : str
        The function's name.
    neighbours : sequence of Path
        Other files that it imports, from beside it.
    limits : Limits
    """

    def ask(calls: Sequence[Call]) -> list[Outcome]:
        return run(path, function, calls, neighbours, limits)

    return ask


def run(
    path: Path,
    function: str,
    calls: Sequence[Call],
    neighbours: Sequence[Path] = (),
    limits: Limits = STANDARD,
) -> list[Outcome]:
    """Call a function of a file in a process of its own: one outcome a call, whatever happens there.

    Raises
    ------
    W2VError
        If this system has no limits for processes (Windows).
    """
    if os.name != "posix":
        raise W2VError(
            "checking a file needs Linux or macOS, where a process can be limited; check(f) works anywhere"
        )
    with tempfile.TemporaryDirectory(prefix="homework-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o777)
        for file in (path, *neighbours):
            shutil.copyfile(file, Path(folder) / file.name)
        job = {
            "file": str(Path(folder) / path.name),
            "folder": folder,
            "function": function,
            "seconds": limits.seconds,
            "memory": limits.memory,
            "file_size": limits.file_size,
            "processes": _task_limit(),
            "calls": [
                {
                    "positional": [encode(value) for value in call.positional],
                    "keywords": {name: encode(value) for name, value in call.keywords.items()},
                }
                for call in calls
            ],
        }
        records, ending = _watch(json.dumps(job).encode(), folder, limits.seconds)
    return _outcomes(records, ending, len(calls), limits)


def _watch(job: bytes, folder: str, seconds: float) -> tuple[list[dict[str, Any]], str]:
    """Start the process, hand it the job, read until it is done, late or too loud; leave none behind."""
    token = f"homework-{os.getpid()}-{time.monotonic_ns()}"
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "TMPDIR": folder,
        "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOMEWORK_RUN": token,
    }
    runner = str(Path(__file__).with_name("sandbox_runner.py"))
    process = subprocess.Popen(
        [*_wrapper(), sys.executable, "-I", runner],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(job)
            process.stdin.close()
        data, ending = _read(process, process.stdout.fileno(), seconds, token)
    finally:
        _end(process, token)
        process.stdout.close()
    return list(_records(data)), ending


def _read(process: "subprocess.Popen[bytes]", pipe: int, seconds: float, token: str) -> tuple[bytes, str]:
    deadline, data, looked = time.monotonic() + seconds, bytearray(), time.monotonic()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return bytes(data), "time"
        ready, _, _ = select.select([pipe], [], [], min(left, 0.05))
        if ready:
            chunk = os.read(pipe, 1 << 16)
            data += chunk
            if len(data) > MOST_OUTPUT:
                return bytes(data), "output"
            if data.endswith(b'{"done": true}\n'):
                return bytes(data), "done"
            if not chunk:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(min(left, 1.0))
                return bytes(data), _how(process)
        elif process.poll() is not None:
            return bytes(data), _how(process)
        if time.monotonic() - looked > 0.2:
            looked = time.monotonic()
            if len(_members(token)) > MOST_PROCESSES:
                return bytes(data), "processes"


def _how(process: "subprocess.Popen[bytes]") -> str:
    """What ended a process that was not done: the limit on its time, or itself."""
    code = process.returncode
    late = (-signal.SIGXCPU, 128 + signal.SIGXCPU)
    return "time" if code in late else "gone"


def _end(process: "subprocess.Popen[bytes]", token: str) -> None:
    """Kill the process, its group, and whatever it has started that left the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    for _ in range(100):
        members = _members(token)
        if not members:
            return
        for member in members:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(member, signal.SIGKILL)
        time.sleep(0.01)


def _members(token: str) -> list[int]:
    """The running processes that were started in this run, by a word in their environment (Linux)."""
    found, word = [], token.encode()
    for entry in Path("/proc").glob("[0-9]*") if Path("/proc").is_dir() else ():
        try:
            if word in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    """The lines that are JSON objects; anything else is noise."""
    for line in data.split(b"\n"):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _outcomes(records: list[dict[str, Any]], ending: str, count: int, limits: Limits) -> list[Outcome]:
    """One outcome for each call; what has no answer gets the reason why."""
    loads = [record["load"] for record in records if "load" in record]
    if loads and isinstance(loads[0], dict):
        return [_failed(loads[0], "while the file was read: ")] * count
    by_number: dict[int, Outcome] = {}
    for record in records:
        number = record.get("number")
        if type(number) is int and 0 <= number < count and number not in by_number:
            by_number[number] = _outcome(record)
    late = f"it did not come to an end within {limits.seconds} seconds"
    if not loads:
        late = f"while the file was read: {late}"
    reason = {
        "time": Outcome(error="TimeLimit", message=late),
        "output": Outcome(error="TooMuchOutput", message="its answers are too large"),
        "processes": Outcome(error="TooManyProcesses", message="it started one process after another"),
    }.get(ending, Outcome(error="ProcessEnded", message="the program ended in the middle of the call"))
    return [by_number.get(number, reason) for number in range(count)]


def _outcome(record: dict[str, Any]) -> Outcome:
    if "error" in record:
        return _failed(record, "")
    arguments = decode(record.get("arguments"))
    return Outcome(decode(record.get("value")), arguments=arguments if isinstance(arguments, tuple) else ())


def _failed(record: dict[str, Any], prefix: str) -> Outcome:
    line = record.get("line")
    error = "".join(c for c in str(record.get("error")) if c.isidentifier() or c.isdigit())[:60]
    message = "".join(c for c in str(record.get("message")) if c.isprintable())[:400]
    reserved = error in ("TimeLimit", "ProcessEnded")
    return Outcome(
        error="Error" if reserved else error, message=prefix + message, line=line if type(line) is int else 0
    )


@functools.cache
def _wrapper() -> tuple[str, ...]:
    """What to start the process with: no network, a process tree of its own, no rights, where allowed."""
    user = str(61000 + os.getpid() % 4000)
    keep = "-all,+dac_read_search"  # it may read, as Python itself must be read
    identity = ("--reuid", user, "--regid", user, "--clear-groups")
    rights = (f"--inh-caps={keep}", f"--ambient-caps={keep}", f"--bounding-set={keep}")
    no_rights = ("setpriv", *identity, *rights)
    apart = ("unshare", "--net", "--pid", "--fork", "--kill-child")
    if os.geteuid() == 0:
        choices: tuple[tuple[str, ...], ...] = ((*apart, *no_rights), no_rights, apart, ())
    else:
        choices = ((*apart, "--map-root-user"), ())
    return next(choice for choice in choices if _starts(choice))


def _starts(wrapper: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(
            [*wrapper, sys.executable, "-I", "-S", "-c", ""], capture_output=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _task_limit() -> int | None:
    """How many tasks this user may have while the file runs: those that there are, and a few more."""
    if os.geteuid() == 0:
        return 16  # counted for a user of its own
    if not Path("/proc").is_dir():
        return None
    tasks = 0
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if entry.stat().st_uid == os.geteuid():
                tasks += sum(1 for _ in (entry / "task").iterdir())
    return tasks + 16

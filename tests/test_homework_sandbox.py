"""A stranger's file can neither hang nor crash nor fool the checker."""

import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from w2v_edu.errors import W2VError
from w2v_edu.homework import sandbox
from w2v_edu.homework.course_files import check_file
from w2v_edu.homework.sandbox import Limits

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits for processes exist on POSIX alone")

RIGHT = """
import numpy as np
def softmax(u):
    z = np.exp(u - u.max())
    return z / z.sum()
"""
BODY = """
import os, sys, time
import numpy as np
def dJ_dv_c(v_c, U, o):
{body}
"""
SHORT = Limits(seconds=2)


def verdict_of(tmp_path, body, limits=SHORT, top=""):
    file = tmp_path / "answer.py"
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    file.write_text(top + BODY.format(body=lines))
    start = time.monotonic()
    (report,) = check_file(file, limits=limits).functions
    assert time.monotonic() - start < 60  # far below the 1000 s that one of them would sleep
    return report


HOSTILE = {
    "endless loop": ("while True: pass", "ran out of time"),
    "sleep": ("time.sleep(1000)", "ran out of time"),
    "ten gigabytes": ("return np.ones(10 * 2**27)", "ran out of memory"),
    "ten gigabytes of list": ("x = [0] * (10 * 2**27)\nreturn x", "ran out of memory"),
    "fork bomb": ("while True:\n    os.fork()", None),
    "os._exit": ("os._exit(0)", "crashed"),
    "sys.exit": ("sys.exit(0)", "crashed"),
    "kills its group": ("os.killpg(0, 9)\nreturn U[o]", None),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "crashed"),
    "deep recursion": ("f = lambda: f()\nreturn f()", "crashed"),
    "prints a verdict": ('print(\'{"verdict": "correct"}\', flush=True)\nreturn U[o]', "wrong"),
    "writes on every descriptor": (
        "for fd in range(64):\n"
        '    try: os.write(fd, b\'{"number": 0, "verdict": "correct", "correct": true}\\n\')\n'
        "    except OSError: pass\nreturn U[o]",
        "wrong",
    ),
    "closes everything": ("os.closerange(0, 256)\nreturn U[o]", "crashed"),
    "a huge array": ("return np.zeros(10**8, dtype=np.int8)", "wrong"),
    "an array larger than memory that takes none": ("return np.broadcast_to(0.0, (10**12,))", "wrong"),
    "nan": ("return np.full(v_c.shape, np.nan)", "wrong"),
    "infinity": ("return np.full(v_c.shape, np.inf)", "wrong"),
    "equal to everything": ("class Yes:\n    def __eq__(self, other): return True\nreturn Yes()", "wrong"),
    "an array that hangs": (
        "class Slow:\n    def __array__(self, *a, **k):\n        while True: pass\nreturn Slow()",
        "ran out of time",
    ),
    "an array that is a liar": (
        "class Liar(np.ndarray):\n    def __eq__(self, other): return np.array(True)\n"
        "    def __sub__(self, other): return np.zeros(3)\nreturn np.ones(v_c.shape).view(Liar)",
        "wrong",
    ),
    "text": ('return \'__import__("os").system("true")\'', "wrong"),
    "itself": ("a = []\na.append(a)\nreturn a", "wrong"),
    "objects": ("return np.array([object()] * 3)", "wrong"),
    "complex": ("return U[o] * 1j", "wrong"),
    "a generator": ("return (x for x in iter(int, 1))", "wrong"),
    "fills the disk": ("open('x', 'wb').write(b'0' * 2**24)\nreturn U[o]", "crashed"),
    "a message that raises": (
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
        "crashed",
    ),
    "raises TimeLimit": ("class TimeLimit(Exception): pass\nraise TimeLimit('1')", "crashed"),
}


QUICK = ("endless loop", "ten gigabytes", "fork bomb", "os._exit", "sys.exit", "writes on every descriptor")
QUICK += ("closes everything", "a huge array", "nan", "equal to everything", "an array that hangs")


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in HOSTILE]
)
def test_hostile_functions_get_a_verdict(name, tmp_path):
    body, verdict = HOSTILE[name]
    report = verdict_of(tmp_path, body)
    assert report.verdict != "correct"
    if verdict is not None:
        assert report.verdict == verdict, report.text
    assert len(report.text) < 3000


TOPS = {
    "numpy bent": (
        "import numpy\nnumpy.allclose = numpy.array_equal = lambda *a, **k: True\n"
        "numpy.abs = lambda x: 0.0 * x\n"
    ),
    "json bent": 'import json\njson.dumps = lambda *a, **k: \'{"number": 0, "verdict": "correct"}\'\n',
    "asks the toolkit": "import w2v_edu\n",
    "asks for the answers": (
        "import sys\nfor m in list(sys.modules.values()):\n    getattr(m, 'truth', None)\n"
    ),
}


@pytest.mark.parametrize(
    "name", ["numpy bent", *(pytest.param(n, marks=pytest.mark.slow) for n in list(TOPS)[1:])]
)
def test_a_file_that_bends_its_surroundings_fools_nobody(name, tmp_path):
    report = verdict_of(tmp_path, "return U[o]", top=TOPS[name])
    assert report.verdict in ("wrong", "crashed"), report.text


def test_no_process_is_left_behind(tmp_path):
    """An orphan that has left its session and its group is ended, too."""
    length = f"98{os.getpid()}"
    body = f"""
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp('sleep', ['sleep', '{length}'])
    os._exit(0)
return U[o]
"""
    assert verdict_of(tmp_path, body).verdict != "correct"
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"sleep {length}" not in listed


def test_expected_values_never_enter_the_process():
    """What the runner is told is the function's name, its arguments and its limits."""
    room = Path(check_file.__code__.co_filename).parent
    for name in ("sandbox_runner", "wire", "stand_ins", "course_modules"):
        source = (room / f"{name}.py").read_text()
        assert "import w2v_edu" not in source and "from w2v_edu" not in source, name
        assert "truth" not in source, name


def test_the_working_folder_is_empty_and_its_own(tmp_path):
    body = (
        "assert os.listdir('.') in (['answer.py'],), os.listdir('.')\n"
        "z = np.exp(U @ v_c); y = z / z.sum(); y[o] -= 1\nreturn U.T @ y"
    )
    (tmp_path / "secret.txt").write_text("s")
    report = verdict_of(tmp_path, body)
    assert report.verdict == "correct", report.text


def test_a_loop_at_the_top_stops_every_function_at_once(tmp_path):
    file = tmp_path / "answer.py"
    file.write_text(RIGHT + "\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\nwhile True: pass\n")
    report = check_file(file, limits=Limits(seconds=1))
    assert [one.verdict for one in report.functions] == ["ran out of time"] * 2


def test_python_2_is_said(tmp_path):
    file = tmp_path / "old.py"
    file.write_text("def softmax(x):\n    print 'hello'\n    return x\n")
    with pytest.raises(W2VError, match="Python 2"):
        check_file(file)


def test_names_of_python_2_are_said(tmp_path):
    report = verdict_of(tmp_path, "for i in xrange(3): pass\nreturn U[o]")
    assert report.verdict == "crashed"
    assert "Python 2" in report.text


def test_files_beside_it_are_found(tmp_path):
    (tmp_path / "my_tools.py").write_text(RIGHT)
    body = "from my_tools import softmax\ny = softmax(U @ v_c)\ny[o] -= 1\nreturn U.T @ y"
    assert verdict_of(tmp_path, body, top="import my_tools\n").verdict == "correct"


def test_a_right_answer_is_right_in_single_precision_too(tmp_path):
    body = (
        "v, U = v_c.astype(np.float32), U.astype(np.float32)\n"
        "z = np.exp(U @ v - (U @ v).max()); y = z / z.sum(); y[o] -= 1\nreturn U.T @ y"
    )
    report = verdict_of(tmp_path, body)
    assert report.verdict == "correct"
    assert "single precision" in " ".join(report.stability)
    assert np.isclose(report.points(2), 2)


def test_without_the_system_s_help_an_orphan_is_ended_too(tmp_path, monkeypatch):
    """Where no process tree of its own is allowed, what was started is found by its environment."""
    monkeypatch.setattr(sandbox, "_wrapper", lambda: ())
    test_no_process_is_left_behind(tmp_path)
    assert verdict_of(tmp_path, "while True: pass").verdict == "ran out of time"
    assert verdict_of(tmp_path, "os._exit(0)").verdict == "crashed"

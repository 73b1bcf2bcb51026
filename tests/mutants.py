"""``make mutants``: plant small mistakes in the core, one at a time, and see whether a test notices.

mutmut does the planting, in a copy of the tree. Every survivor must stand in docs/mutants.md with the reason
why it changes nothing; the exit status says whether all do.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = Path(sys.executable).with_name("mutmut")
CORE = ["functions.py", "counts.py", "reference.py", "objectives/", "tree.py", "noise.py", "fast/batch.py"]
CORE += ["fast/ragged.py"]
TESTS = ["test_reference", "test_tree", "test_noise", "test_functions", "test_model"]
SETTINGS = """
[tool.mutmut]
paths_to_mutate = {paths}
also_copy = ["w2v_edu/"]
tests_dir = {tests}
"""


def main() -> int:
    """Run, and print the survivors that nobody has explained."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copy.mkdir()
        for name in ("w2v_edu", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "README.md").write_text("", encoding="utf-8")
        paths = [f"w2v_edu/{name}" for name in CORE]
        tests = [f"tests/{name}.py" for name in TESTS]
        settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        settings += SETTINGS.format(paths=paths, tests=tests)
        (copy / "pyproject.toml").write_text(settings, encoding="utf-8")
        with (copy / "log.txt").open("w") as log:
            done = subprocess.run([MUTMUT, "run", "--max-children", "2"], cwd=copy, stdout=log, stderr=log)
        if done.returncode:
            print((copy / "log.txt").read_text(encoding="utf-8")[-2000:])
            return 2
        return report(copy)


def report(copy: Path) -> int:
    """Count the killed, and match the survivors against the list in the docs."""
    lines = mutmut(copy, "results", "--all", "true").splitlines()
    fates = dict(re.match(r"\s*(\S+): (.*)", line).groups() for line in lines if ": " in line)
    survivors = {name: fate for name, fate in fates.items() if fate not in ("killed", "timeout")}
    explained = read_explained()
    unexplained = []
    for name, fate in survivors.items():
        changed = [line for line in mutmut(copy, "show", name).splitlines() if re.match(r"[-+][^-+]", line)]
        change = " => ".join(" ".join(line[1:].split("#")[0].split()) for line in changed)
        if fate == "no tests" or not any(change == known for known in explained):
            unexplained.append(f"{name} ({fate})\n    {change}")
    print("\n".join(unexplained))
    killed = len(fates) - len(survivors)
    told = len(survivors) - len(unexplained)
    alive = len(unexplained)
    print(f"{len(fates)} mutants: {killed} killed, {told} equivalent (docs/mutants.md), {alive} alive")
    return 1 if unexplained or not fates else 0


def read_explained() -> set[str]:
    """The changes in the docs: each stands in a code span, before => after."""
    text = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
    return {" ".join(span.split()) for span in re.findall(r"`` (.+?) ``", text)}


def mutmut(copy: Path, *words: str) -> str:
    """What one mutmut command prints."""
    return subprocess.run([MUTMUT, *words], cwd=copy, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())

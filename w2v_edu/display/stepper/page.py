"""The page: one file that holds its style, its script and its data, and asks the network for nothing."""

import json
import re
from dataclasses import asdict
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Literal, get_args

import numpy as np

from w2v_edu.display.stepper.frames import frames_for
from w2v_edu.display.stepper.lesson import Lesson
from w2v_edu.display.stepper.pairs import pairs_text
from w2v_edu.display.stepper.presets import PRESETS
from w2v_edu.ledger import LEDGER, Equation
from w2v_edu.model import Example, InputSide, Trace
from w2v_edu.objectives import OBJECTIVES
from w2v_edu.symbolic.mathml import mathml

__all__ = ["Part", "page"]

Part = Literal["step", "train", "setup", "about"]

# In the order in which they need one another.
MODULES = (
    "functions", "engine", "pairs", "project", "dom", "mathml", "explain", "matrix", "outputs", "network",
    "tree", "vectors", "stage", "run", "training", "setup", "main",
)  # fmt: skip
OBJECTIVE_NAMES = {
    "softmax": "softmax",
    "hierarchical": "hierarchical softmax",
    "negative": "negative sampling",
    "nce": "NCE",
}
SIDES: tuple[InputSide, ...] = get_args(InputSide)


def page(lesson: Lesson, reference: Trace | None = None, *, open_at: Part = "step") -> str:
    """The HTML of a lesson.

    Parameters
    ----------
    lesson : Lesson
    reference : Trace, optional
        The first step as Python computed it; the page says whether its own numbers agree.
    open_at : {"step", "train", "setup", "about"}
        The part that is open first.
    """
    data = {
        "lesson": _lesson(lesson),
        "frames": _frames(),
        "equations": _equations(),
        "objectives": OBJECTIVE_NAMES,
        "presets": [preset._asdict() for preset in PRESETS],
        "reference": None if reference is None else _reference(reference),
        "open": open_at,
    }
    parts = {
        "title": escape(f"word2vec: {lesson.side}, {OBJECTIVE_NAMES[lesson.objective]}"),
        "style": _read("style.css"),
        "about": _read("about.html"),
        "script": _script(),
        "objectives": "".join(
            f'<option value="{name}">{OBJECTIVE_NAMES[name]}</option>' for name in OBJECTIVES
        ),
        # no "<" in it: "</script" would end the element, and "<!--<script" would keep it open
        "data": json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c"),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _read("page.html"))


@cache
def _read(name: str) -> str:
    return (files("w2v_edu.display.stepper") / "web" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """The modules as one script: each keeps its own names, and hands on what it exports."""
    return "\n".join(_module(name) for name in MODULES)


def _module(name: str) -> str:
    text = _read(f"{name}.js")
    exported = ", ".join(re.findall(r"^export (?:const|function) ([\w$]+)", text, flags=re.M))
    text = re.sub(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', r"const \1 = \2_;", text, flags=re.M)
    text = re.sub("^export ", "", text, flags=re.M)
    return f"const {name}_ = (() => {{\n{text}\nreturn {{ {exported} }};\n}})();"


@cache
def _frames() -> dict[str, list[dict[str, Any]]]:
    models = [(side, objective) for side in SIDES for objective in OBJECTIVES]
    models = [(side, objective) for side in SIDES for objective in OBJECTIVES]
    walks = {f"{side}/{objective}": frames_for(side, objective) for side, objective in models}
    return {model: [frame._asdict() for frame in frames] for model, frames in walks.items()}


@cache
def _equations() -> dict[str, dict[str, str]]:
    used = {frame["number"] for frames in _frames().values() for frame in frames}
    return {row.number: _equation(row) for row in LEDGER if row.number in used}


def _equation(row: Equation) -> dict[str, str]:
    section = f"§ {row.section}" if row.document == "rong" else row.section
    return {"mathml": mathml(row.left + row.latex), "note": row.note, "section": section}


def _lesson(lesson: Lesson) -> dict[str, Any]:
    kept = ("words", "counts", "objective", "N", "K", "eta", "alpha", "spread", "seed", "side")
    start = lesson.params
    return {
        **{name: getattr(lesson, name) for name in kept},
        "pairs": lesson.pairs or pairs_text(lesson.examples, lesson.words),
        "examples": [_example(example) for example in lesson.examples],
        "params": start and {"W": start.W.tolist(), "W_out": start.W_out.tolist()},
        "tree": lesson.tree and lesson.tree.children.tolist(),
        "p": lesson.distribution().p.tolist(),
    }


def _example(example: Example) -> dict[str, Any]:
    given = asdict(example)
    return {name: given[name] for name in ("inputs", "targets", "noise", "combine")}


def _reference(trace: Trace) -> dict[str, Any]:
    numbers = {name: np.asarray(getattr(trace, name)).tolist() for name in ("h", "EH", "EI", "dW", "dW_out")}
    return {**numbers, "E": float(trace.E)}

"""word2vec, taught, derived and checked: every equation of Rong's paper in numbers, symbols and tests.

The names below are loaded when they are first used, so that ``import w2v_edu`` costs what importing NumPy
costs, and SymPy and matplotlib are loaded only where something is proved or drawn.
"""

from importlib import import_module
from typing import Any

import numpy as _numpy  # noqa: F401  (the one package that every room needs)

_HOME = {
    "Params": "model",
    "Example": "model",
    "one_word": "model",
    "cbow": "model",
    "skipgram": "model",
    "random_params": "model",
    "huffman": "tree",
    "huffman_word2vec_c": "tree",
    "balanced": "tree",
    "Tree": "tree",
    "Noise": "noise",
    "Softmax": "objectives",
    "Hierarchical": "objectives",
    "Negative": "objectives",
    "NCE": "objectives",
    "make_objective": "objectives",
    "trace": "reference",
    "update": "reference",
    "loss": "reference",
    "corpus_objective": "reference",
    "corpus_gradient": "reference",
    "batch_trace": "fast.batch",
    "batch_gradient": "fast.batch",
    "prepare_batch": "fast.batch",
    "load_corpus": "corpus",
    "toy": "corpus",
    "show": "display.show",
    "verify": "verification",
    "train": "fast.train",
    "train_mode": "comparison.modes",
    "WordVectors": "comparison.vectors",
    "from_result": "comparison.vectors",
    "save_vectors": "comparison.keeping",
    "load_vectors": "comparison.keeping",
    "similar": "comparison.neighbours",
    "analogy": "comparison.neighbours",
    "study": "comparison.study",
    "check": "homework",
    "assert_correct": "homework",
    "check_file": "homework.course_files",
    "Derivation": "derivation",
    "check_lines": "derivation",
    "step": "display.stepper",
    "stepper": "display.stepper",
    "W2VError": "errors",
}

__all__ = sorted(_HOME)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"w2v_edu has no name {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(f"w2v_edu.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)

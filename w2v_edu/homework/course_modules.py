"""The modules that course files import: CS224n's helpers, in both historical forms.

Loaded by the process that runs a student's file; it needs NumPy alone.
"""

import types
from typing import Any

import numpy as np

__all__ = ["modules"]


def sigmoid(x: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.asarray(x)))


def sigmoid_grad(s: Any) -> Any:
    return s * (1.0 - s)


def softmax(x: Any) -> Any:
    """Rows of a matrix, or one vector."""
    x = np.asarray(x, dtype=float)
    z = np.exp(x - x.max(axis=-1, keepdims=True))
    return z / z.sum(axis=-1, keepdims=True)


def normalizeRows(x: Any) -> Any:
    x = np.asarray(x, dtype=float)
    return x / (np.sqrt((x**2).sum(axis=1, keepdims=True)) + 1e-30)


def _nothing(*arguments: Any, **keywords: Any) -> None:
    """Gradient checks are this toolkit's own task."""


def modules() -> dict[str, types.ModuleType]:
    """Name -> module, to be found when nothing of that name lies beside the file."""
    functions = {
        "sigmoid": sigmoid,
        "sigmoid_grad": sigmoid_grad,
        "softmax": softmax,
        "normalizeRows": normalizeRows,
        "gradcheck_naive": _nothing,
        "grad_tests_softmax": _nothing,
        "grad_tests_negsamp": _nothing,
        "grad_tests_skipgram": _nothing,
        "sgd": _nothing,
    }
    names = [
        "utils",
        "utils.utils",
        "utils.gradcheck",
        "utils.treebank",
        "q1_softmax",
        "q2_sigmoid",
        "q2_gradcheck",
        "q3_sgd",
        "gradcheck",
        "softmax",
        "sigmoid",
        "sgd",
        "data_utils",
    ]
    found = {}
    for name in names:
        found[name] = types.ModuleType(name)
        found[name].__dict__.update(functions)
        found[name].__dict__["StanfordSentiment"] = type("StanfordSentiment", (), {})
    return found

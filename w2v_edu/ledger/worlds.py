"""An example as numbers for the reader: the inputs of a setting, from parameters, words and objective. No
trace is read here.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.model import Example, Params
from w2v_edu.objectives import NCE, Hierarchical, Objective
from w2v_edu.symbolic.evaluate import World
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.settings import setting
from w2v_edu.tree import Tree

__all__ = ["setting_of", "world_of"]


def setting_of(example: Example, objective: Objective) -> Setting:
    """The setting of this example's model."""
    return setting(example.input_side, objective.name, example.combine)


def world_of(params: Params, example: Example, objective: Objective, eta: float = 0.5) -> World:
    """The given quantities of an example, words counted from 1; everything else follows from their
    definitions.

    Parameters
    ----------
    params : Params
    example : Example
    objective : Objective
        Its tree or noise distribution is given as well: the left child of each node, never signs or codes.
    eta : float
        The learning rate of the update rows.
    """
    chosen = setting_of(example, objective)
    targets = np.array(example.targets) + 1
    given: dict[str, Any] = {"W": params.W, "W_out": params.W_out, "eta": np.array(eta)}
    sizes = {"V": params.V, "N": params.N}
    if example.input_side == "cbow":
        given["context"] = np.array(example.inputs) + 1
    else:
        given["w_I"] = np.array(example.inputs[0] + 1)
    if example.input_side != "one-word":
        sizes["C"] = example.C
    single = example.input_side != "skip-gram"
    if objective.name in ("negative", "nce"):
        asked = (
            np.array([[w_O, *W_neg] for w_O, W_neg in zip(example.targets, example.noise, strict=True)]) + 1
        )
        given["w"] = asked[0] if single else asked
        sizes["K"] = asked.shape[1] - 1
    else:
        given["w_O"] = targets[0] if single else targets
    if isinstance(objective, NCE):
        given["q"] = objective.noise.p
    if isinstance(objective, Hierarchical):
        given |= tree_inputs(objective.tree)
    return World(chosen.theory, given, sizes)


def tree_inputs(tree: Tree) -> dict[str, NDArray[np.int64]]:
    """L(w), the paths n(w, j) with their leaves, and left children; leaf w is node w, inner nodes count
    from V + 1.
    """
    V, lengths = tree.V, tree.lengths
    n = np.ones((V, int(lengths.max()) + 1), dtype=np.int64)
    inside = np.arange(n.shape[1]) < lengths[:, None]
    n[inside] = tree.nodes_flat + V + 1
    n[np.arange(V), lengths] = np.arange(V) + 1
    return {"L": lengths + 1, "n": n, "ch": tree.children[:, 0] + 1}

"""A further oracle: the losses written once more, for autograd, and differentiated by it."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from autograd.scipy.special import logsumexp

from w2v_edu import reference
from w2v_edu.finite import relative_error
from w2v_edu.verification.cases import MODELS, random_case


def softplus(x):
    return anp.logaddexp(0.0, x)


def loss_of(case):
    """E as a function of (W, W_out), from the definitions alone: -log p of a leaf is a sum of softplus."""
    example, objective = case.example, case.objective

    def one(h, W_out, w_O, W_neg):
        if objective.name == "softmax":
            return logsumexp(anp.dot(W_out, h)) - anp.dot(W_out[w_O], h)
        if objective.name == "hierarchical":
            tree, leaf, total = objective.tree, w_O, 0.0
            while True:  # up from the leaf
                (node,), (side,) = (tree.children == leaf).nonzero()
                total = total + softplus((2 * side - 1) * anp.dot(W_out[node], h))
                if node == tree.root:
                    return total
                leaf = tree.V + node
        q = objective.noise.p * objective.K if objective.name == "nce" else np.ones(len(W_out))
        positive = softplus(-(anp.dot(W_out[w_O], h) - np.log(q[w_O])))
        return positive + sum(softplus(anp.dot(W_out[w], h) - np.log(q[w])) for w in W_neg)

    def E(W, W_out):
        h = sum(W[w] for w in example.inputs)
        if example.combine == "mean":
            h = h / len(example.inputs)
        return sum(one(h, W_out, w, n) for w, n in zip(example.targets, example.noise, strict=True))

    return E


@pytest.mark.parametrize("model", MODELS, ids="/".join)
@pytest.mark.parametrize("combine", ["mean", "sum"])
def test_reference_against_autograd(model, combine):
    case = random_case(*model, np.random.default_rng(31), combine)
    trace, E = reference.trace(case.params, case.example, case.objective), loss_of(case)
    W, W_out = case.params.W, case.params.W_out
    assert float(trace.E) == pytest.approx(float(E(W, W_out)), rel=1e-13)
    assert relative_error(trace.dW, grad(E, 0)(W, W_out)) < 1e-12
    assert relative_error(trace.dW_out, grad(E, 1)(W, W_out)) < 1e-12

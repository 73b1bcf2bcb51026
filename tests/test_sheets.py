"""The loss in each sheet is LaTeX that is read, evaluated and differentiated: the text is the text."""

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.finite import relative_error
from w2v_edu.ledger.check import check_claim
from w2v_edu.ledger.worlds import setting_of, world_of
from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.evaluate import values_of
from w2v_edu.verification.cases import MODELS, random_case

ONE_TARGET = [model for model in MODELS if model[0] != "skip-gram"]


@pytest.mark.parametrize("model", ONE_TARGET, ids="/".join)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_loss_of_the_sheet_is_the_loss_of_the_trace(model, seed):
    case = random_case(*model, np.random.default_rng(seed))
    claim = read(case.objective.loss, setting_of(case.example, case.objective))
    world = world_of(case.params, case.example, case.objective)
    exact = float(reference.trace(case.params, case.example, case.objective).E)
    assert not claim.free
    for side in claim.sides:
        assert relative_error(values_of(world, side, (), {}), np.asarray(exact)) < 1e-13


@pytest.mark.parametrize("model", ONE_TARGET, ids="/".join)
def test_a_slip_in_the_loss_is_seen(model):
    case = random_case(*model, np.random.default_rng(3))
    setting = setting_of(case.example, case.objective)
    world = world_of(case.params, case.example, case.objective)
    slips = {"softmax": (r"\log\sum", r"\sum"), "hierarchical": ("-1}", "-2}")}
    slips |= dict.fromkeys(("negative", "nce"), (r"\sigma(-", r"\sigma("))
    old, new = slips[case.objective.name]
    assert old in case.objective.loss
    wrong = read(case.objective.loss.replace(old, new, 1), setting)
    found = check_claim(wrong, world, np.random.default_rng(0))
    assert max(error for _, error, _ in found) > 1e-3

"""The twelve models, derived from their losses for general sizes; each claim refuted once spoilt."""

import pytest

from w2v_edu.symbolic.decide import decide
from w2v_edu.symbolic.goals import Goal
from w2v_edu.symbolic.identities import identities, pairwise_different
from w2v_edu.symbolic.models import INPUT_SIDES, OBJECTIVES, C, model

MODELS = [f"{side}/{objective}" for side in INPUT_SIDES for objective in OBJECTIVES]


@pytest.mark.parametrize("name", MODELS)
def test_everything_follows_from_the_loss(name: str) -> None:
    verdicts = {g.name: decide(g) for g in identities(model(*name.split("/")))}
    assert len(verdicts) == 9
    assert {n: v for n, v in verdicts.items() if not v.proved or v.assumptions} == {}
    assert min(v.points for v in verdicts.values()) >= 3


@pytest.mark.parametrize("name", MODELS)
def test_rows_that_need_different_words_say_so(name: str) -> None:
    for goal in pairwise_different(model(*name.split("/"))):
        verdict = decide(goal)
        assert verdict.proved
        assert len(verdict.assumptions) == 1
        assert "pairwise different" in verdict.assumptions[0]


def spoilt(goal: Goal, n: int) -> Goal:
    """The claim with a sign, a factor 2, or a factor C wrong."""
    right = (2 * goal.right, -goal.right, C * goal.right if goal.name.startswith("cbow") else -goal.right)[
        n % 3
    ]
    return Goal(goal.left, right, goal.given, goal.where, goal.assumptions, goal.scales, goal.name)


@pytest.mark.parametrize("name", MODELS)
def test_each_claim_with_an_error_is_refuted_with_a_certificate(name: str) -> None:
    of = model(*name.split("/"))
    for n, goal in enumerate((*identities(of), *pairwise_different(of))):
        verdict = decide(spoilt(goal, n))
        assert verdict.status == "wrong", goal.name
        example = verdict.counterexample
        assert example is not None
        assert example.left != example.right


def test_the_factor_that_is_missing_is_named() -> None:
    (goal,) = (g for g in identities(model("cbow", "softmax")) if g.name.endswith("dE/dW from the loss"))
    verdict = decide(Goal(goal.left, C * goal.right, goal.given, goal.where, goal.assumptions, goal.scales))
    assert verdict.status == "wrong"
    assert verdict.factor == 1 / C

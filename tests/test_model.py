"""Parameters and examples: there and back, and what cannot be one."""

import numpy as np
import pytest

from w2v_edu.errors import W2VError
from w2v_edu.model import Example, Params, cbow, check_word, one_word, random_params, skipgram


@pytest.mark.parametrize(("V", "N", "R"), [(7, 3, 7), (7, 3, 6), (2, 1, 1)])
def test_theta_and_back(V, N, R):
    params = random_params(V, N, np.random.default_rng(V), R=R)
    assert params.theta().shape == (V + R, N)
    np.testing.assert_array_equal(params.theta()[:V], params.W)
    for again in (Params.from_theta(params.theta(), V), Params.from_flat(params.flat(), V, N)):
        np.testing.assert_array_equal(again.W, params.W)
        np.testing.assert_array_equal(again.W_out, params.W_out)
    assert (params.V, params.N, params.R) == (V, N, R)


def test_random_params_are_seeded_scaled_and_never_zero():
    a, b = (random_params(50, 20, np.random.default_rng(3), scale=0.1) for _ in range(2))
    np.testing.assert_array_equal(a.theta(), b.theta())
    assert (a.theta() != 0).all()
    assert a.theta().std() == pytest.approx(0.1, rel=0.1)


def test_the_three_input_sides():
    assert one_word(3, 1, (0, 0)) == Example("one-word", (3,), (1,), ((0, 0),))
    assert cbow((5, 1, 5), 2, (4,)) == Example("cbow", (5, 1, 5), (2,), ((4,),), "mean")
    assert cbow((5,), 2, combine="sum").combine == "sum"
    assert skipgram(2, (5, 1), ((0, 3), (4, 4))) == Example("skip-gram", (2,), (5, 1), ((0, 3), (4, 4)))
    assert skipgram(2, (5, 1)).noise == ((), ())
    assert (one_word(3, 1).C, cbow((5, 1, 5), 2).C, skipgram(2, (5, 1)).C) == (1, 3, 2)
    assert cbow((5, 1, 5, 2), 2).weight == 0.25
    assert cbow((5, 1, 5, 2), 2, combine="sum").weight == 1.0
    assert skipgram(2, (5, 1)).weight == 1.0


good = np.full((3, 2), 0.5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Params(good[0], good), "W is \\(2,\\); expected a matrix"),
        (lambda: Params(good, good[:, :1]), "W has N = 2 columns and W_out has 1"),
        (lambda: Params(good.astype(int), good), "W holds int64; expected real numbers"),
        (lambda: Params(good, np.array([["a", "b"]])), "W_out holds"),
        (lambda: Params(np.array([[1.0, np.nan]] * 2), good), "W\\[0, 1\\] is nan"),
        (lambda: Params(good, np.array([[1.0, 1.0], [np.inf, 1.0]])), "W_out\\[1, 0\\] is inf"),
        (lambda: Params(good[:1], good), "V >= 2 expected"),
        (lambda: Params(good[:, :0], good[:, :0]), "it is empty"),
        (lambda: Params(good.tolist(), good), "W is list"),
        (lambda: cbow((), 1), "context of this cbow example is empty"),
        (lambda: skipgram(1, ()), "context of this skip-gram example is empty"),
        (lambda: one_word(-1, 0), "input word id -1 is negative"),
        (lambda: one_word(1, -2), "target word id -2 is negative"),
        (lambda: one_word(1, 2, (0, -3)), "noise word id -3 is negative"),
        (lambda: skipgram(1, (2, 3), ((1,),)), "1 lists of noise words for 2 target words"),
        (lambda: Example("one-word", (1, 2), (0,)), "one input word, not 2"),
        (lambda: Example("skip-gram", (1, 2), (0,)), "one input word, not 2"),
        (lambda: Example("cbow", (1, 2), (0, 1)), "one target word, not 2"),
        (lambda: Example("bow", (1,), (0,)), "one-word, cbow, skip-gram"),
        (lambda: Example("cbow", (1,), (0,), (), "max"), "'mean' \\(the paper's CBOW\\) or 'sum'"),
        (
            lambda: check_word("context", 6, 6),
            "context word id 6 is out of range: the vocabulary has 6 words",
        ),
        (lambda: check_word("context", -1, 6), "context word id -1"),
    ],
)
def test_what_cannot_be_is_said(make, message):
    with pytest.raises(W2VError, match=message):
        make()


def test_word_ids_at_the_edge_are_allowed():
    check_word("context", 0, 6)
    check_word("context", 5, 6)

"""Expected gradients against the reference, limits at full rank, collapse, and what a step touches."""

import numpy as np
import pytest

from w2v_edu.comparison.cost import Cost, fit_line, growth, measure_K, measure_V, zipf_counts
from w2v_edu.comparison.descent import minimise
from w2v_edu.comparison.expected import (
    expected_hierarchical,
    expected_nce,
    expected_negative,
    expected_softmax,
    fit_output,
    gradient,
    loss,
)
from w2v_edu.comparison.truth import angles, collapse, full_rank, pair_shares
from w2v_edu.corpus import corpus_from_text, toy
from w2v_edu.errors import W2VError
from w2v_edu.finite import central_difference
from w2v_edu.model import Params, one_word, random_params
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, Hierarchical, Negative, Softmax
from w2v_edu.reference import trace
from w2v_edu.tree import huffman

V, N = 7, 3
NAMES = ("softmax", "hierarchical", "negative", "nce")


def some_pairs(seed):
    """A table of pair shares with zeros in it."""
    P = np.random.default_rng(seed).integers(0, 5, (V, V)).astype(float)
    P[0, 1], P[2, :] = 0.0, np.arange(V)
    return P / P.sum()


def both(name, P, K=1):
    """The expected form, and for every pair the reference's examples with their weights."""
    tree, noise = huffman(P.sum(axis=0) + 1e-9), Noise.from_counts(np.arange(1, V + 1))
    ask = {
        "softmax": lambda: expected_softmax(P),
        "hierarchical": lambda: expected_hierarchical(P, tree),
        "negative": lambda: expected_negative(P, noise.p, K),
        "nce": lambda: expected_nce(P, noise.p, K),
    }[name]()
    objective = {
        "softmax": Softmax(),
        "hierarchical": Hierarchical(tree),
        "negative": Negative(),
        "nce": NCE(noise, K),
    }[name]
    sampled = name in ("negative", "nce")

    def examples():
        for w in range(V):
            for c in range(V):
                for j in range(V) if sampled else (None,):
                    weight = P[w, c] * (noise.p[j] if sampled else 1.0)
                    yield weight, one_word(w, c, (j,) if sampled else ())

    return ask, objective, list(examples())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(2))
def test_the_expected_gradient_is_the_references_summed_over_all_pairs_and_draws(name, seed):
    P = some_pairs(seed)
    ask, objective, examples = both(name, P)
    params = random_params(V, N, np.random.default_rng(seed), R=objective.rows(V))
    dW, dW_out, E = np.zeros_like(params.W), np.zeros_like(params.W_out), 0.0
    for weight, example in examples:
        one = trace(params, example, objective)
        dW, dW_out, E = dW + weight * one.dW, dW_out + weight * one.dW_out, E + weight * one.E
    ours = gradient(ask, params.W, params.W_out)
    assert np.abs(ours[0] - dW).max() < 1e-12 * np.abs(dW).max()
    assert np.abs(ours[1] - dW_out).max() < 1e-12 * np.abs(dW_out).max()
    assert loss(ask, params.W, params.W_out) == pytest.approx(E, rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_gradient_is_that_of_the_expected_loss(name):
    ask, objective, _ = both(name, some_pairs(4), K=1)
    params = random_params(V, N, np.random.default_rng(4), R=objective.rows(V))
    limit = central_difference(lambda flat: loss(ask, *split(flat, params)), params.flat())
    ours = np.concatenate([part.ravel() for part in gradient(ask, params.W, params.W_out)])
    assert np.abs(ours - limit).max() < 1e-7 * np.abs(limit).max()


def split(flat, params):
    new = Params.from_flat(flat, params.V, params.N)
    return new.W, new.W_out


@pytest.mark.parametrize("name", NAMES)
def test_the_best_output_vectors_have_no_gradient_left(name):
    ask, _, _ = both(name, some_pairs(1) + 1e-3, K=1)
    W = np.random.default_rng(2).standard_normal((V, N))
    W_out = fit_output(ask, W)
    assert np.abs(gradient(ask, W, W_out)[1]).max() < 1e-4
    rng = np.random.default_rng(3)
    for _ in range(5):
        nudged = W_out + 0.01 * rng.standard_normal(W_out.shape)
        assert loss(ask, W, nudged) > loss(ask, W, W_out)


def test_minimise_on_a_valley_that_is_long_and_narrow():
    scale = np.array([1.0, 100.0, 1e4])
    found = minimise(lambda x: (float((scale * (x - 1) ** 2).sum()), 2 * scale * (x - 1)), np.zeros(3))
    np.testing.assert_allclose(found, 1.0, atol=1e-6)


def test_pair_shares_counts_the_pairs_of_a_text():
    P = pair_shares(corpus_from_text("a b c a b", tokens="spaces"), window=1)  # a 2, b 2, c 1
    np.testing.assert_allclose(P * 8, [[0, 2, 1], [2, 0, 1], [1, 1, 0]])
    with pytest.raises(W2VError, match="fewer than three words"):
        pair_shares(corpus_from_text("a b a b", tokens="spaces"), window=1)


@pytest.mark.parametrize("K", [2, 5])
def test_at_full_rank_each_goes_to_its_limit(K):
    softmax, hierarchical, negative = full_rank(pair_shares(toy("drink-eat"), 2), K=K, steps=3000)
    assert softmax.error[-1] < 2e-4 < softmax.error[0]
    assert hierarchical.error[-1] < 2e-3 < hierarchical.error[0]
    assert negative.error[-1] < 1e-9 < negative.error[0]


def test_without_negatives_words_collapse():
    P = pair_shares(toy("royal-capitals"), 3, 60)
    with_them, without = collapse(P)
    assert without.loss[-1] < 0.02
    assert without.cosine[-1] > 0.9 > 0.7 > with_them.cosine[-1]
    assert with_them.loss[-1] > 1
    assert with_them.cosine[0] == without.cosine[0] == pytest.approx(0, abs=0.1)


def test_angles_are_those_of_the_gradients():
    P = pair_shares(toy("drink-eat"), 2)
    found = {(one.objective, one.K, one.moment): one.degrees for one in angles(P, N=3)}
    assert len(found) == 18
    assert all(0 < degrees < 120 for degrees in found.values())
    larger = {(one.objective, one.K, one.moment): one.degrees for one in angles(P, N=3, seed=1)}
    assert found != larger


def test_what_a_step_touches():
    costs = measure_V((50, 200), K=3)
    touched = {(one.objective, one.V): one.touched for one in costs}
    for V_ in (50, 200):
        assert touched["softmax", V_] == V_
        assert touched["negative", V_] == touched["nce", V_] == 4
        p = zipf_counts(V_) / zipf_counts(V_).sum()
        entropy = -(p * np.log2(p)).sum()
        assert entropy <= touched["hierarchical", V_] < entropy + 1
    assert [one.touched for one in measure_K((1, 4), V=50)] == [2, 2, 5, 5]


def test_softmax_stops_where_its_time_is_over():
    sizes = [one.V for one in measure_V((20, 60, 180), budget=0.0) if one.objective == "softmax"]
    assert sizes == [20]


def test_growth_reads_slopes():
    V_ = (10, 100, 1000)
    linear = tuple(Cost("softmax", v, 5, v, 1e-6 * v) for v in V_)
    assert growth(linear, "softmax").loglog == pytest.approx(1)
    log = tuple(Cost("hierarchical", v, 5, 1, 2 + 3 * np.log(v)) for v in V_)
    assert growth(log, "hierarchical").R2_log == pytest.approx(1)
    flat = tuple(Cost("negative", v, 5, 6, 4.0 + 1e-9 * i) for i, v in enumerate(V_))
    assert growth(flat, "negative").loglog == pytest.approx(0, abs=1e-6)
    slope, start, R2 = fit_line(np.array([1.0, 2.0, 3.0]), np.array([2.0, 1.0, 3.0]))
    assert (slope, start) == (0.5, 1.0)
    assert R2 == pytest.approx(0.25)

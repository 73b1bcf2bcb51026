"""Meaning into numbers: against NumPy written by hand, in float64 and complex128, and without overflow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_edu.errors import W2VError
from w2v_edu.functions import log_sigmoid, sigmoid, softmax
from w2v_edu.ledger.worlds import tree_inputs, world_of
from w2v_edu.model import Params, cbow, one_word, random_params, skipgram
from w2v_edu.objectives import Hierarchical, Negative, Softmax
from w2v_edu.reference import trace
from w2v_edu.symbolic import derivatives
from w2v_edu.symbolic.derivatives import CENTRAL, COMPLEX
from w2v_edu.symbolic.elaborate import read, read_expression
from w2v_edu.symbolic.evaluate import World, evaluate, values_of
from w2v_edu.symbolic.meaning import Entry, Theory
from w2v_edu.symbolic.settings import setting
from w2v_edu.tree import huffman

V, N = 7, 3
S, H, G = setting("one-word", "softmax"), setting("one-word", "hierarchical"), setting("skip-gram", "softmax")


def softmax_world(seed=0, scale=1.0, dtype=np.float64):
    params = random_params(V, N, np.random.default_rng(seed), scale=scale)
    params = Params(params.W.astype(dtype), params.W_out.astype(dtype))
    return params, world_of(params, one_word(6, 2), Softmax())


def value(latex, world, chosen=S):
    claim = read(latex, chosen)
    return values_of(world, claim.sides[0], claim.free)


def test_values_are_what_numpy_says():
    params, world = softmax_world()
    h = params.W[6]
    u = params.W_out @ h
    y = softmax(u)
    np.testing.assert_allclose(value(r"\mathbf{h}", world), h)
    np.testing.assert_allclose(value(r"{\mathbf{v}'_{w_j}}^T\mathbf{h}", world), u)
    np.testing.assert_allclose(value("y_j", world), y)
    np.testing.assert_allclose(value(r"\sum_{j=1}^V y_j u_j", world), y @ u)
    np.testing.assert_allclose(value(r"\prod_{j=2}^{V-1} y_j", world), np.prod(y[1:-1]))
    np.testing.assert_allclose(value(r"\mathbf{h}\otimes\mathbf{y}", world), np.outer(h, y))
    np.testing.assert_allclose(value(r"w'_{ij}", world), params.W_out)  # letters: j, i
    np.testing.assert_allclose(value(r"\frac{u_j^2}{1 + e^{-u_j}}", world), u**2 * sigmoid(u))
    np.testing.assert_allclose(value(r"t_j", world), np.arange(V) == 2)
    np.testing.assert_allclose(value(r"\sqrt{1 + u_j^2} + \tanh(u_j)", world), np.sqrt(1 + u**2) + np.tanh(u))


def test_sums_with_conditions_empty_sums_and_single_terms():
    params, world = softmax_world()
    y = softmax(params.W_out @ params.W[6])
    np.testing.assert_allclose(value(r"\sum_{k \neq j} y_k", world), 1 - y)
    np.testing.assert_allclose(value(r"\sum_{k = j}^{V} y_k", world), np.cumsum(y[::-1])[::-1])
    np.testing.assert_allclose(value(r"\sum_{k = 1}^{j} y_k", world), np.cumsum(y))
    assert value(r"\sum_{j=V}^{1} y_j", world) == 0
    assert value(r"\prod_{j=V}^{1} y_j", world) == 1
    np.testing.assert_allclose(value(r"\sum_{j=3}^{3} y_j", world), y[2])


def test_an_entry_outside_of_its_array_is_an_error_and_not_a_wrap_around():
    _, world = softmax_world()
    with pytest.raises(W2VError, match="u has no entry at j = 8"):
        value(r"\sum_{j=1}^{V+1} u_j", world)
    with pytest.raises(W2VError, match="has no entry at j"):
        value(r"u_{j-1}", world)


@pytest.mark.parametrize("rows", [2, 40])
def test_a_sum_over_part_of_an_axis_is_no_matrix_product(rows):
    """Scores of many rows are taken as one product, but only where the sum runs over all components."""
    params = random_params(rows, N, np.random.default_rng(1))
    world, h = world_of(params, one_word(1, 0), Softmax()), params.W[1]
    part = params.W_out * h
    np.testing.assert_allclose(value(r"\sum_{i=1}^{N} w'_{ij} h_i", world), part.sum(axis=1))
    np.testing.assert_allclose(value(r"\sum_{i=2}^{N} w'_{ij} h_i", world), part[:, 1:].sum(axis=1))
    np.testing.assert_allclose(value(r"\sum_{i=1}^{N-1} w'_{ij} h_i", world), part[:, :-1].sum(axis=1))
    with pytest.raises(W2VError, match="has no entry at i"):
        value(r"\sum_{i=0}^{N-1} w'_{ij} h_i", world)
    with pytest.raises(W2VError, match="has no entry at i"):
        value(r"\sum_{i=2}^{N+1} w'_{ij} h_i", world)


MODELS = {
    "softmax": (one_word(6, 2), Softmax()),
    "panels": (skipgram(6, (2, 0, 2, 5)), Softmax()),
    "tree": (skipgram(6, (2, 0, 2, 5)), Hierarchical(huffman([9, 6, 5, 4, 3, 2, 1]))),
    "noise": (cbow((6, 0, 6, 3), 2, (0, 2, 0, 1)), Negative()),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("method", [CENTRAL, COMPLEX])
def test_many_derivatives_at_once_are_those_taken_one_by_one(model, method, monkeypatch):
    one, objective = MODELS[model]
    params = random_params(V, N, np.random.default_rng(8), R=objective.rows(V))
    chosen = setting(one.input_side, objective.name)
    lines = [r"\frac{\partial E}{\partial w_{ki}}", r"\frac{\partial E}{\partial h_i}"]
    score = "u_{c,j}" if one.input_side == "skip-gram" else "u_j"
    lines += [rf"\frac{{\partial E}}{{\partial {score}}}", rf"\frac{{\partial {score}}}{{\partial h_i}}"]
    found = []
    for limit in (1 << 18, 0):
        monkeypatch.setattr(derivatives, "MANY", limit)
        world = world_of(params, one, objective).with_method(method)
        found.append([value(latex, world, chosen) for latex in lines])
    for together, alone in zip(*found, strict=True):
        np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-11 if method == CENTRAL else 1e-15)


def test_complex_numbers_pass_through():
    params, world = softmax_world(dtype=np.complex128)
    real = softmax_world()[1]
    got = value(r"\log\sum_{j=1}^V\exp(u_j) - u_{j^*}", world)
    assert got.dtype == np.complex128
    np.testing.assert_allclose(got.real, value("E", real))
    z = params.W.copy()
    z[6, 1] += 1e-30j
    step = value("E", world.override("W", z)).imag / 1e-30
    np.testing.assert_allclose(step, trace(*as_real(params)).dW[6, 1], rtol=1e-13)


def as_real(params):
    return Params(params.W.real, params.W_out.real), one_word(6, 2), Softmax()


@pytest.mark.parametrize("sign", [1, -1])
def test_scores_of_800_stay_finite(sign):
    W_out = np.array([[800.0], [-800.0], [0.0], [3.0]])
    params = Params(np.array([[1.0]] * 4), sign * W_out)
    world = world_of(params, one_word(0, 0), Softmax())
    with np.errstate(all="raise", under="ignore"):
        for latex in ("E", "y_j", r"\log\sum_{j=1}^V\exp(u_j)", r"\frac{e^{u_j}}{\sum_k e^{u_k}}"):
            assert np.isfinite(value(latex, world)).all()
        assert np.isfinite(value(r"\log\sigma(u_j)", world)).all()
    np.testing.assert_allclose(value(r"\log\sigma(u_j)", world), log_sigmoid(sign * W_out[:, 0]))


@pytest.mark.parametrize("method", [CENTRAL, COMPLEX])
def test_a_derivative_cuts_the_definition_of_its_variable(method):
    params, world = softmax_world()
    world = world.with_method(method)
    kept = trace(params, one_word(6, 2), Softmax())
    close = {"rtol": 1e-7, "atol": 1e-9} if method == CENTRAL else {"rtol": 1e-12, "atol": 1e-15}
    np.testing.assert_allclose(value(r"\frac{\partial E}{\partial u_j}", world), kept.output.e, **close)
    np.testing.assert_allclose(value(r"\frac{\partial E}{\partial \mathbf{h}}", world), kept.EH, **close)
    np.testing.assert_allclose(value(r"\frac{\partial E}{\partial \mathbf{W}}", world), kept.dW, **close)
    np.testing.assert_allclose(
        value(r"\frac{\partial E}{\partial \mathbf{W}'}", world), kept.dW_out.T, **close
    )
    h = params.W[6]
    by_w = value(r"\frac{\partial u_j}{\partial w'_{ij}}", world)
    np.testing.assert_allclose(by_w, np.broadcast_to(h, (V, N)), **close)
    np.testing.assert_allclose(value(r"\frac{\partial u_j}{\partial u_k}", world), np.eye(V), **close)


def test_panels_are_independent_in_30_and_share_their_weights_in_32():
    params = random_params(V, N, np.random.default_rng(4))
    one = skipgram(6, (2, 0, 2, 5))
    world, kept = world_of(params, one, Softmax()).with_method(COMPLEX), trace(params, one, Softmax())
    panel = value(r"\frac{\partial E}{\partial u_{c,j}}", world, G)
    np.testing.assert_allclose(panel, np.stack([out.e for out in kept.outputs]), rtol=1e-12, atol=1e-15)
    shared = value(r"\frac{\partial E}{\partial u_j}", world, G)
    np.testing.assert_allclose(shared, kept.EI, rtol=1e-12, atol=1e-15)
    across = value(r"\frac{\partial u_{1,j}}{\partial u_{2,j}}", world, G)
    np.testing.assert_array_equal(across, 0)


def test_an_update_is_a_step_down_the_loss():
    params, world = softmax_world()
    new = value(r"\mathbf{v}_{w_I}^{(new)}", world.with_method(COMPLEX))
    kept = trace(params, one_word(6, 2), Softmax())
    np.testing.assert_allclose(new, params.W[6] - 0.5 * kept.dW[6], rtol=1e-13)


def test_repeated_rows_get_all_their_errors():
    params = random_params(V, N, np.random.default_rng(4))
    one = one_word(6, 2, (0, 2, 0))
    world = world_of(params, one, Negative()).with_method(COMPLEX)
    got = value(r"\frac{\partial E}{\partial \mathbf{v}'_{w_j}}", world, setting("one-word", "negative"))
    kept = trace(params, one, Negative())
    np.testing.assert_allclose(got, kept.dW_out[[2, 0, 2, 0]], rtol=1e-12)


def test_paths_of_different_lengths_are_masked():
    tree = huffman([9, 6, 5, 4, 3, 2, 1])
    params = random_params(V, N, np.random.default_rng(4), R=V - 1)
    world = world_of(params, one_word(6, 2), Hierarchical(tree))
    p = np.exp(tree.log_probabilities(params.W_out @ params.W[6]))
    np.testing.assert_allclose(value("p(k)", world, H), p, rtol=1e-13)
    inner = value(r"\sum_{j=1}^{L(k)-1} 1", world, H)
    np.testing.assert_array_equal(inner, tree.lengths)
    assert not np.isnan(value("n(k,j)", world, H)[2]).all()


def test_the_tree_is_given_by_children_and_paths_alone():
    tree = huffman([9, 6, 5, 4, 3, 2, 1])
    given_ = tree_inputs(tree)
    assert set(given_) == {"L", "n", "ch"}
    for w in range(V):
        length = given_["L"][w]
        path = given_["n"][w, :length]
        assert path[-1] == w + 1 and path[0] == V + tree.root + 1
        turns = [path[j + 1] == given_["ch"][path[j] - V - 1] for j in range(length - 1)]
        assert turns == [code == 0 for code in tree.codes[w]]


def test_repeated_context_words_count_as_often_as_they_occur():
    params = random_params(V, N, np.random.default_rng(4))
    world = world_of(params, cbow((6, 0, 6, 3), 2), Softmax())
    chosen = setting("cbow", "softmax")
    np.testing.assert_allclose(value("x_k", world, chosen), [0.25, 0, 0, 0.25, 0, 0, 0.5])
    np.testing.assert_allclose(value("h_i", world, chosen), params.W[[6, 0, 6, 3]].mean(axis=0))


@given(st.integers(1, V), st.integers(1, V))
@settings(max_examples=25, deadline=None)
def test_entries_are_chosen_as_the_paper_counts(j, k):
    params, world = softmax_world()
    claim = read(r"\frac{\partial y_j}{\partial u_k}", S)
    at = {"j": np.array([j]), "k": np.array([k])}
    got = values_of(world.with_method(COMPLEX), claim.sides[0], claim.free, at)
    y = softmax(params.W_out @ params.W[6])
    np.testing.assert_allclose(got, [[y[j - 1] * ((j == k) - y[k - 1])]], rtol=1e-12, atol=1e-16)


def test_a_large_vocabulary_is_quick_and_small():
    rng = np.random.default_rng(0)
    params = Params(rng.standard_normal((10_000, 50)), rng.standard_normal((10_000, 50)) / 7)
    world = world_of(params, one_word(9_000, 77), Softmax()).with_method(COMPLEX)
    claim = read(r"\frac{\partial E}{\partial w_{ki}}", S)
    at = {"k": np.array([1, 9_001]), "i": np.array([3, 50])}
    got = values_of(world, claim.sides[0], claim.free, at)
    kept = trace(params, one_word(9_000, 77), Softmax())
    np.testing.assert_allclose(got, kept.dW[[0, 9_000]][:, [2, 49]], rtol=1e-11, atol=1e-15)


def test_missing_inputs_and_purposes_are_errors():
    with pytest.raises(W2VError, match="needs"):
        World(S.theory, {"W": np.ones((2, 2))}, {"V": 2, "N": 2})
    _, world = softmax_world()
    with pytest.raises(W2VError, match="states a purpose"):
        evaluate(world, read_expression(r"\max y_{j^*}", S))
    empty = Theory("empty", (), (), ())
    with pytest.raises(W2VError, match="is not defined in empty"):
        evaluate(World(empty, {}, {}), Entry("u"))


def test_override_leaves_the_old_world_alone():
    _, world = softmax_world()
    before = world.array("E").copy()
    other = world.override("u", np.zeros(V))
    np.testing.assert_allclose(other.array("E"), np.log(V))
    assert world.array("E") == before
    np.testing.assert_array_equal(other.array("h"), world.array("h"))

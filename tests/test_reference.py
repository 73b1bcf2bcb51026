"""The reference against the other witnesses, over all twelve models, and against worked examples by hand."""

from dataclasses import replace

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.errors import W2VError
from w2v_edu.fast.batch import batch_gradient, batch_trace, prepare_batch
from w2v_edu.fast.ragged import add_at_rows, stack, starts_of
from w2v_edu.finite import central_difference, complex_step, relative_error, taylor
from w2v_edu.model import Example, Params, cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, OBJECTIVES, Hierarchical, Negative, Softmax, make_objective
from w2v_edu.tree import balanced, huffman
from w2v_edu.verification.cases import MODELS, random_case

SEEDS = range(3)
swept = pytest.mark.parametrize(
    ("case", "seed"),
    [
        pytest.param((side, objective, combine), seed, id=f"{side}-{objective}-{combine}-{seed}")
        for side, objective in MODELS
        for combine in (("mean", "sum") if side == "cbow" else ("mean",))
        for seed in SEEDS
    ],
)


def make(case, seed):
    side, objective, combine = case
    return random_case(side, objective, np.random.default_rng((seed, 77)), combine)


def loss_of(case):
    V, N = case.params.V, case.params.N
    return lambda flat: reference.loss(Params.from_flat(flat, V, N), case.example, case.objective)


def gradient_of(case):
    trace = reference.trace(case.params, case.example, case.objective)
    return np.concatenate([trace.dW, trace.dW_out]).ravel()


@swept
def test_sizes_and_index_spaces_disagree(case, seed):
    made = make(case, seed)
    V, N, C = made.params.V, made.params.N, made.example.C
    K = len(made.example.noise[0])
    sizes = [V, N, K] if case[0] == "one-word" else [V, N, C, K]
    assert len(set(sizes)) == len(sizes)
    assert (made.params.theta() != 0).all()
    words = max(made.example.inputs, made.example.targets, key=len)
    assert case[0] == "one-word" or len(set(words)) < len(words)
    assert len(set(made.example.noise[0])) < K


@swept
def test_gradient_is_the_derivative_of_the_loss(case, seed):
    made = make(case, seed)
    flat, f = made.params.flat(), loss_of(made)
    assert relative_error(gradient_of(made), central_difference(f, flat)) < 1e-7
    assert relative_error(gradient_of(made), complex_step(f, flat)) < 1e-13
    direction = np.random.default_rng(seed).standard_normal(flat.shape)
    assert taylor(f, gradient_of(made), flat, direction).slope == pytest.approx(2.0, abs=0.1)


@swept
def test_intermediates_are_derivatives_too(case, seed):
    """EH is dE/dh, e is dE/du of its panel: each with what stands before it held fixed."""
    made = make(case, seed)
    trace, W_out = reference.trace(made.params, made.example, made.objective), made.params.W_out
    for out, w_O, W_neg in zip(trace.outputs, made.example.targets, made.example.noise, strict=True):
        exact = complex_step(lambda h, w=w_O, n=W_neg: made.objective.E(h, W_out, w, n), trace.h)
        assert relative_error(out.EH, exact) < 1e-13
        np.testing.assert_array_equal(out.e, out.y - out.t)
    assert relative_error(trace.EH, sum(out.EH for out in trace.outputs)) < 1e-15
    assert relative_error(trace.dW_out, np.outer(trace.EI, trace.h)) < 1e-13
    forward = float(reference.loss(made.params, made.example, made.objective))
    assert float(trace.E) == pytest.approx(forward, rel=1e-14)


@swept
def test_x_and_h(case, seed):
    made = make(case, seed)
    trace = reference.trace(made.params, made.example, made.objective)
    assert trace.x.sum(axis=1).tolist() == [1.0] * len(made.example.inputs)
    total = made.params.W.T @ trace.x.sum(axis=0)  # (17)
    expected = total / len(trace.x) if made.example.combine == "mean" else total
    assert relative_error(trace.h, expected) < 1e-14


@swept
def test_update_steps_from_the_old_values_only(case, seed):
    made, eta = make(case, seed), 0.3
    before = made.params.flat().copy()
    new = reference.update(made.params, made.example, made.objective, eta)
    np.testing.assert_array_equal(made.params.flat(), before)
    assert relative_error((before - new.flat()) / eta, gradient_of(made)) < 1e-12


@swept
def test_batch_equals_the_sum_of_examples(case, seed):
    made = make(case, seed)
    rng = np.random.default_rng(seed + 100)
    V = made.params.V
    examples = [made.example, *(shuffled(made.example, V, rng) for _ in range(4)), made.example]
    traces = [reference.trace(made.params, example, made.objective) for example in examples]
    batch = batch_trace(made.params, examples, made.objective)
    panels = [out for trace in traces for out in trace.outputs]
    for name in ("h", "EH", "E"):
        assert relative_error(getattr(batch, name), np.array([getattr(t, name) for t in traces])) < 1e-12
    for name in ("rows", "u", "y", "t", "e"):
        assert (
            relative_error(getattr(batch, name), np.concatenate([getattr(p, name) for p in panels])) < 1e-12
        )
    for name in ("EI", "dW", "dW_out"):
        assert relative_error(getattr(batch, name), sum(getattr(t, name) for t in traces)) < 1e-12
    assert batch.sizes.tolist() == [len(p.u) for p in panels]
    owners = [b for b, example in enumerate(examples) for _ in example.targets]
    assert batch.example.tolist() == owners
    sums = batch_gradient(made.params, examples, made.objective)
    assert relative_error(sums.E, batch.E) < 1e-12
    assert relative_error(sums.dW, batch.dW) < 1e-12
    assert relative_error(sums.dW_out, batch.dW_out) < 1e-12


@swept
def test_examples_made_ready_give_the_same(case, seed):
    made = make(case, seed)
    rng = np.random.default_rng(seed + 200)
    V, N, R = made.params.V, made.params.N, made.params.R
    examples = [made.example, *(shuffled(made.example, V, rng) for _ in range(6))]
    ready = prepare_batch(examples, made.objective, V)
    for params in (made.params, random_params(V, N, rng, R=R)):
        once = batch_gradient(params, examples, made.objective)
        for ours, expected in zip(ready.gradient(params), once, strict=True):
            np.testing.assert_array_equal(ours, expected)


def test_a_batch_made_ready_knows_its_vocabulary():
    ready = prepare_batch([one_word(0, 1)], Hierarchical(balanced(4)), 4)
    assert ready.V == 4 and ready.objective.name == "hierarchical"
    with pytest.raises(W2VError, match="^the batch was made for V = 4 words and W has 5 rows$"):
        ready.gradient(random_params(5, 2, np.random.default_rng(1), R=3))
    with pytest.raises(W2VError, match="needs R = 3"):
        ready.gradient(random_params(4, 2, np.random.default_rng(1)))
    with pytest.raises(W2VError, match="^the batch is empty: at least one example expected$"):
        prepare_batch([], Softmax(), 4)
    with pytest.raises(W2VError, match="^noise word id 4 is out of range"):
        prepare_batch([one_word(0, 1, (4,))], Negative(), 4)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("B", [1, 2, 7])
def test_the_size_of_blocks_and_pieces_changes_only_the_rounding(monkeypatch, objective, B):
    case = random_case("skip-gram", objective, np.random.default_rng(B))
    rng = np.random.default_rng(9)
    examples = [shuffled(case.example, case.params.V, rng) for _ in range(B)]
    whole = batch_gradient(case.params, examples, case.objective)
    traced = batch_trace(case.params, examples, case.objective)
    rows_at_once = case.params.R if objective == "softmax" else 1024
    for in_block, gathered in ((1, 1), (2, 3 * case.params.N), (3, 1 << 17)):
        monkeypatch.setattr("w2v_edu.fast.batch.BLOCK", in_block * rows_at_once)
        monkeypatch.setattr("w2v_edu.fast.ragged.GATHERED", gathered)
        ready = prepare_batch(examples, case.objective, case.params.V)
        assert [block.B for block in ready._blocks] == [min(in_block, B - i) for i in range(0, B, in_block)]
        for ours, expected in zip(ready.gradient(case.params), whole, strict=True):
            assert ours.shape == expected.shape and relative_error(ours, expected) < 1e-13
        assert relative_error(batch_trace(case.params, examples, case.objective).e, traced.e) < 1e-13


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_batch_computes_in_the_type_of_the_parameters(objective):
    case = random_case("cbow", objective, np.random.default_rng(3))
    examples = [case.example, shuffled(case.example, case.params.V, np.random.default_rng(4))]
    W, W_out = case.params.W, case.params.W_out
    exact = batch_gradient(case.params, examples, case.objective)
    single = Params(W.astype(np.float32), W_out.astype(np.float32))
    ours = batch_gradient(single, examples, case.objective)
    assert ours.dW.dtype == ours.dW_out.dtype == np.float32
    assert relative_error(ours.dW, exact.dW) < 1e-6 and relative_error(ours.dW_out, exact.dW_out) < 1e-6

    tiny = 1e-30  # the complex step: the imaginary part carries the derivative
    EI = batch_trace(case.params, examples, case.objective).EI
    for name, gradient in (("W", exact.dW), ("W_out", exact.dW_out)):
        matrix = getattr(case.params, name)
        direction = np.random.default_rng(5).standard_normal(matrix.shape)
        bent = replace(case.params, **{name: matrix + 1j * tiny * direction})  # the other one stays real
        found = batch_gradient(bent, examples, case.objective)
        assert found.dW.dtype == found.dW_out.dtype == np.complex128
        assert relative_error(found.E.imag.sum() / tiny, (gradient * direction).sum()) < 1e-12
        kept = batch_trace(bent, examples, case.objective)
        assert relative_error(kept.E.imag, found.E.imag) < 1e-13 and relative_error(kept.EI.real, EI) < 1e-13


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_over_groups_are_those_of_add_at(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(0, 9, 40)  # empty groups too, and many of one size
    sizes[[3, 17]] = 30, 31
    labels, weights = rng.permutation(np.repeat(np.arange(40), sizes)), rng.standard_normal(sizes.sum())
    vectors = rng.standard_normal((11, 3))
    which = rng.integers(0, 11, len(labels))
    expected = np.zeros((43, 3))
    np.add.at(expected, labels, weights[:, None] * vectors[which])
    for gathered in (1, 25, 1 << 17):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("w2v_edu.fast.ragged.GATHERED", gathered)
            assert relative_error(add_at_rows(43, labels, weights, vectors, which), expected) < 1e-14
            pieces = list(stack(labels, which).pieces(3))
            assert all(3 * n * c <= gathered for _, _, (n, c) in pieces if n > 1)
            assert sum(n for _, _, (n, _) in pieces) == len(np.unique(labels))
    nothing = np.empty(0, dtype=np.int64)
    assert add_at_rows(2, nothing, np.empty(0), vectors, nothing).tolist() == [[0.0] * 3] * 2


def test_groups_keep_their_items_in_order_whatever_the_labels():
    labels = np.array([70_000, 3, 70_000, 69_999, 3])  # more labels than 2^16
    made = stack(labels, which=np.arange(10, 15))
    assert made.groups.tolist() == [69_999, 3, 70_000] and made.shapes == [(1, 1), (2, 2)]
    assert made.order.tolist() == [3, 1, 4, 0, 2] and (made.which == made.order + 10).all()
    many = stack(np.random.default_rng(1).permutation(np.arange(600) % 3), which=np.arange(600))
    assert many.shapes == [(3, 200)] and (np.diff(many.order.reshape(3, 200)) > 0).all()
    assert starts_of(np.array([1, 1, 2])).tolist() == [0, 2]


def shuffled(example, V, rng):
    """Another example of the same shape; skip-gram and CBOW also change their length."""
    pick = lambda n: tuple(rng.integers(0, V, n).tolist())  # noqa: E731
    K = len(example.noise[0])
    if example.input_side == "skip-gram":
        C = int(rng.integers(1, 6))
        return skipgram(pick(1)[0], pick(C), tuple(pick(K) for _ in range(C)))
    return Example(
        example.input_side,
        pick(int(rng.integers(1, 6)) if example.input_side == "cbow" else 1),
        pick(1),
        (pick(K),),
        example.combine,
    )


def test_blocks_do_not_change_the_sums(monkeypatch):
    case = random_case("skip-gram", "softmax", np.random.default_rng(4))
    examples = [case.example] * 5
    whole = batch_gradient(case.params, examples, case.objective)
    monkeypatch.setattr("w2v_edu.fast.batch.BLOCK", 2 * case.params.R)
    blocks = batch_gradient(case.params, examples, case.objective)
    assert relative_error(blocks.dW, whole.dW) < 1e-14
    assert relative_error(blocks.dW_out, whole.dW_out) < 1e-14
    assert blocks.E.shape == (5,)


@pytest.mark.parametrize("seed", SEEDS)
def test_skipgram_error_is_c_y_minus_counts_31(seed):
    case = random_case("skip-gram", "softmax", np.random.default_rng(seed))
    trace = reference.trace(case.params, case.example, case.objective)
    counts = np.bincount(case.example.targets, minlength=case.params.V)
    assert relative_error(trace.EI, case.example.C * trace.output.y - counts) < 1e-14
    assert abs(trace.EI.sum()) < 1e-13


@pytest.mark.parametrize("seed", SEEDS)
def test_nce_with_log_kq_zero_is_negative_sampling(seed):
    case = random_case("cbow", "negative", np.random.default_rng(seed))
    V, K = case.params.V, len(case.example.noise[0])
    uniform = NCE(Noise(np.full(V, 1 / V)), K)
    nce = reference.trace(case.params, case.example, uniform)
    shifted = case.objective.trace(nce.h, case.params.W_out, case.example.targets[0], case.example.noise[0])
    assert relative_error(nce.output.u, shifted.u) < 1e-15
    assert relative_error(nce.output.y, 1 / (1 + np.exp(-(shifted.u - np.log(K / V))))) < 1e-13


@pytest.mark.parametrize("objective", ["softmax", "hierarchical", "negative", "nce"])
@pytest.mark.parametrize("score", [800.0, -800.0])
def test_scores_of_800_stay_finite(objective, score):
    V, K = 5, 3
    noise = Noise.from_counts([5, 4, 3, 2, 1])
    made = {
        "softmax": Softmax(),
        "hierarchical": Hierarchical(balanced(V)),
        "negative": Negative(),
        "nce": NCE(noise, K),
    }[objective]
    R = made.rows(V)
    params = Params(np.full((V, 1), 1.0), np.linspace(score, -score, R)[:, None])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for w_O in range(V):
            example = one_word(2, w_O, (0, 4, 4))
            trace = reference.trace(params, example, made)
            batch = batch_trace(params, [example], made)
            assert np.isfinite(trace.E) and np.isfinite(trace.dW).all() and np.isfinite(trace.dW_out).all()
            assert relative_error(batch.dW_out, trace.dW_out) < 1e-12


# Definitions, with the arithmetic written out: what no sweep can see, because both sides would turn together.


def test_one_word_softmax_by_hand():
    """v_0 = (1, 0). Scores: 0, log 2, log 5; so y = (1, 2, 5) / 8. Target 1: e = (1, -6, 5) / 8."""
    W = np.array([[1.0, 0.0], [3.0, 3.0], [4.0, 4.0]])
    W_out = np.array([[0.0, 1.0], [np.log(2), 2.0], [np.log(5), 3.0]])
    trace = reference.trace(Params(W, W_out), one_word(0, 1), Softmax())
    np.testing.assert_allclose(trace.output.y, [1 / 8, 2 / 8, 5 / 8])
    np.testing.assert_allclose(trace.EI, [1 / 8, -6 / 8, 5 / 8])
    np.testing.assert_allclose(trace.E, np.log(4))
    np.testing.assert_allclose(trace.EH[1], (1 * 1 - 6 * 2 + 5 * 3) / 8)
    np.testing.assert_allclose(trace.dW_out, np.outer([1 / 8, -6 / 8, 5 / 8], [1, 0]))
    np.testing.assert_array_equal(trace.dW[1:], 0)


def test_cbow_mean_and_sum_by_hand():
    """Context 0, 2, 0: mean (2 v_0 + v_2) / 3. Word 0 gets 2/3 of EH, word 2 1/3; the sum, undivided."""
    W = np.array([[3.0, 0.0], [9.0, 9.0], [0.0, 6.0]])
    W_out = np.array([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])
    mean = reference.trace(Params(W, W_out), cbow((0, 2, 0), 1), Softmax())
    np.testing.assert_allclose(mean.h, [2.0, 2.0])
    np.testing.assert_allclose(mean.dW, [2 / 3 * mean.EH, [0, 0], 1 / 3 * mean.EH])
    total = reference.trace(Params(W, W_out), cbow((0, 2, 0), 1, combine="sum"), Softmax())
    np.testing.assert_allclose(total.h, [6.0, 6.0])
    np.testing.assert_allclose(total.dW, [2 * total.EH, [0, 0], total.EH])


def test_negative_sampling_with_a_collision_by_hand():
    """h = 1. Scores log 3 for word 1 (sigma 3/4), 0 for word 0 (sigma 1/2). W_neg = (1, 0, 0): e of word 1 is
    -1/4 as the target and +3/4 as noise, of word 0 twice 1/2."""
    params = Params(np.array([[1.0], [1.0]]), np.array([[0.0], [np.log(3)]]))
    trace = reference.trace(params, one_word(0, 1, (1, 0, 0)), Negative())
    np.testing.assert_allclose(trace.EI, [1.0, 0.5])
    np.testing.assert_allclose(trace.E, -np.log(3 / 4) - np.log(1 / 4) - 2 * np.log(1 / 2))
    np.testing.assert_allclose(trace.EH, [0.5 * np.log(3)])
    assert trace.output.multiplicity == {0: 2, 1: 1}


def test_hierarchical_softmax_by_hand():
    """Counts 4, 2, 1: word 2 (lightest) and word 1 merge into node 0; node 0 (weight 3) and word 0 (4) into
    the root, node 1, whose left child is the lighter: node 0. So word 1 turns left, then right."""
    tree = huffman([4, 2, 1])
    params = Params(np.ones((3, 1)), np.array([[np.log(3)], [np.log(4)]]))  # sigma: node 0 3/4, root 4/5
    trace = reference.trace(params, one_word(0, 1), Hierarchical(tree))
    out = trace.output
    assert (out.nodes.tolist(), out.signs.tolist(), out.codes.tolist()) == ([1, 0], [1, -1], [0, 1])
    np.testing.assert_allclose(out.e, [4 / 5 - 1, 3 / 4])
    np.testing.assert_allclose(trace.E, -np.log(4 / 5 * 1 / 4))
    np.testing.assert_allclose(trace.EI, [3 / 4, -1 / 5])


def test_corpus_objective_by_hand():
    """Two positions with E_1 and E_2, a third without context: J = (E_1 + E_2) / 3."""
    params = random_params(4, 2, np.random.default_rng(0))
    examples = [skipgram(0, (1, 2)), skipgram(3, (1,))]
    losses = [float(reference.loss(params, example, Softmax())) for example in examples]
    assert reference.corpus_objective(params, examples, Softmax()) == pytest.approx(sum(losses) / 2)
    assert reference.corpus_objective(params, examples[:1], Softmax()) == pytest.approx(losses[0])
    assert reference.corpus_objective(params, examples, Softmax(), T=3) == pytest.approx(sum(losses) / 3)
    flat = params.flat()

    def J(x):
        return sum(reference.loss(Params.from_flat(x, 4, 2), one, Softmax()) for one in examples) / 3

    gradient = reference.corpus_gradient(params, examples, Softmax(), T=3)
    both = np.concatenate([gradient.dW, gradient.dW_out]).ravel()
    assert relative_error(both, complex_step(J, flat)) < 1e-13


@pytest.mark.parametrize(
    ("example", "objective", "message"),
    [
        (
            one_word(9, 0),
            Softmax(),
            "input word id 9 is out of range: the vocabulary has 4 words, ids 0 to 3",
        ),
        (one_word(0, 4), Softmax(), "target word id 4"),
        (one_word(0, 1, (7,)), Negative(), "noise word id 7"),
        (one_word(0, 1), Hierarchical(balanced(4)), "needs R = 3"),
        (one_word(0, 1), Hierarchical(balanced(6)), "tree has 6 leaves and the vocabulary 4 words"),
        (one_word(0, 1, (1,)), NCE(Noise(np.full(5, 0.2)), 1), "has 5 words and the vocabulary 4"),
        (one_word(0, 1, (1, 2)), NCE(Noise(np.full(4, 0.25)), 3), "K = 3 and the example has 2 noise words"),
    ],
)
def test_what_does_not_fit_is_said(example, objective, message):
    params = random_params(4, 2, np.random.default_rng(1))
    with pytest.raises(W2VError, match=message):
        reference.trace(params, example, objective)
    with pytest.raises(W2VError, match=message):
        batch_trace(params, [example], objective)


def test_empty_things_are_said():
    params = random_params(4, 2, np.random.default_rng(1))
    with pytest.raises(W2VError, match="^there are no examples: .* context$"):
        reference.corpus_objective(params, [], Softmax())
    with pytest.raises(W2VError, match="^the batch is empty: at least one example expected$"):
        batch_trace(params, [], Softmax())
    with pytest.raises(W2VError, match="^the batch is empty: at least one example expected$"):
        batch_gradient(params, [], Softmax())


def test_a_trace_says_what_it_is_a_trace_of():
    for side, name in MODELS:
        case = random_case(side, name, np.random.default_rng(8))
        trace = reference.trace(case.params, case.example, case.objective)
        assert (trace.example, trace.objective, trace.output) == (case.example, name, trace.outputs[0])
        assert tuple(out.w_O for out in trace.outputs) == case.example.targets
        sampled = name in ("negative", "nce")
        assert tuple(out.W_neg for out in trace.outputs) == (
            case.example.noise if sampled else ((),) * len(trace.outputs)
        )
        for out in trace.outputs:
            assert (out.nodes is not None) == (out.signs is not None) == (out.codes is not None)
            assert (out.nodes is not None) == (name == "hierarchical")
            if name == "nce":
                expected = np.log(case.objective.K * case.objective.noise.p[out.rows])
                np.testing.assert_allclose(out.offset, expected, rtol=1e-15)


@pytest.mark.parametrize("sheet", [Softmax(), Hierarchical(balanced(4))])
def test_a_sheet_alone_says_what_is_out_of_range(sheet):
    with pytest.raises(W2VError, match="^target word id 4 is out of range: the "):
        sheet.E(np.ones(2), np.ones((sheet.rows(4), 2)), 4)


def test_one_wrong_number_of_noise_words_among_many_is_found():
    params = random_params(4, 2, np.random.default_rng(1))
    nce = NCE(Noise(np.full(4, 0.25)), 2)
    with pytest.raises(W2VError, match="K = 2 and the example has 1 noise words"):
        batch_trace(params, [one_word(0, 1, (1, 2)), one_word(0, 1, (3,)), one_word(0, 1, (1, 2))], nce)


def test_objectives_by_name():
    tree, noise = balanced(4), Noise(np.full(4, 0.25))
    assert make_objective("softmax") == Softmax()
    assert make_objective("ns") == make_objective("negative") == Negative()
    assert make_objective("hs", tree=tree).tree is tree
    made = make_objective("nce", noise=noise, K=3)
    assert (made.noise, made.K) == (noise, 3)
    for name in OBJECTIVES:
        assert make_objective(name, tree=tree, noise=noise, K=3).name == name
    with pytest.raises(
        W2VError, match="^'?objective 'sgd' is not one of softmax, hierarchical, negative, nce "
    ):
        make_objective("sgd")
    with pytest.raises(W2VError, match=r"^hierarchical softmax needs a tree: pass tree=huffman\(counts\)$"):
        make_objective("hierarchical")
    for missing in ({"noise": noise}, {"K": 3}):
        with pytest.raises(
            W2VError, match="^NCE needs its noise distribution and K: pass noise=Noise.* K=5$"
        ):
            make_objective("nce", **missing)


@pytest.mark.parametrize("eta", [0.0, -0.1, float("nan"), float("inf")])
def test_a_learning_rate_is_positive(eta):
    params = random_params(4, 2, np.random.default_rng(1))
    with pytest.raises(W2VError, match="learning rate eta"):
        reference.update(params, one_word(0, 1), Softmax(), eta)


def test_nce_says_which_word_has_no_noise():
    params = random_params(3, 2, np.random.default_rng(1))
    with pytest.raises(W2VError, match="^word 2 has noise probability 0"):
        reference.loss(params, one_word(0, 1, (2,)), NCE(Noise(np.array([0.5, 0.5, 0.0])), 1))
    with pytest.raises(W2VError, match="^word 2 has noise probability 0"):
        reference.loss(params, one_word(0, 2, (1,)), NCE(Noise(np.array([0.5, 0.5, 0.0])), 1))
    with pytest.raises(W2VError, match="at least one noise word"):
        NCE(Noise(np.array([0.5, 0.5])), 0)


def test_rows_that_nobody_asks_have_an_error_of_zero():
    params = random_params(7, 3, np.random.default_rng(6))
    batch = batch_trace(params, [one_word(0, 1, (2, 2))], Negative())
    assert batch.EI.shape == (7,) and batch.EI[3:].tolist() == [0.0] * 4

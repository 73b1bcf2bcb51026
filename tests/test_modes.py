"""The plain trainer is the reference; each flag of word2vec.c and gensim does what its line says."""

from dataclasses import replace

import numpy as np
import pytest

from w2v_edu.comparison.deviations import DEVIATIONS, MODES, flags_of
from w2v_edu.comparison.modes import train_mode
from w2v_edu.comparison.pairwise import examples_seen, step, table_sigmoid
from w2v_edu.comparison.trees import gensim_tree, two_pointer_tree
from w2v_edu.corpus import corpus_from_text, toy
from w2v_edu.errors import W2VError
from w2v_edu.finite import central_difference
from w2v_edu.model import Params, cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import OBJECTIVES, Negative, make_objective
from w2v_edu.reference import loss, trace, update
from w2v_edu.tree import huffman, huffman_word2vec_c

V, N, K = 7, 3, 5
COUNTS = np.array([9, 7, 5, 4, 3, 2, 1])
SIDES = ("one-word", "cbow", "cbow-sum", "skip-gram")


def objective_named(name):
    return make_objective(name, tree=huffman(COUNTS), noise=Noise.from_counts(COUNTS), K=K)


def example_for(side, objective, rng, *, meets_itself=True):
    """C = 4 with a word twice; noise with a word twice, and the target among it."""

    def W_neg(w_O):
        if objective not in ("negative", "nce"):
            return ()
        drawn = rng.integers(0, V, K).tolist()
        drawn[1] = drawn[0]
        if meets_itself:
            drawn[2] = w_O
        return tuple(drawn)

    if side == "one-word":
        return one_word(3, 1, W_neg(1))
    if side.startswith("cbow"):
        return cbow((5, 2, 5, 0), 4, W_neg(4), "sum" if side == "cbow-sum" else "mean")
    return skipgram(2, (5, 1, 5, 6), tuple(W_neg(w) for w in (5, 1, 5, 6)))


def step_of(params, example, objective, eta, flags):
    W, W_out = params.W.copy(), params.W_out.copy()
    step(W, W_out, example, objective, eta, frozenset(flags))
    return Params(W, W_out)


def relative(a, b):
    return np.abs(a - b).max() / np.abs(b).max()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", OBJECTIVES)
@pytest.mark.parametrize("seed", range(3))
def test_with_no_flag_a_step_is_the_references(side, name, seed):
    rng = np.random.default_rng(seed)
    objective = objective_named(name)
    params = random_params(V, N, rng, R=objective.rows(V))
    for _ in range(4):  # four steps, so that differences would add up
        example = example_for(side, name, rng)
        eta = float(rng.uniform(0.05, 0.5))
        ours, reference = (
            step_of(params, example, objective, eta, ()),
            update(params, example, objective, eta),
        )
        assert relative(ours.theta(), reference.theta()) < 1e-15 * 10
        params = reference


# Where each flag shows: input side, objective, and the scale of the vectors (None: the largest score is 6.5).
STAGE = {
    "no-1/C": ("cbow", "negative", 1.0),
    "1/C-of-sum": ("cbow-sum", "hierarchical", 1.0),
    "context-is-input": ("skip-gram", "hierarchical", 1.0),
    "step-per-pair": ("skip-gram", "hierarchical", 1.0),
    "hs-skip-6": ("one-word", "hierarchical", None),
    "ns-saturate-6": ("one-word", "negative", None),
    "ns-skip-6": ("one-word", "negative", None),
    "sigmoid-table": ("one-word", "negative", 1.0),
    "skip-equal-negative": ("one-word", "negative", 1.0),
    "negatives-see-updates": ("one-word", "negative", 1.0),
}


def implied_gradient_error(flag, eta, seed=0, seen=False):
    """The largest difference of (old - new) / eta from the central difference of E, relatively."""
    side, name, scale = STAGE[flag]
    rng = np.random.default_rng(seed)
    objective = objective_named(name)
    params = random_params(V, N, rng, R=objective.rows(V), scale=scale or 1.0)
    example = example_for(side, name, rng)
    if scale is None:
        largest = max(np.abs(out.u).max() for out in trace(params, example, objective).outputs)
        params = Params(params.W * 6.5 / largest, params.W_out)
    new = step_of(params, example, objective, eta, {flag})
    implied = (params.flat() - new.flat()) / eta

    def E(flat):
        here = Params.from_flat(flat, V, N)
        parts = examples_seen(example, frozenset({flag})) if seen else [example]
        return sum(loss(here, one, objective) for one in parts)

    limit = central_difference(E, params.flat())
    return relative(implied, limit)


def test_every_flag_with_a_gradient_stands_on_a_stage():
    assert set(STAGE) == {name for name, record in DEVIATIONS.items() if record.kind != "setting"}


@pytest.mark.parametrize("flag", [name for name in STAGE if DEVIATIONS[name].kind == "gradient"])
@pytest.mark.parametrize("seed", range(2))
def test_these_fail_a_finite_difference_check_by_design(flag, seed):
    """However small the step."""
    for eta in (0.1, 1e-3, 1e-5):
        assert implied_gradient_error(flag, eta, seed) > (
            1e-6 if flag == "ns-saturate-6" else 1e-3
        )  # sigma(6) is 0.9975


@pytest.mark.parametrize("flag", [name for name in STAGE if DEVIATIONS[name].kind == "order"])
def test_these_fail_it_by_an_amount_that_falls_with_the_step(flag):
    coarse, fine = implied_gradient_error(flag, 1e-1), implied_gradient_error(flag, 1e-3)
    assert coarse > 1e-3
    assert 60 < coarse / fine < 160  # in proportion to eta


@pytest.mark.parametrize("flag", [name for name in STAGE if DEVIATIONS[name].kind == "example"])
def test_these_are_the_gradient_of_another_example(flag):
    assert implied_gradient_error(flag, 1e-6) > 1e-2
    assert implied_gradient_error(flag, 1e-6, seen=True) < 1e-4


def test_the_paper_passes_at_any_step():
    rng = np.random.default_rng(1)
    for name in OBJECTIVES:
        objective = objective_named(name)
        params = random_params(V, N, rng, R=objective.rows(V))
        example = example_for("skip-gram", name, rng)
        new = step_of(params, example, objective, 0.5, ())
        implied = (params.flat() - new.flat()) / 0.5
        limit = central_difference(
            lambda flat, example=example, objective=objective: loss(
                Params.from_flat(flat, V, N), example, objective
            ),
            params.flat(),
        )
        assert relative(implied, limit) < 1e-7


def test_the_sigmoid_table_has_the_scale_of_an_integer_division():
    assert round(float(table_sigmoid(np.array(0.0))), 3) == 0.494
    u = np.linspace(-5.99, 5.99, 901)
    error = table_sigmoid(u) - 1 / (1 + np.exp(-u))
    assert -0.03 < error.min() < -0.005
    assert error.max() < 0.003


def test_what_is_skipped_and_what_is_saturated():
    params = Params(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([[6.5, 1.0], [-6.5, 1.0]]))
    example = one_word(0, 0, W_neg=(1,))
    skipped = step_of(params, example, Negative(), 1.0, {"ns-skip-6"})
    np.testing.assert_array_equal(skipped.theta(), params.theta())
    saturated = step_of(params, example, Negative(), 1.0, {"ns-saturate-6"})
    np.testing.assert_array_equal(saturated.theta(), params.theta())  # sigma is 1 and 0: no error is left
    wrong = step_of(params, one_word(0, 1, W_neg=(0,)), Negative(), 1.0, {"ns-saturate-6"})
    np.testing.assert_array_equal(wrong.W_out, [[5.5, 1.0], [-5.5, 1.0]])
    plain = step_of(params, example, Negative(), 1.0, ())
    assert np.abs(plain.theta() - params.theta()).max() > 1e-3


def test_a_negative_drawn_twice_meets_its_changed_row():
    params = Params(np.array([[1.0], [1.0], [1.0]]), np.array([[0.0], [0.0], [0.5]]))
    new = step_of(params, one_word(0, 1, W_neg=(2, 2)), Negative(), 1.0, {"negatives-see-updates"})
    first = 1 / (1 + np.exp(-0.5))
    second = 1 / (1 + np.exp(-(0.5 - first)))
    assert new.W_out[2, 0] == pytest.approx(0.5 - first - second, rel=1e-14)
    EH = -0.5 * 0.0 + first * 0.5 + second * (0.5 - first)
    assert new.W[0, 0] == pytest.approx(1.0 - EH, rel=1e-14)


def test_the_examples_that_flags_make():
    example = skipgram(2, (5, 1), ((5, 0), (3, 3)))
    turned = list(examples_seen(example, flags_of("paper", ["context-is-input"])))
    assert [(one.inputs, one.targets) for one in turned] == [((5,), (2,)), ((1,), (2,))]
    (fewer,) = examples_seen(example, flags_of("paper", ["skip-equal-negative"]))
    assert fewer == replace(example, noise=((0,), (3, 3)))


@pytest.mark.parametrize("seed", range(5))
def test_the_programs_trees_are_huffman_trees(seed):
    rng = np.random.default_rng(seed)
    counts = np.sort(rng.integers(1, 9, 30))[::-1]
    p = counts / counts.sum()
    best = huffman(counts).expected_length(p)
    assert gensim_tree(counts).expected_length(p) == pytest.approx(best)
    np.testing.assert_array_equal(two_pointer_tree(counts).children, huffman_word2vec_c(counts).children)


def test_the_heap_tree_is_gensims_ties_and_all():
    models = pytest.importorskip("gensim.models")
    corpus = toy("royal-capitals")
    theirs = models.Word2Vec(hs=1, negative=0, min_count=1, vector_size=2)
    theirs.build_vocab([[corpus.words[i] for i in sentence] for sentence in corpus.sentences()])
    words, wv = theirs.wv.index_to_key, theirs.wv
    counts = [int(wv.get_vecattr(word, "count")) for word in words]
    assert len(set(counts)) < len(counts) / 2  # many ties
    tree = gensim_tree(counts)
    for w, word in enumerate(words):
        assert tree.paths[w].tolist() == wv.get_vecattr(word, "point").tolist()
        assert tree.codes[w].tolist() == wv.get_vecattr(word, "code").tolist()


TEXT = "a b c d e f a b c d e a b c d a b c a b a\na c e b d\nf e a b a d c b b a\nb c a a a"


@pytest.mark.parametrize("sg", [0, 1])
@pytest.mark.parametrize("mean", [0, 1])
def test_mode_gensim_is_gensim(sg, mean):
    """Hierarchical softmax draws nothing, so the two must agree: to the precision of gensim's 32 bits."""
    models = pytest.importorskip("gensim.models")
    corpus = corpus_from_text(TEXT, tokens="spaces")
    sentences = [[corpus.words[i] for i in sentence] for sentence in corpus.sentences()]
    settings = {"vector_size": 8, "window": 2, "min_count": 1, "sample": 0, "alpha": 0.3, "min_alpha": 0.3}
    theirs = models.Word2Vec(
        hs=1, negative=0, sg=sg, cbow_mean=mean, workers=1, shrink_windows=False, **settings
    )
    theirs.build_vocab(sentences)
    assert tuple(theirs.wv.index_to_key) == corpus.words
    start = random_params(6, 8, np.random.default_rng(sg), R=5, scale=1.5)
    theirs.wv.vectors[:], theirs.syn1[:5] = start.W, start.W_out
    theirs.train(sentences, total_examples=len(sentences), epochs=3)
    ours = train_mode(
        corpus, "skip-gram" if sg else "cbow", "hs", mode="gensim", epochs=3, init=start,
        combine="mean" if mean else "sum", shrink_windows=False, **settings,
    )  # fmt: skip
    assert relative(ours.W, theirs.wv.vectors) < 1e-5
    assert relative(ours.W_out, theirs.syn1[:5]) < 1e-5
    paper = train_mode(
        corpus, "skip-gram" if sg else "cbow", "hs", epochs=3, init=start, tree=gensim_tree(corpus.counts),
        combine="mean" if mean else "sum", **settings,
    )  # fmt: skip
    assert relative(paper.W, theirs.wv.vectors) > 1e-2  # and the flags are what makes it so


@pytest.mark.parametrize("mode", ["word2vec.c", "gensim"])
@pytest.mark.parametrize("objective", ["hierarchical", "negative"])
@pytest.mark.parametrize("side", ["cbow", "skip-gram"])
def test_the_modes_learn(mode, objective, side):
    settings = {"vector_size": 5, "window": 2, "min_count": 1, "sample": 0, "alpha": 0.1, "epochs": 60}
    result = train_mode(toy("drink-eat"), side, objective, mode=mode, **settings)
    assert result.history[-1].loss < 0.95 * result.history[0].loss
    assert result.words[0] == ("</s>" if mode == "word2vec.c" else "drink")
    if objective == "hierarchical":
        assert result.tree.V == len(result.words)
    else:
        assert result.noise.p[0] == 0 or mode == "gensim"


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("side", ["one-word", "cbow", "skip-gram"])
def test_mode_paper_trains_all_twelve_and_repeats_itself(objective, side):
    settings = {"vector_size": 4, "window": 2, "min_count": 1, "sample": 0, "alpha": 0.2, "epochs": 25}
    first = train_mode(toy("drink-eat"), side, objective, seed=3, **settings)
    again = train_mode(toy("drink-eat"), side, objective, seed=3, **settings)
    other = train_mode(toy("drink-eat"), side, objective, seed=4, **settings)
    np.testing.assert_array_equal(first.W, again.W)
    assert np.abs(first.W - other.W).max() > 1e-3
    assert first.history[-1].loss < first.history[0].loss


def test_a_learning_rate_that_diverges_is_reported_and_no_nan_is_kept():
    result = train_mode(toy("drink-eat"), alpha=9, epochs=20, vector_size=8, sample=0, min_count=1)
    assert "diverge" in result.problem
    assert result.diverged
    assert np.isfinite(result.W).all() and np.isfinite(result.W_out).all()


def test_ctrl_c_keeps_what_was_learned():
    def stop(now):
        raise KeyboardInterrupt

    result = train_mode(toy("royal-capitals"), epochs=50, vector_size=8, sample=0, progress=stop)
    assert result.interrupted
    assert result.history[-1].words < 3000


def test_what_a_mode_has_not_is_said():
    with pytest.raises(W2VError, match="gensim has no skip-gram with softmax"):
        train_mode(toy("drink-eat"), "skip-gram", "softmax", mode="gensim", min_count=1)
    with pytest.raises(W2VError, match=r"word2vec\.c has no one-word"):
        train_mode(toy("drink-eat"), "one-word", "hs", mode="word2vec.c", min_count=1)
    with pytest.raises(W2VError, match="mode 'fasttext' is not one of paper"):
        train_mode(toy("drink-eat"), mode="fasttext")
    with pytest.raises(W2VError, match="there is no deviation 'x'"):
        train_mode(toy("drink-eat"), flags=["x"])
    with pytest.raises(W2VError, match="init has W"):
        train_mode(
            toy("drink-eat"), min_count=1, vector_size=3, init=Params(np.ones((2, 2)), np.ones((2, 2)))
        )


def test_the_modes_are_the_table():
    assert MODES["paper"] == frozenset()
    for program in ("word2vec.c", "gensim"):
        assert MODES[program] == {name for name, one in DEVIATIONS.items() if program in one.programs}

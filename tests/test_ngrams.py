"""The chain rule, smoothing that sums to one, and the one-word model that is the bigram model."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest

from w2v_edu.corpus import corpus_from_text, examples, toy
from w2v_edu.errors import W2VError
from w2v_edu.finite import central_difference
from w2v_edu.model import Params
from w2v_edu.ngrams import (
    START,
    NGramModel,
    bigram_counts,
    bigram_probabilities,
    count_ngrams,
    one_word_optimum,
    perplexity,
)
from w2v_edu.objectives import Softmax
from w2v_edu.reference import corpus_gradient, corpus_objective, trace

TEXT = [[0, 1, 2], [0, 1, 0, 3, 0], [2, 2, 0], [1], [3, 1, 2, 2]]
V = 5  # word 4 never occurs
SMOOTHINGS = ["none", "add-k", "back-off"]


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_counts_by_hand(n, ends):
    expected: dict[tuple[int, ...], Counter[int]] = {}
    for sentence in TEXT:
        words = [START] * (n - 1) * ends + sentence + [V] * ends
        for t in range((n - 1) * ends, len(words)):
            for size in range(min(n - 1, t) + 1):
                expected.setdefault(tuple(words[t - size : t]), Counter())[words[t]] += 1
    assert count_ngrams(TEXT, n, V, ends=ends).counts == expected


def test_maximum_likelihood_by_hand():
    model = NGramModel(count_ngrams(TEXT, 2, V, ends=False))
    # after 0 come 1, 1 and 3; single words: 5 zeros, 4 ones, 5 twos and 2 threes, 16 in all
    assert model.distribution((0,)).tolist() == [0, 2 / 3, 0, 1 / 3, 0]
    assert model.distribution().tolist() == [5 / 16, 4 / 16, 5 / 16, 2 / 16, 0]
    factors = model.chain([0, 3, 1])
    assert [(f.context, f.word, f.p) for f in factors] == [
        ((), 0, 5 / 16),
        ((0,), 3, 1 / 3),
        ((3,), 1, 1 / 2),
    ]
    assert model.log_probability([0, 3, 1]) == pytest.approx(math.log(5 / 16 / 3 / 2), rel=1e-14)
    assert model.log_probability([0, 2]) == -math.inf


def test_sentence_ends_are_predicted():
    model = NGramModel(count_ngrams(TEXT, 2, V))
    assert model.distribution((START,)).tolist() == [2 / 5, 1 / 5, 1 / 5, 1 / 5, 0, 0]
    assert [(f.context, f.word) for f in model.chain([1, 2])] == [((START,), 1), ((1,), 2), ((2,), V)]
    # p(1 | start) = 1/5, p(2 | 1) = 2/4, p(end | 2) = 2/5
    assert model.log_probability([1, 2]) == pytest.approx(math.log(1 / 5 * 2 / 4 * 2 / 5), rel=1e-14)


def test_laplace_by_hand():
    model = NGramModel(count_ngrams(TEXT, 2, V, ends=False), "add-k", k=0.5)
    assert model.distribution((0,)).tolist() == [c / 5.5 for c in (0.5, 2.5, 0.5, 1.5, 0.5)]
    assert model.distribution((4,)).tolist() == [1 / V] * V  # nothing is known about this context


def test_back_off_by_hand():
    d = 0.4
    model = NGramModel(count_ngrams(TEXT, 2, V, ends=False), "back-off", d=d)
    single = [(5 - d) / 16, (4 - d) / 16, (5 - d) / 16, (2 - d) / 16, 4 * d / 16]
    assert model.distribution() == pytest.approx(single, rel=1e-14)
    share = (2 * d / 3) / (single[0] + single[2] + single[4])  # two different words were seen after 0
    after = [share * single[0], (2 - d) / 3, share * single[2], (1 - d) / 3, share * single[4]]
    assert model.distribution((0,)) == pytest.approx(after, rel=1e-13)
    assert model.distribution((4,)) == pytest.approx(single, rel=1e-13)  # an unseen context: the lower order


def test_back_off_forgets_the_farthest_word_first():
    three = NGramModel(count_ngrams(TEXT, 3, V, ends=False), "back-off", d=0.4)
    two = NGramModel(count_ngrams(TEXT, 2, V, ends=False), "back-off", d=0.4)
    assert three.distribution((2, 3)).tolist() == two.distribution((3,)).tolist()  # 2 3 never occurs
    assert three.distribution((0, 1))[0] == pytest.approx((1 - 0.4) / 2, rel=1e-14)  # after 0 1 come 2 and 0
    share = (2 * 0.4 / 2) / (1 - two.p(2, (1,)) - two.p(0, (1,)))
    assert three.distribution((0, 1))[3] == pytest.approx(share * two.p(3, (1,)), rel=1e-13)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_only_the_last_words_of_a_context_count(smoothing):
    for n in (1, 2, 3):
        model = NGramModel(count_ngrams(TEXT, n, V, ends=False), smoothing)
        long = (3, 1, 2, 2, 0, 1)
        assert model.distribution(long).tolist() == model.distribution(long[len(long) - n + 1 :]).tolist()
    assert model.distribution((0,)).tolist() != model.distribution((1,)).tolist()


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("options", [("add-k", 1.0), ("add-k", 0.01), ("back-off", 0.1), ("back-off", 0.9)])
def test_smoothed_distributions_sum_to_one_after_every_context(n, ends, options):
    smoothing, value = options
    ngrams = count_ngrams(TEXT, n, V, ends=ends)
    model = NGramModel(ngrams, smoothing, **({"k": value} if smoothing == "add-k" else {"d": value}))
    for size in range(n):
        for context in itertools.product(range(-1 if ends else 0, V), repeat=size):
            p = model.distribution(context)
            assert p.shape == (V + ends,)
            assert p.sum() == pytest.approx(1, abs=1e-12)
            assert (p > 0).all()


def test_back_off_after_a_context_that_saw_every_word():
    model = NGramModel(count_ngrams([[0, 0, 1, 0, 2, 0]], 2, 3, ends=False), "back-off")
    assert model.distribution((0,)).tolist() == [1 / 3] * 3
    assert model.distribution(()).tolist() == [4 / 6, 1 / 6, 1 / 6]


def test_stupid_back_off_would_not_sum_to_one():
    """Why the discount: c/c(context) where seen, 0.4 of the lower order elsewhere, is a score."""
    model = NGramModel(count_ngrams(TEXT, 2, V, ends=False))
    p, lower = model.distribution((0,)), model.distribution()
    assert abs(np.where(p > 0, p, 0.4 * lower).sum() - 1) > 0.1


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_chain_rule_sums_to_one_over_all_sentences_of_a_length(n, smoothing):
    # Every pair of words is followed by something, else the unsmoothed model has nothing to go on with.
    circle = [0, 0, 1, 0, 2, 1, 1, 2, 2, 0, 0, 1]
    model = NGramModel(count_ngrams([circle, [1, 0, 0]], n, 3, ends=False), smoothing)
    total = sum(math.exp(model.log_probability(s)) for s in itertools.product(range(3), repeat=4))
    assert total == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_with_ends_all_sentences_of_all_lengths_sum_to_one(smoothing):
    model = NGramModel(count_ngrams([[0, 1], [1, 0, 0], [1]], 2, 2), smoothing)
    rows = np.array([model.distribution((w,)) for w in (0, 1)])
    going_on = model.distribution((START,))[:2]
    total = math.exp(model.log_probability([]))
    for length in range(1, 8):
        total += sum(math.exp(model.log_probability(s)) for s in itertools.product(range(2), repeat=length))
        assert total + (going_on @ rows[:, :2]).sum() == pytest.approx(1, abs=1e-12)
        going_on = going_on @ rows[:, :2]


def test_perplexity():
    model = NGramModel(count_ngrams(TEXT, 2, V), "add-k")
    p = [factor.p for sentence in TEXT for factor in model.chain(sentence)]
    assert len(p) == 16 + 5  # every word, and every end
    assert perplexity(model, TEXT) == pytest.approx(math.prod(p) ** (-1 / len(p)), rel=1e-13)
    assert perplexity(NGramModel(count_ngrams(TEXT, 2, V)), [[4]]) == math.inf
    with pytest.raises(W2VError, match="at least one word"):
        perplexity(NGramModel(count_ngrams(TEXT, 1, V, ends=False)), [])


def test_higher_orders_fit_better_and_smoothing_pays_on_new_text():
    corpus = toy("royal-capitals")
    sentences = list(corpus.sentences())
    seen, new = sentences[:-200], sentences[-200:]
    size = len(corpus.vocabulary)
    fits = [perplexity(NGramModel(count_ngrams(seen, n, size)), seen) for n in (1, 2, 3)]
    assert fits[0] > fits[1] > fits[2]
    trigrams = count_ngrams(seen[:300], 3, size)
    none, laplace, back_off = (perplexity(NGramModel(trigrams, s), new) for s in SMOOTHINGS)
    assert none == math.inf
    assert back_off < laplace < size


def optimum_text():
    corpus = corpus_from_text("a b a c. b a d a b. c c b a. d e", min_count=1)
    return len(corpus.vocabulary), [sentence.tolist() for sentence in corpus.sentences()]


BASES = {"identity": lambda size: None, "random": lambda size: rng(5).standard_normal((size, size))}


@pytest.mark.parametrize("basis", BASES)
def test_the_one_word_model_at_full_rank_is_the_bigram_model(basis):
    size, sentences = optimum_text()
    counts = bigram_counts(sentences, size)
    params = one_word_optimum(counts, BASES[basis](size))
    bigrams = NGramModel(count_ngrams(sentences, 2, size, ends=False))
    pairs = list(examples(sentences, "one-word"))
    assert len(pairs) == counts.sum() == sum(len(s) - 1 for s in sentences)
    for example in pairs:
        panel = trace(params, example, Softmax()).outputs[0]
        assert panel.y == pytest.approx(bigrams.distribution(example.inputs), abs=1e-11)

    value = corpus_gradient(params, pairs, Softmax())
    assert np.abs(value.dW).max() < 1e-10
    assert np.abs(value.dW_out).max() < 1e-12
    # The loss is the conditional entropy of the bigrams; the chain rule says the same, first words left out.
    p = bigram_probabilities(counts)
    entropy = -np.sum(counts[counts > 0] * np.log(p[counts > 0])) / counts.sum()
    chain = sum(bigrams.log_probability(s) - math.log(bigrams.p(s[0])) for s in sentences)
    assert corpus_objective(params, pairs, Softmax()) == pytest.approx(entropy, rel=1e-12)
    assert -chain / len(pairs) == pytest.approx(entropy, rel=1e-12)


def test_no_other_parameters_have_a_smaller_loss():
    size, sentences = optimum_text()
    pairs = list(examples(sentences, "one-word"))
    best = one_word_optimum(bigram_counts(sentences, size), rng(1).standard_normal((size, size)))
    E = corpus_objective(best, pairs, Softmax())
    for seed in range(5):
        noise = rng(seed)
        for scale in (1e-3, 1e-1, 1):
            near = Params(
                best.W + scale * noise.standard_normal(best.W.shape),
                best.W_out + scale * noise.standard_normal(best.W_out.shape),
            )
            assert corpus_objective(near, pairs, Softmax()) > E


def test_away_from_the_optimum_the_gradient_does_not_vanish():
    size, sentences = optimum_text()
    pairs = list(examples(sentences, "one-word"))
    best = one_word_optimum(bigram_counts(sentences, size))
    moved = Params(best.W, np.maximum(best.W_out, -3.0))
    value = corpus_gradient(moved, pairs, Softmax())
    assert np.abs(value.dW_out).max() > 1e-3
    slope = central_difference(
        lambda flat: corpus_objective(Params.from_flat(flat, size, size), pairs, Softmax()), moved.flat()
    )
    gradient = np.concatenate([value.dW.ravel(), value.dW_out.ravel()])
    assert np.abs(slope - gradient).max() / np.abs(gradient).max() < 1e-7


def test_a_word_that_nothing_follows_gets_the_uniform_row():
    counts = np.array([[0, 2, 1], [3, 0, 0], [0, 0, 0]])
    p = bigram_probabilities(counts)
    assert p.tolist() == [[0, 2 / 3, 1 / 3], [1, 0, 0], [1 / 3] * 3]
    params = one_word_optimum(counts)
    assert np.exp(params.W @ params.W_out.T) == pytest.approx(p, abs=1e-15)


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: count_ngrams(TEXT, 0, V), "order 0 does not exist"),
        (lambda: count_ngrams([[0, 5]], 2, V), "word id 5 is out of range: the vocabulary has ids 0 to 4"),
        (lambda: count_ngrams([[-1]], 2, V), "word id -1 is out of range"),
        (lambda: count_ngrams([[]], 2, V, ends=False), "nothing to count"),
        (
            lambda: NGramModel(count_ngrams(TEXT, 2, V), "katz"),
            "smoothing is 'katz'; expected one of none, add-k",
        ),
        (lambda: NGramModel(count_ngrams(TEXT, 2, V), "add-k", k=0), "k is 0"),
        (lambda: NGramModel(count_ngrams(TEXT, 2, V), "back-off", d=1), "the discount d is 1"),
        (lambda: NGramModel(count_ngrams(TEXT, 2, V)).p(6), "word id 6 is out of range: ids go from 0 to 5"),
        (lambda: bigram_counts(TEXT, 9000), "V = 9000 is too large for a table of 9000 x 9000 bigrams; 8192"),
        (lambda: one_word_optimum(np.ones((2, 3))), r"shape \(V, V\), not \(2, 3\)"),
        (lambda: one_word_optimum(np.zeros((2, 2))), "at least one bigram must occur"),
        (lambda: one_word_optimum([[1, -1], [1, 1]]), "0 or more"),
        (lambda: one_word_optimum([[1, 1], [1, 1]], np.ones((2, 2))), "the basis is singular"),
        (lambda: one_word_optimum([[1, 1], [1, 1]], np.eye(3)), r"the basis has shape \(3, 3\)"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(W2VError, match=message):
        make()

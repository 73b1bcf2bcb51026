"""Trees, noise, subsampling, windows, predictions, first values, and finished numbers."""

import heapq
import itertools

import numpy as np
import pytest
from scipy import stats

from w2v_edu import Negative, Params, Softmax, cbow, huffman, one_word, trace
from w2v_edu.errors import W2VError
from w2v_edu.homework import assert_correct, check
from w2v_edu.homework.distributions import chi_square_limit
from w2v_edu.model import random_params


# --- right ---
def noise_distribution(counts):
    p = np.asarray(counts) ** 0.75
    return p / p.sum()


def noise_probs(counts):
    total = sum(c**0.75 for c in counts)
    return {w: c**0.75 / total for w, c in enumerate(counts)}


def keep_probability(f, t):
    return np.minimum(1, np.sqrt(t / f))


def keep_prob_from_counts(counts, t):
    f = counts / counts.sum()
    return np.sqrt(t / f) + t / f


def discard_probability(f, t):
    return np.maximum(0, 1 - np.sqrt(t / f))


def sample_negatives(counts, K, rng):
    p = np.asarray(counts) ** 0.75
    return rng.choice(len(p), size=K, p=p / p.sum())


def draw_noise(p, n):
    return list(np.random.default_rng(4).choice(len(p), size=n, p=p))


def huffman_codes(counts):
    tie = itertools.count()
    heap = [(c, next(tie), [w]) for w, c in enumerate(counts)]
    codes = dict.fromkeys(range(len(counts)), "")
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, _, left), (b, _, right) = heapq.heappop(heap), heapq.heappop(heap)
        for w in left:
            codes[w] = "1" + codes[w]
        for w in right:
            codes[w] = "0" + codes[w]
        heapq.heappush(heap, (a + b, next(tie), left + right))
    return codes


def get_pairs(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window + 1))
        if i != j
    ]


def window_groups(tokens, window_size):
    return [
        (w, tokens[max(0, i - window_size) : i] + tokens[i + 1 : i + 1 + window_size])
        for i, w in enumerate(tokens)
    ]


def context_first_pairs(words, window):
    return [(c, w) for w, c in get_pairs(words, window)]


def predict(h, W_out):
    return int(np.argmax(W_out @ h))


def predict_tree(h, W_out, tree):
    def log_p(w):
        return -sum(
            np.logaddexp(0, -s * (W_out[n] @ h)) for n, s in zip(tree.paths[w], tree.signs[w], strict=True)
        )

    return max(range(tree.V), key=log_p)


def init_params(V, N):
    rng = np.random.default_rng()
    return rng.uniform(-0.5 / N, 0.5 / N, (V, N)), np.zeros((V, N))


def initialise(V, N, rng):
    return rng.normal(size=(V, N)), rng.normal(size=(V, N))


RIGHT = {
    noise_distribution: "",
    noise_probs: "",
    keep_probability: "",
    keep_prob_from_counts: "word2vec.c",
    discard_probability: "",
    sample_negatives: "",
    draw_noise: "",
    huffman_codes: "",
    get_pairs: "",
    window_groups: "",
    context_first_pairs: "context word is the input",
    predict: "",
    init_params: "start at zero",
    initialise: "",
}


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_right_ones(function):
    for seed in range(4):
        report = check(function, seed=seed)
        assert report.correct, report.text
        assert RIGHT[function] in " ".join(report.convention)
        assert bool(RIGHT[function]) == bool(report.convention)


def test_prediction_over_a_tree():
    assert check(predict_tree, "prediction").correct


# --- wrong ---
def unigram_distribution(counts):
    return np.asarray(counts) / np.sum(counts)


def noise_dist_root(counts):
    p = np.sqrt(counts)
    return p / p.sum()


def noise_dist_unnormalised(counts):
    return np.asarray(counts) ** 0.75


def keep_by_counts(counts, t):
    return np.minimum(1, np.sqrt(t / counts))


def subsample_discard_counts(counts, t):
    return 1 - np.sqrt(t / counts)


def sample_noise_flat(counts, K, rng):
    return rng.integers(0, len(counts), K)


def sample_noise_off(counts, K, rng):
    p = np.asarray(counts) ** 0.75
    return (rng.choice(len(p), size=K, p=p / p.sum()) + 1) % len(p)


def huffman_fixed(counts):
    return [format(w, "04b") for w in range(len(counts))]


def huffman_prefix(counts):
    return ["1" * (w + 1) for w in range(len(counts))]


def window_padded(words, window):
    filled = [0] * window + words + [0] * window
    return [
        (w, c)
        for i, w in enumerate(words)
        for c in filled[i : i + window] + filled[i + window + 1 : i + 2 * window + 1]
    ]


def window_short(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window))
        if i != j
    ]


def window_with_itself(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window + 1))
    ]


def predict_least(h, W_out):
    return int(np.argmin(W_out @ h))


def greedy(h, W_out, tree):
    left = {}
    for w in range(tree.V):
        for d, (n, s) in enumerate(zip(tree.paths[w], tree.signs[w], strict=True)):
            left.setdefault((int(n), int(s)), []).append((d, w))
    words, depth = set(range(tree.V)), 0
    while len(words) > 1:
        n = tree.paths[next(iter(words))][depth]
        s = 1 if W_out[n] @ h >= 0 else -1
        words = {w for w in words if tree.signs[w][depth] == s}
        depth += 1
    return words.pop()


def init_zero(V, N):
    return np.zeros((V, N)), np.zeros((V, N))


def init_constant(V, N):
    return np.ones((V, N)), np.ones((V, N))


WRONG = {
    unigram_distribution: "noise-power",
    noise_dist_root: "noise-power",
    noise_dist_unnormalised: None,
    keep_by_counts: "counts-for-frequencies",
    subsample_discard_counts: "counts-for-frequencies",
    sample_noise_flat: "noise-power",
    sample_noise_off: None,
    huffman_fixed: None,
    huffman_prefix: None,
    window_padded: "padded",
    window_short: None,
    window_with_itself: None,
    init_zero: "both-zero",
    init_constant: None,
}


@pytest.mark.parametrize("function", WRONG, ids=lambda f: f.__name__)
def test_wrong_ones(function):
    for seed in range(3):
        report = check(function, seed=seed)
        assert report.verdict == "wrong" and report.departure is not None, report.text
        assert report.mistakes[:1] == ((WRONG[function],) if WRONG[function] else ()), report.text


def test_greedy_descent_is_named():
    report = check(greedy, "prediction")
    assert report.verdict == "wrong" and report.mistakes == ("greedy",)
    assert check(predict_least, "prediction").verdict == "wrong"


@pytest.mark.parametrize("degrees", [1, 2, 6, 11, 40])
def test_the_limit_of_the_chi_square_test(degrees):
    """The stated false-alarm rate is met, or undercut, within a factor of three."""
    rate = stats.chi2.sf(chi_square_limit(degrees), degrees)
    assert 0.1e-6 < rate < 3e-6


def test_no_false_alarm_among_many_right_samplers():
    for seed in range(40):
        assert check(sample_negatives, seed=seed).correct


# --- finished answers ---
def test_numbers_of_one_example():
    params = random_params(7, 3, np.random.default_rng(5))
    example = one_word(2, 4, W_neg=(1, 1, 6))
    right = trace(params, example, Negative())
    assert check(right.EH, "EH", params=params, example=example, objective=Negative()).correct
    assert check(right.EH.tolist(), "EH", params=params, example=example, objective="ns").correct
    report = check(-right.EH, "EH", params=params, example=example, objective=Negative())
    assert report.mistakes == ("sign",) and report.equation == 61
    G = np.zeros_like(params.W_out)
    G[right.output.rows] += right.output.d_rows
    report = check(G, "dW_out", params=params, example=example, objective=Negative())
    assert "repeats-overwritten" in report.mistakes


def test_numbers_of_a_cbow_example_and_after_an_update():
    params = random_params(6, 2, np.random.default_rng(6))
    example = cbow((1, 3, 3), 5)
    right = trace(params, example, Softmax())
    assert check(
        params.W - 0.3 * right.dW, "W_new", params=params, example=example, objective=Softmax(), eta=0.3
    ).correct
    report = check(3 * right.dW, "dW", params=params, example=example, objective=Softmax())
    assert report.mistakes == ("undivided",)


def test_codes_of_given_counts():
    counts = [7, 5, 2, 1, 1]
    assert check(huffman(counts), "huffman codes", counts=counts).correct
    assert check(["0", "10", "110", "1110", "1111"], "huffman codes", counts=counts).correct
    assert check(["00", "01", "10", "110", "111"], "huffman codes", counts=counts).verdict == "wrong"
    assert "beginning" in check(["0", "01", "11", "100", "101"], "huffman codes", counts=counts).text
    assert_correct(noise_distribution(np.array(counts)), "noise distribution", counts=counts)


def test_what_is_missing_is_said():
    with pytest.raises(W2VError, match="say what they are"):
        check([1.0], "EH")
    with pytest.raises(W2VError, match="no quantity 'EX'"):
        params = Params(np.ones((3, 2)), np.ones((3, 2)))
        check([1.0], "EX", params=params, example=one_word(0, 1), objective=Softmax())


# --- subsampling a text at random -------------------------------------------------------------------------


def kept_by(probability):
    def subsample(tokens, counts, t, rng):
        keep = np.minimum(1, probability(counts, t))
        return tokens[rng.random(len(tokens)) < keep[tokens]]

    return subsample


@pytest.mark.parametrize("seed", range(3))
def test_a_random_subsampler_is_held_against_the_rule(seed):
    right = check(kept_by(lambda counts, t: np.sqrt(t * counts.sum() / counts)), seed=seed)
    assert (right.verdict, right.convention) == ("correct", ())
    other = check(
        kept_by(lambda counts, t: np.sqrt(t * counts.sum() / counts) + t * counts.sum() / counts), seed=seed
    )
    assert other.verdict == "correct" and "word2vec.c" in other.convention[0]


@pytest.mark.parametrize(
    ("probability", "mistakes"),
    [
        (lambda counts, t: np.sqrt(t / counts), ("counts-for-frequencies",)),
        (lambda counts, t: 1 - np.sqrt(t * counts.sum() / counts), ()),
        (lambda counts, t: t * counts.sum() / counts, ()),
    ],
)
def test_a_wrong_subsampler_is_found(probability, mistakes):
    report = check(kept_by(probability))
    assert report.verdict == "wrong" and report.mistakes == mistakes


def test_a_subsampler_that_makes_words_up_is_found():
    def subsample(tokens, t):
        return np.concatenate([tokens, tokens])

    assert check(subsample).verdict == "wrong"

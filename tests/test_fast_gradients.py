"""Every kernel's chunked gradient is the sum of the reference's gradients, at fixed parameters."""

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.fast import kernels
from w2v_edu.fast.kernels import make_kernel
from w2v_edu.fast.pool import systematic
from w2v_edu.fast.settings import Settings
from w2v_edu.fast.steps import dense
from w2v_edu.fast.windows import Windows, read_windows
from w2v_edu.model import cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, Hierarchical, Negative, Softmax
from w2v_edu.tree import balanced, from_nested, huffman

V, N, K, WINDOW = 7, 3, 5, 2
COUNTS = np.array([23, 17, 11, 5, 4, 2, 1])


def settings(**changes):
    values = {
        "input_side": "skip-gram", "objective": "negative", "vector_size": N, "window": WINDOW, "negative": K,
        "sample": 0.0, "min_count": 1, "alpha": 0.1, "min_alpha": 0.0, "epochs": 1, "seed": 1,
        "shrink_windows": True, "ns_exponent": 0.75, "dtype": "float64", "workers": 1, "method": "sgd",
        "freeze": None, "combine": "mean", "one_over_C": True, "chunk": None, "clip": 1.0,
    }  # fmt: skip
    return Settings(**(values | changes))


def some_windows(seed, input_side, window=WINDOW, T=61):
    rng = np.random.default_rng(seed)
    ids = rng.choice(V, T, p=COUNTS / COUNTS.sum())
    offsets = np.array([0, 1, 9, 20, 22, T])  # a sentence of one word, short ones, long ones
    return read_windows(ids, offsets, np.ones(V), window, input_side, True, rng)


def examples(windows: Windows, input_side, noise_of=lambda i: ()):
    """The examples that the windows stand for; `noise_of` gives W_neg of the word in place i."""
    found = []
    for i, (w, left, right) in enumerate(zip(*(a.tolist() for a in windows), strict=True)):
        context = [int(windows.ids[j]) for j in range(i - left, i + right + 1) if j != i]
        W_neg = tuple(noise_of(i))
        if not context:
            continue
        if input_side == "cbow":
            found.append((cbow, (context, w, W_neg)))
        elif input_side == "skip-gram":
            found.append((skipgram, (w, context, (W_neg,) * len(context))))
        else:
            found.append((one_word, (w, context[0], W_neg)))
    return found


def summed(params, found, objective, combine="mean"):
    """Loss and gradients of the reference, summed over examples."""
    E, dW, dW_out = 0.0, np.zeros_like(params.W), np.zeros_like(params.W_out)
    for make, arguments in found:
        example = make(*arguments, combine) if make is cbow else make(*arguments)
        trace = reference.trace(params, example, objective)
        E, dW, dW_out = E + trace.E, dW + trace.dW, dW_out + trace.dW_out
    return E, dW, dW_out


def chunked(kernel, params, windows, rng=None):
    """The same from a kernel, all of its chunks at the same parameters."""
    E, predictions, dW, dW_out = 0.0, 0, np.zeros_like(params.W), np.zeros_like(params.W_out)
    chunks = kernel.plan(windows, rng or np.random.default_rng(0))
    assert len(chunks) > 1
    for chunk in chunks:
        loss, count = kernel.loss(params.W, params.W_out, chunk)
        E, predictions = E + loss, predictions + count
        gradient = kernel.gradient(params.W, params.W_out, chunk, eta=0.25)
        for total, part in [(dW, part) for part in gradient.dW] + [
            (dW_out, part) for part in gradient.dW_out
        ]:
            if not isinstance(part.rows, slice):
                assert len(set(part.rows.tolist())) == len(part.rows)
            total += 4 * dense(part, len(total))
    return E, dW, dW_out, predictions


def agree(got, expected):
    for a, b in zip(got, expected, strict=True):
        assert np.abs(a - b).max() <= 1e-12 * np.abs(b).max()


# One block a chunk, several, and several whose windows reach over the next block: (chunk, window).
CHUNKS = [(None, WINDOW), (32, 3), (48, 17)]


def one_noise_word(w):
    return Noise(np.eye(V)[w])


def sampled(objective, noise):
    return NCE(noise, K) if objective == "nce" else Negative()


@pytest.mark.parametrize(("chunk", "window"), CHUNKS)
@pytest.mark.parametrize("objective", ["negative", "nce"])
@pytest.mark.parametrize("input_side", ["one-word", "cbow", "skip-gram"])
def test_shared_pool_in_expectation_over_the_whole_noise_distribution(input_side, objective, chunk, window):
    """The expected gradient is exact: summed over all V words a draw can be, each with its probability."""
    seed = 11
    params = random_params(V, N, np.random.default_rng(seed))
    windows = some_windows(seed, input_side, window)
    noise = Noise.from_counts(COUNTS)
    sheet = sampled(objective, noise)
    s = settings(input_side=input_side, objective=objective, chunk=chunk, window=window)
    expected, got = np.zeros(1), np.zeros(1)
    for w in range(V):
        kernel = make_kernel(s, COUNTS, noise=noise)
        kernel.cdf = one_noise_word(w).cdf  # every draw is word w
        *of_kernel, predictions = chunked(kernel, params, windows)
        of_reference = summed(params, examples(windows, input_side, lambda i, w=w: (w,) * K), sheet)
        agree(of_kernel, of_reference)
        assert predictions == sum(
            len(e[1][1]) if input_side == "skip-gram" else 1 for e in examples(windows, input_side)
        )
        got = got + noise.p[w] * of_kernel[1]
        expected = expected + noise.p[w] * of_reference[1]
    agree([got], [expected])


@pytest.mark.parametrize(("chunk", "window"), CHUNKS)
@pytest.mark.parametrize(("combine", "one_over_C"), [("mean", True), ("sum", True), ("mean", False)])
@pytest.mark.parametrize("input_side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("objective", ["softmax", "hierarchical"])
def test_objectives_without_noise(input_side, objective, combine, one_over_C, chunk, window):
    seed = 5
    tree = huffman(COUNTS)
    sheet = Hierarchical(tree) if objective == "hierarchical" else Softmax()
    params = random_params(V, N, np.random.default_rng(seed), R=sheet.rows(V))
    windows = some_windows(seed, input_side, window)
    s = settings(
        input_side=input_side,
        objective=objective,
        combine=combine,
        one_over_C=one_over_C,
        chunk=chunk,
        window=window,
    )
    E, dW, dW_out, _ = chunked(make_kernel(s, COUNTS, tree=tree), params, windows)
    expected = summed(params, examples(windows, input_side), sheet, combine)
    if one_over_C or input_side != "cbow":
        agree((E, dW, dW_out), expected)
    else:  # word2vec.c's and gensim's CBOW: the same loss, and another dW
        agree((E, dW_out), (expected[0], expected[2]))
        assert np.abs(dW - expected[1]).max() > 0.1 * np.abs(expected[1]).max()


@pytest.mark.parametrize("input_side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("chunk", [1, 3, 5, 6, 12, 20, 23])
def test_any_chunk_cuts_into_whole_blocks(chunk, input_side):
    params = random_params(V, N, np.random.default_rng(chunk), R=V - 1)
    windows, tree = some_windows(chunk, input_side), huffman(COUNTS)
    s = settings(input_side=input_side, objective="hierarchical", chunk=chunk)
    found = chunked(make_kernel(s, COUNTS, tree=tree), params, windows)[:3]
    agree(found, summed(params, examples(windows, input_side), Hierarchical(tree)))


@pytest.mark.parametrize("crown", [1, 2, 4, 5, 31])
@pytest.mark.parametrize("tree", [huffman(COUNTS), balanced(V), from_nested((((((0, 1), 2), 3), 4), (5, 6)))])
def test_a_tree_in_two_parts_is_the_whole_tree(monkeypatch, tree, crown):
    """Whatever part of the nodes is asked by all words; from almost none to all."""
    monkeypatch.setattr(kernels, "CROWN", crown)
    params = random_params(V, N, np.random.default_rng(crown), R=V - 1)
    for input_side in ("one-word", "cbow", "skip-gram"):
        windows = some_windows(crown, input_side)
        kernel = make_kernel(settings(input_side=input_side, objective="hierarchical"), COUNTS, tree=tree)
        expected = summed(params, examples(windows, input_side), Hierarchical(tree))
        *got, predictions = chunked(kernel, params, windows)
        agree(got, expected)
        assert predictions > 0


def test_systematic_sampling_draws_word_w_M_p_times_on_average():
    """Exactly: the number of draws is a step function of the random shift; integrate its steps."""
    cdf, M = Noise.from_counts(COUNTS).cdf, 6
    cuts = np.unique(np.concatenate([[0.0, 1.0], M * cdf % 1]))
    middles, widths = (cuts[1:] + cuts[:-1]) / 2, np.diff(cuts)
    words = systematic(cdf, middles, M)
    mean = sum(width * np.bincount(row, minlength=V) for row, width in zip(words, widths, strict=True))
    assert np.abs(mean - M * Noise.from_counts(COUNTS).p).max() < 1e-12
    times = np.stack([np.bincount(row, minlength=V) for row in words])
    assert (np.abs(times - M * Noise.from_counts(COUNTS).p) < 1).all()

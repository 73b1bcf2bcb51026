"""Windows, examples and subsampling against definitions written out by hand."""

from collections import Counter

import numpy as np
import pytest

from w2v_edu.corpus import (
    Block,
    contexts,
    corpus_from_text,
    examples,
    keep_probability,
    subsample,
    window_pairs,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import cbow, one_word, skipgram
from w2v_edu.noise import Noise

SENTENCE = [5, 2, 5, 6, 0]
NOISE = Noise.from_counts([9, 1, 4, 2, 7, 3, 5])


def rng(seed=0):
    return np.random.default_rng(seed)


def key(example):
    return example.input_side, example.inputs, example.targets, example.noise, example.combine


def same(made, expected):
    assert [key(example) for example in made] == [key(example) for example in expected]


def test_contexts_at_the_edges():
    assert list(contexts(SENTENCE, 1)) == [(5, (2,)), (2, (5, 5)), (5, (2, 6)), (6, (5, 0)), (0, (6,))]
    assert list(contexts(SENTENCE, 3))[2] == (5, (5, 2, 6, 0))
    assert next(contexts(SENTENCE, 99)) == (5, (2, 5, 6, 0))
    assert list(contexts([4], 2)) == []
    assert list(contexts([], 2)) == []


def test_shrunk_windows_are_drawn_evenly_from_1_to_window():
    n, window = 30_000, 4
    found = list(contexts(range(n), window, rng(1)))[window:-window]
    reach = Counter((len(context) / 2) for _, context in found)
    assert sorted(reach) == [1, 2, 3, 4]
    for count in reach.values():
        assert abs(count / n - 1 / window) < 0.01  # four standard errors
    for t, context in found[:50]:
        b = len(context) // 2
        assert context == (*range(t - b, t), *range(t + 1, t + b + 1))
    assert list(contexts(range(99), 5, rng(7))) == list(contexts(range(99), 5, rng(7)))
    assert list(contexts(range(99), 5, rng(7))) != list(contexts(range(99), 5, rng(8)))


def test_one_word_examples_are_the_bigrams():
    expected = [one_word(5, 2), one_word(2, 5), one_word(5, 6), one_word(6, 0), one_word(1, 3)]
    same(examples([SENTENCE, [4], [1, 3]], "one-word", window=4), expected)


@pytest.mark.parametrize("combine", ["mean", "sum"])
def test_cbow_examples(combine):
    expected = [cbow((2,), 5, (), combine), cbow((5, 5), 2, (), combine), cbow((2, 6), 5, (), combine)]
    same(list(examples([SENTENCE], "cbow", window=1, combine=combine))[:3], expected)


def test_skip_gram_examples_as_panels_as_pairs_and_as_in_word2vec_c():
    same(list(examples([SENTENCE], "skip-gram", window=1))[:2], [skipgram(5, (2,)), skipgram(2, (5, 5))])
    pairs = [(5, 2), (2, 5), (2, 5), (5, 2), (5, 6), (6, 5), (6, 0), (0, 6)]
    same(
        examples([SENTENCE], "skip-gram", window=1, skip_gram="pairs"), [skipgram(w, (c,)) for w, c in pairs]
    )
    turned = [skipgram(c, (w,)) for w, c in pairs]
    same(examples([SENTENCE], "skip-gram", window=1, skip_gram="word2vec.c"), turned)


@pytest.mark.parametrize("input_side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("redraw", ["none", "positive", "input"])
def test_each_target_gets_its_own_noise(input_side, redraw):
    noise = Noise(NOISE.p, redraw)
    if (input_side, redraw) == ("cbow", "input"):
        with pytest.raises(W2VError, match="CBOW has several"):
            examples([SENTENCE], input_side, noise=noise, K=3, rng=rng())
        return
    made = list(examples([SENTENCE] * 40, input_side, window=2, noise=noise, K=3, rng=rng(4)))
    bare = list(examples([SENTENCE] * 40, input_side, window=2))
    drawn = rng(4)
    for example, plain in zip(made, bare, strict=True):
        assert (example.inputs, example.targets) == (plain.inputs, plain.targets)
        expected = tuple(noise.draw(drawn, 3, w_O=w_O, w_I=plain.inputs[0]) for w_O in plain.targets)
        assert example.noise == expected
        for w_O, W_neg in zip(example.targets, example.noise, strict=True):
            assert redraw != "positive" or w_O not in W_neg
            assert redraw != "input" or example.inputs[0] not in W_neg


def test_examples_stream():
    def endless():
        while True:
            yield SENTENCE

    made = examples(endless(), "cbow", window=2)
    assert [next(made).targets for _ in range(6)] == [(w,) for w in [*SENTENCE, 5]]


@pytest.mark.parametrize(
    "options, message",
    [
        ({"window": 0}, "the window is 0: at least one word"),
        ({"window": -2}, "the window is -2"),
        ({"input_side": "glove"}, "input side is 'glove'; expected one of one-word, cbow, skip-gram"),
        ({"skip_gram": "x"}, "skip_gram is 'x'; expected one of panels, pairs, word2vec.c"),
        ({"K": 3}, "K = 3 noise words need a noise distribution and a random generator"),
        ({"K": 3, "noise": NOISE}, "K = 3 noise words need"),
        ({"K": -1, "noise": NOISE, "rng": rng()}, "K is -1"),
        ({"combine": "max"}, "combine is 'max'"),
    ],
)
def test_bad_options_are_refused_before_the_first_example(options, message):
    with pytest.raises(W2VError, match=message):
        examples([SENTENCE], **{"input_side": "skip-gram", **options})


def test_a_text_without_neighbours_is_said():
    corpus = corpus_from_text("jam. apricot. jam.")
    for input_side in ("one-word", "cbow", "skip-gram"):
        with pytest.raises(W2VError, match="no word has a neighbour in its sentence"):
            list(examples(corpus.sentences(), input_side))


def block(sentences):
    return Block(
        np.array([w for s in sentences for w in s], np.int32), np.cumsum([0, *(len(s) for s in sentences)])
    )


@pytest.mark.parametrize("window", [1, 2, 3, 10])
@pytest.mark.parametrize("sentences", [[SENTENCE], [[1, 2], [3], SENTENCE, [0, 0, 0]], [[3]]])
def test_window_pairs_are_those_of_contexts(window, sentences):
    expected = Counter((w, c) for s in sentences for w, context in contexts(s, window) for c in context)
    w, c = window_pairs(block(sentences), window)
    assert Counter(zip(w.tolist(), c.tolist(), strict=True)) == expected


def test_window_pairs_with_shrunk_windows():
    sentence = list(range(40))
    expected = {(w, c) for w, context in contexts(sentence, 6, rng(3)) for c in context}
    w, c = window_pairs(block([sentence]), 6, rng(3))
    assert set(zip(w.tolist(), c.tolist(), strict=True)) == expected
    with pytest.raises(W2VError, match="the window is 0"):
        window_pairs(block([sentence]), 0)


def test_keep_probability_by_hand():
    counts, t = np.array([500, 300, 195, 5]), 0.01
    f = counts / 1000
    paper = [min(1, 1 - (1 - (t / x) ** 0.5)) for x in f]  # left out with 1 - sqrt(t / f)
    program = [min(1, ((x / t) ** 0.5 + 1) * t / x) for x in f]  # word2vec.c, line by line
    assert np.allclose(keep_probability(counts, t), paper, rtol=1e-14)
    assert np.allclose(keep_probability(counts, t, "word2vec.c"), program, rtol=1e-14)
    assert paper[3] == program[3] == 1 and paper[0] < program[0] < 1


@pytest.mark.parametrize(
    "counts, t, rule, message",
    [
        ([1, 2], 0, "paper", "threshold t is 0"),
        ([1, 2], -1e-3, "paper", "threshold t is -0.001"),
        ([1, 2], float("nan"), "paper", "threshold t is nan"),
        ([1, 0], 1e-3, "paper", "word 1 has count 0"),
        ([1, -2], 1e-3, "paper", "word 1 has count -2"),
        ([1, 2], 1e-3, "fair", "rule is 'fair'; expected one of paper, word2vec.c"),
    ],
)
def test_bad_subsampling(counts, t, rule, message):
    with pytest.raises(W2VError, match=message):
        keep_probability(counts, t, rule)


def test_subsampling_keeps_the_right_share_and_the_sentences():
    text = block([list(range(7))] * 4000)
    keep = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
    thin = subsample(text, keep, rng(2))
    share = np.bincount(thin.ids, minlength=7) / 4000
    assert share[0] == 0 and share[6] == 1
    assert np.abs(share - keep).max() < 4 * 0.5 / np.sqrt(4000)
    assert len(thin.offsets) == 4001
    for sentence in thin.sentences():
        assert (np.diff(sentence) > 0).all() and sentence[-1] == 6


def test_subsampling_leaves_out_empty_sentences():
    thin = subsample(block([[0, 0], [1, 0], [0], [0, 1]]), np.array([0.0, 1.0]), rng())
    assert [sentence.tolist() for sentence in thin.sentences()] == [[1], [1]]
    nothing = subsample(block([[0, 0]]), np.array([0.0]), rng())
    assert len(nothing.ids) == 0 and list(nothing.sentences()) == []

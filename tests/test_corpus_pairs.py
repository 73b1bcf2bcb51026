"""D and D': multisets, sizes, and the exact distribution of a negative pair."""

from collections import Counter

import numpy as np
import pytest
from scipy.stats import chisquare

import w2v_edu.corpus.negatives as negatives
import w2v_edu.corpus.pairs as pairs
from w2v_edu.corpus import (
    APRICOT_ROWS,
    APRICOT_WINDOW,
    Pairs,
    apricot_example,
    contexts,
    corpus_from_text,
    negative_distribution,
    negative_pairs,
    negatives_of_each,
    pair_table,
    positive_pairs,
    toy,
)
from w2v_edu.errors import W2VError

CORPUS = corpus_from_text("a b a c. b a d e. e b b a c f. g")
V = len(CORPUS.vocabulary)
D = positive_pairs(CORPUS.blocks(), V, window=2)


def rng(seed=0):
    return np.random.default_rng(seed)


def by_hand(window):
    return Counter((w, c) for s in CORPUS.sentences() for w, context in contexts(s, window) for c in context)


@pytest.mark.parametrize("window", [1, 2, 5])
def test_D_is_the_multiset_of_pairs(window):
    found = positive_pairs(CORPUS.blocks(3), V, window)
    assert found.counter() == by_hand(window)
    assert found.size == by_hand(window).total()
    assert all(found.count(w, c) == by_hand(window)[w, c] for w in range(V) for c in range(V))


def test_D_of_a_fixed_window_is_symmetric():
    assert all(D.count(w, c) == D.count(c, w) for w in range(V) for c in range(V))
    assert D.p_words.tolist() == D.p_contexts.tolist()


@pytest.mark.parametrize("at_once", [1, 7])
def test_merging_as_pairs_come_changes_nothing(at_once, monkeypatch):
    monkeypatch.setattr(pairs, "AT_ONCE", at_once)
    assert positive_pairs(CORPUS.blocks(2), V, 2).counter() == D.counter()


def uneven():
    """A multiset whose words and contexts have different distributions; word 3 is never a context."""
    return Pairs.from_keys(np.array([0, 0, 0, 1, 4, 4, 10, 12, 12, 13, 13, 13, 14]), 4, np.arange(1, 14))


def test_p_words_and_p_contexts():
    P = uneven()
    counts = P.counter()
    for word in range(4):
        assert P.p_words[word] == sum(n for (w, _), n in counts.items() if w == word) / P.size
        assert P.p_contexts[word] == sum(n for (_, c), n in counts.items() if c == word) / P.size
    assert P.p_contexts[3] == 0 and P.p_words[3] > 0


@pytest.mark.parametrize("alpha", [0.75, 1.0, 0.0])
def test_the_exact_distribution(alpha):
    P = uneven()
    found = negative_distribution(P, alpha)
    smoothed = [p**alpha if p > 0 else 0 for p in P.p_contexts]
    for w in range(4):
        for c in range(4):
            assert found[w, c] == pytest.approx(P.p_words[w] * smoothed[c] / sum(smoothed), rel=1e-14)
    assert found.sum() == pytest.approx(1, abs=1e-14)
    assert (found[:, 3] == 0).all()  # never a context, whatever alpha


@pytest.mark.parametrize("K", [0, 1, 3])
@pytest.mark.parametrize("at_once", [5, 1 << 20])
def test_D_prime_is_K_times_as_large(K, at_once, monkeypatch):
    monkeypatch.setattr(negatives, "AT_ONCE", at_once)
    P = uneven()
    assert negative_pairs(P, K, rng()).size == K * P.size
    each = negatives_of_each(P, K, rng())
    assert each.size == K * P.size
    for word in range(4):
        assert each.n[each.w == word].sum() == K * P.n[P.w == word].sum()


def test_at_once_may_divide_D_prime(monkeypatch):
    P = uneven()
    monkeypatch.setattr(negatives, "AT_ONCE", P.size)
    assert negatives_of_each(P, 2, rng()).size == 2 * P.size


@pytest.mark.parametrize("alpha", [0.75, 1.0])
def test_draws_follow_the_exact_distribution(alpha):
    P, K = uneven(), 400
    exact = negative_distribution(P, alpha)
    some = exact > 0
    for seed, draw in enumerate((negative_pairs, negatives_of_each)):
        drawn = draw(P, K, rng(seed), alpha)
        table = np.zeros((4, 4))
        table[drawn.w, drawn.c] = drawn.n
        assert (table[~some] == 0).all()
        if draw is negative_pairs:
            assert chisquare(table[some], exact[some] * K * P.size).pvalue > 1e-3
        else:
            expected = exact * K * P.size  # its rows are exact, its columns are drawn
            assert np.allclose(table.sum(1), expected.sum(1), rtol=1e-12)
            assert chisquare(table.sum(0)[:3], expected.sum(0)[:3]).pvalue > 1e-3


def test_redraw_rules():
    P = uneven()
    loose = negatives_of_each(P, 9, rng())
    assert any(loose.count(w, w) for w in range(3))
    assert not any(negatives_of_each(P, 9, rng(), redraw="input").count(w, w) for w in range(3))
    one = Pairs.from_keys(np.array([1, 2, 2]), 3)  # word 0 with 1, once, and with 2, twice
    strict = negatives_of_each(one, 5, rng(), redraw="positive")
    assert strict.counter() == {(0, 1): 10, (0, 2): 5}  # what is left is the other word


def test_draws_are_seeded():
    assert negative_pairs(D, 4, rng(3)).counter() == negative_pairs(D, 4, rng(3)).counter()
    assert negative_pairs(D, 4, rng(3)).counter() != negative_pairs(D, 4, rng(4)).counter()


def test_the_table_of_labelled_rows():
    D_neg = negative_pairs(D, 2, rng())
    rows = pair_table(D, D_neg, CORPUS.vocabulary)
    assert len(rows) == 3 * D.size
    assert Counter(label for *_, label in rows) == {1: D.size, 0: 2 * D.size}
    positive = Counter((CORPUS.vocabulary.id(w), CORPUS.vocabulary.id(c)) for w, c, label in rows if label)
    assert positive == D.counter()


def test_the_apricot_rows_are_those_of_the_window():
    corpus = toy("apricot-jam")
    words, apricot = corpus.words, corpus.vocabulary.id("apricot")
    assert corpus.counts[apricot] == 1
    window = next(c for s in corpus.sentences() for w, c in contexts(s, APRICOT_WINDOW) if w == apricot)
    assert [words[c] for c in window] == [c for _, c, label in APRICOT_ROWS if label == 1]
    found = positive_pairs(corpus.blocks(), len(words), APRICOT_WINDOW)
    around = {words[c]: found.count(apricot, c) for c in range(len(words)) if found.count(apricot, c)}
    assert around == {c: 1 for _, c, label in APRICOT_ROWS if label == 1}
    assert [label for *_, label in APRICOT_ROWS] == [1] * 4 + [0] * 8
    assert "jam" in around
    noise = {c for _, c, label in APRICOT_ROWS if label == 0}
    assert {"aardvark", "matrix", "tolstoy"} <= noise and not noise & {"apricot", *around}
    example = apricot_example(corpus.vocabulary)
    assert [words[c] for c in example.targets] == [c for _, c, label in APRICOT_ROWS if label == 1]
    assert [words[c] for W in example.noise for c in W] == [c for _, c, label in APRICOT_ROWS if label == 0]
    assert [len(W_neg) for W_neg in example.noise] == [2] * 4


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: negative_pairs(D, -1, rng()), "K is -1"),
        (lambda: negatives_of_each(D, -1, rng()), "K is -1"),
        (
            lambda: negatives_of_each(D, 1, rng(), redraw="x"),
            "redraw is 'x'; expected one of none, positive, input",
        ),
        (
            lambda: negatives_of_each(Pairs.from_keys(np.array([1]), 2), 1, rng(), redraw="positive"),
            "leaves nothing to draw: every context word of D is word 1",
        ),
        (lambda: positive_pairs(CORPUS.blocks(), V, 0), "the window is 0"),
        (
            lambda: positive_pairs(corpus_from_text("a. b.").blocks(), 2, 2),
            "D is empty: no word of this text",
        ),
        (lambda: negative_distribution(Pairs.from_keys(np.array([1]), 9000)), "V = 9000 is too large"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(W2VError, match=message):
        make()

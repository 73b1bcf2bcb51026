"""Nearest words and analogies, against a slow loop over all words."""

import numpy as np
import pytest

from w2v_edu.comparison.neighbours import analogy, analogy_ranks, similar, unit_rows
from w2v_edu.comparison.vectors import WordVectors
from w2v_edu.errors import W2VError

WORDS = tuple("abcdefghi")


def random_vectors(seed, R=9):
    rng = np.random.default_rng(seed)
    return WordVectors(WORDS, rng.standard_normal((9, 4)), rng.standard_normal((R, 4)))


def cosine(x, y):
    return x @ y / np.sqrt(x @ x) / np.sqrt(y @ y)


@pytest.mark.parametrize("use", ["W", "W_out", "sum"])
@pytest.mark.parametrize("seed", range(3))
def test_similar_is_the_largest_cosine(use, seed):
    vectors = random_vectors(seed)
    M = {"W": vectors.W, "W_out": vectors.W_out, "sum": vectors.W + vectors.W_out}[use]
    found = similar(vectors, "c", use=use, top=4)
    expected = sorted(((cosine(M[i], M[2]), WORDS[i]) for i in range(9) if i != 2), reverse=True)[:4]
    assert [one.word for one in found] == [word for _, word in expected]
    np.testing.assert_allclose([one.score for one in found], [score for score, _ in expected], atol=1e-11)


@pytest.mark.parametrize("exclude", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_analogy_is_3CosAdd(exclude, seed):
    vectors = random_vectors(seed)
    W = vectors.W
    scores = {
        word: cosine(W[i], W[1]) - cosine(W[i], W[0]) + cosine(W[i], W[2])
        for i, word in enumerate(WORDS)
        if not (exclude and word in "abc")
    }
    order = sorted(scores, key=lambda word: -scores[word])
    found = analogy(vectors, "a", "b", "c", top=9, exclude=exclude)
    assert [one.word for one in found] == order
    for d in "defghi":
        (rank,) = analogy_ranks(vectors, [("a", "b", "c", d)], exclude=exclude)
        assert rank == order.index(d) + 1


def test_the_scale_of_a_vector_does_not_matter():
    vectors = random_vectors(1)
    scaled = WordVectors(WORDS, vectors.W * np.arange(1, 10)[:, None])
    assert similar(vectors, "a") == similar(scaled, "a")
    assert unit_rows(np.zeros((1, 3))).tolist() == [[0.0, 0.0, 0.0]]


def test_vectors_that_are_all_alike_answer_nothing():
    alike = WordVectors(WORDS, np.ones((9, 4)))
    assert analogy_ranks(alike, [("a", "b", "c", "d")])[0] == 6


def test_what_cannot_be_asked_is_said():
    vectors = random_vectors(0, R=8)
    with pytest.raises(W2VError, match=r"'King' is not in the vocabulary \(9 words\)"):
        similar(vectors, "King")
    with pytest.raises(W2VError, match="it has 'a'"):
        similar(vectors, "A")
    with pytest.raises(W2VError, match="inner nodes"):
        similar(vectors, "a", use="sum")
    with pytest.raises(W2VError, match="0 words were asked for"):
        similar(vectors, "a", top=0)
    with pytest.raises(W2VError, match="holds one matrix only"):
        analogy(WordVectors(WORDS, vectors.W), "a", "b", "c", use="W_out")
    with pytest.raises(W2VError, match="is zero"):
        similar(WordVectors(("a", "b"), np.zeros((2, 3))), "a")

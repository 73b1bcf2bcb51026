"""Gradient descent over a whole corpus: J(theta) as the double sum over positions and window."""

import itertools

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.corpus import corpus_from_text, examples, load_corpus
from w2v_edu.fast.batch import batch_gradient
from w2v_edu.finite import complex_step, relative_error
from w2v_edu.model import Params, random_params
from w2v_edu.objectives import Softmax


def J(params, sentences, m):
    """-(1/T) sum_t sum_{-m <= j <= m, j != 0} log p(w_{t+j} | w_t), word by word."""
    total, T = 0.0, 0
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            T += 1
            scores = params.W_out @ params.W[centre]
            log_p = scores - np.log(np.exp(scores).sum())
            for j in range(-m, m + 1):
                if j != 0 and 0 <= t + j < len(sentence):
                    total -= log_p[sentence[t + j]]
    return total / T, T


@pytest.mark.parametrize("window", [1, 2, 5])
def test_the_objective_is_the_double_sum(window):
    corpus = corpus_from_text("the jam is sweet. jam. the apricot is ripe and the jam is sweet")
    params = random_params(len(corpus.words), 3, np.random.default_rng(window))
    sentences = [sentence.tolist() for sentence in corpus.sentences()]
    expected, T = J(params, sentences, window)
    assert T == corpus.n_tokens and min(map(len, sentences)) == 1
    each = list(examples(corpus.sentences(), "skip-gram", window=window))
    assert reference.corpus_objective(params, each, Softmax(), T) == pytest.approx(expected, rel=1e-13)

    gradient = reference.corpus_gradient(params, each, Softmax(), T)
    flat = np.concatenate([gradient.dW, gradient.dW_out]).ravel()
    V, N = params.V, params.N
    exact = complex_step(lambda x: J(Params.from_flat(x, V, N), sentences, window)[0], params.flat())
    assert relative_error(flat, exact) < 1e-13
    batch = batch_gradient(params, each, Softmax())
    assert relative_error(np.concatenate([batch.dW, batch.dW_out]).ravel() / T, flat) < 1e-12


def test_gradient_descent_lowers_it():
    corpus = load_corpus("drink-eat")
    each = list(examples(corpus.sentences(), "skip-gram", window=2))
    params = random_params(len(corpus.words), 4, np.random.default_rng(2), scale=0.3)
    losses = []
    for _ in range(30):
        J_now, dW, dW_out = reference.corpus_gradient(params, each, Softmax(), corpus.n_tokens)
        losses.append(J_now)
        params = Params(params.W - 0.3 * dW, params.W_out - 0.3 * dW_out)
    assert all(after < before for before, after in itertools.pairwise(losses))

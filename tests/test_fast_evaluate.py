"""Held-out loss against the reference, and the step that clips."""

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.corpus import corpus_from_text
from w2v_edu.corpus.windows import examples
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.loop import chunk_rates
from w2v_edu.fast.result import Result
from w2v_edu.fast.steps import RowGradient, step
from w2v_edu.fast.train import train
from w2v_edu.functions import log_sigmoid, softmax
from w2v_edu.model import random_params
from w2v_edu.objectives import OBJECTIVES, Hierarchical, Softmax

TEXT = "a b c a d. e a b. f c c a b d e a. g a. b a f d."
OTHER = "b unknown a a d c. g e. f. c a b a."
K, WINDOW, N = 3, 2, 5


def random_result(input_side, objective, seed):
    """Trained in name only: the settings of a run, with random parameters."""
    corpus = corpus_from_text(TEXT)
    run = train(
        corpus, input_side, objective, vector_size=N, window=WINDOW, negative=K, min_count=1, epochs=1
    )
    params = random_params(len(run.words), N, np.random.default_rng(seed), R=len(run.W_out))
    return Result(
        params.W, params.W_out, run.words, run.counts, run.tree, run.noise, run.settings, run.history
    )


def h_and_targets(result, input_side):
    """h of each prediction on the other text, and its target; unknown words are left out."""
    number = {word: i for i, word in enumerate(result.words)}
    sentences = [
        [number[w] for w in s.split() if w in number] for s in OTHER.replace("unknown ", "").split(".")
    ]
    for example in examples([s for s in sentences if s], input_side, window=WINDOW):
        h = reference.hidden(result.params, example)
        for target in example.targets:
            yield h, target


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("input_side", ["one-word", "cbow", "skip-gram"])
def test_held_out_loss_is_the_mean_of_the_reference(input_side, objective):
    result = random_result(input_side, objective, seed=6)
    W_out, found = result.W_out, list(h_and_targets(result, input_side))
    if objective in ("softmax", "hierarchical"):
        sheet = Softmax() if objective == "softmax" else Hierarchical(result.tree)
        expected = [sheet.E(h, W_out, w) for h, w in found]
    else:
        p = result.noise.p
        offset = np.log(K * p) if objective == "nce" else np.zeros(len(p))
        expected = [
            -log_sigmoid((W_out @ h - offset)[w]) - K * p @ log_sigmoid(-(W_out @ h - offset))
            for h, w in found
        ]
    loss, predictions = held_out_loss(result, corpus_from_text(OTHER))
    assert predictions == len(found)
    assert abs(loss - np.mean(expected)) <= 1e-12 * abs(loss)


def test_negative_sampling_as_a_softmax():
    """softmax(u + log P_n) is its estimate of p(w | input)."""
    result = random_result("skip-gram", "negative", seed=7)
    found = h_and_targets(result, "skip-gram")
    expected = np.mean([-np.log(softmax(result.W_out @ h + np.log(result.noise.p))[w]) for h, w in found])
    loss = held_out_loss(result, corpus_from_text(OTHER), "softmax").loss
    assert abs(loss - expected) <= 1e-12 * expected


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_step_moves_rows_and_clips_the_long_ones(dtype):
    rng = np.random.default_rng(0)
    start = rng.standard_normal((6, 4)).astype(dtype)
    g = rng.standard_normal((3, 4)).astype(dtype)
    g[1] *= 1e25 if dtype == "float32" else 1e200  # its square overflows
    g[2] = np.nan
    rows, matrix, eta = np.array([4, 0, 2]), start.copy(), 0.1
    with np.errstate(over="ignore", invalid="ignore"):
        assert step(matrix, RowGradient(rows, eta * g), clip=0.5) == 2
    tiny = np.finfo(dtype).eps * 10
    assert np.abs(matrix[4] - (start[4] - 0.1 * g[0])).max() < tiny
    move = matrix[0] - start[0]
    assert abs(np.linalg.norm(move) - 0.5) < tiny
    assert (
        np.abs(move / 0.5 + (g[1] / np.abs(g[1]).max()) / np.linalg.norm(g[1] / np.abs(g[1]).max())).max()
        < tiny
    )
    assert np.isfinite(matrix[2]).all()
    assert np.array_equal(matrix[[1, 3, 5]], start[[1, 3, 5]])


def test_learning_rate_falls_with_the_words_read():
    run = train(corpus_from_text(TEXT), min_count=1, vector_size=N, alpha=0.3, min_alpha=0.1, epochs=1)
    rates = chunk_rates(run.settings, 4, words_before=100, block_words=40, total=200)
    assert np.abs(rates - [0.2, 0.19, 0.18, 0.17]).max() < 1e-15
    assert chunk_rates(run.settings, 1, 300, 40, 200) == [0.1]

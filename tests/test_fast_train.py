"""`train`: the twelve models learn, runs are repeatable, and nothing is lost."""

import json
import os
import signal

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.corpus import ZipfTopics, corpus_from_text, toy, zipf_corpus
from w2v_edu.corpus.windows import examples
from w2v_edu.errors import W2VError
from w2v_edu.fast import checkpoint as checkpoints
from w2v_edu.fast import loop
from w2v_edu.fast import workers as workers_room
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.train import initial_params, train
from w2v_edu.model import Params, random_params
from w2v_edu.objectives import OBJECTIVES, Hierarchical, Softmax
from w2v_edu.tree import balanced, huffman

SIDES = ("one-word", "cbow", "skip-gram")
ZIPF = ZipfTopics(V=400, n_topics=4, function_words=20)
SMALL = {"vector_size": 11, "window": 3, "min_count": 1, "epochs": 2, "sample": 0.0, "alpha": 0.05}


@pytest.fixture(scope="module")
def corpus():
    return zipf_corpus(9_000, np.random.default_rng(3), ZIPF)


@pytest.fixture(scope="module")
def held_out():
    return zipf_corpus(2_000, np.random.default_rng(4), ZIPF)


def same(a, b):
    return np.array_equal(a.W, b.W) and np.array_equal(a.W_out, b.W_out)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("input_side", SIDES)
def test_every_model_learns_and_repeats_itself(corpus, held_out, input_side, objective):
    settings = SMALL | {"epochs": 3}
    first = train(corpus, input_side, objective, seed=4, **settings)
    untrained = train(corpus, input_side, objective, seed=4, **(settings | {"alpha": 1e-9, "min_alpha": 0.0}))
    # A Huffman tree begins at the entropy of the counts: what bigrams add to that is seen on the text itself.
    assert held_out_loss(first, corpus).loss < held_out_loss(untrained, corpus).loss - 0.02
    assert held_out_loss(first, held_out).loss < held_out_loss(untrained, held_out).loss - 0.005
    assert same(first, train(corpus, input_side, objective, seed=4, **settings))
    assert not same(first, train(corpus, input_side, objective, seed=5, **settings))
    assert first.W.dtype == np.float32
    assert first.history[-1].words == first.history[-1].total == 3 * corpus.n_tokens
    assert not first.interrupted
    assert first.params.V - (objective == "hierarchical") == first.params.R


def test_topics_are_recovered():
    zipf = ZipfTopics(V=600, n_topics=6, function_words=30)
    corpus = zipf_corpus(200_000, np.random.default_rng(0), zipf)
    W = train(corpus, vector_size=20, epochs=3, sample=1e-3).W
    W = W / np.linalg.norm(W, axis=1, keepdims=True)
    S, topics = W @ W.T, corpus.topics[: len(W)]
    np.fill_diagonal(S, -2)
    nearest = topics[S.argmax(axis=1)]
    assert (nearest == topics)[topics >= 0].mean() > 0.9


@pytest.mark.parametrize("frozen", ["W", "W_out"])
def test_freeze(corpus, frozen):
    init = random_params(len(corpus.words), 11, np.random.default_rng(0), scale=0.1)
    result = train(corpus, freeze=frozen, init=init, dtype="float64", **SMALL)
    assert np.array_equal(result.W, init.W) == (frozen == "W")
    assert np.array_equal(result.W_out, init.W_out) == (frozen == "W_out")


@pytest.mark.parametrize("input_side", SIDES)
@pytest.mark.parametrize("sheet", ["softmax", "hierarchical"])
def test_batch_method_is_gradient_descent_on_the_corpus_objective(input_side, sheet):
    corpus = toy("drink-eat")
    V, eta, seed = len(corpus.words), 0.7, 8
    objective = Softmax() if sheet == "softmax" else Hierarchical(huffman(corpus.counts))
    params = random_params(V, 3, np.random.default_rng(seed), R=objective.rows(V))
    settings = {"vector_size": 3, "window": 2, "sample": 0.0, "min_count": 1, "epochs": 3}
    result = train(corpus, input_side, sheet, init=params, alpha=eta, min_alpha=eta, dtype="float64",
                   shrink_windows=False, method="batch", clip=1e9, **settings)  # fmt: skip
    window = 1 if input_side == "one-word" else 2
    found = list(examples(corpus.sentences(), input_side, window=window))
    for _ in range(3):
        gradient = reference.corpus_gradient(params, found, objective)
        params = Params(params.W - eta * gradient.dW, params.W_out - eta * gradient.dW_out)
    assert np.abs(result.W - params.W).max() <= 1e-12 * np.abs(params.W).max()
    assert np.abs(result.W_out - params.W_out).max() <= 1e-12 * np.abs(params.W_out).max()


def test_a_long_step_is_clipped_and_reported(corpus):
    wild = train(corpus, objective="softmax", **(SMALL | {"alpha": 10.0, "dtype": "float32"}))
    assert wild.diverged and wild.clipped > 0 and "alpha=10" in wild.problem
    assert np.isfinite(wild.W).all() and np.isfinite(wild.W_out).all()
    assert all(np.isfinite(report.loss) for report in wild.history)
    assert not train(corpus, objective="softmax", **SMALL).diverged


def test_without_negatives_everything_becomes_the_same_long_vector(corpus):
    with pytest.raises(W2VError, match="allow_collapse"):
        train(corpus, negative=0, **SMALL)
    init = initial_params(len(corpus.words), len(corpus.words), 11)
    settings = SMALL | {"epochs": 10, "init": Params(init.W, init.W_out + 0.1)}
    result = train(corpus, negative=0, allow_collapse=True, **settings)
    assert result.history[-1].loss < 0.1 * result.history[0].loss
    W = result.W[:100] / np.linalg.norm(result.W[:100], axis=1, keepdims=True)
    assert (W @ W.T).min() > 0.9


class Stop:
    """A progress callback that stops the run as Ctrl-C does, at report number `at`."""

    def __init__(self, at, how):
        self.at, self.how, self.seen = at, how, 0

    def __call__(self, progress):
        self.seen += 1
        if self.seen == self.at:
            self.how()


def ctrl_c_from_outside():  # reaches the main thread, whichever thread reports
    os.kill(os.getpid(), signal.SIGINT)


def press_ctrl_c():
    signal.raise_signal(signal.SIGINT)


def raise_interrupt():
    raise KeyboardInterrupt


@pytest.mark.parametrize("how", [press_ctrl_c, raise_interrupt])
@pytest.mark.parametrize(("input_side", "objective"), [("skip-gram", "negative"), ("cbow", "hierarchical")])
def test_resume_ends_bit_equal(corpus, tmp_path, monkeypatch, input_side, objective, how):
    monkeypatch.setattr("w2v_edu.fast.loop.BLOCK_WORDS", 2_000)
    settings = SMALL | {"epochs": 3, "sample": 1e-3}
    whole = train(corpus, input_side, objective, **settings)
    file, before = tmp_path / "run.npz", signal.getsignal(signal.SIGINT)
    part = train(corpus, input_side, objective, progress=Stop(7, how), checkpoint=file, **settings)
    assert part.interrupted and part.history[-1].words < part.history[-1].total
    assert signal.getsignal(signal.SIGINT) is before
    rest = train(corpus, input_side, objective, resume=file, **settings)
    assert same(rest, whole) and not rest.interrupted


@pytest.mark.parametrize("at", [1, 40, 75])
def test_ctrl_c_inside_a_block(corpus, tmp_path, monkeypatch, at):
    """The state is exact at every chunk, not only at the ends of blocks."""
    whole, original, steps = train(corpus, **SMALL), loop.step, []

    def step(*arguments):
        steps.append(original(*arguments))
        if len(steps) == at:
            press_ctrl_c()
        return steps[-1]

    file = tmp_path / "run.npz"
    with monkeypatch.context() as patch:
        patch.setattr(loop, "step", step)
        part = train(corpus, checkpoint=file, **SMALL)
    assert part.interrupted and len(steps) == at + at % 2  # the chunk at hand was finished
    assert same(train(corpus, resume=file, **SMALL), whole)


def test_resume_of_the_batch_method(corpus, tmp_path):
    settings = SMALL | {"method": "batch", "epochs": 5}
    file = tmp_path / "run.npz"
    part = train(corpus, progress=Stop(2, press_ctrl_c), checkpoint=file, **settings)
    assert part.interrupted
    assert same(train(corpus, resume=file, **settings), train(corpus, **settings))


def test_a_checkpoint_is_replaced_whole_or_not_at_all(corpus, tmp_path, monkeypatch):
    file = tmp_path / "run.npz"
    train(corpus, checkpoint=file, **SMALL)
    before = file.read_bytes()

    def full_disk(*arguments, **keywords):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoints.np, "savez", full_disk)
    with pytest.raises(W2VError, match="No space left"):
        train(corpus, checkpoint=file, **SMALL)
    assert file.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["run.npz"]


def test_checkpoints_of_something_else(corpus, tmp_path):
    file = tmp_path / "run.npz"
    train(corpus, checkpoint=file, **SMALL)
    with pytest.raises(W2VError, match=r"made with window=3, this run has 4"):
        train(corpus, resume=file, **(SMALL | {"window": 4}))
    other = zipf_corpus(9_000, np.random.default_rng(5), ZIPF)
    with pytest.raises(W2VError, match="another text"):
        train(other, resume=file, **SMALL)
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(W2VError, match="no whole checkpoint"):
        train(corpus, resume=file, **SMALL)
    with pytest.raises(W2VError, match="there is no checkpoint"):
        train(corpus, resume=tmp_path / "none.npz", **SMALL)


def test_an_unwritable_checkpoint_is_found_before_training(corpus, tmp_path):
    reports = []
    with pytest.raises(W2VError, match="no checkpoint can be written"):
        train(corpus, checkpoint=tmp_path / "no" / "run.npz", progress=reports.append, **SMALL)
    with pytest.raises(W2VError, match="is a folder"):
        train(corpus, checkpoint=tmp_path, progress=reports.append, **SMALL)
    assert not reports


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"window": 0}, "window is 0; .* holds no context"),
        ({"window": 2.5}, "window is 2.5"),
        ({"vector_size": 0}, "vector_size is 0"),
        ({"vector_size": 5000}, "out of proportion for 400 words"),
        ({"alpha": 50.0}, "diverges"),
        ({"alpha": float("nan")}, "alpha is nan"),
        ({"min_alpha": 0.5}, "min_alpha is 0.5"),
        ({"min_count": 100_000}, "min_count=100000 leaves 0 of 400 words"),
        ({"epochs": 0}, "epochs is 0"),
        ({"negative": -1}, "negative is -1"),
        ({"workers": 0}, "workers is 0"),
        ({"method": "newton"}, "method is 'newton'"),
        ({"dtype": "int8"}, "dtype is 'int8'"),
        ({"freeze": "h"}, "freeze is 'h'"),
        ({"sample": -1.0}, "sample is -1"),
        ({"clip": 0.0}, "clip is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"method": "batch", "workers": 2}, "no use for workers"),
        ({"objective": "nce", "negative": 0}, "NCE needs noise"),
        ({"objective": "margin"}, "objective 'margin'"),
        ({"input_side": "trigram"}, "input_side is 'trigram'"),
        ({"objective": "hs", "tree": balanced(9)}, "9 leaves and the vocabulary 400"),
        ({"init": random_params(5, 11, np.random.default_rng(0))}, r"init has W \(5, 11\)"),
    ],
)
def test_bad_settings(corpus, change, message):
    with pytest.raises(W2VError, match=message):
        train(corpus, **(SMALL | change))


def test_min_count_leaves_words_out(corpus):
    result = train(corpus, **(SMALL | {"min_count": 20}))
    assert len(result.words) == np.count_nonzero(corpus.counts >= 20) == len(result.W)
    assert result.counts.min() >= 20


def test_sentences_of_one_word_teach_nothing():
    corpus = corpus_from_text("a. b. a. b.")
    result = train(corpus, **SMALL)
    assert np.array_equal(result.W, initial_params(2, 2, 11).W)
    with pytest.raises(W2VError, match="nothing can be predicted"):
        held_out_loss(result, corpus)


def test_two_workers_learn_as_much_as_one(corpus, held_out):
    settings = SMALL | {"epochs": 4}
    one, two = (train(corpus, workers=n, **settings) for n in (1, 2))
    assert two.problem == "" and two.history[-1].words == one.history[-1].words
    gap = held_out_loss(two, held_out).loss - held_out_loss(one, held_out).loss
    untrained = held_out_loss(train(corpus, **(settings | {"alpha": 1e-9, "min_alpha": 0.0})), held_out).loss
    assert abs(gap) < 0.2 * (untrained - held_out_loss(one, held_out).loss)


def test_two_workers_go_on_where_they_stopped(corpus, held_out, tmp_path):
    settings, file = SMALL | {"epochs": 5, "workers": 2}, tmp_path / "run.npz"

    def state():
        with np.load(file) as saved:
            return json.loads(saved["about"].tobytes())["state"]

    part = train(corpus, checkpoint=file, progress=Stop(6, ctrl_c_from_outside), **settings)
    reached = state()
    assert part.interrupted and 0 < reached["words"] < 5 * corpus.n_tokens
    assert reached["epoch"] * corpus.n_tokens <= reached["words"] <= (reached["epoch"] + 1) * corpus.n_tokens
    rest = train(corpus, resume=file, checkpoint=file, **settings)
    assert not rest.interrupted and rest.problem == ""
    assert (state()["epoch"], state()["block"], state()["words"]) == (5, 0, 5 * corpus.n_tokens)
    assert held_out_loss(rest, held_out).loss < held_out_loss(part, held_out).loss


def test_a_worker_that_dies(corpus, monkeypatch):
    """The other worker reads the rest of the text; one sentence says what happened."""
    started = []
    start = workers_room.subprocess.Popen

    def remember(*arguments, **keywords):
        started.append(start(*arguments, **keywords))
        return started[-1]

    monkeypatch.setattr(workers_room.subprocess, "Popen", remember)
    kill_first = Stop(2, lambda: started[0].kill())
    result = train(corpus, workers=2, progress=kill_first, **(SMALL | {"epochs": 6}))
    assert result.problem.startswith("worker 1 died (killed by signal 9)") and not result.interrupted
    assert np.isfinite(result.W).all() and result.W_out.any()
    kill_all = Stop(2, lambda: [process.kill() for process in started])
    result = train(corpus, workers=2, progress=kill_all, **(SMALL | {"epochs": 6}))
    assert result.interrupted and result.W_out.any() and result.problem.count("died") == 2

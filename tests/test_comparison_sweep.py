"""Splitting a text, running a sweep, and keeping what is ready when something breaks."""

import os
import subprocess
import sys

import numpy as np
import pytest

from w2v_edu.comparison import sweep as sweep_module
from w2v_edu.comparison.learned import chance_of_topics, interval, topic_score, word_map
from w2v_edu.comparison.parallel import run_all
from w2v_edu.comparison.parts import split_text
from w2v_edu.comparison.runs import Curve, Plan, Task, run_task
from w2v_edu.comparison.sweep import sweep
from w2v_edu.corpus import corpus_from_text, toy
from w2v_edu.errors import W2VError
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.result import Result
from w2v_edu.fast.train import train
from w2v_edu.objectives import OBJECTIVES

SIDES = ("one-word", "cbow", "skip-gram")
TINY = Plan(
    vector_size=4, window=2, epochs=4, stretches=2, rates=(0.05, 0.2), seeds=(1, 2), map_words=(0, 2, 3)
)


@pytest.fixture(scope="module")
def parts():
    return split_text(toy("royal-capitals"), max_words=900)


def test_a_text_is_split_and_no_word_is_lost(parts):
    training, held_out = parts
    assert training.words == held_out.words
    assert training.n_tokens + held_out.n_tokens in range(900, 920)
    assert 0.05 < held_out.n_tokens / 900 < 0.15
    np.testing.assert_array_equal(
        np.bincount(training.block.ids, minlength=len(training.words)), training.counts
    )
    assert training.counts.min() >= 1
    in_both = set(training.block.ids.tolist()) | set(held_out.block.ids.tolist())
    assert in_both == set(range(len(training.words))) == set(training.block.ids.tolist())
    again = split_text(toy("royal-capitals"), max_words=900)
    np.testing.assert_array_equal(again[1].block.ids, held_out.block.ids)
    other = split_text(toy("royal-capitals"), max_words=900, seed=1)
    assert not np.array_equal(other[1].block.ids, held_out.block.ids)


def test_the_two_parts_together_are_the_text():
    corpus = toy("royal-capitals")
    training, held_out = split_text(corpus)
    sentences = sorted(tuple(corpus.words[i] for i in one) for one in corpus.sentences())
    ours = [
        tuple(part.words[i] for i in one) for part in (training, held_out) for one in part.block.sentences()
    ]
    assert sorted(ours) == sentences
    assert training.words == corpus.words  # a sentence with a word's only occurrence is not held out


def test_a_words_only_sentence_is_trained_on():
    text = "\n".join(["a b c a b", "b a c a b", "c a b b a", "a rare b a c", "b b a c c", "a seldom b c c"])
    corpus = corpus_from_text(text, tokens="spaces")
    for seed in range(8):
        training, _ = split_text(corpus, share=0.6, seed=seed)
        assert set(training.words) == set(corpus.words)


@pytest.mark.parametrize("size", [1, 50, 60_000])
def test_blocks_are_whole_sentences(parts, size):
    blocks = list(parts[0].blocks(size))
    np.testing.assert_array_equal(np.concatenate([one.ids for one in blocks]), parts[0].block.ids)
    lengths = np.concatenate([np.diff(one.offsets) for one in blocks])
    np.testing.assert_array_equal(lengths[lengths > 0], np.diff(parts[0].block.offsets))


def test_a_text_where_no_sentence_can_be_spared_is_said():
    with pytest.raises(W2VError, match="no sentence can be held out"):
        split_text(corpus_from_text("a b c\nd e f", tokens="spaces"))


@pytest.fixture(scope="module")
def tiny(parts):
    return sweep(*parts, TINY, SIDES, OBJECTIVES)


def test_all_twelve_are_run_and_learn(tiny):
    assert set(tiny.curves) == {(side, objective) for side in SIDES for objective in OBJECTIVES}
    assert tiny.problem == ""
    for curves in tiny.curves.values():
        assert [one.task.seed for one in curves] == [1, 2]
        for one in curves:
            assert len(one.words) == len(one.own) == len(one.exact) == len(one.seconds) == 3
            assert one.words == (0, 2 * tiny.training.n_tokens, 4 * tiny.training.n_tokens)
            assert one.own[-1] < one.own[0]
            assert one.snapshots.shape == (3, 3, 4)
            assert list(one.seconds) == sorted(one.seconds)


def test_the_rate_with_the_lowest_held_out_loss_is_kept(tiny):
    for pair, rates in tiny.rates.items():
        assert set(rates) == {0.05, 0.2}
        assert tiny.best[pair] == min(rates, key=lambda alpha: rates[alpha].own[-1])
        assert tiny.curves[pair][0] is rates[tiny.best[pair]]


def test_all_objectives_start_from_the_same_W(tiny):
    starts = [curves[0].snapshots[0] for curves in tiny.curves.values()]
    for start in starts:
        np.testing.assert_array_equal(start, starts[0])
    assert np.abs(starts[0] - tiny.curves["cbow", "softmax"][1].snapshots[0]).max() > 0.01


def test_a_curve_ends_with_the_loss_of_its_result(tiny):
    for curves in tiny.curves.values():
        one = curves[0]
        assert held_out_loss(one.result, tiny.held_out).loss == one.own[-1]
        exact = held_out_loss(one.result, tiny.held_out, "softmax").loss
        assert exact == pytest.approx(one.exact[-1], rel=1e-12)


def test_one_stretch_is_one_call_of_train(parts):
    plan = Plan(vector_size=4, window=2, epochs=2, stretches=1, rates=(0.1,), seeds=(3,))
    curve = run_task(Task("skip-gram", "negative", 0.1, 3), *parts, plan)
    plain = train(
        parts[0], "skip-gram", "negative", vector_size=4, window=2, sample=0, min_count=1, alpha=0.1,
        min_alpha=0.001, epochs=2, seed=3000, init=None,
    )  # fmt: skip
    assert curve.result.W.shape == plain.W.shape
    assert curve.result.settings.alpha == plain.settings.alpha
    assert curve.result.settings.min_alpha == pytest.approx(plain.settings.min_alpha)


class TerminatedWorkerError(Exception):
    """joblib's, by its name."""


@pytest.mark.parametrize("error", [KeyboardInterrupt(), W2VError("a worker died, most likely ..")])
def test_what_is_ready_is_kept_when_something_breaks(parts, monkeypatch, error):
    def five_runs(function, calls, **where):
        for call in calls[:5]:
            yield function(*call)
        raise error

    monkeypatch.setattr(sweep_module, "run_all", five_runs)
    found = sweep(*parts, TINY, ("cbow",), OBJECTIVES)
    assert "5 of 12 runs are ready" in found.problem
    assert sum(len(rates) for rates in found.rates.values()) == 5


def test_nothing_ready_is_an_error(parts, monkeypatch):
    def nothing(function, calls, **where):
        raise W2VError("a worker died")
        yield

    monkeypatch.setattr(sweep_module, "run_all", nothing)
    with pytest.raises(W2VError, match="a worker died"):
        sweep(*parts, TINY, ("cbow",), OBJECTIVES)


def test_two_processes_give_what_one_gives():
    pytest.importorskip("joblib")
    calls = [(i, 2) for i in range(5)]
    assert sorted(run_all(pow, calls, jobs=2)) == sorted(run_all(pow, calls, jobs=1)) == [0, 1, 4, 9, 16]


def test_a_worker_that_dies_is_one_message():
    pytest.importorskip("joblib")
    with pytest.raises(W2VError, match="a worker died"):
        list(run_all(os._exit, [(1,), (1,)], jobs=2))


def test_without_joblib_it_runs_in_this_process(monkeypatch):
    monkeypatch.setitem(sys.modules, "joblib", None)
    assert list(run_all(pow, [(2, 3), (3, 2)], jobs=2)) == [8, 9]
    with pytest.raises(W2VError, match="needs joblib"):
        list(run_all(pow, [(2, 3)], jobs=2, backend="loky"))


def test_a_backend_that_is_not_there_is_said():
    pytest.importorskip("joblib")
    with pytest.raises(W2VError, match="a scheduler belongs to the backend 'dask'"):
        list(run_all(pow, [(2, 3)], scheduler="tcp://127.0.0.1:1"))
    with pytest.raises(W2VError, match="no backend 'carrier-pigeon'"):
        list(run_all(pow, [(2, 3)], backend="carrier-pigeon"))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_gives_what_one_process_gives(parts):
    distributed = pytest.importorskip("distributed")
    plan = Plan(vector_size=4, window=2, epochs=2, stretches=1, rates=(0.1,), seeds=(1, 2))
    here = sweep(*parts, plan, ("skip-gram",), OBJECTIVES)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        there = sweep(
            *parts,
            plan,
            ("skip-gram",),
            OBJECTIVES,
            jobs=2,
            backend="dask",
            scheduler=cluster.scheduler_address,
        )
    for pair, curves in here.curves.items():
        for one, other in zip(curves, there.curves[pair], strict=True):
            assert one.own == other.own
            np.testing.assert_array_equal(one.result.W, other.result.W)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_does_not_answer_is_said():
    pytest.importorskip("distributed")
    command = ["compare", "--quick", "--backend", "dask", "--scheduler", "tcp://127.0.0.1:9"]
    out = subprocess.run([sys.executable, "-m", "w2v_edu", *command], capture_output=True, text=True)
    assert out.returncode == 2
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:9'" in out.stderr.splitlines()[-1]


def curve_with(W, snapshots=None):
    V = len(W)
    result = Result(W, W, tuple(f"w{i}" for i in range(V)), np.ones(V, int), None, None, None, ())
    return Curve(Task("cbow", "softmax", 0.1, 1), (0,), (0.0,), (0.0,), (0.0,), snapshots, result, "")


def test_topics_that_are_in_the_vectors_are_found():
    rng = np.random.default_rng(0)
    topics = np.array([0, 1] * 100 + [-1] * 50)
    centres = rng.standard_normal((2, 6)) * 5
    W = np.where(topics[:, None] >= 0, centres[topics], 0) + rng.standard_normal((250, 6)) * 0.1
    planted, random = (topic_score([curve_with(M)], topics) for M in (W, rng.standard_normal((250, 6))))
    assert planted.mean == 1.0
    assert planted.questions == 200
    assert chance_of_topics(topics) == pytest.approx(99 / 199)
    assert random.low < chance_of_topics(topics) < random.high


def test_an_interval_covers_what_it_should():
    rng = np.random.default_rng(1)
    inside = 0
    for trial in range(100):
        score = interval((rng.random((3, 80)) < 0.7).astype(float), seed=trial)
        assert score.low <= score.mean <= score.high
        inside += score.low <= 0.7 <= score.high
    assert 88 <= inside <= 100


def test_the_axes_of_a_map_are_fitted_once_to_the_end():
    rng = np.random.default_rng(2)
    end = np.zeros((6, 4))
    end[:, 0], end[:, 1], end[:, 2] = np.linspace(-3, 3, 6), [1, -1, 0.5, -0.5, 1, -1], 7.0
    snapshots = np.stack([rng.standard_normal((6, 4)), 0.5 * end, end])
    way = word_map(curve_with(end, snapshots), "abcdef")
    assert way.share == pytest.approx(1)
    span = np.linalg.norm(way.places[2][:, None] - way.places[2][None], axis=-1)
    true = np.linalg.norm(end[:, None] - end[None], axis=-1)
    np.testing.assert_allclose(span, true, atol=1e-12)  # a plane loses nothing of points in a plane
    middle = np.linalg.norm(way.places[1][:, None] - way.places[1][None], axis=-1)
    np.testing.assert_allclose(middle, true / 2, atol=1e-12)  # and the same axes show the way there

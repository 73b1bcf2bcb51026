"""`w2v-edu train`, `similar` and `analogy`: what a person types, and what comes back."""

import json
import os
import signal

import numpy as np
import pytest

from w2v_edu.__main__ import main
from w2v_edu.commands import train as command
from w2v_edu.commands.train import plain_line
from w2v_edu.comparison.keeping import load_vectors
from w2v_edu.fast.result import Progress

SMALL = ["--vector-size", "5", "--sample", "0"]


@pytest.mark.parametrize("suffix", [".npz", ".txt", ".bin"])
def test_train_then_ask(tmp_path, capsys, suffix):
    out = str(tmp_path / f"v{suffix}")
    assert main(["train", "drink-eat", out, *SMALL, "--epochs", "300", "--alpha", "0.03"]) == 0
    assert "6 words, N = 5, loss" in capsys.readouterr().out
    assert os.listdir(tmp_path) == [f"v{suffix}"]  # the checkpoint of a whole run is taken away
    assert main(["similar", out, "juice", "--top", "2"]) == 0
    found = capsys.readouterr().out.split()
    assert {"drink", "water"} <= set(found)
    assert main(["analogy", out, "juice", "water", "apple", "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert {one["word"] for one in answers["inputs excluded"]} == {"drink", "eat", "rice"}
    assert len(answers["inputs not excluded"]) == 6


def test_settings_and_mode_are_kept(tmp_path):
    out = str(tmp_path / "v.npz")
    command = ["train", "drink-eat", out, *SMALL, "--mode", "word2vec.c", "--objective", "hs"]
    assert main([*command, "--deviation", "heap-tree", "--fixed-windows"]) == 0
    vectors = load_vectors(out)
    assert vectors.words[0] == "</s>"
    assert vectors.settings["mode"] == "word2vec.c"
    assert vectors.settings["deviations"] == ["heap-tree"]
    assert vectors.settings["shrink_windows"] is False
    assert vectors.settings["objective"] == "hierarchical"
    assert vectors.tree.V == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "drink-eat", "OUT/v.doc"], "the ending says"),
        (["train", "drink-eat", "OUT/missing/v.npz"], "there is no folder"),
        (["train", "drink-eat", "/proc/v.npz"], "cannot be written"),
        (["train", "no-such-text", "OUT/v.npz"], "no file or folder 'no-such-text'"),
        (["train", "drink-eat", "OUT/v.npz", "--min-count", "50"], "none occurs min_count = 50 times"),
        (["train", "drink-eat", "OUT/v.npz", "--window", "0"], "a window of 0 words"),
        (["train", "drink-eat", "OUT/v.npz", "--vector-size", "5000"], "out of proportion"),
        (["train", "drink-eat", "OUT/v.npz", "--alpha", "50"], "a larger one diverges"),
        (["train", "drink-eat", "OUT/v.npz", "--negative", "0"], "allow_collapse"),
        (["train", "drink-eat", "OUT/v.npz", "--resume"], "no checkpoint"),
        (["train", "drink-eat", "OUT/v.npz", "--mode", "gensim", "--resume"], "mode paper only"),
        (["train", "drink-eat", "OUT/v.npz", "--mode", "gensim", "--objective", "nce"], "gensim has no"),
        (["train", "drink-eat", "OUT/v.bin", "--objective", "hs", "--use", "sum"], "only W has a row"),
        (["similar", "OUT/v.npz", "juice"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, capsys, arguments, said):
    assert main([one.replace("OUT", str(tmp_path)) for one in arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
    assert os.listdir(tmp_path) == []


def press_ctrl_c_at(monkeypatch, words):
    """Ctrl-C, once, as soon as so many words have been read."""

    def look(bar, now):
        if now.words >= words:
            monkeypatch.undo()
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(command._Bar, "__call__", look)


def test_a_checkpoint_of_other_settings_is_refused(tmp_path, capsys, monkeypatch):
    out = str(tmp_path / "v.npz")
    press_ctrl_c_at(monkeypatch, 20_000)
    assert main(["train", "royal-capitals", out, *SMALL]) == 130
    kept = load_vectors(out)
    capsys.readouterr()
    assert main(["train", "royal-capitals", out, "--resume", "--vector-size", "7"]) == 2
    assert "was made with vector_size=5, this run has 7" in capsys.readouterr().err
    np.testing.assert_array_equal(load_vectors(out).W, kept.W)


def test_ctrl_c_keeps_what_was_learned_and_resume_ends_bit_equal(tmp_path, capsys, monkeypatch):
    settings = ["royal-capitals", *SMALL, "--epochs", "6", "--seed", "3"]
    whole, stopped = (
        ["train", settings[0], str(tmp_path / name), *settings[1:]] for name in ("a.npz", "b.npz")
    )
    assert main(whole) == 0
    press_ctrl_c_at(monkeypatch, 30_000)
    assert main(stopped) == 130
    assert "--resume goes on" in capsys.readouterr().err
    assert sorted(os.listdir(tmp_path)) == ["a.npz", "b.npz", "b.npz.checkpoint"]
    half = load_vectors(tmp_path / "b.npz")
    assert main([*stopped, "--resume"]) == 0
    a, b = load_vectors(tmp_path / "a.npz"), load_vectors(tmp_path / "b.npz")
    assert np.abs(half.W - a.W).max() > 1e-3
    np.testing.assert_array_equal(a.W, b.W)
    np.testing.assert_array_equal(a.W_out, b.W_out)
    assert sorted(os.listdir(tmp_path)) == ["a.npz", "b.npz"]


def test_a_mode_that_is_stopped_is_saved_too(tmp_path, capsys, monkeypatch):
    out = str(tmp_path / "v.bin")
    press_ctrl_c_at(monkeypatch, 500)
    assert main(["train", "royal-capitals", out, *SMALL, "--mode", "gensim"]) == 130
    assert f"what was learned is in {out}\n" in capsys.readouterr().err
    assert load_vectors(out).N == 5


def test_the_plain_line_says_speed_loss_and_time_left():
    now = Progress(250, 1000, 0, 5.0, 50.0, 2.34567, 0.02, 0)
    assert plain_line(now) == " 25%  50 words/s  loss 2.3457  0:15 left"


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path, capsys):
    main(["train", "drink-eat", str(tmp_path / "v.npz"), *SMALL])
    assert capsys.readouterr().err == ""


def test_a_learning_rate_that_diverges_is_reported_and_saved(tmp_path, capsys):
    out = str(tmp_path / "v.npz")
    assert main(["train", "royal-capitals", out, *SMALL, "--alpha", "9", "--epochs", "2"]) == 1
    assert "diverge" in capsys.readouterr().err
    assert np.isfinite(load_vectors(out).W).all()

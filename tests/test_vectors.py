"""Word vectors in files: what is read is what was written, gensim agrees, and a bad file is named."""

import json
import os
import resource
import stat
import subprocess
import sys

import numpy as np
import pytest

from w2v_edu.comparison.keeping import load_vectors, save_vectors
from w2v_edu.comparison.vectors import WordVectors
from w2v_edu.errors import W2VError
from w2v_edu.files import check_target, whole_file
from w2v_edu.tree import huffman


def some_vectors(V=7, N=3, seed=0, hierarchical=False):
    rng = np.random.default_rng(seed)
    tree = huffman(np.arange(V, 0, -1)) if hierarchical else None
    W, W_out = (rng.standard_normal((rows, N)).astype(np.float32) for rows in (V, V - hierarchical))
    words = ("jam", "crème", "杏", "'s", "12", "0.5", *(f"w{i}" for i in range(V - 6)))
    return WordVectors(words, W, W_out, np.arange(V, 0, -1), {"objective": "negative", "alpha": 0.1}, tree)


@pytest.mark.parametrize("hierarchical", [False, True])
def test_npz_keeps_everything(tmp_path, hierarchical):
    old = some_vectors(hierarchical=hierarchical)
    save_vectors(tmp_path / "v.npz", old)
    new = load_vectors(tmp_path / "v.npz")
    assert new.words == old.words
    assert new.settings == old.settings
    for name in ("W", "W_out", "counts"):
        np.testing.assert_array_equal(getattr(new, name), getattr(old, name))
        assert getattr(new, name).dtype == getattr(old, name).dtype
    assert (new.tree is None) == (old.tree is None)
    if hierarchical:
        np.testing.assert_array_equal(new.tree.children, old.tree.children)


@pytest.mark.parametrize("suffix", [".txt", ".vec", ".bin"])
@pytest.mark.parametrize("use", ["W", "W_out", "sum"])
def test_word2vec_files_give_back_the_same_floats(tmp_path, suffix, use):
    old = some_vectors(V=11, N=5, seed=3)
    save_vectors(tmp_path / f"v{suffix}", old, use)
    new = load_vectors(tmp_path / f"v{suffix}")
    assert new.words == old.words
    np.testing.assert_array_equal(new.W, old.matrix(use))


@pytest.mark.parametrize("suffix", [".txt", ".bin"])
def test_gensim_reads_what_we_write_and_we_what_gensim_writes(tmp_path, suffix):
    models = pytest.importorskip("gensim.models")
    ours, binary = some_vectors(V=9, N=4, seed=5), suffix == ".bin"
    save_vectors(tmp_path / f"a{suffix}", ours)
    theirs = models.KeyedVectors.load_word2vec_format(str(tmp_path / f"a{suffix}"), binary=binary)
    assert tuple(theirs.index_to_key) == ours.words
    np.testing.assert_array_equal(theirs.vectors, ours.W)
    theirs.save_word2vec_format(str(tmp_path / f"b{suffix}"), binary=binary)
    back = load_vectors(tmp_path / f"b{suffix}")
    assert back.words == ours.words
    np.testing.assert_allclose(back.W, ours.W, rtol=1e-6)


def test_a_word_that_looks_like_a_number_does_not_turn_binary_into_text(tmp_path):
    vectors = WordVectors(("1", "2.5"), np.array([[1.0], [2.0]], dtype=np.float32))
    save_vectors(tmp_path / "v.bin", vectors)
    np.testing.assert_array_equal(load_vectors(tmp_path / "v.bin").W, vectors.W)


@pytest.mark.parametrize("suffix", [".npz", ".txt", ".bin"])
@pytest.mark.parametrize("part", [0.0, 0.02, 0.5, 0.9])
def test_a_file_that_is_cut_off_is_never_read(tmp_path, suffix, part):
    save_vectors(tmp_path / f"v{suffix}", some_vectors(V=20, N=6))
    data = (tmp_path / f"v{suffix}").read_bytes()
    (tmp_path / "cut").write_bytes(data[: int(part * len(data))])
    with pytest.raises(W2VError, match=r"cut off|first line|damaged"):
        load_vectors(tmp_path / "cut")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"the quick brown fox\n", "first line should be 'V N'"),
        (b"2 2\nking 1 2\nqueen 1\n", "word 2 has 1 numbers, 2 expected"),
        (b"2 2\nking 1 2\nqueen 1 x\n", "word 2 holds something that is no number"),
        (b"2 2\nking 1 2\nking 1 3\n", "'king' stands twice"),
        (b"1 2\nking 1 2\nqueen 1 3\n", "promises 1 vectors, and more follow"),
        (b"2 2\nking 1 2\nqueen 1 nan\n", "row 1 of W holds a number that is not finite"),
        (b"999999999 300\nking 1 2\n", "cut off"),
        (b"0 5\n", "at least one of each"),
        (b"2 1\n\xff\xfe 1.0\nqueen 1.5\n", "not UTF-8"),
    ],
)
def test_a_foreign_or_damaged_file_is_named(tmp_path, content, said):
    (tmp_path / "v.txt").write_bytes(content)
    with pytest.raises(W2VError, match=said):
        load_vectors(tmp_path / "v.txt")


def test_somebody_elses_npz_is_named_and_no_pickle_is_opened(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.arange(3))
    with pytest.raises(W2VError, match="of something else"):
        load_vectors(tmp_path / "a.npz")
    np.savez(tmp_path / "b.npz", W=np.array([{"a": 1}], dtype=object))
    with pytest.raises(W2VError, match="allow_pickle"):
        load_vectors(tmp_path / "b.npz")


def test_an_unknown_ending_or_missing_file_is_said(tmp_path):
    with pytest.raises(W2VError, match=r"\.npz .*\.txt .*\.bin"):
        save_vectors(tmp_path / "v.doc", some_vectors())
    with pytest.raises(W2VError, match="No such file"):
        load_vectors(tmp_path / "nothing.npz")
    spaced = WordVectors(("new york", "jam"), np.eye(2))
    with pytest.raises(W2VError, match="white space"):
        save_vectors(tmp_path / "v.txt", spaced)


def test_under_hierarchical_softmax_only_W_belongs_to_words():
    vectors = some_vectors(hierarchical=True)
    assert vectors.matrix("W") is vectors.W
    for use in ("W_out", "sum"):
        with pytest.raises(W2VError, match="inner nodes of the tree: use W"):
            vectors.matrix(use)


def test_a_target_that_cannot_be_written_is_found_before_training(tmp_path):
    check_target(tmp_path / "v.npz", 1000)
    assert os.listdir(tmp_path) == []
    with pytest.raises(W2VError, match="it is a folder"):
        check_target(tmp_path)
    with pytest.raises(W2VError, match="there is no folder"):
        check_target(tmp_path / "missing" / "v.npz")
    with pytest.raises(W2VError, match="are free on that disk"):
        check_target(tmp_path / "v.npz", 1 << 62)


def test_a_write_that_breaks_off_leaves_the_old_file(tmp_path):
    """The process may write 20,000 bytes a file; the vectors need more: as on a full disk."""
    save_vectors(tmp_path / "v.npz", some_vectors())
    old = (tmp_path / "v.npz").read_bytes()
    code = (
        "import resource, numpy as np; from w2v_edu.comparison.vectors import WordVectors;"
        "from w2v_edu.comparison.keeping import save_vectors;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, {resource.RLIM_INFINITY}));"
        f"save_vectors({str(tmp_path / 'v.npz')!r}, WordVectors(('a', 'b'), np.ones((2, 10_000))))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "could not be written: File too large" in out.stderr.splitlines()[-1]
    assert (tmp_path / "v.npz").read_bytes() == old
    assert os.listdir(tmp_path) == ["v.npz"]


def test_a_file_is_replaced_in_one_move(tmp_path):
    """Whoever has the old file open still has all of it."""
    (tmp_path / "a").write_text("old")
    os.link(tmp_path / "a", tmp_path / "held")
    with whole_file(tmp_path / "a") as file:
        file.write(b"new")
        assert (tmp_path / "a").read_text() == "old"
    assert (tmp_path / "a").read_text() == "new"
    assert (tmp_path / "held").read_text() == "old"


def test_files_get_the_usual_rights(tmp_path):
    with whole_file(tmp_path / "a") as file:
        file.write(json.dumps({}).encode())
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~mask

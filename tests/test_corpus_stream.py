"""Corpus and stream: counts, order, blocks of any size, and memory that does not grow with the text."""

import tracemalloc
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_edu.corpus import corpus_from_text, load_corpus
from w2v_edu.corpus.spool import Spool
from w2v_edu.corpus.stream import DROPPED, END, blocks_of
from w2v_edu.errors import W2VError

LINES = ["jam b a", "b c jam jam", "", "d", "jam b c a a e"]


def naive(lines, min_count, max_size):
    """Vocabulary and sentences, counted by hand."""
    tokens = [word for line in lines for word in line.split()]
    counts = Counter(tokens)
    first = {word: tokens.index(word) for word in counts}
    order = sorted(counts, key=lambda word: (-counts[word], first[word]))
    words = [word for word in order if counts[word] >= min_count][:max_size]
    sentences = [[words.index(word) for word in line.split() if word in words] for line in lines]
    return words, [counts[word] for word in words], [sentence for sentence in sentences if sentence]


@pytest.mark.parametrize("min_count", [1, 2, 3])
@pytest.mark.parametrize("max_size", [None, 2, 4])
def test_vocabulary_order_and_sentences(min_count, max_size):
    corpus = corpus_from_text("\n".join(LINES), tokens="spaces", min_count=min_count, max_vocabulary=max_size)
    words, counts, sentences = naive(LINES, min_count, max_size)
    assert list(corpus.words) == words
    assert corpus.counts.tolist() == counts
    assert [sentence.tolist() for sentence in corpus.sentences()] == sentences
    assert corpus.n_tokens == sum(counts)


def test_equal_counts_stand_in_the_order_of_their_first_occurrence():
    assert corpus_from_text("z b z a b a q").words == ("z", "b", "a", "q")


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.lists(st.sampled_from("abcdef"), max_size=9).map(" ".join), min_size=1, max_size=8),
    n=st.integers(1, 12),
    longest=st.integers(2, 6),
    min_count=st.integers(1, 3),
)
def test_blocks_of_any_size_hold_the_same_sentences(lines, n, longest, min_count):
    words, _, whole = naive(lines, min_count, None)
    if len(words) < 2:
        return
    corpus = corpus_from_text("\n".join(lines), tokens="spaces", min_count=min_count, max_sentence=longest)
    cut = [sentence[i : i + longest] for sentence in whole for i in range(0, len(sentence), longest)]
    blocks = list(corpus.blocks(n))
    assert [sentence.tolist() for block in blocks for sentence in block.sentences()] == cut
    for block in blocks:
        assert block.ids.dtype == np.int32
        assert block.offsets[0] == 0 and block.offsets[-1] == len(block.ids)
        assert 0 < len(block.ids) < n + longest


def test_blocks_are_about_as_large_as_asked():
    corpus = corpus_from_text("a b c d e f g h i j.\n" * 1000)
    sizes = [len(block.ids) for block in corpus.blocks(1000)]
    assert max(sizes) <= 1000 and min(sizes[:-1]) > 800 and sum(sizes) == 10_000
    with pytest.raises(W2VError, match="a block of 0 words"):
        next(corpus.blocks(0))


def test_words_outside_the_vocabulary_do_not_part_their_neighbours():
    corpus = corpus_from_text("a x b a y b", min_count=2)
    assert [sentence.tolist() for sentence in corpus.sentences()] == [[0, 1, 0, 1]]


def test_several_passes_at_the_same_time():
    corpus = corpus_from_text("a b c. b c a. c a b. " * 20)
    one, two = corpus.blocks(7), corpus.blocks(5)
    first = [next(one), next(two), next(one), next(two)]
    rest = np.concatenate([first[0].ids, first[2].ids, *(block.ids for block in one)])
    other = np.concatenate([first[1].ids, first[3].ids, *(block.ids for block in two)])
    assert rest.tolist() == other.tolist() == [0, 1, 2, 1, 2, 0, 2, 0, 1] * 20


@pytest.mark.parametrize("in_memory", [0, 5, 10_000])
def test_the_spool_reads_back_what_it_was_given(in_memory):
    arrays = [np.arange(i, i + 5 + i % 3, dtype=np.int32) for i in range(200)]
    everything = np.concatenate(arrays)
    spool = Spool(iter(arrays), in_memory)
    assert len(spool) == len(everything)
    for start, stop in ((0, 3), (17, 901), (len(everything) - 4, len(everything) + 99)):
        read = spool.read(start, stop)
        assert read.tolist() == everything[start:stop].tolist()
        read[:] = -7  # a copy: the next reader sees the text
        assert spool.read(start, stop).tolist() == everything[start:stop].tolist()


def test_a_full_disk_is_said(monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(W2VError, match=r"folder for temporary files, .* \(4 bytes a word\): No space left"):
        Spool([np.zeros(9, np.int32)], in_memory=3)


def test_end_marks_and_dropped_words_make_no_sentences():
    stream = np.array([END, DROPPED, END, 4, DROPPED, 5, END, END, 6, DROPPED], np.int32)
    blocks = list(blocks_of([stream[:5], stream[5:]]))
    assert [sentence.tolist() for block in blocks for sentence in block.sentences()] == [[4, 5], [6]]


def _long_text(n_pieces):
    """About 100 kB a piece, 2,000 different words, no line ends."""
    rng = np.random.default_rng(5)
    for _ in range(n_pieces):
        yield " ".join(map("word{}".format, rng.integers(0, 2000, 11_000).tolist())) + " "


def _peak(make, n_tokens):
    """The most memory at any time while a corpus is made and read."""
    tracemalloc.start()
    corpus = make()
    n = sum(len(block.ids) for block in corpus.blocks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n == corpus.n_tokens == n_tokens
    return peak


def test_memory_does_not_grow_with_the_number_of_texts(monkeypatch):
    monkeypatch.setattr("w2v_edu.corpus.spool.IN_MEMORY", 50_000)
    short, long = (_peak(lambda n=n: corpus_from_text(_long_text(n)), 11_000 * n) for n in (8, 32))
    assert long < 1.1 * short  # four times the text
    assert long < 8e6  # the words of the long text, as Python strings, take 20 MB


def test_memory_does_not_grow_with_a_file_of_one_endless_line(tmp_path, monkeypatch):
    monkeypatch.setattr("w2v_edu.corpus.spool.IN_MEMORY", 50_000)
    peaks = []
    for n in (8, 32):
        path = tmp_path / "endless.txt"
        path.write_text("".join(_long_text(n)))
        peaks.append(_peak(lambda path=path: load_corpus(path), 11_000 * n))
    assert peaks[1] < 1.1 * peaks[0]
    assert peaks[1] < 12e6

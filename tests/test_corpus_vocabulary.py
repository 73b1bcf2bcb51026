"""The vocabulary: ids, order, and clear errors."""

import pytest

from w2v_edu.corpus import Vocabulary, frequent_words
from w2v_edu.errors import W2VError


class TestVocabulary:
    vocabulary = Vocabulary(("jam", "Ripe", "apricot"), [9, 4, 2])

    def test_ids_and_words(self):
        assert self.vocabulary.ids("apricot jam apricot") == (2, 0, 2)
        assert self.vocabulary.ids(["Ripe"]) == (1,)
        assert self.vocabulary.text([2, 0]) == "apricot jam"
        assert len(self.vocabulary) == 3 and "jam" in self.vocabulary and "Jam" not in self.vocabulary
        assert self.vocabulary.frequency.tolist() == [9 / 15, 4 / 15, 2 / 15]

    @pytest.mark.parametrize(
        "word, role, message",
        [
            ("juice", "context word", r"context word 'juice' is not in the vocabulary \(3 words\)$"),
            ("Jam", "word", r"word 'Jam' is not in the vocabulary \(3 words\); it has 'jam'$"),
            ("", "target word", "target word '' is not in the vocabulary"),
        ],
    )
    def test_unknown_word(self, word, role, message):
        with pytest.raises(W2VError, match=message):
            self.vocabulary.id(word, role)

    @pytest.mark.parametrize(
        "counts, message",
        [
            ([3, 0, 1], "word 'b' has the count 0"),
            ([3, 1, -2], "word 'c' has the count -2"),
            ([3, 1], r"3 words, but counts of shape \(2,\)"),
            ([3.5, 1.0, 1.0], "whole numbers from 1"),
        ],
    )
    def test_bad_counts(self, counts, message):
        with pytest.raises(W2VError, match=message):
            Vocabulary(("a", "b", "c"), counts)

    @pytest.mark.parametrize("wrong", [3, -1])
    def test_an_id_that_no_word_has(self, wrong):
        with pytest.raises(W2VError, match=f"word id {wrong} is out of range: the vocabulary has ids 0 to 2"):
            self.vocabulary.text([0, wrong])

    def test_a_word_twice(self):
        with pytest.raises(W2VError, match="word 'a' stands in the vocabulary twice"):
            Vocabulary(("a", "b", "a"), [3, 2, 1])

    def test_counts_cannot_be_changed(self):
        with pytest.raises(ValueError, match="read-only"):
            self.vocabulary.counts[0] = 1


def test_frequent_words_keeps_equal_counts_in_order():
    counts = [1, 7, 3, 7, 3, 3]
    assert frequent_words(counts).tolist() == [1, 3, 2, 4, 5, 0]
    assert frequent_words(counts, 3, 4).tolist() == [1, 3, 2, 4]
    assert frequent_words(counts, 8).tolist() == []

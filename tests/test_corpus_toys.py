"""The bundled corpora: what is planted in each of them is there, and can be found."""

from collections import Counter
from importlib.resources import files

import numpy as np
import pytest
from scipy.stats import chisquare

from w2v_edu.corpus import (
    TOYS,
    ZipfTopics,
    corpus_from_text,
    load_corpus,
    positive_pairs,
    toy,
    window_pairs,
    zipf_corpus,
)
from w2v_edu.corpus.toys.royal_chinese import CHINESE
from w2v_edu.corpus.toys.royal_english import ENGLISH
from w2v_edu.errors import W2VError

ROYAL = ["royal-capitals", "royal-capitals-zh"]


def rng(seed=0):
    return np.random.default_rng(seed)


def ppmi(corpus, window):
    """Positive pointwise mutual information of words in a window: counting, no training. Shape (V, V)."""
    V = len(corpus.vocabulary)
    n = np.zeros((V, V))
    for block in corpus.blocks():
        np.add.at(n, window_pairs(block, window), 1)
    p = n / n.sum()
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(p) - np.log(np.outer(p.sum(1), p.sum(0))), 0)


@pytest.mark.parametrize("name", TOYS)
def test_every_toy_loads_and_says_what_it_is_for(name):
    corpus = load_corpus(name)
    assert corpus.name == name
    assert corpus.purpose and TOYS[name].planted
    assert len(corpus.vocabulary) >= 6
    sentences = list(corpus.sentences())
    assert sum(map(len, sentences)) == corpus.n_tokens
    assert Counter(np.concatenate(sentences).tolist()) == dict(enumerate(corpus.counts.tolist()))
    assert (np.diff(corpus.counts) <= 0).all()
    assert [s.tolist() for s in toy(name).sentences()] == [s.tolist() for s in sentences]


def test_rules_of_a_toy_can_be_overruled():
    assert (toy("prose", min_count=3).counts >= 3).all()
    assert "A" in toy("prose", lower=False).vocabulary
    assert len(toy("zipf-topics", max_vocabulary=40).vocabulary) == 40
    kept = toy("royal-capitals", max_vocabulary=60)
    assert len(kept.analogies) < len(toy("royal-capitals").analogies)
    assert all(word in kept.vocabulary for analogy in kept.analogies for word in analogy)
    with pytest.raises(W2VError, match="there is no rule 'mincount'"):
        toy("zipf-topics", mincount=3)
    with pytest.raises(W2VError, match="text by dice has no lower, tokens to choose"):
        toy("zipf-topics", tokens="spaces", lower=True)
    with pytest.raises(W2VError, match="no bundled corpus 'prosa'; there are drink-eat, "):
        toy("prosa")


def test_drink_and_eat_keep_their_own_company():
    corpus = toy("drink-eat")
    assert sorted(corpus.words) == ["apple", "drink", "eat", "juice", "rice", "water"]
    assert corpus.topics is not None
    D = positive_pairs(corpus.blocks(), 6, window=5)
    assert all(corpus.topics[w] == corpus.topics[c] for w, c in zip(D.w, D.c, strict=True))
    for group in ("drink juice water", "eat apple rice"):
        assert len({int(corpus.topics[w]) for w in corpus.vocabulary.ids(group)}) == 1
    followed = {int(s[t]) for s in corpus.sentences() for t in range(len(s) - 1)}
    assert followed == set(range(6))  # every word is the input of some one-word example


@pytest.mark.parametrize("name", ROYAL)
def test_every_planted_analogy_is_answered_by_counting(name):
    corpus = toy(name)
    vectors = ppmi(corpus, window=9)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for analogy in corpus.analogies:
        a, b, c, d = corpus.vocabulary.ids(analogy)
        score = vectors @ (vectors[b] - vectors[a] + vectors[c])
        score[[a, b, c]] = -np.inf
        assert corpus.words[int(score.argmax())] == corpus.words[d], analogy


def sentences_with(corpus, word):
    return sorted(
        corpus.vocabulary.text(s).split() for s in corpus.sentences() if corpus.vocabulary.id(word) in s
    )


@pytest.mark.parametrize("name, templates", [(ROYAL[0], ENGLISH), (ROYAL[1], CHINESE)])
def test_a_queen_is_a_king_told_of_a_woman(name, templates):
    """The planted structure itself: change the gender in all sentences of one, and get those of the other."""
    corpus = toy(name)
    male, female = templates.genders
    for he, she, patterns in templates.roles:
        change = {**dict(zip(male.values(), female.values(), strict=True)), he: she}
        told = [[change.get(word, word) for word in sentence] for sentence in sentences_with(corpus, he)]
        assert sorted(told) == sentences_with(corpus, she)
        assert len(told) == len(templates.openings) * (len(templates.of_gender) + len(patterns))
        spoken = {word for sentence in sentences_with(corpus, he) for word in sentence}
        assert set(male.values()) <= spoken and not spoken & set(female.values())


@pytest.mark.parametrize("name", ROYAL)
def test_analogies_hold_both_families(name):
    analogies = toy(name).analogies
    wanted = {
        "royal-capitals": [("man", "woman", "king", "queen"), ("paris", "france", "tokyo", "japan")],
        "royal-capitals-zh": [("男人", "女人", "国王", "王后"), ("北京", "中国", "东京", "日本")],
    }
    assert set(wanted[name]) <= set(analogies)
    assert len(set(analogies)) == len(analogies) >= 90
    assert all(len(set(analogy)) == 4 for analogy in analogies)


def test_the_chinese_corpus_is_cut_into_words():
    words = toy("royal-capitals-zh").words
    assert all("\u4e00" <= letter <= "\u9fff" for word in words for letter in word)
    assert Counter(map(len, words))[2] > 100


def test_the_prose_is_a_page_of_several_paragraphs():
    text = (files("w2v_edu.corpus.toys") / "prose.txt").read_text(encoding="utf-8")
    assert 600 <= len(text.split()) <= 950
    assert text.count("\n\n") >= 5
    assert text.isascii()
    corpus = toy("prose")
    assert 40 <= len(list(corpus.sentences())) <= 80


ZIPF = ZipfTopics(V=60, n_topics=4, function_words=7, purity=0.6, s=1.1, length=9)


def test_zipf_holds_exactly_over_the_whole_text():
    n = 200_000
    corpus = zipf_corpus(n, rng(3), ZIPF)
    weight = [(r + 1 + 2.7) ** -1.1 for r in range(60)]
    expected = np.array(weight) / sum(weight) * n
    observed = [int(corpus.counts[corpus.vocabulary.id(word)]) for word in ZIPF.words]
    assert corpus.n_tokens == sum(observed) == n
    # Words of a sentence share a topic, so counts vary more than independent draws: a factor for that.
    assert chisquare(observed, expected).statistic < 3 * 59


def test_topics_show_in_the_company_of_words():
    corpus = zipf_corpus(60_000, rng(1), ZIPF)
    assert corpus.topics is not None
    D = positive_pairs(corpus.blocks(), 60, window=20)
    w, c = corpus.topics[D.w], corpus.topics[D.c]
    content = (w >= 0) & (c >= 0)
    share = D.n[content & (w == c)].sum() / D.n[content].sum()
    mass = np.array([ZIPF.p[ZIPF.topic == z].sum() for z in range(4)])
    mass /= mass.sum()
    within = ZIPF.purity + (1 - ZIPF.purity) * mass  # of a content word in a sentence of topic z
    other = (1 - ZIPF.purity) * mass
    expected = sum(
        mass[z] * (within[z] ** 2 + sum(other[y] ** 2 for y in range(4) if y != z)) for z in range(4)
    )
    assert share == pytest.approx(expected, abs=0.01)


def test_topic_labels_follow_the_words():
    corpus = zipf_corpus(30_000, rng(2), ZIPF)
    assert corpus.topics is not None
    for word, topic in zip(corpus.words, corpus.topics.tolist(), strict=True):
        assert topic == (-1 if word.startswith("f") else int(word[1 : word.index("w")]))
    assert Counter(ZIPF.topic.tolist()) == {-1: 7, 0: 14, 1: 13, 2: 13, 3: 13}


@pytest.mark.parametrize("n", [2, 3, 500, 100_003])
def test_zipf_draws_as_many_words_as_asked(n):
    corpus = zipf_corpus(n, rng(5), ZipfTopics(V=9, n_topics=2, function_words=1, length=6))
    lengths = [len(sentence) for sentence in corpus.sentences()]
    assert sum(lengths) == n
    assert all(3 <= length <= 9 for length in lengths[:-1])


def test_zipf_is_seeded_and_is_read_like_the_same_text():
    corpus = zipf_corpus(4_000, rng(6), ZIPF)
    again = zipf_corpus(4_000, rng(6), ZIPF)
    other = zipf_corpus(4_000, rng(7), ZIPF)
    lines = ["\n".join(c.vocabulary.text(s) for s in c.sentences()) for c in (corpus, again, other)]
    assert lines[0] == lines[1] != lines[2]
    written = corpus_from_text(lines[0], tokens="spaces")
    assert dict(zip(written.words, written.counts, strict=True)) == dict(
        zip(corpus.words, corpus.counts, strict=True)
    )
    assert written.counts.tolist() == corpus.counts.tolist()


@pytest.mark.parametrize(
    "options, message",
    [
        (
            {"V": 5, "n_topics": 4, "function_words": 2},
            "V = 5 words are too few for 2 function words and 4 topics",
        ),
        ({"n_topics": 0}, "0 topics"),
        ({"purity": 1.2}, "purity is 1.2"),
        ({"length": 1}, "sentences of about 1 words"),
    ],
)
def test_bad_zipf(options, message):
    with pytest.raises(W2VError, match=message):
        ZipfTopics(**options)


def test_no_words_at_all():
    with pytest.raises(W2VError, match="0 words are no text"):
        zipf_corpus(0, rng())

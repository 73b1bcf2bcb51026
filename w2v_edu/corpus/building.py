"""From text to a corpus, in one pass: number the words, count them, choose the vocabulary."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.spool import Spool
from w2v_edu.corpus.stream import DROPPED, END, MAX_SENTENCE, Analogy, Corpus
from w2v_edu.corpus.text import read_text, text_files, whole_words
from w2v_edu.corpus.tokens import BREAK, END_MARKS, SentenceRule, TokenRule, tokenizer
from w2v_edu.corpus.vocabulary import Vocabulary, frequent_words
from w2v_edu.errors import W2VError

__all__ = ["Rules", "check_rules", "corpus_from_files", "corpus_from_numbers", "corpus_from_text"]

AT_ONCE = 30_000  # words that are numbered at a time
END_NUMBER = 0  # words are numbered from 1, in the order of their first occurrence

Ids = NDArray[np.int32]


class Rules(TypedDict, total=False):
    """How a text is read; every key may be left out. `load_corpus` says what they mean."""

    tokens: TokenRule
    sentences: SentenceRule
    lower: bool
    min_count: int
    max_vocabulary: int | None
    max_sentence: int


def corpus_from_files(
    source: str | os.PathLike[str], *, encoding: str = "utf-8", errors: str = "strict", **rules: Unpack[Rules]
) -> Corpus:
    """A corpus from a file, a .gz, a folder, or standard input (``"-"``).

    Parameters
    ----------
    source, encoding, errors, **rules
        As in `load_corpus`, toy names apart.
    """
    standard_input = str(source) == "-"
    files: tuple[str | Path, ...] = ("-",) if standard_input else text_files(source)
    name = "standard input" if standard_input else (Path(source).name or str(source))
    return _from_texts([read_text(file, encoding=encoding, errors=errors) for file in files], name, rules)


def corpus_from_text(
    text: str | Iterable[str],
    *,
    name: str = "text",
    purpose: str = "",
    analogies: tuple[Analogy, ...] = (),
    topics: Mapping[str, int] | None = None,
    **rules: Unpack[Rules],
) -> Corpus:
    """A corpus from a string, or from several: a list of sentences, for example.

    Parameters
    ----------
    text : str or iterable of str
        The end of a string ends a sentence. The strings are read once and not kept.
    name, purpose : str
        What the corpus is called, and what it is good for.
    analogies : tuple of (a, b, c, d)
        Planted ones, as words.
    topics : mapping of str to int, optional
        The planted group of some words.
    **rules
        As in `load_corpus`.

    Examples
    --------
    >>> corpus = corpus_from_text("b a\\nb c a", sentences="line")
    >>> corpus.words, corpus.counts
    (('b', 'a', 'c'), array([2, 2, 1]))
    >>> corpus_from_text(["drink juice", "eat rice"]).words
    ('drink', 'juice', 'eat', 'rice')
    """
    texts = (text,) if isinstance(text, str) else text
    return _from_texts(((one,) for one in texts), name, rules, purpose, analogies, topics)


def corpus_from_numbers(
    spool: Spool,
    words: tuple[str, ...],
    counts: NDArray[np.int64],
    *,
    name: str,
    purpose: str = "",
    analogies: tuple[Analogy, ...] = (),
    topics: Mapping[str, int] | None = None,
    min_count: int = 1,
    max_vocabulary: int | None = None,
    max_sentence: int = MAX_SENTENCE,
) -> Corpus:
    """A corpus from words that are numbered already.

    Parameters
    ----------
    spool : Spool
        The text: word numbers from 1, and 0 where a sentence ends.
    words, counts : tuple of str, ndarray of int; n of each
        The word with number 1, 2, .., n, and how often it occurs.
    min_count, max_vocabulary, max_sentence
        As in `load_corpus`.

    Raises
    ------
    W2VError
        If fewer than two words are left.
    """
    if max_sentence < 2:
        raise W2VError(f"max_sentence is {max_sentence}: sentences need room for at least two words")
    if not words:
        raise W2VError(f"{name} is empty: there is no word in it")
    if counts.sum() == 1:
        raise W2VError(f"{name} has one word only, {words[0]!r}: it has no neighbour to learn from")
    kept = frequent_words(counts, min_count, max_vocabulary)
    if len(kept) < 2:
        raise W2VError(_too_few(name, words, counts, min_count))
    vocabulary = Vocabulary([words[i] for i in kept], counts[kept])
    id_of_number = np.full(len(words) + 1, DROPPED, np.int32)
    id_of_number[kept + 1] = np.arange(len(kept))
    id_of_number[END_NUMBER] = END
    labels = None if topics is None else np.array([topics.get(word, -1) for word in vocabulary.words])
    known = tuple(analogy for analogy in analogies if all(word in vocabulary for word in analogy))
    return Corpus(name, purpose, vocabulary, max_sentence, known, labels, spool, id_of_number)


def _from_texts(
    texts: Iterable[Iterable[str]],
    name: str,
    rules: Rules,
    purpose: str = "",
    analogies: tuple[Analogy, ...] = (),
    topics: Mapping[str, int] | None = None,
) -> Corpus:
    check_rules(rules)
    tokens = rules.get("tokens", "words")
    sentences = rules.get("sentences", "line" if tokens == "spaces" else "punctuation")
    split = tokenizer(tokens, sentences, lower=rules.get("lower", True))
    numbering = _Numbering(split, END_MARKS[sentences])
    spool = Spool(numbering.arrays(texts))
    return corpus_from_numbers(
        spool,
        numbering.words(),
        numbering.counts[1:],
        name=name,
        purpose=purpose,
        analogies=analogies,
        topics=topics,
        min_count=rules.get("min_count", 1),
        max_vocabulary=rules.get("max_vocabulary"),
        max_sentence=rules.get("max_sentence", MAX_SENTENCE),
    )


def check_rules(rules: Rules) -> None:
    """Raise an error if a rule is misspelt."""
    known = Rules.__annotations__
    if unknown := set(rules) - set(known):
        raise W2VError(f"there is no rule {min(unknown)!r} for reading a text; there are {', '.join(known)}")


class _Numbering:
    """Numbers for words as they come, and their counts: all that a pass over the text keeps in memory."""

    def __init__(self, split: Callable[[str], list[str]], end_marks: str) -> None:
        self.split = split
        self.numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        self.numbers.update(dict.fromkeys(end_marks, END_NUMBER))
        self.n_marks = len(self.numbers)
        self.counts = np.zeros(1, np.int64)  # counts[0] is that of END_NUMBER

    def arrays(self, texts: Iterable[Iterable[str]]) -> Iterator[Ids]:
        """The numbers of the words, a piece of text at a time; the end of a text ends a sentence."""
        tokens: list[str] = []
        for text in texts:
            for piece in whole_words(text):
                tokens += self.split(piece)
                if len(tokens) > AT_ONCE:
                    yield self._numbered(tokens)
                    tokens = []
            tokens.append(BREAK)
        yield self._numbered(tokens)

    def words(self) -> tuple[str, ...]:
        """Word number 1, 2, 3, .."""
        return tuple(self.numbers)[self.n_marks :]

    def _numbered(self, tokens: list[str]) -> Ids:
        # map over a method written in C: no Python code runs for a word
        array = np.fromiter(map(self.numbers.__getitem__, tokens), np.int32, len(tokens))
        self._count(array)
        return array

    def _count(self, array: Ids) -> None:
        more = np.bincount(array)
        if len(more) > len(self.counts):
            more[: len(self.counts)] += self.counts
            self.counts = more
        else:
            self.counts[: len(more)] += more


def _too_few(name: str, words: tuple[str, ...], counts: NDArray[np.int64], min_count: int) -> str:
    best = int(np.argmax(counts))
    if len(words) == 1:
        return f"{name} repeats one word, {words[0]!r}: at least two different words expected"
    left = "only one" if counts[best] >= min_count else "none"
    return (
        f"of the {len(words)} different words of {name}, {left} occurs min_count = {min_count} "
        f"times or more: the most frequent is {words[best]!r} with {counts[best]}; "
        "a vocabulary needs at least two words"
    )

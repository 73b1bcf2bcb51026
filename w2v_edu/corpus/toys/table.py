"""The table of the bundled corpora."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Unpack

import numpy as np

from w2v_edu.corpus.building import Rules, corpus_from_text
from w2v_edu.corpus.stream import Analogy, Corpus
from w2v_edu.corpus.toys.royal import Templates, analogies, text
from w2v_edu.corpus.toys.royal_chinese import CHINESE
from w2v_edu.corpus.toys.royal_english import ENGLISH
from w2v_edu.corpus.toys.zipf import zipf_corpus
from w2v_edu.errors import W2VError

__all__ = ["TOYS", "Toy", "toy"]


@dataclass(frozen=True)
class Toy:
    """One bundled corpus.

    Attributes
    ----------
    name : str
        What `load_corpus` finds it by.
    purpose : str
        What it is good for.
    planted : str
        What is known about it beforehand, so that a model can be measured against it.
    text : callable, or None
        Its text; None where words are drawn as numbers.
    rules : Rules
        How it is read; what a caller asks for goes before.
    analogies : tuple of (a, b, c, d)
        a is to b as c is to d.
    topics : tuple of str
        Groups of words that belong together, a string of words each.
    """

    name: str
    purpose: str
    planted: str
    text: Callable[[], str] | None
    rules: Rules
    analogies: tuple[Analogy, ...] = ()
    topics: tuple[str, ...] = ()


def _file(name: str) -> Callable[[], str]:
    return lambda: (files("w2v_edu.corpus.toys") / name).read_text(encoding="utf-8")


def _royal(name: str, language: str, templates: Templates) -> Toy:
    return Toy(
        name,
        f"analogies with known answers, in {language}",
        "man is to woman as king is to queen, a capital to its country as the next one: see `analogies`",
        lambda: text(templates),
        Rules(tokens="spaces"),
        analogies(templates),
    )


_RECORDS = (
    Toy(
        "drink-eat",
        "six words: small enough to print every matrix",
        "juice and water keep company with drink, apple and rice with eat",
        _file("drink_eat.txt"),
        Rules(tokens="spaces"),
        topics=("drink juice water", "eat apple rice"),
    ),
    Toy(
        "apricot-jam",
        "one window of two around 'apricot': 4 positive and 8 noise rows, to be followed by hand",
        "the twelve rows APRICOT_ROWS; the other lines bring in the noise words",
        _file("apricot_jam.txt"),
        Rules(tokens="spaces"),
    ),
    _royal("royal-capitals", "English", ENGLISH),
    _royal("royal-capitals-zh", "Chinese", CHINESE),
    Toy(
        "zipf-topics",
        "topic recovery: 200,000 words drawn by dice; `zipf_corpus` makes any size",
        "Zipf's law in the counts, and the topic of every word: see `topics`",
        None,
        Rules(),
    ),
    Toy(
        "prose",
        "a page of real English, on which `make run` verifies every equation",
        "nothing: it is an essay, with the word counts that essays have",
        _file("prose.txt"),
        Rules(),
    ),
)
TOYS = {record.name: record for record in _RECORDS}


def toy(name: str, **rules: Unpack[Rules]) -> Corpus:
    """A bundled corpus.

    Parameters
    ----------
    name : str
        One of `TOYS`.
    **rules
        As in `load_corpus`, where they shall differ from the corpus's own.

    Examples
    --------
    >>> toy("drink-eat").words
    ('drink', 'eat', 'juice', 'water', 'rice', 'apple')
    >>> toy("royal-capitals").analogies[0]
    ('king', 'queen', 'prince', 'princess')
    """
    if name not in TOYS:
        raise W2VError(f"there is no bundled corpus {name!r}; there are {', '.join(TOYS)}")
    record = TOYS[name]
    merged: Rules = {**record.rules, **rules}
    if record.text is None:
        return zipf_corpus(200_000, np.random.default_rng(0), **merged)
    topics = {word: i for i, group in enumerate(record.topics) for word in group.split()}
    return corpus_from_text(
        record.text(),
        name=name,
        purpose=record.purpose,
        analogies=record.analogies,
        topics=topics or None,
        **merged,
    )

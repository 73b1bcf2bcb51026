"""The table of the bundled corpora."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Unpack

from w2v_edu.corpus.building import Rules, corpus_from_text
from w2v_edu.corpus.stream import Analogy, Corpus
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
    text : callable
        Its text, as a string or in pieces.
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
    text: Callable[[], str]
    rules: Rules
    analogies: tuple[Analogy, ...] = ()
    topics: tuple[str, ...] = ()


def _file(name: str) -> Callable[[], str]:
    return lambda: (files(__package__) / name).read_text(encoding="utf-8")


_TOYS = (
    Toy(
        "drink-eat",
        "six words, small enough to print every matrix",
        "juice and water keep company with drink, apple and rice with eat",
        _file("drink_eat.txt"),
        Rules(tokens="spaces"),
        topics=("drink juice water", "eat apple rice"),
    ),
    Toy(
        "prose",
        "a page of real English, on which `make run` verifies every equation",
        "nothing: it is an essay, with the word counts that essays have",
        _file("prose.txt"),
        Rules(),
    ),
)
TOYS = {record.name: record for record in _TOYS}


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
    """
    if name not in TOYS:
        raise W2VError(f"there is no bundled corpus {name!r}; there are {', '.join(TOYS)}")
    record = TOYS[name]
    topics = {word: i for i, group in enumerate(record.topics) for word in group.split()}
    merged: Rules = {**record.rules, **rules}
    return corpus_from_text(
        record.text(),
        name=name,
        purpose=record.purpose,
        analogies=record.analogies,
        topics=topics or None,
        **merged,
    )

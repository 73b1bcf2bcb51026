"""Royal families and capital cities: sentences from templates, so that every analogy has a known answer.

A person is a gender and a role. Each sentence about a person speaks of the gender alone or of the role
alone, in words that all persons of this gender, or both persons of this role, share. So the company of `king`
is that of `queen` with one gender for the other, and the same holds for `man` and `woman`: king - man + woman
= queen is planted. Countries and capitals are planted in the same way, with the nation in the place of the
gender.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from w2v_edu.corpus.stream import Analogy

__all__ = ["Templates", "analogies", "text"]

STRIDE = 997  # a prime: walking the sentences in steps of it mixes them, the same way everywhere


@dataclass(frozen=True)
class Templates:
    """The words and sentence patterns of one language.

    Attributes
    ----------
    openings : tuple of str
        Each sentence is told once after each of these.
    genders : tuple of two dicts
        The words that fill a pattern for male and for female persons, by name.
    of_gender : tuple of str
        Patterns with ``{person}`` and the names of `genders`.
    roles : tuple of (male, female, patterns)
        Two persons of the same role, and patterns with ``{person}`` that fit both.
    nations : tuple of (country, capital, word, word, word)
        A country, its capital, and three things that belong to both alone.
    of_nation : tuple of str
        Patterns with ``{place}`` and ``{thing}``, told of the country and of the capital.
    of_country, of_capital : tuple of str
        Patterns with ``{place}``, told of all countries, or of all capitals.
    both : tuple of str
        Patterns with ``{country}`` and ``{capital}``.
    """

    openings: tuple[str, ...]
    genders: tuple[dict[str, str], dict[str, str]]
    of_gender: tuple[str, ...]
    roles: tuple[tuple[str, str, tuple[str, ...]], ...]
    nations: tuple[tuple[str, str, str, str, str], ...]
    of_nation: tuple[str, ...]
    of_country: tuple[str, ...]
    of_capital: tuple[str, ...]
    both: tuple[str, ...]


def text(templates: Templates) -> str:
    """Every sentence that the templates make, one a line, in a mixed but fixed order."""
    bare = [*_people(templates), *_places(templates)]
    lines = [f"{opening} {sentence}".strip() for opening in templates.openings for sentence in bare]
    return "\n".join(lines[i * STRIDE % len(lines)] for i in range(len(lines)))


def analogies(templates: Templates) -> tuple[Analogy, ...]:
    """Every planted analogy: man is to woman as king is to queen, Paris to France as Tokyo to Japan."""
    persons = [(male, female) for male, female, _ in templates.roles]
    places = [(capital, country) for country, capital, *_ in templates.nations]
    return tuple((*a, *b) for pairs in (persons, places) for a, b in permutations(pairs, 2))


def _people(templates: Templates) -> Iterator[str]:
    for *persons, patterns in templates.roles:
        for person, gender in zip(persons, templates.genders, strict=True):
            for pattern in (*templates.of_gender, *patterns):
                yield pattern.format(person=person, **gender)


def _places(templates: Templates) -> Iterator[str]:
    for country, capital, *things in templates.nations:
        for place, patterns in ((country, templates.of_country), (capital, templates.of_capital)):
            for pattern in patterns:
                yield pattern.format(place=place)
            for pattern in templates.of_nation:
                for thing in things:
                    yield pattern.format(place=place, thing=thing)
        for pattern in templates.both:
            yield pattern.format(country=country, capital=capital)

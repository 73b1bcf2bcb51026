"""The points at which two sides are compared: sizes, tables, and every equality pattern of the free letters.

EH_i x_k = EH_n x_k holds at most random points; it is seen to be false only where i and n differ. So free
letters are not drawn: they run through all ways of being equal and different. Sizes include all ones, and
more context words than words (C > V).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from random import Random

from .certify import Point, Valuation
from .facts import Facts
from .language import Index, Term, Word

__all__ = ["Given", "NoSuchPoint", "letter_patterns", "points"]

SIZES: tuple[dict[str, int], ...] = (
    {"V": 2, "N": 2, "C": 3, "K": 3, "M": 2, "T": 2, "B": 2, "D": 3},
    {"V": 4, "N": 3, "C": 2, "K": 2, "M": 3, "T": 3, "B": 3, "D": 2},
    {"V": 5, "N": 2, "C": 3, "K": 3, "M": 2, "T": 2, "B": 2, "D": 4},
    {},  # every size is 1
)
MOST = 48  # points
FAR = 8  # a length without a bound is drawn from so many


@dataclass(frozen=True)
class Given:
    """What a point must respect: the facts that are assumed, and the names of the arrays that draw a tree.

    Attributes
    ----------
    facts : definitions and assumptions; `Facts.injective` tables are drawn without repetition, and so on.
    nodes, child, length : names of n(w, j), ch(n) and L(w), if the setting has a tree.
    """

    facts: Facts
    nodes: str = ""
    child: str = ""
    length: str = ""


@dataclass
class Tables:
    """Entries of the arrays at one point, drawn when first asked for, the same in every run."""

    given: Given
    sizes: Mapping[str, int]
    seed: int
    fixed: Mapping[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)
    drawn: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)

    def random(self, *about: object) -> Random:
        return Random(f"{self.seed} {sorted(self.sizes.items())} {about}")

    def entry(self, name: str, at: tuple[int, ...]) -> Fraction:
        facts = self.given.facts
        if name in facts.binary:
            return Fraction(self.random(name, at).randrange(2))
        for unit in facts.unit:
            if unit.array == name:
                return self._share(name, at, unit.axis, unit.first, unit.last)
        size, sign = drawn_entry(self.seed, tuple(sorted(self.sizes.items())), name, at)
        return size if name in facts.positive else sign * size

    def _share(self, name: str, at: tuple[int, ...], axis: int, first: Term, last: Term) -> Fraction:
        ends = Valuation(Point(self.sizes, {}, self.entry, self.word), None)
        run = range(ends.integer(first, {}), ends.integer(last, {}) + 1)

        def weight(n: int) -> Fraction:
            return Fraction(self.random(name, at[:axis], n, at[axis + 1 :]).randrange(1, 1 << 30))

        return weight(at[axis]) / sum((weight(n) for n in run), Fraction(0))

    def word(self, name: str, at: tuple[int, ...], first: int, last: int) -> int:
        if (name, at) in self.fixed:
            return self.fixed[name, at]
        if (name, at) not in self.drawn:
            self.drawn[name, at] = self._word(name, at, first, last)
        return self.drawn[name, at]

    def _word(self, name: str, at: tuple[int, ...], first: int, last: int) -> int:
        if self.given.nodes and name in (self.given.nodes, self.given.child, self.given.length):
            return self._tree(name, at)
        facts = self.given.facts
        taken = set()
        if name in facts.injective:
            taken |= {v for (n, a), v in self.drawn.items() if n == name and a[:-1] == at[:-1]}
        for pair in facts.apart:
            if name in pair:
                other = pair[0] if pair[1] == name else pair[1]
                taken |= {v for (n, _), v in (*self.drawn.items(), *self.fixed.items()) if n == other}
        allowed = [v for v in range(first, min(last, first + FAR) + 1) if v not in taken]
        if not allowed:
            raise NoSuchPoint
        return self.random(name, at).choice(allowed)

    def _tree(self, name: str, at: tuple[int, ...]) -> int:
        paths, left = tree(self.sizes["V"], self.random("tree"))
        if at[0] not in (left if name == self.given.child else paths):
            raise NoSuchPoint
        if name == self.given.nodes and not 1 <= at[1] <= len(paths[at[0]]):
            raise NoSuchPoint
        if name == self.given.length:
            return len(paths[at[0]])
        if name == self.given.child:
            return left[at[0]]
        return paths[at[0]][at[1] - 1]


@lru_cache(maxsize=1 << 15)
def drawn_entry(
    seed: int, sizes: tuple[tuple[str, int], ...], name: str, at: tuple[int, ...]
) -> tuple[Fraction, int]:
    """Size and sign of an entry; the points of all claims draw from the same models."""
    random = Random(f"{seed} {sizes} {name} {at}")
    return Fraction(random.randrange(3 << 28, 3 << 30), 1 << 31), random.choice((1, -1))


class NoSuchPoint(Exception):
    """The sizes leave no room for what is assumed (three different words of two)."""


def tree(V: int, random: Random) -> tuple[dict[int, list[int]], dict[int, int]]:
    """A tree over leaves 1..V with inner nodes V+1..2V-1: paths (root first, leaf last) and left children."""
    below: dict[int, list[int]] = {w: [w] for w in range(1, V + 1)}
    paths = {w: [w] for w in range(1, V + 1)}
    left: dict[int, int] = {}
    for node in range(V + 1, 2 * V):
        a, b = random.sample(sorted(below), 2)
        left[node] = a
        below[node] = below.pop(a) + below.pop(b)
        for w in below[node]:
            paths[w].insert(0, node)
    return paths, left


@lru_cache(maxsize=24)
def points(
    given: Given, letters: tuple[Index, ...], constants: tuple[Term, ...] = (), round_: int = 0
) -> tuple[Point, ...]:
    """Points for a claim with these free letters; ``constants`` are the entries w_O, w_I, ... it names.
    Each round draws others.
    """
    return tuple(_points(given, letters, constants, round_))


def _points(
    given: Given, letters: Sequence[Index], constants: Sequence[Term], round_: int
) -> Iterator[Point]:
    for case, sizes in enumerate(SIZES):
        for n, pattern in enumerate(letter_patterns((*letters, *constants), MOST)):
            point = _point(given, {**_ones(), **sizes}, round_ * 10_000 + case * 1000 + n, pattern)
            if point is not None:
                yield point


def _ones() -> dict[str, int]:
    return dict.fromkeys(SIZES[0], 1)


def letter_patterns(letters: Sequence[Term], most: int) -> Iterator[dict[Term, int]]:
    """Each letter with the number of its class: all ways in which letters of one kind are equal or not."""
    kinds: dict[Term, list[Term]] = {}
    for x in letters:
        kinds.setdefault(x.args[2], []).append(x)
    ways = [list(_partitions(len(found))) for found in kinds.values()]
    total = 1
    for w in ways:
        total *= len(w)
    step = max(1, total // most)
    for n, chosen in enumerate(product(*ways)):
        if n % step == 0:
            yield {
                x: group
                for found, groups in zip(kinds.values(), chosen, strict=True)
                for x, group in zip(found, groups, strict=True)
            }


def _partitions(n: int) -> Iterator[tuple[int, ...]]:
    """All ways to put n things into classes, the finest first."""

    def grow(head: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(head) == n:
            yield head
            return
        for g in range(max(head, default=-1) + 1, -1, -1):
            yield from grow((*head, g))

    yield from grow(())


def _point(given: Given, sizes: Mapping[str, int], seed: int, pattern: Mapping[Term, int]) -> Point | None:
    tables = Tables(given, sizes, seed)
    judge = Valuation(Point(sizes, {}, tables.entry, tables.word), None)
    values: dict[Term, int] = {}
    used: dict[tuple[Term, int], int] = {}
    fixed: dict[tuple[str, tuple[int, ...]], int] = {}
    for x in sorted(pattern, key=lambda x: isinstance(x, Index)):  # constants first: ranges may mention them
        tables.fixed = fixed
        first, last = judge.integer(x.args[1], values), judge.integer(x.args[2], values)
        mine = (x.args[2], pattern[x])
        others = {v for (kind, g), v in used.items() if kind == x.args[2] and g != pattern[x]}
        room = [v for v in range(first, last + 1) if v not in others]
        value = used.get(mine, tables.random(x.args[0], "letter").choice(room) if room else None)
        if value is None or not first <= value <= last:
            return None
        used[mine] = value
        if isinstance(x, Word):
            fixed[str(x.args[0].name), ()] = value
        else:
            values[x] = value
    return replace(judge.point, letters=values, definitions=given.facts.definitions, word=tables.word)

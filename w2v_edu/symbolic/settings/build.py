"""Building a setting line by line: what is given, how it is spelled, what is defined (in LaTeX)."""

import re
from dataclasses import replace

from w2v_edu.symbolic.elaborate import read
from w2v_edu.symbolic.meaning import Array, Definition, Entry, Expr, Index, Range, Size, Theory
from w2v_edu.symbolic.setting import Phrase, Setting, Symbol
from w2v_edu.symbolic.syntax import Apply, Mark, Name, Node, Numeral, Script
from w2v_edu.symbolic.tex import Parser, parse_expression
from w2v_edu.symbolic.tokens import tokenize
from w2v_edu.symbolic.values import number

__all__ = ["Builder", "span"]


def span(space: str, last: str | Expr, first: int = 1) -> Range:
    """The range first..last; ``last`` is the name of a size, or an expression."""
    return Range(space, number(first), Size(last) if isinstance(last, str) else last)


class Builder:
    """Collects a :class:`Setting`; each method returns the builder.

    Parameters
    ----------
    name, title : of the setting.
    sizes : names of its sizes, ``"V N C"``.
    letters : index letters with their ranges.
    """

    def __init__(self, name: str, title: str, sizes: str, letters: dict[str, Range]) -> None:
        theory = Theory(name, tuple(sizes.split()), (), ())
        self.setting = Setting(theory, title, dict(letters))

    def given(
        self, name: str, axes: str | tuple[Index, ...] = "", values: str = "real", what: str = ""
    ) -> "Builder":
        """An input array; ``axes`` are letters, or indices with ranges of their own."""
        array = Array(name, self.axes(axes), values, what)
        self.theory(inputs=(*self.setting.theory.inputs, array))
        return self

    def spell(self, *lines: str) -> "Builder":
        """Spellings, ``"v'_j = W_out[j,i] for i"``: the letters behind ``for`` stay open."""
        for line in lines:
            left, right = line.split(" = ", 1)
            entry, _, axes = right.partition(" for ")
            self.add(symbols=(*self.setting.symbols, self.symbol(left, entry.strip(), axes.split())))
        return self

    def define(self, name: str, axes: str, latex: str, what: str = "", values: str = "real") -> "Builder":
        """A defined array, by a line of LaTeX ``left := right`` whose left side is spelled already or
        below.
        """
        array = Array(name, self.axes(axes), values, what)
        self.theory(definitions=(*self.setting.theory.definitions, Definition(array, number(0), latex)))
        return self

    def means(self) -> "Builder":
        """Read all definitions that have no body yet."""
        done: list[Definition] = []
        for definition in self.setting.theory.definitions:
            claim = read(definition.latex, self.setting)
            left, body = claim.sides[0], claim.sides[-1]
            if not isinstance(left, Entry) or left.array != definition.array.name:
                raise ValueError(f"{definition.latex} defines {left}, not {definition.array.name}")
            if claim.warnings:
                raise ValueError(f"{definition.latex}: {claim.warnings}")
            axes = tuple(x for x in left.indices if isinstance(x, Index))
            if len(axes) != len(definition.array.axes):
                raise ValueError(f"{definition.latex}: the left side must have plain letters")
            done.append(replace(definition, array=replace(definition.array, axes=axes), body=body))
        self.theory(definitions=tuple(done))
        return self

    def phrase(self, *lines: tuple[str, str]) -> "Builder":
        """Notations that stand for others, pattern and meaning in LaTeX."""
        made = tuple(Phrase(parse_expression(a), parse_expression(b)) for a, b in lines)
        self.add(phrases=(*self.setting.phrases, *made))
        return self

    def sets(self, *pairs: tuple[str, Range]) -> "Builder":
        """Sets that a sum may run over."""
        self.add(sets=(*self.setting.sets, *((_set(latex), range_) for latex, range_ in pairs)))
        return self

    def scores(self, *names: str) -> "Builder":
        """Arrays that a derivative may name by their definition."""
        self.add(scores=names)
        return self

    def hints(self, **texts: str) -> "Builder":
        """What to write for names that are not defined here."""
        self.add(hints={**self.setting.hints, **texts})
        return self

    def descends(self, loss: str | None, *learned: str) -> Setting:
        """Finish: read the definitions, name the loss and what is learned."""
        self.theory(loss=loss, learned=learned)
        return self.means().setting

    # inside

    def add(self, **changes: object) -> None:
        self.setting = replace(self.setting, **changes)  # type: ignore[arg-type]  # names are checked by replace

    def theory(self, **changes: object) -> None:
        self.add(theory=replace(self.setting.theory, **changes))  # type: ignore[arg-type]  # as above

    def axes(self, axes: str | tuple[Index, ...]) -> tuple[Index, ...]:
        if not isinstance(axes, str):
            return axes
        return tuple(self.letter(a) for a in axes.split())

    def letter(self, name: str) -> Index:
        return Index(name, self.setting.letters[name])

    def symbol(self, latex: str, entry: str, axes: list[str]) -> Symbol:
        node = parse_expression(latex)
        meaning = self.entry(entry)
        if not isinstance(meaning, (Entry, Index)):
            raise ValueError(f"{entry} is not an entry")
        opened = tuple(self.letter(a) for a in axes)
        if isinstance(node, Apply) and isinstance(node.function, Name):
            return Symbol(node.function.key, tuple(map(_text, node.arguments)), meaning, opened, True)
        base, sub, sup = (node.base, node.sub, node.sup) if isinstance(node, Script) else (node, (), None)
        if not isinstance(base, Name):
            raise ValueError(f"{latex} is not a name with subscripts")
        star = "*" if isinstance(sup, Mark) and sup.text == "*" else ""
        return Symbol(base.key + star, tuple(map(_text, sub)), meaning, opened)

    def entry(self, text: str) -> Expr:
        """``W_out[n[w[],j],i]`` with letters as indices."""
        tokens = re.findall(r"[A-Za-z_]\w*'?|\d+|[\[\],]", text)
        found, rest = self._entry(tokens)
        if rest:
            raise ValueError(f"{text}: {rest}")
        return found

    def _entry(self, tokens: list[str]) -> tuple[Expr, list[str]]:
        head, *rest = tokens
        if head.isdigit():
            return number(int(head)), rest
        if not rest or rest[0] != "[":
            return self.letter(head), rest
        indices: list[Expr] = []
        rest = rest[1:]
        while rest[0] != "]":
            index, rest = self._entry(rest)
            indices.append(index)
            rest = rest[1:] if rest[0] == "," else rest
        return Entry(head, tuple(indices)), rest[1:]


def _text(node: Node) -> str:
    if isinstance(node, (Name, Numeral)):
        return node.key if isinstance(node, Name) else node.text
    raise ValueError(f"{node} is not a plain subscript")


def _set(latex: str) -> Node:
    """A set in LaTeX."""

    parser = Parser(tokenize(latex))
    return parser.set_of()

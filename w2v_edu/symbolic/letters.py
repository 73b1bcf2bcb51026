"""Index letters: what they count, and the index expressions made of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeGuard

from .meaning import Add, Entry, Expr, Index, Mul, Number, Range, Size
from .patterns import match_syntax, put
from .setting import Setting, Symbol
from .syntax import (
    Apply,
    Line,
    Mark,
    Name,
    Negative,
    Node,
    Numeral,
    Script,
    Slot,
    Terms,
)
from .tokens import Unreadable
from .values import MINUS_ONE, Value
from .walk import substitute

__all__ = ["COUNTS", "Letters"]

COUNTS = {
    "word": "words",
    "hidden": "components of the hidden layer",
    "panel": "context words",
    "asked": "words that are asked (0 is w_O)",
    "step": "positions on the path",
    "node": "nodes of the tree",
    "input": "inputs",
    "output": "output units",
}


class Letters:
    """Letters in a setting, with those that sums bind, and the index expressions made of them."""

    def __init__(self, setting: Setting, line: int = 1) -> None:
        self.setting, self.line = setting, line
        self.bound: dict[str, Index] = {}
        self.ranges: dict[str, Range] = {}
        self.warnings: list[str] = []
        self.count = 0

    def value(self, node: Node) -> Value:
        raise NotImplementedError

    def scalar(self, node: Node) -> Expr:
        raise NotImplementedError

    def error(self, node: Node | Line, reason: str, expected: str = "") -> Unreadable:
        return Unreadable(reason, node.at or 1, expected, self.line)

    def fresh(self, letter: str, range_: Range) -> Index:
        """A new open axis or bound letter, never one that a person writes."""
        self.count += 1
        return Index(f"{letter.split('.')[0]}.{self.count}", range_)

    @contextmanager
    def binding(self, letters: list[Index]) -> Iterator[None]:
        before = dict(self.bound)
        self.bound.update({letter.name: letter for letter in letters})
        try:
            yield
        finally:
            self.bound = before

    def declared(self, key: str) -> Range | None:
        """The range of a letter: as stated beside the line, else as the setting has it; primes do not
        matter.
        """
        if key in self.ranges:
            return self.ranges[key]
        return self.setting.letters.get(key) or self.setting.letters.get(key.rstrip("'"))

    def letter(self, key: str) -> Index | None:
        if key in self.bound:
            return self.bound[key]
        if any(s.key == key and not s.subs and self.is_data(s) for s in self.setting.symbols):
            return None  # o, w: a word that is given
        range_ = self.declared(key)
        return Index(key, range_) if range_ is not None else None

    def is_data(self, symbol: Symbol) -> bool:
        return isinstance(symbol.entry, Index) or self.integer(symbol.entry)

    def integer(self, expr: Expr) -> TypeGuard[Entry]:
        return isinstance(expr, Entry) and self.setting.theory.array(expr.array).values not in (
            "real",
            "positive",
        )

    def index(self, node: Node, space: str = "") -> Expr:
        """An index expression; if ``space`` is given it must count there."""
        found = self.index_or_none(node, space)
        if found is None:
            if isinstance(node, Name) and not self.letter(node.key):
                raise self.error(node, f"{node.key} is not an index letter here", self.letters_of(space))
            base = node.base if isinstance(node, Script) else node
            what = f"{base.key} with this index" if isinstance(base, Name) else "this"
            raise self.error(node, f"{what} is not an index here", self.letters_of(space))
        have = self.space(found)
        if space and have and have != space:
            raise self.error(
                node,
                f"this index counts {COUNTS.get(have, have)}; here {COUNTS.get(space, space)} are counted",
                self.letters_of(space),
            )
        return found

    def letters_of(self, space: str) -> str:
        found = [k for k, r in self.setting.letters.items() if r.space == space]
        return f"an index such as {', '.join(found)}" if found else "an index"

    def index_or_none(self, node: Node, space: str = "") -> Expr | None:
        node = self.phrased(node)
        match node:
            case Numeral(text):
                return Number(Fraction(text)) if "." not in text else None
            case Name():
                if found := self.letter(node.key):
                    return found
                if node.key in self.setting.theory.sizes:
                    return Size(node.key)
                return self.index_symbol(node.key, (), space)
            case Script(Name() as name, sub, sup):
                if sup is not None and not (isinstance(sup, Mark) and sup.text == "*"):
                    return None
                return self.index_symbol(name.key + ("*" if sup is not None else ""), sub, space)
            case Apply(Name() as name, arguments, _):
                return self.index_symbol(name.key, arguments, space, call=True)
            case Negative(body):
                inner = self.index_or_none(body)
                return Mul((MINUS_ONE, inner)) if inner is not None else None
            case Terms(terms, signs):
                found_terms = [self.index_or_none(t) for t in terms]
                signed: list[Expr] = []
                for sign, term in zip(("+", *signs), found_terms, strict=True):
                    if term is None:
                        return None
                    if sign == "-":
                        term = Number(-term.value) if isinstance(term, Number) else Mul((MINUS_ONE, term))
                    signed.append(term)
                return Add(tuple(signed))
        return None

    def index_symbol(
        self, key: str, sub: tuple[Node, ...], space: str = "", call: bool = False
    ) -> Expr | None:
        for symbol in self.candidates(key, len(sub), call):
            if self.is_data(symbol) and (binding := self.match(symbol, sub)) is not None:
                found = substitute(symbol.entry, binding)
                if not space or self.space(found) in ("", space):
                    return found
        return None

    def candidates(self, key: str, arity: int, call: bool) -> list[Symbol]:
        return [
            s
            for s in reversed(self.setting.symbols)
            if s.key == key and len(s.subs) == arity and s.call == call
        ]

    def flat(self, sub: tuple[Node, ...]) -> tuple[Node, ...]:
        """c_{neg_i} as c_{neg,i}: an index on a word is one more index."""
        found: list[Node] = []
        for node in sub:
            word = (
                isinstance(node, Script) and isinstance(node.base, Name) and node.base.text in ("neg", "pos")
            )
            found += (
                [node.base, *node.sub] if word and isinstance(node, Script) and node.sup is None else [node]
            )
        return tuple(found)

    def match(self, symbol: Symbol, sub: tuple[Node, ...]) -> dict[str, Expr] | None:
        """What the letters of a symbol stand for, if these subscripts fit it."""
        found: dict[str, Expr] = {}
        for pattern, node in zip(symbol.subs, sub, strict=True):
            range_ = self.setting.letters.get(pattern)
            if range_ is None:
                if literal(node) != pattern:
                    return None
                continue
            if isinstance(node, Slot):
                found[pattern] = self.fresh(pattern, range_)
                continue
            index = self.index_or_none(node, range_.space)
            if index is None or self.space(index) not in ("", range_.space):
                return None
            found[pattern] = index
        return found

    def space(self, expr: Expr) -> str:
        """The space that an index expression counts in; "" for plain numbers."""
        match expr:
            case Index(_, range_):
                return range_.space
            case Entry(array, _):
                return self.setting.theory.array(array).values
            case Size(name):
                return self.space_of_size(name)
            case Add(terms) | Mul(terms):
                return next((s for s in map(self.space, terms) if s), "")
        return ""

    def space_of_size(self, name: str) -> str:
        return next((r.space for r in self.setting.letters.values() if r.last == Size(name)), "")

    def phrased(self, node: Node) -> Node:
        """The node, or what it is a notation for."""
        for phrase in self.setting.phrases:
            found = match_syntax(phrase.pattern, node, self.setting.letters)
            if found is not None:
                return self.phrased(put(phrase.meaning, found, node.at))
        return node


def literal(node: Node) -> str:
    """The text of a literal subscript: O, I, neg, pos."""
    return node.key if isinstance(node, Name) else node.text if isinstance(node, Numeral) else ""

"""Letters, subscripts, limits of sums and conditions: the typed half of the elaborator."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeGuard

from .meaning import Add, Compare, Entry, Expr, Index, Iverson, Mul, Number, Range, Size, Sum
from .patterns import match_syntax, put, replace_at, series_of
from .setting import Setting, Symbol
from .syntax import (
    Apply,
    Big,
    Chain,
    Line,
    Mark,
    Name,
    Negative,
    Node,
    Numeral,
    Ranged,
    Script,
    SetOf,
    Slot,
    Terms,
)
from .tokens import Unreadable
from .values import MINUS_ONE, Value, number
from .walk import substitute, walk

__all__ = ["Indices"]

OPS = {"=": "=", ":=": "=", "neq": "!=", "<": "<", ">": ">", "leq": "<=", "geq": ">="}
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


class Indices:
    """Names and letters in a setting, with the letters that sums bind."""

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

    # letters

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

    # indices

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

    def candidates(self, key: str, arity: int, call: bool) -> list[Symbol]:
        return [
            s
            for s in reversed(self.setting.symbols)
            if s.key == key and len(s.subs) == arity and s.call == call
        ]

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

    # names

    def named(self, name: Name, sub: tuple[Node, ...], star: str, node: Node) -> Value:
        """The value of a name with its subscripts."""
        key, sub = name.key + star, self.flat(sub)
        for symbol in self.candidates(key, len(sub), call=False):
            binding = self.match(symbol, sub)
            if binding is None:
                continue
            slots = [binding[p] for p, n in zip(symbol.subs, sub, strict=True) if isinstance(n, Slot)]
            axes = [self.axis(axis, binding) for axis in symbol.axes]
            opened = dict(zip((axis.name for axis in symbol.axes), axes, strict=True))
            entry = substitute(symbol.entry, {**binding, **opened})
            return Value(entry, (*(s for s in slots if isinstance(s, Index)), *axes))
        if not sub and not star:
            if found := self.letter(key):
                return Value(found)
            if key in self.setting.theory.sizes:
                return Value(Size(key))
        raise self.unfit(key, name, sub, node)

    def axis(self, axis: Index, binding: dict[str, Expr]) -> Index:
        """A fresh open axis; its range may depend on the subscripts."""
        range_ = axis.range
        return self.fresh(
            axis.name,
            Range(range_.space, substitute(range_.first, binding), substitute(range_.last, binding)),
        )

    def called(self, key: str, node: Apply) -> Value | None:
        """n(w,j), L(w), ch(n): an array that is written as a function."""
        for symbol in self.candidates(key, len(node.arguments), call=True):
            if (binding := self.match(symbol, node.arguments)) is not None:
                return Value(substitute(symbol.entry, binding))
        return None

    def unfit(self, key: str, name: Name, sub: tuple[Node, ...], node: Node) -> Unreadable:
        """Why a name with these subscripts has no meaning here."""
        same = [s for s in self.setting.symbols if s.key == key and not s.call]
        if not same:
            return self.unknown(name)
        fitting = [s for s in same if len(s.subs) == len(sub)]
        if not fitting:
            spellings = " or ".join(dict.fromkeys(self.spelled(s) for s in same))
            return self.error(
                node, f"{key} with {len(sub) or 'no'} {'index' if len(sub) == 1 else 'indices'}", spellings
            )
        for pattern, entry in zip(fitting[0].subs, sub, strict=True):
            if (range_ := self.setting.letters.get(pattern)) and not isinstance(entry, Slot):
                self.index(entry, range_.space)
        return self.error(
            sub[0] if sub else node, f"this index does not fit {key}", " or ".join(map(self.spelled, fitting))
        )

    def spelled(self, symbol: Symbol) -> str:
        joined = "".join(symbol.subs) if all(len(s) == 1 for s in symbol.subs) else ",".join(symbol.subs)
        return (
            f"{symbol.key}_{{{joined}}}"
            if len(joined) > 1
            else f"{symbol.key}_{joined}"
            if joined
            else symbol.key
        )

    def unknown(self, name: Name) -> Unreadable:
        if name.text in ("sigma", "softmax", "sigmoid"):
            return self.error(name, f"{name.text} needs its argument in parentheses", f"{name.text}(x)")
        hint = self.setting.hints.get(name.key, "")
        symbols = [s for s in reversed(self.setting.symbols) if not s.call and not s.axes]
        known = ", ".join(list(dict.fromkeys(map(self.spelled, symbols)))[:12])
        reason = f"{name.key} is not defined here"
        return self.error(name, f"{reason}; {hint}" if hint else reason, "" if hint else f"one of {known}")

    # notations and series

    def phrased(self, node: Node) -> Node:
        """The node, or what it is a notation for."""
        for phrase in self.setting.phrases:
            found = match_syntax(phrase.pattern, node, self.setting.letters)
            if found is not None:
                return self.phrased(put(phrase.meaning, found, node.at))
        return node

    def series(self, node: Terms) -> Node | None:
        """x_1 + x_2 + ... + x_C as a sum."""
        found = series_of(node)
        if found is None:
            return None
        body, first, last, check = found
        if not check:
            raise self.error(
                node, "these terms do not follow one pattern", "terms such as x_1 + x_2 + \\cdots + x_C"
            )
        upper = self.index(last)
        space = self.space(upper)
        letter = next((k for k, r in self.setting.letters.items() if r.space == space and len(k) == 1), "")
        if not letter:
            raise self.error(node, "it is not clear what these terms count", "a last term with C, V or K")
        name = Name(letter, 0, "", "", node.at)
        limits = (Ranged(name, (first,), False, node.at),)
        return Big("sum", limits, last, replace_at(body, name), node.at)

    # limits and conditions

    def limits(self, node: Big) -> tuple[list[Index], list[Node]]:
        """The letters that a sum binds, with the limits as written, and further conditions."""
        if not node.limits:
            raise self.error(node, f"\\{node.kind} without its index", f"\\{node.kind}_{{j=1}}^V")
        letters: list[Index] = []
        conditions: list[Node] = []
        for k, limit in enumerate(node.limits):
            match limit:
                case Ranged(letter, items, member) if not member:
                    if len(items) == 1 and k == 0 and node.upper is not None:
                        letters.append(self.between(letter, items[0], node.upper))
                    elif len(items) > 1:
                        letters.append(self.between(letter, items[0], items[-1]))
                    else:
                        raise self.error(
                            limit, "a lower limit without an upper one", f"\\{node.kind}_{{j=1}}^V"
                        )
                case Ranged(letter, (set_,), _):
                    letters.append(self.over(letter, set_))
                case Chain((left, Name() as letter, right), relations) if (
                    left and right and set(relations) <= {"leq", "<"}
                ):
                    letters.append(self.between(letter, left, right, *(r == "<" for r in relations)))
                case Chain((Name() as letter, *_), _) if k == 0 and letter.key not in self.bound:
                    letters.append(self.whole(letter))
                    conditions.append(limit)
                case Chain():
                    conditions.append(limit)
                case _:
                    letters.append(self.whole(limit))
        if not letters:
            raise self.error(node, f"\\{node.kind} without its index", f"\\{node.kind}_{{j=1}}^V")
        if node.upper is not None and not isinstance(node.limits[0], Ranged):
            raise self.error(node.upper, "an upper limit without a lower one", f"\\{node.kind}_{{j=1}}^V")
        return letters, conditions

    def between(
        self, letter: Node, first: Node, last: Node, after: bool = False, before: bool = False
    ) -> Index:
        name = self.letter_name(letter)
        low, high = self.index(first), self.index(last)
        low = Add((low, number(1))) if after else low
        high = Add((high, MINUS_ONE)) if before else high
        spaces = {s for s in (self.space(high), self.space(low)) if s and s != "length"}
        if any(
            isinstance(e, Entry) and self.setting.theory.array(e.array).values == "length" for e in walk(high)
        ):
            spaces = {"step"}
        declared = self.declared(name)
        if len(spaces) > 1:
            raise self.error(letter, "the two limits count different things", "limits such as j=1 and V")
        space = spaces.pop() if spaces else declared.space if declared else ""
        if not space:
            raise self.error(letter, f"it is not clear what {name} counts", "a limit such as V, N, C or K")
        return Index(name, Range(space, low, high))

    def letter_name(self, node: Node) -> str:
        if isinstance(node, Name):
            return node.key
        if (
            isinstance(node, Script)
            and isinstance(node.base, Name)
            and len(node.sub) == 1
            and isinstance(node.sub[0], Name)
        ):
            return node.sub[0].key  # sum over w_j: the letter is j
        raise self.error(node, "a sum needs an index letter", "a letter such as j")

    def over(self, letter: Node, set_: Node) -> Index:
        name = self.letter_name(letter)
        if isinstance(set_, SetOf) and len(set_.items) >= 3:
            return self.between(letter, set_.items[0], set_.items[-1])
        for pattern, range_ in self.setting.sets:
            if match_syntax(pattern, set_, {}) is not None:
                return Index(name, range_)
        raise self.error(set_, "this set is not defined here", "a set of this setting, or limits from and to")

    def whole(self, letter: Node) -> Index:
        name = self.letter_name(letter)
        range_ = self.declared(name)
        if range_ is None:
            raise self.error(letter, f"it is not clear what {name} counts", "limits, such as j=1 and V")
        return Index(name, range_)

    def beside(self, conditions: tuple[Node, ...]) -> list[Compare]:
        """What stands beside a line: ranges of free letters, and conditions."""
        for condition in conditions:
            if isinstance(condition, Ranged):
                if condition.member:
                    index = self.over(condition.letter, condition.items[0])
                else:
                    index = self.between(condition.letter, condition.items[0], condition.items[-1])
                self.ranges[index.name] = index.range
        return [self.compare(c) for c in conditions if not isinstance(c, Ranged)]

    def compare(self, node: Node) -> Compare:
        """A condition: two indices of one space, two numbers, membership, truth."""
        match node:
            case Chain((left, right), (relation,)) if (
                left is not None and right is not None and relation in OPS
            ):
                if isinstance(right, Name) and right.text == "true":
                    return Compare("=", self.scalar(left), number(1))
                return self.alike(node, OPS[relation], left, right)
            case Ranged(left, (right,), False):
                return self.alike(node, "=", left, right)
            case Ranged(left, (set_,), True):
                return self.member(left, set_)
        raise self.error(node, "this is not a condition", "one such as j = k")

    def alike(self, node: Node, op: str, left: Node, right: Node) -> Compare:
        a, b = self.index_or_none(left), self.index_or_none(right)
        if a is None or b is None or isinstance(a, Size) or isinstance(b, Size):
            return Compare(op, self.scalar(left), self.scalar(right))
        spaces = {s for s in (self.space(a), self.space(b)) if s}
        if len(spaces) > 1:
            raise self.error(node, self.at_odds(spaces), "two indices of one kind")
        return Compare(op, a, b)

    def at_odds(self, spaces: set[str]) -> str:
        one, other = sorted(COUNTS.get(s, s) for s in spaces)[:2]
        return f"one side counts {one}, the other {other}"

    def member(self, left: Node, set_: Node) -> Compare:
        """w_j in W_neg, by value: it occurs at least once."""
        value = self.index(left)
        bound = self.fresh("k", self.over(Name("k"), set_).range)
        for symbol in self.candidates("w", 1, call=False):
            range_ = self.setting.letters.get(symbol.subs[0])
            if range_ is not None and range_.space == bound.range.space:
                other = substitute(symbol.entry, {symbol.subs[0]: bound})
                return Compare(">=", Sum(bound, Iverson(Compare("=", other, value))), number(1))
        raise self.error(set_, "membership in this set is not read here", "w_j \\in \\mathcal{W}_{neg}")


def literal(node: Node) -> str:
    """The text of a literal subscript: O, I, neg, pos."""
    return node.key if isinstance(node, Name) else node.text if isinstance(node, Numeral) else ""

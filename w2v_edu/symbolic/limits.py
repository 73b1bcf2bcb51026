"""Limits of sums and conditions."""

from .letters import COUNTS
from .meaning import Add, Compare, Entry, Index, Iverson, Range, Size, Sum
from .names import Names
from .patterns import match_syntax
from .syntax import (
    Big,
    Chain,
    Name,
    Node,
    Ranged,
    Script,
    SetOf,
)
from .values import MINUS_ONE, number
from .walk import substitute, walk

__all__ = ["Limits"]

OPS = {"=": "=", ":=": "=", "neq": "!=", "<": "<", ">": ">", "leq": "<=", "geq": ">="}


class Limits(Names):
    """Limits of sums, ranges beside a line, conditions."""

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

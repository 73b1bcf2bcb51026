"""Limits of sums, sets, and conditions."""

from .scripts import Scripts
from .syntax import Bracket, Chain, Dots, Name, Node, Ranged, SetOf, Union
from .tokens import Token, Unreadable


class Conditions(Scripts):
    """What stands below a sum, beside a line, or behind a case."""

    def limits(self) -> tuple[Node, ...]:
        """What stands below a sum."""
        token = self.peek()
        if not self.accept("{"):
            return (self.item_atom(),)
        found = [self.condition(in_limits=True)]
        while self.accept(",", ";", "\\\\"):
            found.append(self.condition(in_limits=True))
        self.expect("}", "the line ends inside a brace", token)
        return tuple(found)

    def conditions(self) -> tuple[Node, ...]:
        """What stands beside a line: for j = 1, ..., V; if w != o."""
        found: list[Node] = []
        while True:
            mark = self.position
            while self.accept(",", ";", "quad", "&", "(") or self.keyword():
                pass
            token = self.peek()
            if mark == self.position or token.kind in ("end", "break") or token.text in (".",):
                self.position = (
                    mark
                    if token.kind == "break" and token.text == "\\\\" and mark == self.position
                    else self.position
                )
                return tuple(found)
            opened = self.tokens[self.position - 1].text == "("
            found.append(self.condition())
            if opened:
                self.expect(")", "a bracket is not closed", token)

    def condition(self, in_limits: bool = False, bare: bool = False) -> Node:
        """a = b, a != b, j = 1, ..., V, w in W_neg, "x is true"; below a sum also a bare letter."""
        at = self.peek().at
        left: Node = self.item()
        if self.peek().kind == "text" and self.peek().text == "is true":
            true = self.advance()
            return Chain((left, Name("true", 0, "rm", "", true.at)), ("=",), at)
        if self.accept("in"):
            return Ranged(left, (self.set_of(),), True, at)
        sides: list[Node] = [left]
        relations: list[str] = []
        while relation := self.relation():
            side = self.bracket_or_item()
            relations.append(relation)
            sides.append(side)
            if relation == "=" and len(sides) == 2 and (more := self.dotted(side)):
                return Ranged(left, more, False, at)
        if in_limits and relations == ["="]:
            return Ranged(left, (sides[1],), False, at)
        if not relations:
            if in_limits:
                return left
            if bare:
                return Chain((left, Name("true", 0, "rm", "", at)), ("=",), at)
            raise self.unexpected(self.peek(), "a condition such as j = k")
        return Chain(tuple(sides), tuple(relations), at)

    def bracket_or_item(self) -> Node:
        return self.scripts(self.atom()) if self.peek().text in ("[[", "llbracket", "\\{") else self.item()

    def dotted(self, first: Node) -> tuple[Node, ...] | None:
        """The rest of 1, ..., V or 1, 2, ..., V."""
        items, position = [first], self.position
        while len(items) < 5:
            self.accept(",")
            if not (self.peek().text in ("cdots", ".") or self.peek().kind == "number"):
                break
            if self.accept("."):
                while self.accept("."):
                    pass
                items.append(Dots(self.peek().at))
            else:
                items.append(self.item())
            if isinstance(items[-1], Dots):
                self.accept(",")
                items.append(self.item())
                return tuple(items)
        self.position = position
        return None

    def set_of(self) -> Node:
        """\\{a, b\\}, a name, or a union of such."""
        at = self.peek().at
        sets = [self.one_set()]
        while self.accept("cup"):
            sets.append(self.one_set())
        return sets[0] if len(sets) == 1 else Union(tuple(sets), at)

    def one_set(self) -> Node:
        start = self.peek()
        if not self.accept("\\{"):
            return self.item_atom()
        items = self.items("\\}")
        self.expect("\\}", "a set is not closed", start, "'\\}'")
        return SetOf(items, start.at)

    def case_condition(self) -> Node | None:
        """The condition of a row of cases; None for "otherwise"."""
        while token := self.keyword():
            if token.text in ("otherwise", "else"):
                return None
        start = self.peek()
        if start.text in ("\\\\", "end cases") or start.kind == "end":
            raise self.unexpected(start, "the condition of this row, or \\text{otherwise}")
        opened = self.accept("(")
        if self.peek().text in ("[[", "llbracket"):
            left = self.atom()
            relation = self.relation()
            if relation is None:
                raise self.unexpected(self.peek(), "a relation such as '='")
            found: Node = Chain((left, self.item()), (relation,), start.at)
        else:
            found = self.condition()
        if opened:
            self.expect(")", "a bracket is not closed", start)
        return found

    def indicator(self, one: Token) -> Node | None:
        """1[...], 1(...), 1\\{...\\}, 1_{...} with a condition inside."""
        if one.text != "1" or self.peek().text not in ("[", "(", "\\{", "_"):
            return None
        return self.attempt(lambda: self._indicator(one))

    def _indicator(self, one: Token) -> Node | None:
        opened = self.advance()
        if opened.text == "_":
            opened = self.advance()
        close = {"[": "]", "(": ")", "\\{": "\\}", "{": "}"}.get(opened.text)
        if close is None:
            return None
        try:
            condition = self.condition()
        except Unreadable:
            if opened.text == "[":
                raise
            return None
        self.expect(close, "a bracket is not closed", opened)
        return Bracket("one", condition, one.at)

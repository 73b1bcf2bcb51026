"""The small parts of the grammar: the cursor, scripts, index lists, limits of sums, conditions, argument
lists.
"""

from collections.abc import Callable
from typing import TypeVar

from .syntax import (
    Bracket,
    Chain,
    Dots,
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
    Union,
)
from .tokens import Token, Unreadable

__all__ = ["RELATIONS", "Parts"]

RELATIONS = {
    "=": "=", ":=": ":=", "coloneq": ":=", "leftarrow": "leftarrow", "neq": "neq", "<": "<", ">": ">", "leq": "leq", "geq": "geq",
}  # fmt: skip
KEYWORDS = {
    "if", "for", "for all", "when", "where", "otherwise", "else", "and", "with", "is true", "for each", "for every", "all", "each",
    "any", "for any", "given",
}  # fmt: skip
Found = TypeVar("Found")


class Parts:
    """A cursor over tokens, and the rules below the factor."""

    KEYWORDS = KEYWORDS

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.position = tokens, 0
        self.braced: list[Node] = []

    # cursor

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.peek()
        self.position += 1
        return token

    def accept(self, *texts: str) -> Token | None:
        token = self.peek()
        if token.text in texts and token.kind in ("symbol", "command", "break"):
            return self.advance()
        return None

    def expect(self, text: str, reason: str, start: Token, expected: str = "") -> Token:
        if found := self.accept(text):
            return found
        token = self.peek()
        if token.kind in ("end", "break"):
            raise Unreadable(reason, token.at, expected or repr(text), token.line)
        raise self.unexpected(token, expected or repr(text))

    def unexpected(self, token: Token, expected: str) -> Unreadable:
        if token.kind in ("end", "break"):
            return Unreadable("the line ends too early", token.at, expected, token.line)
        shown = f"\\{token.text}" if token.kind == "command" else token.text
        return Unreadable(f"{shown!r} cannot stand here", token.at, expected, token.line)

    def attempt(self, rule: Callable[[], Found | None]) -> Found | None:
        """Try a rule that may give up by returning None; then nothing was read."""
        position = self.position
        found = rule()
        if found is None:
            self.position = position
        return found

    def digit(self) -> Token:
        """One digit of a number token, as TeX takes it for \\frac12 or ^2x."""
        token = self.peek()
        if len(token.text) == 1:
            return self.advance()
        self.tokens[self.position] = Token("number", token.text[1:], token.at + 1, token.line)
        return Token("number", token.text[0], token.at, token.line)

    def relation(self, look: bool = False) -> str | None:
        token = self.peek()
        found = RELATIONS.get(token.text) if token.kind in ("symbol", "command") else None
        if found is None and token.text == ":" and self.peek(1).text == "=":
            found = ":="
            if not look:
                self.advance()
        if found is not None and not look:
            self.advance()
        return found

    # the grammar above (in tex.Parser)

    def expression(self) -> Node:
        raise NotImplementedError

    def chain(self, aligned: bool = False) -> Chain:
        raise NotImplementedError

    def atom(self) -> Node:
        raise NotImplementedError

    def names(self, token: Token) -> bool:
        raise NotImplementedError

    def starts_factor(self) -> bool:
        raise NotImplementedError

    # scripts

    def scripts(self, base: Node) -> Node:
        """Primes, subscripts and superscripts behind a base, in any order."""
        sub: tuple[Node, ...] = ()
        sup: Node | None = None
        primes, at = 0, getattr(base, "at", 0)
        if isinstance(base, Script):
            base, sub, sup = self.opened(base)
        while True:
            token = self.peek()
            if token.kind != "symbol" or token.text not in ("'", "_", "^"):
                break
            self.advance()
            if token.text == "'":
                primes += 1
            elif token.text == "_":
                if sub:
                    raise Unreadable(
                        "a second subscript",
                        token.at,
                        "one subscript, its indices in one pair of braces",
                        token.line,
                    )
                sub = self.subscript()
            else:
                more, found = self.superscript()
                primes += more
                if found is not None and sup is not None:
                    raise Unreadable(
                        "a second superscript", token.at, "braces around the first, {w'}^{(new)}", token.line
                    )
                sup = found if found is not None else sup
        if primes:
            base = self.primed(base, primes)
        return Script(base, sub, sup, at) if sub or sup is not None else base

    def opened(self, base: Script) -> tuple[Node, tuple[Node, ...], Node | None]:
        """A braced name takes further scripts: {v'_j}^T is v' with both."""
        following = self.peek().text
        if following == "^" and base.sup is None:
            return base.base, base.sub, None
        if following == "_" and not base.sub:
            return base.base, (), base.sup
        return (base, (), None) if following in ("_", "^") else (base.base, base.sub, base.sup)

    def primed(self, base: Node, primes: int) -> Node:
        if isinstance(base, Name):
            return Name(base.text, base.primes + primes, base.style, base.accent, base.at)
        if isinstance(base, Script) and isinstance(base.base, Name):
            return Script(self.primed(base.base, primes), base.sub, base.sup, base.at)
        raise Unreadable("a prime belongs to a name", self.peek().at, "a letter before '")

    def superscript(self) -> tuple[int, Node | None]:
        """Primes and the rest of a superscript: a mark (T, new, old, *) or an exponent."""
        primes = 0
        token = self.peek()
        if self.accept("prime"):
            return 1, None
        if not self.accept("{"):
            return 0, self.mark() or self.atom_or_digit()
        while self.accept("prime", "'"):
            primes += 1
        found: Node | None = None
        if self.peek().text != "}":
            found = self.mark() or self.expression()
        elif not primes:
            raise self.unexpected(self.peek(), "an exponent")
        self.expect("}", "the line ends inside a brace", token)
        return primes, found

    def mark(self) -> Node | None:
        """T, *, (new), (old), (t+1), (t)."""
        token, texts = self.peek(), [self.peek(k).text for k in range(5)]
        if token.kind == "name" and token.text == "T":
            self.advance()
            return Mark("T", token.at)
        if token.kind == "command" and token.text == "top":
            self.advance()
            return Mark("T", token.at)
        if token.kind == "symbol" and token.text == "*":
            self.advance()
            return Mark("*", token.at)
        if token.text in ("mathrm", "text") and texts[1:4] == ["{", "T", "}"]:
            self.position += 4
            return Mark("T", token.at)
        if token.kind in ("word", "text") and token.text in ("new", "old"):
            self.advance()
            return Mark(token.text, token.at)
        if texts[0] == "(" and texts[1] in ("new", "old") and texts[2] == ")":
            self.position += 3
            return Mark(texts[1], token.at)
        if texts[:5] == ["(", "t", "+", "1", ")"]:
            self.position += 5
            return Mark("new", token.at)
        if texts[:3] == ["(", "t", ")"]:
            self.position += 3
            return Mark("old", token.at)
        return None

    def atom_or_digit(self) -> Node:
        token = self.peek()
        if token.kind == "number":
            return Numeral(self.digit().text, token.at)
        if token.kind in ("end", "break") or (token.kind == "symbol" and token.text not in ("(", "{")):
            raise self.unexpected(token, "what stands above, in braces")
        return self.atom()

    def subscript(self) -> tuple[Node, ...]:
        token = self.peek()
        if not self.accept("{"):
            if token.kind == "number":
                return (Numeral(self.digit().text, token.at),)
            if not self.names(token):
                raise self.unexpected(token, "an index")
            return (self.atom(),)
        items = self.items("}")
        self.expect("}", "the line ends inside a brace", token)
        return items

    def items(self, close: str) -> tuple[Node, ...]:
        """Index entries, separated by commas or by nothing: ij, c,j, (k,\\cdot)."""
        found: list[Node] = []
        while self.peek().text != close:
            token = self.peek()
            if token.kind in ("end", "break"):
                break
            if token.text == "(":
                self.advance()
                found += self.items(")")
                self.expect(")", "a bracket is not closed", token)
            else:
                found.append(self.item())
            self.accept(",")
        if not found:
            raise self.unexpected(self.peek(), "an index")
        return tuple(found)

    def item(self) -> Node:
        """One index: a letter with its scripts, a number, n(w,j), or one of them plus or minus another."""
        start = self.peek()
        if start.kind == "command" and start.text == "cdots":
            self.advance()
            return Dots(start.at)
        if (start.text == "cdot" and start.kind == "command") or start.text == ":":
            self.advance()
            return Slot(start.at)
        terms: list[Node] = []
        signs: list[str] = []
        minus = self.accept("-")
        terms.append(self.item_atom())
        if minus:
            terms[0] = Negative(terms[0], minus.at)
        while self.peek().text in ("+", "-") and self.peek().kind == "symbol":
            signs.append(self.advance().text)
            terms.append(self.item_atom())
        return terms[0] if not signs else Terms(tuple(terms), tuple(signs), start.at)

    def item_atom(self) -> Node:
        token = self.peek()
        if token.kind == "number":
            self.advance()
            return Numeral(token.text, token.at)
        if self.names(token) or token.text == "{":
            return self.scripts(self.atom())
        raise self.unexpected(token, "an index")

    # limits, sets, conditions

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

    def keyword(self) -> Token | None:
        token = self.peek()
        if (token.kind == "text" and token.text in self.KEYWORDS) or (
            token.kind == "command" and token.text == "forall"
        ):
            return self.advance()
        return None

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

    # brackets and arguments

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

    def lists(self, position: int) -> bool:
        """Whether the bracket that opens here holds a comma or a bar of its own: then the name before it is
        a function.
        """
        depth = 0
        for token in self.tokens[position:]:
            if token.kind in ("break", "end"):
                return False
            depth += token.text in ("(", "{", "[", "\\{", "[[")
            depth -= token.text in (")", "}", "]", "\\}", "]]")
            if depth == 0:
                return False
            if depth == 1 and token.text in (",", "|", "mid"):
                return True
        return False

    def arguments(self) -> tuple[tuple[Node, ...], int]:
        """The arguments in brackets, and how many stand before the bar."""
        start = self.advance()
        close = {"(": ")", "[": "]", "\\{": "\\}"}[start.text]
        found: list[Node] = []
        bar = 0
        while True:
            found.append(self.argument())
            if self.accept(","):
                continue
            if self.accept("|", "mid", ";"):
                bar = len(found)
                continue
            break
        self.expect(close, "a bracket is not closed", start)
        return tuple(found), bar

    def argument(self) -> Node:
        token = self.peek()
        if token.kind == "command" and token.text == "cdots":
            self.advance()
            return Dots(token.at)
        if token.text in ("+", "-") and self.peek(1).text in (",", "|", "mid"):
            self.advance()
            return Name(token.text, 0, "", "", token.at)
        chain = self.chain()
        first = chain.sides[0]
        return first if not chain.relations and first is not None else chain

    # differentials

    def differential_sign(self) -> str | None:
        """\\partial, d or \\mathrm{d}, read only if it is one."""
        token = self.peek()
        if self.accept("partial"):
            return "partial"
        if (
            token.kind == "name"
            and token.text == "d"
            and self.peek(1).text not in ("_", "^", "'", "}", "+", "-", "cdot")
        ):
            self.advance()
            return "d"
        if token.text == "mathrm" and [self.peek(k).text for k in (1, 2, 3)] == ["{", "d", "}"]:
            self.position += 4
            return "d"
        return None

    def order(self) -> int:
        """The 2 of \\partial^2."""
        if self.peek().text != "^":
            return 1
        self.advance()
        opened = self.accept("{")
        token = self.digit()
        if token.text not in ("1", "2"):
            raise Unreadable("derivatives are read up to the second", token.at, "\\partial^2", token.line)
        if opened:
            self.expect("}", "the line ends inside a brace", token)
        return int(token.text)

    def squared(self, by: Node) -> list[Node] | None:
        """u_j^2 below a second derivative: u_j twice."""
        if isinstance(by, Script) and isinstance(by.sup, Numeral) and by.sup.text == "2":
            once: Node = Script(by.base, by.sub, None, by.at) if by.sub else by.base
            return [once, once]
        return None

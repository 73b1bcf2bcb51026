"""A cursor over tokens: the bottom of the parser."""

from collections.abc import Callable

from .syntax import Chain, Node
from .tokens import Token, Unreadable

RELATIONS = {
    "=": "=", ":=": ":=", "coloneq": ":=", "leftarrow": "leftarrow", "neq": "neq", "<": "<", ">": ">",
    "leq": "leq", "geq": "geq",
}  # fmt: skip
KEYWORDS = {
    "if", "for", "for all", "when", "where", "otherwise", "else", "and", "with", "is true", "for each",
    "for every", "for any", "given",
}  # fmt: skip


class Cursor:
    """Where the parser stands in the tokens; what it expects and refuses."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.position = tokens, 0
        texts = [t.text for t in tokens]
        # x^{t+1} on a line makes x^{t} the old value there, not a power
        self.stepped = any(texts[k : k + 5] == ["^", "{", "t", "+", "1"] for k in range(len(texts)))

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

    def attempt(self, rule: Callable[[], Node | None]) -> Node | None:
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

    def keyword(self) -> Token | None:
        token = self.peek()
        if (token.kind == "text" and token.text in KEYWORDS) or (
            token.kind == "command" and token.text == "forall"
        ):
            return self.advance()
        return None

    # the grammar above

    def expression(self) -> Node:
        raise NotImplementedError

    def term(self) -> Node:
        raise NotImplementedError

    def factor(self) -> Node:
        raise NotImplementedError

    def atom(self) -> Node:
        raise NotImplementedError

    def beside(self) -> Node:
        raise NotImplementedError

    def chain(self, aligned: bool = False) -> Chain:
        raise NotImplementedError

    def starts_factor(self) -> bool:
        raise NotImplementedError

    def names(self, token: Token) -> bool:
        raise NotImplementedError

"""Primes, subscripts and superscripts."""

from .cursor import Cursor
from .syntax import Dots, Mark, Name, Negative, Node, Numeral, Script, Slot, Terms, Times
from .tokens import Unreadable


class Scripts(Cursor):
    """Primes, subscripts, superscripts, index lists."""

    def scripts(self, base: Node) -> Node:
        """Primes, subscripts and superscripts behind a base, in any order."""
        sub: tuple[Node, ...] = ()
        sup: Node | None = None
        primes, at, commas = 0, base.at, False
        if isinstance(base, Terms | Times | Negative) and self.peek().text in ("'", "_", "^"):
            raise Unreadable("braces cannot be seen on the page, so they group nothing", at, "parentheses")
        if isinstance(base, Script):
            commas = base.commas
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
                start = self.position
                sub = self.subscript()
                commas = any(t.text == "," for t in self.tokens[start : self.position])
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
        return Script(base, sub, sup, at, commas) if sub or sup is not None else base

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
        if texts[:4] == ["t", "+", "1", "}"]:
            self.position += 3
            return Mark("new", token.at)
        if (
            self.stepped
            and token.text == "t"
            and (texts[1] == "}" or self.tokens[self.position - 1].text == "^")
        ):
            self.advance()
            return Mark("old", token.at)
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

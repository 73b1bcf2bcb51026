"""Names, brackets, function calls, sums, cases."""

from .conditions import Conditions
from .cursor import KEYWORDS
from .syntax import Apply, Big, Bracket, Choice, Dots, Name, Negative, Node, Paren, Slot
from .tokens import Token, Unreadable

# Names that an opening bracket makes a function call of; others need a comma or a bar inside.
CALLED = {
    "sigma", "exp", "log", "softmax", "sigmoid", "tanh", "sqrt", "p", "P", "Pr", "n", "L", "ch", "f", "q",
}  # fmt: skip
STYLES = {"mathbf": "bf", "mathrm": "rm", "operatorname": "rm", "mathcal": "cal", "mathbb": "bb"}
GREEK = {
    "sigma", "eta", "alpha", "delta", "theta", "ell", "lambda", "beta", "gamma", "kappa", "tau", "epsilon",
    "phi", "psi", "mu", "omega",
}  # fmt: skip
COMMANDS = GREEK | {"exp", "log", "sqrt", "tanh"}  # those that LaTeX has
NAMING = GREEK | set(STYLES) | {"exp", "log", "softmax", "sigmoid", "tanh", "sqrt", "hat", "tilde", "bar"}
STARTING = NAMING | {"frac", "sum", "prod", "max", "min", "partial", "nabla", "begin cases", "llbracket"}
CLOSERS = {"(": ")", "[": "]", "\\{": "\\}"}


class Factors(Conditions):
    """Names, brackets, function calls, sums, cases."""

    def names(self, token: Token) -> bool:
        if token.kind == "command":
            return token.text in NAMING
        return token.kind in ("name", "word") or (token.kind == "text" and token.text not in KEYWORDS)

    def name(self) -> Name:
        """A name, its style and accent; primes come with the scripts."""
        token = self.advance()
        if token.kind == "command" and token.text in STYLES:
            opened = self.accept("{")
            inner = self.spelled() if opened else self.name()
            if opened:
                self.expect("}", "the line ends inside a brace", token)
            style = inner.style if inner.accent and inner.style else STYLES[token.text]
            return Name(inner.text, inner.primes, style, inner.accent, token.at)
        if token.kind == "command" and token.text in ("hat", "tilde", "bar"):
            opened = self.accept("{")
            inner = self.name()
            if opened:
                self.expect("}", "the line ends inside a brace", token)
            return Name(inner.text, inner.primes, inner.style, token.text, token.at)
        if token.kind == "text":
            return Name(token.text, 0, "rm", "", token.at)
        upright = len(token.text) > 1 and token.text not in COMMANDS
        return Name(token.text, 0, "rm" if upright else "", "", token.at)

    def spelled(self) -> Name:
        """The letters of ``\\mathrm{EH}`` as one name."""
        first = self.name()
        text, primes = first.text, 0
        while self.peek().kind in ("name", "word", "number"):
            text += self.advance().text
        while self.accept("'"):
            primes += 1
        return Name(text, primes, first.style, first.accent, first.at)

    def named(self) -> Node:
        name = self.name()
        if name.text == "1" or (name.text == "I" and name.style == "bb"):
            found = self.indicator(Token("number", "1", name.at))
            if found:
                return found
        if name.text == "sqrt" and self.peek().text == "{":
            self.advance()
            inner = self.expression()
            self.expect("}", "the line ends inside a brace", self.peek())
            return Apply(name, (inner,), 0, name.at)
        callee = self.scripts(name) if name.text in CALLED and self.peek().text in ("'", "_", "^") else name
        following = self.peek().text
        called = name.text in CALLED and following in CLOSERS
        if called or (following == "(" and self.lists(self.position)):
            arguments, bar = self.arguments()
            return Apply(callee, arguments, bar, name.at)
        if name.text in ("log", "exp") and not name.primes:
            if not self.starts_factor():
                raise self.unexpected(self.peek(), f"the argument of \\{name.text}")
            inner = self.beside()
            if self.peek().text == "/":
                raise Unreadable(
                    f"is it {name.text} of the whole fraction or of its top?",
                    self.peek().at,
                    "\\frac or parentheses",
                    self.peek().line,
                )
            return Apply(callee, (inner,), 0, name.at, bare=True)
        return callee

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

    def big(self) -> Node:
        start = self.advance()
        limits: tuple[Node, ...] = ()
        upper: Node | None = None
        while self.peek().text in ("_", "^") and self.peek().kind == "symbol":
            below = self.advance().text == "_"
            if below and limits:
                raise Unreadable("this sum has two lower limits", self.peek().at, "one", self.peek().line)
            if below:
                limits = self.limits()
            else:
                opened = self.accept("{")
                upper = self.expression() if opened else self.atom_or_digit()
                if opened:
                    self.expect("}", "the line ends inside a brace", start)
        minus = self.accept("-")
        if not self.starts_factor():
            raise self.unexpected(self.peek(), f"what \\{start.text} is taken of")
        body = self.term()
        return Big(start.text, limits, upper, Negative(body, minus.at) if minus else body, start.at)

    def group(self) -> Node:
        """``{...}``: it holds together what already holds together on the page."""
        start = self.advance()
        if self.peek().text in ("rm", "bf"):
            style = self.advance().text
            inner = self.spelled()
            self.expect("}", "the line ends inside a brace", start)
            return Name(inner.text, inner.primes, style, inner.accent, start.at)
        if self.peek().text == "}":
            raise self.unexpected(self.peek(), "something inside the braces")
        body = self.expression()
        self.expect("}", "the line ends inside a brace", start)
        return body

    def paren(self) -> Node:
        start = self.advance()
        close = CLOSERS[start.text]
        body = self.expression()
        if self.relation(look=True):
            raise self.unexpected(self.peek(), f"{close!r}")
        if self.peek().text == ",":
            raise Unreadable(
                "a list of values in parentheses, but no function before it",
                self.peek().at,
                "one value",
                self.peek().line,
            )
        self.expect(close, "a bracket is not closed", start)
        return Paren(body, start.at)

    def bracket(self) -> Node:
        start = self.advance()
        close = "]]" if start.text == "[[" else "rrbracket"
        slot = self.peek()
        condition: Node
        if slot.text == "cdot" and self.peek(1).text == close:
            self.advance()
            condition = Slot(slot.at)
        else:
            condition = self.condition(bare=True)
        self.expect(close, "[[ is not closed", start, "']]'")
        return Bracket("sign", condition, start.at)

    def cases(self) -> Node:
        start = self.advance()
        rows: list[tuple[Node, Node | None]] = []
        while self.peek().text != "end cases":
            if self.peek().kind == "end":
                raise self.unexpected(self.peek(), "\\end{cases}")
            value = self.expression()
            self.accept(",")
            self.accept("&")
            rows.append((value, self.case_condition()))
            self.accept(",", ".")
            if not self.accept("\\\\") and self.peek().text != "end cases":
                raise self.unexpected(self.peek(), "\\\\ or \\end{cases}")
        self.advance()
        if not rows:
            raise Unreadable("cases without a row", start.at, "value & condition", start.line)
        return Choice(tuple(rows), start.at)

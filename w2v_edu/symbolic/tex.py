"""Restricted homework LaTeX into a syntax tree, by recursive descent. No token is ever skipped unread.

Conventions: the body of a sum runs to the end of its term; a prime belongs to the name; ``\\log`` without
parentheses takes what stands beside it up to the next operator; braces group nothing that a reader of the
page could not see.
"""

from .cursor import KEYWORDS
from .differentials import Differentials
from .factors import STARTING
from .syntax import Apply, Big, Chain, Dots, Line, Name, Negative, Node, Numeral, Script, Terms, Times
from .tokens import Token, Unreadable, tokenize

__all__ = ["Unreadable", "parse", "parse_expression", "parse_lines"]

DEEPEST = 40  # brackets inside one another
OPERATORS = {"cdot": "cdot", "times": "times", "otimes": "otimes", "odot": "odot", "/": "/", "*": "cdot"}


def parse(text: str, macros: dict[str, str] | None = None) -> Line:
    """One line, chain or expression, with the conditions beside it.

    Raises
    ------
    Unreadable
        With line, column and what was expected.

    Examples
    --------
    >>> parse(r"y_j - t_j").chain.sides[0].signs
    ('-',)
    >>> parse(r"\\frac{1}{2")
    Traceback (most recent call last):
    w2v_edu.symbolic.tokens.Unreadable: column 11: the line ends inside a brace; expected '}'
    """
    lines = parse_lines(text, macros)
    if len(lines) != 1:
        raise Unreadable(f"{len(lines)} lines where one was expected", 1, "one line")
    return lines[0]


def parse_lines(text: str, macros: dict[str, str] | None = None) -> list[Line]:
    """All lines of a display (``align``, ``\\\\``); a line that starts with ``=`` continues the one above."""
    tokens = tokenize(text, macros)
    shallow(tokens)
    parser = Parser(tokens)
    found: list[Line] = []
    while parser.peek().kind != "end":
        if parser.peek().kind == "break":
            parser.advance()
            continue
        found.append(parser.line())
    if not found:
        raise Unreadable("there is nothing here to read", 1, "an equation")
    return found


def parse_expression(text: str, macros: dict[str, str] | None = None) -> Node:
    """One expression, without ``=``."""
    line = parse(text, macros)
    side = line.chain.sides[0]
    if line.chain.relations or line.conditions or side is None:
        raise Unreadable("an equation where an expression was expected", 1, "an expression without '='")
    return side


def shallow(tokens: list[Token]) -> None:
    """Refuse brackets inside brackets beyond all homework, before they exhaust the stack."""
    depth = run = 0
    for token in tokens:
        depth += token.text in ("(", "[", "{", "\\{", "[[", "begin cases")
        depth -= token.text in (")", "]", "}", "\\}", "]]", "end cases")
        run = run + 1 if token.text in ("log", "exp", "sum", "prod", "max", "min", "partial", "nabla") else 0
        if max(depth, run) > DEEPEST:
            raise Unreadable("this line is nested too deeply", token.at, "a shorter line", token.line)


class Parser(Differentials):
    """The grammar from the line down to the factor."""

    def line(self) -> Line:
        at, number = self.peek().at, self.peek().line
        chain = self.chain(aligned=True)
        conditions = self.conditions()
        while self.accept(".", ",", ";"):
            pass
        end = self.peek()
        if end.kind not in ("end", "break"):
            raise self.unexpected(end, "an operator, a relation or the end of the line")
        return Line(chain, conditions, number, at)

    def chain(self, aligned: bool = False) -> Chain:
        at = self.peek().at
        sides: list[Node | None] = []
        relations: list[str] = []
        self.ampersand(aligned)
        sides.append(None if self.relation(look=True) else self.expression())
        while self.ampersand(aligned) or self.relation(look=True):
            relation = self.relation()
            if relation is None:
                raise self.unexpected(self.peek(), "a relation such as '='")
            relations.append(relation)
            self.ampersand(aligned)
            sides.append(self.expression())
        return Chain(tuple(sides), tuple(relations), at)

    def ampersand(self, aligned: bool) -> bool:
        """Skip the alignment mark before or behind a relation."""
        if not aligned or self.peek().text != "&":
            return False
        if (
            self.peek(1).kind in ("end", "break")
            or self.peek(1).kind == "text"
            or self.peek(1).text == "quad"
        ):
            self.advance()
            return False
        self.advance()
        return self.relation(look=True) is not None

    def expression(self) -> Node:
        at = self.peek().at
        terms, signs = [self.signed()], []
        while self.peek().text in ("+", "-") and self.peek().kind == "symbol":
            signs.append(self.advance().text)
            terms.append(self.dots() or self.term())
        return terms[0] if not signs else Terms(tuple(terms), tuple(signs), at)

    def signed(self) -> Node:
        at = self.peek().at
        if self.accept("+"):
            return self.term()
        return Negative(self.term(), at) if self.accept("-") else self.term()

    def dots(self) -> Node | None:
        token = self.peek()
        if token.kind == "command" and token.text == "cdots":
            self.advance()
            return Dots(token.at)
        return None

    def term(self) -> Node:
        at = self.peek().at
        factors, signs = [self.factor()], []
        while True:
            token = self.peek()
            if token.text in OPERATORS and token.kind in ("symbol", "command"):
                self.advance()
                signs.append(OPERATORS[token.text])
                minus = self.accept("-")
                factors.append(Negative(self.factor(), minus.at) if minus else self.factor())
            elif self.starts_factor():
                signs.append("")
                factors.append(self.factor())
            else:
                break
        self.visible(factors)
        return factors[0] if not signs else Times(tuple(factors), tuple(signs), at)

    def visible(self, factors: list[Node]) -> None:
        """Refuse braces that group a sum inside a product: nobody sees them on the page."""
        for factor in factors:
            if isinstance(factor, Terms) and len(factors) > 1:
                raise Unreadable(
                    "braces cannot be seen on the page, so they group nothing", factor.at, "parentheses"
                )
        for factor in factors[:-1]:
            last = factor.factors[-1] if isinstance(factor, Times) else factor
            if isinstance(last, Big):
                raise Unreadable(
                    "on the page this sum runs on to the end of its term", last.at, "parentheses around it"
                )

    def beside(self) -> Node:
        """What a function without parentheses takes: factors up to the next operator, or to the next such
        function.
        """
        at = self.peek().at
        factors = [self.factor()]
        while self.starts_factor() and self.peek().text not in ("log", "exp"):
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else Times(tuple(factors), ("",) * (len(factors) - 1), at)

    def starts_factor(self) -> bool:
        token = self.peek()
        if token.kind in ("number", "name", "word"):
            return True
        if token.kind == "text":
            return token.text not in KEYWORDS
        if token.kind == "command":
            return token.text in STARTING
        return token.text in ("(", "[", "{", "\\{", "[[")

    def factor(self) -> Node:
        token = self.peek()
        if token.kind == "command" and token.text in ("sum", "prod", "max", "min"):
            return self.big()
        if token.text == "frac":
            return self.scripts(self.fraction())
        if token.text in ("partial", "nabla") and token.kind == "command":
            return self.derivative(token)
        if token.kind == "name" and token.text == "d" and (found := self.attempt(self.inline_differential)):
            return found
        found = self.scripts(self.atom())
        scripted = isinstance(found, Script) and isinstance(found.base, Name)
        if scripted and self.peek().text == "(" and self.lists(self.position):  # J_{naive}(v_c, o, U)
            arguments, bar = self.arguments()
            return Apply(found, arguments, bar, found.at)
        return found

    def atom(self) -> Node:
        token = self.peek()
        if token.kind == "number":
            self.advance()
            return self.indicator(token) or Numeral(token.text, token.at)
        if token.text == "{":
            return self.group()
        if token.text in ("(", "[", "\\{"):
            return self.paren()
        if token.text in ("[[", "llbracket"):
            return self.bracket()
        if token.text == "begin cases":
            return self.cases()
        if self.names(token):
            return self.named()
        raise self.unexpected(token, "a symbol, a number or an opening bracket")

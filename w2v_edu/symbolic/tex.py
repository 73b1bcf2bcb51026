"""Restricted homework LaTeX into a syntax tree, by recursive descent. No token is ever skipped unread.

Conventions: the body of a sum runs to the end of its term; a prime belongs to the name; ``\\log`` without
parentheses takes what stands beside it up to the next operator; braces group nothing that a reader of the
page could not see.
"""

from .syntax import (
    Apply,
    Big,
    Bracket,
    Chain,
    Choice,
    Differential,
    Dots,
    Fraction,
    Line,
    Mark,
    Name,
    Negative,
    Node,
    Numeral,
    Paren,
    Script,
    Slot,
    Terms,
    Times,
)
from .tex_parts import Parts
from .tokens import Token, Unreadable, tokenize

__all__ = ["Unreadable", "parse", "parse_expression", "parse_lines"]

OPERATORS = {"cdot": "cdot", "times": "times", "otimes": "otimes", "odot": "odot", "/": "/", "*": "cdot"}
CALLED = {
    "sigma",
    "exp",
    "log",
    "softmax",
    "sigmoid",
    "tanh",
    "sqrt",
    "p",
    "P",
    "Pr",
    "n",
    "L",
    "ch",
    "f",
    "q",
}
STYLES = {"mathbf": "bf", "mathrm": "rm", "operatorname": "rm", "mathcal": "cal", "mathbb": "bb"}
GREEK = {
    "sigma",
    "eta",
    "alpha",
    "delta",
    "theta",
    "ell",
    "lambda",
    "beta",
    "gamma",
    "kappa",
    "tau",
    "epsilon",
    "phi",
    "psi",
    "mu",
    "omega",
}
CLOSERS = {"(": ")", "[": "]", "\\{": "\\}"}


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
    w2v_edu.symbolic.tokens.Unreadable: column 10: the line ends inside a brace; expected '}'
    """
    lines = parse_lines(text, macros)
    if len(lines) != 1:
        raise Unreadable(f"{len(lines)} lines where one was expected", 1, "one line")
    return lines[0]


def parse_lines(text: str, macros: dict[str, str] | None = None) -> list[Line]:
    """All lines of a display (``align``, ``\\\\``); a line that starts with ``=`` continues the one above."""
    tokens = tokenize(text, macros)
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


class Parser(Parts):
    """The grammar from the line down to the factor; :class:`Parts` has scripts, limits and conditions."""

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
        self.grouped(factors, self.braced)
        return factors[0] if not signs else Times(tuple(factors), tuple(signs), at)

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
            return token.text not in self.KEYWORDS
        if token.kind == "command":
            return token.text in GREEK | set(STYLES) | {
                "frac", "sum", "prod", "max", "min", "exp", "log", "partial", "nabla", "sqrt", "tanh", "softmax", "sigmoid",
                "hat", "tilde", "bar", "begin cases", "llbracket",
            }  # fmt: skip
        return token.text in ("(", "[", "{", "\\{", "[[")

    def factor(self) -> Node:
        token = self.peek()
        if token.kind == "command" and token.text in ("sum", "prod", "max", "min"):
            return self.big()
        if token.text == "frac":
            return self.scripts(self.fraction())
        if token.text in ("partial", "nabla") and token.kind == "command":
            return self.inline_differential()
        if token.kind == "name" and token.text == "d" and (found := self.attempt(self.inline_differential)):
            return found
        return self.scripts(self.atom())

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

    def names(self, token: Token) -> bool:
        if token.kind == "command":
            return token.text in GREEK | set(STYLES) | {
                "exp",
                "log",
                "softmax",
                "sigmoid",
                "tanh",
                "sqrt",
                "hat",
                "tilde",
                "bar",
            }
        return token.kind in ("name", "word") or (token.kind == "text" and token.text not in self.KEYWORDS)

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
        return Name(token.text, 0, "", "", token.at)

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
        function, callee = self.callee(name)
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
            return Apply(callee, (inner,), 0, name.at)
        return function

    def callee(self, name: Name) -> tuple[Node, Node]:
        """The name with its scripts, before an opening parenthesis."""
        if name.text in CALLED and self.peek().text in ("'", "_", "^"):
            scripted = self.scripts(name)
            return scripted, scripted
        return name, name

    def fraction(self) -> Node:
        start = self.advance()
        if self.peek().text == "{" and (found := self.attempt(lambda: self.differential(start.at))):
            return found
        top = self.tex_argument(start)
        bottom = self.tex_argument(start)
        return Fraction(top, bottom, start.at)

    def tex_argument(self, start: Token) -> Node:
        """What TeX takes as an argument: a brace group, or one token (\\frac12)."""
        token = self.peek()
        if token.text == "{" and token.kind == "symbol":
            self.advance()
            inner = self.expression()
            self.expect("}", "the line ends inside a brace", start)
            return inner
        if token.kind == "number":
            return Numeral(self.digit().text, token.at)
        if token.kind in ("end", "break"):
            raise self.unexpected(token, "two arguments in braces, \\frac{..}{..}")
        return self.atom()

    def differential(self, at: int) -> Node | None:
        """``\\frac{\\partial E}{\\partial u_j}`` from its first brace, or None if it is an ordinary
        fraction.
        """
        self.advance()
        sign = self.differential_sign()
        if sign is None:
            return None
        order = self.order()
        of = None if self.peek().text == "}" else self.expression()
        if not self.accept("}") or not self.accept("{"):
            return None
        if self.differential_sign() != sign:
            return None
        by: list[Node] = [self.variable()]
        while self.differential_sign() == sign:
            by.append(self.variable())
        self.expect("}", "the line ends inside a brace", self.peek())
        if order == 2 and len(by) == 1:
            by = self.squared(by[0]) or by
        if len(by) != order:
            raise Unreadable(
                f"a derivative of order {order} by {len(by)} variable(s)",
                at,
                "as many \\partial below as above",
                self.peek().line,
            )
        if of is None:
            of = self.operand(at)
        for variable in reversed(by):
            of = Differential(of, variable, sign, False, at)
        return of

    def variable(self) -> Node:
        """What stands behind \\partial below the line: factors up to the next one."""
        at = self.peek().at
        factors = [self.factor()]
        while self.starts_factor() and self.peek().text != "partial":
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else Times(tuple(factors), ("",) * (len(factors) - 1), at)

    def operand(self, at: int) -> Node:
        """What ``\\frac{\\partial}{\\partial u}`` in front of it is applied to."""
        if not self.starts_factor():
            raise self.unexpected(
                self.peek(), "what is differentiated (in parentheses if it starts with a sign)"
            )
        return self.scripts(self.paren()) if self.peek().text in ("(", "[") else self.beside()

    def inline_differential(self) -> Node | None:
        """``\\partial E / \\partial u_j``, ``dE/du_j``, ``\\nabla_u E``."""
        start = self.peek()
        if self.accept("nabla"):
            self.expect("_", "a gradient without its variable", start, "\\nabla_{x}")
            opened = self.accept("{")
            by: Node = self.expression() if opened else self.atom()
            if opened:
                self.expect("}", "the line ends inside a brace", start)
            return Differential(self.operand(start.at), by, "nabla", True, start.at)
        sign = self.differential_sign()
        if sign is None or not self.starts_factor():
            if sign == "partial":
                raise self.unexpected(self.peek(), "what is differentiated")
            return None
        of = self.factor()
        while sign == "partial" and self.starts_factor():
            of = Times((of, self.factor()), ("",), start.at)
        if not self.accept("/"):
            if sign == "partial":
                raise self.unexpected(self.peek(), "'/' and the variable, \\partial E / \\partial u_j")
            return None
        opened_at = self.peek()
        if self.differential_sign() != sign:
            if sign == "partial":
                raise self.unexpected(opened_at, "\\partial and the variable")
            return None
        by = self.factor()
        if (
            isinstance(by, Script)
            and isinstance(by.sup, Mark)
            and by.sup.text == "T"
            and self.starts_factor()
        ):
            by = Times((by, self.factor()), ("",), by.at)
        return Differential(of, by, sign, True, start.at)

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
        if isinstance(body, (Terms, Negative, Times)):
            self.braced.append(body)
        return body

    def grouped(self, factors: list[Node], braced: list[Node]) -> None:
        """Refuse invisible braces around a sum or a product in a product: the page would show something
        else.
        """
        for body in factors if len(factors) > 1 else ():
            if any(body is b for b in braced) and not isinstance(body, Times):
                raise Unreadable(
                    "braces cannot be seen on the page, so they group nothing", body.at, "parentheses"
                )

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

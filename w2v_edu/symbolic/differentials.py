"""Fractions and derivatives."""

from itertools import pairwise

from .factors import Factors
from .syntax import Differential, Fraction, Mark, Node, Numeral, Script, Times
from .tokens import Token, Unreadable


class Differentials(Factors):
    """Fractions, and the derivatives that are written as such."""

    def fraction(self) -> Node:
        start = self.advance()
        if self.peek().text == "{" and not self.slashed():
            found = self.attempt(lambda: self.differential(start.at))
            if found is not None:
                return found
        top = self.tex_argument(start)
        bottom = self.tex_argument(start)
        return Fraction(top, bottom, start.at)

    def slashed(self) -> bool:
        """Whether the group that opens here holds an inline derivative of its own, with a slash."""
        depth = 0
        for token, following in pairwise(self.tokens[self.position :]):
            depth += token.text in ("{", "(", "[", "\\{")
            depth -= token.text in ("}", ")", "]", "\\}")
            if depth == 0:
                break
            if depth == 1 and token.text == "/" and following.text in ("partial", "d"):
                return True
        return False

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

    def derivative(self, start: Token) -> Node:
        """An inline derivative that certainly is one: it starts with \\partial or \\nabla."""
        found = self.inline_differential()
        if found is None:
            raise self.unexpected(start, "a derivative such as \\partial E / \\partial u_j")
        return found

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

"""Restricted LaTeX into tokens: spacing goes, spellings become one, and every column is remembered."""

import re
from dataclasses import dataclass

from w2v_edu.errors import W2VError

from .spellings import ENVIRONMENTS, KNOWN, SAME, SIZES, SPACING, UNICODE, WORDS

__all__ = ["Token", "Unreadable", "tokenize"]


class Unreadable(W2VError):
    """A line that cannot be read: where, and what was expected.

    Attributes
    ----------
    reason : what is wrong, in one sentence.
    column, line : where, counted from 1.
    expected : what would have been right; may be empty.
    """

    def __init__(self, reason: str, column: int, expected: str = "", line: int = 1) -> None:
        self.reason, self.column, self.expected, self.line = reason, column, expected, line
        where = f"column {column}" if line == 1 else f"line {line}, column {column}"
        super().__init__(f"{where}: {reason}" + (f"; expected {expected}" if expected else ""))


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: number, name, word, command, symbol, text, break (end of a line or cell), end. ``at``: its
    column.
    """

    kind: str
    text: str
    at: int
    line: int = 1


_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+")
_WORD = re.compile(
    r"(if|for all|for each|for every|for any|for|when|where|with|given|and|otherwise|else)\b\s*(.*)$"
)
_COMMAND = re.compile(r"\\([A-Za-z]+\*?)")
_SIGN_OPEN = re.compile(r"\[\s*(\\!\s*)*\[")
_SIGN_CLOSE = re.compile(r"\]\s*(\\!\s*)*\]")


def tokenize(text: str, macros: dict[str, str] | None = None, line: int = 1) -> list[Token]:
    """The tokens of a text, ending in one of kind ``end``.

    Parameters
    ----------
    text : LaTeX, with or without ``$``, ``\\[``, ``align``; backslashes may be doubled, as Markdown wants
        them.
    macros : the author's macros without arguments, ``{"vv": r"\\mathbf{v}"}``; ``\\newcommand`` in the text
        adds to a copy.
    line : number of the text's first line.

    Raises
    ------
    Unreadable
        At a character or command that is not known here.
    """
    return _Lexer(text, dict(macros or {}), line).run()


class _Lexer:
    def __init__(self, text: str, macros: dict[str, str], line: int) -> None:
        self.text, self.macros, self.line, self.start = text, macros, line, 0
        self.tokens: list[Token] = []
        self.here = 0
        self.deep = 0  # macros inside macros
        self.opened: list[str] = []  # square brackets that wait for their partner

    def run(self) -> list[Token]:
        while self.here < len(self.text):
            self.step()
        self.add("end", "")
        return self.tokens

    def add(self, kind: str, text: str) -> None:
        self.tokens.append(Token(kind, text, self.here - self.start + 1, self.line))

    def take(self, kind: str, text: str, length: int) -> None:
        self.add(kind, text)
        self.here += length

    def step(self) -> None:
        rest = self.text[self.here :]
        char = rest[0]
        if char == "\n":
            self.here += 1
            self.line, self.start = self.line + 1, self.here
        elif char in " \t\r~$":
            self.here += 1
        elif char == "%":
            end = rest.find("\n")
            self.here += len(rest) if end < 0 else end
        elif char in "[]":
            self.bracket(rest)
        elif match := _NUMBER.match(rest):
            self.take("number", match.group(), match.end())
        elif char == "\\":
            self.backslash(rest)
        elif char in UNICODE:
            self.expand(UNICODE[char], 1)
        elif rest.startswith(":="):
            self.take("symbol", ":=", 2)
        elif rest.startswith(("<-", "!=", "<=", ">=", "==")):
            known = {
                "<-": ("command", "leftarrow"),
                "!=": ("command", "neq"),
                "<=": ("command", "leq"),
                ">=": ("command", "geq"),
            }
            kind, word = known.get(rest[:2], ("symbol", "="))
            self.take(kind, word, 2)
        elif char in "+-*/=<>()[]{}_^',|.:;&!":
            self.take("break" if char == "&" else "symbol", char, 1)
        elif char.isascii() and char.isalpha():
            self.letters(rest)
        else:
            raise Unreadable(
                f"the character {char!r} is not read here", self.here - self.start + 1, "LaTeX", self.line
            )

    def bracket(self, rest: str) -> None:
        """``[\\![`` and ``]\\!]``, or ``[[`` around a condition, are one bracket; others are single."""
        opening, closing = _SIGN_OPEN.match(rest), _SIGN_CLOSE.match(rest)
        if opening and ("\\!" in opening.group() or "=" in rest[: rest.find("]]") + 1]):
            self.opened.append("[[")
            self.take("symbol", "[[", opening.end())
        elif closing and self.opened and self.opened[-1] == "[[":
            self.opened.pop()
            self.take("symbol", "]]", closing.end())
        else:
            if rest[0] == "[":
                self.opened.append("[")
            elif self.opened:
                self.opened.pop()
            self.take("symbol", rest[0], 1)

    def letters(self, rest: str) -> None:
        """A known word, else one letter."""
        run = re.match(r"[A-Za-z]+", rest)
        assert run is not None
        for word in WORDS:
            whole = run.group() == word or (
                word in ("EH", "EI", "exp", "log", "ln") and rest.startswith(word)
            )
            if whole:
                self.take("word", {"ln": "log"}.get(word, word), len(word))
                return
        if run.group().startswith(("softmax", "sigmoid")):
            self.take("word", run.group()[:7], 7)
            return
        self.take("name", rest[0], 1)

    def backslash(self, rest: str) -> None:
        if match := re.match(r"\\\\([A-Za-z]+)", rest):  # Markdown doubles its backslashes
            name = match.group(1)
            if name in KNOWN or name in SAME or name in self.macros or name in SIZES or name in SPACING:
                self.here += 1
                return
        if re.match(r"\\\\[_{}^*!,;\[\]]", rest) and not re.match(r"\\\\\[\d", rest):
            self.here += 1
            return
        if rest.startswith("\\\\"):
            self.take("break", "\\\\", 2)
        elif match := _COMMAND.match(rest):
            self.command(match.group(1), match.end(), rest)
        elif rest[1:2] in ("_", "^", "*"):  # Markdown escapes them
            self.here += 1
        elif rest[1:2] in ("[", "]"):
            self.here += 2
        elif rest[1:2] in ("{", "}"):
            self.take("symbol", "\\" + rest[1], 2)
        elif rest[1:2] == "|":
            self.take("command", "mid", 2)
        elif rest[1:2] in SPACING or rest[1:2] in ("\n", "("):
            self.here += 2 if rest[1:2] != "\n" else 1
        elif rest[1:2] == ")":
            self.here += 2
        else:
            raise Unreadable(
                "a backslash with nothing behind it",
                self.here - self.start + 1,
                "a command such as \\frac",
                self.line,
            )

    def command(self, name: str, length: int, rest: str) -> None:
        bare = name.rstrip("*")
        name = name if name in SAME or bare not in KNOWN | SPACING | SIZES else bare
        name = SAME.get(name, name)
        if name in self.macros:
            self.expand(self.macros[name], length)
        elif name in ("newcommand", "renewcommand", "def", "DeclareMathOperator"):
            self.define(name, rest)
        elif name in ("label", "tag", "hspace"):
            self.here += length + len(self.braced(rest[length:], name)) + 2
        elif name in SPACING or name in SIZES:
            self.here += length
            following = self.text[self.here : self.here + 1]
            if name in SIZES and following == ".":
                self.here += 1
            elif name in SIZES and following and following in "[]":  # \left[ is one bracket, whatever follows
                self.bracket(following)
        elif name in ("begin", "end"):
            self.environment(name, rest, length)
        elif name == "text":
            self.words(rest, length)
        elif name in ("{", "}"):
            self.take("symbol", "\\" + name, length)
        elif name in ("*", "<", ">", ":"):
            self.take("symbol", name, length)
        elif name in KNOWN:
            self.take("command", name, length)
        else:
            raise Unreadable(
                f"\\{name} is not a command that is read here", self.here - self.start + 1,
                "one of the paper's symbols, or a \\newcommand for it", self.line,
            )  # fmt: skip

    def words(self, rest: str, length: int) -> None:
        """``\\text{if $w = o$}``: a word of the condition, then mathematics."""
        inner = self.braced(rest[length:], "text")
        skip = len(rest[length:]) - len(rest[length:].lstrip())
        plain = inner.replace("$", " ").strip().rstrip(",:")
        head = _WORD.match(plain)
        if head is None:
            self.take("text", plain, length + skip + len(inner) + 2)
            return
        self.add("text", head.group(1))
        if head.group(2):
            self.expand(head.group(2), 0)
        self.here += length + skip + len(inner) + 2

    def environment(self, name: str, rest: str, length: int) -> None:
        kind = self.braced(rest[length:], name)
        if kind == "cases":
            self.take("command", f"{name} cases", length + len(kind) + 2)
        elif kind in ENVIRONMENTS:
            self.here += length + len(kind) + 2
        else:
            raise Unreadable(
                f"\\{name}{{{kind}}} is not read here", self.here - self.start + 1,
                "align, aligned, equation, gather or cases", self.line,
            )  # fmt: skip

    def define(self, name: str, rest: str) -> None:
        match = re.match(r"\\(?:new|renew)command\s*\{?\\([A-Za-z]+)\}?\s*(\[\d\])?|\\def\s*\\([A-Za-z]+)()|"
                         r"\\DeclareMathOperator\*?\s*\{?\\([A-Za-z]+)\}?()", rest)  # fmt: skip
        if match is None or match.group(2):
            raise Unreadable(
                "this macro is not read", self.here - self.start + 1,
                "a macro without arguments, \\newcommand{\\vv}{...}",
                self.line,
            )  # fmt: skip
        after = rest[match.end() :]
        body = self.braced(after, name)
        skip = len(after) - len(after.lstrip())
        defined = match.group(1) or match.group(3) or match.group(5)
        self.macros[defined] = f"\\operatorname{{{body}}}" if name == "DeclareMathOperator" else body
        self.here += match.end() + skip + len(body) + 2

    def braced(self, rest: str, name: str) -> str:
        """What stands in the braces that open ``rest``."""
        text = rest.lstrip()
        depth = 0
        for k, char in enumerate(text):
            depth += (char == "{") - (char == "}")
            if depth == 0 and k > 0:
                return text[1:k]
            if k == 0 and char != "{":
                break
        raise Unreadable(
            f"\\{name} needs its argument in braces", self.here - self.start + 1, "{...}", self.line
        )

    def expand(self, body: str, length: int) -> None:
        """Read a macro's body in place; all of its tokens stand at the column of the macro."""
        if self.deep > 20:
            raise Unreadable("this macro uses itself", self.here - self.start + 1, "", self.line)
        inner = _Lexer(body, self.macros, self.line)
        inner.deep = self.deep + 1
        at = self.here - self.start + 1
        try:
            found = inner.run()[:-1]
        except Unreadable as error:
            raise Unreadable(error.reason, at, error.expected, self.line) from None
        self.tokens += [Token(t.kind, t.text, at, self.line) for t in found]
        self.here += length

"""The source text of lines, sides and terms: what to quote to the one who wrote it."""

import re
from dataclasses import dataclass

from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.syntax import Line, Node

__all__ = ["Written", "line_sources", "sides_of"]

DISPLAYS = r"align\*?|aligned|equation\*?|gather\*?|gathered|split|eqnarray\*?|displaymath|math|multline\*?"
WRAPPERS = re.compile(rf"\\(?:begin|end)\s*\{{(?:{DISPLAYS})\}}|\\\[|\\\]|\$\$?|\\\(|\\\)")
NUMBERED = re.compile(
    r"(\\q?quad)?\s*(\\q?quad\s*\(\d+\)|\\tag\*?\s*\{[^{}]*\})\s*$"
)  # the number beside a display
OPEN_END = re.compile(r"(=|\+|-|\\cdot|\\times|,|\()\s*&?\s*$")
CONTINUES = re.compile(r"^\s*&?\s*(\+|-|\\cdot|\\times|\\right)")


@dataclass(frozen=True)
class Written:
    """A line as it was written and parsed, with the side that it continues."""

    setting: Setting
    latex: str
    parsed: Line
    left: Node | None


def line_sources(text: str) -> list[str]:
    """The lines of displays: split at ``\\\\`` and at line ends, not inside braces or cases."""
    text = WRAPPERS.sub("\n", text.replace("\\\\\\\\", "\\\\"))
    found: list[str] = []
    current, depth = "", 0
    for token in re.findall(
        r"\\begin\s*\{\w+\*?\}|\\end\s*\{\w+\*?\}|\\\\(?:\[[^\]]*\])?|\\.|\n|[{}]|[^\\\n{}]+", text
    ):
        if token.startswith("\\begin") or token == "{":
            depth += 1
        elif token.startswith("\\end") or token == "}":
            depth -= 1
        if depth <= 0 and (token.startswith("\\\\") or (token == "\n" and not OPEN_END.search(current))):
            found.append(current)
            current = ""
        else:
            current += token
    return joined([NUMBERED.sub("", line).strip() for line in (*found, current)])


def joined(lines: list[str]) -> list[str]:
    """Lines that start with an operator belong to the line above."""
    out: list[str] = []
    for line in lines:
        if out and CONTINUES.match(line):
            out[-1] += " " + line
        elif line and line not in ("&", ".", ","):
            out.append(line)
    return out


def sides_of(written: Written) -> tuple[str, ...]:
    """The source text of each side of a line; an empty one for a side that stands above."""
    sides = written.parsed.chain.sides
    starts = [None if side is None else side.at - 1 for side in sides]
    ends = [*starts[1:], None]
    out = []
    for start, end in zip(starts, ends, strict=True):
        text = "" if start is None else written.latex[start:end]
        out.append(re.sub(r"(:?=|\\leftarrow|\\coloneq|←|&|\s)+$", "", text).strip())
    return tuple(out)

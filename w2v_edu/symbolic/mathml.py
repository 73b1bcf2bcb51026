"""A syntax tree as MathML, for pages that need no script: the very tree that is evaluated is what people
see.
"""

from html import escape

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
    Ranged,
    Script,
    SetOf,
    Slot,
    Terms,
    Times,
    Union,
)
from .tex import parse

__all__ = ["mathml", "mathml_of"]

GREEK = {
    "sigma": "σ", "eta": "η", "alpha": "α", "delta": "δ", "theta": "θ", "lambda": "λ", "beta": "β",
    "gamma": "γ", "kappa": "κ", "tau": "τ", "epsilon": "ε", "phi": "φ", "psi": "ψ", "mu": "μ",
    "omega": "ω", "ell": "ℓ",
}  # fmt: skip
SIGNS = {"cdot": "·", "times": "×", "otimes": "⊗", "odot": "⊙", "/": "/"}
RELATIONS = {"leftarrow": "←", "neq": "≠", "leq": "≤", "geq": "≥", ":=": "≔"}
BIG = {"sum": "∑", "prod": "∏"}
# A sum is large even where no mathematical font is installed.
LARGE = ' movablelimits="false" largeop="false" style="font-size: 1.5em"'
ACCENTS = {"hat": "^", "tilde": "~", "bar": "¯"}


def mathml(latex: str, display: bool = True) -> str:
    """The MathML of one line of LaTeX.

    Raises
    ------
    Unreadable
        If the line cannot be read.

    Examples
    --------
    >>> mathml("y_j - t_j", display=False)
    '<math><mrow><msub><mi>y</mi><mi>j</mi></msub><mo>−</mo><msub><mi>t</mi><mi>j</mi></msub></mrow></math>'
    """
    return mathml_of(parse(latex), display)


def mathml_of(line: Line | Node, display: bool = True) -> str:
    """The MathML of a tree."""
    block = ' display="block"' if display else ""
    return f"<math{block}>{_line(line) if isinstance(line, Line) else _node(line)}</math>"


def _line(line: Line) -> str:
    where = "<mtext>where&#160;</mtext>"
    beside = "".join(
        '<mspace width="2em"/>' + (where if isinstance(c, Chain) else "") + _node(c) for c in line.conditions
    )
    return _row(_node(line.chain), beside) if beside else _node(line.chain)


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _op(text: str, attributes: str = "") -> str:
    return f"<mo{attributes}>{escape(text)}</mo>"


def _joined(nodes: tuple[Node, ...], between: str) -> str:
    return between.join(_node(n) for n in nodes)


def _fenced(inner: str, left: str = "(", right: str = ")") -> str:
    return _row(_op(left, ' stretchy="true"'), inner, _op(right, ' stretchy="true"'))


def _node(node: Node) -> str:
    match node:
        case Numeral(text):
            return f"<mn>{text}</mn>"
        case Name():
            return _name(node)
        case Mark(text):
            return {"T": '<mi mathvariant="normal">T</mi>', "*": _op("*")}.get(
                text, f"<mtext>({text})</mtext>"
            )
        case Slot():
            return _op("·")
        case Dots():
            return _op("⋯")
        case Script(base, sub, sup):
            return _script(base, sub, sup, node.commas)
        case Paren(body):
            return _fenced(_node(body))
        case Apply():
            return _apply(node)
        case Negative(body):
            return _row(_op("−", ' form="prefix"'), _node(body))
        case Terms(terms, signs):
            return _row(
                _node(terms[0]),
                *(_op("−" if s == "-" else "+") + _node(t) for s, t in zip(signs, terms[1:], strict=True)),
            )
        case Times(factors, signs):
            return _row(
                _node(factors[0]), *(_between(s) + _node(f) for s, f in zip(signs, factors[1:], strict=True))
            )
        case Fraction(top, bottom):
            return f"<mfrac>{_node(top)}{_node(bottom)}</mfrac>"
        case Differential():
            return _differential(node)
        case Big():
            return _big(node)
        case SetOf(items):
            return _fenced(_joined(items, _op(",")), "{", "}")
        case Union(sets):
            return _row(_joined(sets, _op("∪")))
        case Ranged(letter, items, member):
            return _row(_node(letter), _op("∈" if member else "="), _joined(items, _op(",")))
        case Bracket(kind, condition):
            inside = _condition(condition, plain=True)
            return (
                _fenced(inside, "⟦", "⟧") if kind == "sign" else _row("<mn>1</mn>", _fenced(inside, "[", "]"))
            )
        case Choice(rows):
            return _choice(rows)
        case Chain((Numeral() | Name() | Script() | Terms() | Times() as alone,), ()):
            return _node(alone)
        case Chain(sides, relations):
            first = _node(sides[0]) if sides[0] is not None else ""
            pairs = zip(relations, sides[1:], strict=True)
            return _row(first, *(_op(RELATIONS.get(r, r)) + _node(s) for r, s in pairs if s is not None))


def _between(sign: str) -> str:
    return _op(SIGNS[sign]) if sign else '<mspace width="0.17em"/>'


def _name(name: Name) -> str:
    upright = name.style == "rm" or (len(name.text) > 1 and name.text not in GREEK)
    text = "".join(_letter(c, name.style) for c in GREEK.get(name.text, name.text))
    found = (
        f'<mi mathvariant="normal">{escape(text)}</mi>'
        if upright and len(text) == 1
        else f"<mi>{escape(text)}</mi>"
    )
    if name.accent:
        found = f'<mover accent="true">{found}<mo stretchy="false">{ACCENTS[name.accent]}</mo></mover>'
    return f"<msup>{found}{_op('′' * name.primes)}</msup>" if name.primes else found


def _letter(char: str, style: str) -> str:
    """A letter of the mathematical alphabets: bold upright, script, double-struck."""
    start = {"bf": (0x1D400, 0x1D41A), "cal": (0x1D49C, 0x1D4B6), "bb": (0x1D538, 0x1D552)}.get(style)
    if start is None or not char.isascii():
        return char
    if char.isdigit():
        return chr({"bf": 0x1D7CE, "bb": 0x1D7D8}.get(style, 0x30) + ord(char) - 0x30)
    if not char.isalpha():
        return char
    holes = {"cal": {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"},
             "bb": {"C": "ℂ", "N": "ℕ", "R": "ℝ", "Z": "ℤ"}}.get(style, {})  # fmt: skip
    return holes.get(char) or chr(start[char.islower()] + ord(char) - ord("a" if char.islower() else "A"))


def _script(base: Node, sub: tuple[Node, ...], sup: Node | None, commas: bool) -> str:
    primes = base.primes if isinstance(base, Name) else 0
    plain = Name(base.text, 0, base.style, base.accent) if isinstance(base, Name) else base
    inner = _node(plain)
    below = _row(_joined(sub, _op(",") if commas else "")) if len(sub) > 1 else "".join(map(_node, sub))
    below = _fenced(below) if any(isinstance(s, Slot) for s in sub) else below
    above = ("" if not primes else _op("′" * primes)) + (_node(sup) if sup is not None else "")
    above = _row(above) if primes and sup is not None else above
    if below and above:
        return f"<msubsup>{inner}{below}{above}</msubsup>"
    return f"<msub>{inner}{below}</msub>" if below else f"<msup>{inner}{above}</msup>"


def _apply(node: Apply) -> str:
    head, rest = node.arguments[: node.bar], node.arguments[node.bar :]
    inside = (_joined(head, _op(",")) + _op("|", ' stretchy="false"') if node.bar else "") + _joined(
        rest, _op(",")
    )
    if node.bare:
        return _row(_node(node.function), '<mspace width="0.17em"/>', inside)
    if isinstance(node.function, Name) and node.function.text == "sqrt":
        return f"<msqrt>{inside}</msqrt>"
    return _row(_node(node.function), _op("\u2061"), _fenced(inside))


def _differential(node: Differential) -> str:
    if node.sign == "nabla":
        return _row(f"<msub>{_op('∇')}{_node(node.by)}</msub>", _node(node.of))
    sign = '<mi mathvariant="normal">∂</mi>' if node.sign == "partial" else '<mi mathvariant="normal">d</mi>'
    of, by = _row(sign, _node(node.of)), _row(sign, _node(node.by))
    return _row(of, _op("/"), by) if node.inline else f"<mfrac>{of}{by}</mfrac>"


def _big(node: Big) -> str:
    if node.kind not in BIG:
        return _row(f"<mi>{node.kind}</mi>", '<mspace width="0.17em"/>', _node(node.body))
    sign = _op(BIG[node.kind], LARGE)
    below = _row(_joined(node.limits, _op(",")))
    above = _node(node.upper) if node.upper is not None else ""
    head = f"<munderover>{sign}{below}{above}</munderover>" if above else f"<munder>{sign}{below}</munder>"
    return _row(head, _node(node.body))


def _condition(node: Node, plain: bool = False) -> str:
    if isinstance(node, Chain) and node.sides[-1] == Name("true", 0, "rm") and node.sides[0] is not None:
        return _node(node.sides[0]) if plain else _row(_node(node.sides[0]), "<mtext>&#160;is true</mtext>")
    return _node(node)


def _choice(rows: tuple[tuple[Node, Node | None], ...]) -> str:
    lines = []
    for value, condition in rows:
        when = (
            "<mtext>otherwise</mtext>"
            if condition is None
            else _row("<mtext>if&#160;</mtext>", _condition(condition))
        )
        style = ' style="text-align: left; padding-right: 1em"'
        lines.append(f"<mtr><mtd{style}>{_node(value)}</mtd><mtd{style}>{when}</mtd></mtr>")
    return _row(_op("{", ' stretchy="true" style="font-size: 1.8em"'), f"<mtable>{''.join(lines)}</mtable>")

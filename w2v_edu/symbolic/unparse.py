"""A syntax tree back into LaTeX: what :func:`w2v_edu.symbolic.tex.parse` reads as the same tree."""

from .factors import COMMANDS
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

__all__ = ["latex"]

STYLES = {"bf": "mathbf", "rm": "mathrm", "cal": "mathcal", "bb": "mathbb"}
SIGNS = {
    "": " ",
    "cdot": r" \cdot ",
    "times": r" \times ",
    "otimes": r" \otimes ",
    "odot": r" \odot ",
    "/": " / ",
}
RELATIONS = {"leftarrow": r"\leftarrow", "neq": r"\neq", "leq": r"\leq", "geq": r"\geq"}


def latex(node: Node | Line) -> str:
    """The LaTeX of a node.

    Examples
    --------
    >>> from w2v_edu.symbolic.tex import parse
    >>> latex(parse("∂E/∂u_j = y_j − t_j"))
    '\\\\partial E / \\\\partial u_{j} = y_{j} - t_{j}'
    """
    match node:
        case Line(chain, conditions):
            where = r"\text{where } "
            beside = "".join(
                r" \quad " + (where if isinstance(c, Chain) else "") + latex(c) for c in conditions
            )
            return latex(chain) + beside
        case Numeral(text):
            return text
        case Name():
            return _name(node)
        case Mark(text):
            return {"T": "T", "*": "*"}.get(text, f"({text})")
        case Slot():
            return r"\cdot"
        case Dots():
            return r"\cdots"
        case Script(base, sub, sup):
            inner = latex(base)
            inner = f"{{{inner}}}" if isinstance(base, Script) else inner
            inner += f"_{{{(',' if node.commas else ' ').join(map(latex, sub))}}}" if sub else ""
            if isinstance(base, Name) and base.primes and sup is not None:
                inner = f"{{{inner}}}"  # a prime is a superscript already
            return inner + (f"^{{{latex(sup)}}}" if sup is not None else "")
        case Paren(body):
            return rf"\left({latex(body)}\right)"
        case Apply():
            return _apply(node)
        case Negative(body):
            return f"-{latex(body)}"
        case Terms(terms, signs):
            rest = "".join(f" {s} {latex(t)}" for s, t in zip(signs, terms[1:], strict=True))
            return latex(terms[0]) + rest
        case Times(factors, signs):
            rest = "".join(SIGNS[s] + latex(f) for s, f in zip(signs, factors[1:], strict=True))
            return latex(factors[0]) + rest
        case Fraction(top, bottom):
            return rf"\frac{{{latex(top)}}}{{{latex(bottom)}}}"
        case Differential():
            return _differential(node)
        case Big(kind, limits, upper, body):
            below = f"_{{{','.join(map(latex, limits))}}}" if limits else ""
            above = f"^{{{latex(upper)}}}" if upper is not None else ""
            return rf"\{kind}{below}{above} {latex(body)}"
        case SetOf(items):
            return rf"\{{{','.join(map(latex, items))}\}}"
        case Union(sets):
            return r" \cup ".join(map(latex, sets))
        case Ranged(letter, items, member):
            return f"{latex(letter)} " + (r"\in " if member else "= ") + ",".join(map(latex, items))
        case Bracket("sign", condition):
            return rf"[\![{_condition(condition)}]\!]"
        case Bracket(_, condition):
            return f"1[{_condition(condition)}]"
        case Choice(rows):
            lines = [
                latex(value)
                + r" & "
                + (r"\text{otherwise}" if c is None else rf"\text{{if }} {_condition(c)}")
                for value, c in rows
            ]
            return r"\begin{cases}" + r" \\ ".join(lines) + r"\end{cases}"
        case Chain(sides, relations):
            first = latex(sides[0]) + " " if sides[0] is not None else ""
            pairs = zip(relations, sides[1:], strict=True)
            return first + " ".join(f"{RELATIONS.get(r, r)} {latex(s)}" for r, s in pairs if s is not None)


def _condition(node: Node) -> str:
    if isinstance(node, Chain) and node.sides[-1] == Name("true", 0, "rm") and node.sides[0] is not None:
        return latex(node.sides[0]) + r"\text{ is true}"
    return latex(node)


def _name(name: Name) -> str:
    text = "\\" + name.text if name.text in COMMANDS else name.text
    if name.style:
        text = rf"\{STYLES[name.style]}{{{text}}}"
    elif len(name.text) > 1 and name.text not in COMMANDS:
        text = rf"\mathrm{{{text}}}" if name.text.isalpha() else rf"\text{{{text}}}"
    if name.accent:
        text = rf"\{name.accent}{{{text}}}"
    return text + "'" * name.primes


def _apply(node: Apply) -> str:
    parts = [latex(a) for a in node.arguments]
    inside = (
        ",".join(parts[: node.bar]) + r" \mid " + ",".join(parts[node.bar :]) if node.bar else ",".join(parts)
    )
    return (
        f"{latex(node.function)} {inside}" if node.bare else rf"{latex(node.function)}\left({inside}\right)"
    )


def _differential(node: Differential) -> str:
    if node.sign == "nabla":
        return rf"\nabla_{{{latex(node.by)}}} {latex(node.of)}"
    sign = r"\partial " if node.sign == "partial" else "d"
    if node.inline:
        return f"{sign}{latex(node.of)} / {sign}{latex(node.by)}"
    return rf"\frac{{{sign}{latex(node.of)}}}{{{sign}{latex(node.by)}}}"

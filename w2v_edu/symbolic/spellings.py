"""Tables of spellings: which commands are read, and which of them mean the same."""

__all__ = ["ENVIRONMENTS", "KNOWN", "SAME", "SIZES", "SPACING", "UNICODE", "WORDS"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that students and the paper write as letters in a row, although LaTeX would read a product.
WORDS = _words("softmax sigmoid exp log ln max min EH EI neg pos new old CE tanh sqrt")
SPACING = _words(", ; : ! thinspace displaystyle textstyle limits nolimits nonumber notag hspace") | {" "}
SIZES = _words("left right middle bigl bigr Bigl Bigr big Big bigg Bigg biggl biggr Biggl Biggr")
SAME = {
    spelling: name
    for name, spellings in {
        "frac": "dfrac tfrac",
        "log": "ln",
        "cdots": "dots ldots dotsc dotsb",
        "cdot": "cdotp bullet",
        "odot": "circ",
        "top": "intercal",
        "leftarrow": "gets longleftarrow Leftarrow",
        "neq": "ne",
        "leq": "le leqslant",
        "geq": "ge geqslant",
        "mid": "vert lvert rvert",
        "coloneq": "coloneqq triangleq equiv",
        "quad": "qquad",
        "mathbf": "bm boldsymbol vec pmb bold textbf",
        "mathrm": "mathsf mathit textrm",
        "mathbb": "Bbb mathds",
        "mathcal": "mathscr",
        "operatorname": "operatorname*",
        "text": "mbox",
        "hat": "widehat",
        "bar": "overline",
        "sigma": "varsigma",
        "{": "lbrace",
        "}": "rbrace",
        "*": "ast star",
        "<": "lt",
        ">": "gt",
        ":": "colon",
    }.items()
    for spelling in spellings.split()
}
UNICODE = {
    char: name
    for name, chars in {
        "\\sigma": "σ",
        "\\eta": "η",
        "\\alpha": "α",
        "\\delta": "δ",
        "\\theta": "θ",
        "\\partial": "∂",
        "\\nabla": "∇",
        "\\sum": "∑Σ",
        "\\prod": "∏Π",
        "\\cdot": "·⋅",
        "\\times": "×",
        "\\otimes": "⊗",
        "\\odot": "⊙",
        "-": "−–",
        "'": "′’",
        "\\leftarrow": "←",
        "\\in": "∈",
        "\\cup": "∪",
        "\\neq": "≠",
        "\\leq": "≤",
        "\\geq": "≥",
        "\\cdots": "…⋯",
        "\\hat{y}": "ŷ",
        "^T": "ᵀ",
        "\\top": "⊤",
        ":=": "≔",
        "(": "（",
        ")": "）",
        ",": "，",
        "\\mid": "∣",
        "\\llbracket": "⟦",
        "\\rrbracket": "⟧",
        "\\mathbb{1}": "𝟙",
        "/": "⁄∕",
        " ": "\u00a0\u2009\u202f",
    }.items()
    for char in chars
}
KNOWN = _words(
    "frac sum prod partial nabla cdot times otimes odot exp log sqrt tanh max min softmax sigmoid "
    "sigma eta alpha delta theta ell lambda beta gamma kappa tau epsilon phi psi mu omega "
    "mathbf mathrm mathcal mathbb operatorname text hat tilde bar rm bf begin end "
    "mid in cup neq leq geq leftarrow coloneq cdots top prime quad llbracket rrbracket forall "
    "newcommand renewcommand def DeclareMathOperator label tag left right"
)
ENVIRONMENTS = _words(
    "align align* aligned equation equation* gather gather* split eqnarray eqnarray* alignat"
)

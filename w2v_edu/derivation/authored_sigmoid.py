"""Hierarchical softmax, negative sampling and NCE, step by step, from their losses."""

from w2v_edu.derivation.derivation import Derivation, derive
from w2v_edu.symbolic.settings import setting

__all__ = [
    "error_by_score",
    "hidden_of_path",
    "hidden_of_words_asked",
    "node_error",
    "node_vector",
    "vector_of_a_word_asked",
    "word_error",
]

TURN = r"[\![n(w,j+1)=\mathrm{ch}(n(w,j))]\!]"
TURN_P = r"[\![n(w,j'+1)=\mathrm{ch}(n(w,j'))]\!]"
PATH = r"\sum_{j'=1}^{L(w)-1}"
D_U = r"\frac{\partial}{\partial u_j}"


def node_error() -> Derivation:
    """(47) to (49): dE/du_j of the j-th inner node on the path."""
    inside = rf"{TURN_P}u_{{j'}}"
    return derive(
        setting("one-word", "hierarchical"),
        "The prediction error of an inner node",
        r"\frac{\partial E}{\partial u_j}",
        (rf"{D_U}\left(-{PATH}\log\sigma({inside})\right)", "definition of E"),
        (rf"-{PATH}{D_U}\log\sigma({inside})", "linearity"),
        (rf"-{PATH}\frac{{1}}{{\sigma({inside})}}{D_U}\sigma({inside})", "d log"),
        (rf"-{PATH}(1-\sigma({inside}))\cdot{D_U}({inside})", "d sigma"),
        (rf"-{PATH}(1-\sigma({inside}))\cdot{TURN_P}\cdot 1[j'=j]", "linearity, delta"),
        (rf"(\sigma({TURN}u_j)-1){TURN}", "Kronecker collapse"),
        (r"\sigma(u_j)-t_j", "definition, t is 0 or 1"),
        (r"e_j", "definition"),
    )


def node_vector() -> Derivation:
    """(50): dE/dv'_j of the j-th inner node on the path."""
    return derive(
        setting("one-word", "hierarchical"),
        "The gradient of an inner node's vector",
        r"\frac{\partial E}{\partial\mathbf{v}'_{n(w,j)}}",
        (
            r"\frac{\partial E}{\partial u_j}\cdot\frac{\partial u_j}{\partial\mathbf{v}'_{n(w,j)}}",
            "chain rule",
        ),
        (r"e_j\cdot\frac{\partial u_j}{\partial\mathbf{v}'_{n(w,j)}}", "earlier result"),
        (r"e_j\cdot\mathbf{h}", "definition of u, linearity, delta, Kronecker collapse"),
        (r"\left(\sigma({\mathbf{v}'_{n(w,j)}}^T\mathbf{h})-t_j\right)\cdot\mathbf{h}", "definition"),
        uses=(node_error(),),
    )


def hidden_of_path() -> Derivation:
    """(52), (53): EH of hierarchical softmax."""
    path = r"\sum_{j=1}^{L(w)-1}"
    return derive(
        setting("one-word", "hierarchical"),
        "EH, hierarchical softmax",
        r"\frac{\partial E}{\partial h_i}",
        (
            rf"{path}\frac{{\partial E}}{{\partial u_j}}\cdot\frac{{\partial u_j}}{{\partial h_i}}",
            "chain rule",
        ),
        (rf"{path}e_j\cdot\frac{{\partial u_j}}{{\partial h_i}}", "earlier result"),
        (
            rf"{path}e_j\cdot\frac{{\partial}}{{\partial h_i}}\sum_{{i'=1}}^N w'_{{i',n(w,j)}}h_{{i'}}",
            "definition of u",
        ),
        (rf"{path}e_j\cdot\sum_{{i'=1}}^N w'_{{i',n(w,j)}}\cdot 1[i'=i]", "linearity, delta"),
        (rf"{path}e_j\cdot w'_{{i,n(w,j)}}", "Kronecker collapse"),
        (r"\mathrm{EH}_i", "definition of EH"),
        uses=(node_error(),),
    )


def word_error(objective: str) -> Derivation:
    """(56), (57), (nce-4): dE/du_j of the j-th word that is asked; 0 is w_O, 1..K are W_neg."""
    z = "z" if objective == "nce" else "u"
    start = rf"\frac{{\partial E}}{{\partial {z}_j}}"
    d = rf"\frac{{\partial}}{{\partial {z}_j}}"
    own = rf"(1-\sigma({z}_0))\cdot 1[j=0]"
    noise = r"\sum_{j'=1}^K"
    return derive(
        setting("one-word", objective),
        f"The prediction error of a word asked, {'NCE' if objective == 'nce' else 'negative sampling'}",
        start,
        (rf"{d}\left(-\log\sigma({z}_0)-{noise}\log\sigma(-{z}_{{j'}})\right)", "definition of E"),
        (rf"-{d}\log\sigma({z}_0)-{noise}{d}\log\sigma(-{z}_{{j'}})", "linearity"),
        (
            rf"-\frac{{{d}\sigma({z}_0)}}{{\sigma({z}_0)}}-{noise}\frac{{{d}\sigma(-{z}_{{j'}})}}{{\sigma(-{z}_{{j'}})}}",
            "d log",
        ),
        (
            rf"-(1-\sigma({z}_0))\frac{{\partial {z}_0}}{{\partial {z}_j}}"
            rf"-{noise}(1-\sigma(-{z}_{{j'}})){d}(-{z}_{{j'}})",
            "d sigma",
        ),
        (rf"-{own}+{noise}(1-\sigma(-{z}_{{j'}}))\cdot 1[j'=j]", "linearity, delta"),
        (rf"-{own}+{noise}\sigma({z}_{{j'}})\cdot 1[j'=j]", "sigma(-x) = 1 - sigma(x)"),
        (rf"-{own}+\sigma({z}_j)\cdot(1-1[j=0])", "Kronecker collapse"),
        (rf"\sigma({z}_j)-1[j=0]", "Kronecker collapse"),
        (r"e_j", "definition"),
    )


def error_by_score(objective: str) -> Derivation:
    """The same by the score u_j; under NCE it goes through z_j = u_j - log(K q)."""
    if objective == "negative":
        return word_error(objective)
    return derive(
        setting("one-word", objective),
        "The prediction error by the score, NCE",
        r"\frac{\partial E}{\partial u_j}",
        (
            r"\sum_{j'=0}^K\frac{\partial E}{\partial z_{j'}}\cdot\frac{\partial z_{j'}}{\partial u_j}",
            "chain rule",
        ),
        (r"\sum_{j'=0}^K e_{j'}\cdot\frac{\partial z_{j'}}{\partial u_j}", "earlier result"),
        (r"\sum_{j'=0}^K e_{j'}\cdot 1[j'=j]", "definition of z, linearity, delta"),
        (r"e_j", "Kronecker collapse"),
        uses=(word_error(objective),),
    )


def vector_of_a_word_asked(objective: str) -> Derivation:
    """(58) in general: the vector of any word k, as often as it is asked."""
    asked = r"\sum_{j=0}^K"
    return derive(
        setting("one-word", objective),
        f"The gradient of an output vector, {'NCE' if objective == 'nce' else 'negative sampling'}",
        r"\frac{\partial E}{\partial\mathbf{v}'_{w_k}}",
        (
            rf"{asked}\frac{{\partial E}}{{\partial u_j}}\cdot\frac{{"
            rf"\partial u_j}}{{\partial\mathbf{{v}}'_{{w_k}}}}",
            "chain rule",
        ),
        (rf"{asked}e_j\cdot\frac{{\partial u_j}}{{\partial\mathbf{{v}}'_{{w_k}}}}", "earlier result"),
        (
            rf"{asked}e_j\cdot 1[w_j=k]\cdot\mathbf{{h}}",
            "definition of u, linearity, delta, Kronecker collapse",
        ),
        uses=(error_by_score(objective),),
    )


def hidden_of_words_asked(objective: str) -> Derivation:
    """(60), (61): EH of negative sampling and of NCE."""
    asked = r"\sum_{j=0}^K"
    return derive(
        setting("one-word", objective),
        f"EH, {'NCE' if objective == 'nce' else 'negative sampling'}",
        r"\frac{\partial E}{\partial h_i}",
        (
            rf"{asked}\frac{{\partial E}}{{\partial u_j}}\cdot\frac{{\partial u_j}}{{\partial h_i}}",
            "chain rule",
        ),
        (rf"{asked}e_j\cdot\frac{{\partial u_j}}{{\partial h_i}}", "earlier result"),
        (
            rf"{asked}e_j\cdot\frac{{\partial}}{{\partial h_i}}\sum_{{i'=1}}^N w'_{{i',w_j}}h_{{i'}}",
            "definition of u",
        ),
        (rf"{asked}e_j\cdot\sum_{{i'=1}}^N w'_{{i',w_j}}\cdot 1[i'=i]", "linearity, delta"),
        (rf"{asked}e_j\cdot w'_{{i,w_j}}", "Kronecker collapse"),
        (r"\mathrm{EH}_i", "definition of EH"),
        uses=(error_by_score(objective),),
    )

"""Full softmax, step by step: dE/du, dE/dW', EH and dE/dW for the three input sides."""

from w2v_edu.derivation.derivation import Derivation, derive
from w2v_edu.symbolic.settings import setting

__all__ = ["error", "error_of_a_panel", "hidden", "hidden_of_panels", "input_weights", "output_weights"]

EXPS = r"\sum_{j'=1}^V\exp(u_{j'})"
TITLES = {"one-word": "one word", "cbow": "CBOW", "skip-gram": "skip-gram"}


def error(side: str) -> Derivation:
    """(8): dE/du_j = y_j - t_j."""
    d_u = r"\frac{\partial}{\partial u_j}"
    return derive(
        setting(side, "softmax"),
        f"The prediction error, {TITLES[side]}",
        r"\frac{\partial E}{\partial u_j}",
        (rf"{d_u}\left(-u_{{j^*}}+\log{EXPS}\right)", "definition of E"),
        (rf"-\frac{{\partial u_{{j^*}}}}{{\partial u_j}}+{d_u}\log{EXPS}", "linearity"),
        (rf"-1[j=j^*]+{d_u}\log{EXPS}", "delta"),
        (rf"-1[j=j^*]+\frac{{{d_u}{EXPS}}}{{{EXPS}}}", "d log"),
        (rf"-1[j=j^*]+\frac{{\sum_{{j'=1}}^V{d_u}\exp(u_{{j'}})}}{{{EXPS}}}", "linearity"),
        (
            rf"-1[j=j^*]+\frac{{\sum_{{j'=1}}^V\exp(u_{{j'}})\frac{{"
            rf"\partial u_{{j'}}}}{{\partial u_j}}}}{{{EXPS}}}",
            "d exp",
        ),
        (rf"-1[j=j^*]+\frac{{\sum_{{j'=1}}^V\exp(u_{{j'}})\cdot 1[j'=j]}}{{{EXPS}}}", "delta"),
        (rf"-1[j=j^*]+\frac{{\exp(u_j)}}{{{EXPS}}}", "Kronecker collapse"),
        (r"y_j-t_j", "definition, algebra"),
        (r"e_j", "definition of e"),
    )


def error_of_a_panel() -> Derivation:
    """(30): dE/du_{c,j} = y_{c,j} - t_{c,j}; the panels' scores are independent of each other."""
    d_u = r"\frac{\partial}{\partial u_{c,j}}"
    exps = r"\sum_{j'=1}^V\exp(u_{c',j'})"
    mine = r"\sum_{j'=1}^V\exp(u_{c,j'})"
    same = r"1[c'=c]\cdot 1[j'=j]"
    target = r"-\sum_{c'=1}^C 1[c'=c]\cdot 1[j^*_{c'}=j]"
    return derive(
        setting("skip-gram", "softmax"),
        "The prediction error of a panel, skip-gram",
        r"\frac{\partial E}{\partial u_{c,j}}",
        (
            rf"{d_u}\left(-\sum_{{c'=1}}^C u_{{c',j^*_{{c'}}}}+\sum_{{c'=1}}^C\log{exps}\right)",
            "definition of E",
        ),
        (
            rf"-\sum_{{c'=1}}^C\frac{{\partial u_{{c',j^*_{{c'}}}}}}{{"
            rf"\partial u_{{c,j}}}}+\sum_{{c'=1}}^C{d_u}\log{exps}",
            "linearity",
        ),
        (rf"{target}+\sum_{{c'=1}}^C{d_u}\log{exps}", "delta"),
        (rf"{target}+\sum_{{c'=1}}^C\frac{{{d_u}{exps}}}{{{exps}}}", "d log"),
        (
            rf"{target}+\sum_{{c'=1}}^C\frac{{\sum_{{j'=1}}^V\exp(u_{{c',j'}})\cdot {same}}}{{{exps}}}",
            "linearity, d exp, delta",
        ),
        (rf"-1[j^*_c=j]+\frac{{\exp(u_{{c,j}})}}{{{mine}}}", "Kronecker collapse"),
        (r"y_{c,j}-t_{c,j}", "definition, algebra"),
        (r"e_{c,j}", "definition of e_c"),
    )


def output_weights(side: str) -> Derivation:
    """(9), (32): the gradient of the hidden-to-output weights."""
    if side == "skip-gram":
        return _output_weights_of_panels()
    return derive(
        setting(side, "softmax"),
        f"The gradient of W', {TITLES[side]}",
        r"\frac{\partial E}{\partial w'_{ij}}",
        (r"\frac{\partial E}{\partial u_j}\cdot\frac{\partial u_j}{\partial w'_{ij}}", "chain rule"),
        (r"e_j\cdot\frac{\partial u_j}{\partial w'_{ij}}", "(8)"),
        (r"e_j\cdot\frac{\partial}{\partial w'_{ij}}\sum_{i'=1}^N w'_{i'j}h_{i'}", "definition of u"),
        (r"e_j\cdot\sum_{i'=1}^N\frac{\partial w'_{i'j}}{\partial w'_{ij}}h_{i'}", "linearity"),
        (r"e_j\cdot\sum_{i'=1}^N 1[i'=i]\cdot h_{i'}", "delta"),
        (r"e_j\cdot h_i", "Kronecker collapse"),
    )


def _output_weights_of_panels() -> Derivation:
    panels = r"\sum_{c=1}^C"
    return derive(
        setting("skip-gram", "softmax"),
        "The gradient of W', skip-gram",
        r"\frac{\partial E}{\partial w'_{ij}}",
        (
            rf"{panels}\frac{{\partial E}}{{\partial u_{{c,j}}}}\cdot\frac{{"
            rf"\partial u_{{c,j}}}}{{\partial w'_{{ij}}}}",
            "chain rule",
        ),
        (rf"{panels}e_{{c,j}}\cdot\frac{{\partial u_{{c,j}}}}{{\partial w'_{{ij}}}}", "(30)"),
        (
            rf"{panels}e_{{c,j}}\cdot\frac{{\partial}}{{\partial "
            rf"w'_{{ij}}}}\sum_{{i'=1}}^N w'_{{i'j}}h_{{i'}}",
            "definition of u",
        ),
        (rf"{panels}e_{{c,j}}\cdot\sum_{{i'=1}}^N 1[i'=i]\cdot h_{{i'}}", "linearity, delta"),
        (rf"{panels}e_{{c,j}}\cdot h_i", "Kronecker collapse"),
        (r"\mathrm{EI}_j\cdot h_i", "definition of EI"),
    )


def hidden(side: str) -> Derivation:
    """(12): EH, one-word and CBOW."""
    if side == "skip-gram":
        return hidden_of_panels()
    return derive(
        setting(side, "softmax"),
        f"EH, {TITLES[side]}",
        r"\frac{\partial E}{\partial h_i}",
        (r"\sum_{j=1}^V\frac{\partial E}{\partial u_j}\cdot\frac{\partial u_j}{\partial h_i}", "chain rule"),
        (r"\sum_{j=1}^V e_j\cdot\frac{\partial u_j}{\partial h_i}", "(8)"),
        (
            r"\sum_{j=1}^V e_j\cdot\frac{\partial}{\partial h_i}\sum_{i'=1}^N w'_{i'j}h_{i'}",
            "definition of u",
        ),
        (r"\sum_{j=1}^V e_j\cdot\sum_{i'=1}^N w'_{i'j}\cdot 1[i'=i]", "linearity, delta"),
        (r"\sum_{j=1}^V e_j\cdot w'_{ij}", "Kronecker collapse"),
        (r"\mathrm{EH}_i", "definition of EH"),
    )


def hidden_of_panels() -> Derivation:
    """(36): EH, skip-gram."""
    both = r"\sum_{c=1}^C\sum_{j=1}^V"
    return derive(
        setting("skip-gram", "softmax"),
        "EH, skip-gram",
        r"\frac{\partial E}{\partial h_i}",
        (
            rf"{both}\frac{{\partial E}}{{\partial u_{{c,j}}}}\cdot"
            rf"\frac{{\partial u_{{c,j}}}}{{\partial h_i}}",
            "chain rule",
        ),
        (rf"{both}e_{{c,j}}\cdot\frac{{\partial u_{{c,j}}}}{{\partial h_i}}", "(30)"),
        (
            rf"{both}e_{{c,j}}\cdot\frac{{\partial}}{{\partial h_i}}\sum_{{i'=1}}^N w'_{{i'j}}h_{{i'}}",
            "definition of u",
        ),
        (rf"{both}e_{{c,j}}\cdot\sum_{{i'=1}}^N w'_{{i'j}}\cdot 1[i'=i]", "linearity, delta"),
        (rf"{both}e_{{c,j}}\cdot w'_{{ij}}", "Kronecker collapse"),
        (r"\sum_{j=1}^V\mathrm{EI}_j\cdot w'_{ij}", "definition of EI"),
        (r"\mathrm{EH}_i", "definition of EH"),
    )


def input_weights(side: str) -> Derivation:
    """(14), (23), (35): the gradient of the input-to-hidden weights."""
    through = r"\sum_{i'=1}^N\mathrm{EH}_{i'}\cdot"
    if side == "cbow":
        of_h = r"\frac1C\sum_{c=1}^C w_{w_{I,c},i'}"
        slope, result = (
            r"\frac1C\sum_{c=1}^C 1[w_{I,c}=k]\cdot 1[i'=i]",
            r"\mathrm{EH}_i\cdot\frac1C\sum_{c=1}^C 1[w_{I,c}=k]",
        )
    else:
        of_h, slope, result = r"w_{w_I,i'}", r"1[w_I=k]\cdot 1[i'=i]", r"\mathrm{EH}_i\cdot 1[w_I=k]"
    return derive(
        setting(side, "softmax"),
        f"The gradient of W, {TITLES[side]}",
        r"\frac{\partial E}{\partial w_{ki}}",
        (
            r"\sum_{i'=1}^N\frac{\partial E}{\partial h_{i'}}\cdot\frac{\partial h_{i'}}{\partial w_{ki}}",
            "chain rule",
        ),
        (rf"{through}\frac{{\partial h_{{i'}}}}{{\partial w_{{ki}}}}", "earlier result"),
        (rf"{through}\frac{{\partial}}{{\partial w_{{ki}}}}\left({of_h}\right)", "definition of h"),
        (rf"{through}{slope}", "linearity, delta"),
        (result, "Kronecker collapse"),
        (r"\mathrm{EH}_i\cdot x_k", "definition of x"),
        uses=(hidden(side),),
    )

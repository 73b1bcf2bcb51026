"""The gradients that two courses ask for, in their own notation: CS224n and Jurafsky and Martin."""

from w2v_edu.derivation.courses import cs224n_corpus
from w2v_edu.derivation.derivation import Derivation, derive
from w2v_edu.symbolic.settings import named

__all__ = [
    "centre_vector",
    "corpus_centre",
    "corpus_outside",
    "negative_centre",
    "negative_outside",
    "noise_word",
    "outside_vector",
    "positive_word",
    "target_word",
]

LOG_SUM = r"\log\sum_{w'=1}^V\exp(u_{w'}^T v_c)"
SUM = r"\sum_{w'=1}^V\exp(u_{w'}^T v_c)"


def centre_vector() -> Derivation:
    """dJ/dv_c = sum_w (y_hat_w - y_w) u_w."""
    d = r"\frac{\partial}{\partial v_c}"
    return derive(
        named("cs224n/softmax"),
        "CS224n: the gradient of the centre vector",
        r"\frac{\partial J}{\partial v_c}",
        (rf"{d}\left(-u_o^T v_c+{LOG_SUM}\right)", "definition of J"),
        (rf"-u_o+{d}{LOG_SUM}", "linearity, delta, Kronecker collapse"),
        (rf"-u_o+\frac{{1}}{{{SUM}}}\sum_{{x=1}}^V{d}\exp(u_x^T v_c)", "d log, linearity"),
        (
            rf"-u_o+\sum_{{x=1}}^V\frac{{\exp(u_x^T v_c)}}{{{SUM}}}u_x",
            "d exp, linearity, delta, Kronecker collapse",
        ),
        (r"-u_o+\sum_{x=1}^V\hat{y}_x u_x", "definition of y_hat"),
        (r"\sum_{x=1}^V(\hat{y}_x-y_x)u_x", "definition of y, Kronecker collapse"),
    )


def outside_vector(case: str = "") -> Derivation:
    """dJ/du_w: for every w, for w = o (``case="="``) or for w != o (``case="!="``)."""
    d = r"\frac{\partial}{\partial u_w}"
    title = {
        "": "every outside vector",
        "=": "the outside vector, w = o",
        "!=": "the other outside vectors, w != o",
    }[case]
    where = {"": "", "=": r"\quad\text{if } w=o", "!=": r"\quad\text{if } w\neq o"}[case]
    last = {
        "": ((r"(\hat{y}_w-y_w)v_c", "definition of y"),),
        "=": ((r"(\hat{y}_w-1)v_c", "t is 0 or 1"),),
        "!=": ((r"\hat{y}_w v_c", "t is 0 or 1"),),
    }[case]
    return derive(
        named("cs224n/softmax"),
        f"CS224n: the gradient of {title}",
        r"\frac{\partial J}{\partial u_w}",
        (rf"{d}\left(-u_o^T v_c+{LOG_SUM}\right)", "definition of J"),
        (rf"-1[w=o]\cdot v_c+{d}{LOG_SUM}", "linearity, delta, Kronecker collapse"),
        (rf"-1[w=o]\cdot v_c+\frac{{1}}{{{SUM}}}\sum_{{x=1}}^V{d}\exp(u_x^T v_c)", "d log, linearity"),
        (
            rf"-1[w=o]\cdot v_c+\frac{{\exp(u_w^T v_c)}}{{{SUM}}}v_c",
            "d exp, linearity, delta, Kronecker collapse",
        ),
        (r"-1[w=o]\cdot v_c+\hat{y}_w v_c", "definition of y_hat"),
        *last,
        where=where,
    )


OBJECTIVE = (
    r"\frac{1}{T}\sum_{t=1}^T\sum_{l=1}^C\left(-u_{o_{t,l}}^T v_{c_t}+"
    r"\log\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})\right)"
)
WINDOW = r"\frac{1}{T}\sum_{t=1}^T\sum_{l=1}^C"
EXP, EXPS = r"\exp(u_{w'}^T v_{c_t})", r"\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})"


def corpus_centre() -> Derivation:
    """The corpus objective by v_w: every position whose word is w."""
    d = r"\frac{\partial}{\partial v_w}"
    here = r"1[c_t=w]"
    return derive(
        cs224n_corpus(),
        "CS224n: the corpus objective by a centre vector",
        r"\frac{\partial J}{\partial v_w}",
        (rf"{d}\left({OBJECTIVE}\right)", "definition of J"),
        (
            rf"{WINDOW}\left(-{here}\cdot u_{{o_{{t,l}}}}+{d}\log{EXPS}\right)",
            "linearity, delta, Kronecker collapse",
        ),
        (
            rf"{WINDOW}\left(-{here}\cdot u_{{o_{{t,l}}}}+\frac{{"
            rf"\sum_{{w'=1}}^V{EXP}\cdot{here}\cdot u_{{w'}}}}{{{EXPS}}}\right)",
            "d log, d exp, linearity, delta, Kronecker collapse",
        ),
        (
            rf"{WINDOW}{here}\cdot\left(\sum_{{w'=1}}^V\hat{{y}}_{{t,w'}}u_{{w'}}-u_{{o_{{t,l}}}}\right)",
            "definition of y_hat",
        ),
    )


def corpus_outside() -> Derivation:
    """The corpus objective by u_w: (y_hat - 1) v_c where w = o, y_hat v_c where w != o."""
    d = r"\frac{\partial}{\partial u_w}"
    here = r"1[o_{t,l}=w]"
    return derive(
        cs224n_corpus(),
        "CS224n: the corpus objective by an outside vector",
        r"\frac{\partial J}{\partial u_w}",
        (rf"{d}\left({OBJECTIVE}\right)", "definition of J"),
        (
            rf"{WINDOW}\left(-{here}\cdot v_{{c_t}}+{d}\log{EXPS}\right)",
            "linearity, delta, Kronecker collapse",
        ),
        (
            rf"{WINDOW}\left(-{here}\cdot v_{{c_t}}+\frac{{\exp(u_w^T v_{{c_t}})}}{{{EXPS}}}v_{{c_t}}\right)",
            "d log, d exp, linearity, delta, Kronecker collapse",
        ),
        (rf"{WINDOW}\left(\hat{{y}}_{{t,w}}-{here}\right)v_{{c_t}}", "definition of y_hat"),
        (
            rf"{WINDOW}\left({here}\cdot(\hat{{y}}_{{t,w}}-1)v_{{c_t}}+(1-{here})\cdot\hat{{y}}_{{t,w}}v_{{c_t}}\right)",
            "algebra",
        ),
    )


NOISE = r"\sum_{i'=1}^k\log\sigma(-c_{neg_{i'}}^T w)"
LOSS = r"\left(-\log\sigma(c_{pos}^T w)-\sum_{i'=1}^k\log\sigma(-c_{neg_{i'}}^T w)\right)"


def positive_word() -> Derivation:
    """dL/dc_pos = (sigma(c_pos . w) - 1) w."""
    d = r"\frac{\partial}{\partial c_{pos}}"
    return derive(
        named("slp3/sgns"),
        "Jurafsky and Martin: the gradient of the positive context word",
        r"\frac{\partial L_{CE}}{\partial c_{pos}}",
        (rf"{d}{LOSS}", "definition of L_CE"),
        (rf"-{d}\log\sigma(c_{{pos}}^T w)", "linearity"),
        (rf"-\frac{{1}}{{\sigma(c_{{pos}}^T w)}}{d}\sigma(c_{{pos}}^T w)", "d log"),
        (rf"-(1-\sigma(c_{{pos}}^T w)){d}(c_{{pos}}^T w)", "d sigma"),
        (r"(\sigma(c_{pos}^T w)-1)w", "linearity, delta, Kronecker collapse"),
    )


def noise_word() -> Derivation:
    """dL/dc_neg = sigma(c_neg . w) w."""
    d = r"\frac{\partial}{\partial c_{neg_i}}"
    inside = r"\sigma(-c_{neg_{i'}}^T w)"
    return derive(
        named("slp3/sgns"),
        "Jurafsky and Martin: the gradient of a noise word",
        r"\frac{\partial L_{CE}}{\partial c_{neg_i}}",
        (rf"{d}{LOSS}", "definition of L_CE"),
        (rf"-\sum_{{i'=1}}^k{d}\log{inside}", "linearity"),
        (rf"-\sum_{{i'=1}}^k(1-{inside}){d}(-c_{{neg_{{i'}}}}^T w)", "d log, d sigma"),
        (r"(1-\sigma(-c_{neg_i}^T w))w", "linearity, delta, Kronecker collapse"),
        (r"\sigma(c_{neg_i}^T w)w", "sigma(-x) = 1 - sigma(x)"),
    )


def target_word() -> Derivation:
    """dL/dw = (sigma(c_pos . w) - 1) c_pos + sum_k sigma(c_neg_k . w) c_neg_k."""
    d = r"\frac{\partial}{\partial w}"
    inside = r"\sigma(-c_{neg_i}^T w)"
    return derive(
        named("slp3/sgns"),
        "Jurafsky and Martin: the gradient of the target word",
        r"\frac{\partial L_{CE}}{\partial w}",
        (rf"{d}{LOSS}", "definition of L_CE"),
        (rf"-{d}\log\sigma(c_{{pos}}^T w)-\sum_{{i=1}}^k{d}\log{inside}", "linearity"),
        (
            rf"-(1-\sigma(c_{{pos}}^T w)){d}(c_{{pos}}^T w)-\sum_{{i=1}}^k(1-{inside}){d}(-c_{{neg_i}}^T w)",
            "d log, d sigma",
        ),
        (
            rf"(\sigma(c_{{pos}}^T w)-1)c_{{pos}}+\sum_{{i=1}}^k(1-{inside})c_{{neg_i}}",
            "linearity, delta, Kronecker collapse",
        ),
        (
            r"(\sigma(c_{pos}^T w)-1)c_{pos}+\sum_{i=1}^k\sigma(c_{neg_i}^T w)c_{neg_i}",
            "sigma(-x) = 1 - sigma(x)",
        ),
    )


DRAWN = r"\sum_{k=1}^K"


def negative_centre() -> Derivation:
    """CS224n, negative sampling: dJ/dv_c."""
    d = r"\frac{\partial}{\partial v_c}"
    return derive(
        named("cs224n/negative"),
        "CS224n: the gradient of the centre vector, negative sampling",
        r"\frac{\partial J}{\partial v_c}",
        (rf"{d}\left(-\log\sigma(u_o^T v_c)-{DRAWN}\log\sigma(-u_{{w_k}}^T v_c)\right)", "definition of J"),
        (rf"-{d}\log\sigma(u_o^T v_c)-{DRAWN}{d}\log\sigma(-u_{{w_k}}^T v_c)", "linearity"),
        (
            rf"-(1-\sigma(u_o^T v_c)){d}(u_o^T v_c)-{DRAWN}(1-\sigma(-u_{{w_k}}^T v_c)){d}(-u_{{w_k}}^T v_c)",
            "d log, d sigma",
        ),
        (
            rf"(\sigma(u_o^T v_c)-1)u_o+{DRAWN}(1-\sigma(-u_{{w_k}}^T v_c))u_{{w_k}}",
            "linearity, delta, Kronecker collapse",
        ),
        (rf"(\sigma(u_o^T v_c)-1)u_o+{DRAWN}\sigma(u_{{w_k}}^T v_c)u_{{w_k}}", "sigma(-x) = 1 - sigma(x)"),
    )


def negative_outside() -> Derivation:
    """CS224n, negative sampling: dJ/du_x of any word x, as often as it was drawn."""
    d = r"\frac{\partial}{\partial u_x}"
    return derive(
        named("cs224n/negative"),
        "CS224n: the gradient of an outside vector, negative sampling",
        r"\frac{\partial J}{\partial u_x}",
        (rf"{d}\left(-\log\sigma(u_o^T v_c)-{DRAWN}\log\sigma(-u_{{w_k}}^T v_c)\right)", "definition of J"),
        (
            rf"-(1-\sigma(u_o^T v_c)){d}(u_o^T v_c)-{DRAWN}(1-\sigma(-u_{{w_k}}^T v_c)){d}(-u_{{w_k}}^T v_c)",
            "linearity, d log, d sigma",
        ),
        (
            rf"(\sigma(u_o^T v_c)-1)\cdot 1[o=x]\cdot v_c+{DRAWN}(1-"
            rf"\sigma(-u_{{w_k}}^T v_c))\cdot 1[w_k=x]\cdot v_c",
            "linearity, delta, Kronecker collapse",
        ),
        (
            rf"(\sigma(u_o^T v_c)-1)\cdot 1[o=x]\cdot v_c+{DRAWN}"
            rf"\sigma(u_{{w_k}}^T v_c)\cdot 1[w_k=x]\cdot v_c",
            "sigma(-x) = 1 - sigma(x)",
        ),
    )

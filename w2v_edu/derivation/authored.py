"""The authored derivations: the paper's gradients, the functions behind them, two courses' homework."""

from collections.abc import Callable

from w2v_edu.derivation import authored_courses as courses
from w2v_edu.derivation import authored_sigmoid as sigmoid
from w2v_edu.derivation import authored_softmax as softmax
from w2v_edu.derivation.derivation import Derivation, derive
from w2v_edu.symbolic.settings import named, setting

__all__ = ["AUTHORED", "sigma_prime", "softmax_prime"]

EXPS = r"\sum_{j'=1}^V\exp(u_{j'})"


def sigma_prime() -> Derivation:
    """(69): sigma' = sigma (1 - sigma)."""
    return derive(
        named("appendix/logistic"),
        "The derivative of the logistic function",
        r"\frac{d\sigma(u)}{du}",
        (r"\frac{\partial}{\partial u}\frac{1}{1+e^{-u}}", "logistic"),
        (r"-\frac{1}{(1+e^{-u})^2}\cdot\frac{\partial}{\partial u}e^{-u}", "power rule"),
        (r"\frac{e^{-u}}{(1+e^{-u})^2}", "d exp, linearity, delta"),
        (r"\frac{1}{1+e^{-u}}\cdot\left(1-\frac{1}{1+e^{-u}}\right)", "algebra"),
        (r"\sigma(u)(1-\sigma(u))", "logistic"),
        (r"\sigma(u)\sigma(-u)", "sigma(-x) = 1 - sigma(x)"),
    )


def softmax_prime() -> Derivation:
    """dy_j/du_k = y_j ([j = k] - y_k)."""
    d = r"\frac{\partial}{\partial u_k}"
    return derive(
        setting("one-word", "softmax"),
        "The derivative of the softmax",
        r"\frac{\partial y_j}{\partial u_k}",
        (rf"{d}\frac{{\exp(u_j)}}{{{EXPS}}}", "definition of y"),
        (
            rf"\frac{{{d}\exp(u_j)}}{{{EXPS}}}-\frac{{\exp(u_j)\cdot{d}{EXPS}}}{{({EXPS})^2}}",
            "product rule, power rule",
        ),
        (
            rf"\frac{{\exp(u_j)\cdot 1[j=k]}}{{{EXPS}}}-\frac{{\exp(u_j)\exp(u_k)}}{{({EXPS})^2}}",
            "linearity, d exp, delta, Kronecker collapse",
        ),
        (r"y_j\cdot 1[j=k]-y_j y_k", "definition of y"),
        (r"y_j(1[j=k]-y_k)", "algebra"),
    )


SIDES = ("one-word", "cbow", "skip-gram")
AUTHORED: dict[str, Callable[[], Derivation]] = {
    "sigma'": sigma_prime,
    "softmax'": softmax_prime,
    "one-word/softmax/dE_du": lambda: softmax.error("one-word"),
    "cbow/softmax/dE_du": lambda: softmax.error("cbow"),
    "skip-gram/softmax/dE_du": softmax.error_of_a_panel,
    **{f"{side}/softmax/dE_dW_out": lambda side=side: softmax.output_weights(side) for side in SIDES},  # type: ignore[misc]
    **{f"{side}/softmax/EH": lambda side=side: softmax.hidden(side) for side in SIDES},  # type: ignore[misc]
    **{f"{side}/softmax/dE_dW": lambda side=side: softmax.input_weights(side) for side in SIDES},  # type: ignore[misc]
    "hierarchical/dE_du": sigmoid.node_error,
    "hierarchical/dE_dv": sigmoid.node_vector,
    "hierarchical/EH": sigmoid.hidden_of_path,
    "negative/dE_du": lambda: sigmoid.word_error("negative"),
    "negative/dE_dv": lambda: sigmoid.vector_of_a_word_asked("negative"),
    "negative/EH": lambda: sigmoid.hidden_of_words_asked("negative"),
    "nce/dE_dz": lambda: sigmoid.word_error("nce"),
    "nce/dE_du": lambda: sigmoid.error_by_score("nce"),
    "nce/dE_dv": lambda: sigmoid.vector_of_a_word_asked("nce"),
    "nce/EH": lambda: sigmoid.hidden_of_words_asked("nce"),
    "cs224n/v_c": courses.centre_vector,
    "cs224n/u_w": courses.outside_vector,
    "cs224n/u_o": lambda: courses.outside_vector("="),
    "cs224n/u_w not o": lambda: courses.outside_vector("!="),
    "cs224n/corpus v_c": courses.corpus_centre,
    "cs224n/corpus u_w": courses.corpus_outside,
    "cs224n/negative v_c": courses.negative_centre,
    "cs224n/negative u_x": courses.negative_outside,
    "slp3/c_pos": courses.positive_word,
    "slp3/c_neg": courses.noise_word,
    "slp3/w": courses.target_word,
}
"""Name -> a function that makes the derivation (settings are read when it is called)."""

"""The paper's Appendix A, which has letters of its own: K inputs, N hidden units, M outputs. And the
bracket of (38).
"""

from w2v_edu.symbolic.setting import Setting

from .build import Builder, span

__all__ = ["bracket", "layers", "logistic", "perceptron"]

INPUT, HIDDEN, OUTPUT = span("input", "K"), span("hidden", "N"), span("output", "M")


def _unit(name: str, title: str) -> Builder:
    b = Builder(f"appendix/{name}", title, "K", {"i": INPUT})
    b.given("eta", values="positive", what="learning rate").given("x", "i", what="inputs").given(
        "t", what="label"
    )
    b.given("w", "i", what="weights")
    b.spell(
        "\\eta = eta[]",
        "x_i = x[i]",
        "x = x[i] for i",
        "w_i = w[i]",
        "w = w[i] for i",
        "t = t[]",
        "u = u[]",
        "y = y[]",
    )
    b.define("u", "", r"u := \sum_{i=1}^K w_i x_i", "net input, (63)")
    return b


def perceptron() -> Setting:
    """(62) to (66): a unit that steps."""
    b = _unit("perceptron", "a perceptron").spell("f = f[]").phrase(("f(u)", "f"))
    b.define("f", "", r"f := \begin{cases}1&\text{if }u>0\\0&\text{otherwise}\end{cases}", "unit step, (65)")
    b.define("y", "", "y := f", "output, (62)")
    return b.descends(None, "w")


def logistic() -> Setting:
    """(67) to (73): a unit with the logistic function and squared error."""
    b = _unit("logistic", "a logistic unit").spell("E = E[]")
    b.define("y", "", r"y := \sigma(u)", "output, (67)")
    b.define("E", "", r"E := \frac{1}{2}(t-y)^2", "squared error, (70)")
    return b.descends("E", "w")


def layers() -> Setting:
    """(74) to (85): a network with one hidden layer."""
    b = Builder(
        "appendix/layers", "a network with a hidden layer", "K N M", {"k": INPUT, "i": HIDDEN, "j": OUTPUT}
    )
    b.given("eta", values="positive", what="learning rate").given("x", "k", what="inputs").given(
        "t", "j", what="labels"
    )
    b.given("W", "k i", what="weights into the hidden layer").given(
        "W_out", "j i", what="weights into the output layer"
    )
    b.spell(
        "\\eta = eta[]",
        "x_k = x[k]",
        "x = x[k] for k",
        "t_j = t[j]",
        "t = t[j] for j",
        "w_{ki} = W[k,i]",
        "W = W[k,i] for k i",
    )
    b.spell(
        "w'_{ij} = W_out[j,i]",
        "W' = W_out[j,i] for i j",
        "u_i = u[i]",
        "u = u[i] for i",
        "h_i = h[i]",
        "h = h[i] for i",
    )
    b.spell(
        "u'_j = u_out[j]",
        "u' = u_out[j] for j",
        "y_j = y[j]",
        "y = y[j] for j",
        "E = E[]",
        "EI'_j = EI_out[j]",
        "EI_i = EI[i]",
    )
    b.define("u", "i", r"u_i := \sum_{k=1}^K w_{ki} x_k", "net input, (74)")
    b.define("h", "i", r"h_i := \sigma(u_i)", "hidden layer, (74)")
    b.define("u_out", "j", r"u'_j := \sum_{i=1}^N w'_{ij} h_i", "net input, (75)")
    b.define("y", "j", r"y_j := \sigma(u'_j)", "output, (75)")
    b.define("E", "", r"E := \frac{1}{2}\sum_{j=1}^M (y_j - t_j)^2", "squared error, (76)")
    b.define("EI_out", "j", r"\mathrm{EI}'_j := (y_j - t_j)\cdot y_j(1-y_j)", "dE/du', (78)")
    b.define(
        "EI", "i", r"\mathrm{EI}_i := \sum_{j=1}^M \mathrm{EI}'_j\cdot w'_{ij}\cdot h_i(1-h_i)", "dE/du, (83)"
    )
    b.phrase((r"E(\mathbf{x},\mathbf{t},\mathbf{W},\mathbf{W}')", "E"))
    return b.descends("E", "W", "W_out")


def bracket() -> Setting:
    """(38): what [[x]] is for a statement x that is true or not."""
    b = Builder("rong/bracket", "the bracket [[x]]", "", {})
    b.given("x", what="1 if the statement is true, else 0").spell("x = x[]")
    return b.descends(None)

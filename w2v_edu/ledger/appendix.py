"""Appendix A, (62) to (85): a perceptron, a logistic unit, a network with one hidden layer."""

from .equation import Equation

__all__ = ["ROWS"]

STEP, UNIT, NET = ("appendix/perceptron",), ("appendix/logistic",), ("appendix/layers",)
BOTH = (*STEP, *UNIT)
LEFT_UPDATE = r"{w'_{ij}}^{(new)}"

ROWS = (
    Equation("62", r"y=f(u)", "the output of one unit", STEP, "y", "defined", "A.1", "61"),
    Equation(
        "63",
        r"u=\sum_{i=1}^K w_ix_i",
        "its net input",
        BOTH,
        "u",
        "defined",
        "A.1",
        "62",
        note="The print starts at i = 0; the inputs are x_1 to x_K and the bias is ignored in the next "
        'sentence. "New input" in the '
        'text is "net input".',
        printed=r"u=\sum_{i=0}^K w_ix_i",
    ),
    Equation(
        "64", r"u=\mathbf{w}^T\mathbf{x}", "the same with vectors", BOTH, "u", section="A.1", july2016="63"
    ),
    Equation(
        "65",
        r"f(u)=\begin{cases}1&\text{if }u>0\\0&\text{otherwise}\end{cases}",
        "the unit step function of the perceptron",
        STEP,
        "y",
        "defined",
        "A.1",
        "64",
    ),
    Equation(
        "66",
        r"\mathbf{w}^{(new)}=\mathbf{w}^{(old)}-\eta\cdot(y-t)\cdot\mathbf{x}",
        "the update of the perceptron",
        STEP,
        "w_new i",
        "defined",
        "A.1",
        "65",
        note="A rule, not a gradient: the step function has none.",
    ),
    Equation(
        "67", r"\sigma(u)=\frac1{1+e^{-u}}", "the logistic function", UNIT, "y", section="A.1", july2016="66"
    ),
    Equation(
        "68", r"\sigma(-u)=1-\sigma(u)", "its symmetry", UNIT, "one_minus_y", section="A.1", july2016="67"
    ),
    Equation(
        "69",
        r"\frac{d\sigma(u)}{du}=\sigma(u)\sigma(-u)",
        "its derivative",
        UNIT,
        "dy_du",
        section="A.1",
        july2016="68",
    ),
    Equation("70", r"E=\frac12(t-y)^2", "the squared error", UNIT, "E", "defined", "A.1", "69"),
    Equation(
        "71",
        r"\frac{\partial E}{\partial w_i}"
        r"=\frac{\partial E}{\partial y}\cdot\frac{\partial y}{\partial u}"
        r"\cdot\frac{\partial u}{\partial w_i}",
        "the chain rule back to a weight",
        UNIT,
        "d_w i",
        section="A.1",
        july2016="70",
    ),
    Equation(
        "72",
        r"=(y-t)\cdot y(1-y)\cdot x_i",
        "its three factors",
        UNIT,
        "d_w i",
        section="A.1",
        july2016="71",
        left=r"\frac{\partial E}{\partial w_i}",
    ),
    Equation(
        "73",
        r"\mathbf{w}^{(new)}=\mathbf{w}^{(old)}-\eta\cdot(y-t)\cdot y(1-y)\cdot\mathbf{x}",
        "the update of the logistic unit",
        UNIT,
        "w_new i",
        section="A.1",
        july2016="72",
    ),
    Equation(
        "74",
        r"h_i=\sigma(u_i)=\sigma\left(\sum_{k=1}^K w_{ki}x_k\right)",
        "a hidden unit",
        NET,
        "h i",
        section="A.2",
        july2016="73",
        note="The appendix uses K for the number of inputs, and EI with another meaning than (31).",
    ),
    Equation(
        "75",
        r"y_j=\sigma(u'_j)=\sigma\left(\sum_{i=1}^N w'_{ij}h_i\right)",
        "an output unit",
        NET,
        "y j",
        section="A.2",
        july2016="74",
    ),
    Equation(
        "76",
        r"E(\mathbf{x},\mathbf{t},\mathbf{W},\mathbf{W}')=\frac12\sum_{j=1}^M(y_j-t_j)^2",
        "the squared error of the network",
        NET,
        "E",
        "defined",
        "A.2",
        "75",
    ),
    Equation(
        "77",
        r"\frac{\partial E}{\partial y_j}=y_j-t_j",
        "output layer, step 1",
        NET,
        "dE_dy j",
        section="A.2",
        july2016="76",
    ),
    Equation(
        "78",
        r"\frac{\partial E}{\partial u'_j}"
        r"=\frac{\partial E}{\partial y_j}\cdot\frac{\partial y_j}{\partial u'_j}"
        r"=(y_j-t_j)\cdot y_j(1-y_j):=\mathrm{EI}'_j",
        "output layer, step 2",
        NET,
        "EI_out j",
        section="A.2",
        july2016="77",
        note="Not for the softmax model of Section 1, where the error is y_j - t_j alone: a classic trap.",
    ),
    Equation(
        "79",
        r"\frac{\partial E}{\partial w'_{ij}}"
        r"=\frac{\partial E}{\partial u'_j}\cdot\frac{\partial u'_j}{\partial w'_{ij}}"
        r"=\mathrm{EI}'_j\cdot h_i",
        "output layer, step 3",
        NET,
        "dW_out j i",
        section="A.2",
        july2016="78",
    ),
    Equation(
        "80",
        r"{w'_{ij}}^{(new)}={w'_{ij}}^{(old)}-\eta\cdot\frac{\partial E}{\partial w'_{ij}}",
        "the update of an output weight",
        NET,
        "W_out_new j i",
        section="A.2",
        july2016="79",
    ),
    Equation(
        "81",
        r"={w'_{ij}}^{(old)}-\eta\cdot\mathrm{EI}'_j\cdot h_i",
        "the same with (79) put in",
        NET,
        "W_out_new j i",
        section="A.2",
        july2016="80",
        left=LEFT_UPDATE,
    ),
    Equation(
        "82",
        r"\frac{\partial E}{\partial h_i}"
        r"=\sum_{j=1}^M\frac{\partial E}{\partial u'_j}\frac{\partial u'_j}{\partial h_i}"
        r"=\sum_{j=1}^M\mathrm{EI}'_j\cdot w'_{ij}",
        "hidden layer, step 1",
        NET,
        "dE_dh i",
        section="A.2",
        july2016="81",
    ),
    Equation(
        "83",
        r"\frac{\partial E}{\partial u_i}"
        r"=\frac{\partial E}{\partial h_i}\cdot\frac{\partial h_i}{\partial u_i}"
        r"=\sum_{j=1}^M\mathrm{EI}'_j\cdot w'_{ij}\cdot h_i(1-h_i):=\mathrm{EI}_i",
        "hidden layer, step 2",
        NET,
        "EI i",
        section="A.2",
        july2016="82",
        note="EI_i here is not the EI_j of (31).",
    ),
    Equation(
        "84",
        r"\frac{\partial E}{\partial w_{ki}}"
        r"=\frac{\partial E}{\partial u_i}\cdot\frac{\partial u_i}{\partial w_{ki}}=\mathrm{EI}_i\cdot x_k",
        "hidden layer, step 3",
        NET,
        "dW k i",
        section="A.2",
        july2016="83",
    ),
    Equation(
        "85",
        r"w_{ki}^{(new)}=w_{ki}^{(old)}-\eta\cdot\mathrm{EI}_i\cdot x_k",
        "the update of a hidden weight",
        NET,
        "W_new k i",
        section="A.2",
        july2016="84",
    ),
)

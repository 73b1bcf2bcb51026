"""Section 1.1, (1) to (16): the one-word context, with full softmax."""

from .equation import Equation
from .models import COPIES, INPUTS, ONE_WORD, SOFTMAX_ONE

__all__ = ["ROWS"]

OUTPUT = {"hierarchical": "49", "negative": "57", "nce": "nce-4", "skip-gram/softmax": "30"}
GRADIENT = {"hierarchical": "50", "negative": "58", "nce": "nce-5", "skip-gram/softmax": "32"}
UPDATE = {"hierarchical": "51", "negative": "59", "nce": "nce-6", "skip-gram/softmax": "34"}
LOSS = {"hierarchical": "46", "negative": "55", "nce": "nce-2", "skip-gram/softmax": "29"}
HIDDEN = {"hierarchical": "53", "negative": "61", "nce": "nce-7", "skip-gram/softmax": "36"}
SECTION = "1.1"

ROWS = (
    Equation(
        "1",
        r"\mathbf{h}=\mathbf{W}^T\mathbf{x}=\mathbf{W}^T_{(k,\cdot)}:"
        r"=\mathbf{v}^T_{w_I}\quad\text{where }x_k=1",
        "the hidden layer copies row k of W, the input vector of the word w_I",
        COPIES,
        "h i",
        section=SECTION,
        july2016="1",
        note="The transpose is inconsistent: row k of W is v_{w_I}^T, so h = v_{w_I}, as (4) uses it. "
        "The text above it puts W "
        "between input and output layer; hidden layer is meant. The condition x_k = 1 stands in the "
        'text ("assuming x_k = 1").',
        printed=r"\mathbf{h}=\mathbf{W}^T\mathbf{x}=\mathbf{W}^T_{(k,\cdot)}:=\mathbf{v}^T_{w_I}",
        instead={"cbow": "17"},
    ),
    Equation(
        "2",
        r"u_j={\mathbf{v}'_{w_j}}^T\mathbf{h}",
        "the score (net input) of output unit j",
        (
            "one-word/softmax",
            "cbow/softmax",
            "one-word/negative",
            "cbow/negative",
            "one-word/nce",
            "cbow/nce",
        ),
        "u j",
        "defined",
        SECTION,
        "2",
        instead={"hierarchical": "45", "skip-gram/softmax": "26"},
    ),
    Equation(
        "3",
        r"p(w_j\mid w_I)=y_j=\frac{\exp(u_j)}{\sum_{j'=1}^V\exp(u_{j'})}",
        "the posterior: softmax over all scores",
        SOFTMAX_ONE,
        "y j",
        section=SECTION,
        july2016="3",
        instead={"hierarchical": "39", "skip-gram/softmax": "25"},
    ),
    Equation(
        "4",
        r"p(w_j\mid w_I)=\frac{\exp({\mathbf{v}'_{w_j}}^T\mathbf{v}_{w_I})}{"
        r"\sum_{j'=1}^V\exp({\mathbf{v}'_{w_{j'}}}^T\mathbf{v}_{w_I})}",
        "(3) with (1) and (2) put in",
        ONE_WORD,
        "y j",
        section=SECTION,
        july2016="4",
        instead={"cbow": "3", "hierarchical": "37", "skip-gram/softmax": "25"},
    ),
    Equation(
        "5",
        r"\max p(w_O\mid w_I)=\max y_{j^*}",
        "the objective for one sample: make the target word probable",
        ONE_WORD,
        "",
        "said",
        SECTION,
        "5",
        note="July 2016 prints \\log p(w_O \\mid w_I) = \\log y_{j^*}.",
    ),
    Equation(
        "6",
        r"=\max\log y_{j^*}",
        "take the logarithm",
        ONE_WORD,
        "",
        "said",
        SECTION,
        "",
        left=r"\max p(w_O\mid w_I)",
        note="The values are not equal; the place of the maximum is. The row is gone in July 2016.",
    ),
    Equation(
        "7",
        r"=u_{j^*}-\log\sum_{j'=1}^V\exp(u_{j'}):=-E",
        "defines the loss E = -log p(w_O | w_I), to be minimised",
        SOFTMAX_ONE,
        "minus_E",
        section=SECTION,
        july2016="6",
        left=r"\log p(w_O\mid w_I)",
        note="The word max is missing on this line; it continues log y_{j*}.",
        instead=LOSS,
    ),
    Equation(
        "8",
        r"\frac{\partial E}{\partial u_j}=y_j-t_j:=e_j",
        "the prediction error of output unit j; t_j = 1 where j = j*, else 0",
        SOFTMAX_ONE,
        "e j",
        section=SECTION,
        july2016="7",
        instead=OUTPUT,
    ),
    Equation(
        "9",
        r"\frac{\partial E}{\partial w'_{ij}}"
        r"=\frac{\partial E}{\partial u_j}\cdot\frac{\partial u_j}{\partial w'_{ij}}=e_j\cdot h_i",
        "the gradient of the output weights: error times hidden layer",
        SOFTMAX_ONE,
        "dW_out j i",
        section=SECTION,
        july2016="8",
        instead=GRADIENT,
    ),
    Equation(
        "10",
        r"{w'_{ij}}^{(new)}={w'_{ij}}^{(old)}-\eta\cdot e_j\cdot h_i",
        "the update of an output weight",
        SOFTMAX_ONE,
        "W_out_new j i",
        section=SECTION,
        july2016="9",
        instead=UPDATE,
    ),
    Equation(
        "11",
        r"{\mathbf{v}'_{w_j}}^{(new)}={\mathbf{v}'_{w_j}}^{(old)}-\eta\cdot e_j"
        r"\cdot\mathbf{h}\quad j=1,\dots,V",
        "the same for output vectors: all V of them move",
        SOFTMAX_ONE,
        "W_out_new j i",
        section=SECTION,
        july2016="10",
        instead={**UPDATE, "cbow/softmax": "22"},
    ),
    Equation(
        "12",
        r"\frac{\partial E}{\partial h_i}"
        r"=\sum_{j=1}^V\frac{\partial E}{\partial u_j}\cdot\frac{\partial u_j}{\partial h_i}"
        r"=\sum_{j=1}^V e_j\cdot w'_{ij}:=\mathrm{EH}_i",
        "EH: the sum of all output vectors, weighted by their errors",
        SOFTMAX_ONE,
        "EH i",
        section=SECTION,
        july2016="11",
        note="W' is the old one, before the update (10); the paper does not say so.",
        instead=HIDDEN,
    ),
    Equation(
        "13",
        r"h_i=\sum_{k=1}^V x_k\cdot w_{ki}",
        "(1) entry by entry",
        INPUTS,
        "h i",
        section=SECTION,
        july2016="12",
    ),
    Equation(
        "14",
        r"\frac{\partial E}{\partial w_{ki}}"
        r"=\frac{\partial E}{\partial h_i}\cdot\frac{\partial h_i}{\partial w_{ki}}=\mathrm{EH}_i\cdot x_k",
        "the gradient of the input weights",
        INPUTS,
        "dW k i",
        section=SECTION,
        july2016="13",
    ),
    Equation(
        "15",
        r"\frac{\partial E}{\partial\mathbf{W}}=\mathbf{x}\otimes\mathrm{EH}=\mathbf{x}\,\mathrm{EH}^T",
        "an outer product; only the row of the input word is not zero",
        INPUTS,
        "dW k i",
        section=SECTION,
        july2016="14",
    ),
    Equation(
        "16",
        r"\mathbf{v}_{w_I}^{(new)}=\mathbf{v}_{w_I}^{(old)}-\eta\,\mathrm{EH}^T",
        "the update of the input vector",
        COPIES,
        "v_new i",
        section=SECTION,
        july2016="15",
        note="^T is right only if v_{w_I} is read as a row; for a column it goes.",
        instead={"cbow": "23"},
    ),
)

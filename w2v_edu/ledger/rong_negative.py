"""Section 3.2, (55) to (61): negative sampling."""

from .equation import Equation
from .models import NEGATIVE

__all__ = ["ROWS"]

SECTION = "3.2"
OUTPUT = {"softmax": "8", "hierarchical": "49", "nce": "nce-4", "skip-gram/softmax": "30"}
GRADIENT = {"softmax": "9", "hierarchical": "50", "nce": "nce-5", "skip-gram/softmax": "32"}
UPDATE = {"softmax": "11", "hierarchical": "51", "nce": "nce-6", "skip-gram/softmax": "34"}
LOSS = {"softmax": "7", "hierarchical": "46", "nce": "nce-2", "skip-gram/softmax": "29"}
HIDDEN = {"softmax": "12", "hierarchical": "53", "nce": "nce-7", "skip-gram/softmax": "36"}
DE_DU = r"\frac{\partial E}{\partial{\mathbf{v}'_{w_j}}^T\mathbf{h}}"
ASKED = r"\sum_{w_j\in\{w_O\}\cup\mathcal{W}_{neg}}"
REPEATS = "Where a word is asked more than once, its vector gets the errors of all its occurrences."

ROWS = (
    Equation(
        "55",
        r"E=-\log\sigma({\mathbf{v}'_{w_O}}^T\mathbf{h})"
        r"-\sum_{w_j\in\mathcal{W}_{neg}}\log\sigma(-{\mathbf{v}'_{w_j}}^T\mathbf{h})",
        "the loss: the target word is data, the K noise words are not",
        NEGATIVE,
        "E",
        section=SECTION,
        july2016="54",
        note="W_neg is called a set; drawn with replacement it is a multiset, and repeated words count "
        "as often as they occur.",
        panel=True,
        instead=LOSS,
    ),
    Equation(
        "56",
        DE_DU + r"=\begin{cases}\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-1&\text{if }w_j=w_O\\"
        r"\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})&\text{if }w_j\in\mathcal{W}_{neg}\end{cases}",
        "the derivative by each score",
        NEGATIVE,
        "e j",
        section=SECTION,
        july2016="55",
        general=DE_DU + r"=\begin{cases}\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-1&\text{if }j=0\\"
        r"\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})&\text{if }1\leq j\end{cases}",
        note="One derivative for each occurrence. The cases overlap where w_O was drawn as noise: with m "
        "such draws the total is "
        "(1 + m) sigma - 1.",
        panel=True,
        instead=OUTPUT,
    ),
    Equation(
        "57",
        r"=\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-t_j",
        "the prediction error; t_j is the label of w_j: 1 for w_O, 0 for noise",
        NEGATIVE,
        "e j",
        section=SECTION,
        july2016="56",
        left=DE_DU,
        panel=True,
        instead=OUTPUT,
    ),
    Equation(
        "58",
        r"\frac{\partial E}{\partial\mathbf{v}'_{w_j}}="
        + DE_DU
        + r"\cdot\frac{\partial{\mathbf{v}'_{w_j}}^T\mathbf{h}}{\partial\mathbf{v}'_{w_j}}"
        r"=\left(\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-t_j\right)\mathbf{h}",
        "the gradient of an output vector that was asked",
        NEGATIVE,
        "dW_out_rows j i",
        section=SECTION,
        july2016="57",
        general=r"\frac{\partial E}{\partial\mathbf{v}'_{w_j}}=\sum_{j'=0}^K 1[w_{j'}=w_j]\cdot"
        r"\left(\sigma({\mathbf{v}'_{w_{j'}}}^T\mathbf{h})-t_{j'}\right)\mathbf{h}",
        note=REPEATS,
        panel=True,
        instead=GRADIENT,
    ),
    Equation(
        "59",
        r"{\mathbf{v}'_{w_j}}^{(new)}={\mathbf{v}'_{w_j}}^{(old)}"
        r"-\eta\left(\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-t_j\right)\mathbf{h}"
        r"\quad w_j\in\{w_O\}\cup\mathcal{W}_{neg}",
        "the update of the output vectors that were asked",
        NEGATIVE,
        "W_out_rows_new j i",
        section=SECTION,
        july2016="58",
        general=r"{\mathbf{v}'_{w_j}}^{(new)}={\mathbf{v}'_{w_j}}^{(old)}"
        r"-\eta\sum_{j'=0}^K 1[w_{j'}=w_j]\cdot"
        r"\left(\sigma({\mathbf{v}'_{w_{j'}}}^T\mathbf{h})-t_{j'}\right)\mathbf{h}"
        r"\quad w_j\in\{w_O\}\cup\mathcal{W}_{neg}",
        note=REPEATS + " Which words it is for stands in the text.",
        panel=True,
        instead=UPDATE,
    ),
    Equation(
        "60",
        r"\frac{\partial E}{\partial\mathbf{h}}="
        + ASKED
        + DE_DU
        + r"\cdot\frac{\partial{\mathbf{v}'_{w_j}}^T\mathbf{h}}{\partial\mathbf{h}}",
        "the chain rule back to the hidden layer",
        NEGATIVE,
        "EH i",
        section=SECTION,
        july2016="59",
        panel=True,
        instead=HIDDEN,
    ),
    Equation(
        "61",
        r"="
        + ASKED
        + r"\left(\sigma({\mathbf{v}'_{w_j}}^T\mathbf{h})-t_j\right)\mathbf{v}'_{w_j}:=\mathrm{EH}",
        "EH: the vectors that were asked, weighted by their errors",
        NEGATIVE,
        "EH i",
        section=SECTION,
        july2016="60",
        left=r"\frac{\partial E}{\partial\mathbf{h}}",
        panel=True,
        instead=HIDDEN,
    ),
)

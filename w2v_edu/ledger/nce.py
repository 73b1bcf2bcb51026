"""Noise-contrastive estimation, in Rong's symbols; numbered here nce-1, nce-2, ...

Gutmann and Hyvarinen, "Noise-contrastive estimation: a new estimation principle for unnormalized
statistical models" (AISTATS 2010); Mnih and Teh, "A fast and simple algorithm for training neural
probabilistic language models" (ICML 2012); the relation to negative sampling: Goldberg and Levy, "word2vec
Explained" (arXiv:1402.3722, 2014).
"""

from .equation import Equation
from .models import NCE

__all__ = ["ROWS", "SOURCE"]

SOURCE = "Gutmann and Hyvarinen 2010; Mnih and Teh 2012; Goldberg and Levy 2014 (arXiv:1402.3722)"
OUTPUT = {"softmax": "8", "hierarchical": "49", "negative": "57", "skip-gram/softmax": "30"}
GRADIENT = {"softmax": "9", "hierarchical": "50", "negative": "58", "skip-gram/softmax": "32"}
UPDATE = {"softmax": "11", "hierarchical": "51", "negative": "59", "skip-gram/softmax": "34"}
LOSS = {"softmax": "7", "hierarchical": "46", "negative": "55", "skip-gram/softmax": "29"}
HIDDEN = {"softmax": "12", "hierarchical": "53", "negative": "61", "skip-gram/softmax": "36"}
ASKED = r"\sum_{w_j\in\{w_O\}\cup\mathcal{W}_{neg}}"
MT, GH = "Mnih and Teh 2012", "Gutmann and Hyvarinen 2010"

ROWS = (
    Equation(
        "nce-1",
        r"z_j={\mathbf{v}'_{w_j}}^T\mathbf{h}-\log(Kq_{w_j})",
        "the score less the log of the expected number of noise draws: log odds of data against noise",
        NCE,
        "z j",
        "defined",
        GH,
        panel=True,
        document="nce",
    ),
    Equation(
        "nce-2",
        r"E=-\log\sigma({\mathbf{v}'_{w_O}}^T\mathbf{h}-\log(Kq_{w_O}))"
        r"-\sum_{w_j\in\mathcal{W}_{neg}}\log\sigma(-{\mathbf{v}'_{w_j}}^T\mathbf{h}+\log(Kq_{w_j}))",
        "the loss: tell the target word from K draws of noise",
        NCE,
        "E",
        section=MT,
        panel=True,
        instead=LOSS,
        document="nce",
    ),
    Equation(
        "nce-3",
        r"y_j=\frac{\exp({\mathbf{v}'_{w_j}}^T\mathbf{h})}{\exp({\mathbf{v}'_{w_j}}^T\mathbf{h})+Kq_{w_j}}=\sigma(z_j)",
        "the posterior that a word is data, if exp(u) is its probability",
        NCE,
        "y j",
        section=MT,
        panel=True,
        document="nce",
    ),
    Equation(
        "nce-4",
        r"\frac{\partial E}{\partial z_j}"
        r"=\frac{\partial E}{\partial{\mathbf{v}'_{w_j}}^T\mathbf{h}}=y_j-t_j:=e_j",
        "the prediction error of each word that was asked",
        NCE,
        "e j",
        section=MT,
        panel=True,
        instead=OUTPUT,
        document="nce",
    ),
    Equation(
        "nce-5",
        r"\frac{\partial E}{\partial\mathbf{v}'_{w_j}}=e_j\cdot\mathbf{h}",
        "the gradient of an output vector that was asked",
        NCE,
        "dW_out_rows j i",
        section=MT,
        panel=True,
        instead=GRADIENT,
        document="nce",
        general=r"\frac{\partial E}{\partial\mathbf{v}'_{w_j}}"
        r"=\sum_{j'=0}^K 1[w_{j'}=w_j]\cdot e_{j'}\cdot\mathbf{h}",
        note="Where a word is asked more than once, its vector gets the errors of all its occurrences.",
    ),
    Equation(
        "nce-6",
        r"{\mathbf{v}'_{w_j}}^{(new)}={\mathbf{v}'_{w_j}}^{(old)}-\eta\cdot e_j"
        r"\cdot\mathbf{h}\quad w_j\in\{w_O\}\cup\mathcal{W}_{neg}",
        "the update of the output vectors that were asked",
        NCE,
        "W_out_rows_new j i",
        section=MT,
        panel=True,
        instead=UPDATE,
        document="nce",
        general=r"{\mathbf{v}'_{w_j}}^{(new)}={\mathbf{v}'_{w_j}}^{(old)}-\eta"
        r"\cdot\sum_{j'=0}^K 1[w_{j'}=w_j]\cdot e_{j'}\cdot\mathbf{h}"
        r"\quad w_j\in\{w_O\}\cup\mathcal{W}_{neg}",
        note="As nce-5.",
    ),
    Equation(
        "nce-7",
        r"\frac{\partial E}{\partial\mathbf{h}}=" + ASKED + r"e_j\cdot\mathbf{v}'_{w_j}:=\mathrm{EH}",
        "EH: the vectors that were asked, weighted by their errors",
        NCE,
        "EH i",
        section=MT,
        panel=True,
        instead=HIDDEN,
        document="nce",
    ),
    Equation(
        "nce-8",
        r"E=-" + ASKED + r"\left(t_j\log\sigma(z_j)+(1-t_j)\log\sigma(-z_j)\right)",
        "the loss is the cross-entropy of 1 + K logistic regressions; with log(Kq) = 0 it is that of "
        "negative sampling",
        NCE,
        "E",
        section="Goldberg and Levy 2014",
        panel=True,
        instead={"negative": "55"},
        document="nce",
    ),
)

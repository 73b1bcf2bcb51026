"""Section 3.1, (37) to (54): hierarchical softmax."""

from .equation import Equation
from .models import HIERARCHICAL

__all__ = ["ROWS"]

SECTION = "3.1"
ONE = ("one-word/hierarchical", "cbow/hierarchical", "skip-gram/hierarchical")
OUTPUT = {"softmax": "8", "negative": "57", "nce": "nce-4", "skip-gram/softmax": "30"}
GRADIENT = {"softmax": "9", "negative": "58", "nce": "nce-5", "skip-gram/softmax": "32"}
UPDATE = {"softmax": "11", "negative": "59", "nce": "nce-6", "skip-gram/softmax": "34"}
LOSS = {"softmax": "7", "negative": "55", "nce": "nce-2", "skip-gram/softmax": "29"}
HIDDEN = {"softmax": "12", "negative": "61", "nce": "nce-7", "skip-gram/softmax": "36"}
DE_DU = r"\frac{\partial E}{\partial{\mathbf{v}'_j}^T\mathbf{h}}"

ROWS = (
    Equation(
        "37",
        r"p(w=w_O)=\prod_{j=1}^{L(w)-1}\sigma\left([\![n(w,j+1)"
        r"=\mathrm{ch}(n(w,j))]\!]\cdot{\mathbf{v}'_{n(w,j)}}^T\mathbf{h}\right)",
        "the probability of a word: the product of the turns on the way to its leaf",
        HIERARCHICAL,
        "p",
        section=SECTION,
        july2016="36",
        panel=True,
        instead={"softmax": "3"},
    ),
    Equation(
        "38",
        r"[\![x]\!]=\begin{cases}1&\text{if }x\text{ is true}\\-1&\text{otherwise}\end{cases}",
        "the double bracket: 1 or -1",
        ("bracket",),
        "sign",
        "defined",
        SECTION,
        "37",
    ),
    Equation(
        "39",
        r"p(n,\text{left})=\sigma({\mathbf{v}'_n}^T\cdot\mathbf{h})",
        "the probability of going left at inner unit n",
        HIERARCHICAL,
        "p_left n",
        "defined",
        SECTION,
        "38",
        panel=True,
        instead={"softmax": "3"},
    ),
    Equation(
        "40",
        r"p(n,\text{right})=1-\sigma({\mathbf{v}'_n}^T\cdot\mathbf{h})"
        r"=\sigma(-{\mathbf{v}'_n}^T\cdot\mathbf{h})",
        "the probability of going right",
        HIERARCHICAL,
        "p_right n",
        section=SECTION,
        july2016="39",
        panel=True,
    ),
    Equation(
        "41",
        r"p(w_2=w_O)=p(n(w_2,1),\text{left})\cdot p(n(w_2,2),\text{left})\cdot p(n(w_2,3),\text{right})",
        "the example of Figure 4: the way to w_2 turns left, left, right",
        ("figure-4",),
        "p_2",
        section=SECTION,
        july2016="40",
        note="Checked on a tree in which L(w_2) = 4 and the turns are those of the figure.",
    ),
    Equation(
        "42",
        r"=\sigma({\mathbf{v}'_{n(w_2,1)}}^T\mathbf{h})"
        r"\cdot\sigma({\mathbf{v}'_{n(w_2,2)}}^T\mathbf{h})"
        r"\cdot\sigma(-{\mathbf{v}'_{n(w_2,3)}}^T\mathbf{h})",
        "the same, written out",
        ("figure-4",),
        "p_2",
        section=SECTION,
        july2016="41",
        left="p(w_2=w_O)",
        note="As (41).",
    ),
    Equation(
        "43",
        r"\sum_{i=1}^V p(w_i=w_O)=1",
        "the probabilities of all words sum to one",
        HIERARCHICAL,
        "one",
        section=SECTION,
        july2016="42",
        panel=True,
        note='"It should not be hard to verify", says the paper; the proof is by induction from the leaves.',
    ),
    Equation(
        "44",
        r"[\![\cdot]\!]:=[\![n(w,j+1)=\mathrm{ch}(n(w,j))]\!]",
        "shorthand: 1 where the path turns left, -1 where it turns right",
        ONE,
        "signs j",
        "defined",
        SECTION,
        "43",
        panel=True,
    ),
    Equation(
        "45",
        r"\mathbf{v}'_j:=\mathbf{v}'_{n(w,j)}",
        "shorthand: the vector of the j-th inner unit on the path",
        ONE,
        "W_out_rows j i",
        "defined",
        SECTION,
        "44",
        note="The subscript is printed as n_{w,j}; n(w,j) is meant.",
        printed=r"\mathbf{v}'_j:=\mathbf{v}'_{n_{w,j}}",
        panel=True,
        instead={"one-word": "2", "cbow": "2", "skip-gram/softmax": "26"},
    ),
    Equation(
        "46",
        r"E=-\log p(w=w_O\mid w_I)=-\sum_{j=1}^{L(w)-1}\log\sigma([\![\cdot]\!]{\mathbf{v}'_j}^T\mathbf{h})",
        "the loss",
        ONE,
        "E",
        section=SECTION,
        july2016="45",
        panel=True,
        instead=LOSS,
    ),
    Equation(
        "47",
        DE_DU + r"=\left(\sigma([\![\cdot]\!]{\mathbf{v}'_j}^T\mathbf{h})-1\right)[\![\cdot]\!]",
        "the derivative by the score v'_j^T h",
        ONE,
        "e j",
        section=SECTION,
        july2016="46",
        note="The ^T is missing below the line here and in (50) and (52).",
        printed=r"\frac{\partial E}{\partial\mathbf{v}'_j\mathbf{h}}"
        r"=\left(\sigma([\![\cdot]\!]{\mathbf{v}'_j}^T\mathbf{h})-1\right)[\![\cdot]\!]",
        panel=True,
        instead=OUTPUT,
    ),
    Equation(
        "48",
        r"=\begin{cases}\sigma({\mathbf{v}'_j}^T\mathbf{h})-1&([\!["
        r"\cdot]\!]=1)\\\sigma({\mathbf{v}'_j}^T\mathbf{h})&([\![\cdot]\!]=-1)\end{cases}",
        "the same in two cases",
        ONE,
        "e j",
        section=SECTION,
        july2016="47",
        left=DE_DU,
        panel=True,
        instead=OUTPUT,
    ),
    Equation(
        "49",
        r"=\sigma({\mathbf{v}'_j}^T\mathbf{h})-t_j",
        "the prediction error of the inner unit; t_j = 1 where the path turns left, else 0",
        ONE,
        "e j",
        section=SECTION,
        july2016="48",
        left=DE_DU,
        panel=True,
        instead=OUTPUT,
    ),
    Equation(
        "50",
        r"\frac{\partial E}{\partial\mathbf{v}'_j}="
        + DE_DU
        + r"\cdot\frac{\partial{\mathbf{v}'_j}^T\mathbf{h}}{\partial\mathbf{v}'_j}"
        r"=\left(\sigma({\mathbf{v}'_j}^T\mathbf{h})-t_j\right)\cdot\mathbf{h}",
        "the gradient of the vector of an inner unit",
        ONE,
        "d_rows j i",
        section=SECTION,
        july2016="49",
        note="^T as (47).",
        printed=r"\frac{\partial E}{\partial\mathbf{v}'_j}"
        r"=\frac{\partial E}{\partial\mathbf{v}'_j\mathbf{h}}\cdot"
        r"\frac{\partial\mathbf{v}'_j\mathbf{h}}{\partial\mathbf{v}'_j}"
        r"=\left(\sigma({\mathbf{v}'_j}^T\mathbf{h})-t_j\right)\cdot\mathbf{h}",
        panel=True,
        instead=GRADIENT,
    ),
    Equation(
        "51",
        r"{\mathbf{v}'_j}^{(new)}={\mathbf{v}'_j}^{(old)}"
        r"-\eta\left(\sigma({\mathbf{v}'_j}^T\mathbf{h})-t_j\right)\cdot\mathbf{h}"
        r"\quad j=1,\dots,L(w)-1",
        "the update of the vectors on the path",
        ONE,
        "W_out_rows_new j i",
        section=SECTION,
        july2016="50",
        note="The range of j stands in the text.",
        panel=True,
        instead=UPDATE,
    ),
    Equation(
        "52",
        r"\frac{\partial E}{\partial\mathbf{h}}=\sum_{j=1}^{L(w)-1}"
        + DE_DU
        + r"\cdot\frac{\partial{\mathbf{v}'_j}^T\mathbf{h}}{\partial\mathbf{h}}",
        "the chain rule back to the hidden layer",
        ONE,
        "EH i",
        section=SECTION,
        july2016="51",
        note="^T as (47).",
        printed=r"\frac{\partial E}{\partial\mathbf{h}}"
        r"=\sum_{j=1}^{L(w)-1}\frac{\partial E}{\partial\mathbf{v}'_j\mathbf{h}}\cdot"
        r"\frac{\partial\mathbf{v}'_j\mathbf{h}}{\partial\mathbf{h}}",
        panel=True,
        instead=HIDDEN,
    ),
    Equation(
        "53",
        r"=\sum_{j=1}^{L(w)-1}\left(\sigma({\mathbf{v}'_j}^T\mathbf{h})-t_j\right)\cdot\mathbf{v}'_j",
        "EH: the vectors on the path, weighted by their errors",
        ONE,
        "EH i",
        section=SECTION,
        july2016="52",
        left=r"\frac{\partial E}{\partial\mathbf{h}}",
        panel=True,
        instead=HIDDEN,
    ),
    Equation(
        "54",
        r":=\mathrm{EH}",
        "it goes into (23) for CBOW, and, summed over the context words, into (35) for skip-gram",
        ONE,
        "EH i",
        section=SECTION,
        july2016="53",
        left=r"\frac{\partial E}{\partial\mathbf{h}}",
        panel=True,
        instead=HIDDEN,
    ),
)

"""Rong's twelve models: three input sides and four objectives, in his symbols."""

from w2v_edu.symbolic.meaning import Add, Entry, Index, Range, Size
from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.values import MINUS_ONE, number

from .build import Builder, span

__all__ = ["build"]

WORD, HIDDEN, PANEL = span("word", "V"), span("hidden", "N"), span("panel", "C")
ASKED, NOISE = span("asked", "K", 0), span("asked", "K")
LEAF_OR_INNER = span("node", Add((Size("V"), Size("V"), MINUS_ONE)))
INNER = Range("node", Add((Size("V"), number(1))), LEAF_OR_INNER.last)
TITLES = {
    "one-word": "one-word context", "cbow": "CBOW", "skip-gram": "skip-gram", "softmax": "softmax",
    "hierarchical": "hierarchical softmax", "negative": "negative sampling", "nce": "NCE",
}  # fmt: skip
HINTS = {
    "L": "the loss is E", "J": "the loss is E", "U": "the output matrix is \\mathbf{W}'",
    "hat y": "the prediction is y_j", "o": "the target word is w_O", "alpha": "the learning rate is \\eta",
    "z": "the score is u_j", "p": "write y_j, or p(w_j \\mid w_I)",
}  # fmt: skip


def length(word: Entry | Index) -> Entry:
    """L(w)."""
    return Entry("L", (word,))


def steps(word: Entry | Index) -> Range:
    """Positions 1..L(w)-1 on the path to a word."""
    return span("step", Add((length(word), MINUS_ONE)))


def build(input_side: str, objective: str, combine: str = "mean") -> Setting:
    """The setting of one model; ``combine="sum"`` is CBOW without 1/C."""
    panels = input_side == "skip-gram"
    letters = {"i": HIDDEN, "k": WORD}
    if input_side != "one-word":
        letters["c"] = PANEL
    if objective == "softmax":
        letters["j"] = WORD
    elif objective == "hierarchical":
        letters |= {"n": INNER, "j": steps(Entry("w_O", (Index("c", PANEL),) if panels else ()))}
    else:
        letters["j"] = ASKED
    sizes = (
        "V N"
        + (" C" if input_side != "one-word" else "")
        + (" K" if objective in ("negative", "nce") else "")
    )
    name = f"rong/{input_side}/{objective}" + ("/sum" if combine == "sum" else "")
    b = Builder(name, f"{TITLES[input_side]} with {TITLES[objective]}", sizes, letters).hints(**HINTS)
    input_of(b, input_side, combine, "n i" if objective == "hierarchical" else "k i")
    OBJECTIVES[objective](b, panels)
    return b.descends("E", "W", "W_out")


def input_of(b: Builder, input_side: str, combine: str, out_axes: str) -> None:
    """Parameters, input words, x and h."""
    b.given("eta", values="positive", what="learning rate").spell("\\eta = eta[]")
    b.given("W", "k i", what="input vectors: row k is v_{w_k}").given(
        "W_out", out_axes, what="output vectors, as rows"
    )
    b.spell("w_{ki} = W[k,i]", "v_k = W[k,i] for i", "W = W[k,i] for k i", "W_{ki} = W[k,i]", "w_k = k")
    if input_side == "cbow":
        b.given("context", "c", "word", "the context words").spell("w_{I,c} = context[c]", "w_c = context[c]")
        b.define("x_c", "c k", r"x_{c,k} := 1[k = w_{I,c}]", "one-hot input vectors")
        b.spell("x_{c,k} = x_c[c,k]", "x_c = x_c[c,k] for k")
        mean = r"\frac{1}{C}" if combine == "mean" else ""
        b.define("x", "k", rf"x_k := {mean}\sum_{{c=1}}^C x_{{c,k}}", "the input of the hidden layer")
        b.define("h", "i", rf"h_i := {mean}\sum_{{c=1}}^C w_{{w_{{I,c}},i}}", "hidden layer, (17) (18)")
    else:
        b.given("w_I", "", "word", "the input word").spell("w_I = w_I[]")
        b.define("x", "k", r"x_k := 1[k = w_I]", "one-hot input vector")
        b.define("h", "i", r"h_i := w_{w_I,i}", "hidden layer, (1) (24)")
    b.spell("x_k = x[k]", "x = x[k] for k", "h_i = h[i]", "h = h[i] for i")


def softmax(b: Builder, panels: bool) -> None:
    """(2) to (8); on C panels (25) to (31)."""
    b.spell(
        "w'_{ij} = W_out[j,i]", "v'_j = W_out[j,i] for i", "W' = W_out[j,i] for i j", "W'_{ij} = W_out[j,i]"
    )
    b.spell("u_j = u[j]", "u = u[j] for j", "E = E[]", "EH_i = EH[i]", "EH = EH[i] for i")
    b.define("u", "j", r"u_j := {\mathbf{v}'_{w_j}}^T\mathbf{h}", "scores, (2)").scores("u")
    if panels:
        b.given("w_O", "c", "word", "the context words").spell("w_{O,c} = w_O[c]", "j^*_c = w_O[c]")
        b.define("u_c", "c j", r"u_{c,j} := u_j", "scores on panel c, (26)")
        b.spell("u_{c,j} = u_c[c,j]", "y_{c,j} = y_c[c,j]", "t_{c,j} = t_c[c,j]", "e_{c,j} = e_c[c,j]")
        b.define(
            "y_c", "c j", r"y_{c,j} := \frac{\exp(u_{c,j})}{\sum_{j'=1}^V\exp(u_{c,j'})}", "posteriors, (25)"
        )
        b.define("t_c", "c j", r"t_{c,j} := 1[j = j^*_c]", "labels")
        b.define("e_c", "c j", r"e_{c,j} := y_{c,j} - t_{c,j}", "errors, (30)")
        b.define("EI", "j", r"\mathrm{EI}_j := \sum_{c=1}^C e_{c,j}", "summed errors, (31)")
        b.spell("EI_j = EI[j]", "EI = EI[j] for j", "y_j = y[j]", "y = y[j] for j")
        b.define(
            "y",
            "j",
            r"y_j := \frac{\exp(u_j)}{\sum_{j'=1}^V\exp(u_{j'})}",
            "the posterior that all panels share",
        )
        b.define("EH", "i", r"\mathrm{EH}_i := \sum_{j=1}^V \mathrm{EI}_j \cdot w'_{ij}", "dE/dh, (36)")
        b.define(
            "E",
            "",
            r"E := -\sum_{c=1}^C u_{c,j^*_c} + \sum_{c=1}^C\log\sum_{j'=1}^V\exp(u_{c,j'})",
            "loss, (27)",
        )
        b.phrase((r"p(w_{c,j}=w_{O,c}\mid w_I)", "y_{c,j}"))
        b.phrase((r"p(w_{O,1},w_{O,2},\dots,w_{O,C}\mid w_I)", r"\prod_{c=1}^C y_{c,j^*_c}"))
        return
    b.given("w_O", "", "word", "the target word").spell("w_O = w_O[]", "j^* = w_O[]")
    b.spell("y_j = y[j]", "y = y[j] for j", "t_j = t[j]", "t = t[j] for j", "e_j = e[j]", "e = e[j] for j")
    b.define("y", "j", r"y_j := \frac{\exp(u_j)}{\sum_{j'=1}^V\exp(u_{j'})}", "posterior, (3)")
    b.define("t", "j", r"t_j := 1[j = j^*]", "label").define("e", "j", r"e_j := y_j - t_j", "error, (8)")
    b.define("EH", "i", r"\mathrm{EH}_i := \sum_{j=1}^V e_j \cdot w'_{ij}", "dE/dh, (12)")
    b.define("E", "", r"E := -u_{j^*} + \log\sum_{j'=1}^V\exp(u_{j'})", "loss, (7) (20)")
    given = r"w_{I,1},\dots,w_{I,C}" if "C" in b.setting.theory.sizes else "w_I"
    for words in dict.fromkeys(("w_I", given)):
        b.phrase((rf"p(w_O\mid {words})", r"y_{j^*}"), (rf"p(w_j\mid {words})", "y_j"))


def hierarchical(b: Builder, panels: bool) -> None:
    """(37) to (54): the inner nodes on the path to w."""
    k, node = b.letter("k"), Range("node", number(1), LEAF_OR_INNER.last)
    b.given("L", "k", "length", "nodes on the path to a word, both ends counted")
    b.given("n", (k, Index("j", span("step", length(k)))), "node", "the path from the root to a word")
    b.given("ch", (Index("n", INNER),), "node", "the left child")
    b.setting.letters["m"] = node
    b.spell(
        "L(k) = L[k]",
        "n(k,j) = n[k,j]",
        "n_{k,j} = n[k,j]",
        r"\mathrm{ch}(n) = ch[n]",
        "v'_n = W_out[n,i] for i",
    )
    b.spell("w'_{in} = W_out[n,i]", "E = E[]", "EH_i = EH[i]", "EH = EH[i] for i", "p(k) = p[k]")
    b.spell(r"p(n,\text{left}) = p_left[n]", r"p(n,\text{right}) = p_right[n]")
    b.define("p_left", "n", r"p(n,\text{left}) := \sigma({\mathbf{v}'_n}^T\mathbf{h})", "(39)")
    b.define("p_right", "n", r"p(n,\text{right}) := 1 - \sigma({\mathbf{v}'_n}^T\mathbf{h})", "(40)")
    turn = r"[\![n(w_k,j+1)=\mathrm{ch}(n(w_k,j))]\!]"
    path = r"\prod_{j=1}^{L(w_k)-1}\sigma(" + turn + r"\cdot{\mathbf{v}'_{n(w_k,j)}}^T\mathbf{h})"
    b.define("p", "k", "p(k) := " + path, "probability of every word, (37)")
    b.phrase((r"p(w_k=w_O)", "p(k)"))
    if panels:
        b.given("w_O", "c", "word", "the context words").spell("w_{O,c} = w_O[c]", "w_c = w_O[c]")
        word, sub = "w_{O,c}", "c,j"
        b.spell("u_{c,j} = u[c,j]", "t_{c,j} = t[c,j]", "y_{c,j} = y[c,j]", "e_{c,j} = e[c,j]")
    else:
        b.given("w_O", "", "word", "the target word").spell(
            "w = w_O[]", "w_O = w_O[]", "v'_j = W_out[n[w_O[],j],i] for i"
        )
        b.phrase((r"p(w=w_O)", "p(w)"), (r"p(w=w_O\mid w_I)", "p(w)"))
        b.phrase((r"p(w=w_O\mid w_{I,1},\dots,w_{I,C})", "p(w)"))
        word, sub = "w", "j"
        b.spell("u_j = u[j]", "t_j = t[j]", "y_j = y[j]", "e_j = e[j]")
    axes = sub.replace(",", " ")
    turn = rf"n({word},j+1)=\mathrm{{ch}}(n({word},j))"
    if not panels:
        b.phrase((r"[\![\cdot]\!]", rf"[\![{turn}]\!]"))
    b.define(
        "u",
        axes,
        rf"u_{{{sub}}} := {{\mathbf{{v}}'_{{n({word},j)}}}}^T\mathbf{{h}}",
        "scores of the nodes on the path",
    )
    b.scores("u")
    b.define("y", axes, rf"y_{{{sub}}} := \sigma(u_{{{sub}}})", "probability of turning left there")
    b.define("t", axes, rf"t_{{{sub}}} := 1[{turn}]", "1 where the path turns left")
    b.define("e", axes, rf"e_{{{sub}}} := y_{{{sub}}} - t_{{{sub}}}", "errors, (49)")
    sums = r"\sum_{c=1}^C" if panels else ""
    over = rf"\sum_{{j=1}}^{{L({word})-1}}"
    b.define(
        "EH", "i", rf"\mathrm{{EH}}_i := {sums}{over} e_{{{sub}}} \cdot w'_{{i,n({word},j)}}", "dE/dh, (53)"
    )
    b.define("E", "", rf"E := -{sums}{over}\log\sigma([\![{turn}]\!]\cdot u_{{{sub}}})", "loss, (46)")


def sampled(b: Builder, panels: bool, offset: bool) -> None:
    """(55) to (61): w_0 = w_O and the noise words w_1, ..., w_K; under NCE with log(K q) subtracted."""
    sub = "c,j" if panels else "j"
    axes = sub.replace(",", " ")
    b.given("w", axes, "word", "the words that are asked: the target, then W_neg, a multiset")
    b.spell(
        f"w_{{{sub}}} = w[{sub}]",
        "v'_k = W_out[k,i] for i",
        "w'_{ik} = W_out[k,i]",
        "W' = W_out[k,i] for i k",
    )
    b.spell(
        f"u_{{{sub}}} = u[{sub}]",
        f"t_{{{sub}}} = t[{sub}]",
        f"y_{{{sub}}} = y[{sub}]",
        f"e_{{{sub}}} = e[{sub}]",
    )
    b.spell("E = E[]", "EH_i = EH[i]", "EH = EH[i] for i")
    if panels:
        b.spell("w_{O,c} = w[c,0]", "w_c = w[c,0]")
    else:
        b.spell("w_O = w[0]").sets((r"\mathcal{W}_{neg}", NOISE), (r"\{w_O\}\cup\mathcal{W}_{neg}", ASKED))
    sums = r"\sum_{c=1}^C" if panels else ""
    asked, positive = f"w_{{{sub}}}", "c,0" if panels else "0"
    score = rf"u_{{{sub}}}"
    if offset:
        b.given("q", "k", "positive", "the noise distribution").spell("q_k = q[k]", "q(k) = q[k]")
        b.spell(f"z_{{{sub}}} = z[{sub}]")
    b.define("u", axes, rf"u_{{{sub}}} := {{\mathbf{{v}}'_{{{asked}}}}}^T\mathbf{{h}}", "scores").scores("u")
    first = rf"u_{{{positive}}}"
    if offset:
        b.define(
            "z",
            axes,
            rf"z_{{{sub}}} := u_{{{sub}}} - \log(K q_{{{asked}}})",
            "log odds of data against noise, (nce-1)",
        )
        score, first = rf"z_{{{sub}}}", rf"z_{{{positive}}}"
    b.define("y", axes, rf"y_{{{sub}}} := \sigma({score})", "probability that the word is no noise")
    b.define("t", axes, rf"t_{{{sub}}} := 1[j = 0]", "label: 1 for the target, 0 for noise")
    b.define("e", axes, rf"e_{{{sub}}} := y_{{{sub}}} - t_{{{sub}}}", "errors, (57)")
    b.define(
        "EH",
        "i",
        rf"\mathrm{{EH}}_i := {sums}\sum_{{j=0}}^K e_{{{sub}}} \cdot w'_{{i,{asked}}}",
        "dE/dh, (61)",
    )
    minus = sums.join(("-", ""))
    b.define(
        "E", "", rf"E := {minus}\log\sigma({first}) {minus}\sum_{{j=1}}^K\log\sigma(-{score})", "loss, (55)"
    )


def negative(b: Builder, panels: bool) -> None:
    """(55) to (61)."""
    sampled(b, panels, offset=False)


def nce(b: Builder, panels: bool) -> None:
    """(nce-1) to (nce-9)."""
    sampled(b, panels, offset=True)


OBJECTIVES = {"softmax": softmax, "hierarchical": hierarchical, "negative": negative, "nce": nce}

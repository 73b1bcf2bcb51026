"""Two courses' own symbols: CS224n (v_c, U, J) and Jurafsky and Martin's textbook (w, c_pos, c_neg, L_CE)."""

from w2v_edu.symbolic.setting import Setting

from .build import Builder, span

__all__ = ["cs224n_negative", "cs224n_softmax", "slp3"]

WORD, HIDDEN, NOISE = span("word", "V"), span("hidden", "N"), span("asked", "K")
HINTS = {
    "E": "the loss is J",
    "L": "the loss is J",
    "t": "the label is y_w",
    "eta": "the learning rate is \\alpha",
}


def _cs224n(name: str, title: str, sizes: str, rows: bool) -> Builder:
    """What both losses share: v_c, U, u_w; with words as columns of U (the handout) or as rows (the code)."""
    letters = {"w": WORD, "x": WORD, "j": WORD, "i": HIDDEN}
    b = Builder(f"cs224n/{name}" + ("/rows" if rows else ""), title, sizes, letters).hints(**HINTS)
    b.given("eta", values="positive", what="learning rate").spell("\\alpha = eta[]", "\\eta = eta[]")
    b.given("centre", "w i", what="centre vectors").given("outside", "w i", what="outside vectors")
    b.given("c", "", "word", "the centre word").given("o", "", "word", "the outside word")
    b.spell("c = c[]", "o = o[]", "v_w = centre[w,i] for i", "u_w = outside[w,i] for i", "J = J[]")
    b.spell("u_{w,i} = outside[w,i]", "v_{w,i} = centre[w,i]", "V = centre[w,i] for w i")
    b.spell("U = outside[w,i] for w i" if rows else "U = outside[w,i] for i w")
    b.sets((r"\text{Vocab}", WORD), ("V", WORD), (r"\mathcal{V}", WORD))
    b.spell("z_w = z[w]", "z = z[w] for w").define("z", "w", "z_w := u_w^T v_c", "scores").scores("z")
    return b


def cs224n_softmax(rows: bool = False) -> Setting:
    """The naive softmax loss of one centre word c and one outside word o."""
    b = _cs224n("softmax", "naive softmax in CS224n's notation", "V N", rows)
    b.spell(r"\hat{y}_w = y_hat[w]", r"\hat{y} = y_hat[w] for w", "y_w = y[w]", "y = y[w] for w")
    b.define("y_hat", "w", r"\hat{y}_w := \frac{\exp(z_w)}{\sum_{w'=1}^V\exp(z_{w'})}", "P(O = w | C = c)")
    b.define("y", "w", "y_w := 1[w = o]", "the true distribution")
    b.define("J", "", r"J := -z_o + \log\sum_{w'=1}^V\exp(z_{w'})", "the loss")
    b.phrase((r"P(O=w\mid C=c)", r"\hat{y}_w"), (r"P(w\mid c)", r"\hat{y}_w"), (r"p(w\mid c)", r"\hat{y}_w"))
    b.phrase(
        (r"P(O=o\mid C=c)", r"\hat{y}_o"), ("J(v_c,o,U)", "J"), (r"J_{\text{naive-softmax}}(v_c,o,U)", "J")
    )
    return b.descends("J", "centre", "outside")


def cs224n_negative(rows: bool = False) -> Setting:
    """Negative sampling: the outside word o and K words w_1, ..., w_K drawn as noise, which may repeat."""
    b = _cs224n("negative", "negative sampling in CS224n's notation", "V N K", rows)
    b.setting.letters.update({"k": NOISE, "s": NOISE})
    b.given("negatives", "k", "word", "the words that were drawn").spell(
        "w_k = negatives[k]", "w_s = negatives[s]"
    )
    b.spell("u_k = outside[negatives[k],i] for i", "u_s = outside[negatives[s],i] for i")
    b.define("J", "", r"J := -\log\sigma(z_o) - \sum_{k=1}^K\log\sigma(-z_{w_k})", "the loss")
    b.phrase(("J(v_c,o,U)", "J"), (r"J_{\text{neg-sample}}(v_c,o,U)", "J"), (r"J_{neg}(v_c,o,U)", "J"))
    return b.descends("J", "centre", "outside")


def slp3() -> Setting:
    """Jurafsky and Martin: one target word, one positive and K noise words, each with a vector of its own."""
    b = Builder(
        "slp3/sgns", "skip-gram in Jurafsky and Martin's notation", "N K", {"i": NOISE, "j": HIDDEN}
    ).phrase(("k", "K"), ("d", "N"))
    b.hints(E="the loss is L_{CE}", J="the loss is L_{CE}", v="the vectors are w, c_{pos} and c_{neg_i}")
    b.given("eta", values="positive", what="learning rate").spell("\\eta = eta[]")
    b.given("w", "j", what="vector of the target word").given("c_pos", "j", what="vector of the context word")
    b.given("c_neg", "i j", what="vectors of the noise words").spell("w = w[j] for j", "w_j = w[j]")
    b.spell(
        "c_{pos} = c_pos[j] for j",
        "c_{pos,j} = c_pos[j]",
        "c_{neg,i} = c_neg[i,j] for j",
        "c_{neg,i,j} = c_neg[i,j]",
    )
    b.spell("L_{CE} = L[]", "L = L[]", "s_{pos} = s_pos[]", "s_{neg,i} = s_neg[i]")
    b.define("s_pos", "", r"s_{pos} := c_{pos}\cdot w", "score of the context word")
    b.define("s_neg", "i", r"s_{neg,i} := c_{neg,i}\cdot w", "scores of the noise words").scores(
        "s_pos", "s_neg"
    )
    b.define("L", "", r"L_{CE} := -\log\sigma(s_{pos}) - \sum_{i=1}^K\log\sigma(-s_{neg,i})", "the loss")
    b.phrase((r"P(+\mid w,c_{pos})", r"\sigma(s_{pos})"), (r"P(-\mid w,c_{pos})", r"\sigma(-s_{pos})"))
    for noise in ("c_{neg,i}", "c_{neg_i}"):
        b.phrase(
            (rf"P(+\mid w,{noise})", r"\sigma(s_{neg,i})"), (rf"P(-\mid w,{noise})", r"\sigma(-s_{neg,i})")
        )
    b.spell("c_{neg} = c_neg[i,j] for j")  # any of them
    return b.descends("L", "w", "c_pos", "c_neg")

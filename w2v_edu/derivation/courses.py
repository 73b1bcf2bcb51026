"""Settings in two courses' own notation: CS224n (v_c, u_w, J) and Jurafsky and Martin's textbook (c_pos, L)."""

from functools import cache

from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.settings.build import Builder, span

__all__ = ["cs224n", "cs224n_corpus", "slp3"]

WORD, HIDDEN = span("word", "V"), span("hidden", "N")


def _vectors(b: Builder) -> Builder:
    b.given("centre", "w i", what="centre vectors").given("outside", "w i", what="outside vectors")
    b.spell(
        "v_w = centre[w,i] for i",
        "u_w = outside[w,i] for i",
        "u_{w,i} = outside[w,i]",
        "v_{w,i} = centre[w,i]",
    )
    return b


@cache
def cs224n() -> Setting:
    """One centre word c and one outside word o, naive softmax."""
    b = Builder(
        "cs224n/softmax", "naive softmax in CS224n's notation", "V N", {"w": WORD, "x": WORD, "i": HIDDEN}
    )
    _vectors(b).given("c", "", "word", "the centre word").given("o", "", "word", "the outside word")
    b.spell("c = c[]", "o = o[]", r"\hat{y}_w = y_hat[w]", "y_w = y[w]", "J = J[]")
    b.define(
        "y_hat", "w", r"\hat{y}_w := \frac{\exp(u_w^T v_c)}{\sum_{w'=1}^V\exp(u_{w'}^T v_c)}", "P(o = w | c)"
    )
    b.define("y", "w", r"y_w := 1[w = o]", "the true distribution")
    b.define("J", "", r"J := -u_o^T v_c + \log\sum_{w'=1}^V\exp(u_{w'}^T v_c)", "the loss")
    return b.descends("J", "centre", "outside")


@cache
def cs224n_corpus() -> Setting:
    """The objective of a whole corpus: T positions, with C outside words each."""
    letters = {"w": WORD, "i": HIDDEN, "t": span("position", "T"), "l": span("panel", "C")}
    b = Builder("cs224n/corpus", "the corpus objective in CS224n's notation", "V N T C", letters)
    _vectors(b).given("c", "t", "word", "the word at each position").given(
        "o", "t l", "word", "the words around it"
    )
    b.spell("c_t = c[t]", "o_{t,l} = o[t,l]", r"\hat{y}_{t,w} = y_hat[t,w]", "J = J[]")
    b.define(
        "y_hat",
        "t w",
        r"\hat{y}_{t,w} := \frac{\exp(u_w^T v_{c_t})}{\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})}",
        "P(w | c_t)",
    )
    b.define(
        "J",
        "",
        r"J := \frac{1}{T}\sum_{t=1}^T\sum_{l=1}^C\left(-u_{o_{t,l}}^T v_{c_t} + \log\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})\right)",
        "-1/T sum over positions and window of log P(o | c)",
    )
    return b.descends("J", "centre", "outside")


@cache
def slp3() -> Setting:
    """Jurafsky and Martin, skip-gram with negative sampling: one positive and K noise words, as vectors."""
    letters = {"i": HIDDEN, "k": span("asked", "K")}
    b = Builder(
        "slp3/sgns", "skip-gram with negative sampling in Jurafsky and Martin's notation", "N K", letters
    )
    b.given("w", "i", what="the target's vector").given("c_pos", "i", what="the positive context vector")
    b.given("c_neg", "k i", what="the noise words' vectors")
    b.spell("w = w[i] for i", "c_{pos} = c_pos[i] for i", "c_{neg,k} = c_neg[k,i] for i", "L = L[]")
    b.spell("w_i = w[i]", "c_{pos,i} = c_pos[i]", "c_{neg,k,i} = c_neg[k,i]")
    b.define("L", "", r"L := -\log\sigma(c_{pos}^T w) - \sum_{k=1}^K\log\sigma(-c_{neg,k}^T w)", "L_CE")
    return b.descends("L", "w", "c_pos", "c_neg")

"""The objective of a whole corpus in CS224n's notation, as a setting."""

from functools import cache

from w2v_edu.symbolic.setting import Setting
from w2v_edu.symbolic.settings.build import Builder, span

__all__ = ["cs224n_corpus"]


@cache
def cs224n_corpus() -> Setting:
    """J = -1/T sum over T positions and the C words around each of log P(o | c)."""
    letters = {
        "w": span("word", "V"),
        "i": span("hidden", "N"),
        "t": span("position", "T"),
        "l": span("panel", "C"),
    }
    b = Builder("cs224n/corpus", "the corpus objective in CS224n's notation", "V N T C", letters)
    b.given("centre", "w i", what="centre vectors").given("outside", "w i", what="outside vectors")
    b.given("c", "t", "word", "the word at each position").given("o", "t l", "word", "the words around it")
    b.spell("v_w = centre[w,i] for i", "u_w = outside[w,i] for i", "c_t = c[t]", "o_{t,l} = o[t,l]")
    b.spell(r"\hat{y}_{t,w} = y_hat[t,w]", "J = J[]")
    b.define(
        "y_hat",
        "t w",
        r"\hat{y}_{t,w} := \frac{\exp(u_w^T v_{c_t})}{\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})}",
        "P(w | c_t)",
    )
    b.define(
        "J",
        "",
        r"J := \frac{1}{T}\sum_{t=1}^T\sum_{l=1}^C\left(-u_{o_{t,l}}^T "
        r"v_{c_t} + \log\sum_{w'=1}^V\exp(u_{w'}^T v_{c_t})\right)",
        "-1/T sum over positions and window of log P(o | c)",
    )
    return b.descends("J", "centre", "outside")

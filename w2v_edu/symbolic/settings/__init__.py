"""The settings: what symbols stand for in the paper's models, in its appendix, and in other notations."""

from collections.abc import Callable
from functools import cache, partial

from w2v_edu.symbolic.setting import Setting

from . import appendix, courses, rong

__all__ = ["INPUT_SIDES", "OBJECTIVES", "named", "setting"]

INPUT_SIDES = ("one-word", "cbow", "skip-gram")
OBJECTIVES = ("softmax", "hierarchical", "negative", "nce")


@cache
def setting(input_side: str, objective: str, combine: str = "mean") -> Setting:
    """The setting of one of Rong's models.

    Parameters
    ----------
    input_side : "one-word", "cbow" or "skip-gram".
    objective : "softmax", "hierarchical", "negative" or "nce".
    combine : "mean", or "sum" for the CBOW that adds its input vectors.

    Examples
    --------
    >>> setting("cbow", "softmax").theory.sizes
    ('V', 'N', 'C')
    """
    return rong.build(input_side, objective, combine)


@cache
def named(name: str) -> Setting:
    """A setting by its name: ``rong/cbow/hierarchical``, or one of `OTHERS`, ``cs224n/softmax``.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    if name in OTHERS:
        return OTHERS[name]()
    document, *model = name.split("/")
    if document != "rong" or model[0] not in INPUT_SIDES or model[1] not in OBJECTIVES:
        raise KeyError(name)
    return setting(*model)


OTHERS: dict[str, Callable[[], Setting]] = {
    "appendix/perceptron": appendix.perceptron,
    "appendix/logistic": appendix.logistic,
    "appendix/layers": appendix.layers,
    "rong/bracket": appendix.bracket,
    "cs224n/softmax": courses.cs224n_softmax,
    "cs224n/softmax/rows": partial(courses.cs224n_softmax, rows=True),
    "cs224n/negative": courses.cs224n_negative,
    "cs224n/negative/rows": partial(courses.cs224n_negative, rows=True),
    "slp3/sgns": courses.slp3,
}

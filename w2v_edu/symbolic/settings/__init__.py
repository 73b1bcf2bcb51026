"""The settings: what symbols stand for in each model of the paper, in its appendix, and in other notations."""

from functools import cache

from ..setting import Setting
from . import rong

__all__ = ["INPUT_SIDES", "OBJECTIVES", "setting"]

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

"""All kinds of answers that are no formula of a training example."""

from w2v_edu.homework.distributions import DISTRIBUTIONS
from w2v_edu.homework.structures import STRUCTURES

__all__ = ["KINDS"]

KINDS = (*DISTRIBUTIONS, *STRUCTURES)

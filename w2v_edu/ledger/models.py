"""Names of models, as the rows of the ledgers list them: input side / objective."""

__all__ = [
    "CBOW",
    "COPIES",
    "HIERARCHICAL",
    "INPUTS",
    "NCE",
    "NEGATIVE",
    "ONE_WORD",
    "SKIP_GRAM",
    "SKIP_SOFTMAX",
    "SOFTMAX_ONE",
]

SIDES = ("one-word", "cbow", "skip-gram")
OBJECTIVES = ("softmax", "hierarchical", "negative", "nce")

INPUTS = tuple(f"{side}/{objective}" for side in SIDES for objective in OBJECTIVES)
COPIES = tuple(m for m in INPUTS if not m.startswith("cbow"))  # h copies one input vector
CBOW = tuple(m for m in INPUTS if m.startswith("cbow"))
SKIP_GRAM = tuple(m for m in INPUTS if m.startswith("skip-gram"))
ONE_WORD = ("one-word/softmax",)
SOFTMAX_ONE = ("one-word/softmax", "cbow/softmax")
SKIP_SOFTMAX = ("skip-gram/softmax",)
HIERARCHICAL = tuple(f"{side}/hierarchical" for side in SIDES)
NEGATIVE = tuple(f"{side}/negative" for side in SIDES)
NCE = tuple(f"{side}/nce" for side in SIDES)

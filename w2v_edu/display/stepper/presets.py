"""Training pairs to begin with, in the notation of wevi, the demo of the paper's author.

The first three follow its own: fruit and juice, kings and queens, and pairs that fall into two halves.
"""

from typing import NamedTuple

from w2v_edu.model import InputSide

__all__ = ["PRESETS", "Preset"]


class Preset(NamedTuple):
    """Training pairs, the side they are written for, what to look for, and the sizes that show it."""

    name: str
    says: str
    pairs: str
    side: InputSide
    objective: str = "softmax"
    K: int = 3
    seed: int = 1


FRUIT = (
    "drink^juice|apple, eat^apple|orange, drink^juice|rice, drink^milk|juice, drink^rice|milk, "
    "drink^milk|water, orange^apple|juice, apple^drink|juice, rice^drink|milk, milk^water|drink, "
    "water^juice|drink, juice^water|drink"
)
FRUIT_SKIP = ", ".join("|".join(reversed(pair.strip().split("|"))) for pair in FRUIT.split(","))
KINGS = (
    "king|kingdom, queen|kingdom, king|palace, queen|palace, king|royal, queen|royal, king|George, "
    "queen|Mary, man|rice, woman|rice, man|farmer, woman|farmer, man|house, woman|house, "
    "man|George, woman|Mary"
)
HALVES = "a|b, a|c, c|a, c|b, b|a, b|c, d|e, d|f, e|d, e|f, f|d, f|e"
APRICOT = (
    "apricot|stirs^ripe^jam^into, jam|ripe^apricot^into^oats, violin|whose^lies^harbour, "
    "matrix|has^eleven^rows, tolstoy|aardvark^seldom^reads, oats|ripe^into^her"
)

PRESETS = (
    Preset("Fruit and juice, CBOW", "two context words predict one: (17) to (23)", FRUIT, "cbow"),
    Preset(
        "Fruit and juice, skip-gram", "one word predicts two panels: (24) to (36)", FRUIT_SKIP, "skip-gram"
    ),
    Preset(
        "Kings and queens", "one word predicts one: who shares a context comes together", KINGS, "one-word"
    ),
    Preset("Two halves", "a, b, c never meet d, e, f: watch the map fall apart", HALVES, "one-word"),
    Preset(
        "Apricot and jam",
        "skip-gram with negative sampling: towards jam, away from the noise words",
        APRICOT,
        "skip-gram",
        "negative",
        K=2,
        seed=16438,  # draws matrix and tolstoy against jam
    ),
    Preset(
        "Fruit and juice, tree",
        "CBOW with hierarchical softmax: (37) to (54)",
        FRUIT,
        "cbow",
        "hierarchical",
    ),
)

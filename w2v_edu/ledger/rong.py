"""Rong, "word2vec Parameter Learning Explained", arXiv:1411.2738v4: all 85 numbered equations, in order.

The numbers are those of v4 (June 2016). :data:`JULY_2016` and :data:`SLIDES` map the two other numberings
in circulation to it.
"""

from . import appendix, rong_contexts, rong_hierarchical, rong_negative, rong_one_word
from .equation import Equation

__all__ = ["JULY_2016", "ROWS", "SLIDES", "SOURCE"]

SOURCE = "X. Rong, word2vec Parameter Learning Explained, arXiv:1411.2738v4 (2016)"

ROWS: tuple[Equation, ...] = (
    *rong_one_word.ROWS,
    *rong_contexts.ROWS,
    *rong_hierarchical.ROWS,
    *rong_negative.ROWS,
    *appendix.ROWS,
)

JULY_2016: dict[str, str] = {row.july2016: row.number for row in ROWS if row.july2016}
"""July-2016 number to v4 number; there (5) to (7) are two lines, so each number from (7) on is one lower."""

SLIDES: dict[str, tuple[str, ...]] = {
    "1": ("1",), "2": ("2",), "3": ("3",), "4": ("4",), "5": ("5", "6", "7"), "6": ("8",), "7": ("9",), "8":
    ("10",), "9": ("12",), "10": ("13",), "11": ("14",), "12": ("15",), "13": ("16",), "14": ("17", "18"),
    "15": ("19", "20", "21"), "16": ("22",), "17": ("23",), "18": ("27", "28"), "19": ("29", "30"), "20":
    ("31",), "21": ("32",), "22": ("34",), "23": ("35",), "24": ("36",), "25": ("37",), "26": ("38",), "27":
    ("39",), "28": ("40",), "29": ("41", "42"), "30": ("43",), "31": ("44",), "32": ("45",), "33": ("46",),
    "34": ("47", "48", "49"), "35": ("50",), "36": ("51",), "37": ("52", "53", "54"), "38": ("55",), "39":
    ("56", "57"), "40": ("58",), "41": ("59",), "42": ("60", "61"),
}  # fmt: skip
"""Number in a slide deck after the paper to v4 numbers; (11), (24) to (26) and (33) of v4 are not on the
slides.
"""

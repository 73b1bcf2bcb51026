"""What a person reads about a checked line, as data: to be reworded or translated here."""

__all__ = ["FACTORS", "MISSING", "TEXTS"]

TEXTS = {
    "start": "the chain starts here",
    "proved": "right, for all sizes",
    "proved if": "right if {assumption}",
    "wrong": "wrong: for {place} the left side is {left} and the right side is {right}",
    "carried": "wrong, but it follows from line {line}, which is wrong",
    "recovered": "right again: it equals the last right line, and not line {line} above it",
    "unproved": "agrees at all {points} points that were tried, but was not proved; not counted as right",
    "no value": "no value could be computed, so this line is not counted as right: {reason}",
    "unreadable": "column {column}: {reason}",
    "expected": "; expected {expected}",
    "untranslated": "read, but it claims nothing that could be computed ({reason})",
    "differs": "the first term that does not belong there is {term}",
    "lacks": "a term is missing",
    "passed": "every line is right",
    "failed": "{wrong} of {lines} lines wrong, first line {first}",
    "open": "no line is wrong, but {open} of {lines} could not be settled",
}

FACTORS = {
    "-1": "the sign is wrong: the left side is minus the right side",
    "2": "a factor 2 is missing",
    "1/2": "a factor 2 too many",
}
"""Hints by the factor f with left = f * right at every point; a size n or 1/n has the two texts below."""

MISSING = {
    "times": "a factor {size} is missing",
    "over": "a factor 1/{size} is missing",
}

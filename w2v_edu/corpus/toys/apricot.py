"""One sentence with a window of two: the four positive rows around `apricot`, and two noise rows for each.

The choice of target and K follows Jurafsky and Martin, Speech and Language Processing, on skip-gram with
negative sampling; the sentence and the noise words are our own.
"""

from w2v_edu.corpus.vocabulary import Vocabulary
from w2v_edu.model import Example, skipgram

__all__ = ["APRICOT_ROWS", "APRICOT_TARGET", "APRICOT_WINDOW", "apricot_example"]

APRICOT_TARGET, APRICOT_WINDOW = "apricot", 2

# Each context word of the window with its K = 2 noise words.
_PANELS = (
    ("stirs", ("aardvark", "matrix")),
    ("ripe", ("tolstoy", "seldom")),
    ("jam", ("violin", "matrix")),
    ("into", ("harbour", "eleven")),
)

# (word, context word, label): 4 rows of D, labelled 1, then 8 of D', labelled 0.
APRICOT_ROWS = (
    *((APRICOT_TARGET, context, 1) for context, _ in _PANELS),
    *((APRICOT_TARGET, noise, 0) for _, W_neg in _PANELS for noise in W_neg),
)


def apricot_example(vocabulary: Vocabulary) -> Example:
    """The same twelve rows as one skip-gram example of four panels.

    Parameters
    ----------
    vocabulary : Vocabulary
        That of ``toy("apricot-jam")``.

    Examples
    --------
    >>> from w2v_edu.corpus import toy
    >>> vocabulary = toy("apricot-jam").vocabulary
    >>> example = apricot_example(vocabulary)
    >>> [vocabulary.words[w] for w in example.targets]
    ['stirs', 'ripe', 'jam', 'into']
    >>> [vocabulary.text(W_neg) for W_neg in example.noise]
    ['aardvark matrix', 'tolstoy seldom', 'violin matrix', 'harbour eleven']
    """
    context = vocabulary.ids((word for word, _ in _PANELS), "context word")
    noise = tuple(vocabulary.ids(W_neg, "noise word") for _, W_neg in _PANELS)
    return skipgram(vocabulary.id(APRICOT_TARGET, "target word"), context, noise)

"""The dictionary of notations: one quantity, and what five sources call it.

Rong's paper is the project's key; `identifier` is the name in this project's code. A source can use Rong's
letter for another quantity, and where it does, the note says so. Semicolons separate several names.
"""

from dataclasses import dataclass

__all__ = ["NOTATION", "SOURCES", "Entry", "entry", "meanings"]

SOURCES: dict[str, str] = {
    "rong": "X. Rong, word2vec Parameter Learning Explained, arXiv:1411.2738v4 (2016)",
    "cs224n": "Stanford CS224n, Natural Language Processing with Deep Learning: handouts and assignments",
    "jurafsky-martin": "D. Jurafsky and J. H. Martin, Speech and Language Processing, 3rd edition draft",
    "goldberg-levy": "Y. Goldberg and O. Levy, word2vec Explained, arXiv:1402.3722 (2014)",
    "word2vec.c": "word2vec.c, the program of T. Mikolov and others (2013)",
}


@dataclass(frozen=True)
class Entry:
    """One quantity.

    Attributes
    ----------
    identifier : str
        Its name in this project's code.
    shape : str
        In the paper's letters; "" for a number.
    what : str
        What it is.
    rong, cs224n, jurafsky_martin, goldberg_levy, word2vec_c : str
        What each source calls it; "" where it has no name for it.
    note : str
        Where the sources disagree in more than the letter.
    """

    identifier: str
    shape: str
    what: str
    rong: str
    cs224n: str = ""
    jurafsky_martin: str = ""
    goldberg_levy: str = ""
    word2vec_c: str = ""
    note: str = ""

    def names(self, source: str) -> tuple[str, ...]:
        """Its names in one of `SOURCES`.

        Examples
        --------
        >>> entry("W_out").names("cs224n")
        ('U', 'u_w')
        """
        written: str = getattr(self, source.replace("-", "_").replace(".", "_"))
        return tuple(name.split(" is ")[0].strip() for name in written.split(";") if name)


NOTATION: tuple[Entry, ...] = (
    Entry(
        identifier="W",
        shape="(V, N)",
        what="input vectors, one row a word",
        rong="W; v_w is row w",
        cs224n="V; v_w",
        jurafsky_martin="W; w",
        goldberg_levy="v_w",
        word2vec_c="syn0",
        note="CS224n's V is this matrix, Rong's V is the size of the vocabulary.",
    ),
    Entry(
        identifier="W_out",
        shape="(V, N), or (V-1, N) for a tree",
        what="output vectors, one row a word or an inner node",
        rong="W'; v'_w is column w",
        cs224n="U; u_w",
        jurafsky_martin="C; c",
        goldberg_levy="v_c",
        word2vec_c="syn1neg, syn1",
        note="Columns in Rong's W' and in CS224n's handout, rows in CS224n's code and here. "
        "Goldberg and Levy's v_c is an output vector; CS224n's v_c is the input vector of the"
        " centre word.",
    ),
    Entry(
        identifier="h",
        shape="(N,)",
        what="hidden layer",
        rong="h",
        cs224n="v_c",
        jurafsky_martin="w",
        goldberg_levy="v_w",
        word2vec_c="neu1",
        note="For CBOW the mean of C input vectors; one course takes their sum.",
    ),
    Entry(
        identifier="u",
        shape="(M,)",
        what="score of each output vector that takes part",
        rong="u; u_j",
        cs224n="u_w^T v_c",
        jurafsky_martin="c . w",
        goldberg_levy="v_c . v_w",
        word2vec_c="f",
    ),
    Entry(
        identifier="y",
        shape="(M,)",
        what="prediction",
        rong="y; y_j",
        cs224n="hat y",
        jurafsky_martin="P(+ | w, c)",
        goldberg_levy="sigma(v_c . v_w)",
        word2vec_c="f after the table",
        note="Rong's y is the prediction, CS224n's y is the label.",
    ),
    Entry(
        identifier="t",
        shape="(M,)",
        what="label",
        rong="t; t_j",
        cs224n="y",
        jurafsky_martin="1; 0",
        goldberg_levy="D; D'",
        word2vec_c="label",
        note="word2vec.c's label under hierarchical softmax is 1 - code.",
    ),
    Entry(
        identifier="e",
        shape="(M,)",
        what="error, y - t",
        rong="e; e_j",
        cs224n="hat y - y",
        jurafsky_martin="sigma(.) - 1; sigma(.)",
        word2vec_c="g is -eta e",
        note="word2vec.c's g has the other sign and the learning rate in it.",
    ),
    Entry(
        identifier="EI",
        shape="(V,)",
        what="errors of all panels, summed at the rows that they belong to",
        rong="EI; EI_j",
        note="Rong's Appendix A uses EI for another quantity.",
    ),
    Entry(
        identifier="EH",
        shape="(N,)",
        what="derivative of the loss by the hidden layer",
        rong="EH; EH_i",
        cs224n="dJ/dv_c",
        jurafsky_martin="dL/dw",
        word2vec_c="neu1e is -eta EH",
        note="Written with the other sign and the learning rate in word2vec.c.",
    ),
    Entry(
        identifier="E",
        shape="",
        what="loss, to be minimised",
        rong="E",
        cs224n="J",
        jurafsky_martin="L_CE",
        goldberg_levy="-E is maximised",
        note="Goldberg and Levy maximise, so all their signs are the other ones.",
    ),
    Entry(
        identifier="W_neg",
        shape="(K,)",
        what="noise words of one target, a multiset",
        rong="W_neg",
        cs224n="w_1, ..., w_K",
        jurafsky_martin="c_neg",
        goldberg_levy="D'",
        note="CS224n draws again where a draw hits the target word.",
    ),
    Entry(
        identifier="K",
        shape="",
        what="number of noise words",
        rong="K",
        cs224n="K",
        jurafsky_martin="k",
        goldberg_levy="k",
        word2vec_c="negative",
        note="Rong's Appendix A uses K for the number of inputs.",
    ),
    Entry(
        identifier="eta",
        shape="",
        what="learning rate",
        rong="eta",
        cs224n="alpha",
        jurafsky_martin="eta",
        word2vec_c="alpha",
    ),
    Entry(
        identifier="V",
        shape="",
        what="size of the vocabulary",
        rong="V",
        cs224n="|V|; Vocab",
        jurafsky_martin="|V|",
        goldberg_levy="|V_W|; |V_C|",
        word2vec_c="vocab_size",
    ),
    Entry(
        identifier="N",
        shape="",
        what="size of the hidden layer",
        rong="N",
        cs224n="d",
        jurafsky_martin="d",
        goldberg_levy="d",
        word2vec_c="layer1_size",
    ),
    Entry(
        identifier="C",
        shape="",
        what="number of context words",
        rong="C",
        cs224n="2m",
        jurafsky_martin="2L",
        word2vec_c="cw",
        note="CS224n and the textbook count m or L words on each side.",
    ),
    Entry(
        identifier="w_I",
        shape="",
        what="input word",
        rong="w_I",
        cs224n="c",
        jurafsky_martin="w",
        goldberg_levy="w",
        word2vec_c="last_word",
        note="word2vec.c's skip-gram feeds the context word in and predicts the centre.",
    ),
    Entry(
        identifier="w_O",
        shape="",
        what="target word",
        rong="w_O; j^*",
        cs224n="o",
        jurafsky_martin="c_pos",
        goldberg_levy="c",
        word2vec_c="target",
    ),
)


def entry(identifier: str) -> Entry:
    """The row of this identifier.

    Raises
    ------
    KeyError
        If there is none.

    Examples
    --------
    >>> entry("t").cs224n
    'y'
    """
    for row in NOTATION:
        if row.identifier == identifier:
            return row
    raise KeyError(identifier)


def meanings(symbol: str) -> dict[str, str]:
    """What a symbol stands for in each source that has it, as identifiers here.

    Examples
    --------
    >>> meanings("y")
    {'rong': 'y', 'cs224n': 't'}
    >>> meanings("v_c")
    {'cs224n': 'h', 'goldberg-levy': 'W_out'}
    """
    return {source: row.identifier for source in SOURCES for row in NOTATION if symbol in row.names(source)}

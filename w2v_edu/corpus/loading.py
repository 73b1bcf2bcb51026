"""The one door of the upper floors: a path or the name of a bundled corpus in, a corpus out."""

import os
from pathlib import Path
from typing import Unpack

from w2v_edu.corpus.building import Rules, corpus_from_files
from w2v_edu.corpus.stream import Corpus
from w2v_edu.corpus.toys import TOYS, toy
from w2v_edu.errors import W2VError

__all__ = ["load_corpus"]


def load_corpus(
    source: str | os.PathLike[str], *, encoding: str = "utf-8", errors: str = "strict", **rules: Unpack[Rules]
) -> Corpus:
    """Read a corpus.

    The text is read once, a piece at a time. Memory grows with the number of different words, not with the
    length of the text; the text itself waits as numbers in a temporary file when it is long.

    Parameters
    ----------
    source : str or path
        The name of a bundled corpus (see `TOYS`), a file, a .gz file, a folder (all its .txt and .gz files),
        or ``"-"`` for standard input. A file with the name of a bundled corpus is reached as ``"./prose"``.
    encoding : str
        How the files were saved.
    errors : {"strict", "replace", "ignore"}
        What happens to bytes that do not fit the encoding.
    tokens : {"words", "spaces"}
        Raw text, or text that is tokenised already. See `tokenizer`.
    sentences : {"punctuation", "line", "paragraph", "text"}
        Where a sentence ends; if not given, at punctuation for raw text and with the line for tokenised text.
    lower : bool
        Whether capitals become small letters; True if not given.
    min_count : int
        Words that occur less often are left out of the text, before windows are made; 1 if not given.
    max_vocabulary : int, optional
        The most words that are kept.
    max_sentence : int
        Longer sentences are cut; 1000 if not given, as in word2vec.c.

    Returns
    -------
    Corpus

    Raises
    ------
    W2VError
        If there is nothing to read, if it cannot be read, or if fewer than two words are left.

    Examples
    --------
    >>> corpus = load_corpus("drink-eat", min_count=7)
    >>> corpus.words, corpus.counts
    (('drink', 'eat'), array([8, 7]))
    """
    if isinstance(source, str) and source in TOYS:
        return toy(source, **rules)
    if isinstance(source, str) and source != "-" and not (source and Path(source).exists()):
        raise W2VError(
            f"there is no file or folder '{source}' (looked from {Path.cwd()}), and no bundled corpus "
            f"of that name ({', '.join(TOYS)})"
        )
    return corpus_from_files(source, encoding=encoding, errors=errors, **rules)

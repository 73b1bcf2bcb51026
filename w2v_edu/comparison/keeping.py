"""Saving and loading word vectors: the ending of the file says how."""

import os
from pathlib import Path

from w2v_edu.comparison.archive import load_npz, save_npz
from w2v_edu.comparison.vectors import Use, WordVectors, suffix_of
from w2v_edu.comparison.word2vec_format import load_word2vec, save_word2vec
from w2v_edu.errors import W2VError

__all__ = ["FORMATS", "check_format", "load_vectors", "save_vectors"]

FORMATS = {
    ".npz": "everything: both matrices, vocabulary, counts, tree, settings",
    ".txt": "word2vec text, one matrix",
    ".vec": "word2vec text, one matrix",
    ".bin": "word2vec binary, one matrix",
}


def check_format(path: str | os.PathLike[str]) -> None:
    """Raise a `W2VError` if the ending names no format."""
    if suffix_of(path) not in FORMATS:
        known = "; ".join(f"{suffix} ({what})" for suffix, what in FORMATS.items())
        raise W2VError(f"'{Path(path)}': the ending says how vectors are saved; there are {known}")


def save_vectors(path: str | os.PathLike[str], vectors: WordVectors, use: Use = "W") -> None:
    """Write word vectors, whole or not at all.

    Parameters
    ----------
    path : path
        Ends in .npz, .txt, .vec or .bin: see `FORMATS`.
    vectors : WordVectors
    use : {"W", "W_out", "sum"}
        Which vectors the formats of one matrix get. An npz file keeps both.
    """
    check_format(path)
    suffix = suffix_of(path)
    if suffix == ".npz":
        save_npz(path, vectors)
    else:
        save_word2vec(path, vectors, binary=suffix == ".bin", use=use)


def load_vectors(path: str | os.PathLike[str]) -> WordVectors:
    """Read word vectors; what the file begins with says how, not its name.

    Raises
    ------
    W2VError
        If there is no such file, or if it is damaged, cut off or in another format.
    """
    try:
        with open(path, "rb") as file:
            zipped = file.read(4) == b"PK\x03\x04"
        return load_npz(path) if zipped else load_word2vec(path)
    except OSError as error:
        raise W2VError(f"'{Path(path)}' cannot be read: {error.strerror or error}") from error

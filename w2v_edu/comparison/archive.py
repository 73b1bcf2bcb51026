"""The npz file that keeps everything: both matrices, vocabulary, counts, tree and settings. No pickle."""

import json
import os
import zipfile
from pathlib import Path

import numpy as np

from w2v_edu.comparison.vectors import WordVectors
from w2v_edu.errors import W2VError
from w2v_edu.files import whole_file
from w2v_edu.tree import Tree

__all__ = ["load_npz", "save_npz"]

KIND = "w2v_edu word vectors"


def save_npz(path: str | os.PathLike[str], vectors: WordVectors) -> None:
    """Write all there is; strings travel as JSON, so that nothing in the file is ever run."""
    about = {"kind": KIND, "words": vectors.words, "settings": vectors.settings}
    arrays = {"W": vectors.W, "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}
    if vectors.W_out is not None:
        arrays["W_out"] = vectors.W_out
    if vectors.counts is not None:
        arrays["counts"] = vectors.counts
    if vectors.tree is not None:
        arrays["children"] = vectors.tree.children
    with whole_file(path) as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_npz(path: str | os.PathLike[str]) -> WordVectors:
    """Read such a file.

    Raises
    ------
    W2VError
        If it is damaged, cut off, or another program's.
    """
    try:
        with open(path, "rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise W2VError(f"'{Path(path)}' is damaged or cut off: it is no whole npz file ({error})") from error
    try:
        about = json.loads(arrays["about"].tobytes().decode())
        if about["kind"] != KIND:
            raise KeyError("kind")
        words, settings, W = tuple(about["words"]), dict(about["settings"]), arrays["W"]
    except (KeyError, TypeError, ValueError):
        names = ", ".join(arrays) or "nothing"
        raise W2VError(
            f"'{Path(path)}' is an npz file of something else (it holds {names}); one written by "
            "w2v-edu train expected"
        ) from None
    tree = Tree(arrays["children"]) if "children" in arrays else None
    return WordVectors(words, W, arrays.get("W_out"), arrays.get("counts"), settings, tree)

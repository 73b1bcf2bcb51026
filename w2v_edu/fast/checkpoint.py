"""Checkpoints: the whole state of a run in one npz file, without pickle, replaced in one move."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError
from w2v_edu.files import probe, whole_file

__all__ = ["Checkpoint", "State", "check_writable", "fingerprint", "load_checkpoint", "save_checkpoint"]

Array = NDArray[Any]


class State(NamedTuple):
    """Where a run stands, exactly: from here it goes on as if it had never stopped.

    Attributes
    ----------
    epoch, block, chunk : int
        Epochs done, blocks done in this epoch, chunks done in this block.
    words : int
        Words of the text read before this block.
    generator : dict
        The state of the random generator at the start of this block.
    clipped, moved : int
        Row updates so far that were clipped, and all row updates.
    """

    epoch: int
    block: int
    chunk: int
    words: int
    generator: dict[str, Any]
    clipped: int
    moved: int


class Checkpoint(NamedTuple):
    """What a checkpoint file holds."""

    W: Array
    W_out: Array
    state: State
    settings: dict[str, Any]
    vocabulary: str


def fingerprint(words: tuple[str, ...], counts: NDArray[np.int64]) -> str:
    """A short mark of a vocabulary: equal only for the same words with the same counts."""
    text = json.dumps([words, counts.tolist()])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise now, not after an hour, if the checkpoint could not be written."""
    folder = Path(path).absolute().parent
    if Path(path).is_dir():
        raise W2VError(f"the checkpoint '{path}' is a folder; expected the name of a file")
    try:
        probe(folder)
    except OSError as error:
        raise W2VError(f"no checkpoint can be written to '{folder}': {error.strerror or error}") from error


def save_checkpoint(path: str | os.PathLike[str], checkpoint: Checkpoint) -> None:
    """Write to a temporary file beside `path`, then rename it: the old checkpoint stays whole until then."""
    about = {
        "state": checkpoint.state._asdict(),
        "settings": checkpoint.settings,
        "vocabulary": checkpoint.vocabulary,
    }
    text = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    try:
        with whole_file(path) as file:
            np.savez(file, W=checkpoint.W, W_out=checkpoint.W_out, about=text)
    except W2VError as error:
        raise W2VError(f"the checkpoint {error}") from error


def load_checkpoint(path: str | os.PathLike[str], settings: dict[str, Any], vocabulary: str) -> Checkpoint:
    """Read a checkpoint of the same run.

    Raises
    ------
    W2VError
        If the file is missing, damaged or no checkpoint, or belongs to other settings or another vocabulary.
    """
    try:
        with open(path, "rb") as raw, np.load(raw, allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes().decode())
            W, W_out = file["W"], file["W_out"]
            state = State(**about["state"])
            old_settings, old_vocabulary = dict(about["settings"]), str(about["vocabulary"])
    except FileNotFoundError:
        raise W2VError(f"there is no checkpoint '{path}'") from None
    except Exception as error:
        raise W2VError(f"'{path}' is no whole checkpoint of a training run ({error})") from error
    for name, value in settings.items():
        if old_settings.get(name) != value:
            raise W2VError(
                f"the checkpoint '{path}' was made with {name}={old_settings.get(name)!r}, "
                f"this run has {value!r}: a run goes on only with the settings it began with"
            )
    if old_vocabulary != vocabulary:
        raise W2VError(f"the checkpoint '{path}' belongs to another text: its words or their counts differ")
    return Checkpoint(W, W_out, state, old_settings, old_vocabulary)

"""The place of an output, looked into before an hour of training."""

import os
import shutil
import tempfile
from pathlib import Path

from w2v_edu.errors import W2VError

__all__ = ["check_target"]


def check_target(path: str | os.PathLike[str], size: int = 0, what: str = "the vectors") -> None:
    """Raise now, not after an hour of training, if `path` could not be written.

    Parameters
    ----------
    path : path
        The file that will be written.
    size : int
        About how many bytes it will take.
    what : str
        What the error calls its content.
    """
    target = Path(path)
    folder = target.absolute().parent
    if target.is_dir():
        raise W2VError(f"{what} cannot be written to '{target}': it is a folder, the name of a file expected")
    if not folder.is_dir():
        raise W2VError(f"{what} cannot be written to '{target}': there is no folder '{folder}'")
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
    except OSError as error:
        raise W2VError(f"{what} cannot be written to '{target}': {error.strerror or error}") from error
    free = shutil.disk_usage(folder).free
    if free < size:
        raise W2VError(
            f"{what} cannot be written to '{target}': about {_mebibytes(size)} are needed, "
            f"and {_mebibytes(free)} are free on that disk"
        )


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"

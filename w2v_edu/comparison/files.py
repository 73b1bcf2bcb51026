"""Writing files so that nothing is lost: looked into before the work, written beside, renamed when whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from w2v_edu.errors import W2VError

__all__ = ["check_target", "whole_file"]


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


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A file to write into, which becomes `path` only when all of it has been written.

    Raises
    ------
    W2VError
        If the disk is full or the folder cannot be written; what stood at `path` before stands there still.
    """
    target = Path(path).absolute()
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            temporary = file.name
            yield file
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise W2VError(f"'{path}' could not be written: {error.strerror or error}") from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.remove(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"

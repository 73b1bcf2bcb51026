"""Outputs that are whole or not there: written beside their place, then moved into it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from w2v_edu.errors import W2VError

__all__ = ["check_target", "check_writable", "probe", "whole_file", "write_whole"]


def check_writable(path: str | os.PathLike[str]) -> Path:
    """The path of an output, or the error that says why it cannot be written: asked before the work begins.

    Its folder is made if it is not there.

    Raises
    ------
    W2VError
        If the folder cannot be made or written, or if the path is a folder itself.
    """
    target = Path(path)
    if target.is_dir():
        raise W2VError(f"cannot write {target}: it is a folder; the name of a file expected")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        probe(target.parent)
    except OSError as error:
        raise W2VError(
            f"cannot write {target}: {error.strerror or error} (folder {target.parent})"
        ) from error
    return target


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
        probe(folder)
    except OSError as error:
        raise W2VError(f"{what} cannot be written to '{target}': {error.strerror or error}") from error
    free = shutil.disk_usage(folder).free
    if free < size:
        raise W2VError(
            f"{what} cannot be written to '{target}': about {_mebibytes(size)} are needed, "
            f"and {_mebibytes(free)} are free on that disk"
        )


def probe(folder: Path) -> None:
    """Write a byte into a folder and take it away again; an `OSError` if that cannot be done."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x")


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A file to write into, which becomes `path` only when all of it has been written.

    Raises
    ------
    W2VError
        If the disk is full or the folder cannot be written; what stood at `path` before stands there still.
    """
    target = Path(path).absolute()
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            beside = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, target)
    except OSError as error:
        raise W2VError(f"'{path}' could not be written: {error.strerror or error}") from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file so that it holds all of `content`, or what it held before; text as UTF-8.

    Errors as for `whole_file`.
    """
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"

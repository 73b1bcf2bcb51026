"""Outputs that are whole or not there: written beside their place, then moved into it."""

import os
import tempfile
from pathlib import Path

from w2v_edu.errors import W2VError

__all__ = ["check_writable", "write_whole"]


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
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise W2VError(
            f"cannot write {target}: {error.strerror or error} (folder {target.parent})"
        ) from error
    return target


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file so that it holds all of `content`, or what it held before.

    Parameters
    ----------
    path : str or path
    content : str or bytes
        Text is written as UTF-8.

    Raises
    ------
    W2VError
        If it cannot be written; no half-written file is left.
    """
    target = Path(path)
    data = content.encode() if isinstance(content, str) else content
    try:
        descriptor, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, 0o666 & ~_umask())
            os.replace(beside, target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise W2VError(f"cannot write {target}: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

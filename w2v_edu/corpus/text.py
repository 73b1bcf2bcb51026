"""Bytes to text: a file, a .gz, a folder, standard input; a piece at a time, never a whole file."""

import codecs
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from w2v_edu.errors import W2VError

__all__ = ["read_text", "text_files", "whole_words"]

PIECE = 1 << 18  # bytes read at a time
LONGEST = 1 << 16  # characters that are kept waiting for the next white space
GZIP_MAGIC = b"\x1f\x8b"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SUFFIXES = (".txt", ".gz")


def text_files(source: str | os.PathLike[str]) -> tuple[Path, ...]:
    """The files that a path stands for.

    A file stands for itself. A folder stands for its ``.txt`` and ``.gz`` files, those of its subfolders too,
    in the order of their paths; hidden ones are left out.

    Raises
    ------
    W2VError
        If nothing is there, or if a folder holds no such file.
    """
    path = Path(source)
    if not path.exists():
        raise W2VError(f"there is no file or folder '{path}' (looked from {Path.cwd()})")
    if not path.is_dir():
        return (path,)
    inside = (
        file.relative_to(path) for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file()
    )
    files = sorted(path / file for file in inside if not any(part.startswith(".") for part in file.parts))
    if not files:
        raise W2VError(
            f"the folder '{path}' has no text files: names ending in {' or '.join(SUFFIXES)} expected"
        )
    return tuple(files)


def read_text(
    path: str | os.PathLike[str], *, encoding: str = "utf-8", errors: str = "strict"
) -> Iterator[str]:
    """The text of one file, piece by piece; ``"-"`` is standard input.

    Parameters
    ----------
    path : path or "-"
        A plain or a gzip-compressed file, told apart by the first two bytes.
    encoding : str
        How the file was saved.
    errors : {"strict", "replace", "ignore"}
        What to do with bytes that do not fit: stop with an error, read each as U+FFFD, or leave it out.

    Yields
    ------
    str
        About 256 KiB of the text. A piece may end inside a word: see `whole_words`.

    Raises
    ------
    W2VError
        If the file cannot be read, if it is a damaged .gz, or if a byte does not fit the encoding: the
        message says which byte, and at which offset of the (unpacked) file.
    """
    name = "standard input" if str(path) == "-" else f"'{path}'"
    decoder = _decoder(encoding, errors)
    read = 0
    for data in _read_bytes(path, name):
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            offset = read - waiting + error.start
            raise W2VError(_not_in_encoding(name, encoding, error, offset)) from error
        if read == 0:
            text = text.removeprefix("\ufeff")  # a byte order mark is no part of the first word
        read += len(data)
        yield text


def whole_words(pieces: Iterable[str]) -> Iterator[str]:
    """The same text, cut only in front of white space, so that no word is cut in two.

    A run of more than 65,536 characters without white space is cut all the same: it would have to be kept in
    memory, and it is hardly a word.

    Examples
    --------
    >>> list(whole_words(["apri", "cot ja", "m"]))
    ['apricot', ' jam']
    """
    rest = ""
    for piece in pieces:
        text = rest + piece
        parts = text.rsplit(None, 1)
        cut = len(parts[0]) if len(parts) == 2 else 0
        if len(text) - cut > LONGEST:
            cut = len(text)
        if cut:
            yield text[:cut]
        rest = text[cut:]
    if rest:
        yield rest


def _read_bytes(path: str | os.PathLike[str], name: str) -> Iterator[bytes]:
    """The unpacked bytes of a file, then an empty string."""
    try:
        with ExitStack() as stack:
            file: IO[bytes]
            file = sys.stdin.buffer if str(path) == "-" else stack.enter_context(open(path, "rb"))
            if not hasattr(file, "peek"):
                file = io.BufferedReader(cast(io.RawIOBase, file))
            if cast(io.BufferedReader, file).peek(2)[:2] == GZIP_MAGIC:
                file = cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=file)))
            elif str(path).endswith(".gz") and cast(io.BufferedReader, file).peek(1):
                raise W2VError(f"{name} ends in .gz but does not begin as a gzip file does (bytes 1f 8b)")
            while data := file.read(PIECE):
                yield data
            yield b""
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise W2VError(f"{name} is a damaged gzip file: {error}") from error
    except OSError as error:
        raise W2VError(f"{name} cannot be read: {error.strerror or error}") from error


def _decoder(encoding: str, errors: str) -> codecs.IncrementalDecoder:
    if errors not in ("strict", "replace", "ignore"):
        raise W2VError(f"errors is {errors!r}; expected 'strict', 'replace' or 'ignore'")
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        return codecs.getincrementaldecoder(encoding)(errors)
    except LookupError:
        raise W2VError(
            f"there is no text encoding called {encoding!r}; for example 'utf-8' or 'latin-1'"
        ) from None


def _not_in_encoding(name: str, encoding: str, error: UnicodeDecodeError, offset: int) -> str:
    byte = error.object[error.start]
    hint = " (its first bytes look like UTF-16)" if offset == 0 and error.object[:2] in UTF16_MARKS else ""
    return (
        f"{name} is not {encoding.upper()}: byte 0x{byte:02x} at offset {offset}{hint}; say how it was saved "
        "(encoding='latin-1', --encoding latin-1), or have such bytes replaced (errors='replace')"
    )

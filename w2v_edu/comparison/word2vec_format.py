"""The two file formats of word2vec.c, text and binary, that gensim and many others read."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from w2v_edu.comparison.vectors import Use, WordVectors
from w2v_edu.errors import W2VError
from w2v_edu.files import whole_file

__all__ = ["load_word2vec", "save_word2vec"]

LONGEST_HEADER = 64
LONGEST_WORD = 1 << 16

Floats = NDArray[np.float32]


def save_word2vec(
    path: str | os.PathLike[str], vectors: WordVectors, *, binary: bool, use: Use = "W"
) -> None:
    """Write one vector a word: a line "V N", then each word, a space, and its N numbers.

    Parameters
    ----------
    binary : bool
        Numbers as 4-byte floats with the least byte first, as word2vec.c writes them; else as decimal text
        with nine digits, from which the same 4-byte float is read back.
    use : {"W", "W_out", "sum"}
        word2vec.c and gensim write W.
    """
    matrix = vectors.matrix(use)
    for word in vectors.words:
        if word != "".join(word.split()) or not word:
            raise W2VError(f"the word {word!r} has white space in it; this format cannot hold that: use .npz")
    with whole_file(path) as file:
        file.write(f"{vectors.V} {vectors.N}\n".encode())
        for word, row in zip(vectors.words, matrix.astype("<f4"), strict=True):
            numbers = row.tobytes() if binary else " ".join([f"{x:.9g}" for x in row.tolist()]).encode()
            file.write(word.encode() + b" " + numbers + b"\n")


def load_word2vec(path: str | os.PathLike[str]) -> WordVectors:
    """Read either format, told apart by what follows the first word.

    Raises
    ------
    W2VError
        If the file is cut off, longer than it says, or in another format: what was found, and at which word.
    """
    name = f"'{Path(path)}'"
    with open(path, "rb") as file:
        V, N = _header(file, name)
        start = file.tell()
        size = os.fstat(file.fileno()).st_size - start
        if size < V * (2 * N + 1):  # a word takes at least one byte, and each number a digit and a space
            raise W2VError(f"{name} is cut off: it promises {V} vectors of {N} numbers, {size} bytes follow")
        line = file.readline(LONGEST_WORD + 32 * N)
        file.seek(start)
        rows = _text_rows(file, N, name) if _is_text(line, N) else _binary_rows(file, V, N, name)
        words: list[str] = []
        W = np.empty((V, N), dtype=np.float32)
        for word, row in rows:
            if len(words) == V:
                raise W2VError(f"{name} promises {V} vectors, and more follow: its first line is wrong")
            W[len(words)] = row
            words.append(word)
    if len(words) < V:
        raise W2VError(f"{name} is cut off: it promises {V} vectors and holds {len(words)}")
    return WordVectors(tuple(words), W)


def _header(file: IO[bytes], name: str) -> tuple[int, int]:
    line = file.readline(LONGEST_HEADER)
    fields = line.split()
    if len(fields) != 2 or not all(field.isdigit() for field in fields):
        shown = line[:40].decode("utf-8", "replace").strip()
        raise W2VError(
            f"{name} is no word vector file: its first line should be 'V N', how many words and how long a "
            f"vector, and is {shown!r}"
        )
    V, N = int(fields[0]), int(fields[1])
    if V < 1 or N < 1:
        raise W2VError(f"{name} promises {V} vectors of {N} numbers: at least one of each expected")
    return V, N


def _is_text(line: bytes, N: int) -> bool:
    """Whether the first line after the header reads as a word and N decimal numbers."""
    fields = line.split()[1:]
    return len(fields) == N and all(_number(field) is not None for field in fields)


def _number(field: bytes) -> float | None:
    try:
        return float(field)
    except ValueError:
        return None


def _text_rows(file: IO[bytes], N: int, name: str) -> Iterator[tuple[str, Floats]]:
    for i, line in enumerate(file):
        fields = line.rstrip(b" \r\n").split(b" ")
        if len(fields) != N + 1:
            raise W2VError(
                f"{name}: word {i + 1} has {len(fields) - 1} numbers, {N} expected; "
                "the file is cut off or damaged there"
            )
        try:
            row = np.array(fields[1:], dtype=np.float32)
        except ValueError:
            raise W2VError(f"{name}: the vector of word {i + 1} holds something that is no number") from None
        yield _word(fields[0], i, name), row


def _binary_rows(file: IO[bytes], V: int, N: int, name: str) -> Iterator[tuple[str, Floats]]:
    for i in range(V):
        letters = bytearray()
        while (letter := file.read(1)) != b" ":
            if not letter or len(letters) > LONGEST_WORD:
                raise W2VError(
                    f"{name} is cut off or damaged at word {i + 1} of {V}"
                    if not letter
                    else f"{name} is damaged: word {i + 1} of {V} has no end"
                )
            letters += letter
        data = file.read(4 * N)
        if len(data) < 4 * N:
            raise W2VError(f"{name} is cut off in the vector of word {i + 1} of {V}")
        yield _word(bytes(letters).lstrip(b"\n"), i, name), np.frombuffer(data, dtype="<f4")
    if file.read(2).strip(b"\n"):
        raise W2VError(f"{name} promises {V} vectors, and more follows: its first line is wrong")


def _word(letters: bytes, i: int, name: str) -> str:
    try:
        return letters.decode()
    except UnicodeDecodeError:
        raise W2VError(f"{name}: word {i + 1} is not UTF-8 ({letters[:20]!r}); the file is damaged") from None

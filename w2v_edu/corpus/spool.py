"""The words of a text as numbers: in memory while they are few, in a temporary file when they are many."""

import tempfile
import weakref
from collections.abc import Iterable
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.errors import W2VError

__all__ = ["IN_MEMORY", "Spool"]

IN_MEMORY = 1 << 20  # numbers that are kept in memory (4 MiB); beyond that, all go to a file

Ids = NDArray[np.int32]


class Spool:
    """A long row of int32 numbers that can be read again and again, whatever it came from.

    A text is tokenised once; every later pass reads four bytes a word. What is kept in memory is bounded, and
    the temporary file is removed when the spool is.

    Parameters
    ----------
    arrays : iterable of ndarray of int32
        Read to its end.
    in_memory : int, optional
        The most numbers that are kept in memory; `IN_MEMORY` if not given.

    Raises
    ------
    W2VError
        If there is no room for the temporary file.

    Examples
    --------
    >>> spool = Spool(np.arange(3 * i, 3 * i + 3, dtype=np.int32) for i in range(4))
    >>> len(spool), spool.read(2, 5).tolist()
    (12, [2, 3, 4])
    """

    def __init__(self, arrays: Iterable[Ids], in_memory: int | None = None) -> None:
        limit = IN_MEMORY if in_memory is None else in_memory
        self._file: IO[bytes] | None = None
        self._length = 0
        kept: list[Ids] = []
        for array in arrays:
            kept.append(np.asarray(array, dtype=np.int32))
            self._length += len(array)
            if self._file is not None or self._length > limit:
                self._write(kept)
                kept = []
        self._memory = np.concatenate([*kept, np.empty(0, np.int32)])

    def __len__(self) -> int:
        return self._length

    def read(self, start: int, stop: int) -> Ids:
        """Numbers `start` to `stop`, as a new array."""
        if self._file is None:
            return self._memory[start:stop].copy()
        n = min(stop, self._length) - start
        # A mapping of these bytes alone: no file position that threads or forked processes would share.
        mapped: NDArray[Any] = np.memmap(self._file, np.int32, mode="r", offset=4 * start, shape=(n,))
        return np.array(mapped)

    def _write(self, arrays: list[Ids]) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="w2v-edu-")  # noqa: SIM115  lives as long as the spool
                weakref.finalize(self, self._file.close)
            for array in arrays:
                self._file.write(array.tobytes())
            self._file.flush()
        except OSError as error:
            raise W2VError(
                f"the words of this text do not fit into the folder for temporary files, "
                f"{tempfile.gettempdir()} (4 bytes a word): {error.strerror or error}"
            ) from error

"""Several processes train on the same two matrices at the same time, without locks (Hogwild).

Two workers seldom touch the same row at the same moment, and when they do, one of two small steps is lost.
Each worker is a process of its own, started without copying this one: it maps the matrices, which lie in a
file in memory, and reads blocks of word ids from a pipe. The text is read by this process alone.
"""

import contextlib
import json
import math
import mmap
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v_edu.errors import W2VError
from w2v_edu.fast.loop import Run, Trained, report
from w2v_edu.fast.text import read_blocks

__all__ = ["run_workers", "shared_matrix"]

Array = NDArray[Any]
# Its epoch, its number there, the words that were read before, its ids, and the offsets of its sentences.
Block = tuple[int, int, int, NDArray[np.int64], NDArray[np.int64]]

IN_MEMORY = Path("/dev/shm")
SMALLEST_BLOCK, LARGEST_BLOCK = 2_000, 120_000  # words
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def shared_matrix(start: ArrayLike, dtype: Any) -> Array:
    """A matrix that other processes can map: a file in memory where the system has such a folder."""
    values = np.asarray(start, dtype=dtype)
    folder = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix="w2v-edu-", delete=False) as file:
            file.truncate(values.nbytes)
        matrix = map_matrix(file.name, values.dtype, values.shape)
        matrix[...] = values
    except OSError as error:
        raise W2VError(
            f"no room for a matrix of {values.nbytes >> 20} MiB that two workers share: {error.strerror}"
        ) from error
    return matrix


def map_matrix(name: str, dtype: Any, shape: tuple[int, int]) -> Array:
    """Map a shared matrix; in large pages, where the system has them, its rows are found faster."""
    matrix = np.memmap(name, dtype=dtype, mode="r+", shape=shape)
    if isinstance(matrix.base, mmap.mmap) and hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):
            matrix.base.madvise(mmap.MADV_HUGEPAGE)
    return matrix


def run_workers(run: Run) -> bool:
    """Train to the end; or to where `run.stop` says so, and then return True.

    When a worker dies, the blocks that it had are lost, the others read the rest of the text, and the problem
    is reported. When all die, the run ends as if interrupted, with what was learned.
    """
    workers = [_Worker(run, number) for number in range(run.settings.workers)]
    try:
        for worker in workers:  # all have been started, so they wake up side by side
            worker.greet()
        return _serve(run, workers)
    finally:
        for worker in workers:
            worker.say_goodbye()
        deaths = [worker.close() for worker in workers]
        run.problem = " ".join(death for death in deaths if death)
        run.W, run.W_out = (_unshare(matrix) for matrix in (run.W, run.W_out))


def _serve(run: Run, workers: list["_Worker"]) -> bool:
    """Hand out the blocks of all epochs, one after another: no worker waits for the end of an epoch."""
    lock, blocks = threading.Lock(), _Blocks(run)

    def next_block() -> Block | None:
        with lock:
            return None if run.stop() else next(blocks.unread, None)

    def done(block: Block, trained: Trained) -> None:
        with lock:
            old = run.state
            run.state = old._replace(
                words=old.words + len(block[3]),
                clipped=old.clipped + trained.clipped,
                moved=old.moved + trained.moved,
            )
            report(run, trained.loss)
            blocks.count(1)
            run.save(run)

    failures: list[BaseException] = []

    def serve(worker: _Worker) -> None:
        try:
            lost = worker.train(next_block, done)
            with lock:
                blocks.count(lost)
        except BaseException as failure:  # from the text or from the progress callback: raised below
            failures.append(failure)
            run.stop = lambda: True

    threads = [threading.Thread(target=serve, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure
    return run.stop() or run.state.epoch < run.settings.epochs


class _Blocks:
    """The blocks of all epochs that are left, and how many of them are over with."""

    def __init__(self, run: Run) -> None:
        self._run, self._in_epoch = run, dict[int, int]()
        self.unread = self._read()

    def _read(self) -> Iterator[Block]:
        run, words, first = self._run, self._run.state.words, self._run.state.block
        most = run.words.counts.sum() // (8 * run.settings.workers)
        size = int(np.clip(most, SMALLEST_BLOCK, LARGEST_BLOCK))
        for epoch in range(run.state.epoch, run.settings.epochs):
            number = 0
            for number, (ids, offsets) in enumerate(read_blocks(run.text, run.words, size), start=1):
                if number > first:
                    yield epoch, number - 1, words, ids, offsets
                    words += len(ids)
            self._in_epoch[epoch], first = number, 0

    def count(self, more: int) -> None:
        """So many blocks are done, or lost with their worker: move the place where the run stands."""
        epoch, block = self._run.state.epoch, self._run.state.block + more
        while block >= self._in_epoch.get(epoch, block + 1):
            block -= self._in_epoch[epoch]
            epoch += 1
        self._run.state = self._run.state._replace(epoch=epoch, block=block)


class _Worker:
    """One process, and the pipes to it. It gets its next block while it still trains on the last."""

    def __init__(self, run: Run, number: int) -> None:
        self.number, self.alive, self._run = number + 1, True, run
        path = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
        environment = {**os.environ, "PYTHONPATH": path, **dict.fromkeys(ONE_THREAD, "1")}
        command = [sys.executable, "-m", "w2v_edu.fast.worker"]
        # A session of its own: Ctrl-C reaches this process alone, which ends the workers cleanly.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )

    def greet(self) -> None:
        """Tell the worker what to train."""
        run = self._run
        matrices = [str(matrix.filename) for matrix in (run.W, run.W_out) if isinstance(matrix, np.memmap)]
        about = {"matrices": matrices, "rows": len(run.W_out), "total": run.total}
        tree = run.tree.children if run.tree is not None else np.empty((0, 2), np.int64)
        settings = json.dumps({**about, "settings": asdict(run.settings)})
        self._send(np.frombuffer(settings.encode(), np.uint8), run.words.counts, tree)

    def train(self, next_block: Any, done: Any) -> int:
        """Serve this worker until there are no more blocks, or it dies; how many blocks died with it."""
        waiting: list[Block] = []
        while self.alive:
            block = next_block()
            if block is not None:
                *place, ids, offsets = block
                self._send(np.array(place), ids.astype(np.int32), offsets)
                waiting.append(block)
            if not waiting:
                return 0
            if block is None or len(waiting) > 1:
                trained = self._answer()
                if trained is not None:
                    done(waiting.pop(0), trained)
        return len(waiting)

    def say_goodbye(self) -> None:
        """Close the pipes: the process ends by itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                _open(pipe).close()
            except OSError:
                self.alive = False

    def close(self) -> str:
        """Wait for the process to end; one sentence if it had died."""
        code = self._process.wait()
        if self.alive:
            return ""
        how = f"killed by signal {-code}" if code < 0 else f"with exit status {code}"
        return f"worker {self.number} died ({how}); the text that it had at that moment was not learned."

    def _send(self, *arrays: Array) -> None:
        try:
            pipe = _open(self._process.stdin)
            pipe.write(json.dumps([(array.dtype.str, array.shape) for array in arrays]).encode() + b"\n")
            for array in arrays:
                pipe.write(array.tobytes())
            pipe.flush()
        except OSError:
            self.alive = False

    def _answer(self) -> Trained | None:
        line = _open(self._process.stdout).readline()
        if not line.endswith(b"\n"):
            self.alive = False
            return None
        return Trained(*json.loads(line))


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _unshare(matrix: Array) -> Array:
    """Remove the file; what this process has mapped stays until it is no longer used."""
    if isinstance(matrix, np.memmap):
        Path(str(matrix.filename)).unlink(missing_ok=True)
    return np.asarray(matrix)


def read_message(pipe: IO[bytes]) -> list[Array] | None:
    """The next arrays from the pipe; None at its end."""
    line = pipe.readline()
    if not line:
        return None
    arrays = []
    for dtype, shape in json.loads(line):
        data = pipe.read(np.dtype(dtype).itemsize * math.prod(shape))
        arrays.append(np.frombuffer(data, dtype).reshape(shape))
    return arrays

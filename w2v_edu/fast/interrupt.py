"""Ctrl-C that waits for a clean moment."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

__all__ = ["CleanInterrupt"]


class CleanInterrupt:
    """While this is entered, Ctrl-C only sets `asked`; a second Ctrl-C stops at once.

    Outside the main thread, where Python delivers no signals, nothing is changed.
    """

    def __init__(self) -> None:
        self.asked = False
        self._old: Any = None

    def __enter__(self) -> "CleanInterrupt":
        if threading.current_thread() is threading.main_thread():
            self._old = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._old is not None:
            signal.signal(signal.SIGINT, self._old)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

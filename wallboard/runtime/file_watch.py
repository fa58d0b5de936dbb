"""Looks at files once a second in a thread of its own, and tells the main thread what they say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from wallboard.domain.value import value
from wallboard.settings.whole_file import sign_of

LOOK_S: Final = 1.0


@value
class Watched:
    """A file, and who reads it.

    Attributes:
        path: It need not be there.
        read: Called in the watch's thread whenever the file is another one. What it returns or
            raises is told.
    """

    path: Path
    read: Callable[[Path], object]


class FileWatch(QObject):
    """Some files, from `start` until `stop`. Lives on the main thread.

    A disk that hangs (one of another machine may) holds up the thread, and nothing else.
    """

    changed = Signal(int, object)
    """With the number of the file and what it says now, or the Exception that says why not."""
    _said = Signal(int, object)

    def __init__(
        self, files: Sequence[Watched], parent: QObject | None = None, *, every_s: float = LOOK_S
    ) -> None:
        """Prepare.

        Args:
            files: What they say when `start` is called is told as well.
        """
        super().__init__(parent)
        self._files = tuple(files)
        self._every_s = every_s
        self._marks: list[object] = [self] * len(self._files)
        self._ended = threading.Event()
        self._saying = threading.Lock()
        self._said.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="files", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Say nothing more; the thread ends when the disk lets it."""
        with self._saying:
            self._ended.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            for number, file in enumerate(self._files):
                self._look(number, file)
            self._ended.wait(self._every_s)

    def _look(self, number: int, file: Watched) -> None:
        mark = sign_of(file.path)
        if mark == self._marks[number]:
            return
        self._marks[number] = mark
        try:
            said = file.read(file.path)
        except Exception as error:  # noqa: BLE001 - the last wall of this thread: told as it is
            said = error
        with self._saying:
            if not self._ended.is_set():
                self._said.emit(number, said)

    def _pass_on(self, number: int, said: object) -> None:
        if not self._ended.is_set():
            self.changed.emit(number, said)

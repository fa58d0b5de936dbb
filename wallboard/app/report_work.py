"""Long work for a window, one piece at a time: it tells how far it is, and ends when asked to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from wallboard.runtime.errand import Errand

_LOOK_MS: Final = 120
_BREATH_S: Final = 0.002
"""So long the work waits each time it tells how far it is: the window's thread gets its turn."""


class UnderWay:
    """How far some work is, and whether it is still wanted; spoken of between two threads."""

    def __init__(self) -> None:
        self._done = 0.0
        self._stopped = threading.Event()

    @property
    def done(self) -> float:
        """How much is done, 0 to 1."""
        return self._done

    def tell(self, done: float) -> None:
        """Say how much is done, and let others have their turn. In the work's thread."""
        self._done = done
        self._stopped.wait(_BREATH_S)

    def part(self, begin: float, end: float) -> Callable[[float], None]:
        """Return what takes 0 to 1 of a part of the work."""
        return lambda done: self.tell(begin + (end - begin) * done)

    def stop(self) -> None:
        """Want it no more."""
        self._stopped.set()

    def stopped(self) -> bool:
        """Return whether it is wanted no more."""
        if not self._stopped.is_set():
            self._stopped.wait(0)
        return self._stopped.is_set()


class ReportWork(QObject):
    """Runs work in threads; of what is begun only the last is answered. On the main thread."""

    def __init__(self, parent: QObject, *, name: str) -> None:
        """Prepare.

        Args:
            name: The threads'.
        """
        super().__init__(parent)
        self._name = name
        self._running: dict[Errand, UnderWay] = {}
        self._current: Errand | None = None
        self._tell: Callable[[float], None] | None = None
        self._done: Callable[[object], None] | None = None
        self._miss: Callable[[Exception], None] | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """True while something is under way that is still wanted."""
        return self._current is not None

    def begin(
        self,
        work: Callable[[UnderWay], object],
        *,
        done: Callable[[object], None],
        miss: Callable[[Exception], None],
        tell: Callable[[float], None],
    ) -> None:
        """Begin some work; what was under way before is wanted no more.

        Args:
            work: Called in a thread of its own.
            done: Called with what it returned.
            miss: Called with what it raised instead.
            tell: Called now and then with how much is done.
        """
        self.cancel()
        progress = UnderWay()
        errand = Errand(lambda: work(progress), self, name=self._name)
        self._running[errand] = progress
        self._current, self._done, self._miss, self._tell = errand, done, miss, tell
        errand.succeeded.connect(self._succeed)
        errand.failed.connect(self._fail)
        self._looking.start()
        errand.start()

    def cancel(self) -> None:
        """Want no more what is under way; nothing more is told of it."""
        if self._current is not None:
            self._running[self._current].stop()
            self._current = None
        self._looking.stop()

    def close(self) -> None:
        """End everything: nothing is told after this."""
        self.cancel()
        for errand in tuple(self._running):
            errand.stop()
            self._drop(errand)

    def _look(self) -> None:
        if self._current is not None and self._tell is not None:
            self._tell(self._running[self._current].done)

    def _succeed(self, answer: object) -> None:
        if self._ended() and self._done is not None:
            self._done(answer)

    def _fail(self, error: Exception) -> None:
        if self._ended() and self._miss is not None:
            self._miss(error)

    def _ended(self) -> bool:
        """Let go of the work that has just ended; return whether it was wanted to its end."""
        errand = self.sender()
        wanted = errand is self._current
        if isinstance(errand, Errand):
            self._drop(errand)
        if wanted:
            self._current = None
            self._looking.stop()
        return wanted

    def _drop(self, errand: Errand) -> None:
        if self._running.pop(errand, None) is not None:
            errand.deleteLater()

"""Questions of one kind, answered one at a time by threads, told on the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from wallboard.domain.clock import Clock
from wallboard.domain.value import value
from wallboard.runtime.errand import Errand


@value
class Question:
    """What a thread has to find out, and what to do if it can't.

    Attributes:
        read: Called by the thread, with what says that it is not wanted any more; returns what
            tells the answer on the main thread.
        miss: Called on the main thread instead.
    """

    read: Callable[[Callable[[], bool]], Callable[[], None]]
    miss: Callable[[Exception], None]


class QuestionLine(QObject):
    """Questions of one kind: one at a time, and of those that wait only the last is asked."""

    def __init__(self, clock: Clock, parent: QObject, *, name: str, rest: float = 0.0) -> None:
        """Prepare.

        Args:
            name: The threads'.
            rest: So many times as long as the one took the next one waits.
        """
        super().__init__(parent)
        self._clock = clock
        self._name = name
        self._rest = rest
        self._next: Callable[[], Question | None] | None = None
        self._errand: Errand | None = None
        self._stopped = threading.Event()
        self._miss: Callable[[Exception], None] | None = None
        self._begun_s = 0.0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """True while a question is under way."""
        return self._errand is not None

    def ask(self, make: Callable[[], Question | None]) -> None:
        """Ask soon: the question is made when its turn comes, and none if there is none then."""
        self._next = make
        self._go_on()

    def stop(self) -> None:
        """Forget all that was asked."""
        self._next = None
        self._resting.stop()
        if self._errand is not None:
            self._stopped.set()
            self._errand.stop()
            self._drop()

    def _go_on(self) -> None:
        if self._next is None or self._errand is not None or self._resting.isActive():
            return
        make, self._next = self._next, None
        question = make()
        if question is None:
            return
        stopped = self._stopped = threading.Event()
        read = question.read
        self._miss = question.miss
        self._begun_s = self._clock.now().steady_s
        self._errand = Errand(lambda: read(stopped.is_set), self, name=self._name)
        self._errand.succeeded.connect(self._tell)
        self._errand.failed.connect(self._fail)
        self._errand.start()

    def _tell(self, answer: Callable[[], None]) -> None:
        self._end()
        answer()
        self._go_on()

    def _fail(self, error: Exception) -> None:
        miss = self._miss
        self._end()
        if miss is not None:
            miss(error)
        self._go_on()

    def _end(self) -> None:
        took_s = self._clock.now().steady_s - self._begun_s
        self._drop()
        if self._rest:
            self._resting.start(round(took_s * self._rest * 1000))

    def _drop(self) -> None:
        if self._errand is not None:
            self._errand.deleteLater()
        self._errand, self._miss = None, None

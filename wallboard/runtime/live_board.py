"""Keeps one board alive on the window's main thread: hears the source's process, counts seconds."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import timedelta, tzinfo

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal

from wallboard.domain.clock import Clock, Moment
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.engine.board import (
    Board,
    Effect,
    FetchFailed,
    Happening,
    PictureTaken,
    SecondPassed,
    StoreFacts,
    step,
)
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.wire import Failed, Taken
from wallboard.storage.history import History

_LEAST_BETWEEN_BOARDS_S = 0.05
_SECOND_MS = 1000
# A picture that comes when a second is nearly over takes the second along: one board, not two.
_NEARLY_A_SECOND_S = 0.85
_FIRST_BACK_OFF_S = 1.0
_LONGEST_BACK_OFF_S = 30.0
_LIVED_WELL_S = 60.0


class LiveBoard(QObject):
    """One source's board, from `start` until `stop`. Lives on the main thread."""

    board_changed = Signal(Board, Moment)

    def __init__(
        self,
        *,
        opening: Opening,
        poll: timedelta,
        zone: tzinfo,
        clock: Clock,
        command: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        """Make a board that knows nothing yet; `start` brings it to life.

        Args:
            poll: How often the source should prove that it is alive.
            zone: The site's time zone.
            command: Starts a program that runs `run_source_process`.
        """
        super().__init__(parent)
        self._opening = opening
        self._clock = clock
        self._command = tuple(command)
        self._board = Board(name=opening.name, zone=zone, poll=poll, demo=opening.demo)
        self._history = History()
        self._link: SourceLink | None = None
        self._notifiers: dict[socket.socket, QSocketNotifier] = {}
        self._back_off_s = _FIRST_BACK_OFF_S
        self._started_s = self._second_s = self._shown_s = float("-inf")
        self._told_why = False
        self._seconds = QTimer(self)
        self._seconds.setInterval(_SECOND_MS)
        self._seconds.timeout.connect(self._pass_second)
        self._restart = _single_shot(self)
        self._restart.timeout.connect(self._launch)
        self._soon = _single_shot(self)
        self._soon.timeout.connect(self._show)

    @property
    def board(self) -> Board:
        """The present board."""
        return self._board

    @property
    def history(self) -> History:
        """What has happened since the start."""
        return self._history

    @property
    def source_pid(self) -> int | None:
        """The id of the source's process. None while there is none."""
        return None if self._link is None else self._link.pid

    def start(self) -> None:
        """Start the source's process and the seconds."""
        self._seconds.start()
        self._launch()

    def stop(self) -> None:
        """End the process, the timers and the sockets. May be called more than once."""
        for timer in (self._seconds, self._restart, self._soon):
            timer.stop()
        self._hang_up()

    def poll_now(self) -> None:
        """Ask the source for a picture at once."""
        if self._link is not None:
            self._link.poll_now()
        elif self._restart.isActive():
            self._launch()

    def _launch(self) -> None:
        self._restart.stop()
        self._started_s = self._clock.now().steady_s
        self._told_why = False
        try:
            self._link = SourceLink(self._opening, self._command, self._board.snapshot)
        except OSError as error:
            self._bury(str(error.strerror))
            return
        self._watch()

    def _watch(self) -> None:
        """Have a notifier for each of the link's sockets, and for no other."""
        wanted = () if self._link is None else self._link.sockets()
        for gone in set(self._notifiers) - set(wanted):
            self._forget(gone)
        for new in wanted:
            if new not in self._notifiers:
                notifier = QSocketNotifier(new.fileno(), QSocketNotifier.Type.Read, self)
                notifier.activated.connect(self._hear)
                self._notifiers[new] = notifier

    def _forget(self, gone: socket.socket) -> None:
        notifier = self._notifiers.pop(gone)
        notifier.setEnabled(False)
        notifier.deleteLater()

    def _hear(self) -> None:
        notifier = self.sender()
        heard = [each for each, its in self._notifiers.items() if its is notifier]
        if self._link is None or not heard:
            return
        for word in self._link.read(heard[0]):
            self._take(word)
        if self._link.ended:
            self._mourn()
        self._watch()

    def _take(self, word: Taken | Failed) -> None:
        match word:
            case Taken(change=change, facts=facts, notices=notices):
                self._step(PictureTaken(change=change, facts=facts, notices=notices))
            case Failed(fault=told):
                self._told_why = told.kind is FaultKind.PROCESS_ENDED
                self._step(FetchFailed(fault=told))

    def _pass_second(self) -> None:
        if self._link is not None and self._link.ended:
            self._mourn()
            self._watch()
        self._step(SecondPassed())

    def _mourn(self) -> None:
        """The process ended and nobody asked it to."""
        self._bury(self._hang_up())

    def _bury(self, reason: str) -> None:
        if not self._told_why:
            self._step(FetchFailed(fault=_ended(reason)))
        lived_s = self._clock.now().steady_s - self._started_s
        if lived_s >= _LIVED_WELL_S:
            self._back_off_s = _FIRST_BACK_OFF_S
        self._restart.start(round(self._back_off_s * 1000))
        self._back_off_s = min(2 * self._back_off_s, _LONGEST_BACK_OFF_S)

    def _hang_up(self) -> str:
        # Notifiers go first: none may watch a socket that is closed.
        for each in tuple(self._notifiers):
            self._forget(each)
        if self._link is None:
            return ""
        link, self._link = self._link, None
        return link.close()

    def _step(self, happening: Happening) -> None:
        now = self._clock.now()
        nearly = now.steady_s - self._second_s >= _NEARLY_A_SECOND_S
        board, effects = step(self._board, happening, now)
        if isinstance(happening, SecondPassed):
            self._second_s = now.steady_s
        elif nearly and self._seconds.isActive():
            board, more = step(board, SecondPassed(), now)
            effects += more
            self._second_s = now.steady_s
            self._seconds.start()
        self._board = board
        for effect in effects:
            self._perform(effect)
        self._announce(now)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case StoreFacts(facts=facts):
                self._history.keep(facts)

    def _announce(self, now: Moment) -> None:
        """Show the board now, or with others that come within the twentieth of a second."""
        rest_s = self._shown_s + _LEAST_BETWEEN_BOARDS_S - now.steady_s
        if rest_s <= 0:
            self._show()
        elif not self._soon.isActive():
            self._soon.start(max(1, round(rest_s * 1000)))

    def _show(self) -> None:
        self._soon.stop()
        now = self._clock.now()
        self._shown_s = now.steady_s
        self.board_changed.emit(self._board, now)


def _single_shot(parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    return timer


def _ended(reason: str) -> Fault:
    return fault(FaultKind.PROCESS_ENDED, reason=reason)

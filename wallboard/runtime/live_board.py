"""A board that lives: its loop in a thread of its own, its boards told on the main thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta, tzinfo

from PySide6.QtCore import QObject, Qt, Signal

from wallboard.domain.alert import AlertWish, Rules
from wallboard.domain.arranging import Arrangement
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.measuring import Measuring
from wallboard.engine.board import Board
from wallboard.engine.windows import WindowKind
from wallboard.runtime.board_loop import BoardLoop
from wallboard.runtime.filling import Past
from wallboard.runtime.first_board import first_board
from wallboard.runtime.keeping import Errand
from wallboard.runtime.opening import Opening
from wallboard.runtime.orders import Order
from wallboard.runtime.watching import Watcher, Watching
from wallboard.storage.history import History

# How long the window waits at most for the thread to let it go on, in seconds. With ten thousand
# agents a step takes 15 ms; the interpreter's own 5 ms would be felt in each of the window's.
_SWITCH_INTERVAL_S = 0.0005


class LiveBoard(QObject):
    """One source's board, from `start` until `stop`. Lives on the main thread.

    The thread holds what is not yet shown: the newest board alone. While the window is busy,
    boards that nobody could see are passed over.
    """

    board_changed = Signal(Board, Moment)
    alerts_announced = Signal(object)
    """With the AlertEvents that are to be told; they are stored by then, if they can be."""
    _announced = Signal(object)
    _board_made = Signal()

    def __init__(  # noqa: PLR0913 - what a board lives on
        self,
        *,
        opening: Opening,
        poll: timedelta,
        zone: tzinfo,
        clock: Clock,
        command: Sequence[str],
        open_history: Callable[[], History] | None = None,
        past: Past | None = None,
        watcher: Callable[[], Watcher] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Make a board that knows nothing yet; `start` brings it to life.

        Args:
            poll: How often the source should prove that it is alive.
            zone: The site's time zone.
            command: Starts a program that runs `run_source_process`.
            open_history: Opens what keeps the facts. None: nothing is kept.
            past: Tells what happened in a gap of the history. None: there is no telling.
            watcher: Makes what watches the board for what somebody wants to be alerted of, in a
                thread. None: nobody watches.
        """
        super().__init__(parent)
        self._clock = clock
        self._board = first_board(opening, zone, poll)
        self._newest = self._board
        self._handing = threading.Lock()
        self._handed = False
        self._stopped = False
        self._loop = BoardLoop(
            opening=opening,
            board=self._board,
            clock=clock,
            command=command,
            show=self._hand_over,
            open_history=open_history,
            past=past,
            watching=Watching(watcher, self._announced.emit),
        )
        self._announced.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop.run, name="board", daemon=True)
        self._board_made.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def board(self) -> Board:
        """The board that was shown last."""
        return self._board

    @property
    def source_pid(self) -> int | None:
        """The id of the source's process. None while there is none."""
        return self._loop.source_pid

    def start(self) -> None:
        """Start the thread, which starts the source's process. May be called once."""
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        self._thread.start()

    def stop(self) -> None:
        """End the process and the thread; no board is shown any more. May be called again."""
        self._stopped = True
        self._loop.stop()
        if self._thread.is_alive():
            self._thread.join()

    def poll_now(self) -> None:
        """Ask the source for a picture at once."""
        self._loop.poll_now()

    def choose_window(self, window: WindowKind) -> None:
        """Have the figures of another stretch of time shown."""
        self._loop.choose_window(window)

    def handle_alert(self, wish: AlertWish) -> None:
        """Have something done with an alert; nothing if nobody watches."""
        self._loop.handle_alert(wish)

    def take_rules(self, rules: Rules, *, odd: bool = False, who: str = "") -> None:
        """Watch by other rules."""
        self._loop.take_rules(rules, odd=odd, who=who)

    def supervise(self, order: Order) -> None:
        """Have the source do what a supervisor asks for, at most once."""
        self._loop.supervise(order)

    def do(self, errand: Errand) -> None:
        """Have something done with the history, if there is one, in the thread that has it."""
        self._loop.do(errand)

    def decide(self, measuring: Measuring, arrangement: Arrangement) -> None:
        """Have queues measured and shown otherwise; the plan must be that of the board."""
        self._loop.decide(measuring, arrangement)

    def _hand_over(self, board: Board) -> None:
        """Take a board in the loop's thread."""
        with self._handing:
            self._newest = board
            waits = self._handed
            self._handed = True
        if not waits:
            self._board_made.emit()

    def _pass_on(self, events: object) -> None:
        if not self._stopped:
            self.alerts_announced.emit(events)

    def _show(self) -> None:
        with self._handing:
            self._board = self._newest
            self._handed = False
        if not self._stopped:
            self.board_changed.emit(self._board, self._clock.now())

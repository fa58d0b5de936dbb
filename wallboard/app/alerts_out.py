"""What becomes of alerts outside of the board: heard and shown here, told elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.app.notifying import Notifying
from wallboard.domain.alert import AlertEvent
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.delivery import Delivery
from wallboard.domain.errors import FaultKind
from wallboard.engine.board import Board
from wallboard.runtime.delivering import Delivering
from wallboard.runtime.live_board import LiveBoard
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places
from wallboard.storage.history import History
from wallboard.ui.alert_message import Letterhead
from wallboard.ui.wording import Wording


@dataclass(slots=True)
class _Paper:
    """The letterhead as it is now; replaced as a whole, so that any thread may read it."""

    head: Letterhead = field(
        default_factory=lambda: Letterhead(site="", zone=UTC, wording=Wording())
    )


class AlertsOut(QObject):
    """One connection's alerts, outside of its board. Lives on the main thread.

    A demo is heard once, and told to nobody: nothing in it is real.
    """

    deliveries_changed = Signal()
    """Something has become of a delivery."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        places: Places,
        clock: Clock,
        *,
        demo: bool,
    ) -> None:
        """Prepare; `begin` brings it to life."""
        super().__init__(window)
        self._clock = clock
        self._paper = _Paper()
        self._live: LiveBoard | None = None
        self._elsewhere = False
        self._demo = demo
        self._places = places
        self._settings = settings
        self._signs = Notifying(window, self._here(settings), lambda: self._paper.head, parent=self)
        self._delivering = self._made(settings)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What has become of the deliveries of the last days, the newest first."""
        return () if self._delivering is None else self._delivering.deliveries

    def outbox(self, history: History, events: Sequence[AlertEvent]) -> None:
        """Write down what is to be told elsewhere, in the transaction that keeps the events.

        Called by the thread that has the history.

        Raises:
            HistoryUnavailable: It was not written.
        """
        if self._delivering is not None:
            self._delivering.outbox(history, events)

    def begin(self, live: LiveBoard, wording: Wording) -> None:
        """Follow a board that lives. Before or after its start; call it once."""
        self._live = live
        self._speak(live.board, wording)
        live.alerts_announced.connect(self.take_events)
        live.board_changed.connect(self.show_board)
        if self._delivering is not None:
            self._delivering.start(live.do)

    def speak(self, wording: Wording) -> None:
        """Tell what comes from now on in another language."""
        if self._live is not None:
            self._speak(self._live.board, wording)

    def choose(self, settings: Settings) -> None:
        """Be heard and shown here, and told elsewhere, as the user decided anew."""
        self._signs.choose(self._here(settings))
        before, self._settings = self._settings, settings
        if settings.ways == before.ways or self._demo:
            return
        if self._delivering is not None:
            # start-up: as at the making
            from wallboard.app.ways import choose_ways  # noqa: PLC0415 - as told

            choose_ways(self._delivering, settings, self._places, lambda: self._paper.head)
            return
        self._delivering = self._made(settings)
        if self._delivering is not None and self._live is not None:
            self._delivering.start(self._live.do)

    def take_events(self, events: Sequence[AlertEvent]) -> None:
        """Let new alerts be noticed here and told elsewhere."""
        self._signs.take_events(events, self._clock.now())
        # Who has the history tells them; two programs must not tell everything twice.
        if self._delivering is None:
            return
        if self._elsewhere:
            self._delivering.leave(events)
        else:
            self._delivering.announce(events)

    def show_board(self, board: Board, now: Moment) -> None:
        """Follow how the alerts stand."""
        fault = None if board.history is None else board.history.fault
        self._elsewhere = fault is not None and fault.kind is FaultKind.HISTORY_LOCKED
        self._signs.show_board(board, now)

    def try_now(self, way: str) -> None:
        """Have all that waits for a way tried at once."""
        if self._delivering is not None:
            self._delivering.try_now(way)

    def stop(self) -> None:
        """End; what is not told yet is told after the next start."""
        if self._live is not None:
            self._live.alerts_announced.disconnect(self.take_events)
            self._live.board_changed.disconnect(self.show_board)
            self._live = None
        self._signs.close()
        if self._delivering is not None:
            self._delivering.stop()

    def _made(self, settings: Settings) -> Delivering | None:
        """Return what tells by the ways; None for a demo, and if there are none."""
        if self._demo or not settings.ways:
            return None
        # start-up: mail and the like take longer to load than a board has time for
        from wallboard.app.ways import delivering_of  # noqa: PLC0415 - as told

        changed = self.deliveries_changed.emit
        return delivering_of(settings, self._places, lambda: self._paper.head, self._clock, changed)

    def _here(self, settings: Settings) -> Settings:
        """Return what was decided about signs on this computer, for what is shown."""
        return replace(settings, alert_popup=False, alert_repeat_s=0) if self._demo else settings

    def _speak(self, board: Board, wording: Wording) -> None:
        self._paper.head = Letterhead(site=board.name, zone=board.zone, wording=wording)

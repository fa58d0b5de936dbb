"""Where alerts leave the window: opened once the first board is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import AlertEvent
from wallboard.domain.clock import Clock
from wallboard.domain.delivery import Delivery
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places
from wallboard.storage.history import History
from wallboard.ui.wording import Wording


class _Out(Protocol):
    """What is done with the alerts of one board outside of it; AlertsOut is one."""

    @property
    def deliveries(self) -> tuple[Delivery, ...]: ...

    def outbox(self, history: History, events: Sequence[AlertEvent]) -> None: ...

    def choose(self, settings: Settings) -> None: ...

    def speak(self, wording: Wording) -> None: ...

    def try_now(self, way: str) -> None: ...

    def stop(self) -> None: ...

    def deleteLater(self) -> None: ...  # noqa: N802 - Qt's name


class _Showing(Protocol):
    """What shows deliveries; the page of settings is one."""

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None: ...


class _Page(_Showing, Protocol):
    """What shows deliveries and has them tried again; the page of alerts is one."""

    try_wanted: SignalInstance


class AlertOutlet(QObject):
    """The ways out of the alerts of whichever board is shown. Lives on the main thread."""

    def __init__(self, window: QWidget, places: Places, clock: Clock) -> None:
        """Prepare; nothing is told before `follow`.

        Args:
            window: Asks for attention when something is critical.
        """
        super().__init__(window)
        self._window = window
        self._places = places
        self._clock = clock
        self._out: _Out | None = None
        self._begin: Callable[[], None] | None = None
        self._pages: list[_Showing] = []
        self._settings: Settings | None = None

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What has become of the deliveries of the last days, the newest first."""
        return () if self._out is None else self._out.deliveries

    def outbox(self, history: History, events: Sequence[AlertEvent]) -> None:
        """Write down what is to be told elsewhere; see `AlertsOut.outbox`.

        Raises:
            HistoryUnavailable: It was not written.
        """
        out = self._out
        if out is not None:
            out.outbox(history, events)

    def follow(
        self, live: LiveBoard, opening: Opening, settings: Settings, wording: Wording
    ) -> None:
        """Let the alerts of this board out, soon: no alert fires at its first picture."""
        self.forget()

        def begin() -> None:
            # start-up: the board is seen first
            from wallboard.app.alerts_out import AlertsOut  # noqa: PLC0415 - as told

            chosen = self._settings or settings
            out = AlertsOut(self._window, chosen, self._places, self._clock, demo=opening.demo)
            out.deliveries_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
            out.begin(live, wording)
            self._out = out

        self._begin, self._settings = begin, settings
        QTimer.singleShot(0, self, self._begin_now)

    def serve(self, page: _Page) -> None:
        """Show on a page what becomes of deliveries, and do what it wishes."""
        page.try_wanted.connect(self.try_now)
        self.show_on(page)

    def show_on(self, page: _Showing) -> None:
        """Show on a page what becomes of deliveries."""
        self._pages.append(page)
        page.show_deliveries(self.deliveries)

    def choose(self, settings: Settings, wording: Wording) -> None:
        """Be heard, shown and told as the user decided anew."""
        self._settings = settings
        if self._out is not None:
            self._out.choose(settings)
            self._out.speak(wording)

    def try_now(self, way: str) -> None:
        """Have all that waits for a way tried at once."""
        if self._out is not None:
            self._out.try_now(way)

    def forget(self) -> None:
        """Let nothing out any more; what is not told yet is told after the next start."""
        self._begin = None
        out, self._out = self._out, None
        if out is not None:
            out.stop()
            out.deleteLater()
            self._show()

    def _show(self) -> None:
        for page in self._pages:
            page.show_deliveries(self.deliveries)

    def _begin_now(self) -> None:
        begin, self._begin = self._begin, None
        if begin is not None:
            begin()

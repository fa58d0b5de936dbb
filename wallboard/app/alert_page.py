"""Serves the page of alerts: the journal of the last days, and what a rule would have said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.app.page_history import Standing, trouble_of
from wallboard.app.rule_preview import NotKnown, Past, preview_rule
from wallboard.app.saved import noticed
from wallboard.domain.alert import AlertEvent, Rule
from wallboard.engine.alert_watch import source_time
from wallboard.engine.board import Board
from wallboard.engine.rule_replay import Preview
from wallboard.runtime.errand import Errand
from wallboard.settings.notice import Notice
from wallboard.storage.alert_journal import alert_events
from wallboard.ui.pages.alerts import AlertsPage
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_NOT_KNOWN: Final = phrase(
    "Alert", "What such a rule looks at is not stored, so its past cannot be told."
)
_THIS_WINDOW: Final = phrase("Alert", "The rules hold until the program ends.")


class AlertPageDesk(QObject):
    """Serves one page of alerts. Lives on the main thread.

    Signals:
        alert_wished: An AlertWish.
        rules_wished: The Rules that are to hold.
        subject_wanted: The kind of a subject that is to be looked at, and its id.
    """

    alert_wished = Signal(object)
    rules_wished = Signal(object)
    subject_wanted = Signal(str, str)

    def __init__(
        self,
        page: QWidget,
        standing: Callable[[], Standing | None],
        parent: QObject | None = None,
    ) -> None:
        """Serve the page.

        Args:
            standing: Returns what a question goes by; None while there is no board.
        """
        super().__init__(parent)
        if not isinstance(page, AlertsPage):
            raise TypeError(page)
        self._page = page
        self._standing = standing
        self._reading: Errand | None = None
        self._trying: Errand | None = None
        self._wording: Wording | None = None
        page.events_wanted.connect(self._tell_events)
        page.preview_wanted.connect(self._tell_preview)
        page.rules_wished.connect(self.rules_wished)
        page.alert_wished.connect(self.alert_wished)
        page.subject_wanted.connect(self.subject_wanted)

    @property
    def page(self) -> AlertsPage:
        """The page that is served."""
        return self._page

    @property
    def busy(self) -> bool:
        """True while the page waits for an answer that is being read."""
        return self._reading is not None or self._trying is not None

    def show_not_saved(self, told: object) -> None:
        """Say on the page that the rules could not be written."""
        standing = self._standing()
        if standing is not None and isinstance(told, Notice):
            wording = standing.wording
            this_window = wording.say(_THIS_WINDOW)
            self._page.show_not_saved(f"{noticed(told, wording)} {this_window}")

    def forget(self) -> None:
        """Answer nothing that was asked: the board is let go."""
        _stop(self._reading)
        self._reading = None
        _stop(self._trying)
        self._trying = None
        self._page.forget()

    def _tell_events(self, days: int) -> None:
        standing = self._standing()
        if standing is None or self._reading is not None:
            return
        then = source_time(standing.board, standing.now)
        begin, end = then - timedelta(days=days), then + timedelta(hours=1)
        opening = standing.open_history

        def read() -> tuple[AlertEvent, ...]:
            with closing(opening()) as history:
                return tuple(alert_events(history, begin, end))

        self._wording = standing.wording
        self._reading = Errand(read, self, name="alerts")
        self._reading.succeeded.connect(self._show_events)
        self._reading.failed.connect(self._miss_events)
        self._reading.start()

    def _tell_preview(self, rule: Rule) -> None:
        standing = self._standing()
        if standing is None:
            return
        _stop(self._trying)
        self._trying = None
        board, opening = standing.board, standing.open_history
        then = source_time(board, standing.now)

        def read() -> Preview:
            with closing(opening()) as history:
                past = Past(
                    history=history,
                    end=then,
                    measuring=board.measuring,
                    groups=groups_of(board),
                    zone=board.zone,
                )
                return preview_rule(past, rule)

        self._wording = standing.wording
        self._trying = Errand(read, self, name="preview")
        self._trying.succeeded.connect(self._show_preview)
        self._trying.failed.connect(self._miss_preview)
        self._trying.start()

    def _show_events(self, events: object) -> None:
        _drop(self._reading)
        self._reading = None
        if isinstance(events, tuple):
            self._page.show_events(events)

    def _miss_events(self, error: Exception) -> None:
        _drop(self._reading)
        self._reading = None
        if self._wording is not None:
            self._page.show_no_events(trouble_of(error, self._wording))

    def _show_preview(self, preview: object) -> None:
        _drop(self._trying)
        self._trying = None
        if isinstance(preview, Preview):
            self._page.show_preview(preview)

    def _miss_preview(self, error: Exception) -> None:
        _drop(self._trying)
        self._trying = None
        wording = self._wording
        if wording is not None:
            known = not isinstance(error, NotKnown)
            told = trouble_of(error, wording) if known else wording.say(_NOT_KNOWN)
            self._page.show_no_preview(told)


def groups_of(board: Board) -> dict[str, list[str]]:
    """Return the queues of each group of a board."""
    groups: dict[str, list[str]] = {}
    for queue_id, name in board.arrangement.groups.items():
        groups.setdefault(name, []).append(queue_id)
    return groups


def _stop(errand: Errand | None) -> None:
    if errand is not None:
        errand.stop()
        errand.deleteLater()


def _drop(errand: Errand | None) -> None:
    if errand is not None:
        errand.deleteLater()

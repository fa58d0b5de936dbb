"""What new alerts do on this computer: they are heard, the desktop shows them, the window asks.

The rules, in prose:

* What comes at once is heard once, as the worst of it, and shown as one message.
* A critical alert that nobody has is heard again, so many seconds after the last sound, for as
  long as it is known to stand.
* Nothing is heard or shown twice, and what disturbs nobody is neither. After a start only what is
  new then is told: what was told before it is in the journal.
* What the desktop shows may be read by who passes by: no name of an agent is in it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.app.popups import Popup, Popups
from wallboard.app.sounding import Sounder
from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.engine.alert_board import AlertBoard
from wallboard.engine.alert_life import fires
from wallboard.engine.board import Board
from wallboard.settings.model import Settings
from wallboard.ui.alert_message import Letterhead, post_of

_DISTURBS: Final = frozenset({News.FIRED, News.WORSE, News.UNSTABLE, News.FREE_AGAIN})
_REMEMBERED: Final = 2_000
_PREPARED_AFTER_MS: Final = 3_000
_BETWEEN_SOUNDS_S: Final = 3.0
"""Sounds do not come faster, whatever happens."""


class Notifying(QObject):
    """The signs of new alerts on this computer. Lives on the main thread."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        letterhead: Callable[[], Letterhead],
        *,
        sounder: Sounder | None = None,
        popups: Popups | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Begin to listen.

        Args:
            window: Asks for attention in the desktop's bar.
            letterhead: Asked for each message.
        """
        super().__init__(parent)
        self._window = window
        self._settings = settings
        self._letterhead = letterhead
        self._sounder = Sounder(self) if sounder is None else sounder
        self._popups = Popups(self) if popups is None else popups
        self._popups.wanted.connect(self._show_window)
        self._told: deque[str] = deque(maxlen=_REMEMBERED)
        self._heard_s: float | None = None
        if settings.alert_sound:
            # To load the sounds takes a tenth of a second: not when the first one is wanted, and
            # not while the window is being made.
            QTimer.singleShot(_PREPARED_AFTER_MS, self._sounder.prepare)

    def choose(self, settings: Settings) -> None:
        """Go on as the user decided anew."""
        before, self._settings = self._settings, settings
        if settings.alert_sound and not before.alert_sound:
            self._sounder.prepare()

    def take_events(self, events: Sequence[AlertEvent], now: Moment) -> None:
        """Let new alerts be noticed.

        Args:
            events: As they are announced; what was told already is passed over.
        """
        new = [event for event in events if event.event_id not in self._told]
        self._told.extend(event.event_id for event in new)
        told = [event for event in new if event.news in _DISTURBS and not event.silent]
        if not told:
            return
        worst = max(event.severity for event in told)
        self._sound(worst, now)
        if self._settings.alert_popup:
            post = post_of(told, self._letterhead(), now.wall, names=False)
            self._popups.show_popup(Popup(popup_id=post.post_id, title=post.title, text=post.text))
        if worst is Severity.CRITICAL:
            QApplication.alert(self._window)

    def show_board(self, board: Board, now: Moment) -> None:
        """Repeat the sound if it is time."""
        repeat_s = self._settings.alert_repeat_s
        if not repeat_s or not _nobody_has(board.alerts):
            # The first repetition comes a whole pause after it began, also after a start.
            self._heard_s = now.steady_s if self._heard_s is None else self._heard_s
            return
        if self._heard_s is None:
            self._heard_s = now.steady_s
        if now.steady_s - self._heard_s >= repeat_s:
            self._sound(Severity.CRITICAL, now)

    def close(self) -> None:
        """Be silent, and show nothing any more."""
        self._sounder.close()
        self._popups.close()

    def _show_window(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _sound(self, worst: Severity, now: Moment) -> None:
        settings = self._settings
        least = Severity.WARNING if settings.alert_sound_warning else Severity.CRITICAL
        if not settings.alert_sound or worst < least:
            return
        if self._heard_s is not None and 0 <= now.steady_s - self._heard_s < _BETWEEN_SOUNDS_S:
            return
        self._heard_s = now.steady_s
        self._sounder.play(worst, settings.alert_volume)


def _nobody_has(alerts: AlertBoard) -> bool:
    """True if a critical alert is known to stand, disturbs, and nobody has taken it."""
    return any(
        row.alert.severity is Severity.CRITICAL
        and fires(row.alert)
        and row.alert.evaluated
        and row.alert.hand is None
        and not row.silent
        for row in alerts.rows
    )

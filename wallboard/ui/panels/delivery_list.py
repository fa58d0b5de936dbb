"""What became of alerts on their ways out: a line a way, those that are in trouble first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import Fault
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.panel import Panel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

MOST: Final = 4
"""So many ways have a line."""

_ROW: Final = 26
_PAD: Final = 10
_WAITING: Final = phrase("Delivery", "{way}: {count} waiting. {why} Next try at {time}.")
_ON_ITS_WAY: Final = phrase("Delivery", "{way}: {count} on the way")
_FAILED: Final = phrase("Delivery", "{way}: {count} not delivered. {why}")
_SENT: Final = phrase("Delivery", "{way}: all {count} delivered, the last at {time}")
_TRY: Final = phrase("Delivery", "Try now")
_NAME: Final = phrase("Delivery", "Deliveries of alerts")


@value
class WayStanding:
    """What became of the deliveries of one way.

    Attributes:
        way: Its name.
        last: When one was delivered last. None if none was.
        fault: Why the latest of those that wait, or else failed, was not taken. None if none was
            tried in vain.
        due: When the next of those that wait is tried. None if none waits.
    """

    way: str
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    last: datetime | None = None
    fault: Fault | None = None
    due: datetime | None = None

    @property
    def severity(self) -> Severity:
        """How bad that is: what people were not told at all is worst."""
        if self.failed:
            return Severity.CRITICAL
        return Severity.WARNING if self.fault is not None else Severity.CALM


def standings_of(deliveries: Iterable[Delivery]) -> tuple[WayStanding, ...]:
    """Return what became of each way's deliveries, the worst first.

    What failed counts until something was delivered after it.
    """
    by_way: dict[str, list[Delivery]] = {}
    for delivery in sorted(deliveries, key=lambda one: one.queued_at):
        by_way.setdefault(delivery.way, []).append(delivery)
    found = [_standing(way, told) for way, told in by_way.items()]
    return tuple(sorted(found, key=lambda one: (-one.severity, one.way)))


def _standing(way: str, told: list[Delivery]) -> WayStanding:
    sent = [one for one in told if one.state is DeliveryState.SENT]
    waiting = [one for one in told if one.state is DeliveryState.QUEUED]
    last = max((one.due_at for one in sent), default=None)
    failed = [
        one
        for one in told
        if one.state is DeliveryState.FAILED and (last is None or one.due_at > last)
    ]
    faults = [one.fault for one in (*failed, *waiting) if one.fault is not None]
    return WayStanding(
        way=way,
        waiting=len(waiting),
        sent=len(sent),
        failed=len(failed),
        last=last,
        fault=faults[-1] if faults else None,
        due=min((one.due_at for one in waiting), default=None),
    )


def standing_text(standing: WayStanding, zone: tzinfo, wording: Wording) -> str:
    """Return the standing of a way in one line."""
    way = isolated(standing.way)
    why = "" if standing.fault is None else wording.fault_cause(standing.fault, zone=zone)
    if standing.failed:
        return wording.say(_FAILED, way=way, count=wording.count(standing.failed), why=why)
    if standing.waiting:
        count = wording.count(standing.waiting)
        if standing.fault is None or standing.due is None:
            return wording.say(_ON_ITS_WAY, way=way, count=count)
        time = wording.clock(standing.due, zone)
        return wording.say(_WAITING, way=way, count=count, why=why, time=time)
    time = "" if standing.last is None else wording.clock_minute(standing.last, zone)
    return wording.say(_SENT, way=way, count=wording.count(standing.sent), time=time)


class DeliveryList(Panel):
    """Shows the ways out and how they stand. Has no height while there is nothing to say.

    Signals:
        try_wanted: The name of a way by which all that waits is to be tried at once.
        resized: It wants another height.
    """

    try_wanted = Signal(str)
    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._standings: tuple[WayStanding, ...] = ()
        self._rows: tuple[tuple[Severity, str], ...] = ()
        self.button = QuietButton(look)
        self.button.setParent(self)
        self.button.clicked.connect(self._try)
        self.button.hide()

    def show_look(self, look: Look) -> None:
        """Show it in another look; deliveries must be shown after this."""
        super().show_look(look)
        self.button.show_look(look)

    def show_deliveries(self, deliveries: Iterable[Delivery], zone: tzinfo) -> None:
        """Show what became of the deliveries of the last days."""
        wording = self._look.wording
        self._standings = standings_of(deliveries)
        rows = tuple(
            (each.severity, standing_text(each, zone, wording)) for each in self._standings[:MOST]
        )
        if rows == self._rows:
            return
        grown = len(rows) != len(self._rows)
        self._rows = rows
        self.button.show_text(wording.say(_TRY))
        self.button.setVisible(any(each.waiting and each.fault for each in self._standings))
        self.setAccessibleName(wording.say(_NAME))
        self._tell(wording.listed(text for _severity, text in rows))
        self._place_button()
        if grown:
            self.resized.emit()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the lines; nothing without any."""
        look = self._look
        if not self._rows:
            return QSize(0, 0)
        return QSize(0, look.px(_ROW) * len(self._rows) + 2 * look.px(_PAD))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the button at the end."""
        super().resizeEvent(event)
        self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a line a way."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.base)
        if self._rows:
            easel.card(QRectF(self.rect()))
        pad, high, size = look.px(14), look.px(_ROW), look.px(12)
        end = self.width() - pad
        if not self.button.isHidden():
            end -= self.button.width() + pad
        for at, (severity, text) in enumerate(self._rows):
            top = look.px(_PAD) + at * high
            middle = top + high / 2
            easel.severity(QRectF(pad, middle - size / 2, size, size), severity)
            start = pad + size + look.px(8)
            line = QRectF(start, top, max(0.0, end - start), high)
            colour = theme.text if severity else theme.text2
            easel.write(line, text, look.font(Role.LABEL), colour)
        painter.end()

    def _place_button(self) -> None:
        look, size = self._look, self.button.sizeHint()
        pad = look.px(_PAD)
        left = pad if look.rtl else self.width() - pad - size.width()
        top = (self.height() - size.height()) // 2
        self.button.setGeometry(left, top, size.width(), size.height())

    def _try(self) -> None:
        for standing in self._standings:
            if standing.waiting:
                self.try_wanted.emit(standing.way)

    def _forget(self) -> None:
        self._rows = ()

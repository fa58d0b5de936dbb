"""The dock of alerts at the end of the window: those that stand, and what to do with them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import News
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_board import AlertBoard, ShownAlert, grouped
from wallboard.engine.board import Board
from wallboard.ui.alert_words import nothing_stands, rule_name
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.alert_actions import AlertActions
from wallboard.ui.panels.alert_list import AlertList
from wallboard.ui.panels.drawer import CloseButton
from wallboard.ui.panels.handled_alerts import HandledAlerts
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role

_MOST_IN_A_GROUP = 3


@value
class _Head:
    """What stands above and below the list."""

    critical: int = 0
    warning: int = 0
    note: str = ""
    foot: str = ""


class AlertDock(QWidget):
    """Shows the alerts that stand.

    Signals:
        wished: An AlertWish.
        open_wanted: The kind of a subject that is to be looked at, and its id.
        page_wanted: The page of alerts is to be opened.
        closed: The dock is to go.
    """

    wished = Signal(object)
    open_wanted = Signal(str, str)
    page_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._head = _Head()
        self.alerts = AlertList(look)
        self.handling = AlertActions(look)
        HandledAlerts(self.alerts, self.handling)
        self.page_button = QuietButton(look)
        self._close = CloseButton(look)
        for part in (self._close, self.alerts, self.handling, self.page_button):
            part.setParent(self)
        self._close.clicked.connect(self.closed)
        self.page_button.clicked.connect(self.page_wanted)
        self.handling.wished.connect(self.wished)
        self.handling.open_wanted.connect(self.open_wanted)
        self.handling.resized.connect(self._arrange)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusProxy(self.alerts)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the dock in another look. A board must be shown after this."""
        self._look = look
        self._texts.clear()
        self._head = _Head()
        self._close.show_look(look)
        self.alerts.show_look(look)
        self.handling.show_look(look)
        self.page_button.show_look(look)
        self.page_button.show_text(look.wording.translate("Alert", "All alerts and rules"))
        self.setAccessibleName(look.wording.translate("Alert", "Alerts"))
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the alerts as they stand; only what changed is painted."""
        told = board.alerts
        head = _Head(
            critical=told.count(Severity.CRITICAL),
            warning=told.count(Severity.WARNING),
            note=_note(told, self._look),
            foot=_foot(told, self._look),
        )
        if head != self._head:
            self._head = head
            self._arrange()
            self.update()
        empty = nothing_stands(told, self._look.wording)
        self.alerts.show_alerts(board, now, _groups(told, self._look), empty)
        if self.alerts.chosen_key() is None and told.rows:
            self.handling.show_row(None)
        else:
            self.handling.show_row(self.alerts.row(self.alerts.chosen_key()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close at Esc; it never closes more than this."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the card, the heading with its numbers, and what else there is to say."""
        look, theme, head = self._look, self._look.theme, self._head
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), theme.base)
        easel.card(QRectF(self.rect()))
        pad, high = look.px(12), self._title_height()
        line = QRectF(pad, 0, self.width() - 2 * pad - look.px(40), high)
        title = look.wording.translate("Alert", "Alerts")
        used = easel.write(line, title, look.font(Role.HEADING), theme.text)
        line.setLeft(line.x() + used + look.px(12))
        for severity, number in (
            (Severity.CRITICAL, head.critical),
            (Severity.WARNING, head.warning),
        ):
            if number:
                line = _paint_count(easel, line, severity, number)
        easel.fill(QRectF(1, high - 1, self.width() - 2, 1), theme.line)
        if look.compact:
            # It lies over the page, and must be told from it.
            easel.fill(QRectF(0, 0, 1, self.height()), theme.control)
        if head.note:
            box = QRectF(pad, high, self.width() - 2 * pad, self._note_height())
            easel.write(box, head.note, look.font(Role.LABEL), theme.text)
        if head.foot:
            button = self.page_button.geometry()
            box = QRectF(pad, button.y(), self.width() - 3 * pad - button.width(), button.height())
            easel.write(box, head.foot, look.font(Role.CAPTION), theme.text2)
        painter.end()

    def _title_height(self) -> int:
        return self._look.px(40 if self._look.compact else 48)

    def _note_height(self) -> int:
        return self._look.px(30) if self._head.note else 0

    def _arrange(self) -> None:
        look, title = self._look, self._title_height()
        side = look.px(32)
        start = self.width() - side - look.px(8)
        left = self.width() - start - side if look.rtl else start
        self._close.setGeometry(left, (title - side) // 2, side, side)
        hint = self.page_button.sizeHint()
        pad = look.px(10)
        foot = self.height() - hint.height() - pad
        left = pad if look.rtl else self.width() - pad - hint.width()
        self.page_button.setGeometry(left, foot, hint.width(), hint.height())
        high = self.handling.sizeHint().height()
        edge = 2
        self.handling.setGeometry(QRect(edge, foot - high, self.width() - 2 * edge, high))
        top = title + self._note_height() + look.px(4)
        room = max(0, foot - high - top)
        self.alerts.setGeometry(QRect(edge, top, self.width() - 2 * edge, room))


def _paint_count(easel: Easel, line: QRectF, severity: Severity, number: int) -> QRectF:
    """Paint a glyph and how many there are; return the rest of the line."""
    look = easel.look
    size = look.px(12)
    mark = QRectF(line.x(), line.center().y() - size / 2, size, size)
    easel.severity(mark, severity)
    line = line.adjusted(size + look.px(6), 0, 0, 0)
    count = look.wording.count(number)
    used = easel.write(line, count, look.font(Role.STRONG), look.theme.text)
    return line.adjusted(used + look.px(12), 0, 0, 0)


def _groups(told: AlertBoard, look: Look) -> list[tuple[str, tuple[ShownAlert, ...]]]:
    """Return the alerts with their headings: in a flood by rule, a few of each."""
    if not told.flood:
        return [("", told.rows)]
    return [
        (rule_name(group.rule.name, look.wording), group.rows[:_MOST_IN_A_GROUP])
        for group in grouped(told.rows)
    ]


def _note(told: AlertBoard, look: Look) -> str:
    wording = look.wording
    if told.failed:
        return wording.translate("Alert", "The watch failed; it begins anew in a minute.")
    if told.odd_rules:
        return wording.translate("Alert", "Not all of the rules could be read.")
    if told.paused:
        text = wording.translate("Alert", "No data: {number} rules are not watched.")
        return text.format(number=wording.count(told.paused))
    if told.flood:
        text = wording.translate("Alert", "{number} alerts in 10 minutes, shown by rule.")
        return text.format(number=wording.count(told.flood))
    return ""


def _foot(told: AlertBoard, look: Look) -> str:
    wording = look.wording
    over = sum(event.news is News.OVER for event in told.recent)
    parts = []
    if told.shelved:
        text = wording.translate("Alert", "shelved: {number}")
        parts.append(text.format(number=wording.count(len(told.shelved))))
    if over:
        text = wording.translate("Alert", "over: {number}")
        parts.append(text.format(number=wording.count(over)))
    return " · ".join(parts)

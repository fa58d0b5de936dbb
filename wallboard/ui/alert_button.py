"""The counters of alerts in the top bar: how many are critical, how many a warning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen

from wallboard.domain.severity import Severity
from wallboard.engine.alert_board import AlertBoard
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role


class AlertButton(QuietButton):
    """Shows the counters; pressed, it opens and closes the dock. Without alerts it is a word."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._texts = Texts()
        self._counts: tuple[tuple[Severity, int], ...] = ()
        self._say()

    def show_look(self, look: Look) -> None:
        """Show the button in another look."""
        super().show_look(look)
        self._texts.clear()
        self._say()

    def show_alerts(self, alerts: AlertBoard) -> bool:
        """Show how many there are. Return True if the button needs another size."""
        counts = tuple(
            (severity, number)
            for severity in (Severity.CRITICAL, Severity.WARNING)
            if (number := alerts.count(severity))
        )
        if counts == self._counts:
            return False
        before, self._counts = self.sizeHint(), counts
        self._say()
        self.update()
        return self.sizeHint() != before

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the counters need, or the word."""
        if not self._counts:
            return super().sizeHint()
        look = self._look
        metrics = QFontMetrics(look.font(Role.STRONG))
        count = look.wording.count
        parts = [
            look.px(18) + metrics.horizontalAdvance(count(number)) for _, number in self._counts
        ]
        return QSize(sum(parts) + look.px(10) * (len(parts) + 1), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint each glyph with its number."""
        if not self._counts:
            super().paintEvent(event)
            return
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lit = self.underMouse() or self.isDown()
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.raised if lit else theme.surface)
        painter.drawRoundedRect(box, 4, 4)
        if self.ringed():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.drawRoundedRect(box, 4, 4)
        line = QRectF(look.px(10), 0, self.width(), self.height())
        size = look.px(12)
        for severity, number in self._counts:
            mark = QRectF(line.x(), line.center().y() - size / 2, size, size)
            easel.severity(mark, severity)
            line.setLeft(line.x() + look.px(18))
            count = look.wording.count(number)
            used = easel.write(line, count, look.font(Role.STRONG), theme.text)
            line.setLeft(line.x() + used + look.px(10))
        painter.end()

    def _say(self) -> None:
        wording = self._look.wording
        word = wording.translate("Alert", "Alerts")
        self.setText(word)
        told = [
            f"{wording.severity(severity)} {wording.count(number)}"
            for severity, number in self._counts
        ]
        name = wording.listed((word, *told))
        self.setAccessibleName(name)
        self.setToolTip(name)

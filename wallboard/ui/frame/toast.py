"""A card that says for some seconds what came of a command, wherever its view is by now."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import text_label
from wallboard.ui.theme.type import Role

_WIDEST = 460


class Toast(QWidget):
    """Shows one sentence. It takes neither the keyboard nor a click."""

    def __init__(self, look: Look, text: str, parent: QWidget, *, loud: bool) -> None:
        """Build it.

        Args:
            look: How it looks, for as long as it is there.
            text: What it says.
            parent: What it lies on.
            loud: True if something went wrong, or nobody knows.
        """
        super().__init__(parent)
        self._look, self._loud = look, loud
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text)
        self.setLayoutDirection(look.direction)
        layout = QVBoxLayout(self)
        pad = look.px(14)
        layout.setContentsMargins(pad, look.px(10), pad, look.px(10))
        label = text_label(look, text, Role.BODY)
        layout.addWidget(label)
        metrics = label.fontMetrics()
        self._wide = min(metrics.horizontalAdvance(text) + 2 * pad + look.px(4), look.px(_WIDEST))

    def place(self, bottom: int) -> None:
        """Lie in the middle of the parent, above `bottom`."""
        parent = self.parentWidget()
        if parent is None:
            return
        gap = self._look.px(12)
        wide = min(self._wide, parent.width() - 2 * gap)
        high = self.heightForWidth(wide)
        self.setGeometry((parent.width() - wide) // 2, bottom - high - gap, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card; what went wrong has an edge."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flood(painter, self.rect(), theme.base)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(box, 4, 4)
        if self._loud:
            left = box.right() - 4 if self._look.rtl else box.x()
            flood(painter, QRectF(left, box.y(), 4, box.height()), theme.warning)
        painter.end()

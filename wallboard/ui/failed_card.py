"""The card that stands in the place of a part of the window that failed by an error of ours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.ui.easel import Easel, Place, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role

_LOW, _SLIM = 96, 320
"""Under so many pixels at 100 % all stands on one line, or there is no room for words."""


class FailedCard(QWidget):
    """Covers its parent, says that it failed, and offers to show it anew.

    Signals:
        reload_requested: The part is to be tried again.
    """

    reload_requested = Signal()

    def __init__(self, look: Look, details: str, part: QWidget) -> None:
        """Cover a part.

        Args:
            details: What to hand on to whoever can mend it: the error and where it is.
        """
        super().__init__(part)
        self._look = look
        self._details = details
        self._texts = Texts()
        self._reload = QuietButton(look)
        self._copy = QuietButton(look)
        for button in (self._reload, self._copy):
            button.setParent(self)
        self._reload.clicked.connect(self.reload_requested)
        self._copy.clicked.connect(self._copy_details)
        part.installEventFilter(self)
        self.setGeometry(part.rect())
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the card in another look."""
        self._look = look
        self._texts.clear()
        wording = look.wording
        for button in (self._reload, self._copy):
            button.show_look(look)
        self._copy.show_text(wording.translate("Failed", "Copy details"))
        self.setAccessibleName(self.text())
        self._arrange()
        self.update()

    def text(self) -> str:
        """Return what is said."""
        return self._look.wording.translate("Failed", "This panel failed.")

    def details(self) -> str:
        """Return what is copied for whoever can mend it."""
        return self._details

    def eventFilter(self, part: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Cover the part at every size."""
        if event.type() is QEvent.Type.Resize and isinstance(part, QWidget):
            self.setGeometry(part.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the buttons."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame and the words."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), theme.base)
        easel.card(QRectF(self.rect()))
        painter.setPen(QPen(theme.control, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        line = QRectF(self._line())
        if line.width() > 0:
            place = Place.START if self._low() else Place.CENTER
            easel.write(line, self.text(), look.font(Role.BODY), theme.text, place)
        painter.end()

    def _low(self) -> bool:
        return self.height() < self._look.px(_LOW)

    def _line(self) -> QRect:
        """Return where the words stand, from the start of the line."""
        look = self._look
        pad = look.px(12)
        if self.width() < look.px(_SLIM):
            return QRect()
        if self._low():
            room = self.width() - 3 * pad - self._wide(self._reload) - self._wide(self._copy)
            return QRect(pad, 0, room, self.height())
        return QRect(pad, self.height() // 2 - look.px(34), self.width() - 2 * pad, look.px(24))

    def _arrange(self) -> None:
        look = self._look
        gap = look.px(8)
        room = self.width() - 2 * look.px(4)
        slim = self.width() < look.px(_SLIM)
        height = min(look.px(32), self.height())
        # A part that takes no room has none for buttons.
        self._reload.setVisible(height > 0)
        self._copy.setVisible(height > 0 and not slim)
        wording = look.wording
        whole = wording.translate("Failed", "Reload panel")
        self._reload.show_text(wording.translate("Failed", "Reload") if slim else whole)
        self._reload.setAccessibleName(whole)
        buttons = [self._reload] if slim else [self._reload, self._copy]
        wide = [min(room, self._wide(button)) for button in buttons]
        all_wide = sum(wide) + gap * (len(buttons) - 1)
        start = (self.width() - all_wide) // 2
        top = (self.height() - height) // 2
        if self._low() and not slim:
            start = self.width() - look.px(4) - all_wide
        elif not slim:
            top = self.height() // 2
        for button, width in zip(buttons, wide, strict=True):
            left = self.width() - start - width if look.rtl else start
            button.setGeometry(left, top, width, height)
            start += width + gap

    def _wide(self, button: QuietButton) -> int:
        return button.sizeHint().width()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

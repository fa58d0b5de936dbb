"""A card over the window, which keeps the keyboard until Esc or a click beside it closes it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.part import Part
from wallboard.ui.look import Look

_DIM_DARK, _DIM_LIGHT = 0.62, 0.38


class Overlay(FlatParts, QWidget):
    """Covers its parent while it is open; the board behind it goes on.

    Being a part of the window, it leaves switching of keyboard layouts alone, which a window that
    grabs the keyboard does not.

    Signals:
        closed: It is gone, and the keyboard is where it was before.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(look.direction)
        self.hide()

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.Dialog

    def _told_parts(self) -> Mapping[str, Part]:
        return {}

    def open(self) -> None:
        """Cover the parent and take the keyboard."""
        parent = self.parentWidget()
        if parent is None:
            return
        self._before = QApplication.focusWidget()
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self._arrange()
        self.raise_()
        self.show()
        self.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_it(self) -> None:
        """Uncover the parent and give the keyboard back."""
        parent = self.parentWidget()
        if self.isHidden():
            return
        if parent is not None:
            parent.removeEventFilter(self)
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()

    def first(self) -> QWidget:
        """Return what gets the keyboard first."""
        return self

    def card(self) -> QRectF:
        """Return where the card really is."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the parent covered when its size changes."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self._arrange()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close at a click beside the card."""
        event.accept()
        if not self.card().contains(event.position()):
            self.close_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close at Esc; no key goes on to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's own
        """Keep the Tab key inside."""
        self.first().setFocus(Qt.FocusReason.TabFocusReason)
        return next or True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Dim what is behind, and paint the card."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim = QColor(0, 0, 0)
        dim.setAlphaF(_DIM_DARK if theme.dark else _DIM_LIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dim)
        painter.drawRect(self.rect())
        painter.setPen(QPen(theme.control, max(1, theme.frame_width)))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(self.card().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_card(painter)
        painter.end()

    def _arrange(self) -> None:
        """Put what is on the card into its place."""

    def _paint_card(self, painter: QPainter) -> None:
        """Paint what is on the card."""

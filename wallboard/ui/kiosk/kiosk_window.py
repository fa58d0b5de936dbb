"""A TV's window: one screen, filled by one face, with no way out but the PIN."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from wallboard.ui.kiosk.pin_face import PinFace
from wallboard.ui.look import Look
from wallboard.ui.outside_text import in_title, shown

CURSOR_MS: Final = 3000
"""So long after it was moved the mouse is seen."""

# What a hand at a keyboard, a mouse or a touch screen can do to a window, besides keys.
_SWALLOWED: Final = frozenset(
    {
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.Gesture,
        QEvent.Type.GestureOverride,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.NativeGesture,
        QEvent.Type.Shortcut,
        QEvent.Type.StatusTip,
        QEvent.Type.TabletPress,
        QEvent.Type.ToolTip,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchEnd,
        QEvent.Type.TouchUpdate,
        QEvent.Type.WhatsThis,
        QEvent.Type.Wheel,
    }
)
_LONE_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_Control,
        Qt.Key.Key_Meta,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_Shift,
    }
)


class KioskWindow(QWidget):
    """One screen of a kiosk. It has no frame, no menu, no dialog, and cannot be closed.

    Signals:
        pin_told: The PIN that was typed.
        pin_wanted: The face that asks for it was opened.
        end_requested: Escape, where no PIN is wanted.
    """

    pin_told = Signal(str)
    pin_wanted = Signal()
    end_requested = Signal()

    def __init__(self, look: Look, face: QWidget) -> None:
        """Put a face on a window.

        Args:
            face: What is shown; it gets no mouse and no keys.
        """
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._look = look
        self._face = face
        self._guarded = True
        face.setParent(self)
        for deaf in face, *face.findChildren(QWidget):
            deaf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        face.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pin = PinFace(look, self)
        self._pin.pin_told.connect(self.pin_told)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(CURSOR_MS)
        self._still.timeout.connect(self._hide_cursor)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)
        self.setMouseTracking(True)
        self._hide_cursor()

    @property
    def face(self) -> QWidget:
        """What fills it."""
        return self._face

    @property
    def pin_face(self) -> PinFace:
        """What asks for the PIN."""
        return self._pin

    def show_look(self, look: Look) -> None:
        """Ask for the PIN in another look."""
        self._look = look
        self._pin.show_look(look)

    def show_title(self, title: str) -> None:
        """Be called that by the system."""
        self.setWindowTitle(in_title(shown(title)))

    def guard(self, guarded: bool) -> None:  # noqa: FBT001 - it is what it says
        """Want a PIN before the end is asked for, or nothing but Escape."""
        self._guarded = guarded
        if not guarded:
            self._pin.close_face()

    def show_wrong(self, left: int) -> None:
        """Say that the PIN was wrong; one may try so often yet."""
        self._pin.show_wrong(left)

    def show_shut(self, left: timedelta | None) -> None:
        """Say for how long nobody may try. None: one may."""
        self._pin.show_shut(left)

    def fill(self, screen: QScreen) -> None:
        """Cover a screen, all of it."""
        there = screen.geometry()
        if self.isVisible() and self.screen() is screen and self.geometry() == there:
            return
        # A full-screen window stays where it is, whatever it is told.
        if self.isVisible() and self.screen() is not screen:
            self.hide()
        self.setScreen(screen)
        self.setGeometry(there)
        self.showFullScreen()
        self.setGeometry(QRect(there))
        self.raise_()
        self.activateWindow()

    def event(self, event: QEvent) -> bool:
        """Let nothing through that could open, move or close anything."""
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride:
            event.accept()  # it comes as a key then, and no shortcut takes it
            return True
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take_key(event)
            event.accept()
            return True
        if kind is QEvent.Type.KeyRelease:
            event.accept()
            return True
        if kind in (QEvent.Type.MouseMove, QEvent.Type.TabletMove):
            self._show_cursor()
            event.accept()
            return True
        if kind in _SWALLOWED:
            event.accept()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay: who may end it does so by the PIN, the system by a signal."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Have both faces fill it."""
        super().resizeEvent(event)
        self._face.setGeometry(self.rect())
        self._pin.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Stand up again when somebody has put it away."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self.isMinimized():
            QTimer.singleShot(0, self, self._stand_up)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002, FBT001, N802 - Qt's
        """Give the keyboard to nobody else."""
        return False

    def _stand_up(self) -> None:
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.raise_()

    def _take_key(self, event: QKeyEvent) -> None:
        if not self._guarded:
            if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
                self.end_requested.emit()
            return
        if event.key() in _LONE_MODIFIERS:
            return
        if self._pin.isHidden():
            if event.key() == Qt.Key.Key_Escape and event.isAutoRepeat():
                return
            self._pin.setGeometry(self.rect())
            self._pin.open_face()
            self.pin_wanted.emit()
            if event.key() == Qt.Key.Key_Escape:
                return  # it asked for the face, and must not close it at once
        self._pin.take_key(event)

    def _show_cursor(self) -> None:
        self._still.start()
        if self.cursor().shape() is not Qt.CursorShape.ArrowCursor:
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def _hide_cursor(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)

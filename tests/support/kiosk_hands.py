"""Whatever a hand can do to a TV's window: random keys, clicks, wheels, touches and closings."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = [key for key in Qt.Key if key is not Qt.Key.Key_unknown]
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
_MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
_LETTERS = "0123456789۰۱۲۳۴۵۶۷۸۹abcqwxz \t\r\n\x1b\x08\x00é中"


class Hands:
    """A hand at one window, the same for the same seed."""

    def __init__(self, window: QWidget, seed: int) -> None:
        self._window = window
        self._rng = random.Random(seed)
        self._acts: tuple[tuple[Callable[[], None], int], ...] = (
            (self._key, 60),
            (self._button, 15),
            (self._move, 10),
            (self._wheel, 5),
            (self._menu, 3),
            (self._help, 2),
            (self._drag, 2),
            (self._close, 3),
        )

    def act(self) -> None:
        """Do something."""
        acts, weights = zip(*self._acts, strict=True)
        self._rng.choices(acts, weights)[0]()

    def _where(self) -> QPoint:
        size = self._window.size()
        return QPoint(
            self._rng.randrange(max(1, size.width())), self._rng.randrange(max(1, size.height()))
        )

    def _target(self) -> QWidget:
        """Return what Qt would send it to: what lies there, or the window."""
        return self._window.childAt(self._where()) or self._window

    def _key(self) -> None:
        rng = self._rng
        key, modifiers = rng.choice(_KEYS), rng.choice(_MODIFIERS)
        if rng.random() < 0.5:
            key, modifiers = Qt.Key.Key_5, Qt.KeyboardModifier.NoModifier
        text = rng.choice(_LETTERS)
        focus = QApplication.focusWidget() or self._window
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text, rng.random() < 0.1)
            QApplication.sendEvent(focus, event)

    def _button(self) -> None:
        rng, target = self._rng, self._target()
        button, at = rng.choice(_BUTTONS), QPointF(self._where())
        kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease]
        if rng.random() < 0.3:
            kinds.append(QEvent.Type.MouseButtonDblClick)
        for kind in kinds:
            event = QMouseEvent(
                kind, at, self._window.mapToGlobal(at), button, button, rng.choice(_MODIFIERS)
            )
            QApplication.sendEvent(target, event)

    def _move(self) -> None:
        at = QPointF(self._where())
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            self._window.mapToGlobal(at),
            none,
            none,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self._target(), event)

    def _wheel(self) -> None:
        at = QPointF(self._where())
        event = QWheelEvent(
            at,
            self._window.mapToGlobal(at),
            QPoint(),
            QPoint(0, self._rng.choice((-120, 120))),
            Qt.MouseButton.NoButton,
            self._rng.choice(_MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._target(), event)

    def _menu(self) -> None:
        at = self._where()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, self._window.mapToGlobal(at))
        QApplication.sendEvent(self._target(), event)

    def _help(self) -> None:
        at = self._where()
        kind = self._rng.choice((QEvent.Type.ToolTip, QEvent.Type.WhatsThis))
        QApplication.sendEvent(self._target(), QHelpEvent(kind, at, self._window.mapToGlobal(at)))

    def _drag(self) -> None:
        at, dragged = self._where(), QMimeData()
        dragged.setText("file:///etc/passwd")
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(self._target(), QDragEnterEvent(at, copy, dragged, left, none))
        QApplication.sendEvent(self._window, QDropEvent(QPointF(at), copy, dragged, left, none))

    def _close(self) -> None:
        if self._rng.random() < 0.5:
            self._window.close()
        else:
            QApplication.sendEvent(self._window, QCloseEvent())

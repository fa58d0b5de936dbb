"""Short messages that the desktop shows, and a picture in its tray, where there is a place."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from wallboard.domain.value import value

SHOWN_MS: Final = 10_000
LONGEST_TEXT: Final = 300

_SIDE: Final = 64
_GROUND: Final = "#10151c"
_BARS: Final = "#f2f5f8"
_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Notification",
    "AddNotification",
)


@value
class Popup:
    """One message.

    Attributes:
        popup_id: One of the same id takes its place.
        title, text: Plain text.
    """

    popup_id: str
    title: str
    text: str


class Popups(QObject):
    """The desktop's door. Lives on the main thread; nothing here waits for the desktop."""

    wanted = Signal()
    """Somebody clicked on a message, or on the picture in the tray."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Show the picture in the tray, if there is a tray."""
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(_picture(), self)
            self._tray.setToolTip("Wallboard")
            self._tray.activated.connect(lambda _reason: self.wanted.emit())
            self._tray.messageClicked.connect(self.wanted)
            self._tray.show()

    def show_popup(self, popup: Popup) -> bool:
        """Have the desktop show a message. Return False if there is nobody to ask."""
        text = popup.text if len(popup.text) <= LONGEST_TEXT else f"{popup.text[:LONGEST_TEXT]}…"
        if self._tray is not None and QSystemTrayIcon.supportsMessages():
            self._tray.showMessage(popup.title, text, QSystemTrayIcon.MessageIcon.Warning, SHOWN_MS)
            return True
        return _asked_portal(popup, text)

    def close(self) -> None:
        """Take the picture away."""
        if self._tray is not None:
            self._tray.hide()


def _picture() -> QIcon:
    """Return three bars on a dark ground, readable at sixteen pixels."""
    image = QPixmap(_SIDE, _SIDE)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_GROUND))
        painter.drawRoundedRect(0, 0, _SIDE, _SIDE, 12, 12)
        painter.setBrush(QColor(_BARS))
        for number, height in enumerate((20, 40, 30)):
            painter.drawRect(12 + 14 * number, _SIDE - 12 - height, 10, height)
    return QIcon(image)


def _asked_portal(popup: Popup, text: str) -> bool:
    """Ask the desktops that have no tray; they show one id once. Does not wait for the answer."""
    # Without an address the library would start a bus of its own, which nobody listens to.
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    try:
        # Not on every system, and nothing that a start waits for.
        library: Any = import_module("PySide6.QtDBus")
    except ImportError:
        return False
    bus = library.QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = library.QDBusMessage.createMethodCall(*_PORTAL)
    message.setArguments([popup.popup_id, {"title": popup.title, "body": text, "priority": "high"}])
    bus.asyncCall(message)
    return True

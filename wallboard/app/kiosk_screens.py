"""On which screen each wall of a kiosk is: by name, wherever that screen is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

SETTLES_MS: Final = 150
"""One change of screens comes as many."""
LOOK_MS: Final = 5000
"""Besides, it is looked so often: a window manager may move what it was not asked to."""


def placed(wanted: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return for each wall the name of its screen; empty: there is none for it now.

    A wall whose screen is gone comes to the first screen, unless another wall is there.

    Args:
        wanted: Names; empty: any that is free.
        names: Of the screens that there are, the primary one first.
    """
    free = list(dict.fromkeys(names))
    found = [""] * len(wanted)
    for number, name in enumerate(wanted):
        if name and name in free:
            found[number] = name
            free.remove(name)
    for number, name in enumerate(wanted):
        if not name and free:
            found[number] = free.pop(0)
    for number, name in enumerate(wanted):
        if name and not found[number] and names and names[0] in free:
            found[number] = names[0]
            free.remove(names[0])
    return tuple(found)


def named(told: str, names: Sequence[str]) -> str:
    """Return the name of a screen that is told by name or by number.

    Numbers change when a screen goes; a name stays. A number that no screen has stays a number,
    which no screen is called.

    Args:
        told: A name in any case, or a number from 1; empty for any.
    """
    for name in names:
        if name.casefold() == told.casefold():
            return name
    if told.isascii() and told.isdigit() and 1 <= int(told) <= len(names):
        return names[int(told) - 1]
    return told


class KioskScreens(QObject):
    """The screens that there are. Lives on the main thread.

    Signals:
        screens_changed: One came, went, moved or has another size; or it is time to look again.
    """

    screens_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES_MS)
        self._settling.timeout.connect(self.screens_changed)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.screens_changed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._meet)
            application.screenRemoved.connect(self._settle)
            application.primaryScreenChanged.connect(self._settle)
            for screen in application.screens():
                self._watch(screen)

    def start(self) -> None:
        """Begin to look."""
        self._looking.start()

    def stop(self) -> None:
        """Look no more."""
        self._looking.stop()
        self._settling.stop()

    def names(self) -> tuple[str, ...]:
        """Return what they are called, the primary one first; no two are called the same."""
        return tuple(self._all())

    def called(self, name: str) -> QScreen | None:
        """Return a screen by name. None if there is none of any size."""
        return self._all().get(name)

    @staticmethod
    def _all() -> dict[str, QScreen]:
        # Never kept: one that is gone must not be touched.
        primary = QGuiApplication.primaryScreen()
        found: dict[str, QScreen] = {}
        for screen in sorted(QGuiApplication.screens(), key=lambda each: each is not primary):
            name = screen.name()
            # Where there is none, X has one that nobody can see, called as its display: `:0.0`.
            if screen.geometry().isEmpty() or name.startswith(":"):
                continue
            if not name or name in found:
                name = f"{name} {len(found) + 1}".strip()
            found[name] = screen
        return found

    def _meet(self, screen: QScreen) -> None:
        self._watch(screen)
        self._settle()

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._settle)

    def _settle(self, *_: object) -> None:
        self._settling.start()

"""Uses what a release brings along: fonts and the icon; a checkout has the system's fonts."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QIcon

from wallboard.settings.paths import resources_dir
from wallboard.ui.theme.type import load_fonts

_DESKTOP_NAME = "wallboard"
"""Of the file by which a desktop knows which program a window is of."""


def use_own_fonts() -> int:
    """Load the fonts that were brought along, and return how many there are.

    Call it once a QApplication is there, before the first window.
    """
    place = resources_dir()
    return 0 if place is None else load_fonts(place / "fonts")


def use_own_icon() -> None:
    """Have windows bear our icon. No file is read before a desktop asks for the picture."""
    QGuiApplication.setDesktopFileName(_DESKTOP_NAME)
    place = resources_dir()
    if place is None:
        return
    icon = QIcon()
    for file in sorted((place / "icons").glob("*.png")) or [place / "icons" / "wallboard.svg"]:
        icon.addFile(str(file))
    QGuiApplication.setWindowIcon(icon)

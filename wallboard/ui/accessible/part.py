"""A part of a painted widget as those hear it who don't see it, and what such a widget answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible

from wallboard.domain.value import value

Path: TypeAlias = tuple[str, ...]
"""Which part it is: its key, after the keys of the parts that it is in. Empty is the widget."""

HERE: Final[Path] = ()


@value
class Part:
    """One thing that is painted: a tile, a row, a cell.

    Attributes:
        name: What it is called; never a glyph.
        words: What it says now, in words.
        role: What kind of thing it is.
        box: Where it is, in the coordinates of the surface it is painted on. Empty if it is not in
            sight.
        presses: True if it can be chosen, opened or explained.
    """

    name: str
    words: str = ""
    role: QAccessible.Role = QAccessible.Role.ListItem
    box: QRect = QRect()
    presses: bool = False


@runtime_checkable
class TellsParts(Protocol):
    """A painted widget of several parts. Asked on the window's thread, only while one listens."""

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing the widget is."""

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the keys of the parts directly in a part, in reading order."""

    def told_part(self, path: Path) -> Part | None:
        """Return a part. None if it is no more."""

    def told_at(self, point: QPoint) -> Path:
        """Return the innermost part at a point of the surface; an empty path if none is there."""

    def told_current(self) -> Path:
        """Return at which part the keyboard is; an empty path if at none."""

    def press_part(self, path: Path) -> None:
        """Do what a click on the part does."""

"""What a painted widget answers whose parts stand side by side and have no parts of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible

from wallboard.ui.accessible.part import HERE, Part, Path


class FlatParts:
    """Answers all that is asked of a painted widget from one mapping of its parts.

    It has no state: what is painted is what is told.
    """

    def _told_parts(self) -> Mapping[str, Part]:
        """Return the parts in reading order."""
        raise NotImplementedError

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing the widget is."""
        return QAccessible.Role.Grouping

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the keys of the parts directly in a part."""
        return () if within else tuple(self._told_parts())

    def told_part(self, path: Path) -> Part | None:
        """Return a part. None if it is no more."""
        return self._told_parts().get(path[0]) if len(path) == 1 else None

    def told_at(self, point: QPoint) -> Path:
        """Return the part at a point; an empty path if none is there."""
        found = (key for key, part in self._told_parts().items() if part.box.contains(point))
        key = next(found, None)
        return HERE if key is None else (key,)

    def told_current(self) -> Path:
        """Return at which part the keyboard is: at none, if not told otherwise."""
        return HERE

    def press_part(self, path: Path) -> None:
        """Do what a click on the part does: nothing, if not told otherwise."""

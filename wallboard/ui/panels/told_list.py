"""A painted list as those hear it who don't see it: groups, and the things in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QFocusEvent

from wallboard.ui.accessible.interfaces import tell_current, tell_focus
from wallboard.ui.accessible.part import HERE, Part, Path
from wallboard.ui.panels.face_list import FaceList
from wallboard.ui.panels.shelves import Section, Spot


class ToldList(FaceList):
    """Tells of its things in words. Where there are headings, things are in the groups of those."""

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.List

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the keys of the groups, or of the things in one."""
        sections = self._shelves.sections
        if self._headed():
            if not within:
                return tuple(map(str, range(len(sections))))
            section = self._section_of(within)
            return section.keys if section is not None and len(within) == 1 else ()
        return sections[0].keys if sections and not within else ()

    def told_part(self, path: Path) -> Part | None:
        """Return a group or a thing. None if it is no more."""
        if self._headed() and len(path) == 1:
            section = self._section_of(path)
            if section is None:
                return None
            count = self._look.wording.count(len(section.keys))
            box = self._in_view(self._real(self._heading_box(int(path[0]))))
            name = f"{section.heading} {count}"
            return Part(name=name, role=QAccessible.Role.Grouping, box=box)
        spot = self._spot_of(path)
        if spot is None:
            return None
        told = self._told(self._shelves.key(spot))
        return Part(name=told, box=self._in_view(self._real(self._box(spot))), presses=True)

    def told_at(self, point: QPoint) -> Path:
        """Return the thing at a point."""
        return self._path_of(self._spot_at(QPointF(point)))

    def told_current(self) -> Path:
        """Return at which thing the keyboard is."""
        return self._path_of(self._at)

    def press_part(self, path: Path) -> None:
        """Choose a thing, and show it in detail."""
        spot = self._spot_of(path)
        if spot is not None:
            self._choose(spot)
            self.opened.emit(self._shelves.key(spot))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, and tell it."""
        super().focusInEvent(event)
        tell_focus(self)

    def _choose(self, spot: Spot) -> None:
        super()._choose(spot)
        tell_current(self)

    def _headed(self) -> bool:
        return any(section.heading for section in self._shelves.sections)

    def _section_of(self, path: Path) -> Section | None:
        """Return the group that a path leads to or through. None if there is none."""
        sections = self._shelves.sections
        at = int(path[0]) if self._headed() and path[0].isdecimal() else 0
        return sections[at] if at < len(sections) else None

    def _spot_of(self, path: Path) -> Spot | None:
        """Return where the thing is that a path leads to or through. None if it is no more."""
        section = self._section_of(path)
        first = 1 if self._headed() else 0
        if section is None or len(path) <= first or path[first] not in section.keys:
            return None
        return Spot(int(path[0]) if first else 0, section.keys.index(path[first]))

    def _path_of(self, spot: Spot | None) -> Path:
        if spot is None or not self._shelves.has(spot):
            return HERE
        key = self._shelves.key(spot)
        return (str(spot.section), key) if self._headed() else (key,)

    def _in_view(self, box: QRect) -> QRect:
        """Return the part of a box that can be seen."""
        surface = self._surface
        header = self.header_height()
        return box & QRect(0, header, surface.width(), max(0, surface.height() - header))

"""The alerts of the past in a list: what fired, when, who handled it, how long it took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import QRectF, QSize

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_board import Firing
from wallboard.engine.board import Board
from wallboard.ui.alert_words import event_subject, event_value, event_words
from wallboard.ui.easel import Easel, Place
from wallboard.ui.explained import day_words
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.face import Face, Manner
from wallboard.ui.panels.inset_list import InsetList
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.shelves import Section
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording


@value
class FiringFace(Face):
    """All that the line of an alert of the past shows."""

    severity: Severity
    time: str
    name: str
    reading: str
    taken: str
    lasted: str


def firing_face(firing: Firing, wording: Wording, zone: tzinfo) -> FiringFace:
    """Return what the line of an alert of the past shows."""
    return FiringFace(
        severity=firing.worst,
        time=wording.clock(firing.fired.at, zone),
        name=event_subject(firing.fired, wording),
        reading=event_value(firing.fired, wording),
        taken=_taken(firing, wording),
        lasted=_lasted(firing, wording),
    )


def _taken(firing: Firing, wording: Wording) -> str:
    event, after = firing.taken, firing.answered_after
    if event is None or after is None:
        return wording.translate("Alert", "nobody took it")
    text = wording.translate("Alert", "{who} after {time}")
    return text.format(who=isolated(event.who) or "?", time=wording.duration(after))


def _lasted(firing: Firing, wording: Wording) -> str:
    if firing.lasted is None:
        return wording.translate("Alert", "stands")
    return wording.duration(firing.lasted)


class EventList(InsetList):
    """Shows the alerts of the past, the newest first, day by day."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._firings: Mapping[str, Firing] = {}
        self._of: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._zone: tzinfo | None = None

    def show_firings(
        self, board: Board, now: Moment, days: Mapping[str, tuple[Firing, ...]], empty: str
    ) -> None:
        """Show these alerts.

        Args:
            days: Under the names of their days.
            empty: What to say if there are none.
        """
        self._zone, self._empty = board.zone, empty
        self._firings = {row.fired.event_id: row for rows in days.values() for row in rows}
        of = tuple((name, tuple(row.fired.event_id for row in rows)) for name, rows in days.items())
        if of != self._of:
            self._of = of
            self._ask_again()
        self._show(self._of, Condition.PRESENT, now)
        name = self._look.wording.translate("Alert", "Alerts of the past")
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def firing(self, key: str | None) -> Firing | None:
        """Return an alert that is shown. None if it is not there."""
        return None if key is None else self._firings.get(key)

    # What this kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        return tuple(Section(keys=keys, heading=name) for name, keys in self._of if keys)

    def _face(self, key: str) -> FiringFace | None:
        firing = self._firings.get(key)
        if firing is None or self._zone is None:
            return None
        return firing_face(firing, self._look.wording, self._zone)

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        if not isinstance(face, FiringFace):
            return
        look, theme = self._look, self._look.theme
        easel.fill(box, theme.raised if manner.chosen else theme.surface)
        easel.fill(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.bands[0])
        pad, size = look.px(8), look.px(11)
        mark = QRectF(box.x() + pad, box.center().y() - size / 2, size, size)
        easel.hollow_severity(mark, face.severity)
        body, strong = look.font(Role.BODY), look.font(Role.STRONG)
        line = QRectF(mark.right() + look.px(10), box.y(), look.px(76), box.height())
        easel.write(line, face.time, body, theme.text2)
        end = box.right() - pad
        for text, width, font in (
            (face.lasted, 86, strong),
            (face.taken, 190, body),
            (face.reading, 76, strong),
        ):
            cell = QRectF(end - look.px(width), box.y(), look.px(width), box.height())
            easel.write(cell, text, font, theme.text, Place.END)
            end = cell.x() - look.px(12)
        name = QRectF(line.right() + look.px(8), box.y(), 0, box.height())
        name.setRight(end)
        easel.write(name, face.name, strong, theme.text)

    def _cells(self, width: int) -> tuple[int, QSize]:
        return 1, QSize(width - 2 * self._inset(), self._look.px(32 if self._look.compact else 36))

    def _told(self, key: str) -> str:
        face = self._face(key)
        if face is None:
            return ""
        wording = self._look.wording
        told = (
            face.time,
            wording.severity(face.severity),
            face.name,
            face.reading,
            face.taken,
            face.lasted,
        )
        return wording.listed(filter(None, told))


def story_of(firing: Firing, wording: Wording, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """Return all that was told of an alert: when, and what."""
    told = []
    for event in firing.told:
        words, reading = event_words(event, wording), event_value(event, wording)
        line = f"{words} · {reading}" if reading else words
        told.append((wording.clock(event.at, zone), line))
    return tuple(told)


def days_of(
    firings: tuple[Firing, ...], wording: Wording, zone: tzinfo
) -> dict[str, tuple[Firing, ...]]:
    """Return the alerts by the day on which they fired, the newest day first."""
    found: dict[str, list[Firing]] = {}
    for firing in firings:
        day = day_words(firing.fired.at.astimezone(zone), wording)
        found.setdefault(day, []).append(firing)
    return {name: tuple(rows) for name, rows in found.items()}

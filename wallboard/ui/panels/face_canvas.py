"""How a painted list is painted: all of it, or only what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion

from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.panels.face import Aged, Face, Manner, Painted
from wallboard.ui.panels.face_field import FaceField
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.shelves import Spot
from wallboard.ui.theme.type import Role


class FaceCanvas(FaceField):
    """Paints things where they stand, with their headings, and what lies over all of it."""

    # What a kind of list says of itself

    def _empty_words(self) -> str:
        """Return what is said where there is nothing to show, and what to do."""
        raise NotImplementedError

    def _locked(self) -> bool:
        """Return whether there is nothing to show because this account may not see it."""
        return False

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        """Paint a thing; boxes are given from the start of the line."""
        raise NotImplementedError

    def _paint_faces(self, easel: Easel, things: Sequence[Painted]) -> None:
        """Paint several things."""
        for box, face, manner in things:
            self._paint_face(easel, box, face, manner)

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        """Paint the ages of things, which all lie in the strips of their rows."""

    def _ages_alone(self) -> bool:
        """Return whether ages can be painted alone: nothing else lies where they are."""
        return False

    def _paint_header(self, easel: Easel) -> None:
        """Paint the header."""

    def _ground(self) -> QColor:
        return self._look.theme.base

    def _framed(self) -> bool:
        """Return whether there is a line around all of it."""
        return False

    def _heading_inset(self) -> int:
        """Return how far a heading stands from the start."""
        return self._inset() + self._look.px(2)

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies in the damaged region."""
        surface, theme = self._surface, self._look.theme
        painter = QPainter(surface)
        easel = self._easel(painter)
        region = event.region()
        due, self._due = self._due, {}
        asked_for, self._asked_for = self._asked_for, QRegion()
        if due and self._is_all(region, asked_for):
            self._paint_due(easel, due)
            painter.end()
            return
        flood(painter, event.rect(), self._ground())
        if self._shelves.edge(last=False) is None:
            self._paint_empty(easel)
        self._paint_things(painter, easel, region)
        header = self.header_height()
        if header and event.rect().top() < header:
            painter.setClipping(False)
            easel.fill(QRectF(0, 0, surface.width(), header), self._ground())
            self._paint_header(easel)
        if self._condition is Condition.FADED:
            easel.dashed_frame(QRectF(surface.rect()))
        elif self._condition is Condition.HATCHED:
            easel.hatch(QRectF(surface.rect()))
        if self.hasFocus() and self._at is None and self._by_key:
            self._ring(painter, QRectF(surface.rect()))
        elif self._framed():
            painter.setPen(QPen(theme.line, theme.frame_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = theme.frame_width / 2
            painter.drawRect(QRectF(surface.rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()

    # Painting

    def _is_all(self, region: QRegion, asked_for: QRegion) -> bool:
        """Return whether what is to be painted is what was asked for, and lies under nothing."""
        if self._condition is not Condition.PRESENT or not self._ages_alone():
            return False
        return region == asked_for

    def _paint_due(self, easel: Easel, due: Mapping[Spot, Face | None]) -> None:
        """Paint things of which something changed; what lies between them stays."""
        aged: list[Aged] = []
        things: dict[Spot, Painted] = {}
        ringed, at = self._at if self.hasFocus() else None, self._at
        faces = self._faces
        for spot, old in due.items():
            face = faces.get(spot)
            if face is None:
                easel.fill(self._box(spot), self._ground())
            elif old is not None and spot != ringed:
                aged.append((spot, old, face, spot == at))
            else:
                box, faded = self._box(spot), spot in self._gone
                things[spot] = (box, face, Manner(damaged=box, faded=faded, chosen=spot == at))
        self._paint_aged(easel, aged)
        self._paint_faces(easel, tuple(things.values()))
        self._paint_tints(easel.painter, things)
        if ringed is not None and ringed in due:
            self._ring(easel.painter, easel.at(self._box(ringed)))

    def _paint_things(self, painter: QPainter, easel: Easel, region: QRegion) -> None:
        header = self.header_height()
        bounds = region.boundingRect()
        if header and bounds.top() < header:
            painter.setClipRect(self._below_header(), Qt.ClipOperation.IntersectClip)
        # One piece is asked for quickly; of several, what lies between them is not needed.
        whole = region.rectCount() == 1
        top = max(header, bounds.top()) - self._lowered()
        bottom = bounds.bottom() - self._lowered()
        for at in self._shelves.sections_between(top, bottom):
            self._paint_heading(easel, at, region)
        things: dict[Spot, Painted] = {}
        for spot in self._shelves.between(top, bottom):
            face = self._faces.get(spot)
            if face is None:
                continue
            box = self._box(spot)
            real = self._real(box)
            damaged = bounds.intersected(real)
            if not whole and not damaged.isEmpty():
                damaged = region.intersected(real).boundingRect()
            if damaged.isEmpty():
                continue
            manner = Manner(
                damaged=easel.at(QRectF(damaged)),
                faded=self._faded or spot in self._gone,
                chosen=spot == self._at,
            )
            things[spot] = (box, face, manner)
        self._paint_faces(easel, tuple(things.values()))
        self._paint_tints(painter, things)
        if self._at in things and self.hasFocus():
            self._ring(painter, easel.at(self._box(self._at)))

    def _paint_tints(self, painter: QPainter, spots: Iterable[Spot]) -> None:
        if self._tints.running:
            for spot in spots:
                key, real = self._shelves.key(spot), self._real(self._box(spot))
                self._tints.paint(painter, key, QRectF(real), self._look)

    def _paint_heading(self, easel: Easel, at: int, region: QRegion) -> None:
        section, look, theme = self._shelves.sections[at], self._look, self._look.theme
        height = self._shelves.heading_height(at)
        if not height:
            return
        box = self._heading_box(at)
        if not region.intersects(self._real(box)):
            return
        start = box.x() + self._heading_inset()
        if section.state is not None:
            size = look.px(12)
            easel.state(QRectF(start, box.center().y() - size / 2 + 2, size, size), section.state)
            start += size + look.px(8)
        line = QRectF(start, box.y() + look.px(4), box.right() - start, height - look.px(4))
        used = easel.write(line, section.heading, look.font(Role.STRONG), theme.text2)
        line.setLeft(start + used + look.px(8))
        count = look.wording.count(len(section.keys))
        easel.write(line, count, look.font(Role.LABEL), theme.muted)

    def _paint_empty(self, easel: Easel) -> None:
        box = QRectF(self._surface.rect()).adjusted(0, self.header_height(), 0, 0)
        box.adjust(self._look.px(16), 0, -self._look.px(16), 0)
        font, theme = self._look.font(Role.BODY), self._look.theme
        if self._condition is Condition.BLANK:
            easel.skeleton(box, self._look.px(36))
        if self._locked():
            size = self._look.px(16)
            lock = QRectF(box.center().x() - size / 2, box.center().y() - 2.2 * size, size, size)
            easel.lock(lock, theme.text2)
        easel.write(box, self._empty_words(), font, theme.text2, Place.CENTER)

    def _ring(self, painter: QPainter, real: QRectF) -> None:
        theme = self._look.theme
        inset = theme.focus_width / 2
        painter.setPen(QPen(theme.focus, theme.focus_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(real.adjusted(inset, inset, -inset, -inset), 4, 4)

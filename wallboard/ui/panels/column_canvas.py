"""How a painted table is painted: rows of columns, and of most rows every second the age alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont

from wallboard.domain.severity import Severity
from wallboard.ui.batch import Batch
from wallboard.ui.easel import Easel
from wallboard.ui.look import Look
from wallboard.ui.panels.columns import MARK, Heading, Placed, RowFace, placed_columns
from wallboard.ui.panels.face import Aged, Face, Painted
from wallboard.ui.panels.shelves import Spot
from wallboard.ui.panels.told_list import ToldList
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class _AgePlace:
    """Where the age in a row stands as long as nothing but time passes.

    Attributes:
        ground: What is painted over, really.
        line: Where the text ends, from the start of the line; how high its middle is; its room.
        points: Where each letter of a figure of that length stands. None for other texts.
        sign: The mark beside it. None for none.
    """

    ground: QRectF
    line: tuple[float, float, float]
    font: QFont
    ink: QColor
    points: list[QPointF] | None
    sign: tuple[QRectF, Severity] | None


class ColumnCanvas(ToldList):
    """Paints rows of columns."""

    headings: tuple[Heading, ...] = ()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._placed: tuple[Placed, ...] = ()
        # Of these the columns that change as time passes, and the others.
        self._ageing: tuple[Placed, ...] = ()
        self._staying: tuple[Placed, ...] = ()
        # Where the text of a column begins and ends, from the start of the line.
        self._spans: dict[str, tuple[float, float]] = {}
        # What is written plainly, and what stands out.
        self._fonts: tuple[QFont, QFont] = (look.font(Role.BODY), look.font(Role.STRONG))
        self._age_places: dict[tuple[Spot, str, int, int, Hashable], _AgePlace] = {}
        self._grounds: dict[tuple[Spot, str], QRectF] = {}

    # What a kind of list says of itself

    def _row(self, face: Face) -> RowFace | None:
        """Return a row of what is shown of a thing."""
        return face if isinstance(face, RowFace) else None

    def _age_text(self, face: Face, key: str) -> str:
        """Return what stands in a column that changes as time passes."""
        row = self._row(face)
        return "" if row is None else row.cells.get(key, "")

    def _used(self, face: Face) -> float | None:
        """Return how far the bar of a row is. None for no bar."""
        row = self._row(face)
        return None if row is None else row.used

    def _lasting(self, face: Face) -> Hashable:
        """Return what the places and colours of a row's ages hang on."""
        row = self._row(face)
        return None if row is None else (row.state, row.severity, row.marked, row.quiet)

    def _aged(self, old: Face, new: Face) -> bool:
        before, after = self._row(old), self._row(new)
        if before is None or after is None or before == after:
            return False
        if self._lasting(old) != self._lasting(new):
            return False
        cells, others = before.cells, after.cells
        keys = [placed.heading.key for placed in self._staying]
        return all(cells.get(key) == others.get(key) for key in keys)

    # Where things are

    def _ground(self) -> QColor:
        return self._look.theme.surface

    def _framed(self) -> bool:
        return self._look.theme.frame_width > 0 and not self._faded

    def _heading_inset(self) -> int:
        return self._look.px(14)

    def _cells(self, width: int) -> tuple[int, QSize]:
        look = self._look
        self._placed = placed_columns(self.headings, width, look, self._texts)
        self._ageing = tuple(each for each in self._placed if each.ages)
        self._staying = tuple(each for each in self._placed if not each.ages)
        self._spans = {placed.heading.key: self._span(placed) for placed in self._placed}
        self._fonts = (look.font(Role.BODY), look.font(Role.STRONG))
        return 1, QSize(width, look.px(28 if look.compact else 36))

    def _forget_boxes(self) -> None:
        super()._forget_boxes()
        self._age_places, self._grounds = {}, {}

    def _cell(self, placed: Placed, box: QRectF) -> QRectF:
        """Return where the text of a column stands in a row."""
        begin, end = self._spans[placed.heading.key]
        return QRectF(begin, box.y(), end - begin, box.height())

    def _span(self, placed: Placed) -> tuple[float, float]:
        look = self._look
        # Figures end where the next text would begin: what begins there keeps away from them.
        begin = look.px(0 if placed.heading.strong or placed.heading.figure else 8)
        return placed.start + begin, placed.start + placed.width - look.px(12)

    def _ages_alone(self) -> bool:
        return not self._framed()

    def _all_strips(self) -> Iterable[QRectF]:
        # A piece of many boxes takes longer to paint in than one that is higher than it need be.
        top, height = float(self.header_height()), float(self._surface.height())
        begin = end = None
        for placed in self._ageing:
            if begin is not None and end is not None and placed.start > end + 1:
                yield QRectF(begin + 1, top, end - begin - 2, height)
                begin = None
            begin = placed.start if begin is None else begin
            end = placed.start + placed.width
        if begin is not None and end is not None:
            yield QRectF(begin + 1, top, end - begin - 2, height)

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        before, after = self._row(old), self._row(new)
        if before is None or after is None or self._lasting(old) != self._lasting(new):
            return (box,)
        # Not to the edge, where nothing is written: or else the neighbours were touched as well.
        return tuple(
            QRectF(placed.start + 1, box.y(), placed.width - 2, box.height())
            for placed in self._placed
            if before.cells.get(placed.heading.key) != after.cells.get(placed.heading.key)
            or (placed.heading.bar and before.used != after.used)
        )

    # Painting ages alone

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        theme, batch = self._look.theme, Batch(easel)
        grounds: dict[bool, list[QRectF]] = {False: [], True: []}
        for placed in self._ageing:
            if placed.heading.bar:
                self._bars_aged(batch, easel, placed, things, grounds)
            else:
                self._texts_aged(batch, easel, placed, things, grounds)
        for chosen, boxes in grounds.items():
            easel.fill_all(boxes, theme.bands[0] if chosen else self._ground())
        batch.paint()

    def _texts_aged(
        self,
        batch: Batch,
        easel: Easel,
        placed: Placed,
        things: Sequence[Aged],
        grounds: dict[bool, list[QRectF]],
    ) -> None:
        key, places, told, lasting = (
            placed.heading.key,
            self._age_places,
            self._age_text,
            self._lasting,
        )
        for spot, old, new, chosen in things:
            text = told(new, key)
            if text == told(old, key):
                continue
            # Times of one length that have their colon at one place stand alike.
            colon, basis = text.find(":"), lasting(new)
            at = (spot, key, len(text), colon, basis)
            place = places.get(at)
            if place is None:
                place = places[at] = self._age_place(easel, placed, spot, new)
            grounds[chosen].append(place.ground)
            run = batch.figures(place.font, place.ink)
            if colon < 0 or run is None or place.points is None or not run.takes(text):
                self._lay_cell(batch, easel, placed, place.line[1], self._row(new))
                continue
            run.write(text, place.points)
            if place.sign is not None:
                batch.severity(*place.sign)

    def _bars_aged(
        self,
        batch: Batch,
        easel: Easel,
        placed: Placed,
        things: Sequence[Aged],
        grounds: dict[bool, list[QRectF]],
    ) -> None:
        for spot, old, new, chosen in things:
            used = self._used(new)
            if used == self._used(old):
                continue
            grounds[chosen].append(self._age_ground(placed, spot))
            if used is not None:
                self._lay_bar(batch, easel, placed, self._box(spot).center().y(), used)

    def _age_ground(self, placed: Placed, spot: Spot) -> QRectF:
        """Return where nothing but the text of a column is, and the ground, really."""
        at = (spot, placed.heading.key)
        ground = self._grounds.get(at)
        if ground is None:
            box = self._box(spot)
            # Not to the edge, where nothing is written: or else the neighbours were touched as
            # well. In whole pixels: half a one would shine through.
            strip = QRectF(placed.start + 1, box.y(), placed.width - 2, box.height() - 1)
            ground = self._grounds[at] = QRectF(self._real(strip))
        return ground

    def _age_place(self, easel: Easel, placed: Placed, spot: Spot, face: Face) -> _AgePlace:
        text, row = self._age_text(face, placed.heading.key), self._row(face)
        begin, end = self._spans[placed.heading.key]
        line = (end, self._box(spot).center().y(), end - begin)
        font, ink, severity = self._written(placed.heading, row, text, faded=False)
        digits = easel.digits(font) if placed.heading.figure else None
        points = sign = None
        if digits is not None:
            points = digits.points_of(easel, *line, text)
            if points is not None and severity is not Severity.CALM:
                size = self._look.px(10)
                left = line[0] - easel.figure_width(text, font) - self._look.px(6) - size
                sign = QRectF(left, line[1] - size / 2, size, size), severity
        ground = self._age_ground(placed, spot)
        return _AgePlace(ground, line, font, ink, points, sign)

    # Painting whole rows

    def _paint_faces(self, easel: Easel, things: Sequence[Painted]) -> None:
        theme, batch = self._look.theme, Batch(easel)
        # The darkest of the bands can't be told from a black ground.
        line = theme.bands[1] if theme.bands[0] == theme.surface else theme.bands[0]
        mark = self._look.px(MARK)
        for box, face, manner in things:
            row = self._row(face)
            if row is None:
                continue
            batch.fill(easel.at(box), theme.bands[0] if manner.chosen else self._ground())
            low = QRectF(0, box.bottom() - 1, box.width(), 1)
            batch.fill(easel.at(low), line, 1)
            begin, end = manner.damaged.x(), manner.damaged.right()
            middle, faded = box.center().y(), manner.faded
            if begin < mark:
                self._lay_mark(batch, easel, box, row, faded=faded)
            for placed in self._placed:
                if placed.start < end and placed.start + placed.width > begin:
                    self._lay_cell(batch, easel, placed, middle, row, faded=faded)
        batch.paint()

    def _lay_mark(
        self, batch: Batch, easel: Easel, box: QRectF, face: RowFace, *, faded: bool
    ) -> None:
        look, theme = self._look, self._look.theme
        size = look.px(11 if look.compact else 13)
        glyph = QRectF(look.px(14), box.center().y() - size / 2, size, size)
        if not faded and face.severity is not Severity.CALM:
            critical = face.severity is Severity.CRITICAL
            edge = easel.at(QRectF(0, box.y(), look.px(4), box.height() - 1))
            batch.fill(edge, theme.critical if critical else theme.warning, 1)
        if face.state is not None:
            batch.state(glyph, face.state)
        elif not faded:
            batch.severity(glyph, face.severity)

    def _lay_cell(
        self,
        batch: Batch,
        easel: Easel,
        placed: Placed,
        middle: float,
        row: RowFace | None,
        *,
        faded: bool = False,
    ) -> None:
        heading = placed.heading
        text = "" if row is None else row.cells.get(heading.key, "")
        if heading.bar and row is not None and row.used is not None:
            self._lay_bar(batch, easel, placed, middle, row.used)
            return
        if not text or heading.bar:
            return
        start, end = self._spans[heading.key]
        room = end - start
        font, ink, severity = self._written(heading, row, text, faded=faded)
        if severity is not Severity.CALM:
            # Not by colour alone: the start of the row has the glyph of the state.
            size, apart = self._look.px(10), self._look.px(6)
            width = easel.figure_width if heading.figure else easel.text_width
            used = width(text, font)
            left = end - used - apart - size if heading.figure else start + used + apart
            batch.severity(QRectF(left, middle - size / 2, size, size), severity)
        if heading.figure:
            batch.write_end(end, middle, room, text, font, ink)
        else:
            batch.write(start, middle, room, text, font, ink)

    def _written(
        self, heading: Heading, row: RowFace | None, text: str, *, faded: bool
    ) -> tuple[QFont, QColor, Severity]:
        """Return how a text is written, and what mark stands beside it; calm for none."""
        fonts, theme = self._fonts, self._look.theme
        severity, strong = Severity.CALM, heading.strong
        if row is None or faded:
            return fonts[strong], theme.text2, severity
        ink = theme.text if heading.strong or heading.figure else theme.text2
        if row.severity and heading.key == row.marked:
            critical = row.severity is Severity.CRITICAL
            ink = theme.critical_text if critical else theme.warning_text
            strong = True
            if row.state is not None:
                severity = row.severity
        elif row.quiet or text == NOTHING_KNOWN:
            ink = theme.muted
        return fonts[strong], ink, severity

    def _lay_bar(
        self, batch: Batch, easel: Easel, placed: Placed, middle: float, used: float
    ) -> None:
        look, theme = self._look, self._look.theme
        height = look.px(6)
        left, end = self._spans[placed.heading.key]
        top, width = middle - height / 2, end - left
        batch.fill(easel.at(QRectF(left, top, width, height)), theme.bands[1], 2)
        batch.fill(easel.at(QRectF(left, top, width * used, height)), theme.text2, 3)

"""Where things stand in a painted list that scrolls: their boxes, and which are in sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.queue_table import TOUCHED_S
from wallboard.ui.panels.shelves import Section, Shelves, Spot
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import scroll_bar_sheet
from wallboard.ui.tints import Tints


class FaceField(Shielded, QAbstractScrollArea):
    """Knows what a list shows, and where."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._surface = QWidget()
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self.setViewport(self._surface)
        self.setVerticalScrollBar(self._bar)
        self._condition = Condition.BLANK
        self._shelves = Shelves()
        self._faces: dict[Spot, Face] = {}
        self._gone: frozenset[Spot] = frozenset()
        self._boxes: dict[Spot, QRectF] = {}
        self._low: int | None = None
        self._seen: tuple[tuple[Spot, ...], tuple[str, ...]] | None = None
        self._strips: QRegion | None = None
        # What is to be painted next, if it is that and nothing else: things, with the face that is
        # seen until then if it is only older; None if all of it is to be painted.
        self._due: dict[Spot, Face | None] = {}
        self._asked_for = QRegion()
        self._tints = Tints(self)
        self._changed: list[str] = []
        self._rearranged = False
        self._at: Spot | None = None
        self._key: str | None = None
        self._basis: tuple[object, ...] = ()
        self._arranged_of: object = None
        self._asked = True
        self._held = False
        self._settled_s = 0.0
        self._touched = False
        self._touched_s = -TOUCHED_S
        self._by_key = False
        self._seen_at = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._surface.setMouseTracking(True)
        self._surface.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What a kind of list says of itself

    def _cells(self, width: int) -> tuple[int, QSize]:
        """Return how many things stand in a row, and how large each is, the gap included."""
        raise NotImplementedError

    def header_height(self) -> int:
        """Return how high the header is that does not scroll; 0 for none."""
        return 0

    # Where things are

    def _easel(self, painter: QPainter) -> Easel:
        return Easel(painter, self._look, self._surface.width(), self._texts)

    @property
    def _faded(self) -> bool:
        return self._condition in (Condition.FADED, Condition.HATCHED)

    def _sizes_hang_on(self) -> tuple[object, ...]:
        look = self._look
        return (self._surface.size().toTuple(), look.scale, look.compact, look.rtl)

    def _measure(self) -> None:
        surface, basis = self._surface, self._sizes_hang_on()
        if basis != self._basis:
            self._basis = basis
            self._shelves = self._laid_out(self._shelves.sections)
            self._forget_boxes()
            self._faces = {}
            surface.update()
            self._fit_bar()

    def _laid_out(self, sections: tuple[Section, ...]) -> Shelves:
        look = self._look
        columns, size = self._cells(self._surface.width())
        return Shelves(
            sections,
            columns=columns,
            across=size.width(),
            down=size.height(),
            heading=look.px(28 if look.compact else 34),
            inset=self._inset(),
            gap=self._gap(),
        )

    def _fit_bar(self) -> None:
        bar, page = self._bar, self._surface.height() - self.header_height()
        bar.setPageStep(max(1, page))
        bar.setSingleStep(max(1, self._shelves.down // 2))
        # An odd end would never be reached.
        bar.setRange(0, max(0, self._shelves.height - page + self._foot() + 1))
        if bar.maximum() and not bar.styleSheet():
            bar.setStyleSheet(scroll_bar_sheet(self._look.theme))

    def _foot(self) -> int:
        return self._look.px(4)

    def _inset(self) -> int:
        """Return how far things stand from the start."""
        return 0

    def _gap(self) -> int:
        """Return how much of a cell stays empty below and behind it."""
        return 0

    def _box(self, spot: Spot) -> QRectF:
        """Return where a thing is in the viewport, from the start of the line."""
        box = self._boxes.get(spot)
        if box is None:
            box = self._boxes[spot] = self._shelves.box(spot).translated(0, self._lowered())
        return box

    def _forget_boxes(self) -> None:
        """Know no longer where things are: they are laid out anew, or scrolled."""
        self._boxes, self._low = {}, None
        self._forget_sight()

    def _forget_sight(self) -> None:
        """Know no longer what can be seen: other things stand where these stood."""
        self._seen = self._strips = None

    def _heading_box(self, section: int) -> QRectF:
        box = self._shelves.heading_box(section).translated(0, self._lowered())
        return box.adjusted(-self._inset(), 0, 0, 0)

    def _lowered(self) -> int:
        """Return how far below its place in the list a thing is in the viewport."""
        if self._low is None:
            self._low = self.header_height() - self._offset
        return self._low

    @property
    def _offset(self) -> int:
        """How far it is scrolled: by even numbers, so that a half pixel is rounded as before."""
        value = self._bar.value()
        return value - value % 2

    def _real(self, box: QRectF) -> QRect:
        """Return where a box really is."""
        left = self._surface.width() - box.right() if self._look.rtl else box.x()
        return QRectF(left, box.y(), box.width(), box.height()).toAlignedRect()

    def _in_sight(self) -> tuple[tuple[Spot, ...], tuple[str, ...]]:
        """Return where things are of which a part can be seen, and their keys."""
        if self._seen is None:
            top, shelves = float(self._offset), self._shelves
            bottom = top + self._surface.height() - self.header_height()
            spots = tuple(shelves.between(top, bottom))
            self._seen = spots, tuple(map(shelves.key, spots))
        return self._seen

    def _below_header(self) -> QRect:
        header, surface = self.header_height(), self._surface
        return QRect(0, header, surface.width(), surface.height() - header)

    def _spot_at(self, point: QPointF) -> Spot | None:
        """Return what is at a real point."""
        if point.y() < self.header_height():
            return None
        real = QPoint(round(point.x()), round(point.y()))
        height = point.y() - self._lowered()
        spots = self._shelves.between(height, height)
        return next((spot for spot in spots if self._real(self._box(spot)).contains(real)), None)

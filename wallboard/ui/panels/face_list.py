"""A painted list that scrolls and is walked with the keys: things in rows, under headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.value import value
from wallboard.ui.easel import Easel, Place, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.queue_table import SETTLE_S, TOUCHED_S
from wallboard.ui.panels.shelves import Section, Shelves, Spot
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import scroll_bar_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.tints import Tints

_WALKS: Final[Mapping[Qt.Key, tuple[int, int]]] = {
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_J: (0, 1),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_K: (0, -1),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
}
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@value
class Manner:
    """How a thing is to be painted.

    Attributes:
        damaged: The part that is needed, from the start of the line; more does no harm.
        faded: True if it is of the past.
        chosen: True if it is the chosen one.
    """

    damaged: QRectF
    faded: bool = False
    chosen: bool = False


class Face:
    """All that a thing shows; two that compare as equal look the same."""

    __slots__ = ()


Aged: TypeAlias = tuple[QRectF, Face, Face, bool]
"""Of a thing of which only the age changed: box, face before and now, whether it is chosen."""


class FaceList(Shielded, QAbstractScrollArea):
    """Shows things in rows. Only what can be seen is looked at, and only what changed painted.

    Things change places at most every two seconds, not while the mouse moves over them, and not
    while the order is held; what is gone stays dim until then.

    Signals:
        chosen: The key of the thing that was chosen.
        opened: The key of the thing that is to be shown in detail.
        held_changed: True if the order is held from now on.
    """

    chosen = Signal(str)
    opened = Signal(str)
    held_changed = Signal(bool)

    comes_at_once = False
    """True if what comes and goes is shown without delay, unless the mouse moves."""

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
        # What is to be painted next, if it is that and nothing else: things, with the face that is
        # seen until then; None if all of it is to be painted.
        self._due: dict[Spot, Face | None] = {}
        self._asked_for = QRegion()
        self._tints = Tints(self)
        self._tints.stepped.connect(self._repaint_tinted)
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

    def _arrange(self) -> tuple[Section, ...]:
        """Return what is to be shown, in its order."""
        raise NotImplementedError

    def _face(self, key: str) -> Face | None:
        """Return what a thing shows now. None if it is no more."""
        raise NotImplementedError

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        """Paint a thing; boxes are given from the start of the line."""
        raise NotImplementedError

    def _cells(self, width: int) -> tuple[int, QSize]:
        """Return how many things stand in a row, and how large each is, the gap included."""
        raise NotImplementedError

    def _empty_words(self) -> str:
        """Return what is said where there is nothing to show, and what to do."""
        raise NotImplementedError

    def _locked(self) -> bool:
        """Return whether there is nothing to show because this account may not see it."""
        return False

    def _told(self, key: str) -> str:
        """Return a thing in words, for those who listen."""
        raise NotImplementedError

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:  # noqa: ARG002
        """Return what is to be painted anew of a thing that changed."""
        return (box,)

    def _aged(self, old: Face, new: Face) -> bool:  # noqa: ARG002
        """Return whether a thing is as it was but for its age."""
        return False

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        """Paint the ages of things."""

    def _ages_alone(self) -> bool:
        """Return whether ages can be painted alone: nothing else lies where they are."""
        return False

    def _mark(self, face: Face) -> object:  # noqa: ARG002
        """Return what of a face is worth a look when it changes. None for nothing."""
        return None

    def header_height(self) -> int:
        """Return how high the header is that does not scroll; 0 for none."""
        return 0

    def _paint_header(self, easel: Easel) -> None:
        """Paint the header."""

    # What others call

    def show_look(self, look: Look) -> None:
        """Forget what was painted in the look before. A board must be shown after this."""
        self._look = look
        self._texts.clear()
        self._forget_boxes()
        self._faces = {}
        self._basis = ()
        self._asked = True
        self._bar.setStyleSheet("")
        self._surface.update()

    def chosen_key(self) -> str | None:
        """Return what is chosen. None if nothing is."""
        return self._key

    def sections(self) -> tuple[Section, ...]:
        """Return what is shown, in its order."""
        return self._shelves.sections

    def choose(self, key: str) -> bool:
        """Choose a thing and bring it to sight; return whether it is there."""
        spot = self._shelves.spot_of(key)
        if spot is not None:
            self._choose(spot)
        return spot is not None

    def hold(self, *, held: bool) -> None:
        """Hold the order still, or let things change places again."""
        if held is not self._held:
            self._held = held
            self.held_changed.emit(held)

    def box_of(self, key: str) -> QRect:
        """Return where a thing is really, in the viewport; an empty box if it is not shown."""
        spot = self._shelves.spot_of(key)
        return QRect() if spot is None else self._real(self._box(spot))

    # What kinds of lists call

    def _show(self, of: object, condition: Condition, now: Moment) -> None:
        """Show what there is now.

        Args:
            of: What the order hangs on: while it is the same object, nothing changes places.
            condition: How far it can be trusted.
            now: This moment.
        """
        if condition is not self._condition:
            self._condition = condition
            self._asked = True
            self._surface.update()
        self._settle(of, now)
        self._measure()
        self._look_again()

    def _ask_again(self) -> None:
        """Have the order made anew at the next showing: somebody wants another one."""
        self._asked = True

    def _easel(self, painter: QPainter) -> Easel:
        return Easel(painter, self._look, self._surface.width(), self._texts)

    def _lay_out_again(self) -> None:
        """Have everything put in its place anew at the next showing."""
        self._basis = ()
        self._asked = True

    @property
    def _faded(self) -> bool:
        return self._condition in (Condition.FADED, Condition.HATCHED)

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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._measure()
        self._look_again()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Hold things still under a moving mouse."""
        self._touched = True
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose what is under the mouse."""
        self._touched = True
        spot = self._spot_at(event.position())
        if spot is not None:
            self._choose(spot)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show in detail what was clicked."""
        spot = self._spot_at(event.position())
        if spot is not None and spot == self._at:
            self.opened.emit(self._shelves.key(spot))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the things, open one, or hold the order."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain:
            super().keyPressEvent(event)
        elif key in _OPENS and self._at is not None:
            if not event.isAutoRepeat():
                self.opened.emit(self._shelves.key(self._at))
        elif key is Qt.Key.Key_Space:
            self.hold(held=not self._held)
        elif not self._walk(key):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is: with the keys one comes to the first thing in sight."""
        super().focusInEvent(event)
        self._by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if self._at is None and self._by_key:
            first = next(self._in_sight(), None)
            if first is not None:
                self._choose(first)
        self._surface.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._surface.update()

    # Order

    def _settle(self, of: object, now: Moment) -> None:
        if self._touched:
            self._touched, self._touched_s = False, now.steady_s
        if not self._asked:
            if of is self._arranged_of or self._held:
                return
            if now.steady_s - self._touched_s < TOUCHED_S:
                return
            if not self.comes_at_once and now.steady_s - self._settled_s < SETTLE_S:
                return
        self._asked, self._arranged_of, self._settled_s = False, of, now.steady_s
        self._adopt(() if self._condition is Condition.BLANK else self._arrange())

    def _adopt(self, sections: tuple[Section, ...]) -> None:
        shelves = self._shelves
        if sections == shelves.sections:
            return
        heading = None if self._at is None else shelves.sections[self._at.section].heading
        at = self._at
        self._rearranged = True
        self._shelves = self._laid_out(sections)
        self._forget_boxes()
        self._at = None if self._key is None else self._shelves.spot_of(self._key, heading)
        self._gone = frozenset()
        self._fit_bar()
        if shelves.places != self._shelves.places or at != self._at:
            self._faces = {}
            self._surface.update()
            return
        # All stands where it stood: what is another thing there is found by its face.
        for place, (old, new) in enumerate(zip(shelves.sections, sections, strict=True)):
            if (old.heading, old.state, len(old.keys)) != (new.heading, new.state, len(new.keys)):
                self._surface.update(self._real(self._heading_box(place)))

    # Where things are

    def _measure(self) -> None:
        look, surface = self._look, self._surface
        basis = (surface.size().toTuple(), look.scale, look.compact, look.rtl)
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

    def _in_sight(self) -> Iterator[Spot]:
        top = float(self._offset)
        return self._shelves.between(top, top + self._surface.height() - self.header_height())

    def _spot_at(self, point: QPointF) -> Spot | None:
        """Return what is at a real point."""
        if point.y() < self.header_height():
            return None
        real = QPoint(round(point.x()), round(point.y()))
        height = point.y() - self._lowered()
        spots = self._shelves.between(height, height)
        return next((spot for spot in spots if self._real(self._box(spot)).contains(real)), None)

    # What changed

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802 - Qt's names
        """Move what is painted already, and paint what comes into sight."""
        self._touched = True
        self._forget_boxes()
        dy, self._seen_at = self._seen_at - self._offset, self._offset
        header, surface = self.header_height(), self._surface
        if self._faded or self._framed() or (self._at is None and self._by_key):
            surface.update()
        else:
            surface.scroll(0, dy, QRect(0, header, surface.width(), surface.height() - header))
        self._look_again()

    def _look_again(self) -> None:
        """Look at what can be seen, and have painted what is not as it was."""
        faces: dict[Spot, Face] = {}
        gone = set()
        damaged: list[QRectF] = []
        before, face_of, key_of = self._faces, self._face, self._shelves.key
        for spot in self._in_sight():
            old = before.get(spot)
            new = face_of(key_of(spot))
            if new is None:
                gone.add(spot)
                new = old
            if new is not None:
                faces[spot] = new
                if new is not old:
                    damaged += self._damage_of(spot, old, new)
        # Those that nothing stands at any more, and those whose thing is gone or back.
        for spot in (self._faces.keys() - faces.keys()) | (gone ^ self._gone):
            if spot.section < len(self._shelves.sections):
                damaged.append(self._box(spot))
                self._due[spot] = None
        self._gone, self._faces = frozenset(gone), faces
        self._have_painted(damaged)
        self._tint_changed()
        self._say()

    def _tint_changed(self) -> None:
        """Lead the eye to what changed its state where it stood."""
        changed, self._changed = self._changed, []
        moved, self._rearranged = self._rearranged, False
        still = moved or self._look.reduced_motion or self._faded or not self.isVisible()
        if changed and not still:
            self._tints.begin(changed)

    def _repaint_tinted(self, keys: Iterable[str]) -> None:
        boxes = []
        for key in keys:
            spot = self._shelves.spot_of(key)
            if spot is not None and spot in self._faces:
                self._due[spot] = None
                boxes.append(self._box(spot))
        self._have_painted(boxes)

    def _damage_of(self, spot: Spot, old: Face | None, new: Face) -> tuple[QRectF, ...]:
        if old is None:
            self._due[spot] = None
            return (self._box(spot),)
        if old == new:
            return ()
        key = self._shelves.key(spot)
        if self._mark(old) != self._mark(new):
            self._changed.append(key)
        if self._tints.running and self._tints.strength(key) > 0.0:
            # A part painted without its tint would be a patch on it.
            self._due[spot] = None
            return (self._box(spot),)
        self._due.setdefault(spot, old)
        return self._damage(self._box(spot), old, new)

    def _have_painted(self, damaged: list[QRectF]) -> None:
        if not damaged:
            return
        region = QRegion()
        for box in damaged:
            region += self._real(box)
        # Of the rest Qt does not ask.
        region &= self._surface.rect()
        self._asked_for += region
        self._surface.update(region)

    def _say(self) -> None:
        # What there is is told thing by thing; of the list itself, why there is nothing in it.
        told = "" if self._at is not None or self._faces else self._empty_words()
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)

    # Walking

    def _walk(self, key: Qt.Key) -> bool:
        """Go where a key leads; return whether it leads anywhere."""
        at = self._at or self._shelves.edge(last=False)
        if at is None:
            return False
        if self._at is None and key in _WALKS:
            self._choose(at)
            return True
        spot = self._led_to(at, key)
        if spot is not None:
            self._choose(spot)
        return spot is not None

    def _led_to(self, at: Spot, key: Qt.Key) -> Spot | None:
        """Return where a key leads from there. None if it leads nowhere."""
        shelves = self._shelves
        if key in _WALKS:
            across, down = _WALKS[key]
            if down:
                return shelves.below(at, down)
            step = -across if self._look.rtl else across
            return shelves.beside(at, step) if shelves.columns > 1 else None
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return shelves.edge(last=key is Qt.Key.Key_End)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _ in range(max(1, self._bar.pageStep() // shelves.down - 1)):
                at = shelves.below(at, 1 if key is Qt.Key.Key_PageDown else -1)
            return at
        return None

    def _choose(self, spot: Spot) -> None:
        self._touched = True
        self._at, self._key = spot, self._shelves.key(spot)
        box = self._box(spot)
        bar = self._bar
        above = self.header_height() + self._shelves.heading_height(spot.section)
        if box.y() < above:
            bar.setValue(round(bar.value() + box.y() - above))
        elif box.bottom() > self._surface.height():
            low = box.bottom() + self._foot() - self._surface.height()
            bar.setValue(round(bar.value() + low))
        self._surface.update()
        self._say()
        self.chosen.emit(self._key)

    # Painting

    def _ground(self) -> QColor:
        return self._look.theme.base

    def _is_all(self, region: QRegion, asked_for: QRegion) -> bool:
        """Return whether what is to be painted is what was asked for, and lies under nothing."""
        if self._condition is not Condition.PRESENT or not self._ages_alone():
            return False
        if self._tints.running:
            return False
        return region == asked_for and region.boundingRect().top() >= self.header_height()

    def _paint_due(self, easel: Easel, due: Mapping[Spot, Face | None]) -> None:
        """Paint things of which something changed; what lies between them stays."""
        aged: list[Aged] = []
        ringed = self._at if self.hasFocus() else None
        for spot, old in due.items():
            face = self._faces.get(spot)
            box = self._box(spot)
            if face is None:
                easel.fill(box, self._ground())
            elif old is not None and spot != ringed and self._aged(old, face):
                aged.append((box, old, face, spot == self._at))
            else:
                faded = spot in self._gone
                manner = Manner(damaged=box, faded=faded, chosen=spot == self._at)
                self._paint_face(easel, box, face, manner)
        self._paint_aged(easel, aged)
        if ringed is not None and ringed in due:
            self._ring(easel.painter, easel.at(self._box(ringed)))

    def _paint_things(self, painter: QPainter, easel: Easel, region: QRegion) -> None:
        header = self.header_height()
        bounds = region.boundingRect()
        if header and bounds.top() < header:
            painter.setClipRect(
                QRect(0, header, self._surface.width(), self._surface.height() - header),
                Qt.ClipOperation.IntersectClip,
            )
        # One piece is asked for quickly; of several, what lies between them is not needed.
        whole = region.rectCount() == 1
        top = max(header, bounds.top()) - self._lowered()
        bottom = bounds.bottom() - self._lowered()
        for at in self._shelves.sections_between(top, bottom):
            self._paint_heading(easel, at, region)
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
            self._paint_face(easel, box, face, manner)
            self._tints.paint(painter, self._shelves.key(spot), QRectF(real), self._look)
            if spot == self._at and self.hasFocus():
                self._ring(painter, easel.at(box))

    def _framed(self) -> bool:
        """Return whether there is a line around all of it."""
        return False

    def _heading_inset(self) -> int:
        """Return how far a heading stands from the start."""
        return self._inset() + self._look.px(2)

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

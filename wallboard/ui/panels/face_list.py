"""A painted list that scrolls and is walked with the keys: things in rows, under headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QRegion,
    QResizeEvent,
)

from wallboard.domain.clock import Moment
from wallboard.ui.look import Look
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.face_canvas import FaceCanvas
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.queue_table import SETTLE_S, TOUCHED_S
from wallboard.ui.panels.shelves import Section, Spot

_WALKS: Final[Mapping[Qt.Key, tuple[int, int]]] = {
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_J: (0, 1),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_K: (0, -1),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
}
_FEW: Final = 8
"""So many ages are painted one by one; of more, a region of their boxes costs more than strips."""
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FaceList(FaceCanvas):
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
        super().__init__(look)
        self._tints.stepped.connect(self._repaint_tinted)

    # What a kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        """Return what is to be shown, in its order."""
        raise NotImplementedError

    def _face(self, key: str) -> Face | None:
        """Return what a thing shows now. None if it is no more."""
        raise NotImplementedError

    def _faces_of(self, keys: Sequence[str]) -> Sequence[Face | None]:
        """Return what several things show now."""
        return [self._face(key) for key in keys]

    def _told(self, key: str) -> str:
        """Return a thing in words, for those who listen."""
        raise NotImplementedError

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:  # noqa: ARG002
        """Return what is to be painted anew of a thing that changed."""
        return (box,)

    def _aged(self, old: Face, new: Face) -> bool:  # noqa: ARG002
        """Return whether a thing is as it was but for its age, which is another."""
        return False

    def _age_strips(self, box: QRectF) -> tuple[QRectF, ...]:  # noqa: ARG002
        """Return where the ages are in a row of which a thing is; they are lower than a widget."""
        return ()

    def _mark(self, face: Face) -> object:  # noqa: ARG002
        """Return what of a face is worth a look when it changes. None for nothing."""
        return None

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

    def _lay_out_again(self) -> None:
        """Have everything put in its place anew at the next showing."""
        self._basis = ()
        self._asked = True

    # What Qt calls

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
            spots, _ = self._in_sight()
            if spots:
                self._choose(spots[0])
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

    # What changed

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802 - Qt's names
        """Move what is painted already, and paint what comes into sight."""
        self._touched = True
        self._forget_boxes()
        dy, self._seen_at = self._seen_at - self._offset, self._offset
        surface = self._surface
        if self._faded or self._framed() or (self._at is None and self._by_key):
            surface.update()
        else:
            surface.scroll(0, dy, self._below_header())
        self._look_again()

    def _look_again(self) -> None:
        """Look at what can be seen, and have painted what is not as it was."""
        spots, keys = self._in_sight()
        now = self._faces_of(keys)
        before = self._faces
        gone = frozenset(spot for spot, face in zip(spots, now, strict=True) if face is None)
        shown: dict[Spot, Face] = {
            spot: face
            for spot, new in zip(spots, now, strict=True)
            if (face := before.get(spot) if new is None else new) is not None
        }
        others = [
            (spot, old, new) for spot, new in shown.items() if (old := before.get(spot)) is not new
        ]
        aged, damaged = self._part_aged(others)
        # Those that nothing stands at any more, and those whose thing is gone or back.
        for spot in (before.keys() - shown.keys()) | (gone ^ self._gone):
            if spot.section < len(self._shelves.sections):
                damaged = self._with(damaged, (self._box(spot),))
                self._due[spot] = None
        self._gone, self._faces = gone, shown
        self._have_painted(self._with_aged(damaged, aged))
        self._tint_changed()
        self._say()

    def _part_aged(
        self, others: Iterable[tuple[Spot, Face | None, Face]]
    ) -> tuple[list[tuple[Spot, Face, Face]], QRegion]:
        """Return what of others than before is only older, and what is to be painted of the rest.

        Both are due then.
        """
        aged, damaged, due = [], QRegion(), self._due
        alone, fading, only_older = self._ages_alone(), self._tints.running, self._aged
        for spot, old, new in others:
            older = alone and old is not None and only_older(old, new)
            # A part painted without its tint would be a patch on it.
            if older and old is not None and not (fading and self._tinted(spot)):
                due.setdefault(spot, old)
                aged.append((spot, old, new))
            else:
                damaged = self._with(damaged, self._damage_of(spot, old, new))
        return aged, damaged

    def _with(self, region: QRegion, boxes: Iterable[QRectF]) -> QRegion:
        for box in boxes:
            region += self._real(box)
        return region

    def _with_aged(self, region: QRegion, aged: Sequence[tuple[Spot, Face, Face]]) -> QRegion:
        """Return a region with that in which ages are; of many, the strips of all rows."""
        if len(aged) > _FEW:
            if self._strips is None:
                self._strips = self._with(QRegion(), self._all_strips())
            return region + self._strips
        for spot, old, new in aged:
            region = self._with(region, self._damage(self._box(spot), old, new))
        return region

    def _all_strips(self) -> Iterable[QRectF]:
        tops = set()
        for spot in self._in_sight()[0]:
            box = self._box(spot)
            if box.y() not in tops:
                tops.add(box.y())
                yield from self._age_strips(box)

    def _tint_changed(self) -> None:
        """Lead the eye to what changed its state where it stood."""
        changed, self._changed = self._changed, []
        moved, self._rearranged = self._rearranged, False
        still = moved or self._look.reduced_motion or self._faded or not self.isVisible()
        if changed and not still:
            self._tints.begin(changed)

    def _tinted(self, spot: Spot) -> bool:
        return self._tints.strength(self._shelves.key(spot)) > 0.0

    def _repaint_tinted(self, keys: Iterable[str]) -> None:
        boxes = []
        for key in keys:
            spot = self._shelves.spot_of(key)
            if spot is not None and spot in self._faces:
                self._due[spot] = None
                boxes.append(self._box(spot))
        self._have_painted(self._with(QRegion(), boxes))

    def _damage_of(self, spot: Spot, old: Face | None, new: Face) -> tuple[QRectF, ...]:
        if old == new:
            return ()
        self._due[spot] = None
        if old is None:
            return (self._box(spot),)
        key = self._shelves.key(spot)
        if self._mark(old) != self._mark(new):
            self._changed.append(key)
        if self._tints.running and self._tinted(spot):
            # A part painted without its tint would be a patch on it.
            return (self._box(spot),)
        return self._damage(self._box(spot), old, new)

    def _have_painted(self, damaged: QRegion) -> None:
        # Of the rest Qt does not ask, and under the header nothing is seen.
        damaged &= self._below_header()
        if not damaged.isEmpty():
            self._asked_for += damaged
            self._surface.update(damaged)

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

"""A painted list that scrolls and is walked with the keys: things in rows, under headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)

from wallboard.domain.clock import Moment
from wallboard.ui.look import Look
from wallboard.ui.panels.face_watch import FaceWatch
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
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FaceList(FaceWatch):
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

    # What a kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        """Return what is to be shown, in its order."""
        raise NotImplementedError

    def _told(self, key: str) -> str:
        """Return a thing in words, for those who listen."""
        raise NotImplementedError

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
        if self._basis == self._sizes_hang_on():
            self._shelves = shelves.holding(sections)
        else:
            self._shelves = self._laid_out(sections)
            self._forget_boxes()
        if shelves.places == self._shelves.places:
            self._forget_sight()
        else:
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

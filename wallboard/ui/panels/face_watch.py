"""What changed in a painted list since it was looked at last, and what of it is painted anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QRegion

from wallboard.ui.look import Look
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.face_canvas import FaceCanvas
from wallboard.ui.panels.shelves import Spot

_FEW: Final = 8
"""So many ages are painted one by one; of more, a region of their boxes costs more than strips."""


class FaceWatch(FaceCanvas):
    """Looks at what can be seen, and has that painted which is not as it was."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._tints.stepped.connect(self._repaint_tinted)

    # What a kind of list says of itself

    def _face(self, key: str) -> Face | None:
        """Return what a thing shows now. None if it is no more."""
        raise NotImplementedError

    def _faces_of(self, keys: Sequence[str]) -> Sequence[Face | None]:
        """Return what several things show now."""
        return [self._face(key) for key in keys]

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

    # Looking

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

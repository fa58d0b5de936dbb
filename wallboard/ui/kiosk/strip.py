"""A band of a wall that is filled from both ends, which may change sides."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from wallboard.ui.easel import Place


class Strip:
    """A band of which boxes are cut off at its ends until the rest is filled."""

    def __init__(self, box: QRectF, gap: float, *, swapped: bool) -> None:
        self.rest = QRectF(box)
        self._gap = gap
        self._swapped = swapped
        self.near = Place.END if swapped else Place.START
        """Where the beginning is."""
        self.far = Place.START if swapped else Place.END

    def cut_near(self, width: float) -> QRectF:
        """Return a box at the beginning."""
        return self._cut(width, at_end=self._swapped)

    def cut_far(self, width: float) -> QRectF:
        """Return a box at the other end."""
        return self._cut(width, at_end=not self._swapped)

    def _cut(self, width: float, *, at_end: bool) -> QRectF:
        width = max(0.0, min(width, self.rest.width()))
        rest, step = self.rest, min(width + self._gap, self.rest.width())
        if at_end:
            box = QRectF(rest.right() - width, rest.y(), width, rest.height())
            self.rest = rest.adjusted(0, 0, -step, 0)
        else:
            box = QRectF(rest.x(), rest.y(), width, rest.height())
            self.rest = rest.adjusted(step, 0, 0, 0)
        return box

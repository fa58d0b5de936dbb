"""One scene goes over into the next: what was there fades away, once, and nothing moves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from wallboard.ui.elapsed import since_now

LASTS_MS: Final = 300
STEP_MS: Final = 50


class Fade(QObject):
    """Keeps a picture of what was there, for as long as it fades. Its timer runs only then.

    Signals:
        stepped: The place of the picture is to be painted anew.
    """

    stepped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._elapsed = since_now()
        self._begun = 0
        self._picture: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.step)

    @property
    def running(self) -> bool:
        """True while something fades."""
        return self._picture is not None

    def begin(self, picture: QPixmap) -> None:
        """Let a picture of what was there fade from now on."""
        self._picture, self._begun = picture, self._elapsed()
        self._timer.start()

    def stop(self) -> None:
        """Let go of the picture."""
        self._picture = None
        self._timer.stop()

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Paint what is left of the picture over what is there now."""
        if self._picture is not None:
            painter.setOpacity(self.strength())
            painter.drawPixmap(at, self._picture)
            painter.setOpacity(1.0)

    def strength(self) -> float:
        """Return how much is left of the picture, 1 to 0."""
        return max(0.0, 1.0 - (self._elapsed() - self._begun) / LASTS_MS)

    def step(self) -> None:
        """Have it painted anew; when nothing is left, for the last time."""
        if self.strength() <= 0.0:
            self.stop()
        self.stepped.emit()

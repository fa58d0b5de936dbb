"""What changed its state is tinted for a moment, so that the eye finds it: once, and fading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter

from wallboard.ui.elapsed import since_now
from wallboard.ui.look import Look

LASTS_MS: Final = 600
STEP_MS: Final = 60
AGAIN_MS: Final = 2_100
"""The same thing is not tinted again so soon: nothing may flash more often than every two seconds.
"""
MOST: Final = 24
"""When more change at once, the eye would not know where to go: then nothing is tinted."""
_STRONGEST: Final = 0.2


class Tints(QObject):
    """Notices what has another mark than before. Its timer runs only while something fades.

    Signals:
        stepped: The keys of what is to be painted anew.
    """

    stepped = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, elapsed: Callable[[], int] | None = None
    ) -> None:
        """Prepare.

        Args:
            elapsed: Tells the milliseconds since some moment; a clock of its own if None.
        """
        super().__init__(parent)
        self._elapsed = elapsed or since_now()
        self._marks: Mapping[Hashable, object] = {}
        self._begun: dict[Hashable, int] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.step)

    @property
    def running(self) -> bool:
        """True while something fades."""
        return self._timer.isActive()

    def look(self, marks: Mapping[Hashable, object], *, quiet: bool) -> None:
        """Take what is to be seen now, and tint what has another mark than before.

        Args:
            marks: By key; what was not seen before is not tinted.
            quiet: True if nothing is to be tinted: nobody looks, or nothing may move.
        """
        before, self._marks = self._marks, marks
        if marks == before or quiet:
            return
        self.begin([key for key, mark in marks.items() if before.get(key, mark) != mark])

    def begin(self, keys: Sequence[Hashable]) -> None:
        """Tint what changed, unless it was tinted just now, or more changed than an eye follows."""
        now = self._elapsed()
        self._begun = {key: at for key, at in self._begun.items() if now - at < AGAIN_MS}
        new = [key for key in keys if key not in self._begun]
        if 0 < len(new) <= MOST:
            self._begun |= dict.fromkeys(new, now)
            self._timer.start()
            self.stepped.emit(new)

    def strength(self, key: Hashable) -> float:
        """Return how strongly something is tinted, 1 to 0; ease-out."""
        begun = self._begun.get(key)
        if begun is None:
            return 0.0
        left = 1.0 - (self._elapsed() - begun) / LASTS_MS
        return left * left if left > 0.0 else 0.0

    def paint(self, painter: QPainter, key: Hashable, real: QRectF, look: Look) -> None:
        """Paint the tint over something, if it has any: a grey of the theme, never a hue."""
        strength = self.strength(key) if self._begun else 0.0
        if strength > 0.0:
            colour = QColor(look.theme.text)
            colour.setAlphaF(strength * _STRONGEST)
            painter.fillRect(real, colour)

    def step(self) -> None:
        """Have painted anew what fades, and forget what was tinted long enough ago."""
        now = self._elapsed()
        # One step more than it lasts: the last one takes the tint away.
        fading = [key for key, at in self._begun.items() if now - at < LASTS_MS + STEP_MS]
        self._begun = {key: at for key, at in self._begun.items() if now - at < AGAIN_MS}
        if fading:
            self.stepped.emit(fading)
        else:
            self._timer.stop()

"""Lines of a text that is too long for one, the same from either side."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics


def wrapped(text: str, metrics: QFontMetrics, width: float) -> list[str]:
    """Return the lines of a text; Qt's own wrapping leaves the space at the end of a line.

    From right to left that space would stand before the line.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines

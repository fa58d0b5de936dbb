"""What a list shows of a thing, and how a thing is to be painted."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QRectF

from wallboard.domain.value import value
from wallboard.ui.panels.shelves import Spot


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


Aged: TypeAlias = tuple[Spot, Face, Face, bool]
"""Of a thing of which only the age changed: place, face before and now, whether it is chosen."""
Painted: TypeAlias = tuple[QRectF, Face, Manner]
"""A thing to be painted: where, what it shows, and how."""

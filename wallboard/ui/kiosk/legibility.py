"""How large a text must be to be read from a seat, and from where one can be read.

What counts is the angle under which somebody sees the height of a letter: 16 minutes of arc are
the least for the farthest seat, 20 are good, and a figure that is to be seen at a glance wants 30.
"""

from __future__ import annotations

from math import hypot, radians, tan
from typing import Final

from wallboard.domain.value import value

LEAST_ARC: Final = 16.0
"""Minutes of arc of the smallest letter, seen from the farthest seat."""
_MM_PER_INCH: Final = 25.4
_MM_PER_M: Final = 1000.0
_MINUTES: Final = 60.0


@value
class Screen:
    """A screen and who looks at it.

    Attributes:
        inches: Its diagonal.
        width, height: In pixels; the pixels are square.
        seat_m: From it to the farthest seat.
    """

    inches: float
    width: int
    height: int
    seat_m: float

    @property
    def mm_per_px(self) -> float:
        """How high a pixel is."""
        return _MM_PER_INCH * self.inches / hypot(self.width, self.height)


def cap_px_for(arc: float, screen: Screen) -> float:
    """Return how high a letter must be, in pixels, to be seen under an angle in minutes."""
    size_mm = 2 * _MM_PER_M * screen.seat_m * tan(radians(arc / _MINUTES) / 2)
    return size_mm / screen.mm_per_px


def readable_m(cap_px: float, inches: float, pixel_height: int) -> float:
    """Return from how far a letter can be read at 16 minutes of arc, in metres.

    Args:
        cap_px: How high a letter is.
        inches: The diagonal of a screen of 16 by 9.
        pixel_height: Its height in pixels.
    """
    screen = Screen(inches=inches, width=pixel_height * 16 // 9, height=pixel_height, seat_m=1.0)
    return distance_m(cap_px, screen)


def distance_m(cap_px: float, screen: Screen) -> float:
    """Return from how far a letter on this screen can be read at 16 minutes of arc, in metres."""
    size_mm = cap_px * screen.mm_per_px
    return size_mm / 2 / tan(radians(LEAST_ARC / _MINUTES) / 2) / _MM_PER_M

"""How far apart colours are for eyes of every kind: CIEDE2000 under simulated colour blindness.

The difference is the one of the CIE (Sharma, Wu and Dalal 2005 give its formula and values to
check it by); what is seen without one of the three kinds of cones is simulated by the matrices of
Machado, Oliveira and Fernandes 2009.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final, TypeAlias

from PySide6.QtGui import QColor

Triple: TypeAlias = tuple[float, float, float]
_Matrix: TypeAlias = tuple[Triple, Triple, Triple]

_TO_XYZ: Final[_Matrix] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final[Triple] = (0.95047, 1.0, 1.08883)


def linear(colour: QColor) -> Triple:
    """Return the light of a colour, each part 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return red, green, blue


def _times(matrix: _Matrix, of: Triple) -> Triple:
    first, second, third = (
        sum(part * light for part, light in zip(row, of, strict=True)) for row in matrix
    )
    return first, second, third


def lab(light: Triple) -> Triple:
    """Return lightness and the two hues of linear light (CIE Lab, D65)."""
    parts = [value / white for value, white in zip(_times(_TO_XYZ, light), _WHITE, strict=True)]
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in parts
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen_by(matrix: _Matrix) -> Callable[[Triple], Triple]:
    def seen(light: Triple) -> Triple:
        red, green, blue = (min(1.0, max(0.0, part)) for part in _times(matrix, light))
        return red, green, blue

    return seen


EYES: Final[Mapping[str, Callable[[Triple], Triple]]] = {
    "normal": lambda light: light,
    "protan": _seen_by(
        (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        )
    ),
    "deutan": _seen_by(
        (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        )
    ),
    "tritan": _seen_by(
        (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        )
    ),
}
"""What light is to each kind of eyes; of those that lack one kind of cones."""


def difference(one: QColor, other: QColor, eyes: str = "normal") -> float:
    """Return how different two colours look to eyes of a kind."""
    sees = EYES[eyes]
    return ciede2000(lab(sees(linear(one))), lab(sees(linear(other))))


def ciede2000(one: Triple, other: Triple) -> float:
    """Return the difference of two colours in CIE Lab."""
    light1, a1, b1 = one
    light2, a2, b2 = other
    mean_chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    shift = (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))) / 2
    a1, a2 = a1 * (1 + shift), a2 * (1 + shift)
    chroma1, chroma2 = hypot(a1, b1), hypot(a2, b2)
    hue1, hue2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn, mean_hue = _hues(hue1, hue2, grey=chroma1 * chroma2 == 0)
    hue_step = 2 * sqrt(chroma1 * chroma2) * sin(radians(turn) / 2)
    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    weight = (
        1
        - 0.17 * cos(radians(mean_hue - 30))
        + 0.24 * cos(radians(2 * mean_hue))
        + 0.32 * cos(radians(3 * mean_hue + 6))
        - 0.20 * cos(radians(4 * mean_hue - 63))
    )
    by_light = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    by_chroma, by_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * weight
    turned = 30 * exp(-(((mean_hue - 275) / 25) ** 2))
    blue = -2 * sqrt(chroma**7 / (chroma**7 + 25.0**7)) * sin(radians(2 * turned))
    steps = (
        (light2 - light1) / by_light,
        (chroma2 - chroma1) / by_chroma,
        hue_step / by_hue,
    )
    return sqrt(sum(step**2 for step in steps) + blue * steps[1] * steps[2])


def _hues(one: float, other: float, *, grey: bool) -> tuple[float, float]:
    """Return how far it is from a hue to another one, and the hue between them, in degrees."""
    if grey:
        return 0.0, one + other
    turn = other - one
    if abs(turn) <= 180:
        return turn, (one + other) / 2
    turn += 360 if turn < -180 else -360
    middle = (one + other + 360) / 2 if one + other < 360 else (one + other - 360) / 2
    return turn, middle

"""Where everything on a wall's picture is and how large, by the screen and its farthest seat.

The unit is a 160th of the width or a 90th of the height, whichever is less: 12 pixels on a screen
of 1920 by 1080.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF

from wallboard.domain.value import value
from wallboard.domain.walls import Wall
from wallboard.engine.wall_needs import Room
from wallboard.ui.kiosk.legibility import LEAST_ARC, Screen, cap_px_for, distance_m
from wallboard.ui.theme.type import font_of

MARGIN: Final = 2.0
"""In units, on all sides: some TVs cut the edges off."""
GAP: Final = 0.8
"""Between the bands."""
SMALL: Final = 4.5
"""The least height of a font, whoever sits near."""
LARGEST_SMALL: Final = 11.0
"""What is small grows no further: above that too little has room to be worth a picture."""
HERO: Final = 14.0
FIGURE: Final = 8.0
"""The height of the font of a figure that is not one of the heroes."""
TEXT_WEIGHT: Final = QFont.Weight.Medium
FIGURE_WEIGHT: Final = QFont.Weight.DemiBold

_ROW: Final = {"fa": 1.26}
_USUAL_ROW: Final = 1.14
"""How high a row of a table is at least, in heights of its font: Persian has dots below."""
_LINE: Final = 1.22
_MEASURED_PX: Final = 200
# What is as high as a capital letter: in Persian no letter is written large, so its digits count.
_CAPITALS: Final = {"en": ("H", "E", "0"), "fa": ("۱", "۴", "۷", "۸")}
_NOTE_UNTIL: Final = 6.0
"""Up to this height of small text there is a line below a hero's figure."""


@value
class Plan:
    """The places and sizes of one picture, in pixels from where lines begin.

    Attributes:
        unit: See the module.
        small_px: The height of the smallest font.
        cap_px: How high its capital letters and digits are at least.
        header, heroes, scene, footer: The bands.
        row: How high a row of a table is at least.
        notes: True if there is a line below the figure of a hero.
        room: How much has room on a page.
        tiles, states, people: How many cells there are at most across and down.
        enough: True if the smallest text can be read from the farthest seat.
        readable_m: From how far it can be read.
    """

    size: QSize
    unit: float
    small_px: int
    cap_px: float
    header: QRectF
    heroes: QRectF
    scene: QRectF
    footer: QRectF
    row: float
    notes: bool
    room: Room
    tiles: tuple[int, int]
    states: tuple[int, int]
    people: tuple[int, int]
    enough: bool
    readable_m: float

    def px(self, units: float) -> float:
        """Return a length in pixels."""
        return units * self.unit

    def font_px(self, units: float) -> int:
        """Return the height of a font in pixels, never less than the smallest."""
        return max(self.small_px, round(units * self.unit))

    def small(self) -> QFont:
        """Return the smallest font: of labels and notes. Shared, as all are."""
        return font_of(self.small_px, TEXT_WEIGHT)

    @property
    def line(self) -> float:
        """How high a line of the smallest text is."""
        return self.small_px * _LINE

    @property
    def rounding(self) -> float:
        """The radius of the corners."""
        return 0.7 * self.unit


def plan_of(wall: Wall, size: QSize, language: str) -> Plan:
    """Return the plan of a wall at a size in pixels."""
    width, height = max(160, size.width()), max(90, size.height())
    unit = min(width / 160, height / 90)
    screen = Screen(inches=wall.inches, width=width, height=height, seat_m=wall.seat_m)
    wanted_px = cap_px_for(LEAST_ARC, screen)
    small_px = min(max(int(SMALL * unit), _font_px(language, wanted_px)), int(LARGEST_SMALL * unit))
    small = small_px / unit
    bands = _bands(small, width / unit, height / unit)
    across, down = bands.scene.width(), bands.scene.height()
    row = _ROW.get(language, _USUAL_ROW) * small
    note = _LINE * small if small <= _NOTE_UNTIL else 0.0
    tile = _LINE * small + FIGURE * 1.1 + note + 1.0
    tiles = (_fits(across, 9.0 * small, 3), _fits(down, tile, 2))
    states = (
        _fits(across, 6.4 * small, 5),
        _fits(down, _LINE * small + FIGURE * 1.15 + 1.6, 2),
    )
    people = (_fits(across, 5.6 * small, 6), _fits(down, 2.4 * small, 4))
    cap_px = cap_height(language, small_px)
    reach = distance_m(cap_px, screen)
    return Plan(
        size=QSize(width, height),
        unit=unit,
        small_px=small_px,
        cap_px=cap_px,
        header=_scaled(bands.header, unit),
        heroes=_scaled(bands.heroes, unit),
        scene=_scaled(bands.scene, unit),
        footer=_scaled(bands.footer, unit),
        row=row * unit,
        notes=small <= _NOTE_UNTIL,
        room=Room(
            tiles=tiles[0] * tiles[1],
            rows=_fits(down - row, row, 8),
            states=states[0] * states[1],
            cells=people[0] * people[1],
        ),
        tiles=tiles,
        states=states,
        people=people,
        enough=reach >= wall.seat_m,
        readable_m=reach,
    )


@lru_cache(maxsize=64)
def cap_height(language: str, font_px: int) -> float:
    """Return how high capitals and digits of a language are at least in a font, in pixels."""
    metrics = QFontMetricsF(font_of(font_px, TEXT_WEIGHT))
    letters = _CAPITALS.get(language, _CAPITALS["en"])
    return min(metrics.tightBoundingRect(each).height() for each in letters)


@lru_cache(maxsize=16)
def _font_px(language: str, cap_px: float) -> int:
    """Return the height of the smallest font whose capitals are at least so high."""
    share = cap_height(language, _MEASURED_PX) / _MEASURED_PX
    # Letters are drawn to whole pixels, so that a font may be a pixel lower than its share.
    font_px = max(1, int(cap_px / share))
    while cap_height(language, font_px) < cap_px:
        font_px += 1
    return font_px


@value
class _Bands:
    """The bands in units."""

    header: QRectF
    heroes: QRectF
    scene: QRectF
    footer: QRectF


def _bands(small: float, width: float, height: float) -> _Bands:
    inner = width - 2 * MARGIN
    header = max(7.0, 1.4 * small)
    footer = max(5.0, 1.15 * small)
    note = small if small <= _NOTE_UNTIL else 2.6
    heroes = max(25.6, _LINE * small + 1.12 * HERO + note + 1.0)
    top = MARGIN + header + GAP
    bottom = height - MARGIN - footer - GAP
    begin = top + heroes + GAP
    return _Bands(
        header=QRectF(MARGIN, MARGIN, inner, header),
        heroes=QRectF(MARGIN, top, inner, heroes),
        scene=QRectF(MARGIN, begin, inner, max(1.0, bottom - begin)),
        footer=QRectF(MARGIN, height - MARGIN - footer, inner, footer),
    )


def _fits(room: float, each: float, most: int) -> int:
    return max(1, min(most, int(room / each + 1e-6)))


def _scaled(box: QRectF, unit: float) -> QRectF:
    return QRectF(box.x() * unit, box.y() * unit, box.width() * unit, box.height() * unit)

"""What is on a wall can be read from the farthest seat: measured in the fonts really painted."""

from __future__ import annotations

from math import atan, degrees

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from support.boards import Scene as Center
from support.boards import scene as center
from support.looks import look_in, wording_in

from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.ui.easel import LaidOut, Texts
from wallboard.ui.kiosk.legibility import (
    LEAST_ARC,
    Screen,
    cap_px_for,
    distance_m,
    readable_m,
)
from wallboard.ui.kiosk.plan import plan_of
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.kiosk.words import reading_words

FULL_HD, FOUR_K = QSize(1920, 1080), QSize(3840, 2160)
SEATS = [(43.0, 3.0), (43.0, 5.0), (43.0, 8.0), (55.0, 5.0), (55.0, 8.0), (75.0, 8.0)]
SCENES = tuple(Scene(kind=kind, text="Lunch at noon") for kind in SceneKind)


class Recording(Texts):
    """Remembers in which fonts texts were laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[int, QFont] = {}

    def get(self, text: str, font: QFont, width: float) -> LaidOut:
        self.fonts[font.pixelSize()] = font
        return super().get(text, font, width)


@pytest.fixture(scope="module", params=["en", "fa"])
def made(request: pytest.FixtureRequest) -> tuple[str, Center]:
    return request.param, center(minutes=30, language=request.param, queues=9)


def arc_of(cap_px: float, screen: Screen) -> float:
    """Return under which angle a letter so high is seen from the farthest seat, in minutes."""
    return 60 * degrees(2 * atan(cap_px * screen.mm_per_px / 2 / (1000 * screen.seat_m)))


def test_that_the_angle_and_the_distance_are_those_of_geometry() -> None:
    screen = Screen(inches=55, width=1920, height=1080, seat_m=5)
    # 55 inches are 1397 mm over 2203 pixels; 38 of them are 24.1 mm: at 5 m 16.6 minutes.
    assert screen.mm_per_px == pytest.approx(0.6342, abs=1e-4)
    assert arc_of(38.3, screen) == pytest.approx(16.7, abs=0.05)
    assert cap_px_for(arc_of(38.3, screen), screen) == pytest.approx(38.3)
    assert arc_of(cap_px_for(LEAST_ARC, screen), screen) == pytest.approx(LEAST_ARC)
    assert distance_m(cap_px_for(LEAST_ARC, screen), screen) == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("inches", "font_px", "metres"),
    [(43, 54, 4.1), (43, 96, 7.3), (55, 54, 5.2), (55, 168, 16.3), (65, 54, 6.2), (75, 96, 12.7)],
)
def test_that_capitals_of_a_usual_font_are_readable_from_where_they_are_said_to_be(
    inches: float, font_px: int, metres: float
) -> None:
    assert readable_m(0.71 * font_px, inches, 1080) == pytest.approx(metres, rel=0.02)
    assert readable_m(2 * 0.71 * font_px, inches, 2160) == pytest.approx(metres, rel=0.02)


@pytest.mark.parametrize("size", [FULL_HD, FOUR_K], ids=["1080p", "4K"])
@pytest.mark.parametrize(("inches", "seat_m"), SEATS)
def test_that_the_smallest_text_painted_is_seen_under_sixteen_minutes(
    qapp: QApplication, made: tuple[str, Center], inches: float, seat_m: float, size: QSize
) -> None:
    language, told = made
    wall = Wall(scenes=SCENES, inches=inches, seat_m=seat_m)
    face = WallFace(look_in(language))
    face._texts = texts = Recording()
    face.resize(size)
    face.show_wall(wall)
    image = QImage(size, QImage.Format.Format_RGB32)
    for at in range(len(SCENES)):
        face.show_scene(at)
        face.show_board(told.board, told.clock.now())
        face.render(image)
    assert texts.fonts
    smallest = texts.fonts[min(texts.fonts)]
    letters = "HE0" if language == "en" else "۱۴۷۸"
    cap_px = min(QFontMetricsF(smallest).tightBoundingRect(each).height() for each in letters)
    screen = Screen(inches=inches, width=size.width(), height=size.height(), seat_m=seat_m)
    assert arc_of(cap_px, screen) >= LEAST_ARC
    assert plan_of(wall, size, language).enough


def test_that_a_far_seat_has_fewer_and_larger_rows(qapp: QApplication) -> None:
    near = plan_of(Wall(inches=55, seat_m=3), FULL_HD, "en")
    far = plan_of(Wall(inches=55, seat_m=8), FULL_HD, "en")
    assert near.room.rows > far.room.rows >= 2
    assert near.small_px < far.small_px
    assert near.room.rows <= 8
    assert near.room.cells <= 24


def test_that_a_seat_too_far_for_any_picture_is_told(qapp: QApplication) -> None:
    wall = Wall(inches=32, seat_m=20)
    plan = plan_of(wall, FULL_HD, "en")
    assert not plan.enough
    assert reading_words(plan, wall, wording_in("en")) == (
        f"Small text can be read from up to {int(plan.readable_m * 10) / 10:g} m;"
        " the farthest seat is at 20 m."
    )


def test_that_it_is_said_from_where_small_text_can_be_read(qapp: QApplication) -> None:
    near, far = Wall(inches=55, seat_m=3), Wall(inches=55, seat_m=8)
    plan = plan_of(near, FULL_HD, "en")
    told = reading_words(plan, near, wording_in("en"))
    assert told == f"Small text can be read from up to {int(plan.readable_m * 10) / 10:g} m."
    told = reading_words(plan_of(far, FULL_HD, "en"), far, wording_in("en"))
    assert "times as large" in told
    assert "rows instead of 8" in told


@pytest.mark.parametrize(
    "size", [QSize(1, 1), QSize(640, 360), QSize(1080, 1920), QSize(7680, 900)]
)
def test_that_any_size_has_a_plan(qapp: QApplication, size: QSize) -> None:
    plan = plan_of(Wall(), size, "fa")
    boxes = (plan.header, plan.heroes, plan.scene, plan.footer)
    assert all(box.width() > 0 and box.height() > 0 for box in boxes)
    room = plan.room
    assert min(room.rows, room.tiles, room.states, room.cells) >= 1

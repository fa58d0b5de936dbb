"""Figures written digit by digit look as if they were laid out as texts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.ui.digit_run import DigitRun, read_digits
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.theme.type import Role

_SIZE = QSize(160, 40)


def _easel(image: QImage, language: str) -> Easel:
    image.fill(Qt.GlobalColor.black)
    return Easel(QPainter(image), look_in(language), image.width(), Texts())


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "0:07"), ("en", "1:02:34"), ("fa", "۱۲:۳۴"), ("fa", "۱:۰۲:۵۹")],
)
@pytest.mark.parametrize("role", [Role.BODY, Role.STRONG, Role.NUMBER])
def test_that_digits_look_like_the_text_they_make(
    qtbot: QtBot, language: str, text: str, role: Role
) -> None:
    del qtbot
    in_one, by_digits = (QImage(_SIZE * 2, QImage.Format.Format_RGB32) for _ in range(2))
    look = look_in(language)
    font, ink = look.font(role), look.theme.text
    digits = read_digits(font)
    assert digits is not None, "the fonts at hand have digits of one width"

    easel = _easel(in_one, language)
    laid_out = easel.laid_out(text, font, 300)
    left = round(easel.left(300 - laid_out.width, laid_out.width))
    easel.take_pen(font, ink)
    easel.painter.drawStaticText(left, round(40 - laid_out.height / 2), laid_out.text)
    easel.painter.end()

    easel = _easel(by_digits, language)
    run = DigitRun(digits)
    points = run.points_of(easel, 300, 40, 300, text)
    assert points is not None
    run.write(text, points)
    easel.painter.setPen(ink)
    run.paint(easel.painter)
    easel.painter.end()

    assert by_digits == in_one
    blank = QImage(by_digits.size(), by_digits.format())
    blank.fill(Qt.GlobalColor.black)
    assert by_digits != blank


@pytest.mark.parametrize("text", ["–", "1 d 2 h", "12:34x"])
def test_that_what_is_no_figure_is_left_to_others(qtbot: QtBot, text: str) -> None:
    del qtbot
    digits = read_digits(look_in("en").font(Role.BODY))
    assert digits is not None
    assert digits.places(text) is None


def test_that_a_figure_without_room_is_left_to_others(qtbot: QtBot) -> None:
    del qtbot
    digits = read_digits(look_in("en").font(Role.BODY))
    assert digits is not None
    image = QImage(_SIZE, QImage.Format.Format_RGB32)
    easel = _easel(image, "en")
    run = DigitRun(digits)
    wide = easel.text_width("12:34", look_in("en").font(Role.BODY))
    assert run.points_of(easel, 100, 20, wide - 1, "12:34") is None
    assert run.points_of(easel, 100, 20, wide + 1, "12:34") is not None
    easel.painter.end()

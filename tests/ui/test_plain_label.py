"""A label shows what a stranger wrote letter by letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from wallboard.ui.easel import Texts
from wallboard.ui.picture import picture_of
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role, font_of


def picture(text: str) -> QImage:
    label = PlainLabel(text)
    return picture_of(label, label.sizeHint())


def test_that_markup_is_shown_and_not_read(qapp: QApplication) -> None:
    assert PlainLabel("<b>Ali</b>").textFormat() is Qt.TextFormat.PlainText
    assert picture("<b>Ali</b>").width() > picture("Ali").width() * 1.8


def test_that_a_picture_in_a_name_asks_for_no_room(qapp: QApplication) -> None:
    text = '<img src="x" width="100000">'
    assert picture(text).width() < 1000


def test_that_painted_texts_are_plain_too(qapp: QApplication) -> None:
    texts, font = Texts(), font_of(14, Role.BODY.weight)
    assert texts.width("<b>Ali</b>", font) > texts.width("Ali", font) * 1.8
    assert texts.get("<b>Ali</b>", font, 500).text.textFormat() is Qt.TextFormat.PlainText

"""What is painted together looks as if it were painted one after the other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.ui.batch import Batch
from wallboard.ui.easel import Easel, Texts

_LOW, _HIGH = QColor("#102030"), QColor("#E0D0C0")


def _image() -> tuple[QImage, Easel]:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    return image, Easel(QPainter(image), look_in("en"), image.width(), Texts())


def test_that_a_higher_layer_lies_above_whatever_came_first(qtbot: QtBot) -> None:
    del qtbot
    image, easel = _image()
    batch = Batch(easel)
    batch.fill(QRectF(0, 0, 20, 20), _HIGH, 1)
    batch.fill(QRectF(0, 0, 40, 20), _LOW)
    batch.paint()
    easel.painter.end()
    assert image.pixelColor(QPoint(10, 10)) == _HIGH
    assert image.pixelColor(QPoint(30, 10)) == _LOW
    assert image.pixelColor(QPoint(50, 10)) == QColor(Qt.GlobalColor.black)


def test_that_one_colour_may_be_in_two_layers(qtbot: QtBot) -> None:
    del qtbot
    image, easel = _image()
    batch = Batch(easel)
    batch.fill(QRectF(0, 0, 40, 20), _LOW, 1)
    batch.fill(QRectF(0, 0, 30, 20), _HIGH, 0)
    batch.fill(QRectF(0, 0, 10, 20), _HIGH, 2)
    batch.paint()
    easel.painter.end()
    assert image.pixelColor(QPoint(5, 10)) == _HIGH
    assert image.pixelColor(QPoint(20, 10)) == _LOW

"""Curves: quick ones look like slow ones, and what is missing is a gap."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from wallboard.ui.charts.curve import Field, Stroke, Track, _Bucket, envelope, paint_curve

WHITE = QColor("#FFFFFF")


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Let there be one, for fonts and images."""


def painted(
    points: object, width: int = 100, height: int = 60, stroke: Stroke | None = None
) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    field = Field(box=QRectF(0, 0, width, height))
    paint_curve(painter, field, points, stroke or Stroke(colour=WHITE, smooth=False))
    painter.end()
    return image


def lit(image: QImage, column: int) -> list[int]:
    return [row for row in range(image.height()) if image.pixelColor(column, row).lightness() > 127]


def walk(count: int, seed: int = 1) -> list[float | None]:
    chance = random.Random(seed)
    reading, told = 0.5, []
    for _ in range(count):
        reading = min(0.95, max(0.05, reading + chance.uniform(-0.05, 0.05)))
        told.append(reading)
    return told


def test_that_an_envelope_spans_all_points_of_a_bucket_and_touches_the_one_before() -> None:
    lows, highs = envelope([1, 5, 2, 7, 8, 9, 0, 0], 3)
    assert list(zip(lows, highs, strict=True)) == [(1, 5), (2, 9), (0, 9)]


def test_that_a_bucket_without_any_point_is_nowhere_and_parts_its_neighbours() -> None:
    lows, highs = envelope([1, 2, None, None, 5, 6, None, 7], 2)
    assert lows == [1, -1e9, 5, 7]
    assert highs == [2, -1e9, 6, 7]


@pytest.mark.parametrize("count", [400, 1000, 3600])
def test_that_many_points_cover_what_each_of_them_would(count: int) -> None:
    points = walk(count)
    image = painted(points)
    for at, point in enumerate(points):
        rows = lit(image, min(99, at * 100 // count))
        wanted = 60 - point * 60
        assert min(rows) - 1.5 <= wanted <= max(rows) + 1.5


def test_that_no_column_of_a_curve_without_gaps_is_empty_and_none_of_a_gap_is_lit() -> None:
    points = walk(3000)
    points[900:1500] = [None] * 600
    image = painted(points)
    empty = {column for column in range(100) if not lit(image, column)}
    assert set(range(31, 50)) <= empty
    assert not empty - set(range(29, 52))


def test_that_a_thick_smooth_line_is_thicker() -> None:
    thick = Stroke(colour=WHITE, width=4, smooth=True)
    level = [0.5] * 1000
    assert len(lit(painted(level), 50)) == 1
    assert 3 <= len(lit(painted(level, stroke=thick), 50)) <= 5


def test_that_few_points_are_a_line_with_gaps_and_a_lone_point_can_be_seen() -> None:
    points = [0.2, 0.8, None, 0.5, None, 0.1, 0.9]
    image = painted(points, width=121)
    assert lit(image, 10)
    assert not lit(image, 30)
    assert lit(image, 60)
    assert not lit(image, 75)


@pytest.mark.parametrize("size", [3, 7, 8])
def test_that_a_track_that_moved_on_paints_what_a_new_one_would(size: int) -> None:
    readings = walk(600)
    readings[150:190] = [None] * 40
    readings[200] = None
    bucket = _Bucket(size, 1.0, 0.1)
    track = Track(tuple(readings[:120]))
    for at in range(120, 600):
        track.bars(bucket)
        track = track.moved_on(readings[at : at + 1])
        moved, new = track.bars(bucket), Track(tuple(track), track.first).bars(bucket)
        assert moved.begin == new.begin
        # Of the first bucket a part is gone: it may still be as tall as it was.
        assert moved.cells[8:] == new.cells[8:]
    assert list(track) == readings[480:]


def test_that_a_track_moves_on_by_more_than_a_bucket() -> None:
    readings = walk(400)
    bucket = _Bucket(5, 1.0, 0.1)
    track = Track(tuple(readings[:100]))
    track.bars(bucket)
    track = track.moved_on(readings[100:350])
    assert len(track) == 100
    assert track.bars(bucket).cells[8:] == Track(tuple(track), track.first).bars(bucket).cells[8:]

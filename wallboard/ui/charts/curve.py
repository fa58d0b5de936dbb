"""Curves painted quickly: where there are more points than columns of pixels, as an envelope."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias, cast, overload

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from shiboken6 import Shiboken

from wallboard.domain.value import value

_DENSE: Final = 2.0
"""With more points than so many a column, a line through them is only slower to paint."""

_Known: TypeAlias = list[Sequence[float]]

_NOWHERE: Final = -1e9
"""Far below every chart."""

DASHES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
"""Lines are told apart by these, too: the nth line has the nth."""


@value
class Stroke:
    """How a curve is painted.

    Attributes:
        width: In pixels.
        smooth: True for edges without steps.
    """

    colour: QColor
    width: float = 1.0
    dash: Qt.PenStyle = Qt.PenStyle.SolidLine
    smooth: bool = True


@value
class Field:
    """Where a curve is painted, and which value lies at its bottom and its top."""

    box: QRectF
    low: float = 0.0
    high: float = 1.0

    def y(self, reading: float) -> float:
        """Return how far down a value lies."""
        box = self.box
        return box.bottom() - (reading - self.low) * box.height() / ((self.high - self.low) or 1.0)


class Track(Sequence[float | None]):
    """Points that move on: what was worked out of the old ones is not worked out again.

    Buckets of points begin where they did before, so that a curve that moves on does not tremble.
    """

    def __init__(self, points: Sequence[float | None], first: int = 0) -> None:
        """Hold points; they must not change.

        Args:
            first: The number of the first one.
        """
        self._points = points
        self._first = first
        self._bars: dict[_Bucket, _Bars] = {}

    @property
    def first(self) -> int:
        """The number of the first point."""
        return self._first

    def moved_on(self, points: Sequence[float | None]) -> Track:
        """Return the track as long as it is, its oldest points gone and these at its end."""
        gone = len(points)
        both = (*self._points[gone:], *points)
        after = Track(both[-len(self._points) :], self._first + gone)
        for bucket, bars in self._bars.items():
            # The first buckets are gone, and the last one was perhaps not full.
            kept = max(0, after._first // bucket.size - bars.begin)
            after._bars[bucket] = _Bars(bars.begin + kept, bars.cells[4 * kept : -4])
        return after

    def bars(self, bucket: _Bucket) -> _Bars:
        """Return a bar from the least to the greatest of each bucket of points.

        Of the first one a part of the points may be gone by now.
        """
        size, first = bucket.size, self._first
        begin = first // size
        found = self._bars.get(bucket)
        cells = array("d") if found is None else found.cells
        known = len(cells) // 4
        # From the bucket before on, so that neighbours touch.
        since = max(0, known - 1)
        points = self._points[max(0, (begin + since) * size - first) :]
        if since == 0:
            points = (*[points[0]] * (first % size), *points)
        thick = bucket.thick
        lows, highs = envelope(points, size)
        del lows[: known - since], highs[: known - since]
        for at, (low, high) in enumerate(zip(lows, highs, strict=True), start=begin + known):
            cells.extend((at, -high - thick / 2, bucket.wide, high - low + thick))
        bars = self._bars[bucket] = _Bars(begin, cells)
        return bars

    @overload
    def __getitem__(self, at: int) -> float | None: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[float | None]: ...

    def __getitem__(self, at: int | slice) -> float | Sequence[float | None] | None:
        """Return a point, or some."""
        return self._points[at]

    def __len__(self) -> int:
        """Return how many points there are."""
        return len(self._points)

    def __eq__(self, other: object) -> bool:
        """Return whether the points are the same."""
        return isinstance(other, Track) and self._points == other._points

    def __hash__(self) -> int:
        """Return a hash of where the track begins: points are too many."""
        return hash((self._first, len(self._points)))


class _Bucket(NamedTuple):
    """Points that are painted as one bar.

    Attributes:
        size: How many they are.
        wide: How wide the bar is, in buckets.
        thick: How thick the line is, in the unit of the points.
    """

    size: int
    wide: float
    thick: float


class _Bars(NamedTuple):
    """Bars of buckets, the first of which has the number `begin`.

    Attributes:
        cells: Number of the bucket, top (values grow upwards: it is negative), width and height of
            each, as Qt keeps boxes in memory: to make an object of each would take longer.
    """

    begin: int
    cells: array[float]


def paint_curve(
    painter: QPainter,
    field: Field,
    points: Sequence[float | None],
    stroke: Stroke,
    places: Sequence[float] | None = None,
) -> QPointF | None:
    """Paint a curve, the first point on the left; a missing point is a gap.

    Args:
        places: Of the points, 0 to 1 across the field, ascending. None: they are equally far from
            one another, and fill it. Where there are more points than columns of pixels they are
            taken for equally far: the difference is less than a column.

    Returns:
        Where the last known point lies. None if there is none, or if the curve is an envelope.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, stroke.smooth)
    columns = int(field.box.width())
    if columns > 0 and len(points) > _DENSE * columns:
        track = points if isinstance(points, Track) else Track(points)
        _paint_envelope(painter, field, track, stroke, columns)
        return None
    return _paint_line(painter, field, points, stroke, places)


def _paint_line(
    painter: QPainter,
    field: Field,
    points: Sequence[float | None],
    stroke: Stroke,
    places: Sequence[float] | None,
) -> QPointF | None:
    box = field.box
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(stroke.colour, stroke.width, stroke.dash, round_cap, round_join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    last = max(1, len(points) - 1)
    scale = box.height() / ((field.high - field.low) or 1.0)
    base = box.bottom() + field.low * scale
    run: list[QPointF] = []
    end: QPointF | None = None
    for at, reading in enumerate(points):
        if reading is None:
            _paint_run(painter, run, stroke)
            run = []
            continue
        place = at / last if places is None else places[at]
        end = QPointF(box.x() + place * box.width(), base - reading * scale)
        run.append(end)
    _paint_run(painter, run, stroke)
    return end


def _paint_run(painter: QPainter, run: list[QPointF], stroke: Stroke) -> None:
    if len(run) > 1:
        painter.drawPolyline(QPolygonF(run))
    elif run:
        # One alone between two gaps is a dot that can be seen.
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(stroke.colour)
        size = stroke.width + 0.5
        painter.drawEllipse(run[0], size, size)
        painter.restore()


def _paint_envelope(
    painter: QPainter, field: Field, track: Track, stroke: Stroke, columns: int
) -> None:
    """Paint the least and the greatest of each bucket as a bar of the line's width."""
    size = -(-len(track) // columns)
    box = field.box
    scale = box.height() / ((field.high - field.low) or 1.0)
    step = box.width() * size / len(track)
    # A thick line is as thick sideways where it is steep.
    wide = max(1.0, stroke.width / step)
    bars = track.bars(_Bucket(size, wide, stroke.width / scale))
    address, count = bars.cells.buffer_info()
    if not count:
        return
    half = stroke.width / 2
    painter.save()
    painter.setClipRect(box.adjusted(0, -half, 0, half))
    left = box.x() - step * (track.first / size + (wide - 1) / 2)
    painter.setTransform(
        QTransform(step, 0, 0, scale, left, box.bottom() + field.low * scale),
        True,  # noqa: FBT003 - Qt's own form
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(stroke.colour)
    first: QRectF = Shiboken.wrapInstance(address, QRectF)  # type: ignore[assignment] # it says object
    painter.drawRects(first, count // 4)
    painter.restore()


def envelope(points: Sequence[float | None], size: int) -> tuple[list[float], list[float]]:
    """Return the least and the greatest of each `size` points, the last ones perhaps fewer.

    Neighbours touch: what a bucket spans begins where the one before ended, so that no step of
    the curve leaves a hole. A bucket of which nothing is known is a span that is nowhere: from
    -1e9 to -1e9.
    """
    count = len(points) // size
    rest = points[count * size :]
    if None in rest:
        return _envelope_with_gaps(points, size)
    parts = [points[at : count * size : size] for at in range(size)]
    try:
        lows, highs = (list(map(least, *cast(_Known, parts))) for least in (min, max))
    except TypeError:  # one of them is None, which is not compared
        return _envelope_with_gaps(points, size)
    if rest:
        known = cast(Sequence[float], rest)
        lows.append(min(known))
        highs.append(max(known))
    ends = cast(Sequence[float], parts[-1])
    lows[1:] = map(min, lows[1:], ends)
    highs[1:] = map(max, highs[1:], ends)
    return lows, highs


def _envelope_with_gaps(
    points: Sequence[float | None], size: int
) -> tuple[list[float], list[float]]:
    lows: list[float] = []
    highs: list[float] = []
    before: float | None = None
    for begin in range(0, len(points), size):
        part = points[begin : begin + size]
        known = [each for each in part if each is not None]
        if before is not None and part[0] is not None:
            known.append(before)
        lows.append(min(known, default=_NOWHERE))
        highs.append(max(known, default=_NOWHERE))
        before = part[-1]
    return lows, highs

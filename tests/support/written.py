"""What was written on a picture: every text that was painted, where, how large and on what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QStaticText
from PySide6.QtWidgets import QLineEdit, QWidget

from wallboard.ui.easel import Easel, Place
from wallboard.ui.plain_label import PlainLabel

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One text on a picture.

    Attributes:
        ink: Where its letters are, in the window's own points.
        cut: True if not all of it was painted.
        part: The widget that painted it.
        seen: The part of `ink` that neither the widget's edge nor a clip takes away.
    """

    text: str
    ink: QRectF
    seen: QRectF
    cut: bool
    pixels: int
    colour: QColor
    part: QWidget

    def __str__(self) -> str:
        box = self.ink.toRect()
        where = f"{box.x()},{box.y()} {box.width()}x{box.height()}"
        return f"{self.text[:48]!r} at {where} by {type(self.part).__name__}"


class Pad:
    """Notes what is painted while it is open."""

    def __init__(self, window: QWidget) -> None:
        self.written: list[Written] = []
        self._window = window

    def clear(self) -> None:
        self.written.clear()

    def note(self, painter: QPainter, text: str, line: QRectF, *, cut: bool) -> None:
        """Note a text that is painted on a line; `line` is where the painter was told."""
        part = painter.device()
        if not text.strip() or not isinstance(part, QWidget):
            return
        font = painter.font()
        ink = _ink(text, font, line)
        clip = QRectF(part.rect())
        world = painter.worldTransform()
        if painter.hasClipping():
            clip &= world.mapRect(painter.clipBoundingRect())
        shift = QPointF(part.mapTo(self._window, QPoint()))
        ink = world.mapRect(ink)
        self.written.append(
            Written(
                text=text,
                ink=ink.translated(shift),
                seen=(ink & clip).translated(shift),
                cut=cut,
                pixels=font.pixelSize(),
                colour=painter.pen().color(),
                part=part,
            )
        )


def _ink(text: str, font: QFont, line: QRectF) -> QRectF:
    """Return where the letters of a line are: less high than the line."""
    metrics = QFontMetricsF(font)
    tight = metrics.tightBoundingRect(text)
    base = line.y() + (line.height() - metrics.height()) / 2 + metrics.ascent()
    return QRectF(line.x(), base + tight.y(), line.width(), tight.height())


@contextmanager
def noted(window: QWidget) -> Iterator[Pad]:
    """Open a pad for all that is painted in a window by our own hands."""
    pad = Pad(window)
    static, drawn = QPainter.drawStaticText, QPainter.drawText
    write = Easel.write

    def written(
        easel: Easel,
        box: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        place: Place = Place.START,
    ) -> float:
        before = pad.written
        pad.written = []
        used = write(easel, box, text, font, colour, place)
        mine, pad.written = pad.written, before
        whole = easel.text_width(text, font) <= box.width()
        pad.written += [_asked(one, text, cut=not whole) for one in mine]
        return used

    def static_text(painter: QPainter, *told: object) -> None:
        *at, text = told
        assert isinstance(text, QStaticText)
        left, top = (at[0].x(), at[0].y()) if len(at) == 1 else at  # type: ignore[attr-defined]
        line = QRectF(QPointF(left, top), text.size())  # type: ignore[arg-type]
        pad.note(painter, text.text(), line, cut=text.text().endswith(_ELLIPSIS))
        static(painter, *told)  # type: ignore[arg-type]

    def any_text(painter: QPainter, *told: object) -> object:
        _note_drawn(pad, painter, told)
        return drawn(painter, *told)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Easel, "write", written)
        patch.setattr(QPainter, "drawStaticText", static_text)
        patch.setattr(QPainter, "drawText", any_text)
        yield pad


def _asked(one: Written, text: str, *, cut: bool) -> Written:
    return Written(
        text=text,
        ink=one.ink,
        seen=one.seen,
        cut=cut,
        pixels=one.pixels,
        colour=one.colour,
        part=one.part,
    )


def _note_drawn(pad: Pad, painter: QPainter, told: tuple[object, ...]) -> None:
    match told:
        case (QRectF() | QRect() as box, flags, str(text), *_):
            room = QRectF(box)
            metrics = QFontMetricsF(painter.font())
            took = metrics.boundingRect(room, int(flags), text)  # type: ignore[call-overload]
            cut = took.width() > room.width() + 1 or took.height() > room.height() + 1
            pad.note(painter, text, took, cut=cut)
        case (QPointF() | QPoint() as at, str(text)):
            metrics = QFontMetricsF(painter.font())
            line = QRectF(
                at.x(), at.y() - metrics.ascent(), metrics.horizontalAdvance(text), metrics.height()
            )
            pad.note(painter, text, line, cut=False)
        case _:
            pass


def on_widgets(window: QWidget) -> list[Written]:
    """Return the texts that Qt's own widgets in a window show."""
    return [
        *(_on_label(window, label) for label in _seen(window, PlainLabel) if label.text()),
        *(_on_field(window, field) for field in _seen(window, QLineEdit) if _words(field)),
    ]


def _seen(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [part for part in window.findChildren(kind) if part.isVisibleTo(window)]


def _on_label(window: QWidget, label: QWidget) -> Written:
    assert isinstance(label, PlainLabel)
    room = QRectF(label.contentsRect())
    metrics = QFontMetricsF(label.font())
    flags = int(label.alignment()) | (0x1000 if label.wordWrap() else 0)
    took = metrics.boundingRect(room, flags, label.text())
    cut = took.height() > room.height() + 2 or took.width() > room.width() + 1
    return _shown_by(window, label, label.text(), took, cut=cut)


def _on_field(window: QWidget, field: QWidget) -> Written:
    text = _words(field)
    metrics = QFontMetricsF(field.font())
    room = QRectF(field.rect()).adjusted(8, 0, -8, 0)
    width = metrics.horizontalAdvance(text)
    took = QRectF(room.x(), room.center().y() - metrics.height() / 2, width, metrics.height())
    if field.isRightToLeft():
        took.moveRight(room.right())
    return _shown_by(window, field, text, took, cut=width > room.width())


def _words(field: QWidget) -> str:
    assert isinstance(field, QLineEdit)
    return field.text() or field.placeholderText()


def _shown_by(window: QWidget, part: QWidget, text: str, took: QRectF, *, cut: bool) -> Written:
    shift = QPointF(part.mapTo(window, QPoint()))
    return Written(
        text=text,
        ink=took.translated(shift),
        seen=(took & QRectF(part.rect())).translated(shift),
        cut=cut,
        pixels=part.font().pixelSize(),
        colour=part.palette().color(part.foregroundRole()),
        part=part,
    )


def picture_with_texts(
    window: QWidget, size: QSize, ratio: int = 1
) -> tuple[QImage, list[Written]]:
    """Return what a window shows at a size, and all that is written on it.

    Args:
        ratio: Pixels of the picture to a point of the window.
    """
    window.resize(size)
    window.ensurePolished()
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    # The first rendering delivers the pending resizes, in which panels arrange themselves anew.
    window.grab()
    with noted(window) as pad:
        window.render(image)
    return image, [*pad.written, *on_widgets(window)]

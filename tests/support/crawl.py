"""Looking at every page in every state, and what is wrong with what is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget

from support.boards import Scene
from support.written import Written, picture_with_texts
from wallboard.engine.board import Board
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown

SMALLEST_TYPE = 11
"""In pixels at 100 %."""
SMALLEST_TARGET = 24
LEAST_CONTRAST = 4.5
_LITTLE = 1.5
"""Letters may touch by so much: ink is measured in whole pixels."""


def frame_of(made: Scene, look: Look, size: QSize) -> BoardFrame:
    """Return the board's frame as it shows a scene."""
    QGuiApplication.setLayoutDirection(look.direction)
    frame = BoardFrame(look)
    frame.resize(size)
    frame.show_board(made.board, made.clock.now())
    return frame


def wrong_with(window: QWidget, size: QSize, board: Board | None, ratio: int = 1) -> list[str]:
    """Return what is wrong with what a window shows, as sentences; none if all is well.

    Args:
        board: What it shows, for the names that strangers gave, which may be cut short.
        ratio: Pixels to a point.
    """
    image, written = picture_with_texts(window, size, ratio)
    seen = [one for one in written if not hidden(window, one)]
    return [
        *_cut_off(seen, _names(board)),
        *_on_each_other(seen),
        *_too_small(seen),
        *_hard_to_read(image, seen, ratio),
        *_hard_to_hit(window),
        *_nameless(window),
        *_out_of_order(window),
        *_scrolled_sideways(window),
    ]


def hidden(window: QWidget, one: Written) -> bool:
    """Return whether something lies over a text that was painted."""
    return not _reaches(window, one.part, one.seen.center().toPoint())


def _reaches(window: QWidget, part: QWidget, at: QPoint) -> bool:
    top = window.childAt(at) or window
    return top is part or part.isAncestorOf(top) or top.isAncestorOf(part)


def _names(board: Board | None) -> frozenset[str]:
    if board is None or board.snapshot is None:
        return frozenset()
    rows = (*board.snapshot.queues.values(), *board.snapshot.agents.values())
    return frozenset(shown(row.name) for row in rows)


def _cut_off(written: Iterable[Written], names: frozenset[str]) -> Iterator[str]:
    for one in written:
        if one.cut and not any(_is_of(one.text, name) for name in names):
            yield f"cut short: {one}"
        elif not _grown(one.seen).contains(one.ink) and not _scrolls(one.part):
            yield f"beyond the edge: {one}"


def _is_of(text: str, name: str) -> bool:
    """Return whether a text has a name in it, or is as much of the name as there is room for."""
    return name in text or (len(text) > 3 and name.startswith(text.removesuffix("…")))


def _scrolls(part: QWidget) -> bool:
    """Return whether what is beyond the edge of a part can be scrolled to."""
    area = part.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.verticalScrollBar().maximum() > 0


def _on_each_other(written: list[Written]) -> Iterator[str]:
    inks = sorted(written, key=lambda one: one.seen.y())
    for at, one in enumerate(inks):
        for other in inks[at + 1 :]:
            if other.seen.y() >= one.seen.bottom() - _LITTLE:
                break
            common = one.seen & other.seen
            if common.width() > _LITTLE and common.height() > _LITTLE:
                yield f"on each other: {one} and {other}"


def _too_small(written: Iterable[Written]) -> Iterator[str]:
    for one in written:
        if one.pixels < SMALLEST_TYPE:
            yield f"type of {one.pixels} pixels: {one}"


def _hard_to_read(image: QImage, written: Iterable[Written], ratio: int) -> Iterator[str]:
    pixels = pixels_of(image)
    for one in written:
        # A bold figure has more ink than ground between its letters: a little of what is around.
        around = one.seen.adjusted(-4, -4, 4, 4)
        box = QRect(around.topLeft().toPoint() * ratio, around.size().toSize() * ratio)
        part = pixels[max(0, box.top()) : box.bottom() + 1, max(0, box.left()) : box.right() + 1]
        if not part.size:
            continue
        values, counts = np.unique(part, return_counts=True)
        ground = QColor.fromRgb(int(values[counts.argmax()]))
        found = contrast(one.colour, ground)
        if found < LEAST_CONTRAST:
            yield f"contrast {found:.1f} of {one.colour.name()} on {ground.name()}: {one}"


def pixels_of(image: QImage) -> NDArray[np.uint32]:
    """Return the pixels of a picture by line, as 0xAARRGGBB."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()].copy()


def contrast(one: QColor, other: QColor) -> float:
    """Return how two colours stand out from each other, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _hard_to_hit(window: QWidget) -> Iterator[str]:
    for button in window.findChildren(QAbstractButton):
        if button.isVisibleTo(window) and button.isEnabled():
            small = min(button.width(), button.height())
            if small < SMALLEST_TARGET:
                yield f"only {small} points to hit: {button.accessibleName() or button.text()!r}"


def stops(window: QWidget) -> list[QWidget]:
    """Return where the Tab key stops, in its order, from the first widget of the window on."""
    found, part = [], window.nextInFocusChain()
    while part is not window and len(found) < 500:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(window):
            found.append(part)
        part = part.nextInFocusChain()
    # A widget that lies in another one is reached through that one.
    return [part for part in found if window.isAncestorOf(part)]


def _nameless(window: QWidget) -> Iterator[str]:
    for part in stops(window):
        told = QAccessible.queryAccessibleInterface(part)
        if told is None or not told.text(QAccessible.Text.Name):
            yield f"no name for {type(part).__name__}"
        elif told.role() in (QAccessible.Role.NoRole, QAccessible.Role.Window):
            yield f"no role for {type(part).__name__}"


def _out_of_order(window: QWidget) -> Iterator[str]:
    rtl = window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    placed = [(part, _box(window, part)) for part in stops(window)]
    for (one, first), (other, second) in pairwise(placed):
        if one.parentWidget() is not other.parentWidget():
            continue
        before = second.left() >= first.right() if rtl else second.right() <= first.left()
        after = second.right() <= first.left() if rtl else second.left() >= first.right()
        above = second.bottom() <= first.top()
        beside = second.top() < first.bottom() and first.top() < second.bottom()
        if (beside and before) or (above and not after):
            yield f"Tab goes back from {_called(one)} to {_called(other)}"


def _box(window: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


def _called(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName()[:24]!r}"


def _scrolled_sideways(window: QWidget) -> Iterator[str]:
    for area in window.findChildren(QAbstractScrollArea):
        if area.isVisibleTo(window) and area.horizontalScrollBar().maximum() > 0:
            yield f"{type(area).__name__} scrolls sideways"


def scrolled(window: QWidget) -> list[str]:
    """Return what in a window does not show all that it has at once."""
    return [
        type(area).__name__
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisibleTo(window) and area.verticalScrollBar().maximum() > 0
    ]


def _grown(box: QRectF) -> QRectF:
    return box.adjusted(-_LITTLE, -_LITTLE, _LITTLE, _LITTLE)


def scoreboard(looked_at: int, found: Counter[str]) -> str:
    """Return in a few lines how many pictures were looked at and what was found on how many."""
    lines = [f"pictures {looked_at}, found {found.total()}"]
    lines += [f"  {number:5} x {what}" for what, number in found.most_common(60)]
    return "\n".join(lines)

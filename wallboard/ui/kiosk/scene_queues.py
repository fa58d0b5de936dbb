"""The scene of queues: a row each, the worst first, with the figures that decide at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, QueueStanding, level_of, untold
from wallboard.engine.limits import level_limit
from wallboard.ui.easel import Place
from wallboard.ui.glyphs import paint_triangle
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT, TEXT_WEIGHT, Plan
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.words import SHORT_NAMES
from wallboard.ui.outside_text import isolated_address
from wallboard.ui.panels.queue_table import RowFace, row_face, with_alerts
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import NOTHING_KNOWN, Wording

_COLUMNS: Final = ("waiting", "longest_wait", "service_level", "free")
_WIDTH: Final = 5.4
"""How wide a column is, in heights of the smallest font."""
_NAME: Final = 6.0
"""How wide the names are at least, likewise; columns from the end on give way to that."""
_TALLEST: Final = 8.4
"""How high a row is at most, in units: few rows need not fill the scene."""
_AIRY: Final = 1.3
"""How high a row is whose font may be larger than the smallest, in heights of its font."""
_LARGEST: Final = 5.4
"""How high the font of a row is at most, in units."""


@value
class QueuesHeadFace:
    """The names of the columns.

    Attributes:
        page: Which page it is; empty if there is one only.
        font_px: The height of the rows' font.
        names: Of the columns of figures, each the longest first.
    """

    title: str
    page: str
    font_px: int
    names: tuple[tuple[str, ...], ...]


@value
class QueueRowFace:
    """All that a row shows.

    Attributes:
        cells: In the order of the columns, each the longest text first.
        marks: How bad each of them is.
        font_px: The height of its font.
        last: True if no line is below it.
    """

    name: str
    cells: tuple[tuple[str, ...], ...]
    marks: tuple[Severity, ...]
    severity: Severity
    font_px: int
    last: bool = False


def head_face(wording: Wording, page: str, plan: Plan, count: int) -> QueuesHeadFace:
    """Return the names of the columns of a page for so many rows."""
    return QueuesHeadFace(
        title=wording.translate("Column", "Queue"),
        page=page,
        font_px=_font_px(plan, count),
        names=tuple(_names(key, wording) for key in _COLUMNS),
    )


def _names(key: str, wording: Wording) -> tuple[str, ...]:
    short = SHORT_NAMES.get(key)
    if short is None:
        return (wording.kpi_name(key),)
    return (wording.say(short),) if key == "free" else (wording.kpi_name(key), wording.say(short))


def row_faces(
    board: Board,
    queues: Sequence[QueueId],
    plan: Plan,
    then: datetime,
    wording: Wording,
    *,
    count: int,
) -> list[QueueRowFace]:
    """Return the rows of a page.

    Args:
        count: For how many rows the page is; there may be fewer.
    """
    missing, font_px = untold(board), _font_px(plan, count)
    rows = []
    for at, queue_id in enumerate(queues):
        standing = board.queues[queue_id]
        face = with_alerts(row_face(standing, then, wording, missing), board)
        rows.append(
            QueueRowFace(
                name=face.name,
                cells=tuple(_cells(key, face, standing, wording) for key in _COLUMNS),
                marks=(Severity.CALM, face.wait_severity, face.level_severity, Severity.CALM),
                severity=face.severity,
                font_px=font_px,
                last=at == len(queues) - 1,
            )
        )
    return rows


def _cells(key: str, face: RowFace, standing: QueueStanding, wording: Wording) -> tuple[str, ...]:
    if key != "service_level":
        return (face.cells[key],)
    level = level_of(standing)
    if level is None:
        return (NOTHING_KNOWN,)
    limit = level_limit(standing.goal)
    limits = () if face.level is None else (limit.warning, limit.critical)
    text = wording.percent(level, limits=limits, decimals=0)
    few = face.cells["bullet"]
    return (f"{text} ({isolated_address(few)})", text) if few else (text,)


def head_box(plan: Plan) -> QRectF:
    """Return where the names of the columns are."""
    scene = plan.scene
    return QRectF(scene.x(), scene.y(), scene.width(), plan.row)


def row_boxes(plan: Plan, count: int) -> list[QRectF]:
    """Return where so many rows are."""
    scene, head = plan.scene, plan.row
    height = _row_height(plan, count)
    return [
        QRectF(scene.x(), scene.y() + head + at * height, scene.width(), height)
        for at in range(count)
    ]


def _row_height(plan: Plan, count: int) -> float:
    share = (plan.scene.height() - plan.row) / max(1, count)
    return min(share, max(plan.row, plan.px(_TALLEST)))


def _font_px(plan: Plan, count: int) -> int:
    most = min(_row_height(plan, count) / _AIRY, plan.px(_LARGEST))
    return max(plan.small_px, int(most))


def _columns(plan: Plan, box: QRectF) -> list[tuple[int, QRectF]]:
    """Return which columns have room, and where; what decides stands before what is good to know.

    Columns that have none are left out from the end on.
    """
    width, pad = plan.small_px * _WIDTH, plan.px(1.6)
    most = int((box.width() - pad - plan.small_px * _NAME) / width)
    count = max(1, min(len(_COLUMNS), most))
    start = box.right() - pad - count * width
    return [(at, QRectF(start + at * width, box.y(), width, box.height())) for at in range(count)]


def paint_head(stage: Stage, box: QRectF, face: QueuesHeadFace) -> None:
    """Paint the names of the columns."""
    plan, ink = stage.plan, stage.theme.text2
    columns = _columns(plan, box)
    start = box.x() + _name_start(plan, face.font_px)
    room = QRectF(start, box.y(), columns[0][1].x() - start, box.height())
    used = stage.label(room, (face.title,), ink)
    if face.page:
        page = room.adjusted(used + plan.px(2), 0, 0, 0)
        stage.easel.write(page, face.page, plan.small(), ink)
    for at, place in columns:
        stage.label(place.adjusted(plan.px(0.6), 0, 0, 0), face.names[at], ink, Place.END)
    line = QRectF(box.x(), box.bottom() - plan.px(0.1), box.width(), max(1.0, plan.px(0.1)))
    stage.easel.fill(line, stage.theme.line)


def paint_row(stage: Stage, box: QRectF, face: QueueRowFace) -> None:
    """Paint a row; the head of a critical one is filled."""
    plan, theme = stage.plan, stage.theme
    columns = _columns(plan, box)
    if not face.last:
        line = QRectF(box.x(), box.bottom() - plan.px(0.08), box.width(), max(1.0, plan.px(0.08)))
        stage.easel.fill(line, theme.bands[0])
    head = QRectF(box.x(), box.y(), columns[0][1].x() - box.x(), box.height())
    ink = _paint_severity(stage, head, face)
    start = box.x() + _name_start(plan, face.font_px)
    name = QRectF(start, box.y(), columns[0][1].x() - start - plan.px(1), box.height())
    stage.easel.write(name, face.name, font_of(face.font_px, TEXT_WEIGHT), ink)
    for at, place in columns:
        _paint_cell(stage, place, face, at)


def _name_start(plan: Plan, font_px: int) -> float:
    return plan.px(1.4) + font_px * 0.72 + plan.px(1.4)


def _paint_severity(stage: Stage, head: QRectF, face: QueueRowFace) -> QColor:
    """Paint how bad a row is; return the ink of its name."""
    plan, theme = stage.plan, stage.theme
    size = face.font_px * 0.72
    glyph = QRectF(head.x() + plan.px(1.4), head.center().y() - size / 2, size, size)
    if face.severity is Severity.CALM or stage.faded:
        return stage.ink
    if face.severity is Severity.CRITICAL:
        inset = plan.px(0.3)
        stage.plate(head.adjusted(0, inset, 0, -inset), theme.critical)
        paint_triangle(stage.easel.painter, stage.easel.at(glyph), theme.critical_ink)
        return theme.critical_ink
    edge = QRectF(head.x(), head.y() + plan.px(0.3), plan.px(0.7), head.height() - plan.px(0.6))
    stage.plate(edge, theme.warning_edge)
    stage.easel.severity(glyph, face.severity)
    return stage.ink


def _paint_cell(stage: Stage, place: QRectF, face: QueueRowFace, at: int) -> None:
    theme, mark = stage.theme, face.marks[at]
    text = face.cells[at][-1]
    font = font_of(face.font_px, FIGURE_WEIGHT)
    for each in face.cells[at]:
        if stage.texts.width(each, font) <= place.width() * 0.96:
            text = each
            break
    if stage.faded:
        ink = theme.text2
    elif mark is Severity.CRITICAL:
        ink = theme.critical_text
    elif mark is Severity.WARNING:
        ink = theme.warning_text
    else:
        ink = theme.text2 if text in (NOTHING_KNOWN, "0", "۰") else theme.text
    stage.figure(place, text, face.font_px, ink, Place.END)

"""The scene of lost callers: counts by quarter of the last hour, and by queue; nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.wall_lost import lost_of, quarters_of
from wallboard.ui.easel import Place
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT, GAP, TEXT_WEIGHT, Plan
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.words import SHORT_NAMES
from wallboard.ui.outside_text import shown
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_SHARE = 0.5
"""Of the width, for the quarters."""


@value
class QuartersFace:
    """The quarters of the last hour.

    Attributes:
        titles: The longest first.
        bars: Time, number in words, number, whether all of it was seen.
    """

    titles: tuple[str, ...]
    bars: tuple[tuple[str, str, int, bool], ...]


@value
class LostTableFace:
    """The queues that lost most.

    Attributes:
        rows: Name, callers lost.
        nothing: What is said where there are none.
    """

    title: str
    heading: str
    rows: tuple[tuple[str, str], ...]
    nothing: str


def quarters_face(board: Board, queues: Sequence[QueueId], wording: Wording) -> QuartersFace:
    """Return the quarters of the last hour."""
    bars = []
    for quarter in quarters_of(board, queues):
        begin = datetime.fromtimestamp(quarter.begin * 60, board.zone)
        number = wording.count(quarter.lost if quarter.seen or quarter.lost else None)
        time = wording.clock_minute(begin, board.zone)
        bars.append((time, number, quarter.lost, quarter.seen))
    titles = (phrase("Kiosk", "Hung up while waiting"), SHORT_NAMES["abandoned"])
    return QuartersFace(titles=tuple(map(wording.say, titles)), bars=tuple(bars))


def table_face(
    board: Board, queues: Sequence[QueueId], plan: Plan, wording: Wording
) -> LostTableFace:
    """Return the queues that lost most, as many as have room."""
    room = max(1, int((plan.scene.height() - plan.line - plan.px(1)) / plan.row))
    rows = []
    for row in lost_of(board, queues)[: min(6, room)]:
        name = shown(board.queues[row.queue_id].queue.name)
        rows.append((name, wording.count(row.lost)))
    window = wording.window_short(board.window)
    return LostTableFace(
        title=wording.translate("Column", "Queue"),
        heading=f"{wording.say(SHORT_NAMES['abandoned'])} · {window}",
        rows=tuple(rows),
        nothing=wording.say(phrase("Kiosk", "No callers lost")),
    )


def quarters_box(plan: Plan) -> QRectF:
    """Return where the quarters are."""
    scene = plan.scene
    return QRectF(scene.x(), scene.y(), scene.width() * _SHARE, scene.height())


def table_box(plan: Plan) -> QRectF:
    """Return where the queues are."""
    scene = plan.scene
    start = scene.width() * _SHARE + plan.px(GAP)
    return scene.adjusted(start, 0, 0, 0)


def paint_quarters(stage: Stage, box: QRectF, face: QuartersFace) -> None:
    """Paint a column a quarter, its number above it, its time below."""
    plan, theme = stage.plan, stage.theme
    stage.card(box)
    pad = plan.px(1.8)
    inner = box.adjusted(pad, plan.px(0.6), -pad, -plan.px(0.6))
    title = QRectF(inner.x(), inner.y(), inner.width(), plan.line)
    stage.label(title, face.titles, theme.text2)
    real = stage.easel.at(inner)
    top, base = real.y() + plan.line + plan.px(0.6), real.bottom() - plan.line
    most = max((number for _, _, number, _ in face.bars), default=0)
    # Unless it is wanted otherwise, time runs from left to right in every language.
    bars = face.bars[::-1] if stage.easel.look.time_from_right else face.bars
    step = real.width() / max(1, len(bars))
    figure_px = plan.font_px(5.6)
    room = base - top - figure_px * 1.1
    for at, (time, number, lost, seen) in enumerate(bars):
        slot = QRectF(real.x() + at * step, top, step, base - top)
        high = room * lost / most if most else 0.0
        bar = QRectF(slot.center().x() - step * 0.3, base - high, step * 0.6, high)
        stage.easel.fill_all([bar], theme.column_part)
        if not seen:
            whole = QRectF(bar.x(), top, bar.width(), base - top)
            stage.easel.hatch(stage.easel.at(whole), 0.22)
        above = QRectF(slot.x(), base - high - figure_px * 1.15, step, figure_px * 1.1)
        _write(stage, above, number, figure=figure_px)
        _write(stage, QRectF(slot.x(), base, step, plan.line), time, figure=0)
    line = QRectF(real.x(), base - plan.px(0.05), real.width(), max(1.0, plan.px(0.1)))
    stage.easel.fill_all([line], theme.line)


def _write(stage: Stage, box: QRectF, text: str, *, figure: int) -> None:
    plan = stage.plan
    font = font_of(figure, FIGURE_WEIGHT) if figure else plan.small()
    ink = stage.ink if figure else stage.theme.text2
    if stage.texts.width(text, font) <= box.width():
        stage.easel.write(stage.easel.at(box), text, font, ink, Place.CENTER)


def paint_table(stage: Stage, box: QRectF, face: LostTableFace) -> None:
    """Paint the queues that lost most."""
    plan, theme = stage.plan, stage.theme
    stage.card(box)
    pad = plan.px(1.8)
    inner = box.adjusted(pad, plan.px(0.6), -pad, -plan.px(0.6))
    head = QRectF(inner.x(), inner.y(), inner.width(), plan.line)
    used = stage.easel.write(head, face.heading, plan.small(), theme.text2, Place.END)
    stage.label(head.adjusted(0, 0, -used - plan.px(1), 0), (face.title,), theme.text2)
    rest = inner.adjusted(0, plan.line + plan.px(0.4), 0, 0)
    if not face.rows:
        stage.label(rest, (face.nothing,), theme.text2, Place.CENTER)
        return
    height = min(rest.height() / len(face.rows), plan.px(8.0))
    font_px = max(plan.small_px, int(min(height / 1.14, plan.px(5.4))))
    for at, (name, number) in enumerate(face.rows):
        row = QRectF(rest.x(), rest.y() + at * height, rest.width(), height)
        font = font_of(font_px, FIGURE_WEIGHT)
        wide = stage.easel.write(row, number, font, stage.ink, Place.END)
        room = row.adjusted(0, 0, -wide - plan.px(1.5), 0)
        stage.easel.write(room, name, font_of(font_px, TEXT_WEIGHT), stage.ink)

"""One figure of a wall: its name, its number as large as there is room, what it is held against."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QRectF

from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.crew import logged_in
from wallboard.engine.kpi import Unit
from wallboard.engine.limits import LIMITS, level_limit, limit_of, wait_limit
from wallboard.engine.trends import series
from wallboard.engine.wall_figures import Reading, of_moment
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.words import NOBODY_WAITS, SHORT_NAMES
from wallboard.ui.outside_text import isolated, isolated_address
from wallboard.ui.wording import NOTHING_KNOWN, Wording


@value
class FigureFace:
    """All that one figure shows.

    Attributes:
        labels: Its names, the longest first.
        notes: What it is held against, the longest first; may be empty.
        ratio: What the bullet shows. None for no bullet.
        goal: Of the bullet.
        points: Of the last hour, the oldest first; None is a gap. Empty where something else
            stands below the figure.
        spoken: The figure as it is read aloud.
    """

    key: str
    labels: tuple[str, ...]
    number: str
    notes: tuple[str, ...] = ()
    severity: Severity = Severity.CALM
    ratio: float | None = None
    goal: float = 0.0
    points: tuple[float | None, ...] = ()
    spoken: str = ""


def figure_face(
    board: Board, reading: Reading, wording: Wording, *, known: bool, whole: bool = True
) -> FigureFace:
    """Return what a figure shows.

    Args:
        known: False while nothing is known: then it is a dash and nothing else.
        whole: True if the figure is of the whole site, not of some queues.
    """
    number = number_words(reading, wording) if known else NOTHING_KNOWN
    spoken = _spoken(reading, number, wording) if known else wording.duration_words(None)
    notes = _notes(board, reading, wording, whole=whole) if known else ()
    past = series(board.trend, reading.key) if known and whole and not notes else ()
    # The last point is the figure of this moment itself.
    points = (*past, reading.value) if any(point is not None for point in past) else ()
    return FigureFace(
        key=reading.key,
        labels=_labels(board, reading.key, wording),
        number=number,
        notes=notes,
        severity=reading.severity if known else Severity.CALM,
        ratio=reading.value if known and reading.goal is not None and not reading.few else None,
        goal=reading.goal or 0.0,
        points=points,
        spoken=spoken,
    )


def number_words(reading: Reading, wording: Wording) -> str:
    """Return a reading as a wall writes it: percentages whole, where that does not mislead."""
    if reading.value is None:
        return NOTHING_KNOWN
    match reading.unit:
        case Unit.SECONDS:
            return wording.duration(timedelta(seconds=reading.value))
        case Unit.RATIO:
            limits: tuple[float, ...] = ()
            if reading.key in LIMITS and not reading.few:
                limit = limit_of(reading.key, reading.goal or 0.0)
                limits = (limit.warning, limit.critical)
            return wording.percent(reading.value, limits=limits, decimals=0)
        case _:
            return wording.count(reading.value)


def _spoken(reading: Reading, number: str, wording: Wording) -> str:
    if reading.unit is Unit.SECONDS and reading.value is not None:
        return wording.duration_words(timedelta(seconds=reading.value))
    return number if reading.value is not None else wording.duration_words(None)


def _labels(board: Board, key: str, wording: Wording) -> tuple[str, ...]:
    name = wording.kpi_name(key)
    labels = [name]
    if key == "service_level":
        targets = {standing.queue.target for standing in board.queues.values()}
        target = targets.pop() if len(targets) == 1 else None
        if target is not None:
            seconds = wording.count(target.total_seconds())
            told = wording.translate("Tile", "{name}, {seconds} s")
            labels.insert(0, told.format(name=name, seconds=seconds))
    if key in SHORT_NAMES:
        labels.append(wording.say(SHORT_NAMES[key]))
    return tuple(labels)


def _notes(board: Board, reading: Reading, wording: Wording, *, whole: bool) -> tuple[str, ...]:
    """Return what stands below a figure: what it is held against, then of when or where it is."""
    if of_moment(reading.key):
        return _moment_notes(board, reading, wording) if whole else ()
    window = wording.window_short(board.window)
    held = _held_against(board, reading, wording)
    return (f"{held} · {window}", held) if held else (window,)


def _held_against(board: Board, reading: Reading, wording: Wording) -> str:
    if reading.few:
        return wording.translate("Tile", "n = {number}").format(number=wording.count(reading.few))
    if reading.key == "service_level":
        if board.site.level is None:
            return wording.translate("Tile", "measured differently")
        mark = isolated_address(wording.percent_short(reading.goal or 0.0))
        return wording.translate("Tile", "target {limit}").format(limit=mark)
    if reading.key in LIMITS:
        mark = isolated_address(wording.percent_short(LIMITS[reading.key].warning))
        return wording.translate("Tile", "limit {limit}").format(limit=mark)
    return ""


def _moment_notes(board: Board, reading: Reading, wording: Wording) -> tuple[str, ...]:
    if reading.key == "longest_wait":
        return _longest_notes(board, wording)
    if reading.key == "free":
        staffed = logged_in(board.crew.site)
        told = wording.translate("Tile", "of {number}").format(number=wording.count(staffed))
        return (told,)
    return ()


def _longest_notes(board: Board, wording: Wording) -> tuple[str, ...]:
    """Return in which queue the longest wait is, and its limit once that is passed."""
    since = board.site.waiting_since
    if since is None:
        return (wording.say(NOBODY_WAITS),) if not board.site.waiting else ()
    rows = map(board.queues.__getitem__, board.order)
    row = next((row for row in rows if row.waiting_since == since), None)
    if row is None:
        return ()
    name = isolated(row.queue.name)
    if row.wait_severity is Severity.CALM:
        return (name,)
    limit = wait_limit(row.queue.target, row.wait_severity)
    told = wording.translate("Tile", "limit {limit}").format(limit=wording.duration(limit))
    return (f"{name} · {told}", told)


def paint_figure(stage: Stage, box: QRectF, face: FigureFace, *, most_px: float) -> None:
    """Paint a figure on its card: name above, number large, note or bullet below."""
    plan = stage.plan
    stage.card(box)
    stage.mark(box, face.severity)
    pad = plan.px(2.0)
    inner = box.adjusted(pad, plan.px(0.5), -pad, -plan.px(0.5))
    label = QRectF(inner.x(), inner.y(), inner.width(), plan.line)
    stage.label(label, face.labels, stage.theme.text2)
    foot = plan.line if plan.notes else plan.px(2.2)
    if not plan.notes and face.ratio is None:
        foot = 0.0
    number = QRectF(
        inner.x(), label.bottom(), inner.width(), inner.bottom() - label.bottom() - foot
    )
    _paint_number(stage, number, face, most_px)
    _paint_foot(stage, QRectF(inner.x(), inner.bottom() - foot, inner.width(), foot), face)


def _paint_number(stage: Stage, box: QRectF, face: FigureFace, most_px: float) -> None:
    marked = face.severity is not Severity.CALM and not stage.faded
    size = min(stage.plan.px(4.6), box.height() * 0.5)
    gap = stage.plan.px(1.6)
    room = QRectF(box)
    if marked:
        room.setWidth(box.width() - size - gap)
    ink = stage.theme.text2 if face.number == NOTHING_KNOWN else stage.ink
    used = stage.figure(room, face.number, most_px, ink)
    if marked:
        top = box.center().y() - size / 2
        stage.easel.severity(QRectF(box.x() + used + gap, top, size, size), face.severity)


def _paint_points(stage: Stage, box: QRectF, points: tuple[float | None, ...]) -> None:
    """Paint the last hour as a quiet line that ends in a dot."""
    plan = stage.plan
    inset = plan.px(0.7)
    line = box.adjusted(inset, inset, -inset, -inset)
    high = max(1.0, *(point for point in points if point is not None))
    colour = stage.theme.control
    end = stage.easel.line(line, points, span=(0.0, high), colour=colour, width=plan.px(0.28))
    if end is not None:
        stage.easel.dot(end, plan.px(0.5), stage.theme.text2)


def _paint_foot(stage: Stage, box: QRectF, face: FigureFace) -> None:
    """Paint the bullet and beside it the target, or the note alone."""
    plan = stage.plan
    if face.points and plan.notes:
        _paint_points(stage, box, face.points)
        return
    if face.ratio is None:
        if plan.notes:
            stage.label(box, face.notes, stage.theme.text2)
        return
    if plan.notes and face.notes:
        font = plan.small()
        least = stage.texts.width(face.notes[-1], font)
        room = max(least, box.width() * 0.52)
        used = stage.texts.width(
            next((t for t in face.notes if stage.texts.width(t, font) <= room), face.notes[-1]),
            font,
        )
        # As wide as its text to the last bit: what is left after a subtraction may be less.
        note = QRectF(box.right() - used, box.y(), used, box.height())
        stage.label(note, face.notes, stage.theme.text2)
        box = box.adjusted(0, 0, -used - plan.px(2.0), 0)
    thick = min(plan.px(2.0), box.height() * 0.6)
    bar = QRectF(box.x(), box.center().y() - thick / 2, box.width(), thick)
    limit = level_limit(face.goal)
    stage.easel.bullet(bar, face.ratio, limits=(limit.warning, limit.critical), colour=stage.ink)

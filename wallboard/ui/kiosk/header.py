"""The header of a wall: whose it is, what is critical, what time it is, how fresh it all is."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from wallboard.domain.alert import SubjectKind
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentId
from wallboard.domain.value import value
from wallboard.domain.walls import Naming, Wall
from wallboard.engine.alert_board import ShownAlert, acknowledged
from wallboard.engine.board import Board, fresh, site_time
from wallboard.engine.freshness import Freshness
from wallboard.engine.wall_needs import critical_count, pinned_row
from wallboard.engine.wall_showing import Showing
from wallboard.engine.windows import shift_of
from wallboard.ui import weekdays
from wallboard.ui.alert_words import has_value, limit_words, rule_name, value_text
from wallboard.ui.chip_marks import ChipMark, paint_chip_mark
from wallboard.ui.easel import Place
from wallboard.ui.explained import day_words
from wallboard.ui.glyphs import paint_triangle
from wallboard.ui.kiosk.naming import first_name
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.strip import Strip
from wallboard.ui.kiosk.words import more_words
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.top_bar import chip_face
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import Wording


@value
class PinnedFace:
    """The alert that stands in the header.

    Attributes:
        texts: The longest first.
        more: How many more are critical, in words; may be empty.
        hollow: True if somebody has it.
    """

    texts: tuple[str, ...]
    more: str = ""
    hollow: bool = False


@value
class HeaderFace:
    """All that the header shows.

    Attributes:
        logo: Which picture; None for none. It is kept elsewhere.
        days: The day and the shift, the longest first.
        state: Of the connection, in a word; empty while all is well.
        mark: Of the same.
        loud: True if the figures are not of the present.
        demo: That nothing is real; empty if it is.
        swapped: True if the ends have changed sides.
    """

    title: str
    logo: int | None
    days: tuple[str, ...]
    clock: str
    state: str
    mark: ChipMark
    demo: str
    loud: bool = False
    pinned: PinnedFace | None = None
    swapped: bool = False


def header_face(
    board: Board, wall: Wall, showing: Showing, now: Moment, wording: Wording, logo: int | None
) -> HeaderFace:
    """Return what the header shows."""
    then = site_time(board, now) if fresh(board) else now.wall
    row = pinned_row(board, showing.pinned)
    chip = chip_face(board, now, wording)
    # Late figures are still those of the present: from afar they need no other word.
    present = board.freshness in (Freshness.LIVE, Freshness.LATE)
    state = wording.freshness(Freshness.LIVE) if present and not chip.loud else chip.text
    if chip.mark is ChipMark.BARRED:
        # Since when is told in the middle.
        state = wording.freshness(Freshness.NO_DATA)
    return HeaderFace(
        title=shown(wall.title) or shown(board.name),
        logo=logo,
        days=_days(board, now, wording),
        clock=wording.clock_minute(then, board.zone),
        state=state,
        mark=ChipMark.RING if present and not chip.loud else chip.mark,
        loud=chip.loud,
        demo=wording.translate("TopBar", "DEMO DATA") if board.demo else "",
        pinned=None if row is None else _pinned(board, wall, row, wording),
        swapped=showing.swapped,
    )


def _days(board: Board, now: Moment, wording: Wording) -> tuple[str, ...]:
    then = site_time(board, now) if fresh(board) else now.wall
    here = then.astimezone(board.zone)
    weekday = wording.say(weekdays.SHORT[here.weekday()])
    day = f"{weekday} {day_words(here, wording)}"
    if not board.measuring.plan.shifts:
        return (day,)
    shift = shift_of(then, board.measuring.plan, board.zone)
    name = "" if shift is None else shown(shift.name)
    return (f"{isolated(name)} · {day}", isolated(name)) if name else (day,)


def _pinned(board: Board, wall: Wall, row: ShownAlert, wording: Wording) -> PinnedFace:
    """Return an alert in words: who is meant by a rule on agents only if the wall may name them."""
    name = rule_name(row.rule.name, wording)
    subject = _subject(board, wall, row)
    told = [isolated(subject), isolated(name)] if subject else [isolated(name)]
    key = row.rule.conditions[0].key
    if has_value(row.rule) and row.reading is not None:
        told.append(value_text(row.rule.kind, key, row.reading, wording))
    limit = limit_words(row, wording)
    texts = [" · ".join(told)]
    if limit:
        texts.insert(0, f"{texts[0]} ({limit})")
    if len(told) > 2:
        texts.append(" · ".join((told[0], *told[2:])))
    # A text that begins with somebody's name must not take that name's direction.
    direction = "\u200f" if wording.rtl else "\u200e"
    return PinnedFace(
        texts=tuple(f"{direction}{text}" for text in texts),
        more=more_words(critical_count(board) - 1, wording),
        hollow=acknowledged(row.alert),
    )


def _subject(board: Board, wall: Wall, row: ShownAlert) -> str:
    if row.rule.kind is not SubjectKind.AGENT:
        return shown(row.subject_name or row.alert.subject) if row.subject_name else ""
    if wall.naming is Naming.NONE or board.snapshot is None:
        return ""
    agent = board.snapshot.agents.get(AgentId(str(row.alert.subject)))
    return "" if agent is None else first_name(agent.name)


def paint_header(stage: Stage, box: QRectF, face: HeaderFace) -> None:
    """Paint the header."""
    plan, logo = stage.plan, stage.logo
    strip = Strip(box, plan.px(2.4), swapped=face.swapped)
    _paint_state(stage, strip, face)
    font = font_of(plan.font_px(5.6), FIGURE_WEIGHT)
    clock = strip.cut_far(stage.texts.width(face.clock, font) + 1)
    stage.easel.write(clock, face.clock, font, stage.theme.text, Place.CENTER)
    if face.demo:
        _paint_demo(stage, strip, face.demo)
    if face.pinned is not None:
        _paint_pinned(stage, strip.rest, face.pinned)
        return
    if logo is not None and not logo.isNull():
        high = box.height() * 0.86
        wide = min(high * logo.width() / max(1, logo.height()), strip.rest.width() * 0.4)
        place = strip.cut_near(wide)
        high = wide * logo.height() / max(1, logo.width())
        place = QRectF(place.x(), place.center().y() - high / 2, wide, high)
        stage.easel.painter.drawImage(stage.easel.at(place), logo)
    _paint_title(stage, strip, face)


def _paint_title(stage: Stage, strip: Strip, face: HeaderFace) -> None:
    plan, theme = stage.plan, stage.theme
    title = font_of(plan.font_px(4.8), FIGURE_WEIGHT)
    width = stage.texts.width(face.title, title) + 1
    stage.easel.write(strip.cut_near(width), face.title, title, theme.text, strip.near)
    small, room = plan.small(), strip.rest.width()
    day = next((text for text in face.days if stage.texts.width(text, small) <= room), "")
    stage.easel.write(strip.rest, day, small, theme.text2, strip.near)


def _paint_state(stage: Stage, strip: Strip, face: HeaderFace) -> None:
    """Paint how fresh the figures are; far from the screen the shape alone where all is well."""
    plan, theme = stage.plan, stage.theme
    font, size = plan.small(), plan.small_px * 0.74
    gap = plan.px(1.0)
    calm = face.mark is ChipMark.RING
    text = "" if calm and not plan.notes else face.state
    wide = stage.texts.width(text, font) + 1 if text else 0.0
    pad = plan.px(1.2) if face.loud else 0.0
    box = strip.cut_far(2 * pad + (wide + gap + size if text else size))
    ink = theme.text2 if calm else theme.text
    if face.loud:
        stage.plate(box.adjusted(0, plan.px(0.4), 0, -plan.px(0.4)), theme.text2)
        ink = theme.base if theme.dark else theme.surface
    box = box.adjusted(pad, 0, -pad, 0)
    mark = QRectF(box.x(), box.center().y() - size / 2, size, size)
    # Its line is as thick as an eighth of it, half of that outside.
    inset = size / 16
    mark = mark.adjusted(inset, inset, -inset, -inset)
    paint_chip_mark(stage.easel, mark, face.mark, ink)
    if text:
        words = box.adjusted(size + gap, 0, 0, 0)
        stage.easel.write(words, text, font, ink, Place.START)


def _paint_demo(stage: Stage, strip: Strip, text: str) -> None:
    """Paint that nothing is real."""
    plan = stage.plan
    font = plan.small()
    box = strip.cut_far(stage.texts.width(text, font) + plan.px(2.4) + 1)
    high = min(box.height(), plan.line * 1.08)
    box = QRectF(box.x(), box.center().y() - high / 2, box.width(), high)
    stage.dashed(box)
    stage.easel.write(box, text, font, stage.theme.text2, Place.CENTER)


def _paint_pinned(stage: Stage, box: QRectF, face: PinnedFace) -> None:
    """Paint the alert on a plate of its colour; one that somebody has, as an outline."""
    plan, theme = stage.plan, stage.theme
    if face.hollow:
        stage.card(box)
    else:
        stage.plate(box, theme.critical)
    ink = theme.text if face.hollow else theme.critical_ink
    size, pad = plan.small_px * 0.78, plan.px(1.4)
    mark = QRectF(box.x() + pad, box.center().y() - size / 2, size, size)
    if face.hollow:
        stage.easel.hollow_severity(mark, Severity.CRITICAL)
    else:
        paint_triangle(stage.easel.painter, stage.easel.at(mark), ink)
    font = plan.small()
    more = stage.texts.width(face.more, font) + pad if face.more else 0.0
    room = box.adjusted(2 * pad + size, 0, -pad - more, 0)
    stage.label(room, face.texts, ink)
    if face.more:
        end = QRectF(box.right() - pad - more, box.y(), more, box.height())
        stage.easel.write(end, face.more, font, ink, Place.END)

"""The footer of a wall: how many agents do what, and of when the figures are; or what is wrong."""

from __future__ import annotations

from typing import Final, TypeAlias

from PySide6.QtCore import QRectF

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import LOGGED_IN, AgentState
from wallboard.domain.value import value
from wallboard.engine.board import AGENTS, Board, untold
from wallboard.ui.easel import Place
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT
from wallboard.ui.kiosk.sight import Sight
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.strip import Strip
from wallboard.ui.kiosk.words import (
    NOT_STORED,
    cause_words,
    silent_words,
)
from wallboard.ui.outside_text import shown
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import Wording

_Entry: TypeAlias = tuple[AgentState, str, str]
_GLYPH: Final = 0.66
"""How large a shape is beside a text, in heights of its font."""
_FIRST = (AgentState.FREE, AgentState.IN_CALL, AgentState.WRAP_UP, AgentState.ON_BREAK)
"""Those that are left where there is not room for all."""


@value
class CrewFace:
    """How many agents do what.

    Attributes:
        entries: State, number, and the state's name.
        message: Stands instead of them; empty while all is well.
    """

    entries: tuple[_Entry, ...] = ()
    message: str = ""
    swapped: bool = False


@value
class StampFace:
    """Of when the figures are; empty if that is told elsewhere."""

    text: str
    swapped: bool = False


def crew_face(
    board: Board, sight: Sight, now: Moment, wording: Wording, *, health: str, swapped: bool
) -> CrewFace:
    """Return what the footer shows besides the time of the figures.

    Args:
        health: What is wrong with the wall itself; empty if nothing is.
    """
    message = _message(board, sight, now, wording)
    # Before anything was heard, what is wrong with the wall itself may be why.
    message = (shown(health) or message) if sight is Sight.WAITING else (message or shown(health))
    if message or sight is Sight.WAITING or AGENTS in untold(board):
        return CrewFace(message=message, swapped=swapped)
    counts = board.crew.site
    entries = tuple(
        (state, wording.count(counts.get(state, 0)), wording.agent_state(state))
        for state in LOGGED_IN
        if state in _FIRST or counts.get(state)
    )
    return CrewFace(entries=entries, swapped=swapped)


def stamp_face(board: Board, sight: Sight, wording: Wording, *, swapped: bool) -> StampFace:
    """Return of when the figures are."""
    if board.snapshot is None or sight is not Sight.PRESENT:
        return StampFace(text="", swapped=swapped)
    at = wording.clock(board.snapshot.as_of, board.zone)
    told = wording.translate("Tile", "as of {time}").format(time=at)
    return StampFace(text=told, swapped=swapped)


def _message(board: Board, sight: Sight, now: Moment, wording: Wording) -> str:
    match sight:
        case Sight.WAITING if board.fault is None:
            return ""
        case Sight.WAITING | Sight.SILENT:
            return cause_words(board, wording)
        case Sight.FADED:
            return silent_words(board, now, wording)
        case _:
            pass
    history = board.history
    if history is not None and history.fault is not None:
        return wording.say(NOT_STORED)
    return ""


def paint_stamp(stage: Stage, box: QRectF, face: StampFace) -> None:
    """Paint of when the figures are."""
    place = Place.START if face.swapped else Place.END
    stage.easel.write(box, face.text, stage.plan.small(), stage.theme.text2, place)


def paint_crew(stage: Stage, box: QRectF, face: CrewFace) -> None:
    """Paint how many agents do what; from far away without words, or only the most important."""
    plan = stage.plan
    if face.message:
        stage.label(box, (face.message,), stage.theme.text)
        return
    strip = Strip(box, plan.px(2.6), swapped=face.swapped)
    chosen, with_words = _chosen(stage, face.entries, box.width())
    for entry in chosen:
        width = _width(stage, entry, with_words=with_words)
        _paint_entry(stage, strip.cut_near(width), entry, with_words=with_words)


def _chosen(stage: Stage, entries: tuple[_Entry, ...], room: float) -> tuple[list[_Entry], bool]:
    """Return which entries have room, and whether with their names."""
    gap = stage.plan.px(2.6)
    first = [entry for entry in entries if entry[0] in _FIRST]
    few = [entry for entry in first if entry[0] is not AgentState.WRAP_UP]
    every = list(entries)
    choices = ((every, True), (first, True), (few, True), (every, False), (first, False))
    for chosen, with_words in choices:
        widths = [_width(stage, entry, with_words=with_words) for entry in chosen]
        if sum(widths) + gap * (len(widths) - 1) <= room:
            return chosen, with_words
    return first[:2], False


def _width(stage: Stage, entry: _Entry, *, with_words: bool) -> float:
    plan = stage.plan
    wide = plan.small_px * _GLYPH + plan.px(1.0)
    wide += stage.texts.width(entry[1], font_of(plan.small_px, FIGURE_WEIGHT))
    if with_words:
        wide += plan.px(1.0) + stage.texts.width(entry[2], plan.small())
    return wide


def _paint_entry(stage: Stage, box: QRectF, entry: _Entry, *, with_words: bool) -> None:
    plan = stage.plan
    size = plan.small_px * _GLYPH
    stage.state(QRectF(box.x(), box.center().y() - size / 2, size, size), entry[0])
    rest = box.adjusted(size + plan.px(1.0), 0, 1, 0)
    figure = font_of(plan.small_px, FIGURE_WEIGHT)
    used = stage.easel.write(rest, entry[1], figure, stage.ink)
    if with_words:
        rest = rest.adjusted(used + plan.px(1.0), 0, 1, 0)
        stage.easel.write(rest, entry[2], plan.small(), stage.theme.text2)

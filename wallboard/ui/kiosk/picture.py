"""A wall's picture as a list of pieces: what each shows and where; how each is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QRectF

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.engine.board import AGENTS, Board, site_time, untold
from wallboard.engine.wall_figures import Reading, counts_of, heroes_of, readings_of, tiles_of
from wallboard.engine.wall_needs import people_of, queues_of, states_of
from wallboard.engine.wall_showing import Showing, scenes_of
from wallboard.ui.kiosk import footer, scene_agents, scene_lost, scene_queues, scene_trend
from wallboard.ui.kiosk.figures import figure_face
from wallboard.ui.kiosk.header import HeaderFace, header_face, paint_header
from wallboard.ui.kiosk.plan import Plan
from wallboard.ui.kiosk.scene_figures import (
    HeroFace,
    TileFace,
    hero_boxes,
    page_of,
    paint_hero,
    paint_tile,
    tile_boxes,
)
from wallboard.ui.kiosk.scene_message import ClockFace, MessageFace, paint_clock, paint_message
from wallboard.ui.kiosk.sight import Sight, silent_since
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.words import (
    CONNECTING,
    NO_QUEUES,
    cause_words,
    no_data_words,
    page_words,
    waiting_words,
)
from wallboard.ui.outside_text import shown
from wallboard.ui.wording import Wording

_KNOWN: Final = frozenset({Sight.PRESENT, Sight.FADED})
_LONGEST_LINES: Final = 6


@value
class Piece:
    """A part of the picture. Two that compare as equal look the same.

    Attributes:
        box: Where it is, in pixels from where lines begin.
    """

    box: QRectF
    face: object


@value
class Asked:
    """What a picture is made of.

    Attributes:
        sight: How much can be taken for the present.
        waits_since: Since when there is no first picture. None if there was one.
        health: What is wrong with the wall itself; may be empty.
        logo: Which logo it is. None for none.
    """

    board: Board
    wall: Wall
    plan: Plan
    showing: Showing
    sight: Sight
    now: Moment
    wording: Wording
    waits_since: Moment | None = None
    health: str = ""
    logo: int | None = None

    @property
    def then(self) -> datetime:
        """The source's time."""
        return site_time(self.board, self.now)

    @property
    def known(self) -> bool:
        """True if figures are shown."""
        return self.sight in _KNOWN


def pieces_of(asked: Asked) -> tuple[Piece, ...]:
    """Return the pieces of a picture; none of a black one."""
    if asked.showing.dark >= 100:
        return ()
    if asked.sight is Sight.CLOCK:
        return (clock_piece(asked),)
    return (
        _header(asked),
        *_heroes(asked),
        *_scene(asked, scenes_of(asked.wall)[asked.showing.scene]),
        *_footer(asked),
    )


def clock_piece(asked: Asked) -> Piece:
    """Return the time and why there is nothing else."""
    board, wording = asked.board, asked.wording
    since = silent_since(board, asked.now, asked.waits_since)
    plan = asked.plan
    box = QRectF(0, 0, plan.size.width(), plan.size.height())
    face = ClockFace(
        clock=wording.clock_minute(asked.now.wall, board.zone),
        lines=(
            no_data_words(board, since, wording),
            shown(asked.health) or cause_words(board, wording),
        ),
    )
    return Piece(box=box, face=face)


def plain_clock(plan: Plan, board: Board, now: Moment, wording: Wording) -> Piece:
    """Return the time alone: what is shown instead of a picture that failed."""
    box = QRectF(0, 0, plan.size.width(), plan.size.height())
    clock = wording.clock_minute(now.wall, board.zone)
    return Piece(box=box, face=ClockFace(clock=clock, lines=()))


def hero_readings(asked: Asked) -> tuple[Reading, ...]:
    """Return the figures that stay on every scene."""
    keys = heroes_of(asked.wall.heroes, asked.board)
    return readings_of(asked.board, keys, (), asked.then)


def _header(asked: Asked) -> Piece:
    face = header_face(asked.board, asked.wall, asked.showing, asked.now, asked.wording, asked.logo)
    return Piece(box=asked.plan.header, face=face)


def _heroes(asked: Asked) -> Iterable[Piece]:
    readings = hero_readings(asked)
    boxes = hero_boxes(asked.plan, len(readings))
    for box, reading in zip(boxes, readings, strict=True):
        figure = figure_face(asked.board, reading, asked.wording, known=asked.known)
        yield Piece(box=box, face=HeroFace(figure=figure))


def _footer(asked: Asked) -> Iterable[Piece]:
    plan, swapped = asked.plan, asked.showing.swapped
    stamp = footer.stamp_face(asked.board, asked.sight, asked.wording, swapped=swapped)
    crew = footer.crew_face(
        asked.board, asked.sight, asked.now, asked.wording, health=asked.health, swapped=swapped
    )
    wide = plan.small_px * 9.6 if stamp.text else 0.0
    box = plan.footer
    rest, end = box.adjusted(0, 0, -wide, 0), box.adjusted(box.width() - wide, 0, 0, 0)
    if swapped:
        rest, end = box.adjusted(wide, 0, 0, 0), box.adjusted(0, 0, wide - box.width(), 0)
    yield Piece(box=rest, face=crew)
    if stamp.text:
        yield Piece(box=end, face=stamp)


def _scene(asked: Asked, scene: Scene) -> Iterable[Piece]:
    if scene.kind is SceneKind.MESSAGE:
        lines = [shown(line) for line in scene.text.split("\n")[:_LONGEST_LINES]]
        return (_whole(asked, MessageFace(text="\n".join(filter(None, lines)))),)
    if not asked.known:
        return (_whole(asked, MessageFace(text=_why_nothing(asked), strong=False)),)
    return _SCENES[scene.kind](asked, scene)


def _whole(asked: Asked, face: object) -> Piece:
    return Piece(box=asked.plan.scene, face=face)


def _why_nothing(asked: Asked) -> str:
    if asked.sight is Sight.WAITING:
        return waiting_words(asked.waits_since, asked.now, asked.wording)
    since = silent_since(asked.board, asked.now, asked.waits_since)
    return no_data_words(asked.board, since, asked.wording)


def _overview(asked: Asked, scene: Scene) -> Iterable[Piece]:
    room = asked.plan.room.tiles
    keys = page_of(tiles_of(scene.tiles, asked.board), asked.showing.page, room)
    readings = readings_of(asked.board, keys, _ids(scene), asked.then)
    boxes = tile_boxes(asked.plan, len(readings))
    for box, reading in zip(boxes, readings, strict=True):
        figure = figure_face(
            asked.board, reading, asked.wording, known=True, whole=not scene.queues
        )
        yield Piece(box=box, face=TileFace(figure=figure))


def _queues(asked: Asked, scene: Scene) -> Iterable[Piece]:
    plan, showing, wording = asked.plan, asked.showing, asked.wording
    every = queues_of(asked.board, scene)
    if not every:
        yield _whole(asked, MessageFace(text=wording.say(NO_QUEUES), strong=False))
        return
    begin = showing.page * plan.room.rows
    queues = every[begin : begin + plan.room.rows]
    # A last page of few rows has them as high as the pages before.
    count = len(queues) if showing.pages < 2 else plan.room.rows
    page = page_words(showing.page, showing.pages, wording)
    head = scene_queues.head_face(wording, page, plan, count)
    yield Piece(box=scene_queues.head_box(plan), face=head)
    faces = scene_queues.row_faces(asked.board, queues, plan, asked.then, wording, count=count)
    for box, face in zip(scene_queues.row_boxes(plan, count), faces, strict=False):
        yield Piece(box=box, face=face)


def _agents(asked: Asked, scene: Scene) -> Iterable[Piece]:
    plan, board, page = asked.plan, asked.board, asked.showing.page
    counts = counts_of(board, frozenset(_ids(scene)))
    of_states = -(-len(states_of(counts)) // plan.room.states)
    if page < of_states:
        told = AGENTS not in untold(board)
        most = plan.room.states
        states = scene_agents.state_faces(counts, asked.wording, page, most, told=told)
        boxes = scene_agents.state_boxes(plan, len(states))
        yield from map(_piece, boxes, states)
        return
    begin = (page - of_states) * plan.room.cells
    people = people_of(board, asked.wall, scene)[begin : begin + plan.room.cells]
    faces = scene_agents.person_faces(people, asked.then, asked.wording)
    yield from map(_piece, scene_agents.person_boxes(plan, len(faces)), faces)


def _trend(asked: Asked, scene: Scene) -> Iterable[Piece]:
    face = scene_trend.trend_face(asked.board, _ids(scene), asked.wording)
    if face is None:
        return (_whole(asked, MessageFace(text=asked.wording.say(CONNECTING), strong=False)),)
    return (_whole(asked, face),)


def _lost(asked: Asked, scene: Scene) -> Iterable[Piece]:
    plan, queues = asked.plan, _ids(scene)
    quarters = scene_lost.quarters_face(asked.board, queues, asked.wording)
    table = scene_lost.table_face(asked.board, queues, plan, asked.wording)
    yield Piece(box=scene_lost.quarters_box(plan), face=quarters)
    yield Piece(box=scene_lost.table_box(plan), face=table)


def _piece(box: QRectF, face: object) -> Piece:
    return Piece(box=box, face=face)


def _ids(scene: Scene) -> tuple[QueueId, ...]:
    return tuple(QueueId(each) for each in scene.queues)


_SCENES: Final[Mapping[SceneKind, Callable[[Asked, Scene], Iterable[Piece]]]] = {
    SceneKind.OVERVIEW: _overview,
    SceneKind.QUEUES: _queues,
    SceneKind.AGENTS: _agents,
    SceneKind.TREND: _trend,
    SceneKind.LOST: _lost,
}

_PAINTERS: Final[Mapping[type, Callable[[Stage, QRectF, Any], None]]] = {
    HeaderFace: paint_header,
    HeroFace: paint_hero,
    TileFace: paint_tile,
    MessageFace: paint_message,
    ClockFace: paint_clock,
    footer.CrewFace: footer.paint_crew,
    footer.StampFace: footer.paint_stamp,
    scene_queues.QueuesHeadFace: scene_queues.paint_head,
    scene_queues.QueueRowFace: scene_queues.paint_row,
    scene_agents.StateFace: scene_agents.paint_state_cell,
    scene_agents.PersonFace: scene_agents.paint_person,
    scene_trend.TrendFace: scene_trend.paint_trend,
    scene_lost.QuartersFace: scene_lost.paint_quarters,
    scene_lost.LostTableFace: scene_lost.paint_table,
}


def paint_piece(stage: Stage, piece: Piece) -> None:
    """Paint a piece."""
    _PAINTERS[type(piece.face)](stage, piece.box, piece.face)

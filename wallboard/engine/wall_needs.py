"""What a board asks of its wall: how many pages, which alert is urgent, how dark it may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import Alert, AlertKey, Stage, SubjectKind
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentState, QueueId
from wallboard.domain.value import value
from wallboard.domain.walls import Naming, Scene, SceneKind, Wall
from wallboard.engine.alert_board import ShownAlert
from wallboard.engine.alert_watch import is_holiday, source_time
from wallboard.engine.board import AGENTS, Board, fresh, untold
from wallboard.engine.wall_figures import counts_of, tiles_of
from wallboard.engine.wall_showing import Firing, Needs, Urgent, scenes_of
from wallboard.engine.windows import business_day, shift_of

NEAR: Final = timedelta(hours=1)
"""So long before its first and after its last shift a site is not closed yet."""
BLACK: Final = 100
_LIVE: Final = frozenset({Stage.FIRING, Stage.RECOVERING})
_RELEVANT: Final[Mapping[SubjectKind, tuple[SceneKind, ...]]] = {
    SubjectKind.SITE: (SceneKind.OVERVIEW, SceneKind.QUEUES, SceneKind.TREND),
    SubjectKind.QUEUE: (SceneKind.QUEUES, SceneKind.OVERVIEW),
    SubjectKind.GROUP: (SceneKind.QUEUES, SceneKind.OVERVIEW),
    SubjectKind.AGENT: (SceneKind.AGENTS, SceneKind.OVERVIEW),
}
"""Where an alert is to be looked at, the best place first; that the source is lost is told by all
of the picture."""


@value
class Room:
    """How much has room on one page; at least one each.

    Attributes:
        tiles: Figures of an overview.
        rows: Rows of a table.
        states: States of agents, each with its number.
        cells: Agents by name.
    """

    tiles: int = 6
    rows: int = 8
    states: int = 10
    cells: int = 24


def needs_of(board: Board, wall: Wall, room: Room, now: Moment) -> Needs:
    """Return what a board asks of its wall now."""
    scenes = scenes_of(wall)
    then = source_time(board, now)
    told = [row for row in board.alerts.rows if _stands(row)]
    critical = [row for row in told if row.alert.severity is Severity.CRITICAL]
    return Needs(
        pages=tuple(pages_of(board, wall, scene, room) for scene in scenes),
        urgent=() if board.alerts.flood else _urgent(board, scenes, room, critical),
        standing=frozenset(firing_of(row.alert) for row in board.alerts.rows),
        pinned=critical[0].alert.key if critical and fresh(board) else None,
        day=business_day(then, board.measuring.plan, board.zone).toordinal(),
        dark=_dark(board, wall, then, busy=bool(critical)),
    )


def firing_of(alert: Alert) -> Firing:
    """Return which firing of an alert it is."""
    return (alert.rule_id, alert.subject, alert.fired_at)


def pinned_row(board: Board, key: AlertKey | None) -> ShownAlert | None:
    """Return the alert that stands in the header. None if it is no more."""
    return None if key is None else board.alerts.row(key)


def critical_count(board: Board) -> int:
    """Return how many critical alerts there are to be told of."""
    rows = (row for row in board.alerts.rows if _stands(row))
    return sum(row.alert.severity is Severity.CRITICAL for row in rows)


def queues_of(board: Board, scene: Scene) -> tuple[QueueId, ...]:
    """Return the queues that a scene is about, the worst first, alerts counted."""
    wanted = frozenset(scene.queues)
    order = [key for key in board.order if not wanted or key in wanted]

    def how_bad(key: QueueId) -> int:
        return -max(board.queues[key].severity, board.alerts.mark(SubjectKind.QUEUE, key))

    return tuple(sorted(order, key=how_bad))


def people_of(board: Board, wall: Wall, scene: Scene) -> tuple[Agent, ...]:
    """Return the agents that a scene names, who is longest in his state first; mostly nobody."""
    if wall.naming is Naming.NONE or scene.kind is not SceneKind.AGENTS:
        return ()
    wanted = frozenset(scene.queues)
    return tuple(
        agent for agent in board.longest if not wanted or not wanted.isdisjoint(agent.queues)
    )


def states_of(counts: Mapping[AgentState, int]) -> tuple[AgentState, ...]:
    """Return the states that a scene of agents shows; those that nobody tells of only if seen."""
    return tuple(
        state for state in AgentState if state is not AgentState.UNKNOWN or counts.get(state)
    )


def pages_of(board: Board, wall: Wall, scene: Scene, room: Room) -> int:
    """Return how many pages a scene has now; 0 if there is nothing to show."""
    match scene.kind:
        case SceneKind.OVERVIEW:
            return _pages(len(tiles_of(scene.tiles, board)), room.tiles)
        case SceneKind.QUEUES:
            return max(1, _pages(len(queues_of(board, scene)), room.rows))
        case SceneKind.AGENTS:
            if AGENTS in untold(board):
                return 0
            wanted = frozenset(QueueId(key) for key in scene.queues)
            states = states_of(counts_of(board, wanted))
            people = people_of(board, wall, scene)
            return _pages(len(states), room.states) + _pages(len(people), room.cells)
        case SceneKind.TREND | SceneKind.LOST:
            return 1
        case SceneKind.MESSAGE:
            return int(bool(scene.text.strip()))


def _pages(number: int, room: int) -> int:
    return -(-number // max(1, room))


def _stands(row: ShownAlert) -> bool:
    """True if an alert is to be told of: it fires, is watched, and disturbs somebody."""
    if row.silent or row.rule.kind is SubjectKind.SOURCE:
        return False
    return row.alert.stage in _LIVE and row.alert.evaluated


def _urgent(
    board: Board, scenes: tuple[Scene, ...], room: Room, critical: Collection[ShownAlert]
) -> tuple[Urgent, ...]:
    return tuple(_placed(board, scenes, room, row) for row in critical if row.alert.hand is None)


def _placed(board: Board, scenes: tuple[Scene, ...], room: Room, row: ShownAlert) -> Urgent:
    firing = firing_of(row.alert)
    for kind in _RELEVANT.get(row.rule.kind, ()):
        for place, scene in enumerate(scenes):
            page = _page_in(board, scene, room, row) if scene.kind is kind else None
            if page is not None:
                return Urgent(firing=firing, scene=place, page=page)
    return Urgent(firing=firing, scene=None)


def _page_in(board: Board, scene: Scene, room: Room, row: ShownAlert) -> int | None:
    """Return the page of a scene on which an alert is to be seen. None if on none."""
    if row.rule.kind is not SubjectKind.QUEUE:
        return 0
    wanted = not scene.queues or row.alert.subject in scene.queues
    if scene.kind is not SceneKind.QUEUES:
        return 0 if wanted else None
    found = queues_of(board, scene)
    subject = QueueId(str(row.alert.subject))
    return found.index(subject) // max(1, room.rows) if subject in found else None


def _dark(board: Board, wall: Wall, then: datetime, *, busy: bool) -> int:
    """Return how much darker it is: outside of shifts, and black while the site is closed.

    Where callers wait or something is critical it is never black, whatever the plan says.
    """
    if _at_work(board, then):
        return 0
    near = (then - NEAR, then + NEAR)
    closed = not any(_at_work(board, instant) for instant in near)
    calls = board.snapshot is not None and bool(board.snapshot.calls)
    if wall.black_when_closed and closed and not busy and not (calls and fresh(board)):
        return BLACK
    return wall.dim


def _at_work(board: Board, instant: datetime) -> bool:
    """True if somebody's shift is then; without a plan there is always one."""
    plan = board.measuring.plan
    if plan.shifts and is_holiday(board.alerts.rules, business_day(instant, plan, board.zone)):
        return False
    return shift_of(instant, plan, board.zone) is not None

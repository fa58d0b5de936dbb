"""Makes reports: what is wanted becomes what is asked, is read, and stands on firm grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from wallboard.app.clock import zone_called, zone_name
from wallboard.app.person import user_name
from wallboard.app.report_journal import commands_in, journal_head
from wallboard.app.report_reading import OnlySums, Reading, ReportStopped
from wallboard.domain.arranging import Arrangement, CallerNumbers
from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import WallboardError
from wallboard.domain.facts import AgentSpell
from wallboard.domain.reporting import Report, ReportDefinition, ReportKind
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, fresh, site_time
from wallboard.engine.lost_calls import with_talks
from wallboard.engine.past import LENGTHS, Grain, cut, grain_for
from wallboard.engine.reporting import report_of
from wallboard.engine.reporting_material import Command, Material, ReportAsk, with_open
from wallboard.engine.reporting_open import open_cells
from wallboard.engine.spells import running_spells
from wallboard.engine.windows import Window, so_far
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places
from wallboard.storage.history import History
from wallboard.ui.caller_text import caller_text
from wallboard.ui.charts.history_ranges import known_stretches
from wallboard.ui.outside_text import shown

__all__ = [
    "NobodyCalledThat",
    "OnlySums",
    "ReportStopped",
    "Wanted",
    "made_report",
    "may_unmask",
    "wanted_by",
    "wanted_of",
]

_BY_DAYS: Final = timedelta(days=3)
"""Longer times are told day by day, unless somebody asks for shorter intervals."""
_GRAINS: Final[Mapping[timedelta, Grain]] = {
    length: grain for grain, length in LENGTHS.items() if grain is not Grain.DAY
}


class NobodyCalledThat(WallboardError):
    """A report is narrowed to a queue, a group or an agent that is not known.

    Attributes:
        what: `queue`, `group` or `agent`.
        name: As it was asked for.
        known: What there is, as it is called.
    """

    def __init__(self, what: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no {what} {name}")
        self.what = what
        self.name = name
        self.known = known


@value
class Wanted:
    """A report that somebody wants now.

    Attributes:
        connection: The connection's name.
        window: Whole; what of it has not come yet is left out. Its name is that of the shift.
        now: The present, by the site's clock.
        interval: 15, 30 or 60 minutes. None: as the site cuts its time; long times by days.
        queues, groups, agents: Only these, by id or by name; empty for all.
        unmasked: True to leave callers' numbers whole; whoever sets it has looked at the right
            and has written it down.
        queue_names, agent_names: As the source tells them, where somebody knows.
        watched: Stretches that are known although they may not be stored yet.
        board: If somebody looks at it: of a window that goes on, the calls that are not over are
            counted as the board counts them.
    """

    kind: ReportKind
    connection: str
    window: Window
    now: datetime
    interval: timedelta | None = None
    queues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    unmasked: bool = False
    queue_names: Mapping[QueueId, str] = field(default_factory=dict)
    agent_names: Mapping[AgentId, str] = field(default_factory=dict)
    watched: tuple[Stretch, ...] = ()
    board: Board | None = None


def wanted_by(board: Board, moment: Moment, kind: ReportKind, window: Window) -> Wanted:
    """Return a wish for a report of what a board shows: with its names, its calls, its present."""
    snapshot, now = board.snapshot, site_time(board, moment)
    watched = known_stretches(board)
    if snapshot is not None and fresh(board):
        # What has gone by since the picture was made is no gap, as the board says too.
        watched = (*watched, Stretch(begin=snapshot.as_of, end=max(snapshot.as_of, now)))
    return Wanted(
        kind=kind,
        connection=board.name,
        window=window,
        now=now,
        queue_names={} if snapshot is None else {k: q.name for k, q in snapshot.queues.items()},
        agent_names={} if snapshot is None else {k: a.name for k, a in snapshot.agents.items()},
        watched=watched,
        board=board,
    )


def may_unmask(settings: Settings) -> bool:
    """True if it was decided that callers' numbers may be seen whole."""
    return settings.caller_numbers is CallerNumbers.WHOLE


def made_report(
    history: History,
    wanted: Wanted,
    settings: Settings,
    places: Places,
    *,
    progress: Callable[[float], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Return a report. May take long; is called in whatever thread the history is of.

    Raises:
        HistoryUnavailable: The history cannot be read.
        OnlySums: It is narrowed to agents, and of the time only sums are kept.
        OSError: The journal of commands is there, and cannot be read.
        NobodyCalledThat: It is narrowed to somebody who is not known.
        ReportStopped: `stop` said so.
    """
    asked = _asked(wanted, settings, places)
    watched = wanted.watched
    reading = Reading(history, asked, watched=watched, stop=stop)
    asked = _narrowed(asked, wanted, reading)
    going_on = _going_on(wanted)
    reading = Reading(
        history,
        asked,
        watched=watched,
        going_on=going_on,
        still_open=_still_open(wanted) if asked.agents is None else {},
        stop=stop,
    )
    material = reading.material(progress)
    if asked.kind is ReportKind.SHIFT:
        told = commands_in(places, settings, asked.site, asked.window)
        commands = tuple(each for each in told if _about(asked, each))
        material = replace(material, commands=commands)
    material = _with_open(asked, wanted, material)
    hidden = tuple(("hidden", asked.queue(key)) for key in sorted(asked.hidden))
    if asked.queues is None and hidden:
        asked = replace(asked, chosen=(*asked.chosen, *hidden))
    report = report_of(asked, material)
    progress(1.0)
    return report


def _about(asked: ReportAsk, command: Command) -> bool:
    """True if a command is about what the report is narrowed to."""
    if asked.agents is not None and command.agent_id not in asked.agents:
        return False
    return asked.queues is None or command.queue_id in asked.queues


def _going_on(wanted: Wanted) -> tuple[AgentSpell, ...]:
    """Return the states that agents are in, up to when somebody saw them."""
    board = wanted.board
    if board is None or board.snapshot is None:
        return ()
    snapshot = board.snapshot
    seen_to = wanted.now if fresh(board) else min(wanted.now, snapshot.as_of)
    return running_spells(board.spells_begun, snapshot.agents.values(), seen_to)


def _still_open(wanted: Wanted) -> dict[tuple[CallId, QueueId], datetime]:
    """Return the calls that the board counts as not over, and of when its picture is."""
    board = wanted.board
    if board is None or board.snapshot is None:
        return {}
    calls, as_of = board.snapshot.calls.values(), board.snapshot.as_of
    return {(call.call_id, call.queue_id): as_of for call in calls}


def _with_open(asked: ReportAsk, wanted: Wanted, material: Material) -> Material:
    board = wanted.board
    if board is None or board.snapshot is None:
        return material
    if material.lost is not None:
        talks = with_talks(material.lost, board.snapshot.calls.values())
        material = replace(material, lost=talks)
    if asked.agents is not None:
        return material
    told = open_cells(board, asked.window, asked.intervals, running=asked.running)
    cells = {key: totals for key, totals in told.items() if asked.takes(key[1], None)}
    return replace(material, booked=with_open(material.booked, cells))


def _asked(wanted: Wanted, settings: Settings, places: Places) -> ReportAsk:
    profile = settings.profile(wanted.connection)
    name = settings.zone if profile is None else profile.zone or settings.zone
    board = wanted.board
    zone = zone_called(name) if board is None else board.zone
    measuring = settings.measuring_of(wanted.connection) if board is None else board.measuring
    arrangement = settings.arrangement_of(wanted.connection) if board is None else board.arrangement
    window = so_far(wanted.window, wanted.now)
    grain = _grain(wanted, window, measuring.plan.interval)
    return ReportAsk(
        kind=wanted.kind,
        window=window,
        intervals=cut(window, grain, measuring.plan, zone),
        length=LENGTHS[grain],
        daily=grain is Grain.DAY,
        running=wanted.now < wanted.window.end,
        until=wanted.now,
        zone=zone,
        zone_name=zone_name(name),
        site=wanted.connection,
        measuring=measuring,
        hidden=arrangement.hidden,
        queue_names={**wanted.queue_names, **arrangement.names},
        groups=arrangement.groups,
        agent_names=wanted.agent_names,
        numbers=str if wanted.unmasked else partial(_masked, _manner(settings)),
        masked=not wanted.unmasked,
        made_by=user_name(),
        journal_head=journal_head(places),
    )


def _grain(wanted: Wanted, window: Window, usual: timedelta) -> Grain:
    if wanted.interval is not None:
        return grain_for(_GRAINS[wanted.interval], window)
    by_intervals = window.length <= _BY_DAYS or wanted.kind is ReportKind.INTERVAL
    return grain_for(_GRAINS.get(usual, Grain.HALF) if by_intervals else Grain.DAY, window)


def _manner(settings: Settings) -> CallerNumbers:
    # A screen shows one caller to who sits before it; a file goes elsewhere with all of them.
    manner = settings.caller_numbers
    return CallerNumbers.MASKED if manner is CallerNumbers.WHOLE else manner


def _masked(manner: CallerNumbers, number: str) -> str:
    return caller_text(shown(number), manner)


def _narrowed(asked: ReportAsk, wanted: Wanted, reading: Reading) -> ReportAsk:
    """Return what is asked, narrowed to the queues and agents that were named.

    Raises:
        NobodyCalledThat: One is not known.
    """
    names = Arrangement(names=asked.queue_names, groups=asked.groups)
    queues: set[QueueId] = set()
    chosen: list[tuple[str, str]] = []
    for group in wanted.groups:
        members = {key for key, name in names.groups.items() if name == group}
        if not members:
            raise NobodyCalledThat("group", group, tuple(sorted(set(names.groups.values()))))
        queues |= members
        chosen.append(("group", group))
    known: frozenset[QueueId] | None = None
    for name in wanted.queues:
        found = _by_name(name, asked.queue_names, asked.measuring.by_queue)
        if not found:
            known = reading.known_queues() if known is None else known
            if name not in known:
                told = tuple(sorted({asked.queue(key) for key in known}))
                raise NobodyCalledThat("queue", name, told)
            found = {QueueId(name)}
        queues |= found
        chosen += [("queue", asked.queue(key)) for key in sorted(found)]
    agents = _agents(asked, wanted, reading)
    chosen += [("agent", asked.agent(key)) for key in sorted(agents)]
    return replace(
        asked,
        queues=frozenset(queues) if wanted.queues or wanted.groups else None,
        agents=frozenset(agents) if wanted.agents else None,
        chosen=tuple(chosen),
    )


def _by_name(
    name: str, names: Mapping[QueueId, str], others: Mapping[QueueId, object]
) -> set[QueueId]:
    """Return the queues of an id, or else of a name; none if nobody is called that here."""
    if QueueId(name) in names or QueueId(name) in others:
        return {QueueId(name)}
    return {key for key, told in names.items() if told == name}


def _agents(asked: ReportAsk, wanted: Wanted, reading: Reading) -> set[AgentId]:
    agents: set[AgentId] = set()
    known: frozenset[AgentId] | None = None
    for name in wanted.agents:
        found = {key for key, told in asked.agent_names.items() if name in (key, told)}
        if not found:
            known = reading.known_agents() if known is None else known
            if name not in known:
                told = tuple(sorted({asked.agent(key) for key in known}))
                raise NobodyCalledThat("agent", name, told)
            found = {AgentId(name)}
        agents |= found
    return agents


def wanted_of(definition: ReportDefinition, window: Window, now: datetime) -> Wanted:
    """Return the wish of a saved definition for a window."""
    return Wanted(
        kind=definition.kind,
        connection=definition.connection,
        window=window,
        now=now,
        interval=definition.interval,
        queues=definition.queues,
        groups=definition.groups,
        agents=definition.agents,
    )

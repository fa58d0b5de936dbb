"""What a report is made of: what was asked for, and all that was read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.alert import AlertEvent
from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall
from wallboard.domain.measuring import AS_USUAL, Measuring
from wallboard.domain.reporting import ReportKind
from wallboard.domain.snapshot import AgentId, AgentState, QueueId
from wallboard.domain.totals import NOTHING, Totals, added, totals_over
from wallboard.domain.value import value
from wallboard.engine.lost_calls import LostCalls
from wallboard.engine.windows import Window, place_in

_Key = TypeVar("_Key")

HIDDEN_NUMBER: Final = "•••"
_BATCH: Final = 5_000
_NO_TIME: Final = timedelta()
_GOES_ON: Final = frozenset(
    {
        AgentState.RINGING,
        AgentState.IN_CALL,
        AgentState.ON_HOLD,
        AgentState.WRAP_UP,
        AgentState.UNKNOWN,
    }
)
"""After these nobody can say of a ring that it was in vain."""


def hidden_number(number: str) -> str:
    """Return what stands for a caller's number that nobody may see."""
    return HIDDEN_NUMBER if number else ""


@value
class ReportAsk:
    """What a report is to be.

    Attributes:
        window: Of which time; not after `until`.
        intervals: Of it, in order, side by side.
        until: The present, by the site's clock.
        length: Of the intervals, but for those that are cut.
        running: True if the window was cut at the present.
        daily: True if the intervals are business days.
        zone, zone_name: The site's.
        site: The connection's name.
        queues, agents: Only these; None is all of them.
        hidden: Queues that do not count among all of them.
        queue_names, groups: What queues are called, and their groups. Others are called by their
            id.
        agent_names: What agents are called; others by their id.
        chosen: What it was narrowed to, as Grounds has it.
        numbers: Returns a caller's number as it may be seen.
        masked: False if `numbers` leaves them whole.
    """

    kind: ReportKind
    window: Window
    intervals: tuple[Window, ...]
    until: datetime
    zone: tzinfo
    zone_name: str
    site: str = ""
    length: timedelta = timedelta(minutes=30)
    running: bool = False
    daily: bool = False
    measuring: Measuring = AS_USUAL
    queues: frozenset[QueueId] | None = None
    agents: frozenset[AgentId] | None = None
    hidden: frozenset[QueueId] = frozenset()
    queue_names: Mapping[QueueId, str] = dataclass_field(default_factory=dict)
    groups: Mapping[QueueId, str] = dataclass_field(default_factory=dict)
    agent_names: Mapping[AgentId, str] = dataclass_field(default_factory=dict)
    chosen: tuple[tuple[str, str], ...] = ()
    numbers: Callable[[str], str] = hidden_number
    masked: bool = True
    made_by: str = ""
    journal_head: str = ""

    def takes(self, queue_id: QueueId, agent_id: AgentId | None) -> bool:
        """True if a call of that queue, taken by that agent, is in the report."""
        if self.queues is not None:
            in_queue = queue_id in self.queues
        else:
            in_queue = queue_id not in self.hidden
        return in_queue and (self.agents is None or agent_id in self.agents)

    def queue(self, queue_id: QueueId) -> str:
        """Return what a queue is called."""
        return self.queue_names.get(queue_id) or str(queue_id)

    def agent(self, agent_id: AgentId) -> str:
        """Return what an agent is called."""
        return self.agent_names.get(agent_id) or str(agent_id)


Cells: TypeAlias = Mapping[tuple[datetime, QueueId], Totals]
"""Totals by begin of the interval and queue."""


Thresholds: TypeAlias = Mapping[QueueId, frozenset[tuple[timedelta | None, timedelta | None]]]
"""Targets and short waits, by queue."""


def thresholds_of(calls: Iterable[CallRecord]) -> Thresholds:
    """Return by which targets and short waits calls are counted."""
    found: dict[QueueId, set[tuple[timedelta | None, timedelta | None]]] = {}
    for call in calls:
        found.setdefault(call.queue_id, set()).add((call.target, call.short))
    return {key: frozenset(told) for key, told in found.items()}


@value
class Booked:
    """The calls that arrived in a window, counted: each whole where it arrived.

    Attributes:
        cells: By begin of the interval and queue; only where something is booked.
        agents: By who took them; None for those that nobody took, or nobody knows who. None for
            all: of calls that are kept in sums nobody can say who took those of some queues.
        thresholds: By which targets and short waits each queue's calls were counted: those of
            their own time. None if nobody can say, of sums.
    """

    cells: Cells = dataclass_field(default_factory=dict)
    agents: Mapping[AgentId | None, Totals] | None = dataclass_field(default_factory=dict)
    thresholds: Thresholds | None = dataclass_field(default_factory=dict)

    @property
    def totals(self) -> Totals:
        """Of all of them."""
        return added(self.cells.values())

    def by_interval(self) -> Mapping[datetime, Totals]:
        """Return the totals by begin of the interval."""
        return _grouped((at, totals) for (at, _), totals in self.cells.items())

    def by_queue(self) -> Mapping[QueueId, Totals]:
        """Return the totals by queue."""
        return _grouped((queue_id, totals) for (_, queue_id), totals in self.cells.items())


def _grouped(rows: Iterable[tuple[_Key, Totals]]) -> Mapping[_Key, Totals]:
    many: dict[_Key, list[Totals]] = {}
    for key, totals in rows:
        many.setdefault(key, []).append(totals)
    return {key: added(each) for key, each in many.items()}


def booked(records: Iterable[CallRecord], intervals: tuple[Window, ...]) -> Booked:
    """Return calls counted; few of them are held at a time.

    Args:
        records: With the thresholds that hold for them; those outside the intervals do not count.
    """
    cells: dict[tuple[datetime, QueueId], Totals] = {}
    agents: dict[AgentId | None, Totals] = {}
    thresholds: dict[QueueId, frozenset[tuple[timedelta | None, timedelta | None]]] = {}
    told = iter(records)
    while batch := list(islice(told, _BATCH)):
        parts: dict[tuple[datetime, QueueId], list[CallRecord]] = {}
        people: dict[AgentId | None, list[CallRecord]] = {}
        for record in batch:
            place = place_in(intervals, record.entered_at)
            if place is not None:
                key = intervals[place].begin, record.queue_id
                parts.setdefault(key, []).append(record)
                people.setdefault(record.agent_id, []).append(record)
        for key, those in parts.items():
            cells[key] = cells.get(key, NOTHING) + totals_over(those)
            for queue_id, each in thresholds_of(those).items():
                thresholds[queue_id] = thresholds.get(queue_id, frozenset()) | each
        for agent_id, those in people.items():
            agents[agent_id] = agents.get(agent_id, NOTHING) + totals_over(those)
    return Booked(cells=cells, agents=agents, thresholds=thresholds)


def with_open(told: Booked, open_calls: Cells) -> Booked:
    """Return what was booked together with the calls that are not over."""
    cells = dict(told.cells)
    for key, totals in open_calls.items():
        cells[key] = cells.get(key, NOTHING) + totals
    return replace(told, cells=cells)


@value
class Worked:
    """What agents did in a window.

    Attributes:
        time: By agent, cut at the window's ends.
        breaks: How often each was on a break, by reason in the source's words.
        rings: How often each one's phone rang and no call came of it. Only agents of whom it is
            known what they did.
        sheet: When they did what, cut at the window's ends, by agent and time. Empty if it is not
            listed.
    """

    time: Mapping[AgentId, AgentTime] = dataclass_field(default_factory=dict)
    breaks: Mapping[AgentId, Mapping[str, int]] = dataclass_field(default_factory=dict)
    rings: Mapping[AgentId, int] = dataclass_field(default_factory=dict)
    sheet: tuple[AgentSpell, ...] = ()

    @property
    def all_time(self) -> AgentTime:
        """Of all of them, each once."""
        return sum_of_time(self.time.values())


def sum_of_time(times: Iterable[AgentTime]) -> AgentTime:
    """Return the time of all of them together."""
    return sum(times, NO_AGENT_TIME)


def worked(
    spells: Iterable[AgentSpell],
    begin: datetime,
    end: datetime,
    *,
    agents: frozenset[AgentId] | None = None,
    listed: bool = False,
) -> Worked:
    """Return what agents did from `begin` on and before `end`; spells are not held, but listed.

    Args:
        spells: In order of their begin.
        agents: Only of these; None is all.
        listed: True to keep the spells, too.
    """
    days: dict[AgentId, _Day] = {}
    sheet: list[AgentSpell] = []
    for spell in spells:
        if agents is not None and spell.agent_id not in agents:
            continue
        days.setdefault(spell.agent_id, _Day()).add(spell, begin, end)
        if listed and _within(spell, begin, end):
            sheet.append(spell)
    sheet.sort(key=lambda spell: (spell.agent_id, spell.began_at))
    return Worked(
        time={
            key: AgentTime(by_state=day.states, by_reason=day.reasons) for key, day in days.items()
        },
        breaks={key: day.breaks for key, day in days.items()},
        rings={key: day.rings for key, day in days.items()},
        sheet=tuple(sheet),
    )


@dataclass(slots=True)
class _Day:
    """What one agent did, while it is added up."""

    states: dict[AgentState, timedelta] = dataclass_field(default_factory=dict)
    reasons: dict[str, timedelta] = dataclass_field(default_factory=dict)
    breaks: dict[str, int] = dataclass_field(default_factory=dict)
    rings: int = 0
    last: AgentSpell | None = None

    def add(self, spell: AgentSpell, begin: datetime, end: datetime) -> None:
        """Count a spell; those of one agent come in order."""
        self.rings += self._in_vain(spell, begin, end)
        self.last = spell
        part = min(end, spell.ended_at) - max(begin, spell.began_at)
        if part <= _NO_TIME:
            return
        self.states[spell.state] = self.states.get(spell.state, _NO_TIME) + part
        if spell.state is AgentState.ON_BREAK:
            reason = spell.reason or ""
            self.reasons[reason] = self.reasons.get(reason, _NO_TIME) + part
            self.breaks[reason] = self.breaks.get(reason, 0) + 1

    def _in_vain(self, spell: AgentSpell, begin: datetime, end: datetime) -> bool:
        """True if the phone rang before this spell, and the agent went on without a call.

        Of a ring after which we could not see how it went on, nobody can say.
        """
        rang = self.last
        return (
            rang is not None
            and rang.state is AgentState.RINGING
            and begin <= rang.ended_at < end
            and spell.began_at == rang.ended_at
            and spell.state not in _GOES_ON
        )


def _within(spell: AgentSpell, begin: datetime, end: datetime) -> bool:
    return max(begin, spell.began_at) < min(end, spell.ended_at)


@value
class Command:
    """What a supervisor did, as the journal of commands has it.

    Attributes:
        who: As he is signed in to the computer, or the name of his token.
        command: Its key.
        outcome: What came of it: a word of `reporting_keys.WORDS`.
        lasted: Of listening and the like. None if it did not begin, or its end is not written.
    """

    at: datetime
    who: str
    command: str
    agent_id: str = ""
    queue_id: str = ""
    outcome: str = ""
    lasted: timedelta | None = None
    reason: str = ""


@value
class Before:
    """The same hours of the same weekdays some weeks earlier.

    Attributes:
        intervals: Each is that of the same place of the report's own.
    """

    window: Window
    intervals: tuple[Window, ...]
    booked: Booked
    stretches: tuple[Stretch, ...]


@value
class Material:
    """All that was read for a report. What its kind has no need of is empty.

    Attributes:
        booked: The calls of the window that are in the report.
        stretches: That are known, not cut at the window.
        worked: None if nothing can be said: it is narrowed to queues, and time is of no queue.
        unwatched: How many of the calls were taken at times of which hours are not known, by who
            took them.
        calls: In order of arrival, as far as they are listed.
        directs: Calls without a queue. None if they are not kept of all of the time.
        lost: None if nobody asked, or the calls of the time are not kept.
        notes: On callers who are to be called back, by number.
        events: What was told of alerts in the window and up to the present, in order.
        commands: In order.
        before: The nearest week first.
        sums_before, damaged: As Grounds has them.
    """

    booked: Booked = Booked()
    stretches: tuple[Stretch, ...] = ()
    worked: Worked | None = None
    unwatched: Mapping[AgentId | None, int] = dataclass_field(default_factory=dict)
    calls: tuple[CallRecord, ...] = ()
    directs: tuple[DirectCall, ...] | None = None
    lost: LostCalls | None = None
    notes: Mapping[str, CallBackNote] = dataclass_field(default_factory=dict)
    events: tuple[AlertEvent, ...] = ()
    commands: tuple[Command, ...] = ()
    before: tuple[Before, ...] = ()
    sums_before: datetime | None = None
    damaged: int = 0

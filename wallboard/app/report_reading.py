"""Reads out of a history what a report is made of, piece by piece, with an eye on who waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeVar

from wallboard.app.agent_hours import without_hours
from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.alert import AlertEvent, SubjectKind
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import WallboardError
from wallboard.domain.facts import AgentSpell, CallRecord
from wallboard.domain.measuring import stamped
from wallboard.domain.reporting import ReportKind
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.totals import NOTHING, Totals
from wallboard.engine.lost_calls import LostCalls, lost_calls
from wallboard.engine.past import earlier, runs, weeks_back
from wallboard.engine.reporting_lists import only_wanted
from wallboard.engine.reporting_material import (
    Before,
    Booked,
    Material,
    ReportAsk,
    Worked,
    booked,
    thresholds_of,
    worked,
)
from wallboard.engine.windows import Window, range_window
from wallboard.storage import ranges
from wallboard.storage.alert_journal import alert_events
from wallboard.storage.call_back_notes import kept_notes
from wallboard.storage.history import History

_Row = TypeVar("_Row")

_LONG: Final = timedelta(days=3)
"""Of longer times calls are counted by the database, where that gives the same."""
_LISTED: Final = timedelta(days=2)
"""Of longer times only a few agents' days are listed state by state."""
_FEW_AGENTS: Final = 3
_LONGEST_CALL: Final = timedelta(hours=4)
"""What was lost in a window arrived at most so much earlier."""
_GOT_THROUGH: Final = timedelta(days=7)
"""So long after the window a caller may get through, and is not open any more."""
_WEEKS: Final = 4
_LASTING_ALERT: Final = timedelta(days=1)
"""So long after the window it is looked whether an alert is over and who took it."""
_OLDEST: Final = timedelta(days=3_660)
_NO_TIME: Final = timedelta()
_MICROSECOND: Final = timedelta(microseconds=1)

_WITH_TIME: Final = frozenset({ReportKind.SHIFT, ReportKind.AGENT, ReportKind.CALLS})
_WITH_LOST: Final = frozenset({ReportKind.SHIFT, ReportKind.LOST})


class ReportStopped(Exception):
    """Nobody wants the report any more."""


class OnlySums(WallboardError):
    """Of a part of the time only sums by queue are kept: nobody can say which calls were whose.

    Attributes:
        until: Up to then.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(f"only sums before {until.isoformat()}")
        self.until = until


class Reading:
    """One reading of a history for one report.

    Args:
        watched: Stretches that are known although they may not be stored yet.
        going_on: The states that agents are in, as if they ended now: no facts yet.
        still_open: Calls, with their queues, that a board counts as not over: what is kept of them
            since it was made would count them twice.
        stop: Answers whether nobody wants it any more.
    """

    def __init__(
        self,
        history: History,
        asked: ReportAsk,
        *,
        watched: tuple[Stretch, ...] = (),
        going_on: tuple[AgentSpell, ...] = (),
        still_open: Mapping[tuple[CallId, QueueId], datetime] = MappingProxyType({}),
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._history = history
        self._asked = asked
        self._watched = watched
        self._going_on = going_on
        self._still_open = still_open
        self._stop = stop

    def material(self, progress: Callable[[float], None] = lambda _: None) -> Material:
        """Return all that the kind of report wants, but what is not in a history.

        Raises:
            HistoryUnavailable: And why.
            OnlySums: It is narrowed to agents, and of the time only sums are kept.
            ReportStopped: Nobody wants it any more.
        """
        asked, kind = self._asked, self._asked.kind
        window = asked.window
        counted = self.booked(window, asked.intervals)
        progress(0.4)
        people = self._worked() if kind in _WITH_TIME else None
        progress(0.6)
        lost = self._lost() if kind in _WITH_LOST else None
        progress(0.8)
        calls = tuple(self._wanted(window)) if kind is ReportKind.CALLS else ()
        directs = None
        if kind is ReportKind.DIRECTIONS and not self._rolled(window) and asked.queues is None:
            told = self._watching(self._history.directs(window.begin, window.end))
            directs = tuple(
                call for call in told if asked.agents is None or call.agent_id in asked.agents
            )
        progress(0.9)
        shift = kind is ReportKind.SHIFT
        rolled = self._history.rolled_until
        stretches = self._stretches(window)
        return Material(
            booked=counted,
            stretches=stretches,
            worked=people,
            unwatched={} if people is None else self._unwatched(stretches),
            calls=calls,
            directs=directs,
            lost=lost,
            notes=kept_notes(self._history) if lost is not None else {},
            events=self._events() if shift else (),
            before=self._before() if kind is ReportKind.WEEKDAY else (),
            sums_before=rolled if self._rolled(window) else None,
            damaged=self._history.damaged,
        )

    def known_queues(self) -> frozenset[QueueId]:
        """Return every queue of which a call was ever kept."""
        span = self._kept_span()
        return frozenset(() if span is None else ranges.queue_totals(self._history, *span))

    def known_agents(self) -> frozenset[AgentId]:
        """Return every agent who ever took a call that was kept, or was there in the window."""
        span, window = self._kept_span(), self._asked.window
        found = () if span is None else ranges.agent_totals(self._history, *span)
        there = {spell.agent_id for spell in self._history.spells(window.begin, window.end)}
        return frozenset(agent_id for agent_id in (*found, *there) if agent_id is not None)

    def _kept_span(self) -> tuple[datetime, datetime] | None:
        info = self._history.info()
        last = info.last or info.rolled_until
        if last is None:
            return None
        begin = info.first if info.rolled_until is None else None
        return begin or last - _OLDEST, last + timedelta(seconds=1)

    # --- calls ------------------------------------------------------------------------------

    def booked(self, window: Window, intervals: tuple[Window, ...]) -> Booked:
        """Return the calls of a window counted, those of the report only."""
        if window.length <= _NO_TIME:
            return Booked()
        rolled = self._history.rolled_until
        if self._asked.agents is not None and rolled is not None and window.begin < rolled:
            if self._asked.kind is not ReportKind.AGENT:
                raise OnlySums(rolled)
            return Booked(agents=self._agents_by_sums(window), thresholds=None)
        if self._rolled(window) or self._summed(window):
            return self._booked_by_sums(window, intervals)
        return booked(self._wanted(window), intervals)

    def _summed(self, window: Window) -> bool:
        """True if the database's sums are those of the calls one by one: each has its thresholds.

        Nor does it tell those of one agent at one queue.
        """
        if window.length <= _LONG or self._asked.agents is not None:
            return False
        kinds = ranges.kinds(self._history, window.begin, window.end)
        return kinds is not None and all(call.short is not None for call in kinds)

    def _booked_by_sums(self, window: Window, intervals: tuple[Window, ...]) -> Booked:
        asked = self._asked
        cells: dict[tuple[datetime, QueueId], Totals] = {}
        for begin, end, step in runs(intervals, asked.length):
            self._look()
            told = ranges.interval_totals(
                self._history,
                begin,
                end,
                interval=step,
                queues=asked.queues,
                booking=ranges.Booking.ARRIVED,
            )
            for (at, queue_id), totals in told.items():
                if asked.queues is not None or queue_id not in asked.hidden:
                    cells[at, queue_id] = cells.get((at, queue_id), NOTHING) + totals
        kinds = ranges.kinds(self._history, window.begin, window.end)
        told_by = None if kinds is None else thresholds_of(kinds)
        return Booked(cells=cells, agents=self._agents_by_sums(window), thresholds=told_by)

    def _agents_by_sums(self, window: Window) -> dict[AgentId | None, Totals] | None:
        """Return the calls by agent. None if they are of some queues: sums do not tell these."""
        asked = self._asked
        if asked.queues is not None or asked.hidden:
            if self._rolled(window):
                return None
            told = booked(self._wanted(window), (window,)).agents
            return None if told is None else dict(told)
        self._look()
        found = ranges.agent_totals(self._history, window.begin, window.end)
        if asked.agents is None:
            return found
        return {key: totals for key, totals in found.items() if key in asked.agents}

    def _wanted(self, window: Window) -> Iterator[CallRecord]:
        """Yield the calls of the report, each with the thresholds that hold for it."""
        asked = self._asked
        told = self._history.calls(window.begin, window.end, queues=asked.queues)
        for record in self._watching(told):
            seen = self._still_open.get((record.call_id, record.queue_id))
            if seen is not None and record.ended_at >= seen:
                continue
            if asked.takes(record.queue_id, record.agent_id):
                yield stamped(record, asked.measuring.rule(record.queue_id))

    def _lost(self) -> LostCalls | None:
        window, asked = self._asked.window, self._asked
        begin = window.begin - _LONGEST_CALL
        end = max(window.end, min(asked.until, window.end + _GOT_THROUGH)) + _LONGEST_CALL
        rolled = self._history.rolled_until
        if rolled is not None and window.begin < rolled:
            return None
        calls = self._watching(self._history.calls(begin, end))
        found = lost_calls(
            (
                stamped(call, asked.measuring.rule(call.queue_id))
                for call in calls
                if asked.queues is not None or call.queue_id not in asked.hidden
            ),
            directs=self._watching(self._history.directs(begin, end)),
            begin=window.begin,
            end=window.end,
        )
        return only_wanted(found, asked)

    # --- people -----------------------------------------------------------------------------

    def _worked(self) -> Worked:
        asked, window = self._asked, self._asked.window
        rolled = self._history.rolled_until
        begin = window.begin if rolled is None else min(window.end, max(window.begin, rolled))
        few = asked.agents is not None and len(asked.agents) <= _FEW_AGENTS
        listed = asked.kind is ReportKind.AGENT and (few or window.length <= _LISTED)
        spells = self._and_going_on(self._watching(self._history.spells(begin, window.end)))
        found = worked(spells, begin, window.end, agents=asked.agents, listed=listed)
        return found if begin == window.begin else self._with_sums(found, window.begin, begin)

    def _unwatched(self, stretches: tuple[Stretch, ...]) -> Mapping[AgentId | None, int]:
        """Return how many calls of the report were taken while hours are not known."""
        if self._asked.queues is not None:
            return {}  # no hours are told of queues
        return without_hours(
            self._history,
            self._asked.window,
            stretches,
            lambda begin, end: self._wanted(range_window(begin, end)),
        )

    def _and_going_on(self, told: Iterable[AgentSpell]) -> Iterator[AgentSpell]:
        """Yield spells, and behind them what goes on; of that, nothing that is kept by now."""
        ended: dict[AgentId, datetime] = {}
        for spell in told:
            ended[spell.agent_id] = max(spell.ended_at, ended.get(spell.agent_id, spell.ended_at))
            yield spell
        for spell in self._going_on:
            since = max(spell.began_at, ended.get(spell.agent_id, spell.began_at))
            if since < spell.ended_at:
                yield replace(spell, began_at=since)

    def _with_sums(self, told: Worked, begin: datetime, end: datetime) -> Worked:
        """Return the same with the time of which only sums are kept."""
        time: dict[AgentId, AgentTime] = dict(told.time)
        wanted = self._asked.agents
        for row in self._watching(self._history.agent_rollups(begin, end)):
            if wanted is None or row.agent_id in wanted:
                time[row.agent_id] = time.get(row.agent_id, NO_AGENT_TIME) + row.time
        # How often something happened, sums do not tell.
        return Worked(time=time, breaks={}, rings={}, sheet=told.sheet)

    # --- the rest ---------------------------------------------------------------------------

    def _stretches(self, window: Window) -> tuple[Stretch, ...]:
        kept = self._history.stretches(window.begin, window.end)
        return (*kept, *self._watched)

    def _before(self) -> tuple[Before, ...]:
        asked = self._asked
        step = weeks_back(asked.window)
        found = []
        for number in range(1, _WEEKS + 1):
            windows = earlier((asked.window,), number * step, asked.zone)
            intervals = earlier(asked.intervals, number * step, asked.zone)
            found.append(
                Before(
                    window=windows[0],
                    intervals=intervals,
                    booked=self.booked(windows[0], intervals),
                    stretches=self._history.stretches(windows[0].begin, windows[0].end),
                )
            )
        return tuple(found)

    def _events(self) -> tuple[AlertEvent, ...]:
        """Return what was told of alerts, in order; also after the window: of how they ended."""
        window, found = self._asked.window, {}
        end = min(self._asked.until, window.end + _LASTING_ALERT) + _MICROSECOND
        while True:
            self._look()
            told = list(alert_events(self._history, window.begin, end))
            new = {each.event_id: each for each in told if each.event_id not in found}
            found.update(new)
            if not new:
                break
            end = told[-1].at + _MICROSECOND
        events = (each for each in found.values() if self._about(each))
        return tuple(sorted(events, key=lambda each: (each.at, each.event_id)))

    def _about(self, event: AlertEvent) -> bool:
        """True if an alert is of what the report is narrowed to."""
        asked = self._asked
        if asked.agents is not None:
            return event.kind is SubjectKind.AGENT and AgentId(str(event.subject)) in asked.agents
        if asked.queues is not None:
            return event.kind is SubjectKind.QUEUE and QueueId(str(event.subject)) in asked.queues
        return True

    def _rolled(self, window: Window) -> bool:
        rolled = self._history.rolled_until
        return rolled is not None and window.begin < rolled

    def _watching(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        for number, row in enumerate(rows):
            if not number % 256:
                self._look()
            yield row

    def _look(self) -> None:
        if self._stop():
            raise ReportStopped

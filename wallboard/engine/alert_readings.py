"""What rules look at: readings of queues, groups, agents, the site and the source at one moment.

A reading that is not known is None, as is what the account at the source does not see. While
nobody waits, the longest wait is no time at all, which is known. An agent who is in another state
has been in this one for no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from wallboard.domain.alert import Condition, Subject, SubjectKind
from wallboard.domain.arranging import Arrangement
from wallboard.domain.measuring import LevelProfile
from wallboard.domain.snapshot import AWAY, AgentState, QueueId
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.domain.value import value
from wallboard.engine.board import (
    AGENTS,
    CALLS,
    Board,
    QueueStanding,
    closed,
    fresh,
    one_profile,
    untold,
)
from wallboard.engine.counted import known_of, known_to_all, totals_of_counted
from wallboard.engine.crew import BUSY, logged_in
from wallboard.engine.freshness import Freshness
from wallboard.engine.kpi import (
    KPI_BY_KEY,
    Better,
    Booking,
    Kpi,
    RollUp,
    Sums,
    Unit,
    enough,
    measure,
    sample_of,
)
from wallboard.engine.ledger import Ledger, last_minutes, minute_of
from wallboard.engine.marks import translate
from wallboard.engine.open_calls import OpenCalls, and_waiting, open_calls_of, undecided_of
from wallboard.engine.rule_book import RuleBook
from wallboard.engine.standings import counted_now, is_of_day
from wallboard.engine.windows import ROLLING, WindowKind

READING_CONTEXT: Final = "Reading"
"""Where the translations of what live readings are called are kept."""

Told: TypeAlias = Mapping[Subject, Mapping[str, float | None]]

SITE: Final = Subject("")
"""The only subject of its kind: the site, and the source."""

FOR_LONG: Final[Mapping[str, AgentState]] = {
    "ringing_for": AgentState.RINGING,
    "in_call_for": AgentState.IN_CALL,
    "on_hold_for": AgentState.ON_HOLD,
    "wrap_up_for": AgentState.WRAP_UP,
    "on_break_for": AgentState.ON_BREAK,
}
"""By its key, the state whose length a reading of an agent is."""

UNUSUAL: Final = "calls_unusual"
"""How far the calls of the last half hour are from what is usual at that time of the week."""

_OF_AGENTS: Final = frozenset({"free", "busy", "logged_in"})
_OF_CALLERS: Final = frozenset({"waiting", "longest_wait"})
_WINDOWS: Final = frozenset(WindowKind) - {WindowKind.RANGE}
_OF_CALLS: Final = frozenset({Booking.ARRIVAL, Booking.COMPLETION})


@value
class LiveReading:
    """What a reading that is no KPI is called, and in what it is told."""

    name: str
    unit: Unit
    better: Better


def _live(name: str, unit: Unit, better: Better = Better.LOWER) -> LiveReading:
    return LiveReading(name=name, unit=unit, better=better)


_OF_QUEUES: Final[Mapping[str, LiveReading]] = {
    "waiting": _live(translate("Reading", "Callers waiting"), Unit.COUNT),
    "longest_wait": _live(translate("Reading", "Longest wait now"), Unit.SECONDS),
    "free": _live(translate("Reading", "Free agents"), Unit.COUNT, Better.HIGHER),
    "busy": _live(translate("Reading", "Busy agents"), Unit.COUNT, Better.NEITHER),
    "logged_in": _live(translate("Reading", "Agents logged in"), Unit.COUNT, Better.HIGHER),
}
LIVE: Final[Mapping[SubjectKind, Mapping[str, LiveReading]]] = {
    SubjectKind.SITE: _OF_QUEUES,
    SubjectKind.QUEUE: {
        **_OF_QUEUES,
        UNUSUAL: _live(
            translate("Reading", "Calls, deviations from what is usual then"),
            Unit.COUNT,
            Better.NEITHER,
        ),
    },
    SubjectKind.GROUP: _OF_QUEUES,
    SubjectKind.AGENT: {
        "ringing_for": _live(translate("Reading", "Time ringing"), Unit.SECONDS),
        "in_call_for": _live(translate("Reading", "Time in one call"), Unit.SECONDS),
        "on_hold_for": _live(translate("Reading", "Time with a caller on hold"), Unit.SECONDS),
        "wrap_up_for": _live(translate("Reading", "Time in wrap-up"), Unit.SECONDS),
        "on_break_for": _live(translate("Reading", "Time on break"), Unit.SECONDS),
    },
    SubjectKind.SOURCE: {
        "lost": _live(translate("Reading", "Source lost"), Unit.COUNT),
        "silent_for": _live(translate("Reading", "Time without data"), Unit.SECONDS),
    },
}
"""The readings that are no KPIs, by what they are of."""


def keys_of(kind: SubjectKind) -> tuple[str, ...]:
    """Return what a rule may look at of such a subject: what is live first, then KPIs."""
    live = tuple(LIVE[kind])
    if kind in (SubjectKind.AGENT, SubjectKind.SOURCE):
        return live
    return live + tuple(key for key, kpi in KPI_BY_KEY.items() if _of_finished_calls(kpi))


def _of_finished_calls(kpi: Kpi) -> bool:
    """True if it follows from the totals of calls alone."""
    told_elsewhere = kpi.roll_up is RollUp.NONE or kpi.unit is Unit.PER_HOUR
    return kpi.booking in _OF_CALLS and not told_elsewhere


def unit_of(kind: SubjectKind, key: str) -> Unit | None:
    """Return in what a reading is told. None if there is no such reading."""
    live, kpi = LIVE[kind].get(key), KPI_BY_KEY.get(key)
    if live is not None:
        return live.unit
    return None if kpi is None else kpi.unit


def better_of(kind: SubjectKind, key: str) -> Better:
    """Return which way a reading is good."""
    live, kpi = LIVE[kind].get(key), KPI_BY_KEY.get(key)
    if live is not None:
        return live.better
    return Better.NEITHER if kpi is None else kpi.better


def can_be_read(kind: SubjectKind, condition: Condition) -> bool:
    """True if there is such a reading of such a subject, of such a window."""
    window = condition.window
    live = condition.reading in LIVE[kind]
    if window is not None and (live or window not in _WINDOWS):
        return False
    return live or condition.reading in keys_of(kind)


_FROM_QUEUES: Final[Mapping[str, Callable[[QueueStanding, datetime], float | None]]] = {
    "waiting": lambda standing, _: standing.waiting,
    "longest_wait": lambda standing, then: _waited(standing.waiting_since, then),
    "free": lambda standing, _: standing.free,
    "busy": lambda standing, _: standing.busy,
}


def _waited(since: datetime | None, then: datetime) -> float:
    return 0.0 if since is None else max(0.0, (then - since).total_seconds())


class _Remembered:
    """What was worked out of one queue's calls in one window, and from what."""

    __slots__ = ("begins", "calls", "closed", "known", "level", "readings", "totals", "undecided")

    def __init__(self) -> None:
        self.closed: Totals | None = None
        self.calls: OpenCalls | None = None
        self.begins: datetime | None = None
        self.undecided = 0
        self.known: frozenset[str] | None = None
        self.level: LevelProfile | None = None
        self.totals: Totals = NOTHING
        self.readings: Mapping[str, float | None] = {}


class AlertReader:
    """Reads off a board what the rules of a book look at. Remembers what did not change.

    Attributes:
        unusual: How far the calls of queues are from what is usual; of others nobody knows.
    """

    def __init__(self, book: RuleBook) -> None:
        self.unusual: Mapping[str, float] = {}
        self._arrangement: Arrangement | None = None
        self._groups: Mapping[str, list[str]] = {}
        self._wanted = {kind: _Wanted(kind, book) for kind in SubjectKind}
        self._known: dict[tuple[WindowKind, QueueId], _Remembered] = {}
        self._ledger: Ledger | None = None
        self._at: tuple[int, WindowKind] | None = None
        self._closed: Mapping[WindowKind, Mapping[QueueId, Totals]] = {}
        self._begins: Mapping[WindowKind, datetime | None] = {}

    @property
    def wants_usual(self) -> bool:
        """True if some rule looks at what is unusual."""
        return bool(self._wanted[SubjectKind.QUEUE].unusual)

    def read(
        self, board: Board, then: datetime, age: timedelta | None, alive: Iterable[Subject] = ()
    ) -> Mapping[SubjectKind, Told]:
        """Return the readings of all subjects, by kind; nothing but the source's if it is lost.

        Args:
            then: The source's time.
            age: Of the last picture. None if there was none.
            alive: Agents of whom something is to be told although they are not over any limit.
        """
        source = _source(board, age)
        names = self._wanted[SubjectKind.SOURCE].names
        told: dict[SubjectKind, Told] = {
            SubjectKind.SOURCE: {SITE: {**source, **{key: source.get(name) for key, name in names}}}
        }
        if board.snapshot is None or not fresh(board):
            return told
        self._open_windows(board, then)
        if self._wanted[SubjectKind.QUEUE].keys:
            told[SubjectKind.QUEUE] = self._queues(board, then)
        if self._wanted[SubjectKind.GROUP].keys:
            told[SubjectKind.GROUP] = {
                Subject(name): self._of_several(board, then, queues, SubjectKind.GROUP)
                for name, queues in self._groups_of(board).items()
            }
        if self._wanted[SubjectKind.SITE].keys:
            told[SubjectKind.SITE] = {
                SITE: self._of_several(board, then, board.queues, SubjectKind.SITE)
            }
        told[SubjectKind.AGENT] = self._agents(board, then, alive)
        return told

    def _groups_of(self, board: Board) -> Mapping[str, list[str]]:
        if board.arrangement is not self._arrangement:
            self._arrangement = board.arrangement
            groups: dict[str, list[str]] = {}
            for queue_id, name in board.arrangement.groups.items():
                groups.setdefault(name, []).append(queue_id)
            self._groups = groups
        return self._groups

    def _open_windows(self, board: Board, then: datetime) -> None:
        """Know what is closed of each window that is looked at; anew when the book was written."""
        at = (minute_of(then), board.window)
        if board.ledger is self._ledger and at == self._at:
            return
        self._ledger, self._at = board.ledger, at
        windows = {window for wanted in self._wanted.values() for window in wanted.windows}
        self._closed = {window: _closed_of(board, window, then) for window in windows}
        self._begins = {window: _begin_of(board, window, then) for window in windows}

    def _queues(self, board: Board, then: datetime) -> Told:
        wanted = self._wanted[SubjectKind.QUEUE]
        crew, unseen = board.crew.queues, _unseen(board)
        told: dict[Subject, Mapping[str, float | None]] = {}
        for queue_id, standing in board.queues.items():
            readings: dict[str, float | None] = {}
            for window in wanted.windows:
                readings.update(self._calls(board, window, standing, then).readings)
            known = standing.known
            for key, name, reading in wanted.live:
                seen = name not in unseen if known is None else name in known
                readings[key] = reading(standing, then) if seen else None
            for key in wanted.unusual:
                readings[key] = self.unusual.get(queue_id)
            for key in wanted.staffed:
                readings[key] = None if "logged_in" in unseen else logged_in(crew.get(queue_id, {}))
            told[Subject(queue_id)] = readings
        return told

    def _of_several(
        self, board: Board, then: datetime, queues: Iterable[str], kind: SubjectKind
    ) -> Mapping[str, float | None]:
        wanted = self._wanted[kind]
        standings = [
            standing for each in queues if (standing := board.queues.get(QueueId(each))) is not None
        ]
        if not standings:
            return {}
        level = one_profile(standing.level for standing in standings)
        readings: dict[str, float | None] = {}
        for window in wanted.windows:
            rows = [self._calls(board, window, each, then) for each in standings]
            known = known_to_all(each.known for each in rows)
            totals = added(each.totals for each in rows)
            readings.update(wanted.measured(window, totals, level, known))
        since = min((each.waiting_since for each in standings if each.waiting_since), default=None)
        free, busy, staffed = _people(board, standings, whole=kind is SubjectKind.SITE)
        callers = {
            "waiting": sum(each.waiting for each in standings),
            "longest_wait": _waited(since, then),
        }
        live: dict[str, float | None] = {
            **callers,
            "free": free,
            "busy": busy,
            "logged_in": staffed,
            **dict.fromkeys(_unseen(board)),
        }
        counted = known_to_all(each.known for each in standings)
        if counted is not None and all(each.known is not None for each in standings):
            told = {name: number for name, number in callers.items() if name in counted}
            live |= {**dict.fromkeys(callers), **told}
        readings.update({key: live[name] for key, name in wanted.names if name in live})
        return readings

    def _calls(
        self, board: Board, window: WindowKind, standing: QueueStanding, then: datetime
    ) -> _Remembered:
        """Return the totals of a queue in a window and the readings that rest on them."""
        queue_id = standing.queue.queue_id
        known = self._known.get((window, queue_id))
        if known is None:
            known = self._known[window, queue_id] = _Remembered()
        wanted = self._wanted[SubjectKind.QUEUE]
        begins, counted = self._begins[window], standing.queue.counted
        if counted is not None:
            counted = counted_now(board, queue_id, counted)
            today = window is WindowKind.TODAY and is_of_day(board, counted, begins)
            known.totals = totals_of_counted(counted) if today else NOTHING
            known.known = known_of(counted, standing.level, today=today)
            known.readings = wanted.measured(window, known.totals, standing.level, known.known)
            return known
        known.known = None
        if window is board.window:
            # As the board shows it: the same figure, not one of our own.
            if known.totals is not standing.totals or known.level is not standing.level:
                known.totals, known.level = standing.totals, standing.level
                known.closed = None
                known.readings = wanted.measured(window, known.totals, known.level)
            return known
        over = self._closed[window].get(queue_id, NOTHING)
        opened = board.calls.get(queue_id)
        target = standing.queue.target
        undecided = 0
        if standing.waiting and opened is not None:
            undecided = undecided_of(opened.waiting, then, target, begins)
        same = known.calls is opened and known.undecided == undecided and known.begins == begins
        if same and known.level is standing.level and _same(known.closed, over):
            return known
        totals = over
        if opened is not None and opened.calls:
            talking = open_calls_of(opened.calls, target, begins).talking
            totals = and_waiting(totals + talking, opened.waiting, then, target, begins)
        known.closed, known.calls, known.undecided = over, opened, undecided
        known.begins = begins
        known.totals, known.level = totals, standing.level
        known.readings = wanted.measured(window, totals, known.level)
        return known

    def _agents(self, board: Board, then: datetime, alive: Iterable[Subject]) -> Told:
        """Return the readings of the agents who are over some limit, and of those asked for."""
        wanted = self._wanted[SubjectKind.AGENT]
        if not wanted.keys or board.snapshot is None:
            return {}
        if AGENTS in untold(board):
            return {subject: dict.fromkeys(wanted.keys) for subject in alive}
        agents = board.snapshot.agents
        latest = {state: then - least for state, least in wanted.least.items()}
        told: dict[Subject, Mapping[str, float | None]] = {
            subject: dict.fromkeys(wanted.keys, 0.0) for subject in alive
        }
        keys, nothing = wanted.key_of, dict.fromkeys(wanted.keys, 0.0)
        for agent_id, agent in agents.items():
            state = agent.state
            late = latest.get(state)
            subject = Subject(agent_id)
            if subject in told:
                told[subject] = _of_agent(state, agent.state_since, then, wanted)
            elif late is not None and agent.state_since is not None and agent.state_since < late:
                long = (then - agent.state_since).total_seconds()
                told[subject] = {**nothing, **dict.fromkeys(keys[state], long)}
        return told


def _of_agent(
    state: AgentState, since: datetime | None, then: datetime, wanted: _Wanted
) -> Mapping[str, float | None]:
    """Return the readings of somebody; in a state that is not known, or since when, none are."""
    if state is AgentState.UNKNOWN:
        return dict.fromkeys(wanted.keys)
    long = None if since is None else (then - since).total_seconds()
    keys = wanted.key_of.get(state, ())
    return {**dict.fromkeys(wanted.keys, 0.0), **dict.fromkeys(keys, long)}


class _Wanted:
    """What some rule looks at of one kind of subject.

    Attributes:
        keys: All of it.
        windows: Of which KPIs are wanted.
        names: The same with the readings that they stand for.
        live: Of the live readings those that one queue's standing tells, and how.
        staffed: Those that tell how many are logged in.
        unusual: Those that tell how far calls are from what is usual.
        key_of: By an agent's state the readings that tell its length.
        least: By an agent's state for how long he must be in it to be over some limit.
    """

    def __init__(self, kind: SubjectKind, book: RuleBook) -> None:
        conditions = book.conditions_of(kind)
        self.keys = tuple(conditions)
        self.names = tuple((key, each.reading) for key, each in conditions.items())
        self.staffed = tuple(key for key, name in self.names if name == "logged_in")
        self.unusual = tuple(key for key, name in self.names if name == UNUSUAL)
        self.live = tuple(
            (key, name, _FROM_QUEUES[name]) for key, name in self.names if name in _FROM_QUEUES
        )
        self._kpis: dict[WindowKind, list[tuple[str, Condition]]] = {}
        for key, condition in conditions.items():
            if condition.reading in LIVE[kind] or not can_be_read(kind, condition):
                continue
            window = WindowKind(condition.window or WindowKind.TODAY)
            self._kpis.setdefault(window, []).append((key, condition))
        self.windows = tuple(self._kpis)
        self.key_of: dict[AgentState, list[str]] = {}
        self.least: dict[AgentState, timedelta] = {}
        for key, condition in conditions.items():
            state = FOR_LONG.get(condition.reading)
            if kind is SubjectKind.AGENT and state is not None:
                self.key_of.setdefault(state, []).append(key)
        for state, keys in self.key_of.items():
            low = min(book.high_of(kind, key) for key in keys)
            self.least[state] = timedelta(seconds=max(0.0, min(low, 864_000.0)))

    def measured(
        self,
        window: WindowKind,
        totals: Totals,
        level: LevelProfile | None,
        known: frozenset[str] | None = None,
    ) -> Mapping[str, float | None]:
        """Return the KPIs that are wanted of a window; None for those that rest on too little.

        Args:
            known: The keys of those that are known at all. None for all.
        """
        kpis = self._kpis.get(window)
        if not kpis:
            return {}
        usual = Sums(calls=totals, level=level or LevelProfile(), known=known)
        return {key: _measured(condition, usual, level) for key, condition in kpis}


def _measured(condition: Condition, sums: Sums, level: LevelProfile | None) -> float | None:
    key = condition.reading
    kpi = KPI_BY_KEY[key]
    if key == "service_level" and level is None:
        return None  # the queues' profiles differ: theirs cannot be one
    if condition.least is None:
        return measure(kpi, sums) if enough(key, sums) else None
    sample = sample_of(kpi, sums)
    return measure(kpi, sums) if sample is None or sample >= condition.least else None


def _same(one: Totals | None, other: Totals) -> bool:
    return one is other or one == other


def _closed_of(board: Board, window: WindowKind, then: datetime) -> Mapping[QueueId, Totals]:
    if window is board.window:
        return closed(board)
    if window in ROLLING:
        return last_minutes(board.ledger, then, ROLLING[window])
    page = board.ledger.pages.get(window)
    return {} if page is None else page.totals


def _begin_of(board: Board, window: WindowKind, then: datetime) -> datetime | None:
    if window in ROLLING:
        return then.replace(second=0, microsecond=0) - timedelta(minutes=ROLLING[window] - 1)
    page = board.ledger.pages.get(window)
    return None if page is None else page.window.begin


def _source(board: Board, age: timedelta | None) -> Mapping[str, float | None]:
    """Return how the source stands; before its first picture it is lost once it has failed."""
    if board.snapshot is None:
        # Before it answered, or failed, nobody knows: what was lost before a start is not back.
        waiting = board.freshness is Freshness.WAITING and board.fault is None
        return {"lost": None if waiting else 1.0, "silent_for": None}
    silent = None if age is None else age.total_seconds()
    return {"lost": 0.0 if fresh(board) else 1.0, "silent_for": silent}


def _unseen(board: Board) -> frozenset[str]:
    """Return the live readings that nobody knows: theirs too if no agent was ever told of."""
    missing = untold(board)
    unseen = _OF_CALLERS if CALLS in missing else frozenset()
    return unseen | _OF_AGENTS if AGENTS in missing or not board.crew.site else unseen


def _people(
    board: Board, standings: Iterable[QueueStanding], *, whole: bool
) -> tuple[int, int, int]:
    """Return how many are free, busy and logged in; of the site each counts once."""
    if whole:
        site = board.crew.site
        busy = sum(site.get(state, 0) for state in BUSY)
        return site.get(AgentState.FREE, 0), busy, logged_in(site)
    ids = {standing.queue.queue_id for standing in standings}
    snapshot = board.snapshot
    members = () if snapshot is None else snapshot.agents.values()
    states = [agent.state for agent in members if not ids.isdisjoint(agent.queues)]
    busy = sum(state in BUSY for state in states)
    staffed = sum(state not in AWAY for state in states)
    return states.count(AgentState.FREE), busy, staffed

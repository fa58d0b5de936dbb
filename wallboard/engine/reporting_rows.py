"""Rows of a report: KPIs of sums as typed cells, and tables of queues, intervals and agents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.coverage import Coverage, Stretch, coverage_of
from wallboard.domain.measuring import LevelKind, LevelProfile, Measuring
from wallboard.domain.reporting import Cell, Table
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.domain.value import value
from wallboard.domain.waits import Waits
from wallboard.engine.hours_known import hours_tell, shares_tell
from wallboard.engine.kpi import KPI_BY_KEY, Booking, Sums, Unit, measure
from wallboard.engine.reporting_keys import TABLES, WITHIN, columns_of
from wallboard.engine.reporting_material import Material, ReportAsk
from wallboard.engine.windows import Window, business_day

_NO_TIME: Final = timedelta()
_HOUR_KEYS: Final = frozenset({"cph"})
_TIME_KEYS: Final = frozenset(
    {*(key for key, kpi in KPI_BY_KEY.items() if kpi.booking is Booking.TIME), *_HOUR_KEYS}
)
_SHARE_KEYS: Final = frozenset(
    key for key in _TIME_KEYS - _HOUR_KEYS if KPI_BY_KEY[key].unit is Unit.RATIO
)
_OF_ALL: Final = frozenset(
    {
        "offered",
        "abandoned",
        "abandon_short",
        "flow_out",
        "timed_out",
        "left_by_key",
        "left_empty",
        "left_otherwise",
        "unknown",
        "arrival_rate",
        "abandon_rate",
        "abandon_rate_excl_short",
        "answer_rate",
        "rna",
        "rna_rate",
        "awt",
        "ata",
        "max_wait",
        "service_level",
        *map(str, LevelKind),
    }
)
"""What calls that agents took tell nothing of."""
_BUCKETS_S: Final = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200)
_MOST_QUEUE_INTERVALS: Final = 20_000


@value
class Figures:
    """What the KPIs of one row are worked out from.

    Attributes:
        level: By which `service_level` counts. None if queues are measured differently.
        known: False if nobody watched any of the time and no call of it is known: a gap, no zero.
        taken_only: True if only calls are counted that certain agents took: of all that came in,
            and of those whom nobody took, they tell nothing.
        unwatched: So many of the calls were taken at times of which agents' hours are not known.
    """

    calls: Totals = NOTHING
    level: LevelProfile | None = None
    time: AgentTime | None = None
    span: timedelta | None = None
    known: bool = True
    taken_only: bool = False
    unwatched: int = 0


def kpi_cell(key: str, of: Figures) -> Cell:
    """Return a KPI as a cell: a whole number, a share, a time. None if it is undefined.

    Raises:
        KeyError: There is no such KPI.
    """
    if not of.known or _is_untold(key, of):
        return None
    sums = Sums(
        calls=of.calls,
        time=of.time or NO_AGENT_TIME,
        span=of.span,
        level=of.level or LevelProfile(),
    )
    kpi = KPI_BY_KEY[key]
    reading = measure(kpi, sums)
    if reading is None:
        return None
    match kpi.unit:
        case Unit.COUNT:
            return int(reading)
        case Unit.SECONDS:
            return timedelta(seconds=reading)
        case _:
            return float(reading)


def _is_untold(key: str, of: Figures) -> bool:
    """Return whether what is known tells nothing of a KPI, though there may be sums."""
    return (
        (key == "service_level" and of.level is None)
        or (key in _TIME_KEYS and of.time is None)
        or (of.taken_only and key in _OF_ALL)
        or (key in _HOUR_KEYS and not hours_tell(of.calls.answered, of.unwatched))
        or (key in _SHARE_KEYS and not shares_tell(of.calls.answered, of.unwatched))
    )


def row_of(table: str, of: Figures, own: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """Return a row of a table: what is told of it, and KPIs."""
    return tuple(own[key] if key in own else _kpi_or_none(key, of) for key in TABLES[table])


def _kpi_or_none(key: str, of: Figures) -> Cell:
    return kpi_cell(key, of) if key in KPI_BY_KEY else None


def made_table(
    key: str, rows: Iterable[tuple[Cell, ...]], total: tuple[Cell, ...] | None = None
) -> Table:
    """Return a table of a key that `reporting_keys.TABLES` has."""
    return Table(key=key, columns=columns_of(key), rows=tuple(rows), total=total)


# What the figures of a report stand on


class Standing:
    """Everything that the tables of one report have in common."""

    def __init__(self, asked: ReportAsk, material: Material) -> None:
        self.asked = asked
        self.material = material
        window = asked.window
        self.coverage = coverage_of(material.stretches, window.begin, window.end)
        self.by_queue = material.booked.by_queue()
        self.by_interval = material.booked.by_interval()
        self.totals = added(self.by_queue.values())
        self.level = level_of(asked.measuring, self.queues)

    @property
    def taken_only(self) -> bool:
        """True if only calls are counted that certain agents took."""
        return self.asked.agents is not None

    @property
    def queues(self) -> tuple[QueueId, ...]:
        """Those that have calls, by name."""
        return tuple(sorted(self.by_queue, key=lambda key: (self.asked.queue(key), key)))

    @property
    def whole(self) -> Figures:
        """Of all calls in the report; without agents' time where it is of some queues only."""
        return Figures(
            calls=self.totals,
            level=self.level,
            time=self.time,
            span=self.asked.window.length,
            known=self.coverage.covered > _NO_TIME or self.totals.offered > 0,
            taken_only=self.taken_only,
            unwatched=sum(self.material.unwatched.values()),
        )

    @property
    def time(self) -> AgentTime | None:
        """Of the agents of the report. None if it is narrowed to queues: time is of no queue."""
        worked = self.material.worked
        return None if worked is None or self.asked.queues is not None else worked.all_time

    def of_queue(self, queue_id: QueueId) -> Figures:
        """Return what one queue's row stands on."""
        return Figures(
            calls=self.by_queue.get(queue_id, NOTHING),
            level=self.asked.measuring.rule(queue_id).level,
            span=self.asked.window.length,
            taken_only=self.taken_only,
        )

    def of_calls(self, totals: Totals, level: LevelProfile | None) -> Figures:
        """Return what a row of some calls stands on."""
        return Figures(
            calls=totals,
            level=level,
            span=self.asked.window.length,
            taken_only=self.taken_only,
        )


def level_of(measuring: Measuring, queues: Iterable[QueueId]) -> LevelProfile | None:
    """Return the profile that all queues have; the usual one without any. None if they differ."""
    found = {measuring.rule(queue_id).level for queue_id in queues}
    if len(found) > 1:
        return None
    return found.pop() if found else measuring.usual.level


# Tables


def team(standing: Standing) -> Table:
    """Return the one row of all figures of the whole."""
    return made_table("team", [row_of("team", standing.whole, {})])


def queues(standing: Standing, key: str = "queues") -> Table:
    """Return a row a queue, and the whole below.

    Args:
        key: `queues`, or `queue_figures` for all that is known of them.
    """
    rows = [
        row_of(key, standing.of_queue(queue_id), {"queue": standing.asked.queue(queue_id)})
        for queue_id in standing.queues
    ]
    return made_table(key, rows, row_of(key, standing.whole, {"queue": None}))


def groups(standing: Standing) -> Table | None:
    """Return a row a group of queues. None if there are none."""
    names = standing.asked.groups
    members: dict[str, list[QueueId]] = {}
    for queue_id in standing.queues:
        members.setdefault(names.get(queue_id, ""), []).append(queue_id)
    if not any(members):
        return None
    rows = []
    for name in sorted(members, key=lambda name: (not name, name)):
        totals = added(standing.by_queue[queue_id] for queue_id in members[name])
        level = level_of(standing.asked.measuring, members[name])
        rows.append(row_of("groups", standing.of_calls(totals, level), {"group": name or None}))
    return made_table("groups", rows, row_of("groups", standing.whole, {"group": None}))


def interval_figures(
    asked: ReportAsk,
    interval: Window,
    totals: Totals,
    level: LevelProfile | None,
    stretches: Iterable[Stretch],
) -> tuple[Figures, Coverage]:
    """Return what the row of an interval stands on, and how much of it is known."""
    end = min(interval.end, max(interval.begin, asked.until))
    coverage = coverage_of(stretches, interval.begin, end)
    known = coverage.covered > _NO_TIME or totals.offered > 0
    of = Figures(
        calls=totals,
        level=level,
        span=interval.length,
        known=known,
        taken_only=asked.agents is not None,
    )
    return of, coverage


def intervals(standing: Standing, key: str) -> Table:
    """Return a row an interval, and the whole below.

    Args:
        key: `intervals`, `days` or `interval_figures`.
    """
    asked = standing.asked
    rows = []
    for interval in asked.intervals:
        of, coverage = interval_figures(
            asked,
            interval,
            standing.by_interval.get(interval.begin, NOTHING),
            standing.level,
            _touching(standing.material.stretches, interval),
        )
        rows.append(row_of(key, of, {**when(asked, interval), "covered": coverage.share}))
    total = {"begin": None, "end": None, "day": None, "covered": standing.coverage.share}
    return made_table(key, rows, row_of(key, standing.whole, total))


def when(asked: ReportAsk, interval: Window) -> dict[str, Cell]:
    """Return when an interval is: on the site's clock, and on which business day."""
    plan, zone = asked.measuring.plan, asked.zone
    return {
        "begin": interval.begin.astimezone(zone),
        "end": interval.end.astimezone(zone),
        "day": business_day(interval.begin, plan, zone),
    }


def _touching(stretches: Iterable[Stretch], window: Window) -> list[Stretch]:
    return [each for each in stretches if each.begin < window.end and window.begin < each.end]


def queue_intervals(standing: Standing) -> Table | None:
    """Return a row for every interval and queue that has calls. None if there are far too many."""
    cells, asked = standing.material.booked.cells, standing.asked
    if len(standing.by_queue) < 2 or len(cells) > _MOST_QUEUE_INTERVALS:
        return None
    order = sorted(cells, key=lambda cell: (cell[0], asked.queue(cell[1]), cell[1]))
    rows = [
        row_of(
            "queue_intervals",
            standing.of_calls(cells[cell], asked.measuring.rule(cell[1]).level),
            {"begin": cell[0].astimezone(asked.zone), "queue": asked.queue(cell[1])},
        )
        for cell in order
    ]
    total = row_of("queue_intervals", standing.whole, {"begin": None, "queue": None})
    return made_table("queue_intervals", rows, total)


def waits(standing: Standing) -> Table | None:
    """Return how many of the answered and of the abandoned waited how long. None if none is known.

    The last row has no limit: all who waited longer.
    """
    answered = Waits(standing.totals.waits).counts
    abandoned = Waits(standing.totals.abandon_waits).counts
    if not (answered or abandoned):
        return None
    rows: list[tuple[Cell, ...]] = []
    since = 0
    for limit in (*_BUCKETS_S, None):
        until = max(len(answered), len(abandoned), since) if limit is None else limit + 1
        up_to = None if limit is None else timedelta(seconds=limit)
        rows.append(
            (
                up_to,
                sum(answered[since:until]),
                _share(sum(answered[:until]), sum(answered)),
                sum(abandoned[since:until]),
            )
        )
        since = until
    return made_table("waits", rows, (None, sum(answered), None, sum(abandoned)))


def queue_waits(standing: Standing) -> Table | None:
    """Return which share of each queue's answered callers waited no longer than what."""
    if not standing.totals.waits:
        return None

    def row(name: str | None, totals: Totals) -> tuple[Cell, ...]:
        counts = Waits(totals.waits).counts
        shares = [_share(sum(counts[: limit + 1]), sum(counts)) for limit in WITHIN]
        return (name, totals.answered, *shares)

    rows = [row(standing.asked.queue(key), standing.by_queue[key]) for key in standing.queues]
    return made_table("queue_waits", rows, row(None, standing.totals))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

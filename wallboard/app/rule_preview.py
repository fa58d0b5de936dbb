"""What a rule would have said of the last days, worked out from what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wallboard.domain.alert import Condition, Join, Rule, SubjectKind
from wallboard.domain.coverage import coverage_of
from wallboard.domain.measuring import Measuring
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import Totals, added
from wallboard.domain.value import value
from wallboard.engine.alert_readings import FOR_LONG, SITE
from wallboard.engine.board import one_profile
from wallboard.engine.kpi import KPI_BY_KEY, Sums, enough, measure, sample_of
from wallboard.engine.rule_book import reach_of
from wallboard.engine.rule_replay import Course, Preview, Run, Slots, preview_of, runs_of
from wallboard.engine.windows import WindowKind
from wallboard.storage.history import History
from wallboard.storage.ranges import interval_parts, interval_totals
from wallboard.storage.rows import EPOCH
from wallboard.storage.rule_past import SAMPLED, Sought, long_spells, sampled

DAYS: Final = 7
_MINUTE: Final = timedelta(minutes=1)
_NO_TIME: Final = timedelta()
_SLOTS: Final = {
    WindowKind.LAST_15: (timedelta(minutes=15), 1),
    WindowKind.LAST_30: (timedelta(minutes=30), 1),
    WindowKind.LAST_60: (timedelta(minutes=30), 2),
    WindowKind.INTERVAL: (timedelta(minutes=30), 1),
}
"""How long a slot is in which calls are summed, and how many of them make the window."""

_COUNTED_BY_SECONDS: Final = frozenset({"waits", "abandon_waits"})
_OF_DAY: Final = (timedelta(minutes=30), 48)


class NotKnown(Exception):
    """Of the past nothing is stored that such a rule looks at."""


@value
class Past:
    """What is looked at.

    Attributes:
        end: Up to when: the source's time.
        measuring: By which service levels are measured.
        groups: The queues of each group.
        zone: Of the site: it says where a day begins.
    """

    history: History
    end: datetime
    measuring: Measuring
    groups: Mapping[str, Iterable[str]]
    zone: tzinfo

    @property
    def begin(self) -> datetime:
        """From when on."""
        return self.end - timedelta(days=DAYS)


def preview_rule(past: Past, rule: Rule) -> Preview:
    """Return what a rule would have said.

    Raises:
        NotKnown: That cannot be told of the past.
        HistoryUnavailable: And why.
    """
    stretches = past.history.stretches(past.begin, past.end)
    coverage = coverage_of(stretches, past.begin, past.end)
    covered = _NO_TIME if not stretches else coverage.covered
    match rule.kind:
        case SubjectKind.SOURCE:
            first = min((stretch.begin for stretch in stretches), default=past.end)
            gaps = [(gap.begin, gap.end) for gap in coverage.gaps if gap.begin > first]
            runs, grain = _lost(gaps, rule), timedelta(seconds=10)
        case SubjectKind.AGENT:
            runs, grain = _of_agents(past, rule), timedelta(seconds=1)
        case _:
            runs, grain = _of_queues(past, rule)
    return preview_of(runs, covered, grain)


def _lost(gaps: Iterable[tuple[datetime, datetime]], rule: Rule) -> list[Run]:
    return [
        Run(subject=SITE, begin=begin, end=end, worst=Severity.CRITICAL)
        for begin, end in gaps
        if end - begin > rule.lasting + timedelta(seconds=10)
    ]


def _of_agents(past: Past, rule: Rule) -> list[Run]:
    runs: list[Run] = []
    for condition in rule.conditions:
        limits, state = condition.limits, FOR_LONG.get(condition.reading)
        highs = [each for each in (limits.high_warning, limits.high_critical) if each is not None]
        if state is None or not highs or len(rule.conditions) > 1:
            raise NotKnown
        longer = timedelta(seconds=min(highs)) + rule.lasting
        for agent, begin, end in long_spells(past.history, past.begin, past.end, state, longer):
            if rule.of and agent not in rule.of:
                continue
            critical = limits.high_critical
            worst = critical is not None and (end - begin).total_seconds() > critical
            severity = Severity.CRITICAL if worst else Severity.WARNING
            runs.append(Run(subject=agent, begin=begin + longer, end=end, worst=severity))
    return runs


def _of_queues(past: Past, rule: Rule) -> tuple[list[Run], timedelta]:
    live = [condition.reading in SAMPLED for condition in rule.conditions]
    if all(live) and rule.kind is not SubjectKind.GROUP:
        courses, slots = _minutes(past, rule)
    elif not any(live) and all(each.reading in KPI_BY_KEY for each in rule.conditions):
        courses, slots = _intervals(past, rule)
    else:
        raise NotKnown
    runs: list[Run] = []
    for subject, course in courses.items():
        if not rule.of or subject in rule.of:
            runs += runs_of(subject, course, rule, slots)
    return runs, slots.length


def _minutes(past: Past, rule: Rule) -> tuple[Mapping[str, Course], Slots]:
    sought = []
    for condition in rule.conditions:
        low, high = reach_of(condition.limits)
        sought.append(Sought(reading=condition.reading, low=low, high=high))
    found = sampled(
        past.history,
        past.begin,
        past.end,
        sought,
        of_queues=rule.kind is SubjectKind.QUEUE,
        every=rule.join is Join.ALL,
    )
    courses = {
        subject: Course(numbers=minutes, readings=columns)
        for subject, (minutes, columns) in found.items()
    }
    return courses, Slots(begin=EPOCH, length=_MINUTE)


def _intervals(past: Past, rule: Rule) -> tuple[Mapping[str, Course], Slots]:
    lengths = {_slot(condition) for condition in rule.conditions}
    if len(lengths) > 1:
        raise NotKnown
    grain, length = lengths.pop()
    begin = past.begin.replace(minute=0, second=0, microsecond=0)
    totals = _totals(past, rule, begin, grain)
    by_subject: dict[str, dict[datetime, list[Totals]]] = {}
    for (at, queue_id), each in totals.items():
        for subject in _subjects(past, rule.kind, queue_id):
            by_subject.setdefault(subject, {}).setdefault(at, []).append(each)
    level_of = _levels(past, rule.kind, totals)
    courses = {}
    for subject, parts in by_subject.items():
        sums = {at: rows[0] if len(rows) == 1 else added(rows) for at, rows in parts.items()}
        measured = level_of(subject)
        windows = list(_windows(sums, grain, length, past.zone))
        courses[subject] = Course(
            numbers=[(at - begin) // grain for at, _ in windows],
            readings=[
                [measured(each, window) for _, window in windows] for each in rule.conditions
            ],
        )
    return courses, Slots(begin=begin, length=grain)


def _totals(
    past: Past, rule: Rule, begin: datetime, grain: timedelta
) -> Mapping[tuple[datetime, QueueId], Totals]:
    """Return the totals of each slot and queue: of what the rule looks at only, if that does."""
    read = _parts_read(rule, past.measuring)
    if _COUNTED_BY_SECONDS & read:
        return interval_totals(past.history, begin, past.end, interval=grain)
    return interval_parts(past.history, begin, past.end, interval=grain, only=read)


def _parts_read(rule: Rule, measuring: Measuring) -> set[str]:
    """Return which parts of totals the rule's readings rest on."""
    read: set[str] = set()

    class Noting(Totals):
        """Totals that note what is read of them."""

        def __getattribute__(self, name: str) -> object:
            read.add(name)
            return super().__getattribute__(name)

    rules = (measuring.usual, *measuring.by_queue.values())
    for level in dict.fromkeys(each.level for each in rules):
        # One of each, so that no reading ends at a denominator of nothing.
        sums = Sums(calls=Noting(offered=1, answered=1, handled=1), level=level)
        for condition in rule.conditions:
            kpi = KPI_BY_KEY[condition.reading]
            measure(kpi, sums)
            enough(condition.reading, sums)
            sample_of(kpi, sums)
    return read & set(Totals._fields)


def _slot(condition: Condition) -> tuple[timedelta, int]:
    if condition.window is None:
        return _OF_DAY
    return _SLOTS.get(WindowKind(condition.window), _OF_DAY)


def _subjects(past: Past, kind: SubjectKind, queue_id: QueueId) -> list[str]:
    match kind:
        case SubjectKind.QUEUE:
            return [queue_id]
        case SubjectKind.GROUP:
            return [name for name, queues in past.groups.items() if queue_id in queues]
        case _:
            return [SITE]


def _windows(
    sums: Mapping[datetime, Totals], grain: timedelta, length: int, zone: tzinfo
) -> Iterable[tuple[datetime, Totals]]:
    """Yield the totals of the window that ends with each slot; of a whole day it grows."""
    whole_day = length == _OF_DAY[1]
    grown: Totals | None = None
    day = None
    for at in sorted(sums):
        if whole_day:
            today = at.astimezone(zone).date()
            grown = sums[at] if grown is None or today != day else grown + sums[at]
            day = today
            yield at, grown
        elif length == 1:
            yield at, sums[at]
        else:
            before = [sums.get(at - number * grain) for number in range(length)]
            yield at, added(each for each in before if each is not None)


def _levels(
    past: Past, kind: SubjectKind, totals: Iterable[tuple[datetime, QueueId]]
) -> Callable[[str], Callable[[Condition, Totals], float | None]]:
    """Return what measures a subject's readings by its own profile."""
    queues = {queue_id for _, queue_id in totals}

    def measurer(subject: str) -> Callable[[Condition, Totals], float | None]:
        mine = {queue for queue in queues if subject in _subjects(past, kind, queue)}
        level = one_profile(past.measuring.rule(queue).level for queue in mine)

        def measured(condition: Condition, window: Totals) -> float | None:
            key = condition.reading
            if key == "service_level" and level is None:
                return None
            sums = Sums(calls=window) if level is None else Sums(calls=window, level=level)
            if condition.least is None:
                return measure(KPI_BY_KEY[key], sums) if enough(key, sums) else None
            sample = sample_of(KPI_BY_KEY[key], sums)
            few = sample is not None and sample < condition.least
            return None if few else measure(KPI_BY_KEY[key], sums)

        return measured

    return measurer

"""What rules look at on a board, when they are in force, and what a journal says of alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from support.boards import Scene, scene

from wallboard.domain.alert import (
    AlertEvent,
    Condition,
    Deed,
    Hours,
    Limits,
    News,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.arranging import Arrangement
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.engine.alert_board import firings_of
from wallboard.engine.alert_health import health_of
from wallboard.engine.alert_readings import LIVE, SITE, UNUSUAL, AlertReader, keys_of
from wallboard.engine.alert_watch import resting, source_time
from wallboard.engine.board import Board, level_of, site_readings
from wallboard.engine.happenings import WindowChosen
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.rule_book import RuleBook
from wallboard.engine.step import step
from wallboard.engine.windows import WindowKind

TEHRAN = timezone(timedelta(hours=3, minutes=30))
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def rule(
    reading: str,
    kind: SubjectKind = SubjectKind.QUEUE,
    *,
    window: str | None = None,
    least: int | None = None,
    **limits: float,
) -> Rule:
    told = Limits(**(limits or {"high_warning": 1.0}))
    return Rule(
        rule_id=RuleId(f"{kind}-{reading}-{window}-{least}"),
        name=reading,
        kind=kind,
        conditions=(Condition(reading=reading, limits=told, window=window, least=least),),
    )


def read(made: Scene, *rules: Rule) -> dict[SubjectKind, dict[str, dict[str, float | None]]]:
    board, now = made.board, made.clock.now()
    reader = AlertReader(RuleBook(rules))
    told = reader.read(board, source_time(board, now), timedelta())
    again = reader.read(board, source_time(board, now), timedelta())
    assert told == again
    return {  # type: ignore[return-value]
        kind: {str(key): dict(row) for key, row in rows.items()} for kind, rows in told.items()
    }


# Readings


def test_that_a_queue_reads_as_its_row_on_the_board() -> None:
    made = scene(minutes=65)
    keys = ("waiting", "longest_wait", "free", "busy", "service_level", "asa")
    told = read(made, *(rule(key, least=0 if key in keys[4:] else None) for key in keys))
    for queue_id, standing in made.board.queues.items():
        row = told[SubjectKind.QUEUE][queue_id]
        assert row["waiting"] == standing.waiting
        assert (row["free"], row["busy"]) == (standing.free, standing.busy)
        assert row["service_level#0"] == level_of(standing)
        assert row["asa#0"] == measure_by_key("asa", standing.totals)
        if standing.waiting_since is None:
            assert row["longest_wait"] == 0


def test_that_the_site_reads_as_the_tiles() -> None:
    made = scene(minutes=65)
    keys = ("waiting", "longest_wait", "free", "service_level", "abandon_rate")
    told = read(made, *(rule(key, SubjectKind.SITE) for key in keys))[SubjectKind.SITE][SITE]
    tiles = site_readings(made.board, source_time(made.board, made.clock.now()))
    assert told == {key: pytest.approx(tiles[key]) for key in keys}


@pytest.mark.parametrize("window", ["last_15", "last_30", "last_60", "shift", "interval"])
def test_that_a_window_reads_the_same_whichever_the_board_shows(window: str) -> None:
    made = scene(minutes=65)
    wanted = [rule(key, window=window, least=0) for key in ("offered", "service_level", "asa")]
    before = read(made, *wanted)[SubjectKind.QUEUE]
    chosen = WindowChosen(window=WindowKind(window))
    made.board, _ = step(made.board, chosen, made.clock.now())
    assert read(made, *wanted)[SubjectKind.QUEUE] == before


def test_that_of_too_few_calls_nothing_is_known() -> None:
    made = scene(minutes=65)
    few = rule("service_level", least=10_000)
    told = read(made, few)[SubjectKind.QUEUE]
    assert all(row == {few.conditions[0].key: None} for row in told.values())


@pytest.mark.parametrize(
    ("what", "unseen"),
    [
        ("agents", {"free", "busy", "logged_in"}),
        ("calls", {"waiting", "longest_wait"}),
        ("agents,calls", {"free", "busy", "logged_in", "waiting", "longest_wait"}),
    ],
)
def test_that_what_the_account_does_not_see_is_not_nothing(what: str, unseen: set[str]) -> None:
    made = scene(minutes=5)
    assert made.board.snapshot is not None
    made.board = replace(
        made.board,
        arrangement=Arrangement(groups={QueueId("q0"): "A"}),
        notices=(fault(FaultKind.PART_NOT_TOLD, what=what),),
    )
    kinds = (SubjectKind.QUEUE, SubjectKind.GROUP, SubjectKind.SITE)
    keys = ("free", "busy", "logged_in", "waiting", "longest_wait")
    told = read(made, *(rule(key, kind, low_critical=1.0) for kind in kinds for key in keys))
    rows = [row for kind in kinds for row in told[kind].values()]
    assert len(rows) == len(made.board.queues) + 2
    for row in rows:
        assert {key for key, reading in row.items() if reading is None} == unseen


@pytest.mark.parametrize(("agents", "known"), [(0, False), (12, True)])
def test_that_where_no_agent_was_ever_told_of_nobody_knows_who_is_free(
    agents: int, *, known: bool
) -> None:
    made = scene(minutes=5, agents=agents)
    assert made.board.snapshot is not None
    # Where some were told of, that all have left is known, and is what rules are there for.
    made.take(replace(made.board.snapshot, agents={}))
    kinds = (SubjectKind.QUEUE, SubjectKind.SITE)
    keys = ("free", "busy", "logged_in")
    told = read(made, *(rule(key, kind, low_critical=1.0) for kind in kinds for key in keys))
    for kind in kinds:
        for row in told[kind].values():
            assert set(row.values()) == {0 if known else None}


def test_that_of_agents_who_are_not_seen_any_more_nothing_is_known() -> None:
    made = scene(minutes=5)
    made.board = replace(made.board, notices=(fault(FaultKind.PART_NOT_TOLD, what="agents"),))
    reader = AlertReader(RuleBook([rule("wrap_up_for", SubjectKind.AGENT, high_warning=600.0)]))
    then = source_time(made.board, made.clock.now())
    told = reader.read(made.board, then, timedelta(), [Subject("gone")])[SubjectKind.AGENT]
    assert told == {Subject("gone"): {"wrap_up_for": None}}


def test_that_a_group_reads_as_the_sum_of_its_queues() -> None:
    made = scene(minutes=65)
    groups = {QueueId("q0"): "A", QueueId("q1"): "A", QueueId("q2"): "B"}
    made.board = replace(made.board, arrangement=Arrangement(groups=groups))
    told = read(made, *(rule(key, SubjectKind.GROUP) for key in ("waiting", "offered")))
    one, other = made.board.queues[QueueId("q0")], made.board.queues[QueueId("q1")]
    assert told[SubjectKind.GROUP]["A"]["waiting"] == one.waiting + other.waiting
    assert told[SubjectKind.GROUP]["A"]["offered"] == one.totals.offered + other.totals.offered
    assert set(told[SubjectKind.GROUP]) == {"A", "B"}


def test_that_of_a_lost_source_nothing_is_read_but_that_it_is_lost() -> None:
    made = scene(minutes=35)
    made.pass_by(30.0)
    reader = AlertReader(RuleBook([rule("waiting"), rule("lost", SubjectKind.SOURCE)]))
    told = reader.read(made.board, NOON, timedelta(seconds=30))
    assert dict(told) == {SubjectKind.SOURCE: {SITE: {"lost": 1.0, "silent_for": 30.0}}}


def test_that_before_its_first_word_nobody_knows_whether_a_source_is_lost() -> None:
    reader = AlertReader(RuleBook([rule("lost", SubjectKind.SOURCE)]))
    board = Board(name="pbx", zone=TEHRAN, poll=timedelta(seconds=2))
    told = reader.read(board, NOON, None)
    assert told[SubjectKind.SOURCE][SITE] == {"lost": None, "silent_for": None}
    failed = replace(board, fault=fault(FaultKind.UNREACHABLE))
    assert reader.read(failed, NOON, None)[SubjectKind.SOURCE][SITE]["lost"] == 1.0


def test_that_every_reading_that_is_offered_can_be_read() -> None:
    made = scene(minutes=65)
    for kind, totals in (
        (SubjectKind.QUEUE, made.board.queues[QueueId("q0")].totals),
        (SubjectKind.SITE, made.board.site.totals),
    ):
        told = read(made, *(rule(key, kind, least=0) for key in keys_of(kind)))
        row = told[kind]["q0" if kind is SubjectKind.QUEUE else SITE]
        read_of = {key.removesuffix("#0"): value for key, value in row.items()}
        assert set(read_of) == set(keys_of(kind))
        unknown = {key for key, value in read_of.items() if value is None}
        kpis = set(keys_of(kind)) - set(LIVE[kind])
        undefined = {key for key in kpis if measure_by_key(key, totals) is None}
        assert unknown - {UNUSUAL} == undefined


# Hours


@pytest.mark.parametrize(
    ("hours", "at", "rests"),
    [
        (Hours(begins=time(8), ends=time(16)), "2026-11-22 09:00", False),
        (Hours(begins=time(8), ends=time(16)), "2026-11-22 16:00", True),
        (Hours(begins=time(8), ends=time(16)), "2026-11-22 07:59", True),
        (Hours(begins=time(22), ends=time(6)), "2026-11-22 23:00", False),
        (Hours(begins=time(22), ends=time(6)), "2026-11-23 05:59", False),
        (Hours(begins=time(22), ends=time(6)), "2026-11-23 06:00", True),
        (Hours(weekdays=frozenset({6})), "2026-11-22 12:00", False),  # a Sunday
        (Hours(weekdays=frozenset({0})), "2026-11-22 12:00", True),
        (Hours(weekdays=frozenset({6}), begins=time(22), ends=time(6)), "2026-11-23 01:00", False),
        (Hours(weekdays=frozenset({0}), begins=time(22), ends=time(6)), "2026-11-23 01:00", True),
        (Hours(holidays=False), "2026-11-25 12:00", True),
        (Hours(holidays=False), "2026-11-26 12:00", False),
        (Hours(holidays=False), "2027-03-21 12:00", True),  # 1 Farvardin
        (Hours(holidays=True), "2026-11-25 12:00", False),
    ],
)
def test_that_a_rule_rests_outside_of_its_hours(hours: Hours, at: str, *, rests: bool) -> None:
    mine = replace(rule("waiting"), hours=hours)
    rules = Rules(
        rules=(mine,), holidays=frozenset({date(2026, 11, 25)}), yearly=frozenset({(1, 1)})
    )
    then = datetime.fromisoformat(at).replace(tzinfo=TEHRAN).astimezone(UTC)
    assert (mine.rule_id in resting(rules, then, TEHRAN)) is rests


# The journal


def event(
    second: float,
    what: News | Deed,
    *,
    fired: float = 0.0,
    severity: Severity = Severity.WARNING,
    subject: str = "q0",
    silent: bool = False,
) -> AlertEvent:
    return AlertEvent(
        event_id=f"{subject}-{second}-{what}",
        at=NOON + timedelta(seconds=second),
        news=what if isinstance(what, News) else None,
        deed=what if isinstance(what, Deed) else None,
        rule_id=RuleId("wait"),
        subject=Subject(subject),
        rule_name="Long wait",
        kind=SubjectKind.QUEUE,
        severity=severity,
        fired_at=NOON + timedelta(seconds=fired),
        silent=silent,
        who="Karimi" if isinstance(what, Deed) else "",
    )


def test_that_a_firing_says_who_took_it_and_how_long_it_took() -> None:
    told = [
        event(0, News.FIRED),
        event(30, News.WORSE, severity=Severity.CRITICAL),
        event(80, Deed.ACKNOWLEDGED, severity=Severity.CRITICAL),
        event(300, News.OVER, severity=Severity.CALM),
        event(900, News.FIRED, fired=900),
    ]
    later, first = firings_of(told[::-1])
    assert (first.worst, first.answered_after) == (Severity.CRITICAL, timedelta(seconds=80))
    assert first.taken is not None
    assert first.taken.who == "Karimi"
    assert first.lasted == timedelta(seconds=300)
    assert (later.taken, later.lasted) == (None, None)


def test_that_health_counts_what_was_heard() -> None:
    told = [event(30 * at, News.FIRED, fired=30 * at, subject=f"q{at}") for at in range(12)]
    told += [event(30 * at + 9, News.OVER, fired=30 * at, subject=f"q{at}") for at in range(6)]
    told += [event(5, Deed.ACKNOWLEDGED, fired=0)]
    told += [event(5000, News.FIRED, fired=5000, silent=True)]
    health = health_of(told, (), NOON + timedelta(hours=2))
    assert (health.fired, health.busiest) == (12, 12)
    assert health.in_flood == 1.0
    assert health.untaken == pytest.approx(5 / 6)
    assert health.critical == 0.0
    empty = health_of((), (), NOON)
    assert (empty.fired, empty.untaken, empty.critical, empty.in_flood) == (0, None, None, None)

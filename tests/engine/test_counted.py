"""Of sums that a source tells only what follows from them is known, on every part of a board."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.boards import Scene
from support.clocks import HandClock
from support.snapshots import a_call, a_queue, an_agent

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, SubjectKind
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.measuring import LevelKind, LevelProfile, Measuring, QueueRule
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Counted, QueueId, Snapshot
from wallboard.engine.alert_readings import SITE, AlertReader
from wallboard.engine.as_json import board_json
from wallboard.engine.board import (
    Board,
    coverage,
    knows,
    level_of,
    site_readings,
    site_time,
    sums_of,
    untold_readings,
)
from wallboard.engine.counted import known_of, of_day, totals_of_counted
from wallboard.engine.happenings import SiteDecided, WindowChosen
from wallboard.engine.kpi import KPIS, Booking, Sums, enough, measure, measure_by_key, sample_of
from wallboard.engine.last_hour import last_hour
from wallboard.engine.reporting_open import open_cells
from wallboard.engine.rule_book import RuleBook
from wallboard.engine.step import step
from wallboard.engine.wall_lost import lost_of
from wallboard.engine.windows import Window, WindowKind

TEHRAN = timezone(timedelta(hours=3, minutes=30))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=TEHRAN)
USUAL = LevelProfile()
LESS = fault(FaultKind.SYSTEM_TELLS_LESS, what="agents,calls,single_calls")

counts = st.none() | st.integers(0, 500)
lengths = st.none() | st.integers(0, 90_000).map(lambda seconds: timedelta(seconds=seconds))
sums = st.builds(
    Counted,
    since=st.just(MIDNIGHT),
    offered=counts,
    answered=counts,
    abandoned=counts,
    answered_in_target=counts,
    wait_of_answered=lengths,
    talk=lengths,
    waiting=st.none() | st.integers(0, 9),
    free=counts,
    busy=counts,
)


def counted(**told: object) -> Counted:
    usual: dict[str, object] = {
        "offered": 80,
        "answered": 60,
        "abandoned": 12,
        "answered_in_target": 45,
        "wait_of_answered": timedelta(seconds=900),
        "talk": timedelta(hours=3),
        "waiting": 3,
        "waiting_since": NOON - timedelta(seconds=45),
        "free": 2,
        "busy": 5,
    }
    return Counted(since=MIDNIGHT, **{**usual, **told})  # type: ignore[arg-type]


def scene(*told: Counted, notices: tuple[object, ...] = (LESS,)) -> Scene:
    made = Scene(Board(name="Hotel", zone=TEHRAN, poll=timedelta(seconds=5)), HandClock(NOON))
    take(made, *told, notices=notices)
    return made


def take(made: Scene, *told: Counted, notices: tuple[object, ...] = (LESS,)) -> None:
    rows = [replace(a_queue(f"q{at}"), counted=each) for at, each in enumerate(told)]
    picture = Snapshot(as_of=made.clock.wall, queues={row.queue_id: row for row in rows})
    made.take(picture, notices=notices)  # type: ignore[arg-type]


def figures(board: Board) -> dict[str, float | None]:
    made = sums_of(board.queues[QueueId("q0")])
    return {str(kpi.key): measure(kpi, made) for kpi in KPIS}


# --- What follows ---


@given(sums)
def test_that_the_totals_of_sums_add_up_as_all_totals_do(told: Counted) -> None:
    totals = totals_of_counted(told)
    assert totals.offered == (totals.answered + totals.abandoned + totals.unknown + totals.waiting)
    assert min(each for each in totals if isinstance(each, int)) >= 0
    if told.answered is not None:
        assert totals.answered == told.answered


@given(sums, st.sampled_from([field.name for field in fields(Counted) if field.name != "since"]))
def test_that_no_figure_is_known_by_something_that_was_not_told(told: Counted, name: str) -> None:
    """Whatever is said of it: a figure that changes with what was not told is not known."""
    left_out = {"lost": False}.get(name)
    without = replace(told, **{name: left_out})
    known = known_of(without, USUAL, today=True)
    other = {"lost": True, "wait_of_answered": timedelta(7), "talk": timedelta(7)}.get(name, 7)
    if name == "waiting_since":
        other = NOON
    with_it = replace(without, **{name: other})  # type: ignore[arg-type]
    for kpi in KPIS:
        if kpi.key in known:
            one, two = (
                measure(kpi, Sums(calls=totals_of_counted(each), known=known))
                for each in (without, with_it)
            )
            # Who became something was offered, whatever is told of that; and of who was offered
            # some wait: more of one says more of the other.
            if kpi.key != "offered" and name not in ("offered", "waiting"):
                assert one == two


def test_that_the_figures_of_the_day_follow_from_the_sums() -> None:
    made = scene(counted())
    told = figures(made.board)
    assert (told["offered"], told["answered"], told["abandoned"]) == (80, 60, 12)
    assert told["asa"] == 15
    assert told["att"] == 180
    assert told["abandon_rate"] == pytest.approx(12 / 72)
    assert told["answer_rate"] == pytest.approx(60 / 72)
    assert told["service_level"] == pytest.approx(45 / 72), "who still waits is no failure yet"
    for key in ("wait_p90", "max_wait", "timed_out", "rna", "transferred", "hold_avg", "unknown"):
        assert told[key] is None, key


@pytest.mark.parametrize(
    ("left_out", "unknown"),
    [
        ("answered_in_target", {"service_level", "sl_offered", "sl_answered"}),
        ("wait_of_answered", {"asa"}),
        ("talk", {"att", "aht", "handled"}),
        ("abandoned", {"abandoned", "abandon_rate", "answer_rate", "service_level"}),
        ("answered", {"answered", "abandon_rate", "answer_rate", "service_level", "asa", "att"}),
    ],
)
def test_that_without_a_sum_what_rests_on_it_is_not_known(left_out: str, unknown: set[str]) -> None:
    told = figures(scene(counted(**{left_out: None})).board)
    assert {key for key in unknown if told[key] is not None} == set()
    assert told["offered"] == 80


def test_that_what_was_offered_follows_from_what_became_of_it() -> None:
    told = figures(scene(counted(offered=None)).board)
    assert told["offered"] == 60 + 12 + 3


@pytest.mark.parametrize("kind", list(LevelKind))
def test_that_a_level_is_known_only_where_all_that_it_counts_is_told(kind: LevelKind) -> None:
    """One that looks at how long abandoned callers waited has nothing to go by."""
    board = scene(counted()).board
    rule = QueueRule(level=LevelProfile(kind=kind))
    decided = SiteDecided(measuring=Measuring(usual=rule), arrangement=board.arrangement)
    board, _ = step(board, decided, HandClock(NOON).now())
    known = kind in (LevelKind.OFFERED, LevelKind.ANSWERED, LevelKind.ASTERISK)
    assert (level_of(board.queues[QueueId("q0")]) is not None) == known
    assert (level_of(board.site) is not None) == known


def test_that_with_a_target_of_ones_own_nobody_knows_who_was_in_time() -> None:
    made = scene(counted())
    rule = QueueRule(target=timedelta(seconds=90))
    decided = SiteDecided(
        measuring=Measuring(by_queue={QueueId("q0"): rule}), arrangement=made.board.arrangement
    )
    made.board, _ = step(made.board, decided, made.clock.now())
    assert figures(made.board)["service_level"] is None
    assert figures(made.board)["asa"] == 15


# --- The whole board ---


def test_that_queues_add_up_and_what_one_does_not_tell_is_not_known_of_all() -> None:
    made = scene(counted(), counted(offered=20, answered=10, abandoned=5, talk=None))
    site = made.board.site
    assert (site.totals.offered, site.totals.answered, site.waiting) == (100, 70, 6)
    assert measure_by_key("answer_rate", sums_of(site)) == pytest.approx(70 / 87)
    assert measure_by_key("att", sums_of(site)) is None
    assert measure_by_key("asa", sums_of(site)) == pytest.approx(1800 / 70)


def test_that_who_waits_is_known_and_who_is_free_in_all_queues_together_is_not() -> None:
    """An agent of two queues is counted in both: their sum is no number of people."""
    board = scene(counted(), counted()).board
    readings = site_readings(board, NOON)
    assert (readings["waiting"], readings["longest_wait"]) == (6, 45)
    assert (readings["free"], readings["in_call"]) == (None, None)
    assert untold_readings(board) == {"free", "in_call"}
    standing = board.queues[QueueId("q0")]
    assert (standing.waiting, standing.free, standing.busy) == (3, 2, 5)


def test_that_callers_and_agents_who_are_told_one_by_one_are_counted_instead() -> None:
    made = scene(counted())
    queue = replace(a_queue("q0"), counted=counted())
    waits = a_call("c1", "q0", entered_at=NOON - timedelta(seconds=9))
    picture = Snapshot(
        as_of=NOON + timedelta(seconds=5),
        queues={queue.queue_id: queue},
        agents={(free := an_agent("a1", queues=("q0",))).agent_id: free},
        calls={waits.call_id: waits},
    )
    less = fault(FaultKind.SYSTEM_TELLS_LESS, what="single_calls")
    made.clock.pass_by(5)
    made.take(picture, notices=(less,))
    standing = made.board.queues[QueueId("q0")]
    assert (standing.waiting, standing.waiting_since) == (1, waits.entered_at)
    assert (standing.free, standing.busy) == (1, 0)
    assert site_readings(made.board, picture.as_of)["free"] == 1


def test_that_queues_which_do_not_tell_who_hung_up_are_not_among_those_that_lost_nobody() -> None:
    made = scene(counted(), counted(abandoned=None))
    assert [row.queue_id for row in lost_of(made.board)] == ["q0"]


def test_that_a_wait_is_judged_while_time_goes_on() -> None:
    made = scene(counted(waiting_since=NOON - timedelta(seconds=15)))
    assert made.board.queues[QueueId("q0")].wait_severity is Severity.CALM
    made.pass_by(7)
    assert made.board.queues[QueueId("q0")].wait_severity is Severity.WARNING
    assert knows(made.board.queues[QueueId("q0")], "offered")


@pytest.mark.parametrize("window", sorted(set(WindowKind) - {WindowKind.RANGE, WindowKind.TODAY}))
def test_that_of_another_time_than_the_day_nothing_is_known_but_this_moment(
    window: WindowKind,
) -> None:
    made = scene(counted())
    made.board, _ = step(made.board, WindowChosen(window=window), made.clock.now())
    calls = {kpi.key for kpi in KPIS if kpi.booking in (Booking.ARRIVAL, Booking.COMPLETION)}
    assert {key for key, told in figures(made.board).items() if told is not None} & calls == set()
    assert made.board.site.waiting == 3
    back = WindowChosen(window=WindowKind.TODAY)
    made.board, _ = step(made.board, back, made.clock.now())
    assert figures(made.board)["offered"] == 80


def test_that_a_new_day_begins_with_a_dash_until_its_sums_are_told() -> None:
    made = scene(counted())
    made.clock.pass_by(12 * 3600)
    made.pass_by(1)
    assert figures(made.board)["offered"] == 80, "a board that was not asked knows of no new day"
    take(made, counted())
    assert figures(made.board)["offered"] is None, "these are yesterday's"
    take(made, replace(counted(offered=None, answered=1, abandoned=0), since=made.clock.wall))
    assert figures(made.board)["offered"] == 4


@pytest.mark.parametrize(
    ("earlier", "belongs"), [(-8, True), (0, True), (4, True), (6, True), (7, False), (24, False)]
)
def test_that_a_systems_day_may_begin_a_little_before_the_sites(
    earlier: int, belongs: bool
) -> None:
    told = Counted(since=MIDNIGHT - timedelta(hours=earlier))
    assert of_day(told, MIDNIGHT, NOON) == belongs
    assert not of_day(told, None, NOON)
    assert not of_day(told, MIDNIGHT, MIDNIGHT - timedelta(seconds=2)), "told the day before"


def test_that_the_board_for_machines_tells_null_and_no_zero() -> None:
    made = scene(counted(talk=None, free=None))
    told = board_json(made.board, made.clock.now())
    (queue,) = told["queues"]  # type: ignore[misc]
    assert isinstance(queue, dict)
    assert (queue["offered"], queue["waiting"], queue["asa_s"]) == (80, 3, 15.0)
    unknown = {key for key, number in queue.items() if number is None}
    assert unknown == {
        "timed_out", "left_by_key", "left_empty", "left_otherwise", "unknown", "handled",
        "transferred", "missed_rings", "wait_of_abandoned_s", "talk_s", "wrap_up_s", "att_s",
        "aht_s", "free",
    }  # fmt: skip
    assert told["since"] == "2026-11-22T00:00:00.000+03:30"


def test_that_what_was_counted_leaves_no_stretch_in_which_calls_would_be_known() -> None:
    """A report of it would say that nobody called."""
    made = scene(counted())
    made.clock.pass_by(5)
    take(made, counted(offered=81))
    assert made.board.watched == ()
    then = site_time(made.board, made.clock.now())
    assert coverage(made.board, then).gaps == (), "of the board's own figures all is known"
    hour = last_hour(made.board)
    assert hour is not None
    assert not any(hour.seen)


# --- Rules ---


def reading(made: Scene, key: str, kind: SubjectKind, window: str | None = None) -> float | None:
    condition = Condition(reading=key, limits=Limits(high_warning=1.0), window=window, least=0)
    rule = Rule(rule_id=RuleId("r"), name="r", kind=kind, conditions=(condition,))
    told = AlertReader(RuleBook([rule])).read(made.board, NOON, timedelta())[kind]
    (only,) = (told[SITE] if kind is SubjectKind.SITE else told["q0"]).values()  # type: ignore[index]
    return only


@pytest.mark.parametrize("kind", [SubjectKind.QUEUE, SubjectKind.SITE])
def test_that_rules_look_at_what_is_known_of_sums_and_at_nothing_else(kind: SubjectKind) -> None:
    made = scene(counted())
    assert reading(made, "waiting", kind) == 3
    assert reading(made, "longest_wait", kind) == 45
    assert reading(made, "abandon_rate", kind) == pytest.approx(12 / 72)
    for key in ("timed_out", "wait_p90", "logged_in"):
        assert reading(made, key, kind) is None, key
    for window in ("last_15", "shift"):
        assert reading(made, "abandoned", kind, window) is None
    assert reading(made, "free", kind) == (2 if kind is SubjectKind.QUEUE else None)


def test_that_rules_of_the_day_do_not_depend_on_the_window_that_is_shown() -> None:
    made = scene(counted())
    chosen = WindowChosen(window=WindowKind.LAST_15)
    made.board, _ = step(made.board, chosen, made.clock.now())
    assert reading(made, "abandoned", SubjectKind.QUEUE) == 12
    assert reading(made, "waiting", SubjectKind.SITE) == 3


@given(sums)
def test_that_of_an_unknown_figure_there_are_never_enough_calls(told: Counted) -> None:
    made = Sums(calls=totals_of_counted(told), known=frozenset())
    for kpi in KPIS:
        assert measure(kpi, made) is None
        assert sample_of(kpi, made) is None
        assert not enough(kpi.key, made)


# --- What a second look found ---


def test_that_a_picture_of_before_midnight_has_no_figures_of_the_day_that_began() -> None:
    made = scene(replace(counted(), since=NOON - timedelta(hours=1)))
    made.clock.pass_by((MIDNIGHT + timedelta(days=1) - NOON).total_seconds() - 2)
    take(made, replace(counted(), since=made.clock.wall - timedelta(hours=4)))
    assert figures(made.board)["offered"] == 80
    made.pass_by(4)
    assert figures(made.board)["offered"] is None
    assert reading(made, "abandoned", SubjectKind.QUEUE) is None


def test_that_a_wait_told_without_a_number_of_callers_is_no_zero() -> None:
    made = scene(counted(waiting=None))
    assert made.board.queues[QueueId("q0")].waiting_since == NOON - timedelta(seconds=45)
    assert reading(made, "longest_wait", SubjectKind.QUEUE) == 45
    assert reading(made, "waiting", SubjectKind.QUEUE) is None
    made.pass_by(4)
    assert made.board.queues[QueueId("q0")].wait_severity is Severity.CRITICAL


def test_that_numbers_of_a_system_that_could_tell_callers_and_tells_none_are_kept() -> None:
    made = scene(counted(waiting=7, free=4, busy=5), notices=())
    standing = made.board.queues[QueueId("q0")]
    assert (standing.waiting, standing.free, standing.busy) == (7, 4, 5)


def test_that_beside_queues_of_which_calls_are_told_nothing_partial_is_the_sites() -> None:
    made = scene(counted(), notices=())
    less = fault(FaultKind.PART_NOT_TOLD, what="calls")
    rows = [replace(a_queue("q0"), counted=counted()), a_queue("q1")]
    made.clock.pass_by(2)
    picture = Snapshot(as_of=made.clock.wall, queues={row.queue_id: row for row in rows})
    made.take(picture, notices=(less,))
    assert site_readings(made.board, NOON)["waiting"] is None
    assert reading(made, "waiting", SubjectKind.SITE) is None
    assert coverage(made.board, made.clock.wall).covered == timedelta()


def test_that_between_two_times_of_calls_what_was_counted_is_a_gap() -> None:
    made = scene(counted())
    plain = {(row := a_queue("q0")).queue_id: row}
    made.board = replace(made.board, watched=())
    for seconds, told in ((2, plain), (2, plain), (2, None), (2, None), (2, plain), (2, plain)):
        made.clock.pass_by(seconds)
        if told is None:
            take(made, counted())
        else:
            made.take(Snapshot(as_of=made.clock.wall, queues=told))
    spans = [
        ((each.begin - NOON).total_seconds(), (each.end - NOON).total_seconds())
        for each in made.board.watched
    ]
    assert spans == [(2, 4), (10, 12)]


def test_that_the_day_is_remembered_whatever_window_is_shown() -> None:
    for window in (WindowKind.TODAY, WindowKind.LAST_60):
        for second, known in ((counted(), 24 / 144), (counted(abandoned=None), None)):
            made = scene(counted(), second)
            made.board, _ = step(made.board, WindowChosen(window=window), made.clock.now())
            for _ in range(30):
                made.clock.pass_by(4)
                take(made, counted(), second)
            point = made.board.trend.points[max(made.board.trend.points)]
            assert point["abandon_rate"] == (None if known is None else pytest.approx(known))
            level = None if known is None else pytest.approx(45 / 72)
            assert point["service_level"] == level


def test_that_a_rule_counts_what_the_board_counts() -> None:
    made = scene(counted(offered=None))
    queue = replace(a_queue("q0"), counted=counted(offered=None))
    calls = [a_call(f"c{at}", "q0", entered_at=NOON) for at in range(4)]
    made.clock.pass_by(5)
    picture = Snapshot(
        as_of=made.clock.wall,
        queues={queue.queue_id: queue},
        calls={call.call_id: call for call in calls},
    )
    made.take(picture, notices=(fault(FaultKind.SYSTEM_TELLS_LESS, what="single_calls"),))
    assert figures(made.board)["offered"] == 76
    assert reading(made, "offered", SubjectKind.QUEUE) == 76
    begins = made.board.begins
    assert begins is not None
    day = Window(kind=WindowKind.TODAY, begin=begins, end=begins + timedelta(days=1))
    assert open_cells(made.board, day, (day,), running=True) == {}, "they are no whole day"

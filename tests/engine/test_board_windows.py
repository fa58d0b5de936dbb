from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import HandClock
from support.snapshots import QUEUE_IDS, a_call, a_queue, a_record, a_snapshot, parts

from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.measuring import (
    LevelKind,
    LevelProfile,
    Measuring,
    QueueRule,
    Shift,
    WorkPlan,
)
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId, Snapshot, difference
from wallboard.domain.totals import NOTHING, Totals
from wallboard.engine.board import Board, closed, site_readings, site_time, window_of
from wallboard.engine.explain import totals_in
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed, WindowChosen
from wallboard.engine.ledger import minute_of
from wallboard.engine.step import step
from wallboard.engine.windows import ROLLING, Window, WindowKind, window_at
from wallboard.sources.simulator.scenarios import SCENARIOS
from wallboard.sources.simulator.source import Settings, Simulator

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
KINDS = tuple(kind for kind in WindowKind if kind is not WindowKind.RANGE)
POLL = timedelta(seconds=5)
NIGHT_AND_DAY = (
    Shift(name="night", begins=time(22), ends=time(6)),
    Shift(name="day", begins=time(6, 30), ends=time(14)),
)
PLANS = (
    WorkPlan(),
    WorkPlan(shifts=NIGHT_AND_DAY),
    WorkPlan(shifts=NIGHT_AND_DAY, interval=timedelta(minutes=15), day_begins=time(4)),
    WorkPlan(interval=timedelta(hours=1)),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


BORDERS = (
    pytest.param(TEHRAN, at("2026-11-22T23:20+03:30"), id="midnight_in_tehran"),
    pytest.param(TEHRAN, at("2026-11-23T05:10+03:30"), id="the_end_of_the_night_shift"),
    pytest.param(BERLIN, at("2026-10-25T01:20+02:00"), id="a_clock_set_back"),
    pytest.param(BERLIN, at("2026-03-29T01:10+01:00"), id="a_clock_set_forward"),
    pytest.param(BERLIN, at("2026-10-24T23:10+02:00"), id="midnight_before_a_long_day"),
)


def nonzero(sums: Mapping[QueueId, Totals]) -> dict[QueueId, Totals]:
    return {key: totals for key, totals in sums.items() if totals != NOTHING}


def looked_at(board: Board, kind: WindowKind, clock: HandClock) -> Board:
    return step(board, WindowChosen(window=kind), clock.now())[0]


def whole(window: Window) -> Window:
    """Return the window; of one that ends now, with what came in this very instant."""
    if window.kind not in ROLLING:
        return window
    return replace(window, end=window.end + timedelta(seconds=1))


def expected_of(records: Iterable[CallRecord], window: Window) -> dict[QueueId, Totals]:
    told = {record.fact_id: record for record in records}
    by_queue: dict[QueueId, list[CallRecord]] = {}
    for record in told.values():
        by_queue.setdefault(record.queue_id, []).append(record)
    return nonzero({key: totals_in(each, whole(window)) for key, each in by_queue.items()})


@dataclass
class Go:
    """A picture after some time, and the facts that it tells."""

    pause: timedelta
    facts: list[CallRecord] = field(default_factory=list)


@st.composite
def goes(draw: st.DrawFn, begin: datetime) -> list[Go]:
    """Draw pictures and facts, some told late or twice; who wraps up may do so for a while yet."""
    pauses = st.integers(1, 50 * 60) | st.integers(1, 20)
    told = [Go(pause=timedelta(seconds=draw(pauses))) for _ in range(draw(st.integers(1, 9)))]
    ends = []
    now = begin
    for go in told:
        now += go.pause
        ends.append(now)
    for number in range(draw(st.integers(0, 14))):
        place = draw(st.integers(0, len(told) - 1))
        ended_at = ends[place] - timedelta(seconds=draw(st.integers(0, 1500)))
        ending = draw(st.sampled_from(Ending))
        wait = draw(st.integers(0, 300))
        talk = draw(st.integers(0, 900)) if ending is Ending.ANSWERED else 0
        entered_at = ended_at - timedelta(seconds=wait + talk)
        record = a_record(
            f"f{number}",
            ending,
            queue_id=draw(st.sampled_from(QUEUE_IDS)),
            entered_at=entered_at,
            wait_s=wait,
            talk_s=talk,
        )
        if ending is Ending.ANSWERED:
            wrap_up = timedelta(seconds=draw(st.integers(0, 400)))
            record = replace(
                record, wrap_up=wrap_up, hold=timedelta(seconds=draw(st.integers(0, 9)))
            )
        record = replace(record, short=timedelta(seconds=5))
        for again in draw(st.sets(st.integers(place, len(told) - 1), max_size=2)) | {place}:
            told[again].facts.append(record)
    for go in told:
        go.facts = draw(st.permutations(go.facts))
    return told


@pytest.mark.parametrize(("zone", "begin"), BORDERS)
@given(data=st.data())
def test_that_each_window_holds_the_records_that_arrived_in_it(
    zone: tzinfo, begin: datetime, data: st.DataObject
) -> None:
    plan = data.draw(st.sampled_from(PLANS))
    clock = HandClock(wall=begin)
    board = Board(name="b", zone=zone, poll=POLL, measuring=Measuring(plan=plan))
    last: Snapshot | None = None
    known: list[CallRecord] = []
    for go in data.draw(goes(begin)):
        clock.pass_by(go.pause.total_seconds())
        if data.draw(st.booleans()):
            board, _ = step(board, SecondPassed(), clock.now())
        snapshot = a_snapshot(map(a_queue, QUEUE_IDS), as_of=clock.wall)
        known += go.facts
        taken = PictureTaken(change=difference(last, snapshot), facts=tuple(go.facts))
        board, _ = step(board, taken, clock.now())
        last = snapshot
        if data.draw(st.booleans()):
            board = looked_at(board, data.draw(st.sampled_from(KINDS)), clock)
        own = window_at(board.window, clock.wall, plan, zone)
        assert nonzero(closed(board)) == expected_of(known, own)
        for kind in KINDS:
            window = window_at(kind, clock.wall, plan, zone)
            shown = looked_at(board, kind, clock)
            assert nonzero(closed(shown)) == expected_of(known, window), kind
            assert shown.begins == window_of(shown, clock.wall).begin == window.begin
            assert looked_at(shown, board.window, clock) == looked_at(board, board.window, clock)


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_clock_that_is_a_moment_behind_turns_no_page_back(kind: WindowKind) -> None:
    """A picture is made before it is here: the time that ticked on may be ahead of the next."""
    noon = at("2026-11-22T12:00+00:00")
    plan = WorkPlan(shifts=(Shift(name="a", begins=time(4), ends=time(12)),))
    clock = HandClock(wall=noon - timedelta(seconds=2))
    board = Board(name="b", zone=UTC, poll=POLL, measuring=Measuring(plan=plan), window=kind)
    first = a_snapshot([a_queue()], as_of=clock.wall)
    morning = [a_record(f"m{n}", entered_at=noon - timedelta(minutes=100 * n + 2)) for n in (0, 1)]
    taken = PictureTaken(change=difference(None, first), facts=tuple(morning))
    board, _ = step(board, taken, clock.now())
    board, _ = step(board, SecondPassed(), clock.pass_by(2.5))
    late = a_snapshot([a_queue()], as_of=noon - timedelta(milliseconds=200))
    new = a_record("new", Ending.ABANDONED, entered_at=noon - timedelta(seconds=1), wait_s=0.5)
    taken = PictureTaken(change=difference(first, late), facts=(new,))
    board, _ = step(board, taken, clock.now())
    after = a_snapshot([a_queue()], as_of=noon + timedelta(seconds=5))
    last = a_record("last", entered_at=noon + timedelta(seconds=1), wait_s=0, talk_s=3)
    taken = PictureTaken(change=difference(late, after), facts=(last,))
    board, _ = step(board, taken, clock.pass_by(5))
    told = [*morning, new, last]
    window = window_at(kind, after.as_of, plan, UTC)
    shorts = [replace(record, short=timedelta(seconds=5)) for record in told]
    assert nonzero(closed(board)) == expected_of(shorts, window)


def test_that_a_shift_over_midnight_goes_on_and_counts_nothing_twice() -> None:
    plan = WorkPlan(shifts=NIGHT_AND_DAY)
    evening = at("2026-11-22T22:30+03:30")
    clock = HandClock(wall=evening)
    board = Board(name="b", zone=TEHRAN, poll=POLL, measuring=Measuring(plan=plan))
    board = looked_at(board, WindowKind.SHIFT, clock)
    fact = a_record(entered_at=evening - timedelta(minutes=5))
    last = None
    for hours in (0, 1, 2, 3):
        now = evening + timedelta(hours=hours)
        clock.pass_by(3600 if hours else 0)
        snapshot = a_snapshot([a_queue()], as_of=now)
        # It is told again in the small hours.
        taken = PictureTaken(change=difference(last, snapshot), facts=(fact,))
        board, _ = step(board, taken, clock.now())
        last = snapshot
        assert board.site.totals.offered == 1
    assert looked_at(board, WindowKind.TODAY, clock).site.totals.offered == 0


def test_that_a_call_that_pretends_to_be_of_tomorrow_does_not_empty_the_last_hour() -> None:
    noon = at("2026-11-22T12:00+00:00")
    clock = HandClock(wall=noon)
    board = looked_at(Board(name="b", zone=UTC, poll=POLL), WindowKind.LAST_60, clock)
    good = a_record("good", entered_at=noon - timedelta(minutes=3))
    mad = a_record("mad", entered_at=noon + timedelta(days=1))
    taken = PictureTaken(
        change=difference(None, a_snapshot([a_queue()], as_of=noon)), facts=(good, mad)
    )
    board, _ = step(board, taken, clock.now())
    assert board.site.totals.offered == 1
    assert set(board.ledger.minutes) >= {minute_of(good.entered_at)}


def test_that_the_last_minutes_are_worked_out_anew_by_the_minute_and_not_by_the_second() -> None:
    noon = at("2026-11-22T12:00:10+00:00")
    clock = HandClock(wall=noon)
    board = looked_at(Board(name="b", zone=UTC, poll=POLL), WindowKind.LAST_15, clock)
    calls = [a_call(entered_at=noon - timedelta(minutes=15, seconds=15), answered_at=noon)]
    last = a_snapshot([a_queue()], calls=calls, as_of=noon)
    board, _ = step(board, PictureTaken(change=difference(None, last)), clock.now())
    before = board
    for _ in range(9):
        board, _ = step(board, SecondPassed(), clock.pass_by(1))
        assert board.queues is before.queues
        assert board.begins == before.begins


def test_that_no_board_is_of_a_time_that_is_over() -> None:
    clock = HandClock()
    board = Board(name="b", zone=UTC, poll=POLL)
    assert looked_at(board, WindowKind.RANGE, clock) == board


# Simulated days


@dataclass
class Day:
    """A simulated day, watched as a wall would."""

    scenario: str
    plan: WorkPlan = PLANS[1]
    speed: float = 60.0
    known: list[CallRecord] = field(default_factory=list)

    def boards(self, until: timedelta, every_s: float) -> Iterator[tuple[Board, HandClock]]:
        chance = Random(self.scenario)
        clock = HandClock(wall=at("2026-11-22T06:20+03:30"))
        settings = Settings(scenario=self.scenario, speed=self.speed)
        source = Simulator(settings, clock)
        board = Board(name="b", zone=TEHRAN, poll=POLL, measuring=Measuring(plan=self.plan))
        last: Snapshot | None = None
        end_s = clock.steady_s + until.total_seconds() / self.speed
        while clock.steady_s < end_s:
            try:
                fetched = source.fetch()
            except SourceUnavailable as error:
                board, _ = step(board, FetchFailed(fault=error.fault), clock.now())
            else:
                change = difference(last, fetched.snapshot)
                last = fetched.snapshot
                self.known += fetched.facts
                taken = PictureTaken(change=change, facts=fetched.facts)
                board, _ = step(board, taken, clock.now())
            yield board, clock
            clock.pass_by(every_s * chance.uniform(0.5, 1.5))
            board, _ = step(board, SecondPassed(), clock.now())
            if chance.random() < 0.1:
                board = looked_at(board, chance.choice(KINDS), clock)
                yield board, clock


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_that_offered_is_the_sum_of_all_ways_a_call_can_stand_at_each_step_of_a_day(
    scenario: str,
) -> None:
    large = scenario == "huge"
    day = Day(scenario=scenario, speed=10.0 if large else 60.0)
    looked = offered = 0
    # Of five hundred queues less than an hour will do.
    length = timedelta(minutes=24) if large else timedelta(hours=24)
    for board, clock in day.boards(length, 12 if large else 6):
        kinds = KINDS if looked % 6 == 0 else (board.window,)
        looked += 1
        for kind in kinds:
            shown = board if kind is board.window else looked_at(board, kind, clock)
            for standing in shown.queues.values():
                assert standing.totals.offered == parts(standing.totals), (kind, looked)
            assert shown.site.totals.offered == parts(shown.site.totals)
            if kind is WindowKind.TODAY:
                offered = max(offered, shown.site.totals.offered)
    assert looked > 10
    assert offered > 100


@pytest.mark.parametrize("scenario", sorted(SCENARIOS.keys() - {"huge"}))
def test_that_the_windows_of_a_simulated_day_hold_the_calls_that_arrived_in_them(
    scenario: str,
) -> None:
    day = Day(scenario=scenario)
    for number, (board, clock) in enumerate(day.boards(timedelta(hours=24), 6)):
        if number % 12:
            continue
        # All that ended unseen is counted at the end of an outage.
        known = [replace(record, short=timedelta(seconds=5)) for record in day.known]
        for kind in KINDS:
            shown = looked_at(board, kind, clock)
            then = site_time(shown, clock.now())
            assert nonzero(closed(shown)) == expected_of(known, window_of(shown, then)), kind


# Queues that are measured differently


def one_called(key: str, kind: LevelKind) -> QueueRule:
    return QueueRule(level=LevelProfile(kind=kind), target=timedelta(seconds=20))


def measured(*kinds: LevelKind) -> Board:
    rules = {QueueId(f"q{n}"): one_called(f"q{n}", kind) for n, kind in enumerate(kinds)}
    clock = HandClock()
    board = Board(name="b", zone=UTC, poll=POLL, measuring=Measuring(by_queue=rules))
    facts = [
        a_record(
            f"{key}{n}", Ending.ANSWERED if n % 2 else Ending.ABANDONED, queue_id=key, wait_s=60
        )
        for key in rules
        for n in range(40)
    ]
    change = difference(None, a_snapshot(map(a_queue, rules)))
    return step(board, PictureTaken(change=change, facts=tuple(facts)), clock.now())[0]


def test_that_queues_that_are_measured_differently_have_no_service_level_together() -> None:
    board = measured(LevelKind.OFFERED, LevelKind.ANSWERED)
    assert board.site.level is None
    assert site_readings(board, board.snapshot.as_of)["service_level"] is None  # type: ignore[union-attr]
    assert board.site.level_severity is Severity.CALM
    assert {row.level_severity for row in board.queues.values()} == {Severity.CRITICAL}
    assert site_readings(board, board.snapshot.as_of)["abandon_rate"] == 0.5  # type: ignore[union-attr]


def test_that_queues_that_are_measured_alike_have_one() -> None:
    board = measured(LevelKind.ANSWERED, LevelKind.ANSWERED)
    assert board.site.level == LevelProfile(kind=LevelKind.ANSWERED)
    assert site_readings(board, board.snapshot.as_of)["service_level"] == 0.0  # type: ignore[union-attr]
    assert board.site.level_severity is Severity.CRITICAL


def test_that_a_failed_fetch_moves_no_window() -> None:
    board = measured(LevelKind.OFFERED)
    clock = HandClock()
    lost = fault(FaultKind.LOST, host="pbx", port=5038)
    failed, _ = step(board, FetchFailed(fault=lost), clock.pass_by(600))
    assert (failed.begins, closed(failed)) == (board.begins, closed(board))

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON, HandClock
from support.snapshots import QUEUE_IDS, a_call, a_queue, a_record, a_snapshot, an_agent

from wallboard.domain.coverage import Coverage, Stretch, Witness
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, Fact
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.snapshot import AgentState, Call, Snapshot, difference
from wallboard.domain.totals import Totals
from wallboard.engine.board import Board, closed, coverage, site_time
from wallboard.engine.happenings import (
    FetchFailed,
    Happening,
    HistoryRead,
    HistoryState,
    HistoryTold,
    PictureTaken,
    SecondPassed,
    Store,
    WindowChosen,
)
from wallboard.engine.ledger import TREND_MINUTES, minute_of
from wallboard.engine.step import last_words, step
from wallboard.engine.windows import WindowKind

POLL = timedelta(seconds=5)
SECOND = timedelta(seconds=1)
LOST = fault(FaultKind.LOST, host="pbx", port=5038)
TEHRAN = ZoneInfo("Asia/Tehran")
KINDS = tuple(kind for kind in WindowKind if kind is not WindowKind.RANGE)
NIGHT = Shift(name="night", begins=time(22), ends=time(6))
PLAN = WorkPlan(shifts=(NIGHT,))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


class Stored:
    """What boards gave away to be stored."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.watched: dict[datetime, Stretch] = {}
        self.times_told: dict[str, int] = {}

    def take(self, effects: Iterable[Store]) -> None:
        for effect in effects:
            for fact in effect.facts:
                self.times_told[fact.fact_id] = self.times_told.get(fact.fact_id, 0) + 1
                self.facts[fact.fact_id] = fact
            if effect.watched is not None:
                self.watched[effect.watched.begin] = effect.watched

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return tuple(
            self.watched[begin] for begin in sorted(self.watched) if self.watched[begin].length
        )

    def read(self) -> HistoryRead:
        records = tuple(fact for fact in self.facts.values() if isinstance(fact, CallRecord))
        return HistoryRead(records=records, stretches=self.stretches)


class Wall:
    """A board, its clock, and what it gave away."""

    def __init__(
        self,
        stored: Stored | None = None,
        clock: HandClock | None = None,
        *,
        zone: tzinfo = UTC,
        behind: timedelta = timedelta(),
    ) -> None:
        self.clock = clock or HandClock()
        self.stored = stored or Stored()
        self.board = Board(name="b", zone=zone, poll=POLL, measuring=Measuring(plan=PLAN))
        self.last: Snapshot | None = None
        self.behind = behind

    def hears(self, happening: Happening) -> tuple[Store, ...]:
        self.board, effects = step(self.board, happening, self.clock.now())
        self.stored.take(effects)
        return effects

    def shows(
        self, facts: Iterable[CallRecord] = (), calls: Iterable[Call] = ()
    ) -> tuple[Store, ...]:
        now = self.clock.wall - self.behind
        snapshot = a_snapshot(map(a_queue, QUEUE_IDS), calls=calls, as_of=now)
        change = difference(self.last, snapshot)
        self.last = snapshot
        return self.hears(PictureTaken(change=change, facts=tuple(facts)))

    def passes(self, seconds: int) -> list[Store]:
        told: list[Store] = []
        for _ in range(seconds):
            self.clock.pass_by(1)
            told += self.hears(SecondPassed())
        return told

    def watches(self, seconds: int, every: int = 5) -> list[Store]:
        """Take a picture every few seconds."""
        told: list[Store] = []
        for _ in range(seconds // every):
            told += self.passes(every)
            told += self.shows()
        return told

    def coverage(self, kind: WindowKind) -> Coverage:
        shown, _ = step(self.board, WindowChosen(window=kind), self.clock.now())
        return coverage(shown, site_time(shown, self.clock.now()))

    def figures(self) -> dict[str, object]:
        """Return what somebody may read of it, of all windows."""
        now = self.clock.now()
        told: dict[str, object] = {}
        for kind in KINDS:
            shown, _ = step(self.board, WindowChosen(window=kind), now)
            told[kind] = (
                {key: totals for key, totals in closed(shown).items() if totals != Totals()},
                shown.begins,
                shown.site,
                shown.queues,
                shown.order,
            )
        ledger = self.board.ledger
        first = minute_of(site_time(self.board, now)) - TREND_MINUTES
        told["day"] = ledger.day
        told["minutes"] = {at: sums for at, sums in ledger.minutes.items() if at > first}
        return told


# Restarts


@st.composite
def days(draw: st.DrawFn) -> tuple[datetime, list[tuple[int, list[CallRecord]]]]:
    """Draw when a board begins, and pictures with the facts that each tells."""
    begin = draw(
        st.sampled_from([NOON, at("2026-11-22T23:40+03:30"), at("2026-11-23T05:45+03:30")])
    )
    now, number, told = begin, 0, []
    for _ in range(draw(st.integers(2, 8))):
        pause = draw(st.integers(1, 14) | st.sampled_from([600, 1500, 3000]))
        now += pause * SECOND
        facts = []
        for _ in range(draw(st.integers(0, 3))):
            ending = draw(st.sampled_from([Ending.ANSWERED, Ending.ABANDONED, Ending.UNKNOWN]))
            wait, talk = draw(st.integers(0, 90)), draw(st.integers(0, 600))
            talk = talk if ending is Ending.ANSWERED else 0
            entered_at = max(begin, now - (wait + talk + draw(st.integers(0, 400))) * SECOND)
            facts.append(
                a_record(
                    f"f{number}",
                    ending,
                    queue_id=draw(st.sampled_from(QUEUE_IDS)),
                    entered_at=entered_at,
                    wait_s=wait,
                    talk_s=talk,
                )
            )
            number += 1
        told.append((pause, facts))
    return begin, told


@given(days(), st.integers(0, 7), st.booleans(), st.booleans())
def test_that_a_board_that_begins_anew_goes_on_as_if_it_had_never_ended(
    day: tuple[datetime, list[tuple[int, list[CallRecord]]]],
    ends_after: int,
    early: bool,
    twice: bool,
) -> None:
    begin, pictures = day
    sure = Wall(clock=HandClock(wall=begin), zone=TEHRAN)
    wall = Wall(clock=HandClock(wall=begin), zone=TEHRAN)
    for each in (sure, wall):
        each.shows()
        each.clock.pass_by(10)
        each.shows()
    for number, (pause, facts) in enumerate(pictures):
        for each in (sure, wall):
            each.clock.pass_by(pause)
        if number == ends_after:
            # Killed, and started again at once: nothing but what is stored is left.
            read = wall.stored.read()
            wall = Wall(wall.stored, wall.clock, zone=TEHRAN)
            if early:
                wall.hears(read)
            wall.shows(facts)
            if not early:
                wall.hears(read)
            if twice:
                wall.hears(wall.stored.read())
        else:
            wall.shows(facts)
        sure.shows(facts)
        assert wall.figures() == sure.figures()


@pytest.mark.parametrize("early", [True, False], ids=["before", "after_the_first_picture"])
def test_that_the_time_between_two_boards_is_a_gap_of_its_length(early: bool) -> None:
    first = Wall()
    first.shows()
    first.watches(600)
    first.stored.take(last_words(first.board))
    clock = HandClock(wall=NOON + timedelta(seconds=600 + 754), steady_s=1.0)
    second = Wall(first.stored, clock)
    if early:
        second.hears(first.stored.read())
    second.shows()
    if not early:
        second.hears(first.stored.read())
    second.watches(60)
    found = second.coverage(WindowKind.TODAY)
    assert [gap.length for gap in found.gaps] == [timedelta(hours=12), timedelta(seconds=754)]
    assert found.covered == timedelta(seconds=660)
    assert second.board.ledger.since == NOON
    assert [stretch.length.total_seconds() for stretch in second.board.watched] == [600, 60]
    # Of the last hour the same gap is told.
    assert second.coverage(WindowKind.LAST_15).gaps == (found.gaps[1],)


def test_that_a_source_whose_clock_is_behind_ours_loses_nothing_at_a_restart() -> None:
    behind = timedelta(minutes=20)
    clock = HandClock(wall=at("2026-11-22T22:10+03:30"))
    first = Wall(clock=clock, zone=TEHRAN, behind=behind)
    first.shows([a_record("f", entered_at=at("2026-11-22T20:00+03:30"))])
    second = Wall(first.stored, clock, zone=TEHRAN, behind=behind)
    second.hears(first.stored.read())
    second.passes(1)
    second.shows()
    first.shows()
    assert second.figures() == first.figures()


def test_that_a_night_shift_goes_on_with_the_calls_and_the_coverage_of_the_evening() -> None:
    evening = at("2026-11-22T22:00+03:30")
    clock = HandClock(wall=evening)
    first = Wall(clock=clock, zone=TEHRAN)
    first.shows()
    for minute in range(150):
        first.clock.pass_by(45)
        first.hears(SecondPassed())
        first.shows()
        first.watches(15)
        if minute == 20:
            first.shows([a_record("f", entered_at=clock.wall - 90 * SECOND)])
    assert clock.wall > at("2026-11-23T00:20+03:30")
    second = Wall(first.stored, clock, zone=TEHRAN)
    second.hears(first.stored.read())
    second.shows()
    shift, _ = step(second.board, WindowChosen(window=WindowKind.SHIFT), clock.now())
    assert shift.site.totals.offered == 1
    assert shift.begins == evening
    for wall in (first, second):
        found = wall.coverage(WindowKind.SHIFT)
        assert found.begin == evening
        assert max(gap.length for gap in found.gaps) == timedelta(seconds=45)
        assert found.covered > timedelta(minutes=30)
        hour = wall.coverage(WindowKind.LAST_60)
        assert max(gap.length for gap in hour.gaps) == timedelta(seconds=45)


def test_that_what_an_import_fills_in_later_is_no_gap_any_more() -> None:
    wall = Wall(clock=HandClock(wall=NOON))
    wall.shows()
    wall.watches(60)
    wall.passes(300)
    wall.shows()
    wall.watches(60)
    assert len(wall.coverage(WindowKind.TODAY).gaps) == 2
    told = Stretch(
        begin=NOON - timedelta(hours=12), end=NOON + 400 * SECOND, witness=Witness.IMPORT
    )
    seen = a_record("seen", entered_at=NOON + 100 * SECOND)
    for _ in range(2):
        wall.hears(HistoryRead(records=(seen,), stretches=(told, *wall.stored.stretches)))
    found = wall.coverage(WindowKind.TODAY)
    assert found.gaps == ()
    assert wall.board.site.totals.offered == 1
    assert wall.board.ledger.since == NOON - timedelta(hours=12)
    wall.watches(60)
    assert wall.coverage(WindowKind.TODAY).gaps == ()
    assert wall.board.watched[-1].witness is Witness.LIVE


# What was watched


def ends(wall: Wall) -> list[tuple[float, float]]:
    return [
        ((each.begin - NOON).total_seconds(), (each.end - NOON).total_seconds())
        for each in wall.board.watched
    ]


def test_that_a_stretch_grows_with_each_picture_and_by_nothing_else() -> None:
    wall = Wall()
    wall.shows()
    wall.watches(20)
    assert ends(wall) == [(0, 20)]
    wall.passes(4)
    wall.hears(FetchFailed(fault=LOST))
    assert ends(wall) == [(0, 20)]
    wall.passes(3)
    wall.shows()
    assert ends(wall) == [(0, 27)], "shorter than three polls: the source has told what was"


def test_that_after_an_outage_another_stretch_begins() -> None:
    wall = Wall()
    wall.shows()
    wall.watches(20)
    for _ in range(8):
        wall.passes(5)
        wall.hears(FetchFailed(fault=LOST))
    wall.shows()
    wall.watches(10)
    assert ends(wall) == [(0, 20), (60, 70)]
    assert wall.coverage(WindowKind.LAST_15).gaps[-1].length == 40 * SECOND


def test_that_a_source_that_stands_still_is_not_watched() -> None:
    wall = Wall()
    wall.shows()
    wall.watches(20)
    frozen = wall.board.snapshot
    assert frozen is not None
    for _ in range(10):
        wall.passes(4)
        wall.hears(PictureTaken(change=difference(frozen, frozen)))
        assert ends(wall) == [(0, 20)]
    wall.shows()
    assert ends(wall) == [(0, 20), (60, 60)]


def test_that_a_machine_that_slept_has_watched_nothing() -> None:
    """The picture comes before the first second after it."""
    wall = Wall()
    wall.shows()
    wall.watches(20)
    wall.clock.pass_by(3600)
    wall.shows()
    assert ends(wall) == [(0, 20), (3620, 3620)]


def test_that_stretches_of_days_gone_by_are_dropped_and_the_growing_one_is_not() -> None:
    wall = Wall()
    wall.shows()
    wall.watches(20)
    wall.passes(100)
    wall.shows()
    wall.clock.pass_by(86_400)
    wall.shows()
    assert ends(wall) == [(86_520, 86_520)] or ends(wall)[0][1] == 120
    wall.clock.pass_by(86_400)
    wall.shows()
    assert len(wall.board.watched) <= 2


def test_that_at_least_every_ten_seconds_is_told_to_what_time_all_is_known() -> None:
    wall = Wall()
    told: list[datetime] = []
    for effect in (*wall.shows(), *wall.watches(300)):
        assert effect.watched is not None
        told.append(effect.watched.end)
    assert told[-1] > NOON + 290 * SECOND
    assert max(later - sooner for sooner, later in pairwise(told)) == 10 * SECOND


def test_that_the_end_of_a_stretch_is_stored_when_an_outage_shows() -> None:
    wall = Wall()
    wall.shows()
    wall.watches(25)
    assert wall.stored.stretches[-1].end == NOON + 20 * SECOND
    wall.passes(60)
    assert wall.stored.stretches[-1].end == NOON + 25 * SECOND


def test_that_a_board_that_ends_stores_the_end_of_its_stretch() -> None:
    wall = Wall()
    assert last_words(wall.board) == ()
    wall.shows()
    assert last_words(wall.board) == ()
    wall.watches(25)
    assert last_words(wall.board) == (Store(watched=Stretch(begin=NOON, end=NOON + 25 * SECOND)),)


@given(days())
def test_that_what_is_stored_claims_no_time_whose_facts_were_not_given_to_be_stored(
    day: tuple[datetime, list[tuple[int, list[CallRecord]]]],
) -> None:
    begin, pictures = day
    wall = Wall(clock=HandClock(wall=begin), zone=TEHRAN)
    told: list[CallRecord] = []
    for pause, facts in pictures:
        wall.passes(min(pause, 20))
        wall.clock.pass_by(max(0, pause - 20))
        told += facts
        wall.shows(facts)
        last = wall.last
        assert last is not None
        assert all(stretch.end <= last.as_of for stretch in wall.stored.stretches)
        assert {fact.fact_id for fact in told} == {
            key for key, fact in wall.stored.facts.items() if isinstance(fact, CallRecord)
        }


def test_that_spells_are_given_to_be_stored_once() -> None:
    wall = Wall()
    free = an_agent(since=NOON)
    busy = replace(free, state=AgentState.IN_CALL, state_since=NOON + 5 * SECOND)
    last = None
    for agent in (free, busy, busy, replace(free, state_since=NOON + 12 * SECOND)):
        snapshot = a_snapshot([a_queue()], [agent], as_of=wall.clock.wall)
        wall.hears(PictureTaken(change=difference(last, snapshot)))
        last = snapshot
        wall.passes(6)
    spells = [fact for fact in wall.stored.facts.values() if isinstance(fact, AgentSpell)]
    assert [(spell.state, spell.ended_at - spell.began_at) for spell in spells] == [
        (AgentState.FREE, 5 * SECOND),
        (AgentState.IN_CALL, 7 * SECOND),
    ]
    assert set(wall.stored.times_told.values()) == {1}


# How the storing stands


def test_that_what_cannot_be_stored_is_a_warning_and_so_is_what_was_lost() -> None:
    wall = Wall()
    wall.shows()
    assert wall.board.warnings == ()
    full = fault(FaultKind.HISTORY_FULL, reason="full")
    wall.hears(HistoryTold(state=HistoryState(fault=full, waiting=3)))
    assert wall.board.warnings == (full,)
    wall.hears(HistoryTold(state=HistoryState(lost=12)))
    assert wall.board.warnings == (fault(FaultKind.HISTORY_LOST, count=12),)
    wall.hears(HistoryTold(state=HistoryState()))
    assert wall.board.warnings == ()


def test_that_open_calls_stand_beside_what_was_stored() -> None:
    first = Wall()
    first.shows([a_record("f", entered_at=NOON - 60 * SECOND)], [a_call("w", entered_at=NOON)])
    second = Wall(first.stored, first.clock)
    second.shows(calls=[a_call("w", entered_at=NOON)])
    second.hears(first.stored.read())
    assert second.board.site.totals == first.board.site.totals
    assert (second.board.site.totals.offered, second.board.site.waiting) == (2, 1)

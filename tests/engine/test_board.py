from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON, HandClock
from support.snapshots import (
    a_call,
    a_queue,
    a_record,
    a_snapshot,
    an_agent,
    parts,
    records,
    successions,
)

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.measuring import SHORT
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import (
    Agent,
    AgentState,
    Call,
    Queue,
    QueueId,
    Snapshot,
    difference,
)
from wallboard.domain.totals import NOTHING, Totals
from wallboard.engine.board import LONGEST_SHOWN, Board, age_of, fresh, site_readings, site_time
from wallboard.engine.freshness import Freshness
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed, Store
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.ledger import minute_of
from wallboard.engine.step import step
from wallboard.engine.trends import series

POLL = timedelta(seconds=5)
TEHRAN = ZoneInfo("Asia/Tehran")
Q1, Q2 = QueueId("q1"), QueueId("q2")
LOST = fault(FaultKind.LOST, host="pbx", port=5038)


class Wall:
    """A board on a wall, its source and its clock."""

    def __init__(self, zone: tzinfo = UTC, wall: datetime = NOON) -> None:
        self.clock = HandClock(wall=wall)
        self.board = Board(name="pbx", zone=zone, poll=POLL)
        self.last: Snapshot | None = None

    @property
    def now(self) -> Moment:
        return self.clock.now()

    def shows(
        self, snapshot: Snapshot, facts: Iterable[CallRecord] = (), *, as_of: datetime | None = None
    ) -> tuple[Store, ...]:
        """Take a snapshot of the present moment, or of the one told."""
        snapshot = replace(snapshot, as_of=as_of or self.now.wall)
        change = difference(self.last, snapshot)
        self.last = snapshot
        taken = PictureTaken(change=change, facts=tuple(facts))
        self.board, effects = step(self.board, taken, self.now)
        return effects

    def fails(self) -> None:
        self.board, effects = step(self.board, FetchFailed(fault=LOST), self.now)
        assert effects == ()

    def passes(self, seconds: float) -> None:
        """Let time go on, second by second."""
        whole = int(seconds)
        for second in [1.0] * whole + [seconds - whole] * (seconds > whole):
            self.clock.pass_by(second)
            self.board, effects = step(self.board, SecondPassed(), self.now)
            assert not any(effect.facts for effect in effects)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# The big property: what was put together from changes is what one whole snapshot gives.


@st.composite
def timelines(draw: st.DrawFn) -> list[tuple[float, Snapshot, list[CallRecord]]]:
    """Draw snapshots with the pauses before them, and the facts told with each."""
    facts = list({fact.fact_id: fact for fact in draw(st.lists(records(), max_size=10))}.values())
    length = draw(st.integers(1, 5))
    told: list[list[CallRecord]] = [[] for _ in range(length)]
    for fact in facts:
        for place in draw(st.lists(st.integers(0, length - 1), min_size=1, max_size=2)):
            told[place].append(fact)
    pictures = draw(successions(length))
    return [(draw(st.integers(1, 40)), pictures[place], told[place]) for place in range(length)]


def without_zeros(counts: Mapping[AgentState, int]) -> Mapping[AgentState, int]:
    return +Counter(counts)


def essence(board: Board) -> tuple[object, ...]:
    """Return what a view may show, whatever way it came about."""
    now = minute_of(board.snapshot.as_of) if board.snapshot else 0
    by_id = {key: group.calls for key, group in board.calls.items() if group.calls}
    crews = {key: without_zeros(counts) for key, counts in board.crew.queues.items()}
    return (
        board.snapshot,
        board.freshness,
        board.fault,
        board.queues,
        board.order,
        board.site,
        board.longest,
        without_zeros(board.crew.site),
        {key: counts for key, counts in crews.items() if counts},
        by_id,
        board.ledger.day,
        board.ledger.totals,
        {minute: sums for minute, sums in board.ledger.minutes.items() if minute > now - 60},
    )


@given(
    timeline=timelines(),
    begins=st.sampled_from([NOON, at("2026-11-22T23:59:30+00:00")]),
    failing=st.sets(st.integers(0, 4)),
)
def test_that_a_board_made_of_changes_is_the_board_made_of_one_whole_picture(
    timeline: list[tuple[float, Snapshot, list[CallRecord]]],
    begins: datetime,
    failing: set[int],
) -> None:
    late = begins - NOON
    wall = Wall(wall=begins)
    everything: list[CallRecord] = []
    for place, (pause, original, original_facts) in enumerate(timeline):
        if place in failing:
            wall.fails()
        wall.passes(pause)
        snapshot = replace(
            original,
            calls={
                key: replace(
                    call,
                    entered_at=call.entered_at and call.entered_at + late,
                    answered_at=call.answered_at and call.answered_at + late,
                )
                for key, call in original.calls.items()
            },
        )
        facts = [replace(fact, entered_at=fact.entered_at + late) for fact in original_facts]
        everything += facts
        wall.shows(snapshot, facts)
        whole = Wall(wall=wall.now.wall)
        whole.shows(snapshot, everything)
        assert essence(wall.board) == essence(whole.board)
        wall.passes(1)
        whole.passes(1)
        assert essence(wall.board) == essence(whole.board)
        for standing in wall.board.queues.values():
            assert standing.totals.offered == parts(standing.totals)


# Facts


def test_that_facts_are_to_be_stored_and_no_facts_are_not() -> None:
    wall = Wall()
    fact = a_record()
    (effect,) = wall.shows(a_snapshot([a_queue()]), [fact])
    assert effect.facts == (replace(fact, short=SHORT),)
    assert effect.watched == Stretch(begin=NOON, end=NOON)
    assert wall.shows(a_snapshot([a_queue()])) == ()


def test_that_a_call_goes_from_waiting_to_talking_to_over_without_counting_twice() -> None:
    wall = Wall()
    seen = []
    for calls_now, facts in (
        ([a_call()], []),
        ([a_call(answered_at=NOON + timedelta(seconds=10))], []),
        ([], [a_record("c1")]),
        ([], [a_record("c1")]),
    ):
        wall.passes(6)
        wall.shows(a_snapshot([a_queue()], calls=calls_now), facts)
        totals = wall.board.queues[Q1].totals
        seen.append((totals.offered, totals.waiting, totals.answered, totals.handled))
    assert seen == [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 1, 1), (1, 0, 1, 1)]


def test_that_a_call_is_counted_in_a_queue_where_nothing_else_happens() -> None:
    wall = Wall()
    talking = a_call(answered_at=NOON + timedelta(seconds=15))
    wall.shows(a_snapshot([a_queue()]))
    wall.clock.pass_by(20)
    wall.shows(a_snapshot([a_queue()], calls=[talking]))
    assert wall.board.queues[Q1].totals.answered_in_target == 1
    wall.clock.pass_by(1)
    wall.shows(a_snapshot([a_queue(target=timedelta(seconds=10))], calls=[talking]))
    assert wall.board.queues[Q1].totals.answered_in_target == 0
    wall.clock.pass_by(1)
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], calls=[replace(talking, queue_id=Q2)]))
    assert [wall.board.queues[key].totals.offered for key in (Q1, Q2)] == [0, 1]


def test_that_a_waiting_caller_becomes_late_by_time_alone() -> None:
    wall = Wall()
    wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
    wall.passes(9)
    assert wall.board.queues[Q1].totals.undecided == 1
    assert measure_by_key("service_level", wall.board.site.totals) is None
    wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
    wall.passes(9)
    wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
    wall.passes(3)
    assert wall.board.queues[Q1].totals.undecided == 0
    assert wall.board.queues[Q1].wait_severity is Severity.WARNING
    assert measure_by_key("service_level", wall.board.site.totals) == 0


def test_that_a_new_picture_ages_also_the_queues_in_which_nothing_happened() -> None:
    wall = Wall()
    wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
    wall.clock.pass_by(21)
    wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
    assert wall.board.queues[Q1].totals.undecided == 0
    assert wall.board.queues[Q1].wait_severity is Severity.WARNING


# Days


MIDNIGHT = at("2026-11-23T00:00+03:30")


def test_that_at_midnight_the_days_figures_begin_anew_without_a_new_picture() -> None:
    wall = Wall(TEHRAN, MIDNIGHT - timedelta(seconds=3))
    wall.shows(a_snapshot([a_queue()]), [a_record(entered_at=MIDNIGHT - timedelta(hours=1))])
    assert wall.board.site.totals.offered == 1
    wall.passes(2)
    assert wall.board.site.totals.offered == 1
    wall.passes(2)
    assert wall.board.site.totals == NOTHING
    assert wall.board.queues[Q1].totals == NOTHING


def test_that_who_waits_over_midnight_waits_but_is_not_offered_today() -> None:
    wall = Wall(TEHRAN, MIDNIGHT - timedelta(seconds=5))
    yesterdays = a_call(entered_at=MIDNIGHT - timedelta(seconds=4))
    todays = a_call("c2", entered_at=MIDNIGHT + timedelta(seconds=1))
    wall.clock.pass_by(2)
    wall.shows(a_snapshot([a_queue()], calls=[yesterdays]))
    assert wall.board.queues[Q1].totals.offered == 1
    wall.passes(5)
    wall.shows(a_snapshot([a_queue()], calls=[yesterdays, todays]))
    standing = wall.board.queues[Q1]
    assert standing.waiting == wall.board.site.waiting == 2
    assert standing.waiting_since == yesterdays.entered_at
    assert standing.totals == Totals(offered=1, waiting=1, undecided_waiting=1)
    over = a_record("c1", Ending.ABANDONED, entered_at=MIDNIGHT - timedelta(seconds=4))
    wall.shows(a_snapshot([a_queue()], calls=[todays]), [over])
    assert wall.board.queues[Q1].totals == Totals(offered=1, waiting=1, undecided_waiting=1)


# A source in trouble


def live_wall() -> Wall:
    wall = Wall()
    wall.shows(
        a_snapshot([a_queue()], [an_agent()], [a_call()]),
        [a_record(entered_at=NOON - timedelta(minutes=2))],
    )
    return wall


def test_that_a_failed_fetch_keeps_the_last_good_picture_and_says_since_when() -> None:
    wall = live_wall()
    before = wall.board
    wall.clock.pass_by(5)
    wall.fails()
    since = wall.now.wall
    wall.clock.pass_by(5)
    wall.fails()
    assert wall.board == replace(before, fault=LOST, fault_since=since, fault_at=wall.now.wall)
    wall.clock.pass_by(1)
    wall.shows(a_snapshot([a_queue()]), [a_record("c1", Ending.ABANDONED)])
    assert (wall.board.fault, wall.board.fault_since) == (None, None)


def test_that_a_failed_first_fetch_leaves_nothing_but_the_fault() -> None:
    wall = Wall()
    wall.fails()
    wall.passes(100)
    assert wall.board.snapshot is None
    assert wall.board.fault == LOST
    assert wall.board.freshness is Freshness.WAITING
    assert not fresh(wall.board)
    assert wall.board.trend.minute is None


def test_that_a_picture_that_is_not_renewed_grows_old() -> None:
    wall = live_wall()
    seen = []
    for second in range(1, 63):
        wall.passes(1)
        seen.append((second, wall.board.freshness))
    became = {state: min(second for second, each in seen if each is state) for _, state in seen}
    assert became == {
        Freshness.LIVE: 1,
        Freshness.LATE: 11,
        Freshness.STALE: 16,
        Freshness.NO_DATA: 61,
    }
    assert wall.board.queues[Q1].totals.offered == 2


def test_that_a_failed_fetch_may_be_what_shows_that_a_picture_is_old() -> None:
    wall = live_wall()
    wall.clock.pass_by(16)
    wall.fails()
    assert wall.board.freshness is Freshness.STALE


def test_that_the_sources_time_ticks_on_and_stops_when_the_picture_is_stale() -> None:
    wall = live_wall()
    wall.passes(15)
    assert site_time(wall.board, wall.now) == NOON + timedelta(seconds=15)
    before = wall.board.queues
    wall.passes(600)
    assert site_time(wall.board, wall.now) == NOON + timedelta(seconds=15)
    assert wall.board.queues is before


def test_that_without_a_picture_there_is_no_age_and_time_is_ours() -> None:
    wall = Wall()
    assert age_of(wall.board, wall.now) is None
    assert site_time(wall.board, wall.now) == NOON


def test_that_a_source_whose_clock_is_wrong_is_shown_by_its_own_clock() -> None:
    wall = Wall()
    theirs = NOON - timedelta(days=400)
    waiting = a_call(entered_at=theirs - timedelta(seconds=7))
    wall.shows(a_snapshot([a_queue()], calls=[waiting]), as_of=theirs)
    assert site_time(wall.board, wall.now) == theirs
    assert site_readings(wall.board, theirs)["longest_wait"] == 7
    assert wall.board.ledger.day == theirs.date()


def test_that_a_source_that_answers_but_stands_still_grows_old() -> None:
    wall = live_wall()
    frozen = wall.board.snapshot
    assert frozen is not None
    for _ in range(4):
        wall.passes(4)
        wall.shows(frozen, as_of=frozen.as_of)
    assert wall.board.freshness is Freshness.STALE
    assert wall.board.fault is None
    assert age_of(wall.board, wall.now) == timedelta(seconds=16)
    wall.shows(frozen)
    assert wall.board.freshness is Freshness.LIVE


# Order, severity and the site


def order_of(*rows: tuple[str, float | None, float | None]) -> str:
    """Return the order of queues told by id, longest wait and share of calls in target."""
    wall = Wall()
    all_queues, waiting, facts = [], [], []
    for queue_id, wait_s, level in rows:
        all_queues.append(a_queue(queue_id, name="same" if queue_id in "xy" else queue_id))
        if wait_s is not None:
            entered_at = NOON - timedelta(seconds=wait_s)
            waiting.append(a_call(queue_id, queue_id, entered_at))
        if level is not None:
            for number in range(20):
                in_time = number < level * 20
                facts.append(
                    a_record(f"{queue_id}{number}", queue_id=queue_id, wait_s=5 if in_time else 500)
                )
    wall.shows(a_snapshot(all_queues, calls=waiting), facts)
    return " ".join(wall.board.order)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("a", 5, 1), ("b", 41, 1), ("c", 21, 1)], "b c a", id="by_severity"),
        pytest.param([("a", None, 0.5), ("b", 41, 1)], "b a", id="who_waits_before_who_does_not"),
        pytest.param([("a", None, 0.5), ("b", 21, 1)], "a b", id="critical_before_warning"),
        pytest.param([("a", 3, 1), ("b", 9, 1), ("c", 6, 1)], "b c a", id="longest_wait_first"),
        pytest.param([("a", None, 0.95), ("b", None, 0.9)], "b a", id="lower_level_first"),
        pytest.param([("a", None, None), ("b", None, 0.9)], "b a", id="unknown_level_last"),
        pytest.param([("b", None, None), ("a", None, None)], "a b", id="then_by_name"),
        pytest.param([("y", None, None), ("x", None, None)], "x y", id="same_name_then_by_id"),
    ],
)
def test_that_the_worst_is_first(
    rows: list[tuple[str, float | None, float | None]], expected: str
) -> None:
    assert order_of(*rows) == expected


def test_that_the_site_is_the_sum_of_its_queues_and_its_worst_wait() -> None:
    wall = Wall()
    late = a_call("c2", "q2", NOON - timedelta(seconds=45))
    facts = [a_record("f1"), a_record("f2", queue_id="q2")]
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], calls=[a_call(), late]), facts)
    site = wall.board.site
    assert site.totals == sum((row.totals for row in wall.board.queues.values()), NOTHING)
    assert (site.totals.offered, site.waiting, site.waiting_since) == (4, 2, late.entered_at)
    assert site.wait_severity is Severity.CRITICAL
    assert wall.board.queues[Q1].severity is Severity.CALM
    assert wall.board.queues[Q2].severity is Severity.CRITICAL


def test_that_a_queue_that_is_gone_is_gone_from_the_board() -> None:
    wall = Wall()
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")]))
    wall.clock.pass_by(1)
    wall.shows(a_snapshot([a_queue("q2")]))
    assert set(wall.board.queues) == {Q2}
    assert wall.board.order == (Q2,)


def test_that_parts_that_did_not_change_are_the_same_objects() -> None:
    wall = live_wall()
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], [an_agent()], [a_call()]))
    before = wall.board
    wall.passes(1)
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], [an_agent()], [a_call()]))
    assert wall.board.queues is before.queues
    assert wall.board.order is before.order
    assert wall.board.site is before.site
    assert wall.board.longest is before.longest
    wall.clock.pass_by(1)
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], [an_agent()]), [a_record("c1")])
    assert wall.board.queues[Q2] is before.queues[Q2]
    assert wall.board.queues[Q1] is not before.queues[Q1]


def staffed_wall(*people: Agent, waiting: Iterable[Call] = ()) -> Wall:
    """Return a wall of two queues in which calls have been, and let a second pass."""
    wall = Wall()
    facts = [a_record("f1"), a_record("f2", Ending.ABANDONED, queue_id="q2")]
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], people, waiting), facts)
    wall.clock.pass_by(1)
    return wall


def people_of(wall: Wall, queue_id: QueueId) -> tuple[int, int]:
    standing = wall.board.queues[queue_id]
    return standing.free, standing.busy


BUSY = an_agent(state=AgentState.IN_CALL)


@pytest.mark.parametrize(
    ("before", "after", "first", "second"),
    [
        pytest.param([an_agent()], [BUSY], (0, 1), (0, 0), id="a_free_one_is_busy"),
        pytest.param([BUSY], [an_agent()], (1, 0), (0, 0), id="a_busy_one_is_free"),
        pytest.param([], [an_agent()], (1, 0), (0, 0), id="one_comes"),
        pytest.param([BUSY, an_agent("a2")], [BUSY], (0, 1), (0, 0), id="one_goes"),
        pytest.param(
            [an_agent()], [an_agent(queues=("q2",))], (0, 0), (1, 0), id="one_changes_queues"
        ),
        pytest.param(
            [an_agent(queues=("q1", "q2"))],
            [an_agent(state=AgentState.ON_BREAK, queues=("q1", "q2"))],
            (0, 0),
            (0, 0),
            id="one_of_two_queues_goes_on_break",
        ),
    ],
)
def test_that_where_only_people_moved_nothing_but_the_people_changes(
    before: list[Agent], after: list[Agent], first: tuple[int, int], second: tuple[int, int]
) -> None:
    wall = staffed_wall(*before)
    old = wall.board
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], after))
    assert (people_of(wall, Q1), people_of(wall, Q2)) == (first, second)
    assert wall.board.site is old.site
    assert wall.board.order is old.order
    for key, standing in wall.board.queues.items():
        assert replace(standing, free=0, busy=0) == replace(old.queues[key], free=0, busy=0)
        if (standing.free, standing.busy) == (old.queues[key].free, old.queues[key].busy):
            assert standing is old.queues[key]


def test_that_who_is_busy_with_something_else_changes_no_queue() -> None:
    wall = staffed_wall(BUSY)
    old = wall.board
    wall.shows(
        a_snapshot([a_queue("q1"), a_queue("q2")], [an_agent(state=AgentState.WRAP_UP)]),
    )
    assert wall.board.queues is old.queues
    assert wall.board.crew.site[AgentState.WRAP_UP] == 1


def test_that_people_are_counted_anew_also_where_somebody_waits() -> None:
    waiting = a_call("w")
    wall = staffed_wall(an_agent(), an_agent("a2", queues=("q2",)), waiting=[waiting])
    both_busy = [BUSY, an_agent("a2", AgentState.RINGING, queues=("q2",))]
    wall.shows(a_snapshot([a_queue("q1"), a_queue("q2")], both_busy, [waiting]))
    assert (people_of(wall, Q1), people_of(wall, Q2)) == ((0, 1), (0, 1))
    assert wall.board.site.waiting == 1


def test_that_an_agent_of_a_queue_that_is_not_known_changes_no_other() -> None:
    stranger = an_agent(queues=("elsewhere",))
    wall = staffed_wall(stranger)
    old = wall.board
    wall.shows(
        a_snapshot([a_queue("q1"), a_queue("q2")], [replace(stranger, state=AgentState.IN_CALL)]),
    )
    assert wall.board.queues is old.queues
    assert wall.board.crew.site[AgentState.IN_CALL] == 1


def test_that_the_agents_longest_in_their_state_are_first_and_absent_ones_are_left_out() -> None:
    wall = Wall()
    ago = {"a1": 5, "a2": 50, "a3": 500, "a4": 5000}
    people = [
        an_agent(key, since=NOON - timedelta(seconds=seconds)) for key, seconds in ago.items()
    ]
    people += [
        an_agent("a5", AgentState.OFFLINE, since=NOON - timedelta(days=1)),
        an_agent("a6", AgentState.UNKNOWN, since=NOON - timedelta(days=1)),
        an_agent("a7", since=None),
    ]
    wall.shows(a_snapshot([a_queue()], people))
    assert [agent.agent_id for agent in wall.board.longest] == ["a4", "a3", "a2", "a1"]
    many = [an_agent(f"b{number:03}") for number in range(100)]
    wall.shows(a_snapshot([a_queue()], many))
    assert [agent.agent_id for agent in wall.board.longest] == [
        f"b{number:03}" for number in range(LONGEST_SHOWN)
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("count", "moving"), [(60, 3), (700, 40), (700, 400)])
def test_that_the_longest_are_the_longest_however_many_agents_changed(
    seed: int, count: int, moving: int
) -> None:
    chance = Random(seed)
    wall = Wall()
    people = {f"a{number}": an_agent(f"a{number}") for number in range(count)}
    for _ in range(25):
        wall.clock.pass_by(1)
        for key in chance.sample(sorted(people), min(moving, len(people))):
            state = chance.choice([AgentState.FREE, AgentState.IN_CALL, AgentState.OFFLINE])
            # Some are said to be in their state for longer than was known before.
            since = wall.now.wall - timedelta(seconds=chance.choice([0, 0, 1, 500]))
            people[key] = an_agent(key, state, since=chance.choice([since, since, None]))
        people.pop(chance.choice(sorted(people)))
        wall.shows(a_snapshot([a_queue()], people.values()))
        known = [
            agent
            for agent in people.values()
            if agent.state is not AgentState.OFFLINE and agent.state_since is not None
        ]
        known.sort(key=lambda agent: (agent.state_since or NOON, agent.agent_id))
        assert list(wall.board.longest) == known[:LONGEST_SHOWN]


def test_that_the_tiles_read_what_holds_now() -> None:
    wall = Wall()
    people = [
        an_agent("a1"),
        an_agent("a2", AgentState.IN_CALL),
        an_agent("a3", AgentState.ON_HOLD),
        an_agent("a4", AgentState.WRAP_UP),
    ]
    facts = [a_record("f1"), a_record("f2", Ending.ABANDONED)]
    wall.shows(a_snapshot([a_queue()], people, [a_call()]), facts)
    wall.passes(4)
    assert site_readings(wall.board, site_time(wall.board, wall.now)) == {
        "waiting": 1,
        "longest_wait": 4,
        "service_level": 0.5,
        "abandon_rate": 0.5,
        "free": 1,
        "in_call": 2,
    }


def test_that_where_nobody_waits_there_is_no_longest_wait_and_no_call_is_no_ratio() -> None:
    wall = Wall()
    wall.shows(a_snapshot([a_queue()]))
    assert site_readings(wall.board, NOON) == {
        "waiting": 0,
        "longest_wait": None,
        "service_level": None,
        "abandon_rate": None,
        "free": 0,
        "in_call": 0,
    }


# The trend


def waiting_of(wall: Wall, last: int) -> tuple[float | None, ...]:
    return series(wall.board.trend, "waiting")[-last:]


def test_that_the_trend_has_a_point_a_minute() -> None:
    wall = Wall()
    for waiting in (1, 2, 3):
        waiters = [a_call(f"c{number}") for number in range(waiting)]
        for _ in range(12):
            wall.shows(a_snapshot([a_queue()], calls=waiters))
            wall.passes(5)
    assert waiting_of(wall, 4) == (None, 1, 2, 3)


def test_that_minutes_without_a_fresh_picture_are_gaps_also_when_it_comes_back() -> None:
    wall = Wall()
    for second in range(0, 480, 5):
        if not 95 <= second < 390:  # from 12:01:35 to 12:06:30
            wall.shows(a_snapshot([a_queue()], calls=[a_call()]))
        wall.passes(5)
    assert waiting_of(wall, 8) == (1, None, None, None, None, None, 1, 1)


def test_that_under_time_warp_only_minutes_that_were_seen_have_a_point() -> None:
    wall = Wall()
    for number in range(4):
        wall.shows(
            a_snapshot([a_queue()], calls=[a_call()]), as_of=NOON + timedelta(minutes=16 * number)
        )
        wall.passes(1)
    points = waiting_of(wall, 48)
    assert [place for place, point in enumerate(points) if point is not None] == [15, 31, 47]


# Notices


def test_that_notices_are_those_of_the_last_picture() -> None:
    wall = Wall()
    notice = fault(FaultKind.CALLS_UNSEEN, count=3)
    taken = PictureTaken(change=difference(None, a_snapshot()), notices=(notice,))
    board, _ = step(wall.board, taken, wall.now)
    assert board.notices == (notice,)
    failed, _ = step(board, FetchFailed(fault=LOST), wall.now)
    assert failed.notices == (notice,)
    later = PictureTaken(change=difference(a_snapshot(), a_snapshot()))
    assert step(failed, later, wall.now)[0].notices == ()


def test_that_a_queue_that_is_no_more_still_counts_in_the_sums_of_its_day() -> None:
    gone, kept = QueueId("gone"), QueueId("kept")
    queues = {key: Queue(queue_id=key, name=key) for key in (gone, kept)}
    first = Snapshot(as_of=NOON, queues=queues)
    second = Snapshot(as_of=NOON + timedelta(seconds=1), queues={kept: queues[kept]})
    fact = a_record(queue_id=gone, ending=Ending.ABANDONED)
    clock = HandClock()
    board = Board(name="b", zone=UTC, poll=timedelta(seconds=1))
    told = PictureTaken(change=difference(None, first), facts=(fact,))
    board, _ = step(board, told, clock.now())
    board, _ = step(board, PictureTaken(change=difference(first, second)), clock.pass_by(1))
    assert list(board.queues) == [kept]
    assert board.site.totals.abandoned == 1


def test_that_the_days_figures_say_since_when_they_hold() -> None:
    clock = HandClock()
    board = Board(name="b", zone=UTC, poll=timedelta(seconds=1))
    first = Snapshot(as_of=NOON)
    board, _ = step(board, PictureTaken(change=difference(None, first)), clock.now())
    assert board.ledger.since == NOON
    next_day = Snapshot(as_of=NOON + timedelta(days=1))
    unseen, _ = step(board, PictureTaken(change=difference(first, next_day)), clock.pass_by(86400))
    assert unseen.ledger.since == NOON + timedelta(days=1)
    clock = HandClock(wall=NOON + timedelta(hours=11, minutes=59, seconds=59))
    evening = Snapshot(as_of=clock.wall)
    board, _ = step(board, PictureTaken(change=difference(first, evening)), clock.now())
    morning = Snapshot(as_of=clock.wall + timedelta(seconds=1))
    board, _ = step(board, PictureTaken(change=difference(evening, morning)), clock.pass_by(1))
    assert board.ledger.since == board.ledger.begins == NOON + timedelta(hours=12)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.domain.facts import Ending
from wallboard.domain.measuring import SHORT
from wallboard.domain.snapshot import AgentState, QueueId
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.waits import counted
from wallboard.sources.simulator.scenarios import SCENARIOS, LinePlan, Scenario
from wallboard.sources.simulator.truth import TrueVisit
from wallboard.sources.simulator.world import Visit, World

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_NO_TIME = timedelta()


def world_of(scenario: str = "demo", seed: int = 7) -> World:
    return World(SCENARIOS[scenario], Random(seed), START, remember=True)


def counted_anew(visits: Iterable[TrueVisit], open_visits: Iterable[Visit], world: World) -> Totals:
    """Count one queue's visits by hand, the slow way."""
    done = list(visits)
    answered = [visit for visit in done if visit.ending is Ending.ANSWERED]
    waits = [visit.wait for visit in answered]
    targets = [visit.target for visit in answered]
    waiting, talking = [], []
    for visit in open_visits:
        (waiting if visit.answered is None else talking).append(visit)
    for visit in talking:
        waits.append(timedelta(microseconds=(visit.answered or 0) - visit.entered))
        targets.append(timedelta(microseconds=visit.line.target_us))
    number = {ending: sum(visit.ending is ending for visit in done) for ending in Ending}
    gone = [visit for visit in done if visit.ending is not Ending.ANSWERED]
    abandons = [visit for visit in gone if visit.ending is Ending.ABANDONED]
    left = [visit for visit in gone if visit.ending is not Ending.ABANDONED]
    by_key = [visit for visit in left if visit.ending is Ending.LEFT_BY_KEY]
    soon = [visit for visit in left if visit.wait <= visit.target]
    return Totals(
        answered_at_once=waits.count(_NO_TIME),
        abandoned_in_target=sum(visit.wait <= visit.target for visit in abandons),
        abandoned_short=sum(visit.wait <= SHORT for visit in abandons),
        sent_away_in_target=sum(visit not in by_key for visit in soon),
        left_by_key_in_target=sum(visit in by_key for visit in soon),
        abandon_waits_known=len(abandons),
        left_waits_known=len(left),
        holds_known=len(answered),
        wrap_ups_known=len(answered),
        held=sum(bool(visit.hold) for visit in answered),
        wait_of_left=sum((visit.wait for visit in left), _NO_TIME),
        longest_wait=max([_NO_TIME, *waits, *(visit.wait for visit in gone)]),
        waits=sum(map(counted, waits)),
        abandon_waits=sum(counted(visit.wait) for visit in abandons),
        offered=len(done) + len(waiting) + len(talking),
        answered=len(waits),
        answered_in_target=sum(wait <= goal for wait, goal in zip(waits, targets, strict=True)),
        abandoned=number[Ending.ABANDONED],
        timed_out=number[Ending.TIMED_OUT],
        left_by_key=number[Ending.LEFT_BY_KEY],
        left_empty=number[Ending.LEFT_EMPTY],
        left_otherwise=number[Ending.LEFT_OTHERWISE],
        waiting=len(waiting),
        undecided_waiting=sum(
            world.now - world.instant(visit.entered) <= timedelta(microseconds=visit.line.target_us)
            for visit in waiting
        ),
        waits_known=len(waits),
        handled=len(answered),
        transferred=sum(visit.transferred for visit in done),
        missed_rings=sum(visit.missed_rings for visit in done),
        wait_of_answered=sum(waits, _NO_TIME),
        wait_of_abandoned=sum(
            (visit.wait for visit in done if visit.ending is Ending.ABANDONED), _NO_TIME
        ),
        talk=sum((visit.talk or _NO_TIME for visit in answered), _NO_TIME),
        hold=sum((visit.hold or _NO_TIME for visit in answered), _NO_TIME),
        wrap_up=sum((visit.wrap_up or _NO_TIME for visit in answered), _NO_TIME),
    )


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32),
    scenario=st.sampled_from(["demo", "calm", "rush"]),
    steps=st.lists(st.integers(0, 900_000_000), max_size=20),
)
def test_that_the_same_seed_lives_the_same_day_in_whatever_steps(
    seed: int, scenario: str, steps: Sequence[int]
) -> None:
    in_steps, at_once = world_of(scenario, seed), world_of(scenario, seed)
    to = START
    for step in steps:
        to += timedelta(microseconds=step)
        in_steps.advance(to)
    at_once.advance(to)
    assert in_steps.truth() == at_once.truth()


def test_that_another_seed_lives_another_day() -> None:
    assert world_of(seed=1).truth() != world_of(seed=2).truth()


@pytest.mark.parametrize("scenario", ["demo", "calm", "rush"])
@pytest.mark.parametrize("after_h", [0, 1.5, 24])
def test_that_the_truth_is_the_sum_of_its_visits(scenario: str, after_h: float) -> None:
    world = world_of(scenario)
    world.advance(START + timedelta(hours=after_h))
    truth = world.truth()
    for key, line in world.lines.items():
        visits = [visit for visit in truth.visits if visit.queue_id == key]
        still = [visit for visit in world.open.values() if visit.line is line]
        assert truth.totals[key] == counted_anew(visits, still, world)


def test_that_every_way_to_leave_is_taken_in_a_week() -> None:
    world = world_of("rush")
    world.advance(START + 7 * DAY)
    assert {visit.ending for visit in world.truth().visits} == {
        Ending.ANSWERED,
        Ending.ABANDONED,
        Ending.TIMED_OUT,
        Ending.LEFT_BY_KEY,
        Ending.LEFT_EMPTY,
    }


def test_that_callers_are_passed_on_put_on_hold_and_rung_for_in_vain() -> None:
    world = world_of()
    world.advance(START + DAY)
    totals = sum(world.truth().totals.values(), NOTHING)
    assert totals.transferred > 0
    assert totals.missed_rings > 0
    assert totals.hold > _NO_TIME
    joined = {(visit.entered_at, visit.queue_id) for visit in world.truth().visits}
    joined |= {(world.instant(visit.entered), visit.line.key) for visit in world.open.values()}
    passed_on = [visit for visit in world.truth().visits if visit.transferred]
    for visit in passed_on:
        assert any(at == visit.ended_at and queue != visit.queue_id for at, queue in joined)


def test_that_some_who_hung_up_call_again() -> None:
    world = world_of("rush")
    world.advance(START + timedelta(hours=3))
    hung_up = [visit for visit in world.ended if visit.ending is Ending.ABANDONED]
    numbers = [visit.number for visit in hung_up if visit.number is not None]
    assert len(set(numbers)) < len(numbers)


def plain(agents: int, **changes: object) -> Scenario:
    """One queue and nothing else in it than what the test asks for."""
    line = LinePlan(
        key="one", name=SCENARIOS["demo"].lines[0].name, agents=agents, calls_per_hour=120
    )
    return Scenario(lines=(replace(line, **changes),), warm_up_s=3600)  # type: ignore[arg-type]


def test_that_within_a_queue_first_come_is_first_served() -> None:
    # An agent who misses his rings makes one wait while others are served: hence one agent.
    world = World(plain(1, patience_s=4000.0, limit_s=None), Random(3), START, remember=True)
    world.advance(START + timedelta(hours=2))
    served = [visit for visit in world.truth().visits if visit.ending is Ending.ANSWERED]
    assert len(served) > 20
    for earlier, later in pairwise(served):
        assert earlier.entered_at <= later.entered_at


def test_that_nobody_waits_while_an_agent_is_free() -> None:
    world = world_of("rush")
    for minute in range(300):
        world.advance(START + timedelta(minutes=minute))
        for line in world.lines.values():
            if any(visit.ringing is None for visit in line.waiting.values()):
                assert not any(person.takes(line) for person in line.members)


def test_that_the_one_who_is_idle_longest_is_asked_first() -> None:
    world = World(plain(12, calls_per_hour=40), Random(5), START)
    asked = 0
    for second in range(3600):
        idle = {
            person.key: person.since or 0
            for person in world.people.values()
            if person.phase is AgentState.FREE
        }
        before = set(world.open)
        world.advance(START + timedelta(seconds=second))
        new = [world.open[key] for key in world.open.keys() - before]
        if len(new) == 1 and new[0].ringing is not None and new[0].ringing.key in idle:
            asked += 1
            others = [since for key, since in idle.items() if world.people[key].since == since]
            assert all(idle[new[0].ringing.key] <= since for since in others)
    assert asked > 20


def test_that_an_agent_who_becomes_free_serves_his_first_skill_first() -> None:
    world = world_of("rush")
    helped = 0
    for second in range(7200):
        world.advance(START + timedelta(seconds=second))
        for person in world.people.values():
            visit = person.visit
            just_now = person.since is not None and world.now_us - person.since < 1_000_000
            if person.phase is AgentState.RINGING and visit is not None and just_now:
                better = person.lines[: person.lines.index(visit.line)]
                helped += bool(better)
                for line in better:
                    # Who waits there came after this agent had made his choice.
                    waiting = [each for each in line.waiting.values() if each.ringing is None]
                    assert all(each.entered >= (person.since or 0) for each in waiting)
    assert helped > 20


def test_that_a_queue_which_sends_away_when_empty_keeps_nobody_at_night() -> None:
    world = World(plain(2, leave_when_empty=True), Random(1), START, remember=True)
    world.advance(START + DAY)
    line = world.lines[QueueId("one")]
    assert not line.staffed() or world.now > START + timedelta(hours=20)
    away = [visit for visit in world.truth().visits if visit.ending is Ending.LEFT_EMPTY]
    assert away
    assert any(visit.wait == _NO_TIME for visit in away)


def test_that_nobody_calls_at_night_and_nobody_works() -> None:
    world = world_of()
    night = START + timedelta(hours=14)  # half past midnight there
    world.advance(night)
    before = world.truth().totals
    world.advance(night + timedelta(hours=4))
    assert {key: row.offered for key, row in before.items()} == {
        key: row.offered for key, row in world.truth().totals.items()
    }
    assert {person.phase for person in world.people.values()} == {AgentState.OFFLINE}


def test_that_the_next_day_is_worked_again() -> None:
    world = world_of()
    first = world.truth().totals[QueueId("sales")].answered
    world.advance(START + DAY)
    phases = {person.phase for person in world.people.values()}
    assert AgentState.IN_CALL in phases
    assert world.truth().totals[QueueId("sales")].answered > 2 * first


def test_that_a_restart_ends_every_call_and_takes_none_for_a_while() -> None:
    world = world_of("rush")
    world.ended.clear()
    talking = sum(visit.answered is not None for visit in world.open.values())
    waiting = len(world.open) - talking
    assert talking
    assert waiting
    world.restart(timedelta(seconds=30))
    assert not world.open
    endings = [visit.ending for visit in world.ended]
    assert endings.count(Ending.ANSWERED) == talking
    assert endings.count(Ending.LEFT_OTHERWISE) == waiting
    world.advance(START + timedelta(seconds=29))
    assert not world.open
    world.advance(START + timedelta(minutes=5))
    assert world.open


def test_that_names_are_in_the_language_asked_for_and_numbers_are_nobodys() -> None:
    persian = World(SCENARIOS["demo"], Random(7), START, language="fa")
    assert persian.lines[QueueId("sales")].name == "فروش"
    assert all("؀" <= person.name[0] <= "ۿ" for person in persian.people.values())
    numbers = [visit.number for visit in persian.open.values() if visit.number is not None]
    assert numbers
    assert all(number[3:7].endswith("000") for number in numbers)
    english = world_of()
    assert english.lines[QueueId("sales")].name == "Sales"
    numbers = [visit.number for visit in english.open.values() if visit.number is not None]
    assert all(number[5:10] == "55501" for number in numbers)


def test_that_the_huge_center_has_its_size_and_different_names() -> None:
    world = World(SCENARIOS["huge"], Random(7), START, language="fa")
    assert len(world.lines) == 200
    assert len({line.name for line in world.lines.values()}) == 200
    assert len(world.people) == 2000
    assert len({person.name for person in world.people.values()}) == 2000
    assert sum(visit.answered is not None for visit in world.open.values()) > 700


def test_that_an_instant_of_the_past_changes_nothing() -> None:
    world = world_of()
    before = world.truth()
    world.advance(START - DAY)
    assert world.truth() == before


def service_level(totals: Totals) -> float:
    return totals.answered_in_target / totals.offered


@pytest.mark.parametrize("seed", [7, 1, 2, 3])
def test_that_calm_is_calm_the_demo_has_something_to_see_and_rush_is_too_much(seed: int) -> None:
    levels = {
        scenario: service_level(sum(world_of(scenario, seed).truth().totals.values(), NOTHING))
        for scenario in ("calm", "demo", "rush")
    }
    assert levels["calm"] > 0.9
    assert 0.6 < levels["demo"] < 0.9
    assert levels["rush"] < 0.5

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clocks import NOON, HandClock
from support.conforming import Run, looks_of

from wallboard.domain.errors import FaultKind, SourceRefused, SourceUnavailable
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import QueueId, Snapshot
from wallboard.domain.source import Fetched, Verdict
from wallboard.domain.totals import NOTHING, Totals
from wallboard.engine.board import Board
from wallboard.sources.simulator import KIND, Simulator
from wallboard.sources.simulator.scenarios import SCENARIOS
from wallboard.sources.simulator.source import OUTAGE_FILE, Settings
from wallboard.sources.simulator.truth import Truth

UNSEEN = (FaultKind.CALLS_UNSEEN, FaultKind.RESTARTED)


def played(
    scenario: str,
    pauses: Sequence[float],
    *,
    seed: int = 7,
    speed: float = 1,
    zone: tzinfo = UTC,
) -> tuple[Board, Truth]:
    """Return the board after a run, and what really happened."""
    made: list[Simulator] = []
    truths: list[Truth] = []

    class Watched(Simulator):
        def close(self) -> None:
            truths.append(self.truth())
            super().close()

    def make(clock: HandClock) -> Simulator:
        chosen = Settings(scenario=scenario, seed=seed, speed=speed)
        made.append(Watched(chosen, clock, remember=True))
        return made[0]

    looks = looks_of(Run(name="run", make=make, pauses=pauses), zone)
    return looks[-1].board, truths[0]


def totals_of_board(board: Board) -> dict[QueueId, Totals]:
    return {key: standing.totals for key, standing in board.queues.items()}


@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**31),
    speed=st.sampled_from([1.0, 7.5, 60.0, 1000.0]),
    scenario=st.sampled_from(["demo", "calm", "rush"]),
    pauses=st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=15),
)
def test_that_the_board_equals_the_truth_to_the_microsecond(
    seed: int, speed: float, scenario: str, pauses: list[float]
) -> None:
    # From noon on, so much that it stays one day.
    hours = sum(pauses) * speed / 3600
    if hours > 11:
        pauses = [pause * 11 / hours for pause in pauses]
    board, truth = played(scenario, pauses, seed=seed, speed=speed)
    assert totals_of_board(board) == truth.totals


@pytest.mark.parametrize("seed", [1, 7])
def test_that_a_whole_day_on_the_board_equals_that_day_in_truth(seed: int) -> None:
    # 30 simulated hours from noon on: the day of the board begins at midnight in Tehran.
    zone = ZoneInfo("Asia/Tehran")
    board, truth = played("demo", (1.5,) * 240, seed=seed, speed=300, zone=zone)
    today = truth.at.astimezone(zone).date()
    of_today = [
        visit for visit in truth.visits if visit.entered_at.astimezone(zone).date() == today
    ]
    assert len(of_today) > 1000
    assert sum(row.offered for row in truth.totals.values()) > len(of_today)
    for key, totals in totals_of_board(board).items():
        visits = [visit for visit in of_today if visit.queue_id == key]
        answered = [visit for visit in visits if visit.ending is Ending.ANSWERED]
        assert totals.handled == len(answered)
        assert totals.abandoned == sum(visit.ending is Ending.ABANDONED for visit in visits)
        assert totals.left_empty == sum(visit.ending is Ending.LEFT_EMPTY for visit in visits)
        talked = sum((visit.talk or timedelta() for visit in answered), timedelta())
        assert totals.talk == talked


@pytest.mark.parametrize("scenario", ["outage", "flapping", "restart"])
@pytest.mark.parametrize("speed", [1, 40])
def test_that_after_an_outage_nobody_is_missing_and_nobody_counted_twice(
    scenario: str, speed: float
) -> None:
    board, truth = played(scenario, (1.0,) * 235, speed=speed)
    assert board.fault is None
    for key, totals in totals_of_board(board).items():
        true = truth.totals[key]
        assert totals.offered == true.offered
        assert totals.waiting == true.waiting
        assert totals.answered <= true.answered
        assert totals.abandoned <= true.abandoned
        assert totals.handled <= true.handled
        assert totals.talk <= true.talk
    if speed > 1:
        assert sum(row.unknown for row in totals_of_board(board).values()) > 0


def fetched_over(scenario: str, pauses: Sequence[float], speed: str = "40") -> list[Fetched | None]:
    clock = HandClock()
    source = KIND.connect({"scenario": scenario, "speed": speed}, clock)
    said: list[Fetched | None] = []
    for pause in (0.0, *pauses):
        clock.pass_by(pause)
        try:
            said.append(source.fetch())
        except SourceUnavailable:
            said.append(None)
    return said


def facts_of(said: Sequence[Fetched | None]) -> dict[str, CallRecord]:
    return {fact.fact_id: fact for each in said if each is not None for fact in each.facts}


@pytest.mark.parametrize("scenario", ["demo", "outage", "flapping", "restart"])
def test_that_what_is_told_does_not_depend_on_when_it_was_asked(scenario: str) -> None:
    often = fetched_over(scenario, (0.5,) * 470)
    seldom = fetched_over(scenario, (0.0, 47.0, 90.5, 97.5))
    once = fetched_over(scenario, (235.0,))
    assert facts_of(often) == facts_of(seldom) == facts_of(once)
    last = [said[-1].snapshot if said[-1] else None for said in (often, seldom, once)]
    assert last[0] == last[1] == last[2]
    assert isinstance(last[0], Snapshot)


def test_that_the_number_of_the_calls_nobody_saw_is_told() -> None:
    said = fetched_over("outage", (1.0,) * 75)
    assert [each is None for each in said] == [False] * 40 + [True] * 30 + [False] * 6
    back = said[70]
    assert back is not None
    lost = sum(fact.ending is Ending.UNKNOWN for fact in back.facts)
    assert lost > 0
    (notice,) = back.notices
    assert notice.kind is FaultKind.CALLS_UNSEEN
    assert notice.detail("count") == str(lost)


def test_that_who_came_and_went_in_the_dark_counts_from_when_one_could_see_again() -> None:
    back = fetched_over("outage", (1.0,) * 70)[70]
    assert back is not None
    now, fell = back.snapshot.as_of, NOON + timedelta(seconds=40 * 40)
    lost = [fact for fact in back.facts if fact.ending is Ending.UNKNOWN]
    never_seen = [fact for fact in lost if fact.entered_at == now]
    assert never_seen
    assert all(fact.caller_number is None for fact in never_seen)
    assert all(fact.entered_at <= fell for fact in lost if fact not in never_seen)


def test_that_a_notice_is_told_for_a_minute() -> None:
    said = fetched_over("outage", (1.0,) * 140)
    told = [bool(each.notices) for each in said if each is not None]
    assert told == [False] * 40 + [True] * 60 + [False] * 11


def test_that_losses_of_one_minute_are_told_as_one_number() -> None:
    said = fetched_over("flapping", (1.0,) * 60)
    last = next(each for each in reversed(said) if each is not None)
    lost = sum(fact.ending is Ending.UNKNOWN for fact in facts_of(said).values())
    assert lost > 0
    assert [notice.detail("count") for notice in last.notices] == [str(lost)]


def test_that_an_answer_that_was_seen_stays_an_answer_and_its_wait_is_known() -> None:
    said = fetched_over("outage", (1.0,) * 70)
    before, back = said[39], said[70]
    assert before is not None
    assert back is not None
    talking = {key for key, call in before.snapshot.calls.items() if call.answered_at is not None}
    now = back.snapshot.as_of
    cut = [fact for fact in back.facts if fact.call_id in talking and fact.ended_at == now]
    assert cut
    for fact in cut:
        assert fact.ending is Ending.ANSWERED
        assert fact.wait is not None
        assert fact.talk is None


def test_that_who_joined_and_was_answered_in_the_dark_is_not_said_to_have_waited() -> None:
    said = fetched_over("outage", (1.0,) * 140)
    back = said[70]
    assert back is not None
    hidden = {key for key, call in back.snapshot.calls.items() if call.entered_at is None}
    assert hidden
    for fact in facts_of(said).values():
        if fact.call_id in hidden:
            assert fact.ending is Ending.ANSWERED
            assert fact.wait is None
            assert fact.talk is not None


def test_that_an_outage_by_hand_is_the_outage_that_a_scenario_has(tmp_path: Path) -> None:
    file = tmp_path / "outage"
    clock = HandClock()
    source = KIND.connect({"speed": "40", OUTAGE_FILE: str(file)}, clock)
    said: list[Fetched | None] = []
    for second in range(76):
        if second == 40:
            file.touch()
        elif second == 70:
            file.unlink()
        try:
            said.append(source.fetch())
        except SourceUnavailable:
            said.append(None)
        clock.pass_by(1.0)
    assert [each is None for each in said] == [False] * 40 + [True] * 30 + [False] * 6
    planned = fetched_over("outage", (1.0,) * 75)
    assert facts_of(said) == facts_of(planned)
    assert said[-1] == planned[-1]


def test_that_a_restart_is_told_and_ends_all_calls() -> None:
    said = fetched_over("restart", (1.0,) * 36)
    before, back = said[29], said[36]
    assert before is not None
    assert back is not None
    assert said[30] is None
    assert FaultKind.RESTARTED in {notice.kind for notice in back.notices}
    assert set(before.snapshot.calls) <= {fact.call_id for fact in back.facts}


def test_that_a_frozen_center_answers_the_same_again_and_then_all_that_happened() -> None:
    said = fetched_over("frozen", (1.0,) * 70)
    assert said[18] is not said[19]
    assert said[19] is said[20] is said[59]
    assert said[60] is not said[59]
    clear = fetched_over("demo", (1.0,) * 70)
    assert facts_of(said) == facts_of(clear)


def test_that_time_runs_as_fast_as_asked() -> None:
    clock = HandClock()
    source = KIND.connect({"speed": "250"}, clock)
    begun = source.fetch().snapshot.as_of
    assert begun == NOON
    clock.pass_by(2.5)
    assert source.fetch().snapshot.as_of - begun == timedelta(seconds=625)


def test_that_a_wall_clock_that_jumps_moves_nothing() -> None:
    clock = HandClock()
    source = KIND.connect({}, clock)
    before = source.fetch()
    clock.wall -= timedelta(days=3)
    assert source.fetch().snapshot == before.snapshot


def test_that_a_picture_in_which_nothing_happened_is_the_same_mappings() -> None:
    clock = HandClock()
    source = KIND.connect({}, clock)
    first = source.fetch().snapshot
    clock.pass_by(1e-6)
    second = source.fetch().snapshot
    assert second.as_of > first.as_of
    assert second.agents is first.agents
    assert second.calls is first.calls
    assert second.queues is first.queues


def test_that_after_closing_a_new_day_begins() -> None:
    clock = HandClock()
    source = KIND.connect({"speed": "1000"}, clock)
    first = source.fetch()
    clock.pass_by(100)
    source.fetch()
    source.close()
    source.close()
    again = source.fetch()
    assert again.snapshot.as_of == NOON + timedelta(seconds=100)
    assert len(again.snapshot.agents) == len(first.snapshot.agents)


def test_that_waiting_ends_at_once_when_interrupted_and_after_its_pause_otherwise() -> None:
    source = KIND.connect({}, HandClock())
    ours, theirs = socket.socketpair()
    with ours, theirs:
        begun = monotonic()
        source.wait(timedelta(milliseconds=30), ours)
        assert monotonic() - begun >= 0.029
        theirs.send(b"!")
        source.wait(timedelta(seconds=30), ours)
        assert monotonic() - begun < 10


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scenario", "earthquake"),
        ("seed", "seven"),
        ("seed", "7.5"),
        ("speed", "fast"),
        ("speed", "0.5"),
        ("speed", "1001"),
        ("speed", "nan"),
        ("language", "de"),
    ],
)
def test_that_a_setting_that_cannot_be_used_is_named(field: str, value: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        KIND.connect({field: value}, HandClock())
    assert refused.value.fault.kind is FaultKind.BAD_SETTING
    assert refused.value.fault.detail("field") == field
    (finding,) = KIND.check({field: value}, HandClock())
    assert finding.verdict is Verdict.BAD
    assert finding.fault == refused.value.fault


def test_that_a_check_tells_what_is_there() -> None:
    (finding,) = KIND.check({"scenario": "huge", "speed": "2"}, HandClock())
    assert finding.topic == "simulator"
    assert finding.verdict is Verdict.GOOD
    assert dict(finding.details) == {
        "scenario": "huge",
        "seed": "7",
        "speed": "2",
        "queues": "200",
        "agents": "2000",
    }


def test_that_every_field_has_a_default_that_is_accepted() -> None:
    told = {field.key: field.default for field in KIND.fields}
    assert KIND.connect(told, HandClock()).fetch() == KIND.connect({}, HandClock()).fetch()
    choices = {field.key: field.choices for field in KIND.fields}
    assert choices["scenario"] == tuple(SCENARIOS)


def test_that_the_day_so_far_is_told_at_once() -> None:
    fetched = KIND.connect({}, HandClock()).fetch()
    last_hour = [fact for fact in fetched.facts if fact.entered_at > NOON - timedelta(hours=1)]
    assert len(last_hour) > 100
    assert min(fact.entered_at for fact in fetched.facts) > NOON - timedelta(hours=3)


def test_that_calls_of_two_programs_are_never_mistaken_for_each_other() -> None:
    first = KIND.connect({}, HandClock()).fetch()
    later = KIND.connect({}, HandClock(wall=datetime(2026, 11, 22, 12, 1, tzinfo=UTC))).fetch()
    assert not {fact.fact_id for fact in first.facts} & {fact.fact_id for fact in later.facts}


def test_that_outages_come_again_and_again() -> None:
    said = fetched_over("outage", (1.0,) * 400, speed="1")
    falls = sum(a is not None and b is None for a, b in pairwise(said))
    assert falls == 3


def test_that_the_truth_is_told_in_the_dark_too() -> None:
    clock = HandClock()
    source = Simulator(Settings(scenario="outage", speed=60), clock)
    source.fetch()
    before = sum(source.truth().totals.values(), NOTHING)
    clock.pass_by(60)
    with pytest.raises(SourceUnavailable) as failed:
        source.fetch()
    assert failed.value.fault.kind is FaultKind.UNREACHABLE
    assert sum(source.truth().totals.values(), NOTHING).offered > before.offered
    assert source.truth().visits == ()

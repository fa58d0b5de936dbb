"""What people decided about queues holds on the whole board at once, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.boards import Scene, scene

from wallboard.domain.arranging import AS_TOLD, Arrangement
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.measuring import AS_USUAL, Measuring, QueueRule
from wallboard.domain.snapshot import CallId, QueueId, SnapshotChange
from wallboard.domain.totals import added
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken, SiteDecided, WindowChosen
from wallboard.engine.step import step
from wallboard.engine.windows import WindowKind

FIRST, SECOND = QueueId("q0"), QueueId("q1")


def decide(
    made: Scene, arrangement: Arrangement = AS_TOLD, measuring: Measuring = AS_USUAL
) -> Board:
    happening = SiteDecided(measuring=measuring, arrangement=arrangement)
    made.board, _ = step(made.board, happening, made.clock.now())
    return made.board


def hide(made: Scene, *queues: QueueId) -> Board:
    return decide(made, Arrangement(hidden=frozenset(queues)))


def figures(board: Board) -> tuple[object, ...]:
    # A state that nobody is in any more is counted as 0, or not at all.
    crew = {
        key: {state: count for state, count in counts.items() if count}
        for key, counts in board.crew.queues.items()
    }
    return board.queues, board.site, board.order, board.snapshot, board.ledger, crew


def test_that_a_picture_is_kept_once_where_nothing_is_decided() -> None:
    made = scene(minutes=3)
    made.churn()
    assert made.board.snapshot is made.board.told


def test_that_agents_and_calls_are_kept_once_where_only_names_are_decided() -> None:
    made = scene(minutes=3)
    decide(made, Arrangement(names={FIRST: "Front desk"}))
    made.churn()
    assert made.board.snapshot.agents is made.board.told.agents
    assert made.board.snapshot.calls is made.board.told.calls


def test_that_an_own_name_stands_in_the_place_of_the_source_s() -> None:
    made = scene(minutes=3)
    told = made.board.queues[FIRST].queue.name
    board = decide(made, Arrangement(names={FIRST: "Front desk"}))
    assert board.queues[FIRST].queue.name == "Front desk"
    assert board.snapshot.queues[FIRST].name == "Front desk"
    assert board.told.queues[FIRST].name == told
    assert decide(made).queues[FIRST].queue.name == told


def test_that_a_hidden_queue_is_nowhere_on_the_board() -> None:
    made = scene()
    assert any(call.queue_id == FIRST for call in made.board.snapshot.calls.values())
    board = hide(made, FIRST)
    assert FIRST not in board.queues
    assert FIRST not in board.order
    assert FIRST not in board.snapshot.queues
    assert all(call.queue_id != FIRST for call in board.snapshot.calls.values())
    assert all(FIRST not in agent.queues for agent in board.snapshot.agents.values())
    assert board.hidden_seen == 1


def test_that_a_hidden_queue_counts_in_no_total() -> None:
    made = scene()
    before = made.board
    board = hide(made, FIRST)
    assert board.site.waiting == before.site.waiting - before.queues[FIRST].waiting
    rest = [row.totals for key, row in before.queues.items() if key != FIRST]
    assert board.site.totals == added(rest)
    assert board.site.totals.offered < before.site.totals.offered
    minutes = added(board.ledger.minutes.values())
    parts = [
        totals
        for sums in board.ledger.queue_minutes.values()
        for key, totals in sums.items()
        if key != FIRST
    ]
    assert minutes == added(parts)
    assert minutes.offered < added(before.ledger.minutes.values()).offered


def test_that_agents_are_counted_whatever_queue_is_hidden() -> None:
    made = scene()
    before = made.board
    board = hide(made, *before.queues)
    assert board.crew.site == before.crew.site
    assert board.snapshot.agents.keys() == before.snapshot.agents.keys()
    assert board.site.totals.offered == 0


@pytest.mark.parametrize("window", [WindowKind.TODAY, WindowKind.LAST_30, WindowKind.INTERVAL])
def test_that_showing_a_queue_again_brings_all_of_it_back(window: WindowKind) -> None:
    made = scene()
    made.board, _ = step(made.board, WindowChosen(window=window), made.clock.now())
    before = made.board
    hide(made, FIRST, SECOND)
    assert figures(made.board) != figures(before)
    assert figures(decide(made)) == figures(before)


def test_that_what_happens_in_a_hidden_queue_is_stored_and_counts_once_it_is_shown() -> None:
    made, open_eyed = scene(), scene()
    hide(made, FIRST)
    for each in (made, open_eyed):
        each.clock.pass_by(2)
    at = made.clock.wall
    lost = CallRecord(
        fact_id=FactId("lost"),
        call_id=CallId("lost"),
        queue_id=FIRST,
        entered_at=at - timedelta(seconds=40),
        ended_at=at,
        ending=Ending.ABANDONED,
        wait=timedelta(seconds=40),
    )
    taken = PictureTaken(change=SnapshotChange(as_of=at), facts=(lost,))
    made.board, effects = step(made.board, taken, made.clock.now())
    open_eyed.board, _ = step(open_eyed.board, taken, open_eyed.clock.now())
    stored = [fact for effect in effects for fact in effect.facts]
    assert "lost" in [fact.fact_id for fact in stored]
    assert made.board.site.totals.offered < open_eyed.board.site.totals.offered
    assert decide(made).site.totals == open_eyed.board.site.totals


def test_that_a_call_that_ends_in_a_hidden_queue_alters_nothing_that_is_shown() -> None:
    made = scene()
    board = hide(made, FIRST)
    calls = {key: call for key, call in board.told.calls.items() if call.queue_id != FIRST}
    made.clock.pass_by(1)
    after = made.take(replace(board.told, as_of=made.clock.wall, calls=calls))
    assert after.snapshot.calls == board.snapshot.calls
    assert after.site.totals == board.site.totals


def test_that_a_target_that_is_taken_back_is_the_source_s_again() -> None:
    made = scene(minutes=3)
    told = made.board.queues[FIRST].queue.target
    other = timedelta(seconds=7)
    board = decide(made, measuring=Measuring(by_queue={FIRST: QueueRule(target=other)}))
    assert board.queues[FIRST].queue.target == other
    assert decide(made).queues[FIRST].queue.target == told


def test_that_to_decide_makes_no_stale_picture_younger_and_clears_no_fault() -> None:
    made = scene(minutes=3)
    made.clock.pass_by(30)
    made.fail(fault(FaultKind.UNREACHABLE))
    before = made.board
    board = hide(made, FIRST)
    assert board.taken_at == before.taken_at
    assert board.freshness is before.freshness
    assert (board.fault, board.fault_since) == (before.fault, before.fault_since)
    assert board.watched == before.watched


def test_that_what_is_decided_before_the_first_picture_holds_for_it() -> None:
    made = scene(minutes=0)
    snapshot = made.board.told
    empty = replace(made, board=Board(name="x", zone=made.board.zone, poll=made.board.poll))
    decide(empty, Arrangement(names={SECOND: "Shop"}, hidden=frozenset({FIRST})))
    board = empty.take(snapshot)
    assert FIRST not in board.queues
    assert board.queues[SECOND].queue.name == "Shop"

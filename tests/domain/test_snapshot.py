from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from support.clocks import NOON
from support.snapshots import a_call, a_queue, a_snapshot, an_agent, snapshots, successions

from wallboard.domain.snapshot import AgentState, Snapshot, SnapshotChange, applied, difference


@given(before=snapshots, after=snapshots)
def test_that_applying_a_difference_gives_the_next_picture(
    before: Snapshot, after: Snapshot
) -> None:
    untouched = replace(
        before,
        queues=dict(before.queues),
        agents=dict(before.agents),
        calls=dict(before.calls),
    )
    assert applied(before, difference(before, after)) == after
    assert before == untouched


@given(pictures=successions(2))
def test_that_applying_a_small_difference_gives_the_next_picture(pictures: list[Snapshot]) -> None:
    before, after = pictures
    assert applied(before, difference(before, after)) == after


@given(after=snapshots)
def test_that_the_first_picture_is_a_whole_change(after: Snapshot) -> None:
    change = difference(None, after)
    assert change.whole
    assert applied(None, change) == after


@given(before=snapshots, after=snapshots)
def test_that_a_whole_change_forgets_what_was_before(before: Snapshot, after: Snapshot) -> None:
    assert applied(before, difference(None, after)) == after


@given(snapshot=snapshots)
def test_that_a_picture_does_not_differ_from_itself(snapshot: Snapshot) -> None:
    change = difference(snapshot, snapshot)
    assert change.empty
    assert applied(snapshot, change) == snapshot


@given(before=snapshots, after=snapshots)
def test_that_a_change_is_empty_only_if_nothing_but_time_passed(
    before: Snapshot, after: Snapshot
) -> None:
    same_time = replace(after, as_of=before.as_of)
    assert difference(before, after).empty == (same_time == before)


def test_that_a_change_names_only_the_rows_that_differ() -> None:
    before = a_snapshot(
        [a_queue("q1")],
        [an_agent("a1"), an_agent("a2"), an_agent("a3")],
        [a_call("c1"), a_call("c2")],
    )
    later = NOON + timedelta(seconds=1)
    answered = a_call("c2", answered_at=later)
    busy = an_agent("a2", AgentState.IN_CALL)
    after = a_snapshot(
        [a_queue("q1"), a_queue("q2")],
        [an_agent("a1"), busy],
        [answered, a_call("c3")],
        later,
    )
    assert difference(before, after) == SnapshotChange(
        as_of=later,
        queues=(a_queue("q2"),),
        agents=(busy,),
        agents_gone=(an_agent("a3").agent_id,),
        calls=(answered, a_call("c3")),
        calls_gone=(a_call("c1").call_id,),
    )


def test_that_rows_and_mappings_without_a_change_are_kept_as_they_are() -> None:
    before = a_snapshot([a_queue()], [an_agent("a1"), an_agent("a2")], [a_call()])
    after = replace(before, agents={**before.agents, an_agent("a3").agent_id: an_agent("a3")})
    merged = applied(before, difference(before, after))
    assert merged.queues is before.queues
    assert merged.calls is before.calls
    assert all(merged.agents[key] is row for key, row in before.agents.items())


def test_that_a_row_that_is_gone_already_may_go_again() -> None:
    gone = SnapshotChange(as_of=NOON, agents_gone=(an_agent("a9").agent_id,))
    assert applied(a_snapshot(agents=[an_agent()]), gone).agents == {
        an_agent().agent_id: an_agent()
    }

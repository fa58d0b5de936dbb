from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import a_record, records

from wallboard.domain.facts import CallRecord, Ending, FactId, answered, merged
from wallboard.domain.snapshot import AgentId, CallId
from wallboard.domain.totals import totals_of

OPEN = ("wait", "target", "wrap_up", "short", "contact", "agent_id", "caller_number")
FEWER = ("missed_rings", "transferred")
"""What a witness may leave open, whatever else he saw; of FEWER he may have seen nothing."""


def of_same_visit(told: CallRecord) -> CallRecord:
    return replace(told, fact_id=FactId("log"), call_id=CallId("log"))


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def without_names(record: CallRecord) -> CallRecord:
    return replace(record, fact_id=FactId(""), call_id=CallId(""))


@st.composite
def witnesses(draw: st.DrawFn) -> tuple[CallRecord, CallRecord, CallRecord]:
    """Draw a call, and what two witnesses who err in nothing tell of it."""
    truth = replace(
        draw(records()),
        agent_id=AgentId("ann"),
        caller_number="100",
        contact="x",
        ending=draw(st.sampled_from([each for each in Ending if each is not Ending.UNKNOWN])),
    )
    if not answered(truth):
        truth = replace(truth, talk=None, hold=None, wrap_up=None, transferred=False)
    return truth, *(
        replace(
            of_same_visit(truth) if number else truth,
            **dict.fromkeys(draw(st.sets(st.sampled_from(OPEN)))),
            **{
                name: type(getattr(truth, name))() for name in draw(st.sets(st.sampled_from(FEWER)))
            },
        )
        for number in range(2)
    )


@given(kept=records(), told=records())
def test_that_telling_again_adds_nothing(kept: CallRecord, told: CallRecord) -> None:
    once = merged(kept, told)
    assert merged(once, told) == once
    assert merged(kept, kept) is kept
    assert merged(once, kept) == once


@given(kept=records(), told=records())
def test_that_a_visit_keeps_the_name_it_was_first_told_under(
    kept: CallRecord, told: CallRecord
) -> None:
    once = merged(kept, told)
    assert (once.fact_id, once.call_id) == (kept.fact_id, kept.call_id)


@given(kept=records(), told=records())
def test_that_nothing_that_was_known_is_lost(kept: CallRecord, told: CallRecord) -> None:
    once = merged(kept, told)
    for item in fields(CallRecord):
        known = [one for one in (kept, told) if getattr(one, item.name) is not None]
        if known and item.name not in {"talk", "hold", "wrap_up"}:
            assert getattr(once, item.name) is not None
    if answered(kept) and answered(once):
        assert totals_of(once).handled >= totals_of(kept).handled


@given(witnesses())
def test_that_who_tells_first_does_not_matter(
    told: tuple[CallRecord, CallRecord, CallRecord],
) -> None:
    _, one, other = told
    assert without_names(merged(one, other)) == without_names(merged(other, one))


@given(told=witnesses(), third=st.sets(st.sampled_from(OPEN)))
def test_that_of_three_witnesses_any_two_may_be_merged_first(
    told: tuple[CallRecord, CallRecord, CallRecord], third: set[str]
) -> None:
    truth, one, two = told
    three = replace(of_same_visit(truth), **dict.fromkeys(third))
    assert merged(merged(one, two), three) == merged(one, merged(two, three))


@given(told=witnesses())
def test_that_two_who_saw_parts_know_the_whole_together(
    told: tuple[CallRecord, CallRecord, CallRecord],
) -> None:
    truth, one, other = told
    for name in OPEN:
        if name == "wrap_up" and not answered(truth):
            continue
        known = {getattr(one, name), getattr(other, name)} - {None}
        assert getattr(merged(one, other), name) == (known.pop() if known else None)


def test_that_a_seen_end_wins_over_an_unseen_one_in_either_order() -> None:
    unseen = replace(a_record("live", Ending.UNKNOWN, wait_s=None), missed_rings=1)
    seen = replace(a_record("log"), agent_id=AgentId("ann"))
    for kept, told in ((unseen, seen), (seen, unseen)):
        once = merged(kept, told)
        assert (once.ending, once.wait, once.talk) == (Ending.ANSWERED, seen.wait, seen.talk)
        assert once.fact_id == kept.fact_id


def test_that_the_end_of_a_talk_wins_over_none() -> None:
    cut = replace(a_record("live"), talk=None)
    whole = a_record("log", talk_s=90)
    assert merged(cut, whole).talk == merged(whole, cut).talk == seconds(90)
    assert merged(cut, whole).ended_at == whole.ended_at


def test_that_between_two_who_saw_it_the_first_one_stays() -> None:
    first, second = a_record("live", wait_s=10), a_record("log", wait_s=11)
    assert merged(first, second) is first


def test_that_a_hold_is_not_counted_twice() -> None:
    # One tells the talk with the hold in it, the other one tells them apart.
    together = replace(a_record("log"), talk=seconds(100), hold=None)
    apart = replace(a_record("live"), talk=seconds(80), hold=seconds(20))
    for once in (merged(together, apart), merged(apart, together)):
        assert (once.talk, once.hold) == (seconds(80), seconds(20))


def test_that_a_hold_that_is_told_without_its_talk_is_not_taken() -> None:
    together = replace(a_record("log"), talk=seconds(100), hold=None)
    cut = replace(a_record("live"), talk=None, hold=seconds(20))
    for once in (merged(together, cut), merged(cut, together)):
        assert (once.talk, once.hold) == (seconds(100), None)


def test_that_what_one_of_two_saw_was_there() -> None:
    live = replace(a_record("live"), missed_rings=2)
    log = replace(a_record("log"), missed_rings=1, transferred=True)
    for once in (merged(live, log), merged(log, live)):
        assert (once.missed_rings, once.transferred) == (2, True)
    nobody = merged(a_record("live", Ending.ABANDONED), replace(log, talk=None))
    assert (nobody.ending, nobody.transferred) == (Ending.ABANDONED, False)


def test_that_who_was_not_answered_did_not_talk() -> None:
    abandoned = a_record("log", Ending.ABANDONED)
    muddled = replace(a_record("live", Ending.UNKNOWN), talk=seconds(9), wrap_up=seconds(3))
    once = merged(abandoned, muddled)
    assert (once.talk, once.hold, once.wrap_up) == (None, None, None)

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
    Retraction,
)
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    difference,
)
from wallboard.domain.supervision import Monitoring, Wish, WishKind
from wallboard.runtime.wire import (
    Answered,
    Ask,
    Begin,
    Failed,
    FrameReader,
    Hello,
    PollNow,
    Stop,
    Taken,
    WireBroken,
    frame_of,
    source_said,
    window_said,
)

NOW = datetime(2026, 11, 22, 12, 0, 0, 123457, tzinfo=UTC)
QUEUE = Queue(queue_id=QueueId("فروش"), name="فروش <b>", target=timedelta(seconds=20.000001))
AGENT = Agent(
    agent_id=AgentId("a"),
    name="O'Hara",
    state=AgentState.IN_CALL,
    state_since=NOW,
    queues=(QUEUE.queue_id,),
    call_id=CallId("c"),
)
CALL = Call(call_id=CallId("c"), queue_id=QUEUE.queue_id, entered_at=NOW, answered_at=NOW)
SNAPSHOT = Snapshot(
    as_of=NOW,
    queues={QUEUE.queue_id: QUEUE},
    agents={AGENT.agent_id: AGENT},
    calls={CALL.call_id: CALL},
)
RECORD = CallRecord(
    fact_id=FactId("f"),
    call_id=CallId("c"),
    queue_id=QUEUE.queue_id,
    entered_at=NOW,
    ended_at=NOW,
    ending=Ending.ANSWERED,
    wait=timedelta(microseconds=1),
    talk=timedelta(days=3, microseconds=7),
)
SPELL = AgentSpell(
    fact_id=FactId("s"),
    agent_id=AgentId("a"),
    state=AgentState.ON_BREAK,
    began_at=NOW,
    ended_at=NOW + timedelta(microseconds=3),
    reason="ناهار",
)
DIRECT = DirectCall(
    fact_id=FactId("d"),
    call_id=CallId("x"),
    direction=Direction.OUTGOING,
    began_at=NOW,
    ended_at=NOW + timedelta(seconds=9),
    answered=True,
    ring=timedelta(microseconds=1),
    talk=timedelta(seconds=8),
    agent_id=AgentId("a"),
    far_number="+98",
    contact="c",
)
ASK = Ask(
    key="k",
    wish=Wish(
        kind=WishKind.PAUSE,
        agent_id=AgentId("a"),
        queue_id=QueueId("صف"),
        call_id=CallId("c"),
        reason="ناهار",
    ),
    until=NOW,
)
FROM_SOURCE = (
    Hello(token="t"),
    Taken(
        change=difference(None, SNAPSHOT),
        facts=(RECORD, SPELL, DIRECT),
        notices=(fault(FaultKind.RESTARTED, at="x"),),
        retracted=(Retraction(fact_id=FactId("g"), queue_id=QueueId("q"), entered_at=NOW),),
        monitorings=(
            Monitoring(monitoring_id="m", mode=WishKind.BARGE, phone="تلفن", own=True, since=NOW),
        ),
        lacks=((WishKind.ADD, "write = agent"),),
    ),
    Taken(change=difference(None, SNAPSHOT), monitorings=()),
    Failed(fault=fault(FaultKind.SLOW, host="h", seconds=2)),
    Answered(key="k", done=False, reason="چرا", known=False),
)


@pytest.mark.parametrize("message", FROM_SOURCE)
def test_that_what_a_source_says_arrives_as_it_was_said(
    message: Hello | Taken | Failed,
) -> None:
    assert source_said(frame_of(message)[4:]) == message


@given(
    st.lists(
        st.builds(
            lambda fact, number: replace(fact, fact_id=FactId(f"f{number}")),
            st.sampled_from([RECORD, SPELL, DIRECT]),
            st.integers(0, 99),
        )
    )
)
def test_that_facts_of_all_kinds_arrive_and_those_of_one_kind_in_their_order(
    facts: list[Fact],
) -> None:
    told = source_said(frame_of(Taken(change=difference(None, SNAPSHOT), facts=tuple(facts)))[4:])
    assert isinstance(told, Taken)
    assert len(told.facts) == len(facts)
    for kind in (CallRecord, AgentSpell, DirectCall):
        ours, theirs = (
            [each for each in some if type(each) is kind] for some in (facts, told.facts)
        )
        assert ours == theirs


def test_that_what_is_not_known_of_a_fact_arrives_as_not_known() -> None:
    bare = replace(DIRECT, ring=None, talk=None, agent_id=None, far_number=None, contact=None)
    facts = (bare, replace(SPELL, reason=None), replace(RECORD, wait=None, talk=None, target=None))
    told = source_said(frame_of(Taken(change=difference(None, SNAPSHOT), facts=facts))[4:])
    assert isinstance(told, Taken)
    assert set(told.facts) == set(facts)


@pytest.mark.parametrize("message", [Begin(seed=SNAPSHOT), Begin(), PollNow(), ASK, Stop()])
def test_that_what_the_window_says_arrives_as_it_was_said(
    message: Begin | PollNow | Ask | Stop,
) -> None:
    assert window_said(frame_of(message)[4:]) == message


def test_that_frames_arrive_whole_wherever_the_stream_is_cut() -> None:
    stream = b"".join(frame_of(message) for message in FROM_SOURCE)
    for cut in range(len(stream) + 1):
        reader = FrameReader()
        bodies = reader.feed(stream[:cut]) + reader.feed(stream[cut:])
        assert tuple(source_said(body) for body in bodies) == FROM_SOURCE, cut


def test_that_frames_arrive_whole_byte_by_byte() -> None:
    reader = FrameReader()
    stream = b"".join(frame_of(message) for message in FROM_SOURCE)
    bodies = [body for at in range(len(stream)) for body in reader.feed(stream[at : at + 1])]
    assert tuple(source_said(body) for body in bodies) == FROM_SOURCE


def test_that_a_frame_over_the_cap_is_refused_as_soon_as_its_length_is_told() -> None:
    with pytest.raises(WireBroken):
        FrameReader(10).feed((11).to_bytes(4, "big"))
    assert FrameReader(10).feed((10).to_bytes(4, "big") + b"0123456789") == (b"0123456789",)


def test_that_text_that_is_no_unicode_is_refused_before_it_is_sent() -> None:
    with pytest.raises(WireBroken):
        frame_of(Failed(fault=fault(FaultKind.BAD_DATA, reason="\udc80")))


@given(st.binary(max_size=60))
def test_that_noise_is_refused_and_nothing_else_is_raised(noise: bytes) -> None:
    for said in (source_said, window_said):
        with pytest.raises(WireBroken):
            said(noise)


@given(st.data())
def test_that_a_damaged_frame_is_refused_or_read_and_nothing_else_is_raised(
    data: st.DataObject,
) -> None:
    body = bytearray(frame_of(FROM_SOURCE[1])[4:])
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    try:
        told = source_said(bytes(body))
    except WireBroken:
        return
    assert isinstance(told, (Hello, Taken, Failed))

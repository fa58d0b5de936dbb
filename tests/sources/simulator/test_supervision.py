from __future__ import annotations

import socket
import time
from collections import Counter
from datetime import timedelta

import pytest
from support.clocks import NOON, HandClock

from wallboard.domain.errors import SourceUnavailable
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, CallId, QueueId
from wallboard.domain.supervision import NOT_REACHED, OF_A_WAITING_CALL, Wish, WishKind
from wallboard.sources.simulator import KIND
from wallboard.sources.simulator.source import Settings, Simulator
from wallboard.sources.simulator.supervision import (
    ALREADY_IN,
    ALREADY_PAUSED,
    CALL_ENDED,
    CANCELLED,
    LOST,
    NO_CALL,
    NO_CALLER,
    NO_EXTENSION,
    NO_QUEUE,
    NOT_A_MEMBER,
    NOT_LISTENING,
    NOT_PAUSED,
    OFFLINE,
    OTHER_CALL,
    PHONE,
    PHONE_IN_USE,
    RINGS_S,
    UNKNOWN_AGENT,
)


class Office:
    """A simulated center and its supervisor."""

    def __init__(self, scenario: str = "demo") -> None:
        self.clock = HandClock()
        self.source = Simulator(Settings(scenario=scenario), self.clock)

    def agents(self) -> list[Agent]:
        return list(self.source.fetch().snapshot.agents.values())

    def agent(self, agent_id: AgentId) -> Agent:
        return self.source.fetch().snapshot.agents[agent_id]

    def one(self, state: AgentState) -> AgentId:
        """Return somebody in that state, as soon as there is somebody."""
        for _ in range(3600):
            found = next((agent.agent_id for agent in self.agents() if agent.state is state), None)
            if found is not None:
                return found
            self.clock.pass_by(1)
        raise AssertionError(state)

    def asked(
        self, kind: WishKind, agent_id: str, queue_id: QueueId | None = None, reason: str = ""
    ) -> str:
        """Return why not; empty if it was done."""
        wish = Wish(kind=kind, agent_id=AgentId(agent_id), queue_id=queue_id, reason=reason)
        return self.told(wish)

    def told(self, wish: Wish) -> str:
        """Return why not; empty if it was done, for which a phone may have to be picked up."""
        result = self.source.supervise(wish)
        if result is None:
            assert self.source.fetch().results == ()
            self.clock.pass_by(RINGS_S)
            (result,) = self.source.fetch().results
        assert result.wish == wish
        assert result.done == (result.reason == "")
        return result.reason

    def waiter(self) -> Call:
        """Return a caller who waits, as soon as there is one."""
        for _ in range(3600):
            for call in self.source.fetch().snapshot.calls.values():
                if call.answered_at is None:
                    return call
            self.clock.pass_by(1)
        raise AssertionError("nobody waits")


def test_that_a_free_agent_goes_on_break_with_the_reason_and_stays_until_called_back() -> None:
    office = Office()
    agent_id = office.one(AgentState.FREE)
    assert office.asked(WishKind.PAUSE, agent_id, reason="coaching") == ""
    agent = office.agent(agent_id)
    assert (agent.state, agent.reason) == (AgentState.ON_BREAK, "coaching")
    assert office.asked(WishKind.PAUSE, agent_id) == ALREADY_PAUSED
    office.clock.pass_by(3600)
    assert office.agent(agent_id).state is AgentState.ON_BREAK
    assert office.asked(WishKind.UNPAUSE, agent_id) == ""
    agent = office.agent(agent_id)
    assert agent.state in (AgentState.FREE, AgentState.RINGING)
    assert agent.reason is None
    assert office.asked(WishKind.UNPAUSE, agent_id) == NOT_PAUSED


def test_that_an_agent_in_a_call_goes_on_break_after_his_work_on_it() -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    assert office.asked(WishKind.PAUSE, agent_id, reason="later") == ""
    assert office.agent(agent_id).state is AgentState.IN_CALL
    assert office.asked(WishKind.PAUSE, agent_id) == ALREADY_PAUSED
    states = []
    for _ in range(7200):
        office.clock.pass_by(1)
        state = office.agent(agent_id).state
        if not states or states[-1] is not state:
            states.append(state)
        if state is AgentState.ON_BREAK:
            break
    assert states[-2:] == [AgentState.WRAP_UP, AgentState.ON_BREAK]
    assert set(states[:-2]) <= {AgentState.IN_CALL, AgentState.ON_HOLD}


def test_that_a_break_that_was_put_off_can_be_taken_back() -> None:
    office = Office()
    agent_id = office.one(AgentState.WRAP_UP)
    assert office.asked(WishKind.PAUSE, agent_id) == ""
    assert office.asked(WishKind.UNPAUSE, agent_id) == ""
    office.clock.pass_by(1)
    for _ in range(600):
        office.clock.pass_by(1)
        if office.agent(agent_id).state is not AgentState.WRAP_UP:
            break
    assert office.agent(agent_id).state is not AgentState.ON_BREAK


def test_that_a_pause_in_one_queue_leaves_the_others() -> None:
    office = Office("rush")
    agent_id = office.one(AgentState.WRAP_UP)
    first, *others = office.agent(agent_id).queues
    assert others
    assert office.asked(WishKind.PAUSE, agent_id, first) == ""
    assert office.asked(WishKind.PAUSE, agent_id, first) == ALREADY_PAUSED
    served = set()
    for _ in range(1800):
        office.clock.pass_by(1)
        snapshot = office.source.fetch().snapshot
        call_id = snapshot.agents[agent_id].call_id
        if call_id is not None:
            served.add(snapshot.calls[call_id].queue_id)
    assert served
    assert first not in served
    assert office.asked(WishKind.UNPAUSE, agent_id, first) == ""
    assert office.asked(WishKind.UNPAUSE, agent_id, first) == NOT_PAUSED


def test_that_a_pause_in_every_queue_one_by_one_is_a_break() -> None:
    office = Office()
    agent_id = office.one(AgentState.FREE)
    for queue_id in office.agent(agent_id).queues:
        assert office.agent(agent_id).state is not AgentState.ON_BREAK
        assert office.asked(WishKind.PAUSE, agent_id, queue_id) == ""
    assert office.agent(agent_id).state is AgentState.ON_BREAK


def test_that_who_is_called_back_to_one_queue_stays_away_from_the_others() -> None:
    office = Office("rush")
    agent_id = office.one(AgentState.ON_BREAK)
    first, *others = office.agent(agent_id).queues
    assert office.asked(WishKind.UNPAUSE, agent_id, first) == ""
    assert office.agent(agent_id).state in (AgentState.FREE, AgentState.RINGING)
    assert [office.asked(WishKind.PAUSE, agent_id, other) for other in others] == [
        ALREADY_PAUSED for _ in others
    ]


def test_that_signing_out_of_one_queue_ends_that_membership_alone() -> None:
    office = Office()
    agent_id = office.one(AgentState.FREE)
    first, *others = office.agent(agent_id).queues
    assert office.asked(WishKind.LOG_OUT, agent_id, first) == ""
    agent = office.agent(agent_id)
    assert agent.queues == tuple(others)
    assert agent.state is AgentState.FREE
    assert office.asked(WishKind.LOG_OUT, agent_id, first) == NOT_A_MEMBER
    for other in others:
        assert office.asked(WishKind.LOG_OUT, agent_id, other) == ""
    assert office.agent(agent_id).state is AgentState.OFFLINE


def test_that_who_is_signed_out_is_back_with_all_his_queues_the_next_day() -> None:
    office = Office()
    agent_id = office.one(AgentState.FREE)
    queues = office.agent(agent_id).queues
    office.asked(WishKind.LOG_OUT, agent_id, queues[0])
    assert office.asked(WishKind.LOG_OUT, agent_id) == ""
    assert office.agent(agent_id).state is AgentState.OFFLINE
    office.clock.pass_by(24 * 3600)
    assert office.agent(agent_id).queues == queues
    assert office.agent(agent_id).state is not AgentState.OFFLINE


def test_that_who_is_in_a_call_signs_out_after_it() -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    assert office.asked(WishKind.LOG_OUT, agent_id) == ""
    assert office.agent(agent_id).state is AgentState.IN_CALL
    assert office.asked(WishKind.HANG_UP, agent_id) == ""
    assert office.agent(agent_id).state is AgentState.WRAP_UP
    for _ in range(600):
        office.clock.pass_by(1)
        if office.agent(agent_id).state is not AgentState.WRAP_UP:
            break
    assert office.agent(agent_id).state is AgentState.OFFLINE


@pytest.mark.parametrize("state", [AgentState.IN_CALL, AgentState.ON_HOLD])
def test_that_hanging_up_ends_the_call_with_the_time_it_had(state: AgentState) -> None:
    office = Office()
    agent_id = office.one(state)
    call_id = office.agent(agent_id).call_id
    assert call_id is not None
    call = office.source.fetch().snapshot.calls[call_id]
    office.clock.pass_by(0.5)
    assert office.asked(WishKind.HANG_UP, agent_id) == ""
    fetched = office.source.fetch()
    assert call_id not in fetched.snapshot.calls
    (fact,) = (fact for fact in fetched.facts if fact.call_id == call_id)
    assert fact.talk is not None
    assert fact.hold is not None
    assert call.answered_at is not None
    assert fact.talk + fact.hold == fetched.snapshot.as_of - call.answered_at
    assert (fact.hold > timedelta()) == (state is AgentState.ON_HOLD)
    assert office.asked(WishKind.HANG_UP, agent_id) == NO_CALL


@pytest.mark.parametrize("kind", [WishKind.LISTEN, WishKind.WHISPER, WishKind.BARGE])
def test_that_one_listens_to_a_call_until_one_ends_it(kind: WishKind) -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    assert office.asked(WishKind.END, agent_id) == NOT_LISTENING
    assert office.asked(kind, agent_id) == ""
    (there,) = office.source.fetch().monitorings or ()
    assert (there.agent_id, there.mode, there.own, there.phone) == (agent_id, kind, True, PHONE)
    assert there.call_id == office.agent(agent_id).call_id
    # One thing at a time: another mode is an end and a beginning.
    assert office.asked(WishKind.LISTEN, agent_id) == PHONE_IN_USE
    assert office.asked(WishKind.END, agent_id) == ""
    assert office.source.fetch().monitorings == ()
    assert office.asked(WishKind.END, agent_id) == NOT_LISTENING


def test_that_listening_is_over_when_the_call_is() -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    assert office.asked(WishKind.LISTEN, agent_id) == ""
    assert office.asked(WishKind.HANG_UP, agent_id) == ""
    assert office.source.fetch().monitorings == ()
    assert office.asked(WishKind.END, agent_id) == NOT_LISTENING


def test_that_a_phone_takes_a_moment_in_which_the_call_may_end_or_the_ring() -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    listening = Wish(kind=WishKind.LISTEN, agent_id=agent_id)
    assert office.source.supervise(listening) is None
    assert office.source.fetch().monitorings == ()
    assert office.asked(WishKind.HANG_UP, agent_id) == ""
    office.clock.pass_by(RINGS_S)
    (result,) = office.source.fetch().results
    assert (result.wish, result.done, result.reason) == (listening, False, CALL_ENDED)
    assert office.source.fetch().results == ()

    listening = Wish(kind=WishKind.LISTEN, agent_id=office.one(AgentState.IN_CALL))
    assert office.source.supervise(listening) is None
    assert office.asked(WishKind.END, listening.agent_id) == ""
    (result,) = office.source.fetch().results
    assert (result.wish, result.reason) == (listening, CANCELLED)


def test_that_a_source_that_waits_wakes_when_a_phone_is_picked_up() -> None:
    office = Office()
    first, second = socket.socketpair()
    with first, second:
        office.source.supervise(Wish(kind=WishKind.TRY_PHONE, agent_id=AgentId("")))
        office.clock.pass_by(RINGS_S)
        begun = time.monotonic()
        office.source.wait(timedelta(seconds=20), first)
        assert time.monotonic() - begun < 10
    (result,) = office.source.fetch().results
    assert result.done


def test_that_what_rings_in_an_outage_is_not_known() -> None:
    office = Office("outage")
    office.source.fetch()
    office.clock.pass_by(39.5)
    agent_id = office.one(AgentState.IN_CALL)
    assert office.source.supervise(Wish(kind=WishKind.LISTEN, agent_id=agent_id)) is None
    office.clock.pass_by(5)
    with pytest.raises(SourceUnavailable):
        office.source.fetch()
    office.clock.pass_by(30)
    (result,) = office.source.fetch().results
    assert (result.done, result.known, result.reason) == (False, False, LOST)


@pytest.mark.parametrize("kind", [WishKind.TAKE_OVER, WishKind.TRANSFER])
def test_that_a_caller_goes_on_with_somebody_else(kind: WishKind) -> None:
    office = Office()
    agent_id = office.one(AgentState.IN_CALL)
    call_id = office.agent(agent_id).call_id
    if kind is WishKind.TRANSFER:
        nowhere = Wish(kind=kind, agent_id=agent_id, call_id=call_id, to="the boss")
        assert office.told(nowhere) == NO_EXTENSION
    seen = []
    asked = Wish(kind=kind, agent_id=agent_id, call_id=call_id, to="600")
    fetch = office.source.fetch
    office.source.fetch = lambda: seen.append(fetch()) or seen[-1]  # type: ignore[method-assign]
    assert office.told(asked) == ""
    assert office.agent(agent_id).state is AgentState.WRAP_UP
    (fact,) = (one for look in seen for one in look.facts if one.call_id == call_id)
    assert fact.transferred
    assert office.told(asked) in (OTHER_CALL, NO_CALL)


def test_that_a_caller_who_waits_is_picked_up_or_leaves() -> None:
    office = Office("rush")
    for kind in (WishKind.WITHDRAW, WishKind.PICK_UP):
        call = office.waiter()
        asked = Wish(kind=kind, agent_id=AgentId(""), call_id=call.call_id)
        refused = office.told(asked)
        if kind is WishKind.WITHDRAW:
            assert refused == ""
        else:
            assert refused in ("", CALL_ENDED)
        assert call.call_id not in office.source.fetch().snapshot.calls or refused
        if not refused:
            assert office.told(asked) == NO_CALLER


def test_that_a_caller_who_is_preferred_is_the_next_one() -> None:
    office = Office("rush")
    for _ in range(3600):
        waiting = [
            call
            for call in office.source.fetch().snapshot.calls.values()
            if call.answered_at is None
        ]
        queues = Counter(call.queue_id for call in waiting)
        queue_id, most = max(queues.items(), key=lambda item: item[1], default=("", 0))
        if most > 2:
            break
        office.clock.pass_by(1)
    *others, last = [call for call in waiting if call.queue_id == queue_id]
    asked = Wish(kind=WishKind.PRIORITIZE, agent_id=AgentId(""), call_id=last.call_id, priority=5)
    assert office.told(asked) == ""
    world = office.source._running._world  # type: ignore[union-attr]
    assert next(iter(world.lines[queue_id].waiting)) == last.call_id
    assert len(world.lines[queue_id].waiting) == len(others) + 1


def test_that_an_agent_is_added_to_a_queue() -> None:
    office = Office()
    agent_id = office.one(AgentState.FREE)
    mine = office.agent(agent_id).queues
    other = next(key for key in office.source.fetch().snapshot.queues if key not in mine)
    assert office.asked(WishKind.ADD, agent_id, other) == ""
    assert office.agent(agent_id).queues == (*mine, other)
    assert office.asked(WishKind.ADD, agent_id, other) == ALREADY_IN
    assert office.asked(WishKind.ADD, agent_id, QueueId("none")) == NO_QUEUE
    assert office.asked(WishKind.MESSAGE, agent_id) == ""


@pytest.mark.parametrize(
    "kind", [WishKind.LISTEN, WishKind.WHISPER, WishKind.BARGE, WishKind.HANG_UP]
)
def test_that_there_is_no_call_to_take_part_in_where_nobody_talks(kind: WishKind) -> None:
    office = Office()
    for state in (AgentState.FREE, AgentState.RINGING, AgentState.ON_BREAK, AgentState.OFFLINE):
        assert office.asked(kind, office.one(state)) == NO_CALL


@pytest.mark.parametrize("kind", [WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT])
def test_that_who_is_not_there_can_be_sent_nowhere(kind: WishKind) -> None:
    office = Office()
    assert office.asked(kind, office.one(AgentState.OFFLINE)) == OFFLINE


@pytest.mark.parametrize("kind", sorted(set(WishKind) - OF_A_WAITING_CALL - {WishKind.TRY_PHONE}))
def test_that_a_stranger_is_refused(kind: WishKind) -> None:
    office = Office()
    assert office.asked(kind, "nobody") == UNKNOWN_AGENT
    refused = office.asked(kind, office.one(AgentState.FREE), QueueId("none"))
    assert refused == (NO_QUEUE if kind is WishKind.ADD else NOT_A_MEMBER)


@pytest.mark.parametrize("kind", sorted(OF_A_WAITING_CALL))
def test_that_a_caller_whom_nobody_knows_is_refused(kind: WishKind) -> None:
    office = Office()
    asked = Wish(kind=kind, agent_id=AgentId(""), call_id=CallId("nobody's"))
    assert office.told(asked) == NO_CALLER


def test_that_it_does_all_that_it_says_it_can() -> None:
    assert KIND.takes({}) == frozenset(WishKind)


def test_that_nothing_is_done_in_an_outage() -> None:
    office = Office("outage")
    agent_id = office.one(AgentState.FREE)
    office.clock.pass_by((NOON + timedelta(seconds=50) - office.clock.wall).total_seconds())
    assert office.asked(WishKind.PAUSE, agent_id) == NOT_REACHED


def test_that_sending_away_the_last_agent_sends_away_who_waits_where_that_is_the_rule() -> None:
    office = Office("rush")
    vip = QueueId("vip")
    for _ in range(600):
        office.clock.pass_by(1)
        if any(
            call.queue_id == vip and call.answered_at is None
            for call in office.source.fetch().snapshot.calls.values()
        ):
            break
    for agent in office.agents():
        if vip in agent.queues and agent.state not in (AgentState.OFFLINE, AgentState.ON_BREAK):
            office.asked(WishKind.LOG_OUT, agent.agent_id, vip)
    fetched = office.source.fetch()
    waiting = [
        call
        for call in fetched.snapshot.calls.values()
        if call.queue_id == vip and call.answered_at is None and call.agent_id is None
    ]
    ringing = [
        agent for agent in fetched.snapshot.agents.values() if agent.state is AgentState.RINGING
    ]
    assert len(waiting) <= len(ringing)
    assert any(fact.ending.value == "left_empty" for fact in fetched.facts)

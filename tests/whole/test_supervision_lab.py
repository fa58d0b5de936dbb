"""Listening, whispering and barging at a real Asterisk, proven by what every party hears."""

from __future__ import annotations

import re
import sys

import pytest
from support.asterisk_lab import AsteriskLab
from support.campaign import size_of_campaign
from support.lab_desk import LabDesk
from support.lab_ear import (
    AUDIBLE_DB,
    BARGE,
    HEARD,
    LISTEN,
    MARGIN_DB,
    TALK,
    WHISPER,
    Ear,
    assert_sent,
    assert_they_talk,
    now_s,
    talk,
)
from support.lab_phones import TONES, LabPhones
from support.tones import RATE, first_heard_s, level

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, Snapshot
from wallboard.domain.supervision import WishKind
from wallboard.sources.asterisk.why_not import NO_CALL, NO_CALLER, NO_EXTENSION, OTHER_CALL

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

DIRECT, BEHIND_LOCAL = "801", "803"


def report(line: str) -> None:
    """Tell what was measured."""
    sys.stderr.write(f"\n{line}\n")


@pytest.fixture
def ear(phones: LabPhones, desk: LabDesk) -> Ear:
    return Ear(phones, desk)


@pytest.mark.parametrize("queue", [DIRECT, BEHIND_LOCAL])
def test_that_each_mode_is_heard_by_exactly_those_it_is_for(
    phones: LabPhones, desk: LabDesk, ear: Ear, queue: str
) -> None:
    number, agent = talk(phones, desk, queue)
    for mode, expected in HEARD.items():
        assert desk.ask(mode, agent).done
        (there,) = desk.last.monitorings or ()
        assert there.muted is (True if mode is WishKind.WHISPER else None)
        if mode is WishKind.WHISPER:
            assert desk.ask(WishKind.TALK, agent).done
        assert (there.agent_id, there.call_id) == (agent.agent_id, agent.call_id)
        assert (there.mode, there.own, there.phone) == (mode, True, "PJSIP/9001")
        ear.listen(expected)
        # A change of mode is an end and a beginning.
        assert desk.ask(WishKind.END, agent).done
        assert desk.last.monitorings == ()
        ear.prove(number, "supervisor")
    ear.listen(TALK)
    assert not phones.supervisor_is_in_a_call()
    phones.customer_hangs_up(number)
    ear.prove(number, "customer", "agent")


def test_that_the_pbx_itself_ends_it_in_the_end(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk, DIRECT)
    assert desk.ask(WishKind.LISTEN, agent).done
    rows = lab.cli("core show channels concise").splitlines()
    (ours,) = [row.split("!")[0] for row in rows if "!ChanSpy!" in row]
    told = re.search(r"Time to Hangup: (\d+)", lab.cli(f"core show channel {ours}"))
    assert told is not None
    assert 3600 <= int(told[1]) - now_s() <= 3661
    assert desk.ask(WishKind.END, agent).done
    phones.customer_hangs_up(number)


@pytest.mark.parametrize("phone", ["Local/9001@from-internal", "Local/9001@from-internal/n"])
def test_that_a_supervisors_phone_behind_a_local_channel_hears_and_takes_over(
    lab: AsteriskLab, phones: LabPhones, phone: str
) -> None:
    with LabDesk(lab, phone=phone) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, DIRECT)
        assert desk.ask(WishKind.WHISPER, agent).done
        assert desk.ask(WishKind.TALK, agent).done
        ear.listen(WHISPER)
        assert desk.ask(WishKind.END, agent).done
        ear.prove(number, "supervisor")
        assert desk.ask(WishKind.TAKE_OVER, agent).done
        assert_they_talk(phones, desk, number)
        phones.customer_hangs_up(number)
        ear.prove(number, "customer", "agent")


def test_that_a_call_that_was_passed_on_is_listened_to_where_it_is_now(
    phones: LabPhones, desk: LabDesk, ear: Ear
) -> None:
    number, first = talk(phones, desk, BEHIND_LOCAL)
    assert desk.ask(WishKind.TRANSFER, first, to="7777").reason == NO_EXTENSION
    assert desk.ask(WishKind.TRANSFER, first, to="1006").done
    second = desk.until(lambda seen: _busy(seen.snapshot.agents[AgentId("1006")]))
    desk.pass_by(0.5)  # a phone that rings is busy, too
    assert desk.ask(WishKind.LISTEN, first).reason == NO_CALL
    assert desk.ask(WishKind.LISTEN, second).done
    ear.listen({who: LISTEN[who] for who in ("agent", "supervisor")})
    assert_sent(phones, desk, number, {"customer": LISTEN["customer"]})
    assert desk.ask(WishKind.END, second).done
    phones.customer_hangs_up(number)
    ear.prove(number, "agent", "supervisor")
    desk.until(lambda seen: not seen.snapshot.calls)

    number, first = talk(phones, desk, DIRECT)
    desk.pass_by(0.5)  # who is just being connected cannot be passed on
    assert desk.ask(WishKind.TRANSFER, first, to="802").done
    third = desk.until(lambda seen: _other(seen.snapshot, number, first))
    assert desk.ask(WishKind.BARGE, first).reason in (NO_CALL, OTHER_CALL)
    assert desk.ask(WishKind.BARGE, third).done
    ear.listen({who: BARGE[who] for who in ("agent", "supervisor")})
    assert_sent(phones, desk, number, {"customer": BARGE["customer"]})
    phones.customer_hangs_up(number)
    ear.prove(number, "agent", "supervisor")


def _busy(agent: Agent) -> Agent | None:
    return agent if agent.state is AgentState.OTHER else None


def _other(snapshot: Snapshot, number: str, first: Agent) -> Agent | None:
    """Return who talks to a customer in another call than the first agent did."""
    calls = [one for one in snapshot.calls.values() if one.caller_number == number]
    talks = [one for one in calls if one.agent_id is not None and one.call_id != first.call_id]
    return snapshot.agents[talks[0].agent_id] if talks and talks[0].agent_id else None


@pytest.mark.parametrize("queue", [DIRECT, BEHIND_LOCAL])
def test_that_it_ends_with_the_call_and_never_reaches_the_agents_next_one(
    phones: LabPhones, desk: LabDesk, ear: Ear, queue: str
) -> None:
    number, agent = talk(phones, desk, queue)
    assert desk.ask(WishKind.LISTEN, agent).done
    ear.listen(LISTEN)
    phones.agent_hangs_up(str(agent.agent_id))
    desk.until(lambda seen: seen.monitorings == () and not seen.snapshot.calls)
    ear.prove(number, "customer", "agent", "supervisor")
    assert not phones.supervisor_is_in_a_call()

    number, agent = talk(phones, desk, queue)
    assert desk.ask(WishKind.BARGE, agent).done
    ear.listen(BARGE)
    phones.customer_hangs_up(number)
    desk.until(lambda seen: seen.monitorings == () and not seen.snapshot.calls)
    ear.prove(number, "customer", "agent", "supervisor")

    for _ in range(4):  # until it is the same agent's
        number, other = talk(phones, desk, queue)
        ear.listen(TALK)
        assert desk.last.monitorings == ()
        assert not phones.supervisor_is_in_a_call()
        phones.customer_hangs_up(number)
        desk.until(lambda seen: not seen.snapshot.calls)
        ear.prove(number, "customer", "agent")
        if other.agent_id == agent.agent_id:
            break


@pytest.mark.parametrize("queue", [DIRECT, BEHIND_LOCAL])
def test_that_an_agent_who_leaves_a_barge_ends_it_and_who_took_over_keeps_the_caller(
    phones: LabPhones, desk: LabDesk, queue: str
) -> None:
    number, agent = talk(phones, desk, queue)
    assert desk.ask(WishKind.BARGE, agent).done
    phones.agent_hangs_up(str(agent.agent_id))
    desk.until(lambda seen: seen.monitorings == () and not seen.snapshot.calls)
    desk.until(lambda _: not phones.customer_is_in_a_call(number), within_s=3)
    desk.until(lambda _: not phones.supervisor_is_in_a_call(), within_s=3)

    number, agent = talk(phones, desk, queue)
    assert desk.ask(WishKind.BARGE, agent).done
    assert desk.ask(WishKind.END, agent).done
    assert desk.ask(WishKind.TAKE_OVER, agent).done
    phones.agent_hangs_up(str(agent.agent_id))
    assert_they_talk(phones, desk, number)
    phones.customer_hangs_up(number)


def test_that_no_customer_ever_hears_a_whisper_and_the_sound_comes_at_once(
    phones: LabPhones, desk: LabDesk, ear: Ear
) -> None:
    """Besides: from the click to the sound p95 <= 1.5 s, and what the phone takes to answer."""
    number, agent = talk(phones, desk, DIRECT)
    waits = []
    for _ in range(size_of_campaign(3, 100)):
        clicked = now_s()
        assert desk.ask(WishKind.WHISPER, agent).done
        assert desk.ask(WishKind.TALK, agent).done
        ear.listen(WHISPER)
        assert desk.ask(WishKind.END, agent).done
        ear.prove(number, "supervisor")
        whole = phones.recorded("supervisor", number)
        tones = [TONES["customer"], TONES["agent"]]
        sounds = whole.time_of(first_heard_s(whole.samples, tones, AUDIBLE_DB))
        waits.append(sounds - clicked)
    phones.customer_hangs_up(number)
    ear.prove(number, "customer", "agent")
    # Not only where it was looked for: never, from the answer to the end.
    samples = phones.recorded("customer", number).samples
    pieces = [samples[one : one + RATE] for one in range(RATE, len(samples) - RATE, RATE // 2)]
    of_supervisor = max(level(piece, TONES["supervisor"]) for piece in pieces)
    of_agent = min(level(piece, TONES["agent"]) for piece in pieces)
    waits.sort()
    p95 = waits[int(0.95 * (len(waits) - 1))]
    report(
        f"{len(waits)} whispers: the customer heard {of_supervisor:.1f} dB of them and "
        f"{of_agent:.1f} dB of the agent; least margin {min(ear.margins):.0f} dB; from click to "
        f"sound median {waits[len(waits) // 2]:.3f} s, p95 {p95:.3f} s"
    )
    assert of_supervisor <= of_agent - MARGIN_DB
    assert p95 <= 1.5


@pytest.mark.parametrize("queue", [DIRECT, BEHIND_LOCAL])
def test_that_a_call_is_taken_over(phones: LabPhones, desk: LabDesk, queue: str) -> None:
    number, agent = talk(phones, desk, queue)
    assert desk.ask(WishKind.TAKE_OVER, agent).done
    assert desk.last.snapshot.agents[agent.agent_id].call_id is None
    assert [(one.call_id, one.transferred) for one in desk.facts] == [(agent.call_id, True)]
    assert_they_talk(phones, desk, number)
    phones.customer_hangs_up(number)
    # What the queue says of it when the caller is through is no news.
    desk.pass_by(0.5)
    assert len(desk.facts) == 1


def test_that_a_caller_who_waits_is_served_by_the_supervisor(
    phones: LabPhones, desk: LabDesk
) -> None:
    agents = [desk.last.snapshot.agents[AgentId(f"100{number}")] for number in range(1, 5)]
    for one in agents:
        assert desk.ask(WishKind.PAUSE, one, reason="a test | of pauses").done
    try:
        number = phones.call(DIRECT)
        call = desk.until(lambda seen: _waiting(seen.snapshot, number))
        assert desk.ask(WishKind.PRIORITIZE, call_id=call.call_id, priority=5).done
        assert desk.ask(WishKind.PICK_UP, call_id=call.call_id).done
        assert desk.last.snapshot.calls == {}
        assert_they_talk(phones, desk, number)
        phones.customer_hangs_up(number)

        number = phones.call(DIRECT)
        call = desk.until(lambda seen: _waiting(seen.snapshot, number))
        assert desk.ask(WishKind.WITHDRAW, call_id=call.call_id).done
        desk.until(lambda seen: not seen.snapshot.calls)
        assert desk.ask(WishKind.WITHDRAW, call_id=call.call_id).reason == NO_CALLER
    finally:
        for one in agents:
            desk.ask(WishKind.UNPAUSE, one)
    assert [one.ending for one in desk.facts] == [Ending.LEFT_OTHERWISE] * 2
    desk.pass_by(0.5)
    assert len(desk.facts) == 2


def _waiting(snapshot: Snapshot, number: str) -> Call | None:
    calls = snapshot.calls.values()
    return next((one for one in calls if one.caller_number == number), None)

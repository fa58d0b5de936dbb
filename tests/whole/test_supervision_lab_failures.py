"""What can go wrong with listening at a real Asterisk: each is told in words, with its cause."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import closing

import pytest
from support.ami_proxy import Network, Proxy
from support.asterisk_lab import AsteriskLab
from support.lab_desk import LabDesk
from support.lab_ear import talk
from support.lab_phones import LabPhones

from wallboard.domain.snapshot import Agent, AgentId, AgentState
from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.sources.asterisk import why_not
from wallboard.sources.asterisk.channels import Leg

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]

PHONE_KINDS = MONITORING | {WishKind.TAKE_OVER, WishKind.PICK_UP, WishKind.TRY_PHONE}


def test_that_a_phone_that_cannot_be_reached_is_told_as_such(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk)
    # Not registered, not there, and neither behind a Local channel.
    for phone in ("PJSIP/9002", "PJSIP/9999", "Local/9002@from-internal", "Local/8@from-internal"):
        for kind in (WishKind.TRY_PHONE, WishKind.LISTEN):
            of = None if kind is WishKind.TRY_PHONE else agent
            told = desk.ask(kind, of, phone=phone)
            assert (told.done, told.known, told.reason) == (False, True, why_not.PHONE_NOT_REACHED)
    assert desk.last.monitorings == ()
    for odd in ("9001", "PJSIP/9001&PJSIP/9002", "Local/9001@from-internal,x", "PJSIP/a b"):
        assert desk.ask(WishKind.LISTEN, agent, phone=odd).reason == why_not.BAD_PHONE
    phones.customer_hangs_up(number)


@pytest.mark.parametrize(
    ("steps", "reasons"),
    [
        ((("Busy", "5"),), {why_not.PHONE_BUSY}),
        ((("Hangup", "21"),), {why_not.PHONE_DECLINED}),
        ((("Congestion", "5"),), {why_not.PHONE_CONGESTED}),
        ((("Ringing", ""), ("Wait", "60")), {why_not.PHONE_NOT_ANSWERED}),
    ],
    ids=["busy", "declined", "congested", "not_answered"],
)
def test_that_a_phone_that_is_not_answered_is_told_with_its_cause(
    phones: LabPhones,
    desk: LabDesk,
    steps: tuple[tuple[str, str], ...],
    reasons: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.actions.RING_MS", 2000)
    number, agent = talk(phones, desk)
    phones.supervisor_does(*steps)
    for kind in (WishKind.TRY_PHONE, WishKind.LISTEN, WishKind.TAKE_OVER):
        told = desk.ask(kind, None if kind is WishKind.TRY_PHONE else agent)
        assert (told.done, told.known) == (False, True)
        assert told.reason in reasons
    # The call goes on as if nothing had been.
    assert desk.last.snapshot.agents[agent.agent_id].call_id == agent.call_id
    phones.customer_hangs_up(number)


def test_that_a_call_that_ends_while_the_phone_rings_ends_the_ring(
    phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk)
    phones.supervisor_does(("Ringing", ""), ("Wait", "60"))
    listening = desk.begin(WishKind.LISTEN, agent)
    desk.pass_by(0.5)
    assert phones.supervisor_is_in_a_call()
    phones.customer_hangs_up(number)
    told = desk.outcome(listening, within_s=5)
    assert (told.done, told.known, told.reason) == (False, True, why_not.CALL_ENDED)
    desk.until(lambda _: not phones.supervisor_is_in_a_call(), within_s=3)
    # Who has no call is told so, and what was meant is not taken for another call.
    assert desk.ask(WishKind.LISTEN, agent).reason == why_not.NO_CALL


def test_that_the_agents_next_call_is_not_taken_for_the_one_that_was_meant(
    phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk, "803")
    phones.customer_hangs_up(number)
    desk.until(lambda seen: not seen.snapshot.calls)
    for _ in range(6):
        number, other = talk(phones, desk, "803")
        if other.agent_id == agent.agent_id:
            break
        phones.customer_hangs_up(number)
    for kind in (*sorted(MONITORING), WishKind.TAKE_OVER, WishKind.HANG_UP):
        assert desk.ask(kind, agent).reason == why_not.OTHER_CALL
    assert not phones.supervisor_is_in_a_call()
    phones.customer_hangs_up(number)


def test_that_a_ring_can_be_ended_before_it_is_answered(phones: LabPhones, desk: LabDesk) -> None:
    number, agent = talk(phones, desk)
    phones.supervisor_does(("Ringing", ""), ("Wait", "60"))
    listening = desk.begin(WishKind.LISTEN, agent)
    assert desk.ask(WishKind.WHISPER, agent).reason == why_not.PHONE_IN_USE
    assert desk.ask(WishKind.END, agent).done  # at once: the channel may not even be there
    assert desk.outcome(listening).reason == why_not.CANCELLED
    # The PBX has given it up; that reaches the phone by a message of its own.
    desk.until(lambda _: not phones.supervisor_is_in_a_call(), within_s=1)
    assert desk.ask(WishKind.END, agent).reason == why_not.NOT_LISTENING
    phones.customer_hangs_up(number)


def test_that_a_phone_that_hangs_up_ends_the_listening_and_nothing_else(
    phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk)
    phones.supervisor_does(("Answer", ""), ("Wait", "1"), ("Hangup", ""))
    assert desk.ask(WishKind.LISTEN, agent).done
    assert desk.last.monitorings
    desk.until(lambda seen: seen.monitorings == (), within_s=5)
    assert desk.last.snapshot.agents[agent.agent_id].call_id == agent.call_id
    phones.customer_hangs_up(number)


def test_that_who_listens_by_another_program_is_seen_and_is_not_ours_to_end(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk)
    with LabDesk(lab) as other:
        assert other.ask(WishKind.WHISPER, other.talk(number)).done
        # The mode is told by a look at all channels.
        desk.until(lambda seen: [one.mode for one in seen.monitorings or ()] == ["whisper"])
        (seen,) = desk.last.monitorings or ()
        assert (seen.agent_id, seen.call_id, seen.own) == (agent.agent_id, agent.call_id, False)
        assert seen.phone == "PJSIP/9001"
        # Another supervisor's phone is not ours to silence.
        elsewhere = desk.ask(WishKind.END, agent, phone="PJSIP/9002")
        assert elsewhere.reason == why_not.NOT_LISTENING
        assert desk.look().monitorings
        # Also by who connects after it began.
        with LabDesk(lab) as late:
            (seen,) = late.last.monitorings or ()
            assert (seen.agent_id, seen.mode, seen.own) == (agent.agent_id, "whisper", False)
            assert seen.since is None
        phones.customer_hangs_up(number)
        desk.until(lambda seen: seen.monitorings == ())


def test_that_what_an_earlier_run_began_on_the_same_phone_can_be_ended(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    number, agent = talk(phones, desk)
    with LabDesk(lab) as earlier:
        assert earlier.ask(WishKind.LISTEN, earlier.talk(number)).done
        desk.until(lambda seen: seen.monitorings)
        assert desk.ask(WishKind.END, agent).done
        desk.until(lambda seen: seen.monitorings == ())
        assert desk.last.snapshot.agents[agent.agent_id].call_id == agent.call_id
    phones.customer_hangs_up(number)


def test_that_an_account_without_a_right_is_known_before_anybody_asks(lab: AsteriskLab) -> None:
    with LabDesk(lab, "viewer") as desk:
        lacks = dict(desk.last.lacks)
        for kind in PHONE_KINDS:
            assert lacks[kind].startswith("write = originate")
        assert lacks[WishKind.PAUSE] == lacks[WishKind.LOG_OUT] == "write = agent"
        assert lacks[WishKind.HANG_UP] == lacks[WishKind.TRANSFER] == "write = call"
        assert lacks[WishKind.MESSAGE] == "write = message"
        assert WishKind.WITHDRAW not in lacks
        # Who asks all the same is refused by the PBX, and told why.
        agent = desk.last.snapshot.agents[AgentId("1001")]
        assert desk.ask(WishKind.PAUSE, agent, reason="test").reason == why_not.RIGHT_MISSING
        assert desk.ask(WishKind.TRY_PHONE).reason == why_not.RIGHT_MISSING
    with LabDesk(lab) as desk:
        assert dict(desk.last.lacks) == {WishKind.MESSAGE: "write = message"}
    with LabDesk(lab, "admin") as desk:
        assert desk.last.lacks == ()
        agent = desk.last.snapshot.agents[AgentId("1001")]
        assert desk.ask(WishKind.MESSAGE, agent, text="سلام, please call back").done


def test_that_a_lost_connection_leaves_it_unknown_and_what_lasts_is_found_again(
    lab: AsteriskLab, phones: LabPhones
) -> None:
    with closing(Proxy(lab.port)) as proxy, LabDesk(lab, port=str(proxy.port)) as desk:
        number, agent = talk(phones, desk)
        phones.supervisor_does(("Wait", "1"), ("Answer", ""), ("Wait", "60"))
        listening = desk.begin(WishKind.LISTEN, agent)
        desk.pass_by(0.3)
        proxy.become(Network.REFUSES)
        threading.Event().wait(1.5)
        proxy.become(Network.WELL)
        told = desk.outcome(listening)
        assert (told.done, told.known, told.reason) == (False, False, why_not.LOST)
        # It was asked once, and lasts: it is seen, as ours, and can be ended.
        (there,) = desk.until(lambda seen: seen.monitorings)
        assert (there.agent_id, there.mode, there.own) == (agent.agent_id, WishKind.LISTEN, True)
        assert desk.ask(WishKind.END, agent).done
        phones.customer_hangs_up(number)


def test_that_an_answered_phone_without_sound_is_told_as_such(
    phones: LabPhones, desk: LabDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, agent = talk(phones, desk)
    with monkeypatch.context() as patched:
        gone = Leg(channel=f"PJSIP/{agent.agent_id}-ffffffff", uniqueid="1700000000.1")
        patched.setattr("wallboard.sources.asterisk.supervising.agents_leg", lambda *_: gone)
        for mode in sorted(MONITORING):
            # The PBX says that it was a success.
            told = desk.ask(mode, agent)
            assert (told.done, told.known, told.reason) == (False, True, why_not.NO_SOUND)
            desk.until(lambda _: not phones.supervisor_is_in_a_call(), within_s=3)
    assert desk.last.monitorings == ()
    assert desk.last.snapshot.agents[agent.agent_id].call_id == agent.call_id
    assert desk.ask(WishKind.LISTEN, agent).done
    phones.customer_hangs_up(number)


def test_that_a_restart_of_the_pbx_leaves_nobody_listening_and_is_told(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    _, agent = talk(phones, desk)
    assert desk.ask(WishKind.LISTEN, agent).done
    phones.supervisor_does(("Ringing", ""), ("Wait", "60"))
    assert desk.ask(WishKind.END, agent).done
    listening = desk.begin(WishKind.WHISPER, agent)
    lab.cli("core restart now")
    desk.until_lost()
    told = desk.outcome(listening, within_s=30)
    assert not told.done
    # Whether the PBX could say so before it went is chance; that it began is never believed.
    assert told.reason in (why_not.LOST, why_not.CALL_ENDED, why_not.PHONE_NOT_REACHED)
    assert told.known is (told.reason != why_not.LOST)
    desk.until(lambda seen: seen.monitorings == () and not seen.snapshot.calls, within_s=30)
    assert not desk.ask(WishKind.LISTEN, agent).done
    # The next ones want agents whose phones are found again.
    desk.until(lambda seen: _all_there(seen.snapshot.agents.values()), within_s=60)


def _all_there(agents: Iterable[Agent]) -> bool:
    return all(one.state is not AgentState.OFFLINE for one in agents)

"""Listening where a site is not as simple: phones that stay on the line, consultations, …"""

from __future__ import annotations

import pytest
from support.asterisk_lab import AsteriskLab
from support.lab_desk import LabDesk
from support.lab_ear import HEARD, LISTEN, Ear, talk
from support.lab_phones import LabPhones
from support.lab_stage import (
    ANSWERS_BY_ITSELF,
    INTERCOM,
    agent_logged_in,
    intercom,
    manager,
)

from wallboard.domain.snapshot import Agent, AgentId, AgentState
from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.sources.asterisk import why_not

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]


@pytest.mark.parametrize("state", ["PJSIP/1006", "Agent:1101"], ids=["phone", "agent"])
def test_that_listening_to_who_stays_on_the_line_ends_with_the_call(
    lab: AsteriskLab, phones: LabPhones, state: str
) -> None:
    with agent_logged_in(lab, "1006", state), LabDesk(lab) as desk:
        ear = Ear(phones, desk)
        # Between two calls there is nothing to listen to, though the phone is off the hook.
        waits = next(
            one for one in desk.last.snapshot.agents.values() if "afterhours" in one.queues
        )
        for kind in MONITORING:
            assert desk.ask(kind, waits).reason == why_not.NO_CALL
        number, agent = talk(phones, desk, "804")
        assert agent.agent_id == waits.agent_id
        assert desk.ask(WishKind.LISTEN, agent).done
        ear.listen({who: LISTEN[who] for who in ("customer", "supervisor")})
        phones.customer_hangs_up(number)
        desk.until(lambda seen: seen.monitorings == (), within_s=2)
        desk.until(lambda _: not phones.supervisor_is_in_a_call(), within_s=1)
        ear.prove(number, "customer", "supervisor")
        # The agent is on the line still, and is not listened to in the next call.
        assert "PJSIP/1006" in lab.cli("core show channels")
        number, again = talk(phones, desk, "804")
        assert again.agent_id == agent.agent_id
        desk.pass_by(1)
        assert desk.last.monitorings == ()
        phones.customer_hangs_up(number)


def test_that_after_a_consultation_the_agent_who_has_the_caller_is_listened_to(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk
) -> None:
    ear = Ear(phones, desk)
    number, first = talk(phones, desk, "801")
    row = next(
        line
        for line in lab.cli("core show channels concise").splitlines()
        if line.startswith(f"PJSIP/{first.agent_id}-")
    )
    channel = row.split("!")[0]
    manager(lab, "Atxfer", Channel=channel, Exten="1006", Context="from-internal")
    desk.until(lambda seen: _busy(seen.snapshot.agents[AgentId("1006")]))
    desk.pass_by(0.5)  # a phone that rings is busy, too
    # While they consult the first one still has the call, and the very channel is listened to.
    assert desk.ask(WishKind.LISTEN, first).done
    ear.listen({"supervisor": ["agent"]})
    phones.agent_hangs_up(str(first.agent_id))
    desk.until(lambda seen: seen.monitorings == ())
    ear.prove(number, "supervisor")
    second = desk.until(lambda seen: _busy(seen.snapshot.agents[AgentId("1006")]))
    # Just now the PBX takes the Local channel of the consultation out of the middle. Who is
    # listened to in that fifth of a second is heard alone: so it is with ChanSpy.
    desk.until(lambda _: "Local/" not in lab.cli("core show channels"))
    assert desk.ask(WishKind.LISTEN, first).reason == why_not.NO_CALL
    for mode, expected in HEARD.items():
        assert desk.ask(mode, second).done
        ear.listen({who: expected[who] for who in ("customer", "supervisor")})
        assert desk.ask(WishKind.END, second).done
        ear.prove(number, "supervisor")
    phones.customer_hangs_up(number)
    ear.prove(number, "customer")


def _busy(agent: Agent) -> Agent | None:
    return agent if agent.state is AgentState.OTHER else None


@pytest.mark.parametrize("told", ANSWERS_BY_ITSELF)
def test_that_the_header_for_auto_answer_arrives_at_the_phone(
    lab: AsteriskLab, phones: LabPhones, told: str
) -> None:
    header = ANSWERS_BY_ITSELF[told]
    with LabDesk(lab, phone_header=header) as desk:
        assert desk.ask(WishKind.TRY_PHONE).done
        assert phones.ring_told()[told] == header.partition(": ")[2]
        number, agent = talk(phones, desk, "801")
        for kind in (WishKind.LISTEN, WishKind.WHISPER):
            assert desk.ask(kind, agent).done
            assert phones.ring_told()[told] == header.partition(": ")[2]
            assert desk.ask(WishKind.END, agent).done
        phones.customer_hangs_up(number)


def test_that_a_phone_reached_by_an_intercom_prefix_answers_by_itself_and_hears(
    lab: AsteriskLab, phones: LabPhones
) -> None:
    with intercom(lab), LabDesk(lab, phone=INTERCOM) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, "803")
        for mode, expected in HEARD.items():
            assert desk.ask(mode, agent).done
            assert phones.ring_told()["AlertInfo"] == "Ring Answer"
            if mode is WishKind.WHISPER:
                assert desk.ask(WishKind.TALK, agent).done
            ear.listen(expected)
            assert desk.ask(WishKind.END, agent).done
            ear.prove(number, "supervisor")
        phones.customer_hangs_up(number)
        ear.prove(number, "customer", "agent")


@pytest.mark.parametrize("queue", ["801", "803"])
def test_that_of_an_agent_with_two_calls_the_one_that_is_meant_is_heard(
    lab: AsteriskLab, phones: LabPhones, desk: LabDesk, queue: str
) -> None:
    ear = Ear(phones, desk)
    number, agent = talk(phones, desk, queue)
    # A second channel of the same phone, on which nobody but the agent is to be heard.
    manager(
        lab,
        "Originate",
        Channel=f"PJSIP/{agent.agent_id}",
        Application="Wait",
        Data="60",
        Async="true",
    )
    desk.until(lambda _: lab.cli("core show channels").count(f"PJSIP/{agent.agent_id}-") == 2)
    for mode in MONITORING:
        assert desk.ask(mode, agent).done
        ear.listen({who: HEARD[mode][who] for who in ("customer", "supervisor")})
        assert desk.ask(WishKind.END, agent).done
        ear.prove(number, "supervisor")
    phones.customer_hangs_up(number)
    ear.prove(number, "customer")


def test_that_over_the_web_port_the_same_is_heard(lab: AsteriskLab, phones: LabPhones) -> None:
    web = lab.told_over_http()
    with LabDesk(lab, **web) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, "803")
        for mode, expected in HEARD.items():
            assert desk.ask(mode, agent).done
            if mode is WishKind.WHISPER:
                ear.listen({who: LISTEN[who] for who in ("customer", "agent")})
                assert desk.ask(WishKind.TALK, agent).done
            ear.listen(expected)
            if mode is WishKind.WHISPER:
                assert desk.ask(WishKind.HUSH, agent).done
                ear.listen(LISTEN)
            assert desk.ask(WishKind.END, agent).done
            ear.prove(number, "supervisor")
        assert desk.ask(WishKind.LISTEN, agent).done
        phones.customer_hangs_up(number)
        desk.until(lambda seen: seen.monitorings == (), within_s=5)
        ear.prove(number, "customer", "agent")

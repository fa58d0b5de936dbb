"""Listening, whispering and barging at a real Asterisk, proven by what every party hears."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from support.asterisk_lab import AsteriskLab
from support.campaign import size_of_campaign
from support.lab_desk import LabDesk
from support.lab_phones import TONES, LabPhones
from support.tones import RATE, first_heard_s, heard, level
from support.wire_tap import WireTap

from wallboard.app.clock import system_clock
from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, Snapshot
from wallboard.domain.supervision import WishKind
from wallboard.sources.asterisk.why_not import NO_CALL, NO_CALLER, NO_EXTENSION, OTHER_CALL

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

# By how much a tone that is meant to be heard is louder than one that is not.
MARGIN_DB = 40
# From here on somebody hears it.
AUDIBLE_DB = -40
SETTLES_S = 1.1  # what is listened to, and a moment before it

TALK = {"customer": ["agent"], "agent": ["customer"]}
LISTEN = {**TALK, "supervisor": ["customer", "agent"]}
WHISPER = {**LISTEN, "agent": ["customer", "supervisor"]}
BARGE = {**WHISPER, "customer": ["agent", "supervisor"]}
HEARD = {WishKind.LISTEN: LISTEN, WishKind.WHISPER: WHISPER, WishKind.BARGE: BARGE}

DIRECT, BEHIND_LOCAL = "801", "803"


def report(line: str) -> None:
    """Tell what was measured."""
    sys.stderr.write(f"\n{line}\n")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def phones(lab: AsteriskLab, stack: ExitStack) -> LabPhones:
    return stack.enter_context(LabPhones(lab))


@pytest.fixture
def desk(lab: AsteriskLab, phones: LabPhones, stack: ExitStack) -> LabDesk:
    return stack.enter_context(LabDesk(lab))


def now_s() -> float:
    """Return the time by the machine's clock, as files bear it."""
    return system_clock().now().wall.timestamp()


class Ear:
    """Notes what is meant to be heard when, and proves it once the recordings are whole."""

    def __init__(self, phones: LabPhones, desk: LabDesk) -> None:
        self.phones = phones
        self.desk = desk
        self.notes: list[tuple[float, str, list[str]]] = []
        self.margins: list[float] = []

    def listen(self, expected: dict[str, list[str]]) -> None:
        """Note who is meant to hear whom now."""
        self.desk.pass_by(SETTLES_S)
        at = now_s()
        self.notes += [(at, who, right) for who, right in expected.items()]

    def prove(self, number: str, *parties: str) -> None:
        """Prove what was noted of these parties, who have hung up."""
        for at, who, right in [note for note in self.notes if note[1] in parties]:
            self.notes.remove((at, who, right))
            sound = self.phones.heard(who, number, at)
            told = f"at {at % 1000:.2f} {who} is meant to hear {right}: {sound}"
            clear = all(sound.levels[one] > AUDIBLE_DB for one in right)
            if sound.margin(right) < MARGIN_DB or not clear:
                raise AssertionError(f"{told}\n{self.phones.course(who, number)}")
            self.margins.append(sound.margin(right))


def assert_sent(
    phones: LabPhones, desk: LabDesk, number: str, expected: dict[str, list[str]]
) -> None:
    """The PBX sends these parties the sound of whom they are meant to hear, and of nobody else."""
    with WireTap() as wire:
        desk.pass_by(SETTLES_S)
        for who, right in expected.items():
            sent = heard(wire.sent_to(phones.port_of(who, number), RATE // 2), TONES)
            assert sent.margin(right) >= MARGIN_DB, f"{who} is meant to hear {right}: {sent}"
            assert all(sent.levels[one] > AUDIBLE_DB for one in right), sent


def assert_they_talk(phones: LabPhones, desk: LabDesk, number: str) -> None:
    """The customer and the supervisor hear each other, and nobody else."""
    parties = {"customer": ["supervisor"], "supervisor": ["customer"]}
    assert_sent(phones, desk, number, parties)


@pytest.fixture
def ear(phones: LabPhones, desk: LabDesk) -> Ear:
    return Ear(phones, desk)


def talk(phones: LabPhones, desk: LabDesk, queue: str) -> tuple[str, Agent]:
    number = phones.call(queue)
    return number, desk.talk(number)


@pytest.mark.parametrize("queue", [DIRECT, BEHIND_LOCAL])
def test_that_each_mode_is_heard_by_exactly_those_it_is_for(
    phones: LabPhones, desk: LabDesk, ear: Ear, queue: str
) -> None:
    number, agent = talk(phones, desk, queue)
    for mode, expected in HEARD.items():
        assert desk.ask(mode, agent).done
        (there,) = desk.last.monitorings or ()
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
    assert desk.ask(WishKind.LISTEN, first).reason == NO_CALL
    assert desk.ask(WishKind.LISTEN, second).done
    ear.listen({who: LISTEN[who] for who in ("agent", "supervisor")})
    assert_sent(phones, desk, number, {"customer": LISTEN["customer"]})
    assert desk.ask(WishKind.END, second).done
    phones.customer_hangs_up(number)
    ear.prove(number, "agent", "supervisor")
    desk.until(lambda seen: not seen.snapshot.calls)

    number, first = talk(phones, desk, DIRECT)
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


def test_that_no_customer_ever_hears_a_whisper_and_the_sound_comes_at_once(
    phones: LabPhones, desk: LabDesk, ear: Ear
) -> None:
    """Besides: from the click to the sound p95 <= 1.5 s, and what the phone takes to answer."""
    number, agent = talk(phones, desk, DIRECT)
    waits = []
    for _ in range(size_of_campaign(3, 100)):
        clicked = now_s()
        assert desk.ask(WishKind.WHISPER, agent).done
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

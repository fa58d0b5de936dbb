"""Who is meant to hear whom in the lab, and the proof by the tones that each party sends."""

from __future__ import annotations

from support.lab_desk import LabDesk
from support.lab_phones import TONES, LabPhones
from support.tones import RATE, heard
from support.wire_tap import WireTap
from wallboard.app.clock import system_clock
from wallboard.domain.snapshot import Agent
from wallboard.domain.supervision import WishKind

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


def talk(phones: LabPhones, desk: LabDesk, queue: str = "801") -> tuple[str, Agent]:
    number = phones.call(queue)
    return number, desk.talk(number)

"""A supervisor at the window clicks, a real PBX rings the phone, and the right sound is heard."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.asterisk_lab import AsteriskLab
from support.campaign import size_of_campaign
from support.lab_ear import BARGE, TALK, WHISPER
from support.lab_phones import TONES, LabPhones
from support.lab_stage import alone_at_night
from support.looks import look_in
from support.supervised import banner_in, offers_of, question_in, red_frame
from support.tones import first_heard_s

from wallboard.app.clock import system_clock
from wallboard.app.supervision_journal import journal_file, key_file, read_key
from wallboard.app.window import _Desk
from wallboard.domain.snapshot import Agent, CallId
from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.engine.supervision import Phase, Session
from wallboard.runtime.opening import Opening
from wallboard.server.verifying import verified
from wallboard.settings.granting import Grant, SiteGrants, Supervision
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.ui.frame.supervision_banner import SupervisionBanner
from wallboard.ui.main_window import MainWindow

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]

CLOCK = system_clock()
LONG_MS = 20_000
MARGIN_DB = 40
AUDIBLE_DB = -40
HEARD_AT_MS = 1_300
CLICK_TO_SOUND_S = 1.5
LISTENED = ["agent", "customer"]
GRANTED = Settings(
    supervision=Supervision(connections={"lab": SiteGrants(people={"*": Grant(may=MONITORING)})})
)


class Seat:
    """A supervisor's window before the lab's PBX."""

    def __init__(self, bot: QtBot, lab: AsteriskLab) -> None:
        self.bot = bot
        self.window = MainWindow(look_in("en"))
        opening = Opening(
            name="lab", kind="asterisk", told={**lab.told(), "phone": "PJSIP/9001"}, demo=False
        )
        self.desk = _Desk(
            self.window, CLOCK, demo=opening, settings=GRANTED, places=places(), language="en"
        )
        self.window.show()
        self.desk.open(opening)

    def talking_to(self, number: str) -> Agent | None:
        live = self.desk._live
        told = None if live is None else live.board.snapshot
        if told is None:
            return None
        calls = [one for one in told.calls.values() if one.caller_number == number]
        agents = [told.agents.get(one.agent_id) for one in calls if one.agent_id is not None]
        return next((one for one in agents if one is not None and one.call_id), None)

    @property
    def session(self) -> Session | None:
        desk = self.desk._supervision
        return None if desk is None else desk.state.session

    def in_phase(self, phase: Phase, mode: WishKind) -> bool:
        session = self.session
        return session is not None and (session.phase, session.mode) == (phase, mode)

    def listens_in(self, call_id: CallId | None) -> bool:
        session = self.session
        lasts = self.in_phase(Phase.LIVE, WishKind.LISTEN)
        return lasts and session is not None and session.call_id == call_id

    def press(self, button: QWidget | None) -> None:
        assert isinstance(button, QPushButton)
        middle = QPoint(button.width() // 2, button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=middle)

    def listen(self, agent: Agent, *, stays: bool = False) -> float:
        """Ask to listen as a person does, and return when the last click was."""
        button = offers_of(self.window, agent).buttons[WishKind.LISTEN]
        self.bot.waitUntil(lambda: button.obstacle is None, timeout=LONG_MS)
        self.press(button)
        question = question_in(self.window)
        assert question is not None
        QTest.keyClicks(question.reason, "coaching")
        if stays:
            question.stays.click()
        clicked = CLOCK.now().wall.timestamp()
        self.press(question.confirm)
        self.bot.waitUntil(lambda: self.in_phase(Phase.LIVE, WishKind.LISTEN), timeout=LONG_MS)
        return clicked

    @property
    def banner(self) -> SupervisionBanner:
        found = banner_in(self.window)
        assert found is not None
        return found

    def change(self, mode: WishKind) -> None:
        """Ask for another mode as a person does: at the banner."""
        self.press(self.banner.modes[mode])
        question = question_in(self.window)
        if question is not None:
            self.press(question.confirm)
            self.press(question.certain)
        self.bot.waitUntil(lambda: self.in_phase(Phase.LIVE, mode), timeout=LONG_MS)

    def hold(self) -> None:
        """Press the button to talk, and keep it pressed."""
        self.banner.talk.setFocus()
        QTest.keyPress(self.banner.talk, Qt.Key.Key_Space)
        self.bot.waitUntil(lambda: self.muted is False, timeout=LONG_MS)

    def let_go(self) -> None:
        QTest.keyRelease(self.banner.talk, Qt.Key.Key_Space)
        self.bot.waitUntil(lambda: self.muted is True, timeout=LONG_MS)

    @property
    def muted(self) -> bool | None:
        return None if self.session is None else self.session.muted

    def end(self, mode: WishKind = WishKind.LISTEN) -> None:
        self.press(self.banner.end)
        self.bot.waitUntil(lambda: self.in_phase(Phase.ENDED, mode), timeout=LONG_MS)


@pytest.fixture
def seat(qtbot: QtBot, lab: AsteriskLab, wallboard_home: Path) -> Iterator[Seat]:
    made = Seat(qtbot, lab)
    qtbot.addWidget(made.window)
    yield made
    made.desk.close()


def test_that_a_click_is_heard_as_the_banner_says_and_the_journal_tells_it(
    seat: Seat, phones: LabPhones, qtbot: QtBot
) -> None:
    """Besides: from the click to the sound p95 <= 1.5 s, what the phone takes to answer within."""
    number = phones.call("801")
    qtbot.waitUntil(lambda: seat.talking_to(number) is not None, timeout=LONG_MS)
    agent = seat.talking_to(number)
    assert agent is not None
    waits = []
    for _ in range(size_of_campaign(2, 40)):
        clicked = seat.listen(agent)
        assert seat.banner.accessibleName().startswith("You are listening to ")
        assert not red_frame(seat.window)
        qtbot.wait(HEARD_AT_MS)
        at = CLOCK.now().wall.timestamp()
        seat.end()
        sound = phones.heard("supervisor", number, at)
        assert sound.margin(LISTENED) >= MARGIN_DB, sound
        assert all(sound.levels[one] > AUDIBLE_DB for one in LISTENED)
        whole = phones.recorded("supervisor", number)
        both = [TONES[one] for one in LISTENED]
        waits.append(whole.time_of(first_heard_s(whole.samples, both, AUDIBLE_DB)) - clicked)
    phones.customer_hangs_up(number)
    # Nobody on the line heard the supervisor at any time.
    at = CLOCK.now().wall.timestamp()
    for who, other in (("customer", "agent"), ("agent", "customer")):
        assert phones.heard(who, number, at - 1).margin([other]) >= MARGIN_DB
    waits.sort()
    p95 = waits[int(0.95 * (len(waits) - 1))]
    sys.stderr.write(
        f"\n{len(waits)} clicks: to the sound {waits[len(waits) // 2]:.2f} s, p95 {p95:.2f} s\n"
    )
    assert p95 <= CLICK_TO_SOUND_S
    rows = [json.loads(line) for line in journal_file(places()).read_text().splitlines()]
    passed = [row for row in rows if row["what"] == "passed" and row["command"] == "listen"]
    assert len(passed) == len(waits)
    assert {(row["agent_id"], row["reason"]) for row in passed} == {(agent.agent_id, "coaching")}
    key = read_key(key_file(journal_file(places())))
    assert verified(journal_file(places()), key).broken_at is None


@pytest.mark.parametrize("queue", ["801", "803"])
def test_that_each_change_at_the_banner_is_heard_by_exactly_those_it_names(
    seat: Seat, phones: LabPhones, qtbot: QtBot, queue: str
) -> None:
    number = phones.call(queue)
    qtbot.waitUntil(lambda: seat.talking_to(number) is not None, timeout=LONG_MS)
    agent = seat.talking_to(number)
    assert agent is not None
    notes: list[tuple[float, str, dict[str, list[str]]]] = []

    def listen(name: str, expected: dict[str, list[str]], *, red: bool) -> None:
        qtbot.waitUntil(lambda: red_frame(seat.window) is red, timeout=LONG_MS)
        qtbot.wait(HEARD_AT_MS)
        notes.append((CLOCK.now().wall.timestamp(), name, expected))

    seat.listen(agent)
    listen("listening", TALK, red=False)
    seat.change(WishKind.WHISPER)
    qtbot.waitUntil(lambda: seat.muted is True, timeout=LONG_MS)
    listen("muted", TALK, red=False)
    seat.hold()
    listen("held", WHISPER, red=True)
    seat.let_go()
    listen("let go", TALK, red=False)
    seat.change(WishKind.BARGE)
    listen("barged in", BARGE, red=True)
    seat.change(WishKind.LISTEN)
    listen("listening again", TALK, red=False)
    seat.end()
    phones.customer_hangs_up(number)
    for at, name, expected in notes:
        for who in ("customer", "agent"):
            sound = phones.heard(who, number, at)
            assert sound.margin(expected[who]) >= MARGIN_DB, (name, who, sound)
            assert all(sound.levels[one] > AUDIBLE_DB for one in expected[who]), (name, who)
    rows = [json.loads(line) for line in journal_file(places()).read_text().splitlines()]
    passed = [row["command"] for row in rows if row["what"] == "passed"]
    whispered = ["whisper", "talk", "hush", "end"]
    assert passed == ["listen", "end", *whispered, "barge", "end", "listen", "end"]


def test_that_who_stays_with_an_agent_hears_the_next_call_by_a_command_of_its_own(
    seat: Seat, lab: AsteriskLab, phones: LabPhones, qtbot: QtBot
) -> None:
    calls: list[CallId | None] = []

    def heard_in_a_call(*, first: bool) -> None:
        number = phones.call("804")
        qtbot.waitUntil(lambda: seat.talking_to(number) is not None, timeout=LONG_MS)
        agent = seat.talking_to(number)
        assert agent is not None
        calls.append(agent.call_id)
        if first:
            seat.listen(agent, stays=True)
        qtbot.waitUntil(lambda: seat.listens_in(agent.call_id), timeout=LONG_MS)
        qtbot.wait(HEARD_AT_MS)
        at = CLOCK.now().wall.timestamp()
        if not first:
            seat.end()
        phones.customer_hangs_up(number)
        sound = phones.heard("supervisor", number, at)
        assert sound.margin(LISTENED) >= MARGIN_DB, sound
        qtbot.waitUntil(lambda: not phones.supervisor_is_in_a_call(), timeout=LONG_MS)

    with alone_at_night(lab, "1006"):
        heard_in_a_call(first=True)
        heard_in_a_call(first=False)
    rows = [json.loads(line) for line in journal_file(places()).read_text().splitlines()]
    passed = [row for row in rows if row["what"] == "passed"]
    assert [(row["command"], row.get("by"), row["call_id"]) for row in passed] == [
        ("listen", None, calls[0]),
        ("listen", "stays", calls[1]),
        ("end", None, None),  # whatever the phone is in
    ]
    assert calls[0] != calls[1]

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
from support.lab_phones import TONES, LabPhones
from support.looks import look_in
from support.supervised import banner_in, offers_of, question_in, red_frame
from support.tones import first_heard_s

from wallboard.app.clock import system_clock
from wallboard.app.supervision_journal import journal_file, key_file, read_key
from wallboard.app.window import _Desk
from wallboard.domain.snapshot import Agent
from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Phase, Session
from wallboard.runtime.opening import Opening
from wallboard.server.verifying import verified
from wallboard.settings.granting import Grant, SiteGrants, Supervision
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
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
    supervision=Supervision(
        connections={"lab": SiteGrants(people={"*": Grant(may=frozenset({WishKind.LISTEN}))})}
    )
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

    def press(self, button: QWidget | None) -> None:
        assert isinstance(button, QPushButton)
        middle = QPoint(button.width() // 2, button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=middle)

    def listen(self, agent: Agent) -> float:
        """Ask to listen as a person does, and return when the last click was."""
        button = offers_of(self.window, agent).buttons[WishKind.LISTEN]
        self.bot.waitUntil(lambda: button.obstacle is None, timeout=LONG_MS)
        self.press(button)
        question = question_in(self.window)
        assert question is not None
        QTest.keyClicks(question.reason, "coaching")
        clicked = CLOCK.now().wall.timestamp()
        self.press(question.confirm)
        self.bot.waitUntil(lambda: self.in_phase(Phase.LIVE, WishKind.LISTEN), timeout=LONG_MS)
        return clicked

    def end(self) -> None:
        banner = banner_in(self.window)
        assert banner is not None
        self.press(banner.end)
        self.bot.waitUntil(lambda: self.in_phase(Phase.ENDED, WishKind.LISTEN), timeout=LONG_MS)


@pytest.fixture
def phones(lab: AsteriskLab) -> Iterator[LabPhones]:
    with LabPhones(lab) as made:
        yield made


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
        banner = banner_in(seat.window)
        assert banner is not None
        assert banner.accessibleName().startswith("You are listening to ")
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

"""The button to talk: held by mouse or space bar, let go by whatever takes either away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.looks import look_in
from support.supervised import (
    ALL_GRANTED,
    banner_in,
    lasting,
    question_in,
    red_frame,
    states,
    talker,
    window_in,
)

from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Asked, Obstacle, SupervisionState, Telling
from wallboard.ui.frame.supervision_banner import SupervisionBanner
from wallboard.ui.frame.toast import Toast
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.supervisor import Supervisor

EN = look_in("en")
REST = "the caller does not: this system cannot mute your phone."
TALK, HUSH = WishKind.TALK, WishKind.HUSH


class Seat:
    """Somebody whispers at this window; what is wished for is noted."""

    def __init__(self, bot: QtBot, *, muted: bool | None = True) -> None:
        self.window, self.made = window_in(EN)
        bot.addWidget(self.window)
        self.wished: list[Asked] = []
        self.window.wish_asked.connect(self.wished.append)
        self.show(lasting(self.made, mode=WishKind.WHISPER, muted=muted))

    def show(self, state: SupervisionState) -> None:
        self.window.show_supervision(state)
        self.window.show_board(self.made.board, self.made.clock.now())

    @property
    def banner(self) -> SupervisionBanner:
        banner = banner_in(self.window)
        assert banner is not None
        return banner

    @property
    def kinds(self) -> list[WishKind]:
        return [each.kind for each in self.wished]

    def middle(self) -> QPoint:
        return self.banner.talk.rect().center()


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    return Seat(qtbot)


def test_that_it_is_heard_while_the_mouse_holds_the_button(seat: Seat) -> None:
    QTest.mousePress(seat.banner.talk, Qt.MouseButton.LeftButton, pos=seat.middle())
    assert seat.kinds == [TALK]
    seat.show(lasting(seat.made, mode=WishKind.WHISPER, muted=False))
    assert seat.kinds == [TALK]
    QTest.mouseRelease(seat.banner.talk, Qt.MouseButton.LeftButton, pos=seat.middle())
    assert seat.kinds == [TALK, HUSH]
    agent = talker(seat.made)
    assert {(one.agent_id, one.call_id) for one in seat.wished} == {(agent.agent_id, agent.call_id)}


def test_that_it_is_heard_while_the_space_bar_is_held_and_enter_does_nothing(seat: Seat) -> None:
    button = seat.banner.talk
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert seat.kinds == []
    QTest.keyPress(button, Qt.Key.Key_Space)
    assert seat.kinds == [TALK]
    QTest.keyRelease(button, Qt.Key.Key_Space)
    assert seat.kinds == [TALK, HUSH]


@pytest.mark.parametrize("how", ["mouse goes", "keyboard goes", "it ends", "not muted", "hidden"])
def test_that_whatever_takes_the_button_away_lets_go(seat: Seat, how: str) -> None:
    button = seat.banner.talk
    button.setFocus()
    if how == "mouse goes":
        QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=seat.middle())
    else:
        QTest.keyPress(button, Qt.Key.Key_Space)
    assert seat.kinds == [TALK]
    if how == "mouse goes":
        QTest.mouseMove(button, QPoint(-40, -40))
    elif how == "keyboard goes":
        seat.banner.end.setFocus()
    elif how == "it ends":
        seat.show(states(seat.made)["ended"])
    elif how == "not muted":
        seat.show(lasting(seat.made, mode=WishKind.WHISPER))
    elif how == "hidden":
        seat.show(ALL_GRANTED)
    assert seat.kinds == [TALK, HUSH]


def test_that_the_window_is_red_only_while_somebody_hears_it(seat: Seat) -> None:
    seen = {}
    for muted in (True, False, None):
        seat.show(lasting(seat.made, mode=WishKind.WHISPER, muted=muted))
        seen[muted] = (
            red_frame(seat.window),
            not seat.banner.talk.isHidden(),
            seat.banner.accessibleDescription().partition("2:13 ")[2],
        )
    name = "\u2068Sara Tehrani\u2069"
    assert seen == {
        True: (False, True, f"Muted. {name} hears you while you hold the button to talk."),
        False: (True, True, f"{name} hears you now, the caller does not."),
        None: (
            True,
            False,
            f"{name} hears you all the time, {REST}",
        ),
    }


def test_that_the_button_keeps_its_place_whatever_it_says(seat: Seat) -> None:
    places = set()
    for muted in (True, False):
        seat.show(lasting(seat.made, mode=WishKind.WHISPER, muted=muted))
        places.add(seat.banner.talk.geometry().getRect())
    assert len(places) == 1


def test_that_a_change_of_mode_is_shown_as_one_and_not_as_an_end(seat: Seat) -> None:
    seat.show(states(seat.made)["changing"])
    head = seat.banner.accessibleName()
    assert head == "Whisper to \u2068Sara Tehrani\u2069 …"
    assert "ended" not in head


def test_that_an_altered_journal_is_told(seat: Seat) -> None:
    seat.show(states(seat.made)["altered"])
    (toast,) = [one for one in seat.window.findChildren(Toast) if not one.isHidden()]
    assert "not as it was written, from line 12 on" in toast.accessibleName()


@pytest.mark.parametrize("held", [True, False])
def test_that_the_question_says_who_hears_a_whisper_how_long_it_lasts_and_who_is_told(
    qtbot: QtBot, held: bool
) -> None:
    state = replace(ALL_GRANTED, telling=Telling.CANNOT, limit_s=600)
    if not held:
        state = replace(state, obstacles={TALK: Obstacle.SOURCE_RIGHT})
    window, made = window_in(EN, state)
    qtbot.addWidget(window)
    agent = talker(made)
    supervisor = window.findChild(Supervisor)
    assert supervisor is not None
    supervisor.begin(Asked(kind=WishKind.WHISPER, agent_id=agent.agent_id, call_id=agent.call_id))
    question = question_in(window)
    assert question is not None
    told = " ".join(label.text() for label in question.findChildren(PlainLabel))
    assert ("while you hold the button" in told) is held
    assert "It ends by itself after 10:00 at the latest." in told
    assert "sends no messages" in told

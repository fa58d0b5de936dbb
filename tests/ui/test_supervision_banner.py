"""While a supervisor is in a call, a banner says so that nothing takes away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.looks import look_in
from support.supervised import (
    ALL_GRANTED,
    OTHERS,
    banner_in,
    earlier,
    frame_in,
    lasting,
    offers_of,
    question_in,
    red_frame,
    states,
    talker,
    waiter,
    window_in,
)

from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Asked, Obstacle, Phase
from wallboard.ui import supervising
from wallboard.ui.accessible.announcing import News
from wallboard.ui.frame.session_face import NEAR_S, RESULT_S
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

EN = look_in("en")


def asked_of(window: MainWindow) -> list[Asked]:
    """Return the list into which all goes that the window asks for."""
    heard: list[Asked] = []
    window.wish_asked.connect(heard.append)
    return heard


def type_letter(part: QWidget, letter: str) -> None:
    """Press the key of a letter of any script."""
    code = ord(letter.upper())
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(part, event)


def words_of(window: QWidget) -> str:
    """Return all that the banner says."""
    banner = banner_in(window)
    assert banner is not None
    return banner.accessibleDescription()


def test_that_there_is_no_banner_while_nothing_lasts(qtbot: QtBot) -> None:
    window, _ = window_in(EN)
    qtbot.addWidget(window)
    assert banner_in(window) is None
    window.show_supervision(ALL_GRANTED)
    assert banner_in(window) is None
    assert frame_in(window).top_bar.y() == 0


def test_that_the_banner_says_how_and_with_whom_and_counts_the_time(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made))
    name = talker(made).name
    banner = banner_in(window)
    assert banner is not None
    assert banner.accessibleName().startswith("You are listening to ")
    assert name in banner.accessibleName()
    assert banner.face().figure == "2:13"
    assert "Neither hears you." in words_of(window)
    made.pass_by(1)
    window.show_board(made.board, made.clock.now())
    assert banner.face().figure == "2:14"
    assert window.windowTitle().startswith("LISTENING · ")
    # The board has room below it.
    assert frame_in(window).top_bar.y() == banner.height()


def test_that_only_speaking_frames_the_window_in_red(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    seen = {}
    for name, state in states(made).items():
        window.show_supervision(state)
        seen[name] = red_frame(window)
    loud = {name for name, red in seen.items() if red}
    assert loud == {"whispering", "speaking", "barging", "ending"}


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (WishKind.LISTEN, "Neither hears you."),
        (WishKind.WHISPER, "hears you all the time, the caller does not"),
        (WishKind.BARGE, "Both hear you."),
    ],
)
def test_that_it_says_who_hears_the_supervisor(qtbot: QtBot, mode: WishKind, words: str) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made, mode=mode))
    assert words in words_of(window)


def test_that_a_whisper_into_a_held_call_is_said_to_be_perhaps_unheard(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    state = lasting(made, mode=WishKind.WHISPER)
    window.show_supervision(state)
    assert "on hold" not in words_of(window)
    snapshot = made.board.snapshot
    assert snapshot is not None
    agent = talker(made)
    agents = {**snapshot.agents, agent.agent_id: replace(agent, state=AgentState.ON_HOLD)}
    made.take(replace(snapshot, agents=agents))
    window.show_board(made.board, made.clock.now())
    assert "on hold: perhaps nobody hears you" in words_of(window)


def test_that_while_the_phone_rings_it_says_which_one_to_pick_up(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    state = lasting(made, phase=Phase.ASKED, live_at=None)
    window.show_supervision(state)
    banner = banner_in(window)
    assert banner is not None
    assert "Pick up your phone \u20669001\u2069" in banner.accessibleName()
    assert banner.face().figure == ""
    window.show_supervision(replace(state, phone=""))
    assert banner.accessibleName() == "Pick up your phone"


def test_that_what_nobody_knows_is_said_so_and_can_be_ended(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    window.show_supervision(lasting(made, phase=Phase.UNKNOWN, live_at=None))
    assert "Nobody can say whether it began: check your phone" in words_of(window)
    banner = banner_in(window)
    assert banner is not None
    banner.end.click()
    assert [one.kind for one in heard] == [WishKind.END]
    made.clock.pass_by(900)
    window.show_board(made.board, made.clock.now())
    assert banner_in(window) is banner


def test_that_the_time_left_is_said_near_the_limit_only(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    limit = 133 + NEAR_S + 1
    window.show_supervision(lasting(made, limit_s=limit))
    assert "Ends by itself" not in words_of(window)
    made.pass_by(1)
    window.show_board(made.board, made.clock.now())
    assert "Ends by itself in 2:00." in words_of(window)


def test_that_others_in_the_call_are_told(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made, others=OTHERS))
    said = words_of(window).replace("\u2066", "").replace("\u2069", "")
    assert "Also in this call: 9002 (listens), 77." in said


def test_that_the_result_stands_for_ten_seconds_with_how_long_it_was_and_why(
    qtbot: QtBot,
) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    ended = earlier(made, 0)
    why = "The agent has no call."
    window.show_supervision(lasting(made, phase=Phase.ENDED, ended_at=ended, why=why))
    assert "has ended after 2:13." in words_of(window)
    assert why in words_of(window)
    banner = banner_in(window)
    assert banner is not None
    assert not banner.end.isVisibleTo(window)
    assert not window.windowTitle().startswith("LISTENING")
    made.clock.pass_by(RESULT_S - 0.5)
    window.show_board(made.board, made.clock.now())
    assert banner_in(window) is banner
    made.clock.pass_by(0.5)
    window.show_board(made.board, made.clock.now())
    assert banner_in(window) is None
    assert frame_in(window).top_bar.y() == 0


def test_that_what_did_not_begin_is_said_with_the_reason_in_this_language(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    over = {"phase": Phase.ENDED, "live_at": None, "ended_at": earlier(made, 0)}
    window.show_supervision(lasting(made, **over, why="Your phone is busy."))
    assert "did not begin." in words_of(window)
    assert "Your phone is busy." in words_of(window)
    # A stranger's own words stand by themselves.
    window.show_supervision(lasting(made, **over, why="Kein Kanal \u202efrei"))
    assert "\u2068Kein Kanal frei\u2069" in words_of(window)


def test_that_it_says_so_while_the_next_call_is_waited_for(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    over = {"phase": Phase.ENDED, "ended_at": earlier(made, 60)}
    window.show_supervision(lasting(made, **over, stays=True))
    assert "Waiting for the next call of" in words_of(window)
    banner = banner_in(window)
    assert banner is not None
    banner.end.click()
    assert [one.kind for one in heard] == [WishKind.END]


def test_that_nothing_takes_the_banner_away_while_it_lasts(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made, mode=WishKind.BARGE))
    banner = banner_in(window)
    assert banner is not None

    def stands() -> bool:
        window.show_board(made.board, made.clock.now())
        QApplication.processEvents()
        middle = QPoint(window.width() // 2, banner.height() // 2)
        return banner_in(window) is banner and window.childAt(middle) is banner

    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.mouseClick(banner, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    assert stands()
    for key in (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_7):
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert stands()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert stands()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_Question)
    assert stands()
    window.resize(960, 600)
    assert stands()
    assert banner.width() == window.width()
    window.show_look(look_in("fa", "light"))
    assert stands()
    # The board behind is lost, too: who listens knows it all the same.
    made.pass_by(900)
    assert stands()


@pytest.mark.parametrize("way", ["button", "keys", "keys_in_a_question"])
def test_that_it_is_ended_by(qtbot: QtBot, way: str) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    window.show_supervision(lasting(made))
    agent = talker(made)
    banner = banner_in(window)
    assert banner is not None
    end = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    if way == "button":
        QTest.mouseClick(banner.end, Qt.MouseButton.LeftButton)
    elif way == "keys":
        QTest.keyClick(window, Qt.Key.Key_S, end)
    else:
        offers_of(window, agent).buttons[WishKind.HANG_UP].click()
        dialog = question_in(window)
        assert dialog is not None
        QTest.keyClick(dialog, Qt.Key.Key_S, end)
    assert heard == [Asked(kind=WishKind.END, agent_id=agent.agent_id)]


def test_that_what_ends_already_is_not_ended_again_and_the_button_says_why(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    window.show_supervision(lasting(made, phase=Phase.ENDING))
    banner = banner_in(window)
    assert banner is not None
    banner.end.click()
    assert heard == []
    assert banner.end.accessibleDescription() == "It is under way."


def test_that_listening_becomes_whispering_by_one_press_with_the_same_reason(
    qtbot: QtBot,
) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    window.show_supervision(lasting(made, stays=True))
    agent = talker(made)
    banner = banner_in(window)
    assert banner is not None
    banner.modes[WishKind.WHISPER].click()
    assert heard == [
        Asked(
            kind=WishKind.WHISPER,
            agent_id=agent.agent_id,
            call_id=agent.call_id,
            reason="Training",
            stays=True,
        )
    ]
    # What holds already is not asked for again.
    banner.modes[WishKind.LISTEN].click()
    assert len(heard) == 1


def test_that_barging_in_is_asked_about_even_from_the_banner(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    window.show_supervision(lasting(made))
    banner = banner_in(window)
    assert banner is not None
    banner.modes[WishKind.BARGE].click()
    assert heard == []
    assert question_in(window) is not None


def test_that_a_mode_that_cannot_be_says_why_where_one_points(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    heard = asked_of(window)
    state = lasting(made)
    window.show_supervision(replace(state, obstacles={WishKind.BARGE: Obstacle.NO_RIGHT}))
    banner = banner_in(window)
    assert banner is not None
    barge = banner.modes[WishKind.BARGE]
    barge.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(barge, Qt.Key.Key_Return)
    assert heard == []
    assert barge.why == "It was not granted to you here."
    assert barge.why in barge.toolTip()
    assert question_in(window) is None


def test_that_it_never_takes_the_keyboard(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    frame = frame_in(window)
    frame.open_page("agents")
    page = frame.page()
    page.search()
    field = QApplication.focusWidget()
    assert field is not None
    for state in states(made).values():
        window.show_supervision(state)
        window.show_board(made.board, made.clock.now())
        assert QApplication.focusWidget() is field
        QTest.keyClicks(QApplication.focusWidget(), "a")


def test_that_f6_leads_to_the_banner_and_on(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made))
    banner = banner_in(window)
    assert banner is not None
    seen = set()
    for _ in range(8):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F6)
        seen.add(QApplication.focusWidget())
    assert banner.end in seen
    assert len(seen) > 3


def test_that_every_change_is_announced_once_and_the_clock_is_not(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[News] = []
    monkeypatch.setattr(supervising, "announce", lambda _, news: said.append(news))
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        window, made = window_in(EN)
        qtbot.addWidget(window)
        for state in (
            lasting(made, phase=Phase.ASKED, live_at=None),
            lasting(made),
            lasting(made, mode=WishKind.WHISPER),
        ):
            window.show_supervision(state)
            for _ in range(3):
                made.pass_by(1)
                window.show_board(made.board, made.clock.now())
    finally:
        QAccessible.setActive(before)
    told = [news.text for news in said if "phone" in news.text or "You are" in news.text]
    assert len(told) == 3
    assert "Pick up your phone" in told[0]
    assert "You are listening to" in told[1]
    assert "You are whispering to" in told[2]
    assert all(news.urgent for news in said)


def test_that_it_is_mirrored_in_persian(qtbot: QtBot) -> None:
    places = {}
    for language in ("en", "fa"):
        window, made = window_in(look_in(language))
        qtbot.addWidget(window)
        window.show_supervision(lasting(made))
        banner = banner_in(window)
        assert banner is not None
        places[language] = [
            button.geometry().center().x() for button in (*banner.modes.values(), banner.end)
        ]
        assert banner.width() == window.width()
    assert places["en"] == sorted(places["en"])
    assert places["fa"] == sorted(places["fa"], reverse=True)
    assert places["en"][-1] > 1200
    assert places["fa"][-1] < 150


@pytest.mark.parametrize("size", [QSize(960, 600), QSize(1366, 768), QSize(1920, 1080)])
def test_that_the_banner_does_not_make_the_board_smaller_type(qtbot: QtBot, size: QSize) -> None:
    window, made = window_in(EN, size=size)
    qtbot.addWidget(window)
    before = frame_in(window).look()
    window.show_supervision(lasting(made))
    assert frame_in(window).look() == before
    assert frame_in(window).size() == size


def test_that_no_key_by_itself_begins_anything(qtbot: QtBot, look: Look) -> None:
    window, made = window_in(look, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    offers_of(window, talker(made))
    frame = frame_in(window)
    page = frame.page()
    for part in (page, page.grid, page.drawer.close_button):
        for key in "abcdefghijklmnopqrstuvwxyz0123456789!?.,;-+*#شنب":
            part.setFocus(Qt.FocusReason.TabFocusReason)
            type_letter(part, key)
            if QApplication.focusWidget() is page.field:
                page.field.clear()
    frame.go_to("queues", waiter(made).queue_id)
    for letter in "abcdefghijklmnopqrstuvwxyzشنب":
        type_letter(frame.page_widget(), letter)
    assert heard == []
    assert question_in(window) is None


def test_that_an_agent_who_left_is_called_by_what_is_known(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made, agent_id=AgentId("PJSIP/\u202e700")))
    banner = banner_in(window)
    assert banner is not None
    assert "\u2068PJSIP/700\u2069" in banner.accessibleName()

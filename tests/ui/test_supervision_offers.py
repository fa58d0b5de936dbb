"""What a supervisor may do stands as buttons; what he may not do, too, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.boards import Scene
from support.looks import look_in
from support.supervised import (
    ALL_GRANTED,
    SOME_MISSING,
    frame_in,
    idler,
    lasting,
    offers_of,
    question_in,
    session,
    talker,
    told,
    waiter,
    window_in,
)
from ui.test_supervision_banner import asked_of

from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine import supervision_steps
from wallboard.engine.supervision import Asked, Obstacle, Offer
from wallboard.sources.asterisk import why_not
from wallboard.sources.simulator import supervision as simulator_supervision
from wallboard.ui import sentences
from wallboard.ui.frame.things import things_of
from wallboard.ui.frame.toast import Toast
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.agents import AgentsPage, View
from wallboard.ui.panels.agent_offers import KINDS
from wallboard.ui.panels.drawer import QueueDrawer
from wallboard.ui.supervision_words import NAMES, OF_WHOM, offer_words
from wallboard.ui.thing import ThingKind

EN = look_in("en")


def hover(part: QWidget) -> None:
    """Bring the mouse to a part."""
    at = QPointF(5, 5)
    QApplication.sendEvent(part, QEnterEvent(at, at, QPointF(part.mapToGlobal(at))))


def page_in(window: MainWindow) -> AgentsPage:
    page = frame_in(window).page()
    assert isinstance(page, AgentsPage)
    return page


def drawer_of(window: MainWindow, made: Scene) -> QueueDrawer:
    """Open the queue in which somebody waits."""
    frame = frame_in(window)
    frame.go_to("queues", waiter(made).queue_id)
    return next(one for one in frame.findChildren(QueueDrawer) if one.isVisibleTo(window))


def test_that_nothing_is_offered_until_it_is_said_what_may_be_done(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    assert not offers_of(window, talker(made)).isVisibleTo(window)
    assert not drawer_of(window, made).offers.isVisibleTo(window)
    window.show_supervision(ALL_GRANTED)
    assert drawer_of(window, made).offers.isVisibleTo(window)
    assert offers_of(window, talker(made)).isVisibleTo(window)


def test_that_every_command_stands_in_the_drawer_and_can_be_gone_to(qtbot: QtBot) -> None:
    window, made = window_in(EN, SOME_MISSING)
    qtbot.addWidget(window)
    offers = offers_of(window, talker(made))
    seen = [kind for kind, button in offers.buttons.items() if button.isVisibleTo(window)]
    assert seen == [kind for kind in KINDS if kind is not WishKind.UNPAUSE]
    for kind in seen:
        button = offers.buttons[kind]
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName() == NAMES[kind].text
        assert button.accessibleDescription()
        assert offers.rect().contains(button.geometry())


@pytest.mark.parametrize("way", ["mouse", "Enter", "space"])
def test_that_what_cannot_be_done_says_why_and_does_nothing(qtbot: QtBot, way: str) -> None:
    window, made = window_in(EN, SOME_MISSING)
    qtbot.addWidget(window)
    heard = asked_of(window)
    offers = offers_of(window, talker(made))
    offers.wanted.connect(heard.append)
    words = {
        WishKind.MESSAGE: "This system has no such command.",
        WishKind.TRANSFER: "The account at the system may not: it lacks the right"
        " \u2066write = call\u2069.",
        WishKind.BARGE: "It was not granted to you here.",
    }
    for kind, why in words.items():
        button = offers.buttons[kind]
        if way == "mouse":
            hover(button)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, Qt.Key.Key_Return if way == "Enter" else Qt.Key.Key_Space)
        assert offers.line.text() == why
        assert button.toolTip() == why
        assert button.accessibleDescription() == why
        QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
        offers.setFocus()
    assert heard == []
    assert question_in(window) is None


def test_that_a_command_that_can_be_given_says_what_it_does(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    offers = offers_of(window, talker(made))
    hover(offers.buttons[WishKind.LISTEN])
    assert "Neither hears you." in offers.line.text()
    QApplication.sendEvent(offers.buttons[WishKind.LISTEN], QEvent(QEvent.Type.Leave))
    assert offers.line.text() == ""


def test_that_who_is_free_can_be_paused_and_not_listened_to(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    offers = offers_of(window, idler(made))
    assert offers.buttons[WishKind.LISTEN].obstacle is Obstacle.NO_CALL
    assert offers.buttons[WishKind.PAUSE].obstacle is None
    offers.buttons[WishKind.PAUSE].click()
    dialog = question_in(window)
    assert dialog is not None
    assert dialog.question().asked == Asked(kind=WishKind.PAUSE, agent_id=idler(made).agent_id)


def test_that_who_is_on_a_break_is_called_back_at_once(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    assert made.board.snapshot is not None
    agents = made.board.snapshot.agents.values()
    away = next(one for one in agents if one.state is AgentState.ON_BREAK)
    offers = offers_of(window, away)
    assert not offers.buttons[WishKind.PAUSE].isVisibleTo(window)
    offers.buttons[WishKind.UNPAUSE].click()
    assert heard == [Asked(kind=WishKind.UNPAUSE, agent_id=away.agent_id)]


def test_that_the_buttons_stay_where_they_are_when_a_call_comes_or_goes(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    agent = talker(made)
    offers = offers_of(window, agent)

    def places() -> dict[WishKind, object]:
        top = offers.mapTo(window, offers.rect().topLeft())
        return {
            kind: button.geometry().translated(top)
            for kind, button in offers.buttons.items()
            if button.isVisibleTo(window)
        }

    before = places()
    snapshot = made.board.snapshot
    assert snapshot is not None
    for state, call_id in ((AgentState.FREE, None), (AgentState.IN_CALL, agent.call_id)):
        changed = replace(agent, state=state, call_id=call_id)
        agents = {**snapshot.agents, agent.agent_id: changed}
        made.take(replace(snapshot, agents=agents))
        window.show_board(made.board, made.clock.now())
        assert places() == before


def test_that_the_mode_that_lasts_is_seen_on_its_button(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    window.show_supervision(lasting(made, mode=WishKind.WHISPER))
    offers = offers_of(window, talker(made))
    assert offers.buttons[WishKind.WHISPER].obstacle is Obstacle.SO_ALREADY
    assert offers.buttons[WishKind.LISTEN].obstacle is None
    other = offers_of(window, idler(made))
    assert other.buttons[WishKind.LISTEN].told in (
        "The agent has no call.",
        "First end what your phone is in.",
    )


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_that_every_obstacle_has_words(obstacle: Obstacle) -> None:
    words = offer_words(Offer(kind=WishKind.LISTEN, obstacle=obstacle, detail="x"), EN.wording)
    assert words.endswith(".")
    assert "{" not in words


def test_that_every_command_has_a_name() -> None:
    assert set(NAMES) == set(OF_WHOM) == set(WishKind)


def test_that_every_reason_that_can_be_given_is_in_the_table_of_translations() -> None:
    given = {*supervision_steps.REASONS, *simulator_supervision.REASONS, *why_not.REASONS}
    known = {marked.text for marked in (*sentences.REASONS, *sentences.REFUSALS)}
    assert given - known == set()


# Callers who wait


def test_that_a_caller_is_chosen_before_anything_is_done_to_him(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    drawer = drawer_of(window, made)
    assert drawer.offers.line.text() == "Choose a caller who waits."
    for button in drawer.offers.buttons.values():
        button.click()
    assert heard == []
    assert question_in(window) is None
    call = waiter(made)
    drawer.people.choose(f"call:{call.call_id}")
    assert drawer.offers.line.text().startswith("For ")
    drawer.offers.buttons[WishKind.PRIORITIZE].click()
    assert [(one.kind, one.call_id) for one in heard] == [(WishKind.PRIORITIZE, call.call_id)]
    drawer.offers.buttons[WishKind.PICK_UP].click()
    dialog = question_in(window)
    assert dialog is not None
    assert dialog.question().asked.call_id == call.call_id


def test_that_nothing_is_done_to_a_caller_who_has_gone(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    drawer = drawer_of(window, made)
    call = waiter(made)
    drawer.people.choose(f"call:{call.call_id}")
    snapshot = made.board.snapshot
    assert snapshot is not None
    calls = {key: one for key, one in snapshot.calls.items() if key != call.call_id}
    made.take(replace(snapshot, calls=calls))
    window.show_board(made.board, made.clock.now())
    for button in drawer.offers.buttons.values():
        assert button.obstacle is not None
        button.click()
    assert heard == []


def test_that_an_agent_in_the_list_is_no_caller(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    drawer = drawer_of(window, made)
    keys = [key for part in drawer.people.sections() for key in part.keys]
    drawer.people.choose(next(key for key in keys if key.startswith("agent:")))
    assert drawer.people.chosen_caller() is None
    assert all(button.obstacle is not None for button in drawer.offers.buttons.values())


# What came of it


@pytest.mark.parametrize(
    ("stage", "why", "words"),
    [
        (Stage.DONE, "", "Pause {name}: done"),
        (
            Stage.REFUSED,
            "The agent is already paused.",
            "Pause {name}: not done. The agent is already paused.",
        ),
        (
            Stage.UNKNOWN,
            "",
            "Pause {name}: nobody can say whether it was done. Look before you try again.",
        ),
    ],
)
def test_that_the_result_is_told_in_the_drawer_and_over_the_board(
    qtbot: QtBot, stage: Stage, why: str, words: str
) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    agent = talker(made)
    offers = offers_of(window, agent)
    window.show_supervision(replace(ALL_GRANTED, told=(told(made, WishKind.PAUSE, stage, why),)))
    said = words.format(name=f"\u2068{agent.name}\u2069")
    assert offers.line.text() == said
    (toast,) = (one for one in window.findChildren(Toast) if one.isVisibleTo(window))
    assert toast.text == said
    assert window.rect().contains(toast.geometry())
    made.clock.pass_by(31)
    window.show_board(made.board, made.clock.now())
    assert not any(one.isVisibleTo(window) for one in window.findChildren(Toast))
    made.clock.pass_by(31)
    window.show_board(made.board, made.clock.now())
    # What nobody knows stands until there is something newer.
    assert offers.line.text() == (said if stage is Stage.UNKNOWN else "")


def test_that_what_was_not_even_passed_on_says_the_obstacle(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    offers = offers_of(window, talker(made))
    refused = told(made, WishKind.LISTEN, Stage.REFUSED, obstacle=Obstacle.NO_JOURNAL)
    window.show_supervision(replace(ALL_GRANTED, told=(refused,)))
    assert "It cannot be written into the journal, so it is not done." in offers.line.text()


def test_that_a_result_takes_neither_keyboard_nor_clicks(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    frame_in(window).open_page("agents")
    page_in(window).search()
    field = QApplication.focusWidget()
    window.show_supervision(replace(ALL_GRANTED, told=(told(made, WishKind.PAUSE, Stage.DONE),)))
    (toast,) = window.findChildren(Toast)
    assert QApplication.focusWidget() is field
    assert window.childAt(toast.geometry().center()) is not toast


# Who is listened to


@pytest.mark.parametrize("view", list(View))
def test_that_an_agent_with_somebody_in_his_call_is_marked(
    qtbot: QtBot, view: View, look: Look
) -> None:
    window, made = window_in(look)
    qtbot.addWidget(window)
    frame_in(window).open_page("agents")
    page = page_in(window)
    page.show_view(view)
    agent = talker(made)
    book = page._book

    def look_again(monitorings: tuple[Monitoring, ...] | None) -> tuple[bool, str, object]:
        made.board = replace(made.board, monitorings=monitorings)
        window.show_board(made.board, made.clock.now())
        face = book.face(agent.agent_id)
        assert face is not None
        return face.heard, book.told(agent.agent_id), page.grab().toImage()

    heard, words, picture = look_again(None)
    assert not heard
    one = Monitoring(monitoring_id="m", agent_id=agent.agent_id, phone="PJSIP/9002")
    marked, marked_words, marked_picture = look_again((one,))
    assert marked
    assert marked_words != words
    assert marked_picture != picture
    other = look_again((replace(one, agent_id=AgentId("nobody")),))
    assert (other[0], other[1]) == (False, words)
    assert other[2] == picture


def test_that_the_drawer_says_who_is_in_the_call(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    agent = talker(made)
    one = Monitoring(
        monitoring_id="m", agent_id=agent.agent_id, phone="PJSIP/9002", mode=WishKind.LISTEN
    )
    made.board = replace(made.board, monitorings=(one,))
    window.show_board(made.board, made.clock.now())
    offers_of(window, agent)
    said = page_in(window).drawer.accessibleDescription()
    assert "In the call: \u20669002\u2069 (listens)" in said


# The palette


def test_that_the_palette_offers_to_listen_to_who_talks(qtbot: QtBot, look: Look) -> None:
    window, made = window_in(look)
    qtbot.addWidget(window)
    none = [one for one in things_of(made.board, look.wording) if one.what is ThingKind.LISTENING]
    assert none == []
    things = things_of(made.board, look.wording, supervised=True)
    keys = [one.key for one in things if one.what is ThingKind.LISTENING]
    assert talker(made).agent_id in keys
    assert idler(made).agent_id not in keys


def pick(window: MainWindow, words: str) -> None:
    """Find something in the palette and choose it."""
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_to_listen_from_the_palette_is_asked_about(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    agent = talker(made)
    pick(window, f"listen to {agent.name}")
    dialog = question_in(window)
    assert dialog is not None
    assert dialog.question().asked.agent_id == agent.agent_id
    assert heard == []


def test_that_what_cannot_be_is_shown_with_its_reason_instead(qtbot: QtBot) -> None:
    missing = replace(ALL_GRANTED, obstacles={WishKind.LISTEN: Obstacle.NO_PHONE})
    window, made = window_in(EN, missing)
    qtbot.addWidget(window)
    agent = talker(made)
    pick(window, f"listen to {agent.name}")
    assert question_in(window) is None
    drawer = page_in(window).drawer
    assert drawer.key == agent.agent_id
    assert drawer.offers.buttons[WishKind.LISTEN].told == "The connection has no phone of yours."


def test_that_the_session_of_another_agent_hinders_with_words(qtbot: QtBot) -> None:
    window, made = window_in(EN)
    qtbot.addWidget(window)
    agent = talker(made)
    assert made.board.snapshot is not None
    other = next(
        one
        for one in made.board.snapshot.agents.values()
        if one.call_id and one.state is AgentState.IN_CALL and one is not agent
    )
    window.show_supervision(replace(ALL_GRANTED, session=session(made)))
    offers = offers_of(window, other)
    assert offers.buttons[WishKind.LISTEN].told == "First end what your phone is in."

"""Before a supervisor's command it is asked: what will happen, why, and whether it is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.crawl import wrong_with
from support.looks import look_in
from support.supervised import ALL_GRANTED, offers_of, question_in, talker, window_in
from ui.test_supervision_banner import asked_of

from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.supervision import DANGEROUS, NEEDS_REASON, WishKind
from wallboard.engine.supervision import Asked, Obstacle
from wallboard.ui.dialogs.supervision_dialog import Question, SupervisionDialog
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.agent_offers import KINDS
from wallboard.ui.panels.offer_bar import AT_ONCE
from wallboard.ui.theme.tokens import THEMES

EN = look_in("en")
ASKS = tuple(kind for kind in KINDS if kind not in AT_ONCE)
LOOKED_AT = (*ASKS, WishKind.PICK_UP, WishKind.WITHDRAW)


def dialog_of(
    qtbot: QtBot, kind: WishKind, look: Look = EN, **parts: object
) -> tuple[SupervisionDialog, list[Asked]]:
    usual: dict[str, object] = {
        "asked": Asked(kind=kind, agent_id=AgentId("a1"), call_id=CallId("c1")),
        "name": "Alice",
        "phone": "PJSIP/9001",
        "facts": (("Queue", "Support"), ("Caller", "0912•••6789")),
        "queues": ((None, "All queues"), (QueueId("q1"), "Support")),
        "reasons": ("Training", "Complaint"),
    }
    dialog = SupervisionDialog(look, Question(**{**usual, **parts}))  # type: ignore[arg-type]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    heard: list[Asked] = []
    dialog.wished.connect(heard.append)
    dialog.show()
    dialog.activateWindow()
    QTest.qWait(10)
    return dialog, heard


def enter(times: int = 1) -> None:
    """Press Enter where the keyboard is."""
    for _ in range(times):
        part = QApplication.focusWidget()
        if part is not None:
            QTest.keyClick(part, Qt.Key.Key_Return)


def without_marks(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2068\u2069")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            WishKind.LISTEN,
            "Your phone 9001 will ring. You will hear Alice and the caller. Neither hears you.",
        ),
        (
            WishKind.WHISPER,
            "Your phone 9001 will ring. You will hear both. Alice hears you, the caller does not.",
        ),
        (
            WishKind.BARGE,
            (
                "Your phone 9001 will ring. You will hear both. Both hear you: Alice and the"
                " caller. If Alice hangs up the call is over: take over to keep the caller."
            ),
        ),
        (WishKind.HANG_UP, "The call ends at once for both: Alice and the caller."),
    ],
)
def test_that_it_says_exactly_what_will_happen(qtbot: QtBot, kind: WishKind, words: str) -> None:
    dialog, _ = dialog_of(qtbot, kind)
    assert without_marks(dialog.happens.text()) == words


@pytest.mark.parametrize("kind", ASKS)
def test_that_the_button_names_the_act(qtbot: QtBot, kind: WishKind) -> None:
    dialog, _ = dialog_of(qtbot, kind)
    assert dialog.confirm.text() not in ("OK", "Yes", "")
    assert dialog.confirm.accessibleName() == dialog.confirm.text()


def test_that_listening_begins_with_a_reason_typed_and_enter(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.LISTEN)
    assert QApplication.focusWidget() is dialog.reason
    enter()
    assert heard == []
    assert dialog.problem.text() == "This is needed."
    QTest.keyClicks(dialog.reason, "  new here ")
    assert not dialog.problem.isVisibleTo(dialog)
    enter()
    assert heard == [replace(dialog.question().asked, reason="new here")]
    assert not dialog.isVisible()


def test_that_a_reason_of_the_site_is_taken_by_a_press_and_the_next_calls_by_a_tick(
    qtbot: QtBot,
) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.WHISPER)
    dialog.chips[1].click()
    dialog.stays.click()
    dialog.confirm.click()
    assert heard == [replace(dialog.question().asked, reason="Complaint", stays=True)]


def test_that_barging_in_takes_two_steps_of_which_enter_takes_one(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.BARGE)
    QTest.keyClicks(dialog.reason, "help")
    # However often Enter is pressed: nobody is heard.
    enter(9)
    assert heard == []
    assert dialog.isVisible()
    dialog._go_back()
    QTest.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert heard == []
    assert QApplication.focusWidget() is dialog.back
    assert dialog.sure.isVisibleTo(dialog)
    QTest.mouseClick(dialog.certain, Qt.MouseButton.LeftButton)
    assert [one.kind for one in heard] == [WishKind.BARGE]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_a_double_click_does_not_barge_in(qtbot: QtBot, language: str) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.BARGE, look_in(language))
    assert dialog.reason is not None
    QTest.keyClicks(dialog.reason, "help")
    box = dialog.confirm.rect()
    places = [dialog.confirm.mapTo(dialog, QPoint(x, 10)) for x in range(2, box.width() - 1, 6)]
    for place in places:
        QTest.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
        assert dialog.sure.isVisibleTo(dialog)
        # Wherever the second click of a double one lies, and however high the rows are by now.
        for y in (dialog.certain.mapTo(dialog, QPoint(0, 8)).y(), place.y()):
            at = QPoint(place.x(), y)
            part = dialog.childAt(at) or dialog
            assert part is not dialog.certain
            QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=part.mapFrom(dialog, at))
        dialog._go_back()
    assert heard == []


def test_that_barging_in_can_be_meant_with_the_keyboard_alone(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.BARGE)
    QTest.keyClicks(dialog.reason, "help")
    dialog.confirm.setFocus(Qt.FocusReason.TabFocusReason)
    enter()
    QTest.keyClick(dialog.back, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is dialog.certain
    QTest.keyClick(dialog.certain, Qt.Key.Key_Space)
    assert len(heard) == 1


def test_that_what_is_typed_after_the_first_step_takes_it_back(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.BARGE)
    QTest.keyClicks(dialog.reason, "help")
    dialog.confirm.click()
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, "s")
    assert dialog.confirm.isVisibleTo(dialog)
    assert not dialog.certain.isVisibleTo(dialog)
    assert heard == []


@pytest.mark.parametrize("kind", sorted(DANGEROUS & set(KINDS)))
def test_that_enter_in_a_field_does_nothing_that_a_caller_notices(
    qtbot: QtBot, kind: WishKind
) -> None:
    dialog, heard = dialog_of(qtbot, kind)
    for field in (dialog.typed, dialog.reason):
        if field is not None:
            QTest.keyClicks(field, "12")
    assert dialog.reason is not None
    dialog.reason.setFocus()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert heard == []
    assert QApplication.focusWidget() is dialog.confirm


@pytest.mark.parametrize("kind", sorted(NEEDS_REASON & set(KINDS)))
def test_that_what_needs_a_reason_is_not_asked_for_without_one(
    qtbot: QtBot, kind: WishKind
) -> None:
    dialog, heard = dialog_of(qtbot, kind)
    dialog.confirm.click()
    dialog.certain.click()
    assert heard == []


def test_that_an_extension_is_told_in_digits_of_any_script(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.TRANSFER)
    assert dialog.typed is not None
    dialog.typed.setText("۱۰۴")
    assert dialog.reason is not None
    dialog.reason.setText("wrong queue")
    dialog.confirm.click()
    assert [one.to for one in heard] == ["104"]


def test_that_a_queue_is_chosen_for_what_is_done_in_one(qtbot: QtBot) -> None:
    dialog, heard = dialog_of(qtbot, WishKind.LOG_OUT)
    assert dialog.queues is not None
    dialog.queues.setCurrentIndex(1)
    dialog.confirm.click()
    dialog, more = dialog_of(qtbot, WishKind.PAUSE)
    dialog.confirm.click()
    assert [one.queue_id for one in (*heard, *more)] == [QueueId("q1"), None]
    dialog, none = dialog_of(qtbot, WishKind.ADD, queues=())
    dialog.confirm.click()
    assert none == []
    assert dialog.problem.text() == "There is no queue for it."


def test_that_it_says_on_a_direct_connection_what_rights_are_worth(qtbot: QtBot) -> None:
    words = "rights guard against mistakes, not against whoever has the password"
    for direct in (True, False):
        dialog, _ = dialog_of(qtbot, WishKind.LISTEN, direct=direct)
        told = [label.text() for label in dialog.findChildren(type(dialog.problem))]
        assert any(words in text for text in told) is direct


@pytest.mark.parametrize("lost", ["hung_up", "another_call", "right", "stale"])
def test_that_what_cannot_be_done_any_more_says_so_and_does_nothing(
    qtbot: QtBot, lost: str
) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    agent = talker(made)
    offers_of(window, agent).buttons[WishKind.LISTEN].click()
    dialog = question_in(window)
    assert dialog is not None
    assert dialog.reason is not None
    QTest.keyClicks(dialog.reason, "why")
    snapshot = made.board.snapshot
    assert snapshot is not None
    if lost == "right":
        window.show_supervision(
            replace(ALL_GRANTED, obstacles={WishKind.LISTEN: Obstacle.NO_RIGHT})
        )
    elif lost == "stale":
        made.pass_by(60)
    else:
        call_id = None if lost == "hung_up" else CallId("another")
        agents = {**snapshot.agents, agent.agent_id: replace(agent, call_id=call_id)}
        made.take(replace(snapshot, agents=agents))
    window.show_board(made.board, made.clock.now())
    assert (
        dialog.problem.text()
        == {
            "hung_up": "The agent has no call.",
            "another_call": "The agent has another call by now.",
            "right": "It was not granted to you here.",
            "stale": "The picture is not of now: nobody knows whom it would hit.",
        }[lost]
    )
    assert not dialog.confirm.isEnabled()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    dialog.confirm.click()
    assert heard == []
    assert dialog.isVisible()


def test_that_the_window_hears_what_was_answered_with_the_call_that_was_meant(
    qtbot: QtBot,
) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    agent = talker(made)
    offers_of(window, agent).buttons[WishKind.LISTEN].click()
    dialog = question_in(window)
    assert dialog is not None
    assert isolated(agent.name) in dialog.windowTitle()
    dialog.chips[0].click()
    dialog.confirm.click()
    assert heard == [
        Asked(
            kind=WishKind.LISTEN,
            agent_id=agent.agent_id,
            call_id=agent.call_id,
            reason="Training",
        )
    ]
    assert question_in(window) is None


def test_that_there_is_one_question_at_a_time_and_esc_leaves_it(qtbot: QtBot) -> None:
    window, made = window_in(EN, ALL_GRANTED)
    qtbot.addWidget(window)
    heard = asked_of(window)
    offers = offers_of(window, talker(made))
    offers.buttons[WishKind.LISTEN].click()
    offers.buttons[WishKind.HANG_UP].click()
    dialog = question_in(window)
    assert dialog is not None
    assert dialog.question().asked.kind is WishKind.HANG_UP
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert question_in(window) is None
    assert heard == []


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("kind", LOOKED_AT)
def test_that_nothing_in_it_is_cut_or_hard_to_read(
    qtbot: QtBot, kind: WishKind, language: str
) -> None:
    # Colours do not hang on the kind: the theme is another one every time.
    theme = list(THEMES)[LOOKED_AT.index(kind) % len(THEMES)]
    look = replace(look_in(language, theme), compact=True)
    dialog, _ = dialog_of(qtbot, kind, look, direct=True, name="Maryam Tehrani-Karimi")
    if dialog.reason is not None:
        dialog.reason.setText("help")
    if dialog.typed is not None:
        dialog.typed.setText("104")
    if kind is WishKind.BARGE:
        dialog.confirm.click()
    dialog.show_obstacle("The agent has another call by now.")
    size = QSize(dialog.width(), dialog.height())
    assert size.width() <= 960
    assert size.height() <= 560
    assert wrong_with(dialog, size, None) == []

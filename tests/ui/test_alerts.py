"""The dock of alerts, the counters in the bar, and the page of alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from support.alerted import Watched, wait_rule, watched
from support.boards import scene
from support.looks import look_in

from wallboard.domain.alert import AlertWish, Condition, Deed, Limits, Rule, Rules, SubjectKind
from wallboard.domain.severity import Severity
from wallboard.engine.alert_board import AlertBoard
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.engine.kpi import Unit
from wallboard.engine.rule_replay import Run, preview_of
from wallboard.ui.alert_words import no_rules, rule_sentence
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.alerts import AlertsPage, Part
from wallboard.ui.panels.alert_dock import AlertDock
from wallboard.ui.panels.alert_list import key_of, text_of
from wallboard.ui.panels.queue_table import row_face, with_alerts
from wallboard.ui.panels.rule_editor import RuleEditor
from wallboard.ui.rule_drafts import DraftOdd, draft_of, number_in, rule_of

WAIT = Rules(rules=(wait_rule(warning=25, critical=120),))


@pytest.fixture(scope="module")
def trouble() -> Watched:
    made = watched(WAIT, made=scene(minutes=35))
    made.live(4)
    assert len(made.board.alerts.rows) == 2
    return made


def shown(qtbot: QtBot, made: Watched, look: Look, size: tuple[int, int]) -> MainWindow:
    window = MainWindow(look)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show_board(made.board, made.scene.clock.now())
    window.show()
    window.show_board(made.board, made.scene.clock.now())
    return window


def dock_of(window: MainWindow) -> AlertDock:
    dock = window.findChild(AlertDock)
    assert dock is not None
    window._frame.show_board(*window._shown)  # type: ignore[union-attr, misc]
    return dock


def test_that_on_a_large_window_the_dock_opens_with_the_first_alert(
    qtbot: QtBot, trouble: Watched, look: Look
) -> None:
    window = shown(qtbot, trouble, look, (1920, 1080))
    dock = dock_of(window)
    page = window._frame.page_widget()  # type: ignore[union-attr]
    assert not dock.geometry().intersects(page.geometry())
    assert (dock.x() < page.x()) is look.rtl


def test_that_a_calm_board_has_no_dock(qtbot: QtBot, look: Look) -> None:
    made = watched(DEFAULT_RULES, made=scene(minutes=65, calm=True))
    made.live(4)
    window = shown(qtbot, made, look, (1920, 1080))
    assert window.findChild(AlertDock) is None


def test_that_on_a_small_window_it_lies_over_the_page_once_it_is_wanted(
    qtbot: QtBot, trouble: Watched, look: Look
) -> None:
    window = shown(qtbot, trouble, look, (1366, 768))
    assert window.findChild(AlertDock) is None
    frame = window._frame
    assert frame is not None
    before = frame.page_widget().geometry()
    frame.top_bar.alerts_requested.emit()
    dock = dock_of(window)
    assert dock.isVisible()
    assert frame.page_widget().geometry() == before
    QTest.keyClick(dock, Qt.Key.Key_Escape)
    assert not dock.isVisible()


def test_that_a_dock_that_was_closed_stays_closed(qtbot: QtBot, trouble: Watched) -> None:
    window = shown(qtbot, trouble, look_in("en"), (1920, 1080))
    dock = dock_of(window)
    dock.closed.emit()
    window.show_board(trouble.board, trouble.scene.clock.now())
    assert not dock.isVisible()


def test_that_the_counters_tell_how_many_there_are(qtbot: QtBot, trouble: Watched) -> None:
    window = shown(qtbot, trouble, look_in("en"), (1366, 768))
    assert window._frame is not None
    names = [each.accessibleName() for each in window._frame.top_bar.findChildren(QPushButton)]
    assert "Alerts, critical 1, warning 1" in names


@pytest.mark.parametrize(
    ("key", "modifier", "typed", "expected"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, None, (Deed.ACKNOWLEDGED, "")),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "mine", (Deed.ACKNOWLEDGED, "mine")),
        (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "lunch", (Deed.SHELVED, "lunch")),
    ],
    ids=["acknowledges", "acknowledges_with_a_note", "shelves_with_a_reason"],
)
def test_that_a_letter(
    qtbot: QtBot,
    trouble: Watched,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    typed: str | None,
    expected: tuple[Deed, str],
) -> None:
    window = shown(qtbot, trouble, look_in("en"), (1920, 1080))
    dock = dock_of(window)
    wishes: list[AlertWish] = []
    window.alert_wished.connect(wishes.append)
    row = trouble.board.alerts.rows[0]
    dock.alerts.choose(text_of(row.alert.key))
    QTest.keyClick(dock.alerts, key, modifier)
    if typed is not None:
        assert wishes == []
        QTest.keyClicks(dock.handling._reason, typed)
        QTest.keyClick(dock.handling._reason, Qt.Key.Key_Return)
    (wish,) = wishes
    assert (wish.deed, wish.reason) == expected
    assert wish.key == row.alert.key
    assert (wish.lasting is not None) is (wish.deed is Deed.SHELVED)


def test_that_nothing_is_shelved_without_a_reason_and_esc_leaves(
    qtbot: QtBot, trouble: Watched
) -> None:
    window = shown(qtbot, trouble, look_in("en"), (1920, 1080))
    dock = dock_of(window)
    wishes: list[AlertWish] = []
    window.alert_wished.connect(wishes.append)
    dock.alerts.choose(text_of(trouble.board.alerts.rows[0].alert.key))
    QTest.keyClick(dock.alerts, Qt.Key.Key_H)
    QTest.keyClick(dock.handling._reason, Qt.Key.Key_Return)
    assert dock.handling.asking()
    QTest.keyClick(dock.handling._reason, Qt.Key.Key_Escape)
    assert not dock.handling.asking()
    assert dock.isVisible()
    assert wishes == []


def test_that_letters_typed_as_a_reason_do_nothing_to_another_alert_once_theirs_is_over(
    qtbot: QtBot, trouble: Watched
) -> None:
    page = AlertsPage(look_in("en"))
    qtbot.addWidget(page)
    page.resize(1300, 700)
    now, every = trouble.scene.clock.now(), trouble.board.alerts
    page.show_board(trouble.board, now)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    wishes: list[AlertWish] = []
    page.alert_wished.connect(wishes.append)
    page.alerts.choose(text_of(every.rows[0].alert.key))
    page.alerts.deed_wanted.emit(page.alerts.chosen_key(), Deed.SHELVED)
    typing = page.focusWidget()
    assert typing is page.handling._reason
    QTest.keyClicks(typing, "sm")
    page.show_board(replace(trouble.board, alerts=replace(every, rows=every.rows[1:])), now)
    assert not page.handling.asking()
    assert not page.handling._reason.isVisible()
    after = page.focusWidget()
    assert after is not None
    QTest.keyClicks(after, "all has")
    assert wishes == []
    assert not page.handling.asking()


def test_that_an_acknowledgement_can_be_undone_for_a_while(qtbot: QtBot, trouble: Watched) -> None:
    window = shown(qtbot, trouble, look_in("en"), (1920, 1080))
    dock = dock_of(window)
    wishes: list[AlertWish] = []
    window.alert_wished.connect(wishes.append)
    dock.alerts.choose(text_of(trouble.board.alerts.rows[0].alert.key))
    QTest.keyClick(dock.alerts, Qt.Key.Key_A)
    undo = dock.handling._undo_button
    assert undo.isVisible()
    undo.click()
    assert [wish.deed for wish in wishes] == [Deed.ACKNOWLEDGED, Deed.LET_GO]
    assert not undo.isVisible()


def test_that_letters_do_nothing_where_they_are_turned_off(qtbot: QtBot, trouble: Watched) -> None:
    window = shown(qtbot, trouble, Look(single_keys=False), (1920, 1080))
    dock = dock_of(window)
    wishes: list[AlertWish] = []
    window.alert_wished.connect(wishes.append)
    dock.alerts.choose(text_of(trouble.board.alerts.rows[0].alert.key))
    QTest.keyClick(dock.alerts, Qt.Key.Key_A)
    assert wishes == []


def test_that_a_queue_with_an_alert_is_marked_in_the_table(trouble: Watched) -> None:
    board = trouble.board
    calm = next(key for key, row in board.queues.items() if not row.severity)
    face = row_face(board.queues[calm], trouble.scene.clock.wall, look_in("en").wording)
    assert face.severity is Severity.CALM
    marks = {SubjectKind.QUEUE: {calm: Severity.WARNING}}
    alerted = replace(board, alerts=replace(board.alerts, marks=marks))  # type: ignore[arg-type]
    assert with_alerts(face, alerted).severity is Severity.WARNING


def test_that_keys_come_back_from_their_text(trouble: Watched) -> None:
    for row in trouble.board.alerts.rows:
        assert key_of(text_of(row.alert.key)) == row.alert.key


# The page


@pytest.fixture
def page(qtbot: QtBot, trouble: Watched, look: Look) -> AlertsPage:
    page = AlertsPage(look)
    qtbot.addWidget(page)
    page.resize(QSize(1290, 700))
    page.show()
    page.show_board(trouble.board, trouble.scene.clock.now())
    return page


def test_that_the_page_asks_for_the_past_and_tells_it(
    qtbot: QtBot, trouble: Watched, look: Look
) -> None:
    page = AlertsPage(look)
    qtbot.addWidget(page)
    asked: list[int] = []
    page.events_wanted.connect(asked.append)
    page.show_board(trouble.board, trouble.scene.clock.now())
    assert asked == [7]
    page.show_events(trouble.told)
    page.open_part(Part.PAST)
    assert sum(len(section.keys) for section in page.past.list.sections()) == 2
    page.show_no_events("no")
    assert page.past.list._empty_words() == "no"


def test_that_a_rule_is_muted_and_heard_again(page: AlertsPage, trouble: Watched) -> None:
    wished: list[Rules] = []
    page.rules_wished.connect(wished.append)
    page.open_part(Part.RULES)
    page.rules.list.choose("wait")
    page._again()
    page.rules.buttons["mute"].click()
    assert [rule.muted for rule in wished[-1].rules] == [True]
    page.rules.buttons["mute"].click()
    assert wished[-1] == trouble.board.alerts.rules


def test_that_a_rule_is_edited_with_its_past_beside_it(page: AlertsPage) -> None:
    wished: list[Rules] = []
    asked: list[object] = []
    page.rules_wished.connect(wished.append)
    page.preview_wanted.connect(asked.append)
    page.open_part(Part.RULES)
    page.rules.list.choose("wait")
    page.rules.buttons["edit"].click()
    editor = page.rules.editor
    field = editor._fields["warning"]
    field.setText("1:30")
    editor._take()
    editor._ask()
    (rule,) = asked
    day = timedelta(days=1)
    runs = [
        Run(subject="q0", begin=at, end=at + day / 1000, worst=Severity.WARNING)
        for number in range(500)
        if (at := page._shown[1].wall + number * day / 100)  # type: ignore[index]
    ]
    page.show_preview(preview_of(runs, 7 * day, day / 1440))
    assert page._look.wording.count(500) in editor.told.text()
    loud = editor.save_button.text()
    page.show_preview(preview_of(runs[:3], 7 * day, day / 1440))
    assert editor.save_button.text() != loud
    editor.save_button.click()
    assert wished[-1].rules == (rule,)
    assert wished[-1].rules[0].conditions[0].limits.high_warning == 90


def test_that_fields_that_make_no_rule_say_why(page: AlertsPage) -> None:
    page.open_part(Part.RULES)
    page.rules.buttons["new"].click()
    editor = page.rules.editor
    for key, text in (("warning", "x"), ("warning", ""), ("name", " ")):
        before = editor._fields[key].text()
        editor._fields[key].setText(text)
        editor._take()
        assert editor.problem.text()
        assert not editor.save_button.isEnabled()
        editor._fields[key].setText(before)
        editor._take()
        assert editor.save_button.isEnabled()


def test_that_esc_leaves_the_editor_and_what_is_typed_is_what_is_saved(page: AlertsPage) -> None:
    page.open_part(Part.RULES)
    page.rules.buttons["new"].click()
    editor = page.rules.editor
    left: list[bool] = []
    editor.left.connect(lambda: left.append(True))
    fields = [*editor._fields.values()]
    assert editor.more is not None
    fields += [editor.more.begins, editor.more.dates]
    for field in fields:
        typed = field.text()
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert field.text() == typed
        assert left.pop()


def test_that_an_open_editor_speaks_the_language_that_is_chosen_meanwhile(
    qtbot: QtBot, trouble: Watched
) -> None:
    editor = RuleEditor(look_in("en"))
    qtbot.addWidget(editor)
    editor.show_rule(wait_rule())
    before = [each.text() for each in (editor.sentence, editor.save_button, editor.told)]
    editor.show_look(look_in("fa"))
    after = [each.text() for each in (editor.sentence, editor.save_button, editor.told)]
    assert not set(before) & set(after)


def test_that_a_limit_is_written_as_the_language_writes_it(qtbot: QtBot) -> None:
    limits = Limits(low_warning=0.825, low_critical=0.6)
    shares = replace(wait_rule(), conditions=(Condition(reading="service_level", limits=limits),))
    editor = RuleEditor(look_in("fa"))
    qtbot.addWidget(editor)
    saved: list[Rule] = []
    editor.saved.connect(saved.append)
    editor.show_rule(shares)
    assert editor._fields["warning"].text() == "۸۲٫۵٪"
    editor._take()
    editor.save_button.click()
    assert saved[0].conditions == shares.conditions


def test_that_every_part_is_seen_without_a_fault(page: AlertsPage, qapp: QApplication) -> None:
    for part in Part:
        page.open_part(part)
        qapp.processEvents()
        assert not page.grab().isNull()
        assert all(pane.isVisible() for pane in page.panes())


# Rules in fields


@pytest.mark.parametrize("rule", DEFAULT_RULES.rules, ids=lambda rule: rule.rule_id)
def test_that_a_rule_comes_back_from_its_fields_as_it_was(rule: object) -> None:
    assert rule_of(draft_of(rule), rule) == rule  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("80%", "ratio", 0.8),
        ("۸۰٪", "ratio", 0.8),
        ("12.5", "ratio", 0.125),
        ("2:30", "seconds", 150.0),
        ("۲:۳۰", "seconds", 150.0),
        ("1:00:00", "seconds", 3600.0),
        ("90", "seconds", 90.0),
        ("1,200", "count", 1200.0),
        ("\u2212۵", "count", -5.0),
        ("", "count", None),
    ],
)
def test_that_a_number_is_read_in_whichever_digits(
    text: str, unit: str, number: float | None
) -> None:
    assert number_in(text, Unit(unit)) == number


@pytest.mark.parametrize("text", ["x", "nan", "1:x", "inf", "1e99", "--"])
def test_that_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(DraftOdd):
        number_in(text, Unit.SECONDS)


def test_that_every_rule_is_one_sentence(look: Look) -> None:
    for rule in DEFAULT_RULES.rules:
        assert rule_sentence(rule, look.wording)
        assert "{" not in rule_sentence(rule, look.wording)


def test_that_the_page_says_all_is_well_only_if_that_is_known(page: AlertsPage) -> None:
    assert page._shown is not None
    board, now = page._shown
    ruled = AlertBoard(rules=DEFAULT_RULES)
    said = []
    for told in (
        ruled,
        replace(ruled, settling=True),
        replace(ruled, settling=True, paused=5),
        replace(ruled, failed=True),
        AlertBoard(),
    ):
        page.show_board(replace(board, alerts=told), now)
        said.append(page.alerts._empty_words())
    assert said[0] == page._look.wording.translate("Alert", "No alerts. All is within its limits.")
    assert said[4] == no_rules(page._look.wording)
    assert len(set(said)) == 5

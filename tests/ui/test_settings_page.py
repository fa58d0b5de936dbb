"""The page of settings tells what was wished for, by keys alone too, and decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from support.alert_events import alert_event
from support.boards import scene
from support.looks import look_in

from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.measuring import AS_USUAL, LevelKind, Shift
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.domain.source import Field, FieldForm
from wallboard.ui.look import Look
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_alerts import AlertSection
from wallboard.ui.panels.settings_choices import ChoiceSection, Place
from wallboard.ui.panels.settings_face import (
    ChoiceWish,
    ConnectionFace,
    ConnectionWish,
    Deed,
    MeasuringWish,
    QueueFace,
    QueueWish,
    SettingsFace,
    SoundWish,
    WayDeed,
    WayEntered,
    WayFace,
    WayKindFace,
    WayWish,
)
from wallboard.ui.panels.settings_queue_model import Column
from wallboard.ui.panels.settings_queues import QueueSection
from wallboard.ui.panels.settings_shifts import ShiftSection, clock_told
from wallboard.ui.panels.settings_source import SourceSection
from wallboard.ui.panels.settings_supervision import SupervisionSection

MORNING = Shift(name="Morning", begins=time(6), ends=time(14))
EVENING = Shift(name="Evening", begins=time(14), ends=time(22), weekdays=frozenset({0, 1}))
FACE = SettingsFace(
    choices={
        "language": "en", "latin_digits": False, "calendar": "auto", "theme": "dark",
        "text_size": 100, "time_from_right": False, "reduce_motion": False, "single_keys": True,
        "caller_numbers": "masked", "caller_names": False,
    },
    connections=(
        ConnectionFace(name="Tehran", kind="Asterisk, FreePBX, Issabel", shown=True, starts=True),
        ConnectionFace(name="<b>x</b>", kind="HTTP API", place="api.example"),
    ),
    shown="Tehran",
    measuring=replace(AS_USUAL, plan=replace(AS_USUAL.plan, shifts=(MORNING, EVENING))),
    path="settings.toml",
)  # fmt: skip


def page_of(
    qtbot: QtBot, look: Look | None = None, place: Place = Place.SOURCE, face: SettingsFace = FACE
) -> tuple[SettingsPage, list[object]]:
    page = SettingsPage(look or look_in("en"))
    qtbot.addWidget(page)
    page.resize(1180, 700)
    wishes: list[object] = []
    page.wished.connect(wishes.append)
    page.show_settings(face)
    made = scene(minutes=1)
    page.show_board(made.board, made.clock.now())
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.open_section(place)
    return page, wishes


def queues_of(page: SettingsPage) -> QueueSection:
    assert isinstance(page.section, QueueSection)
    return page.section


def shifts_of(page: SettingsPage) -> ShiftSection:
    assert isinstance(page.section, ShiftSection)
    return page.section


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    field.insert(text)  # QTest knows the keys of Latin letters only
    QTest.keyClick(field, Qt.Key.Key_Return)


def write_cell(page: SettingsPage, column: Column, text: str) -> None:
    """Write in a cell of the first row, with keys alone."""
    table = queues_of(page).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, column))
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    write(editor, text)
    QApplication.sendPostedEvents()  # not those of the screen, which has no active window for long


def test_that_sections_are_gone_through_by_arrow_keys(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    page.list.setFocus()
    seen = []
    for _ in Place:
        seen.append(type(page.section))
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert seen == [
        SourceSection, QueueSection, ShiftSection, AlertSection, SupervisionSection,
        ChoiceSection, ChoiceSection,
    ]  # fmt: skip


def test_that_a_choice_is_made_by_keys(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.DISPLAY)
    light = page.section.findChild(QWidget, "theme/light")
    light.setFocus()
    QTest.keyClick(light, Qt.Key.Key_Space)
    size = page.section.findChild(QWidget, "text_size/150")
    QTest.mouseClick(size, Qt.MouseButton.LeftButton)
    assert wishes == [
        ChoiceWish(key="theme", chosen="light"),
        ChoiceWish(key="text_size", chosen=150),
    ]


def test_that_what_is_chosen_is_shown_pressed(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, place=Place.PRIVACY)
    pressed = {
        chip.objectName() for chip in page.section.findChildren(QAbstractButton) if chip.isChecked()
    }
    assert pressed == {"caller_numbers/masked", "caller_names/False"}
    page.show_settings(replace(FACE, choices={**FACE.choices, "caller_numbers": "hidden"}))
    assert page.section.findChild(QAbstractButton, "caller_numbers/hidden").isChecked()


def test_that_a_queue_gets_a_name_a_group_and_a_target_by_keys_alone(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.QUEUES)
    model = queues_of(page).model
    queue_id, called = model.queue_at(0), model.index(0, 0).data()
    write_cell(page, Column.NAME, "  Front   desk ")
    write_cell(page, Column.GROUP, "ویژه")
    write_cell(page, Column.TARGET, "۱۵")
    assert wishes == [
        QueueWish(queue_id=queue_id, called=called, decided=decided)
        for decided in (
            QueueFace(name="Front desk"),
            QueueFace(group="ویژه"),
            QueueFace(target=timedelta(seconds=15)),
        )
    ]


@pytest.mark.parametrize("written", ["0", "abc", "86401", "-3", "1.5"])
def test_that_a_target_that_cannot_be_is_told_and_not_wished_for(
    qtbot: QtBot, written: str
) -> None:
    page, wishes = page_of(qtbot, place=Place.QUEUES)
    write_cell(page, Column.TARGET, written)
    assert wishes == []
    assert "1 to 86400" in queues_of(page).problem.text()
    write_cell(page, Column.TARGET, "30")
    assert queues_of(page).problem.isHidden()


def test_that_a_goal_is_written_in_percent(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.QUEUES)
    write_cell(page, Column.GOAL, "۹۲٫۵٪")
    write_cell(page, Column.GOAL, "101")
    assert [wish.decided.goal for wish in wishes] == [0.925]  # type: ignore[attr-defined]
    assert "1 to 100" in queues_of(page).problem.text()
    write(queues_of(page).goal.field, "90")
    assert wishes[-1].measuring.usual.goal == 0.9  # type: ignore[attr-defined]


def test_that_a_queue_is_hidden_and_shown_by_keys(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.QUEUES)
    table = queues_of(page).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, Column.HIDDEN))
    QTest.keyClick(table, Qt.Key.Key_Return)
    (wish,) = wishes
    assert isinstance(wish, QueueWish)
    assert wish.decided.hidden
    page.show_settings(replace(FACE, queues={wish.queue_id: wish.decided}))
    made = scene(minutes=1)
    page.show_board(made.board, made.clock.now())
    assert table.model().index(0, Column.HIDDEN).data() == "hidden"
    table.setCurrentIndex(table.model().index(0, Column.HIDDEN))
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert wishes[-1] == QueueWish(queue_id=wish.queue_id, called=wish.called, decided=QueueFace())


def test_that_a_queue_that_the_source_does_not_tell_now_can_still_be_shown_again(
    qtbot: QtBot,
) -> None:
    gone = QueueId("gone")
    face = replace(FACE, queues={gone: QueueFace(hidden=True)})
    page, _ = page_of(qtbot, place=Place.QUEUES, face=face)
    model = queues_of(page).model
    assert gone in [model.queue_at(row) for row in range(model.rowCount())]


def test_that_queues_are_found_by_name_own_name_and_group(qtbot: QtBot) -> None:
    face = replace(FACE, queues={QueueId("q1"): QueueFace(name="پشتيبانی", group="Front")})
    page, _ = page_of(qtbot, place=Place.QUEUES, face=face)
    section = queues_of(page)
    page.search()
    assert section.filter.hasFocus()
    for typed, found in (("front", 1), ("پشتیبانی", 1), ("Support", 1), ("nothing", 0), ("", 6)):
        section.filter.setText(typed)
        assert section.model.rowCount() == found, typed


def test_that_the_usual_rule_is_written(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.QUEUES)
    section = queues_of(page)
    write(section.target.field, "۲۵")
    write(section.short.field, "99999999")
    assert section.short_row.problem() == "Seconds from 0 to 86,400."
    section.level.setCurrentIndex(2)
    section.level.activated.emit(2)
    targets = [wish.measuring.usual.target for wish in wishes if isinstance(wish, MeasuringWish)]
    assert targets == [timedelta(seconds=25), None]
    assert wishes[-1].measuring.usual.level.kind is tuple(LevelKind)[2]
    assert wishes[-1].measuring.plan == FACE.measuring.plan


def test_that_shifts_are_written_added_and_removed(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.SHIFTS)
    section = shifts_of(page)

    def last() -> tuple[Shift, ...]:
        assert isinstance(wishes[-1], MeasuringWish)
        return wishes[-1].measuring.plan.shifts

    write(section.cards[0].begins.field, "۷:۳۰")
    assert last() == (replace(MORNING, begins=time(7, 30)), EVENING)
    write(section.cards[1].name.field, "شب")
    assert last() == (MORNING, replace(EVENING, name="شب"))
    section.cards[1].days.chips[4].click()
    assert last()[1].weekdays == {0, 1, 4}
    section.more.click()
    assert last()[2] == Shift(
        name="Shift 3", begins=time(22), ends=time(6), weekdays=EVENING.weekdays
    )
    section.cards[0].remove.click()
    assert last() == (EVENING,)


def test_that_a_wrong_hour_and_a_shift_without_days_are_told(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.SHIFTS)
    card = shifts_of(page).cards[1]
    write(card.ends.field, "25:00")
    assert card.problem.text() == "A time of the day, as in 08:00."
    for day in (0, 1):
        card.days.chips[day].click()
    assert card.problem.text() == "At least one day."
    assert [wish.measuring.plan.shifts[1].weekdays for wish in wishes] == [{1}]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("8:30", time(8, 30)), ("۰۸:۰۵", time(8, 5)), ("٢٤:٠٠", time()), ("24:01", None),
        ("8", None), ("8:60", None), ("", None), ("-1:00", None),
    ],
)  # fmt: skip
def test_that_hours_are_read_in_any_digits(told: str, at: time | None) -> None:
    assert clock_told(told) == at


def test_that_a_connection_is_not_removed_before_it_was_asked(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    assert isinstance(page.section, SourceSection)
    card = page.section.cards[0]
    card.buttons[Deed.REMOVE].click()
    assert wishes == []
    assert card.question.isVisibleTo(page)
    assert card.question.no.hasFocus(), "who presses Enter once too often keeps it"
    card.question.no.click()
    assert card.question.isHidden()
    card.buttons[Deed.REMOVE].click()
    card.question.yes.click()
    assert wishes == [ConnectionWish(deed=Deed.REMOVE, name="Tehran")]


def test_that_only_what_can_be_done_with_a_connection_is_offered(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    assert isinstance(page.section, SourceSection)
    first, second = page.section.cards
    assert first.buttons[Deed.SHOW].isHidden()
    assert first.buttons[Deed.START].isHidden()
    second.buttons[Deed.SHOW].click()
    page.section.connect_button.click()
    assert wishes == [
        ConnectionWish(deed=Deed.SHOW, name="<b>x</b>"),
        ConnectionWish(deed=Deed.CONNECT),
    ]


def test_that_what_was_done_can_be_undone_by_a_key_for_some_time(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, place=Place.DISPLAY)
    undone: list[bool] = []
    over: list[bool] = []
    page.undo_wanted.connect(lambda: undone.append(True))
    page.undo_over.connect(lambda: over.append(True))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [], "there was nothing to undo"
    page.show_undo("It was changed.", "The disk is full.")
    assert page.line.isVisibleTo(page)
    QTest.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    page._over.timeout.emit()
    assert over == [True]
    assert page.trouble.text() == "The disk is full.", "a trouble stays to be read"
    assert page.told.isHidden()


def test_that_another_look_leaves_the_keyboard_where_it_is(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, place=Place.DISPLAY)
    page.section.findChild(QWidget, "language/fa").setFocus()
    page.show_look(look_in("fa", "light"))
    has = QApplication.focusWidget()
    assert has is not None
    assert has.objectName() == "language/fa"
    assert page.section.isAncestorOf(has)
    assert page.layoutDirection() is Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize("place", list(Place))
def test_that_each_thing_that_takes_the_keyboard_has_a_name(
    qtbot: QtBot, look: Look, place: Place
) -> None:
    page, _ = page_of(qtbot, look=look, place=place)
    page.show_undo("x")
    stops = [
        part
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page)
    ]
    assert stops
    nameless = [
        part.objectName() or type(part).__name__
        for part in stops
        if not (part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()))
        and not isinstance(part.parent(), QComboBox)
    ]
    assert nameless == []


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_that_nothing_is_wider_than_the_page_at_any_size_of_texts(
    qtbot: QtBot, look: Look, place: Place, scale: float
) -> None:
    page, _ = page_of(qtbot, look=replace(look, scale=scale), place=place)
    page.resize(QSize(1290, 680))
    QApplication.processEvents()
    room = page.content.viewport().width()
    assert page.section.width() <= room, f"{page.section.minimumSizeHint().width()} > {room}"


def test_that_hostile_names_are_letters_and_no_more(qtbot: QtBot) -> None:
    name = "<b>x</b>\u202e\x1b" + "&" * 5000
    face = replace(
        FACE,
        connections=(ConnectionFace(name=name, kind="<i>k</i>", place="<a href=x>"),),
        queues={QueueId("q0"): QueueFace(name=name, group=name)},
    )
    page, _ = page_of(qtbot, face=face)
    page.grab()
    page.open_section(Place.QUEUES)
    page.grab()
    text = queues_of(page).model.index(0, Column.NAME).data() or ""
    shown = [queues_of(page).model.index(row, Column.NAME).data() for row in range(6)]
    assert any(each.startswith("<b>x</b>&&") for each in shown)
    assert all("\u202e" not in each and len(each) <= 512 for each in (*shown, text))


# Alerts


WAYS = replace(
    FACE,
    choices={
        **FACE.choices,
        "alert_sound": True,
        "alert_sound_warning": False,
        "alert_volume": 70,
        "alert_repeat_s": 60,
        "alert_popup": True,
    },
    ways=(
        WayFace(name="<b>duty</b>", kind="hook", fields={"address": "https://x/"}, kept="keyring"),
        WayFace(name="old", kind="of a package that is gone", on=False),
    ),
    way_kinds=(
        WayKindFace(
            key="hook",
            label="Webhook",
            fields=(
                Field(key="address", label="Address", required=True),
                Field(
                    key="security",
                    label="Encryption",
                    form=FieldForm.CHOICE,
                    choices=("starttls", "tls"),
                    default="starttls",
                ),
                Field(key="key", label="Key of the signature", secret=True, required=True),
            ),
        ),
    ),
)


def alerts_of(page: SettingsPage) -> AlertSection:
    assert isinstance(page.section, AlertSection)
    return page.section


@pytest.mark.parametrize(
    ("key", "text", "wished"),
    [
        ("alert_volume", "۳۵", [ChoiceWish(key="alert_volume", chosen=35)]),
        ("alert_volume", "101", []),
        ("alert_repeat_s", "0", [ChoiceWish(key="alert_repeat_s", chosen=0)]),
        ("alert_repeat_s", "-1", []),
        ("alert_repeat_s", "3601", []),
    ],
)
def test_that_a_sound_s_number_is_wished_for_if_it_can_be(
    qtbot: QtBot, key: str, text: str, wished: list[ChoiceWish]
) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    write(alerts_of(page).numbers[key].field, text)
    assert wishes == wished
    assert bool(alerts_of(page)._number_rows[key].problem()) is not bool(wished)


def test_that_sounds_are_switched_and_heard_by_keys(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    for name in ("alert_sound_warning/True", "alerts/hear/critical"):
        button = page.section.findChild(QWidget, name)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert wishes == [
        ChoiceWish(key="alert_sound_warning", chosen=True),
        SoundWish(severity=Severity.CRITICAL),
    ]


def test_that_a_way_is_entered_by_keys_and_what_is_missing_is_said(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    section = alerts_of(page)
    section.more["hook"].click()
    form = section.form
    assert form is not None
    assert not section.cards[0].isVisible(), "nothing distracts from what is entered"
    QTest.keyClick(form.save, Qt.Key.Key_Return)
    assert [form.rows[key].problem() for key in ("address", "key")] == ["This is needed."] * 2
    assert wishes == []
    write(form.rows["address"].stop(), "https://y/")  # type: ignore[arg-type] # a line
    write(form.rows["key"].stop(), " secret ")  # type: ignore[arg-type] # a line
    page.section.findChild(QAbstractButton, "way/security/tls").click()
    page.section.findChild(QAbstractButton, "way/least/warning").click()
    QTest.keyClick(form.save, Qt.Key.Key_Return)
    (wish,) = wishes
    assert wish == WayEntered(
        name="hook",
        kind="hook",
        told={"address": "https://y/", "security": "tls", "key": " secret "},
        keep="keyring",
        least="warning",
        names=False,
        new=True,
    )
    assert "secret" not in repr(wish)
    assert not form.isEnabled()
    page.show_way_problem("No such place.", "security")
    assert form.isEnabled()
    assert form._choice_rows["security"].problem() == "No such place."


def test_that_a_way_that_is_edited_keeps_name_and_secret(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    section = alerts_of(page)
    section.cards[0].buttons[WayDeed.EDIT].click()
    form = section.form
    assert form is not None
    assert form.name.field.isReadOnly()
    form.save.click()
    (wish,) = wishes
    assert isinstance(wish, WayEntered)
    assert (wish.name, wish.new, wish.told["key"]) == ("<b>duty</b>", False, "")
    assert not form.cancel.isEnabled(), "it is being saved"
    page.show_way_problem("The keyring is locked.")
    assert form.problem.text() == "The keyring is locked."
    form.cancel.click()
    assert section.form is None
    qtbot.waitUntil(section.cards[0].isVisible)


def test_that_a_way_of_no_known_kind_can_only_be_removed(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    card = alerts_of(page).cards[1]
    assert [deed for deed, button in card.buttons.items() if not button.isHidden()] == [
        WayDeed.REMOVE
    ]
    card.buttons[WayDeed.REMOVE].click()
    assert wishes == []
    assert QApplication.focusWidget() is card.question.no
    card.question.yes.click()
    assert wishes == [WayWish(deed=WayDeed.REMOVE, name="old")]


def test_that_a_way_shows_what_became_of_its_deliveries(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    at = scene(minutes=1).clock.wall
    gone = Delivery(
        way="<b>duty</b>",
        event=alert_event(),
        queued_at=at,
        due_at=at,
        state=DeliveryState.FAILED,
        fault=fault(FaultKind.NO_SECRET, reason="it is not there any more"),
    )
    page.show_deliveries((gone,))
    assert "1 not delivered" in alerts_of(page).cards[0].standing.text()
    assert alerts_of(page).cards[1].standing.isHidden()
    page.open_section(Place.SOURCE)
    page.open_section(Place.ALERTS)
    assert "1 not delivered" in alerts_of(page).cards[0].standing.text()


def test_that_a_trial_of_another_way_leaves_a_form_as_it_is_and_the_saved_one_closes(
    qtbot: QtBot,
) -> None:
    page, wishes = page_of(qtbot, place=Place.ALERTS, face=WAYS)
    section = alerts_of(page)
    section.cards[0].buttons[WayDeed.EDIT].click()
    form = section.form
    assert form is not None
    page.show_way("old", "The trial was taken.")
    page.show_way("<b>duty</b>", "The trial was taken.")
    assert section.form is form
    form.save.click()
    assert len(wishes) == 1
    page.show_way("old", "The trial was taken.")
    assert section.form is form
    page.show_way("<b>duty</b>", "Saved.")
    assert section.form is None


def test_that_a_check_goes_on_while_another_section_is_shown(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    page.show_check("Tehran")
    page.open_section(Place.DISPLAY)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.show_finding(Finding(topic="reach", verdict=Verdict.GOOD))
    page.show_check("Tehran")
    page.open_section(Place.SOURCE)
    page.show_finding(Finding(topic="reach", verdict=Verdict.GOOD))
    assert page.log.count() == 1

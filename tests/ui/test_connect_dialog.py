"""The connection dialog asks for what a source needs, and says what is wrong where it is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QRadioButton
from support.looks import look_in

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.source import Field, FieldForm, Finding, SourceKind, Verdict
from wallboard.ui.dialogs.connect_dialog import NAME, ConnectDialog
from wallboard.ui.dialogs.secret_dialog import SecretDialog
from wallboard.ui.field_row import with_latin_digits
from wallboard.ui.look import Look
from wallboard.ui.picture import picture_of
from wallboard.ui.plain_label import PlainLabel


def _never(*_: object) -> object:
    raise AssertionError("a dialog connects to nothing")


PBX = SourceKind(
    key="pbx",
    label="A PBX",
    poll=timedelta(seconds=1),
    connect=_never,  # type: ignore[arg-type]
    check=_never,  # type: ignore[arg-type]
    fields=(
        Field(key="host", label="Address of the PBX", required=True),
        Field(key="port", label="AMI port", form=FieldForm.NUMBER, default="5038"),
        Field(key="secret", label="AMI secret", secret=True, required=True),
        Field(key="tls", label="Encrypted (TLS)", form=FieldForm.SWITCH, default="no"),
        Field(key="mode", label="Scenario", form=FieldForm.CHOICE, choices=("calm", "rush")),
    ),
)
OPEN = SourceKind(
    key="open",
    label="Another",
    poll=timedelta(seconds=1),
    connect=_never,  # type: ignore[arg-type]
    check=_never,  # type: ignore[arg-type]
    fields=(Field(key="seed", label="Seed", default="7"),),
)


def dialog_in(look: Look) -> ConnectDialog:
    QGuiApplication.setLayoutDirection(look.direction)
    return ConnectDialog(look, (PBX, OPEN))


def press(dialog: ConnectDialog, text: str) -> None:
    button = {"test": dialog._test, "save": dialog._save}[text]
    button.click()


def problems(dialog: ConnectDialog) -> dict[str, str]:
    return {row.field.key: row.problem() for row in dialog._rows if row.problem()}


def test_that_a_missing_field_is_told_at_its_place_and_nothing_is_asked(
    qapp: QApplication, look: Look
) -> None:
    dialog = dialog_in(look)
    asked: list[object] = []
    dialog.check_requested.connect(lambda *told: asked.append(told))
    press(dialog, "test")
    assert asked == []
    needed = look.wording.translate("Connect", "This is needed.")
    assert problems(dialog) == {"host": needed, "secret": needed}


def test_that_a_test_is_asked_for_with_what_was_entered(qapp: QApplication, look: Look) -> None:
    dialog = dialog_in(look)
    asked: list[object] = []
    dialog.check_requested.connect(lambda *told: asked.append(told))
    dialog.fill(
        "x",
        "pbx",
        {"host": " 192.0.2.7 ", "port": "۵۰۳۹", "secret": " s3 ", "tls": "yes", "mode": "rush"},
    )
    press(dialog, "test")
    told = {"host": "192.0.2.7", "port": "5039", "secret": " s3 ", "tls": "yes", "mode": "rush"}
    assert asked == [("pbx", told)]
    assert problems(dialog) == {}


def test_that_a_password_is_masked_and_addresses_run_from_left_to_right(
    qapp: QApplication,
) -> None:
    dialog = dialog_in(look_in("fa"))
    lines = {row.field.key: row.findChild(QLineEdit) for row in dialog._rows}
    assert lines["secret"].echoMode() is QLineEdit.EchoMode.Password
    assert lines["host"].echoMode() is QLineEdit.EchoMode.Normal
    assert lines["host"].layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert dialog.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_that_saving_asks_for_a_name_and_tells_where_the_password_goes(
    qapp: QApplication, look: Look
) -> None:
    dialog = dialog_in(look)
    saved: list[object] = []
    dialog.save_requested.connect(lambda *told: saved.append(told))
    values = {"host": "192.0.2.7", "port": "5038", "secret": "s", "tls": "no", "mode": "calm"}
    dialog.fill("", "pbx", values)
    press(dialog, "save")
    assert saved == []
    dialog.fill("Tehran", "pbx", values)
    dialog.findChild(QRadioButton, "ask").click()
    press(dialog, "save")
    assert saved == [("Tehran", "pbx", values, "ask")]


def test_that_a_kind_without_password_asks_for_no_place_to_keep_it(qapp: QApplication) -> None:
    dialog = dialog_in(look_in("en"))
    saved: list[object] = []
    dialog.save_requested.connect(lambda *told: saved.append(told))
    dialog.fill("Play", "open", {"seed": "8"})
    press(dialog, "save")
    assert saved == [("Play", "open", {"seed": "8"}, "")]
    dialog.fill("Play", "pbx", {"host": "192.0.2.7", "secret": "s"})
    press(dialog, "save")
    assert saved[-1][3] == "keyring"  # type: ignore[index]


def test_that_findings_come_line_by_line_and_then_the_end(qapp: QApplication, look: Look) -> None:
    dialog = dialog_in(look)
    dialog.fill("x", "pbx", {"host": "192.0.2.7", "secret": "s"})
    press(dialog, "test")
    assert not dialog._test.isEnabled()
    good = Finding(topic="reachable", verdict=Verdict.GOOD, details=(("banner", "<b>hi</b>"),))
    bad = Finding(
        topic="sign_in",
        verdict=Verdict.BAD,
        fault=fault(FaultKind.SIGN_IN, host="192.0.2.7", username="board"),
    )
    dialog.show_finding(good)
    dialog.show_finding(bad)
    dialog.check_finished()
    assert dialog._log.texts() == (look.wording.finding(good), look.wording.finding(bad))
    assert dialog._test.isEnabled()
    picture_of(dialog, QSize(660, 800))


def test_that_a_setting_that_cannot_be_used_is_marked_at_its_field(qapp: QApplication) -> None:
    dialog = dialog_in(look_in("en"))
    refused = fault(FaultKind.BAD_SETTING, field="port", reason="it is empty")
    dialog.show_finding(Finding(topic="reachable", verdict=Verdict.BAD, fault=refused))
    assert "it is empty" in problems(dialog)["port"]
    dialog.show_problem("That name is taken.", NAME)
    assert dialog._name_problem.text() == "That name is taken."


def test_that_without_a_keyring_the_user_must_choose_another_place(
    qapp: QApplication, look: Look
) -> None:
    dialog = dialog_in(look)
    saved: list[object] = []
    dialog.save_requested.connect(lambda *told: saved.append(told))
    dialog.fill("Tehran", "pbx", {"host": "192.0.2.7", "secret": "s"})
    dialog.show_no_keyring("It is locked.")
    assert "It is locked." in [label.text() for label in dialog.findChildren(PlainLabel)]
    offered = {b.objectName() for b in dialog.findChildren(QRadioButton) if not b.isHidden()}
    assert offered == {"file", "ask"}
    press(dialog, "save")
    assert saved == []
    needed = look.wording.translate("Connect", "Choose where the password is kept.")
    assert dialog._keeping_problem.text() == needed
    dialog.findChild(QRadioButton, "file").click()
    press(dialog, "save")
    assert [told[3] for told in saved] == ["file"]  # type: ignore[index]
    assert dialog._keeping_problem.text() == ""


def test_that_a_choice_of_place_stands_when_the_keyring_turns_out_to_be_none(
    qapp: QApplication,
) -> None:
    dialog = dialog_in(look_in("en"))
    dialog.findChild(QRadioButton, "ask").click()
    dialog.show_no_keyring("It is locked.")
    assert dialog.findChild(QRadioButton, "ask").isChecked()


def test_that_what_was_entered_outlives_a_failure(qapp: QApplication, look: Look) -> None:
    dialog = dialog_in(look)
    saved: list[object] = []
    dialog.save_requested.connect(lambda *told: saved.append(told))
    dialog.fill("Tehran", "pbx", {"host": "192.0.2.7", "secret": "s"})
    press(dialog, "save")
    dialog.show_working("Connecting …")
    press(dialog, "save")
    assert len(saved) == 1, "nothing is asked twice"
    dialog.show_failure("It cannot be reached.")
    assert dialog._note.text() == "It cannot be reached."
    press(dialog, "save")
    assert len(saved) == 2
    assert saved[0] == saved[1]


def test_that_a_dialog_stays_while_it_is_saved(qapp: QApplication) -> None:
    dialog = dialog_in(look_in("en"))
    dialog.open()
    dialog.show_working("Saving …", can_be_left=False)
    dialog.reject()
    assert dialog.isVisible()
    dialog.show_failure("No room.")
    dialog.reject()
    assert not dialog.isVisible()


def test_that_a_password_that_is_kept_nowhere_is_asked_for(qapp: QApplication, look: Look) -> None:
    secrets = tuple(field for field in PBX.fields if field.secret)
    dialog = SecretDialog(look, "Tehran<b>", secrets)
    told: list[object] = []
    dialog.secret_told.connect(told.append)
    dialog.open()
    assert "Tehran<b>" in " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    (line,) = dialog.findChildren(QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    dialog._open.click()
    assert told == []
    line.setText(" s3 ")
    dialog._open.click()
    assert told == [{"secret": " s3 "}]
    assert not dialog.isVisible()


def test_that_everything_one_can_act_on_has_a_name(qapp: QApplication, look: Look) -> None:
    dialog = dialog_in(look)
    for kind in (QLineEdit, QComboBox, QCheckBox):
        for part in dialog.findChildren(kind):
            assert part.accessibleName()


@pytest.mark.parametrize("digits", ["5038", "۵۰۳۸", "٥٠٣٨"], ids=["latin", "persian", "arabic"])
def test_that_numbers_may_be_typed_in_any_digits(digits: str) -> None:
    assert with_latin_digits(digits) == "5038"


def test_that_the_tab_key_goes_from_top_to_bottom_for_every_kind(qapp: QApplication) -> None:
    dialog = dialog_in(look_in("en"))
    dialog.open()
    dialog.activateWindow()
    for key in ("open", "pbx", "open"):
        dialog.fill("x", key, {})
        qapp.processEvents()
        dialog._name.setFocus()
        stops = []
        while not stops or stops[-1] is not dialog._save:
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
            stops.append(dialog.focusWidget())
            assert len(stops) < 20
        fields = [row.stop() for row in dialog._rows]
        keeping = [dialog._places.buttons()[0]] if key == "pbx" else []
        assert stops == [
            *fields, *keeping, dialog._log, dialog._test, dialog._cancel, dialog._save
        ]  # fmt: skip
    dialog.reject()

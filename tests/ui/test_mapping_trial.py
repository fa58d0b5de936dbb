"""A mapping is tried in the dialog: asked for once, shown again and again, as plain text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.looks import look_in

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.source import Field, Finding, SourceKind, Verdict
from wallboard.ui.dialogs.connect_dialog import ConnectDialog
from wallboard.ui.dialogs.mapping_trial import MappingTrial
from wallboard.ui.look import Look
from wallboard.ui.picture import picture_of


def _never(*_: object) -> object:
    raise AssertionError("a dialog connects to nothing")


def kind_of(key: str) -> SourceKind:
    return SourceKind(
        key=key,
        label="HTTP API",
        poll=timedelta(seconds=1),
        connect=_never,  # type: ignore[arg-type]
        check=_never,  # type: ignore[arg-type]
        fields=(
            Field(key="url", label="Address of the API", required=True),
            Field(key="mapping", label="Mapping file"),
        ),
    )


QUEUES = Finding(
    topic="mapped_queues", verdict=Verdict.GOOD, details=(("count", "2"), ("names", "<b>S</b>, T"))
)
WORDS = Finding(
    topic="mapped_words",
    verdict=Verdict.WARNING,
    details=(("place", "agents.state"), ("count", "3"), ("names", "Zen")),
)
WRONG = Finding(
    topic="mapping",
    verdict=Verdict.BAD,
    fault=fault(
        FaultKind.BAD_SETTING,
        field="mapping",
        reason="{place}: there is no such key here; perhaps {near} is meant",
        place="calls.quue",
        near="queue_id",
    ),
)


class Tried:
    """A dialog with a mapping to try."""

    def __init__(self, look: Look, key: str = "rest") -> None:
        QGuiApplication.setLayoutDirection(look.direction)
        self.dialog = ConnectDialog(look, (kind_of(key), kind_of("other")))
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.left = 0
        self.dialog.mapping_trial_requested.connect(lambda *told: self.asked.append(told))
        self.dialog.mapping_left.connect(self._leave)

    def _leave(self) -> None:
        self.left += 1

    def fill(self, url: str = "https://api.example", mapping: str = "/ours.toml") -> None:
        self.dialog.fill("x", "rest", {"url": url, "mapping": mapping})

    @property
    def trial(self) -> MappingTrial:
        assert self.dialog._trial is not None
        return self.dialog._trial

    def press(self) -> None:
        self.trial.stops()[0].click()  # type: ignore[attr-defined]

    def problem(self) -> str:
        return next(row for row in self.dialog._rows if row.field.key == "mapping").problem()


def test_that_there_is_something_to_try_only_where_a_file_is_named(
    qapp: QApplication, look: Look
) -> None:
    tried = Tried(look)
    assert not tried.dialog._form.isRowVisible(tried.trial)
    tried.fill()
    assert tried.dialog._form.isRowVisible(tried.trial)
    tried.fill(mapping="")
    assert not tried.dialog._form.isRowVisible(tried.trial)


def test_that_no_other_kind_has_a_mapping_to_try(qapp: QApplication) -> None:
    tried = Tried(look_in("en"))
    tried.dialog.fill("x", "other", {"mapping": "/ours.toml"})
    assert tried.dialog._trial is None


def test_that_a_trial_is_asked_for_once_with_what_was_entered(
    qapp: QApplication, look: Look
) -> None:
    tried = Tried(look)
    tried.fill(url="")
    tried.press()
    assert tried.asked == [], "an address is needed"
    tried.fill()
    tried.press()
    tried.press()
    assert tried.asked == [("rest", {"url": "https://api.example", "mapping": "/ours.toml"})]
    tried.dialog.show_mapping((QUEUES,))
    tried.press()
    assert len(tried.asked) == 2


def test_that_what_the_file_gives_takes_the_place_of_what_it_gave(
    qapp: QApplication, look: Look
) -> None:
    tried = Tried(look)
    tried.fill()
    tried.press()
    tried.dialog.show_mapping((QUEUES, WORDS))
    wording = look.wording
    assert tried.trial.texts() == (wording.finding(QUEUES), wording.finding(WORDS))
    assert "<b>S</b>" in tried.trial.texts()[0]
    tried.dialog.show_mapping((WRONG,))
    assert tried.trial.texts() == (wording.finding(WRONG),)
    assert "calls.quue" in tried.problem()
    assert "queue_id" in tried.problem()
    picture_of(tried.dialog, QSize(660, 800))
    tried.dialog.show_mapping((QUEUES,))
    assert tried.problem() == ""


def test_that_another_file_is_another_trial(qapp: QApplication) -> None:
    tried = Tried(look_in("en"))
    tried.fill()
    tried.press()
    tried.dialog.show_mapping((WRONG,))
    before = tried.left
    tried.fill(mapping="/other.toml")
    assert tried.left > before
    assert tried.trial.texts() == ()
    assert tried.problem() == ""
    before = tried.left
    tried.dialog.fill("x", "other", {})
    assert tried.left > before
    tried.dialog.show_mapping((QUEUES,))  # what was on its way is not shown


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_the_trial_can_be_reached_and_used_by_keyboard(
    qapp: QApplication, language: str
) -> None:
    tried = Tried(look_in(language))
    tried.fill()
    tried.dialog.open()
    tried.dialog.activateWindow()
    qapp.processEvents()
    button, log = tried.trial.stops()
    row = next(row for row in tried.dialog._rows if row.field.key == "mapping")
    row.stop().setFocus()
    QTest.keyClick(tried.dialog.focusWidget(), Qt.Key.Key_Tab)
    assert tried.dialog.focusWidget() is button
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(tried.asked) == 1
    assert tried.dialog.focusWidget() is button, "who pressed it keeps the keyboard"
    tried.dialog.show_mapping((QUEUES,))
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert tried.dialog.focusWidget() is log
    assert log.accessibleName()
    tried.dialog.reject()

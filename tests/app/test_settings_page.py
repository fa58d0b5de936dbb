"""What is wished for on the page of settings holds at once, is saved, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.app.clock import system_clock
from wallboard.app.settings_page import SettingsDesk, Standing
from wallboard.domain.measuring import Shift
from wallboard.domain.snapshot import QueueId
from wallboard.runtime.opening import Opening
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.measures import QueueChoice
from wallboard.settings.model import KeptIn, Language, Profile, Settings, Theme
from wallboard.settings.notice import notice
from wallboard.settings.paths import places
from wallboard.settings.secrets import SecretPlace
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_face import (
    ChoiceWish,
    ConnectionWish,
    Deed,
    MeasuringWish,
    QueueFace,
    QueueWish,
    Wish,
)
from wallboard.ui.wording import english

PBX = Profile(name="Tehran", kind="asterisk", fields={"host": "pbx.example"}, secret=KeptIn.FILE)
SIM = Profile(name="Sim", kind="simulator")
SUPPORT = QueueId("support")
MORNING = Shift(name="Morning", begins=time(6), ends=time(14))


class Office:
    """A page and its desk, with what the window would have been told."""

    def __init__(self, *, saved: bool = True) -> None:
        self.file = SettingsFile(places().settings_file)
        self.settings = Settings(profiles=(PBX, SIM)) if saved else Settings()
        if saved:
            self.file.change(lambda _: self.settings)
        self.opening = Opening(name="Sim", kind="simulator")
        self.page = SettingsPage(look_in("en"))
        self.desk = SettingsDesk(self._standing, places(), system_clock())
        self.wanted: list[tuple[bool, str]] = []
        self.desk.settings_changed.connect(self._take)
        self.desk.connection_wanted.connect(lambda edit, name: self.wanted.append((edit, name)))
        self.desk.serve(self.page)

    def wish(self, wish: Wish) -> None:
        self.page.wished.emit(wish)

    def saved(self) -> Settings:
        return self.file.load().settings

    def _standing(self) -> Standing:
        return Standing(settings=self.settings, opening=self.opening, wording=english())

    def _take(self, settings: Settings) -> None:
        self.settings = settings


@pytest.fixture
def office(qtbot: QtBot, wallboard_home: Path) -> Iterator[Office]:
    made = Office()
    qtbot.addWidget(made.page)
    yield made
    made.desk.settle()


def queue_wish(**decided: object) -> QueueWish:
    return QueueWish(queue_id=SUPPORT, decided=QueueFace(**decided), called="Support")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "chosen", "meant"),
    [
        ("language", "fa", Language.FA),
        ("theme", "light", Theme.LIGHT),
        ("text_size", 150, 150),
        ("single_keys", False, False),
    ],
)
def test_that_a_choice_holds_and_is_saved_and_can_be_taken_back(
    office: Office, key: str, chosen: str | int, meant: object
) -> None:
    before = office.settings
    office.wish(ChoiceWish(key=key, chosen=chosen))
    assert getattr(office.settings, key) == meant
    assert getattr(office.saved(), key) == meant
    assert office.page.told.text() == "It was changed."
    office.page.undo.click()
    assert office.settings == before
    assert office.saved() == before
    assert office.page.line.isHidden()


def test_that_comments_and_unknown_lines_of_the_file_stay(office: Office) -> None:
    path = office.file.path
    path.write_text(f"# mine\nstrange = 7\n{path.read_text()}")
    office.wish(ChoiceWish(key="theme", chosen="light"))
    assert path.read_text().startswith("# mine\nstrange = 7\n")


def test_that_a_queue_is_named_grouped_and_hidden(office: Office) -> None:
    office.wish(queue_wish(name="Help", group="Front", target=timedelta(seconds=15)))
    assert office.page.told.text() == "\u2068Help\u2069 was changed."
    office.wish(queue_wish(name="Help", group="Front", target=timedelta(seconds=15), hidden=True))
    assert office.page.told.text() == "\u2068Help\u2069 is hidden."
    saved = office.saved()
    assert saved.arrangement_of("Sim").names == {SUPPORT: "Help"}
    assert saved.arrangement_of("Sim").groups == {SUPPORT: "Front"}
    assert saved.arrangement_of("Sim").hidden == {SUPPORT}
    assert saved.measuring_of("Sim").rule(SUPPORT).target == timedelta(seconds=15)
    assert saved.arrangement_of("Tehran").hidden == frozenset()
    office.page.undo_wanted.emit()
    assert office.saved().arrangement_of("Sim").hidden == frozenset()
    assert office.saved().arrangement_of("Sim").names == {SUPPORT: "Help"}


def test_that_what_the_file_says_besides_of_a_queue_is_kept(office: Office) -> None:
    chosen = {"Sim": {SUPPORT: QueueChoice(short=timedelta(seconds=9))}}
    office.settings = office.file.change(lambda found: replace(found, queues=chosen))
    office.wish(queue_wish(name="Help"))
    assert office.saved().queues["Sim"][SUPPORT] == QueueChoice(
        short=timedelta(seconds=9), name="Help"
    )


def test_that_a_queue_without_anything_of_its_own_leaves_no_trace(office: Office) -> None:
    office.wish(queue_wish(name="Help"))
    office.wish(queue_wish())
    assert office.settings.queues == {}
    assert office.saved().queues == {}


def test_that_what_is_decided_of_the_demo_s_queues_is_not_saved(office: Office) -> None:
    office.opening = Opening(name="Demo", kind="simulator", demo=True)
    office.wish(queue_wish(name="Help"))
    assert office.settings.arrangement_of("Demo").names == {SUPPORT: "Help"}
    assert office.saved().queues == {}
    assert "no saved connection" in office.page.trouble.text()
    office.wish(ChoiceWish(key="theme", chosen="light"))
    assert office.saved().theme is Theme.LIGHT


def test_that_shifts_are_saved_and_those_that_overlap_are_not(office: Office) -> None:
    measuring = office.settings.measuring
    good = replace(measuring, plan=replace(measuring.plan, shifts=(MORNING,)))
    office.wish(MeasuringWish(measuring=good))
    assert office.saved().measuring.plan.shifts == (MORNING,)
    late = replace(MORNING, name="Late", begins=time(13), ends=time(22))
    bad = replace(good, plan=replace(good.plan, shifts=(MORNING, late)))
    office.wish(MeasuringWish(measuring=bad))
    assert "Late" in office.page.trouble.text()
    assert office.saved().measuring.plan.shifts == (MORNING,)
    twice = replace(MORNING, begins=time(14), ends=time(22))
    office.wish(
        MeasuringWish(measuring=replace(good, plan=replace(good.plan, shifts=(MORNING, twice))))
    )
    assert office.page.trouble.text() == "Two shifts cannot have the same name."
    assert office.settings.measuring.plan.shifts == (MORNING,)


def test_that_a_file_that_cannot_be_written_is_told_and_the_change_holds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: SettingsFile, _alter: object) -> Settings:
        raise SettingsNotSaved(notice("The disk is full."))

    monkeypatch.setattr(SettingsFile, "change", refuse)
    office.wish(ChoiceWish(key="theme", chosen="light"))
    assert office.settings.theme is Theme.LIGHT
    assert office.page.trouble.text() == "The disk is full. It holds for this window only."
    assert office.saved().theme is Theme.DARK
    office.page.undo_wanted.emit()
    assert office.settings.theme is Theme.DARK


def test_that_a_removed_connection_comes_back_whole(office: Office) -> None:
    SecretPlace(places()).keep("Tehran", {"secret": "told"}, KeptIn.FILE)
    rules = {"Tehran": {SUPPORT: QueueChoice(name="Help")}}
    office.settings = office.file.change(lambda found: replace(found, start="Tehran", queues=rules))
    before = office.settings
    office.wish(ConnectionWish(deed=Deed.REMOVE, name="Tehran"))
    assert office.saved().profile("Tehran") is None
    assert [each.name for each in office.page._face.connections] == ["Sim"]
    office.page.undo_wanted.emit()
    saved = office.saved()
    assert saved.profile("Tehran") == PBX
    assert (saved.queues, saved.start) == (before.queues, "Tehran")
    assert [each.name for each in saved.profiles] == [each.name for each in before.profiles]
    assert SecretPlace(places()).recall("Tehran", ("secret",), KeptIn.FILE) == {"secret": "told"}


def test_that_the_password_of_a_removed_connection_is_forgotten_once_that_is_final(
    office: Office, qtbot: QtBot
) -> None:
    SecretPlace(places()).keep("Tehran", {"secret": "told"}, KeptIn.FILE)
    office.wish(ConnectionWish(deed=Deed.REMOVE, name="Tehran"))
    assert len(list(places().secrets.iterdir())) == 1
    office.page.end_undo()
    qtbot.waitUntil(lambda: list(places().secrets.iterdir()) == [])


def test_that_a_connection_of_the_same_name_made_meanwhile_keeps_its_password(
    office: Office, qtbot: QtBot
) -> None:
    office.wish(ConnectionWish(deed=Deed.REMOVE, name="Tehran"))
    SecretPlace(places()).keep("Tehran", {"secret": "new"}, KeptIn.FILE)
    office.settings = office.settings.with_profile(PBX)
    office.page.end_undo()
    qtbot.wait(200)
    assert SecretPlace(places()).recall("Tehran", ("secret",), KeptIn.FILE) == {"secret": "new"}


def test_that_the_connection_for_the_start_is_chosen(office: Office) -> None:
    office.wish(ConnectionWish(deed=Deed.START, name="Sim"))
    assert office.saved().start == "Sim"
    assert [each.starts for each in office.page._face.connections] == [False, True]


def test_that_showing_and_entering_again_are_the_window_s(office: Office) -> None:
    office.wish(ConnectionWish(deed=Deed.SHOW, name="Tehran"))
    office.wish(ConnectionWish(deed=Deed.EDIT, name="Tehran"))
    office.wish(ConnectionWish(deed=Deed.CONNECT))
    assert office.wanted == [(False, "Tehran"), (True, "Tehran"), (True, "")]


def test_that_a_check_tells_what_it_finds_and_how_it_ended(office: Office, qtbot: QtBot) -> None:
    office.wish(ConnectionWish(deed=Deed.CHECK, name="Sim"))
    section = office.page.section
    qtbot.waitUntil(lambda: section.checked.text() == "\u2068Sim\u2069 works.")
    assert office.page.log.count() > 0


def test_that_a_check_without_its_password_says_so(office: Office, qtbot: QtBot) -> None:
    office.wish(ConnectionWish(deed=Deed.CHECK, name="Tehran"))
    qtbot.waitUntil(lambda: bool(office.page.trouble.text()))
    assert "Tehran" in office.page.trouble.text()
    assert "something must be put right" in office.page.section.checked.text()


def test_that_what_is_odd_about_the_file_is_told_on_the_page(
    qtbot: QtBot, wallboard_home: Path
) -> None:
    path = places().settings_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('theme = "pink"\n')
    office = Office(saved=False)
    qtbot.addWidget(office.page)
    told = office.page.section.notices.text()
    assert "Line 1" in told
    assert "dark, light or contrast" in told

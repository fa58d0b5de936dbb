"""Ways out of alerts are made, tried, switched off and removed on the page of settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from pytestqt.qtbot import QtBot
from support.looks import look_in
from support.memory_keyring import InMemory
from support.taking import HookServer

from wallboard.app.clock import system_clock
from wallboard.app.settings_page import SettingsDesk, Standing
from wallboard.app.settings_ways import _keep, _Keeping
from wallboard.app.ways import way_of
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.severity import Severity
from wallboard.runtime.opening import Opening
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Least, Settings, WayOut
from wallboard.settings.paths import places
from wallboard.settings.secrets import SecretPlace
from wallboard.settings.ways_out import WayLeadsElsewhere
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_alerts import AlertSection
from wallboard.ui.panels.settings_choices import Place
from wallboard.ui.panels.settings_face import SoundWish, WayDeed, WayEntered, WayWish, Wish
from wallboard.ui.wording import english

KEYS = ("key", "authorization")


class Office:
    """A page and its desk, with what the window would have been told."""

    def __init__(self) -> None:
        self.file = SettingsFile(places().settings_file)
        self.settings = Settings()
        self.opening = Opening(name="Sim", kind="simulator")
        self.page = SettingsPage(look_in("en"))
        self.desk = SettingsDesk(self._standing, places(), system_clock())
        self.mended: list[str] = []
        self.desk.settings_changed.connect(self._take)
        self.desk.way_mended.connect(self.mended.append)
        self.desk.serve(self.page)
        self.page.open_section(Place.ALERTS)

    def wish(self, wish: Wish) -> None:
        self.page.wished.emit(wish)

    def saved(self) -> tuple[WayOut, ...]:
        return self.file.load().settings.ways

    def secrets(self) -> dict[str, str]:
        return dict(SecretPlace(places()).recall("way:hook", KEYS, KeptIn.FILE))

    @property
    def section(self) -> AlertSection:
        assert isinstance(self.page.section, AlertSection)
        return self.page.section

    def result(self) -> str:
        return self.section.cards[0].result.text()

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


@pytest.fixture
def hook() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()


@pytest.fixture
def backend() -> Iterator[InMemory]:
    before, found = keyring.get_keyring(), InMemory()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def entered(name: str = "hook", *, new: bool = True, **told: str) -> WayEntered:
    every = {"address": "https://example.com/alerts", "key": "", "authorization": "", "ca": ""}
    return WayEntered(
        name=name,
        kind="webhook",
        told={**every, **told},
        keep="file",
        least="warning",
        names=True,
        new=new,
    )


def save(office: Office, qtbot: QtBot, wish: WayEntered) -> None:
    office.wish(wish)
    qtbot.waitUntil(lambda: office.saved() != () and bool(office.result()))


def test_that_a_way_is_saved_in_use_at_once_and_its_secret_is_not_in_the_file(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="very secret"))
    way = WayOut(
        name="hook",
        kind="webhook",
        fields={"address": "https://example.com/alerts"},
        secret=KeptIn.FILE,
        least=Least.WARNING,
        names=True,
    )
    assert office.saved() == office.settings.ways == (way,)
    assert office.secrets() == {"key": "very secret"}
    assert "very secret" not in office.file.path.read_text()
    assert "very secret" not in repr(entered(key="very secret"))
    assert office.result() == "Saved; it is in use from now on."


def test_that_a_secret_that_is_left_empty_stays_as_it_is_kept(office: Office, qtbot: QtBot) -> None:
    save(office, qtbot, entered(key="one", authorization="two"))
    office.wish(entered(new=False, ca="/ca.pem", authorization="three"))
    qtbot.waitUntil(lambda: "ca" in office.saved()[0].fields)
    assert office.secrets() == {"key": "one", "authorization": "three"}


def test_that_a_kept_secret_is_not_told_elsewhere(office: Office, qtbot: QtBot) -> None:
    save(office, qtbot, entered(key="one"))
    office.section._act(office.section._face.ways[0], WayDeed.EDIT)
    office.wish(entered(new=False, address="https://other.example/"))
    form = office.section.form
    assert form is not None
    assert "enter it again" in form.rows["key"].problem()
    assert office.saved()[0].fields["address"] == "https://example.com/alerts"


def test_that_an_old_secret_is_not_told_elsewhere_beside_a_new_one(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one", authorization="two"))
    office.wish(entered(new=False, address="https://other.example/", key="three"))
    qtbot.waitUntil(lambda: "other" in office.saved()[0].fields["address"])
    assert office.secrets() == {"key": "three"}


def test_that_an_old_secret_leaves_the_keyring_when_the_way_leads_elsewhere(
    backend: InMemory, office: Office, qtbot: QtBot
) -> None:
    in_keyring = replace(entered(key="one", authorization="two"), keep="keyring")
    save(office, qtbot, in_keyring)
    assert secrets_in(backend) == ["one", "two"]
    told = {**in_keyring.told, "address": "https://other.example/", "authorization": ""}
    office.wish(replace(in_keyring, new=False, told={**told, "key": "three"}))
    qtbot.waitUntil(lambda: "other" in office.saved()[0].fields["address"])
    assert secrets_in(backend) == ["three"]


def secrets_in(backend: InMemory) -> list[str]:
    """Return what is kept, without to whom it is told."""
    return sorted(told for (_, key), told in backend.kept.items() if "@" not in key)


def test_that_a_secret_is_not_told_where_the_file_of_settings_leads_by_hand(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    way_of(office.saved()[0], places(), {})
    astray = replace(office.saved()[0], fields={"address": "https://other.example/"})
    with pytest.raises(NotDelivered) as caught:
        way_of(astray, places(), {})
    assert caught.value.fault.detail("reason") == "it was told for another address"
    # Nor is it bound anew by a change of something else.
    with pytest.raises(WayLeadsElsewhere):
        _keep(
            _Keeping(way=replace(astray, names=True), secrets={}, before=astray, gone=None),
            SecretPlace(places()),
        )
    told = _Keeping(way=astray, secrets={"key": "two"}, before=astray, gone=None)
    _keep(told, SecretPlace(places()))
    way_of(astray, places(), {})
    assert office.secrets() == {"key": "two"}


@pytest.mark.parametrize(
    ("wish", "field", "why"),
    [
        (entered("a/b"), "name", "letters, digits"),
        (entered("HOOK"), "name", "too much like"),
        (entered("other", address="ftp://x"), "address", "http"),
    ],
    ids=["a_bad_name", "a_name_like_another", "a_bad_address"],
)
def test_that_nothing_is_saved_of(
    office: Office, qtbot: QtBot, wish: WayEntered, field: str, why: str
) -> None:
    save(office, qtbot, entered())
    office.section.more["webhook"].click()
    form = office.section.form
    assert form is not None

    def told() -> str:
        return form._name_row.problem() if field == "name" else form.rows[field].problem()

    office.wish(wish)
    qtbot.waitUntil(lambda: bool(told()))
    assert why in told()
    assert form.isEnabled()
    assert len(office.saved()) == 1


def test_that_a_trial_tells_that_it_was_taken_and_what_waits_is_tried(
    office: Office, qtbot: QtBot, hook: HookServer
) -> None:
    save(office, qtbot, entered(address=hook.address))
    office.section.cards[0].buttons[WayDeed.TEST].click()
    assert "on its way" in office.result()
    qtbot.waitUntil(lambda: "was taken after" in office.result())
    assert office.mended == ["hook"]
    assert len(hook.taken) == 1


def test_that_a_trial_tells_what_came_back_without_the_secret(
    office: Office, qtbot: QtBot, hook: HookServer
) -> None:
    hook.answer = lambda _taken: (403, {}, b"no: very secret")
    save(office, qtbot, entered(address=hook.address, authorization="very secret"))
    office.wish(WayWish(deed=WayDeed.TEST, name="hook"))
    qtbot.waitUntil(lambda: bool(office.result()) and "Saved" not in office.result())
    assert "very secret" not in office.result()
    assert office.mended == []


def test_that_a_way_is_switched_off_and_that_can_be_taken_back(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered())
    office.section.cards[0].buttons[WayDeed.SWITCH].click()
    assert [way.on for way in office.saved()] == [False]
    office.page.undo_wanted.emit()
    assert [way.on for way in office.saved()] == [True]


def test_that_a_way_is_removed_after_a_question_and_comes_back_whole(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    before = office.saved()
    card = office.section.cards[0]
    card.buttons[WayDeed.REMOVE].click()
    assert office.saved() == before
    card.question.yes.click()
    assert office.saved() == ()
    office.page.undo_wanted.emit()
    assert office.saved() == office.settings.ways == before
    assert office.secrets() == {"key": "one"}


def test_that_the_secret_of_a_removed_way_is_forgotten_once_that_is_final(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    office.wish(WayWish(deed=WayDeed.REMOVE, name="hook"))
    assert office.secrets() == {"key": "one"}
    office.page.end_undo()
    qtbot.waitUntil(lambda: office.secrets() == {} if _kept() else True)
    assert not _kept()


def test_that_a_new_way_of_a_removed_one_s_name_keeps_its_own_secret(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    office.wish(WayWish(deed=WayDeed.REMOVE, name="hook"))
    office.section.more["webhook"].click()
    office.wish(entered(authorization="two"))
    qtbot.waitUntil(lambda: len(office.saved()) == 1)
    assert office.secrets() == {"authorization": "two"}
    office.desk.settle()
    assert office.secrets() == {"authorization": "two"}


def test_that_a_way_that_came_back_keeps_its_secret_when_it_is_changed(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    office.wish(WayWish(deed=WayDeed.REMOVE, name="hook"))
    office.page.undo_wanted.emit()
    office.wish(entered(new=False, ca="/ca.pem"))
    qtbot.waitUntil(lambda: "ca" in office.saved()[0].fields)
    assert office.secrets() == {"key": "one"}
    assert office.saved()[0].secret is KeptIn.FILE


def test_that_a_removed_way_keeps_its_secret_while_a_new_one_of_its_name_cannot_be_used(
    office: Office, qtbot: QtBot
) -> None:
    save(office, qtbot, entered(key="one"))
    office.wish(WayWish(deed=WayDeed.REMOVE, name="hook"))
    office.section.more["webhook"].click()
    form = office.section.form
    assert form is not None
    office.wish(entered(address="ftp://x"))
    qtbot.waitUntil(lambda: bool(form.rows["address"].problem()))
    office.page.undo_wanted.emit()
    assert office.secrets() == {"key": "one"}


def test_that_a_sound_is_tried_and_a_beep_is_told(office: Office) -> None:
    office.wish(SoundWish(severity=Severity.CRITICAL))
    assert "cannot play the sounds" in office.page.trouble.text()


def _kept() -> list[Path]:
    return list(places().secrets.iterdir())

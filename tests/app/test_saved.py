"""Connections are saved whole or not at all, and what keeps one from opening is told in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clocks import HandClock
from support.looks import wording_in
from support.new_kind import PASSWORD, OneQueue, new_kind

from wallboard.app.saved import (
    NewConnection,
    noticed,
    opening_of,
    save,
    try_out,
    why_not_opened,
    why_not_saved,
    wrong_name,
)
from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.settings.connections import AddressChanged, PasswordGone, recalled
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.notice import notice
from wallboard.settings.paths import Places, places
from wallboard.settings.secrets import SecretsUnavailable
from wallboard.sources.registry import KindUnknown, KindUnusable

KIND = new_kind()


def entered(keep: KeptIn = KeptIn.FILE, secret: str = PASSWORD) -> NewConnection:
    told = {"host": "192.0.2.7", "port": "5038", "secret": secret}
    return NewConnection(name="Tehran", source=KIND, told=told, keep=keep)


@pytest.fixture
def where(wallboard_home: Path) -> Places:
    return places()


def test_that_what_was_saved_opens_again(where: Places) -> None:
    settings = save(entered(), where)
    profile = settings.first
    assert profile is not None
    assert profile.fields == {"host": "192.0.2.7"}, "a default is not written down"
    secrets = recalled(profile, KIND, where, {})
    assert secrets is not None
    opening = opening_of(profile, KIND, secrets, settings)
    assert opening.told == entered().told
    assert (opening.name, opening.kind, opening.demo) == ("Tehran", "made", False)
    assert PASSWORD not in where.settings_file.read_text(encoding="utf-8")
    assert PASSWORD not in repr(opening) + repr(entered())


def test_that_nothing_is_saved_where_the_password_cannot_be_kept(where: Places) -> None:
    with pytest.raises(SecretsUnavailable):
        save(entered(KeptIn.KEYRING), where)
    assert SettingsFile(where.settings_file).load().settings.profiles == ()


def test_that_a_password_that_is_kept_nowhere_must_be_asked_for(where: Places) -> None:
    profile = save(entered(KeptIn.ASK), where).first
    assert profile is not None
    assert recalled(profile, KIND, where, {}) is None
    told = recalled(profile, KIND, where, {"WALLBOARD_SECRET_TEHRAN": "from-outside"})
    assert told == {"secret": "from-outside"}


def test_that_a_password_that_is_gone_is_missed(where: Places) -> None:
    profile = save(entered(), where).first
    assert profile is not None
    for path in where.secrets.iterdir():
        path.unlink()
    with pytest.raises(SecretsUnavailable):
        recalled(profile, KIND, where, {})
    assert recalled(profile, KIND, where, {"WALLBOARD_SECRET_TEHRAN": "x"}) == {"secret": "x"}


def test_that_a_trial_looks_once_and_lets_go(where: Places) -> None:
    opened: list[OneQueue] = []
    kind = new_kind(opened=opened)
    try_out(NewConnection(name="x", source=kind, told=entered().told, keep=KeptIn.ASK), HandClock())
    wrong = {**entered().told, "secret": "wrong"}
    with pytest.raises(SourceRefused):
        try_out(NewConnection(name="x", source=kind, told=wrong, keep=KeptIn.ASK), HandClock())
    assert [source.closed for source in opened] == [True, True]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_a_name_must_fit_and_replaces_nothing_by_surprise(language: str) -> None:
    wording = wording_in(language)
    settings = Settings(profiles=(Profile(name="Tehran 1", kind="made"),))
    assert wrong_name("Shiraz", settings, wording, replacing=None) == ""
    assert wrong_name("-x", settings, wording, replacing=None)
    assert "Tehran 1" in wrong_name("tehran-1", settings, wording, replacing=None)
    assert wrong_name("Tehran 1", settings, wording, replacing=None)
    assert wrong_name("Tehran 1", settings, wording, replacing="Tehran 1") == ""


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("error", "holds"),
    [
        (None, ""),
        (PasswordGone("Tehran"), ""),
        (AddressChanged("Tehran"), ""),
        (SecretsUnavailable(notice("{path} cannot be used", path="/x")), "/x"),
        (KindUnknown("made", ("asterisk",)), "made"),
        (KindUnusable("made", "made:KIND", "ImportError: no"), "ImportError: no"),
        (ValueError(PASSWORD), "ValueError"),
    ],
    ids=[
        "not_told",
        "gone",
        "address_changed",
        "not_read",
        "no_kind",
        "broken_kind",
        "our_mistake",
    ],
)
def test_that_why_a_connection_was_not_opened_is_told_with_what_to_do(
    language: str, error: Exception | None, holds: str
) -> None:
    wording = wording_in(language)
    told = why_not_opened(Profile(name="Tehran", kind="made"), error, wording)
    assert holds in told
    assert len(told) > 40
    assert PASSWORD not in told
    assert "{" not in told
    if not isinstance(error, ValueError):
        assert "Tehran" in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(
            SourceRefused(fault(FaultKind.SIGN_IN, host="192.0.2.7", username="me")),
            lambda wording: wording.fault(
                fault(FaultKind.SIGN_IN, host="192.0.2.7", username="me")
            ),
            id="the_source_refused",
        ),
        pytest.param(
            SecretsUnavailable(notice("The keyring does not answer.")),
            lambda wording: wording.translate("Settings", "The keyring does not answer."),
            id="the_keyring_refused",
        ),
    ],
)
def test_that_why_nothing_was_saved_is_told(
    error: Exception, told: Callable[[object], str]
) -> None:
    for language in ("en", "fa"):
        wording = wording_in(language)
        assert why_not_saved(error, wording) == told(wording)


def test_that_a_detail_of_a_notice_is_no_place_to_fill() -> None:
    told = noticed(notice("{path} is odd", path="{name}\u202e"), wording_in("en"))
    assert told == "{name} is odd"

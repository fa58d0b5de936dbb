"""A connection is saved as a whole or not at all, and its secrets are found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from support.memory_keyring import InMemory
from support.new_kind import new_kind

from wallboard.domain.source import Field
from wallboard.settings.connections import (
    AddressChanged,
    PasswordGone,
    bound_to,
    forget_secrets,
    recalled,
    save_connection,
    secret_keys,
)
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import KeptIn, Profile
from wallboard.settings.paths import Places, places
from wallboard.settings.secrets import SecretPlace, SecretsUnavailable
from wallboard.sources.registry import kind

SECRETS = {"password": "abcd-efgh"}
KEYS = ("password",)


def profile(kept: KeptIn, name: str = "pbx") -> Profile:
    return Profile(name=name, kind="stranger", fields={"host": "h"}, secret=kept)


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return places({"WALLBOARD_HOME": str(tmp_path / "home")})


def test_that_it_is_saved_with_its_secret_and_opened_next(where: Places) -> None:
    save_connection(where, profile(KeptIn.ASK, "first"), SECRETS, KEYS)
    settings = save_connection(where, profile(KeptIn.FILE), SECRETS, KEYS)
    assert settings == SettingsFile(where.settings_file).load().settings
    assert settings.first == profile(KeptIn.FILE)
    assert SecretPlace(where).recall("pbx", KEYS, KeptIn.FILE) == SECRETS


@pytest.fixture
def ring() -> Iterator[InMemory]:
    before, found = keyring.get_keyring(), InMemory()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_that_without_a_place_for_the_secret_nothing_is_saved(where: Places) -> None:
    # The tests run without a keyring.
    with pytest.raises(SecretsUnavailable):
        save_connection(where, profile(KeptIn.KEYRING), SECRETS, KEYS)
    assert not where.config.exists()


def test_that_a_secret_does_not_stay_where_it_was_before(where: Places) -> None:
    save_connection(where, profile(KeptIn.FILE), SECRETS, KEYS)
    save_connection(where, profile(KeptIn.ASK), SECRETS, KEYS)
    assert not list(where.secrets.iterdir())


def test_that_a_secret_does_not_stay_when_the_settings_cannot_be_written(where: Places) -> None:
    # A directory where the lock should be.
    where.config.joinpath("settings.lock").mkdir(parents=True)
    with pytest.raises(SettingsNotSaved):
        save_connection(where, profile(KeptIn.FILE), SECRETS, KEYS)
    assert not list(where.secrets.iterdir())


# A kind with more than one secret, the last of which may be left out.
PIN = Field(key="pin", label="PIN", secret=True, required=True)
CODE = Field(key="code", label="Code", secret=True)
SAFE = replace(new_kind(), fields=(*new_kind().fields, PIN, CODE))
INSIDE = {"secret": "inside-1", "pin": "inside-2"}


def test_that_the_only_secret_is_in_the_variable_itself(where: Places) -> None:
    told = {"WALLBOARD_SECRET_PBX": "outside", "WALLBOARD_SECRET_PBX_SECRET": "other"}
    assert recalled(profile(KeptIn.ASK), new_kind(), where, told) == {"secret": "outside"}


def test_that_each_of_several_secrets_has_a_variable_of_its_own(where: Places) -> None:
    told = {"WALLBOARD_SECRET_PBX_SECRET": "outside-1", "WALLBOARD_SECRET_PBX_PIN": "outside-2"}
    secrets = recalled(profile(KeptIn.ASK), SAFE, where, {**told, "WALLBOARD_SECRET_PBX": "x"})
    assert secrets == {"secret": "outside-1", "pin": "outside-2"}


def test_that_half_of_the_secrets_in_the_environment_is_none(where: Places) -> None:
    half = {"WALLBOARD_SECRET_PBX_SECRET": "outside-1", "WALLBOARD_SECRET_PBX_PIN": ""}
    assert recalled(profile(KeptIn.ASK), SAFE, where, half) is None
    save_connection(where, profile(KeptIn.FILE), INSIDE, secret_keys(SAFE))
    assert recalled(profile(KeptIn.FILE), SAFE, where, half) == INSIDE


def test_that_a_connection_without_secrets_is_never_asked_for_one(where: Places) -> None:
    told = {"WALLBOARD_SECRET_PBX": "outside"}
    assert recalled(profile(KeptIn.NONE), new_kind(), where, told) == {}
    assert recalled(profile(KeptIn.ASK), replace(SAFE, fields=SAFE.fields[:2]), where, told) == {}


BOUND = replace(
    new_kind(), fields=(Field(key="url", label="Address", default="http://a", binds=True), PIN)
)


def led_to(url: str) -> Profile:
    return replace(profile(KeptIn.FILE), fields={"url": url})


def test_that_a_secret_is_not_told_to_another_address_than_it_was_told_for(where: Places) -> None:
    before = led_to("https://pbx.example.com/a")
    save_connection(where, before, {"pin": "1"}, ("pin",), bound=bound_to(BOUND, before.fields))
    for url in ("https://pbx.example.com/b", "https://PBX.example.com:443", before.fields["url"]):
        assert recalled(led_to(url), BOUND, where, {}) == {"pin": "1"}
    for url in (
        "https://pbx.example.com:8443/a",
        "http://pbx.example.com/a",
        "https://pbx.example.org/a",
        "https://pbx.example.com@evil.example/a",
        "",
    ):
        with pytest.raises(AddressChanged):
            recalled(led_to(url), BOUND, where, {})
    # What the environment holds is told by who starts the program, for what it is now.
    told = {"WALLBOARD_SECRET_PBX": "2"}
    assert recalled(led_to("https://pbx.example.org"), BOUND, where, told) == {"pin": "2"}


TWO = replace(BOUND, fields=(*BOUND.fields, Field(key="code", label="Code", secret=True)))


def save_two(where: Places, at: Profile, told: dict[str, str]) -> None:
    save_connection(where, at, told, secret_keys(TWO), bound=bound_to(TWO, at.fields))


@pytest.mark.parametrize("kept", [KeptIn.KEYRING, KeptIn.FILE])
def test_that_who_is_entered_again_for_another_address_is_told_no_secret_of_before(
    where: Places, ring: InMemory, kept: KeptIn
) -> None:
    before = replace(led_to("https://a"), secret=kept)
    after = replace(led_to("https://b"), secret=kept)
    save_two(where, before, {"pin": "1", "code": "of a alone"})
    save_two(where, after, {"pin": "2"})
    assert recalled(after, TWO, where, {}) == {"pin": "2"}
    assert "of a alone" not in ring.kept.values()
    with pytest.raises(AddressChanged):
        recalled(before, TWO, where, {})


@pytest.mark.parametrize("kept", [KeptIn.KEYRING, KeptIn.FILE])
def test_that_who_is_entered_again_without_a_secret_has_none(
    where: Places, ring: InMemory, kept: KeptIn
) -> None:
    save_two(where, replace(led_to("https://a"), secret=kept), {"pin": "1"})
    after = replace(led_to("https://b"), secret=KeptIn.NONE)
    save_two(where, after, {})
    assert ring.kept == {}
    assert not list(where.secrets.glob("*"))
    assert recalled(after, TWO, where, {}) == {}


@pytest.mark.parametrize("kept", [KeptIn.KEYRING, KeptIn.FILE])
def test_that_of_a_connection_that_is_no_more_nothing_is_kept(
    where: Places, ring: InMemory, kept: KeptIn
) -> None:
    gone = replace(led_to("https://a"), secret=kept)
    save_two(where, gone, {"pin": "1", "code": "2"})
    assert ring.kept or list(where.secrets.iterdir())
    forget_secrets(where, gone, TWO)
    assert ring.kept == {}
    assert not list(where.secrets.glob("*"))


def test_that_a_secret_of_before_addresses_were_noted_is_told(where: Places) -> None:
    save_connection(where, led_to("https://a"), {"pin": "1"}, ("pin",))
    assert recalled(led_to("https://b"), BOUND, where, {}) == {"pin": "1"}


@pytest.mark.parametrize("name", ["asterisk", "rest"])
def test_that_every_system_with_secrets_says_what_its_address_is(name: str) -> None:
    source = kind(name)
    told = {field.key: field.default for field in source.fields}
    usual = bound_to(source, told)
    assert usual == bound_to(source, {})
    address = "host" if name == "asterisk" else "url"
    assert bound_to(source, {**told, address: "https://elsewhere"}) != usual
    assert bound_to(source, {**told, "username": "another"}) == usual


def test_that_what_is_kept_under_other_names_is_gone(where: Places) -> None:
    save_connection(where, profile(KeptIn.FILE), {"password": "x"}, ("password",))
    with pytest.raises(PasswordGone):
        recalled(profile(KeptIn.FILE), SAFE, where, {})

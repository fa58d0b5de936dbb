"""A connection is saved as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from wallboard.settings.connections import save_connection
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import KeptIn, Profile
from wallboard.settings.paths import Places, places
from wallboard.settings.secrets import SecretPlace, SecretsUnavailable

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

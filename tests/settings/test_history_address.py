"""The password of the history's database is never in the file of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from wallboard.settings.file import SettingsFile
from wallboard.settings.history_address import (
    forget_history_password,
    history_address,
    keep_history_password,
)
from wallboard.settings.model import KeptIn, Settings, name_fits
from wallboard.settings.paths import Places, places
from wallboard.settings.secrets import SecretsUnavailable, redacted

PASSWORD = "p@ss/wörd:1"
SETTINGS = Settings(history="postgresql://me@db.example:5433/calls?sslmode=require")
KEPT = Settings(history=SETTINGS.history, history_secret=KeptIn.FILE)
WITH_IT = "postgresql://me:p%40ss%2Fw%C3%B6rd%3A1@db.example:5433/calls?sslmode=require"


@pytest.fixture
def where(wallboard_home: Path) -> Places:
    assert not wallboard_home.exists()
    return places()


def test_that_without_an_address_calls_are_in_files(where: Places) -> None:
    assert history_address(Settings(), where, {}) is None


def test_that_without_a_password_the_address_is_as_it_stands(where: Places) -> None:
    assert history_address(SETTINGS, where, {}) == SETTINGS.history


def test_that_the_password_comes_from_the_user_the_environment_or_where_it_is_kept(
    where: Places,
) -> None:
    keep_history_password(where, PASSWORD, KeptIn.FILE)
    assert history_address(KEPT, where, {}) == WITH_IT
    environ = {"WALLBOARD_HISTORY_PASSWORD": "other"}
    assert ":other@" in str(history_address(KEPT, where, environ))
    assert ":mine@" in str(history_address(KEPT, where, environ, told="mine"))
    forget_history_password(where, KeptIn.FILE)
    with pytest.raises(SecretsUnavailable):
        history_address(KEPT, where, {})


def test_that_no_log_repeats_the_password(where: Places) -> None:
    address = history_address(SETTINGS, where, {}, told=PASSWORD)
    assert "ss" not in redacted(f"{address} {PASSWORD}").replace("sslmode", "")


def test_that_the_file_of_settings_holds_no_password(where: Places) -> None:
    file = SettingsFile(where.settings_file)
    file.change(lambda _: KEPT)
    keep_history_password(where, PASSWORD, KeptIn.FILE)
    assert file.load().settings == KEPT
    assert "ss/w" not in where.settings_file.read_text(encoding="utf-8")


def test_that_no_connection_can_have_the_name_that_it_is_kept_under() -> None:
    assert not name_fits("-history")


def test_that_an_address_without_a_user_gets_the_password_too(where: Places) -> None:
    bare = Settings(history="postgresql://db.example/calls")
    assert history_address(bare, where, {}, told="x") == "postgresql://:x@db.example/calls"

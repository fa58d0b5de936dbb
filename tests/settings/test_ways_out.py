"""Ways out in the file of settings: kept as they are, and left out one by one if they are odd."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Least, Settings, WayOut, name_fits
from wallboard.settings.reading import read_settings
from wallboard.settings.ways_out import secrets_name

MAIL = WayOut(
    name="شب‌کار",
    kind="mail",
    fields={"host": "mail.example.com", "to": "a@example.com, b@example.com"},
    secret=KeptIn.KEYRING,
    least=Least.WARNING,
    names=True,
)
HOOK = WayOut(name="hook", kind="webhook", fields={"address": "https://e.example/"}, on=False)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


def test_that_ways_come_back_as_they_were(file: SettingsFile) -> None:
    file.change(lambda found: found.with_way(MAIL).with_way(HOOK))
    assert file.load().settings.ways == (MAIL, HOOK)
    assert file.load().notices == ()


def test_that_a_way_is_changed_and_removed_by_its_name(file: SettingsFile) -> None:
    file.change(lambda found: found.with_way(MAIL).with_way(HOOK))
    other = replace(MAIL, fields={"host": "h"}, names=False)
    file.change(lambda found: found.with_way(other))
    assert file.load().settings.way(MAIL.name) == other
    file.change(lambda found: found.without_way(MAIL.name))
    assert file.load().settings.ways == (HOOK,)


def test_that_comments_beside_ways_are_kept(file: SettingsFile) -> None:
    file.change(lambda found: found.with_way(HOOK))
    text = file.path.read_text(encoding="utf-8")
    file.path.write_text(
        text.replace("[ways.hook]", "# who watches at night\n[ways.hook]"), encoding="utf-8"
    )
    file.change(lambda found: found.with_way(replace(HOOK, on=True)))
    assert "# who watches at night" in file.path.read_text(encoding="utf-8")
    assert file.load().settings.ways == (replace(HOOK, on=True),)


@pytest.mark.parametrize(
    "row",
    [
        "mail = 5",
        'mail = {fields = {host = "h"}}',
        'mail = {kind = "mail", fields = {port = 25}}',
        'mail = {kind = "mail", least = "some"}',
        'mail = {kind = "mail", secret = "nowhere"}',
        'mail = {kind = "mail", names = "yes"}',
        '"a\\nb" = {kind = "mail"}',
    ],
)
def test_that_an_odd_way_is_left_out_and_told(row: str) -> None:
    loaded = read_settings(f'[ways]\n{row}\nhook = {{kind = "webhook"}}\n'.encode())
    assert [way.name for way in loaded.settings.ways] == ["hook"]
    (told,) = loaded.notices
    assert "nobody is told of alerts by it" in str(told)


def test_that_ways_that_are_no_table_are_told_and_can_be_made_anew(file: SettingsFile) -> None:
    file.path.write_text("ways = 3\n", encoding="utf-8")
    assert len(file.load().notices) == 1
    file.change(lambda found: found.with_way(HOOK))
    assert file.load().settings.ways == (HOOK,)


def test_that_no_connection_can_be_called_as_a_ways_secrets_are() -> None:
    assert not name_fits(secrets_name("mail"))


def test_that_there_is_no_way_at_first() -> None:
    assert Settings().ways == ()
    assert Settings().way("mail") is None

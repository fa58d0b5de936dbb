"""What a connection may be called, and which one the window opens."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.settings.model import (
    SETTINGS,
    Profile,
    Setting,
    Settings,
    name_fits,
    parsed,
    same_name,
)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("pbx", True),
        ("تهران ۱", True),
        ("می\u200cخواهم", True),
        ("a@b.c-d_e", True),
        ("", False),
        ("-json", False),
        (".hidden", False),
        (" pbx", False),
        ("two  spaces", False),
        ("../pbx", False),
        ("line\nbreak", False),
        ("turned\u202e", False),
        ("x" * 64, True),
        ("x" * 65, False),
    ],
)
def test_that_a_name_fits(name: str, fits: bool) -> None:
    assert name_fits(name) is fits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PBX", "pbx", True),
        ("my pbx", "my-pbx", True),
        ("e\u0301", "\u00e9", True),
        ("pbx1", "pbx2", False),
        ("تهران", "شیراز", False),
    ],
)
def test_that_names_are_told_apart(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@given(st.text())
def test_that_every_name_is_like_itself(name: str) -> None:
    assert same_name(name, name)


def test_that_every_setting_has_its_row() -> None:
    assert {field.name for field in fields(Settings)} == {
        *(setting.key for setting in SETTINGS),
        "measuring",
        "profiles",
        "queues",
        "supervision",
        "ways",
    }


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_that_a_default_can_be_written_and_read(setting: Setting) -> None:
    default = getattr(Settings(), setting.key)
    told = default if isinstance(default, int) else str(default or "")
    assert parsed(setting, told) == default


def test_that_the_window_opens_the_chosen_connection_or_else_the_first() -> None:
    one, two = Profile(name="one", kind="x"), Profile(name="two", kind="x")
    settings = Settings(profiles=(one, two))
    assert Settings().first is None
    assert settings.first is one
    assert Settings(profiles=(one, two), start="two").first is two
    assert Settings(profiles=(one, two), start="gone").first is one
    assert settings.with_profile(Profile(name="one", kind="y")).profiles[0].kind == "y"

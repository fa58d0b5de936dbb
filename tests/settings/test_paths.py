"""Where files live, and where the ones are that came along."""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from pathlib import Path

import pytest

from wallboard.settings import paths
from wallboard.settings.paths import made, places, resources_dir


def test_that_one_variable_moves_all_files(tmp_path: Path) -> None:
    found = places({"WALLBOARD_HOME": str(tmp_path / "x")})
    for place in (found.config, found.data, found.logs, found.settings_file, found.secrets):
        assert place.is_relative_to(tmp_path / "x")
    assert not (tmp_path / "x").exists(), "asking makes nothing"


def test_that_a_home_may_be_told_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert places({"WALLBOARD_HOME": "here"}).config == tmp_path / "here"


@pytest.mark.parametrize("told", [{}, {"WALLBOARD_HOME": ""}, {"WALLBOARD_HOME": "  "}])
def test_that_without_it_they_are_where_the_system_wants_them(told: dict[str, str]) -> None:
    found = places(told)
    assert not found.moved
    assert "wallboard" in found.config.parts
    assert found.keyring_service == "wallboard"


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's here")
def test_that_every_directory_made_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    for place in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c"):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_that_a_checkout_has_its_resources_beside_it() -> None:
    assert resources_dir() == Path(paths.__file__).resolve().parents[2] / "resources"


def test_that_an_installed_program_finds_its_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "lib" / "wallboard" / "settings" / "paths.py"
    monkeypatch.setattr(paths, "__file__", str(installed))
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(tmp_path / "prefix"))
    # Somebody else's, with the same name.
    (tmp_path / "lib" / "resources").mkdir(parents=True)
    ours = tmp_path / "prefix" / "share" / "wallboard"
    (ours / "translations").mkdir(parents=True)
    assert resources_dir() == ours


def test_that_a_frozen_program_finds_its_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() is None
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    assert resources_dir() == tmp_path / "resources"

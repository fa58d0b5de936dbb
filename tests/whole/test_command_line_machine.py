"""What the system lacks is named with the package that brings it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.checkout import python

from wallboard.command_line import machine
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.machine import (
    import_trouble,
    require_qt,
    require_screen,
    tell_missing_letters,
)
from wallboard.command_line.voice import Voice, voice_in
from wallboard.ui.wording import english

VOICE = Voice(english())
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages")


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ],
)
def test_that_a_library_that_qt_misses_is_named_with_its_package(
    library: str, package: str
) -> None:
    told = f"{library}: cannot open shared object file: No such file or directory"
    stop = import_trouble(VOICE, ImportError(told))
    assert library in stop.sentence
    assert stop.sentence.endswith(f"apt install {package}")
    assert stop.code is Exit.MACHINE


def test_that_a_part_of_python_that_is_missing_is_named() -> None:
    stop = import_trouble(VOICE, ModuleNotFoundError("No module named 'PySide6'"))
    assert "PySide6" in stop.sentence
    assert stop.code is Exit.MACHINE


@linux
def test_that_all_missing_libraries_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"libone-not-there.so.1": "libone1", "libtwo-not-there.so.2": "libtwo2"}
    monkeypatch.setattr(machine, "_ALWAYS", {**machine._ALWAYS, **missing})
    with pytest.raises(Stop, match="apt install libone1 libtwo2"):
        require_qt(VOICE)


@linux
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600"])
def test_that_who_needs_no_screen_is_not_asked_for_one(platform: str) -> None:
    require_screen(VOICE, {"QT_QPA_PLATFORM": platform})


@linux
@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"WAYLAND_DISPLAY": "nowhere", "XDG_RUNTIME_DIR": "nowhere"},
    ],
)
def test_that_no_screen_is_said(environ: dict[str, str]) -> None:
    with pytest.raises(Stop, match="no screen") as caught:
        require_screen(VOICE, environ)
    assert caught.value.code is Exit.MACHINE


def test_that_english_is_copied_without_hidden_characters_and_persian_keeps_them() -> None:
    said = {}
    for language in ("en", "fa"):
        voice = voice_in(language)
        said[language] = import_trouble(voice, ImportError("a\u202eb\x07c")).sentence
    assert "(abc)" in said["en"]
    assert "\u2068abc\u2069" in said["fa"]


@linux
def test_that_who_has_no_persian_letters_is_told_which_package_brings_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "_persian_fonts", lambda: 0)
    tell_missing_letters(VOICE, "en")
    assert capsys.readouterr().err == ""
    tell_missing_letters(voice_in("fa"), "fa")
    told = capsys.readouterr().err.splitlines()
    # In English as well: the terminal may have no Persian letters, either.
    assert len(told) == 2
    assert all("apt install fonts-noto-core" in line for line in told)
    assert told[0].startswith("No font")


@linux
def test_that_fonts_with_persian_letters_are_counted_as_qt_would(tmp_path: Path) -> None:
    none = tmp_path / "fonts.conf"
    none.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    code = "from wallboard.command_line.machine import _persian_fonts as f; print(f())"
    assert int(python(code).out) > 0
    assert int(python(code, FONTCONFIG_FILE=str(none)).out) == 0


@linux
def test_that_fonts_that_were_brought_along_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "_persian_fonts", lambda: 0)
    monkeypatch.setattr(machine, "resources_dir", lambda: tmp_path)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "some.ttf").touch()
    tell_missing_letters(voice_in("fa"), "fa")
    assert capsys.readouterr().err == ""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from wallboard.app.kiosk_autostart import quoted, start_at_login, starts_no_more

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="on Windows the installer does it"
)


def command_in(file: Path) -> list[str]:
    """Return the command as a desktop reads it: escapes of the file first, then those of words."""
    (line,) = [each for each in file.read_text("utf-8").splitlines() if each.startswith("Exec=")]
    told = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', told)
    return [re.sub(r"\\(.)", r"\1", word) for word in words]


def test_that_it_is_started_with_all_that_it_was_told(tmp_path: Path) -> None:
    board = tmp_path / "hall 1.toml"
    board.touch()
    environ = {"HOME": str(tmp_path), "WALLBOARD_HOME": str(tmp_path / "wb")}
    options = ("--board", f"{board},lobby", "--screen", "HDMI-1,2")
    file = start_at_login('Dr. "Ω" $100 50% `x` \\', options, environ)
    assert file.parent == tmp_path / ".config" / "autostart"
    words = command_in(file)
    assert words[:2] == ["env", f"WALLBOARD_HOME={tmp_path / 'wb'}"]
    at = words.index("kiosk")
    assert words[at:] == ["kiosk", 'Dr. "Ω" $100 50% `x` \\', *options]
    assert Path(words[2]).is_absolute()


def test_that_the_desktop_takes_the_file_for_one_of_its_own(tmp_path: Path) -> None:
    lines = start_at_login("office", (), {"XDG_CONFIG_HOME": str(tmp_path)}).read_text().split("\n")
    assert lines[0] == "[Desktop Entry]"
    assert {"Type=Application", "Terminal=false", "Name=Wallboard: office"} <= set(lines)


def test_that_a_name_cannot_begin_a_line_of_its_own(tmp_path: Path) -> None:
    file = start_at_login("a\nExec=evil", (), {"XDG_CONFIG_HOME": str(tmp_path)})
    lines = file.read_text().split("\n")
    assert [line.partition("=")[0] for line in lines].count("Exec") == 1
    assert not any(line.startswith("Exec=evil") for line in lines)


def test_that_it_is_started_no_more(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    first = start_at_login("office", ("--screen", "1"), environ)
    other = start_at_login("office", ("--screen", "2"), environ)
    assert first != other
    assert starts_no_more("office", ("--screen", "1"), environ) == first
    starts_no_more("office", ("--screen", "1"), environ)
    assert list((tmp_path / "autostart").iterdir()) == [other]


def test_that_a_word_is_quoted_as_the_desktop_wants_it() -> None:
    assert quoted('a"b') == '"a\\\\"b"'
    assert quoted("50%") == '"50%%"'

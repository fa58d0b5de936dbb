"""Has a kiosk started at log-in: one file where desktops look for what they are to start."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wallboard.runtime.own_program import own_program
from wallboard.settings.paths import HOME_VARIABLE, made

_SPECIAL: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "`": "\\`", "$": "\\$"})


def start_at_login(name: str, options: tuple[str, ...], environ: Mapping[str, str]) -> Path:
    """Have it started from the next log-in on; return the file that says so.

    Args:
        name: Of the connection.
        options: Of the command, besides.

    Raises:
        OSError: It cannot be written, or this system has no such files.
    """
    file = _file(name, options, environ)
    made(file.parent)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(_entry(name, options, environ), encoding="utf-8")
    fresh.replace(file)
    return file


def starts_no_more(name: str, options: tuple[str, ...], environ: Mapping[str, str]) -> Path:
    """Have it started at log-in no more; return the file that said so.

    Raises:
        OSError: It cannot be removed.
    """
    file = _file(name, options, environ)
    file.unlink(missing_ok=True)
    return file


def quoted(word: str) -> str:
    """Return a word of a command as a desktop entry takes it, without what cannot be seen."""
    plain = "".join(letter for letter in word if letter.isprintable())
    # Once for the command, once more for the file: there a backslash is one of two.
    command = f'"{plain.translate(_SPECIAL)}"'
    return command.replace("\\", "\\\\").replace("%", "%%")


def _file(name: str, options: tuple[str, ...], environ: Mapping[str, str]) -> Path:
    if not sys.platform.startswith("linux"):
        raise OSError(0, "only on Linux; on Windows the installer does it")
    home = environ.get("XDG_CONFIG_HOME", "")
    config = Path(home) if home.startswith("/") else Path(environ.get("HOME", "~")).expanduser()
    folder = config / "autostart" if home.startswith("/") else config / ".config" / "autostart"
    digest = hashlib.sha256("\n".join((name, *options)).encode()).hexdigest()[:12]
    return folder / f"wallboard-kiosk-{digest}.desktop"


def _entry(name: str, options: tuple[str, ...], environ: Mapping[str, str]) -> str:
    words = [*_program(), "kiosk", name, *_absolute(options)]
    moved = environ.get(HOME_VARIABLE, "").strip()
    if moved:
        words = ["env", f"{HOME_VARIABLE}={Path(moved).expanduser().absolute()}", *words]
    plain = "".join(letter for letter in name if letter.isprintable()).replace("\\", "\\\\")
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name=Wallboard: {plain}",
        f"Exec={' '.join(quoted(word) for word in words)}",
        "Terminal=false",
        "NoDisplay=true",
        "X-GNOME-Autostart-enabled=true",
    )
    return "".join(f"{line}\n" for line in lines)


def _absolute(options: tuple[str, ...]) -> list[str]:
    """Return options whose files are found from every directory."""
    words = list(options)
    for at, word in enumerate(words[:-1]):
        if word == "--board":
            words[at + 1] = ",".join(
                str(Path(each).expanduser().absolute())
                if each and (os.sep in each or Path(each).exists())
                else each
                for each in words[at + 1].split(",")
            )
    return words


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return list(own_program())
    beside = Path(sys.executable).with_name("wallboard")
    if beside.exists():
        return [str(beside)]
    found = shutil.which("wallboard")
    return [found] if found else list(own_program())

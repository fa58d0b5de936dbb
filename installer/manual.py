"""Writes the man page from the command line itself, in English and Persian."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime
from typing import Final

from wallboard.command_line.arguments import parser_in
from wallboard.command_line.voice import voice_in

_TEXTS: Final = {
    "en": {
        "name": "a call center as it is this second",
        "headings": ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "NOTES", "FILES", "SEE ALSO"),
        "described": "Without a command it opens the window.",
        "files": "settings and connections",
        "data": "stored calls",
        "more": "tells all options of a command",
    },
    "fa": {
        "name": "مرکز تماس، همان‌گونه که در همین ثانیه هست",
        "headings": ("نام", "صورت", "شرح", "دستورها", "یادداشت‌ها", "پرونده‌ها", "نیز ببینید"),
        "described": "بدون دستور، پنجره را باز می‌کند.",
        "files": "تنظیمات و اتصال‌ها",
        "data": "تماس‌های ذخیره‌شده",
        "more": "همهٔ گزینه‌های یک دستور را می‌گوید",
    },
}


def manual(language: str, version: str, made_at: int) -> str:
    """Return the page as `man` reads it.

    Args:
        language: `en` or `fa`.
        made_at: Seconds since 1970.
    """
    root = parser_in(voice_in(language))
    words = _TEXTS[language]
    name, synopsis, described, commands, notes, files, also = words["headings"]
    day = datetime.fromtimestamp(made_at, UTC).strftime("%Y-%m-%d")
    rows = [
        f'.TH WALLBOARD 1 "{day}" "wallboard {version}"',
        *(f".SH {name}", f"wallboard \\- {_plain(str(words['name']))}"),
        *(f".SH {synopsis}", ".B wallboard", "[\\fICOMMAND\\fR] [\\fIOPTION\\fR ...]"),
        *(f".SH {described}", _plain(root.description or ""), _plain(str(words["described"]))),
        f".SH {commands}",
    ]
    for command, told in _commands(root):
        rows += [".TP", f"\\fBwallboard {_plain(command)}\\fR", _plain(told)]
    rows += [
        ".TP",
        "\\fBwallboard\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR",
        _plain(str(words["more"])),
    ]
    rows += [f".SH {notes}", ".nf", _plain(root.epilog or ""), ".fi", f".SH {files}"]
    rows += [".TP", "\\fI~/.config/wallboard\\fR", _plain(str(words["files"]))]
    rows += [".TP", "\\fI~/.local/share/wallboard\\fR", _plain(str(words["data"]))]
    rows += [f".SH {also}", "\\fBsystemctl\\fR(1), \\fBasterisk\\fR(8)"]
    return "\n".join(rows) + "\n"


def _commands(root: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """Return the commands with what their help says, in the order of the help."""
    return [
        (choice.dest, (choice.help or "").replace("%%", "%"))
        for action in root._actions  # noqa: SLF001 - argparse tells it nowhere else
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - as above
        for choice in action._choices_actions  # noqa: SLF001 - as above
    ]


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for a request to format."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", safe, flags=re.MULTILINE)

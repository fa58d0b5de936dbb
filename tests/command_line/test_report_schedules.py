"""The examples for timers: every command in them is one that there is, with a time that follows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from wallboard.command_line.arguments import parser_in
from wallboard.command_line.report_asked import Asked, asked_of
from wallboard.command_line.voice import voice_in
from wallboard.settings.paths import resources_dir

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def folder() -> Path:
    found = resources_dir()
    assert found is not None
    return found


def text_of(name: str) -> str:
    return (folder() / name).read_text(encoding="utf-8")


def asked(words: str) -> Asked:
    told = parser_in(voice_in("en")).parse_args(["report", *shlex.split(words)])
    return asked_of(told)


def commands() -> Iterator[tuple[str, str]]:
    for name in (
        "systemd/wallboard-report.service",
        "schedules/wallboard-report.cron",
        "schedules/wallboard-report.xml",
    ):
        joined = re.sub(r"[\\^]\n#?\s*", " ", text_of(name))
        for found in re.findall(r"wallboard report ((?!`)[^\n`<]+)", joined):
            yield name, found.replace("&quot;", '"')
    yield (
        "task",
        next(
            ET.fromstring(text_of("schedules/wallboard-report.xml")).iter(f"{TASK}Arguments")
        ).text.partition("report ")[2],
    )


@pytest.mark.parametrize(("name", "words"), list(commands()))
def test_that_a_command_of_an_example_is_understood(name: str, words: str) -> None:
    told = asked(words)
    assert told.kind in {"saved", "shift", "queue", "calls"}
    assert told.kind != "saved" or told.name in {"%i", "morning"}
    # What comes again and again is of no fixed day.
    assert not any(char.isdigit() for char in f"{told.time.day}{told.time.week}{told.time.month}")


def test_that_the_units_of_systemd_belong_together() -> None:
    service = text_of("systemd/wallboard-report.service")
    timer = text_of("systemd/wallboard-report.timer")
    assert "Type=oneshot" in service
    assert "wallboard-report@.timer" in service
    assert re.search(r"(?m)^OnCalendar=\S+ \d\d:\d\d:\d\d \S+/\S+$", timer)
    assert "[Install]\nWantedBy=timers.target" in timer
    assert "ReadWritePaths" not in service  # its own folders are told by StateDirectory


def test_that_the_task_of_windows_is_whole() -> None:
    root = ET.fromstring(text_of("schedules/wallboard-report.xml"))
    assert root.tag == f"{TASK}Task"
    parts = [child.tag.removeprefix(TASK) for child in root]
    assert parts == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    (command,) = root.iter(f"{TASK}Command")
    assert command.text is not None
    assert command.text.endswith('wallboard.exe"')

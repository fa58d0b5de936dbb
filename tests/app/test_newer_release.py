"""Asking whether there is a newer release: off by default, one question, nobody followed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wallboard import VERSION
from wallboard.app.newer_release import Release, newest_release
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.errors import FaultKind
from wallboard.settings.model import SETTINGS, Settings, parsed

ROW = next(setting for setting in SETTINGS if setting.key == "releases")


class _Site(ThreadingHTTPServer):
    """Answers every question with the same, and keeps what it was asked."""

    daemon_threads = True
    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")
    asked: list[tuple[str, dict[str, str]]]


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        self.server.asked.append(
            (self.path, {name.lower(): it for name, it in self.headers.items()})
        )
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, told in headers.items():
            self.send_header(name, told)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[_Site]:
    server = _Site(("127.0.0.1", 0), _Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def address(site: _Site) -> str:
    return f"http://127.0.0.1:{site.server_port}/wallboard.json"


def tells(site: _Site, **told: object) -> None:
    site.answer = (200, {}, json.dumps(told).encode())


def test_that_nobody_is_asked_unless_an_address_is_set() -> None:
    assert Settings().releases is None
    assert parsed(ROW, "") is None


@pytest.mark.parametrize(
    ("told", "usable"),
    [
        ("https://example.com/wallboard.json", True),
        ("http://updates.local:8080/wallboard.json", True),
        ("ftp://example.com/wallboard.json", False),
        ("example.com", False),
        ("https://user:word@example.com/", False),
        (5, False),
    ],
)
def test_that_an_address_in_the_settings(told: object, usable: bool) -> None:
    if usable:
        assert parsed(ROW, told) == told
    else:
        with pytest.raises(ValueError):  # noqa: PT011 - the reader of settings says the rest
            parsed(ROW, told)


def test_that_one_question_is_asked_which_tells_nothing_of_who_asks(site: _Site) -> None:
    tells(site, version="9.1.0", en="Reports.", fa="گزارش‌ها.", address="https://example.com/")
    found = newest_release(address(site))
    assert found == Release(
        version="9.1.0",
        notes={"en": "Reports.", "fa": "گزارش‌ها."},
        address="https://example.com/",
    )
    assert found.newer
    (asked,) = site.asked
    assert asked[0] == "/wallboard.json"
    assert set(asked[1]) == {"host", "user-agent", "accept", "connection", "accept-encoding"}
    assert VERSION not in str(asked)


@pytest.mark.parametrize(
    ("version", "newer"),
    [(VERSION, False), ("0.0.9", False), ("0.1", False), ("0.1.0.1", True), ("0.10", True)],
)
def test_that_versions_are_compared_number_by_number(version: str, newer: bool) -> None:
    assert Release(version=version, notes={}).newer is newer


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((404, {}, b""), id="nothing_there"),
        pytest.param((302, {"Location": "http://127.0.0.1:1/"}, b""), id="sent_elsewhere"),
        pytest.param((200, {}, b"<html>"), id="a_page"),
        pytest.param((200, {}, b"[]"), id="a_list"),
        pytest.param((200, {}, b"{}"), id="no_version"),
        pytest.param((200, {}, b'{"version": "1.0; rm"}'), id="no_number"),
        pytest.param((200, {}, b'{"version": 2}'), id="a_number"),
        pytest.param((200, {}, b'{"version":"9","en":"' + b"a" * 70_000 + b'"}'), id="endless"),
        pytest.param((200, {}, b'{"version": "9", "en": "\xff"}'), id="no_utf8"),
    ],
)
def test_that_what_is_no_release_is_told_as_such(
    site: _Site, answer: tuple[int, dict[str, str], bytes]
) -> None:
    site.answer = answer
    with pytest.raises(NotDelivered) as told:
        newest_release(address(site))
    assert told.value.fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert len(site.asked) == 1


def test_that_nobody_there_is_told() -> None:
    with pytest.raises(NotDelivered) as told:
        newest_release("http://127.0.0.1:1/wallboard.json")
    assert told.value.fault.kind is FaultKind.UNREACHABLE
    with pytest.raises(NotDelivered) as told:
        newest_release("https://good@evil/")
    assert told.value.fault.kind is FaultKind.BAD_SETTING


@pytest.fixture
def command(wallboard_home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `wallboard version` with a file of settings."""

    def run(*words: str, settings: str = "") -> subprocess.CompletedProcess[str]:
        wallboard_home.mkdir(exist_ok=True)
        (wallboard_home / "settings.toml").write_text(settings, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "wallboard", "version", *words],
            env=dict(os.environ),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=50,
            check=False,
        )

    return run


Command = Callable[..., subprocess.CompletedProcess[str]]


def test_that_the_command_says_how_to_have_it_asked(command: Command) -> None:
    done = command("--check")
    assert done.returncode == 2
    assert "settings.toml" in done.stderr
    assert "releases = " in done.stderr


def test_that_the_command_tells_what_is_new_in_ones_language(command: Command, site: _Site) -> None:
    tells(site, version="9.1.0", en="Reports\u202e.", fa="گزارش‌ها.", address="https://x.example/")
    told = f'releases = "{address(site)}"\n'
    done = command("--check", settings=told)
    assert done.stdout.splitlines() == [
        f"wallboard {VERSION}",
        "Version 9.1.0 is there. Reports. https://x.example/",
    ]
    assert "گزارش‌ها" in command("--check", "--lang", "fa", settings=told).stdout
    read = json.loads(command("--check", "--json", settings=told).stdout)
    assert read["newest"] == {"version": "9.1.0", "newer": True, "address": "https://x.example/"}
    assert read["version"] == VERSION
    tells(site, version=VERSION)
    assert "no newer release" in command("--check", settings=told).stdout
    site.answer = (500, {}, b"")
    assert command("--check", settings=told).returncode == 1


def test_that_versions_are_told_to_machines(command: Command) -> None:
    told = json.loads(command("--json").stdout)
    assert set(told) == {"version", "python", "qt", "pyside6", "sqlite", "system"}
    assert told["version"] == VERSION
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert told["qt"].split(".")[0] == "6"

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallboard.runtime.systemd import Systemd, forget_systemd


class Manager:
    """What systemd is to a service: a socket that hears."""

    def __init__(self, place: str) -> None:
        self._heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._heard.bind(place)
        self._heard.settimeout(0.2)

    def heard(self) -> list[str]:
        said = []
        while True:
            try:
                said.append(self._heard.recv(4096).decode())
            except TimeoutError:
                return said

    def close(self) -> None:
        self._heard.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    there = Manager(str(tmp_path / "notify"))
    yield there
    there.close()


def test_that_it_says_when_it_is_there_and_gives_signs_of_life(
    manager: Manager, tmp_path: Path
) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "4000000"})
    systemd.ready("1 board")
    for now_s in (10.0, 10.5, 11.0, 12.0, 12.5):
        systemd.alive(now_s)
    systemd.stopping()
    assert manager.heard() == [
        "READY=1\nSTATUS=1 board",
        "WATCHDOG=1",
        "WATCHDOG=1",
        "STOPPING=1",
    ]


def test_that_a_socket_without_a_directory_is_found() -> None:
    name = f"wallboard-test-{os.getpid()}"
    manager = Manager(f"\0{name}")
    try:
        Systemd({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert manager.heard() == ["READY=1"]
    finally:
        manager.close()


def test_that_nobody_is_told_who_does_not_ask(manager: Manager, tmp_path: Path) -> None:
    Systemd({}).ready()
    Systemd({"WATCHDOG_USEC": "1000000"}).alive(1.0)
    silent = Systemd({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    silent.alive(1.0)
    other = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1"}
    Systemd(other).alive(1.0)
    assert manager.heard() == []


def test_that_a_manager_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    Systemd({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).ready()


def test_that_a_window_is_not_taken_for_the_service() -> None:
    environ = {"NOTIFY_SOCKET": "x", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "2", "HOME": "/h"}
    forget_systemd(environ)
    assert environ == {"HOME": "/h"}

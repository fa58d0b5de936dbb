"""The bus that screen readers on Linux listen on, read as they read it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_PROGRAMS = ("dbus-daemon", "dbus-send", "dbus-monitor", "stdbuf")
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_SEEN_BY = "org.a11y.atspi.Accessible"
_EVENTS = "type='signal',interface='org.a11y.atspi.Event.Object'"
_FOCUSED = re.compile(
    r'path=(\S+); interface=\S+; member=StateChanged\n\s+string "focused"\n\s+int32 1'
)
_CHILD = re.compile(r'struct \{\s+string "([^"]*)"\s+object path "([^"]*)"')


def why_no_screen_reader() -> str | None:
    """Return why nothing can be heard on this machine. None if it can be."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if not missing and _LAUNCHER.exists():
        return None
    return "screen readers need dbus-daemon and at-spi2-core: apt install dbus at-spi2-core"


class Node:
    """Something that a screen reader can come to."""

    def __init__(self, reader: ScreenReader, bus: str, path: str) -> None:
        self._reader, self.bus, self._path = reader, bus, path

    @property
    def name(self) -> str:
        return self._reader.property(self.bus, self._path, "Name")

    @property
    def words(self) -> str:
        return self._reader.property(self.bus, self._path, "Description")

    @property
    def role(self) -> str:
        said = self._reader.call(self.bus, self._path, f"{_SEEN_BY}.GetRoleName")
        return _text(said)

    def children(self) -> list[Node]:
        said = self._reader.call(self.bus, self._path, f"{_SEEN_BY}.GetChildren")
        return [Node(self._reader, bus, path) for bus, path in _CHILD.findall(said)]

    def found(self, role: str, name: str, depth: int = 12) -> Node | None:
        """Return the first thing in it, itself included, of that role and that name."""
        if self.role == role and re.search(name, self.name):
            return self
        if depth == 0:
            return None
        nodes = (child.found(role, name, depth - 1) for child in self.children())
        return next((node for node in nodes if node is not None), None)


class ScreenReader:
    """One who listens to all programs of a session."""

    def __init__(self, session: str, folder: Path) -> None:
        self.session = session
        said = self._send(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        self.address = _text(said)
        self._heard = folder / "heard"
        with self._heard.open("wb") as out:
            self._monitor = subprocess.Popen(
                ["stdbuf", "-oL", "dbus-monitor", "--address", self.address, _EVENTS],
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
        # Programs tell only what somebody said he wants to hear, and only while he is there.
        self._bus = QDBusConnection.connectToBus(self.address, "screen-reader")
        for event in ("object:state-changed:focused", "object:announcement"):
            asked = QDBusMessage.createMethodCall(
                _REGISTRY[0], "/org/a11y/atspi/registry", _REGISTRY[0], "RegisterEvent"
            )
            asked.setArguments([event])
            self._bus.call(asked)

    @property
    def env(self) -> dict[str, str]:
        """What a program must be told to be heard."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.session, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def programs(self) -> list[Node]:
        """Return the programs that can be heard."""
        return Node(self, *_REGISTRY).children()

    def heard(self) -> str:
        """Return all events until now, as text."""
        return self._heard.read_text(encoding="utf-8", errors="replace")

    def visited(self, program: Node) -> list[Node]:
        """Return where the keyboard came to, in the order in which it did."""
        return [Node(self, program.bus, path) for path in _FOCUSED.findall(self.heard())]

    def call(self, bus: str, path: str, method: str, *words: str) -> str:
        return self._send(self.address, bus, path, method, *words)

    def property(self, bus: str, path: str, name: str) -> str:
        words = (f"string:{_SEEN_BY}", f"string:{name}")
        return _text(self.call(bus, path, "org.freedesktop.DBus.Properties.Get", *words))

    def close(self) -> None:
        QDBusConnection.disconnectFromBus("screen-reader")
        self._monitor.terminate()
        self._monitor.wait()

    def _send(self, address: str, bus: str, path: str, method: str, *words: str) -> str:
        ended = subprocess.run(
            [
                "dbus-send",
                f"--bus={address}",
                "--print-reply",
                f"--dest={bus}",
                path,
                method,
                *words,
            ],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return ended.stdout


@contextmanager
def screen_reader(folder: Path, display: str) -> Iterator[ScreenReader]:
    """Start a session with somebody who listens, for as long as he is needed."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "DISPLAY": display, "XDG_RUNTIME_DIR": str(folder)},
    )
    assert daemon.stdout is not None
    try:
        reader = ScreenReader(daemon.stdout.readline().strip(), folder)
        try:
            yield reader
        finally:
            reader.close()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


def _text(said: str) -> str:
    """Return the first text of an answer; a text may have several lines."""
    found = re.search(r'string "(.*)"\s*$', said, re.DOTALL)
    return found.group(1) if found else ""

"""Tells systemd how we are, where it started us: a datagram to the socket that it names."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, MutableMapping
from typing import Final

_MICRO: Final = 1e-6


class Systemd:
    """Who started us, if it wants to be told. Does nothing elsewhere. Used by one thread."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Look who is to be told.

        Args:
            environ: With NOTIFY_SOCKET, and WATCHDOG_USEC if signs of life are wanted.
        """
        self._place = environ.get("NOTIFY_SOCKET", "")
        mine = environ.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
        told = environ.get("WATCHDOG_USEC", "")
        wanted = self._place and mine and told.isascii() and told.isdigit()
        # Half of it, as systemd's own manual advises.
        self.every_s: float | None = int(told) * _MICRO / 2 if wanted else None
        """So often signs of life are to be given, in seconds. None: nobody asks."""
        self._alive_s = float("-inf")

    def ready(self, status: str = "") -> None:
        """Tell that what was started is there."""
        self._send("READY=1" + (f"\nSTATUS={status}" if status else ""))

    def status(self, status: str) -> None:
        """Tell in a line how it is, for `systemctl status`."""
        self._send(f"STATUS={status}")

    def alive(self, now_s: float) -> None:
        """Give a sign of life, if it is time for one."""
        if self.every_s is not None and now_s - self._alive_s >= min(self.every_s, 5.0):
            self._alive_s = now_s
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """Tell that the end has begun."""
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if not self._place or not hasattr(socket, "AF_UNIX"):
            return
        # A name that begins with @ lies in no directory.
        place = "\0" + self._place[1:] if self._place.startswith("@") else self._place
        line = "\n".join(part[:500] for part in text.split("\n")).encode(errors="replace")
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
                out.settimeout(1.0)
                out.sendto(line, place)
        except OSError:
            return  # who started us is gone; the board goes on


def forget_systemd(environ: MutableMapping[str, str]) -> None:
    """Take from an environment what is told to one process alone, before others are started."""
    for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"):
        environ.pop(name, None)

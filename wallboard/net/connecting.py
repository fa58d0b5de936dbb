"""Finds where a host is and connects to it, within a deadline."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from typing import Final, TypeAlias

from wallboard.net.deadline import Deadline, TimedSocket
from wallboard.net.origin import literal

CONNECT: Final = timedelta(seconds=2)
"""One lost packet is sent again after a second; a second loss is not waited for."""

_Place: TypeAlias = tuple[socket.AddressFamily, tuple[str, int]]


class NameUnknown(OSError):
    """The name was not found, or whoever should know it does not answer."""


class Connector:
    """Connects to a few hosts, again and again. Used by one thread.

    The address that answered last is tried first: who has one that is dead does not wait for it
    each time. The others are not forgotten, and names are looked up for each connection.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._good: dict[tuple[str, int], _Place] = {}

    def connected(self, host: str, port: int) -> TimedSocket:
        """Return an open connection.

        Raises:
            NameUnknown, TimeoutError, OSError: There is none.
        """
        places = self._places(host, port)
        failure: OSError = OSError("no address")
        for tried, (family, place) in enumerate(places):
            plain = TimedSocket(family, socket.SOCK_STREAM)
            plain.deadline = self._deadline
            try:
                # Who is deaf on one address may hear on the next: each gets its share.
                share_s = self._deadline.left_s / (len(places) - tried)
                plain.settimeout(
                    self._deadline.wait_s(max(0.0, min(share_s, CONNECT.total_seconds())))
                )
                plain.connect(place)
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as failed:
                plain.close()
                failure = failed
            else:
                self._good[host, port] = (family, place)
                return plain
        raise failure

    def _places(self, host: str, port: int) -> list[_Place]:
        number = literal(host)
        if number is not None:
            family = socket.AF_INET if number.version == 4 else socket.AF_INET6
            return [(family, (host, port))]
        places = _found(host, port, self._deadline.wait_s())
        good = self._good.get((host, port))
        if good in places:
            places.remove(good)
            places.insert(0, good)
        return places


class _Lookup:
    """Where a host is, asked once for all who want to know it meanwhile."""

    def __init__(self, host: str, port: int) -> None:
        self.places: list[_Place] = []
        self.wrong: OSError | None = None
        self._asked = (host, port)
        # The system's resolver knows no deadline.
        self._thread = threading.Thread(target=self._resolve, name="resolve", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _resolve(self) -> None:
        host, port = self._asked
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            self.places = [(one[0], (str(one[4][0]), int(one[4][1]))) for one in found]
        except (OSError, UnicodeError) as failed:
            self.wrong = OSError(str(failed))
        finally:
            with _asking:
                _lookups.pop(self._asked, None)


_lookups: dict[tuple[str, int], _Lookup] = {}
_asking = threading.Lock()


def _found(host: str, port: int, wait_s: float) -> list[_Place]:
    """Return where a host is.

    While a lookup is stuck no second one is started for the same host: who asks waits for that.

    Raises:
        NameUnknown: Nobody knows, or says so in time.
    """
    asked = (host, port)
    with _asking:
        lookup = _lookups.get(asked)
        if lookup is None:
            lookup = _lookups[asked] = _Lookup(*asked)
            lookup.start()
    lookup.wait(wait_s)
    if not lookup.places:
        raise NameUnknown("name not found") from lookup.wrong
    return list(lookup.places)

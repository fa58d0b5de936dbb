"""Finds where a host is and connects to it, within a deadline."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import Final

from wallboard.net.deadline import Deadline, TimedSocket
from wallboard.net.names import Place, places_of
from wallboard.net.origin import literal

CONNECT: Final = timedelta(seconds=2)
"""One lost packet is sent again after a second; a second loss is not waited for."""


class Connector:
    """Connects to a few hosts, again and again. Used by one thread.

    The address that answered last is tried first: who has one that is dead does not wait for it
    each time. The others are not forgotten, and names are looked up for each connection.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._good: dict[tuple[str, int], Place] = {}

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

    def _places(self, host: str, port: int) -> list[Place]:
        number = literal(host)
        if number is not None:
            family = socket.AF_INET if number.version == 4 else socket.AF_INET6
            return [(family, (host, port))]
        places = places_of(host, port, self._deadline.wait_s())
        good = self._good.get((host, port))
        if good in places:
            places.remove(good)
            places.insert(0, good)
        return places

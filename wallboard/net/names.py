"""Where a host is by its name, looked up by a deadline."""

from __future__ import annotations

import socket
import threading
from typing import Final, TypeAlias

Place: TypeAlias = tuple[socket.AddressFamily, tuple[object, ...]]
"""A family and what a socket of it connects to."""


class NameUnknown(OSError):
    """The name was not found, or whoever should know it does not answer."""


class _Lookup:
    """Where a host is, asked once for all who want to know it meanwhile."""

    def __init__(self, host: str, port: int) -> None:
        self.places: list[Place] = []
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
            # Whole: a link's own address of IPv6 leads nowhere without the number of the link.
            self.places = [(family, address) for family, _, _, _, address in found]
        except OSError as failed:
            self.wrong = failed
        except UnicodeError as unusable:
            self.wrong = OSError(str(unusable))
        finally:
            with _asking:
                _lookups.pop(self._asked, None)


_lookups: Final[dict[tuple[str, int], _Lookup]] = {}
_asking: Final = threading.Lock()


def places_of(host: str, port: int, wait_s: float) -> list[Place]:
    """Return where a host is, at least one place. May be called by any thread.

    While a lookup is stuck no second one is started for the same host: who asks waits for that.

    Args:
        host: A name, or an address of IPv4 or IPv6.
        wait_s: For how long to wait, at most.

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

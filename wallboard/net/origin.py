"""Where an API is: an address that is read once, strictly, and then used as it was read.

What two readers of an address could understand differently is refused: who reads
`http://good@evil` as the good one hands its password to the other.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from unicodedata import category

from wallboard.domain.value import value

_ADDRESS: Final = re.compile(
    r"(https?)://(\[[0-9A-Fa-f:.]{2,45}\]|[^\x00-\x20/:?#@\\\[\]]+)(?::([0-9]{1,5}))?(/.*)?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PATH: Final = re.compile(r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*")
_PORTS: Final = {"http": 80, "https": 443}
_LONGEST_NAME: Final = 253
_LONGEST_PATH: Final = 1000


class AddressUnusable(ValueError):
    """It is no address of an API, or one that could be read in two ways. Says why."""


@value
class Origin:
    """Whom we speak to: what a credential is bound to.

    Attributes:
        scheme: `http` or `https`.
        host: In lower case, as ASCII (punycode); of IPv6 without brackets.
    """

    scheme: str
    host: str
    port: int

    @property
    def encrypted(self) -> bool:
        """True if the connection is encrypted."""
        return self.scheme == "https"

    @property
    def loopback(self) -> bool:
        """True if what is sent does not leave this computer."""
        if self.host == "localhost":
            return True
        place = literal(self.host)
        return place is not None and place.is_loopback

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def address_of(text: str) -> tuple[Origin, str]:
    """Return the origin of an address, and its path without a slash at the end.

    Raises:
        AddressUnusable: It cannot be used.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise AddressUnusable("it is not like https://name/path")
    scheme, host, port, path = found.groups()
    number = int(port) if port else _PORTS[scheme.lower()]
    if not 0 < number < 65536:
        raise AddressUnusable("it is not a number from 1 to 65535")
    return Origin(scheme=scheme.lower(), host=_host(host), port=number), _path(path or "")


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return what a host is as a number. None if it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _host(told: str) -> str:
    if told.startswith("["):
        place = literal(told[1:-1])
        if not isinstance(place, IPv6Address):
            raise AddressUnusable("it is not like https://name/path")
        return str(place)
    # Other letters' marks and joiners are read in one way by one standard, otherwise by the next.
    if not all(letter.isascii() or category(letter)[0] in "LM" for letter in told):
        raise AddressUnusable("it is not like https://name/path")
    try:
        name = told.encode("idna").decode().lower()
    except UnicodeError as error:
        raise AddressUnusable("it is not like https://name/path") from error
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise AddressUnusable("it is not like https://name/path")
    # Resolvers read 127.1, 0x7f.1 and 2130706433 as numbers, and not all as the same ones.
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]) and literal(name) is None:
        raise AddressUnusable("it is not like https://name/path")
    return name


def _path(told: str) -> str:
    if not _PATH.fullmatch(told) or len(told) > _LONGEST_PATH:
        raise AddressUnusable("its path holds what a path must not hold")
    if any(part in (".", "..") for part in told.split("/")):
        raise AddressUnusable("its path holds what a path must not hold")
    return told.rstrip("/")

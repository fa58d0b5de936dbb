"""Asks one address, which an administrator chose, whether there is a newer release."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any, Final

import msgspec

from wallboard import VERSION
from wallboard.delivery.reaching import Place, Reach
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.value import value
from wallboard.net.origin import AddressUnusable, Origin, address_of
from wallboard.net.patience import BoundedResponse

_MOST_READ: Final = 64 * 1024
_LONGEST_NOTE: Final = 300
_VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


@value
class Release:
    """What the document at that address says of the newest release.

    Attributes:
        version: As in `1.2.0`.
        notes: In a sentence what is new, by language; may be empty. From outside.
        address: Where it is to be had; may be empty. From outside.
    """

    version: str
    notes: Mapping[str, str]
    address: str = ""

    @property
    def newer(self) -> bool:
        """True if it is newer than the program that asks."""
        return _parts(self.version) > _parts(VERSION)


def newest_release(address: str) -> Release:
    """Return what a document says: `{"version": "1.2.0", "en": "…", "fa": "…", "address": "…"}`.

    Only `version` must be there. It is asked for once, without any word about who asks, and
    nobody is followed elsewhere. Takes a few seconds at the most; for a thread that may wait.

    Raises:
        NotDelivered: It cannot be had, or is something else; the fault says why.
    """
    try:
        origin, path = address_of(address)
    except AddressUnusable as error:
        told = fault(FaultKind.BAD_SETTING, field="releases", reason=str(error))
        raise NotDelivered(told, lasting=True) from error
    return _read(origin, _fetched(origin, path))


def _fetched(origin: Origin, path: str) -> bytes:
    reach = Reach(Place(host=origin.host, port=origin.port))
    reach.begin()
    connection = HTTPConnection(origin.host, origin.port)
    # Or the library would make a connection of its own: without encryption, and no deadline.
    connection.auto_open = 0
    connection.response_class = BoundedResponse
    try:
        connection.sock = _connected(reach, origin)
        connection.request("GET", path or "/", headers=_HEADERS)
        answer = connection.getresponse()
        body = answer.read(_MOST_READ + 1)
        answer.close()
    except HTTPException as error:
        raise NotDelivered(_unlike(origin, "no HTTP"), lasting=False) from error
    except OSError as error:
        raise reach.failed(error) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise NotDelivered(_unlike(origin, f"HTTP {answer.status}"), lasting=True)
    return body


def _connected(reach: Reach, origin: Origin) -> Any:  # noqa: ANN401 - a socket, encrypted or not
    plain = reach.connected()
    if not origin.encrypted:
        return plain
    return reach.context().wrap_socket(plain, server_hostname=origin.host)


def _read(origin: Origin, body: bytes) -> Release:
    try:
        told = msgspec.json.decode(body, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotDelivered(_unlike(origin, "no release"), lasting=True) from error
    if len(body) > _MOST_READ or not _VERSION.fullmatch(told.version):
        raise NotDelivered(_unlike(origin, "no release"), lasting=True)
    notes = {"en": told.en[:_LONGEST_NOTE], "fa": told.fa[:_LONGEST_NOTE]}
    return Release(version=told.version, notes=notes, address=told.address[:_LONGEST_NOTE])


class _Document(msgspec.Struct):
    version: str
    en: str = ""
    fa: str = ""
    address: str = ""


def _unlike(origin: Origin, said: str) -> Fault:
    return fault(FaultKind.NOT_OUR_PROTOCOL, host=origin.host, port=origin.port, said=said)


def _parts(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


_HEADERS: Final = {
    "User-Agent": "Wallboard",
    "Accept": "application/json",
    "Connection": "close",
}

"""Alerts to a web server of one's own: one signed JSON message an event, to no other address."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from typing import Any, Final

import msgspec

from wallboard.delivery.reaching import Place, Reach, bad_setting
from wallboard.delivery.way import Told, WayKind
from wallboard.domain.alert import AlertEvent, SubjectKind
from wallboard.domain.delivery import NotDelivered, Post, outward
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.source import Field
from wallboard.net.origin import AddressUnusable, Origin, address_of
from wallboard.net.patience import BoundedResponse

SIGNATURE: Final = "Wallboard-Signature"
"""The header with `t=SECONDS,v1=HEX`: the HMAC-SHA256 of `SECONDS.BODY`, if there is a key."""

_MOST_READ: Final = 64 * 1024
_LONGEST_REST: Final = timedelta(hours=1)
# What a header's value may hold without becoming two.
_HEADER: Final = re.compile(r"[\x20-\x7e]{1,2000}")


def body_of(post: Post) -> bytes:
    """Return what is said of a post, as JSON in UTF-8."""
    return msgspec.json.encode(
        {
            "version": 1,
            "id": post.post_id,
            "sent_at": _iso(post.at),
            "test": not post.events,
            "language": post.language,
            "title": post.title,
            "text": post.text,
            "events": [_event(event, names=post.names) for event in post.events],
        }
    )


def _event(event: AlertEvent, *, names: bool) -> dict[str, Any]:
    told = names or event.kind is not SubjectKind.AGENT
    return {
        "id": outward(event.event_id),
        "firing": outward(event.firing_id),
        "at": _iso(event.at),
        "news": None if event.news is None else str(event.news),
        "severity": event.severity.name.lower(),
        "rule": {"id": event.rule_id, "name": event.rule_name},
        "subject": {
            "kind": str(event.kind),
            "id": (event.subject or None) if told else None,
            "name": (event.subject_name or None) if told else None,
        },
        "reading": {
            "key": event.reading_key,
            "value": event.reading,
            "limit": event.limit,
        },
        "fired_at": None if event.fired_at is None else _iso(event.fired_at),
    }


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def signature(key: str, body: bytes, at: datetime) -> str:
    """Return what stands in the signature's header."""
    seconds = int(at.timestamp())
    signed = hmac.new(key.encode(), b"%d." % seconds + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={signed}"


class Webhook:
    """One address that takes messages. A connection lives as long as its message."""

    def __init__(self, told: Told) -> None:
        """Prepare; touches no network.

        Raises:
            NotDelivered: A field cannot be used.
        """
        try:
            self._origin, self._path = address_of(told.get("address", "").strip())
        except AddressUnusable as error:
            raise bad_setting("address", str(error)) from error
        self._key = told.get("key", "")
        self._authorization = told.get("authorization", "")
        if self._authorization and not _HEADER.fullmatch(self._authorization):
            raise bad_setting("authorization", "it holds letters that a header cannot hold")
        safe = self._origin.encrypted or self._origin.loopback
        if self._authorization and not safe:
            raise bad_setting("address", "a password is not sent without encryption")
        place = Place(host=self._origin.host, port=self._origin.port)
        self._reach = Reach(place, ca=told.get("ca", ""))

    def send(self, post: Post) -> None:
        """Hand a message to the server; see `Way.send`."""
        self._reach.begin()
        body = body_of(post)
        connection = HTTPConnection(self._origin.host, self._origin.port)
        # Or the library would make a connection of its own: without encryption, and no deadline.
        connection.auto_open = 0
        connection.response_class = BoundedResponse
        try:
            connection.sock = self._connected()
            connection.request("POST", self._path or "/", body, self._headers(post, body))
            answer = connection.getresponse()
            said = answer.read(_MOST_READ)
        except RemoteDisconnected as error:
            raise self._reach.lost() from error
        except HTTPException as error:
            raise self._reach.refused("no HTTP", lasting=False) from error
        except OSError as error:
            raise self._reach.failed(error) from error
        finally:
            connection.close()
        self._judge(answer, said, post.at)

    def _connected(self) -> Any:  # noqa: ANN401 - a socket, encrypted or not
        plain = self._reach.connected()
        if not self._origin.encrypted:
            return plain
        return self._reach.context().wrap_socket(plain, server_hostname=self._origin.host)

    def _headers(self, post: Post, body: bytes) -> Mapping[str, str]:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Wallboard",
            "Accept": "*/*",
            "Connection": "close",
            "Idempotency-Key": post.post_id,
        }
        if self._key:
            headers[SIGNATURE] = signature(self._key, body, post.at)
        if self._authorization:
            headers["Authorization"] = self._authorization
        return headers

    def _judge(self, answer: HTTPResponse, said: bytes, now: datetime) -> None:
        status = answer.status
        if 200 <= status < 300:
            return
        words = f"{status} {said[:200].decode(errors='replace')}"
        where = {"host": self._origin.host, "port": self._origin.port}
        if 300 <= status < 400:
            target = _target(answer.getheader("Location", ""))
            raise NotDelivered(fault(FaultKind.REDIRECTED, **where, target=target), lasting=True)
        if status in (401, 403):
            raise self._reach.not_signed_in()
        if status == 429 or status >= 500:
            raise self._reach.server_failed(words, _rest(answer.getheader("Retry-After"), now))
        # "Not now" and "too early" are not "never".
        raise self._reach.refused(words, lasting=status not in (408, 425))


def _target(location: str) -> str:
    """Return the origin that we are sent to; empty if it is told in another way."""
    try:
        where: Origin = address_of(location.partition("?")[0].partition("#")[0])[0]
    except AddressUnusable:
        return ""
    return str(where)


def _rest(told: str | None, now: datetime) -> timedelta | None:
    """Return how long a server wants to be left alone, an hour at the most."""
    if told is None:
        return None
    if told.isascii() and told.isdigit():
        # No more digits than such a number can have: longer ones Python refuses to read.
        return min(timedelta(seconds=int(told[:9])), _LONGEST_REST)
    try:
        until = parsedate_to_datetime(told)
        rest = until - now
    except (ValueError, TypeError):
        return None
    return min(max(rest, timedelta()), _LONGEST_REST)


KIND: Final = WayKind(
    key="webhook",
    label="Webhook",
    together=1,
    made=Webhook,
    fields=(
        Field(
            key="address",
            label="Address",
            hint="As https://example.com/alerts; each event is posted there as JSON",
            required=True,
            binds=True,
        ),
        Field(
            key="key",
            label="Key of the signature",
            hint="Signs each message (HMAC-SHA256); empty for none",
            secret=True,
        ),
        Field(
            key="authorization",
            label="Authorization",
            hint="The whole header, as in Bearer …; empty for none",
            secret=True,
        ),
        Field(
            key="ca",
            label="Certificate to trust",
            hint="Path of the server's certificate or of its CA; empty for those of this computer",
        ),
    ),
)

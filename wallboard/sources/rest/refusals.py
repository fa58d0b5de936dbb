"""What it means when a connection fails, or an answer is not the one we asked for."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    fault,
)
from wallboard.net.names import NameUnknown
from wallboard.net.origin import AddressUnusable, Origin, address_of

LONGEST_RETRY_AFTER: Final = timedelta(seconds=300)
AGAIN_IF_FORBIDDEN: Final = timedelta(seconds=60)
LONGEST_SAID: Final = 200
LOG_IN_PAGE: Final = "a web page, perhaps one to log in"

# OpenSSL's numbers for a certificate that is good, but for another name or another address.
_OF_ANOTHER: Final = frozenset({62, 64})
_ALERTS: Final = (
    (
        re.compile("CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE"),
        "it asks for a certificate of this computer",
    ),
    (
        re.compile("ALERT_(UNKNOWN_CA|BAD_CERT|CERTIFICATE|UNSUPPORTED_CERT|ACCESS_DENIED)"),
        "it does not accept the certificate of this computer",
    ),
    (
        re.compile("PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|INAPPROPRIATE"),
        "its encryption is too old",
    ),
)


def not_connected(where: Origin, cause: OSError, limit: timedelta) -> SourceUnavailable:
    """Return why there is no connection."""
    if isinstance(cause, NameUnknown):
        return SourceUnavailable(fault(FaultKind.NAME_NOT_FOUND, host=where.host))
    if isinstance(cause, TimeoutError):
        return too_slow(where, limit)
    reason = cause.strerror or type(cause).__name__
    return SourceUnavailable(
        fault(FaultKind.UNREACHABLE, host=where.host, port=where.port, reason=reason)
    )


def too_slow(where: Origin, limit: timedelta) -> SourceUnavailable:
    """Return the error of an answer that is not there within the limit."""
    seconds = f"{limit.total_seconds():.1f}"
    return SourceUnavailable(
        fault(FaultKind.SLOW, host=where.host, port=where.port, seconds=seconds)
    )


def lost(where: Origin) -> SourceUnavailable:
    """Return the error of a connection that ended in the middle."""
    return SourceUnavailable(fault(FaultKind.LOST, host=where.host, port=where.port))


def proxy_refuses(proxy: Origin, reason: str) -> SourceRefused:
    """Return the error of a proxy that does not pass us on."""
    return SourceRefused(
        fault(FaultKind.PROXY, host=proxy.host, port=proxy.port, reason=cut(reason))
    )


def not_trusted(where: Origin, reason: str) -> SourceRefused:
    """Return the error of a certificate that is not good. Nothing was sent to who showed it."""
    return SourceRefused(fault(FaultKind.CERTIFICATE, host=where.host, reason=reason))


def not_ours(where: Origin, said: str) -> SourceRefused:
    """Return the error of something else that answers."""
    return SourceRefused(
        fault(FaultKind.NOT_OUR_PROTOCOL, host=where.host, port=where.port, said=cut(said))
    )


def unreadable(reason: str) -> SourceUnreadable:
    """Return the error of an answer that cannot be read."""
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason))


def not_encrypted(where: Origin, cause: ssl.SSLError) -> SourceError:
    """Return why no encrypted connection was made, or why one ended."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        other = cause.verify_code in _OF_ANOTHER
        return not_trusted(
            where, "it is made out to another name" if other else cause.verify_message
        )
    reason = cause.reason or ""
    if isinstance(cause, ssl.SSLEOFError) or not reason:
        return lost(where)
    for pattern, meaning in _ALERTS:
        if pattern.search(reason):
            return not_trusted(where, meaning)
    return not_ours(where, reason.replace("_", " ").lower())


def redirected(where: Origin, to: str) -> SourceRefused:
    """Return the error of an answer that sends us elsewhere. Nobody goes there.

    Args:
        to: Where; an address, or a path of the same server.
    """
    try:
        target = f"{where}{cut(to.partition('?')[0])}" if to.startswith("/") else _origin_of(to)
    except AddressUnusable:
        target = "?"
    return SourceRefused(
        fault(FaultKind.REDIRECTED, host=where.host, port=where.port, target=target)
    )


def _origin_of(address: str) -> str:
    # What follows the name may hold what is nobody's business.
    return str(address_of(re.split("[?#]", address)[0])[0])


def status_refused(
    where: Origin, status: int, said: str, retry_after: timedelta | None
) -> SourceError:
    """Return the error of an answer whose status says that it is none.

    Args:
        said: By the server, or the status in words.
        retry_after: As asked for. None if it was not.
    """
    words = cut(said) or status_words(status)
    if status == HTTPStatus.FORBIDDEN:
        return SourceUnavailable(
            fault(FaultKind.FORBIDDEN, what=words), retry_after=AGAIN_IF_FORBIDDEN
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = "?" if retry_after is None else round(retry_after.total_seconds())
        return SourceUnavailable(
            fault(FaultKind.THROTTLED, host=where.host, seconds=seconds), retry_after=retry_after
        )
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        return not_ours(where, LOG_IN_PAGE)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SourceUnavailable(fault(FaultKind.SERVER_ERROR, said=words), retry_after=retry_after)
    return not_ours(where, words)


def said_by(body: bytes) -> str:
    """Return what an answer is that should have been JSON and is not."""
    begin = body[:2000].decode(errors="replace").lstrip("\ufeff \t\r\n")
    if begin.startswith("<"):
        return LOG_IN_PAGE
    return cut(begin) or "nothing"


def status_words(status: int) -> str:
    """Return a status as its number and name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after_of(told: str | None, now: datetime) -> timedelta | None:
    """Return what a Retry-After says, 0 to 300 seconds. None if it says nothing.

    Args:
        told: Seconds, or a date.
        now: By the server's clock if it told, else by ours.
    """
    if told is None:
        return None
    text = told.strip()
    if re.fullmatch(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?", text, re.ASCII):
        seconds = float(text)
    else:
        at = http_date(text)
        if at is None:
            return None
        seconds = (at - now).total_seconds()
    return timedelta(seconds=min(max(0.0, seconds), LONGEST_RETRY_AFTER.total_seconds()))


def http_date(text: str | None) -> datetime | None:
    """Return the instant of a header, in UTC. None if it is none."""
    try:
        at = parsedate_to_datetime(text or "")
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def cut(said: str) -> str:
    """Return a stranger's words on one line, no more of them than somebody reads."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in said[:2000]).split())
    return plain if len(plain) <= LONGEST_SAID else plain[: LONGEST_SAID - 1] + "…"

"""What a server's refusal means, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    fault,
)
from wallboard.sources.asterisk.client import Address
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.http_client import Answer

_ELSEWHERE: Final = frozenset({301, 302, 303, 307, 308})
_MOST_DIGITS: Final = 6


def is_list(answer: Message) -> bool:
    """Return whether an answer is the head of a list."""
    return answer.get("Response") == "Success" and answer.get("EventList", "").lower() == "start"


def sign_in_refused(where: Address, username: str, answer: Message) -> SourceError:
    """Return why the server did not let us in.

    A server that allows one session at a time still holds the one that was lost, for a while:
    that is no reason to stop trying.
    """
    said = answer.get("Message", "")
    if said and "authentication" not in said.lower():
        return SourceUnavailable(fault(FaultKind.SERVER_ERROR, said=said))
    return SourceRefused(fault(FaultKind.SIGN_IN, host=where.host, username=username))


def queues_refused(where: Address, answer: Message) -> SourceError:
    """Return why the server did not tell its queues. A success without a list is no answer."""
    said = answer.get("Message", "")
    if answer.get("Response") == "Success":
        reason = "no list of queues; Asterisk 13 or newer is needed"
        return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason))
    if "unknown command" in said.lower():
        # The server lets us in before it has loaded its queues.
        return SourceUnavailable(fault(FaultKind.NOT_READY, host=where.host))
    if "permission" in said.lower():
        return SourceRefused(fault(FaultKind.FORBIDDEN, what="QueueStatus", right="read = agent"))
    return SourceUnavailable(fault(FaultKind.SERVER_ERROR, said=said))


def too_slow(where: Address, limit: timedelta) -> SourceUnavailable:
    """Return that there was no answer within the limit."""
    seconds = f"{limit.total_seconds():.1f}"
    return SourceUnavailable(
        fault(FaultKind.SLOW, host=where.host, port=where.port, seconds=seconds)
    )


def web_refused(where: Address, path: str, answer: Answer) -> SourceError:
    """Return why a web server did not let us through to its manager."""
    at = {"host": where.host, "port": where.port}
    status = answer.status
    if status == HTTPStatus.NOT_FOUND:
        return SourceRefused(fault(FaultKind.NOT_SERVED, **at, path=path))
    if status in _ELSEWHERE:
        target = _origin(answer.get("location"))
        return SourceRefused(fault(FaultKind.REDIRECTED, **at, target=target))
    said = f"HTTP {status} {answer.reason[:80]}".strip()
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SourceUnavailable(
            fault(FaultKind.SERVER_ERROR, said=said), retry_after=_retry_after(answer)
        )
    return SourceRefused(fault(FaultKind.NOT_OUR_PROTOCOL, **at, said=said))


def _origin(location: str) -> str:
    """Return where a location is, without what it may tell of a path, a name or a password."""
    try:
        target = urlsplit(location)
    except ValueError:
        return "?"
    place = target.netloc.rpartition("@")[2][:200]
    return f"{target.scheme}://{place}" if place else "?"


def _retry_after(answer: Answer) -> timedelta | None:
    """Return how long a server asks us to wait, where it says so in seconds."""
    told = answer.get("retry-after")
    if not told.isascii() or not told.isdigit() or len(told) > _MOST_DIGITS:
        return None
    return timedelta(seconds=int(told))

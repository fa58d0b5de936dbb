"""What AMI's rows say, read with every field optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.domain.snapshot import AgentId
from wallboard.sources.asterisk.codec import Message

_NOBODY: Final = frozenset({"", "<unknown>", "unknown", "anonymous", "s"})
_HINT: Final = re.compile(r"hint:([^@]+)@", re.IGNORECASE)
_LOCAL: Final = re.compile(r"Local/([^@/]+)@[^/]*(/n)?(;\d)?$", re.IGNORECASE)
_DEVICE: Final = re.compile(r"[A-Za-z0-9_]+/([^/@]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One membership: an interface in a queue.

    Attributes:
        person: Who it is, the same in every queue he is in. See `person_of`.
        resolved: False if only the interface itself could be taken for the person.
        status: Of the device, 0 to 8, as Asterisk numbers them.
        paused_at, last_call_at, logged_in_at: On our clock, whole seconds. None if never.
        wrap_up: The member's own; None means that the queue's holds, which nobody tells.
    """

    queue: str
    interface: str
    name: str
    person: AgentId
    resolved: bool
    status: int
    paused: bool
    reason: str | None
    paused_at: datetime | None
    last_call_at: datetime | None
    logged_in_at: datetime | None
    wrap_up: timedelta | None
    in_call: bool


def member_of(row: Message, skew: timedelta = timedelta()) -> Member | None:
    """Return a membership, from a QueueMember row or a QueueMember… event. None if unreadable.

    Args:
        skew: How much the server's clock is ahead of ours.
    """
    queue = row.get("Queue", "")
    interface = row.get("Interface") or row.get("Location") or ""
    if not queue or not interface:
        return None
    name = row.get("MemberName") or row.get("Name") or ""
    person, resolved = person_of(interface, row.get("StateInterface", ""))
    wrap_up = whole(row.get("Wrapuptime"))
    reason = row.get("PausedReason") or row.get("Reason") or ""
    return Member(
        queue=queue,
        interface=interface,
        name="" if name == interface else name,
        person=person,
        resolved=resolved,
        status=whole(row.get("Status")) or 0,
        paused=row.get("Paused") == "1",
        reason=reason or None,
        paused_at=epoch(row.get("LastPause"), skew),
        last_call_at=epoch(row.get("LastCall"), skew),
        logged_in_at=epoch(row.get("LoginTime"), skew),
        wrap_up=timedelta(seconds=wrap_up) if wrap_up else None,
        in_call=row.get("InCall") == "1",
    )


def person_of(interface: str, state_interface: str = "") -> tuple[AgentId, bool]:
    """Return who is behind an interface, and whether more than the interface itself says so.

    `PJSIP/1005`, `SIP/1005`, `Local/1005@from-queue/n` and whatever has the state interface
    `hint:1005@ext-local` are the one person at extension 1005.
    """
    for text in (state_interface, interface):
        for pattern in (_HINT, _LOCAL, _DEVICE):
            found = pattern.match(text)
            if found:
                return AgentId(found[1]), True
    return AgentId(interface), False


def channel_device(channel: str) -> str:
    """Return the device of a channel: `PJSIP/1005-0000002e` is on `PJSIP/1005`."""
    return channel.rpartition("-")[0] or channel


def known(text: str | None) -> str | None:
    """Return a caller's name or number, or None where AMI says in one of its ways: unknown."""
    if text is None or text.lower() in _NOBODY:
        return None
    # Where it comes from a configuration file AMI escapes apostrophes and quotes.
    return text.replace("\\'", "'").replace('\\"', '"')


def whole(text: str | None) -> int | None:
    """Return a whole number that is not negative and not absurd, or None."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return None
    return int(text)


def seconds(text: str | None) -> timedelta | None:
    """Return whole seconds as a duration, or None."""
    number = whole(text)
    return None if number is None or number > 10**8 else timedelta(seconds=number)


def epoch(text: str | None, skew: timedelta = timedelta()) -> datetime | None:
    """Return an instant on our clock from whole seconds since the epoch on the server's.

    None for 0, which means never.
    """
    number = whole(text)
    return datetime.fromtimestamp(number, UTC) - skew if number and number < 2**37 else None

"""What AMI's rows say, read with every field optional."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.domain.snapshot import AgentId
from wallboard.sources.asterisk.codec import Message

# Longer texts are no names: Asterisk itself keeps 80 letters. Who sends them wants to do harm.
LONGEST: Final = 512

_NOBODY: Final = frozenset({"", "<unknown>", "unknown", "anonymous", "s"})
_HINT: Final = re.compile(r"hint:([^@]+)(@|$)", re.IGNORECASE)
_LOCAL: Final = re.compile(r"Local/([^@/]+)@[^/]*(/[a-z]+)?(;\d)?$", re.IGNORECASE)
_DEVICE: Final = re.compile(r"[A-Za-z0-9_]+/([^/@]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One membership: an interface in a queue.

    Attributes:
        person: Who it is, the same in every queue he is in. See `person_of`.
        state_interface: The device whose state counts; the interface itself where no other is told.
        resolved: False if only the interface itself could be taken for the person.
        status: Of the device, 0 to 8, as Asterisk numbers them.
        vague: True if the status tells nothing: that of a Local channel without a device behind.
        paused_at, last_call_at, logged_in_at: On our clock, whole seconds. None if never.
        wrap_up: The member's own; None means that the queue's holds, which nobody tells.
    """

    queue: str
    interface: str
    state_interface: str
    name: str
    person: AgentId
    resolved: bool
    status: int
    vague: bool
    paused: bool
    reason: str | None
    paused_at: datetime | None
    last_call_at: datetime | None
    logged_in_at: datetime | None
    wrap_up: timedelta | None
    in_call: bool

    @property
    def key(self) -> tuple[str, str]:
        """What no other membership has: the queue and the interface."""
        return self.queue, self.interface


@dataclass(slots=True)
class Directory:
    """Who is behind an interface, as far as the members' rows have told."""

    persons: dict[str, AgentId] = field(default_factory=dict)

    def learn(self, member: Member) -> None:
        """Remember who is behind a member's interface."""
        self.persons[_bare(member.interface)] = member.person

    def person(self, interface: str) -> AgentId:
        """Return who is behind an interface, or behind the device of a channel."""
        return self.persons.get(_bare(interface)) or person_of(interface)[0]

    def person_on(self, channel: str) -> AgentId:
        """Return whose phone a channel is on."""
        return self.person(channel_device(channel))


def member_of(row: Message, skew: timedelta = timedelta()) -> Member | None:
    """Return a membership, from a QueueMember row or a QueueMember… event. None if unreadable.

    Args:
        skew: How much the server's clock is ahead of ours.
    """
    queue = row.get("Queue", "")
    interface = row.get("Interface") or row.get("Location") or ""
    if not 0 < len(queue) <= LONGEST or not 0 < len(interface) <= LONGEST:
        return None
    name = row.get("MemberName") or row.get("Name") or ""
    state_interface = row.get("StateInterface") or interface
    person, resolved = person_of(interface, state_interface)
    wrap_up = seconds(row.get("Wrapuptime"))
    reason = row.get("PausedReason") or row.get("Reason") or ""
    return Member(
        queue=queue,
        interface=interface,
        state_interface=state_interface,
        name="" if name == interface else name[:LONGEST],
        person=person,
        resolved=resolved,
        status=whole(row.get("Status")) or 0,
        vague=state_interface.lower().startswith("local/"),
        paused=row.get("Paused") == "1",
        reason=reason[:LONGEST] or None,
        paused_at=epoch(row.get("LastPause"), skew),
        last_call_at=epoch(row.get("LastCall"), skew),
        logged_in_at=epoch(row.get("LoginTime"), skew),
        wrap_up=wrap_up or None,
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
    return text[:LONGEST].replace("\\'", "'").replace('\\"', '"')


def called(row: Message) -> tuple[str, str] | None:
    """Return the caller's Uniqueid and the queue of an event. None if one of them is missing."""
    uniqueid, queue = row.get("Uniqueid", ""), row.get("Queue", "")
    if not 0 < len(uniqueid) <= LONGEST or not 0 < len(queue) <= LONGEST:
        return None
    return uniqueid, queue


def whole(text: str | None) -> int | None:
    """Return a whole number that is not negative and not absurd, or None."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return None
    return int(text)


def seconds(text: str | None) -> timedelta | None:
    """Return whole seconds as a duration, or None. More than three years are no duration."""
    number = whole(text)
    return None if number is None or number > 10**8 else timedelta(seconds=number)


def epoch(text: str | None, skew: timedelta = timedelta()) -> datetime | None:
    """Return an instant on our clock from whole seconds since the epoch on the server's.

    None for 0, which means never, and for what is no instant.
    """
    number = whole(text)
    if not number:
        return None
    return instant(number, skew)


def stamp(row: Message, skew: timedelta = timedelta()) -> datetime | None:
    """Return the instant in the field Timestamp, on our clock. None if there is none to read."""
    try:
        number = float(row.get("Timestamp", ""))
    except ValueError:
        return None
    return instant(number, skew)


def instant(number: float, skew: timedelta = timedelta()) -> datetime | None:
    """Return an instant on our clock from seconds since the epoch. None if there is none such."""
    try:
        return datetime.fromtimestamp(number, UTC) - skew
    except (ValueError, OverflowError, OSError):
        return None


def _bare(interface: str) -> str:
    """Return an interface as its channels are named: `Local/1005@from-queue/n` without `/n`."""
    if interface.lower().startswith("local/"):
        return interface.rpartition("/")[0] if interface.count("/") > 1 else interface
    return interface

"""Which channel is the one that is meant, in the rows of a look at all channels; pure.

The rules, in prose:

* A call is known by its caller's channel, and that by its unique id. All legs of a call have one
  linked id; what it is now, the caller's row says, for a call that is passed on may get another.
* The agent's leg is the one that is up and on the agent's own phone. Where the queue calls a Local
  channel, the phone behind it is that leg.
* Where the phone is not the agent's, as a mobile behind a trunk, it is the leg that the queue said
  had answered.
* More than one such leg, or none: nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wallboard.domain.snapshot import AgentId
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.visit import Visit
from wallboard.sources.asterisk.why_not import (
    CALL_ENDED,
    NO_CALL,
    NO_CALLER,
    NO_CHANNEL,
    SEVERAL_CALLS,
    NotDone,
)

STAYS: Final = "AgentLogin"
"""Application of an agent's channel that is there before a call and after it: what listens to it
would be in the agent's next call."""
SPIES: Final = frozenset({"ChanSpy", "ExtenSpy"})
"""Applications of a channel that listens to another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One channel, told so that it can be no other.

    Attributes:
        uniqueid: No other channel ever has it.
        bridge: What it is connected in. Empty if in nothing.
    """

    channel: str
    uniqueid: str
    bridge: str = ""


def callers_leg(rows: Sequence[Message], visit: Visit) -> Leg:
    """Return the channel of a caller.

    Raises:
        NotDone: It is gone.
    """
    return _leg(_callers_row(rows, visit))


def agents_leg(rows: Sequence[Message], visit: Visit, person_on: Callable[[str], AgentId]) -> Leg:
    """Return the channel of the agent who talks to a caller.

    Args:
        person_on: Whose phone a channel is on.

    Raises:
        NotDone: It is gone, or it cannot be told for sure.
    """
    caller = _callers_row(rows, visit)
    linkedid = caller.get("Linkedid")
    legs = [
        row for row in rows if row is not caller and row.get("Linkedid") == linkedid and _talks(row)
    ]
    own = [row for row in legs if _device(row) and person_on(_name(row)) == visit.agent]
    if len(own) > 1:
        own = [row for row in own if row.get("Uniqueid") == visit.leg]
        if not own:
            raise NotDone(SEVERAL_CALLS)
    if not own:
        own = [row for row in legs if visit.leg and row.get("Uniqueid") == visit.leg]
    if not own:
        raise NotDone(NO_CHANNEL)
    return _leg(own[0])


def leg_of_no_queue(
    rows: Sequence[Message], agent: AgentId, person_on: Callable[[str], AgentId]
) -> Leg:
    """Return the channel of an agent's only call, which is no queue's, and ends with it.

    Raises:
        NotDone: There is none, or more than one.
    """
    own = [
        row
        for row in rows
        if _device(row) and _talks(row) and row.get("BridgeId") and person_on(_name(row)) == agent
    ]
    own = [row for row in own if row.get("Application") != STAYS]
    if len(own) > 1:
        raise NotDone(SEVERAL_CALLS)
    if not own:
        raise NotDone(NO_CALL)
    return _leg(own[0])


def waiters_leg(rows: Sequence[Message], visit: Visit) -> Leg:
    """Return the channel of a caller who waits.

    Raises:
        NotDone: He does not wait any more.
    """
    row = _row_of(rows, visit.uniqueid)
    if row is None or row.get("Application") != "Queue" or row.get("BridgeId"):
        raise NotDone(NO_CALLER)
    return _leg(row)


def begins_another(rows: Iterable[Message], leg: Leg) -> bool:
    """Return whether another channel's name begins with that one's."""
    return any(
        _name(row).lower().startswith(leg.channel.lower()) and row.get("Uniqueid") != leg.uniqueid
        for row in rows
    )


def together(rows: Sequence[Message], one: str, other: str) -> bool:
    """Return whether two channels, told by their unique ids, are connected with each other."""
    first, second = _row_of(rows, one), _row_of(rows, other)
    if first is None or second is None or not first.get("BridgeId"):
        return False
    return first["BridgeId"] == second.get("BridgeId")


def _callers_row(rows: Sequence[Message], visit: Visit) -> Message:
    row = _row_of(rows, visit.uniqueid)
    if row is None:
        raise NotDone(CALL_ENDED)
    return row


def _row_of(rows: Iterable[Message], uniqueid: str) -> Message | None:
    return next((row for row in rows if uniqueid and row.get("Uniqueid") == uniqueid), None)


def _talks(row: Message) -> bool:
    return row.get("ChannelStateDesc") == "Up" and row.get("Application") not in SPIES


def _device(row: Message) -> bool:
    return not _name(row).lower().startswith("local/")


def _name(row: Message) -> str:
    return row.get("Channel", "")


def _leg(row: Message) -> Leg:
    return Leg(channel=_name(row), uniqueid=row.get("Uniqueid", ""), bridge=row.get("BridgeId", ""))

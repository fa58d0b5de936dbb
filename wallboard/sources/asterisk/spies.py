"""Who listens to whom now, by ChanSpy's events and by the channels that run it; pure.

The rules, in prose:

* ChanSpyStart begins it, and ChanSpyStop, or the end of either channel, ends it.
* What began before we looked is found among the channels by the application they run. Its data
  names a channel, by name or unique id, or else the beginning of names: then it is whose channel
  alone begins so. Whose it is cannot be told otherwise, and it is told without an agent.
* In which mode another program listens only the data of its channel tells: a look is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.snapshot import AgentId, CallId
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.sources.asterisk.channels import SPIES
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.rows import LONGEST, channel_device

Whose: TypeAlias = Callable[[str, str], tuple[AgentId | None, CallId | None]]
"""Says in whose call, and in which, a channel is; told by its name and its unique id."""

# Whoever keeps so many phones listening wants our memory.
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spy:
    """One channel that listens to another one.

    Attributes:
        spyee: Unique id of the one it listens to. Empty if it is not known.
    """

    spyer: str
    channel: str
    spyee: str
    spyee_channel: str
    mode: WishKind | None
    since: datetime | None


@dataclass(slots=True)
class Spies:
    """All who listen.

    Attributes:
        own: Our own, with the mode and the phone that we asked for, by unique id.
        muted: Of our own, whether nobody hears the phone; those that cannot be muted are not in it.
        look_wanted: One began whose mode only a look at all channels can tell.
    """

    own: dict[str, tuple[WishKind, str]] = field(default_factory=dict)
    muted: dict[str, bool] = field(default_factory=dict)
    look_wanted: bool = False
    _by: dict[str, Spy] = field(default_factory=dict)

    def take(self, event: Message, at: datetime) -> bool:
        """Take an event. Returns True if somebody began or ended."""
        match event.get("Event"):
            case "ChanSpyStart":
                return self._began(event, at)
            case "ChanSpyStop":
                return self._by.pop(event.get("SpyerUniqueid", ""), None) is not None
            case "Hangup":
                return self._gone(event.get("Uniqueid", ""))
            case _:
                return False

    def _began(self, event: Message, at: datetime) -> bool:
        spyer = event.get("SpyerUniqueid", "")
        if not 0 < len(spyer) <= LONGEST or len(self._by) >= _MOST:
            return False
        own = self.own.get(spyer)
        before = self._by.get(spyer)
        if own is not None:
            mode: WishKind | None = own[0]
        else:
            mode = None if before is None else before.mode
        self._by[spyer] = Spy(
            spyer=spyer,
            channel=event.get("SpyerChannel", ""),
            spyee=event.get("SpyeeUniqueid", ""),
            spyee_channel=event.get("SpyeeChannel", ""),
            mode=mode,
            since=at,
        )
        self.look_wanted |= mode is None
        return True

    def _gone(self, uniqueid: str) -> bool:
        self.own.pop(uniqueid, None)
        self.muted.pop(uniqueid, None)
        ended = [one.spyer for one in self._by.values() if uniqueid in (one.spyer, one.spyee)]
        for spyer in ended:
            del self._by[spyer]
        return bool(ended)

    def forget(self) -> None:
        """The connection is gone: who listens now is not seen."""
        self._by.clear()

    def take_rows(self, rows: Sequence[Message], asked_at: datetime) -> None:
        """Take the channels of a look; what events told since it was asked for stays.

        Args:
            rows: Of CoreShowChannels.
        """
        self.look_wanted = False
        listening = {
            row.get("Uniqueid", ""): row for row in rows if row.get("Application") in SPIES
        }
        for spyer, spy in tuple(self._by.items()):
            if spyer not in listening and (spy.since is None or spy.since < asked_at):
                del self._by[spyer]
        for spyer, row in tuple(listening.items())[:_MOST]:
            self._found(spyer, row, rows)

    def _found(self, spyer: str, row: Message, rows: Sequence[Message]) -> None:
        target, _, options = row.get("ApplicationData", "").partition(",")
        mode = _mode_of(options)
        known = self._by.get(spyer)
        if known is not None:
            if known.mode is None:
                self._by[spyer] = replace(known, mode=mode)
            return
        channels = _meant(target, spyer, rows)
        if not spyer or not channels:
            return  # it waits for a call to listen to
        sure = channels[0] if len(channels) == 1 else {}
        self._by[spyer] = Spy(
            spyer=spyer,
            channel=row.get("Channel", ""),
            spyee=sure.get("Uniqueid", ""),
            spyee_channel=sure.get("Channel", ""),
            mode=mode,
            since=None,
        )

    def monitorings(self, whose: Whose) -> tuple[Monitoring, ...]:
        """Return who listens now, in the order they began."""
        return tuple([self._told(spy, whose) for spy in self._by.values()])

    def _told(self, spy: Spy, whose: Whose) -> Monitoring:
        agent_id, call_id = whose(spy.spyee_channel, spy.spyee)
        own = self.own.get(spy.spyer)
        return Monitoring(
            monitoring_id=spy.spyer,
            agent_id=agent_id,
            call_id=call_id,
            mode=spy.mode,
            phone=channel_device(spy.channel)[:LONGEST] if own is None else own[1],
            own=own is not None,
            since=spy.since,
            muted=self.muted.get(spy.spyer),
        )


def _meant(target: str, spyer: str, rows: Iterable[Message]) -> list[Message]:
    """Return the channels that a spying channel's data may mean."""
    others = [row for row in rows if row.get("Uniqueid") != spyer]
    named = [row for row in others if target in (row.get("Channel"), row.get("Uniqueid"))]
    return named or [row for row in others if row.get("Channel", "").startswith(target)]


def _mode_of(options: str) -> WishKind:
    bare = _without_arguments(options)
    if "B" in bare:
        return WishKind.BARGE
    return WishKind.WHISPER if "w" in bare or "W" in bare else WishKind.LISTEN


def _without_arguments(options: str) -> str:
    """Return the letters of options, without what some have in brackets."""
    bare, depth = "", 0
    for letter in options:
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            bare += letter
    return bare

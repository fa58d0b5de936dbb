"""A supervisor at a small PBX, over a real socket: what is sent, and what comes of it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import timedelta

from support.ami_server import Pbx
from support.ami_story import Row
from wallboard.domain.errors import SourceError
from wallboard.domain.snapshot import AgentId, CallId
from wallboard.domain.source import Fetched
from wallboard.domain.supervision import Wish, WishKind, WishResult
from wallboard.sources.asterisk.source import AsteriskSource

ALICE = AgentId("1001")
LEG = "1.2"


class Desk:
    """A supervisor at a PBX where Alice talks to a caller of the queue support."""

    def __init__(self, pbx: Pbx, source: AsteriskSource, interrupt: socket.socket) -> None:
        self.pbx = pbx
        self.source = source
        self.interrupt = interrupt
        self.results: list[WishResult] = []
        self.last = source.fetch()

    def until(self, holds: Callable[[Fetched], bool], within_s: float = 10) -> Fetched:
        end = time.monotonic() + within_s
        while not holds(self.look()):
            assert time.monotonic() < end, f"not within {within_s} s: {self.last}"
            self.source.wait(timedelta(seconds=0.1), self.interrupt)
        return self.last

    def look(self) -> Fetched:
        try:
            self.last = self.source.fetch()
        except SourceError:
            return self.last
        self.results += self.last.results
        return self.last

    @property
    def call(self) -> CallId:
        return next(one.call_id for one in self.last.snapshot.calls.values() if one.agent_id)

    def begin(self, kind: WishKind = WishKind.LISTEN, **more: object) -> Wish:
        """Ask for what rings the phone; it has been sent when this returns."""
        told: dict[str, object] = {"agent_id": ALICE, **more}
        if "call_id" not in told:
            told["call_id"] = self.call
        wish = Wish(kind=kind, **told)  # type: ignore[arg-type]
        count = len(self.sent("Originate"))
        assert self.source.supervise(wish) is None
        end = time.monotonic() + 5
        while len(self.sent("Originate")) == count:
            assert time.monotonic() < end
            self.look()
        return wish

    def refused(self, kind: WishKind, **more: object) -> str:
        told: dict[str, object] = {"agent_id": ALICE, "call_id": self.call, **more}
        result = self.source.supervise(Wish(kind=kind, **told))  # type: ignore[arg-type]
        assert result is not None
        assert not result.done
        assert result.known
        assert self.sent("Originate") == []
        return result.reason

    def outcome(self, wish: Wish) -> tuple[bool, bool, str]:
        """Return what comes of a wish: whether it was done, whether that is known, and why not."""
        self.until(lambda _: any(one.wish == wish for one in self.results))
        (result,) = self.results
        self.results.clear()
        return result.done, result.known, result.reason

    def sent(self, action: str) -> list[Row]:
        return [one for one in self.pbx.asked if one["Action"] == action]

    def hung_up_on(self) -> str:
        """Return the channel that is asked to end first, once that has arrived."""
        self.until(lambda _: bool(self.sent("Hangup")))
        return self.sent("Hangup")[0]["Channel"]

    @property
    def channel_id(self) -> str:
        return self.sent("Originate")[-1]["ChannelId"]

    # --- what the PBX tells -----------------------------------------------------------------

    def answered(self, response: str = "Success", reason: str = "4") -> None:
        last = self.sent("Originate")[-1]
        told = {"Event": "OriginateResponse", "ActionID": last["ActionID"], "Response": response}
        self.pbx.emit(told | {"Reason": reason, "Uniqueid": last["ChannelId"]})

    def spies(self, name: str = "ChanSpyStart", spyee: str = LEG, spyer: str = "") -> None:
        told = {"SpyerChannel": "PJSIP/9001-00000001", "SpyerUniqueid": spyer or self.channel_id}
        of = {"SpyeeChannel": "PJSIP/1001-0000002a", "SpyeeUniqueid": spyee}
        self.pbx.emit({"Event": name, **told, **of})

    def hangs_up(self, uniqueid: str = "", cause: str = "16") -> None:
        self.pbx.emit({"Event": "Hangup", "Uniqueid": uniqueid or self.channel_id, "Cause": cause})

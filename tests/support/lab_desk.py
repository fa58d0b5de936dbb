"""A supervisor at a real PBX: asks, and follows what comes of it as the program does."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self, TypeVar

from support.asterisk_lab import AsteriskLab
from wallboard.app.clock import system_clock
from wallboard.domain.errors import SourceError
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Agent, AgentId, CallId
from wallboard.domain.source import Fetched
from wallboard.domain.supervision import Wish, WishKind, WishResult
from wallboard.sources.asterisk import KIND

_Found = TypeVar("_Found")


class LabDesk:
    """One connection of the product to the lab's PBX.

    Attributes:
        last: What was fetched last.
        facts: All that ended so far.
    """

    def __init__(self, lab: AsteriskLab, account: str = "supervisor", **more: str) -> None:
        told = {**lab.told(account), "phone": "PJSIP/9001", **more}
        self.source = KIND.connect(told, system_clock())
        self._interrupt = socket.socketpair()
        self._results: list[WishResult] = []
        self.facts: list[CallRecord] = []
        self.last = self.source.fetch()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.source.close()
        for one in self._interrupt:
            one.close()

    def look(self) -> Fetched:
        """Fetch once; what came of wishes is kept."""
        self.last = self.source.fetch()
        self._results += self.last.results
        self.facts += [one for one in self.last.facts if isinstance(one, CallRecord)]
        return self.last

    def until(self, found: Callable[[Fetched], _Found | None], within_s: float = 15) -> _Found:
        """Follow until something is found."""
        end = time.monotonic() + within_s
        while True:
            with suppress(SourceError):
                result = found(self.look())
                if result:
                    return result
            assert time.monotonic() < end, f"not within {within_s} s: {self.last}"
            self.source.wait(timedelta(seconds=0.1), self._interrupt[0])

    def until_lost(self, within_s: float = 10) -> None:
        """Follow until the connection is lost."""
        end = time.monotonic() + within_s
        try:
            while time.monotonic() < end:
                self.look()
                self.source.wait(timedelta(seconds=0.1), self._interrupt[0])
        except SourceError:
            return
        raise AssertionError(f"it is not lost within {within_s} s")

    def pass_by(self, seconds: float) -> None:
        """Follow for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.look()
            self.source.wait(timedelta(seconds=min(left, 0.1)), self._interrupt[0])

    def talk(self, number: str) -> Agent:
        """Wait until an agent talks to that customer, and return who."""

        def talking(fetched: Fetched) -> Agent | None:
            calls = {
                call.call_id: call.agent_id
                for call in fetched.snapshot.calls.values()
                if call.caller_number == number and call.agent_id is not None
            }
            agents = fetched.snapshot.agents
            return next((agents[one] for one in calls.values() if agents[one].call_id), None)

        return self.until(talking)

    def begin(self, kind: WishKind, agent: Agent | None = None, **more: object) -> Wish:
        """Wish for something that is under way then."""
        wish = self.wish(kind, agent, **more)
        result = self.source.supervise(wish)
        assert result is None, result
        return wish

    def ask(self, kind: WishKind, agent: Agent | None = None, **more: object) -> WishResult:
        """Wish for something, and return what came of it."""
        wish = self.wish(kind, agent, **more)
        return self.source.supervise(wish) or self.outcome(wish)

    def outcome(self, wish: Wish, within_s: float = 25) -> WishResult:
        """Wait for what comes of a wish."""

        def told(_: Fetched) -> WishResult | None:
            return next((one for one in self._results if one.wish == wish), None)

        result = self.until(told, within_s)
        self._results.remove(result)
        return result

    def wish(self, kind: WishKind, agent: Agent | None, **more: object) -> Wish:
        agent_id = AgentId("") if agent is None else agent.agent_id
        call_id: CallId | None = None if agent is None else agent.call_id
        told: dict[str, object] = {"agent_id": agent_id, "call_id": call_id, **more}
        return Wish(kind=kind, **told)  # type: ignore[arg-type]

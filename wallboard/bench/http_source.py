"""A source that polls a huge site over HTTP, as a source's process of the program."""

from __future__ import annotations

import select
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from random import SystemRandom
from typing import Final

from wallboard.app import system_clock
from wallboard.bench.json_shape import JsonShape
from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import Call, CallId, Snapshot
from wallboard.domain.source import Fetched, Finding, Interrupt, SourceKind, Told
from wallboard.domain.supervision import Wish, WishResult
from wallboard.runtime.source_process import run_source_process

COMMAND: Final = (sys.executable, "-m", "wallboard.bench.http_source")
POLL: Final = timedelta(seconds=1)
_TARGET: Final = timedelta(seconds=20)


class HttpSource:
    """Gets the document, reads what changed, and books calls that are over."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=4)
        self._shape = JsonShape()

    def fetch(self) -> Fetched:
        """Return the picture that the server tells."""
        try:
            self._connection.request("GET", "/")
            document = self._connection.getresponse().read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise SourceUnavailable(fault(FaultKind.UNREACHABLE, reason=error)) from error
        told = self._shape.read(document)
        before, snapshot, change = told.since, told.snapshot, told.change
        facts: tuple[CallRecord, ...] = ()
        if before is not None and change is not None:
            facts = tuple(ended(before, snapshot, change.calls_gone))
        return Fetched(snapshot=snapshot, facts=facts, since=before, change=change)

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return after the pause, or when interrupted."""
        select.select([interrupt], [], [], pause.total_seconds())

    def supervise(self, wish: Wish) -> WishResult:
        """Do nothing: the site only pretends."""
        return WishResult(wish=wish, done=False)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def ended(before: Snapshot, after: Snapshot, gone: Iterable[CallId]) -> Iterator[CallRecord]:
    """Yield the calls that are over from one picture to the next, of which it is known which."""
    for key in gone:
        yield _record(before.calls[key], after)


def _record(call: Call, after: Snapshot) -> CallRecord:
    entered = call.entered_at or after.as_of
    answered = call.answered_at
    return CallRecord(
        fact_id=FactId(call.call_id),
        call_id=call.call_id,
        queue_id=call.queue_id,
        entered_at=entered,
        ended_at=after.as_of,
        ending=Ending.ABANDONED if answered is None else Ending.ANSWERED,
        wait=(answered or after.as_of) - entered,
        target=_TARGET,
        talk=None if answered is None else after.as_of - answered,
        agent_id=call.agent_id,
    )


def _connect(told: Told, clock: Clock) -> HttpSource:
    del clock
    return HttpSource(int(told["port"]))


def _check(told: Told, clock: Clock) -> Iterator[Finding]:
    del told, clock
    return iter(())


KIND: Final = SourceKind(
    key="bench-http",
    label="Huge site",
    fields=(),
    poll=POLL,
    connect=_connect,
    check=_check,
)


def _only(_key: str) -> SourceKind:
    return KIND


if __name__ == "__main__":
    sys.exit(run_source_process(sys.stdin.buffer, _only, system_clock(), SystemRandom()))

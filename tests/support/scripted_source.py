"""A source's process whose kinds are scripts; the tests start it in place of the real program."""

from __future__ import annotations

import json
import os
import select
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from wallboard.app import system_clock
from wallboard.domain.clock import Clock
from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    fault,
)
from wallboard.domain.facts import CallRecord, Ending, FactId, Retraction
from wallboard.domain.snapshot import Call, CallId, Queue, QueueId, Snapshot
from wallboard.domain.source import Fetched, Finding, Interrupt, SourceKind, Told
from wallboard.domain.supervision import Monitoring, Wish, WishKind, WishResult
from wallboard.runtime.source_process import run_source_process

SALES = QueueId("sales")


ERRORS: Final[Mapping[str, SourceError]] = {
    "unavailable": SourceUnavailable(fault(FaultKind.UNREACHABLE, host="pbx")),
    "later": SourceUnavailable(
        fault(FaultKind.NOT_READY, host="pbx"), retry_after=timedelta(minutes=1)
    ),
    "refused": SourceRefused(fault(FaultKind.SIGN_IN, host="pbx", username="wall")),
    "unreadable": SourceUnreadable(fault(FaultKind.BAD_DATA, reason="a riddle")),
}


@dataclass(slots=True)
class Scripted:
    """Does one word of its script a fetch; the last one for ever.

    Words: a number n (n callers wait, and n calls have ended), `unavailable`, `later` (asks to
    wait for a minute), `refused`, `unreadable`, `surrogate` (text that is no Unicode), `spoilt`
    (the same, with a call that has ended, and another one that cannot be told itself), `bug`,
    `exit`, `hang`. How often it was asked is kept in a file, so that a new process goes on where
    the one before ended.
    """

    folder: Path
    clock: Clock
    eager: bool
    ringing: Wish | None = None

    def fetch(self) -> Fetched:
        fetched = self._fetched()
        # It is picked up when somebody says so.
        if self.ringing is None or not (self.folder / "picked up").exists():
            return fetched
        wish, self.ringing = self.ringing, None
        return replace(
            fetched,
            results=(WishResult(wish=wish, done=True),),
            monitorings=(Monitoring(monitoring_id="m", agent_id=wish.agent_id, own=True),),
            lacks=((WishKind.MESSAGE, "write = message"),),
        )

    def _fetched(self) -> Fetched:
        with (self.folder / "asked").open("a") as asked:
            asked.write(f"begin {time.monotonic()}\n")
        words = json.loads((self.folder / "script").read_text())
        count = (self.folder / "asked").read_text().count("begin")
        try:
            return self._do(words[min(count, len(words)) - 1])
        finally:
            with (self.folder / "asked").open("a") as asked:
                asked.write(f"end {time.monotonic()}\n")

    def _do(self, word: str | int) -> Fetched:
        if isinstance(word, int):
            return self._picture(word)
        if word in ERRORS:
            raise ERRORS[word]
        match word:
            case "unseen" | "back":
                now = self.clock.now().wall
                seen = replace(_ended("unseen", now), ending=Ending.UNKNOWN)
                back = Retraction(
                    fact_id=seen.fact_id, queue_id=seen.queue_id, entered_at=seen.entered_at
                )
                return Fetched(
                    snapshot=Snapshot(as_of=now, queues=_queues()),
                    facts=() if word == "back" else (seen,),
                    retracted=(back,) if word == "back" else (),
                )
            case "surrogate":
                queue = Queue(queue_id=SALES, name="\udc80")
                now = self.clock.now().wall
                return Fetched(snapshot=Snapshot(as_of=now, queues={SALES: queue}))
            case "spoilt":
                queue = Queue(queue_id=SALES, name="\udc80")
                now = self.clock.now().wall
                facts = (_ended("kept", now), _ended("\udc80", now))
                return Fetched(snapshot=Snapshot(as_of=now, queues={SALES: queue}), facts=facts)
            case "exit":
                os._exit(3)
            case "hang":
                threading.Event().wait(600)
        raise RuntimeError("the password is hunter2")

    def _picture(self, count: int) -> Fetched:
        # The same from process to process, as a real server would tell it.
        now = self.clock.now().wall
        begun = datetime.fromtimestamp((self.folder / "script").stat().st_mtime, UTC)
        calls = {
            CallId(f"w{n}"): Call(call_id=CallId(f"w{n}"), queue_id=SALES, entered_at=begun)
            for n in range(count)
        }
        facts = tuple(_ended(f"f{n}", begun) for n in range(count))
        queue = Queue(queue_id=SALES, name="Sales", target=timedelta(seconds=20))
        return Fetched(
            snapshot=Snapshot(as_of=now, queues={SALES: queue}, calls=calls), facts=facts
        )

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        select.select([interrupt], [], [], 0 if self.eager else pause.total_seconds())

    def supervise(self, wish: Wish) -> WishResult | None:
        """Do it, or what the reason says: refused, later, unavailable, exit, odd, rings."""
        with (self.folder / "wishes").open("a") as asked:
            asked.write(f"{wish.agent_id}\n")
        match wish.reason:
            case "refused":
                return WishResult(wish=wish, done=False, reason="scripted")
            case "odd":
                return WishResult(wish=wish, done=False, reason="\udc80" + "x" * 5000)
            case "rings":
                self.ringing = wish
                return None
            case "later":
                threading.Event().wait(1)
            case "unavailable":
                raise ERRORS["unavailable"]
            case "exit":
                os._exit(3)
        return WishResult(wish=wish, done=True)

    def resume(self, snapshot: Snapshot) -> None:
        (self.folder / "resumed").write_text(" ".join(sorted(snapshot.calls)))

    def close(self) -> None:
        (self.folder / "closed").touch()


def _queues() -> dict[QueueId, Queue]:
    return {SALES: Queue(queue_id=SALES, name="Sales", target=timedelta(seconds=20))}


def _ended(name: str, at: datetime) -> CallRecord:
    return CallRecord(
        fact_id=FactId(name),
        call_id=CallId(name),
        queue_id=SALES,
        entered_at=at,
        ended_at=at,
        ending=Ending.ABANDONED,
    )


def _check(told: Told, clock: Clock) -> Iterator[Finding]:
    return iter(())


def _connected(key: str, told: Told, clock: Clock) -> Scripted:
    folder = Path(told["folder"])
    if (folder / "missing").exists():
        raise SourceRefused(fault(FaultKind.BAD_SETTING, field="file", reason="it is missing"))
    return Scripted(folder=folder, clock=clock, eager=key == "eager")


def kind_of(key: str) -> SourceKind:
    """Return `slow`, `quick` or `eager`: by how often it is polled; `eager` always has news."""
    return SourceKind(
        key=key,
        label=key,
        fields=(),
        poll=timedelta(seconds={"slow": 600, "quick": 0.1, "eager": 5}[key]),
        connect=lambda told, clock: _connected(key, told, clock),
        check=_check,
    )


if __name__ == "__main__":
    sys.exit(run_source_process(sys.stdin.buffer, kind_of, system_clock(), Random(1)))

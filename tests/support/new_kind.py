"""A kind of system that a test makes to its own liking, with a password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.domain.snapshot import Queue, QueueId, Snapshot
from wallboard.domain.source import (
    Fetched,
    Field,
    FieldForm,
    Finding,
    Interrupt,
    Source,
    SourceKind,
    Told,
    Verdict,
)
from wallboard.domain.supervision import Wish, WishResult

PASSWORD = "right-secret"


class OneQueue:
    """A source of one queue that accepts one password."""

    def __init__(self, told: Told, clock: Clock, before_fetch: Callable[[], object]) -> None:
        self._told = told
        self._clock = clock
        self._before_fetch = before_fetch
        self.closed = False

    def fetch(self) -> Fetched:
        self._before_fetch()
        if self._told["secret"] != PASSWORD:
            raise SourceRefused(fault(FaultKind.SIGN_IN, host=self._told["host"], username="me"))
        if not self._told["port"].isdecimal():
            raise SourceRefused(fault(FaultKind.BAD_SETTING, field="port", reason="it is empty"))
        queue = Queue(queue_id=QueueId("q"), name="Queue")
        snapshot = Snapshot(as_of=self._clock.now().wall, queues={queue.queue_id: queue})
        return Fetched(snapshot=snapshot)

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        raise NotImplementedError

    def supervise(self, wish: Wish) -> WishResult:
        raise NotImplementedError

    def close(self) -> None:
        self.closed = True


def new_kind(
    key: str = "made",
    *,
    before_fetch: Callable[[], object] = lambda: None,
    check: Callable[[Told, Clock], Iterator[Finding]] | None = None,
    opened: list[OneQueue] | None = None,
) -> SourceKind:
    """Return a kind.

    Args:
        before_fetch: Called first in each fetch; may wait or raise.
        check: What it finds; otherwise that the server answers.
        opened: Gets every source that is made.
    """
    kept: list[OneQueue] = [] if opened is None else opened

    def connect(told: Told, clock: Clock) -> Source:
        kept.append(OneQueue(told, clock, before_fetch))
        return kept[-1]

    return SourceKind(
        key=key,
        label="Made",
        poll=timedelta(seconds=1),
        connect=connect,
        check=check or _answers,
        fields=(
            Field(key="host", label="Address of the PBX", required=True),
            Field(key="port", label="AMI port", form=FieldForm.NUMBER, default="5038"),
            Field(key="secret", label="AMI secret", secret=True, required=True),
        ),
    )


def _answers(told: Told, _clock: Clock) -> Iterator[Finding]:
    details = (("host", told["host"]),)
    yield Finding(topic="reachable", verdict=Verdict.GOOD, details=details)

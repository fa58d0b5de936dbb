"""What is true now, as one answer of the API: the whole picture, or what changed in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec

from wallboard.api.faults import (
    SourceWord,
    fault_told,
    read_notices,
    read_source,
    source_told,
)
from wallboard.api.flat_rows import Cut, Cutter, NotFlat
from wallboard.api.listing import Listing
from wallboard.api.monitoring import (
    Lacks,
    lacks_told,
    monitoring_told,
    read_lacks,
    read_monitorings,
)
from wallboard.api.protocol import (
    MOST_AGENTS,
    MOST_BAD,
    MOST_CALLS,
    MOST_QUEUES,
    Instant,
    Key,
    believable,
)
from wallboard.api.reading import UNREADABLE, decoded, field_or_none, unreadable
from wallboard.api.rows import agent_of, call_of, queue_of, teller
from wallboard.api.writing import encoded
from wallboard.domain.errors import Fault, SourceUnreadable
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
)
from wallboard.domain.supervision import Monitoring
from wallboard.domain.value import value

__all__ = ["Picture", "PictureReader", "SourceWord", "Taken", "picture_bytes"]

_NOTHING: Final = msgspec.Raw()


class _Gone(msgspec.Struct):
    queues: list[QueueId] = []
    agents: list[AgentId] = []
    calls: list[CallId] = []


class Picture(msgspec.Struct):
    """One answer, its rows not yet read."""

    as_of: Instant
    version: msgspec.Raw = _NOTHING
    since: Key | None = None
    queues: list[msgspec.Raw] = []
    agents: list[msgspec.Raw] = []
    calls: list[msgspec.Raw] = []
    gone: _Gone | None = None
    facts_until: msgspec.Raw = _NOTHING
    source: msgspec.Raw = _NOTHING
    notices: msgspec.Raw = _NOTHING
    monitorings: msgspec.Raw = _NOTHING
    lacks: msgspec.Raw = _NOTHING


@value
class Taken:
    """What is true after one more answer.

    Attributes:
        version: What to ask the changes since. None if the next answer must be whole: the server
            tells no versions, or a row of this one could not be read.
        facts_until: The cursor of the facts that belong to this picture. None if not told.
        source: What the server says of its own source. None if it says nothing.
        ignored: Rows that were left out and fields that are unknown because they could not be
            read, of all that holds now and not only of this answer.
        since: The picture that `change` makes this one of. None if the answer was whole.
        monitorings: Who is in whose call. None if the server does not tell.
        lacks: Commands that the server's own account may not give, each with what is missing.
    """

    snapshot: Snapshot
    version: str | None = None
    facts_until: str | None = None
    source: SourceWord | None = None
    notices: tuple[Fault, ...] = ()
    ignored: int = 0
    since: Snapshot | None = None
    change: SnapshotChange | None = None
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: Lacks = ()

    @property
    def clean(self) -> bool:
        """True if nothing was ignored."""
        return not self.ignored


def picture_bytes(  # noqa: PLR0913 - each is a field of the answer
    change: SnapshotChange,
    *,
    version: str,
    since: str | None,
    facts_until: str | None,
    source: SourceWord,
    notices: tuple[Fault, ...] = (),
    hidden: frozenset[str] = frozenset(),
    monitorings: tuple[Monitoring, ...] | None = None,
    lacks: Lacks = (),
) -> bytes:
    """Return the answer that tells a change.

    Args:
        since: The version that the change applies to; a whole picture has none.
        hidden: Fields that are left out, as `agents.name`.
        monitorings: Who is in whose call, all of them. None: it is not told.
    """
    told: dict[str, object] = {
        "version": version,
        "since": None if change.whole else since,
        "as_of": change.as_of,
        "queues": list(map(teller("queues", Queue, hidden), change.queues)),
        "agents": list(map(teller("agents", Agent, hidden), change.agents)),
        "calls": list(map(teller("calls", Call, hidden), change.calls)),
        "gone": {
            "queues": change.queues_gone,
            "agents": change.agents_gone,
            "calls": change.calls_gone,
        },
        "source": source_told(source),
        "notices": list(map(fault_told, notices)),
    }
    if facts_until is not None:
        told["facts_until"] = facts_until
    if monitorings is not None:
        told["monitorings"] = list(map(monitoring_told, monitorings))
    if lacks:
        told["lacks"] = lacks_told(lacks)
    return encoded(told)


class PictureReader:
    """Reads one answer after the other; rows that did not change stay the same objects.

    One for each connection, used by one thread.
    """

    def __init__(self) -> None:
        self._queues: Listing[QueueId, Queue] = Listing("queue_id", queue_of, MOST_QUEUES)
        self._agents: Listing[AgentId, Agent] = Listing("agent_id", agent_of, MOST_AGENTS)
        self._calls: Listing[CallId, Call] = Listing("call_id", call_of, MOST_CALLS)
        # Not of the queues, which are few and may hold what was counted.
        self._cutter = Cutter("agents", "calls")
        self._taken: Taken | None = None

    @property
    def version(self) -> str | None:
        """What to ask the changes since; None asks for the whole picture."""
        return None if self._taken is None else self._taken.version

    def read(self, body: bytes) -> Taken:
        """Return what is true after this answer.

        Raises:
            SourceUnreadable: It cannot be read, too much of it cannot, or it changes a picture
                that is not ours. Nothing is known then, and the next answer must be whole.
        """
        before, self._taken = self._taken, None
        # Who tells a version is asked what changed since, and tells few rows.
        whole = before is None or before.version is None
        cut = self._cutter.cut(body) if whole else None
        if cut is not None:
            with suppress(NotFlat, SourceUnreadable):
                return self._read(cut.rest, before, cut)
        taken = self._read(body, before, None)
        if whole:
            self._cutter.give_up()
        return taken

    def _read(self, body: bytes, before: Taken | None, cut: Cut | None) -> Taken:
        told = decoded(_pictures, body)
        if cut is not None:
            cut.put_into(told)
        try:
            as_of = believable(told.as_of)
        except ValueError as error:
            raise unreadable(error) from error
        if told.since is not None and (before is None or before.version != told.since):
            raise unreadable("changes of another picture than the one before")
        try:
            self._read_rows(told)
        except UNREADABLE as error:
            raise unreadable(error) from error
        taken = self._summed_up(told, as_of)
        if told.since is not None and before is not None:
            taken = replace(taken, since=before.snapshot, change=self._change(as_of))
        # Not the picture before it, which would be kept with the one before that.
        self._taken = replace(taken, since=None, change=None)
        return taken

    def renew(self, as_of: datetime) -> Taken:
        """Return the picture before, of which the server says that it holds at a later time.

        Args:
            as_of: Aware, in UTC.

        Raises:
            SourceUnreadable: There was none.
        """
        if self._taken is None:
            raise unreadable("no change of a picture that was never told")
        before = self._taken.snapshot
        self._taken = replace(self._taken, snapshot=replace(before, as_of=as_of))
        return replace(self._taken, since=before, change=SnapshotChange(as_of=as_of))

    def forget(self) -> None:
        """Let the next answer be whole."""
        self._taken = None

    def _read_rows(self, told: Picture) -> None:
        gone = told.gone or _Gone()
        if told.since is None:
            self._queues.read_whole(told.queues)
            self._agents.read_whole(told.agents)
            self._calls.read_whole(told.calls)
        else:
            self._queues.read_change(told.queues, gone.queues)
            self._agents.read_change(told.agents, gone.agents)
            self._calls.read_change(told.calls, gone.calls)

    def _change(self, as_of: datetime) -> SnapshotChange:
        return SnapshotChange(
            as_of=as_of,
            queues=self._queues.changed,
            agents=self._agents.changed,
            calls=self._calls.changed,
            queues_gone=self._queues.gone,
            agents_gone=self._agents.gone,
            calls_gone=self._calls.gone,
        )

    def _summed_up(self, told: Picture, as_of: datetime) -> Taken:
        lists = (self._queues, self._agents, self._calls)
        dropped = sum(each.dropped for each in lists)
        rows = sum(len(each.rows) for each in lists)
        if dropped > MOST_BAD * (rows + dropped):
            raise unreadable(f"{dropped} of {rows + dropped} rows cannot be read")
        source, bad_source = read_source(told.source)
        notices, bad_notices = read_notices(told.notices)
        unread = sum(each.unread for each in lists)
        monitorings, bad_monitorings = read_monitorings(told.monitorings)
        lacks, bad_lacks = read_lacks(told.lacks)
        return Taken(
            snapshot=Snapshot(
                as_of=as_of,
                queues=self._queues.rows,
                agents=self._agents.rows,
                calls=self._calls.rows,
            ),
            version=None if dropped else field_or_none(_texts, told.version),
            facts_until=field_or_none(_texts, told.facts_until),
            source=source,
            notices=notices,
            ignored=dropped + unread + bad_source + bad_notices + bad_monitorings + bad_lacks,
            monitorings=monitorings,
            lacks=lacks,
        )


_pictures: Final = msgspec.json.Decoder(Picture)
_texts: Final = msgspec.json.Decoder(Key)

"""How a picture lies where all replicas read it: its rows, packed, and what is said of it."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Final

import msgspec

from wallboard.api.faults import SourceWord
from wallboard.domain.errors import Fault, WallboardError
from wallboard.domain.snapshot import Agent, Call, Queue, Snapshot, applied, difference
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.runtime.publishing import Publication

# Twice as small for a fortieth of the time that the smallest would take.
_QUICK: Final = 1
_LARGEST: Final = 64 * 1024 * 1024
_DAY: Final = "0001-01-01T00:00:00Z"


class PictureUnreadable(WallboardError):
    """What lies there is no picture that this version knows."""


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    as_of: datetime
    state: str
    fault: Fault | None = None
    facts_until: str | None = None
    notices: tuple[Fault, ...] = ()
    paused: bool = False
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


class _Rows(msgspec.Struct, frozen=True, array_like=True):
    queues: tuple[Queue, ...]
    agents: tuple[Agent, ...]
    calls: tuple[Call, ...]


_heads: Final = msgspec.json.Decoder(_Head)
_rows: Final = msgspec.msgpack.Decoder(_Rows)


def head_of(publication: Publication) -> str:
    """Return all that is said of a picture, its rows left out."""
    head = _Head(
        version=publication.version,
        as_of=publication.snapshot.as_of,
        state=publication.source.state,
        fault=publication.source.fault,
        facts_until=publication.facts_until,
        notices=publication.notices,
        paused=publication.paused,
        monitorings=publication.monitorings,
        lacks=publication.lacks,
    )
    return msgspec.json.encode(head).decode()


def body_of(snapshot: Snapshot) -> bytes:
    """Return the rows of a picture."""
    rows = _Rows(
        tuple(snapshot.queues.values()),
        tuple(snapshot.agents.values()),
        tuple(snapshot.calls.values()),
    )
    return zlib.compress(msgspec.msgpack.encode(rows), _QUICK)


def publication_in(head: str, rows: Snapshot) -> Publication:
    """Return the picture that a head and rows are.

    Raises:
        PictureUnreadable: The head is none.
    """
    try:
        told = _heads.decode(head)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise PictureUnreadable(f"no head of a picture: {error}") from error
    return Publication(
        version=told.version,
        snapshot=Snapshot(
            as_of=told.as_of, queues=rows.queues, agents=rows.agents, calls=rows.calls
        ),
        source=SourceWord(state=told.state, fault=told.fault),
        facts_until=told.facts_until,
        notices=told.notices,
        paused=told.paused,
        monitorings=told.monitorings,
        lacks=told.lacks,
    )


def rows_in(body: bytes, before: Snapshot | None) -> Snapshot:
    """Return the rows of a picture; those that did not change are the objects of the one before.

    Its time has no meaning.

    Raises:
        PictureUnreadable: They are none.
    """
    try:
        unpacker = zlib.decompressobj()
        packed = unpacker.decompress(body, _LARGEST)
        told = _rows.decode(packed)
    except (zlib.error, msgspec.DecodeError, UnicodeError) as error:
        raise PictureUnreadable(f"no rows of a picture: {error}") from error
    as_of = datetime.fromisoformat(_DAY) if before is None else before.as_of
    rows = Snapshot(
        as_of=as_of,
        queues={row.queue_id: row for row in told.queues},
        agents={row.agent_id: row for row in told.agents},
        calls={row.call_id: row for row in told.calls},
    )
    return rows if before is None else applied(before, difference(before, rows))

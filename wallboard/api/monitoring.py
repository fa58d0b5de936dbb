"""Who is in whose call, and what the account behind the server may not, as a picture tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, TypeAlias

import msgspec

from wallboard.api.protocol import Instant, Key, believable, cut
from wallboard.api.reading import UNREADABLE
from wallboard.domain.snapshot import AgentId, CallId
from wallboard.domain.supervision import MONITORING, Monitoring, WishKind

MOST_MONITORINGS: Final = 1_000
MOST_LACKS: Final = 64

Lacks: TypeAlias = tuple[tuple[WishKind, str], ...]


class _MonitoringForm(msgspec.Struct):
    monitoring_id: Key
    agent_id: Key | None = None
    call_id: Key | None = None
    mode: str | None = None
    phone: str = ""
    own: bool = False
    since: Instant | None = None
    muted: bool | None = None


class _LackForm(msgspec.Struct):
    command: str
    missing: str = ""


_monitorings: Final = msgspec.json.Decoder(
    Annotated[list[_MonitoringForm], msgspec.Meta(max_length=MOST_MONITORINGS)] | None
)
_lacks: Final = msgspec.json.Decoder(
    Annotated[list[_LackForm], msgspec.Meta(max_length=MOST_LACKS)]
)


def monitoring_told(each: Monitoring) -> dict[str, object]:
    """Return a monitoring as msgspec writes it."""
    return {
        "monitoring_id": each.monitoring_id,
        "agent_id": each.agent_id,
        "call_id": each.call_id,
        "mode": None if each.mode is None else str(each.mode),
        "phone": each.phone,
        "own": each.own,
        "since": each.since,
        "muted": each.muted,
    }


def lacks_told(lacks: Iterable[tuple[WishKind, str]]) -> list[dict[str, str]]:
    """Return what is missing as msgspec writes it."""
    return [{"command": str(kind), "missing": missing} for kind, missing in lacks]


def read_monitorings(raw: msgspec.Raw) -> tuple[tuple[Monitoring, ...] | None, int]:
    """Return who is in whose call, None if nobody can tell, and 1 if it could not be read."""
    if bytes(raw) in (b"", b"null"):
        return None, 0
    try:
        told = _monitorings.decode(raw) or []
        return tuple(map(_monitoring_of, told)), 0
    except UNREADABLE:
        return None, 1


def read_lacks(raw: msgspec.Raw) -> tuple[Lacks, int]:
    """Return what the account may not, of commands that we know, and 1 if it could not be read."""
    if bytes(raw) in (b"", b"null"):
        return (), 0
    try:
        told = _lacks.decode(raw)
    except UNREADABLE:
        return (), 1
    known = {str(kind): kind for kind in WishKind}
    return tuple(
        [(known[each.command], cut(each.missing)) for each in told if each.command in known]
    ), 0


def _monitoring_of(told: _MonitoringForm) -> Monitoring:
    modes = {str(kind): kind for kind in MONITORING}
    return Monitoring(
        monitoring_id=told.monitoring_id,
        agent_id=None if told.agent_id is None else AgentId(told.agent_id),
        call_id=None if told.call_id is None else CallId(told.call_id),
        mode=modes.get(told.mode or ""),
        phone=cut(told.phone),
        own=told.own,
        since=None if told.since is None else believable(told.since),
        muted=told.muted,
    )

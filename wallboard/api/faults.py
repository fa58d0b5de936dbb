"""How a fault or a notice is told, and what the server says of its own source."""

from __future__ import annotations

from typing import Final

import msgspec

from wallboard.api.protocol import cut
from wallboard.api.reading import UNREADABLE
from wallboard.domain.errors import Fault, FaultKind
from wallboard.domain.value import value

MOST_DETAILS: Final = 16
MOST_NOTICES: Final = 64


@value
class SourceWord:
    """What a server says of the source behind it.

    Attributes:
        state: `live`, `late`, `stale` or `no_data`; another word is of a newer version.
        fault: Why there is no newer picture. None while all is well.
    """

    state: str
    fault: Fault | None = None


class _FaultForm(msgspec.Struct):
    kind: str
    details: dict[str, str] = {}


class _SourceForm(msgspec.Struct):
    state: str
    fault: _FaultForm | None = None


_sources: Final = msgspec.json.Decoder(_SourceForm)
_notices: Final = msgspec.json.Decoder(list[_FaultForm])


def fault_told(fault: Fault) -> dict[str, object]:
    """Return a fault as msgspec writes it."""
    return {"kind": str(fault.kind), "details": dict(fault.details)}


def source_told(source: SourceWord) -> dict[str, object]:
    """Return the word on a source as msgspec writes it."""
    return {
        "state": source.state,
        "fault": None if source.fault is None else fault_told(source.fault),
    }


def read_source(raw: msgspec.Raw) -> tuple[SourceWord | None, int]:
    """Return the word, None if there is none, and 1 if it could not be read."""
    if bytes(raw) in (b"", b"null"):
        return None, 0
    try:
        told = _sources.decode(raw)
    except UNREADABLE:
        return None, 1
    why = None if told.fault is None else _fault_of(told.fault)
    if told.fault is not None and why is None:
        # A newer server's kind of fault is a fault all the same.
        why = Fault(kind=FaultKind.SERVER_ERROR, details=(("said", cut(told.fault.kind)),))
    return SourceWord(state=cut(told.state), fault=why), 0


def read_notices(raw: msgspec.Raw) -> tuple[tuple[Fault, ...], int]:
    """Return the notices of kinds that we know, and 1 if they could not be read."""
    if bytes(raw) in (b"", b"null"):
        return (), 0
    try:
        told = _notices.decode(raw)
    except UNREADABLE:
        return (), 1
    read = [_fault_of(form) for form in told[:MOST_NOTICES]]
    return tuple([notice for notice in read if notice is not None]), 0


def _fault_of(form: _FaultForm) -> Fault | None:
    try:
        kind = FaultKind(form.kind)
    except ValueError:
        return None
    details = list(form.details.items())[:MOST_DETAILS]
    return Fault(kind=kind, details=tuple((cut(name), cut(told)) for name, told in details))

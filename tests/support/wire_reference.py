"""Reads a picture slowly and by other means, to judge what the quick reader says of it.

Nothing here is shared with the reader: the standard library's JSON, and rules written anew.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from wallboard.domain.snapshot import Agent, AgentState, Call, Queue

NO_NUMBER: Final = object()
"""What NaN and Infinity are read as; nothing accepts it."""

LISTS: Final = ("queues", "agents", "calls")
_BAD: Final = object()
_TIME: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|([+-])(\d\d):?(\d\d))"
)
_STATES: Final = {str(state) for state in AgentState}


@dataclass
class Read:
    """What a document says.

    Attributes:
        rows: By list and id.
        dropped: Rows that cannot be read.
        unread: Per list and id, how many fields cannot be read.
        others: Likewise of the document itself.
    """

    as_of: datetime
    rows: dict[str, dict[str, Any]]
    dropped: int = 0
    unread: dict[tuple[str, str], int] = field(default_factory=dict)
    others: int = 0
    version: str | None = None

    @property
    def ignored(self) -> int:
        """As the reader counts it."""
        return self.dropped + sum(self.unread.values()) + self.others


def document_of(body: bytes) -> Any:
    """Return what the bytes are as JSON.

    Halves of surrogate pairs are told as `�`; bytes that are no UTF-8 stay unreadable.
    """
    try:
        return _without_halves(_read(body.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return _read(body.decode("utf-8-sig", "surrogateescape"))


def _read(text: str) -> Any:
    return json.loads(text, parse_constant=lambda _: NO_NUMBER, strict=False)


def _without_halves(told: Any) -> Any:
    if isinstance(told, str):
        return "".join("�" if _has_surrogate(letter) else letter for letter in told)
    if isinstance(told, dict):
        return {_without_halves(name): _without_halves(part) for name, part in told.items()}
    return [_without_halves(part) for part in told] if isinstance(told, list) else told


class ReferenceReader:
    """Remembers the picture before, as changes need it."""

    def __init__(self) -> None:
        self.before: Read | None = None

    def read(self, document: Any) -> Read | None:
        """Return what is true after the document. None if it is to be refused."""
        before, self.before = self.before, None
        self.before = self._judged(document, before)
        return self.before

    def _judged(self, document: Any, before: Read | None) -> Read | None:
        if not isinstance(document, dict) or _time(document.get("as_of")) is _BAD:
            return None
        lists = {name: document.get(name, []) for name in LISTS}
        if not all(isinstance(rows, list) for rows in lists.values()):
            return None
        since, gone = document.get("since"), _gone(document.get("gone"))
        if gone is None:
            return None
        read = Read(as_of=_time(document["as_of"]), rows={name: {} for name in LISTS})
        if since is None:
            for name, rows in lists.items():
                _take_whole(read, name, rows)
        elif not _is_key(since) or before is None or before.version != since:
            return None
        else:
            read.rows = {name: dict(rows) for name, rows in before.rows.items()}
            read.unread = dict(before.unread)
            if not all(_take_change(read, name, lists[name], gone[name]) for name in LISTS):
                return None
        return _believed(read, document)


def _believed(read: Read, document: dict[str, Any]) -> Read | None:
    if read.dropped * 5 > read.dropped + sum(map(len, read.rows.values())):
        return None
    version = document.get("version")
    read.version = version if _is_key(version) and not read.dropped else None
    read.others = _bad_source(document.get("source")) + _bad_notices(document.get("notices"))
    return read


def _take_whole(read: Read, name: str, rows: list[Any]) -> None:
    for told in rows:
        row, unread = _row(name, told)
        key = None if row is None else _key_of(row)
        if row is None or key in read.rows[name]:
            read.dropped += 1
            continue
        read.rows[name][key] = row
        if unread:
            read.unread[name, key] = unread


def _take_change(read: Read, name: str, rows: list[Any], gone: list[str]) -> bool:
    touched = set(gone)
    for key in gone:
        read.rows[name].pop(key, None)
        read.unread.pop((name, key), None)
    for told in rows:
        key = told.get(f"{name[:-1]}_id") if isinstance(told, dict) else None
        if not _is_key(key) or key in touched:
            return False
        touched.add(key)
        row, unread = _row(name, told)
        read.unread.pop((name, key), None)
        if row is None:
            read.dropped += 1
            read.rows[name].pop(key, None)
            continue
        read.rows[name][key] = row
        if unread:
            read.unread[name, key] = unread
    return True


def _key_of(row: Queue | Agent | Call) -> str:
    match row:
        case Queue():
            return row.queue_id
        case Agent():
            return row.agent_id
        case Call():
            return row.call_id


def _row(name: str, told: Any) -> tuple[Any, int]:
    """Return the row, or None, and how many of its fields cannot be read."""
    if not isinstance(told, dict):
        return None, 0
    return {"queues": _queue, "agents": _agent, "calls": _call}[name](told)


def _queue(told: dict[str, Any]) -> tuple[Any, int]:
    key = told.get("queue_id")
    if not _is_key(key):
        return None, 0
    fields, unread = _fields(told, name=_text, target=_seconds)
    fields["name"] = key if fields["name"] is None else fields["name"]
    return Queue(queue_id=key, **fields), unread


def _agent(told: dict[str, Any]) -> tuple[Any, int]:
    key, queues = told.get("agent_id"), told.get("queues")
    if not _is_key(key):
        return None, 0
    if queues is not None and not (isinstance(queues, list) and all(map(_is_key, queues))):
        return None, 0
    fields, unread = _fields(
        told, name=_text, state=_state, state_since=_time, reason=_text, call_id=_key
    )
    fields["name"] = key if fields["name"] is None else fields["name"]
    fields["state"] = AgentState(fields["state"] or "unknown")
    return Agent(agent_id=key, queues=tuple(queues or ()), **fields), unread


def _call(told: dict[str, Any]) -> tuple[Any, int]:
    key, queue_id, answered = told.get("call_id"), told.get("queue_id"), told.get("answered_at")
    if not _is_key(key) or not _is_key(queue_id):
        return None, 0
    if answered is not None and _time(answered) is _BAD:
        return None, 0
    fields, unread = _fields(
        told, caller_number=_text, caller_name=_text, entered_at=_time, agent_id=_key
    )
    answered_at = None if answered is None else _time(answered)
    return Call(call_id=key, queue_id=queue_id, answered_at=answered_at, **fields), unread


def _fields(told: dict[str, Any], **rules: Any) -> tuple[dict[str, Any], int]:
    read: dict[str, Any] = {}
    unread = 0
    for name, rule in rules.items():
        content = told.get(name)
        read[name] = None if content is None else rule(content)
        if read[name] is _BAD:
            read[name] = None
            unread += 1
    return read, unread


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_key(told: Any) -> bool:
    return isinstance(told, str) and 1 <= len(told) <= 512 and not _has_surrogate(told)


def _key(told: Any) -> Any:
    return told if _is_key(told) else _BAD


def _text(told: Any) -> Any:
    if not isinstance(told, str) or _has_surrogate(told):
        return _BAD
    return told if len(told) <= 512 else told[:511] + "…"


def _state(told: Any) -> Any:
    return told if isinstance(told, str) and told in _STATES else _BAD


def _seconds(told: Any) -> Any:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return _BAD
    if not 0 <= told <= 30 * 86_400 or math.isnan(told):
        return _BAD
    return timedelta(seconds=float(told))


def _time(told: Any) -> Any:
    match = _TIME.fullmatch(told) if isinstance(told, str) and told.isascii() else None
    if match is None:
        return _BAD
    *date, fraction, zone, sign, hours, minutes = match.groups()
    offset = timedelta()
    if zone not in "Zz":
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
        if int(hours) > 23 or int(minutes) > 59:
            return _BAD
    try:
        instant = datetime(*map(int, date), tzinfo=timezone(offset))  # type: ignore[arg-type, misc]
        # To the nearest microsecond, half of one up.
        micros = int((fraction or "0")[:7].ljust(7, "0"))
        instant = (instant + timedelta(microseconds=(micros + 5) // 10)).astimezone(UTC)
    except (ValueError, OverflowError):
        return _BAD
    return instant if 1970 <= instant.year < 2200 else _BAD


def _gone(told: Any) -> dict[str, list[str]] | None:
    """Return the keys by list. None if they cannot be read."""
    if told is None:
        told = {}
    if not isinstance(told, dict):
        return None
    gone = {name: told.get(name, []) for name in LISTS}
    for keys in gone.values():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            return None
        if any(map(_has_surrogate, keys)):
            return None
    return gone


def _is_fault(told: Any) -> bool:
    if not isinstance(told, dict) or not _is_text(told.get("kind")):
        return False
    details = told.get("details", {})
    return isinstance(details, dict) and all(
        _is_text(name) and _is_text(content) for name, content in details.items()
    )


def _is_text(told: Any) -> bool:
    return isinstance(told, str) and not _has_surrogate(told)


def _bad_source(told: Any) -> int:
    if told is None:
        return 0
    if not isinstance(told, dict) or not _is_text(told.get("state")):
        return 1
    fault = told.get("fault")
    return 0 if fault is None or _is_fault(fault) else 1


def _bad_notices(told: Any) -> int:
    if told is None:
        return 0
    return 0 if isinstance(told, list) and all(map(_is_fault, told)) else 1

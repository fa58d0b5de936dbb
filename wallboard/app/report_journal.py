"""What reports tell of the journal of commands, and what they write into it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.app.journal_heads import DESK_HEAD, JournalHeads
from wallboard.app.journals import server_journal
from wallboard.app.person import user_name
from wallboard.app.supervision_journal import journal_file, made_key
from wallboard.domain.reporting import ReportKind
from wallboard.engine.reporting_material import Command
from wallboard.engine.windows import Window
from wallboard.server.journal import Journal, JournalUnusable, rows_of
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places

UNMASK: Final = "unmask"
"""What the journal calls a report in which callers' numbers are whole."""

_ENDS_LATE: Final = timedelta(days=1)
"""What was begun in a window ended at most so much after it."""
_STATES: Final = frozenset({"done", "refused", "unknown"})


def journal_head(places: Places) -> str:
    """Return the hash with which the journal of this desktop ends; else that of what is served.

    Empty if nothing was ever written, or it cannot be read.
    """
    for file in (journal_file(places), server_journal(places)):
        last = _last(file)
        if last:
            return last
    return ""


def _last(file: Path) -> str:
    try:
        rows = Journal(file, b"").entries(1)
    except JournalUnusable:
        return ""
    return str(rows[-1].get("hash") or "") if rows else ""


def commands_in(
    places: Places, settings: Settings, connection: str, window: Window
) -> tuple[Command, ...]:
    """Return what supervisors did at a connection in a window, in order of time.

    The journal of what is served does not say of which connection it tells: it is that of the
    only one there is.

    Raises:
        OSError: A journal is there, and cannot be read.
    """
    found = list(_commands(rows_of(journal_file(places)), connection, window))
    if len(settings.profiles) == 1:
        found += _commands(rows_of(server_journal(places)), None, window)
    return tuple(sorted(found, key=lambda command: command.at))


def note_unmasking(
    places: Places, now: datetime, kind: ReportKind, connection: str, window: Window
) -> None:
    """Write down that callers' numbers leave whole; on the disk when this returns.

    Raises:
        JournalUnusable: It is not: no such report may be made.
    """
    file = journal_file(places)
    key = made_key(file)
    journal, heads = Journal(file, key), JournalHeads(places, DESK_HEAD)
    heads.begin(journal, file, key, now)
    journal.note(
        now,
        "passed",
        {
            "key": f"report-{secrets.token_hex(8)}",
            "command": UNMASK,
            "name": user_name(),
            "connection": connection,
            "reason": f"{kind} {_iso(window.begin)}/{_iso(window.end)}",
        },
    )
    heads.note(journal)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def _commands(
    rows: Iterable[Mapping[str, object]], connection: str | None, window: Window
) -> Iterator[Command]:
    """Yield the commands that were begun in a window, each with what came of it.

    Args:
        connection: Only of this one; None if rows do not tell.
    """
    begun: dict[str, Mapping[str, object]] = {}
    more: dict[str, dict[str, Mapping[str, object]]] = {}
    for number, row in enumerate(rows):
        at = _instant(row.get("at"))
        if at is None or not window.begin <= at < window.end + _ENDS_LATE:
            continue
        key = str(row.get("key") or f"row {number}")
        if key in begun:
            more[key][str(row.get("what"))] = row
        elif row.get("command") is not None and at < window.end:
            ours = connection is None or row.get("connection") == connection
            if ours:
                begun[key], more[key] = row, {}
    for key, first in begun.items():
        yield _command(first, more[key])


def _command(first: Mapping[str, object], rest: Mapping[str, Mapping[str, object]]) -> Command:
    at = _instant(first.get("at"))
    seconds = rest["ended"].get("seconds") if "ended" in rest else None
    lasted = timedelta(seconds=min(seconds, 10**6)) if isinstance(seconds, int) else None
    return Command(
        at=at or datetime.min.replace(tzinfo=UTC),
        who=str(first.get("name") or ""),
        command=str(first.get("command") or ""),
        agent_id=str(first.get("agent_id") or ""),
        queue_id=str(first.get("queue_id") or ""),
        outcome=_outcome(first, rest),
        lasted=lasted,
        reason=str(first.get("reason") or ""),
    )


def _outcome(first: Mapping[str, object], rest: Mapping[str, Mapping[str, object]]) -> str:
    """Return what came of a command."""
    if first.get("what") == "refused":
        return "not_allowed"
    if "not_passed" in rest:
        return "not_passed"
    if first.get("command") == UNMASK or "began" in rest or "ended" in rest:
        return "done"
    state = str(rest["answered"].get("state")) if "answered" in rest else ""
    return state if state in _STATES else "unanswered"


def _instant(told: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None

"""The command `history`: what is kept of a connection's calls, whether it is sound, its size."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from wallboard import app
from wallboard.command_line.exits import Exit
from wallboard.command_line.histories import history_of
from wallboard.command_line.openings import Session, profile_called
from wallboard.runtime.upkeep import CLOSED
from wallboard.storage.history import History
from wallboard.storage.reports import CheckReport, Compacted, HistoryInfo
from wallboard.ui.outside_text import shown
from wallboard.ui.words import phrase

_MB: Final = 1_000_000
_TABLES: Final = {
    "calls": phrase("CommandLine", "queue calls"),
    "spells": phrase("CommandLine", "spells of agents"),
    "directs": phrase("CommandLine", "calls without a queue"),
    "samples": phrase("CommandLine", "readings by the minute"),
    "stretches": phrase("CommandLine", "stretches of time that are covered"),
    "rules": phrase("CommandLine", "changes of how is measured"),
}


def history(session: Session, name: str, *, task: str, as_json: bool) -> Exit:
    """Look after a connection's history.

    Args:
        task: `info`, `check` or `compact`.

    Raises:
        Stop: There is no such connection, nothing is kept of it, or the history cannot be used.
    """
    profile = profile_called(session, name)
    with history_of(session, profile.name, reading=task != "compact") as kept:
        match task:
            case "info":
                return _info(session, kept.info(), as_json=as_json)
            case "check":
                return _check(session, kept.check(), as_json=as_json)
            case _:
                return _compact(session, kept, as_json=as_json)


def _info(session: Session, info: HistoryInfo, *, as_json: bool) -> Exit:
    if as_json:
        session.voice.say(_json(info))
        return Exit.GOOD
    count = session.voice.wording.count
    say, told = session.voice.say, session.voice.told
    say(
        told(
            phrase("CommandLine", "{place}: {size} MB, layout {schema}, {engine}"),
            place=info.place,
            size=_mb(session, info.size),
            schema=info.schema,
            engine=info.engine,
        )
    )
    for table, rows in info.rows.items():
        name = told(_TABLES[table]) if table in _TABLES else table
        say(f"  {name}: {count(rows)}")
    files = told(phrase("CommandLine", "closed days in files of their own"))
    say(f"  {files}: {count(info.sealed)}")
    say(
        told(
            phrase("CommandLine", "Calls from {first} to {last}; only sums before {rolled}."),
            first=_day(session, info.first),
            last=_day(session, info.last),
            rolled=_day(session, info.rolled_until),
        )
    )
    return Exit.GOOD


def _check(session: Session, report: CheckReport, *, as_json: bool) -> Exit:
    if as_json:
        session.voice.say(json.dumps({"sound": report.sound, **_values(report)}))
        return Exit.GOOD if report.sound else Exit.BAD
    rows = session.voice.wording.count(sum(report.rows.values()))
    if report.sound:
        session.voice.say(
            session.voice.told(
                phrase("CommandLine", "{rows} rows were read, and all are what was kept."),
                rows=rows,
            )
        )
        return Exit.GOOD
    session.voice.say(
        session.voice.told(
            phrase(
                "CommandLine",
                "{rows} rows were read, and {damaged} are damaged. They are left out of all"
                " figures; import the logs of that time again.",
            ),
            rows=rows,
            damaged=session.voice.wording.count(sum(report.damaged.values())),
        )
    )
    for said in report.said:
        session.voice.complain(shown(said))
    return Exit.BAD


def _compact(session: Session, kept: History, *, as_json: bool) -> Exit:
    settings = session.settings
    now = app.system_clock().now().wall
    report: Compacted = kept.compact(
        now,
        keep=timedelta(days=settings.history_days),
        size_limit=settings.history_mb * _MB,
    )
    days = sum(1 for _day in iter(lambda: kept.seal(now - CLOSED), None))
    if days:
        kept.database.shrink()
    report = replace(report, sealed=days, size=kept.info().size)
    if as_json:
        session.voice.say(_json(report))
        return Exit.GOOD
    session.voice.say(
        session.voice.told(
            phrase(
                "CommandLine",
                "{calls} calls became sums; {before} MB are {now} MB now.",
            ),
            calls=session.voice.wording.count(report.calls),
            before=_mb(session, report.size_before),
            now=_mb(session, report.size),
        )
    )
    if days:
        session.voice.say(
            session.voice.told(
                phrase("CommandLine", "Closed days that became files of their own: {days}."),
                days=session.voice.wording.count(days),
            )
        )
    return Exit.GOOD


def _mb(session: Session, size: int) -> str:
    return session.voice.wording.digits(f"{size / _MB:.1f}")


def _day(session: Session, instant: datetime | None) -> str:
    return "–" if instant is None else session.voice.wording.digits(f"{instant:%Y-%m-%d}")


def _json(report: HistoryInfo | Compacted) -> str:
    return json.dumps(_values(report), ensure_ascii=False)


def _values(report: HistoryInfo | CheckReport | Compacted) -> dict[str, Any]:
    values = {each.name: getattr(report, each.name) for each in fields(report)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }

"""Tells how TVs are: those of this machine, and those that a connection's server knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from wallboard.api.kiosks import KioskBoard, KioskList, KioskSeen
from wallboard.app.clock import system_clock
from wallboard.app.kiosk_report import elsewhere
from wallboard.command_line.exits import Exit
from wallboard.command_line.openings import Session, opening_of
from wallboard.domain.errors import WallboardError
from wallboard.domain.walls import TvState
from wallboard.runtime.kiosk_records import KioskRecord, read_records
from wallboard.runtime.kiosk_wire import BoardBeat
from wallboard.runtime.opening import by_our_server
from wallboard.sources.rest.kiosks import KioskDoor
from wallboard.ui.outside_text import shown
from wallboard.ui.walls.tv_faces import STATE_WORDS
from wallboard.ui.words import phrase


class TvRow(TypedDict):
    """One board on one TV, as a line of JSON tells it.

    Attributes:
        connection: What it shows; for a TV that a server knows, the connection to that server.
        age_s: Since its last sign of life. None: it never gave one.
        as_of: When its picture was true, in ISO 8601. None: that is not known.
        why: Why it was started anew last.
        pid: Of its watchdog on this machine. None: it is another's.
    """

    connection: str
    board: str
    file: str
    screen: str
    scene: str
    state: str
    age_s: float | None
    as_of: str | None
    restarts: int
    why: str
    safe: bool
    trouble: str
    host: str
    pid: int | None
    kiosk: str


def status(session: Session, name: str | None, *, as_json: bool) -> Exit:
    """Tell how TVs are.

    Args:
        name: Those of this connection, also as its server knows them. None: all of this machine.

    Returns:
        BAD if one of them is dark.
    """
    now = system_clock().now().wall.timestamp()
    records = [
        each for each in read_records(session.places.kiosks) if name is None or each.name == name
    ]
    rows = [
        _row_here(record, board, now) for record in records for board in record.boards or (None,)
    ]
    if name is not None:
        rows.extend(_rows_there(session, name, records))
    for row in rows:
        session.voice.say(json.dumps(row, ensure_ascii=False) if as_json else _line(session, row))
    if not rows and not as_json:
        session.voice.say(
            session.voice.told(phrase("CommandLine", "No kiosk has run on this machine."))
        )
    dark = any(row["state"] == TvState.DARK for row in rows)
    return Exit.BAD if dark else Exit.GOOD


def _rows_there(session: Session, name: str, here: Iterable[KioskRecord]) -> Iterator[TvRow]:
    """Return what the server of a connection knows of TVs; of none if it is no server of ours."""
    profile = session.settings.profile(name)
    if profile is None or not by_our_server(profile.kind, profile.fields):
        return
    opening = opening_of(session, name)
    try:
        with closing(KioskDoor(opening.told, system_clock())) as door:
            listed = door.listed()
    except WallboardError:
        told = phrase("CommandLine", "The server of {name} does not tell how its TVs are.")
        session.voice.complain(session.voice.told(told, name=name))
        return
    for seen in elsewhere(listed, here):
        for board in seen.word.boards:
            yield _row_there(name, seen, board, listed)


def _row_here(record: KioskRecord, board: BoardBeat | None, now: float) -> TvRow:
    age = record.age_s(now)
    as_of = record.as_of
    return TvRow(
        connection=record.name,
        board="" if board is None else board.title or Path(board.file).stem,
        file="" if board is None else board.file,
        screen="" if board is None else board.screen,
        scene="" if board is None else board.scene,
        state=str(record.state(board, now)),
        age_s=None if age is None else round(age, 1),
        as_of=None if as_of is None else datetime.fromtimestamp(as_of, UTC).isoformat(),
        restarts=record.restarts,
        why=record.why,
        safe=record.safe,
        trouble=record.trouble or ("" if board is None else board.trouble),
        host=record.host,
        pid=record.pid,
        kiosk=record.key,
    )


def _row_there(name: str, seen: KioskSeen, board: KioskBoard, listed: KioskList) -> TvRow:
    age = max(timedelta(), listed.as_of - seen.seen)
    return TvRow(
        connection=name,
        board=board.title or seen.name,
        file="",
        screen=board.screen,
        scene=board.scene,
        state=str(TvState.DARK if seen.dark else TvState(board.state)),
        age_s=round(age.total_seconds(), 1),
        as_of=None,
        restarts=seen.word.restarts,
        why="",
        safe=seen.word.safe,
        trouble="",
        host=seen.word.host,
        pid=None,
        kiosk=seen.word.id,
    )


def _line(session: Session, row: TvRow) -> str:
    voice = session.voice
    age = row["age_s"]
    elsewhere = () if row["pid"] is not None else (row["host"],)
    words = [
        *(shown(text) or "–" for text in (row["connection"], row["board"], row["screen"])),
        *(shown(text) for text in elsewhere if text),
        voice.told(STATE_WORDS[TvState(row["state"])]),
        "–" if age is None else voice.wording.age(timedelta(seconds=age)),
    ]
    if row["restarts"]:
        words.append(voice.told(phrase("Kiosk", "restarts: {count}"), count=row["restarts"]))
    if row["safe"]:
        words.append(voice.told(phrase("Kiosk", "only what cannot fail")))
    trouble = shown(row["trouble"])
    return "  ".join([*words, *([trouble] if trouble else [])])

"""The command `journal`: who did what to whose call, whether that is as it was written, copies."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.app.clock import zone_called
from wallboard.app.journals import JournalPlace, journal_place
from wallboard.command_line.exits import Exit
from wallboard.command_line.openings import Session
from wallboard.command_line.voice import Voice
from wallboard.domain.supervision import Stage, WishKind
from wallboard.server.journal import BROKEN, JournalUnusable, rows_of
from wallboard.server.verifying import BEGIN, TAKEN_OFF, Verified, verified
from wallboard.settings.whole_file import replace_file
from wallboard.ui.call_rows import inert
from wallboard.ui.outside_text import shown
from wallboard.ui.supervision_words import NAMES
from wallboard.ui.words import Phrase, phrase

COLUMNS: Final = (
    "n",
    "at",
    "what",
    "key",
    "name",
    "connection",
    "command",
    "agent_id",
    "queue_id",
    "call_id",
    "reason",
    "state",
    "kind",
    "seconds",
    "by",
    "phone",
    "to",
    "text",
    "priority",
    "token",
    "role",
    "line",
    "noted",
    "hash",
)
"""Of the table that is exported; a line's other members are only in a copy as JSON lines."""

_LONGEST_SHOWN: Final = 80
_SOMEHOW: Final = phrase("CommandLine", "it does not fit the lines before it")
_BROKEN: Final[Mapping[str, Phrase]] = {
    TAKEN_OFF: phrase("CommandLine", "lines were taken off the end"),
    "it cannot be read": phrase("CommandLine", "it cannot be read"),
    "it is torn, and nothing follows": phrase("CommandLine", "it ends in half a line"),
}
_STAGES: Final[Mapping[str, Phrase]] = {
    Stage.DONE: phrase("CommandLine", "done"),
    Stage.REFUSED: phrase("CommandLine", "refused by the system"),
    Stage.UNKNOWN: phrase("CommandLine", "nobody knows what came of it"),
}
_BY: Final[Mapping[str, Phrase]] = {
    "limit": phrase("CommandLine", "by the time limit"),
    "right": phrase("CommandLine", "as the right was withdrawn"),
    "wrong_target": phrase("CommandLine", "as another call was reached"),
    "window": phrase("CommandLine", "as the window was closed"),
    "stays": phrase("CommandLine", "with the agent's next call"),
    "change": phrase("CommandLine", "to change over"),
    "late": phrase("CommandLine", "as it began too late"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is wanted of a journal.

    Attributes:
        task: `show`, `verify` or `export`.
        agent: Only what was done to this agent. None: to anybody.
        newest: So many commands at most.
        head: A hash that was noted elsewhere. None: what this program noted beside its logs.
        out: Where a copy goes; the ending says which kind.
        server: True for the journal of what is served from here.
        file, key: A journal that is somewhere else, and the key of its chain.
    """

    task: str
    agent: str | None = None
    newest: int = 50
    head: str | None = None
    out: Path | None = None
    server: bool = False
    file: Path | None = None
    key: Path | None = None
    as_json: bool = False


@dataclass(slots=True, kw_only=True)
class _Command:
    """All that was written of one command."""

    first: Mapping[str, object]
    rest: list[Mapping[str, object]] = field(default_factory=list)

    def told(self, what: str, name: str) -> object:
        """Return a member of the last line of a kind. None if there is none."""
        every = [self.first, *self.rest]
        return next((row.get(name) for row in reversed(every) if row.get("what") == what), None)

    def has(self, what: str) -> bool:
        """True if there is a line of this kind."""
        return any(row.get("what") == what for row in (self.first, *self.rest))


def journal(session: Session, asked: Asked) -> Exit:
    """Show, verify or copy a journal.

    Raises:
        Stop: It cannot be read, or the copy cannot be written.
    """
    place = journal_place(session.places, server=asked.server, file=asked.file, key=asked.key)
    try:
        match asked.task:
            case "verify":
                return _verify(session, place, asked)
            case "export":
                return _export(session, place, asked)
            case _:
                return _show(session, place, asked)
    except (OSError, JournalUnusable) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise session.voice.stop(
            phrase("CommandLine", "The journal {file} cannot be used ({reason})."),
            Exit.MACHINE,
            file=place.file,
            reason=reason or type(error).__name__,
        ) from error


# --- verifying -------------------------------------------------------------------------------


def _found(place: JournalPlace, asked: Asked) -> tuple[Verified, str | None]:
    """Return what a look at the journal found, and the end that it was held to."""
    head = asked.head
    if head is None and place.heads is not None:
        head = place.heads.noted
    if head is None and not place.file.exists():
        return Verified(lines=0, head=BEGIN), None
    return verified(place.file, place.key(), head), head


def _verify(session: Session, place: JournalPlace, asked: Asked) -> Exit:
    voice = session.voice
    found, head = _found(place, asked)
    if asked.as_json:
        told = {
            "file": str(place.file),
            "lines": found.lines,
            "head": found.head,
            "held_to": head,
            "broken_at": found.broken_at,
            "reason": found.reason,
        }
        voice.say(json.dumps(told, ensure_ascii=False))
    elif found.broken_at is None:
        _say_whole(voice, found, head)
    return _judged(session, place, found)


def _judged(session: Session, place: JournalPlace, found: Verified) -> Exit:
    """Complain of what was found, and of what the journal itself says was found before."""
    voice = session.voice
    if found.broken_at is not None:
        _complain(voice, place, found)
        return Exit.BAD
    missed = [row for row in rows_of(place.file) if row.get("what") == BROKEN]
    for row in missed:
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "On {time} it was found that lines had been taken off the journal, from line"
                    " {line} on. What was written since then is as it was written.",
                ),
                time=_time(session, row.get("at")),
                line=_text(row.get("line")),
            )
        )
    return Exit.BAD if missed else Exit.GOOD


def _say_whole(voice: Voice, found: Verified, head: str | None) -> None:
    if not found.lines:
        voice.say(voice.told(phrase("CommandLine", "Nothing was written in this journal yet.")))
        return
    whole = phrase("CommandLine", "Lines: {number}, each as it was written. The last hash: {head}")
    voice.say(voice.told(whole, number=voice.wording.count(found.lines), head=found.head))
    if head is None:
        voice.say(
            voice.told(
                phrase(
                    "CommandLine",
                    "Its end was noted nowhere: lines that were taken off it would not be missed."
                    " Note the hash elsewhere, and give it with --head the next time.",
                )
            )
        )


def _complain(voice: Voice, place: JournalPlace, found: Verified) -> None:
    voice.complain(
        voice.told(
            phrase(
                "CommandLine",
                "The journal {file} is not as it was written, from line {line} on: {reason}. Keep"
                " it, and find out who could write it.",
            ),
            file=place.file,
            line=found.broken_at,
            reason=voice.told(_BROKEN.get(found.reason, _SOMEHOW)),
        )
    )


# --- showing ---------------------------------------------------------------------------------


def _show(session: Session, place: JournalPlace, asked: Asked) -> Exit:
    voice = session.voice
    commands = [
        command
        for command in _commands(rows_of(place.file))
        if asked.agent is None or command.first.get("agent_id") == asked.agent
    ][-asked.newest :]
    for command in commands:
        if asked.as_json:
            voice.say(json.dumps(_told(command), ensure_ascii=False))
        else:
            voice.say(voice.laid(_line(session, command)))
    if not commands and not asked.as_json:
        voice.say(voice.told(phrase("CommandLine", "Nothing of the kind is in this journal.")))
    # What is shown of an altered journal is no proof of anything.
    found, _ = _found(place, asked)
    return _judged(session, place, found)


def _commands(rows: Iterable[Mapping[str, object]]) -> list[_Command]:
    """Return what was written, by command, in the order in which they were begun."""
    found: list[_Command] = []
    by_key: dict[str, _Command] = {}
    for row in rows:
        key = row.get("key")
        known = by_key.get(key) if isinstance(key, str) else None
        if known is not None:
            known.rest.append(row)
        elif row.get("command") is not None:
            command = _Command(first=row)
            found.append(command)
            if isinstance(key, str):
                by_key[key] = command
    return found


def _told(command: _Command) -> dict[str, object]:
    """Return a command for machines."""
    told = dict(command.first)
    told.pop("hash", None)
    told |= {
        "state": command.told("answered", "state"),
        "why": command.told("answered", "reason"),
        "seconds": command.told("ended", "seconds"),
        "began": command.told("began", "at"),
        "ended": command.told("ended", "at"),
        "not_passed": command.has("not_passed"),
    }
    return told


def _line(session: Session, command: _Command) -> str:
    voice, first = session.voice, command.first
    cells = (
        _time(session, first.get("at")),
        _text(first.get("name")),
        _name_of(voice, first.get("command")),
        _text(first.get("agent_id") or first.get("call_id")),
        _outcome(voice, command),
        voice.told(_BY[by]) if (by := str(first.get("by"))) in _BY else "",
        _text(first.get("reason")),
    )
    return "  ".join(filter(None, cells))


def _time(session: Session, told: object) -> str:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return "?"
    local = at.astimezone(zone_called(session.settings.zone))
    return session.voice.wording.digits(f"{local:%Y-%m-%d %H:%M:%S}")


def _name_of(voice: Voice, told: object) -> str:
    try:
        return voice.told(NAMES[WishKind(str(told))])
    except (ValueError, KeyError):
        return _text(told)


def _text(told: object) -> str:
    return "" if told is None else shown(str(told))[:_LONGEST_SHOWN]


def _outcome(voice: Voice, command: _Command) -> str:
    """Return in words what came of a command."""
    if command.first.get("what") == "refused":
        return voice.told(phrase("CommandLine", "not allowed"))
    if command.has("not_passed"):
        return voice.told(phrase("CommandLine", "not passed on"))
    seconds = command.told("ended", "seconds")
    if isinstance(seconds, int):
        lasted = voice.wording.duration(timedelta(seconds=min(seconds, 10**6)))
        return voice.told(phrase("CommandLine", "lasted {time}"), time=lasted)
    if command.has("began") and not command.has("ended"):
        return voice.told(phrase("CommandLine", "began; its end is not written"))
    state = command.told("answered", "state")
    if isinstance(state, str) and state in _STAGES:
        return voice.told(_STAGES[state])
    return voice.told(phrase("CommandLine", "no answer is written"))


# --- copies ----------------------------------------------------------------------------------


def _export(session: Session, place: JournalPlace, asked: Asked) -> Exit:
    voice, out = session.voice, asked.out
    if out is None or out.suffix not in (".jsonl", ".csv"):
        raise voice.stop(phrase("CommandLine", "Give a file that ends with .jsonl or .csv."))
    found, _ = _found(place, asked)
    content = place.file.read_bytes() if place.file.exists() else b""
    replace_file(out, content if out.suffix == ".jsonl" else _table(rows_of(place.file)))
    voice.say(
        voice.told(
            phrase("CommandLine", "Lines in {file}: {number}. The last hash: {head}"),
            number=voice.wording.count(found.lines),
            file=out,
            head=found.head,
        )
    )
    return _judged(session, place, found)


def _table(rows: Iterable[Mapping[str, object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in COLUMNS])
    # Spreadsheets know by the mark that it is UTF-8.
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def _cell(told: object) -> str | int:
    if told is None:
        return ""
    if isinstance(told, int):
        return told
    return inert(str(told))

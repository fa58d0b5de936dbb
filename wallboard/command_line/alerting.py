"""The commands `rules` and `alerts`: what is watched; what fired, who took it, how long it took."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard import app
from wallboard.app.alert_rules import FoundRules, rules_called
from wallboard.app.clock import zone_called
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.histories import history_of
from wallboard.command_line.openings import Session, profile_called
from wallboard.domain.alert import Rules
from wallboard.engine.alert_board import Firing, firings_of
from wallboard.engine.alert_readings import can_be_read
from wallboard.settings.rules import LARGEST, RulesFile, read_rules, written_rules
from wallboard.storage.alert_journal import alert_events
from wallboard.ui.alert_words import event_subject, event_value, rule_name, rule_sentence
from wallboard.ui.words import phrase

_STANDARD: Final = "-"
_LONGEST: Final = timedelta(days=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is wanted of rules.

    Attributes:
        task: `list`, `check`, `import` or `export`.
        name: Of the connection.
        file: To read or to write; `-` for standard input and output.
    """

    task: str
    name: str
    file: str = _STANDARD
    as_json: bool = False


def rules(session: Session, asked: Asked) -> Exit:
    """Tell the rules of a connection, check them, take them out or bring others in.

    Raises:
        Stop: There is no such connection, or a file cannot be used.
        SettingsNotSaved: The rules could not be written.
    """
    profile_called(session, asked.name)
    match asked.task:
        case "import":
            return _import(session, asked)
        case "export":
            return _export(session, asked)
        case "check":
            return _check(session, rules_called(asked.name, session.places))
        case _:
            return _list(session, rules_called(asked.name, session.places), asked)


def _list(session: Session, found: FoundRules, asked: Asked) -> Exit:
    wording = session.voice.wording
    for rule in found.rules.rules:
        if asked.as_json:
            told = {
                "id": rule.rule_id,
                "name": rule.name,
                "of": str(rule.kind),
                "muted": rule.muted,
                "sentence": rule_sentence(rule, wording),
            }
            session.voice.say(json.dumps(told, ensure_ascii=False))
            continue
        name = rule_name(rule.name, wording)
        if rule.muted:
            name = session.voice.told(phrase("CommandLine", "{name} (muted)"), name=name)
        session.voice.say(f"{rule.rule_id}  {name}")
        session.voice.say(session.voice.laid(f"    {rule_sentence(rule, wording)}"))
    return Exit.GOOD


def _check(session: Session, found: FoundRules) -> Exit:
    for notice in found.notices:
        session.voice.complain(session.voice.noticed(notice))
    if found.notices:
        return Exit.BAD
    words = (
        phrase("CommandLine", "{number} rules of your own can be used.")
        if found.own
        else phrase("CommandLine", "There are no rules of your own; the program's {number} hold.")
    )
    number = session.voice.wording.count(len(found.rules.rules))
    session.voice.say(session.voice.told(words, number=number))
    return Exit.GOOD


def _export(session: Session, asked: Asked) -> Exit:
    content = written_rules(rules_called(asked.name, session.places).rules)
    if asked.file == _STANDARD:
        session.voice.say(content.decode().rstrip("\n"))
        return Exit.GOOD
    try:
        Path(asked.file).write_bytes(content)
    except OSError as error:
        raise _unusable(session, asked, error) from error
    return Exit.GOOD


def _import(session: Session, asked: Asked) -> Exit:
    """Bring rules in: all of a file, or nothing of it."""
    try:
        if asked.file == _STANDARD:
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(asked.file).open("rb") as handle:
                content = handle.read(LARGEST + 1)
        found = read_rules(content[:LARGEST], can_be_read)
    except (OSError, ValueError) as error:
        raise _unusable(session, asked, error) from error
    for notice in found.notices:
        session.voice.complain(session.voice.noticed(notice))
    if found.notices or found.rules is None:
        session.voice.complain(
            session.voice.told(phrase("CommandLine", "Nothing was changed. Put that right first."))
        )
        return Exit.USAGE
    RulesFile(session.places.rules_file(asked.name)).save(found.rules, can_be_read)
    return _check(session, FoundRules(rules=_held(found.rules), own=True))


def _held(rules: Rules | None) -> Rules:
    return rules or Rules()


def _unusable(session: Session, asked: Asked, error: Exception) -> Stop:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return session.voice.stop(
        phrase("CommandLine", "{file} cannot be used: {reason}."),
        file=asked.file,
        reason=reason or type(error).__name__,
    )


def alerts(session: Session, name: str, *, days: int, as_json: bool) -> Exit:
    """Tell which alerts fired in the last days, who took them, and how long they lasted.

    Raises:
        Stop: There is no such connection, nothing is kept of it, or the history cannot be used.
    """
    profile_called(session, name)
    now = app.system_clock().now().wall
    begin = now - min(_LONGEST, timedelta(days=days))
    with history_of(session, name, reading=True) as history:
        firings = firings_of(alert_events(history, begin, now + timedelta(days=1)))
    for firing in reversed(firings):
        if as_json:
            session.voice.say(json.dumps(_row(firing), ensure_ascii=False))
        else:
            session.voice.say(session.voice.laid(_line(session, name, firing)))
    if not firings and not as_json:
        text = phrase("CommandLine", "No alert fired in that time.")
        session.voice.say(session.voice.told(text))
    return Exit.GOOD


def _row(firing: Firing) -> dict[str, object]:
    """Return an alert for machines: times in seconds and UTC, None for what was not."""
    fired, taken = firing.fired, firing.taken
    answered, lasted = firing.answered_after, firing.lasted
    return {
        "fired_at": _iso(fired.at),
        "rule": fired.rule_id,
        "rule_name": fired.rule_name,
        "of": str(fired.kind),
        "subject": fired.subject,
        "subject_name": fired.subject_name,
        "severity": firing.worst.name.lower(),
        "reading": fired.reading_key,
        "value": fired.reading,
        "limit": fired.limit,
        "silent": fired.silent,
        "taken_by": None if taken is None else taken.who,
        "taken_after_s": None if answered is None else answered.total_seconds(),
        "over_at": None if firing.over is None else _iso(firing.over),
        "lasted_s": None if lasted is None else lasted.total_seconds(),
    }


def _line(session: Session, name: str, firing: Firing) -> str:
    wording = session.voice.wording
    profile = session.settings.profile(name)
    zone = zone_called((profile and profile.zone) or session.settings.zone)
    at = firing.fired.at.astimezone(zone)
    told = [
        wording.digits(f"{at:%Y-%m-%d %H:%M:%S}"),
        wording.severity(firing.worst),
        event_subject(firing.fired, wording),
        event_value(firing.fired, wording),
    ]
    if firing.taken is not None:
        text = wording.translate("Alert", "{who} after {time}")
        after = wording.duration(firing.answered_after)
        told.append(text.format(who=firing.taken.who or "?", time=after))
    if firing.lasted is not None:
        text = wording.translate("Alert", "over after {time}")
        told.append(text.format(time=wording.duration(firing.lasted)))
    return "  ".join(filter(None, told))


def _iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")

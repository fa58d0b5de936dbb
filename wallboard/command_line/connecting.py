"""The commands about connections: make one, list them, look closely at one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Final

from wallboard import app
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import (
    UNUSABLE,
    Session,
    opening_of,
    refuse_secrets,
    told_by,
    told_secrets,
)
from wallboard.domain.errors import SourceError
from wallboard.domain.source import Field, Finding, SourceKind, Verdict
from wallboard.engine.as_json import Json, fault_json
from wallboard.settings.connections import bound_to, save_connection
from wallboard.settings.model import KeptIn, Profile, name_fits, same_name
from wallboard.settings.secrets import SecretsUnavailable
from wallboard.sources.registry import kind, source_kinds, unusable_kinds
from wallboard.ui.outside_text import shown
from wallboard.ui.words import phrase

_MARKS: Final = {Verdict.GOOD: "✓", Verdict.WARNING: "!", Verdict.BAD: "✗"}


def connect(
    session: Session,
    *,
    key: str,
    name: str,
    fields: Mapping[str, str],
    secret_stdin: bool,
    keep: KeptIn | None,
) -> Exit:
    """Try a connection, and save it if it works.

    Args:
        key: Of the kind of source.
        keep: Where the secret goes. None means the keyring, if there is one.

    Raises:
        Stop: It is not saved.
    """
    source = kind(key)
    _check_name(session, name)
    refuse_secrets(session, source, fields)
    told = told_by(session, source, fields)
    secrets = told_secrets(session, source, name, stdin=secret_stdin)
    queues, agents = _fetched_once(session, source, {**told, **secrets})
    profile = Profile(
        name=name,
        kind=key,
        # Only what the user said: a default that a later version changes is then the new one.
        fields={field: told[field] for field in fields if told[field]},
        secret=keep or KeptIn.KEYRING if secrets else KeptIn.NONE,
    )
    _save(session, source, profile, secrets, ask=keep is None and sys.stdin.isatty())
    session.voice.say(
        session.voice.told(
            phrase(
                "CommandLine",
                "{name} is connected and saved. Queues: {queues}, agents: {agents}.",
            ),
            name=name,
            queues=session.voice.wording.count(queues),
            agents=session.voice.wording.count(agents),
        )
    )
    return Exit.GOOD


def sources(session: Session, *, as_json: bool) -> Exit:
    """Tell which kinds of sources there are, and which connections are saved."""
    kinds, unusable = source_kinds(), unusable_kinds()
    voice = session.voice
    if as_json:
        told: Json = {
            "kinds": [_kind_json(source) for source in kinds.values()],
            "unusable": [
                {"key": broken.key, "package": broken.package, "reason": broken.reason}
                for broken in unusable
            ],
            "connections": [
                {
                    "name": profile.name,
                    "kind": profile.kind,
                    "fields": dict(profile.fields),
                    "secret": str(profile.secret),
                }
                for profile in session.settings.profiles
            ],
        }
        voice.say(json.dumps(told, ensure_ascii=False))
        return Exit.GOOD
    for source in kinds.values():
        fields = ", ".join(_field_text(field) for field in source.fields)
        label = voice.wording.source(source.label)
        voice.say(f"{source.key}: {label}" + (f" ({fields})" if fields else ""))
    for broken in unusable:
        voice.complain(voice.told(UNUSABLE, key=broken.key, reason=broken.reason))
    for profile in session.settings.profiles:
        voice.say(
            voice.told(
                phrase("CommandLine", "Connection {name}: {kind} ({where})"),
                name=profile.name,
                kind=profile.kind,
                where=", ".join(f"{key}={value}" for key, value in profile.fields.items()) or "–",
            )
        )
    if not session.settings.profiles:
        voice.say(
            voice.told(
                phrase(
                    "CommandLine",
                    "Nothing is connected yet. Make a connection with `wallboard connect`, or see"
                    " one with `wallboard demo`.",
                )
            )
        )
    return Exit.GOOD


def check(session: Session, *, name: str, secret_stdin: bool, as_json: bool) -> Exit:
    """Look closely at a connection, and say what is found line by line, as it is found."""
    opening = opening_of(session, name, secret_stdin=secret_stdin)
    found: list[Finding] = []
    try:
        for finding in kind(opening.kind).check(opening.told, app.system_clock()):
            found.append(finding)
            if not as_json:
                session.voice.say(f"{_MARKS[finding.verdict]} {session.voice.finding(finding)}")
    except SourceError as error:
        found.append(Finding(topic="source", verdict=Verdict.BAD, fault=error.fault))
        if not as_json:
            session.voice.say(f"{_MARKS[Verdict.BAD]} {session.voice.fault(error.fault)}")
    good = bool(found) and all(finding.verdict is not Verdict.BAD for finding in found)
    if as_json:
        findings: list[Json] = [_finding_json(session, finding) for finding in found]
        told: Json = {"name": name, "good": good, "findings": findings}
        session.voice.say(json.dumps(told, ensure_ascii=False))
    return Exit.GOOD if good else Exit.BAD


def _check_name(session: Session, name: str) -> None:
    if not name_fits(name):
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "A connection cannot be called {name}: use letters, digits, spaces and - _ . @,"
                " 64 at most.",
            ),
            name=name[:80],
        )
    for profile in session.settings.profiles:
        if profile.name != name and same_name(profile.name, name):
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "{name} is too much like the connection {other}; choose another name.",
                ),
                name=name,
                other=profile.name,
            )


def _fetched_once(session: Session, source: SourceKind, told: Mapping[str, str]) -> tuple[int, int]:
    """Return how many queues and agents a first look shows."""
    try:
        with closing(source.connect(told, app.system_clock())) as door:
            snapshot = door.fetch().snapshot
    except SourceError as error:
        nothing = session.voice.told(phrase("CommandLine", "Nothing was saved."))
        raise Stop(f"{session.voice.fault(error.fault)} {nothing}", Exit.BAD) from error
    return len(snapshot.queues), len(snapshot.agents)


def _save(
    session: Session,
    source: SourceKind,
    profile: Profile,
    secrets: Mapping[str, str],
    *,
    ask: bool,
) -> None:
    """Save it; if its secrets cannot be kept there and `ask`, have the user choose where."""
    keys = tuple(field.key for field in source.fields if field.secret)
    try:
        save_connection(
            session.places, profile, secrets, keys, bound=bound_to(source, profile.fields)
        )
    except SecretsUnavailable as error:
        why = session.voice.noticed(error.notice)
        if not ask:
            raise Stop(f"{why} {session.voice.told(_NO_PLACE)}", Exit.SECRET) from None
        chosen = replace(profile, secret=_chosen(session, why))
        _save(session, source, chosen, secrets, ask=False)


_NO_PLACE: Final = phrase(
    "CommandLine",
    "So the password cannot be kept, and nothing was saved. Add --keep-secret file to keep it in a"
    " file that you alone can read, or --keep-secret ask to be asked for it at each start.",
)


def _chosen(session: Session, why: str) -> KeptIn:
    """Ask where the password shall be, as the keyring cannot have it."""
    session.voice.complain(why)
    question = session.voice.told(
        phrase(
            "CommandLine",
            "Keep the password in a file that you alone can read (file), or ask for it at each"
            " start (ask)? Anything else ends without saving.",
        )
    )
    session.voice.complain(question)
    answer = sys.stdin.readline().strip().casefold()
    if answer not in (KeptIn.FILE, KeptIn.ASK):
        raise Stop(session.voice.told(_NO_PLACE), Exit.SECRET)
    return KeptIn(answer)


def _field_text(field: Field) -> str:
    choices = f"={'|'.join(field.choices)}" if field.choices else ""
    return f"{field.key}{choices}{'*' if field.required else ''}"


def _kind_json(source: SourceKind) -> Json:
    return {
        "key": source.key,
        "label": source.label,
        "fields": [
            {
                "key": field.key,
                "label": field.label,
                "hint": field.hint,
                "form": str(field.form),
                "default": field.default,
                "choices": list(field.choices),
                "secret": field.secret,
                "required": field.required,
            }
            for field in source.fields
        ],
    }


def _finding_json(session: Session, finding: Finding) -> Json:
    return {
        "topic": finding.topic,
        "verdict": str(finding.verdict),
        "sentence": session.voice.finding(finding),
        "details": {name: shown(value) for name, value in finding.details},
        "fault": None if finding.fault is None else fault_json(finding.fault),
    }

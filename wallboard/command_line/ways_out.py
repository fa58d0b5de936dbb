"""The commands about ways out of alerts: make one, list them, try one, see what was delivered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from wallboard import app
from wallboard.app.clock import zone_called
from wallboard.app.ways import try_way
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.histories import history_of
from wallboard.command_line.openings import Session, refuse_secrets, told_by, told_secrets
from wallboard.delivery.kinds import WAY_KINDS
from wallboard.domain.delivery import Delivery, DeliveryState, NotDelivered
from wallboard.engine.as_json import Json, fault_json
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Least, WayOut, name_fits
from wallboard.settings.secrets import SecretPlace, SecretsUnavailable
from wallboard.settings.ways_out import forget_secrets, keep_secrets, secrets_name
from wallboard.storage.delivery_queue import deliveries_since
from wallboard.ui.alert_message import Letterhead, head_of
from wallboard.ui.outside_text import shown
from wallboard.ui.words import phrase

_STATES: Final = {
    DeliveryState.QUEUED: phrase("Delivery", "waiting"),
    DeliveryState.SENT: phrase("Delivery", "sent"),
    DeliveryState.FAILED: phrase("Delivery", "failed"),
}
_NO_PLACE: Final = phrase(
    "CommandLine",
    "So the password cannot be kept, and nothing was saved. Add --keep-secret file to keep it in a"
    " file that you alone can read.",
)
_SHOWN: Final = timedelta(days=7)
_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a new way out is to be.

    Attributes:
        keep: Where its secrets go. None means the keyring.
    """

    key: str
    name: str
    fields: Mapping[str, str]
    least: Least
    names: bool
    secret_stdin: bool
    keep: KeptIn | None


def add(session: Session, asked: Asked) -> Exit:
    """Save a way out, in the place of one of the same name. Nothing is sent.

    Raises:
        Stop: It is not saved.
    """
    kind = WAY_KINDS.get(asked.key)
    if kind is None:
        raise session.voice.stop(
            phrase("CommandLine", "There is no kind of way out called {key}; there are: {keys}."),
            key=asked.key,
            keys=", ".join(WAY_KINDS),
        )
    if not name_fits(asked.name):
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "A way out cannot be called {name}: use letters, digits, spaces and - _ . @,"
                " 64 at most.",
            ),
            name=asked.name[:80],
        )
    refuse_secrets(session, kind, asked.fields)
    told = told_by(session, kind, asked.fields)
    secrets = told_secrets(session, kind, secrets_name(asked.name), stdin=asked.secret_stdin)
    try:
        kind.made({**told, **secrets})
    except NotDelivered as error:
        raise Stop(session.voice.fault(error.fault)) from error
    keep = (asked.keep or KeptIn.KEYRING) if secrets else KeptIn.NONE
    way = WayOut(
        name=asked.name,
        kind=asked.key,
        # Only what the user said: a default that a later version changes is then the new one.
        fields={key: told[key] for key in asked.fields if told[key]},
        secret=keep,
        least=asked.least,
        names=asked.names,
    )
    try:
        keep_secrets(SecretPlace(session.places), way, kind.fields, secrets)
    except SecretsUnavailable as error:
        why = session.voice.noticed(error.notice)
        raise Stop(f"{why} {session.voice.told(_NO_PLACE)}", Exit.SECRET) from None
    SettingsFile(session.places.settings_file).change(lambda found: found.with_way(way))
    session.voice.say(
        session.voice.told(
            phrase("CommandLine", "{name} is saved. Try it with: wallboard alert-test {name}"),
            name=asked.name,
        )
    )
    return Exit.GOOD


def list_ways(session: Session, *, as_json: bool) -> Exit:
    """Tell which ways out are saved."""
    if as_json:
        told: list[Json] = [
            {
                "name": way.name,
                "kind": way.kind,
                "fields": dict(way.fields),
                "secret": str(way.secret),
                "least": str(way.least),
                "names": way.names,
                "on": way.on,
            }
            for way in session.settings.ways
        ]
        session.voice.say(json.dumps({"ways": told}, ensure_ascii=False))
        return Exit.GOOD
    for way in session.settings.ways:
        where = way.fields.get("to") or way.fields.get("address") or "–"
        session.voice.say(
            session.voice.told(
                phrase("CommandLine", "{name}: {kind}, {where}"),
                name=way.name,
                kind=way.kind,
                where=where,
            )
        )
    if not session.settings.ways:
        session.voice.say(
            session.voice.told(
                phrase(
                    "CommandLine",
                    "No way out of alerts is saved. Make one with `wallboard way add`, of one of"
                    " these kinds: {keys}.",
                ),
                keys=", ".join(WAY_KINDS),
            )
        )
    return Exit.GOOD


def remove(session: Session, name: str) -> Exit:
    """Remove a way out and its secrets; what waits for it is not sent.

    Raises:
        Stop: There is none of that name.
    """
    way = _way(session, name)
    SettingsFile(session.places.settings_file).change(lambda found: found.without_way(name))
    kind = WAY_KINDS.get(way.kind)
    if kind is not None:
        # If it cannot be removed now, it cannot be read either.
        with suppress(SecretsUnavailable):
            forget_secrets(SecretPlace(session.places), way, kind.fields)
    session.voice.say(session.voice.told(phrase("CommandLine", "{name} is removed."), name=name))
    return Exit.GOOD


def alert_test(session: Session, name: str) -> Exit:
    """Send a trial by a way out, and say whether it was taken.

    Raises:
        Stop: There is none of that name, or it was not taken.
    """
    way = _way(session, name)
    first = session.settings.first
    letterhead = Letterhead(
        site="–" if first is None else first.name,
        zone=zone_called(session.settings.zone),
        wording=session.voice.wording,
    )
    try:
        try_way(way, session.places, letterhead, app.system_clock().now().wall)
    except NotDelivered as error:
        raise Stop(session.voice.fault(error.fault), Exit.BAD) from error
    session.voice.say(
        session.voice.told(phrase("CommandLine", "The trial was taken by {name}."), name=name)
    )
    return Exit.GOOD


def deliveries(session: Session, name: str, *, as_json: bool) -> Exit:
    """Tell what became of the alerts of a connection's last days, the newest last.

    Raises:
        Stop: There is no such connection, or its history cannot be read.
    """
    now = app.system_clock().now().wall
    with history_of(session, name, reading=True) as history:
        found = tuple(reversed(deliveries_since(history, now - _SHOWN)[:_MOST_SHOWN]))
    for delivery in found:
        session.voice.say(
            json.dumps(_delivery_json(delivery), ensure_ascii=False)
            if as_json
            else _delivery_line(session, delivery)
        )
    return Exit.GOOD


def _delivery_line(session: Session, delivery: Delivery) -> str:
    voice, zone = session.voice, zone_called(session.settings.zone)
    line = voice.told(
        phrase("CommandLine", "{time} {way}: {state}, {alert}"),
        time=voice.wording.clock(delivery.queued_at, zone),
        way=delivery.way,
        state=voice.told(_STATES[delivery.state]),
        alert=shown(head_of(delivery.event, voice.wording, names=False)),
    )
    if delivery.fault is None or delivery.state is DeliveryState.SENT:
        return line
    why = voice.fault_cause(delivery.fault)
    if delivery.state is DeliveryState.FAILED:
        return f"{line} – {why}"
    again = voice.told(
        phrase("CommandLine", "next try at {time}"),
        time=voice.wording.clock(delivery.due_at, zone),
    )
    return f"{line} – {why} ({again})"


def _delivery_json(delivery: Delivery) -> Json:
    return {
        "way": delivery.way,
        "event": delivery.event.event_id,
        "rule": delivery.event.rule_name,
        "state": str(delivery.state),
        "queued_at": delivery.queued_at.isoformat(),
        "due_at": delivery.due_at.isoformat(),
        "tries": delivery.tries,
        "fault": None if delivery.fault is None else fault_json(delivery.fault),
    }


def _way(session: Session, name: str) -> WayOut:
    way = session.settings.way(name)
    if way is None:
        raise session.voice.stop(
            phrase("CommandLine", "There is no way out called {name}; there are: {names}."),
            name=name,
            names=", ".join(each.name for each in session.settings.ways) or "–",
        )
    return way

"""How a file of settings is changed: only what differs, with the user's comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from wallboard.domain.measuring import AS_USUAL
from wallboard.settings.granting import write_supervision
from wallboard.settings.measures import (
    ROWS,
    QueueChoice,
    written_choice,
    written_measuring,
    written_shift,
)
from wallboard.settings.model import SETTINGS, Settings
from wallboard.settings.reading import CONNECTIONS, MEASURING, QUEUES, SHIFTS
from wallboard.settings.toml_rows import alter, alter_rows
from wallboard.settings.ways_out import write_ways

# The last line, always. A file that ends earlier and is the beginning of the last copy was cut.
_END: Final = "# Here the settings end."
_HEAD: Final = (
    "# Settings of Wallboard. You may edit this file; comments and unknown lines are kept.\n"
    "# Passwords are not in here.\n"
)


def written(content: bytes, before: Settings, after: Settings) -> bytes:
    """Return the file's new content: the old one with what differs altered."""
    text = content.decode("utf-8-sig") if content else _fresh(before)
    # Not `splitlines`: it takes more characters for the end of a line than TOML does.
    lines = [line for line in text.split("\n") if line.strip() != _END]
    document = tomlkit.parse("\n".join(lines).rstrip() + "\n")
    for setting in SETTINGS:
        value = getattr(after, setting.key)
        if value != getattr(before, setting.key):
            document[setting.key] = _plain(value)
    _write_measuring(document, before, after)
    _write_profiles(document, before, after)
    _write_queues(document, before, after)
    write_ways(document, before, after)
    write_supervision(document, before.supervision, after.supervision)
    return f"{tomlkit.dumps(document).rstrip()}\n\n{_END}\n".encode()


def same(one: Settings, other: Settings) -> bool:
    """True if both say the same; the order of connections and ways is the file's own business."""

    def in_order(settings: Settings) -> Settings:
        return replace(
            settings,
            profiles=tuple(sorted(settings.profiles, key=lambda profile: profile.name)),
            ways=tuple(sorted(settings.ways, key=lambda way: way.name)),
        )

    return in_order(one) == in_order(other)


def _write_profiles(document: TOMLDocument, before: Settings, after: Settings) -> None:
    gone = {profile.name for profile in before.profiles} - {p.name for p in after.profiles}
    changed = {
        profile.name: {
            "kind": profile.kind,
            "secret": str(profile.secret),
            "zone": profile.zone,
            "fields": profile.fields,
        }
        for profile in after.profiles
        if before.profile(profile.name) != profile
    }
    order = [profile.name for profile in after.profiles]
    alter_rows(document, CONNECTIONS, gone, changed, order)


def _write_measuring(document: TOMLDocument, before: Settings, after: Settings) -> None:
    was, told = written_measuring(before.measuring), written_measuring(after.measuring)
    alter(document, MEASURING, {key: told[key] for key in told if told[key] != was[key]})
    shifts = after.measuring.plan.shifts
    if shifts == before.measuring.plan.shifts:
        return
    if SHIFTS in document:
        # Not replaced in its place: rows of another form would swallow what comes after them.
        del document[SHIFTS]
    if shifts:
        rows = tomlkit.aot()
        for shift in shifts:
            row = tomlkit.table()
            row.update(written_shift(shift))
            rows.append(row)
        document[SHIFTS] = rows


def _write_queues(document: TOMLDocument, before: Settings, after: Settings) -> None:
    for profile in after.profiles:
        was, now = before.queues.get(profile.name, {}), after.queues.get(profile.name, {})
        if was == now:
            continue
        connection = document[CONNECTIONS][profile.name]
        if not isinstance(connection, Table):
            message = "the connection is no plain table"
            raise TypeError(message)
        if not isinstance(connection.get(QUEUES, {}), Mapping):
            del connection[QUEUES]
        if QUEUES not in connection:
            connection[QUEUES] = tomlkit.table(is_super_table=True)
        rows = connection[QUEUES]
        for queue_id in {*was, *now}:
            old = written_choice(was.get(queue_id, QueueChoice()))
            new = written_choice(now.get(queue_id, QueueChoice()))
            alter(rows, queue_id, {key: new[key] for key in new if new[key] != old[key]})


def _fresh(defaults: Settings) -> str:
    rows = [
        f"{setting.key} = {tomlkit.item(_plain(getattr(defaults, setting.key))).as_string()}"
        f" # {setting.note}"
        for setting in SETTINGS
    ]
    told = written_measuring(AS_USUAL)
    rows += ["", f"[{MEASURING}]"]
    for row in ROWS:
        value = told[row.key]
        shown = row.example if value is None else tomlkit.item(value).as_string()
        if shown is not None:
            rows.append(f"{'# ' if value is None else ''}{row.key} = {shown} # {row.note}")
    return "\n".join((_HEAD, *rows))


def _plain(value: object) -> str | bool | int:
    if isinstance(value, int):
        return value
    return "" if value is None else str(value)

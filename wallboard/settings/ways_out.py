"""Ways out of alerts as the file of settings tells them, and where their secrets are kept.

A way that cannot be used is left out and told; all others hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import tomlkit
from tomlkit.items import Table

from wallboard.settings.measures import Complain
from wallboard.settings.model import KeptIn, Least, Settings, WayOut, name_fits
from wallboard.settings.notice import Notice, notice, translate

WAYS: Final = "ways"
"""The table's name in the file."""


def secrets_name(name: str) -> str:
    """Return under which name a way's secrets are kept; no connection can be called so."""
    return f"way:{name}"


def read_ways(rows: object, complain: Complain) -> tuple[WayOut, ...]:
    """Return the ways of the file's table."""
    if not isinstance(rows, Mapping):
        complain(_odd(WAYS))
        return ()
    ways: list[WayOut] = []
    for name, row in rows.items():
        way = _way(str(name), row)
        if way is None:
            complain(_odd(str(name)))
        else:
            ways.append(way)
    return tuple(ways)


def _way(name: str, row: object) -> WayOut | None:
    """Return a way out, or None if the row makes none."""
    if not (isinstance(row, Mapping) and name_fits(name) and isinstance(row.get("kind"), str)):
        return None
    fields = row.get("fields", {})
    switches = (row.get("names", False), row.get("on", True))
    if not isinstance(fields, Mapping) or not all(isinstance(each, bool) for each in switches):
        return None
    if not all(isinstance(told, str) for told in fields.values()):
        return None
    try:
        return WayOut(
            name=name,
            kind=row["kind"],
            fields=dict(fields),
            secret=KeptIn(row.get("secret", KeptIn.NONE)),
            least=Least(row.get("least", Least.CRITICAL)),
            names=switches[0],
            on=switches[1],
        )
    except ValueError:
        return None


def _odd(name: str) -> Notice:
    return notice(
        translate(
            "Settings",
            'The way out "{name}" in the file of settings cannot be read and is left out: nobody'
            " is told of alerts by it.",
        ),
        name=name[:60],
    )


def write_ways(document: tomlkit.TOMLDocument, before: Settings, after: Settings) -> None:
    """Alter in the file what differs."""
    gone = {way.name for way in before.ways} - {way.name for way in after.ways}
    changed = [way for way in after.ways if before.way(way.name) != way]
    if not gone and not changed:
        return
    if not isinstance(document.get(WAYS, {}), Mapping):
        # It was left out with a notice; a table must stand here now.
        del document[WAYS]
    if WAYS not in document:
        document[WAYS] = tomlkit.table(is_super_table=True)
    ways = document[WAYS]
    if not isinstance(ways, Table):
        message = "the ways are no plain table"
        raise TypeError(message)
    for name in gone:
        del ways[name]
    for way in changed:
        old = ways.get(way.name)
        row = old if isinstance(old, Table) else tomlkit.table()
        _write_way(row, way)
        ways[way.name] = row


def _write_way(row: Table, way: WayOut) -> None:
    row["kind"] = way.kind
    row["secret"] = str(way.secret)
    row["least"] = str(way.least)
    row["names"] = way.names
    row["on"] = way.on
    fields = tomlkit.table()
    for key, told in way.fields.items():
        fields[key] = told
    row["fields"] = fields

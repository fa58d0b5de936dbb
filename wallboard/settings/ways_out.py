"""Ways out of alerts as the file of settings tells them, and where their secrets are kept.

A way that cannot be used is left out and told; all others hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tomlkit import TOMLDocument

from wallboard.domain.errors import WallboardError
from wallboard.domain.source import Field
from wallboard.settings.binding import BOUND_TO, binding
from wallboard.settings.measures import Complain
from wallboard.settings.model import KeptIn, Least, Settings, WayOut, name_fits
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.secrets import SecretPlace, Secrets
from wallboard.settings.toml_rows import alter_rows

WAYS: Final = "ways"
"""The table's name in the file."""


def secrets_name(name: str) -> str:
    """Return under which name a way's secrets are kept; no connection can be called so."""
    return f"way:{name}"


class WayLeadsElsewhere(WallboardError):
    """A way out leads elsewhere than when its secrets were told. Ask the user for them."""


def keep_secrets(
    place: SecretPlace, way: WayOut, fields: Sequence[Field], secrets: Secrets
) -> None:
    """Keep a way's secrets and to whom they are told; of what was kept there before nothing stays.

    Args:
        fields: All of the way's kind.

    Raises:
        SecretsUnavailable: They are not kept.
    """
    keys = (*_keys(fields), BOUND_TO)
    bound = binding(fields, way.fields)
    kept = {**secrets, BOUND_TO: bound} if bound else secrets
    place.keep(secrets_name(way.name), kept, way.secret, instead_of=keys)


def recalled_secrets(place: SecretPlace, way: WayOut, fields: Sequence[Field]) -> Secrets:
    """Return a way's secrets; those that were not kept are left out. May wait for a keyring.

    Raises:
        SecretsUnavailable: The place where they are cannot be read.
        WayLeadsElsewhere: They were told for another address.
    """
    keys, bound = _keys(fields), binding(fields, way.fields)
    kept = place.recall(secrets_name(way.name), (*keys, BOUND_TO), way.secret)
    secrets = {key: kept[key] for key in keys if key in kept}
    # One of before this was noted leads where it leads.
    if secrets and kept.get(BOUND_TO, bound) != bound:
        raise WayLeadsElsewhere(way.name)
    return secrets


def forget_secrets(place: SecretPlace, way: WayOut, fields: Sequence[Field]) -> None:
    """Remove all that is kept beside a way. May wait for a keyring.

    Raises:
        SecretsUnavailable: It may still be there.
    """
    place.forget(secrets_name(way.name), (*_keys(fields), BOUND_TO), way.secret)


def _keys(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(field.key for field in fields if field.secret)


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


def write_ways(document: TOMLDocument, before: Settings, after: Settings) -> None:
    """Alter in the file what differs."""
    gone = {way.name for way in before.ways} - {way.name for way in after.ways}
    changed = {
        way.name: {
            "kind": way.kind,
            "secret": str(way.secret),
            "least": str(way.least),
            "names": way.names,
            "on": way.on,
            "fields": way.fields,
        }
        for way in after.ways
        if before.way(way.name) != way
    }
    alter_rows(document, WAYS, gone, changed, [way.name for way in after.ways])

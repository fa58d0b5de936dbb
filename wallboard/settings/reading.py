"""What a file of settings says: what cannot be used is left out, and a notice tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from wallboard.domain.snapshot import QueueId
from wallboard.settings.granting import SUPERVISION, read_supervision
from wallboard.settings.lines import lines_of, toml_of
from wallboard.settings.measures import Complain, QueueChoice, read_choice, read_measuring
from wallboard.settings.model import (
    SETTINGS,
    KeptIn,
    PasswordTold,
    Profile,
    Setting,
    Settings,
    name_fits,
    parsed,
    zone_name,
)
from wallboard.settings.notice import Notice, in_line, notice, translate, unusable
from wallboard.settings.secrets import PASSWORD_VARIABLE, remember
from wallboard.settings.ways_out import WAYS, read_ways

CONNECTIONS: Final = "connections"
QUEUES: Final = "queues"
MEASURING: Final = "measuring"
SHIFTS: Final = "shifts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The settings, and what was odd about their file.

    Attributes:
        notices: For the user; empty if all is well.
    """

    settings: Settings
    notices: tuple[Notice, ...] = ()


def read_settings(content: bytes) -> Loaded:
    """Return what a file says. What cannot be used is left out, and a notice tells it.

    Raises:
        ValueError: It is no TOML.
    """
    told = toml_of(content)
    notices: list[Notice] = []
    lines: Mapping[str, int] | None = None

    def complain(odd: Notice) -> None:
        nonlocal lines
        if lines is None:
            lines = lines_of(content.decode("utf-8-sig"))
        notices.append(in_line(odd, lines))

    values = _values(told, complain)
    profiles, queues = _connections(told.get(CONNECTIONS, {}), complain)
    settings = Settings(
        profiles=profiles,
        queues=queues,
        measuring=read_measuring(told.get(MEASURING), told.get(SHIFTS), complain),
        ways=read_ways(told.get(WAYS, {}), complain),
        supervision=read_supervision(told.get(SUPERVISION), complain),
    )
    settings = replace(settings, **values)  # type: ignore[arg-type] # the table's types
    return Loaded(settings=settings, notices=tuple(notices))


def _values(told: Mapping[str, object], complain: Complain) -> Mapping[str, object]:
    values: dict[str, object] = {}
    for setting in SETTINGS:
        if setting.key not in told:
            continue
        try:
            values[setting.key] = parsed(setting, told[setting.key])
        except PasswordTold as error:
            complain(_password_told(setting, error))
        except ValueError:
            complain(unusable(setting.key, told[setting.key], setting.note))
    return values


def _connections(
    rows: object, complain: Complain
) -> tuple[tuple[Profile, ...], Mapping[str, Mapping[QueueId, QueueChoice]]]:
    """Return the saved connections, and by their names what was decided for their queues."""
    if not isinstance(rows, Mapping):
        complain(_odd(CONNECTIONS))
        return (), {}
    profiles: list[Profile] = []
    queues: dict[str, Mapping[QueueId, QueueChoice]] = {}
    for name, row in rows.items():
        profile = _profile(name, row)
        if profile is None:
            complain(_odd(str(name)))
            continue
        profiles.append(profile)
        chosen = _queues(name, row.get(QUEUES, {}), complain)
        if chosen:
            queues[name] = chosen
    return tuple(profiles), queues


def _password_told(setting: Setting, error: PasswordTold) -> Notice:
    # Before anything can go wrong with it.
    remember({"as told": error.password, "as meant": unquote(error.password)})
    return notice(
        translate(
            "Settings",
            'A password stands in the setting "{key}", so it is not used. Take the password out'
            " there, and tell it in the environment as {variable} or have the program keep it.",
        ),
        key=setting.key,
        variable=PASSWORD_VARIABLE,
    )


def _queues(name: str, rows: object, complain: Complain) -> Mapping[QueueId, QueueChoice]:
    where = f"{CONNECTIONS}.{name}.{QUEUES}"
    if not isinstance(rows, Mapping):
        complain(unusable(where, rows, translate("Settings", "a table of settings")))
        return {}
    told = {QueueId(key): read_choice(row, f"{where}.{key}", complain) for key, row in rows.items()}
    return {key: choice for key, choice in told.items() if choice != QueueChoice()}


def _odd(name: str) -> Notice:
    return notice(
        translate(
            "Settings",
            'The connection "{name}" in the file of settings cannot be read and is left out.',
        ),
        name=name[:60],
    )


def _profile(name: str, row: object) -> Profile | None:
    """Return a saved connection, or None if the row makes none."""
    if not (isinstance(row, Mapping) and name_fits(name) and isinstance(row.get("kind"), str)):
        return None
    fields = row.get("fields", {})
    zone = row.get("zone", "")
    if not (isinstance(fields, Mapping) and isinstance(zone, str)):
        return None
    if not all(isinstance(value, str) for value in fields.values()):
        return None
    try:
        return Profile(
            name=name,
            kind=row["kind"],
            fields=dict(fields),
            secret=KeptIn(row.get("secret", KeptIn.NONE)),
            zone=zone_name(zone) if zone else None,
        )
    except ValueError:
        return None

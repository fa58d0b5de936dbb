"""The file of settings: read with forgiveness, written whole, with the user's comments kept.

What is broken never stops the program. There are three copies of the last good settings beside
the file; the newest readable one stands in for a file that is broken, cut short or gone, and a
notice says so. At the next change the broken file is set aside, not overwritten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from wallboard.domain.errors import WallboardError
from wallboard.domain.measuring import AS_USUAL
from wallboard.domain.snapshot import QueueId
from wallboard.settings.lines import lines_of
from wallboard.settings.measures import (
    ROWS,
    Complain,
    QueueChoice,
    read_choice,
    read_measuring,
    written_choice,
    written_measuring,
    written_shift,
)
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
from wallboard.settings.paths import made
from wallboard.settings.secrets import PASSWORD_VARIABLE, remember
from wallboard.settings.ways_out import WAYS, read_ways, write_ways
from wallboard.settings.whole_file import alone, replace_file

COPIES: Final = 3
LARGEST: Final = 1_000_000
"""Bytes. A larger file is not ours."""

_CONNECTIONS: Final = "connections"
_QUEUES: Final = "queues"
_MEASURING: Final = "measuring"
_SHIFTS: Final = "shifts"
# The last line, always. A file that ends earlier and is the beginning of the last copy was cut.
_END: Final = "# Here the settings end."
_HEAD: Final = (
    "# Settings of Wallboard. You may edit this file; comments and unknown lines are kept.\n"
    "# Passwords are not in here.\n"
)


class SettingsNotSaved(WallboardError):
    """The settings could not be written; the old ones stand. Ask the user.

    Attributes:
        notice: Why, as a sentence.
    """

    def __init__(self, told: Notice) -> None:
        super().__init__(str(told))
        self.notice = told


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The settings, and what was odd about their file.

    Attributes:
        notices: For the user; empty if all is well.
    """

    settings: Settings
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The settings of one user on disk. Holds nothing: each call looks at the disk anew."""

    path: Path

    def load(self) -> Loaded:
        """Return what is set. Never raises because of what the file holds.

        A good file that has no copy yet, because the user edited it, gets one.
        """
        found = self._found()
        if found.good and not found.loaded.notices:
            with suppress(OSError):
                self._remember(found.content)
        return found.loaded

    def change(self, alter: Callable[[Settings], Settings]) -> Settings:
        """Change the settings, and return the new ones.

        One process at a time: what another one saved in between is what `alter` gets.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        try:
            made(self.path.parent)
            with alone(self.path.with_name("settings.lock")):
                return self._changed(alter)
        except OSError as error:
            raise SettingsNotSaved(
                notice(
                    translate(
                        "Settings",
                        "The settings could not be written to {path}: {reason}."
                        " Make room or allow writing there, or choose another place"
                        " with WALLBOARD_HOME.",
                    ),
                    path=self.path,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error

    def _changed(self, alter: Callable[[Settings], Settings]) -> Settings:
        found = self._found()
        before = found.loaded.settings
        after = alter(before)
        try:
            content = _written(found.content, before, after)
            faithful = _same(read_settings(content).settings, after)
        except (TOMLKitError, ValueError, KeyError, TypeError, AttributeError) as error:
            # An unusual but valid file can be beyond tomlkit; then nothing is written.
            raise self._unfaithful() from error
        if not faithful:
            raise self._unfaithful()
        if found.good:
            self._remember(found.content)
        else:
            self._set_aside()
        self._remember(content)
        replace_file(self.path, content)
        return after

    def _unfaithful(self) -> SettingsNotSaved:
        return SettingsNotSaved(
            notice(
                translate(
                    "Settings",
                    "The settings in {path} are written in a way that cannot be changed"
                    " without loss. Nothing was changed; simplify the file or move it away.",
                ),
                path=self.path,
            )
        )

    def _found(self) -> _Found:
        try:
            content: bytes | None = _content(self.path)
            reason = ""
        except (OSError, ValueError) as error:
            content, reason = None, _reason(error)
        copies = [copy for copy in map(self._copy, range(1, COPIES + 1)) if copy is not None]
        if content is not None and not reason:
            if copies and _cut_short(content, copies[0]):
                reason = translate("Settings", "it ends too early")
            else:
                try:
                    return _Found(content=content, loaded=read_settings(content), good=True)
                except ValueError as error:
                    reason = _reason(error)
        return self._stand_in(copies, reason)

    def _stand_in(self, copies: list[bytes], reason: str) -> _Found:
        for content in copies:
            try:
                loaded = read_settings(content)
            except ValueError:
                continue
            told = notice(
                translate(
                    "Settings",
                    "The settings in {path} cannot be read ({reason}); the last good copy"
                    " of them is used.",
                ),
                path=self.path,
                reason=reason or translate("Settings", "the file is gone"),
            )
            return _Found(content=content, loaded=replace(loaded, notices=(told, *loaded.notices)))
        if not reason:
            return _Found(content=b"", loaded=Loaded(settings=Settings()))
        told = notice(
            translate(
                "Settings",
                "The settings in {path} cannot be read ({reason}) and there is no copy of them;"
                " the program's own are used, and the file is left as it is.",
            ),
            path=self.path,
            reason=reason,
        )
        return _Found(content=b"", loaded=Loaded(settings=Settings(), notices=(told,)))

    def _copy_path(self, number: int) -> Path:
        return self.path.with_name(f"settings.backup-{number}.toml")

    def _copy(self, number: int) -> bytes | None:
        try:
            return _content(self._copy_path(number))
        except (OSError, ValueError):
            return None

    def _remember(self, content: bytes) -> None:
        """Make `content` the newest of the copies, unless it is already."""
        if not content or self._copy(1) == content:
            return
        for number in range(COPIES, 1, -1):
            with suppress(FileNotFoundError):
                self._copy_path(number - 1).replace(self._copy_path(number))
        replace_file(self._copy_path(1), content)

    def _set_aside(self) -> None:
        """Keep a broken file under another name, for who wants to look at it."""
        places = [self.path.with_name(f"settings.broken-{number}.toml") for number in range(1, 10)]
        free = next((place for place in places if not place.exists()), places[-1])
        with suppress(FileNotFoundError):
            self.path.replace(free)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is on the disk.

    Attributes:
        content: What the settings were read from: the file, a copy, or nothing.
        good: True if that was the file itself.
    """

    content: bytes
    loaded: Loaded
    good: bool = False


def read_settings(content: bytes) -> Loaded:
    """Return what a file says. What cannot be used is left out, and a notice tells it.

    Raises:
        ValueError: It is no TOML.
    """
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        message = translate("Settings", "it is nested too deeply")
        raise ValueError(message) from error
    notices: list[Notice] = []
    lines: Mapping[str, int] | None = None

    def complain(odd: Notice) -> None:
        nonlocal lines
        if lines is None:
            lines = lines_of(content.decode("utf-8-sig"))
        notices.append(in_line(odd, lines))

    values = _values(told, complain)
    profiles, queues = _connections(told.get(_CONNECTIONS, {}), complain)
    settings = Settings(
        profiles=profiles,
        queues=queues,
        measuring=read_measuring(told.get(_MEASURING), told.get(_SHIFTS), complain),
        ways=read_ways(told.get(WAYS, {}), complain),
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
        complain(_odd(_CONNECTIONS))
        return (), {}
    profiles: list[Profile] = []
    queues: dict[str, Mapping[QueueId, QueueChoice]] = {}
    for name, row in rows.items():
        profile = _profile(name, row)
        if profile is None:
            complain(_odd(str(name)))
            continue
        profiles.append(profile)
        chosen = _queues(name, row.get(_QUEUES, {}), complain)
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
    where = f"{_CONNECTIONS}.{name}.{_QUEUES}"
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


def _written(content: bytes, before: Settings, after: Settings) -> bytes:
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
    return f"{tomlkit.dumps(document).rstrip()}\n\n{_END}\n".encode()


def _write_profiles(document: tomlkit.TOMLDocument, before: Settings, after: Settings) -> None:
    gone = {profile.name for profile in before.profiles} - {p.name for p in after.profiles}
    changed = [profile for profile in after.profiles if before.profile(profile.name) != profile]
    if not gone and not changed:
        return
    if not isinstance(document.get(_CONNECTIONS, {}), Mapping):
        # It was left out with a notice; a table must stand here now.
        del document[_CONNECTIONS]
    if _CONNECTIONS not in document:
        document[_CONNECTIONS] = tomlkit.table(is_super_table=True)
    connections = document[_CONNECTIONS]
    if not isinstance(connections, Table):
        message = "the connections are no plain table"
        raise TypeError(message)
    for name in gone:
        del connections[name]
    for profile in changed:
        old = connections.get(profile.name)
        row = old if isinstance(old, Table) else tomlkit.table()
        _write_profile(row, profile)
        connections[profile.name] = row


def _write_profile(row: Table, profile: Profile) -> None:
    row["kind"] = profile.kind
    row["secret"] = str(profile.secret)
    if profile.zone is not None:
        row["zone"] = profile.zone
    elif "zone" in row:
        del row["zone"]
    fields = tomlkit.table()
    for key, value in profile.fields.items():
        fields[key] = value
    row["fields"] = fields


def _write_measuring(document: tomlkit.TOMLDocument, before: Settings, after: Settings) -> None:
    was, told = written_measuring(before.measuring), written_measuring(after.measuring)
    _alter(document, _MEASURING, {key: told[key] for key in told if told[key] != was[key]})
    shifts = after.measuring.plan.shifts
    if shifts == before.measuring.plan.shifts:
        return
    if _SHIFTS in document:
        # Not replaced in its place: rows of another form would swallow what comes after them.
        del document[_SHIFTS]
    if shifts:
        rows = tomlkit.aot()
        for shift in shifts:
            row = tomlkit.table()
            row.update(written_shift(shift))
            rows.append(row)
        document[_SHIFTS] = rows


def _write_queues(document: tomlkit.TOMLDocument, before: Settings, after: Settings) -> None:
    for profile in after.profiles:
        was, now = before.queues.get(profile.name, {}), after.queues.get(profile.name, {})
        if was == now:
            continue
        connection = document[_CONNECTIONS][profile.name]
        if not isinstance(connection, Table):
            message = "the connection is no plain table"
            raise TypeError(message)
        if not isinstance(connection.get(_QUEUES, {}), Mapping):
            del connection[_QUEUES]
        if _QUEUES not in connection:
            connection[_QUEUES] = tomlkit.table(is_super_table=True)
        rows = connection[_QUEUES]
        for queue_id in {*was, *now}:
            old = written_choice(was.get(queue_id, QueueChoice()))
            new = written_choice(now.get(queue_id, QueueChoice()))
            _alter(rows, queue_id, {key: new[key] for key in new if new[key] != old[key]})


def _alter(holder: tomlkit.TOMLDocument | Table, name: str, values: Mapping[str, object]) -> None:
    """Set rows of a table, or remove those that are None; what else stands there is kept."""
    if not values:
        return
    if not isinstance(holder.get(name, {}), Mapping):
        del holder[name]
    if name not in holder:
        holder[name] = tomlkit.table()
    table = holder[name]
    for key, value in values.items():
        if value is not None:
            table[key] = value
        elif key in table:
            del table[key]


def _same(one: Settings, other: Settings) -> bool:
    """True if both say the same; the order of connections and ways is the file's own business."""

    def in_order(settings: Settings) -> Settings:
        return replace(
            settings,
            profiles=tuple(sorted(settings.profiles, key=lambda profile: profile.name)),
            ways=tuple(sorted(settings.ways, key=lambda way: way.name)),
        )

    return in_order(one) == in_order(other)


def _fresh(defaults: Settings) -> str:
    rows = [
        f"{setting.key} = {tomlkit.item(_plain(getattr(defaults, setting.key))).as_string()}"
        f" # {setting.note}"
        for setting in SETTINGS
    ]
    told = written_measuring(AS_USUAL)
    rows += ["", f"[{_MEASURING}]"]
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


def _content(path: Path) -> bytes:
    """Return the file's bytes, or raise OSError or ValueError; a missing one raises the first."""
    with path.open("rb") as handle:
        content = handle.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = translate("Settings", "it is too large")
        raise ValueError(message)
    return content


def _cut_short(content: bytes, copy: bytes) -> bool:
    return copy.startswith(content) and content.rstrip() != copy.rstrip()


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return ""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, UnicodeDecodeError):
        return translate("Settings", "it is not UTF-8")
    return str(error)[:200]

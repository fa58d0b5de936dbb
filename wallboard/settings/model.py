"""What the user can decide, with types, choices and defaults: one row a setting."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from wallboard.domain.measuring import AS_USUAL, Measuring, QueueRule
from wallboard.domain.snapshot import QueueId
from wallboard.settings.measures import QueueChoice
from wallboard.settings.notice import translate

NAME_LENGTH: Final = 64
"""The longest name of a connection, in characters."""

OFFLINE: Final = "offline"
"""The kind of a connection that there is none to: its calls were only imported."""


class Language(StrEnum):
    """In which language the program speaks."""

    AUTO = "auto"
    """That of the system, if we speak it; else English."""
    EN = "en"
    FA = "fa"


class Theme(StrEnum):
    """The colours of the window."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class KeptIn(StrEnum):
    """Where the secrets of a connection are."""

    KEYRING = "keyring"
    """The operating system's."""
    FILE = "file"
    """A file that its owner alone can read."""
    ASK = "ask"
    """Nowhere: they are asked for at each start."""
    NONE = "none"
    """The connection has no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One saved connection.

    Attributes:
        name: Chosen by the user; unique among the connections.
        kind: The key of its SourceKind.
        fields: Values by key, without the secret ones.
        secret: Where the secret ones are.
        zone: IANA name of the site's time zone. None means that of the settings.
    """

    name: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    secret: KeptIn = KeptIn.NONE
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the user decided.

    Attributes:
        language: The language of windows and of sentences on the command line.
        latin_digits: True if figures are 0123 in Persian too.
        theme: The colours.
        zone: IANA name of the time zone in which a day begins. None means the machine's own.
        start: The name of the connection that the window opens. None means the first one.
        measuring: How the site measures; rules of single queues are in `queues`.
        queues: What was decided for single queues, by the connection's name and the queue.
        history: The address of a database, `postgresql://…`, without a password. None means
            files beside the others of the program, one a connection.
        history_secret: Where the database's password is.
        history_days: After so many days a call is only kept in sums.
        history_mb: From this size of a connection's history on the oldest days are only kept in
            sums, however young.
        profiles: The saved connections, in the order in which they were made.
    """

    language: Language = Language.AUTO
    latin_digits: bool = False
    theme: Theme = Theme.DARK
    zone: str | None = None
    start: str | None = None
    measuring: Measuring = AS_USUAL
    queues: Mapping[str, Mapping[QueueId, QueueChoice]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    history: str | None = None
    history_secret: KeptIn = KeptIn.NONE
    history_days: int = 730
    history_mb: int = 20_000
    profiles: tuple[Profile, ...] = ()

    def profile(self, name: str) -> Profile | None:
        """Return the connection of that name. None if there is none."""
        return next((profile for profile in self.profiles if profile.name == name), None)

    def with_profile(self, profile: Profile) -> Settings:
        """Return the settings with this connection, in the place of one of the same name."""
        if self.profile(profile.name) is None:
            return replace(self, profiles=(*self.profiles, profile))
        rows = (profile if row.name == profile.name else row for row in self.profiles)
        return replace(self, profiles=tuple(rows))

    def without_profile(self, name: str) -> Settings:
        """Return the settings without the connection of that name."""
        rows = tuple(row for row in self.profiles if row.name != name)
        return replace(
            self,
            profiles=rows,
            queues={key: rules for key, rules in self.queues.items() if key != name},
            start=None if self.start == name else self.start,
        )

    def measuring_of(self, name: str) -> Measuring:
        """Return how the calls of a connection are measured, the rules of its queues included."""
        usual: QueueRule = self.measuring.usual
        chosen = {key: choice.on(usual) for key, choice in self.queues.get(name, {}).items()}
        return replace(self.measuring, by_queue={**self.measuring.by_queue, **chosen})

    @property
    def first(self) -> Profile | None:
        """The connection that the window opens. None if nothing is connected yet."""
        chosen = None if self.start is None else self.profile(self.start)
        return chosen or next(iter(self.profiles), None)


class Form(StrEnum):
    """What a setting's value is in the file."""

    CHOICE = "choice"
    SWITCH = "switch"
    """`true` or `false`"""
    ZONE = "zone"
    """The IANA name of a time zone; empty means None."""
    NAME = "name"
    """Free text; empty means None."""
    NUMBER = "number"
    """A whole number from `least` to `most`."""
    DATABASE = "database"
    """The address of a database, without a password; empty means None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table.

    Attributes:
        key: In the file, and the attribute's name in Settings.
        note: For who reads the file: what it does and what may stand there.
        choices: For a CHOICE: an enumeration of texts.
        least, most: For a NUMBER.
    """

    key: str
    form: Form
    note: str
    choices: type[StrEnum] | None = None
    least: int = 0
    most: int = 0


SETTINGS: Final = (
    Setting(
        key="language",
        form=Form.CHOICE,
        choices=Language,
        note=translate("Settings", "auto (that of the system), en or fa"),
    ),
    Setting(
        key="latin_digits",
        form=Form.SWITCH,
        note=translate("Settings", "true: figures are 0123 in Persian too"),
    ),
    Setting(
        key="theme",
        form=Form.CHOICE,
        choices=Theme,
        note=translate("Settings", "dark, light or contrast"),
    ),
    Setting(
        key="zone",
        form=Form.ZONE,
        note=translate(
            "Settings", 'time zone of the site, as in "Asia/Tehran"; empty: that of this machine'
        ),
    ),
    Setting(
        key="start",
        form=Form.NAME,
        note=translate("Settings", "the connection that the window opens; empty: the first one"),
    ),
    Setting(
        key="history",
        form=Form.DATABASE,
        note=translate(
            "Settings",
            'where calls are kept: "postgresql://user@host/database", without a password; empty:'
            " in files of this program",
        ),
    ),
    Setting(
        key="history_secret",
        form=Form.CHOICE,
        choices=KeptIn,
        note=translate(
            "Settings",
            "where the password of that database is: keyring, file, ask or none",
        ),
    ),
    Setting(
        key="history_days",
        form=Form.NUMBER,
        least=7,
        most=36_500,
        note=translate("Settings", "days for which single calls are kept, 7 to 36500; then sums"),
    ),
    Setting(
        key="history_mb",
        form=Form.NUMBER,
        least=100,
        most=10_000_000,
        note=translate(
            "Settings",
            "megabytes, 100 to 10000000; from there on the oldest days are kept as sums",
        ),
    ),
)
"""All settings but the connections."""


def parsed(setting: Setting, value: object) -> object:
    """Return what a value of the file means.

    Raises:
        ValueError: It cannot stand there.
    """
    if setting.form is Form.SWITCH:
        if isinstance(value, bool):
            return value
        raise ValueError(setting.note)
    if setting.form is Form.NUMBER:
        return _whole_number(setting, value)
    if not isinstance(value, str):
        # One remedy for a wrong type and a wrong value: write another.
        raise ValueError(setting.note)  # noqa: TRY004
    if setting.choices is not None:
        return setting.choices(value)
    if value and setting.form in _NAMED:
        return _NAMED[setting.form](value)
    return value or None


def zone_name(value: str) -> str:
    """Return the name of a time zone that is known to exist.

    Raises:
        ValueError: There is none of that name.
    """
    try:
        ZoneInfo(value)
    # A directory's name raises IsADirectoryError, an unknown one ZoneInfoNotFoundError.
    except (OSError, KeyError, ValueError) as error:
        message = f"no time zone is called {value!r}"
        raise ValueError(message) from error
    return value


def database_address(value: str) -> str:
    """Return the address of a database.

    Raises:
        PasswordTold: A password stands in it.
        ValueError: It is none that can be used.
    """
    told = urlsplit(value)
    if told.scheme not in ("postgresql", "postgres") or not told.hostname:
        message = "no address of a PostgreSQL database"
        raise ValueError(message)
    if told.password is not None or "password=" in told.query:
        raise PasswordTold(told.password or "")
    return value


class PasswordTold(ValueError):
    """A password stands where everybody who sees the file would see it.

    Attributes:
        password: It, so that no log repeats it.
    """

    def __init__(self, password: str) -> None:
        super().__init__("a password stands in the address")
        self.password = password


def _whole_number(setting: Setting, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(setting.note)  # noqa: TRY004 - as above
    if not setting.least <= value <= setting.most:
        raise ValueError(setting.note)
    return value


_NAMED: Final[Mapping[Form, Callable[[str], str]]] = {
    Form.ZONE: zone_name,
    Form.DATABASE: database_address,
}


def name_fits(name: str) -> bool:
    """True if a connection may be called that.

    Letters, digits and marks of any script, and `-`, `_`, `.`, `@` and single spaces within: a
    name that shows the same looks the same, and is not taken for an option.
    """
    return (
        0 < len(name) <= NAME_LENGTH
        and name[0] not in "-."
        and " ".join(name.split()) == name
        and all(unicodedata.category(char)[0] in "LNM" or char in " -_.@\u200c" for char in name)
    )


def same_name(one: str, other: str) -> bool:
    """True if two names are too alike to stand side by side.

    They differ in case only, in how letters are composed, or in what the name of a variable of
    the environment cannot tell apart.
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char if char.isalnum() else "_" for char in folded)

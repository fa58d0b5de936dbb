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

from wallboard.domain.arranging import Arrangement, CallerNumbers
from wallboard.domain.granting import Rights
from wallboard.domain.measuring import AS_USUAL, Measuring, QueueRule
from wallboard.domain.snapshot import QueueId
from wallboard.settings.granting import AS_GRANTED, Supervision
from wallboard.settings.measures import QueueChoice, arrangement
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


def system_language(environ: Mapping[str, str]) -> Language:
    """Return the system's language, if we speak it; else English."""
    # The order in which the C library looks at them.
    named = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Language.FA if next(filter(None, named), "").startswith("fa") else Language.EN


class Theme(StrEnum):
    """The colours of the window."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class Calendar(StrEnum):
    """By which calendar days are written."""

    AUTO = "auto"
    """That of the language: Jalali in Persian, else Gregorian."""
    JALALI = "jalali"
    GREGORIAN = "gregorian"


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


class Least(StrEnum):
    """From which alerts on a way out is told."""

    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One way out of alerts to people who do not look at the board.

    Attributes:
        name: Chosen by the user; unique among the ways.
        kind: As in `mail`.
        fields: Values by key, without the secret ones.
        secret: Where the secret ones are.
        least: Of alerts that are less bad it is not told.
        names: True if agents' names may leave the house by it.
        on: False if it is told nothing.
    """

    name: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    secret: KeptIn = KeptIn.NONE
    least: Least = Least.CRITICAL
    names: bool = False
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the user decided.

    Attributes:
        language: The language of windows and of sentences on the command line.
        latin_digits: True if figures are 0123 in Persian too.
        calendar: By which calendar days are written.
        theme: The colours.
        text_size: In percent, 80 to 200.
        time_from_right: True if the time axes of charts run from right to left.
        reduce_motion: True if nothing moves or fades.
        single_keys: False if keys that are a single letter or sign do nothing.
        caller_numbers: How callers' numbers are shown.
        caller_names: True if callers' names are shown where they are known.
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
        alert_sound: True if critical alerts are heard.
        alert_sound_warning: True if warnings are, too.
        alert_volume: Of their sounds, 0 to 100.
        alert_repeat_s: So many seconds after the last one the sound comes again while nobody has
            a critical alert. 0 means that it does not.
        alert_popup: True if the desktop shows new alerts.
        releases: The address of a document that says which release is the newest. None means
            that nobody is asked.
        ways: The ways out of alerts, in the order in which they were made.
        supervision: Who may do what to calls and agents.
        profiles: The saved connections, in the order in which they were made.
    """

    language: Language = Language.AUTO
    latin_digits: bool = False
    calendar: Calendar = Calendar.AUTO
    theme: Theme = Theme.DARK
    text_size: int = 100
    time_from_right: bool = False
    reduce_motion: bool = False
    single_keys: bool = True
    caller_numbers: CallerNumbers = CallerNumbers.MASKED
    caller_names: bool = False
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
    alert_sound: bool = True
    alert_sound_warning: bool = False
    alert_volume: int = 70
    alert_repeat_s: int = 60
    alert_popup: bool = True
    releases: str | None = None
    ways: tuple[WayOut, ...] = ()
    supervision: Supervision = AS_GRANTED
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
            supervision=self.supervision.without(name),
            start=None if self.start == name else self.start,
        )

    def way(self, name: str) -> WayOut | None:
        """Return the way out of that name. None if there is none."""
        return next((way for way in self.ways if way.name == name), None)

    def with_way(self, way: WayOut) -> Settings:
        """Return the settings with this way out, in the place of one of the same name."""
        if self.way(way.name) is None:
            return replace(self, ways=(*self.ways, way))
        return replace(self, ways=tuple(way if row.name == way.name else row for row in self.ways))

    def without_way(self, name: str) -> Settings:
        """Return the settings without the way out of that name."""
        return replace(self, ways=tuple(row for row in self.ways if row.name != name))

    def measuring_of(self, name: str) -> Measuring:
        """Return how the calls of a connection are measured, the rules of its queues included."""
        usual: QueueRule = self.measuring.usual
        chosen = {key: choice.on(usual) for key, choice in self.queues.get(name, {}).items()}
        return replace(self.measuring, by_queue={**self.measuring.by_queue, **chosen})

    def arrangement_of(self, name: str) -> Arrangement:
        """Return how the queues of a connection are shown in the window."""
        return arrangement(self.queues.get(name, {}))

    def rights_of(self, name: str, person: str) -> Rights:
        """Return what a person may do at a connection.

        Args:
            person: As he is signed in to the computer.
        """
        return self.supervision.rights_of(name, person, self.queues.get(name, {}))

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
    DOCUMENT = "document"
    """The address of a document, `https://…` or `http://…`; empty means None."""


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
        key="calendar",
        form=Form.CHOICE,
        choices=Calendar,
        note=translate("Settings", "auto (that of the language), jalali or gregorian"),
    ),
    Setting(
        key="theme",
        form=Form.CHOICE,
        choices=Theme,
        note=translate("Settings", "dark, light or contrast"),
    ),
    Setting(
        key="text_size",
        form=Form.NUMBER,
        least=80,
        most=200,
        note=translate("Settings", "size of all texts in percent, 80 to 200"),
    ),
    Setting(
        key="time_from_right",
        form=Form.SWITCH,
        note=translate("Settings", "true: time runs from right to left in charts"),
    ),
    Setting(
        key="reduce_motion",
        form=Form.SWITCH,
        note=translate("Settings", "true: nothing moves or fades"),
    ),
    Setting(
        key="single_keys",
        form=Form.SWITCH,
        note=translate("Settings", "false: keys that are a single letter or sign do nothing"),
    ),
    Setting(
        key="caller_numbers",
        form=Form.CHOICE,
        choices=CallerNumbers,
        note=translate(
            "Settings",
            "how callers' numbers are shown: masked, end (last digits), hidden or whole",
        ),
    ),
    Setting(
        key="caller_names",
        form=Form.SWITCH,
        note=translate("Settings", "true: callers' names are shown where they are known"),
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
    Setting(
        key="alert_sound",
        form=Form.SWITCH,
        note=translate("Settings", "false: critical alerts make no sound"),
    ),
    Setting(
        key="alert_sound_warning",
        form=Form.SWITCH,
        note=translate("Settings", "true: warnings make a sound, too"),
    ),
    Setting(
        key="alert_volume",
        form=Form.NUMBER,
        least=0,
        most=100,
        note=translate("Settings", "how loud alerts are, 0 to 100"),
    ),
    Setting(
        key="alert_repeat_s",
        form=Form.NUMBER,
        least=0,
        most=3600,
        note=translate(
            "Settings",
            "after so many seconds a critical alert that nobody has is heard again, 0 to 3600;"
            " 0: never",
        ),
    ),
    Setting(
        key="alert_popup",
        form=Form.SWITCH,
        note=translate("Settings", "false: the desktop shows no new alerts"),
    ),
    Setting(
        key="releases",
        form=Form.DOCUMENT,
        note=translate(
            "Settings",
            'where to ask for newer releases, as in "https://example.com/wallboard.json"; empty:'
            " nobody is asked",
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


def document_address(value: str) -> str:
    """Return the address of a document.

    Raises:
        ValueError: It is none that can be used.
    """
    # Roughly: who asks reads it strictly. Loading that to read settings would slow every start.
    told = urlsplit(value)
    if told.scheme not in ("http", "https") or not told.hostname or "@" in told.netloc:
        message = "no address of a document"
        raise ValueError(message)
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
    Form.DOCUMENT: document_address,
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

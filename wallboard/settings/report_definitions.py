"""The reports that people want again and again, as a file of TOML: read with forgiveness.

A definition that cannot be used is left out and told; all others hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

import tomlkit
from tomlkit.items import AoT, Table

from wallboard.domain.reporting import (
    PaperForm,
    Period,
    PeriodKind,
    ReportDefinition,
    ReportKind,
)
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.lines import toml_of
from wallboard.settings.model import name_fits
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import Places, made
from wallboard.settings.whole_file import alone, replace_file

MOST: Final = 500
"""More definitions are not read."""
LARGEST: Final = 1_000_000
MINUTES: Final = (15, 30, 60)

_LONGEST: Final = 200
_MOST_NAMED: Final = 500
_FARTHEST_BACK: Final = 1_000
_LANGUAGES: Final = ("", "en", "fa")
_HEAD: Final = (
    "Reports that are made again and again. You may edit this file.\n"
    "Make one with: wallboard report saved --name NAME"
)
_Choice = TypeVar("_Choice", bound=StrEnum)


def definitions_file(places: Places) -> Path:
    """Return where the definitions are."""
    return places.config / "reports.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDefinitions:
    """What the file says.

    Attributes:
        notices: For the user; empty if all is well.
    """

    definitions: tuple[ReportDefinition, ...] = ()
    notices: tuple[Notice, ...] = ()

    def called(self, name: str) -> ReportDefinition | None:
        """Return the one of that name. None if there is none."""
        return next((each for each in self.definitions if each.name == name), None)


@dataclass(frozen=True, slots=True)
class DefinitionsFile:
    """The definitions on disk. Holds nothing: each call looks at the disk anew."""

    path: Path

    def load(self) -> ReadDefinitions:
        """Return what is told there. Never raises because of what the file holds."""
        try:
            if self.path.stat().st_size > LARGEST:
                return self._unreadable(translate("Settings", "it is too large"))
            return read_definitions(self.path.read_bytes())
        except FileNotFoundError:
            return ReadDefinitions()
        except OSError as error:
            return self._unreadable(error.strerror or type(error).__name__)
        except ValueError as error:
            return self._unreadable(str(error))

    def keep(self, definition: ReportDefinition) -> None:
        """Write a definition, in the place of one of the same name.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        self._change(
            lambda rows: (
                tuple(definition if row.name == definition.name else row for row in rows)
                if any(row.name == definition.name for row in rows)
                else (*rows, definition)
            )
        )

    def remove(self, name: str) -> None:
        """Take a definition out; nothing happens if there is none.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        self._change(lambda rows: tuple(row for row in rows if row.name != name))

    def _change(
        self, change: Callable[[tuple[ReportDefinition, ...]], tuple[ReportDefinition, ...]]
    ) -> None:
        try:
            made(self.path.parent)
            with alone(self.path.with_name(f"{self.path.name}.lock")):
                there = self.load()
                if there.notices:
                    # What is not among the definitions would be lost.
                    replace_file(self._aside(), self.path.read_bytes())
                replace_file(self.path, written_definitions(change(there.definitions)))
        except OSError as error:
            raise SettingsNotSaved(
                notice(
                    translate("Settings", "The reports could not be written to {path}: {reason}."),
                    path=self.path,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error

    def _aside(self) -> Path:
        """Return where a file is set aside: never where an older one is, of some dozens."""
        names = (".broken.toml", *(f".broken-{number}.toml" for number in range(2, 100)))
        paths = [self.path.with_suffix(name) for name in names]
        return next((path for path in paths if not path.exists()), paths[-1])

    def _unreadable(self, reason: str) -> ReadDefinitions:
        told = notice(
            translate("Settings", "The saved reports in {path} cannot be read ({reason})."),
            path=self.path,
            reason=reason,
        )
        return ReadDefinitions(notices=(told,))


def read_definitions(content: bytes) -> ReadDefinitions:
    """Return what a file says. What cannot be used is left out, and a notice tells it.

    Raises:
        ValueError: It is no TOML.
    """
    rows = toml_of(content).get("reports", [])
    found: dict[str, ReportDefinition] = {}
    notices: list[Notice] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        try:
            definition = _definition(row)
            if definition.name in found or len(found) >= MOST:
                raise ValueError(translate("Settings", "another report has the same name"))  # noqa: TRY301 - one remedy
        except ValueError as error:
            notices.append(
                notice(
                    translate("Settings", "The saved report {number} is left out: {reason}."),
                    number=number,
                    reason=str(error)[:_LONGEST],
                )
            )
        else:
            found[definition.name] = definition
    return ReadDefinitions(definitions=tuple(found.values()), notices=tuple(notices))


def _definition(row: object) -> ReportDefinition:
    """Return a definition.

    Raises:
        ValueError: It cannot be used, and why.
    """
    if not isinstance(row, Mapping):
        raise ValueError(translate("Settings", "it is no table"))  # noqa: TRY004 - one remedy
    name, connection = row.get("name"), row.get("connection")
    if not isinstance(name, str) or not name_fits(name):
        raise ValueError(translate("Settings", "a name is missing or too long"))
    if not isinstance(connection, str) or not name_fits(connection):
        raise ValueError(f"connection: {str(connection)[:40]!r}")
    language = row.get("language", "")
    if language not in _LANGUAGES:
        raise ValueError(f"language: {str(language)[:40]!r}")
    forms = tuple(_choice("formats", PaperForm, each) for each in _texts(row, "formats"))
    return ReportDefinition(
        name=name,
        kind=_choice("kind", ReportKind, row.get("kind")),
        connection=connection,
        period=_period(row.get("time")),
        queues=_texts(row, "queues"),
        groups=_texts(row, "groups"),
        agents=_texts(row, "agents"),
        interval=_interval(row.get("interval")),
        forms=forms or (PaperForm.XLSX, PaperForm.PDF),
        language=str(language),
    )


def _interval(told: object) -> timedelta | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int) or told not in MINUTES:
        raise ValueError(f"interval: {str(told)[:40]!r}")
    return timedelta(minutes=told)


def _period(row: object) -> Period:
    if not isinstance(row, Mapping):
        raise ValueError(f"time: {str(row)[:40]!r}")  # noqa: TRY004 - one remedy
    back = row.get("back", 0)
    if isinstance(back, bool) or not isinstance(back, int) or not 0 <= back <= _FARTHEST_BACK:
        raise ValueError(f"time.back: {str(back)[:40]!r}")
    name = row.get("shift", "")
    if not isinstance(name, str) or len(name) > _LONGEST:
        raise ValueError(f"time.shift: {str(name)[:40]!r}")
    kind = _choice("time.kind", PeriodKind, row.get("kind"))
    begin, end = _instant(row, "begin"), _instant(row, "end")
    if kind is PeriodKind.RANGE and begin is None:
        raise ValueError("time.begin: None")
    return Period(kind=kind, name=name, back=back, day=_day(row), begin=begin, end=end)


def _day(row: Mapping[str, object]) -> date | None:
    told = row.get("day")
    if told is None:
        return None
    if isinstance(told, datetime) or not isinstance(told, date):
        raise ValueError(f"time.day: {str(told)[:40]!r}")  # noqa: TRY004 - one remedy
    return told


def _instant(row: Mapping[str, object], key: str) -> datetime | None:
    told = row.get(key)
    if told is None:
        return None
    if not isinstance(told, datetime) or told.tzinfo is None:
        raise ValueError(f"time.{key}: {str(told)[:40]!r}")
    return told


def _choice(key: str, among: type[_Choice], told: object) -> _Choice:
    try:
        return among(str(told))
    except ValueError as error:
        raise ValueError(f"{key}: {str(told)[:40]!r}") from error


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    told = row.get(key, [])
    if not isinstance(told, list) or len(told) > _MOST_NAMED:
        raise ValueError(f"{key}: {str(told)[:40]!r}")
    for each in told:
        if not isinstance(each, str) or not 0 < len(each) <= _LONGEST:
            raise ValueError(f"{key}: {str(each)[:40]!r}")
    return tuple(map(str, told))


def written_definitions(definitions: tuple[ReportDefinition, ...]) -> bytes:
    """Return definitions as a file, from which `read_definitions` makes the same ones."""
    document = tomlkit.document()
    for line in _HEAD.split("\n"):
        document.add(tomlkit.comment(line))
    rows = AoT([])
    for definition in definitions:
        rows.append(_row(definition))
    if definitions:
        document.append("reports", rows)
    return tomlkit.dumps(document).encode()


def _row(definition: ReportDefinition) -> Table:
    row = tomlkit.table()
    row["name"], row["kind"] = definition.name, str(definition.kind)
    row["connection"] = definition.connection
    for key in ("queues", "groups", "agents"):
        named = getattr(definition, key)
        if named:
            row[key] = list(named)
    if definition.interval is not None:
        row["interval"] = int(definition.interval.total_seconds() // 60)
    row["formats"] = [str(form) for form in definition.forms]
    if definition.language:
        row["language"] = definition.language
    period = definition.period
    time = tomlkit.table()
    time["kind"] = str(period.kind)
    told = {"shift": period.name, "back": period.back, "day": period.day}
    told |= {"begin": period.begin, "end": period.end}
    for key, value in told.items():
        if value:
            time[key] = value
    row["time"] = time
    return row

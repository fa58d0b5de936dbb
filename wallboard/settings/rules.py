"""The rules of alerts as a file of TOML: read with forgiveness, written whole.

A rule that cannot be used is left out and told; all others hold. A file that is no TOML is left
as it is, and set aside when the rules are changed; one with rules that were left out is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import tomlkit
from tomlkit.items import AoT, Table

from wallboard.domain.alert import (
    ALWAYS,
    Condition,
    Hours,
    Join,
    Limits,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.jalali import LAST_YEAR, from_jalali
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.lines import toml_of
from wallboard.settings.measures import WEEKDAYS, clock_time
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import made
from wallboard.settings.whole_file import alone, replace_file

NAME_LENGTH: Final = 80
MOST: Final = 2000
"""More rules are not read."""
LARGEST: Final = 2_000_000

Readable: TypeAlias = Callable[[SubjectKind, Condition], bool]
"""True if there is such a reading of such a subject."""

_Value = TypeVar("_Value")

_LIMITS: Final = ("low_critical", "low_warning", "high_warning", "high_critical")
_LONGEST_ID: Final = 512
_MOST_ASIDE: Final = 100
_LONGEST_S: Final = 86_400.0
_JOINERS: Final = dict.fromkeys(map(ord, "\u200c\u200d"))
_HEAD: Final = (
    "Rules of alerts. You may edit this file, or bring in another with"
    " `wallboard rules import`.\n"
    "Limits of shares are 0 to 1, of times seconds; a reading beyond its limit is bad."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRules:
    """What a file of rules says.

    Attributes:
        rules: None if there is no file, or none that can be read.
        notices: For the user; empty if all is well.
    """

    rules: Rules | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesFile:
    """The rules of one connection on disk. Holds nothing: each call looks at the disk anew."""

    path: Path

    def load(self, readable: Readable) -> ReadRules:
        """Return what is told there. Never raises because of what the file holds."""
        try:
            if self.path.stat().st_size > LARGEST:
                return self._unreadable(translate("Settings", "it is too large"))
            content = self.path.read_bytes()
        except FileNotFoundError:
            return ReadRules(rules=None)
        except OSError as error:
            return self._unreadable(error.strerror or type(error).__name__)
        try:
            return read_rules(content, readable)
        except ValueError as error:
            return self._unreadable(str(error))

    def save(self, rules: Rules, readable: Readable) -> None:
        """Write the rules in place of those that are there.

        A broken file is set aside, and one of which something was left out is copied: what is
        not among the rules would be lost.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        try:
            made(self.path.parent)
            with alone(self.path.with_name("rules.lock")):
                there = self.load(readable)
                if there.rules is None and self.path.exists():
                    self.path.replace(self._aside())
                elif there.notices:
                    replace_file(self._aside(), self.path.read_bytes())
                replace_file(self.path, written_rules(rules))
        except OSError as error:
            raise SettingsNotSaved(
                notice(
                    translate("Settings", "The rules could not be written to {path}: {reason}."),
                    path=self.path,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error

    def _aside(self) -> Path:
        """Return where a file is set aside: never where an older one is."""
        names = (".broken.toml", *(f".broken-{number}.toml" for number in range(2, _MOST_ASIDE)))
        free = (self.path.with_suffix(name) for name in names)
        last = self.path.with_suffix(f".broken-{_MOST_ASIDE}.toml")
        return next((path for path in free if not path.exists()), last)

    def _unreadable(self, reason: str) -> ReadRules:
        told = notice(
            translate(
                "Settings",
                "The rules in {path} cannot be read ({reason}); the program's own are used.",
            ),
            path=self.path,
            reason=reason,
        )
        return ReadRules(rules=None, notices=(told,))


def read_rules(content: bytes, readable: Readable) -> ReadRules:
    """Return what a file says. What cannot be used is left out, and a notice tells it.

    Raises:
        ValueError: It is no TOML.
    """
    told = toml_of(content)
    notices: list[Notice] = []
    rows = told.get("rules", [])
    found: dict[RuleId, Rule] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        try:
            rule = _rule(row, readable)
        except ValueError as error:
            notices.append(_left_out(number, row, str(error)))
            continue
        if rule.rule_id in found or len(found) >= MOST:
            reason = translate("Settings", "another rule has the same id, or there are too many")
            notices.append(_left_out(number, row, reason))
        else:
            found[rule.rule_id] = rule
    holidays, yearly = _holidays(told.get("holidays", []), notices)
    rules = Rules(rules=tuple(found.values()), holidays=holidays, yearly=yearly)
    return ReadRules(rules=rules, notices=tuple(notices))


def _left_out(number: int, row: object, reason: str) -> Notice:
    name = row.get("name", row.get("id", "")) if isinstance(row, Mapping) else ""
    return notice(
        translate("Settings", "Rule {number} ({name}) is left out: {reason}."),
        number=number,
        name=repr(name)[:60],
        reason=reason,
    )


def _rule(row: object, readable: Readable) -> Rule:
    """Return a rule.

    Raises:
        ValueError: It cannot be used, and why.
    """
    if not isinstance(row, Mapping):
        raise ValueError(translate("Settings", "it is no table"))  # noqa: TRY004 - one remedy
    kind = _choice(row, "of", SubjectKind)
    conditions = tuple(_condition(each) for each in _list(row, "conditions"))
    if not conditions:
        raise ValueError(translate("Settings", "it has no conditions"))
    for condition in conditions:
        if not readable(kind, condition):
            message = translate("Settings", "there is no reading of that name and window there")
            raise ValueError(message)
    return Rule(
        rule_id=RuleId(_text(row, "id")),
        name=_text(row, "name"),
        kind=kind,
        conditions=conditions,
        join=_choice(row, "join", Join) if "join" in row else Join.ALL,
        of=frozenset(Subject(str(each)[:_LONGEST_ID]) for each in _list(row, "only")),
        lasting=_seconds(row, "for_s"),
        keep=_seconds(row, "keep_s"),
        muted=_switch(row, "muted", default=False),
        hours=_hours(row.get("hours")),
    )


def _condition(row: object) -> Condition:
    if not isinstance(row, Mapping):
        raise ValueError(translate("Settings", "a condition is no table"))  # noqa: TRY004
    told = {key: _number(row[key]) for key in _LIMITS if key in row}
    limits = Limits(margin=_number(row.get("margin", 0)), **told)
    if not limits.ordered:
        message = translate("Settings", "its limits are missing or not in order")
        raise ValueError(message)
    least = row.get("least")
    if least is not None and (isinstance(least, bool) or not isinstance(least, int) or least < 0):
        raise ValueError(translate("Settings", "least is no number of calls"))
    window = row.get("window")
    return Condition(
        reading=_text(row, "reading"),
        limits=limits,
        least=least,
        window=None if window is None else str(window),
    )


def _hours(row: object) -> Hours:
    if row is None:
        return ALWAYS
    if not isinstance(row, Mapping):
        raise ValueError(translate("Settings", "hours are no table"))  # noqa: TRY004
    days = _list(row, "weekdays")
    try:
        told = frozenset(WEEKDAYS.index(str(day).strip().lower()) for day in days)
    except ValueError as error:
        message = translate("Settings", "a weekday is not known")
        raise ValueError(message) from error
    return Hours(
        weekdays=told or ALWAYS.weekdays,
        begins=clock_time(row.get("begins", "00:00")),
        ends=clock_time(row.get("ends", "00:00")),
        holidays=_switch(row, "holidays", default=True),
    )


def _holidays(
    rows: object, notices: list[Notice]
) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    """Return single days, and those of every Jalali year: `2026-03-21`, `1405-01-01`, `01-01`."""
    days: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for row in rows if isinstance(rows, list) else []:
        try:
            found = _day(row)
        except ValueError:
            notices.append(
                notice(
                    translate("Settings", "{day} is no day; it is left out of the holidays."),
                    day=repr(row)[:40],
                )
            )
            continue
        if isinstance(found, date):
            days.add(found)
        else:
            yearly.add(found)
    return frozenset(days), frozenset(yearly)


def _day(row: object) -> date | tuple[int, int]:
    """Return a day, or month and day of every Jalali year.

    Raises:
        ValueError: It is none.
    """
    if isinstance(row, date):
        row = row.isoformat()[:10]
    match tuple(int(part) for part in str(row).split("-")):
        case (year, month, day) if year <= LAST_YEAR:
            return from_jalali(year, month, day)
        case (year, month, day):
            return date(year, month, day)
        case (month, day):
            from_jalali(1403, month, day)  # a leap year: it has every day that there may be
            return month, day
        case _:
            raise ValueError(row)


def _choice(row: Mapping[str, object], key: str, among: Callable[[str], _Value]) -> _Value:
    try:
        return among(str(row.get(key)))
    except ValueError as error:
        raise ValueError(f"{key}: {str(row.get(key))[:40]!r}") from error


def _text(row: Mapping[str, object], key: str) -> str:
    return _plain(row.get(key))


def _plain(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= NAME_LENGTH:
        raise ValueError(translate("Settings", "a name is missing or too long"))
    # Persian needs the two joiners to write its words.
    if not value.translate(_JOINERS).isprintable():
        raise ValueError(translate("Settings", "a name holds what cannot be printed"))
    return value.strip()


def _list(row: Mapping[str, object], key: str) -> list[object]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"{key}: {str(value)[:40]!r}")  # noqa: TRY004 - as above
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(translate("Settings", "a limit is no number"))
    return value


def _seconds(row: Mapping[str, object], key: str) -> timedelta:
    seconds = _number(row.get(key, 0))
    if not 0 <= seconds <= _LONGEST_S:
        raise ValueError(f"{key}: {seconds}")
    return timedelta(seconds=seconds)


def _switch(row: Mapping[str, object], key: str, *, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"{key}: {str(value)[:40]!r}")  # noqa: TRY004 - as above
    return value


def written_rules(rules: Rules) -> bytes:
    """Return the rules as a file, from which `read_rules` makes the same ones."""
    document = tomlkit.document()
    for line in _HEAD.split("\n"):
        document.add(tomlkit.comment(line))
    days = [day.isoformat() for day in sorted(rules.holidays)]
    days += [f"{month:02}-{day:02}" for month, day in sorted(rules.yearly)]
    if days:
        document.add("holidays", tomlkit.item(days))
    rows = AoT([])
    for rule in rules.rules:
        rows.append(_row(rule))
    if rules.rules:
        document.append("rules", rows)
    return tomlkit.dumps(document).encode()


def _row(rule: Rule) -> Table:
    row = tomlkit.table()
    row["id"], row["name"], row["of"] = str(rule.rule_id), rule.name, str(rule.kind)
    if rule.of:
        row["only"] = sorted(rule.of)
    if rule.join is not Join.ALL:
        row["join"] = str(rule.join)
    for key, span in (("for_s", rule.lasting), ("keep_s", rule.keep)):
        if span:
            row[key] = _short(span.total_seconds())
    if rule.muted:
        row["muted"] = True
    if rule.hours != ALWAYS:
        row["hours"] = _hours_row(rule.hours)
    conditions = AoT([])
    for condition in rule.conditions:
        conditions.append(_condition_row(condition))
    row.append("conditions", conditions)
    return row


def _condition_row(condition: Condition) -> Table:
    row = tomlkit.table()
    row["reading"] = condition.reading
    if condition.window is not None:
        row["window"] = str(condition.window)
    if condition.least is not None:
        row["least"] = condition.least
    limits = condition.limits
    for key in _LIMITS:
        limit = getattr(limits, key)
        if limit is not None:
            row[key] = _short(limit)
    if limits.margin:
        row["margin"] = _short(limits.margin)
    return row


def _hours_row(hours: Hours) -> Table:
    row = tomlkit.table()
    if hours.weekdays != ALWAYS.weekdays:
        row["weekdays"] = [WEEKDAYS[day] for day in sorted(hours.weekdays)]
    if (hours.begins, hours.ends) != (time(), time()):
        row["begins"], row["ends"] = f"{hours.begins:%H:%M}", f"{hours.ends:%H:%M}"
    if not hours.holidays:
        row["holidays"] = False
    return row


def _short(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number

"""How a site measures, as the file of settings tells it: targets, levels, shifts, the day.

A value that cannot be used is left out and told; all others hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from math import isfinite
from typing import Final, TypeAlias, TypeVar

from wallboard.domain.arranging import Arrangement
from wallboard.domain.measuring import (
    LevelKind,
    LevelProfile,
    Measuring,
    QueueRule,
    Shift,
    WorkPlan,
)
from wallboard.domain.snapshot import QueueId
from wallboard.settings.notice import SHIFT_LEFT_OUT, Notice, notice, translate, unusable

WEEKDAYS: Final = (
    translate("Settings", "monday"),
    translate("Settings", "tuesday"),
    translate("Settings", "wednesday"),
    translate("Settings", "thursday"),
    translate("Settings", "friday"),
    translate("Settings", "saturday"),
    translate("Settings", "sunday"),
)
"""As they are written in the file; the first is day 0."""

SHIFT_NAME_LENGTH: Final = 64

Complain: TypeAlias = Callable[[Notice], None]

_Value = TypeVar("_Value")

_INTERVALS: Final = (15, 30, 60)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LONGEST_S: Final = 86_400.0
_JOINERS: Final = dict.fromkeys(map(ord, "\u200c\u200d"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueChoice:
    """What was decided for one queue. None: as for all others.

    Attributes:
        goal: From which service level on all is well, 0 to 1.
        name: What it is called in the window. None: as the source calls it.
        group: A free word. None: it is in no group.
        hidden: True if it is on no page and in no total of the window.
    """

    target: timedelta | None = None
    short: timedelta | None = None
    level: LevelProfile | None = None
    goal: float | None = None
    name: str | None = None
    group: str | None = None
    hidden: bool = False

    def on(self, usual: QueueRule) -> QueueRule:
        """Return the whole rule, with what was not decided taken from the usual one."""
        told = {
            name: value
            for name, value in (
                ("target", self.target),
                ("short", self.short),
                ("level", self.level),
                ("goal", self.goal),
            )
            if value is not None
        }
        return replace(usual, **told)  # type: ignore[arg-type] # the fields' own types


def arrangement(choices: Mapping[QueueId, QueueChoice]) -> Arrangement:
    """Return how queues are shown."""
    return Arrangement(
        names={key: choice.name for key, choice in choices.items() if choice.name is not None},
        groups={key: choice.group for key, choice in choices.items() if choice.group is not None},
        hidden=frozenset(key for key, choice in choices.items() if choice.hidden),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One row of the file's table of measuring.

    Attributes:
        note: For who reads the file: what it does and what may stand there.
        example: What a fresh file shows where nothing is decided yet. None if it has a default.
    """

    key: str
    note: str
    example: str | None = None


TARGET: Final = MeasureRow(
    key="target_s",
    note=translate(
        "Settings", "seconds in which a call is to be answered; absent: what the system tells"
    ),
    example="20",
)
SHORT: Final = MeasureRow(
    key="short_abandon_s",
    note=translate(
        "Settings", "seconds; who hangs up after waiting no longer than this was no lost caller"
    ),
)
LEVEL: Final = MeasureRow(
    key="service_level",
    note=translate(
        "Settings",
        "sl_offered, sl_answered, sl_ignore, sl_positive, sl_excl_short, sl_genesys,"
        " sl_asterisk, sl_asterisk2 or sl_amazon",
    ),
)
FLOW_OUTS: Final = MeasureRow(
    key="genesys_flow_outs",
    note=translate("Settings", "true or false; with sl_genesys: who flows out counts, too"),
    example="false",
)
NO_SHORT: Final = MeasureRow(
    key="genesys_no_short_abandons",
    note=translate("Settings", "true or false; with sl_genesys: short abandons are left out"),
    example="false",
)
NO_ABANDONS: Final = MeasureRow(
    key="genesys_no_abandons",
    note=translate("Settings", "true or false; with sl_genesys: all abandons are left out"),
    example="false",
)
GOAL: Final = MeasureRow(
    key="service_level_goal",
    note=translate(
        "Settings", "percent, 1 to 100; a service level below it is marked, ten points below loudly"
    ),
)
DAY_BEGINS: Final = MeasureRow(
    key="day_begins",
    note=translate("Settings", 'when the business day begins at the site, as in "06:00"'),
)
WEEK_BEGINS: Final = MeasureRow(
    key="week_begins",
    note=translate("Settings", 'the first day of the week in English, as in "saturday"'),
)
INTERVAL: Final = MeasureRow(
    key="interval_minutes", note=translate("Settings", "length of an interval: 15, 30 or 60")
)
NAME: Final = MeasureRow(
    key="name",
    note=translate("Settings", "what the queue is called in the window; at most 64 letters"),
)
GROUP: Final = MeasureRow(
    key="group",
    note=translate("Settings", "the group of the queue, a free word of at most 64 letters"),
)
HIDDEN: Final = MeasureRow(
    key="hidden",
    note=translate(
        "Settings", "true or false; true: the queue is on no page and in no total of the window"
    ),
)
_RULE_ROWS: Final = (TARGET, SHORT, LEVEL, GOAL, FLOW_OUTS, NO_SHORT, NO_ABANDONS)
ROWS: Final = (*_RULE_ROWS, DAY_BEGINS, WEEK_BEGINS, INTERVAL)
"""All rows of the table, in the order in which a fresh file has them."""

_CLOCK_NOTE: Final = translate("Settings", 'a time of the day, as in "08:00"')
_WEEKDAYS_NOTE: Final = translate(
    "Settings", 'a list of days in English, as in ["saturday", "sunday"]; absent: every day'
)
_NAME_NOTE: Final = translate("Settings", "a name of at most 64 letters that no other shift has")
_TABLE_NOTE: Final = translate("Settings", "a table of settings")


def read_measuring(table: object, shifts: object, complain: Complain) -> Measuring:
    """Return what the file says.

    Args:
        table: The value of `measuring`; None if the file has none.
        shifts: The value of `shifts`; None if the file has none.
        complain: Gets a notice for each value that is not used.
    """
    if table is not None and not isinstance(table, Mapping):
        complain(unusable("measuring", table, _TABLE_NOTE))
    rows = table if isinstance(table, Mapping) else {}
    reader = _Reader(rows, "measuring", complain)
    plan = WorkPlan()
    return Measuring(
        usual=_choice(reader).on(QueueRule()),
        plan=WorkPlan(
            day_begins=reader.value(DAY_BEGINS, clock_time, plan.day_begins),
            week_begins=reader.value(WEEK_BEGINS, _weekday, plan.week_begins),
            interval=reader.value(INTERVAL, _interval, plan.interval),
            shifts=_shifts(shifts, complain),
        ),
    )


def read_choice(table: object, where: str, complain: Complain) -> QueueChoice:
    """Return what was decided for one queue.

    Args:
        where: The table's name in the file.
    """
    if not isinstance(table, Mapping):
        complain(unusable(where, table, _TABLE_NOTE))
        return QueueChoice()
    reader = _Reader(table, where, complain)
    return replace(
        _choice(reader),
        name=reader.value(NAME, own_name, None),
        group=reader.value(GROUP, own_name, None),
        hidden=reader.value(HIDDEN, _switch, False),  # noqa: FBT003 - the default
    )


def written_measuring(measuring: Measuring) -> Mapping[str, str | int | float | bool | None]:
    """Return the table's values by key; None: the row is not in the file."""
    plan = measuring.plan
    usual = QueueChoice(
        target=measuring.usual.target,
        short=measuring.usual.short,
        level=measuring.usual.level,
        goal=measuring.usual.goal,
    )
    return {
        **written_choice(usual),
        DAY_BEGINS.key: f"{plan.day_begins:%H:%M}",
        WEEK_BEGINS.key: WEEKDAYS[plan.week_begins],
        INTERVAL.key: int(plan.interval.total_seconds()) // 60,
    }


def written_choice(choice: QueueChoice) -> Mapping[str, str | int | float | bool | None]:
    """Return a queue's values by key; None: the row is not in the file."""
    level = choice.level
    genesys = level is not None and level.kind is LevelKind.GENESYS
    return {
        TARGET.key: _seconds_of(choice.target),
        SHORT.key: _seconds_of(choice.short),
        LEVEL.key: None if level is None else str(level.kind),
        FLOW_OUTS.key: level.flow_outs if level is not None and genesys else None,
        NO_SHORT.key: level.no_short_abandons if level is not None and genesys else None,
        NO_ABANDONS.key: level.no_abandons if level is not None and genesys else None,
        GOAL.key: _percent_of(choice.goal),
        NAME.key: choice.name,
        GROUP.key: choice.group,
        HIDDEN.key: choice.hidden or None,
    }


def written_shift(shift: Shift) -> Mapping[str, str | list[str]]:
    """Return a shift's values by key."""
    told: dict[str, str | list[str]] = {
        "name": shift.name,
        "begins": f"{shift.begins:%H:%M}",
        "ends": f"{shift.ends:%H:%M}",
    }
    if len(shift.weekdays) < len(WEEKDAYS):
        told["weekdays"] = [WEEKDAYS[day] for day in sorted(shift.weekdays)]
    return told


def overlap(one: Shift, other: Shift) -> int | None:
    """Return the weekday on which `one` begins and `other` overlaps it. None if they never do."""
    for day in sorted(one.weekdays):
        begins = _since_monday(one, day)
        for other_day in other.weekdays:
            # How long after `one` the other begins, round the week.
            apart = (_since_monday(other, other_day) - begins) % _WEEK
            if apart < length_of(one) or _WEEK - apart < length_of(other):
                return day
    return None


def length_of(shift: Shift) -> timedelta:
    """Return how long a shift is on a day on which no clock is changed."""
    length = _since_midnight(shift.ends) - _since_midnight(shift.begins)
    return length if length > timedelta() else length + _DAY


def clock_time(value: object) -> time:
    """Return a time of the day of the file.

    Raises:
        ValueError: It is none.
    """
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if not isinstance(value, str):
        raise ValueError(_CLOCK_NOTE)  # noqa: TRY004 - one remedy: write another
    hour, colon, minute = value.strip().partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        raise ValueError(_CLOCK_NOTE)
    # Midnight at the end of a day is the one at the begin of the next.
    at_end = (int(hour), int(minute)) == (24, 0)
    return time(0 if at_end else int(hour), int(minute))


class _Reader:
    """Reads the values of one table."""

    def __init__(self, table: Mapping[str, object], where: str, complain: Complain) -> None:
        self._table = table
        self._where = where
        self._complain = complain

    def value(self, row: MeasureRow, read: Callable[[object], _Value], otherwise: _Value) -> _Value:
        """Return what a row says; `otherwise` if it says nothing, or nothing that can be used."""
        if row.key not in self._table:
            return otherwise
        told = self._table[row.key]
        try:
            return read(told)
        except ValueError:
            self._complain(unusable(f"{self._where}.{row.key}", told, row.note))
            return otherwise


def _choice(reader: _Reader) -> QueueChoice:
    kind = reader.value(LEVEL, _kind, None)
    level = None if kind is None else LevelProfile(kind=kind)
    flow_outs, no_short, no_abandons = (
        reader.value(row, _switch, False)  # noqa: FBT003 - the default
        for row in (FLOW_OUTS, NO_SHORT, NO_ABANDONS)
    )
    if level is not None and level.kind is LevelKind.GENESYS:
        # Elsewhere they mean nothing, and two levels that are the same must compare equal.
        level = replace(
            level, flow_outs=flow_outs, no_short_abandons=no_short, no_abandons=no_abandons
        )
    return QueueChoice(
        target=reader.value(TARGET, _target, None),
        short=reader.value(SHORT, _short, None),
        level=level,
        goal=reader.value(GOAL, _goal, None),
    )


def _shifts(rows: object, complain: Complain) -> tuple[Shift, ...]:
    if rows is None:
        return ()
    if not isinstance(rows, list):
        complain(unusable("shifts", rows, _TABLE_NOTE))
        return ()
    kept: list[Shift] = []
    for number, row in enumerate(rows, start=1):
        shift = _shift(row, f"shifts[{number}]", complain)
        if shift is None or not _new_name(shift, kept, f"shifts[{number}].name", complain):
            continue
        hit = next((other for other in kept if overlap(other, shift) is not None), None)
        if hit is None:
            kept.append(shift)
        else:
            complain(overlapping(hit, shift))
    return tuple(kept)


def overlapping(one: Shift, other: Shift) -> Notice:
    """Return why the second of two shifts is not used."""
    day = overlap(one, other)
    return notice(
        translate(
            "Settings",
            'The shift "{other}" begins before "{one}" of {day} has ended, or goes on into it; it'
            " is left out. Change the hours or the weekdays of one of them.",
        ),
        one=one.name,
        other=other.name,
        day=WEEKDAYS[day or 0],
    )


def _new_name(shift: Shift, kept: list[Shift], where: str, complain: Complain) -> bool:
    if any(other.name == shift.name for other in kept):
        complain(unusable(where, shift.name, _NAME_NOTE, SHIFT_LEFT_OUT))
        return False
    return True


def _shift(row: object, where: str, complain: Complain) -> Shift | None:
    """Return a shift; None if one of its values cannot be used, which then is told."""
    if not isinstance(row, Mapping):
        complain(unusable(where, row, _TABLE_NOTE, SHIFT_LEFT_OUT))
        return None
    reads: tuple[tuple[str, Callable[[object], object], str], ...] = (
        ("name", own_name, _NAME_NOTE),
        ("begins", clock_time, _CLOCK_NOTE),
        ("ends", clock_time, _CLOCK_NOTE),
        ("weekdays", _weekdays, _WEEKDAYS_NOTE),
    )
    told: dict[str, object] = {}
    for key, read, note in reads:
        if key == "weekdays" and key not in row:
            continue
        try:
            told[key] = read(row.get(key))
        except ValueError:
            complain(unusable(f"{where}.{key}", row.get(key), note, SHIFT_LEFT_OUT))
            return None
    return Shift(**told)  # type: ignore[arg-type] # as they were read


def _kind(value: object) -> LevelKind:
    return LevelKind(str(value))


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(value)


def _number(value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)  # noqa: TRY004 - one remedy for a wrong type and a wrong value
    if not (isfinite(value) and least <= value <= most):
        raise ValueError(value)
    return value


def _target(value: object) -> timedelta:
    return timedelta(seconds=_number(value, 1, _LONGEST_S))


def _short(value: object) -> timedelta:
    return timedelta(seconds=_number(value, 0, _LONGEST_S))


def _goal(value: object) -> float:
    return _number(value, 1, 100) / 100


def _interval(value: object) -> timedelta:
    if isinstance(value, bool) or value not in _INTERVALS:
        raise ValueError(value)
    return timedelta(minutes=_number(value, *_INTERVALS[::2]))


def _weekday(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - as above
    return WEEKDAYS.index(value.strip().lower())


def _weekdays(value: object) -> frozenset[int]:
    if not isinstance(value, list) or not value:
        raise ValueError(value)
    return frozenset(map(_weekday, value))


def own_name(value: object) -> str:
    """Return a name that somebody gave: one line of 1 to 64 letters.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(value, str) or not 0 < len(value.strip()) <= SHIFT_NAME_LENGTH:
        raise ValueError(value)
    # Persian needs the two joiners to write its words.
    if not value.translate(_JOINERS).isprintable():
        raise ValueError(value)
    return value.strip()


def _seconds_of(length: timedelta | None) -> int | float | None:
    if length is None:
        return None
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _percent_of(goal: float | None) -> int | float | None:
    if goal is None:
        return None
    percent = round(100 * goal, 6)
    return int(percent) if percent.is_integer() else percent


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _since_monday(shift: Shift, day: int) -> timedelta:
    return day * _DAY + _since_midnight(shift.begins)

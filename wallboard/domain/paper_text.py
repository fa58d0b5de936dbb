"""How a cell of a paper reads to people: digits, decimals, times of day, days of the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from wallboard.domain.jalali import to_jalali
from wallboard.domain.paper import LATIN_DIGITS, Notation, PaperColumn
from wallboard.domain.reporting import Cell, CellKind

_MOST_DECIMALS: Final = 4
_MINUS: Final = "\N{MINUS SIGN}"


def cell_text(cell: Cell, column: PaperColumn, notation: Notation, zone: tzinfo) -> str:
    """Return a cell as a reader sees it; a dash for what is not known.

    Nothing is isolated: who puts it among words of another direction does that.
    """
    told = column.absent or notation.unknown
    match cell:
        case None:
            pass
        case str():
            told = column.words.get(cell, cell) if column.kind is CellKind.WORD else cell
        case timedelta():
            told = duration_text(cell, notation)
        case datetime():
            told = instant_text(cell, notation, zone)
        case date():
            told = day_text(cell, notation)
        case _ if column.kind is CellKind.RATIO:
            told = ratio_text(cell, notation)
        case _ if column.kind is CellKind.FIGURE:
            told = number_text(cell, notation, column.decimals)
        case _:
            told = number_text(cell, notation)
    return told


def number_text(number: float, notation: Notation, decimals: int = 0) -> str:
    """Return a number with so many decimals, grouped by thousands."""
    return _written(f"{number:,.{decimals}f}", notation)


def ratio_text(ratio: float, notation: Notation) -> str:
    """Return 0 to 1 as a percentage with one decimal.

    With more of them where one would make all or nothing of what is not quite that.
    """
    decimals = 1
    while decimals < _MOST_DECIMALS and _becomes_an_end(ratio, decimals):
        decimals += 1
    return _written(f"{100 * ratio:.{decimals}f}", notation) + notation.percent


def duration_text(time: timedelta, notation: Notation) -> str:
    """Return m:ss, from an hour on h:mm:ss, however many hours; parts of a second are cut."""
    seconds = int(abs(time.total_seconds()))
    sign = _MINUS if time < timedelta() and seconds else ""
    minutes, rest = divmod(seconds, 60)
    told = f"{minutes}:{rest:02}"
    if minutes >= 60:
        told = f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
    return sign + told.translate(_digits(notation.digits))


def instant_text(instant: datetime, notation: Notation, zone: tzinfo) -> str:
    """Return the day and the time of day on the site's clock, to the second."""
    local = instant.astimezone(zone)
    clock = f"{local.hour:02}:{local.minute:02}:{local.second:02}"
    if notation.digits is not LATIN_DIGITS:
        clock = clock.translate(_digits(notation.digits))
    return f"{day_text(local.date(), notation)} {clock}"


def clock_text(instant: datetime, notation: Notation, zone: tzinfo) -> str:
    """Return the time of day on the site's clock, to the minute."""
    return f"{instant.astimezone(zone):%H:%M}".translate(_digits(notation.digits))


def day_text(day: date, notation: Notation) -> str:
    """Return the day as it sorts: 1405/09/01 by the Jalali calendar, else 2026-11-22."""
    return _day_text(day, notation.digits, notation.jalali)


def jalali_text(day: date) -> str:
    """Return the Jalali day with Latin digits; ours for a day outside the years that we know."""
    try:
        year, month, number = to_jalali(day)
    except ValueError:
        return day.isoformat()
    return f"{year:04}/{month:02}/{number:02}"


def _written(plain: str, notation: Notation) -> str:
    """Return what Python wrote in English as the reader writes it; no minus before a nought."""
    if plain.startswith("-"):
        plain = (_MINUS if plain.strip("-0.,") else "") + plain[1:]
    return plain.translate(_signs(notation.digits, notation.group, notation.decimal))


def _becomes_an_end(ratio: float, decimals: int) -> bool:
    rounded = round(100 * ratio, decimals) / 100
    return rounded in (0.0, 1.0) and rounded != ratio


@lru_cache(maxsize=4096)
def _day_text(day: date, digits: str, jalali: bool) -> str:  # noqa: FBT001 - a value to be kept by
    told = jalali_text(day) if jalali else f"{day.year:04}-{day.month:02}-{day.day:02}"
    return told.translate(_digits(digits))


@lru_cache(maxsize=8)
def _digits(digits: str) -> dict[int, str]:
    return str.maketrans(dict(zip(LATIN_DIGITS, digits, strict=True)))


@lru_cache(maxsize=8)
def _signs(digits: str, group: str, decimal: str) -> dict[int, str]:
    return {**_digits(digits), ord(","): group, ord("."): decimal}

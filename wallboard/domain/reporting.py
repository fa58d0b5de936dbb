"""A report as values: what was asked, its tables with typed cells, and what it rests on.

No words for readers are in it, only keys: a room above gives them in the reader's language.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from wallboard.domain.value import value


class ReportKind(StrEnum):
    """What a report is about."""

    SHIFT = "shift"
    AGENT = "agent"
    QUEUE = "queue"
    INTERVAL = "interval"
    CALLS = "calls"
    LOST = "lost"
    DIRECTIONS = "directions"
    WEEKDAY = "weekday"


class CellKind(StrEnum):
    """What a column's cells are, so that every writer gives them their type."""

    TEXT = "text"
    """From outside: hostile, shown as plain text."""
    WORD = "word"
    """A key that has a word in every language, such as how a call ended."""
    PHONE = "phone"
    """A caller's number, masked already unless the reader may see it."""
    COUNT = "count"
    """A whole number."""
    RATIO = "ratio"
    """0 to 1, shown as percent."""
    DURATION = "duration"
    """A timedelta."""
    INSTANT = "instant"
    """A datetime with a zone, to the second."""
    DAY = "day"
    """A date of the site's calendar days."""
    FIGURE = "figure"
    """A number with decimals, such as calls per hour."""


Cell: TypeAlias = str | int | float | timedelta | datetime | date | None
"""None is not known or not defined: a dash on paper, an empty cell for machines; never 0."""


@value
class Column:
    """One column of a table.

    Attributes:
        key: Names the heading; a KPI's own key where it is one.
    """

    key: str
    kind: CellKind


@value
class Table:
    """Rows under typed headings.

    Attributes:
        key: Names the table; unique within a report.
        about: Text from outside that tells whose it is, such as an agent's name. Often empty.
        rows: Each as long as `columns`.
        total: The last row, if sums have a meaning; ratios in it are formed from sums.
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    about: str = ""


class ChartKind(StrEnum):
    """How a chart is drawn."""

    LINES = "lines"
    BARS = "bars"
    STACK = "stack"


@value
class Chart:
    """A picture of columns of a table.

    Attributes:
        table: The key of its table.
        along: The key of the column along the axis.
        series: Keys of the columns that are drawn, at most four, all of one kind of cell.
    """

    key: str
    kind: ChartKind
    table: str
    along: str
    series: tuple[str, ...]


@value
class Grounds:
    """What a report rests on; printed on every one.

    Attributes:
        begin, end: The window, with the site's zone.
        site: Name of the connection. From outside.
        shift: Name of the shift. Empty if the window is none.
        profile: What counts as within the service level, in one line of keys and values, such as
            `target=20s level=0.80 abandoned=within_not_counted`.
        covered: How much of the window somebody watched, 0 to 1. None if nobody says.
        gaps: Times of which not all is known, in order.
        hours_covered: How much of the window anybody knows agents' hours of, 0 to 1, where that is
            less than `covered`: the source told calls of a time that nobody watched. None: it is
            not less, or no hours are in the report.
        zone: Name of the site's time zone.
        made_at: When it was made.
        made_by: Who made it, as the system names them. From outside.
        journal_head: The end of the journal's chain. Empty if there is no journal.
        masked: Whether callers' numbers are masked.
        running: Whether the window was not over yet.
        chosen: What it was narrowed to: ("queue", name), ("group", name), ("agent", name); and
            ("hidden", name) for each queue that is hidden and therefore not in it.
        sums_before: Before it only sums by quarters of an hour are kept: no call of that time can
            be listed. None if all calls are there.
        damaged: So many rows of the history were not what was kept; they are in no figure.
    """

    begin: datetime
    end: datetime
    site: str
    zone: str
    made_at: datetime
    shift: str = ""
    profile: str = ""
    covered: float | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    hours_covered: float | None = None
    made_by: str = ""
    journal_head: str = ""
    masked: bool = True
    running: bool = False
    chosen: tuple[tuple[str, str], ...] = ()
    sums_before: datetime | None = None
    damaged: int = 0


@value
class Report:
    """One report.

    Attributes:
        definitions: Keys of the KPIs in it, each once, in the order they appear.
    """

    kind: ReportKind
    grounds: Grounds
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    definitions: tuple[str, ...] = ()


class PeriodKind(StrEnum):
    """How a stretch of time is chosen."""

    SHIFT = "shift"
    DAY = "day"
    """A business day."""
    WEEK = "week"
    MONTH = "month"
    JALALI_MONTH = "jalali_month"
    RANGE = "range"


@value
class Period:
    """A stretch of time as people choose it; it is worked out anew for every report.

    Attributes:
        name: Of a SHIFT. Empty: whichever it is.
        back: 0 is the one that goes on, or of shifts the last one of that name that has begun; 1
            the one before it. Of no meaning for a RANGE or with a `day`.
        day: Instead of `back`: the one that this day is in; of shifts that which begins on it.
        begin, end: Of a RANGE.
    """

    kind: PeriodKind
    name: str = ""
    back: int = 0
    day: date | None = None
    begin: datetime | None = None
    end: datetime | None = None


class PaperForm(StrEnum):
    """In what form a report is written; the values are endings of files."""

    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


@value
class ReportDefinition:
    """A report that somebody wants again and again.

    Attributes:
        name: Chosen by the user; unique among the definitions.
        connection: Name of the connection that it is of.
        queues, groups, agents: What it is narrowed to; empty for all.
        interval: 15, 30 or 60 minutes. None: as the site cuts its time.
        language: `en` or `fa`. Empty: the program's.
    """

    name: str
    kind: ReportKind
    connection: str
    period: Period
    queues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    interval: timedelta | None = None
    forms: tuple[PaperForm, ...] = (PaperForm.XLSX, PaperForm.PDF)
    language: str = ""

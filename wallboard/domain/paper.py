"""A report in the reader's language, for every writer of files and pages: words and typed cells.

The cells are those of the report, not yet written out: a workbook wants a number where a page wants
its digits. What a cell reads like on a page is in `wallboard.domain.paper_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import tzinfo
from enum import StrEnum
from typing import Final, TypeAlias

from wallboard.domain.reporting import Cell, CellKind, ChartKind, Grounds, ReportKind
from wallboard.domain.value import value

LATIN_DIGITS: Final = "0123456789"

Progress: TypeAlias = Callable[[float], None]
"""Is told how much is done, 0 to 1, never less than before; in the writer's thread."""

Stop: TypeAlias = Callable[[], bool]
"""Answers whether the writer is to end without a file; asked often, in the writer's thread."""


@value
class Notation:
    """How figures and days are written for a reader.

    Attributes:
        digits: The ten digits, from nought to nine.
        group: Between thousands.
        decimal: Before the decimals.
        percent: After a percentage.
        jalali: True if days are written by the Jalali calendar.
        unknown: Stands for what is not known.
    """

    digits: str = LATIN_DIGITS
    group: str = ","
    decimal: str = "."
    percent: str = "%"
    jalali: bool = False
    unknown: str = "—"


@value
class PaperColumn:
    """One column of a table.

    Attributes:
        key: As in the report; for machines.
        heading: In the reader's language, without a unit.
        words: For WORD cells: the reader's word for each key. What is missing is shown as it is.
        decimals: Of FIGURE cells.
        absent: What None means in this column, such as "longer" below limits of time; an empty
            text where it is simply not known.
    """

    key: str
    heading: str
    kind: CellKind
    words: Mapping[str, str] = field(default_factory=dict)
    decimals: int = 1
    absent: str = ""


@value
class PaperTable:
    """Rows under headings.

    Attributes:
        key: As in the report, unique within the paper; for machines and names of files.
        title: In the reader's language; whose it is is in it.
        rows: Texts from outside are fit to be shown; instants are in any zone.
        total: The last row, or None. A column that has no sum has None in it.
        total_word: What the last row is called, if not as in the words of the paper.
        listing: True if each row is something that happened, such as a call; False if rows are
            sums, as of a queue or a quarter of an hour.
    """

    key: str
    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    listing: bool = False
    total_word: str = ""


@value
class PaperChart:
    """A picture of columns of a table of the same paper.

    Attributes:
        table: The key of its table.
        along: The key of the column along the axis.
        series: Keys of the columns that are drawn: at least one, all of one kind of cell.
    """

    key: str
    title: str
    kind: ChartKind
    table: str
    along: str
    series: tuple[str, ...]


@value
class PaperLine:
    """One thing that the report rests on, as a label and a text.

    Attributes:
        key: Names what it tells: "window", "coverage", "profile", "zone", "made", "journal" …
        text: One line, in which each text from outside is fit to be shown.
        weighty: True for what must not be overlooked, such as times that nobody watched.
    """

    key: str
    label: str
    text: str
    weighty: bool = False


@value
class PaperDefinition:
    """What a figure of the report counts, in the reader's words."""

    key: str
    name: str
    meaning: str
    formula: str


@value
class PaperWords:
    """Words that writers need beside those of the report.

    Attributes:
        page: With places for {page} and {pages}.
        jalali: With a place for the {heading} of the column of which it is the Jalali one.
        seconds: With a place for the {heading} of a column that is told in seconds.
    """

    grounds: str = "About this report"
    definitions: str = "Definitions"
    long_table: str = "For a pivot table"
    total: str = "Total"
    no_rows: str = "Nothing in this time."
    page: str = "Page {page} of {pages}"
    jalali: str = "{heading} (Jalali)"
    seconds: str = "{heading} (s)"
    definition_name: str = "Figure"
    definition_meaning: str = "What it counts"
    definition_formula: str = "How it is formed"
    table: str = "Table"
    row: str = "Of"
    time: str = "Time"
    measure: str = "Figure"
    amount: str = "Value"
    unit: str = "Unit"
    units: Mapping[CellKind, str] = field(
        default_factory=lambda: {
            CellKind.COUNT: "count",
            CellKind.RATIO: "share",
            CellKind.DURATION: "time",
            CellKind.FIGURE: "number",
        }
    )


@value
class Paper:
    """One report, ready to be written in any form.

    Attributes:
        language: `en` or `fa`.
        title: What it is, such as "Shift report".
        subtitle: Of which time and what; one line.
        zone: The site's: by it instants are written.
        grounds: As values, for machines.
        lines: The grounds in words, in the order in which they are to be read.
    """

    kind: ReportKind
    language: str
    right_to_left: bool
    notation: Notation
    title: str
    subtitle: str
    zone: tzinfo
    grounds: Grounds
    lines: tuple[PaperLine, ...]
    tables: tuple[PaperTable, ...]
    charts: tuple[PaperChart, ...] = ()
    definitions: tuple[PaperDefinition, ...] = ()
    words: PaperWords = field(default_factory=PaperWords)

    def table(self, key: str) -> PaperTable:
        """Return the table of that key. Raises KeyError if there is none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)


class PaperFault(StrEnum):
    """Why a file was not written, by what helps."""

    DISK_FULL = "disk_full"
    TOO_LARGE = "too_large"
    """For the file system, or for what one user may write."""
    FOLDER_GONE = "folder_gone"
    """There is no such folder, or its drive is no longer there."""
    NOT_ALLOWED = "not_allowed"
    """The folder or its drive lets nobody, or not us, write."""
    OPEN_ELSEWHERE = "open_elsewhere"
    """Another program holds the file that is to be replaced."""
    IS_A_FOLDER = "is_a_folder"
    TOO_MANY_ROWS = "too_many_rows"
    """More than this kind of file can hold."""
    BROKEN = "broken"
    """The drive failed, or something that we do not know."""


class PaperNotWritten(Exception):
    """A file was not written; what stood under its name before, still stands.

    Attributes:
        target: The file's path.
        detail: What the system said; English, for a log.
    """

    def __init__(self, fault: PaperFault, target: str, detail: str = "") -> None:
        super().__init__(f"{target} was not written ({fault}): {detail}")
        self.fault = fault
        self.target = target
        self.detail = detail


class PaperStopped(Exception):
    """Somebody asked the writer to end; what stood under the file's name before, still stands."""

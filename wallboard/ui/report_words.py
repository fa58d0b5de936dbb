"""Makes a paper of a report: its words in the reader's language, its cells as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Final

from wallboard.domain.paper import (
    LATIN_DIGITS,
    Notation,
    Paper,
    PaperChart,
    PaperColumn,
    PaperDefinition,
    PaperFault,
    PaperNotWritten,
    PaperTable,
    PaperWords,
)
from wallboard.domain.reporting import Cell, CellKind, Chart, Column, Grounds, Report, Table
from wallboard.engine.default_rules import RULE_CONTEXT
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.engine.reporting_keys import LISTINGS
from wallboard.ui import report_terms as terms
from wallboard.ui.kpi_parts import PARTS
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.report_lines import level_key, lines_of, rule_value, window_text
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase

_OUTSIDE: Final = frozenset({CellKind.TEXT, CellKind.PHONE})
_SUM: Final = "Σ"
_LEVEL: Final = "service_level"
_TOTALS: Final[Mapping[str, Phrase]] = {"weekdays": phrase("Paper", "Days before")}
"""Last rows that are not the sum of all rows above them."""

_FAULTS: Final[Mapping[PaperFault, Phrase]] = {
    PaperFault.DISK_FULL: phrase(
        "Paper", "{file} was not written: the disk is full. Make room there, or choose another."
    ),
    PaperFault.TOO_LARGE: phrase(
        "Paper",
        "{file} was not written: it is larger than this place takes. Choose a shorter time, or"
        " another place.",
    ),
    PaperFault.FOLDER_GONE: phrase(
        "Paper",
        "{file} was not written: its folder is not there. Plug in the drive, or choose another"
        " folder.",
    ),
    PaperFault.NOT_ALLOWED: phrase(
        "Paper", "{file} was not written: nobody here may write into its folder. Choose another."
    ),
    PaperFault.OPEN_ELSEWHERE: phrase(
        "Paper",
        "{file} was not written: another program has it open. Close it there and try again, or"
        " choose another name.",
    ),
    PaperFault.IS_A_FOLDER: phrase(
        "Paper", "{file} was not written: there is a folder of this name. Choose another name."
    ),
    PaperFault.TOO_MANY_ROWS: phrase(
        "Paper",
        "{file} was not written: it has more rows than a sheet can hold. Choose a shorter time, or"
        " CSV.",
    ),
    PaperFault.BROKEN: phrase(
        "Paper",
        "{file} was not written: the system says “{detail}”. Try again, or choose another place.",
    ),
}


def paper_of(report: Report, wording: Wording) -> Paper:
    """Return the report in the reader's language."""
    grounds = report.grounds
    return Paper(
        kind=report.kind,
        language=wording.language,
        right_to_left=wording.rtl,
        notation=notation_of(wording),
        title=wording.say(terms.KIND_TITLES[report.kind]),
        subtitle=_subtitle(grounds, wording),
        zone=grounds.begin.tzinfo or UTC,
        grounds=grounds,
        lines=lines_of(grounds, wording),
        tables=tuple(_table(table, wording) for table in report.tables),
        charts=tuple(_chart(chart, wording) for chart in report.charts),
        definitions=tuple(_definition(key, grounds, wording) for key in report.definitions),
        words=_words(wording),
    )


def notation_of(wording: Wording) -> Notation:
    """Return how this reader's figures and days are written."""
    return Notation(
        digits=wording.figure(LATIN_DIGITS),
        group=wording.figure(","),
        decimal=wording.figure("."),
        percent=wording.figure("%"),
        jalali=wording.by_jalali,
        unknown=NOTHING_KNOWN,
    )


def not_written(error: PaperNotWritten, wording: Wording) -> str:
    """Return why a file was not written, and what helps; what stood there before still stands."""
    return wording.say(
        _FAULTS[error.fault],
        file=isolated_address(error.target),
        detail=isolated(error.detail),
    )


def _subtitle(grounds: Grounds, wording: Wording) -> str:
    parts = [grounds.shift and isolated(grounds.shift), window_text(grounds, wording)]
    parts.append(grounds.site and isolated(grounds.site))
    return " · ".join(part for part in parts if part)


def _table(table: Table, wording: Wording) -> PaperTable:
    named = terms.TABLE_TITLES.get(table.key)
    title = shown(table.key) if named is None else wording.say(named)
    about = shown(table.about)
    return PaperTable(
        key=table.key,
        title=f"{title}: {about}" if about else title,
        columns=tuple(_column(column, wording) for column in table.columns),
        rows=_fit(table, wording),
        total=table.total,
        total_word=wording.say(_TOTALS[table.key]) if table.key in _TOTALS else "",
        listing=table.key in LISTINGS,
    )


def _fit(table: Table, wording: Wording) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows with their texts fit to be shown; a row that is so already, as it is."""
    fitting: dict[int, Callable[[str], str]] = {
        at: _rule_name(wording) if column.key == "rule" else shown
        for at, column in enumerate(table.columns)
        if column.kind in _OUTSIDE
    }
    if not fitting:
        return table.rows
    return tuple(_fit_row(row, fitting) for row in table.rows)


def _fit_row(
    row: tuple[Cell, ...], fitting: Mapping[int, Callable[[str], str]]
) -> tuple[Cell, ...]:
    fit = row
    for at, make in fitting.items():
        cell = row[at]
        if isinstance(cell, str) and (text := make(cell)) != cell:
            fit = (*fit[:at], text, *fit[at + 1 :])
    return fit


def _rule_name(wording: Wording) -> Callable[[str], str]:
    """Return what tells a rule's name: of those that are there from the start, the translation."""
    return lambda name: shown(wording.translate(RULE_CONTEXT, name))


def _column(column: Column, wording: Wording) -> PaperColumn:
    words = terms.CELL_WORDS.get(column.key, {}) if column.kind is CellKind.WORD else {}
    absent = terms.ABSENT.get(column.key)
    return PaperColumn(
        key=column.key,
        heading=column_name(column.key, wording),
        kind=column.kind,
        words={key: wording.say(word) for key, word in words.items()},
        absent="" if absent is None else wording.say(absent),
    )


def column_name(key: str, wording: Wording) -> str:
    """Return what a column is called; of one that we do not know, its key."""
    if key in terms.COLUMN_NAMES:
        return wording.say(terms.COLUMN_NAMES[key])
    if key in terms.WITHIN_KEYS:
        return wording.say(terms.WITHIN_NAME, seconds=wording.count(terms.WITHIN_KEYS[key]))
    return wording.kpi_name(key) if key in KPI_BY_KEY else shown(key)


def _chart(chart: Chart, wording: Wording) -> PaperChart:
    named = terms.CHART_TITLES.get(chart.key)
    return PaperChart(
        key=chart.key,
        title=shown(chart.key) if named is None else wording.say(named),
        kind=chart.kind,
        table=chart.table,
        along=chart.along,
        series=chart.series,
    )


def _definition(key: str, grounds: Grounds, wording: Wording) -> PaperDefinition:
    return PaperDefinition(
        key=key,
        name=wording.kpi_name(key),
        meaning=wording.kpi_meaning(key),
        formula=_formula(key, grounds, wording),
    )


def _formula(key: str, grounds: Grounds, wording: Wording) -> str:
    """Return what is summed and by what it is divided; an empty text for what is only counted."""
    parts = PARTS.get((level_key(grounds) or "") if key == _LEVEL else key)
    if parts is None:
        return ""
    target = rule_value(grounds, "target").removesuffix("s")
    within = wording.translate("Explain", "the target")
    if target.replace(".", "", 1).isdecimal():
        within = wording.translate("Explain", "{number} s").format(number=wording.figure(target))
    above, below = (
        wording.say(part, number=_SUM, target=within) for part in (parts.above, parts.below)
    )
    return f"{above} ÷ {below}"


def _words(wording: Wording) -> PaperWords:
    return PaperWords(
        **{name: wording.say(marked) for name, marked in _PAPER_WORDS.items()},
        units={kind: wording.say(marked) for kind, marked in _UNITS.items()},
    )


_UNITS: Final[Mapping[CellKind, Phrase]] = {
    CellKind.COUNT: phrase("Paper", "count"),
    CellKind.RATIO: phrase("Paper", "share"),
    CellKind.DURATION: phrase("Paper", "time"),
    CellKind.FIGURE: phrase("Paper", "number"),
}
_PAPER_WORDS: Final[Mapping[str, Phrase]] = {
    "grounds": phrase("Paper", "About this report"),
    "definitions": phrase("Paper", "Definitions"),
    "long_table": phrase("Paper", "For a pivot table"),
    "total": phrase("Paper", "Total"),
    "no_rows": phrase("Paper", "Nothing in this time."),
    "page": phrase("Paper", "Page {page} of {pages}"),
    "jalali": phrase("Paper", "{heading} (Jalali)"),
    "seconds": phrase("Paper", "{heading} (s)"),
    "definition_name": phrase("Paper", "Figure"),
    "definition_meaning": phrase("Paper", "What it counts"),
    "definition_formula": phrase("Paper", "How it is formed"),
    "table": phrase("Paper", "Table"),
    "row": phrase("Paper", "Of"),
    "time": phrase("Paper", "Time"),
    "measure": phrase("Paper", "Figure"),
    "amount": phrase("Paper", "Value"),
    "unit": phrase("Paper", "Unit"),
}

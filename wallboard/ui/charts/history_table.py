"""The history as a table: for who would rather read than look, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from PySide6.QtWidgets import QHeaderView, QTableView

from wallboard.domain.measuring import LevelProfile
from wallboard.domain.value import value
from wallboard.engine.kpi import Unit
from wallboard.engine.past import Past, Row, reading
from wallboard.engine.service_level import service_level
from wallboard.ui.call_rows import inert
from wallboard.ui.calm_table import calm, dress_table
from wallboard.ui.charts.history_sets import before_words, gap_words, interval_name
from wallboard.ui.dialogs.sheet_model import SheetModel
from wallboard.ui.explained import day_words
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.sheet import Sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase


@value
class _Column:
    """A column of figures.

    Attributes:
        head: In the file, in no language.
    """

    key: str
    head: str
    unit: Unit
    name: Phrase | None = None
    decimals: int = 0


_COLUMNS: Final = (
    _Column(key="offered", head="offered", unit=Unit.COUNT),
    _Column(key="answered", head="answered", unit=Unit.COUNT),
    _Column(key="abandoned", head="abandoned", unit=Unit.COUNT),
    _Column(key="service_level", head="service_level", unit=Unit.RATIO),
    _Column(
        key="asa", head="asa_s", unit=Unit.SECONDS, name=phrase("History", "Mean (ASA)")
    ),
    _Column(
        key="max_wait", head="longest_wait_s", unit=Unit.SECONDS,
        name=phrase("History", "Longest"),
    ),
    _Column(
        key="most_waiting", head="most_waiting", unit=Unit.COUNT,
        name=phrase("History", "Most at once"),
    ),
    _Column(key="in_call", head="agents_in_call", unit=Unit.COUNT, decimals=1),
    _Column(key="free", head="agents_free", unit=Unit.COUNT, decimals=1),
)  # fmt: skip


@value
class TableRow:
    """An interval, and the one that it is compared with."""

    row: Row
    before: Row | None = None


def history_sheet(
    past: Past, level: LevelProfile | None, zone: tzinfo, wording: Wording
) -> Sheet[TableRow]:
    """Return the table, an interval a row, in the order of time."""
    before: tuple[Row | None, ...] = past.before or (None,) * len(past.rows)
    rows = tuple(
        TableRow(row=row, before=then) for row, then in zip(past.rows, before, strict=True)
    )
    days = len({row.interval.begin.astimezone(zone).date() for row in past.rows}) > 1
    headings = [wording.translate("History", "Interval")]
    headings += [
        wording.kpi_name(column.key) if column.name is None else wording.say(column.name)
        for column in _COLUMNS
    ]
    cells: list[Callable[[TableRow], str]] = [
        lambda told: interval_name(told.row.interval, zone, wording, with_day=days),
        *(_cell(column, level, wording) for column in _COLUMNS),
    ]
    orders: list[Callable[[TableRow], object]] = [
        lambda told: told.row.interval.begin,
        *(_order(column, level) for column in _COLUMNS),
    ]
    if past.before:
        offered = wording.kpi_name("offered")
        headings.append(f"{offered} · {before_words(past, wording)}")
        cells.append(
            lambda told: wording.count(
                None if told.before is None else reading(told.before, "offered", level)
            )
        )
        orders.append(lambda told: -1 if told.before is None else told.before.totals.offered)
    figures = frozenset(range(1, len(headings)))
    headings.append(wording.translate("History", "Seen"))
    cells.append(lambda told: _seen(told.row, zone, wording))
    orders.append(lambda told: told.row.coverage.share or 0.0)
    return Sheet(
        headings=tuple(headings),
        figures=figures,
        rows=rows,
        text=lambda told, at: cells[at](told),
        order=lambda told, at: orders[at](told),
    )


def _cell(
    column: _Column, level: LevelProfile | None, wording: Wording
) -> Callable[[TableRow], str]:
    def told(row: TableRow) -> str:
        point = reading(row.row, column.key, level)
        if point is None:
            return NOTHING_KNOWN
        match column.unit:
            case Unit.RATIO:
                return wording.percent(point)
            case Unit.SECONDS:
                return wording.duration(timedelta(seconds=round(point)))
            case _:
                return wording.figure(f"{point:,.{column.decimals}f}")

    return told


def _order(column: _Column, level: LevelProfile | None) -> Callable[[TableRow], object]:
    def order(row: TableRow) -> float:
        point = reading(row.row, column.key, level)
        return -1.0 if point is None else point

    return order


def _seen(row: Row, zone: tzinfo, wording: Wording) -> str:
    """Return how much of an interval was watched, and what not."""
    share = row.coverage.share
    if share is None:
        return NOTHING_KNOWN
    if not row.coverage.gaps:
        return wording.percent_short(1.0)
    if row.coverage.covered == timedelta():
        if row.totals.offered:
            return wording.translate("History", "not watched")
        return wording.translate("History", "nothing")
    gaps = (gap_words(gap, (row,), zone, wording) for gap in row.coverage.gaps[:2])
    # Rounded down: what is not all is not 100 %.
    return f"{wording.percent_short(int(100 * share) / 100)} · {wording.listed(gaps)}"


@value
class Exported:
    """What a file of the history tells besides the figures.

    Attributes:
        queue: Its name, text from outside; empty for all queues.
    """

    level: LevelProfile | None
    zone: tzinfo
    queue: str = ""


def history_csv(past: Past, told: Exported, wording: Wording) -> str:
    """Return the table as a file for spreadsheets: it begins with a byte order mark.

    Times are ISO 8601 with their offset, lengths are seconds, ratios 0 to 1, headings are words
    that no language changes; what is not known is empty. Where days are Jalali there is one
    column more, with the day by that calendar.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    jalali = ["day_jalali"] if wording.by_jalali else []
    heads = [column.head for column in _COLUMNS]
    parts = ["service_level_good", "service_level_of", "seen_share"]
    earlier = ["before_from", "before_offered"] if past.before else []
    writer.writerow(["from", "to", *jalali, "queue", *heads, *parts, *earlier])
    queue = inert(shown(told.queue))
    for at, row in enumerate(past.rows):
        cells = [_iso(row.interval.begin, told.zone), _iso(row.interval.end, told.zone)]
        if jalali:
            cells.append(_jalali(row.interval.begin.astimezone(told.zone)))
        cells.append(queue)
        cells += [_number(reading(row, column.key, told.level)) for column in _COLUMNS]
        cells += _parts(row, told.level)
        if past.before:
            then = past.before[at]
            cells += [
                _iso(then.interval.begin, told.zone),
                _number(reading(then, "offered", told.level)),
            ]
        writer.writerow(cells)
    return out.getvalue()


def _parts(row: Row, level: LevelProfile | None) -> list[str]:
    """Return what the service level is made of, so that rows can be added, and what was seen."""
    good, counted = (None, None)
    if level is not None and row.known:
        good, counted = service_level(row.totals, level)
    share = row.coverage.share
    return [_number(good), _number(counted), "" if share is None else f"{share:.4f}"]


def _iso(instant: datetime, zone: tzinfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds")


def _jalali(at: datetime) -> str:
    return day_words(at, Wording(language="fa", latin_digits=True))


def _number(point: float | None) -> str:
    if point is None:
        return ""
    return f"{point:.4f}".rstrip("0").rstrip(".")


class HistoryTable(QTableView):
    """Shows the past as rows; sorted by a heading that is pressed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        calm(self, measured=60)
        self._sheet: SheetModel[TableRow] | None = None
        self._past: Past | None = None
        self._dress()

    def show_look(self, look: Look) -> None:
        """Show the table in another look; a past must be shown after this."""
        self._look = look
        self._past = None
        self._dress()

    def show_past(self, past: Past, level: LevelProfile | None, zone: tzinfo) -> None:
        """Show what is known of the past; the row that is chosen stays where it was."""
        if past is self._past:
            return
        again = self._past is not None and self._past.asked.window.begin == past.asked.window.begin
        self._past = past
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        header = self.horizontalHeader()
        by, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        before, self._sheet = (
            self._sheet,
            SheetModel(history_sheet(past, level, zone, self._look.wording), rtl=self._look.rtl),
        )
        self._sheet.setParent(self)
        self.setSortingEnabled(False)
        self.setModel(self._sheet)
        if before is not None:
            before.deleteLater()
        header.setSortIndicator(by if again else -1, order)
        self.setSortingEnabled(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        if again:
            self.setCurrentIndex(self._sheet.index(row, 0))
            self.verticalScrollBar().setValue(scrolled)
        self.setAccessibleName(
            self._look.wording.translate("History", "The history, an interval a row")
        )

    def _dress(self) -> None:
        dress_table(self, self._look)
        self.setFont(self._look.font(Role.BODY))
        self.horizontalHeader().setFont(self._look.font(Role.CAPTION))

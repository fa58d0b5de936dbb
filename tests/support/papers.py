"""Papers that tests write: one of every kind of cell, hostile ones, and large ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from support.hostile import names
from wallboard.domain.paper import (
    Notation,
    Paper,
    PaperChart,
    PaperColumn,
    PaperDefinition,
    PaperLine,
    PaperTable,
    PaperWords,
)
from wallboard.domain.reporting import Cell, CellKind, ChartKind, Grounds, ReportKind

TEHRAN: Final = ZoneInfo("Asia/Tehran")
BEGIN: Final = datetime(2026, 3, 20, 22, tzinfo=TEHRAN)
"""29 Esfand 1404: the shift goes on into the new year."""

PERSIAN: Final = Notation(digits="۰۱۲۳۴۵۶۷۸۹", group="٬", decimal="٫", percent="٪", jalali=True)
WORDS_FA: Final = PaperWords(
    grounds="دربارهٔ این گزارش",
    definitions="تعریف‌ها",
    long_table="برای جدول محوری",
    total="جمع",
    no_rows="در این زمان چیزی نبوده است.",
    page="صفحهٔ {page} از {pages}",
    jalali="{heading} (شمسی)",
    seconds="{heading} (ثانیه)",
    definition_name="شاخص",
    definition_meaning="چه می‌شمارد",
    definition_formula="چگونه به دست می‌آید",
)
SUMS: Final = (
    PaperColumn(key="queue", heading="Queue", kind=CellKind.TEXT),
    PaperColumn(key="offered", heading="Offered", kind=CellKind.COUNT),
    PaperColumn(key="answered", heading="Answered", kind=CellKind.COUNT),
    PaperColumn(key="service_level", heading="Service level", kind=CellKind.RATIO),
    PaperColumn(key="aht", heading="Handle time", kind=CellKind.DURATION),
    PaperColumn(key="cph", heading="Calls per hour", kind=CellKind.FIGURE),
)
CALLS: Final = (
    PaperColumn(key="arrived", heading="Arrived", kind=CellKind.INSTANT),
    PaperColumn(key="day", heading="Day", kind=CellKind.DAY),
    PaperColumn(key="queue", heading="Queue", kind=CellKind.TEXT),
    PaperColumn(key="number", heading="Number", kind=CellKind.PHONE),
    PaperColumn(key="wait", heading="Wait", kind=CellKind.DURATION),
    PaperColumn(
        key="ending",
        heading="Ending",
        kind=CellKind.WORD,
        words={"answered": "Answered", "abandoned": "Given up"},
    ),
    PaperColumn(key="tries", heading="Tries", kind=CellKind.COUNT),
    PaperColumn(key="share", heading="Share", kind=CellKind.RATIO),
    PaperColumn(key="pace", heading="Pace", kind=CellKind.FIGURE, decimals=2),
)
"""A column of every kind."""

INTERVALS: Final = (
    PaperColumn(key="begin", heading="From", kind=CellKind.INSTANT),
    *(column for column in SUMS if column.key != "queue"),
)


def call_rows(number: int, seed: int = 5) -> tuple[tuple[Cell, ...], ...]:
    """Return so many rows of CALLS, one cell in twenty not known."""
    chance = random.Random(seed)

    def known(cell: Cell) -> Cell:
        return None if chance.random() < 0.05 else cell

    return tuple(
        (
            BEGIN + timedelta(seconds=chance.randrange(8 * 3600)),
            date(2026, 3, 20) + timedelta(days=at % 3),
            known(f"صف {chance.randrange(9)}"),
            known(f"0912•••{chance.randrange(10_000):04}"),
            known(timedelta(seconds=chance.randrange(900), milliseconds=chance.randrange(1000))),
            known(chance.choice(("answered", "abandoned"))),
            known(chance.randrange(12)),
            known(chance.random()),
            known(chance.random() * 30),
        )
        for at in range(number)
    )


def interval_rows(number: int, seed: int = 6) -> tuple[tuple[Cell, ...], ...]:
    """Return so many rows of INTERVALS, every ninth of them not watched."""
    chance = random.Random(seed)
    return tuple(
        (
            BEGIN + timedelta(minutes=15 * at),
            *(
                (None,) * 5
                if at % 9 == 4
                else (
                    chance.randrange(2000),
                    chance.randrange(2000),
                    chance.random(),
                    timedelta(seconds=chance.randrange(900)),
                    chance.random() * 20,
                )
            ),
        )
        for at in range(number)
    )


def any_paper(calls: int = 40, *, persian: bool = False) -> Paper:
    """Return a paper with sums, intervals, calls, a chart of each kind, and a table of nothing."""
    first = "پشتیبانی فارسی" if persian else "Support"
    queues: tuple[tuple[Cell, ...], ...] = (
        (first, 1234, 1200, 0.9731, timedelta(minutes=3, seconds=7), 11.25),
        ("Sales (2)", 0, 0, None, None, None),
        (None, 7, 5, 1.0, timedelta(hours=26, minutes=3), 0.5),
    )
    tables = (
        PaperTable(
            key="queues",
            title="Queues",
            columns=SUMS,
            rows=queues,
            total=(None, 1241, 1205, 0.9732, timedelta(minutes=4), None),
        ),
        PaperTable(key="intervals", title="Intervals", columns=INTERVALS, rows=interval_rows(32)),
        PaperTable(key="calls", title="Calls", columns=CALLS, rows=call_rows(calls), listing=True),
        PaperTable(key="gaps", title="Not watched", columns=CALLS[:2], rows=(), listing=True),
    )
    return Paper(
        kind=ReportKind.SHIFT,
        language="fa" if persian else "en",
        right_to_left=persian,
        notation=PERSIAN if persian else Notation(),
        title="گزارش شیفت" if persian else "Shift report",
        subtitle="شب · ۱۴۰۴/۱۲/۲۹" if persian else "Night · 2026-03-20",
        zone=TEHRAN,
        grounds=any_grounds(),
        lines=(
            PaperLine(key="window", label="Time", text="22:00 to 06:00"),
            PaperLine(key="coverage", label="Watched", text="97.1%", weighty=True),
            PaperLine(key="made", label="Made", text="by m.ahmadi"),
        ),
        tables=tables,
        charts=(
            any_chart(ChartKind.LINES, "intervals", "begin", ("offered", "answered")),
            any_chart(ChartKind.BARS, "queues", "queue", ("offered", "answered")),
            any_chart(ChartKind.STACK, "intervals", "begin", ("aht",)),
        ),
        definitions=(
            PaperDefinition(
                key="service_level",
                name="Service level",
                meaning="Calls answered within the target.",
                formula="Σ answered within 20 s ÷ Σ offered",
            ),
        ),
        words=WORDS_FA if persian else PaperWords(),
    )


def any_chart(kind: ChartKind, table: str, along: str, series: tuple[str, ...]) -> PaperChart:
    """Return a chart of that table."""
    return PaperChart(
        key=f"{kind}_{table}",
        title=f"{kind} ={table}",
        kind=kind,
        table=table,
        along=along,
        series=series,
    )


def any_grounds() -> Grounds:
    """Return what the papers rest on."""
    return Grounds(
        begin=BEGIN,
        end=BEGIN + timedelta(hours=8),
        site="Support center",
        zone="Asia/Tehran",
        made_at=BEGIN + timedelta(hours=8, minutes=2),
        shift="Night",
        profile="kind=sl_offered target=20s short=5s goal=0.80",
        covered=0.971,
        gaps=((BEGIN + timedelta(hours=1), BEGIN + timedelta(hours=1, minutes=14)),),
        made_by="m.ahmadi",
        journal_head="9f2c1e44",
        chosen=(("queue", "Support"),),
    )


def hostile_paper(cells: int, seed: int = 11, longest: int = 2_000_000) -> Paper:
    """Return a paper of so many hostile texts: in cells, headings, titles, lines and charts."""
    texts = [text[:longest] for text in names(cells, seed)]
    columns = tuple(
        PaperColumn(
            key=f"c{at}",
            heading=texts[at],
            kind=(CellKind.TEXT, CellKind.PHONE, CellKind.WORD)[at % 3],
            words={"word": texts[at + 7]},
        )
        for at in range(10)
    )
    rows = tuple(tuple(texts[at : at + 10]) for at in range(0, cells, 10))
    told = any_paper(3)
    table = PaperTable(key="../../etc/x", title=texts[1], columns=columns, rows=rows, listing=True)
    sums = replace(
        told.tables[0],
        title=texts[2],
        rows=tuple((text, *told.tables[0].rows[0][1:]) for text in texts[:40]),
        total=(texts[5], *told.tables[0].rows[0][1:]),
    )
    return replace(
        told,
        title=texts[3],
        subtitle=texts[4],
        tables=(sums, table),
        lines=tuple(PaperLine(key=str(at), label=texts[at], text=texts[at + 9]) for at in range(9)),
        charts=(
            PaperChart(
                key="k",
                title="=HYPERLINK(1)",
                kind=ChartKind.BARS,
                table="queues",
                along="queue",
                series=("offered",),
            ),
        ),
        definitions=tuple(
            PaperDefinition(
                key=str(at), name=texts[at], meaning=texts[at + 3], formula=texts[at + 5]
            )
            for at in range(30)
        ),
        grounds=replace(told.grounds, site=texts[1], made_by=texts[2], shift=texts[6]),
    )


def one_table(rows: Sequence[tuple[Cell, ...]], *, persian: bool = False) -> Paper:
    """Return a paper with the one table of calls, and nothing drawn."""
    told = any_paper(1, persian=persian)
    table = PaperTable(key="calls", title="Calls", columns=CALLS, rows=tuple(rows), listing=True)
    return replace(told, tables=(table,), charts=())

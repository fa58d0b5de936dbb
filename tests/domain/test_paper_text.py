"""How cells read on a page, in both ways of writing figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wallboard.domain.paper import Notation, PaperColumn
from wallboard.domain.paper_text import cell_text, clock_text, duration_text, jalali_text
from wallboard.domain.reporting import Cell, CellKind

_TEHRAN = ZoneInfo("Asia/Tehran")
_ENGLISH = Notation()
_PERSIAN = Notation(digits="۰۱۲۳۴۵۶۷۸۹", group="٬", decimal="٫", percent="٪", jalali=True)


def _column(kind: CellKind, **more: object) -> PaperColumn:
    return PaperColumn(key="k", heading="K", kind=kind, **more)  # type: ignore[arg-type] - as told


@pytest.mark.parametrize(
    ("cell", "kind", "english", "persian"),
    [
        (None, CellKind.COUNT, "—", "—"),
        (0, CellKind.COUNT, "0", "۰"),
        (1_234_567, CellKind.COUNT, "1,234,567", "۱٬۲۳۴٬۵۶۷"),
        (-1, CellKind.COUNT, "\u22121", "\u2212۱"),
        (0.7116, CellKind.RATIO, "71.2%", "۷۱٫۲٪"),
        (1.0, CellKind.RATIO, "100.0%", "۱۰۰٫۰٪"),
        (0.99996, CellKind.RATIO, "99.996%", "۹۹٫۹۹۶٪"),
        (0.0001, CellKind.RATIO, "0.01%", "۰٫۰۱٪"),
        (12.345, CellKind.FIGURE, "12.3", "۱۲٫۳"),
        (-0.01, CellKind.FIGURE, "0.0", "۰٫۰"),
        (timedelta(seconds=7), CellKind.DURATION, "0:07", "۰:۰۷"),
        (timedelta(seconds=59, milliseconds=999), CellKind.DURATION, "0:59", "۰:۵۹"),
        (timedelta(minutes=59, seconds=59), CellKind.DURATION, "59:59", "۵۹:۵۹"),
        (timedelta(hours=26, seconds=5), CellKind.DURATION, "26:00:05", "۲۶:۰۰:۰۵"),
        (date(2026, 3, 20), CellKind.DAY, "2026-03-20", "۱۴۰۴/۱۲/۲۹"),
        (date(2026, 3, 21), CellKind.DAY, "2026-03-21", "۱۴۰۵/۰۱/۰۱"),
        (
            datetime(2026, 3, 20, 20, 30, 1, tzinfo=UTC),
            CellKind.INSTANT,
            "2026-03-21 00:00:01",
            "۱۴۰۵/۰۱/۰۱ ۰۰:۰۰:۰۱",
        ),
        ("صف 3", CellKind.TEXT, "صف 3", "صف 3"),
    ],
)
def test_that_a_cell_reads_as_it_is_written_in_the_language(
    cell: Cell, kind: CellKind, english: str, persian: str
) -> None:
    assert cell_text(cell, _column(kind), _ENGLISH, _TEHRAN) == english
    assert cell_text(cell, _column(kind), _PERSIAN, _TEHRAN) == persian


def test_that_a_word_is_the_reader_s_and_an_unknown_one_its_key() -> None:
    column = _column(CellKind.WORD, words={"yes": "بله"})

    assert cell_text("yes", column, _PERSIAN, _TEHRAN) == "بله"
    assert cell_text("maybe", column, _PERSIAN, _TEHRAN) == "maybe"


def test_that_what_is_absent_for_a_reason_says_it() -> None:
    column = _column(CellKind.DURATION, absent="longer")

    assert cell_text(None, column, _ENGLISH, _TEHRAN) == "longer"


def test_that_a_time_below_zero_has_its_sign() -> None:
    assert duration_text(timedelta(seconds=-65), _ENGLISH) == "\u22121:05"


@pytest.mark.parametrize(
    ("day", "jalali"),
    [
        (date(2021, 3, 20), "1399/12/30"),
        (date(2024, 3, 19), "1402/12/29"),
        (date(2025, 3, 20), "1403/12/30"),
        (date(2030, 3, 20), "1408/12/30"),
        (date(1500, 1, 1), "1500-01-01"),
    ],
)
def test_that_leap_years_end_on_the_thirtieth(day: date, jalali: str) -> None:
    assert jalali_text(day) == jalali


def test_that_a_clock_is_the_site_s() -> None:
    noon = datetime(2021, 6, 1, 12, tzinfo=UTC)  # summer time, of which there was some until 2022

    assert clock_text(noon, _ENGLISH, _TEHRAN) == "16:30"
    assert clock_text(noon.replace(year=2026), _PERSIAN, _TEHRAN) == "۱۵:۳۰"

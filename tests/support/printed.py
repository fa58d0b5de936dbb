"""Papers to be printed, in both languages, as large as wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from support.papers import PERSIAN, TEHRAN, WORDS_FA
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
from wallboard.domain.reporting import CellKind, ChartKind, Grounds, ReportKind

BEGAN = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
NAMES = {
    "en": ("Support", "Sales", "Billing", "VIP", "Returns & complaints"),
    "fa": ("پشتیبانی فارسی", "فروش", "امور مالی", "ویژه", "مرجوعی و شکایت"),
}
_HEADINGS = {
    "queue": ("Queue", "صف"),
    "offered": ("Offered", "ورودی"),
    "answered": ("Answered", "پاسخ‌داده‌شده"),
    "service_level": ("Service level", "سطح خدمت"),
    "asa": ("Average speed of answer", "میانگین سرعت پاسخ"),
    "begin": ("From", "از"),
    "number": ("Number", "شماره"),
    "arrived": ("Arrived", "زمان ورود"),
    "agent": ("Agent", "اپراتور"),
    "ending": ("Ending", "پایان"),
    "wait": ("Wait", "انتظار"),
    "talk": ("Talk", "مکالمه"),
    "at": ("No.", "ردیف"),
}


def column(key: str, kind: CellKind, language: str, **more: object) -> PaperColumn:
    """Return a column with its heading in a language."""
    heading = _HEADINGS[key][language == "fa"]
    return PaperColumn(key=key, heading=heading, kind=kind, **more)  # type: ignore[arg-type]


def queue_table(language: str) -> PaperTable:
    """Return a table of sums with a total."""
    rows = tuple(
        (name, 1200 - 211 * at, 1100 - 207 * at, (0.714, 0.9997, 1.0, None, 0.8)[at],
         None if at == 3 else timedelta(seconds=14 + 61 * at))
        for at, name in enumerate(NAMES[language])
    )  # fmt: skip
    return PaperTable(
        key="queues", title="صف‌ها" if language == "fa" else "Queues", rows=rows,
        columns=(
            column("queue", CellKind.TEXT, language),
            column("offered", CellKind.COUNT, language),
            column("answered", CellKind.COUNT, language),
            column("service_level", CellKind.RATIO, language),
            column("asa", CellKind.DURATION, language),
        ),
        total=(None, 3890, 3430, 0.756, timedelta(seconds=77)),
    )  # fmt: skip


def interval_table(language: str, count: int = 32) -> PaperTable:
    """Return a table over time, with one quarter of an hour of which nothing is known."""
    rows = tuple(
        (BEGAN + timedelta(minutes=15 * at),
         None if at == 9 else (at * 37) % 61, None if at == 9 else (at * 37) % 61 * 3 // 4,
         None if at == 9 else 0.5 + (at * 29 % 50) / 100)
        for at in range(count)
    )  # fmt: skip
    return PaperTable(
        key="intervals", title="بازه‌های ۱۵ دقیقه‌ای" if language == "fa" else "By 15 minutes",
        rows=rows,
        columns=(
            column("begin", CellKind.INSTANT, language),
            column("offered", CellKind.COUNT, language),
            column("answered", CellKind.COUNT, language),
            column("service_level", CellKind.RATIO, language),
        ),
    )  # fmt: skip


def call_table(language: str, count: int) -> PaperTable:
    """Return a list of calls, each with a number of its own."""
    words = {
        "en": {"answered": "Answered", "abandoned": "Abandoned"},
        "fa": {"answered": "پاسخ داده شد", "abandoned": "رها شد"},
    }[language]
    names = NAMES[language]
    rows = tuple(
        (at + 1, BEGAN + timedelta(seconds=5 * at), f"0912•••{at % 9000 + 1000}",
         names[at % len(names)], "answered" if at % 5 else "abandoned",
         timedelta(seconds=at * 7 % 300), timedelta(seconds=at * 31 % 2000) if at % 5 else None)
        for at in range(count)
    )  # fmt: skip
    return PaperTable(
        key="calls", title="فهرست تماس‌ها" if language == "fa" else "Calls", listing=True, rows=rows,
        columns=(
            column("at", CellKind.COUNT, language),
            column("arrived", CellKind.INSTANT, language),
            column("number", CellKind.PHONE, language),
            column("queue", CellKind.TEXT, language),
            column("ending", CellKind.WORD, language, words=words),
            column("wait", CellKind.DURATION, language),
            column("talk", CellKind.DURATION, language),
        ),
    )  # fmt: skip


def paper_with(language: str, *tables: PaperTable, charts: tuple[PaperChart, ...] = ()) -> Paper:
    """Return a paper of these tables."""
    persian = language == "fa"
    return Paper(
        kind=ReportKind.SHIFT,
        language=language,
        right_to_left=persian,
        notation=PERSIAN if persian else Notation(),
        title="گزارش شیفت" if persian else "Shift report",
        subtitle=(
            "شیفت صبح، یکشنبه ۱ آذر ۱۴۰۵، ۰۶:۰۰ تا ۱۴:۰۰ · مرکز تهران"
            if persian
            else "Morning shift, Sunday 22 November 2026, 06:00 to 14:00 · Tehran centre"
        ),
        zone=TEHRAN,
        grounds=Grounds(
            begin=BEGAN, end=BEGAN + timedelta(hours=8), site="Tehran", zone="Asia/Tehran",
            made_at=BEGAN + timedelta(hours=9),
        ),
        lines=_lines(persian=persian),
        tables=tables,
        charts=charts,
        definitions=_definitions(persian=persian),
        words=WORDS_FA if persian else PaperWords(),
    )  # fmt: skip


def shift_paper(language: str) -> Paper:
    """Return a shift report with two tables and three charts."""
    persian = language == "fa"
    return paper_with(
        language,
        queue_table(language),
        interval_table(language),
        charts=(
            PaperChart(
                key="queues", kind=ChartKind.BARS, table="queues", along="queue",
                title="تماس‌ها به تفکیک صف" if persian else "Calls by queue", series=("offered",),
            ),
            PaperChart(
                key="calls", kind=ChartKind.BARS, table="intervals", along="begin",
                title="تماس‌ها در طول شیفت" if persian else "Calls over the shift",
                series=("offered", "answered"),
            ),
            PaperChart(
                key="level", kind=ChartKind.LINES, table="intervals", along="begin",
                title="سطح خدمت در طول شیفت" if persian else "Service level over the shift",
                series=("service_level",),
            ),
        ),
    )  # fmt: skip


def calls_paper(language: str, count: int) -> Paper:
    """Return a list of so many calls."""
    return paper_with(language, call_table(language, count))


def day_of(paper: Paper) -> date:
    """Return the site's day on which the paper's time begins."""
    return paper.grounds.begin.astimezone(TEHRAN).date()


def _lines(*, persian: bool) -> tuple[PaperLine, ...]:
    told = _GROUNDS["fa" if persian else "en"]
    return tuple(
        PaperLine(key=key, label=label, text=text, weighty=key == "coverage")
        for key, label, text in told
    )


def _definitions(*, persian: bool) -> tuple[PaperDefinition, ...]:
    told = _MEANINGS["fa" if persian else "en"]
    return tuple(
        PaperDefinition(key=key, name=name, meaning=meaning, formula=formula)
        for key, name, meaning, formula in told
    )


_GROUNDS = {
    "en": (
        ("coverage", "Coverage", "97.9% of this time was watched; no data from 08:10 to 08:20."),
        ("profile", "Service level", "Answered within 20 seconds; goal 80%"),
        ("zone", "Time zone", "Asia/Tehran"),
        ("made", "Made", "2026-11-22 15:00 by s.karimi"),
        ("journal", "Journal's head", "9f2c41d0a77be3"),
    ),
    "fa": (
        ("coverage", "پوشش", "۹۷٫۹٪ این زمان پایش شده است؛ از ۰۸:۱۰ تا ۰۸:۲۰ داده‌ای نیست."),
        ("profile", "تعریف سطح خدمت", "پاسخ تا ۲۰ ثانیه؛ هدف ۸۰٪"),
        ("zone", "منطقهٔ زمانی", "\u2068Asia/Tehran\u2069"),
        ("made", "تهیه", "۱۴۰۵/۰۹/۰۱ ۱۵:۰۰، \u2068s.karimi\u2069"),
        ("journal", "سر دفتر", "\u20669f2c41d0a77be3\u2069"),
    ),
}
_MEANINGS = {
    "en": (
        ("offered", "Offered", "Calls that entered the queue.", "count"),
        (
            "service_level",
            "Service level",
            "The share of calls that were answered within the target, of all that entered.",
            "answered in target ÷ offered",
        ),
    ),
    "fa": (
        ("offered", "ورودی", "تماس‌هایی که وارد صف شدند.", "تعداد"),
        (
            "service_level",
            "سطح خدمت",
            "سهم تماس‌هایی که در زمان هدف پاسخ داده شدند، از همهٔ تماس‌های ورودی صف.",
            "پاسخ‌داده‌شده در هدف ÷ ورودی",
        ),
    ),
}

"""What somebody chose to have a report of: the value that the page tells and is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from wallboard.domain.reporting import (
    PaperForm,
    Period,
    PeriodKind,
    ReportDefinition,
    ReportKind,
)
from wallboard.domain.value import value
from wallboard.ui.words import Phrase, phrase

FORM_NAMES: Final[Mapping[PaperForm, Phrase]] = {
    PaperForm.PDF: phrase("Reports", "PDF"),
    PaperForm.XLSX: phrase("Reports", "Excel"),
    PaperForm.CSV: phrase("Reports", "CSV"),
    PaperForm.HTML: phrase("Reports", "Web page"),
    PaperForm.JSON: phrase("Reports", "JSON"),
}
"""In the order in which they are offered."""

INTERVAL_NAMES: Final[Mapping[str, Phrase]] = {
    "": phrase("Reports", "Interval: automatic"),
    "15": phrase("Reports", "Interval: 15 minutes"),
    "30": phrase("Reports", "Interval: 30 minutes"),
    "60": phrase("Reports", "Interval: 60 minutes"),
}

CUT: Final = frozenset(
    {
        ReportKind.SHIFT,
        ReportKind.QUEUE,
        ReportKind.INTERVAL,
        ReportKind.DIRECTIONS,
        ReportKind.WEEKDAY,
    }
)
"""The reports that are cut into intervals."""
OF_AGENTS: Final = frozenset({ReportKind.AGENT, ReportKind.CALLS})
"""Those that can be narrowed to one agent."""
WITH_NUMBERS: Final = frozenset(
    {ReportKind.SHIFT, ReportKind.CALLS, ReportKind.LOST, ReportKind.DIRECTIONS}
)
"""Those in which callers' numbers stand."""

USUAL: Final = ReportDefinition(
    name="",
    kind=ReportKind.SHIFT,
    connection="",
    period=Period(kind=PeriodKind.SHIFT),
    forms=(PaperForm.PDF, PaperForm.XLSX),
)


@value
class ReportChoice:
    """What is wanted.

    Attributes:
        definition: As it may be saved; its name and connection are empty while it has none.
        unmasked: True if callers' numbers are to stand there whole: somebody said so.
    """

    definition: ReportDefinition = USUAL
    unmasked: bool = False


def minutes_key(interval: timedelta | None) -> str:
    """Return the key of an interval among those that are offered."""
    return "" if interval is None else str(int(interval.total_seconds() // 60))


def interval_of(key: str) -> timedelta | None:
    """Return the interval of a key. None for the site's own."""
    return timedelta(minutes=int(key)) if key else None

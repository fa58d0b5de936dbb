"""Reports to look at: of histories in memory, with their cells by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from wallboard.app.reporting import Wanted, made_report
from wallboard.domain.reporting import Cell, Report, ReportKind, Table
from wallboard.engine.windows import Window
from wallboard.settings.model import OFFLINE, Profile, Settings
from wallboard.settings.paths import places
from wallboard.storage.history import History

SITE: Final = "pbx"


def settings_in(zone: str, **more: Any) -> Settings:
    """Return settings with one connection, in a time zone."""
    return Settings(profiles=(Profile(name=SITE, kind=OFFLINE, zone=zone),), **more)


AT_TEHRAN: Final = settings_in("Asia/Tehran")


def reported(
    history: History,
    kind: ReportKind,
    window: Window,
    now: datetime,
    settings: Settings,
    *,
    stop: Callable[[], bool] = lambda: False,
    **more: Any,
) -> Report:
    """Return a report of a history."""
    wanted = Wanted(kind=kind, connection=SITE, window=window, now=now, **more)
    return made_report(history, wanted, settings, places(), stop=stop)


def table(report: Report, key: str) -> Table:
    """Return the table of a key."""
    return next(each for each in report.tables if each.key == key)


def rows(report: Report, key: str) -> list[dict[str, Cell]]:
    """Return the rows of a table by key of the column."""
    found = table(report, key)
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def total(report: Report, key: str) -> dict[str, Cell]:
    """Return the total of a table by key of the column."""
    found = table(report, key)
    assert found.total is not None
    return dict(zip([column.key for column in found.columns], found.total, strict=True))

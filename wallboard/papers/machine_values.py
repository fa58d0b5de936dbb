"""A cell as machines read it: numbers the C way, times as ISO 8601 with their offset."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta, tzinfo

from wallboard.domain.reporting import Cell
from wallboard.papers.lawful_text import outside


def machine_value(cell: Cell, zone: tzinfo) -> str | float | None:
    """Return a cell as a plain value; None for what is not known.

    Durations are seconds, whole ones without decimals; ratios stay 0 to 1; instants are told by
    the site's clock.
    """
    match cell:
        case None | int():
            return cell
        case float():
            return cell if math.isfinite(cell) else None
        case str():
            return outside(cell)
        case timedelta():
            seconds = cell.total_seconds()
            return int(seconds) if seconds.is_integer() else seconds
        case datetime():
            return cell.astimezone(zone).isoformat()
        case _:
            return _day(cell)


def _day(cell: date) -> str:
    return cell.isoformat()

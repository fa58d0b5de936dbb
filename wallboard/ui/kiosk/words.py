"""What a wall says in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind
from wallboard.domain.walls import SceneKind, Wall
from wallboard.engine.board import Board, age_of
from wallboard.ui.kiosk.plan import Plan
from wallboard.ui.outside_text import isolated
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

SCENE_NAMES: Final[Mapping[SceneKind, Phrase]] = {
    SceneKind.OVERVIEW: phrase("Kiosk", "Overview"),
    SceneKind.QUEUES: phrase("Kiosk", "Queues"),
    SceneKind.AGENTS: phrase("Kiosk", "Agents"),
    SceneKind.TREND: phrase("Kiosk", "Last hour"),
    SceneKind.LOST: phrase("Kiosk", "Lost callers"),
    SceneKind.MESSAGE: phrase("Kiosk", "Message"),
}
SHORT_NAMES: Final[Mapping[str, Phrase]] = {
    "longest_wait": phrase("Kiosk", "Longest"),
    "service_level": phrase("Kiosk", "SL"),
    "abandon_rate": phrase("Kiosk", "Lost %"),
    "abandoned": phrase("Column", "Abandoned"),
    "offered": phrase("Column", "Offered"),
    "answered": phrase("Column", "Answered"),
    "free": phrase("Column", "Free"),
    "busy": phrase("Column", "Busy"),
    "asa": phrase("Column", "ASA"),
    "aht": phrase("Column", "AHT"),
}
"""Where there is no room for the whole name."""
NOBODY_WAITS: Final = phrase("Kiosk", "No calls waiting")
NO_QUEUES: Final = phrase("Kiosk", "No queues to be seen")
CONNECTING: Final = phrase("Kiosk", "Waiting for the first data")
_SOON: Final = timedelta(seconds=3)
NOT_STORED: Final = phrase("Kiosk", "What happens now is not being stored: look at the desk.")
_SILENT: Final = phrase("Kiosk", "Last data at {time}, {age} ago")
_NO_DATA: Final = phrase("Kiosk", "No data since {time}")
_RETRYING: Final = phrase("Kiosk", "The connection is tried again all the time.")
_SOMEBODY: Final = phrase("Kiosk", "The connection has to be looked after at the desk.")
_ASKS: Final = frozenset(
    {FaultKind.SIGN_IN, FaultKind.FORBIDDEN, FaultKind.NO_SECRET, FaultKind.CERTIFICATE}
)
_MORE: Final = phrase("Kiosk", "{number} more")
_READABLE: Final = phrase("Kiosk", "Small text can be read from up to {distance} m.")
_TOO_FAR: Final = phrase(
    "Kiosk", "Small text can be read from up to {distance} m; the farthest seat is at {seat} m."
)
_LARGER: Final = phrase(
    "Kiosk", "For the seat at {seat} m it is {times} times as large: {rows} rows instead of {most}."
)


def waiting_words(since: Moment | None, now: Moment, wording: Wording) -> str:
    """Return that there was no picture yet, and for how long.

    Args:
        since: Since when it is waited for. None: that is not known.
    """
    told = wording.say(CONNECTING)
    waited = None if since is None else timedelta(seconds=now.steady_s - since.steady_s)
    if waited is None or waited < _SOON:
        return told
    return f"{told} · {wording.duration(waited)}"


def silent_words(board: Board, now: Moment, wording: Wording) -> str:
    """Return how old the figures are; empty if there are none."""
    if board.snapshot is None:
        return ""
    at = wording.clock(board.snapshot.as_of, board.zone)
    return wording.say(_SILENT, time=at, age=wording.age(age_of(board, now)))


def no_data_words(board: Board, since: datetime, wording: Wording) -> str:
    """Return since when nothing was heard."""
    return wording.say(_NO_DATA, time=wording.clock_minute(since, board.zone))


def cause_words(board: Board, wording: Wording) -> str:
    """Return what the wall does about it, or that somebody has to; no address and no account."""
    asks = board.fault is not None and board.fault.kind in _ASKS
    return wording.say(_SOMEBODY if asks else _RETRYING)


def more_words(number: int, wording: Wording) -> str:
    """Return how many more there are; empty for none."""
    return wording.say(_MORE, number=wording.count(number)) if number > 0 else ""


def page_words(page: int, pages: int, wording: Wording) -> str:
    """Return which page it is; empty if there is one only."""
    if pages < 2:
        return ""
    return isolated(f"{wording.count(page + 1)}/{wording.count(pages)}")


def reading_words(plan: Plan, wall: Wall, wording: Wording, *, most_rows: int = 8) -> str:
    """Return from where the smallest text can be read, and what was done for that."""
    seat = wording.figure(f"{wall.seat_m:g}")
    distance = wording.figure(f"{int(plan.readable_m * 10) / 10:g}")
    if not plan.enough:
        return wording.say(_TOO_FAR, distance=distance, seat=seat)
    told = wording.say(_READABLE, distance=distance)
    times = plan.small_px / (4.5 * plan.unit)
    if times < 1.05:
        return told
    larger = wording.say(
        _LARGER,
        seat=seat,
        times=wording.figure(f"{times:.1f}"),
        rows=wording.count(plan.room.rows),
        most=wording.count(most_rows),
    )
    return f"{told} {larger}"

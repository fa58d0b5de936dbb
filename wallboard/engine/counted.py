"""The figures of queues of which a source tells counts and sums, and no single calls.

The rules, in prose:

* Only what was told, or follows from it, is known. All else is a dash: percentiles, who was sent
  away, whatever is of another stretch of time than the day.
* The sums are those of the day if they began with it. A system's own day may begin a little before
  the site's; sums that began long before are of another day, and none are shown.
* Whose end is not told is counted as one that nobody saw: he is in no percentage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.snapshot import Counted
from wallboard.domain.totals import Totals

_EARLIER: Final = timedelta(hours=6)
"""So long before the site's day the system's own may begin."""
_LEVELS: Final = {
    LevelKind.OFFERED: frozenset({"answered", "abandoned", "answered_in_target"}),
    LevelKind.ANSWERED: frozenset({"answered", "answered_in_target"}),
    LevelKind.ASTERISK: frozenset({"answered", "answered_in_target"}),
}
"""What must be told to know a service level of each kind; of the others nothing is enough."""
_NEEDS: Final = {
    "answered": frozenset({"answered"}),
    "abandoned": frozenset({"abandoned"}),
    "answer_rate": frozenset({"answered", "abandoned"}),
    "abandon_rate": frozenset({"answered", "abandoned"}),
    "asa": frozenset({"answered", "wait_of_answered"}),
    "att": frozenset({"answered", "talk"}),
    "aht": frozenset({"answered", "talk"}),
    "handled": frozenset({"answered", "talk"}),
    **{str(kind): needs for kind, needs in _LEVELS.items()},
}
"""What must be told to know a figure of the day."""
_OF_DAY: Final = (
    "offered",
    "answered",
    "abandoned",
    "answered_in_target",
    "wait_of_answered",
    "talk",
)
LIVE: Final = ("waiting", "longest_wait", "free", "busy")
"""The figures of this moment that a source may count itself."""


def of_day(counted: Counted, begins: datetime | None, as_of: datetime) -> bool:
    """Return whether the sums are of the day that begins then. None: no day has begun.

    Args:
        as_of: When they were told, on the source's clock.
    """
    if begins is None or as_of < begins:
        return False
    return counted.since >= begins - _EARLIER


def totals_of_counted(counted: Counted) -> Totals:
    """Return the day's sums as totals; `known_of` says which of them mean anything."""
    answered, abandoned = counted.answered or 0, counted.abandoned or 0
    told = counted.offered or 0
    waiting = counted.waiting or 0
    if told:
        # Counts are not all taken at one instant: who is over was offered, and who waits may be.
        waiting = min(waiting, max(0, told - answered - abandoned))
    offered = max(told, answered + abandoned + waiting)
    wait, talk = counted.wait_of_answered, counted.talk
    in_target = counted.answered_in_target
    return Totals(
        offered=offered,
        answered=answered,
        answered_in_target=min(in_target or 0, answered),
        undecided_answered=answered if in_target is None else 0,
        abandoned=abandoned,
        unknown=offered - answered - abandoned - waiting,
        waiting=waiting,
        undecided_waiting=waiting,
        waits_known=0 if wait is None else answered,
        wait_of_answered=wait or timedelta(),
        handled=0 if talk is None else answered,
        talk=talk or timedelta(),
    )


def known_of(counted: Counted, level: LevelProfile, *, today: bool) -> frozenset[str]:
    """Return the keys of the figures of a queue that its sums make known.

    Args:
        level: The profile of its service level.
        today: The figures are of the day that the sums are of.
    """
    known = {name for name in ("waiting", "free", "busy") if getattr(counted, name) is not None}
    if counted.waiting == 0 or counted.waiting_since is not None:
        known.add("longest_wait")
    if not today:
        return frozenset(known)
    told = {name for name in _OF_DAY if getattr(counted, name) is not None}
    known.update(key for key, needs in _NEEDS.items() if needs <= told)
    if "offered" in told or {"answered", "abandoned"} <= told:
        known.add("offered")
    if str(level.kind) in known:
        known.add("service_level")
    return frozenset(known)


def known_to_all(rows: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Return what is known of several together: what is of each. None if all is."""
    known: frozenset[str] | None = None
    for row in rows:
        if row is not None:
            known = row if known is None else known & row
    return known

"""A history with sealed days in a folder, and calls of every kind to keep in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.storage.database import Database
from wallboard.storage.opening import opened
from wallboard.storage.rows import CALLS, Row
from wallboard.storage.sealed import SealedDays
from wallboard.storage.sealed_day import DAY_US

BEGIN = datetime(2026, 3, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What `ranges` reads: rows and sealed days."""

    database: Database
    sealed: SealedDays

    def keep(self, records: Iterable[CallRecord]) -> list[Row]:
        """Put calls in as rows; return them."""
        rows = CALLS.packed(sorted(records, key=lambda record: record.entered_at))
        with self.database.transaction():
            self.database.run_many("insert calls", rows)
        return rows

    def clear(self) -> None:
        """Forget all calls."""
        self.database.run_text("DELETE FROM calls")
        for day in self.sealed.days():
            self.sealed.drop(day.day)

    def rows(self, day: int) -> list[Row]:
        """Return the calls of a day as rows, sealed or not."""
        begin = day * DAY_US
        return [row for page in self.sealed.pages(begin, begin + DAY_US) for row in page]

    def hot(self) -> int:
        """Return how many calls are rows."""
        ((count,),) = self.database.rows("count calls")
        return int(count)


@contextmanager
def shelf(folder: Path, *, in_memory: bool = False, server: str | None = None) -> Iterator[Shelf]:
    """Open the history of a folder; its rows may be in memory, which is quicker, or on a server."""
    place = server or (None if in_memory else folder / "history.db")
    database = opened(place, BEGIN, schema="sealing").database
    sealed = SealedDays(database, folder / "days")
    try:
        yield Shelf(database=database, sealed=sealed)
    finally:
        sealed.close()
        database.close()


def record(number: int, entered_at: datetime, **more: object) -> CallRecord:
    """Return a call that was answered after 7 s and talked for 100 s, or as told."""
    parts: dict[str, object] = {
        "fact_id": FactId(f"fact {number}"),
        "call_id": CallId(f"call {number}"),
        "queue_id": QueueId(f"queue {number % 3}"),
        "entered_at": entered_at,
        "ended_at": entered_at + timedelta(seconds=107),
        "ending": Ending.ANSWERED,
        "wait": timedelta(seconds=7),
        "target": timedelta(seconds=20),
        "talk": timedelta(seconds=100),
        "agent_id": AgentId(f"agent {number % 5}"),
        "contact": f"contact {number}",
    }
    return CallRecord(**(parts | more))  # type: ignore[arg-type]


def days_of_calls(count: int, days: int = 3, begin: datetime = BEGIN) -> list[CallRecord]:
    """Return calls spread evenly over days from an instant on."""
    step = days * DAY / count
    return [record(number, begin + number * step) for number in range(count)]


def _spans(longest: timedelta) -> st.SearchStrategy[timedelta]:
    whole = st.integers(0, int(longest.total_seconds())).map(lambda s: timedelta(seconds=s))
    return st.one_of(whole, st.timedeltas(timedelta(), longest))


_WAITS = st.one_of(
    st.none(), st.just(timedelta()), _spans(timedelta(seconds=40)), _spans(timedelta(hours=6))
)
_TIMES = st.one_of(st.none(), st.just(timedelta()), _spans(timedelta(hours=30)))
_LIMITS = st.one_of(st.none(), st.sampled_from([timedelta(seconds=s) for s in (0, 5, 20)]))
_NAMES = st.sampled_from(["one", "دو", "", "a'b\"c,\n", "nul\x00", "half\ud800", "\ufdd00041"])


@st.composite
def _call(draw: st.DrawFn) -> dict[str, object]:
    ending = draw(st.sampled_from(Ending))
    wait = draw(_WAITS)
    talk = draw(_TIMES) if ending is Ending.ANSWERED else None
    return {
        "after": draw(st.timedeltas(timedelta(), 3 * DAY - timedelta(microseconds=1))),
        "queue_id": draw(_NAMES),
        "ending": ending,
        "wait": None if ending is Ending.UNKNOWN else wait,
        "target": draw(_LIMITS),
        "short": draw(_LIMITS),
        "talk": talk,
        "hold": draw(_TIMES),
        "wrap_up": draw(_TIMES),
        "agent_id": draw(st.one_of(st.none(), _NAMES)),
        "contact": draw(st.one_of(st.none(), _NAMES)),
        "caller_number": draw(st.one_of(st.none(), _NAMES)),
        "missed_rings": draw(st.integers(0, 3)),
        "transferred": draw(st.booleans()),
    }


def _recorded(parts: list[dict[str, object]]) -> list[CallRecord]:
    made = []
    for number, part in enumerate(parts):
        more = {name: value for name, value in part.items() if name != "after"}
        entered_at = BEGIN + part["after"]  # type: ignore[operator]
        spent = (part["wait"] or timedelta()) + (part["talk"] or timedelta())  # type: ignore[operator]
        made.append(record(number, entered_at, ended_at=entered_at + spent, **more))
    return sorted(made, key=lambda each: each.entered_at)


calls_of_three_days = st.lists(_call(), max_size=25).map(_recorded)
"""Calls of every kind in the three days from BEGIN on, in order of arrival."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign
from support.sealing import BEGIN, DAY, Shelf, calls_of_three_days, days_of_calls, record, shelf

from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added, arrival_of, handling_of, totals_of
from wallboard.domain.waits import Waits
from wallboard.engine.explain import behind
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.storage import ranges, summing
from wallboard.storage.ranges import Booking, Sums
from wallboard.storage.rollups import (
    AGENT_ROLLUPS,
    QUEUE_ROLLUPS,
    agent_rollups,
    queue_rollups,
)
from wallboard.storage.sealed_day import day_of

pytest.importorskip("duckdb", reason="days are sealed with DuckDB")

US = timedelta(microseconds=1)
QUARTER = timedelta(minutes=15)


def _summed(
    records: Iterable[CallRecord], places: Callable[[CallRecord], list[tuple[Any, Totals]]]
) -> dict[Any, Totals]:
    sums: dict[Any, Totals] = {}
    for each in records:
        for place, totals in places(each):
            if totals is not NOTHING:
                sums[place] = sums.get(place, NOTHING) + totals
    return sums


def _by_interval(interval: timedelta, begin: Any) -> Callable[..., list[tuple[Any, Totals]]]:
    def places(each: CallRecord) -> list[tuple[Any, Totals]]:
        handled = max(each.entered_at, each.ended_at + (each.wrap_up or timedelta()))
        slots = [begin + (at - begin) // interval * interval for at in (each.entered_at, handled)]
        return [
            ((slots[0], each.queue_id), arrival_of(each)),
            ((slots[1], each.queue_id), handling_of(each)),
        ]

    return places


def test_that_every_part_of_the_totals_is_summed_that_a_call_that_is_over_has() -> None:
    live = {"waiting", "undecided_waiting"}
    by_second = {"waits", "abandon_waits"}
    assert set(summing.ALL) == {*Totals._fields} - live - by_second


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    folder = tmp_path_factory.mktemp("kept")
    with shelf(folder, in_memory=True, server=server) as opened:
        yield opened


@given(
    records=calls_of_three_days,
    sealed=st.sets(st.integers(0, 2)),
    window=st.tuples(st.integers(0, 300), st.integers(0, 300)),
    interval=st.sampled_from([QUARTER, timedelta(minutes=7), timedelta(hours=5), 2 * DAY]),
)
@settings(
    max_examples=size_of_campaign(30, 2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_that_sums_by_sql_are_those_over_the_records_sealed_or_not(
    kept: Shelf,
    records: list[CallRecord],
    sealed: set[int],
    window: tuple[int, int],
    interval: timedelta,
) -> None:
    begin, end = (BEGIN + quarters * QUARTER for quarters in sorted(window))
    inside = [each for each in records if begin <= each.entered_at < end]
    some = {QueueId("one"), QueueId("nul\x00"), QueueId("none of them")}
    kept.clear()
    kept.keep(records)
    for number in sealed:
        kept.sealed.seal(day_of(BEGIN) + number)
    assert list(ranges.calls(kept, begin, end)) == inside
    assert list(ranges.calls(kept, begin, end, queues=some)) == [
        each for each in inside if each.queue_id in some
    ]
    by_interval = _summed(inside, _by_interval(interval, begin))
    assert ranges.interval_totals(kept, begin, end, interval=interval) == by_interval
    assert ranges.interval_totals(kept, begin, end, interval=interval, queues=some) == {
        place: totals for place, totals in by_interval.items() if place[1] in some
    }
    by_arrival = _summed(
        inside,
        lambda each: [
            (
                (begin + (each.entered_at - begin) // interval * interval, each.queue_id),
                totals_of(each),
            )
        ],
    )
    found = ranges.interval_totals(kept, begin, end, interval=interval, booking=Booking.ARRIVED)
    assert found == by_arrival
    by_queue = _summed(inside, lambda each: [(each.queue_id, totals_of(each))])
    assert ranges.queue_totals(kept, begin, end) == by_queue
    by_agent = _summed(inside, lambda each: [(each.agent_id, totals_of(each))])
    assert ranges.agent_totals(kept, begin, end) == by_agent
    sums = ranges.interval_sums(kept, begin, end, interval=interval)
    assert {(begin + row[0] * interval, row[1]): row[2:] for row in sums} == {
        place: _sums(totals) for place, totals in by_arrival.items()
    }
    assert len(sums) == len(by_arrival)
    sums = ranges.agent_sums(kept, begin, end)
    assert {row[1]: row[2:] for row in sums} == {
        agent: _sums(totals) for agent, totals in by_agent.items()
    }


def _sums(totals: Totals) -> Sums:
    told = [getattr(totals, name) for name in Sums._fields]
    return Sums(*(part // US if isinstance(part, timedelta) else part for part in told))


@given(records=calls_of_three_days, cuts=st.sets(st.integers(1, 287), max_size=4))
@settings(
    max_examples=size_of_campaign(10, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_that_ranges_side_by_side_add_up_to_the_whole(
    kept: Shelf, records: list[CallRecord], cuts: set[int]
) -> None:
    edges = [BEGIN + quarters * QUARTER for quarters in sorted({0, 288, *cuts})]
    kept.clear()
    kept.keep(records)
    kept.sealed.seal(day_of(BEGIN) + 1)
    whole = ranges.queue_totals(kept, edges[0], edges[-1])
    parts = [
        ranges.interval_totals(kept, begin, end, interval=QUARTER) for begin, end in pairwise(edges)
    ]
    for queue, totals in whole.items():
        booked = [sums for part in parts for (_at, key), sums in part.items() if key == queue]
        assert added(booked) == totals


@given(records=calls_of_three_days, window=st.tuples(st.integers(0, 300), st.integers(0, 300)))
@settings(
    max_examples=size_of_campaign(20, 2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_that_figures_rest_on_as_many_calls_by_their_kinds_as_one_by_one(
    kept: Shelf, records: list[CallRecord], window: tuple[int, int]
) -> None:
    begin, end = (BEGIN + quarters * QUARTER for quarters in sorted(window))
    inside = [each for each in records if begin <= each.entered_at < end]
    kept.clear()
    kept.keep(records)
    kept.sealed.seal(day_of(BEGIN) + 1)
    kinds = ranges.kinds(kept, begin, end)
    assert kinds is not None
    assert sum(kinds.values()) == len(inside)
    for part in ("queue_id", "target", "ending"):
        values = {getattr(each, part) for each in inside}
        assert {getattr(each, part) for each in kinds} == values
    assert _behind(kinds.items()) == _behind((each, 1) for each in inside)


def _behind(calls: Iterable[tuple[CallRecord, int]]) -> Counter[tuple[str, str]]:
    """Return how many calls each figure rests on, by figure and queue."""
    counts: Counter[tuple[str, str]] = Counter()
    for call, count in calls:
        for key, kpi in KPI_BY_KEY.items():
            if behind(kpi, call) is not None:
                counts[key, call.queue_id] += count
    return counts


def test_that_percentiles_are_of_all_calls_of_rows_and_files_together(tmp_path: Path) -> None:
    waits = [timedelta(seconds=second) for second in range(90)]
    records = [
        record(number, BEGIN + number * timedelta(minutes=40), wait=wait, queue_id=QueueId("q"))
        for number, wait in enumerate(waits)
    ]
    with shelf(tmp_path) as kept:
        kept.keep(records)
        kept.sealed.seal(day_of(BEGIN))
        totals = ranges.queue_totals(kept, BEGIN, BEGIN + 3 * DAY)[QueueId("q")]
    assert Waits(totals.waits).percentile("0.9") == timedelta(seconds=80)
    assert Waits(totals.waits).median() == timedelta(seconds=44.5)


def test_that_nothing_is_found_in_an_empty_range_or_history(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        assert list(ranges.calls(kept, BEGIN, BEGIN + DAY)) == []
        assert ranges.queue_totals(kept, BEGIN, BEGIN + DAY) == {}
        kept.keep(days_of_calls(30))
        kept.sealed.seal(day_of(BEGIN))
        assert ranges.interval_sums(kept, BEGIN + DAY, BEGIN, interval=QUARTER) == []
        assert ranges.agent_totals(kept, BEGIN, BEGIN) == {}
        assert ranges.queue_totals(kept, BEGIN, BEGIN + DAY, queues=()) == {}
        assert list(ranges.calls(kept, BEGIN + 9 * DAY, BEGIN + 10 * DAY)) == []


def test_that_rows_alone_are_read_where_no_day_can_be_sealed(tmp_path: Path) -> None:
    records = days_of_calls(40)
    with shelf(tmp_path) as kept:
        kept.keep(records)
        rows_only = _RowsOnly(kept)
        assert list(ranges.calls(rows_only, BEGIN, BEGIN + 3 * DAY)) == records
        totals = ranges.queue_totals(rows_only, BEGIN, BEGIN + 3 * DAY)
        assert added(totals.values()).offered == 40


class _RowsOnly:
    def __init__(self, kept: Shelf) -> None:
        self.database = kept.database
        self.sealed = None


def test_that_a_day_sealed_while_it_is_summed_counts_once(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(days_of_calls(60))
        days = [day_of(BEGIN), day_of(BEGIN) + 1]
        meddling = _Meddling(
            kept, [lambda: kept.sealed.seal(days[0]), lambda: kept.sealed.seal(days[1])]
        )
        found = ranges.queue_totals(meddling, BEGIN, BEGIN + 3 * DAY)
        assert added(found.values()).offered == 60
        assert not meddling.waiting
        meddling = _Meddling(kept, [lambda: kept.sealed.reopen(days[0])])
        found = ranges.queue_totals(meddling, BEGIN, BEGIN + 3 * DAY)
        assert added(found.values()).offered == 60


class _Meddling:
    """A history in which something else happens each time after its rows were summed."""

    def __init__(self, kept: Shelf, waiting: list[Callable[[], object]]) -> None:
        self.sealed = kept.sealed
        self.waiting = waiting
        self._database = kept.database

    @property
    def database(self) -> Any:
        return self

    def rows(self, *asked: Any) -> list[Any]:
        return self._database.rows(*asked)

    def rows_text(self, text: str) -> list[Any]:
        found = self._database.rows_text(text)
        if self.waiting:
            self.waiting.pop(0)()
        return found


def test_that_calls_that_are_rolled_up_still_count(tmp_path: Path) -> None:
    records = days_of_calls(60)
    gone, left = records[:20], records[20:]
    with shelf(tmp_path) as kept:
        kept.keep(records)
        before = (
            ranges.interval_totals(
                kept, BEGIN, BEGIN + 3 * DAY, interval=DAY, booking=Booking.ARRIVED
            ),
            ranges.agent_totals(kept, BEGIN, BEGIN + 3 * DAY),
            sorted(ranges.interval_sums(kept, BEGIN, BEGIN + 3 * DAY, interval=DAY)),
        )
        kept.clear()
        kept.keep(left)
        kept.sealed.seal(day_of(BEGIN) + 1)
        database = kept.database
        database.run_many("replace queue_rollups", QUEUE_ROLLUPS.packed(queue_rollups(gone)))
        agents = agent_rollups(gone, (), BEGIN, BEGIN + DAY)
        database.run_many("replace agent_rollups", AGENT_ROLLUPS.packed(agents))
        after = (
            ranges.interval_totals(
                kept, BEGIN, BEGIN + 3 * DAY, interval=DAY, booking=Booking.ARRIVED
            ),
            ranges.agent_totals(kept, BEGIN, BEGIN + 3 * DAY),
            sorted(ranges.interval_sums(kept, BEGIN, BEGIN + 3 * DAY, interval=DAY)),
        )
        assert ranges.kinds(kept, BEGIN, BEGIN + 3 * DAY) is None
    assert after == before

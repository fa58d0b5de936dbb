"""What the database finds of readings is what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wallboard.domain.coverage import MinuteSample
from wallboard.domain.snapshot import QueueId
from wallboard.storage.history import History
from wallboard.storage.rule_past import SAMPLED, Sought, sampled

BEGIN: Final = datetime(2026, 11, 22, tzinfo=UTC)
FIRST: Final = int(BEGIN.timestamp() // 60)
LONG: Final = timedelta(minutes=30)
QUEUES: Final = ("q0", 'odd "waiting":9 \x00', "صف")

Told: TypeAlias = dict[str, tuple[list[int], list[list[float | None]]]]

NUMBERS: Final = st.one_of(
    st.none(),
    st.integers(-2, 2),
    st.integers(50, 70),
    st.sampled_from((60.0, 59.999999, 60.000001, 1e-7, -2.5e-9, 1e17, 86399.123456)),
)
SAMPLES: Final = st.dictionaries(
    st.tuples(st.integers(-2, 32), st.none() | st.sampled_from(QUEUES)),
    st.dictionaries(st.sampled_from((*sorted(SAMPLED), "calls")), NUMBERS),
    max_size=40,
)
SOUGHT: Final = st.lists(
    st.builds(
        Sought,
        reading=st.sampled_from(sorted(SAMPLED)),
        low=st.none() | st.sampled_from((0.0, 1.0, -1.0)),
        high=st.none() | st.sampled_from((0.0, 60.0)),
    ),
    min_size=1,
    max_size=3,
)


def kept(samples: dict[tuple[int, str | None], dict[str, float | None]]) -> list[MinuteSample]:
    return [
        MinuteSample(
            minute=FIRST + minute,
            queue_id=None if queue is None else QueueId(queue),
            readings=readings,
        )
        for (minute, queue), readings in samples.items()
    ]


def is_found(sought: Sought, reading: float | None) -> bool:
    low, high = sought.low, sought.high
    below = low is not None and reading is not None and reading <= low
    return below or (high is not None and reading is not None and reading >= high)


def found(
    samples: Iterable[MinuteSample], sought: Sequence[Sought], *, of_queues: bool, every: bool
) -> Told:
    """Return what is to be found, by looking at each."""
    told: Told = {}
    for sample in sorted(samples, key=lambda each: each.minute):
        row = [sample.readings.get(each.reading) for each in sought]
        hits = [is_found(each, reading) for each, reading in zip(sought, row, strict=True)]
        inside = FIRST <= sample.minute < FIRST + 30
        if inside and of_queues is (sample.queue_id is not None) and (all if every else any)(hits):
            minutes, columns = told.setdefault(sample.queue_id or "", ([], [[] for _ in sought]))
            minutes.append(sample.minute)
            for column, reading in zip(columns, row, strict=True):
                column.append(reading)
    return told


def without_unknown(told: Told, sought: Sequence[Sought], *, every: bool) -> Told:
    """Return it without minutes in which what was sought is not: there a reading is not known."""
    left: Told = {}
    for queue, (minutes, columns) in told.items():
        for minute, row in zip(minutes, zip(*columns, strict=True), strict=True):
            if not (all if every else any)(map(is_found, sought, row)):
                assert None in row
                continue
            numbers, readings = left.setdefault(queue, ([], [[] for _ in sought]))
            numbers.append(minute)
            for column, reading in zip(readings, row, strict=True):
                column.append(reading)
    return left


@given(samples=SAMPLES, sought=SOUGHT, of_queues=st.booleans(), every=st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_that_what_is_sought_is_found_as_it_was_kept(
    history: History,
    samples: dict[tuple[int, str | None], dict[str, float | None]],
    sought: list[Sought],
    of_queues: bool,
    every: bool,
) -> None:
    history.database.run_text("DELETE FROM samples")
    history.keep(samples=kept(samples))
    answer = sampled(history, BEGIN, BEGIN + LONG, sought, of_queues=of_queues, every=every)
    told = {
        queue: (list(at), [list(each) for each in rows]) for queue, (at, rows) in answer.items()
    }
    expected = found(kept(samples), sought, of_queues=of_queues, every=every)
    assert without_unknown(told, sought, every=every) == expected


def test_that_what_is_not_stored_by_the_minute_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="busy"):
        sampled(history, BEGIN, BEGIN + LONG, [Sought(reading="busy")], of_queues=True, every=True)


@pytest.mark.parametrize("reading", [1, 60.5])
def test_that_what_equals_a_limit_is_found(history: History, reading: float) -> None:
    history.keep(samples=kept({(1, "q0"): {"waiting": reading}, (2, "q0"): {"waiting": 30}}))
    sought = [Sought(reading="waiting", low=1, high=60.5)]
    told = sampled(history, BEGIN, BEGIN + LONG, sought, of_queues=True, every=True)
    assert {queue: list(minutes) for queue, (minutes, _) in told.items()} == {"q0": [FIRST + 1]}


def test_that_what_is_not_known_is_no_number(history: History) -> None:
    row: dict[str, float | None] = {"waiting": 0, "free": None}
    history.keep(samples=kept({(1, "q0"): row}))
    sought = [Sought(reading=each, low=0) for each in ("waiting", "free", "longest_wait")]
    told = sampled(history, BEGIN, BEGIN + LONG, sought, of_queues=True, every=False)
    assert [list(column) for column in told["q0"][1]] == [[0], [None], [None]]


def test_that_where_nothing_is_sought_nothing_is_found(history: History) -> None:
    history.keep(samples=kept({(1, "q0"): {"waiting": 3}}))
    sought = [Sought(reading="waiting")]
    assert sampled(history, BEGIN, BEGIN + LONG, sought, of_queues=True, every=False) == {}

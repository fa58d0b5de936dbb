from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import a_record, records

from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, totals_of
from wallboard.engine.ledger import TREND_MINUTES, Ledger, booked, minute_of, opened
from wallboard.engine.windows import WindowKind

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
Q1 = QueueId("q1")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def unlike_each_other(facts: list[CallRecord]) -> list[CallRecord]:
    return list({fact.fact_id: fact for fact in facts}.values())


@st.composite
def tellings(draw: st.DrawFn) -> tuple[list[CallRecord], list[list[CallRecord]]]:
    """Draw facts, and the same facts told in another order, some twice, in several goes."""
    facts = unlike_each_other(draw(st.lists(records(), max_size=15)))
    told = draw(st.permutations(facts + [fact for fact in facts if draw(st.booleans())]))
    cut = draw(st.integers(0, len(told)))
    return facts, [told[:cut], told[cut:]]


@given(tellings())
def test_that_a_fact_is_booked_once_in_whatever_order_and_however_often_it_is_told(
    telling: tuple[list[CallRecord], list[list[CallRecord]]],
) -> None:
    facts, goes = telling
    at_once = booked(opened(Ledger(), NOON, TEHRAN), facts)
    ledger = opened(Ledger(), NOON, TEHRAN)
    for go in goes:
        ledger = booked(ledger, go)
    assert ledger == at_once
    assert booked(ledger, facts) == ledger


@given(tellings())
def test_that_the_book_holds_the_sum_of_todays_facts(
    telling: tuple[list[CallRecord], list[list[CallRecord]]],
) -> None:
    facts, goes = telling
    ledger = opened(Ledger(), NOON, BERLIN)
    for go in goes:
        ledger = booked(ledger, go)
    expected: dict[QueueId, Totals] = {}
    for fact in facts:
        if fact.entered_at.astimezone(BERLIN).date() == NOON.astimezone(BERLIN).date():
            so_far = expected.get(fact.queue_id, NOTHING)
            expected[fact.queue_id] = so_far + totals_of(fact)
    assert ledger.totals == expected


@pytest.mark.parametrize(
    ("instant", "minute"),
    [
        pytest.param("1970-01-01T00:00:59.999999+00:00", 0, id="to_its_last_moment"),
        pytest.param("1970-01-02T00:01:00+00:00", 24 * 60 + 1, id="over_midnight"),
        pytest.param("1970-01-01T03:31:00+03:30", 1, id="in_whatever_zone"),
        pytest.param("1969-12-31T23:59:59.999999+00:00", -1, id="before_the_epoch"),
    ],
)
def test_that_a_minute_is_counted_whole(instant: str, minute: int) -> None:
    assert minute_of(datetime.fromisoformat(instant)) == minute


@given(st.lists(records(), max_size=15))
def test_that_the_minutes_hold_the_last_hour_up_to_the_newest_call(
    told: list[CallRecord],
) -> None:
    facts = unlike_each_other(told)
    ledger = booked(opened(Ledger(), NOON, TEHRAN), facts)
    newest = max((minute_of(fact.entered_at) for fact in facts), default=0)
    recent = [fact for fact in facts if minute_of(fact.entered_at) >= newest - TREND_MINUTES]
    assert sum(ledger.minutes.values(), NOTHING) == sum(map(totals_of, recent), NOTHING)


@pytest.mark.parametrize(
    ("zone", "entered", "day"),
    [
        pytest.param(
            TEHRAN, "2026-11-22T23:59:59.999999+03:30", "2026-11-22", id="before_midnight"
        ),
        pytest.param(TEHRAN, "2026-11-23T00:00:00+03:30", "2026-11-23", id="at_midnight"),
        pytest.param(BERLIN, "2026-10-25T00:30:00+02:00", "2026-10-25", id="before_winter_time"),
        pytest.param(BERLIN, "2026-10-25T02:30:00+02:00", "2026-10-25", id="first_half_past_two"),
        pytest.param(BERLIN, "2026-10-25T02:30:00+01:00", "2026-10-25", id="second_half_past_two"),
        pytest.param(BERLIN, "2026-10-25T23:30:00+01:00", "2026-10-25", id="25th_hour"),
        pytest.param(BERLIN, "2026-10-26T00:00:00+01:00", "2026-10-26", id="after_the_long_day"),
        pytest.param(BERLIN, "2026-03-29T23:30:00+02:00", "2026-03-29", id="end_of_a_short_day"),
        pytest.param(BERLIN, "2026-03-28T23:30:00+01:00", "2026-03-28", id="before_a_short_day"),
    ],
)
def test_that_a_call_belongs_to_the_day_it_arrived_in(
    zone: ZoneInfo, entered: str, day: str
) -> None:
    fact = a_record(entered_at=at(entered))
    its_day = date.fromisoformat(day)
    for shift, expected in ((0, 1), (-1, 0), (1, 0)):
        noon = datetime.combine(its_day, datetime.min.time(), zone) + timedelta(hours=12)
        ledger = opened(Ledger(), noon + timedelta(days=shift), zone)
        assert ledger.day == its_day + timedelta(days=shift)
        totals = booked(ledger, [fact]).totals
        assert totals.get(Q1, NOTHING).offered == expected


@pytest.mark.parametrize(
    ("zone", "now", "begins"),
    [
        pytest.param(TEHRAN, "2026-11-22T12:00+03:30", "2026-11-22T00:00+03:30", id="plain"),
        pytest.param(BERLIN, "2026-10-25T23:00+01:00", "2026-10-25T00:00+02:00", id="long_day"),
        pytest.param(BERLIN, "2026-03-29T23:00+02:00", "2026-03-29T00:00+01:00", id="short_day"),
        # Iran had summer time until 2022, and skipped the hour after midnight.
        pytest.param(TEHRAN, "2022-03-22T12:00+04:30", "2022-03-22T01:00+04:30", id="no_midnight"),
    ],
)
def test_that_a_day_begins(zone: ZoneInfo, now: str, begins: str) -> None:
    assert opened(Ledger(), at(now), zone).begins == at(begins)


def test_that_a_new_day_is_a_new_page_that_keeps_the_last_hour() -> None:
    evening = at("2026-11-22T23:30+03:30")
    ledger = opened(Ledger(), evening, TEHRAN)
    ledger = booked(
        ledger,
        [
            a_record("old", entered_at=evening - timedelta(hours=5)),
            a_record("new", entered_at=evening),
        ],
    )
    assert ledger.totals[Q1].offered == 2
    night = opened(ledger, evening + timedelta(minutes=31), TEHRAN)
    assert night.day == date(2026, 11, 23)
    assert night.totals == {}
    assert set(night.minutes) == {minute_of(evening)} == set(night.seen)


def test_that_a_fact_told_again_after_midnight_is_not_booked_again() -> None:
    evening = at("2026-11-22T23:50+03:30")
    fact = a_record(entered_at=evening)
    ledger = booked(opened(Ledger(), evening, TEHRAN), [fact])
    night = opened(ledger, evening + timedelta(minutes=20), TEHRAN)
    assert booked(night, [fact]) == night


def test_that_the_same_page_stays_open_all_day() -> None:
    ledger = opened(Ledger(), NOON, TEHRAN)
    assert opened(ledger, NOON + timedelta(minutes=29), TEHRAN) is ledger
    later = opened(ledger, NOON + timedelta(hours=5), TEHRAN)
    assert later.pages[WindowKind.TODAY] is ledger.pages[WindowKind.TODAY]
    assert later.pages[WindowKind.INTERVAL] is not ledger.pages[WindowKind.INTERVAL]


def test_that_a_clock_set_back_over_midnight_does_not_lose_the_day() -> None:
    ledger = opened(Ledger(), at("2026-11-23T00:01+03:30"), TEHRAN)
    assert opened(ledger, at("2026-11-22T23:59+03:30"), TEHRAN) is ledger


def test_that_a_book_in_which_nothing_is_booked_stays_as_it_is() -> None:
    ledger = opened(Ledger(), NOON, TEHRAN)
    assert booked(ledger, []) == ledger

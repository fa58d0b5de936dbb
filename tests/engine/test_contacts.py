from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import a_record, records

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.totals import added, totals_of
from wallboard.engine.contacts import (
    REDIAL,
    REPEAT_DAYS,
    contact_totals,
    contacts_of,
    repeats,
    single_call_share,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def call(
    after: timedelta = timedelta(),
    ending: Ending = Ending.ANSWERED,
    number: str | None = "100",
    contact: str | None = None,
) -> CallRecord:
    """Return a call of ten seconds' wait and a minute's talk, after so long."""
    return replace(
        a_record(f"{number} {after}", ending, entered_at=NOON + after),
        caller_number=number,
        contact=contact,
    )


def counted(*calls: CallRecord, days: int = 1, known: timedelta = 30 * DAY) -> tuple[int, int]:
    """Return the answered calls of the first day and those of them that were repeated."""
    told = repeats(contacts_of(calls), NOON, NOON + DAY, until=NOON + known, days=days)
    return told.handled, told.repeated


# Contacts


def test_that_visits_of_one_call_are_one_contact() -> None:
    visits = [
        replace(call(contact="x"), transferred=True),
        call(5 * MINUTE, contact="x"),
        call(6 * MINUTE, contact="y"),
    ]
    one, other = contacts_of(visits)
    assert (one.visits, one.handled, one.passed_on, one.answered) == (2, 2, 1, True)
    assert (one.began_at, one.ended_at) == (NOON, visits[1].ended_at)
    assert (one.handle_time, one.waited) == (2 * MINUTE, timedelta(seconds=20))
    assert other.visits == 1


def test_that_a_call_whose_contact_is_not_told_is_one_of_its_own() -> None:
    assert len(contacts_of([call(), call(MINUTE)])) == 2


def test_that_a_contact_has_the_number_that_any_of_its_visits_tells() -> None:
    (contact,) = contacts_of([call(number=None, contact="x"), call(MINUTE, contact="x")])
    assert contact.number == "100"


@given(st.lists(st.tuples(records(), st.none() | st.sampled_from("xyz")), max_size=12))
def test_that_contacts_leave_no_visit_out(told: list[tuple[CallRecord, str | None]]) -> None:
    visits = [
        replace(record, contact=contact, fact_id=f"{number}")
        for number, (record, contact) in enumerate(told)
    ]
    counts, sums = contact_totals(contacts_of(visits)), added(map(totals_of, visits))
    assert counts.visits == sums.offered
    assert counts.handle_time == sums.talk + sums.hold + sums.wrap_up
    assert counts.handled <= counts.contacts <= counts.visits


# Repeats


@pytest.mark.parametrize("days", REPEAT_DAYS)
def test_that_who_calls_again_within_the_days_was_not_helped(days: int) -> None:
    last = timedelta(seconds=70) + days * DAY  # counted from the end of the call
    assert counted(call(), call(last), days=days) == (1, 1)
    assert counted(call(), call(last + timedelta(seconds=1)), days=days) == (1, 0)


def test_that_another_number_is_another_caller() -> None:
    assert counted(call(), call(HOUR, number="200")) == (2, 0)


def test_that_of_three_calls_two_were_repeated() -> None:
    assert counted(call(), call(HOUR), call(2 * HOUR)) == (3, 2)


def test_that_an_attempt_in_vain_is_a_repeat_too() -> None:
    assert counted(call(), call(HOUR, Ending.ABANDONED)) == (1, 1)


def test_that_who_was_not_answered_is_not_repeated() -> None:
    assert counted(call(ending=Ending.ABANDONED), call(HOUR)) == (1, 0)


def test_that_being_passed_on_is_no_repeat() -> None:
    assert counted(call(contact="x"), call(5 * MINUTE, contact="x")) == (1, 0)


def test_that_a_redial_goes_on_with_the_call_that_was_given_up() -> None:
    # He holds a second line in vain while he talks, and redials it after the talk.
    talk = replace(call(), talk=5 * MINUTE, ended_at=NOON + 5 * MINUTE)
    in_vain = call(4 * MINUTE, Ending.ABANDONED)
    assert counted(talk, in_vain, call(6 * MINUTE)) == (2, 0)
    late = in_vain.ended_at - NOON + REDIAL + timedelta(seconds=1)
    assert counted(talk, in_vain, call(late)) == (2, 1)


def test_that_an_unknown_caller_is_in_neither_part() -> None:
    told = repeats(
        contacts_of([call(number=None), call(HOUR, number=None), call(HOUR)]),
        NOON,
        NOON + DAY,
        until=NOON + 9 * DAY,
        days=1,
    )
    assert (told.handled, told.repeated, told.anonymous) == (1, 0, 2)


def test_that_only_the_windows_own_calls_are_judged_but_later_ones_judge_them() -> None:
    before, inside, after = call(-HOUR), call(23 * HOUR), call(25 * HOUR)
    assert counted(before, inside, after) == (1, 1)


def test_that_calls_whose_days_are_not_over_are_told() -> None:
    told = repeats(
        contacts_of([call(), call(HOUR), call(2 * HOUR, number="200")]),
        NOON,
        NOON + DAY,
        until=NOON + 3 * HOUR,
        days=1,
    )
    # The first one is judged already: he called again.
    assert (told.handled, told.repeated, told.immature) == (3, 1, 2)


def test_that_without_known_callers_there_is_no_share() -> None:
    assert single_call_share(contacts_of([call(number=None)])) is None
    assert single_call_share(()) is None

"""What is to be told by which way, when it is tried again, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.alert_events import alert_event
from support.clocks import HandClock

from wallboard.delivery.ledger import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    OF_USE,
    Ledger,
    Taker,
    pause_after,
)
from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.delivery import Delivery, DeliveryState, NotDelivered
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.severity import Severity

MAIL = Taker(way="mail", least=Severity.CRITICAL, together=50)
HOOK = Taker(way="hook", least=Severity.WARNING)
LOST = NotDelivered(fault(FaultKind.LOST))
WRONG = NotDelivered(fault(FaultKind.SIGN_IN), lasting=True)


def ways_of(deliveries: tuple[Delivery, ...]) -> list[tuple[str, str]]:
    return sorted((one.way, str(one.event.news)) for one in deliveries)


def test_that_each_way_hears_of_what_is_bad_enough() -> None:
    ledger, clock = Ledger((MAIL, HOOK)), HandClock()
    events = (alert_event(1, severity=Severity.WARNING), alert_event(2, subject="sales"))
    assert ways_of(ledger.release(events, clock.now())) == [
        ("hook", "fired"),
        ("hook", "fired"),
        ("mail", "fired"),
    ]


def test_that_the_end_is_told_to_who_was_told_of_the_beginning() -> None:
    ledger, clock = Ledger((MAIL, HOOK)), HandClock()
    ledger.release((alert_event(1, severity=Severity.WARNING),), clock.now())
    assert ways_of(ledger.release((alert_event(2, News.OVER),), clock.now())) == [("hook", "over")]
    ledger.release((alert_event(3, News.WORSE),), clock.now())
    assert ways_of(ledger.release((alert_event(4, News.OVER),), clock.now())) == [
        ("hook", "over"),
        ("mail", "over"),
    ]


@pytest.mark.parametrize("news", [News.OVER, News.BETTER])
def test_that_of_what_nobody_heard_nobody_hears_the_end(news: News) -> None:
    assert Ledger((HOOK,)).release((alert_event(1, news),), HandClock().now()) == ()


def test_that_what_came_and_went_is_told_once_it_is_steady_and_bad() -> None:
    ledger, clock = Ledger((MAIL,)), HandClock()
    mild = alert_event(1, News.STEADY, severity=Severity.WARNING)
    assert ledger.release((mild,), clock.now()) == ()
    assert ways_of(ledger.release((alert_event(2, News.STEADY),), clock.now())) == [
        ("mail", "steady")
    ]
    assert ways_of(ledger.release((alert_event(3, News.OVER),), clock.now())) == [("mail", "over")]


def test_that_who_was_told_of_a_firing_hears_that_it_comes_and_goes() -> None:
    ledger, clock = Ledger((MAIL,)), HandClock()
    # It is found to come and go when it has just gone.
    gone = alert_event(2, News.UNSTABLE, severity=Severity.CALM)
    assert ledger.release((gone,), clock.now()) == ()
    ledger.release((alert_event(1),), clock.now())
    assert ways_of(ledger.release((gone,), clock.now())) == [("mail", "unstable")]


def test_that_what_disturbs_nobody_is_not_told() -> None:
    assert Ledger((HOOK,)).release((alert_event(silent=True),), HandClock().now()) == ()


def test_that_the_end_of_what_was_told_is_told_in_silence_too() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    over = alert_event(3, News.OVER, silent=True)
    assert ledger.release((over,), clock.now()) == ()
    ledger.release((alert_event(1),), clock.now())
    assert ledger.release((alert_event(2, News.BETTER, silent=True),), clock.now()) == ()
    assert ways_of(ledger.release((over,), clock.now())) == [("hook", "over")]


def test_that_who_hears_that_it_is_worse_does_not_hear_that_it_is_free() -> None:
    events = (alert_event(1, News.WORSE), alert_event(1, News.FREE_AGAIN))
    assert ways_of(Ledger((HOOK,)).release(events, HandClock().now())) == [("hook", "worse")]


def test_that_an_event_told_twice_is_one_delivery() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    for _ in range(3):
        ledger.release((alert_event(),), clock.now())
    (one,) = ledger.batch("hook", clock.now())
    ledger.sent([one.key], clock.now())
    ledger.release((alert_event(),), clock.now())
    assert ledger.batch("hook", clock.now()) == ()
    assert [each.state for each in ledger.deliveries] == [DeliveryState.SENT]


def test_that_what_is_not_in_the_journal_is_not_tried() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    (staged,) = ledger.stage((alert_event(),), clock.now())
    assert staged.state is DeliveryState.QUEUED
    assert ledger.batch("hook", clock.now()) == ()
    assert ledger.due_in_s("hook", clock.now()) is None
    ledger.release((alert_event(),), clock.now())
    assert ledger.batch("hook", clock.now()) == (staged,)


def test_that_what_is_due_together_is_told_together_the_oldest_first() -> None:
    ledger, clock = Ledger((MAIL, HOOK)), HandClock()
    events = tuple(alert_event(number) for number in (3, 1, 2))
    ledger.release(events, clock.now())
    assert [one.event.event_id for one in ledger.batch("mail", clock.now())] == [
        events[1].event_id,
        events[2].event_id,
        events[0].event_id,
    ]
    assert len(ledger.batch("hook", clock.now())) == 1


BUSY = NotDelivered(fault(FaultKind.MESSAGE_REFUSED), lasting=True)


def test_that_who_cannot_be_reached_is_asked_by_the_oldest_and_then_gets_all() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release(tuple(alert_event(n, subject=f"q{n}") for n in range(5)), clock.now())
    for pause_s in (5.0, 10.0):
        (oldest,) = ledger.batch("hook", clock.now())
        assert oldest.event.subject == "q0"
        ledger.failed([oldest.key], clock.now(), LOST)
        assert ledger.batch("hook", clock.now()) == ()
        assert ledger.due_in_s("hook", clock.now()) == pause_s
        clock.pass_by(pause_s)
    for number in range(5):
        (one,) = ledger.batch("hook", clock.now())
        assert one.event.subject == f"q{number}"
        ledger.sent([one.key], clock.now())
    assert ledger.due_in_s("hook", clock.now()) is None


def test_that_a_message_that_is_not_taken_holds_up_its_own_firing_alone() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(1), alert_event(2, subject="sales")), clock.now())
    ledger.release((alert_event(3, News.OVER),), clock.now())
    (first,) = ledger.batch("hook", clock.now())
    ledger.failed([first.key], clock.now(), BUSY)
    (second,) = ledger.batch("hook", clock.now())
    assert second.event.subject == "sales"
    ledger.sent([second.key], clock.now())
    # Nobody hears that it is over before he has heard that it began.
    assert ledger.batch("hook", clock.now()) == ()
    due_in_s = ledger.due_in_s("hook", clock.now())
    assert due_in_s == LONGEST_PAUSE.total_seconds()
    clock.pass_by(due_in_s)
    assert ledger.batch("hook", clock.now())[0].event.news is News.FIRED


def test_that_pauses_double_up_to_ten_minutes() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    pauses = []
    for _ in range(9):
        (one,) = ledger.batch("hook", clock.now())
        (failed,) = ledger.failed([one.key], clock.now(), LOST)
        due_in_s = ledger.due_in_s("hook", clock.now())
        assert due_in_s is not None
        assert failed.due_at - clock.wall == timedelta(seconds=due_in_s)
        pauses.append(due_in_s)
        clock.pass_by(due_in_s)
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 600, 600]


def test_that_a_server_is_left_alone_as_long_as_it_asks() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    (one,) = ledger.batch("hook", clock.now())
    busy = NotDelivered(fault(FaultKind.SERVER_ERROR), retry_after=timedelta(seconds=90))
    ledger.failed([one.key], clock.now(), busy)
    assert ledger.due_in_s("hook", clock.now()) == 90


def test_that_what_somebody_must_mend_is_tried_seldom_and_at_once_when_asked() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    (one,) = ledger.batch("hook", clock.now())
    ledger.failed([one.key], clock.now(), WRONG)
    assert ledger.due_in_s("hook", clock.now()) == LONGEST_PAUSE.total_seconds()
    ledger.hurry("hook", clock.now())
    (again,) = ledger.batch("hook", clock.now())
    assert (again.tries, again.fault) == (1, WRONG.fault)


def test_that_after_a_day_it_is_given_up_and_says_why() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    tries = 0
    while (due_in_s := ledger.due_in_s("hook", clock.now())) is not None:
        clock.pass_by(due_in_s)
        (one,) = ledger.batch("hook", clock.now())
        ledger.failed([one.key], clock.now(), LOST)
        tries += 1
    (ended,) = ledger.deliveries
    assert (ended.state, ended.fault, ended.tries) == (DeliveryState.FAILED, LOST.fault, tries)
    assert timedelta(hours=23) < ended.due_at - ended.queued_at <= OF_USE


def test_that_what_was_left_for_days_is_given_up_untried() -> None:
    first, clock = Ledger((HOOK,)), HandClock()
    first.release((alert_event(1),), clock.now())
    clock.pass_by((OF_USE * 5).total_seconds())
    second = Ledger((HOOK,))
    second.load(first.deliveries, clock.now())
    second.release((alert_event(2, subject="sales"),), clock.now())
    for ledger, left in ((first, 0), (second, 1)):
        (given_up,) = ledger.expire("hook", clock.now())
        assert (given_up.state, given_up.tries) == (DeliveryState.FAILED, 0)
        assert given_up.due_at == clock.wall
        assert given_up in ledger.deliveries
        assert ledger.expire("hook", clock.now()) == ()
        assert [one.event.subject for one in ledger.batch("hook", clock.now())] == ["sales"] * left


def test_that_what_an_earlier_run_left_is_tried_and_what_it_sent_is_not() -> None:
    first, clock = Ledger((HOOK,)), HandClock()
    first.release((alert_event(1), alert_event(2)), clock.now())
    (one,) = first.batch("hook", clock.now())
    first.sent([one.key], clock.now())
    second = Ledger((HOOK,))
    second.load(first.deliveries, clock.now())
    (left,) = second.batch("hook", clock.now())
    assert left.event.event_id != one.event.event_id
    # The end of what an earlier run told is told.
    assert ways_of(second.release((alert_event(3, News.OVER),), clock.now())) == [("hook", "over")]


def test_that_a_clock_that_was_set_back_holds_nothing_up() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    (one,) = ledger.batch("hook", clock.now())
    (failed,) = ledger.failed([one.key], clock.now(), LOST)
    clock.wall -= timedelta(days=3)
    clock.pass_by(FIRST_PAUSE.total_seconds())
    assert ledger.batch("hook", clock.now()) == (failed,)
    anew = Ledger((HOOK,))
    anew.load([failed], clock.now())
    due_in_s = anew.due_in_s("hook", clock.now())
    assert due_in_s is not None
    assert due_in_s <= LONGEST_PAUSE.total_seconds()


def test_that_what_waits_for_a_way_that_is_gone_waits() -> None:
    ledger, clock = Ledger((HOOK,)), HandClock()
    ledger.release((alert_event(),), clock.now())
    ledger.choose(())
    assert ledger.batch("hook", clock.now()) == ()
    assert ledger.due_in_s("hook", clock.now()) is None
    ledger.choose((HOOK,))
    assert len(ledger.batch("hook", clock.now())) == 1


def test_that_memory_is_not_filled_by_what_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.delivery.ledger.REMEMBERED", 10)
    ledger, clock = Ledger((HOOK,)), HandClock()
    for number in range(200):
        ledger.release((alert_event(number),), clock.now())
        if number >= 15:
            (one,) = ledger.batch("hook", clock.now())
            ledger.sent([one.key], clock.now())
    assert len(ledger.deliveries) <= 15 + 2 * 10
    left = [one for one in ledger.deliveries if one.state is DeliveryState.QUEUED]
    assert len(left) == 15


@given(tries=st.integers(1, 10_000))
def test_that_no_pause_is_shorter_than_the_one_before(tries: int) -> None:
    assert FIRST_PAUSE <= pause_after(tries) <= pause_after(tries + 1) <= LONGEST_PAUSE


@given(
    told=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(list(News)), st.booleans()), max_size=30
    ),
    outcomes=st.lists(st.sampled_from([None, LOST, WRONG]), max_size=30),
)
def test_that_nothing_is_lost_and_nothing_is_taken_twice(
    told: list[tuple[int, News, bool]], outcomes: list[NotDelivered | None]
) -> None:
    ledger, clock = Ledger((MAIL, HOOK)), HandClock()
    taken: list[tuple[str, str]] = []
    wanted: set[tuple[str, str]] = set()
    answers = iter(outcomes)

    def turn() -> None:
        for way in ("mail", "hook"):
            batch = ledger.batch(way, clock.now())
            keys = [one.key for one in batch]
            why = next(answers, None)
            if why is None:
                ledger.sent(keys, clock.now())
                taken.extend(keys)
            else:
                ledger.failed(keys, clock.now(), why)

    for number, news, again in told:
        event: AlertEvent = alert_event(number, news)
        for _ in range(1 + again):
            wanted |= {one.key for one in ledger.release((event,), clock.now())}
        turn()
        clock.pass_by(7)
    for _ in range(100):
        turn()
        clock.pass_by(601)
    assert len(taken) == len(set(taken))
    assert set(taken) == wanted

"""Deliveries survive, each once, in both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.alert_events import alert_event
from support.clocks import NOON

from wallboard.domain.alert import News
from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import FaultKind, fault
from wallboard.storage.delivery_queue import (
    deliveries_since,
    forget_deliveries,
    keep_deliveries,
    queued_deliveries,
)
from wallboard.storage.history import History
from wallboard.storage.rows import instant_us


def delivery(number: int, way: str = "mail", **more: object) -> Delivery:
    one = Delivery(
        way=way,
        event=alert_event(number, subject="پشتیبانی\x00"),
        queued_at=NOON + timedelta(seconds=number),
        due_at=NOON,
    )
    return replace(one, **more)  # type: ignore[arg-type] # the fields' own types


FAILED = delivery(
    2,
    state=DeliveryState.FAILED,
    tries=7,
    fault=fault(FaultKind.MESSAGE_REFUSED, host="h", port=25, said='5"\\ نه\x00'),
)


def test_that_deliveries_come_back_as_they_were(history: History) -> None:
    told = (delivery(3), FAILED, delivery(1), delivery(1, way="hook"))
    keep_deliveries(history, told)
    assert set(deliveries_since(history, NOON)) == set(told)
    assert [one.queued_at for one in deliveries_since(history, NOON)] == sorted(
        (one.queued_at for one in told), reverse=True
    )
    assert set(queued_deliveries(history)) == set(told) - {FAILED}
    assert history.check().sound


def test_that_what_is_kept_again_takes_the_place_of_what_was_kept(history: History) -> None:
    keep_deliveries(history, [delivery(1)])
    sent = delivery(1, state=DeliveryState.SENT, tries=1)
    keep_deliveries(history, [sent])
    assert deliveries_since(history, NOON) == (sent,)
    assert queued_deliveries(history) == ()


def test_that_old_ones_are_forgotten(history: History) -> None:
    keep_deliveries(history, [delivery(1), delivery(60)])
    forget_deliveries(history, NOON + timedelta(seconds=30))
    assert deliveries_since(history, NOON) == (delivery(60),)


def test_that_a_delivery_that_was_altered_is_left_out(history: History) -> None:
    keep_deliveries(history, [delivery(1), delivery(2)])
    queued_us = instant_us(delivery(1).queued_at)
    history.database.run_text(f"UPDATE deliveries SET state = 'sent' WHERE queued_at = {queued_us}")
    assert deliveries_since(history, NOON) == (delivery(2),)
    assert history.check().damaged == {"deliveries": 1}


def test_that_an_undone_transaction_leaves_none(history: History) -> None:
    def undone() -> None:
        with history.together():
            keep_deliveries(history, [delivery(1)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert queued_deliveries(history) == ()


def test_that_the_end_of_an_alert_is_another_delivery(history: History) -> None:
    over = replace(delivery(1), event=alert_event(1, News.OVER))
    keep_deliveries(history, [delivery(1), over])
    assert len(queued_deliveries(history)) == 2

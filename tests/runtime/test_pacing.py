from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    fault,
)
from wallboard.runtime.pacing import pause_after

POLL = timedelta(seconds=5)
UNREACHABLE = fault(FaultKind.UNREACHABLE, host="pbx")


def pauses(error: SourceError | None) -> list[timedelta]:
    chance = Random(7)
    return [pause_after(error, POLL, chance) for _ in range(500)]


def test_that_pictures_are_asked_for_every_poll_give_or_take_a_tenth() -> None:
    drawn = pauses(None)
    assert timedelta(seconds=4.5) <= min(drawn) < timedelta(seconds=4.6)
    assert timedelta(seconds=5.4) < max(drawn) <= timedelta(seconds=5.5)


@pytest.mark.parametrize(
    "error",
    [
        SourceUnavailable(UNREACHABLE),
        SourceUnreadable(fault(FaultKind.BAD_DATA, reason="?")),
        SourceRefused(fault(FaultKind.CERTIFICATE, host="pbx")),
    ],
)
def test_that_a_failed_source_is_asked_again_within_one_poll(error: SourceError) -> None:
    drawn = pauses(error)
    assert timedelta(seconds=4.5) <= min(drawn)
    assert max(drawn) <= POLL


def test_that_a_refused_password_rests_for_ten_minutes() -> None:
    refused = SourceRefused(fault(FaultKind.SIGN_IN, host="pbx"))
    assert pause_after(refused, POLL, Random(1)) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("asked", "granted"),
    [(30, 30), (86_400, 300), (-5, 0)],
    ids=["as_asked", "at_most_five_minutes", "never_negative"],
)
def test_that_a_source_that_asks_for_time_gets_it(asked: int, granted: int) -> None:
    busy = SourceUnavailable(UNREACHABLE, retry_after=timedelta(seconds=asked))
    assert pause_after(busy, POLL, Random(1)) == timedelta(seconds=granted)

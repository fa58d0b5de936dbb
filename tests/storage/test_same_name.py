"""Two visits under one name stay two: a system that starts anew may give its names anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from support.clocks import HandClock
from support.kept_facts import SECOND, call
from support.sealing import BEGIN, DAY, record

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Kept

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
Opens = Callable[[], History]


def moved(told: CallRecord, seconds: float, **others: object) -> CallRecord:
    span = timedelta(seconds=seconds)
    return replace(
        told,
        entered_at=told.entered_at + span,
        ended_at=told.ended_at + span,
        **others,  # type: ignore[arg-type]
    )


FIRST = call(1)
SECOND_VISIT = moved(FIRST, 600, agent_id="SIP/9")
THIRD = moved(FIRST, 3.5)


def arrivals(history: History) -> list[datetime]:
    return [one.entered_at for one in history.calls(*EVER)]


@pytest.mark.parametrize("contact", [None, "1770000001.1"])
@pytest.mark.parametrize("order", list(permutations((FIRST, SECOND_VISIT, THIRD))))
def test_that_each_visit_is_a_row_whatever_comes_first_and_however_often(
    opens: Opens, order: tuple[CallRecord, ...], contact: str | None
) -> None:
    told = [replace(one, contact=contact) for one in order]
    history = opens()
    for one in told:
        assert history.keep([one]).new == 1
    for one in told:
        assert history.keep([one]) == Kept(known=1)
    assert history.keep(told) == Kept(known=3)
    history.close()
    history = opens()
    assert history.keep(told) == Kept(known=3)
    assert arrivals(history) == sorted(one.entered_at for one in told)
    assert history.check().sound


@pytest.mark.parametrize("contact", [None, "1770000001.1"])
def test_that_they_may_come_in_one_telling(history: History, contact: str | None) -> None:
    told = [replace(one, contact=contact) for one in (FIRST, SECOND_VISIT, THIRD)]
    history.keep([told[1]])
    assert history.keep(told) == Kept(new=2, known=1)
    assert history.keep([*told, *told]) == Kept(known=6)
    assert arrivals(history) == [told[0].entered_at, told[2].entered_at, told[1].entered_at]


def test_that_the_later_one_is_called_by_its_second(history: History) -> None:
    history.keep([FIRST])
    history.keep([SECOND_VISIT])
    names = [one.fact_id for one in history.calls(*EVER)]
    second = int(SECOND_VISIT.entered_at.timestamp())
    assert names == [FIRST.fact_id, f"{FIRST.fact_id}@{second}"]


@pytest.mark.parametrize("off_s", [-2, -1, 1, 2])
@pytest.mark.parametrize("contact", [None, "c"])
def test_that_what_another_witness_says_of_the_later_one_is_of_it(
    history: History, off_s: float, contact: str | None
) -> None:
    vague = replace(SECOND_VISIT, agent_id=None, contact=contact)
    history.keep([FIRST])
    history.keep([vague])
    assert history.keep([moved(SECOND_VISIT, off_s, contact=contact)]) == Kept(improved=1)
    kept = list(history.calls(*EVER))
    assert [one.agent_id for one in kept] == [FIRST.agent_id, SECOND_VISIT.agent_id]


@pytest.mark.parametrize(
    "unsure",
    [
        pytest.param(
            replace(FIRST, ending=Ending.UNKNOWN, wait=None, talk=None, agent_id=None),
            id="one_that_was_only_counted",
        ),
        pytest.param(replace(FIRST, wait=None), id="one_that_was_seen_when_it_was_answered"),
    ],
)
def test_that_where_we_could_see_again_is_no_arrival(history: History, unsure: CallRecord) -> None:
    seen_at = FIRST.entered_at + 90 * SECOND
    ends = seen_at if unsure.ending is Ending.UNKNOWN else FIRST.ended_at
    history.keep([replace(unsure, entered_at=seen_at, ended_at=ends)])
    assert history.keep([FIRST]).improved == 1
    assert history.keep([FIRST]) == Kept(known=1)
    assert len(history) == 1


def test_that_two_visits_of_one_name_stay_two_in_a_sealed_day(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="days are sealed with DuckDB")
    first = replace(record(3, BEGIN + 10 * SECOND), fact_id=FactId("same"), contact=None)
    later = moved(first, 600)
    path = tmp_path / "h.db"
    history = open_history(path, clock=HandClock())
    history.keep([first, later])
    assert history.seal(BEGIN + 3 * DAY) is not None
    for _ in range(2):
        assert history.keep([later, first]) == Kept(known=2)
    assert history.info().sealed == 1
    third = moved(first, 1200)
    assert history.keep([third, later]) == Kept(new=1, known=1)
    assert arrivals(history) == [one.entered_at for one in (first, later, third)]
    history.close()

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.storage.history import History

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = CallRecord(
    fact_id=FactId("1"),
    call_id=CallId("c"),
    queue_id=QueueId("q"),
    entered_at=NOON,
    ended_at=NOON,
    ending=Ending.ABANDONED,
)
SECOND = replace(FIRST, fact_id=FactId("2"))


def test_that_a_fact_told_twice_is_kept_once_as_it_was_told_first() -> None:
    history = History()
    history.keep((FIRST, SECOND))
    history.keep((replace(FIRST, missed_rings=9),))
    assert list(history) == [FIRST, SECOND]
    assert len(history) == 2


def test_that_facts_may_be_kept_while_they_are_read() -> None:
    history = History()
    history.keep((FIRST,))
    for _ in history:
        history.keep((SECOND,))
    assert list(history) == [FIRST, SECOND]

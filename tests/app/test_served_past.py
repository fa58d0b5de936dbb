"""The past is answered page by page: all of it, each fact once, and what is not known is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clocks import HandClock
from support.kept_facts import MORNING, SECOND, calls, directs, spells

from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact

pytest.importorskip("starlette", reason="walls are served with the extra `server`")

from wallboard.app.served_past import ServedPast
from wallboard.server.feed import CursorGone, FeedAway
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history

# Many at the same instant, some that go on from before.
FACTS: list[Fact] = [
    *calls(12),
    *(replace(call, fact_id=f"{call.fact_id}'", contact=None) for call in calls(6)),
    *spells(40, agents=4),
    *directs(7),
]
EVER = (datetime(1971, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC))


class Place:
    """A history that one writes, and that others read."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock(wall=MORNING)
        self.path = folder / "history.db"
        self.writer = open_history(self.path, clock=self.clock, publishing=True)
        self.past = ServedPast(self.open, self.clock)
        self.opened = 0
        self.trouble: Exception | None = None

    def open(self) -> History:
        self.opened += 1
        if self.trouble is not None:
            raise self.trouble
        return open_history(self.path, clock=self.clock, reading=True)

    def close(self) -> None:
        self.past.close()
        self.writer.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with closing(Place(tmp_path)) as made:
        yield made


def belongs(fact: Fact, begin: datetime, end: datetime) -> bool:
    match fact:
        case CallRecord():
            return begin <= fact.entered_at < end
        case DirectCall():
            return begin <= fact.began_at < end
        case AgentSpell():
            return fact.began_at < end and fact.ended_at > begin


def pages(place: Place, begin: datetime, end: datetime, limit: int) -> list[Fact]:
    facts: list[Fact] = []
    page: str | None = None
    while True:
        found = place.past.history(begin, end, page, limit)
        facts += found.facts
        assert len(found.facts) <= limit
        page = found.next_page
        if page is None:
            return facts
        assert found.known == ()
        assert len(found.facts) == limit


_seconds = st.integers(-30, 3000).map(lambda seconds: MORNING + seconds * SECOND)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 70), begin=_seconds, end=_seconds)
def test_that_any_stretch_comes_whole_whatever_the_size_of_a_page(
    place: Place, limit: int, begin: datetime, end: datetime
) -> None:
    place.writer.keep(FACTS)
    found = pages(place, begin, end, limit)
    assert len(found) == len(set(found))
    assert set(found) == {fact for fact in FACTS if belongs(fact, begin, end)}


@pytest.mark.parametrize(
    "page", ["", "x", "c", "c.1", "z.1.1", "c.1.1.1", "c.x.1", f"c.{'9' * 30}.1", "c.1.-1"]
)
def test_that_a_page_of_nowhere_is_refused(place: Place, page: str) -> None:
    with pytest.raises(CursorGone):
        place.past.history(*EVER, page, 5)


@pytest.mark.parametrize("kind", "cds")
@pytest.mark.parametrize("us", ["-9" + "9" * 16, "9" * 18, "0", "-1"])
def test_that_a_page_of_any_time_is_answered(place: Place, kind: str, us: str) -> None:
    place.writer.keep(FACTS)
    assert place.past.history(*EVER, f"{kind}.{us}.3", 100).next_page is None


def test_that_what_is_covered_is_told_with_the_last_page_and_cut(place: Place) -> None:
    hour = timedelta(hours=1)
    place.writer.keep(FACTS, watched=Stretch(begin=MORNING - hour, end=MORNING + hour))
    first = place.past.history(MORNING, MORNING + 2 * hour, None, 5)
    assert (first.known, len(first.facts)) == ((), 5)
    last = place.past.history(MORNING, MORNING + 2 * hour, None, 5_000)
    assert last.known == (Stretch(begin=MORNING, end=MORNING + hour),)
    none = place.past.history(MORNING + 5 * hour, MORNING + 6 * hour, None, 5)
    assert (none.facts, none.known) == ((), ())


def test_that_time_of_which_only_sums_are_left_is_not_said_to_be_known(place: Place) -> None:
    day = timedelta(days=1)
    place.writer.keep(FACTS, watched=Stretch(begin=MORNING, end=MORNING + day))
    done = place.writer.compact(MORNING + 10 * day, keep=day * 9 + timedelta(hours=12))
    assert done.until is not None
    found = place.past.history(MORNING, MORNING + day, None, 100)
    assert found.known == (Stretch(begin=done.until, end=MORNING + day),)


def test_that_a_reader_learns_of_longer_spells_within_seconds(place: Place) -> None:
    short = spells(1)[0]
    place.writer.keep([short])
    assert len(place.past.history(MORNING, MORNING + SECOND, None, 5).facts) == 1
    begun = MORNING - timedelta(days=3)
    long = replace(short, fact_id="long", agent_id="SIP/9", began_at=begun)
    place.writer.keep([long])
    place.clock.pass_by(11)
    found = place.past.history(MORNING, MORNING + SECOND, None, 5).facts
    assert set(found) == {short, long}


def test_that_facts_follow_a_cursor_and_one_of_nowhere_is_refused(place: Place) -> None:
    _, begin, more = place.past.facts(None, None, 5)
    assert not more
    place.writer.keep(calls(4))
    found, cursor, more = place.past.facts(begin, None, 3)
    assert ([each.fact for each in found], more) == (calls(3), True)
    assert found[-1].cursor == cursor
    found, cursor, more = place.past.facts(cursor, None, 3)
    assert ([each.fact for each in found], more) == (calls(1, first=3), False)
    with pytest.raises(CursorGone):
        place.past.facts("elsewhere.1", None, 3)


def _by_facts(past: ServedPast) -> object:
    return past.facts(None, None, 5)


def _by_history(past: ServedPast) -> object:
    return past.history(*EVER, None, 5)


@pytest.mark.parametrize("ask", [_by_facts, _by_history])
def test_that_a_history_that_is_away_is_told_tried_again_soon_and_not_by_all_who_wait(
    place: Place, ask: Callable[[ServedPast], object]
) -> None:
    place.trouble = HistoryUnavailable(StorageFault.NOT_REACHABLE, "gone")
    for _ in range(5):
        with pytest.raises(FeedAway):
            ask(place.past)
    assert place.opened == 1
    place.trouble = None
    place.clock.pass_by(1)
    assert ask(place.past)


def test_that_an_error_of_ours_leaves_nothing_open(place: Place) -> None:
    place.trouble = RuntimeError("a bug")
    with pytest.raises(RuntimeError):
        place.past.facts(None, None, 5)
    place.trouble = None
    assert place.past.facts(None, None, 5)

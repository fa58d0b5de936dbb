"""What was kept is told on in its order: nothing is left out, whatever is damaged or let go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clocks import HandClock
from support.kept_facts import MORNING, SECOND, calls, directs, spells

from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import CallRecord, Ending, Fact, FactId, News, Retraction
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.storage.feed import KEPT_FOR, CursorUnknown
from wallboard.storage.history import History, open_history

DAY = timedelta(days=1)
_numbers = itertools.count()


class Site:
    """A history that is published, and who reads along."""

    def __init__(self, place: Path | str, schema: str) -> None:
        self.clock = HandClock(wall=MORNING)
        self._place, self._schema = place, schema
        self._opened: list[History] = []

    def open(self, *, reading: bool = False, publishing: bool = True) -> History:
        self._opened.append(
            open_history(
                self._place,
                clock=self.clock,
                schema=self._schema,
                reading=reading,
                publishing=publishing,
            )
        )
        return self._opened[-1]

    def close(self) -> None:
        for history in self._opened:
            history.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    place: Path | str = tmp_path / "history.db"
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres")
    with closing(Site(place, f"feed {next(_numbers)}")) as made:
        yield made


def told(history: History, after: str | None, *, until: str | None = None) -> list[News]:
    """Return what is told after a cursor, page by page."""
    facts: list[News] = []
    more = True
    while more:
        page = history.feed(after, until, 3)
        facts += [fact for _, fact in page.rows]
        assert len(page.rows) <= 3
        assert not page.rows or page.rows[-1][0] == page.next
        after, more = page.next, page.more
    return facts


def end_of(history: History) -> str:
    return history.feed(None, None, 1).next


def test_that_every_fact_is_told_once_and_again_when_more_is_known_of_it(site: Site) -> None:
    history = site.open()
    begin = end_of(history)
    vague = [replace(call, agent_id=None, talk=None) for call in calls(4)]
    history.keep([*vague, *spells(3), *directs(2)])
    assert set(told(history, begin)) == {*vague, *spells(3), *directs(2)}
    there = end_of(history)
    assert there == history.feed_end
    # Three of four tell nothing new.
    history.keep([*vague, *spells(3), *directs(2)])
    assert told(history, there) == []
    history.keep(calls(6))
    better = [call for call in calls(4) if call not in vague]
    assert set(told(history, there)) == {*better, *calls(2, first=4)}


def test_that_a_reader_beside_reads_along_and_up_to_a_cursor_as_before(site: Site) -> None:
    history = site.open()
    begin = end_of(history)
    history.keep(calls(5))
    until = end_of(history)
    reader = site.open(reading=True)
    history.keep(calls(5, first=5))
    assert reader.feed_end is None
    assert told(reader, begin, until=until) == calls(5)
    assert told(reader, begin) == calls(10)
    assert reader.feed(until, begin, 5).rows == ()
    assert reader.feed(until, begin, 5).next == until


def test_that_a_cursor_outlives_the_program(site: Site) -> None:
    history = site.open()
    history.keep(calls(3))
    there = end_of(history)
    history.close()
    history = site.open()
    history.keep(calls(5))
    assert told(history, there) == calls(2, first=3)


def test_that_who_does_not_publish_tells_nothing_on(site: Site) -> None:
    history = site.open(publishing=False)
    history.keep(calls(3))
    assert history.feed_end is None
    with pytest.raises(CursorUnknown):
        history.feed(None, None, 1)


def test_that_what_is_undone_was_never_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    history = site.open()
    history.keep(calls(2))
    there = end_of(history)

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("wallboard.storage.history.extend", broken)
        with pytest.raises(RuntimeError):
            history.keep(calls(4), watched=Stretch(begin=MORNING, end=MORNING + DAY))
    assert end_of(history) == there
    history.keep(calls(5))
    assert told(history, there) == calls(3, first=2)


def test_that_a_week_is_kept_and_no_number_comes_again(site: Site) -> None:
    history = site.open()
    begin = end_of(history)
    history.keep(calls(3))
    third = end_of(history)
    site.clock.pass_by((KEPT_FOR + DAY).total_seconds())
    late = [
        replace(call, entered_at=site.clock.wall, ended_at=site.clock.wall)
        for call in calls(2, first=10)
    ]
    history.keep(late[:1])
    with pytest.raises(CursorUnknown, match="not kept"):
        history.feed(begin, None, 5)
    assert told(history, third) == late[:1]
    # All of it is let go, and what comes then is behind it all the same.
    site.clock.pass_by((KEPT_FOR + DAY).total_seconds())
    last = replace(late[1], ended_at=site.clock.wall)
    history.keep([last])
    history.close()
    history = site.open()
    assert int(end_of(history).partition(".")[2]) == 5
    with pytest.raises(CursorUnknown):
        history.feed(third, None, 5)


def test_that_what_is_a_year_old_is_looked_for_in_the_history(site: Site) -> None:
    history = site.open()
    there = end_of(history)
    site.clock.pass_by(365 * DAY.total_seconds())
    history.keep(calls(5))
    assert told(history, there) == []


@pytest.mark.parametrize(
    "cursor", ["", "x", "1", ".1", "f0000000000.1", "{mark}.99", "{mark}.-1", "{mark}.1x", "{mark}"]
)
def test_that_a_cursor_of_nowhere_is_refused(site: Site, cursor: str) -> None:
    history = site.open()
    history.keep(calls(3))
    mark = end_of(history).partition(".")[0]
    for after, until in ((cursor, None), (end_of(history), cursor)):
        with pytest.raises(CursorUnknown):
            history.feed(
                after.format(mark=mark), None if until is None else until.format(mark=mark), 5
            )


def test_that_another_history_has_other_cursors(site: Site, tmp_path: Path) -> None:
    history = site.open()
    history.keep(calls(3))
    with closing(open_history(tmp_path / "x.db", clock=HandClock(), publishing=True)) as other:
        other.keep(calls(3))
        with pytest.raises(CursorUnknown):
            other.feed(end_of(history), None, 5)


def test_that_a_damaged_row_sends_the_reader_to_the_history(site: Site) -> None:
    history = site.open()
    begin = end_of(history)
    history.keep(calls(3))
    history.database.run_text("UPDATE feed SET body = replace(body, '0912', '0913')")
    with pytest.raises(CursorUnknown, match="damaged"):
        history.feed(begin, None, 5)
    assert list(history) == calls(3)


def test_that_a_salvage_takes_the_feed_for_no_damage_and_for_no_fact(tmp_path: Path) -> None:
    clock = HandClock(wall=MORNING)
    path = tmp_path / "h.db"
    with closing(open_history(path, clock=clock, publishing=True)) as history:
        history.keep([*calls(300), *spells(40)])
        there = end_of(history)
    raw = bytearray(path.read_bytes())
    raw[100:110] = b"\xff" * 10
    path.write_bytes(raw)
    with closing(open_history(path, clock=clock, publishing=True)) as history:
        while history.salvage():
            pass
        assert history.recovery is not None
        assert (history.recovery.damaged, history.recovery.lost) == (0, 0)
        assert set(history) == {*calls(300), *spells(40)}
        with pytest.raises(CursorUnknown):
            history.feed(there, None, 5)


def test_that_two_that_read_along_know_what_is_kept(site: Site) -> None:
    """Whatever is told how often and in which order: who keeps what is told on has the same."""
    history = site.open()
    begin = end_of(history)
    copy = History.in_memory()
    every: list[Fact] = [*calls(8), *spells(30, agents=3), *directs(4)]

    @settings(max_examples=40)
    @given(st.lists(st.lists(st.sampled_from(every), max_size=12), max_size=4))
    def plays(batches: list[list[Fact]]) -> None:
        nonlocal begin
        for batch in batches:
            history.keep(batch)
        copy.keep(told(history, begin))
        begin = end_of(history)
        assert set(copy) == set(history)

    plays()
    copy.close()


def test_that_two_visits_of_one_name_are_told_under_two(site: Site) -> None:
    history = site.open()
    begin = end_of(history)
    first, later = again(calls(1)[0])
    history.keep([first])
    history.keep([later])
    names = [fact.fact_id for fact in told(history, begin)]
    assert len(set(names)) == 2
    copy = History.in_memory()
    copy.keep(told(history, begin))
    copy.keep(told(history, begin))
    assert set(copy) == set(history)
    copy.close()


def again(call: CallRecord) -> tuple[CallRecord, CallRecord]:
    return call, replace(
        call, entered_at=call.entered_at + 600 * SECOND, ended_at=call.ended_at + 600 * SECOND
    )


UNSEEN = CallRecord(
    fact_id=FactId("unseen@q\x000"),
    call_id=CallId("unseen"),
    queue_id=QueueId("q"),
    entered_at=MORNING,
    ended_at=MORNING,
    ending=Ending.UNKNOWN,
    target=20 * SECOND,
)
TAKEN_BACK = Retraction(
    fact_id=UNSEEN.fact_id, queue_id=UNSEEN.queue_id, entered_at=UNSEEN.entered_at
)


def test_that_what_is_no_call_any_more_is_taken_back_and_on_to_who_reads_along_from_there(
    site: Site,
) -> None:
    history = site.open()
    begin = history.feed_end
    (known, *_) = calls(1)
    history.keep([UNSEEN, known])
    assert history.drop_placeholders(MORNING, MORNING + DAY, [QueueId("q"), QueueId("p")]) == 1
    assert told(history, begin) == [UNSEEN, known, TAKEN_BACK]
    # Again from the start, and numbers go on.
    history.close()
    again = site.open()
    again.keep(calls(2))
    assert told(again, begin)[2:] == [TAKEN_BACK, calls(2)[1]]

    other = open_history(None, clock=site.clock, publishing=True)
    with closing(other):
        before = other.feed_end
        other.keep([UNSEEN, known])
        somebody = Retraction(fact_id=known.fact_id, queue_id=known.queue_id, entered_at=MORNING)
        assert other.retract([TAKEN_BACK, somebody, TAKEN_BACK]) == 1
        assert [call.fact_id for call in other.calls(MORNING, MORNING + DAY)] == [known.fact_id]
        assert told(other, before)[2:] == [TAKEN_BACK]

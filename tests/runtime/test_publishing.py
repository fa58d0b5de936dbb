"""What is given out: no picture before its facts, no version for two contents."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.clocks import HandClock
from support.snapshots import a_call, a_queue, a_snapshot

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import AgentId, Snapshot
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.engine.board import Board, HistoryState
from wallboard.engine.freshness import Freshness
from wallboard.runtime.publishing import LONGEST_HELD_S, Publication, Publisher
from wallboard.runtime.publishing_wire import (
    PictureUnreadable,
    body_of,
    head_of,
    publication_in,
    rows_in,
)

QUEUES = a_snapshot([a_queue()]).queues
EMPTY = Board(name="lab", zone=UTC, poll=timedelta(seconds=2))
AWAY = HistoryState(fault=fault(FaultKind.HISTORY_AWAY, reason="connection to db.example failed"))


def board(calls: int = 1, *, second: int = 0, **more: object) -> Board:
    """Return a board with so many calls; boards with as many have the same rows."""
    snapshot = _pictures(calls)
    at = replace(snapshot, as_of=snapshot.as_of + timedelta(seconds=second))
    return replace(EMPTY, snapshot=at, freshness=Freshness.LIVE, **more)  # type: ignore[arg-type]


_made: dict[int, Snapshot] = {}


def _pictures(calls: int) -> Snapshot:
    if calls not in _made:
        made = a_snapshot([a_queue()], calls=[a_call(f"c{n}") for n in range(calls)])
        _made[calls] = replace(made, queues=QUEUES)
    return _made[calls]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def publisher(clock: HandClock) -> Publisher:
    return Publisher(clock, term="t")


def calls_in(publication: Publication | None) -> int | None:
    return None if publication is None else len(publication.snapshot.calls)


def test_that_there_is_nothing_before_the_first_picture(publisher: Publisher) -> None:
    assert publisher.source.state == "no_data"
    why = fault(FaultKind.UNREACHABLE, host="pbx", port="5038", reason="refused")
    publisher.show(replace(EMPTY, fault=why), 0)
    assert publisher.newest is None
    assert (publisher.source.state, publisher.source.fault) == ("no_data", why)


def test_that_a_picture_waits_for_its_facts_and_is_given_out_with_their_cursor(
    publisher: Publisher,
) -> None:
    publisher.settled(0, "f.10")
    publisher.show(board(3), 0)
    assert publisher.newest is not None
    assert (calls_in(publisher.newest), publisher.newest.facts_until) == (3, "f.10")
    publisher.show(board(2), 1)
    assert calls_in(publisher.newest) == 3
    publisher.settled(1, "f.11")
    assert (calls_in(publisher.newest), publisher.newest.facts_until) == (2, "f.11")


def test_that_the_history_is_waited_for_when_it_is_being_opened(publisher: Publisher) -> None:
    publisher.show(board(3), 0)
    assert publisher.newest is None
    publisher.settled(0, "f.10")
    assert calls_in(publisher.newest) == 3


def test_that_no_picture_is_given_out_that_shows_a_call_whose_fact_is_told_by_then(
    publisher: Publisher,
) -> None:
    publisher.settled(0, "f.10")
    publisher.show(board(5), 0)
    publisher.show(board(4), 1)
    # The facts of the next picture were stored along with those of this one.
    publisher.settled(2, "f.12")
    assert calls_in(publisher.newest) == 5
    publisher.show(board(3), 2)
    assert calls_in(publisher.newest) == 3


def test_that_of_pictures_that_wait_for_the_same_facts_the_last_is_given_out(
    publisher: Publisher,
) -> None:
    publisher.settled(0, "f.10")
    publisher.show(board(4), 1)
    publisher.show(board(4, second=1), 1)
    publisher.show(board(6), 2)
    publisher.settled(1, "f.11")
    assert publisher.newest is not None
    assert publisher.newest.snapshot == board(4, second=1).snapshot
    publisher.settled(2, "f.12")
    assert calls_in(publisher.newest) == 6


def test_that_pictures_go_on_while_nothing_can_be_stored_and_say_so(publisher: Publisher) -> None:
    publisher.settled(0, "f.10")
    publisher.show(board(4), 0)
    assert not publisher.paused
    publisher.show(board(3), 1)
    publisher.show(board(3, history=AWAY), 1)
    newest = publisher.newest
    assert newest is not None
    assert (calls_in(newest), newest.facts_until, newest.paused) == (3, "f.10", True)
    assert publisher.paused
    # What the database said holds its address.
    assert newest.notices == (fault(FaultKind.HISTORY_AWAY),)
    publisher.show(board(2, history=AWAY), 2)
    publisher.settled(2, "f.12")
    publisher.show(board(2, history=HistoryState()), 2)
    newest = publisher.newest
    assert newest is not None
    assert (calls_in(newest), newest.facts_until, newest.paused) == (2, "f.12", False)


def test_that_a_disk_that_hangs_is_not_waited_for_longer_than_a_moment(
    publisher: Publisher, clock: HandClock
) -> None:
    publisher.settled(0, "f.10")
    for calls in range(30):
        publisher.show(board(calls), calls + 1)
        if calls * 0.1 < LONGEST_HELD_S:
            assert publisher.newest is None
        clock.pass_by(0.1)
    assert calls_in(publisher.newest) == 20 or calls_in(publisher.newest) == 21
    assert publisher.newest is not None
    assert publisher.newest.facts_until == "f.10"


def test_that_only_what_is_another_makes_another_version(publisher: Publisher) -> None:
    publisher.settled(0, "f.1")
    told: list[str] = []

    def shows(given: int, shown: Board) -> str:
        publisher.show(shown, given)
        assert publisher.newest is not None
        told.append(publisher.newest.version)
        return told[-1]

    assert shows(0, board(1)) == "t.1"
    assert shows(0, board(1, second=1)) == "t.1"
    assert publisher.newest is not None
    assert publisher.newest.snapshot.as_of == board(1, second=1).snapshot.as_of  # type: ignore[union-attr]
    assert shows(0, board(2)) == "t.2"
    assert shows(0, replace(board(2), freshness=Freshness.LATE)) == "t.3"
    lost = fault(FaultKind.LOST, host="pbx", port="5038")
    assert shows(0, replace(board(2), freshness=Freshness.LATE, fault=lost)) == "t.4"
    assert shows(0, replace(board(2), notices=(lost,))) == "t.5"
    publisher.settled(0, "f.2")
    assert shows(0, replace(board(2), notices=(lost,))) == "t.6"
    assert shows(0, replace(board(2, second=5), notices=(lost,))) == "t.6"


def test_that_each_publisher_has_a_name_of_its_own(clock: HandClock) -> None:
    versions = set()
    for _ in range(20):
        publisher = Publisher(clock)
        publisher.settled(0, None)
        publisher.show(board(1), 0)
        assert publisher.newest is not None
        versions.add(publisher.newest.version)
    assert len(versions) == 20


class Publishing(RuleBasedStateMachine):
    """A loop whose calls end one by one, and a disk that stores their facts when it likes."""

    @initialize()
    def begin(self) -> None:
        self.clock = HandClock()
        self.told: list[Publication] = []
        self.publisher = Publisher(self.clock, term="t", told=self.told.append)
        self.ended = self.stored = 0
        self.shown = 0
        self.publisher.settled(0, "f.0")

    @rule(calls=st.integers(1, 3))
    def calls_end(self, calls: int) -> None:
        """The board has stepped; it is shown a little later."""
        self.ended += calls

    @rule()
    def it_is_shown(self) -> None:
        self.shown = self.ended
        self.publisher.show(board(1000 - self.ended), self.ended)

    @precondition(lambda self: self.stored < self.ended)
    @rule(some=st.integers(1, 5))
    def facts_are_stored(self, some: int) -> None:
        self.stored = min(self.ended, self.stored + some)
        self.publisher.settled(self.stored, f"f.{self.stored}")

    @rule(seconds=st.sampled_from([0.01, 0.3]))
    def time_passes(self, seconds: float) -> None:
        self.clock.pass_by(seconds)

    @invariant()
    def every_picture_has_its_facts_and_no_others(self) -> None:
        for each in self.told:
            gone = 1000 - len(each.snapshot.calls)
            until = int((each.facts_until or "").removeprefix("f."))
            # But for one that has waited too long.
            assert until == gone or self.clock.steady_s - 1000 >= LONGEST_HELD_S

    @invariant()
    def a_version_is_of_one_content(self) -> None:
        contents: dict[str, tuple[int, str | None]] = {}
        for each in self.told:
            content = (len(each.snapshot.calls), each.facts_until)
            assert contents.setdefault(each.version, content) == content
        assert len(set(contents.values())) == len(contents)

    @invariant()
    def what_is_stored_and_shown_is_given_out(self) -> None:
        if self.stored == self.ended == self.shown and self.told:
            assert 1000 - len(self.told[-1].snapshot.calls) == self.shown


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(max_examples=60, stateful_step_count=30)


def test_that_a_picture_comes_back_from_where_replicas_read_it() -> None:
    notices = (fault(FaultKind.ROWS_IGNORED, count=3),)
    publisher = Publisher(HandClock(), term="t")
    publisher.settled(0, "f.10")
    shown = replace(board(3), notices=notices, fault=fault(FaultKind.SLOW, host="صف"))
    heard = Monitoring(monitoring_id="m1", agent_id=AgentId("a"), mode=WishKind.LISTEN, own=True)
    publisher.show(replace(shown, monitorings=(heard,), lacks=((WishKind.BARGE, "write"),)), 0)
    told = publisher.newest
    assert told is not None
    rows = rows_in(body_of(told.snapshot), None)
    assert publication_in(head_of(told), rows) == replace(told, board=None)


def test_that_who_listens_is_news_though_no_row_changed() -> None:
    publisher = Publisher(HandClock(), term="t")
    publisher.settled(0, "f.10")
    shown, versions = board(3), []
    for heard in (None, (), (Monitoring(monitoring_id="m1"),), ()):
        publisher.show(replace(shown, monitorings=heard), 0)
        assert publisher.newest is not None
        versions.append(publisher.newest.version)
    assert len(set(versions)) == 4


@given(before=st.integers(0, 5), after=st.integers(0, 5))
def test_that_rows_that_did_not_change_are_the_same_objects(before: int, after: int) -> None:
    first = rows_in(body_of(_pictures(before)), None)
    second = rows_in(body_of(_pictures(after)), first)
    assert second.calls == _pictures(after).calls
    assert second.queues is first.queues
    for key, call in second.calls.items():
        assert key not in first.calls or first.calls[key] is call
    assert (before == after) == (second.calls is first.calls)


@pytest.mark.parametrize("head", ["", "{}", "[]", '{"version": 1}', '{"version":"v"}'])
def test_that_a_head_that_is_none_is_said_to_be_none(head: str) -> None:
    with pytest.raises(PictureUnreadable):
        publication_in(head, _pictures(1))


@pytest.mark.parametrize("damage", [lambda body: body[:-9], lambda _: b"", lambda _: b"x" * 40])
def test_that_rows_that_are_none_are_said_to_be_none(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(PictureUnreadable):
        rows_in(damage(body_of(_pictures(3))), None)


def test_that_a_loop_and_a_disk_may_tell_it_at_the_same_time(clock: HandClock) -> None:
    told: list[Publication] = []
    publisher = Publisher(clock, term="t", told=told.append)
    ended = 400

    def stores() -> None:
        for count in range(ended + 1):
            publisher.settled(count, f"f.{count}")

    disk = threading.Thread(target=stores)
    disk.start()
    for count in range(ended + 1):
        publisher.show(board(ended - count), count)
    disk.join()
    publisher.show(board(0), ended)
    assert calls_in(told[-1]) == 0
    seen = [(ended - len(each.snapshot.calls), each.facts_until) for each in told]
    assert all(until == f"f.{gone}" for gone, until in seen)
    numbers = [int(each.version.partition(".")[2]) for each in told]
    assert numbers == sorted(numbers)

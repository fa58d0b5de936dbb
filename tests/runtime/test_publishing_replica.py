"""Two replicas and a real PostgreSQL: one polls, the other gives out the same and stands by."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import scripted_source
from support.postgres_server import Server, server_to_kill, why_no_server

from wallboard.app import system_clock
from wallboard.domain.errors import FaultKind
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Stage, Wish, WishKind
from wallboard.runtime import publishing_orders, publishing_replica
from wallboard.runtime.opening import Opening
from wallboard.runtime.orders import LATE, UNKNOWN, Outcome
from wallboard.runtime.publishing import Publication
from wallboard.runtime.publishing_orders import Given, OrderKeyUsed, SharedDesk
from wallboard.runtime.publishing_poller import Polled
from wallboard.runtime.publishing_replica import Replica
from wallboard.storage import orders
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.replicas import Shared, claim, open_shared

pytest.importorskip("psycopg", reason="replicas share a database of PostgreSQL")

CLOCK = system_clock()
WISH = Wish(kind=WishKind.PAUSE, agent_id=AgentId("a"))
POLL = timedelta(seconds=0.5)
EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
_numbers = itertools.count()


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    reason = why_no_server()
    if reason is not None:
        pytest.skip(reason)
    with server_to_kill() as running:
        yield running


class Site:
    """Replicas of one site, each with a source that follows a script of its own."""

    def __init__(self, database: Server, folder: Path) -> None:
        self.database = database
        self.schema = f"site {next(_numbers)}"
        self.folder = folder
        self.replicas: list[Replica] = []

    def add(self, *script: str | int, retry_s: float = 0.2) -> Replica:
        """Start one more."""
        own = self.folder / f"replica {len(self.replicas)}"
        own.mkdir()
        (own / "script").write_text(json.dumps(script))
        polled = Polled(
            opening=Opening(name="lab", kind="quick", told={"folder": str(own)}),
            poll=POLL,
            zone=UTC,
            clock=CLOCK,
            command=(sys.executable, scripted_source.__file__),
            retry_s=retry_s,
        )
        replica = Replica(
            polled,
            open_history=self.open,
            open_shared=lambda: open_shared(self.database.url, self.schema),
        )
        self.replicas.append(replica)
        replica.start()
        return replica

    def open(self, *, reading: bool = False) -> History:
        return open_history(
            self.database.url,
            clock=CLOCK,
            schema=self.schema,
            reading=reading,
            publishing=not reading,
        )

    def facts(self) -> set[str]:
        """Return the names of the calls that are kept."""
        with closing(self.open(reading=True)) as history:
            return {call.fact_id for call in history.calls(*EVER)}

    def shared(self) -> Shared:
        return open_shared(self.database.url, self.schema)

    def desk(self) -> SharedDesk:
        return SharedDesk(self.shared)

    def wishes(self) -> list[str]:
        """Return for whom the sources were asked to do something."""
        return [
            line
            for file in sorted(self.folder.glob("*/wishes"))
            for line in file.read_text().split()
        ]

    def cut_off(self) -> None:
        """Cut the connection of the one who polls, as a firewall may."""
        with closing(open_shared(self.database.url, self.schema)) as shared:
            holder = shared.holder()
            assert holder is not None
            shared.evict(holder)

    def close(self) -> None:
        for replica in self.replicas:
            replica.stop()


@pytest.fixture
def site(database: Server, tmp_path: Path) -> Iterator[Site]:
    with closing(Site(database, tmp_path)) as made:
        yield made


def until(holds: Callable[[], object], within_s: float = 20) -> float:
    begun_s = time.monotonic()
    while not holds():
        assert time.monotonic() - begun_s < within_s
        time.sleep(0.01)  # noqa: TID251 - a test waits for other threads
    return time.monotonic() - begun_s


def live(replica: Replica) -> bool:
    newest = replica.newest
    return newest is not None and newest.source.state == "live"


def content(publication: Publication | None) -> object:
    assert publication is not None
    told = (publication.version, publication.facts_until, publication.notices)
    return (*told, publication.snapshot.queues, publication.snapshot.calls)


def test_that_one_polls_and_the_other_gives_out_the_same_within_half_a_second(site: Site) -> None:
    one = site.add(0, 1, 2, 3)
    until(lambda: live(one))
    other = site.add(9)
    seen: list[float] = []
    for _ in range(5):
        until(lambda: one.newest is not None)
        version = one.newest.version  # type: ignore[union-attr]
        seen.append(until(lambda version=version: other.newest and other.newest.version >= version))
        until(
            lambda version=version: (
                one.newest.version != version or len(one.newest.snapshot.calls) == 3
            )
        )  # type: ignore[union-attr]
    until(lambda: content(one.newest) == content(other.newest))
    assert (one.polling, other.polling) == (True, False)
    assert one.newest is not None
    assert len(one.newest.snapshot.calls) == 3
    assert max(seen) < 0.5 + 0.5  # half a second, and a busy machine
    assert other.source_pid is None
    assert not (site.folder / "replica 1" / "asked").exists()
    with closing(site.open(reading=True)) as history:
        assert history.feed(None, None, 1).next == one.newest.facts_until


def test_that_the_other_takes_over_when_the_one_ends_and_goes_on_from_its_calls(
    site: Site,
) -> None:
    one = site.add(2)
    until(lambda: live(one))
    other = site.add(3)
    until(lambda: live(other))
    term = one.newest.version.partition(".")[0]  # type: ignore[union-attr]
    one.stop()
    assert not one.polling
    until(lambda: other.newest.version.partition(".")[0] != term)  # type: ignore[union-attr]
    assert other.polling
    assert (site.folder / "replica 1" / "resumed").read_text() == "w0 w1"
    assert site.facts() == {"f0", "f1", "f2"}


def test_that_who_was_cut_off_steps_down_and_leaves_what_he_could_not_store(site: Site) -> None:
    # So slow to come back that the other one is first.
    one = site.add(*range(60), retry_s=4)
    until(lambda: live(one))
    other = site.add(0)
    until(lambda: live(other))
    site.cut_off()
    until(lambda: other.polling)
    until(lambda: not one.polling)
    until(lambda: content(one.newest) == content(other.newest))
    # What the first one had seen until then, and nobody else has.
    asked = (site.folder / "replica 0" / "asked").read_text().count("end")
    assert asked > 3
    wanted = {f"f{number}" for number in range(asked - 2)}
    until(lambda: site.facts() >= wanted)
    assert live(one)


def test_that_who_holds_the_history_and_is_not_heard_of_is_cut_off(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing_replica, "_SILENT", timedelta(seconds=1))
    with closing(site.open()) as history:
        claim(history, "t1")
        other = site.add(1)
        until(lambda: live(other), within_s=30)
        assert other.polling
        with pytest.raises(HistoryUnavailable) as caught:
            history.database.rows_text("SELECT 1")
        assert caught.value.kind is StorageFault.NOT_REACHABLE


def test_that_a_window_that_writes_the_history_is_told_of_and_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing_replica, "_SILENT", timedelta(seconds=0.5))
    one = site.add(1)
    until(lambda: live(one))
    one.stop()
    with closing(site.open()) as history:
        other = site.add(1)
        until(lambda: other.newest is not None)
        until(lambda: other._fault is not None)
        assert other.paused
        time.sleep(1.5)  # noqa: TID251 - longer than a replica may be silent
        assert history.database.rows_text("SELECT 1") == [(1,)]
        assert not other.polling
    until(lambda: other.polling)


def test_that_a_database_that_is_away_is_told_and_waited_for(site: Site) -> None:
    site.database.kill()
    try:
        one = site.add(1)
        until(lambda: one.source.fault is not None)
        assert one.source.fault is not None
        assert one.source.fault.kind is FaultKind.HISTORY_AWAY
        assert one.newest is None
        assert one.paused
    finally:
        site.database.start()
    until(lambda: live(one))
    assert one.polling
    assert not one.paused


def test_that_walls_go_on_while_the_database_is_killed_and_the_same_one_polls_on(
    site: Site,
) -> None:
    one = site.add(*range(200))
    until(lambda: live(one))
    other = site.add(0)
    until(lambda: live(other))
    site.database.kill()
    try:
        before = len(one.newest.snapshot.calls)  # type: ignore[union-attr]
        until(lambda: one.paused and other.paused)
        until(lambda: len(one.newest.snapshot.calls) > before)  # type: ignore[union-attr]
        assert one.newest is not None
        assert FaultKind.HISTORY_AWAY in {notice.kind for notice in one.newest.notices}
        # Who stands by gives out what he read last, as old as it is, under a name of its own.
        until(lambda: other.newest.source.state == "stale")  # type: ignore[union-attr]
        assert other.newest is not None
        assert other.newest.version.endswith("-stale")
        term = one.newest.version.partition(".")[0]
    finally:
        site.database.start()
    until(lambda: not one.paused and not other.paused)
    until(lambda: live(other))
    assert (one.polling, other.polling) == (True, False)
    assert one.newest.version.partition(".")[0] == term
    seen = len(one.newest.snapshot.calls)
    until(lambda: len(site.facts()) >= seen)
    assert site.facts() >= {f"f{number}" for number in range(seen)}


def test_that_an_order_given_to_who_stands_by_is_done_once_by_who_polls(site: Site) -> None:
    one = site.add(1)
    until(lambda: live(one))
    other = site.add(1)
    until(lambda: live(other))
    with closing(site.desk()) as first, closing(site.desk()) as second:
        given = first.give("key-1", "d", WISH)
        assert given == Given(digest="d", outcome=Outcome(stage=Stage.DONE))
        # Whoever is asked again, it is the same order.
        assert second.give("key-1", "d", WISH) == first.state("key-1") == given
        with pytest.raises(OrderKeyUsed):
            second.give("key-1", "another", WISH)
        refused = second.give("key-2", "d", replace(WISH, reason="refused"))
        assert refused.outcome == Outcome(stage=Stage.REFUSED, reason="scripted")
        assert first.state("key-3") is None
    assert site.wishes() == ["a", "a"]
    assert not other.polling


def test_that_many_who_ask_the_same_at_once_have_it_done_once(site: Site) -> None:
    one = site.add(1)
    until(lambda: live(one))
    with closing(site.desk()) as first, closing(site.desk()) as second:
        with ThreadPoolExecutor(8) as pool:
            asked = [
                pool.submit((first, second)[number % 2].give, "key-1", "d", WISH)
                for number in range(8)
            ]
            stages = {each.result().outcome.stage for each in asked}
        assert stages <= {Stage.DONE, Stage.PENDING}
        until(lambda: first.state("key-1").outcome.stage is Stage.DONE)  # type: ignore[union-attr]
    assert site.wishes() == ["a"]


def test_that_what_was_passed_on_when_the_poller_went_is_unknown_and_not_done_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing_orders, "ANSWERED_WITHIN_S", 0.3)
    with closing(site.open()) as history:
        claim(history, "t1")
        # As one who took it and was killed.
        with closing(site.desk()) as desk, closing(site.shared()) as poller:
            assert desk.give("key-1", "d", WISH).outcome.stage is Stage.PENDING
            ((key, wish),) = poller.orders.take()
            assert (key, wish) == ("key-1", WISH)
            assert poller.orders.take() == ()
    other = site.add(1)
    until(lambda: live(other))
    with closing(site.desk()) as desk:
        assert desk.give("key-1", "d", WISH).outcome == UNKNOWN
        # He was not dead after all.
        with closing(site.shared()) as poller:
            poller.orders.answer("key-1", "done", "")
        assert desk.state("key-1") == Given(digest="d", outcome=Outcome(stage=Stage.DONE))
    assert site.wishes() == []


def test_that_what_nobody_takes_in_time_is_refused_and_taken_by_nobody(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing_orders, "ANSWERED_WITHIN_S", 0.1)
    monkeypatch.setattr(orders, "_BEGUN", orders._BEGUN.replace("5 seconds", "0.3 seconds"))
    with closing(site.open()) as history:
        claim(history, "t1")
    with closing(site.desk()) as desk, closing(site.shared()) as poller:
        assert desk.give("key-1", "d", WISH).outcome.stage is Stage.PENDING
        until(lambda: desk.state("key-1") == Given(digest="d", outcome=LATE))
        assert poller.orders.take() == ()


def test_that_without_a_database_nothing_is_asked_for(site: Site) -> None:
    with closing(site.desk()) as desk:
        with pytest.raises(HistoryUnavailable):  # nobody has ever polled
            desk.give("key-1", "d", WISH)
        one = site.add(1)
        until(lambda: live(one))
        assert desk.give("key-1", "d", WISH).outcome.stage is Stage.DONE
        site.database.kill()
        try:
            with pytest.raises(HistoryUnavailable):
                desk.state("key-1")
            with pytest.raises(HistoryUnavailable):
                desk.give("key-2", "d", WISH)
        finally:
            site.database.start()
        assert desk.state("key-2") is None
        assert desk.give("key-1", "d", WISH).outcome.stage is Stage.DONE
    assert site.wishes() == ["a"]


def test_that_who_stands_by_has_a_process_ready_that_asks_nothing_and_ends_with_him(
    site: Site,
) -> None:
    one = site.add(1)
    until(lambda: live(one))
    other = site.add(1)
    until(lambda: other._ready._link is not None)
    link = other._ready._link
    assert link is not None
    threading.Event().wait(0.5)
    assert not (site.folder / "replica 1" / "asked").exists()
    one.stop()
    until(lambda: other.source_pid == link.pid)
    until(lambda: live(other))
    other.stop()
    assert link.ended


def test_that_a_picture_of_long_ago_is_never_given_out_as_live(site: Site) -> None:
    one = site.add(2)
    until(lambda: live(one))
    one.stop()
    other = site.add("unavailable")
    until(lambda: other.newest is not None)
    seen = set()
    until(lambda: seen.add(other.newest.source.state) or other.polling)  # type: ignore[union-attr]
    assert "live" not in seen
    assert other.newest is not None
    assert len(other.newest.snapshot.calls) == 2

"""A system that tells only sums, asked over HTTP, up to the figures on the board."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.boards import Scene
from support.clocks import HandClock
from support.faultd import Asked, FaultServer, Said

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import QueueId
from wallboard.engine.as_json import board_json
from wallboard.engine.board import Board
from wallboard.sources.rest.check import findings
from wallboard.sources.rest.mapping_source import MappedSource
from wallboard.sources.rest.settings import account_of

TEHRAN = ZoneInfo("Asia/Tehran")
MAPPING = """
mapping = 1
name = "Sums"
zone = "Asia/Tehran"
[asks.stats]
path = "/stats"
[queues]
from = "stats"
rows = "queues"
queue_id = "id"
name = "title"
target = { path = "sla", unit = "s" }
[counters]
from = "stats"
rows = "queues"
queue_id = "id"
since = "midnight"
waiting = "now"
longest_wait = { path = "oldest", unit = "s" }
free = "idle"
offered = "calls"
answered = "taken"
abandoned = "lost"
answered_in_target = "in_time"
wait_of_answered = { path = "waited", unit = "s" }
talk = { path = "talked", unit = "s" }
"""


class Stats:
    """A system that counts, and tells only that."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.row: dict[str, Any] = {
            "id": 1, "title": "Sales", "sla": 20, "now": 2, "oldest": 40, "idle": 3,
            "calls": 80, "taken": 60, "lost": 18, "in_time": 39, "waited": 900, "talked": 7200,
        }  # fmt: skip

    def __call__(self, asked: Asked) -> Said:
        assert asked.path == "/stats"
        return Said(body=json.dumps({"queues": [self.row], "list": self.calls}).encode())


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def stats() -> Stats:
    return Stats()


@pytest.fixture
def told(stats: Stats, tmp_path: Path) -> Iterator[dict[str, str]]:
    file = tmp_path / "sums.toml"
    file.write_text(MAPPING, encoding="utf-8")
    with FaultServer(stats) as server:
        yield {"url": server.address, "mapping": str(file), "poll": "5", "sign_in": "none"}


class Desk:
    """The source and the board that is made of what it tells."""

    def __init__(self, told: dict[str, str], clock: HandClock) -> None:
        self.source = MappedSource(account_of(told), clock)
        board = Board(name="Hotel", zone=TEHRAN, poll=timedelta(seconds=5))
        self.scene = Scene(board, clock)

    def look(self, seconds: float = 0.0) -> dict[str, Any]:
        self.scene.clock.pass_by(seconds)
        got = self.source.fetch()
        self.scene.take(got.snapshot, got.facts, got.notices)  # type: ignore[arg-type]
        assert got.facts == ()
        (queue,) = board_json(self.scene.board, self.scene.clock.now())["queues"]  # type: ignore[misc]
        assert isinstance(queue, dict)
        return queue

    def kinds(self) -> list[FaultKind]:
        return [notice.kind for notice in self.scene.board.notices]


@pytest.fixture
def desk(told: dict[str, str], clock: HandClock) -> Iterator[Desk]:
    made = Desk(told, clock)
    yield made
    made.source.close()


def test_that_the_sums_of_a_system_are_the_figures_of_the_day(desk: Desk) -> None:
    queue = desk.look()
    assert (queue["name"], queue["waiting"], queue["longest_wait_s"]) == ("Sales", 2, 40)
    assert (queue["offered"], queue["answered"], queue["abandoned"]) == (80, 60, 18)
    assert (queue["asa_s"], queue["att_s"]) == (15, 120)
    assert queue["service_level"] == 0.5, "39 of the 78 of whom it is known"
    assert (queue["free"], queue["busy"], queue["timed_out"]) == (3, None, None)
    less = fault(FaultKind.SYSTEM_TELLS_LESS, what="agents,calls,single_calls")
    assert less in desk.scene.board.notices
    assert desk.scene.board.snapshot is not None


def test_that_they_grow_and_who_waits_longest_stays_the_same_one(desk: Desk, stats: Stats) -> None:
    desk.look()
    before = desk.scene.board.snapshot
    assert before is not None
    since = before.queues[QueueId("1")].counted
    stats.row |= {"calls": 83, "taken": 62, "lost": 19, "oldest": 46}
    queue = desk.look(5)
    assert (queue["offered"], queue["answered"], queue["abandoned"]) == (83, 62, 19)
    assert queue["longest_wait_s"] == 45, "told in whole seconds, he joined when he joined"
    after = desk.scene.board.snapshot
    assert after is not None
    now = after.queues[QueueId("1")].counted
    assert since is not None
    assert now is not None
    assert now.waiting_since == since.waiting_since


def test_that_what_did_not_change_is_the_same_object_at_the_next_look(
    desk: Desk, stats: Stats
) -> None:
    stats.row |= {"now": 0, "oldest": 0}
    first = desk.source.fetch().snapshot
    desk.scene.clock.pass_by(5)
    second = desk.source.fetch().snapshot
    assert second.queues[QueueId("1")] is first.queues[QueueId("1")]


def test_that_counters_which_fell_are_gone_on_from_and_said(desk: Desk, stats: Stats) -> None:
    desk.look()
    assert FaultKind.COUNTS_LOST not in desk.kinds()
    stats.row |= {"calls": 4, "taken": 3, "lost": 1, "in_time": 1, "waited": 9, "talked": 60}
    queue = desk.look(5)
    assert (queue["offered"], queue["answered"], queue["abandoned"]) == (84, 63, 19)
    assert FaultKind.COUNTS_LOST in desk.kinds()


def test_that_a_sum_that_is_not_told_any_more_is_a_dash_and_not_the_last_one(
    desk: Desk, stats: Stats
) -> None:
    desk.look()
    talked = stats.row.pop("talked")
    assert desk.look(5)["att_s"] is None
    stats.row["talked"] = talked + 60
    assert desk.look(5)["att_s"] == 121


def test_that_a_queue_that_the_system_leaves_out_is_not_known_and_not_forgotten(
    desk: Desk, stats: Stats
) -> None:
    desk.look()
    stats.row["calls"] = "many"
    assert desk.look(5)["offered"] == 80, "what became of them says how many came"
    stats.row["taken"] = "some"
    queue = desk.look(5)
    assert (queue["offered"], queue["answered"], queue["abandoned"]) == (None, None, 18)


def test_that_all_talks_of_a_day_may_be_longer_than_a_week(desk: Desk, stats: Stats) -> None:
    stats.row["talked"] = 600_000
    desk.look()
    stats.row["talked"] = 900_000
    assert desk.look(5)["talk_s"] == 900_000
    assert FaultKind.COUNTS_LOST not in desk.kinds()


def test_that_a_caller_who_is_gone_is_in_the_sums_and_no_call_besides(
    told: dict[str, str], clock: HandClock, stats: Stats
) -> None:
    """He would be counted twice."""
    file = Path(told["mapping"])
    calls = '[calls]\nfrom = "stats"\nrows = "list"\ncall_id = "id"\nqueue_id = "queue"\n'
    file.write_text(MAPPING + calls, encoding="utf-8")
    stats.calls = [{"id": 7, "queue": 1}]
    made = Desk(told, clock)
    assert made.look()["waiting"] == 1, "who is told one by one is counted so"
    stats.calls = []
    queue = made.look(5)
    made.source.close()
    assert (queue["waiting"], queue["offered"]) == (0, 80)
    assert made.scene.board.ledger.totals == {}


def test_that_a_check_shows_the_counters_and_says_nothing_against_them(
    told: dict[str, str], clock: HandClock
) -> None:
    found = {each.topic: each for each in findings(told, clock)}
    assert "offered=80" in dict(found["mapped_counters"].details)["names"]
    assert {each.verdict.value for each in found.values()} <= {"good", "warning"}


@pytest.mark.parametrize("part", ["agents", "calls"])
def test_that_what_a_mapping_leaves_out_is_a_dash_and_not_nobody(
    told: dict[str, str], clock: HandClock, part: str
) -> None:
    """Also without counters: a mapping of calls alone knows of no agents, not that all are gone."""
    other = {"agents": "calls", "calls": "agents"}[part]
    table = {
        "calls": '[calls]\nfrom = "stats"\nrows = "list"\ncall_id = "id"\nqueue_id = "queue"\n',
        "agents": '[agents]\nfrom = "stats"\nrows = "list"\nagent_id = "id"\nstate = "state"\n',
    }
    file = Path(told["mapping"])
    file.write_text(MAPPING[: MAPPING.index("[counters]")] + table[other], encoding="utf-8")
    made = Desk(told, clock)
    queue = made.look()
    made.source.close()
    unknown = {"agents": ("free", "busy"), "calls": ("waiting",)}[part]
    for key in ("free", "busy", "waiting"):
        assert (queue[key] is None) == (key in unknown)

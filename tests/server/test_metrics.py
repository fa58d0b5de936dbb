"""What Prometheus is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.feeds import AGENT_ID, PERSON, HandFeed
from support.served import UNLIMITED, in_process
from support.snapshots import a_call, a_queue, a_snapshot, an_agent

from wallboard.domain.snapshot import Counted
from wallboard.server.metrics import Counts
from wallboard.server.rights import Role

LINE = re.compile(
    r"(# (HELP|TYPE) [a-z_]+ .+)"
    r'|([a-z_]+(\{[a-z]+="(\\.|[^"\\\n])*"(,[a-z]+="(\\.|[^"\\\n])*")*\})? -?[0-9.e+]+)'
)


def test_that_the_figures_are_those_of_the_board(tmp_path: Path) -> None:
    feed = HandFeed(with_board=True)
    feed.put(
        a_snapshot(
            queues=[a_queue("q1", name="Sales")],
            agents=[an_agent("a1"), an_agent("a2")],
            calls=[a_call("c1"), a_call("c2")],
        )
    )
    with in_process(tmp_path, feed) as server:
        answer = server.get("/metrics", server.token(Role.MANAGER))
        told = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'wallboard_queue_waiting{queue="q1",name="Sales"} 2\n' in told
    assert 'wallboard_queue_agents_free{queue="q1",name="Sales"} 2\n' in told
    assert 'wallboard_queue_longest_wait_seconds{queue="q1",name="Sales"} 0.0\n' in told
    assert 'wallboard_source_state{state="live"} 1.0\n' in told
    assert "wallboard_picture_timestamp_seconds 1795348800.0\n" in told
    # Nothing is known of it yet: no reading, not zero.
    assert "wallboard_queue_service_level_ratio{" not in told
    assert not [line for line in told.splitlines() if not LINE.fullmatch(line)]


def test_that_of_a_queue_of_sums_what_does_not_follow_is_no_zero(tmp_path: Path) -> None:
    feed = HandFeed(with_board=True)
    counted = Counted(since=datetime(2026, 11, 22, tzinfo=UTC), answered=7, abandoned=1)
    feed.put(a_snapshot(queues=[replace(a_queue("q1", name="Sales"), counted=counted)]))
    with in_process(tmp_path, feed) as server:
        told = server.get("/metrics", server.token(Role.MANAGER)).body.decode()
    assert 'wallboard_queue_answered{queue="q1",name="Sales"} 7\n' in told
    assert 'wallboard_queue_abandoned{queue="q1",name="Sales"} 1\n' in told
    assert "wallboard_queue_service_level_ratio{" not in told


def test_that_of_a_queue_whose_sums_are_not_known_there_is_no_series(tmp_path: Path) -> None:
    feed = HandFeed(with_board=True)
    counted = Counted(since=datetime(2026, 11, 22, tzinfo=UTC))
    feed.put(a_snapshot(queues=[replace(a_queue("q1", name="Sales"), counted=counted)]))
    with in_process(tmp_path, feed) as server:
        told = server.get("/metrics", server.token(Role.MANAGER)).body.decode()
    for name in ("offered", "answered", "abandoned"):
        assert f"wallboard_queue_{name}{{" not in told


def test_that_nobody_is_named(tmp_path: Path) -> None:
    feed = HandFeed(with_board=True)
    feed.begin()
    for _ in range(10):
        feed.tick(0.5)
    with in_process(tmp_path, feed) as server:
        told = server.get("/metrics", server.token(Role.ADMINISTRATOR)).body.decode()
    assert PERSON not in told
    assert AGENT_ID not in told


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb", 'x"} 1\nfake 2', "\u202e\x00", "فروش"])
def test_that_a_queues_name_stays_in_its_label(tmp_path: Path, name: str) -> None:
    feed = HandFeed(with_board=True)
    feed.put(a_snapshot(queues=[a_queue("q1", name=name)]))
    with in_process(tmp_path, feed) as server:
        told = server.get("/metrics", server.token(Role.ADMINISTRATOR)).body.decode()
    assert not [line for line in told.splitlines() if not LINE.fullmatch(line)]
    assert "\nfake" not in told


def test_that_the_server_counts_what_it_does(tmp_path: Path) -> None:
    with in_process(tmp_path) as server:
        token = server.token(Role.ADMINISTRATOR)
        for _ in range(3):
            server.get("/v1/health")
        server.get("/v1/snapshot")
        server.get("/nothing")
        told = server.get("/metrics", token).body.decode()
    assert 'wallboard_http_requests_total{route="/v1/health",status="200"} 3\n' in told
    assert 'wallboard_http_requests_total{route="/v1/snapshot",status="401"} 1\n' in told
    assert 'wallboard_http_requests_total{route="other",status="404"} 1\n' in told


def test_that_paths_that_strangers_make_up_are_no_series() -> None:
    counts = Counts()
    for _ in range(1000):
        counts.add("other", 404, 10, 0.001)
    assert len(list(counts.lines())) == 9


def test_that_it_is_off_unless_somebody_wants_it(tmp_path: Path) -> None:
    with in_process(tmp_path, settings=replace(UNLIMITED, metrics=False)) as server:
        assert server.get("/metrics", server.token(Role.ADMINISTRATOR)).status == 404
    with in_process(tmp_path) as server:
        assert server.get("/metrics").status == 401

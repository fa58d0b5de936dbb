from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from wallboard.bench.ami_peer import PeerClient
from wallboard.bench.full_board import boards
from wallboard.bench.huge import HugeSite
from wallboard.bench.json_shape import JsonShape
from wallboard.bench.p6 import STOCK
from wallboard.bench.serving import served
from wallboard.bench.site_serving import SiteFeed, served_by_us
from wallboard.bench.watch import watched
from wallboard.domain.snapshot import AgentState
from wallboard.sources.asterisk.codec import Decoder

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_that_both_sides_read_the_same_in_a_huge_document() -> None:
    site = HugeSite(300)
    shape = JsonShape()
    for _ in range(5):
        document = site.document(NOON)
        ours, stock = shape.read(document), STOCK.validate_json(document)
        assert ours.ignored == 0
        assert list(ours.snapshot.agents) == [row.agent_id for row in stock.agents]
        assert [row.state for row in ours.snapshot.agents.values()] == [
            row.state for row in stock.agents
        ]
        assert list(ours.snapshot.calls) == [row.call_id for row in stock.calls]
        assert [row.answered_at for row in ours.snapshot.calls.values()] == [
            row.answered_at for row in stock.calls
        ]
        site.tick()


def test_that_a_tenth_of_the_agents_differs_from_second_to_second() -> None:
    site = HugeSite(1000)
    before = STOCK.validate_json(site.document(NOON)).agents
    site.tick()
    after = STOCK.validate_json(site.document(NOON)).agents
    changed = sum(old != new for old, new in zip(before, after, strict=True))
    assert 90 <= changed <= 120


def test_that_agents_in_a_call_and_calls_with_an_agent_are_the_same() -> None:
    site = HugeSite(500)
    for _ in range(10):
        site.tick()
    snapshot = JsonShape().read(site.document(NOON)).snapshot
    talking = {row.agent_id for row in snapshot.agents.values() if row.state is AgentState.IN_CALL}
    assert talking == {row.agent_id for row in snapshot.calls.values() if row.agent_id}


def test_that_both_codecs_see_the_same_messages() -> None:
    stream = b"Asterisk Call Manager/11.0.0\r\n" + b"".join(
        f"Event: QueueCallerJoin\r\nQueue: q{number}\r\nPosition: 1\r\n\r\n".encode()
        for number in range(50)
    )
    peer = PeerClient()
    decoder = Decoder()
    seen: list[str] = []
    peer.register_event("Queue*", lambda message: seen.append(message["queue"]))
    ours = []
    for at in range(0, len(stream), 7):
        peer.data_received(stream[at : at + 7])
        ours += decoder.feed(stream[at : at + 7])
    assert [message["Queue"] for message in ours] == seen
    assert len(seen) == 50


def test_that_the_full_board_is_full() -> None:
    (first, _), (second, _) = boards(2, queues=12, agents=48)
    assert len(first.queues) == 12
    assert first.site.waiting == 12
    assert sum(first.crew.site.values()) == 48
    assert second.site.totals.offered > first.site.totals.offered - 12 > 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("module", ["ours", "stock"])
def test_that_a_side_polls_shows_and_reports(module: str) -> None:
    with served(200) as port:
        report = watched(module, (port, 2.0, 3.0))
    assert report.boards >= 1
    assert len(report.painted_ms) >= 1
    assert min(report.painted_ms) > 0
    assert len(report.late_ms) > 50
    assert report.cpu_percent > 0
    assert report.rss_mb >= report.own_rss_mb > 10


def test_that_our_wall_shows_what_our_server_tells_of_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with served_by_us(200) as door:
        report = watched("ours", (door.port, 2.0, 3.0, "--token", door.token))
    assert report.boards >= 2
    assert report.painted_ms


def test_that_the_site_behind_our_server_grows_older_when_it_is_asked_and_tells_what_is_over() -> (
    None
):
    made: list[Callable[[], None]] = []
    feed = SiteFeed(200, later=made.append)
    first = feed.newest()
    assert first is not None
    assert feed.newest() is first
    seen = first.snapshot
    for _ in range(30):
        made.pop()()
        issue = feed.newest()
        assert issue is not None
        assert issue.snapshot.as_of > seen.as_of
        told, end, more = feed.facts(first.facts_until, issue.facts_until, 1000)
        assert (end, more) == (issue.facts_until, False)
        seen = issue.snapshot
    assert {each.fact.call_id for each in told} >= set(first.snapshot.calls) - set(seen.calls)
    assert len(told) > 20

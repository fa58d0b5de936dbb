"""The source on the other half of the API: what is served is what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import HandClock
from support.feeds import HandFeed
from support.served import Served, served

from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.facts import CallRecord
from wallboard.domain.source import Verdict
from wallboard.domain.supervision import NOT_KNOWN, Wish, WishKind
from wallboard.server.rights import Role
from wallboard.sources.rest import KIND
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def feed() -> HandFeed:
    feed = HandFeed()
    feed.begin()
    return feed


@pytest.fixture
def server(tmp_path: Path, feed: HandFeed) -> Iterator[Served]:
    with served(tmp_path, feed) as running:
        yield running


def told(server: Served, token: str) -> dict[str, str]:
    return {"url": f"http://127.0.0.1:{server.port}", "secret": token, "poll": "2"}


def source_of(server: Served, role: Role = Role.MANAGER, **more: object) -> RestSource:
    token = server.token(role, **more)  # type: ignore[arg-type]
    return RestSource(account_of(told(server, token)), HandClock())


def test_that_a_manager_sees_what_happens_as_it_is(server: Served, feed: HandFeed) -> None:
    source = source_of(server)
    seen = source.fetch().snapshot
    for tick in range(30):
        issue = feed.heartbeat() if tick % 3 == 0 else feed.tick()
        before, said = seen, source.fetch()
        seen = said.snapshot
        assert seen == issue.snapshot
        over = {fact.call_id for fact in said.facts if isinstance(fact, CallRecord)}
        assert set(before.calls) - set(seen.calls) <= over
        assert all(seen.agents[key] is row for key, row in before.agents.items()
                   if seen.agents.get(key) == row)  # fmt: skip


def test_that_all_facts_come_once(server: Served, feed: HandFeed) -> None:
    source = source_of(server)
    source.fetch()
    came = []
    for _ in range(20):
        feed.tick()
        feed.tick()
        came += [fact.fact_id for fact in source.fetch().facts]
    assert came == [each.fact.fact_id for each in feed._facts]


def test_that_facts_the_server_has_forgotten_are_made_up_for(
    server: Served, feed: HandFeed
) -> None:
    source = source_of(server)
    source.fetch()
    for _ in range(3):
        feed.tick()
    feed.forget_facts()
    issue = feed.tick()
    said = source.fetch()
    assert said.snapshot == issue.snapshot
    assert {fact.fact_id for fact in said.facts} >= {each.fact.fact_id for each in feed._facts}


def test_that_what_the_server_takes_back_is_taken_back_once(server: Served, feed: HandFeed) -> None:
    source = source_of(server)
    source.fetch()
    record = None
    while record is None:
        feed.tick()
        facts = source.fetch().facts
        record = next((fact for fact in facts if isinstance(fact, CallRecord)), None)
    feed.take_back(record)
    (back,) = source.fetch().retracted
    assert (back.fact_id, back.queue_id) == (record.fact_id, record.queue_id)
    assert source.fetch().retracted == ()


def test_that_a_lost_call_center_is_told_and_found_again(server: Served, feed: HandFeed) -> None:
    source = source_of(server)
    source.fetch()
    gone = fault(FaultKind.UNREACHABLE, host="pbx", port=5038, reason="Connection refused")
    feed.fail(gone)
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert caught.value.fault == gone
    issue = feed.tick()
    assert source.fetch().snapshot == issue.snapshot


def test_that_a_screen_sees_the_same_numbers_without_names(server: Served, feed: HandFeed) -> None:
    source = source_of(server, Role.TV)
    for _ in range(5):
        issue = feed.tick()
        seen = source.fetch().snapshot
        assert len(seen.agents) == len(issue.snapshot.agents)
        assert len(seen.calls) == len(issue.snapshot.calls)
        assert sorted(one.state for one in seen.agents.values()) == sorted(
            one.state for one in issue.snapshot.agents.values()
        )


def test_that_commands_are_passed_on_once(server: Served, feed: HandFeed) -> None:
    source = source_of(server, modes=(WishKind.LISTEN,))
    agent = next(iter(source.fetch().snapshot.agents))
    wish = Wish(kind=WishKind.LISTEN, agent_id=agent, reason="training")
    assert source.supervise(wish).done
    assert [given for given, _, _ in feed.given] == [wish]
    feed.away = True
    result = source.supervise(wish)
    assert not result.done
    assert result.reason


def test_that_who_may_not_is_told_so(server: Served, feed: HandFeed) -> None:
    source = source_of(server, Role.TV)
    agent = next(iter(source.fetch().snapshot.agents))
    result = source.supervise(Wish(kind=WishKind.LISTEN, agent_id=agent, reason="x"))
    assert not result.done
    assert result.reason not in ("", NOT_KNOWN)
    assert feed.given == []


def test_that_the_judge_finds_our_own_server_good(server: Served, feed: HandFeed) -> None:
    now = system_clock().now().wall
    issue = feed.tick()
    feed.put(replace(issue.snapshot, as_of=now, calls={}))
    server.clock.wall = now
    found = {}
    for finding in KIND.check(told(server, server.token(Role.MANAGER)), system_clock()):
        found[finding.topic] = finding.verdict
        if finding.topic == "changes":
            feed.put(replace(issue.snapshot, as_of=now + timedelta(seconds=1), calls={}))
    assert {topic for topic, verdict in found.items() if verdict is Verdict.BAD} == set()
    assert found["renewal"] is Verdict.GOOD
    assert found["changes"] is Verdict.GOOD
    assert found["past"] is Verdict.GOOD

"""A call center through the server: what a wall shows is what the server's own source tells."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.asterisk_lab import AsteriskLab
from support.served_center import free_port, looked, serving, told_of

from wallboard.app.clock import system_clock
from wallboard.domain.facts import CallRecord, Fact
from wallboard.domain.source import Fetched, Gap, Source
from wallboard.domain.totals import totals_over
from wallboard.settings.connections import save_connection
from wallboard.settings.model import KeptIn, Profile
from wallboard.settings.paths import places
from wallboard.sources.asterisk import KIND as ASTERISK
from wallboard.sources.rest import KIND as REST
from wallboard.storage.history import open_history

pytestmark = pytest.mark.timeout(150)


@pytest.fixture
def wall(wallboard_home: Path) -> Callable[..., Source]:
    """Makes a source of a wall, signed in with a token of its own."""
    del wallboard_home

    def made(port: int, role: str) -> Source:
        return REST.connect(told_of(port, role), system_clock())

    return made


def watched(source: Source, seconds: float) -> tuple[Fetched, dict[str, Fact]]:
    """Poll for so long; return the last picture and all facts, each once."""
    facts: dict[str, Fact] = {}
    fetched = looked(source)
    end = time.monotonic() + seconds
    stopped, stop = socket.socketpair()
    with stopped, stop:
        while time.monotonic() < end:
            facts.update({str(fact.fact_id): fact for fact in fetched.facts})
            source.wait(timedelta(seconds=0.5), stopped)
            fetched = source.fetch()
    facts.update({str(fact.fact_id): fact for fact in fetched.facts})
    return fetched, facts


def test_that_every_wall_of_a_served_center_tells_the_same_as_its_history(
    wall: Callable[..., Source],
) -> None:
    port = free_port()
    profile = Profile(name="Site", kind="simulator", fields={"speed": "20", "scenario": "rush"})
    save_connection(places(), profile, {}, ())
    with serving("Site", port):
        with closing(wall(port, "manager")) as one, closing(wall(port, "manager")) as other:
            first = looked(one).snapshot.as_of
            looked(other)
            last, facts = watched(one, 12)
            again, more = watched(other, 1)
        gap = Gap(begin=first, end=again.snapshot.as_of)
        past = list(REST.past(told_of(port, "supervisor"), gap))
    told = {**facts, **more}
    assert {key: told[key] for key in facts} == facts
    assert len(last.snapshot.agents) > 5
    assert last.snapshot.queues == again.snapshot.queues
    calls = {key: fact for key, fact in told.items() if isinstance(fact, CallRecord)}
    assert len(calls) > 20
    with closing(open_history(places().history_file("Site"), reading=True)) as history:
        kept = {str(fact.fact_id): fact for fact in history if isinstance(fact, CallRecord)}
    assert calls.keys() <= kept.keys()
    assert all(kept[key] == fact for key, fact in calls.items())
    recalled = {
        str(fact.fact_id): fact
        for part in past
        for fact in part.facts
        if isinstance(fact, CallRecord)
    }
    assert all(kept[key] == fact for key, fact in recalled.items())
    assert totals_over(kept[key] for key in recalled) == totals_over(recalled.values())


def test_that_a_tv_is_told_how_many_and_nothing_of_whom(wall: Callable[..., Source]) -> None:
    port = free_port()
    save_connection(places(), Profile(name="Site", kind="simulator"), {}, ())
    with (
        serving("Site", port),
        closing(wall(port, "tv")) as screen,
        closing(wall(port, "manager")) as desk,
    ):
        seen, known = looked(screen).snapshot, looked(desk).snapshot
    assert len(seen.agents) == len(known.agents)
    assert not {agent.name for agent in seen.agents.values()} & {
        agent.name for agent in known.agents.values()
    }
    assert not seen.agents.keys() & known.agents.keys()
    assert {call.caller_number for call in seen.calls.values()} <= {None}


@pytest.mark.lab
def test_that_an_asterisk_through_the_server_is_the_asterisk_itself(
    wall: Callable[..., Source], lab: AsteriskLab
) -> None:
    told = lab.told()
    secret = told["secret"]
    profile = Profile(
        name="Pbx",
        kind="asterisk",
        fields={key: told[key] for key in ("host", "port", "username")},
        secret=KeptIn.FILE,
    )
    save_connection(places(), profile, {"secret": secret}, ("secret",))
    port = free_port()
    with closing(ASTERISK.connect(told, system_clock())) as direct:
        looked(direct)
        with serving("Pbx", port), closing(wall(port, "manager")) as source:
            looked(source)
            calling = lab.call("801", 12)
            assert same(direct, source, lambda fetched: len(fetched.snapshot.calls) > 0)
            calling.communicate(timeout=40)
            assert same(direct, source, lambda fetched: not fetched.snapshot.calls)


def same(one: Source, other: Source, holds: Callable[[Fetched], bool]) -> bool:
    """Poll both until both hold, and tell the same of queues, agents and calls."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        mine, theirs = one.fetch(), other.fetch()
        if holds(mine) and holds(theirs) and rows_of(mine) == rows_of(theirs):
            return True
        time.sleep(0.2)  # noqa: TID251 - a test waits for other processes
    return False


def rows_of(fetched: Fetched) -> tuple[Any, ...]:
    snapshot = fetched.snapshot
    return (
        snapshot.queues,
        {key: (row.state, row.queues, row.call_id) for key, row in snapshot.agents.items()},
        {
            key: (row.queue_id, row.caller_number, row.agent_id)
            for key, row in snapshot.calls.items()
        },
    )

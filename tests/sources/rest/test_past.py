"""What a server's history tells of a gap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.faultd import FAULTS, FaultServer
from support.rest_site import NOON, SALES, TOKEN, ApiSite

from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.errors import SourceError, SourceRefused
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, AgentState, CallId
from wallboard.domain.source import Gap
from wallboard.sources.rest import KIND

MINUTE = timedelta(minutes=1)
GAP = Gap(begin=NOON, end=NOON + 60 * MINUTE)


def record(key: str, entered: int, ended: int) -> CallRecord:
    return CallRecord(
        fact_id=FactId(key),
        call_id=CallId(key),
        queue_id=SALES,
        entered_at=NOON + entered * MINUTE,
        ended_at=NOON + ended * MINUTE,
        ending=Ending.ABANDONED,
    )


def told(server: FaultServer, **more: str) -> dict[str, str]:
    return {"url": server.address, "secret": TOKEN, **more}


@pytest.fixture
def site(site: ApiSite) -> ApiSite:
    site.set_time(NOON + 90 * MINUTE)
    return site


def test_that_a_gap_is_filled_page_by_page(server: FaultServer, site: ApiSite) -> None:
    assert KIND.past is not None
    site.facts = [record(f"c{minute}", minute, minute + 1) for minute in range(-200, 80)]
    site.page = 7
    parts = list(KIND.past(told(server), GAP))
    keys = [fact.fact_id for part in parts for fact in part.facts]
    assert keys == [f"c{minute}" for minute in range(-3, 60)]
    assert len(parts) > 5
    assert [part.known for part in parts if part.known] == [
        Stretch(begin=GAP.begin, end=GAP.end, witness=Witness.IMPORT)
    ]
    assert parts[-1].known is not None


def test_that_who_came_before_the_gap_and_left_in_it_is_told(
    server: FaultServer, site: ApiSite
) -> None:
    assert KIND.past is not None
    site.facts = [record("long", -100, 5), record("open", 30, 80)]
    facts = [fact.fact_id for part in KIND.past(told(server), GAP) for fact in part.facts]
    assert facts == ["long"]


def test_that_of_an_agents_time_the_part_in_the_gap_is_told(
    server: FaultServer, site: ApiSite
) -> None:
    assert KIND.past is not None
    site.facts = [
        AgentSpell(
            fact_id=FactId("s"),
            agent_id=AgentId("sara"),
            state=AgentState.FREE,
            began_at=NOON - 10 * MINUTE,
            ended_at=NOON + 10 * MINUTE,
        )
    ]
    (spell,) = [fact for part in KIND.past(told(server), GAP) for fact in part.facts]
    assert isinstance(spell, AgentSpell)
    assert (spell.began_at, spell.ended_at) == (NOON, NOON + 10 * MINUTE)
    assert spell.fact_id == f"sara@{NOON.isoformat()}#free"


def test_that_no_history_tells_nothing(server: FaultServer, site: ApiSite) -> None:
    assert KIND.past is not None
    site.lacks = {"/v1/history"}
    assert list(KIND.past(told(server), GAP)) == []
    assert list(KIND.past(told(server, mapping="some.toml"), GAP)) == []


@pytest.mark.parametrize("name", ["failed", "closed_in_body", "refused", "another_shape"])
def test_that_a_history_that_cannot_be_read_says_so(name: str, server: FaultServer) -> None:
    assert KIND.past is not None
    server.break_down(FAULTS[name])
    with pytest.raises(SourceError):
        list(KIND.past(told(server), GAP))


def test_that_a_field_that_cannot_be_used_says_so() -> None:
    assert KIND.past is not None
    with pytest.raises(SourceRefused):
        list(KIND.past({"url": "nonsense"}, GAP))

"""A stranger's mock of our own specification, as a server that the source reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.clocks import HandClock
from support.prism import mock_of

from wallboard.domain.facts import CallRecord
from wallboard.domain.finding import Verdict
from wallboard.domain.source import Gap
from wallboard.sources.rest import KIND

SPECIFICATION = Path(__file__).resolve().parents[3] / "resources/api/wallboard-api-1.json"

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[dict[str, str]]:
    with mock_of(SPECIFICATION, tmp_path) as address:
        yield {"url": address, "sign_in": "bearer", "secret": "token", "poll": "10"}


def test_that_a_mock_of_our_specification_satisfies_the_source(told: dict[str, str]) -> None:
    source = KIND.connect(told, HandClock())
    try:
        fetched = source.fetch()
    finally:
        source.close()
    assert fetched.snapshot.queues
    assert fetched.snapshot.agents
    past = KIND.past
    assert past is not None
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    parts = list(past(told, Gap(begin=begin, end=begin.replace(day=2))))
    assert all(
        isinstance(fact, CallRecord) or fact.fact_id for part in parts for fact in part.facts
    )


def test_that_the_judge_finds_nothing_bad_in_it_but_its_clock(told: dict[str, str]) -> None:
    bad = [one for one in KIND.check(told, HandClock()) if one.verdict is Verdict.BAD]
    assert not bad, bad

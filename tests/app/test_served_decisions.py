"""What the site decides of supervision holds for what is served already."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import HandClock

from wallboard.app.served_decisions import ServedDecisions
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.server.feed import Capabilities
from wallboard.settings.file import SettingsFile

FIRST = """
[supervision]
limit_minutes = 10
[supervision.connections.Site]
excluded = ["1001"]
"""
THEN = """
[supervision]
limit_minutes = 3
[supervision.connections.Site]
excluded = ["1001", "1002"]
tell_agent = false
only_told = true
"""


class Site:
    def __init__(self, path: Path) -> None:
        self.clock = HandClock()
        self.file = SettingsFile(path)
        path.write_text(FIRST, encoding="utf-8")
        served = Capabilities(
            server=("wallboard", "1"),
            site="Site",
            zone="UTC",
            poll=timedelta(seconds=1),
            commands=frozenset(WishKind),
        )
        told = self.file.load().settings.supervision
        self.decided = ServedDecisions("Site", served, told, self.file, self.clock)

    def write(self, text: str) -> Capabilities:
        self.file.path.write_text(text, encoding="utf-8")
        return self.later()

    def later(self) -> Capabilities:
        self.clock.pass_by(1)
        return self.decided.now()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "settings.toml")


def test_that_what_is_decided_anew_holds_within_a_second(site: Site) -> None:
    served = site.later()
    assert served.excluded == frozenset({AgentId("1001")})
    assert served.limit == timedelta(minutes=10)
    assert (served.tells, served.only_told) == (True, False)
    served = site.write(THEN)
    assert served.excluded == frozenset({AgentId("1001"), AgentId("1002")})
    assert served.limit == timedelta(minutes=3)
    assert (served.tells, served.only_told) == (False, True)
    assert served.commands == frozenset(WishKind)


def test_that_where_it_can_no_longer_be_read_whom_nobody_may_monitor_nobody_is(
    site: Site,
) -> None:
    served = site.write(THEN.replace("excluded", "exclude"))
    assert served.commands == frozenset(WishKind) - MONITORING
    assert site.write(THEN).commands == frozenset(WishKind)


def test_that_a_file_that_is_gone_or_broken_alters_nothing(site: Site) -> None:
    site.write(THEN)
    before = site.later()
    site.file.path.unlink()
    assert site.later() == before
    for copy in site.file.path.parent.glob("settings.backup*"):
        copy.unlink()
    assert site.write("[supervision") == before

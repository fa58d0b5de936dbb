"""Outages of every kind, one after the other: each is named, and over with the next look."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable

import pytest
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.faultd import FAULTS, FaultServer, bomb
from support.rest_site import TOKEN, ApiSite

from wallboard.domain.errors import FaultKind, SourceError
from wallboard.domain.facts import CallRecord
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

PHASES = ("first", "idle", "dropped")
LATE_S = 0.1


class Drill:
    """Lets a server break and recover, and keeps the score."""

    def __init__(self, server: FaultServer, site: ApiSite) -> None:
        self.server, self.site = server, site
        self.clock = HandClock()
        self.score: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.slowest_s = 0.0
        self.told: list[str] = []
        self.calls = 0
        self._source = self._made()
        self._source.fetch()

    def outage(self, name: str, phase: str) -> None:
        breakage = FAULTS[name]
        if phase == "first":
            self._source.close()
            self._source, before = self._made(), self._source
            if before._last is not None:
                self._source.resume(before._last)
        self._happen()
        self.server.break_down(breakage)
        if phase == "dropped" or breakage.accepted is not None:
            self.server.hang_up()
        began_s = time.monotonic()
        kind = self._failure()
        took_s = time.monotonic() - began_s
        self.slowest_s = max(self.slowest_s, took_s)
        self.server.recover()
        self.clock.pass_by(1)
        recovered = self._failure() is None
        self.score["outages"] += 1
        self.score["recovered"] += recovered
        self.score["named"] += kind is not None and str(kind) in breakage.kinds
        if not recovered or kind is None or str(kind) not in breakage.kinds or took_s > 0.9:
            self.wrong.append(f"{name} {phase}: {kind} {took_s:.2f} s, recovered: {recovered}")

    def close(self) -> None:
        self._source.close()

    def _happen(self) -> None:
        """Let a caller join and leave, and another join and stay until the next outage."""
        self.calls += 1
        self.site.arrive(f"short{self.calls}")
        self.site.leave(f"short{self.calls}")
        self.site.arrive(f"long{self.calls}")
        if f"long{self.calls - 1}" in self.site.snapshot.calls:
            self.site.leave(f"long{self.calls - 1}")

    def _failure(self) -> FaultKind | None:
        try:
            said = self._source.fetch()
        except SourceError as failed:
            return failed.fault.kind
        self.told += [fact.call_id for fact in said.facts if isinstance(fact, CallRecord)]
        return None

    def _made(self) -> RestSource:
        told = {"url": self.server.address, "secret": TOKEN, "poll": "1"}
        return RestSource(account_of(told), self.clock)


@pytest.mark.timeout(1800)
def test_that_every_outage_is_named_and_over_with_the_next_look(
    server: FaultServer, site: ApiSite
) -> None:
    times = size_of_campaign(60, 2_000)
    bomb(1), bomb(2)  # made before, for that takes longer than an answer may
    drill = Drill(server, site)
    kinds = itertools.cycle(sorted(FAULTS))
    for number in range(times):
        # Three is no divisor of the number of kinds for long: each kind meets each phase.
        phase = PHASES[(number + number // len(FAULTS)) % len(PHASES)]
        drill.outage(next(kinds), phase)
    drill.close()
    print()  # noqa: T201 - the scoreboard
    for what, count in (*drill.score.items(), ("kinds", len(FAULTS)), ("phases", len(PHASES))):
        print(f"  {what:10} {count:6}")  # noqa: T201
    print(f"  slowest    {drill.slowest_s:6.2f} s of 0.80 s")  # noqa: T201
    assert drill.wrong == []
    assert drill.score == {"outages": times, "recovered": times, "named": times}
    assert drill.slowest_s <= 0.8 + LATE_S
    # Who came and went in an outage is told after it, once.
    ended = [f"short{number}" for number in range(1, times + 1)]
    assert sorted(set(ended) - set(drill.told)) == []


def test_that_flapping_is_told_as_it_is(server: FaultServer, site: ApiSite) -> None:
    drill = Drill(server, site)
    names = itertools.cycle(["failed", "refused", "log_in_page", "reset_in_body"])
    for _ in range(12):
        drill.outage(next(names), "idle")
    drill.close()
    assert drill.wrong == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_that_no_outage_leaves_a_connection_behind(
    name: str, server: FaultServer, made: Callable[..., RestSource]
) -> None:
    if FAULTS[name].slow:
        pytest.skip("takes its time, and is the same")
    source = made(server)
    server.break_down(FAULTS[name])
    for _ in range(5):
        with pytest.raises(SourceError):
            source.fetch()
    server.recover()
    source.fetch()
    open_wires = [wire for wire in server.wires if wire.socket.fileno() >= 0]
    deadline_s = time.monotonic() + 2
    while len(open_wires) > 1 and time.monotonic() < deadline_s:
        open_wires = [wire for wire in server.wires if wire.socket.fileno() >= 0]
    assert len(open_wires) <= 1
